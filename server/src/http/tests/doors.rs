//! Ways in that are none: addresses that mean other files, pages of other sites, packed bodies, and what every answer forbids a browser.

use shared::docs::doors::Link;
use shared::docs::roster::RosterOp;
use shared::wire::{Renew, encode};

use super::roster::Hall;
use super::*;

/// What no answer may be without: of pages, files, the API, refusals, and "not changed".
const ALWAYS: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("content-security-policy", "frame-ancestors 'none'"),
    ("permissions-policy", "camera=()"),
];

/// How, where, with which headers and body; and the status of the answer.
type Ask<'a> = (Method, &'a str, Vec<(&'a str, &'a str)>, &'a str, u16);

fn is_secured(answer: &Answer, what: &str) {
    for (name, value) in ALWAYS {
        assert!(answer.header(name).contains(value), "{what}: {name} is {:?}", answer.header(name));
    }
    assert!(!answer.header("content-security-policy").contains("unsafe-inline"), "{what}");
    assert!(answer.headers.get("access-control-allow-origin").is_none(), "{what}");
    assert!(answer.headers.get("set-cookie").is_none(), "{what}: there are no cookies");
}

#[tokio::test]
async fn every_answer_is_secured_whatever_it_says() {
    let desk = Desk::new().await;
    let tag = desk.get("/", &[]).await.header("etag").to_owned();
    let large = "x".repeat(20 * 1024);
    let asks: [Ask<'_>; 12] = [
        (Method::GET, "/", vec![], "", 200),
        (Method::HEAD, "/", vec![], "", 200),
        (Method::GET, "/", vec![("if-none-match", &tag)], "", 304),
        (Method::GET, "/nowhere", vec![], "", 404),
        (Method::GET, "/api/nowhere", vec![], "", 404),
        (Method::DELETE, "/api/workshops", vec![], "", 405),
        (Method::GET, "/api/workshops/x", vec![], "", 401),
        (Method::POST, "/api/workshops", vec![("origin", "http://evil.example")], "{}", 403),
        (Method::POST, "/api/workshops", vec![], &large, 413),
        (Method::POST, "/api/workshops", vec![("content-encoding", "gzip")], "{}", 415),
        (Method::GET, "/", vec![("host", "evil.example")], "", 421),
        (Method::GET, "/ws", vec![], "", 400),
    ];
    for (method, path, headers, body, status) in asks {
        let answer = desk.ask(method.clone(), path, &headers, body.to_owned()).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path} {headers:?}");
        is_secured(&answer, &format!("{method} {path} {headers:?}"));
    }
}

#[tokio::test]
async fn no_address_leads_out_of_the_page() {
    let desk = Desk::new().await;
    for path in [
        "/../Cargo.toml",
        "/assets/../../Cargo.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/%2e%2e%2findex.html",
        "/..%2f..%2fetc%2fpasswd",
        "/%5c..%5c..%5cCargo.toml",
        "/assets\\..\\..\\Cargo.toml",
        "/index.html%00.js",
        "/%00",
        "//evil.example/%2e%2e",
        "///etc/passwd",
        "/assets/",
        "/assets//app-1a2b.js",
        "/./index.html",
        "/%2fetc%2fpasswd",
        "/naze.db",
        "/naze-data/naze.db",
    ] {
        let Ok(uri) = path.parse::<axum::http::Uri>() else { continue };
        let answer = desk.get(&uri.to_string(), &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.headers.get("location").is_none(), "{path} leads nowhere else");
        is_secured(&answer, path);
    }
    // What the page itself reads from its address is the page, and nothing of the address is in it.
    for path in ["/w/%3Cscript%3E", "/j/..%2f..%2fetc", "/w/../../etc/passwd"] {
        let answer = desk.get(path, &[]).await;
        assert_eq!(answer.text(), "<!doctype html>the page", "{path}");
    }
}

#[tokio::test]
async fn a_page_of_another_site_does_nothing_even_with_the_leads_key() {
    let hall = Hall::new().await;
    let bodies = [
        ("doors", encode(&Renew::Code)),
        ("doors", encode(&Renew::Link(Link::Helper))),
        ("seating", encode(&Vec::<RosterOp>::new())),
        ("roster", "name\nAnn\n".as_bytes().to_vec()),
    ];
    for (to, body) in bodies {
        let path = format!("/api/workshops/{}/{to}", hall.id);
        for origin in ["http://evil.example", "null", "http://192.168.1.5:8081"] {
            let headers = [("authorization", hall.lead.as_str()), ("origin", origin)];
            let answer = hall.desk.ask(Method::POST, &path, &headers, body.clone()).await;
            assert_eq!(answer.error(), (403, "other_origin".into()), "{to} {origin}");
        }
        // A form of another site sends no key, and no cookie stands in for it.
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let answer = hall.desk.ask(Method::POST, &path, &form, body.clone()).await;
        assert_eq!(answer.error().0, 401, "{to}");
        let ours = [("authorization", hall.lead.as_str()), ("origin", "http://192.168.1.5:8080")];
        let answer = hall.desk.ask(Method::POST, &path, &ours, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{to}");
    }
}

#[tokio::test]
async fn the_lead_alone_replaces_and_a_replaced_key_is_told_so() {
    let hall = Hall::new().await;
    let next = shared::Token::of([9; 16]);
    for body in [&b""[..], b"{}", &[1], &[1, 99], &[1, 0, 1, 2, 3]] {
        assert_eq!(hall.send("doors", &hall.lead, body.to_vec()).await.error(), (400, "not_understood".into()));
    }
    for key in &hall.others {
        assert_eq!(hall.send("doors", key, encode(&Renew::Lead(next))).await.error(), (403, "not_the_lead".into()));
    }
    for _ in 0..2 {
        let answer = hall.send("doors", &hall.lead, encode(&Renew::Lead(next))).await;
        assert_eq!((answer.status, answer.text()), (StatusCode::OK, "{}"), "asking twice is asking once");
    }
    let replaced = (403, "link_replaced".to_owned());
    for key in hall.others.iter().chain([&hall.lead]) {
        assert_eq!(hall.send("doors", key, encode(&Renew::Keep)).await.error(), replaced);
        assert_eq!(hall.send("seating", key, encode(&Vec::<RosterOp>::new())).await.error(), replaced);
        let path = format!("/api/workshops/{}/export.json", hall.id);
        assert_eq!(hall.desk.get(&path, &[("authorization", key)]).await.error(), replaced);
    }
    assert_eq!(hall.send("doors", &format!("Bearer {next}"), encode(&Renew::Code)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_address_replaces_only_so_many_in_a_minute() {
    let hall = Hall::new().await;
    for n in 0..20 {
        assert_eq!(hall.send("doors", &hall.lead, encode(&Renew::Code)).await.status, StatusCode::OK, "{n}");
    }
    let refused = hall.send("doors", &hall.lead, encode(&Renew::Code)).await;
    assert_eq!((refused.error(), refused.header("retry-after")), ((429, "too_many_renewed".into()), "60"));
}

/// The name of the file that a browser saves is made of the code, and of nothing that anybody wrote.
#[tokio::test]
async fn nothing_that_is_written_gets_into_a_header() {
    let hall = Hall::new().await;
    hall.import("name\nAnn\r\nx-evil: 1\n\"Bea\r\nset-cookie: a=b\"\n").await;
    let path = format!("/api/workshops/{}/export.json", hall.id);
    let answer = hall.desk.get(&path, &[("authorization", &hall.lead)]).await;
    let name = answer.header("content-disposition");
    assert!(
        name.starts_with("attachment; filename=\"naze-")
            && name.len() == "attachment; filename=\"naze-K7M4XR.json\"".len()
    );
    is_secured(&answer, "the export");
    assert!(answer.headers.get("x-evil").is_none());
}
