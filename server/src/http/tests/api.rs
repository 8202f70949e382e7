//! The JSON API from outside.

use shared::docs::workshop::Language;

use super::*;

fn bearer(key: &str) -> String {
    format!("Bearer {key}")
}

/// The key behind `#` of a link.
fn key(link: &Value) -> String {
    link.as_str().unwrap().split_once('#').unwrap().1.to_owned()
}

fn afternoon() -> Value {
    json!({"title": "協働推進研修", "goal": "根本の原因を見つける", "language": "ja", "groups": 3})
}

#[tokio::test]
async fn a_workshop_is_made_and_read_with_its_leads_key() {
    let desk = Desk::new().await;
    let made = desk.post(&afternoon(), &[("origin", "http://192.168.1.5:8080")]).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    assert_eq!(made.header("cache-control"), "no-store");
    let made = made.json();
    let id = made["id"].as_str().unwrap();
    for link in ["lead_url", "helper_url", "observer_url"] {
        let begins = format!("http://192.168.1.5:8080/w/{id}#");
        assert!(made[link].as_str().unwrap().starts_with(&begins), "{made}");
    }
    let path = format!("/api/workshops/{id}");
    let lead = bearer(&key(&made["lead_url"]));
    let read = desk.get(&path, &[("authorization", &lead)]).await.json();
    let group = |n: u16| json!({"group": n, "name": "", "people": 0, "cards": 0, "depth": 0});
    let expected = json!({
        "id": id, "title": "協働推進研修", "goal": "根本の原因を見つける", "language": "ja",
        "code": made["code"], "phase": "lobby", "groups": [group(1), group(2), group(3)],
    });
    assert_eq!(read, expected);
    let export = desk.get(&format!("{path}/export.json"), &[("authorization", &lead)]).await;
    assert!(export.header("content-disposition").contains(made["code"].as_str().unwrap()));
    assert_eq!(export.json()["boards"].as_array().unwrap().len(), 3);
    assert!(!export.text().contains(&key(&made["lead_url"])));
    let table = desk.get(&format!("{path}/cards.csv"), &[("authorization", &lead)]).await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert!(table.header("content-disposition").ends_with(".csv\""));
    assert!(table.text().starts_with("\u{feff}班,課題,"), "{}", table.text());
}

#[tokio::test]
async fn nobody_else_reads_it() {
    let desk = Desk::new().await;
    let made = desk.post(&afternoon(), &[]).await.json();
    let id = made["id"].as_str().unwrap();
    let other = desk.post(&afternoon(), &[]).await.json();
    for path in ["", "/export.json", "/cards.csv"] {
        let path = format!("/api/workshops/{id}{path}");
        let ask = async |key: &str| desk.get(&path, &[("authorization", key)]).await.error();
        assert_eq!(ask(&bearer(&key(&made["observer_url"]))).await, (403, "not_the_lead".into()));
        assert_eq!(ask(&bearer(&key(&made["helper_url"]))).await, (403, "not_the_lead".into()));
        assert_eq!(ask(&bearer(&key(&other["lead_url"]))).await, (403, "not_the_lead".into()));
        assert_eq!(ask("Bearer something").await, (401, "no_key".into()));
        assert_eq!(ask(&format!("Basic {}", key(&made["lead_url"]))).await, (401, "no_key".into()));
        let without = desk.get(&path, &[]).await;
        assert_eq!((without.error(), without.header("www-authenticate")), ((401, "no_key".into()), "Bearer"));
    }
    let lead = bearer(&key(&made["lead_url"]));
    for id in ["0123456789abcdef0123456789abcdef", "nonsense"] {
        let answer = desk.get(&format!("/api/workshops/{id}"), &[("authorization", &lead)]).await;
        assert_eq!(answer.error(), (404, "no_such_workshop".into()));
    }
}

#[tokio::test]
async fn a_field_is_refused_by_its_name() {
    let desk = Desk::new().await;
    let answer = desk.post(&json!({"title": "t", "groups": 201}), &[]).await;
    assert_eq!(answer.error(), (400, "out_of_range".into()));
    assert_eq!(answer.json()["field"], "groups");
    let answer = desk.post(&json!({"title": "t", "extra": 1}), &[]).await;
    assert_eq!((answer.error(), &answer.json()["field"]), ((400, "unknown_field".into()), &json!("extra")));
}

#[tokio::test]
async fn a_body_has_a_limit() {
    let desk = Desk::new().await;
    let body = json!({"title": "t", "goal": "x".repeat(17 * 1024)});
    assert_eq!(desk.post(&body, &[]).await.error(), (413, "too_large".into()));
}

#[tokio::test]
async fn a_page_from_elsewhere_makes_nothing() {
    let desk = Desk::new().await;
    for origin in ["https://evil.example", "null", "http://192.168.1.5"] {
        assert_eq!(
            desk.post(&afternoon(), &[("origin", origin)]).await.error(),
            (403, "other_origin".into()),
            "{origin}"
        );
    }
}

#[tokio::test]
async fn with_a_key_only_the_organiser_makes_workshops() {
    let organiser_key = Some("a-good-long-key".parse().unwrap());
    let desk = Desk::of(built(), Rules { organiser_key, ..rules() }, None).await;
    let without = desk.post(&afternoon(), &[]).await;
    assert_eq!((without.error(), without.header("www-authenticate")), ((401, "organiser_key".into()), "Bearer"));
    let wrong = desk.post(&afternoon(), &[("authorization", "Bearer a-good-long-kex")]).await;
    assert_eq!(wrong.error(), (401, "organiser_key".into()));
    let right = desk.post(&afternoon(), &[("authorization", "bearer a-good-long-key")]).await;
    assert_eq!(right.status, StatusCode::CREATED);
}

#[tokio::test]
async fn one_address_makes_so_many_in_a_minute() {
    let desk = Desk::of(built(), Rules { new_workshops_per_minute: 2, ..rules() }, None).await;
    for _ in 0..2 {
        assert_eq!(desk.post(&afternoon(), &[]).await.status, StatusCode::CREATED);
    }
    let third = desk.post(&afternoon(), &[]).await;
    assert_eq!((third.error(), third.header("retry-after")), ((429, "too_many_new".into()), "60"));
}

#[tokio::test]
async fn other_methods_and_addresses_are_refused_as_json() {
    let desk = Desk::new().await;
    let get = desk.get("/api/workshops", &[]).await;
    assert_eq!((get.error(), get.header("allow")), ((405, "wrong_method".into()), "POST"));
    let delete = desk.ask(Method::DELETE, "/api/workshops/x", &[], Body::empty()).await;
    assert_eq!((delete.error(), delete.header("allow")), ((405, "wrong_method".into()), "GET, HEAD"));
    assert_eq!(desk.get("/api/nothing", &[]).await.error(), (404, "no_such_address".into()));
}

#[tokio::test]
async fn links_begin_with_the_public_address() {
    let desk = Desk::of(built(), rules(), Some("https://naze.example.jp")).await;
    let made =
        desk.post(&afternoon(), &[("host", "naze.example.jp"), ("origin", "https://naze.example.jp")]).await.json();
    assert!(made["lead_url"].as_str().unwrap().starts_with("https://naze.example.jp/w/"), "{made}");
    assert_eq!(desk.addresses.all().first().map(String::as_str), Some("https://naze.example.jp"));
}

#[tokio::test]
async fn what_was_asked_for_is_what_is_made() {
    let desk = Desk::new().await;
    let made = desk.post(&json!({"title": " t ", "language": "en"}), &[]).await.json();
    let lead = bearer(&key(&made["lead_url"]));
    let path = format!("/api/workshops/{}", made["id"].as_str().unwrap());
    let read = desk.get(&path, &[("authorization", &lead)]).await.json();
    assert_eq!((&read["title"], &read["language"]), (&json!("t"), &json!(Language::En)));
    assert_eq!(read["groups"].as_array().unwrap().len(), 7);
}
