//! Commands about the data: a new link for a lead, a copy put back, names erased; and how long things are kept.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{PublicUrl, days, listen};

/// `naze lead-link`.
#[derive(Args, Debug)]
pub struct LeadLink {
    /// The join code of the workshop, one of before included; without it, all workshops are listed.
    ///
    /// ワークショップの参加コード（前のコードでも可）。なければ一覧を出します。
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
    /// The data folder.
    ///
    /// データフォルダ。
    #[arg(long, env = "NAZE_DATA", value_name = "FOLDER", default_value = "./naze-data")]
    pub data: PathBuf,
    /// Where the server listens when it runs.
    ///
    /// サーバーが待ち受けるアドレスとポート。
    #[arg(long, env = "NAZE_LISTEN", value_name = "ADDRESS:PORT", default_value = "0.0.0.0:8080", value_parser = listen)]
    pub listen: SocketAddr,
    /// The address that people type, when it is not one of this machine.
    ///
    /// 参加者が開くアドレス。
    #[arg(long, env = "NAZE_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,
}

/// `naze restore`.
#[derive(Args, Debug)]
pub struct Restore {
    /// The copy: one that naze backup made, or one of the folder backups in the data folder.
    ///
    /// 写しのファイル（naze backup で作ったもの、またはデータフォルダの backups の中のもの）。
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The data folder in which it is to be.
    ///
    /// 戻す先のデータフォルダ。
    #[arg(long, env = "NAZE_DATA", value_name = "FOLDER", default_value = "./naze-data")]
    pub data: PathBuf,
}

/// `naze erase`.
#[derive(Args, Debug)]
pub struct Erase {
    /// What: names (everybody's names and attributes), workshop (everything of it), due (the names whose time has come), or list
    /// (what was erased so far; it erases nothing).
    ///
    /// 対象: names（全員の名前と属性）、workshop（ワークショップ全体）、due（期限が来た名前）、list（消去の記録を表示するだけ）。
    #[arg(value_name = "WHAT", value_enum)]
    pub what: Erasing,
    /// The workshop's code, six letters and digits. names takes the word all, too.
    ///
    /// ワークショップの参加コード（6文字）。names では all（すべて）も使えます。
    #[arg(value_name = "CODE", required_if_eq_any = [("what", "names"), ("what", "workshop")])]
    pub code: Option<String>,
    /// One person's names alone: their number, as the list of people shows it. Only with names.
    ///
    /// ひとりだけ消去するとき、その人の番号。names とともに使います。
    #[arg(long, value_name = "NUMBER")]
    pub person: Option<u32>,
    /// The data folder.
    ///
    /// データフォルダ。
    #[arg(long, env = "NAZE_DATA", value_name = "FOLDER", default_value = "./naze-data")]
    pub data: PathBuf,
    #[command(flatten)]
    pub keep: Keep,
}

/// What is erased.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Erasing {
    /// Names.
    Names,
    /// A workshop.
    Workshop,
    /// Names whose time has come.
    Due,
    /// Nothing.
    List,
}

/// How long things are kept.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Data")]
pub struct Keep {
    /// Names and attributes of people are erased by themselves so many days after the end of a workshop, 1 to 3650, or never. One
    /// that nobody ended counts as ended 60 days after the last thing was written in it.
    ///
    /// ワークショップの終了から何日後に、参加者の名前と属性を自動で消去するか。never なら自動では消しません。
    #[arg(long, env = "NAZE_ERASE_NAMES_AFTER", value_name = "DAYS", default_value = "30", value_parser = days)]
    pub erase_names_after: Days,
    /// Minutes between copies that the server makes by itself, in the folder backups of the data folder, 1 to 100000; 0 for none.
    /// One is made at the start too, and none while nothing is written. Each is read through.
    ///
    /// サーバーが自動で写し（バックアップ）を作る間隔（分）。0 なら作りません。
    #[arg(long, env = "NAZE_BACKUP_EVERY", value_name = "MINUTES", default_value_t = 15, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub backup_every: u32,
    /// How many of these copies are kept, 1 to 1000.
    ///
    /// 自動の写しを残す数。
    #[arg(long, env = "NAZE_BACKUPS_KEPT", value_name = "NUMBER", default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    pub backups_kept: u16,
}

/// So many days, or never.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Days(pub Option<u16>);
