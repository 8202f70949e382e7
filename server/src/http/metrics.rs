//! `GET /metrics`: the registry's figures in the text form of Prometheus. Numbers alone: no name, no title, no key.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::App;
use crate::registry::Figures;

/// The text form, version 0.0.4.
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");

/// How a figure moves.
#[derive(Clone, Copy)]
enum Kind {
    Gauge,
    Counter,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Gauge => "gauge",
            Self::Counter => "counter",
        }
    }
}

/// Answers it.
pub(super) async fn metrics(State(app): State<Arc<App>>) -> Response {
    ([(header::CONTENT_TYPE, TEXT)], text(&app.registry.metrics())).into_response()
}

fn text(figures: &Figures) -> String {
    let Figures {
        connections,
        detours,
        leads,
        helpers,
        participants,
        observers,
        rooms,
        docs_unreadable,
        subscriptions,
        ops_taken,
        ops_known,
        ops_rejected,
        ops_forbidden,
        ops_refused_full,
        deliveries,
        bytes_out,
        overflows,
        appends,
        commits,
        append_errors,
        memory_max,
        memory,
        waiting,
    } = *figures;
    let mut out = String::new();
    let mut family = |name: &str, kind: Kind, help: &str, samples: &[(&str, u64)]| {
        // Writing to a String does not fail.
        let _ = writeln!(out, "# HELP naze_{name} {help}\n# TYPE naze_{name} {}", kind.name());
        for (labels, value) in samples {
            let _ = writeln!(out, "naze_{name}{labels} {value}");
        }
    };
    family("connections", Kind::Gauge, "Open sockets and detours.", &[("", connections)]);
    family("detours", Kind::Gauge, "Those of them that no websocket carries.", &[("", detours)]);
    let sessions = [
        ("{capability=\"lead\"}", leads),
        ("{capability=\"helper\"}", helpers),
        ("{capability=\"participant\"}", participants),
        ("{capability=\"observer\"}", observers),
    ];
    family("sessions", Kind::Gauge, "Connections that said who they are.", &sessions);
    family("rooms", Kind::Gauge, "Docs held in memory.", &[("", rooms)]);
    family("docs_unreadable", Kind::Gauge, "Docs that the store does not give.", &[("", docs_unreadable)]);
    family(
        "subscriptions",
        Kind::Gauge,
        "Connections that follow a doc, counted for each doc.",
        &[("", subscriptions)],
    );
    let operations = [
        ("{outcome=\"taken\"}", ops_taken),
        ("{outcome=\"known\"}", ops_known),
        ("{outcome=\"rejected\"}", ops_rejected),
        ("{outcome=\"forbidden\"}", ops_forbidden),
        ("{outcome=\"full\"}", ops_refused_full),
    ];
    family("operations_total", Kind::Counter, "Operations by what became of them.", &operations);
    family("deliveries_total", Kind::Counter, "Messages with entries or docs, for each receiver.", &[("", deliveries)]);
    family("sent_bytes_total", Kind::Counter, "Bytes of messages sent.", &[("", bytes_out)]);
    family("overflows_total", Kind::Counter, "Connections closed because they took too little.", &[("", overflows)]);
    family("appends_total", Kind::Counter, "Batches stored.", &[("", appends)]);
    family("append_errors_total", Kind::Counter, "Batches that could not be stored.", &[("", append_errors)]);
    let held = [("{of=\"process\"}", memory), ("{of=\"ceiling\"}", memory_max), ("{of=\"waiting\"}", waiting)];
    family("memory_bytes", Kind::Gauge, "Memory held, its ceiling (0: none), what waits for connections.", &held);
    family("commits_total", Kind::Counter, "Commits of the log.", &[("", commits)]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_is_there_under_a_name_of_its_own() {
        let figures = Figures { connections: 3, ops_taken: 41, append_errors: 5, ..Figures::default() };
        let text = text(&figures);
        assert!(text.contains("# TYPE naze_connections gauge\nnaze_connections 3\n"), "{text}");
        assert!(text.contains("naze_operations_total{outcome=\"taken\"} 41\n"));
        assert!(text.ends_with('\n'));
        let mut names: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.rsplit_once(' ').map(|(name, _)| name))
            .collect();
        let found = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!((found, names.len()), (23, 23));
    }
}
