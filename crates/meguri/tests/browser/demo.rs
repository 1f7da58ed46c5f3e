//! The demo as a person starts it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running demo; it ends with the value.
pub(crate) struct Demo {
    child: Child,
    address: String,
}

impl Demo {
    /// Starts it and waits until it says where it is.
    pub(crate) fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_meguri"))
            .arg("demo")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let output = child.stdout.take().expect("its output");
        let mut lines = BufReader::new(output).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                line.strip_suffix(" で表示しています。終了するにはCtrl+Cを押してください。")
                    .map(str::to_owned)
            })
            .expect("it says where it is");
        // What it prints later must find a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
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
