//! A network with ideas of its own between phones and the server: it lets no websocket through, or keeps answers back until they have
//! ended, or wants a login first. It reads the heads of requests, and carries one request on each connection.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

/// Bytes of the head of a request.
const HEAD_BYTES_MAX: usize = 64 * 1024;
const LOGIN: &str = "<!doctype html><title>Wi-Fi</title><form>Log in</form>";

/// What becomes of websockets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sockets {
    /// They pass.
    Pass,
    /// They are forbidden.
    Refused,
    /// The wish for one is struck out of the request.
    Struck,
    /// Nobody ever answers.
    Hang,
    /// They open, and carry nothing.
    Mute,
}

/// What becomes of answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answers {
    /// They arrive as they come.
    Flow,
    /// They arrive when they have ended.
    KeptBack,
    /// Every request is answered by a login page.
    Login,
    /// Every request is sent on to a login page elsewhere.
    SentOn,
}

#[derive(Clone, Copy, Debug)]
struct Rules {
    sockets: Sockets,
    answers: Answers,
    /// Connections of an earlier age have ended.
    age: u64,
}

/// The network, before one port of this machine.
#[derive(Debug)]
pub struct Office {
    port: u16,
    rules: Arc<watch::Sender<Rules>>,
    task: AbortHandle,
}

impl Drop for Office {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Office {
    /// One before `port`, on a port of its own.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn before(port: u16, sockets: Sockets, answers: Answers) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let own = listener.local_addr()?.port();
        let rules = Arc::new(watch::channel(Rules { sockets, answers, age: 0 }).0);
        let task = tokio::spawn(accept(listener, port, Arc::clone(&rules))).abort_handle();
        Ok(Self { port: own, rules, task })
    }

    /// Where phones go.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Changes what is allowed. Connections that are there go on.
    pub fn allow(&self, sockets: Sockets, answers: Answers) {
        self.rules.send_modify(|rules| (rules.sockets, rules.answers) = (sockets, answers));
    }

    /// Ends all connections.
    pub fn snap(&self) {
        self.rules.send_modify(|rules| rules.age += 1);
    }
}

async fn accept(listener: TcpListener, port: u16, rules: Arc<watch::Sender<Rules>>) {
    let mut connections = JoinSet::new();
    while let Ok((phone, _)) = listener.accept().await {
        while connections.try_join_next().is_some() {}
        let mut rules = rules.subscribe();
        connections.spawn(async move {
            let now = *rules.borrow();
            tokio::select! {
                // However it ends, the phone sees that the connection has.
                ended = carry(phone, port, now) => drop(ended),
                _ = rules.wait_for(|rules| rules.age != now.age) => {}
            }
        });
    }
}

/// The head of a request or answer, and what has come of its body.
async fn head(from: &mut TcpStream) -> Result<(String, Vec<u8>)> {
    let mut read = Vec::new();
    loop {
        if let Some(end) = memchr::memmem::find(&read, b"\r\n\r\n") {
            let body = read.split_off(end + 4);
            return Ok((String::from_utf8(read)?, body));
        }
        ensure!(read.len() < HEAD_BYTES_MAX, "a head without end");
        ensure!(from.read_buf(&mut read).await? > 0, "gone");
    }
}

/// Without these headers, and with the end of the connection after the answer.
fn without(head: &str, headers: &[&str]) -> String {
    let is_one = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        !headers.contains(&name.as_str())
    };
    let kept: Vec<&str> = head.trim_end().split("\r\n").filter(is_one).collect();
    format!("{}\r\nConnection: close\r\n\r\n", kept.join("\r\n"))
}

async fn carry(mut phone: TcpStream, port: u16, rules: Rules) -> Result<()> {
    phone.set_nodelay(true)?;
    let (asked, body) = head(&mut phone).await?;
    if rules.answers == Answers::Login {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nCache-Control: no-store\r\nConnection: close";
        phone.write_all(format!("{head}\r\nContent-Length: {}\r\n\r\n{LOGIN}", LOGIN.len()).as_bytes()).await?;
        return Ok(phone.shutdown().await?);
    }
    if rules.answers == Answers::SentOn {
        let head = "HTTP/1.1 302 Found\r\nLocation: http://login.invalid/\r\nCache-Control: no-store";
        phone.write_all(format!("{head}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").as_bytes()).await?;
        return Ok(phone.shutdown().await?);
    }
    let mut server = TcpStream::connect(("127.0.0.1", port)).await?;
    server.set_nodelay(true)?;
    if !asked.to_ascii_lowercase().contains("\r\nupgrade: websocket") {
        server.write_all(without(&asked, &["connection", "keep-alive"]).as_bytes()).await?;
        server.write_all(&body).await?;
        return answer(phone, server, rules.answers).await;
    }
    match rules.sockets {
        Sockets::Refused => {
            let no = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            phone.write_all(no.as_bytes()).await?;
        }
        Sockets::Struck => {
            server.write_all(without(&asked, &["connection", "upgrade"]).as_bytes()).await?;
            answer(phone, server, rules.answers).await?;
        }
        Sockets::Hang => until_gone(&mut phone).await?,
        Sockets::Mute => {
            server.write_all(asked.as_bytes()).await?;
            let (opened, _) = head(&mut server).await.context("the server does not open it")?;
            phone.write_all(opened.as_bytes()).await?;
            until_gone(&mut phone).await?;
        }
        Sockets::Pass => {
            server.write_all(asked.as_bytes()).await?;
            server.write_all(&body).await?;
            copy_bidirectional(&mut phone, &mut server).await?;
        }
    }
    Ok(())
}

async fn until_gone(phone: &mut TcpStream) -> Result<()> {
    let mut rest = [0; 1_024];
    while phone.read(&mut rest).await? > 0 {}
    Ok(())
}

/// Carries the rest of the request and the answer, until the server or the phone ends it.
async fn answer(phone: TcpStream, server: TcpStream, answers: Answers) -> Result<()> {
    let ((mut phone_out, mut phone_in), (mut server_out, mut server_in)) = (phone.into_split(), server.into_split());
    let back = async {
        if answers == Answers::KeptBack {
            let mut all = Vec::new();
            server_out.read_to_end(&mut all).await?;
            phone_in.write_all(&all).await?;
        } else {
            copy(&mut server_out, &mut phone_in).await?;
        }
        phone_in.shutdown().await
    };
    tokio::select! {
        done = back => Ok(done?),
        gone = copy(&mut phone_out, &mut server_in) => Ok(gone.map(drop)?),
    }
}
