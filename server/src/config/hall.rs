//! Commands before people come: is everything ready, and the sheet on the wall.

use std::path::PathBuf;

use clap::Args;
use shared::JoinCode;
use shared::docs::workshop::Language;

use super::{Reach, language, room, up_to};

/// `naze doctor`.
#[derive(Args, Debug)]
pub struct Doctor {
    /// The data folder that the server will have. Nothing is made in it.
    ///
    /// サーバーが使うデータフォルダ。
    #[arg(long, env = "NAZE_DATA", value_name = "FOLDER", default_value = "./naze-data", help_heading = "Data")]
    pub data: PathBuf,
    #[command(flatten)]
    pub reach: Reach,
    /// The language of what is said; that of this terminal, when nothing is said.
    ///
    /// 表示の言語。指定がなければこの端末の言語。
    #[arg(long, alias = "lang", value_parser = language(), help_heading = "Doctor")]
    pub language: Option<Language>,
    /// Only looks, and opens no test page. So it is, too, when nobody sits at the terminal.
    ///
    /// 調べるだけで、確認ページは開きません。
    #[arg(long, conflicts_with = "wait", help_heading = "Doctor")]
    pub once: bool,
    /// Waits at most so many seconds for the first phone, 1 to 3600; else until Ctrl+C. The exit code says whether one came.
    ///
    /// 最初のスマートフォンを待つ秒数。指定がなければ Ctrl+C まで待ちます。
    #[arg(long, value_name = "SECONDS", value_parser = up_to(3_600), help_heading = "Doctor")]
    pub wait: Option<u32>,
}

/// `naze sheet`.
#[derive(Args, Debug)]
pub struct Sheet {
    /// The file to write, an HTML page that any browser prints. It must not exist yet.
    ///
    /// 書き出すファイル（HTML）。まだ存在しない名前にします。
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The name of the Wi-Fi (SSID).
    ///
    /// Wi-Fi の名前（SSID）。
    #[arg(long, value_name = "NAME", value_parser = room::wifi, help_heading = "Room")]
    pub wifi: Option<String>,
    /// Its password; without one it is an open network. Better set by the variable: flags can be seen by others on the
    /// machine. It is in the file, and is kept nowhere else.
    ///
    /// Wi-Fi のパスワード。書き出すファイルのほかには残りません。
    #[arg(
        long,
        env = "NAZE_WIFI_PASSWORD",
        value_name = "PASSWORD",
        hide_env_values = true,
        requires = "wifi",
        help_heading = "Room"
    )]
    pub wifi_password: Option<String>,
    /// The workshop's code, so that one scan leads to its door.
    ///
    /// ワークショップの参加コード。
    #[arg(long, value_name = "CODE", value_parser = room::code, help_heading = "Room")]
    pub code: Option<JoinCode>,
    /// The data folder: the certificate of this server is in it, if it has one of its own.
    ///
    /// データフォルダ。
    #[arg(long, env = "NAZE_DATA", value_name = "FOLDER", default_value = "./naze-data", help_heading = "Room")]
    pub data: PathBuf,
    #[command(flatten)]
    pub reach: Reach,
}
