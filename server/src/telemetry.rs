//! Where the server says what it does: one line an event, on the error output. A failure is told once, where it is dealt
//! with; nobody's name, text, title or key is ever told.

use std::io::{self, IsTerminal};

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::Level;

impl Level {
    const fn filter(self) -> LevelFilter {
        match self {
            Self::Off => LevelFilter::OFF,
            Self::Error => LevelFilter::ERROR,
            Self::Warn => LevelFilter::WARN,
            Self::Info => LevelFilter::INFO,
            Self::Debug => LevelFilter::DEBUG,
            Self::Trace => LevelFilter::TRACE,
        }
    }
}

/// What passes: of our own as much as is wished, of libraries warnings. They know no limits to what they tell, and the
/// websocket's would tell whole messages.
fn wished(level: Level) -> Targets {
    let own = level.filter();
    Targets::new().with_target("server", own).with_target("naze", own).with_default(own.min(LevelFilter::WARN))
}

/// Begins. Called once; a second call changes nothing.
pub fn begin(level: Level) {
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
    // Fails only when somebody else has begun: tests do.
    let _ = tracing_subscriber::registry().with(lines).with(wished(level)).try_init();
}

#[cfg(test)]
mod tests {
    use tracing::Level as At;

    use super::*;

    #[test]
    fn libraries_say_little_and_off_is_off() {
        let trace = wished(Level::Trace);
        assert!(trace.would_enable("server::http", &At::TRACE));
        assert!(!trace.would_enable("tungstenite::protocol", &At::TRACE));
        assert!(trace.would_enable("hyper", &At::WARN));
        let off = wished(Level::Off);
        assert!(!off.would_enable("server", &At::ERROR) && !off.would_enable("hyper", &At::ERROR));
        assert!(!wished(Level::Info).would_enable("server", &At::DEBUG));
    }
}
