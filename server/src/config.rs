//! What can be set, by flag or by variable: one struct a concern, every value with its default and its limit.
//! Whoever holds one of these holds a value that makes sense. It starts nothing.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, RangedI64ValueParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use shared::docs::workshop::Language;
use shared::limits::SEATS_MAX;

use crate::registry;

pub use self::data::{Days, Erase, Erasing, Keep, LeadLink, Restore};
pub use self::encryption::{Encryption, Files, Tls};
pub use self::hall::{Doctor, Sheet};
pub use self::organiser_key::OrganiserKey;
pub use self::public_url::PublicUrl;

mod data;
mod encryption;
mod hall;
mod organiser_key;
mod public_url;
mod room;
pub mod variables;

/// Naze (なぜ？): a board on which groups ask "why?" until they reach root causes, on everybody's own phone.
///
/// Start it with `naze serve`, open the address that it prints, and let people scan the code. It needs no Internet and
/// keeps everything in one folder.
///
/// 参加者それぞれのスマートフォンで「なぜ？」を重ねるボードです。`naze serve` で始め、表示されたアドレスを開いてください。
/// インターネットは要りません。データはひとつのフォルダに入ります。
#[derive(Parser, Debug)]
#[command(name = "naze", version, arg_required_else_help = true, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the executable does.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Starts the server. Stop it with Ctrl+C: nothing is lost.
    ///
    /// サーバーを始めます。Ctrl+C で止まります。データは残ります。
    Serve(Serve),
    /// Starts the server with a workshop that fills itself: 34 simulated people in 7 groups.
    ///
    /// 模擬の参加者34人・7グループのワークショップが動くサーバーを始めます。
    Demo(Demo),
    /// Copies all data into one file, also while the server runs.
    ///
    /// すべてのデータをひとつのファイルに写します。サーバーの稼働中でも使えます。
    Backup(Backup),
    /// Makes a new lead link, for a lead who lost theirs or was locked out with it. Stop the server first.
    ///
    /// 進行役のリンクを新しくします（なくしたとき、ほかの人に使われたとき）。先にサーバーを止めてください。
    LeadLink(LeadLink),
    /// Puts a copy in the place of the data, when that is damaged. What was there is kept aside.
    ///
    /// データが壊れたとき、写しに入れ替えます。それまでのファイルは残します。
    Restore(Restore),
    /// Erases names, or whole workshops, while no server runs; or lists what was erased. The lead does it on the page.
    ///
    /// サーバーを止めた状態で、名前やワークショップを消去します。消去の記録も表示します。進行役は画面から消去できます。
    Erase(Erase),
    /// Looks whether this machine is ready, and whether phones reach it: a test page with a code to scan.
    ///
    /// この機械で使えるか、スマートフォンから届くかを調べます（読み取るQRコードつきの確認ページが開きます）。
    Doctor(Doctor),
    /// Writes a page of A4 to print: the Wi-Fi and the address, with codes to scan and what to do.
    ///
    /// 印刷用のA4の紙を作ります: Wi-Fi とアドレス、QRコード、手順。
    Sheet(Sheet),
}

/// `naze serve`.
#[derive(Args, Debug)]
pub struct Serve {
    /// Where everything is kept: a folder, made when it is missing. One server at a time.
    ///
    /// データを入れるフォルダ。なければ作ります。
    #[arg(long, env = "NAZE_DATA", value_name = "FOLDER", default_value = "./naze-data", help_heading = "Data")]
    pub data: PathBuf,
    #[command(flatten)]
    pub reach: Reach,
    #[command(flatten)]
    pub limits: Limits,
    #[command(flatten)]
    pub telemetry: Telemetry,
}

/// `naze demo`.
#[derive(Args, Debug)]
pub struct Demo {
    /// Where the demo is kept: a folder of its own, made when it is missing.
    ///
    /// デモのデータを入れるフォルダ。
    #[arg(long, value_name = "FOLDER", default_value = "./naze-demo", help_heading = "Data")]
    pub data: PathBuf,
    /// How fast the simulated people are: 1 is human, 10 is ten times as fast. 0.1 to 100.
    ///
    /// 模擬参加者の速さ。1 は人の速さ、10 は10倍。
    #[arg(long, default_value = "1", value_parser = speed, help_heading = "Demo")]
    pub speed: f64,
    /// How many simulated people join, 1 to 34.
    ///
    /// 模擬参加者の人数。
    #[arg(long, default_value_t = DEMO_PEOPLE, value_parser = clap::value_parser!(u16).range(1..=i64::from(DEMO_PEOPLE)), help_heading = "Demo")]
    pub people: u16,
    /// The language that they write in; that of this terminal, when nothing is said.
    ///
    /// 模擬参加者の言語。指定がなければこの端末の言語。
    #[arg(long, value_parser = language(), help_heading = "Demo")]
    pub language: Option<Language>,
    #[command(flatten)]
    pub reach: Reach,
    #[command(flatten)]
    pub limits: Limits,
    #[command(flatten)]
    pub telemetry: Telemetry,
}

/// `naze backup`.
#[derive(Args, Debug)]
pub struct Backup {
    /// The file to write. It must not exist yet.
    ///
    /// 書き出すファイル。まだ存在しない名前にします。
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The data folder to copy.
    ///
    /// 写すデータフォルダ。
    #[arg(long, env = "NAZE_DATA", value_name = "FOLDER", default_value = "./naze-data")]
    pub data: PathBuf,
}

/// Where the server is reached, and by whom.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Reach")]
pub struct Reach {
    /// Address and port to listen on: 0.0.0.0 is every network of this machine, 127.0.0.1 this machine alone, port 0
    /// any free port.
    ///
    /// 待ち受けるアドレスとポート。0.0.0.0 はすべてのネットワーク、127.0.0.1 はこの機械だけ。
    #[arg(long, env = "NAZE_LISTEN", value_name = "ADDRESS:PORT", default_value = "0.0.0.0:8080", value_parser = listen)]
    pub listen: SocketAddr,
    /// The address that people type, when it is not one of this machine: https://naze.example.jp, say, when a proxy
    /// stands in front. Links and QR codes are made with it.
    ///
    /// 参加者が開くアドレス（プロキシの後ろで使うときなど）。リンクとQRコードに使われます。
    #[arg(long, env = "NAZE_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,
    /// Only who has this key creates workshops; without it everybody who reaches the server does. 12 to 200 characters.
    /// Better set by the variable: flags can be seen by others on the machine.
    ///
    /// ワークショップを作れる人を限る鍵（12〜200字）。指定がなければ誰でも作れます。
    #[arg(long, env = "NAZE_ORGANISER_KEY", value_name = "KEY", hide_env_values = true, value_parser = organiser_key::Parser)]
    pub organiser_key: Option<OrganiserKey>,
    #[command(flatten)]
    pub encryption: Encryption,
}

/// How much the server takes.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// Phones and screens that are connected at once, 1 to 100000.
    ///
    /// 同時につながる端末の数。
    #[arg(long, env = "NAZE_CONNECTIONS", value_name = "NUMBER", default_value_t = 10_000, value_parser = up_to(100_000))]
    pub connections: u32,
    /// Of these, from one address, 1 to 100000. A whole hall may come from one.
    ///
    /// そのうち同じアドレスからの数。会場全体がひとつのアドレスのこともあります。
    #[arg(long, env = "NAZE_CONNECTIONS_PER_ADDRESS", value_name = "NUMBER", default_value_t = 2_500, value_parser = up_to(100_000))]
    pub connections_per_address: u32,
    /// Wrong join codes from one address in a minute, 1 to 6000, before it has to wait.
    ///
    /// ひとつのアドレスから1分間に間違えてよい参加コードの数。
    #[arg(long, env = "NAZE_WRONG_CODES_PER_MINUTE", value_name = "NUMBER", default_value_t = 30, value_parser = up_to(6_000))]
    pub wrong_codes_per_minute: u32,
    /// People who join from one address in a minute, 1 to 100000, when more than 100 come at once: the others wait for a
    /// moment.
    ///
    /// ひとつのアドレスから1分間に参加できる人の数（一度に100人を超えるとき）。
    #[arg(long, env = "NAZE_JOINS_PER_MINUTE", value_name = "NUMBER", default_value_t = 600, value_parser = up_to(100_000))]
    pub joins_per_minute: u32,
    /// Edits of one phone in a second, on average, 1 to 100000. People make about two.
    ///
    /// ひとつの端末の1秒あたりの操作の数（平均）。
    #[arg(long, env = "NAZE_EDITS_PER_SECOND", value_name = "NUMBER", default_value_t = 60, value_parser = up_to(100_000))]
    pub edits_per_second: u32,
    /// Edits of one phone at once, after it was offline, 1 to 1000000.
    ///
    /// オフラインのあと、ひとつの端末が一度に送れる操作の数。
    #[arg(long, env = "NAZE_EDITS_AT_ONCE", value_name = "NUMBER", default_value_t = 600, value_parser = up_to(1_000_000))]
    pub edits_at_once: u32,
    /// Megabytes of memory that the server takes at the most, 64 to 1000000. When it is nearly full nobody new comes in, and the
    /// largest boards take no more; what is written is safe.
    ///
    /// サーバーが使うメモリの上限（MB）。いっぱいに近づくと、新しい参加者やワークショップを受け付けません。書かれたものは無事です。
    #[arg(long, env = "NAZE_MEMORY_MAX", value_name = "MEGABYTES", default_value_t = 1_024, value_parser = clap::value_parser!(u32).range(64..=1_000_000))]
    pub memory_max: u32,
    /// Workshops that one address may create in a minute, 1 to 6000.
    ///
    /// ひとつのアドレスから1分間に作れるワークショップの数。
    #[arg(long, env = "NAZE_NEW_WORKSHOPS_PER_MINUTE", value_name = "NUMBER", default_value_t = 30, value_parser = up_to(6_000))]
    pub new_workshops_per_minute: u32,
    /// Seats of a group in a new workshop, 1 to 12.
    ///
    /// 新しいワークショップのグループの席数。
    #[arg(long, env = "NAZE_SEATS", value_name = "NUMBER", default_value_t = SEATS_MAX, value_parser = clap::value_parser!(u16).range(1..=i64::from(SEATS_MAX)))]
    pub seats: u16,
    #[command(flatten)]
    pub keep: Keep,
}

impl From<&Limits> for registry::Limits {
    fn from(limits: &Limits) -> Self {
        let size = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        Self {
            connections_max: size(limits.connections),
            connections_per_address_max: size(limits.connections_per_address),
            wrong_codes_per_minute_max: limits.wrong_codes_per_minute,
            joins_per_minute_max: limits.joins_per_minute,
            ops_per_second_max: limits.edits_per_second,
            ops_burst_max: limits.edits_at_once,
            memory_max: Some(u64::from(limits.memory_max) * 1_000_000),
            names_kept_days: limits.keep.erase_names_after.0,
            ..Self::default()
        }
    }
}

/// What the server says about itself while it runs.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Logging")]
pub struct Telemetry {
    /// How much is written to the error output. Never a name, a text or a key.
    ///
    /// エラー出力に書く量。名前・文章・鍵は書かれません。
    #[arg(long, env = "NAZE_LOG", value_name = "LEVEL", value_enum, default_value_t = Level::Info)]
    pub log: Level,
}

/// How much is written.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// Nothing.
    Off,
    /// What failed.
    Error,
    /// And what may need somebody.
    Warn,
    /// And that the server started and stopped.
    Info,
    /// And every connection.
    Debug,
    /// And everything.
    Trace,
}

/// People of the demo: as many as came on the afternoon that it plays.
const DEMO_PEOPLE: u16 = 34;

fn listen(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse().map_err(|_| {
        "it must be an address and a port, for example 0.0.0.0:8080 (every network of this machine) or 127.0.0.1:8080 \
         (this machine alone)"
    })
}

fn up_to(max: u32) -> RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..=i64::from(max))
}

fn days(text: &str) -> Result<Days, &'static str> {
    if text == "never" {
        return Ok(Days(None));
    }
    let days = text.parse().ok().filter(|days| (1..=3_650).contains(days));
    days.map(|days| Days(Some(days))).ok_or("it must be a number of days from 1 to 3650, or never")
}

fn speed(text: &str) -> Result<f64, &'static str> {
    let speed = text.parse().ok().filter(|speed| (0.1..=100.0).contains(speed));
    speed.ok_or("it must be a number from 0.1 to 100; 1 is the speed of people")
}

fn language() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(["ja", "en"]).map(|word| if word == "en" { Language::En } else { Language::Ja })
}

#[cfg(test)]
mod tests;
