//! Figures side by side, and whether the aims are met.

use std::time::Duration;

use tests::load::meter::Meter;
use tests::load::talk::Kind;

/// One measurement.
#[derive(Clone)]
pub(crate) struct Row {
    name: String,
    kind: Kind,
    figures: Figures,
}

/// What a measurement says. What was not measured is not a number.
#[derive(Clone, Copy)]
struct Figures {
    cpu_per_million: f64,
    p50_ms: f64,
    p99_ms: f64,
    per_second: f64,
    memory_mb: f64,
    memory_kb_each: f64,
    bytes_each: f64,
    /// Shares of one processor, in percent.
    server_busy: f64,
    bench_busy: f64,
}

/// Processor time of a measurement.
#[derive(Clone, Copy)]
pub(crate) struct Spent {
    /// Of the server.
    pub(crate) server_seconds: f64,
    /// Of what loads it: when it is more, it may be this that is measured.
    pub(crate) bench_seconds: f64,
    /// In how long.
    pub(crate) took: Duration,
}

const MB: f64 = 1_000_000.0;

#[allow(clippy::cast_precision_loss, reason = "figures for people")]
impl Row {
    pub(crate) fn measured(name: &str, kind: Kind, people: usize, meter: &Meter, spent: Spent, memory: u64) -> Self {
        let deliveries = meter.deliveries.max(1) as f64;
        let seconds = spent.took.as_secs_f64();
        let figures = Figures {
            cpu_per_million: spent.server_seconds * 1e6 / deliveries,
            p50_ms: meter.late_ms(500),
            p99_ms: meter.late_ms(990),
            per_second: deliveries / seconds,
            memory_mb: memory as f64 / MB,
            memory_kb_each: memory as f64 / 1000.0 / people as f64,
            bytes_each: meter.bytes as f64 / deliveries,
            server_busy: spent.server_seconds * 100.0 / seconds,
            bench_busy: spent.bench_seconds * 100.0 / seconds,
        };
        Self { name: name.to_owned(), kind, figures }
    }

    pub(crate) fn idle(name: &str, kind: Kind, people: usize, memory: u64, empty: u64) -> Self {
        let none = f64::NAN;
        let figures = Figures {
            cpu_per_million: none,
            p50_ms: none,
            p99_ms: none,
            per_second: none,
            memory_mb: memory as f64 / MB,
            memory_kb_each: memory.saturating_sub(empty) as f64 / 1000.0 / people as f64,
            bytes_each: none,
            server_busy: none,
            bench_busy: none,
        };
        Self { name: name.to_owned(), kind, figures }
    }
}

/// All measurements of a run.
#[derive(Default)]
pub(crate) struct Rows(Vec<Row>);

impl Rows {
    pub(crate) fn add(&mut self, row: Row) {
        progress(&line(&row.name, row.kind, row.figures));
        self.0.push(row);
    }

    fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for row in &self.0 {
            if !names.contains(&row.name.as_str()) {
                names.push(&row.name);
            }
        }
        names
    }

    fn median(&self, name: &str, kind: Kind, pick: fn(&Figures) -> f64) -> f64 {
        let rows = self.0.iter().filter(|row| row.name.starts_with(name) && row.kind == kind);
        middle(rows.map(|row| pick(&row.figures)))
    }

    /// Ours to the floor's, of each round for itself.
    fn ratio(&self, name: &str, pick: fn(&Figures) -> f64) -> f64 {
        let of = |kind: Kind| self.0.iter().filter(move |row| row.name.starts_with(name) && row.kind == kind);
        middle(of(Kind::Naze).zip(of(Kind::Floor)).map(|(ours, floor)| pick(&ours.figures) / pick(&floor.figures)))
    }

    fn medians(&self, name: &str, kind: Kind) -> Figures {
        let median = |pick| self.median(name, kind, pick);
        Figures {
            cpu_per_million: median(|f| f.cpu_per_million),
            p50_ms: median(|f| f.p50_ms),
            p99_ms: median(|f| f.p99_ms),
            per_second: median(|f| f.per_second),
            memory_mb: median(|f| f.memory_mb),
            memory_kb_each: median(|f| f.memory_kb_each),
            bytes_each: median(|f| f.bytes_each),
            server_busy: median(|f| f.server_busy),
            bench_busy: median(|f| f.bench_busy),
        }
    }

    /// Medians of all rounds, and the aims.
    #[allow(clippy::print_stdout, reason = "this is what it is for")]
    pub(crate) fn print(&self) {
        println!("\nMedians. CPU: the server's processor seconds per million deliveries.");
        println!("{:<30} {:<6} {HEAD}", "", "");
        for name in self.names() {
            for kind in [Kind::Floor, Kind::Naze] {
                println!("{}", line(name, kind, self.medians(name, kind)));
            }
        }
        let ours = self.medians("100 x 10, 2", Kind::Naze);
        let small = self.medians("7 x 5", Kind::Naze);
        println!("\nAims, everything stored before it is shown. Ratios are the median of the rounds' own:");
        let cpu = self.ratio("100 x 10, 2", |f| f.cpu_per_million);
        aim("CPU a delivery at 100 x 10, to the floor's", cpu, Aim::AtMost(1.8));
        let full = self.ratio("100 x 10, as", |f| f.per_second);
        aim("deliveries/s at saturation, to the floor's", full, Aim::AtLeast(4.0));
        aim("p99 at 7 x 5 in ms", small.p99_ms, Aim::AtMost(10.0));
        aim("memory at 1,000 connections in MB", ours.memory_mb, Aim::AtMost(30.0));
        aim("bytes on the wire a delivery", ours.bytes_each, Aim::AtMost(120.0));
    }
}

fn middle(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

const HEAD: &str = "   CPU s/M   p50 ms   p99 ms  deliveries/s  memory MB  kB each  bytes each  server %  bench %";

fn line(name: &str, kind: Kind, f: Figures) -> String {
    let kind = match kind {
        Kind::Floor => "floor",
        Kind::Naze => "Naze",
    };
    format!(
        "{name:<30} {kind:<6} {:>10} {:>8} {:>8} {:>13} {:>10} {:>8} {:>11} {:>9} {:>8}",
        figure(f.cpu_per_million),
        figure(f.p50_ms),
        figure(f.p99_ms),
        figure(f.per_second.round()),
        figure(f.memory_mb),
        figure(f.memory_kb_each),
        figure(f.bytes_each),
        figure(f.server_busy),
        figure(f.bench_busy)
    )
}

fn figure(value: f64) -> String {
    match value {
        none if none.is_nan() => "–".to_owned(),
        large if large.abs() >= 1000.0 => format!("{large:.0}"),
        small => format!("{small:.1}"),
    }
}

enum Aim {
    AtMost(f64),
    AtLeast(f64),
}

#[allow(clippy::print_stdout, reason = "this is what it is for")]
fn aim(what: &str, value: f64, aim: Aim) {
    let (met, bound) = match aim {
        Aim::AtMost(most) => (value <= most, format!("at most {most}")),
        Aim::AtLeast(least) => (value >= least, format!("at least {least}")),
    };
    println!("{} {what}: {value:.2} ({bound})", if met { "met    " } else { "NOT MET" });
}

/// Something to read while it runs.
#[allow(clippy::print_stderr, reason = "progress of a command line tool")]
pub(crate) fn progress(what: &str) {
    eprintln!("{what}");
}
