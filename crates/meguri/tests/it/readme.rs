//! The finding that both READMEs show is one that the demo prints.

use crate::golden::root;
use std::process::Command;

#[test]
fn the_readmes_show_what_the_demo_prints() {
    let demo = Command::new(env!("CARGO_BIN_EXE_meguri"))
        .args(["demo", "--no-serve"])
        .output()
        .expect("the program starts");
    let printed = String::from_utf8(demo.stdout).expect("UTF-8");
    for name in ["README.md", "README.ja.md"] {
        let readme = std::fs::read_to_string(root(name)).expect("the README");
        let example = readme
            .split_once("<!-- demo: begin -->\n```text\n")
            .and_then(|(_, rest)| rest.split_once("```\n<!-- demo: end -->"))
            .map(|(example, _)| example)
            .expect("the marks of the example");
        assert!(
            printed.contains(example),
            "{name}: this is not in the output of the demo any more:\n{example}"
        );
    }
}
