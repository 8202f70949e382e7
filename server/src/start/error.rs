//! Why a server did not start, in both languages: it is read on a terminal, by somebody in a hurry.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use crate::backup::automatic;
use crate::log::LogError;
use crate::said::Said;

/// A step that failed.
#[derive(Debug)]
pub enum StartError {
    /// Somebody else listens there.
    PortTaken(SocketAddr),
    /// Not everybody may listen there.
    PortForbidden(SocketAddr),
    /// This machine does not have that address.
    NoSuchAddress(SocketAddr),
    /// Anything else about the port.
    Port(SocketAddr, io::Error),
    /// The data cannot be had.
    Log(LogError),
    /// It is damaged, and there is a copy that is not.
    Damaged {
        /// What is wrong with it.
        why: LogError,
        /// The newest good copy that the server made by itself.
        copy: PathBuf,
        /// The data folder.
        folder: PathBuf,
    },
    /// There is nothing of this name to erase.
    NothingToErase(String),
    /// There is no runtime.
    Runtime(io::Error),
    /// The demo cannot begin.
    Demo(String),
}

impl StartError {
    /// What the system's answer means.
    pub(super) fn port(listen: SocketAddr, why: io::Error) -> Self {
        match why.kind() {
            io::ErrorKind::AddrInUse => Self::PortTaken(listen),
            io::ErrorKind::PermissionDenied => Self::PortForbidden(listen),
            io::ErrorKind::AddrNotAvailable => Self::NoSuchAddress(listen),
            _ => Self::Port(listen, why),
        }
    }

    /// What is wrong with the data of a folder. Of what is damaged the newest copy is named that can be read.
    pub fn log(folder: &Path, why: LogError) -> Self {
        let copy = if matches!(why, LogError::Damaged { .. }) { automatic::last_good(folder) } else { None };
        match copy {
            Some(copy) => Self::Damaged { why, copy, folder: folder.to_owned() },
            None => Self::Log(why),
        }
    }

    /// What happened and what to do.
    pub fn said(&self) -> Said {
        match self {
            Self::PortTaken(listen) => {
                let (port, other) = (listen.port(), beside(*listen));
                Said::new(
                    format!(
                        "ポート {port} はほかのプログラムが使っています。それを止めるか、--listen {other} を付けて始めてください。"
                    ),
                    format!("port {port} is taken by another program; stop it or use --listen {other}"),
                )
            }
            Self::PortForbidden(listen) => {
                let (port, other) = (listen.port(), SocketAddr::new(listen.ip(), 8080));
                Said::new(
                    format!("ポート {port} を使う許可がありません。--listen {other} を付けて始めてください。"),
                    format!("you may not use port {port} on this machine; use --listen {other}"),
                )
            }
            Self::NoSuchAddress(listen) => Said::new(
                format!(
                    "この機械には {} というアドレスがありません。--listen 0.0.0.0:{} を付けて始めてください。",
                    listen.ip(),
                    listen.port()
                ),
                format!(
                    "this machine does not have the address {}; use --listen 0.0.0.0:{}",
                    listen.ip(),
                    listen.port()
                ),
            ),
            Self::Port(listen, why) => Said::new(
                format!("{listen} で待ち受けられません（{why}）。--listen で別のアドレスを指定してください。"),
                format!("cannot listen on {listen} ({why}); name another address with --listen"),
            ),
            Self::Log(why) => Said::new(log_in_japanese(why), why.to_string()),
            Self::Damaged { why, copy, folder } => {
                let command = format!("naze restore {} --data {}", copy.display(), folder.display());
                Said::new(
                    format!(
                        "{}\n読み返して確かめた最新の写しがあります: {}\n戻すには: {command}",
                        log_in_japanese(why),
                        copy.display()
                    ),
                    format!("{why}\nThe last good backup is {}\nTo restore it: {command}", copy.display()),
                )
            }
            Self::NothingToErase(code) => Said::new(
                format!("「{code}」というコードのワークショップはありません。"),
                format!("there is no workshop with the code {code:?}"),
            ),
            Self::Runtime(why) => Said::new(
                format!("サーバーを始められません（{why}）。ほかのプログラムを閉じて、もう一度試してください。"),
                format!("the server cannot start ({why}); close other programs and try again"),
            ),
            Self::Demo(why) => {
                Said::new(format!("デモを始められません: {why}"), format!("the demo cannot begin: {why}"))
            }
        }
    }
}

/// The next port.
fn beside(listen: SocketAddr) -> SocketAddr {
    SocketAddr::new(listen.ip(), listen.port().checked_add(1).unwrap_or(8080))
}

fn log_in_japanese(why: &LogError) -> String {
    match why {
        LogError::InUse { folder } => format!(
            "データフォルダ {} は、すでに動いている naze が使っています。それを止めるか、--data で別のフォルダを指定してください。",
            folder.display()
        ),
        LogError::Unusable { folder, why } => format!(
            "データフォルダ {} が使えません（{why}）。書き込めるようにするか、--data で別のフォルダを指定してください。",
            folder.display()
        ),
        LogError::Damaged { file, what } => format!(
            "ファイル {} が壊れています（{what}）。何も変更していません。バックアップと入れ替えるか、別の場所に移して空から始めてください。",
            file.display()
        ),
        LogError::Newer { file, version } => format!(
            "ファイル {} はより新しい naze で書かれています（形式 {version}）。新しい naze で始めてください。",
            file.display()
        ),
        LogError::Full { file } => {
            format!(
                "{} のあるディスクがいっぱいです。空きを作ってください。「保存済み」と表示された内容は失われていません。",
                file.display()
            )
        }
        LogError::ReadOnly { file } => format!(
            "{} に書き込めません（フォルダかディスクが読み取り専用か、ディスクが故障しています）。書き込めるようにしてください。「保存済み」と表示された内容は失われていません。",
            file.display()
        ),
        LogError::Conflict { .. } => {
            "ほかのプログラムが同じデータに書き込んでいます。それを止めてください。".to_owned()
        }
        LogError::Failed { what } => format!("データを読み書きできません: {what}"),
        LogError::Closed => "データはすでに閉じられています。もう一度始めてください。".to_owned(),
    }
}
