//! Health and counters on an address that other machines can reach.

use super::{database, folder, program};
use crate::golden::root;
use std::io::Read;
use std::process::Command;

#[test]
fn counters_that_other_machines_can_reach_are_told_at_the_start_and_by_the_doctor() {
    let folder = folder("open-operations");
    database(&folder);
    let started = |operations: &str, words: &[&str]| {
        let mut command = program(words, &folder);
        for name in ["ADDRESS", "INTERNAL_ADDRESS"] {
            command.env(format!("MEGURI_{name}"), "127.0.0.1:0");
        }
        command.env("MEGURI_OPERATIONS_ADDRESS", operations);
        let mut child = command.spawn().expect("it starts");
        if words.first() == Some(&"serve") {
            // Its first words come when it listens.
            let mut first = [0; 16];
            let output = child.stdout.as_mut().expect("its output");
            output.read_exact(&mut first).expect("its words");
            let stop = Command::new("kill")
                .args(["-TERM", &child.id().to_string()])
                .status();
            assert!(stop.is_ok_and(|status| status.success()));
        }
        let output = child.wait_with_output().expect("it ends");
        let all = [output.stdout, output.stderr].concat();
        String::from_utf8_lossy(&all).into_owned()
    };
    let paper = root("samples/mizuhono/evaluation.txt");
    let paper = paper.to_string_lossy();
    for (operations, is_open) in [("0.0.0.0:0", true), ("127.0.0.1:0", false), ("off", false)] {
        for words in [&["serve"][..], &["serve", &paper]] {
            let log = started(operations, words);
            let told = log.contains("WARN") && log.contains("other machines can reach");
            assert_eq!(told, is_open, "{operations} {words:?}: {log}");
        }
        let told = started(operations, &["doctor"]);
        let is_told = told.contains("ほかのコンピューターから接続できます");
        assert_eq!(is_told, is_open, "{operations}: {told}");
    }
}
