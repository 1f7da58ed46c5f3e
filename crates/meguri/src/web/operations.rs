//! Health and counters for the operators, on an address of their own, so that they are never
//! published together with the pages.

use crate::web::Site;
use crate::web::data::FindingCounts;
use crate::web::metrics::{Filling, Metrics};
use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A door as the operators see it: its name, and what it shows now.
pub type Watched = (&'static str, Arc<dyn Fn() -> Site + Send + Sync>);

/// What the operators can look at.
#[derive(Clone, Default)]
pub struct Operations {
    /// The doors.
    pub doors: Vec<Watched>,
    /// Does the database answer? `None` where there is none.
    pub database: Option<Arc<AtomicBool>>,
}

/// `/health` and `/metrics`.
pub fn router(operations: Operations) -> Router {
    Router::new()
        .route("/health", get(|| async { "ok\n" }))
        .route("/metrics", get(metrics))
        .with_state(operations)
}

async fn metrics(State(operations): State<Operations>) -> impl IntoResponse {
    // Writing to a string cannot fail.
    let text = text(&operations).unwrap_or_default();
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        text,
    )
}

fn text(operations: &Operations) -> Result<String, std::fmt::Error> {
    let sites: Vec<(&str, Site)> = operations
        .doors
        .iter()
        .map(|(name, site)| (*name, site()))
        .collect();
    let mut text = String::from(Metrics::HEAD);
    for (door, site) in &sites {
        text.push_str(&site.metrics.text(door));
    }
    text.push_str(
        "# HELP meguri_documents Documents that are shown.\n# TYPE meguri_documents gauge\n",
    );
    for (door, site) in &sites {
        let count = site.library.entries().len();
        writeln!(text, "meguri_documents{{door=\"{door}\"}} {count}")?;
    }
    text.push_str("# HELP meguri_findings Findings by severity.\n# TYPE meguri_findings gauge\n");
    for (door, site) in &sites {
        let counts = FindingCounts::of(site.library.findings().map(|(_, found)| found));
        let of_severity = [
            ("error", counts.errors),
            ("warning", counts.warnings),
            ("note", counts.notes),
        ];
        for (severity, count) in of_severity {
            let labels = format!("door=\"{door}\",severity=\"{severity}\"");
            writeln!(text, "meguri_findings{{{labels}}} {count}")?;
        }
    }
    kept(&mut text, &sites)?;
    if let Some(database) = &operations.database {
        let up = u8::from(database.load(Ordering::Relaxed));
        text.push_str("# HELP meguri_database_up Does the database answer?\n");
        writeln!(
            text,
            "# TYPE meguri_database_up gauge\nmeguri_database_up {up}"
        )?;
    }
    Ok(text)
}

type OfFilling = (
    &'static str,
    &'static str,
    &'static str,
    fn(&Filling) -> u64,
);

/// What is told of the filling of the kept answers: name, kind, words, value.
const FILLING: [OfFilling; 4] = [
    (
        "meguri_cache_fill_working",
        "gauge",
        "Are answers made before anybody asks?",
        |filling| u64::from(filling.works.load(Ordering::Relaxed)),
    ),
    (
        "meguri_cache_fill_addresses",
        "gauge",
        "Addresses that are to be filled.",
        |filling| filling.all.load(Ordering::Relaxed),
    ),
    (
        "meguri_cache_fill_done",
        "gauge",
        "Addresses that were seen to.",
        |filling| filling.done.load(Ordering::Relaxed),
    ),
    (
        "meguri_cache_filled_total",
        "counter",
        "Answers made before anybody asked.",
        |filling| filling.made.load(Ordering::Relaxed),
    ),
];

/// The kept answers, of the doors that keep any.
fn kept(text: &mut String, sites: &[(&str, Site)]) -> Result<(), std::fmt::Error> {
    let keeping: Vec<_> = sites
        .iter()
        .filter(|(_, site)| site.answers.are_kept())
        .collect();
    if keeping.is_empty() {
        return Ok(());
    }
    text.push_str("# HELP meguri_cache_lookups_total Requests by whether their answer was kept.\n");
    text.push_str("# TYPE meguri_cache_lookups_total counter\n");
    for (door, site) in &keeping {
        let (hits, misses) = site.metrics.looks();
        for (outcome, count) in [("hit", hits), ("miss", misses)] {
            let labels = format!("door=\"{door}\",outcome=\"{outcome}\"");
            writeln!(text, "meguri_cache_lookups_total{{{labels}}} {count}")?;
        }
    }
    for (name, kind, help, value) in FILLING {
        writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}")?;
        for (door, site) in &keeping {
            writeln!(
                text,
                "{name}{{door=\"{door}\"}} {}",
                value(&site.metrics.filling)
            )?;
        }
    }
    text.push_str("# HELP meguri_cache_bytes Memory of kept answers.\n");
    text.push_str("# TYPE meguri_cache_bytes gauge\n");
    for (door, site) in &keeping {
        writeln!(
            text,
            "meguri_cache_bytes{{door=\"{door}\"}} {}",
            site.answers.bytes()
        )?;
    }
    Ok(())
}
