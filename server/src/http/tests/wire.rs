//! What needs a real socket: the way into `/ws`, and a server that stops.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_util::sync::CancellationToken;

use super::*;

struct Open {
    at: SocketAddr,
    stop: CancellationToken,
    serving: JoinHandle<()>,
}

async fn open() -> Open {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let router = Desk::new().await.router;
    let serving = tokio::spawn(listen::serve(listener, router, stop.clone(), Duration::from_secs(1)));
    Open { at, stop, serving }
}

async fn knock(at: SocketAddr, origin: Option<&str>) -> Result<(), u16> {
    let mut request = format!("ws://{at}/ws").into_client_request().unwrap();
    if let Some(origin) = origin {
        request.headers_mut().insert(header::ORIGIN, origin.parse().unwrap());
    }
    match tokio_tungstenite::connect_async(request).await {
        Ok((mut socket, _)) => {
            socket.close(None).await.unwrap();
            Ok(())
        }
        Err(tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
        Err(why) => panic!("{why}"),
    }
}

#[tokio::test]
async fn the_socket_opens_to_our_page_and_to_programs() {
    let open = open().await;
    assert_eq!(knock(open.at, Some(&format!("http://{}", open.at))).await, Ok(()));
    assert_eq!(knock(open.at, None).await, Ok(()));
    for other in ["http://evil.example", "null", "http://127.0.0.1"] {
        assert_eq!(knock(open.at, Some(other)).await, Err(403), "{other}");
    }
}

#[tokio::test]
async fn the_socket_is_spoken_on() {
    use futures_util::{SinkExt, StreamExt};
    use shared::wire::{ClientMessage, ServerMessage, decode, encode};
    let open = open().await;
    let (mut socket, _) = tokio_tungstenite::connect_async(format!("ws://{}/ws", open.at)).await.unwrap();
    socket.send(Message::binary(encode(&ClientMessage::Ping(7)))).await.unwrap();
    let answer = timeout(Duration::from_secs(5), socket.next()).await.unwrap().unwrap().unwrap();
    assert!(matches!(decode(&answer.into_data()), Ok(ServerMessage::Pong { n: 7, .. })));
}

/// What the server says to these bytes until it closes.
async fn said(at: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await.unwrap().unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_browser_that_opens_the_socket_as_a_page_is_told() {
    let open = open().await;
    let request = format!("GET /ws HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", open.at);
    let answer = said(open.at, &request).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("not_a_socket"), "{answer}");
}

#[tokio::test]
async fn what_is_no_http_ends_soon() {
    let open = open().await;
    assert!(said(open.at, "\u{16}\u{3}\u{1} garbage\r\n\r\n").await.starts_with("HTTP/1.1 400"));
    let long = format!("GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "x".repeat(64 * 1024));
    let mut stream = TcpStream::connect(open.at).await.unwrap();
    // The server hangs up in the middle of it.
    let _ = stream.write_all(long.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await.unwrap();
    assert!(!answer.starts_with(b"HTTP/1.1 200"));
}

#[tokio::test]
async fn a_server_that_stops_lets_go_of_idle_connections() {
    let open = open().await;
    let mut idle = TcpStream::connect(open.at).await.unwrap();
    idle.write_all(format!("GET /healthz HTTP/1.1\r\nhost: {}\r\n\r\n", open.at).as_bytes()).await.unwrap();
    let mut answer = [0; 15];
    idle.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200 OK");
    open.stop.cancel();
    timeout(Duration::from_secs(5), open.serving).await.unwrap().unwrap();
    assert!(TcpStream::connect(open.at).await.is_err());
}
