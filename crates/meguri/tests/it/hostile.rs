//! The server among those who mean it harm, or do it: logs that nobody takes, connections that
//! send nothing, readers that take nothing; and papers and files that mean it too.

mod connections;
mod controls;
mod files;
mod log;

use crate::golden::root;
use crate::serve::{addresses, folder, get, program};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server over the papers of the samples, with its addresses.
struct Running {
    child: Child,
    pages: String,
    operations: String,
}

impl Running {
    /// Starts it; `change` says what is odd about it.
    fn start(name: &str, change: impl FnOnce(&mut Command)) -> Self {
        let paper = root("samples/mizuhono/evaluation.txt");
        let mut command = program(&["serve", &paper.to_string_lossy()], &folder(name));
        command.stderr(Stdio::null());
        for name in ["ADDRESS", "OPERATIONS_ADDRESS"] {
            command.env(format!("MEGURI_{name}"), "127.0.0.1:0");
        }
        change(&mut command);
        let mut child = command.spawn().expect("it starts");
        let found = addresses(&mut child);
        let [pages, operations, ..] = found.as_slice() else {
            panic!("{found:?}")
        };
        let (pages, operations) = (pages.clone(), operations.clone());
        Self {
            child,
            pages,
            operations,
        }
    }

    /// The value of a line of the counters.
    fn counter(&self, name: &str) -> u64 {
        let metrics = get(&self.operations, "/metrics");
        let line = metrics.lines().find_map(|line| line.strip_prefix(name));
        let value = line.unwrap_or_else(|| panic!("{name}: {metrics}"));
        value.trim().parse().expect("a number")
    }

    /// Asks it to stop; how long that took.
    fn stop(mut self) -> Duration {
        let begin = Instant::now();
        terminate(&self.child);
        let end = ended(&mut self.child, Duration::from_secs(9));
        assert!(end, "it did not stop");
        begin.elapsed()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn terminate(child: &Child) {
    let stop = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    assert!(stop.is_ok_and(|status| status.success()));
}

/// Does it end well in time?
fn ended(child: &mut Child, time: Duration) -> bool {
    let until = Instant::now() + time;
    while Instant::now() < until {
        if let Some(status) = child.try_wait().expect("a process") {
            assert!(status.success(), "{status}");
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

/// Waits until something holds.
fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..100 {
        if holds() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("never: {what}");
}
