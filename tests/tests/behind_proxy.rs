//! Real proxies in front, set up with the very files that README shows: nginx and Caddy encrypt, pass websockets and what
//! streams, and say who asked.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use server::client::Client;
use server::client::wire::To;
use server::tls::Tls;
use shared::{CardId, GroupId, JoinCode};
use tempfile::TempDir;
use tests::naze::Naze;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

const SOON: Duration = Duration::from_secs(30);
const NEW: &str = r#"{"title":"なぜ？の会","groups":2,"run_sheet":"blank"}"#;

/// A proxy, and the server behind it.
struct Front {
    child: Child,
    folder: TempDir,
    base: String,
    at: SocketAddr,
    naze: Naze,
}

impl Drop for Front {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Where `cargo xtask test` or `setup` has put it.
fn program(variable: &str, inside: &str) -> Result<PathBuf> {
    let said = std::env::var_os(variable).map(PathBuf::from);
    let path = said.unwrap_or_else(|| root().join("target/tools/proxies").join(inside));
    ensure!(path.is_file(), "{} is not there: `cargo xtask setup` gets it", path.display());
    Ok(path)
}

/// The recipe with places of this machine in it. Each is there, or the recipe has changed.
fn recipe(name: &str, places: &[(&str, String)]) -> Result<String> {
    let mut text = fs::read_to_string(root().join("deploy").join(name))?;
    for (wanted, here) in places {
        ensure!(text.contains(wanted), "{name} has no {wanted:?}");
        text = text.replace(wanted, here);
    }
    Ok(text)
}

/// Each proxy has an address of this machine for itself: a port that is free for one may be taken by the next.
async fn start(
    here: &str,
    behind: Option<u16>,
    set_up: impl FnOnce(&Path, SocketAddr, u16) -> Result<Command>,
) -> Result<Front> {
    let at = TcpListener::bind((here, 0)).await?.local_addr()?;
    let folder = tempfile::tempdir()?;
    let base = format!("https://{at}");
    // A certificate for this machine: nginx and Caddy read it as they would any other.
    Tls::own(folder.path(), Some(here.to_owned()))?;
    let naze = Naze::start_with(&["--log", "warn", "--public-url", &base, "--new-workshops-per-minute", "2"]).await?;
    let mut command = set_up(folder.path(), at, behind.unwrap_or(naze.port()))?;
    let said = fs::File::create(folder.path().join("said"))?;
    let child = command.stdin(Stdio::null()).stdout(said.try_clone()?).stderr(said).spawn()?;
    let front = Front { child, folder, base, at, naze };
    for _ in 0..500 {
        // It listens a moment before it has its certificate.
        if let Ok(stream) = TcpStream::connect(at).await
            && To::read(&front.base).context("an address")?.over(stream).await.is_ok()
        {
            return Ok(front);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let said = fs::read_to_string(front.folder.path().join("said"))?;
    anyhow::bail!("the proxy does not listen at {at}: {said}")
}

async fn nginx(behind: Option<u16>) -> Result<Front> {
    let nginx = program("NAZE_NGINX", "usr/sbin/nginx")?;
    start("127.0.0.4", behind, |folder, at, naze| {
        let pem = folder.join("tls/own.pem").display().to_string();
        let site = recipe(
            "nginx.conf",
            &[
                ("listen 443 ssl", format!("listen {at} ssl")),
                ("/etc/letsencrypt/live/naze.example.jp/fullchain.pem", pem.clone()),
                ("/etc/letsencrypt/live/naze.example.jp/privkey.pem", pem),
                ("127.0.0.1:8080", format!("127.0.0.1:{naze}")),
            ],
        )?;
        fs::write(folder.join("site.conf"), site)?;
        let paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("{name}_temp_path {}/{name};\n", folder.display()))
            .concat();
        let here = folder.display();
        let whole = format!(
            "daemon off;\nmaster_process off;\npid {here}/pid;\nerror_log {here}/errors;\nevents {{}}\n\
             http {{\naccess_log off;\n{paths}include {here}/site.conf;\n}}\n"
        );
        fs::write(folder.join("nginx.conf"), whole)?;
        let mut command = Command::new(nginx);
        command.arg("-e").arg(folder.join("errors")).arg("-c").arg(folder.join("nginx.conf"));
        command.arg("-p").arg(folder);
        Ok(command)
    })
    .await
}

async fn caddy(behind: Option<u16>) -> Result<Front> {
    let caddy = program("NAZE_CADDY", "usr/bin/caddy")?;
    start("127.0.0.5", behind, |folder, at, naze| {
        let pem = folder.join("tls/own.pem").display().to_string();
        let site = recipe(
            "Caddyfile",
            &[
                // It asks nobody for a certificate here.
                ("naze.example.jp {", format!("https://{at} {{\n    bind {}\n    tls {pem} {pem}", at.ip())),
                ("127.0.0.1:8080", format!("127.0.0.1:{naze}")),
            ],
        )?;
        fs::write(
            folder.join("Caddyfile"),
            format!("{{\n    admin off\n    auto_https disable_redirects\n}}\n{site}"),
        )?;
        let mut command = Command::new(caddy);
        command.args(["run", "--adapter", "caddyfile", "--config"]).arg(folder.join("Caddyfile"));
        command.env("HOME", folder).env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
        Ok(command)
    })
    .await
}

/// Asks from one of this machine's own addresses.
async fn ask_from(front: &Front, from: &str, what: &str, head: &str, body: &str) -> Result<String> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::new(from.parse()?, 0))?;
    let to = To::read(&front.base).context("an address")?;
    let wire = to.over(socket.connect(front.at).await?).await?;
    Ok(to.ask(wire, what, head, body).await?)
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

/// Two people of one table write, and each sees the other's card.
async fn write_together(front: &Front, code: JoinCode) -> Result<()> {
    let mut sessions = Vec::new();
    for name in ["Mori", "Oka"] {
        let mut client = Client::connect(&front.base).await?;
        let token = server::access::new_token()?;
        let joined = client.join(code, token, name, Some(GroupId(1))).await?;
        sessions.push(client.hello(joined.workshop, token).await?);
    }
    for (session, text) in sessions.iter().zip(["若い人が入らない", "会費が高い"]) {
        session.board(GroupId(1)).add(CardId::THEME, text)?;
        session.saved(SOON).await?;
    }
    for session in &sessions {
        let two = |docs: &server::client::Docs| {
            docs.board(GroupId(1)).is_some_and(|board| board.view().children(CardId::THEME).count() == 2)
        };
        session.until("both cards", SOON, two).await?;
    }
    Ok(())
}

async fn everything_passes(front: &Front) -> Result<()> {
    let json = "content-type: application/json\r\n";
    let page = ask_from(front, "127.0.0.1", "GET /", "", "").await?;
    ensure!(status(&page) == "200" && page.to_ascii_lowercase().contains("content-security-policy: "), "{page}");
    let made = ask_from(front, "127.0.0.1", "POST /api/workshops", json, NEW).await?;
    ensure!(status(&made) == "201" && made.contains(&format!("{}/w/", front.base)), "{made}");
    let (_, code) = made.split_once("\"code\":\"").context("a code")?;
    let code = code.get(..6).context("six characters")?.parse().map_err(|why| anyhow::anyhow!("{why:?}"))?;
    write_together(front, code).await?;
    // Each address has a share of its own, and nobody gets another one by saying so.
    let again = ask_from(front, "127.0.0.1", "POST /api/workshops", json, NEW).await?;
    ensure!(status(&again) == "201", "{again}");
    for forged in ["", "x-forwarded-for: 203.0.113.9\r\n"] {
        let third = ask_from(front, "127.0.0.1", "POST /api/workshops", &format!("{json}{forged}"), NEW).await?;
        ensure!(status(&third) == "429", "{forged:?}: {third}");
    }
    let other = ask_from(front, "127.0.0.2", "POST /api/workshops", json, NEW).await?;
    ensure!(status(&other) == "201", "{other}");
    // A page of another site is kept out here too.
    let evil = format!("{json}origin: https://evil.example\r\n");
    let evil = ask_from(front, "127.0.0.2", "POST /api/workshops", &evil, NEW).await?;
    ensure!(status(&evil) == "403", "{evil}");
    let said = front.naze.said();
    ensure!(!said.contains("WARN"), "{said}");
    Ok(())
}

#[tokio::test]
async fn nginx_with_the_recipe_passes_everything() -> Result<()> {
    everything_passes(&nginx(None).await?).await
}

#[tokio::test]
async fn caddy_with_the_recipe_passes_everything() -> Result<()> {
    everything_passes(&caddy(None).await?).await
}

/// A server that says a word and then nothing for long, as one does on whose stream little happens.
async fn slow_stream() -> Result<u16> {
    let words = || async {
        let words = futures_util::stream::unfold(0, async |n: u32| {
            tokio::time::sleep(Duration::from_secs(u64::from(n) * 60)).await;
            Some((Ok::<_, std::io::Error>(format!("data: {n}\n\n")), n + 1))
        });
        ([("content-type", "text/event-stream")], axum::body::Body::from_stream(words))
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    let routes = axum::Router::new().route("/stream", axum::routing::get(words));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    Ok(port)
}

#[tokio::test]
async fn no_recipe_holds_a_stream_back() -> Result<()> {
    let port = slow_stream().await?;
    for front in [nginx(Some(port)).await?, caddy(Some(port)).await?] {
        let mut wire = To::read(&front.base).context("an address")?.connect().await?;
        let asked = format!("GET /stream HTTP/1.1\r\nhost: {}\r\n\r\n", front.at);
        wire.write_all(asked.as_bytes()).await?;
        let mut heard = String::new();
        let first = tokio::time::timeout(Duration::from_secs(10), async {
            let mut piece = vec![0; 4_096];
            while !heard.contains("data: 0") {
                let length = wire.read(&mut piece).await?;
                ensure!(length > 0, "the stream ended: {heard}");
                heard.push_str(&String::from_utf8_lossy(piece.get(..length).unwrap_or_default()));
            }
            Ok(())
        });
        first.await.with_context(|| format!("{} holds it back", front.base))??;
    }
    Ok(())
}
