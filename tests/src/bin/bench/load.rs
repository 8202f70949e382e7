//! Many load clients: how they arrive, how they write, how that is measured.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use shared::{ClientId, JoinCode, Token, WorkshopId};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

use super::meter::{Counting, Meter};
use super::report::Row;
use super::server::Server;
use super::socket::{self, Reader, Writer};
use super::talk::{self, Kind, Speaker};

/// Before counting begins, so that caches and queues are as they will be.
const WARM_UP: Duration = Duration::from_secs(2);

/// How a client writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pace {
    /// Not yet.
    Idle,
    /// So many edits a second.
    PerSecond(u32),
    /// As many as come back, with so many on the way.
    Window(u32),
}

/// A workshop full of clients.
pub(crate) struct Load {
    people: usize,
    meter: Arc<Meter>,
    pace: watch::Sender<Pace>,
    tasks: JoinSet<Result<()>>,
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
        let (pace, paces) = watch::channel(Pace::Idle);
        let meter = Arc::new(Meter::new());
        let mut arrivals = JoinSet::new();
        for group in 1..=groups {
            let (kind, address, code) = (server.kind, server.address.clone(), made.as_ref().map(|made| made.code));
            arrivals.spawn(async move {
                let mut seated = Vec::new();
                for member in 0..members {
                    let speaker = Speaker::new(kind, group, member);
                    let (mut reader, mut writer) = socket::connect(&address, &path(kind, group)).await?;
                    if let Some(code) = code {
                        speaker.enter(code, &mut reader, &mut writer).await?;
                    }
                    seated.push((speaker, reader, writer));
                }
                anyhow::Ok(seated)
            });
        }
        let mut tasks = JoinSet::new();
        while let Some(seated) = arrivals.join_next().await {
            for (speaker, reader, writer) in seated?? {
                tasks.spawn(write_and_read(speaker, reader, writer, meter.clone(), paces.clone()));
            }
        }
        Ok(Self { people: tasks.len(), meter, pace, tasks, made })
    }

    pub(crate) fn people(&self) -> usize {
        self.people
    }

    /// Somebody who sees every board and writes nothing.
    pub(crate) async fn add_lead(&mut self, server: &Server) -> Result<()> {
        let made = self.made.as_ref().context("the floor has no lead")?;
        let token: Token = made.lead_url.split_once('#').context("no token")?.1.parse().ok().context("a bad token")?;
        let (mut reader, mut writer) = socket::connect(&server.address, &path(server.kind, 0)).await?;
        talk::hello(made.id, token, ClientId::of(77), &mut reader, &mut writer).await?;
        let meter = self.meter.clone();
        self.tasks.spawn(async move {
            let _open = writer;
            while reader.frames(|payload| talk::markers(payload).for_each(|(sent, _)| meter.delivered(sent))).await? {
                meter.read(std::mem::take(&mut reader.bytes));
            }
            bail!("the server closed the lead's connection")
        });
        Ok(())
    }

    /// Has everybody write for so long, and reads the meters.
    pub(crate) async fn measure(mut self, name: &str, server: &Server, pace: Pace, time: Duration) -> Result<Row> {
        self.pace.send(pace)?;
        sleep(WARM_UP).await;
        let (cpu, started) = (server.cpu_seconds()?, Instant::now());
        self.meter.count(Counting::On);
        sleep(time).await;
        self.meter.count(Counting::Off);
        let (cpu, took) = (server.cpu_seconds()? - cpu, started.elapsed());
        if let Some(ended) = self.tasks.try_join_next() {
            ended?.context("a client was lost during the measurement")?;
        }
        Ok(Row::measured(name, server.kind, self.people, &self.meter, cpu, took, server.memory_bytes()?))
    }
}

fn path(kind: Kind, group: u16) -> String {
    match kind {
        Kind::Naze => "/ws".to_owned(),
        Kind::Floor => format!("/ws/{group}"),
    }
}

async fn write_and_read(
    mut speaker: Speaker,
    mut reader: Reader,
    mut writer: Writer,
    meter: Arc<Meter>,
    mut paces: watch::Receiver<Pace>,
) -> Result<()> {
    let mut on_the_way = 0_u32;
    let mut next = Instant::now();
    loop {
        let pace = *paces.borrow();
        if let Pace::Window(window) = pace {
            while on_the_way < window {
                writer.send(&speaker.say(meter.micros())).await?;
                on_the_way += 1;
            }
        }
        tokio::select! {
            open = reader.frames(|payload| {
                for (sent, member) in talk::markers(payload) {
                    meter.delivered(sent);
                    if member == speaker.member {
                        on_the_way = on_the_way.saturating_sub(1);
                    }
                }
            }) => {
                meter.read(std::mem::take(&mut reader.bytes));
                if !open? {
                    bail!("the server closed a connection");
                }
            }
            () = sleep_until(next), if matches!(pace, Pace::PerSecond(_)) => {
                if let Pace::PerSecond(edits) = pace {
                    writer.send(&speaker.say(meter.micros())).await?;
                    on_the_way += 1;
                    next += Duration::from_secs(1) / edits;
                }
            }
            changed = paces.changed() => {
                changed?;
                // Spread over the interval, as people are.
                next = Instant::now() + Duration::from_millis(u64::from(speaker.spread()) * 2);
            }
        }
    }
}

async fn create(address: &str, groups: u16) -> Result<Made> {
    let body = format!(r#"{{"title":"bench","goal":"","language":"en","groups":{groups}}}"#);
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
