//! What both READMEs show is what the program prints.

use crate::golden::root;
use std::process::Command;

#[test]
fn the_readmes_show_what_the_program_prints() {
    let samples = root("samples/mizuhono/evaluation.txt");
    let midterm = root("samples/mizuhono/midterm.txt");
    let check = [
        samples.to_string_lossy().into_owned(),
        midterm.to_string_lossy().into_owned(),
    ];
    for (mark, words) in [
        ("demo", vec!["demo".to_owned(), "--no-serve".to_owned()]),
        ("check", [vec!["check".to_owned()], check.to_vec()].concat()),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_meguri"))
            .args(words)
            .output();
        let printed = String::from_utf8(output.expect("it starts").stdout).expect("UTF-8");
        for name in ["README.md", "README.ja.md"] {
            let readme = std::fs::read_to_string(root(name)).expect("the README");
            let example = readme
                .split_once(&format!("<!-- {mark}: begin -->\n```text\n"))
                .and_then(|(_, rest)| rest.split_once(&format!("```\n<!-- {mark}: end -->")))
                .map(|(example, _)| example)
                .expect("the marks of the example");
            assert!(
                printed.contains(example),
                "{name}: `{mark}` does not print this any more:\n{example}\n--- it prints\n{printed}"
            );
        }
    }
}
