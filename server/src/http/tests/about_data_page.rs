//! The page for an information-policy section: it says what this server does, and another server says something else.

use super::*;
use crate::host::Scheme;
use crate::http::about_data::Facts;

async fn said(facts: Facts, public: Option<&str>, path: &str) -> String {
    let desk = Desk::of(built(), Rules { about: facts, ..rules() }, public).await;
    let host = public.map_or(HERE, |url| url.trim_start_matches("https://"));
    let answer = desk.get(path, &[("host", host)]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    answer.text().to_owned()
}

fn facts() -> Facts {
    Facts { data: "/srv/<naze>".into(), names_days: Some(21), backup_minutes: 45, backups_kept: 7 }
}

#[tokio::test]
async fn what_is_said_follows_from_the_settings() {
    let both = said(facts(), None, "/about-data").await;
    for words in [
        "終了の21日後",
        "21 days after the end",
        "81日後",
        "81 days",
        "45分ごと",
        "Every 45 minutes",
        "新しい7個",
        "newest 7",
    ] {
        assert!(both.contains(words), "{words}");
    }
    assert!(both.contains("not encrypted") && both.contains("everybody who reaches"));
    let never = Facts { names_days: None, backup_minutes: 0, ..facts() };
    let other = said(never, Some("https://naze.example.jp"), "/about-data").await;
    for words in
        ["never", "自動では消えません", "makes no copies", "https://naze.example.jp is encrypted", "暗号化されています"]
    {
        assert!(other.contains(words), "{words}");
    }
    let key = Some("a-good-long-key".parse().unwrap());
    let desk = Desk::of(built(), Rules { organiser_key: key, ..rules() }, None).await;
    let text = desk.get("/about-data?lang=en", &[]).await.text().to_owned();
    assert!(text.contains("only who has the organiser's key") && !text.contains("good-long"), "{text}");
}

#[tokio::test]
async fn a_server_that_encrypts_by_itself_says_so() {
    let registry = Registry::open(Arc::new(MemoryLog::new()), Limits::default()).await.unwrap();
    let addresses = Arc::new(Addresses::new(None, HERE.parse().unwrap()).over(Scheme::Https));
    let router = router(registry, Page::Table(Arc::new(built())), Arc::clone(&addresses), rules());
    let desk = Desk { router, addresses };
    let text = desk.get("/about-data", &[]).await.text().to_owned();
    assert!(text.contains("https://192.168.1.5:8080") && text.contains("暗号化されています"), "{text}");
    assert!(!text.contains("not encrypted (http)") && !text.contains("http://"), "{text}");
}

#[tokio::test]
async fn each_language_has_its_own_page() {
    let ja = said(facts(), None, "/about-data?lang=ja").await;
    let en = said(facts(), None, "/about-data?lang=en").await;
    assert!(ja.contains("<html lang=\"ja\" ") && ja.contains("保存するもの") && !ja.contains("What is stored"));
    assert!(en.contains("<html lang=\"en\" ") && en.contains("What is stored") && !en.contains("保存するもの"));
    assert_eq!(ja.matches("<tr>").count(), en.matches("<tr>").count(), "both answer the same questions");
    let both = said(facts(), None, "/about-data?lang=xx").await;
    assert!(both.contains("What is stored") && both.contains("保存するもの"));
}

#[tokio::test]
async fn the_folder_is_told_to_the_machine_itself_alone() {
    let desk = Desk::of(built(), Rules { about: facts(), ..rules() }, None).await;
    let elsewhere = desk.get("/about-data", &[]).await;
    assert!(!elsewhere.text().contains("/srv/"), "somebody in the hall reads where the data is");
    let here = async |host: &str| {
        let request = axum::http::Request::builder().uri("/about-data").header("host", host);
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(Socket("127.0.0.1".parse().unwrap()));
        let answer = desk.router.clone().oneshot(request).await.unwrap();
        let text = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(text.to_vec()).unwrap()
    };
    assert!(!here(HERE).await.contains("/srv/"), "a proxy on this machine that does not say whom it serves");
    let text = here("localhost:8080").await;
    assert!(text.contains("/srv/&lt;naze&gt;") && !text.contains("<naze>"), "{text}");
}

#[tokio::test]
async fn it_needs_no_script_and_its_style_is_a_file() {
    let page = said(facts(), None, "/about-data").await;
    assert!(!page.contains("<script") && !page.contains("style=") && !page.contains("<style"));
    let desk = Desk::new().await;
    let style = desk.get("/about-data.css", &[]).await;
    assert_eq!((style.status, style.header("content-type")), (StatusCode::OK, "text/css; charset=utf-8"));
    assert!(style.text().contains("size: A4"));
}
