//! The log of the server, which never makes anybody wait and never fails.
//!
//! An event is written into a queue of limited length; a thread of its own writes the queue to
//! standard error. Where that does not take it (a full disk, a reader that ended or sleeps), lines
//! are dropped and counted ([`lost`]), and everything else goes on.

use meguri_app::config::{LogFormat, LogLevel};
use meguri_app::plain;
use std::borrow::Cow;
use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;
use tracing_subscriber::filter::LevelFilter;

/// Lines that wait to be written.
const QUEUE_LINES: usize = 4096;

/// How long the last lines may take at the end of the program.
const LAST_LINES: Duration = Duration::from_millis(500);

/// Lines that were not written.
static LOST: AtomicU64 = AtomicU64::new(0);

static QUEUE: OnceLock<SyncSender<Entry>> = OnceLock::new();

enum Entry {
    Line(Vec<u8>),
    /// Tells when all lines before it are written.
    Done(SyncSender<()>),
}

/// Starts the log on standard error. A second start in one process changes nothing.
pub fn start(level: LogLevel, format: LogFormat) {
    let (queue, lines) = sync_channel(QUEUE_LINES);
    if QUEUE.set(queue).is_err() {
        return;
    }
    // Where no thread can be started, all lines are lost, and counted.
    let _ = std::thread::Builder::new()
        .name("log".to_owned())
        .spawn(move || write(lines, &mut destination()));
    let level = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    let log = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_target(false)
        .log_internal_errors(false)
        .with_writer(move || Sink(format));
    // The only fault is a log that runs already.
    let _ = match format {
        LogFormat::Text => log.with_ansi(false).try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
}

/// How many lines could not be written since the start.
#[must_use]
pub fn lost() -> u64 {
    LOST.load(Ordering::Relaxed)
}

/// Waits a moment for the last lines.
pub fn finish() {
    let Some(queue) = QUEUE.get() else {
        return;
    };
    let (done, written) = sync_channel(1);
    if queue.try_send(Entry::Done(done)).is_ok() {
        // Where nobody takes them, they are lost.
        let _ = written.recv_timeout(LAST_LINES);
    }
}

/// Where the log goes: a handle of its own, so that a write that never ends holds no lock which
/// somebody else waits for.
fn destination() -> Box<dyn Write> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        if let Ok(own) = io::stderr().as_fd().try_clone_to_owned() {
            return Box::new(std::fs::File::from(own));
        }
    }
    Box::new(io::stderr())
}

fn write(lines: Receiver<Entry>, out: &mut impl Write) {
    for entry in lines {
        match entry {
            Entry::Line(line) => {
                if out.write_all(&line).is_err() {
                    LOST.fetch_add(1, Ordering::Relaxed);
                }
            }
            Entry::Done(done) => {
                // Who asked may have stopped waiting.
                let _ = done.try_send(());
            }
        }
    }
}

/// Takes the text of one event.
struct Sink(LogFormat);

impl Write for Sink {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let line = line(&String::from_utf8_lossy(event), self.0);
        let sent = QUEUE
            .get()
            .is_some_and(|queue| queue.try_send(Entry::Line(line)).is_ok());
        if !sent {
            LOST.fetch_add(1, Ordering::Relaxed);
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One event as one line, without anything that a terminal would obey.
fn line(event: &str, format: LogFormat) -> Vec<u8> {
    let event = event.strip_suffix('\n').unwrap_or(event);
    let clean: Cow<'_, str> = match format {
        LogFormat::Text => plain::on_one_line(event),
        LogFormat::Json => plain::escaped_json(event),
    };
    let mut line = clean.into_owned().into_bytes();
    line.push(b'\n');
    line
}

/// Tells of a panic in the log, or on standard error where there is no log, without the paths of
/// the machine on which the program was built.
pub fn on_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map_or_else(String::new, |place| {
        format!("{}:{}", source_path(place.file()), place.line())
    });
    let why = panic.payload_as_str().unwrap_or("（説明なし）");
    if QUEUE.get().is_some() {
        tracing::error!(%place, why, "a fault of the program");
    } else {
        let why = plain::on_one_line(why);
        // Where standard error is gone, nobody can be told.
        let _ = writeln!(io::stderr(), "内部の不具合が起きました（{place}）：{why}");
    }
}

/// The path of a source file from its package on.
fn source_path(path: &str) -> Cow<'_, str> {
    let path: Cow<'_, str> = if path.contains('\\') {
        path.replace('\\', "/").into()
    } else {
        path.into()
    };
    for (folder, levels) in [
        ("/registry/src/", 1),
        ("/rustc/", 1),
        ("/git/checkouts/", 2),
    ] {
        if let Some((_, rest)) = path.split_once(folder) {
            let rest: Vec<&str> = rest.splitn(levels + 1, '/').collect();
            return rest.last().copied().unwrap_or_default().to_owned().into();
        }
    }
    let is_absolute = path.starts_with('/') || path.get(1..2) == Some(":");
    if !is_absolute {
        return path;
    }
    let own = path.rfind("/crates/").map(|at| at + 1);
    let own = own.or_else(|| path.rfind('/').map(|at| at + 1));
    own.and_then(|at| path.get(at..))
        .unwrap_or_default()
        .to_owned()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_one_line_that_nothing_obeys() {
        let event = "WARN path=/\u{202e}a\u{2028}b\u{85}c\u{1b}[31m over\ntwo lines\n";
        let text = line(event, LogFormat::Text);
        let text = String::from_utf8(text).expect("UTF-8");
        assert_eq!(text.matches('\n').count(), 1);
        assert!(!text.trim_end().chars().any(plain::is_control), "{text:?}");
        let json = line("{\"path\":\"/\u{202e}a\u{85}\"}\n", LogFormat::Json);
        assert!(json.is_ascii());
        let value: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
        assert_eq!(value["path"], "/\u{202e}a\u{85}", "the value stays");
    }

    #[test]
    fn paths_of_the_builder_are_not_named() {
        for (path, wanted) in [
            (
                "/home/a/.cargo/registry/src/index.crates.io-1/csv-1.4/src/lib.rs",
                "csv-1.4/src/lib.rs",
            ),
            (
                "/rustc/0123abcd/library/core/src/str/mod.rs",
                "library/core/src/str/mod.rs",
            ),
            ("/home/a/.cargo/git/checkouts/x-1/abc/src/y.rs", "src/y.rs"),
            (
                "/home/a/めぐり/crates/meguri-web/src/lib.rs",
                "crates/meguri-web/src/lib.rs",
            ),
            ("C:\\Users\\a\\x.rs", "x.rs"),
            (
                "crates/meguri-web/src/lib.rs",
                "crates/meguri-web/src/lib.rs",
            ),
        ] {
            assert_eq!(source_path(path), wanted);
        }
    }

    #[test]
    fn a_destination_that_fails_costs_only_lines() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let before = lost();
        let (queue, lines) = sync_channel(2);
        assert!(queue.try_send(Entry::Line(b"x\n".to_vec())).is_ok());
        drop(queue);
        write(lines, &mut Full);
        assert!(lost() > before);
    }
}
