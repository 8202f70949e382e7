//! The way round without a websocket, as a page goes it: one request after another says, one answer after another tells.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail, ensure};
use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use futures_util::StreamExt;
use http::{Request, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use shared::wire::{ClientMessage, encode};
use tokio::sync::{Mutex, mpsc};
use tokio::task::AbortHandle;
use tokio::time::timeout;

/// How long an answer may take to begin.
const ANSWER: Duration = Duration::from_secs(30);

/// What an answer tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told {
    /// A frame.
    Frame(Vec<u8>),
    /// Whether we are there.
    Ask,
    /// Another answer is to be asked for.
    Next,
    /// The end, with its code.
    Close(u16),
}

/// The requests of one line, one by one.
#[derive(Debug)]
pub struct Requests {
    base: String,
    client: Client<HttpConnector, Body>,
    /// The name of the line.
    pub name: String,
}

impl Requests {
    /// Opens a line.
    ///
    /// # Errors
    /// When the server does not open one.
    pub async fn open(base: &str) -> Result<Self> {
        let client = Client::builder(TokioExecutor::new()).build_http();
        let mut requests = Self { base: base.to_owned(), client, name: String::new() };
        let answer = requests.post("", Vec::new()).await?;
        ensure!(answer.status() == StatusCode::OK, "{answer:?}");
        let name = axum::body::to_bytes(answer.into_body(), 1024).await?;
        requests.name = String::from_utf8(name.to_vec())?;
        ensure!(requests.name.len() == 32, "{:?} is no name", requests.name);
        Ok(requests)
    }

    /// Posts to one of the addresses.
    ///
    /// # Errors
    /// When no answer begins.
    pub async fn post(&self, way: &str, body: Vec<u8>) -> Result<http::Response<Body>> {
        let request = Request::post(format!("{}/detour{way}", self.base)).body(Body::from(body))?;
        let answer = timeout(ANSWER, self.client.request(request)).await.context("no answer")??;
        Ok(answer.map(Body::new))
    }

    /// Says frames with the request of this number. The status.
    ///
    /// # Errors
    /// When no answer begins.
    pub async fn say(&self, number: u32, frames: &[Vec<u8>]) -> Result<u16> {
        let mut body = self.name.clone().into_bytes();
        body.extend(number.to_le_bytes());
        for frame in frames {
            body.extend(u32::try_from(frame.len())?.to_le_bytes());
            body.extend(frame);
        }
        Ok(self.post("/say", body).await?.status().as_u16())
    }

    /// Asks for what is told.
    ///
    /// # Errors
    /// When the server does not tell anything, with its status.
    pub async fn hear(&self) -> Result<Hearing, u16> {
        let answer = self.post("/hear", self.name.clone().into_bytes()).await.map_err(|_| 0_u16)?;
        if answer.status() != StatusCode::OK {
            return Err(answer.status().as_u16());
        }
        Ok(Hearing { body: answer.into_body().into_data_stream(), text: String::new() })
    }

    /// Has answers end as soon as they have told something.
    ///
    /// # Errors
    /// When no answer begins.
    pub async fn be_brief(&self) -> Result<u16> {
        Ok(self.post("/brief", self.name.clone().into_bytes()).await?.status().as_u16())
    }
}

/// An answer that lasts.
#[derive(Debug)]
pub struct Hearing {
    body: axum::body::BodyDataStream,
    text: String,
}

impl Hearing {
    /// What is told next; none when the answer has ended.
    ///
    /// # Errors
    /// When it breaks, or cannot be read.
    pub async fn next(&mut self) -> Result<Option<Told>> {
        loop {
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                if let Some(told) = read(&event)? {
                    return Ok(Some(told));
                }
            }
            match self.body.next().await {
                Some(piece) => self.text.push_str(std::str::from_utf8(&piece?)?),
                None => return Ok(None),
            }
        }
    }
}

fn read(event: &str) -> Result<Option<Told>> {
    let (mut kind, mut data) = ("", "");
    for line in event.lines() {
        match line.split_once(':') {
            Some(("event", given)) => kind = given,
            Some(("data", given)) => data = given,
            Some(("", _)) => return Ok(None),
            _ => bail!("{line:?} is no line of an event"),
        }
    }
    Ok(Some(match kind {
        "" => Told::Frame(STANDARD_NO_PAD.decode(data)?),
        "ask" => Told::Ask,
        "next" => Told::Next,
        "close" => Told::Close(data.parse()?),
        _ => bail!("{event:?} is nothing that is told"),
    }))
}

/// A line that is used as a websocket is.
#[derive(Debug)]
pub struct Detour {
    voice: Arc<Voice>,
    ears: mpsc::UnboundedReceiver<Told>,
    listening: AbortHandle,
}

#[derive(Debug)]
struct Voice {
    requests: Requests,
    number: Mutex<u32>,
}

impl Drop for Detour {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Detour {
    /// Opens a line and listens.
    ///
    /// # Errors
    /// When the server does not open one.
    pub async fn open(base: &str) -> Result<Self> {
        let voice = Arc::new(Voice { requests: Requests::open(base).await?, number: Mutex::new(0) });
        let (told, ears) = mpsc::unbounded_channel();
        let own = Arc::clone(&voice);
        // However it ends, whoever listens sees that nothing comes any more.
        let listening = tokio::spawn(async move { drop(listen(own, told).await) }).abort_handle();
        Ok(Self { voice, ears, listening })
    }

    /// Says a frame.
    ///
    /// # Errors
    /// When the line has ended.
    pub async fn say(&self, frame: Vec<u8>) -> Result<()> {
        self.voice.say(frame).await
    }

    /// A frame, or the end: its code, none when it just broke.
    pub async fn next(&mut self) -> Result<Vec<u8>, Option<u16>> {
        loop {
            match self.ears.recv().await {
                Some(Told::Frame(frame)) => return Ok(frame),
                Some(Told::Close(code)) => return Err(Some(code)),
                Some(Told::Ask | Told::Next) => {}
                None => return Err(None),
            }
        }
    }
}

impl Voice {
    #[expect(clippy::await_holding_invalid_type, reason = "one request at a time is what it is for")]
    async fn say(&self, frame: Vec<u8>) -> Result<()> {
        let mut number = self.number.lock().await;
        *number += 1;
        match self.requests.say(*number, &[frame]).await? {
            204 => Ok(()),
            status => Err(anyhow!("not taken: {status}")),
        }
    }
}

async fn listen(voice: Arc<Voice>, told: mpsc::UnboundedSender<Told>) -> Result<()> {
    loop {
        let mut hearing = voice.requests.hear().await.map_err(|status| anyhow!("nothing is told: {status}"))?;
        let mut goes_on = false;
        while let Some(event) = hearing.next().await? {
            match event {
                Told::Ask => voice.say(encode(&ClientMessage::Ping(0))).await?,
                Told::Next => goes_on = true,
                event => told.send(event)?,
            }
        }
        ensure!(goes_on, "the answer was cut off");
    }
}
