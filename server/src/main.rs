//! The executable `naze`: reads settings, does what they say, and says on the error output why it could not.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use clap::error::ErrorKind;
use server::addresses::Addresses;
use server::announce::{self, Reader, Start};
use server::config::{self, Cli, Command, Limits, Reach, variables};
use server::demo;
use server::doctor::{Doctor, Try, Verdict};
use server::said::Said;
use server::start::{self, Running, StartError};
use server::{backup, erase, sheet, telemetry};
use shared::docs::workshop::Language;

/// It gives back to the system what is not used any more. The system's own keeps most of it, and a server that was full once would be
/// full for ever: see `server::memory`.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What is left over when everything has been told to end: a query that runs, a file that is written.
const LEFTOVERS: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Err(why) = variables::check(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())) {
        clap::Error::raw(ErrorKind::UnknownArgument, format!("{why}\n")).exit();
    }
    match cli.command {
        Command::Serve(settings) => {
            telemetry::begin(settings.telemetry.log);
            ended(run(serve(&settings.data, &settings.reach, &settings.limits)))
        }
        Command::Demo(settings) => {
            telemetry::begin(settings.telemetry.log);
            ended(run(play(&settings)))
        }
        Command::Restore(settings) => match backup::restore::restore(&settings.file, &settings.data) {
            Ok(restored) => {
                tell(&restored.said());
                ExitCode::SUCCESS
            }
            Err(why) => failed(&why.said()),
        },
        Command::Doctor(settings) => examine(&settings),
        Command::Sheet(settings) => match sheet::write(&settings) {
            Ok(written) => {
                tell(&written);
                ExitCode::SUCCESS
            }
            Err(why) => failed(&why.said()),
        },
        Command::Erase(settings) => {
            telemetry::begin(config::Level::Error);
            ended(run(erase(&settings)))
        }
        Command::Backup(settings) => match backup::copy(&settings.data, &settings.file) {
            Ok(copied) => {
                tell(&copied.said());
                ExitCode::SUCCESS
            }
            Err(why) => failed(&why.said()),
        },
        Command::LeadLink(settings) => lead_link(settings),
    }
}

fn lead_link(settings: config::LeadLink) -> ExitCode {
    telemetry::begin(config::Level::Warn);
    let config::LeadLink { code, data, listen, public_url } = settings;
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let made = match builder.enable_all().max_blocking_threads(READERS).build() {
        Ok(runtime) => runtime.block_on(server::lead_link::make(&data, code.as_deref())),
        Err(why) => return failed(&StartError::Runtime(why).said()),
    };
    match made {
        Ok(made) => {
            let address = Addresses::new(public_url, listen).all().first().cloned().unwrap_or_default();
            tell(&made.said(&address));
            ExitCode::SUCCESS
        }
        Err(why) => failed(&why.said()),
    }
}

/// Threads that read the store: they take turns at one connection to it, and a hundred rooms that open at once need no more.
const READERS: usize = 2;

/// One thread carries all connections: on the machines that this runs on, a second one costs more than it brings. The log
/// writes on a thread of its own.
fn run(work: impl Future<Output = Result<(), StartError>>) -> Result<(), StartError> {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().max_blocking_threads(READERS).build().map_err(StartError::Runtime)?;
    let done = runtime.block_on(work);
    runtime.shutdown_timeout(LEFTOVERS);
    done
}

async fn serve(data: &Path, reach: &Reach, limits: &Limits) -> Result<(), StartError> {
    let stop = asked_to_stop();
    let running = start::start(data, reach, limits).await?;
    announce(&running, data, terminal_language());
    stop.await;
    running.stop().await;
    Ok(())
}

async fn erase(settings: &config::Erase) -> Result<(), StartError> {
    tell(&erase::command::run(settings).await?);
    Ok(())
}

async fn play(settings: &config::Demo) -> Result<(), StartError> {
    let stop = asked_to_stop();
    let language = settings.language.unwrap_or_else(terminal_language);
    let running = start::start(&settings.data, &settings.reach, &settings.limits).await?;
    let options = demo::Options { speed: settings.speed, people: settings.people, language };
    let demo = demo::Demo::open(&running.registry, options).await.map_err(|why| StartError::Demo(why.to_string()))?;
    announce(&running, &settings.data, terminal_language());
    let best = running.addresses.all().first().cloned().unwrap_or_default();
    print(&demo.welcome(&best).to_string());
    let here = running.own_address();
    tokio::select! {
        () = demo.play(&here) => {}
        () = stop => {}
    }
    running.stop().await;
    Ok(())
}

/// A page is opened for phones only where somebody can look at what it says, or where it is asked for.
fn examine(settings: &config::Doctor) -> ExitCode {
    let reader = if io::stdout().is_terminal() { Reader::Person } else { Reader::Program };
    let phones = match (settings.wait, reader) {
        (Some(seconds), _) => Try::AtMost(Duration::from_secs(seconds.into())),
        (None, Reader::Person) if !settings.once => Try::UntilTold,
        (None, _) => Try::Not,
    };
    let language = settings.language.unwrap_or_else(terminal_language);
    let doctor = Doctor { data: &settings.data, reach: &settings.reach, language, reader, phones };
    let mut verdict = Verdict::NotReady;
    let done = run(async {
        // Nobody may be reading: the exit code says it all the same.
        verdict = doctor.run(asked_to_stop(), &mut io::stdout()).await.unwrap_or(Verdict::NotReady);
        Ok(())
    });
    match (done, verdict) {
        (Ok(()), Verdict::Ready) => ExitCode::SUCCESS,
        (Ok(()), Verdict::NotReady) => ExitCode::FAILURE,
        (Err(why), _) => failed(&why.said()),
    }
}

fn announce(running: &Running, data: &Path, language: Language) {
    let reader = if io::stdout().is_terminal() { Reader::Person } else { Reader::Program };
    let mut out = io::stdout().lock();
    let (addresses, tls) = (&running.addresses, running.tls.as_deref());
    let start = Start { listen: running.listen, addresses, tls, data, language, reader };
    // Nobody may be reading: the server runs all the same.
    let _ = start.write(&mut out);
}

/// Ctrl+C, or what a system sends that wants a program to end. Heard from the moment this is called, not only once it is awaited:
/// who reads that the server listens may stop it at once.
fn asked_to_stop() -> impl Future<Output = ()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (interrupted, terminated) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
        async move {
            tokio::select! {
                () = heard(interrupted) => {}
                () = heard(terminated) => {}
            }
        }
    }
    #[cfg(not(unix))]
    async {
        let _ = tokio::signal::ctrl_c().await;
    }
}

#[cfg(unix)]
async fn heard(signal: io::Result<tokio::signal::unix::Signal>) {
    match signal {
        Ok(mut signal) => drop(signal.recv().await),
        Err(_) => std::future::pending().await,
    }
}

fn terminal_language() -> Language {
    announce::language(|name| std::env::var(name).ok())
}

fn ended(done: Result<(), StartError>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => failed(&why.said()),
    }
}

fn failed(said: &Said) -> ExitCode {
    // Without an error output there is still the exit code.
    let _ = writeln!(io::stderr(), "naze: {}\n{}", said.en, said.ja);
    ExitCode::FAILURE
}

fn tell(said: &Said) {
    let text = match terminal_language() {
        Language::Ja => &said.ja,
        Language::En => &said.en,
    };
    print(text);
}

fn print(text: &str) {
    let _ = writeln!(io::stdout(), "{text}");
}
