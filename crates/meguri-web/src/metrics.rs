//! What is counted for the operators, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper edges of the classes of durations, in milliseconds.
const EDGES_MS: [u64; 6] = [5, 25, 100, 500, 2_000, 10_000];

/// Counters of requests. Labels are routes, not addresses, so that their number is bounded.
#[derive(Debug, Default)]
pub struct Metrics {
    requests: Mutex<BTreeMap<(String, u16), Requests>>,
    hits: AtomicU64,
    misses: AtomicU64,
    begun: AtomicU64,
    ended: AtomicU64,
    /// How far the filling of the kept answers is.
    pub filling: Filling,
}

/// How far the filling of the kept answers is ([`crate::warm`]).
#[derive(Debug, Default)]
pub struct Filling {
    /// Is it at work?
    pub works: AtomicBool,
    /// The addresses of the picture.
    pub all: AtomicU64,
    /// Those of them that it has been at.
    pub done: AtomicU64,
    /// Pages that it had made, of all pictures.
    pub made: AtomicU64,
}

/// A request of somebody, from its beginning to its end.
#[derive(Debug)]
pub struct Live<'a>(&'a Metrics);

impl Drop for Live<'_> {
    fn drop(&mut self) {
        self.0.ended.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Requests {
    count: u64,
    micros: u64,
    /// Requests up to each edge.
    within: [u64; EDGES_MS.len()],
}

impl Metrics {
    /// Counts one request.
    pub fn count(&self, route: &str, status: u16, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = requests.entry((route.to_owned(), status)).or_default();
        entry.count = entry.count.saturating_add(1);
        entry.micros = entry.micros.saturating_add(micros);
        for (edge, within) in EDGES_MS.iter().zip(&mut entry.within) {
            if micros <= edge * 1_000 {
                *within = within.saturating_add(1);
            }
        }
    }

    /// A request begins; it ends when what is given is dropped.
    #[must_use]
    pub fn live(&self) -> Live<'_> {
        self.begun.fetch_add(1, Ordering::Relaxed);
        Live(self)
    }

    /// How many requests have begun, and how many of them have ended.
    #[must_use]
    pub fn traffic(&self) -> (u64, u64) {
        // In this order, so that no more seem to have ended than begun.
        let ended = self.ended.load(Ordering::Relaxed);
        (self.begun.load(Ordering::Relaxed), ended)
    }

    /// Counts a look among the kept answers.
    pub fn looked_up(&self, found: bool) {
        let counter = if found { &self.hits } else { &self.misses };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// How many looks among the kept answers found one, and how many did not.
    #[must_use]
    pub fn looks(&self) -> (u64, u64) {
        (
            self.hits.load(Ordering::Relaxed),
            self.misses.load(Ordering::Relaxed),
        )
    }

    /// The head of the counters, for Prometheus.
    pub const HEAD: &'static str = "# HELP meguri_request_duration_seconds Time to answer a request.\n\
         # TYPE meguri_request_duration_seconds histogram\n";

    /// The counters of one door, for Prometheus.
    #[must_use]
    pub fn text(&self, door: &str) -> String {
        let requests = self
            .requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let mut text = String::new();
        for ((route, status), requests) in &requests {
            let labels = format!("door=\"{door}\",route=\"{route}\",status=\"{status}\"");
            // Writing to a string cannot fail.
            let _ = histogram(&mut text, &labels, requests);
        }
        text
    }
}

fn histogram(text: &mut String, labels: &str, requests: &Requests) -> std::fmt::Result {
    const NAME: &str = "meguri_request_duration_seconds";
    for (edge, within) in EDGES_MS.iter().zip(requests.within) {
        let edge = seconds(edge * 1_000);
        writeln!(text, "{NAME}_bucket{{{labels},le=\"{edge}\"}} {within}")?;
    }
    writeln!(
        text,
        "{NAME}_bucket{{{labels},le=\"+Inf\"}} {}",
        requests.count
    )?;
    writeln!(text, "{NAME}_sum{{{labels}}} {}", seconds(requests.micros))?;
    writeln!(text, "{NAME}_count{{{labels}}} {}", requests.count)
}

/// Microseconds as seconds, exact.
fn seconds(micros: u64) -> String {
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_fall_into_classes_that_hold_the_smaller_ones() {
        let metrics = Metrics::default();
        metrics.count("/", 200, Duration::from_millis(20));
        metrics.count("/", 200, Duration::from_secs(60));
        let text = metrics.text("public");
        for line in [
            "meguri_request_duration_seconds_bucket{door=\"public\",route=\"/\",status=\"200\",le=\"0.005000\"} 0",
            "meguri_request_duration_seconds_bucket{door=\"public\",route=\"/\",status=\"200\",le=\"0.025000\"} 1",
            "meguri_request_duration_seconds_bucket{door=\"public\",route=\"/\",status=\"200\",le=\"+Inf\"} 2",
            "meguri_request_duration_seconds_sum{door=\"public\",route=\"/\",status=\"200\"} 60.020000",
        ] {
            assert!(text.lines().any(|l| l == line), "{line}\n{text}");
        }
    }
}
