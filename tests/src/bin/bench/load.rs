//! A workshop full of load clients: how they arrive, and how long they are measured.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde::Deserialize;
use shared::{ClientId, JoinCode, Token, WorkshopId};
use tests::load::crowd::{Crowd, Pace};
use tests::load::meter::Meter;
use tests::load::process::cpu_seconds;
use tests::load::socket;
use tests::load::talk::{self, Kind, Speaker};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::report::{Row, Spent};
use super::server::Server;

/// Before counting begins, so that caches and queues are as they will be.
const WARM_UP: Duration = Duration::from_secs(1);

/// A workshop full of clients.
pub(crate) struct Load {
    crowd: Crowd,
    made: Option<Made>,
}

#[derive(Deserialize)]
struct Made {
    id: WorkshopId,
    code: JoinCode,
    lead_url: String,
}

impl Load {
    /// Makes a workshop, where there is one, and seats everybody.
    pub(crate) async fn arrive(server: &Server, groups: u16, members: u8) -> Result<Self> {
        let made = match server.kind {
            Kind::Naze => Some(create(&server.address, groups).await?),
            Kind::Floor => None,
        };
        let mut arrivals = JoinSet::new();
        for group in 1..=groups {
            let (kind, address, code) = (server.kind, server.address.clone(), made.as_ref().map(|made| made.code));
            arrivals.spawn(async move {
                let mut seated = Vec::new();
                for member in 0..members {
                    let speaker = Speaker::new(kind, group, member);
                    let mut socket = socket::connect(&address, &path(kind, group)).await?;
                    if let Some(code) = code {
                        speaker.enter(code, &mut socket).await?;
                    }
                    seated.push((speaker, socket.into_stream()?));
                }
                anyhow::Ok(seated)
            });
        }
        let mut crowd = Crowd::new()?;
        while let Some(seated) = arrivals.join_next().await {
            for (speaker, stream) in seated?? {
                crowd.add(stream, Some(speaker))?;
            }
        }
        Ok(Self { crowd, made })
    }

    pub(crate) fn people(&self) -> usize {
        self.crowd.people()
    }

    /// Somebody who sees every board and writes nothing.
    pub(crate) async fn add_lead(&mut self, server: &Server) -> Result<()> {
        let made = self.made.as_ref().context("the floor has no lead")?;
        let token: Token = made.lead_url.split_once('#').context("no token")?.1.parse().ok().context("a bad token")?;
        let mut socket = socket::connect(&server.address, &path(server.kind, 0)).await?;
        talk::hello(made.id, token, ClientId::of(77), &mut socket).await?;
        self.crowd.add(socket.into_stream()?, None)
    }

    /// Has everybody write for so long, and reads the meters.
    pub(crate) fn measure(mut self, name: &str, server: &Server, pace: Pace, time: Duration) -> Result<Row> {
        self.crowd.begin(pace)?;
        self.crowd.go_on(pace, WARM_UP, &mut Meter::default())?;
        let mut meter = Meter::default();
        let (server_before, own_before, started) = (server.cpu_seconds()?, cpu_seconds("self")?, Instant::now());
        self.crowd.go_on(pace, time, &mut meter)?;
        let spent = Spent {
            server_seconds: server.cpu_seconds()? - server_before,
            bench_seconds: cpu_seconds("self")? - own_before,
            took: started.elapsed(),
        };
        Ok(Row::measured(name, server.kind, self.people(), &meter, spent, server.memory_bytes()?))
    }
}

fn path(kind: Kind, group: u16) -> String {
    match kind {
        Kind::Naze => "/ws".to_owned(),
        Kind::Floor => format!("/ws/{group}"),
    }
}

async fn create(address: &str, groups: u16) -> Result<Made> {
    let body = format!(r#"{{"title":"bench","goal":"","language":"en","groups":{groups},"run_sheet":"blank"}}"#);
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "POST /api/workshops HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (_, json) = answer.split_once("\r\n\r\n").context("no answer")?;
    serde_json::from_str(json).with_context(|| format!("no workshop was made: {answer}"))
}
