//! The floor of the bench: the least broadcast server that axum allows. No rules, no store, no recovery; one runtime thread,
//! 4 KiB read buffers. Everything that comes from a group goes to everybody in it, a flush a message.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpListener;
use tokio::sync::broadcast;

type Groups = Arc<Mutex<HashMap<u16, broadcast::Sender<Message>>>>;

#[allow(clippy::print_stdout, reason = "the bench reads the address from here")]
fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("listening on http://{}", listener.local_addr()?);
        let router = Router::new().route("/ws/{group}", get(enter)).with_state(Groups::default());
        Ok(axum::serve(listener, router).await?)
    })
}

async fn enter(upgrade: WebSocketUpgrade, Path(group): Path<u16>, State(groups): State<Groups>) -> Response {
    upgrade.read_buffer_size(4096).on_upgrade(move |socket| stay(socket, group, groups))
}

async fn stay(socket: WebSocket, group: u16, groups: Groups) {
    let to_all = {
        let mut groups = groups.lock().unwrap_or_else(PoisonError::into_inner);
        groups.entry(group).or_insert_with(|| broadcast::channel(4096).0).clone()
    };
    let mut from_all = to_all.subscribe();
    let (mut sink, mut stream) = socket.split();
    let writer = tokio::spawn(async move {
        while let Ok(message) = from_all.recv().await {
            if sink.send(message).await.is_err() {
                break;
            }
        }
    });
    while let Some(Ok(message)) = stream.next().await {
        if matches!(message, Message::Binary(_)) {
            // Nobody is left to hear it only while everybody is leaving.
            let _ = to_all.send(message);
        }
    }
    writer.abort();
}
