//! The page, its files, and what stands in their place.

use super::*;

#[tokio::test]
async fn every_address_of_the_page_shows_the_page() {
    let desk = Desk::new().await;
    for path in ["/", "/new", "/j/ACDEFH", "/w/0123456789abcdef0123456789abcdef", "/j/", "/?x=1"] {
        let answer = desk.get(path, &[]).await;
        assert_eq!((answer.status, answer.text()), (StatusCode::OK, "<!doctype html>the page"), "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_in_both_languages() {
    let desk = Desk::new().await;
    for path in [
        "/nowhere",
        "/newer",
        "/assets/gone.js",
        "/j",
        "/w",
        "/index.html.xz",
        "//evil.example",
        "/assets/../index.html",
    ] {
        let answer = desk.get(path, &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text().contains("There is no page") && answer.text().contains("ページがありません"));
    }
}

#[tokio::test]
async fn a_browser_gets_the_form_that_it_reads_best() {
    let desk = Desk::new().await;
    for (path, accepts, body, encoding) in [
        ("/", "gzip, deflate, br", "page-br", "br"),
        ("/", "gzip, br;q=0", "page-gz", "gzip"),
        ("/", "gzip;q=0.9, br;q=0.5", "page-gz", "gzip"),
        ("/", "", "<!doctype html>the page", ""),
        ("/assets/app-1a2b.js", "br, gzip", "script-gz", "gzip"),
        ("/assets/app-1a2b.js", "br", "script", ""),
    ] {
        let answer = desk.get(path, &[("accept-encoding", accepts)]).await;
        assert_eq!((answer.text(), answer.header("content-encoding")), (body, encoding), "{path} {accepts}");
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(answer.header("content-length"), body.len().to_string());
    }
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_have_their_type() {
    let desk = Desk::new().await;
    let script = desk.get("/assets/app-1a2b.js", &[("accept-encoding", "gzip")]).await;
    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(desk.get("/assets/icon-3c4d.png", &[]).await.header("content-type"), "image/png");
}

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again() {
    let desk = Desk::new().await;
    let first = desk.get("/", &[("accept-encoding", "br")]).await;
    let tag = first.header("etag");
    assert!(tag.starts_with('"') && tag.ends_with('"'));
    for known in [tag.to_owned(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
        let again = desk.get("/", &[("accept-encoding", "br"), ("if-none-match", &known)]).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{known}");
        assert_eq!(again.header("etag"), tag);
    }
    let other_form = desk.get("/", &[("if-none-match", tag)]).await;
    assert_eq!(other_form.status, StatusCode::OK);
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let desk = Desk::new().await;
    let answer = desk.ask(Method::HEAD, "/", &[], Body::empty()).await;
    assert_eq!((answer.status, answer.body.len()), (StatusCode::OK, 0));
    assert_eq!(answer.header("content-length"), "<!doctype html>the page".len().to_string());
    let post = desk.ask(Method::POST, "/", &[], Body::empty()).await;
    assert_eq!((post.error(), post.header("allow")), ((405, "wrong_method".into()), "GET, HEAD"));
}

#[tokio::test]
async fn a_server_without_a_page_says_how_to_get_one() {
    let desk = Desk::of(BTreeMap::new(), rules(), None).await;
    let answer = desk.get("/w/x", &[]).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.text().contains("cargo xtask serve"));
}

#[tokio::test]
async fn every_answer_says_what_its_page_may_do() {
    let desk = Desk::new().await;
    for path in ["/", "/nowhere", "/assets/app-1a2b.js", "/healthz", "/metrics", "/api/workshops/x", "/qr.svg", "/ws"] {
        let answer = desk.get(path, &[]).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{path}");
        assert!(policy.contains(&format!("ws://{HERE} wss://{HERE}")), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
    }
}

#[tokio::test]
async fn a_strange_name_is_refused_and_repeated_nowhere() {
    let desk = Desk::new().await;
    for (name, status) in [("evil.example", 421), ("x;script-src *", 400), ("", 400)] {
        let page = desk.get("/", &[("host", name)]).await;
        assert_eq!(page.status.as_u16(), status, "{name}");
        assert!(page.text().contains("lang=\"en\""));
        assert!(!page.header("content-security-policy").contains("ws://"));
        assert_eq!(desk.get("/api/workshops/x", &[("host", name)]).await.error().0, status);
        assert_eq!(desk.get("/healthz", &[("host", name)]).await.text(), "ok\n");
    }
    let public = Desk::of(built(), rules(), Some("https://naze.example.jp")).await;
    assert_eq!(public.get("/", &[("host", "naze.example.jp")]).await.status, StatusCode::OK);
    assert_eq!(public.get("/", &[("host", "evil.example")]).await.status.as_u16(), 421);
}

#[tokio::test]
async fn only_our_own_addresses_become_codes() {
    let desk = Desk::new().await;
    for to in ["http://192.168.1.5:8080/j/ACDEFH", "http://192.168.1.5:8080"] {
        let answer = desk.get(&format!("/qr.svg?to={to}"), &[]).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "image/svg+xml"), "{to}");
        assert!(answer.text().starts_with("<?xml"));
    }
    let by_name = "http://laptop.local:8080/j/ACDEFH";
    assert_eq!(desk.get(&format!("/qr.svg?to={by_name}"), &[]).await.error(), (400, "not_our_address".into()));
    let asked_by_it = desk.get(&format!("/qr.svg?to={by_name}"), &[("host", "laptop.local:8080")]).await;
    assert_eq!(asked_by_it.status, StatusCode::OK);
    let here = desk.get("/qr.svg?to=http://localhost:8080/", &[("host", "localhost:8080")]).await;
    assert_eq!(here.status, StatusCode::OK);
    for to in [
        "http://evil.example/",
        "http://192.168.1.5:80800/",
        "http://192.168.1.5:8080@evil.example/",
        "javascript:alert(1)",
        "http://192.168.1.5:8080/w/x%230123456789abcdef0123456789abcdef",
        "http://192.168.1.5:8080/%0a",
        "http://192.168.1.5:8080/%22",
        "",
    ] {
        let refused = if to.ends_with("%22") { 200 } else { 400 };
        assert_eq!(desk.get(&format!("/qr.svg?to={to}"), &[]).await.status.as_u16(), refused, "{to}");
    }
    assert_eq!(desk.get("/qr.svg", &[]).await.error(), (400, "not_our_address".into()));
    let long = format!("/qr.svg?to=http://{HERE}/{}", "x".repeat(300));
    assert_eq!(desk.get(&long, &[]).await.error(), (400, "too_long".into()));
}
