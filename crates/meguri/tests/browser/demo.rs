//! The demo as a person starts it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The papers of the invented city, in the order of their ids.
const PAPERS: [&str; 5] = [
    "evaluation.txt",
    "midterm.txt",
    "strategy.txt",
    "programs.txt",
    "reform.txt",
];

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/mizuhono")
}

/// A running server over the papers of the invented city, or the demo; it ends with the value.
pub(crate) struct Demo {
    child: Child,
    address: String,
    /// Where the staff work; empty where nobody signs in.
    house: String,
}

impl Demo {
    /// Shows the papers of the invented city.
    pub(crate) fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_meguri"));
        command
            .arg("serve")
            .args(PAPERS.map(|name| samples().join(name)));
        command
            .env("MEGURI_ADDRESS", "127.0.0.1:0")
            .env("MEGURI_OPERATIONS_ADDRESS", "off");
        Self::of(command)
    }

    /// The demo as a person starts it.
    pub(crate) fn bundled() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_meguri"));
        command.arg("demo");
        Self::of(command)
    }

    /// Waits until it says where it is.
    fn of(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let output = child.stdout.take().expect("its output");
        let mut lines = BufReader::new(output).lines();
        let (mut address, mut house) = (String::new(), String::new());
        for line in lines.by_ref().map_while(Result::ok) {
            if let Some((found, what)) = line.split_once(" で") {
                match found.starts_with("http://") {
                    true if address.is_empty() => found.clone_into(&mut address),
                    true if what.contains("庁内用") => found.clone_into(&mut house),
                    _ => {}
                }
            }
            if line.contains("Ctrl+C") {
                break;
            }
        }
        assert!(!address.is_empty(), "it says where it is");
        // What it prints later must find a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            child,
            address,
            house,
        }
    }

    /// The demo with a database that stays when it ends.
    pub(crate) fn kept(database: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_meguri"));
        command.arg("demo").arg("--database").arg(database);
        Self::of(command)
    }

    /// An address on the pages of the staff.
    pub(crate) fn house(&self, path: &str) -> String {
        format!("{}{path}", self.house)
    }

    /// An address on it.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
