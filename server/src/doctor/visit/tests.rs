//! Visitors, without a phone: what is told of them, and that it is bounded.

use super::*;

fn from(peer: &str, told: Option<Told>) -> Said {
    let what = agent::in_words("iPhone Safari");
    Visitor { peer: peer.parse().unwrap(), what, told }.shown()
}

#[test]
fn what_a_page_tells_is_read_and_nothing_else() {
    let now = UNIX_EPOCH + Duration::from_secs(1_000);
    let body = |text: &'static str| read(&Bytes::from(text), now);
    let told = body("socket=works&stream=blocked&clock=1300000").unwrap();
    assert_eq!(told, Told { socket: Works::Yes, stream: Works::No, ahead: 300 });
    for bad in ["", "socket=works", "clock=x&socket=works&stream=works", "clock=-9223372036854775808&socket=a&stream=b"]
    {
        assert!(body(bad).is_none(), "{bad}");
    }
}

#[test]
fn this_machine_is_no_phone() {
    assert!(from("127.0.0.1", None).en.contains("this machine itself"));
    assert!(from("203.0.113.9", None).en.contains("iPhone (Safari)  got here"));
    let told = Told { socket: Works::No, stream: Works::No, ahead: -500 };
    let said = from("203.0.113.9", Some(told));
    assert!(said.en.contains("blocked") && said.en.contains("proxy") && said.en.contains("500 seconds"), "{said}");
    assert!(said.ja.contains("止められています") && said.ja.contains("500 秒"), "{said}");
}

#[tokio::test]
async fn each_is_told_once_and_again_when_the_page_has_tried() {
    let (news, mut heard) = mpsc::channel(NEWS_MAX);
    let addresses = Arc::new(Addresses::new(None, "127.0.0.1:8080".parse().unwrap()));
    let desk = Desk { addresses, known: Mutex::default(), news };
    let request = || Request::builder().header("user-agent", "iPhone").body(axum::body::Body::empty()).unwrap();
    let told = Told { socket: Works::Yes, stream: Works::Yes, ahead: 0 };
    for told in [None, None, Some(told), Some(told), None] {
        desk.meet(&request(), told);
    }
    assert_eq!(heard.try_recv().unwrap().told, None);
    assert_eq!(heard.try_recv().unwrap().told, Some(told));
    assert!(heard.try_recv().is_err());
}
