//! A workshop with people in it, and people who are expected, all of them with words that stand nowhere else.

use std::path::PathBuf;
use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use shared::{CardId, Token};
use tests::ask::{self, Made};
use tests::naze::{self, Naze};
use tests::phone::{Owner, Phone};

/// People who are here.
pub const NAMES: [&str; 6] = ["佐藤いちか", "Oka Haruto", "田中みつば", "鈴木よしの", "高橋ごろう", "渡辺むつき"];
/// People who are expected.
pub const GUESTS: [&str; 3] = ["伊藤ななみ", "山本はちろう", "中村ここの"];
/// What is known of them.
pub const ATTRIBUTES: [&str; 9] = [
    "市民協働推進課第一係",
    "四十代なかば",
    "町会連合の役員",
    "環境政策室",
    "二十代はじめ",
    "学生団体の人",
    "福祉総務課分室",
    "七十代すえ",
    "民生委員さん",
];

/// All words.
pub fn words() -> Vec<String> {
    NAMES.iter().chain(&GUESTS).chain(&ATTRIBUTES).map(|word| (*word).to_owned()).collect()
}

pub struct Office {
    pub naze: Naze,
    pub made: Made,
    pub phones: Vec<Phone>,
    copies: tempfile::TempDir,
}

impl Office {
    pub async fn open() -> Self {
        Self::with(&["--log", "warn"]).await
    }

    pub async fn with(settings: &[&str]) -> Self {
        let naze = Naze::start_with(settings).await.unwrap();
        let base = naze.base();
        let made = ask::make(&base, 2).await.unwrap();
        let mut phones = Vec::new();
        for (n, name) in NAMES.iter().enumerate() {
            let group = u16::try_from(n % 2).unwrap() + 1;
            let mut phone = Phone::new(Owner::join(&base, &made, name, group).await.unwrap()).unwrap();
            phone.connect(&base).await.unwrap();
            phones.push(phone);
        }
        let mut office = Self { naze, made, phones, copies: tempfile::tempdir().unwrap() };
        let lines: String = GUESTS
            .iter()
            .zip(ATTRIBUTES.chunks(3))
            .map(|(name, of)| format!("{name},{},{},{},1\n", of[0], of[1], of[2]))
            .collect();
        let list = format!("名前,所属,年代,立場,班\n{lines}");
        let brought = office.asks("POST", "roster", &list).await;
        assert_eq!(brought["added"], json!(GUESTS.len()), "{brought}");
        office.write("役員の負担が重い").await;
        office
    }

    /// Everybody writes a card.
    pub async fn write(&mut self, text: &str) {
        for phone in &mut self.phones {
            phone.add(CardId::THEME, text).unwrap();
            phone.flush().await.unwrap();
            phone.saved().await.unwrap();
        }
    }

    pub async fn export(&self) -> Value {
        ask::export(&self.naze.base(), &self.made).await.unwrap()
    }

    async fn ask(&self, method: &str, what: &str, key: Token, body: &str) -> ask::Answer {
        let address = format!("{}/api/workshops/{}/{what}", self.naze.base(), self.made.id);
        let key = format!("Bearer {key}");
        ask::ask(method.parse::<Method>().unwrap(), &address, &[("authorization", &key)], body).await.unwrap()
    }

    /// What the lead asks.
    pub async fn asks(&self, method: &str, what: &str, body: &str) -> Value {
        let answer = self.ask(method, what, self.made.lead, body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json().unwrap()
    }

    pub async fn erase(&self, what: &Value) -> Value {
        self.asks("POST", "erase", &json!({ "what": what }).to_string()).await
    }

    /// What somebody is answered who would erase.
    pub async fn tries(&self, key: Token, what: &Value) -> u16 {
        self.ask("POST", "erase", key, &json!({ "what": what }).to_string()).await.status
    }

    /// Waits until no traces are left in the files.
    pub async fn swept(&self) {
        for _ in 0..300 {
            let known = self.asks("GET", "data", "").await;
            if known["erased"].as_array().unwrap().iter().all(|one| one["swept"].is_string()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it was never swept");
    }

    /// A copy in the data folder itself, so that it is looked through too.
    pub fn by_hand(&self, name: &str) -> PathBuf {
        self.naze.data().join(name)
    }

    pub fn back_up_by_hand(&self, name: &str) {
        let file = self.by_hand(name);
        let data = self.naze.data().to_str().unwrap();
        let made = naze::run(&["backup", file.to_str().unwrap(), "--data", data]).unwrap();
        assert!(made.status.success(), "{made:?}");
    }

    /// A folder for what is not in the data folder.
    pub fn elsewhere(&self, name: &str) -> PathBuf {
        self.copies.path().join(name)
    }
}
