//! Options that a message names are options that the command has.

use crate::golden::root;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The commands that print the messages of a file which names an option without its command.
const KEPT: &[&str] = &[
    "import", "show", "export", "backup", "publish", "withdraw", "index", "report", "serve",
    "opendata",
];
const SAID_BY: [(&str, &[&str]); 17] = [
    ("crates/meguri-app/src/actions/choose_municipality.rs", KEPT),
    (
        "crates/meguri-app/src/actions/choose_municipality/tests.rs",
        &["import"],
    ),
    (
        "crates/meguri-app/src/actions/read_document.rs",
        &["read", "check", "import", "serve"],
    ),
    (
        "crates/meguri-app/src/actions/find_scheme.rs",
        &["check", "import", "serve"],
    ),
    (
        "crates/meguri-app/src/actions/open_store.rs",
        &[
            "import", "show", "export", "backup", "restore", "publish", "withdraw", "index",
            "report", "opendata",
        ],
    ),
    ("crates/meguri/src/cli/import_files/told.rs", &["import"]),
    (
        "crates/meguri-app/src/export_folder/fault.rs",
        &["export", "opendata"],
    ),
    ("crates/meguri-store/src/error.rs", &["import", "restore"]),
    ("crates/meguri/src/cli/kept.rs", KEPT),
    ("crates/meguri/src/cli/demo.rs", &["demo"]),
    ("crates/meguri/src/cli/publish.rs", &["publish"]),
    ("crates/meguri/src/cli/print.rs", &["report"]),
    ("crates/meguri-app/src/report/chosen.rs", &["report"]),
    ("crates/meguri-app/src/findings_file.rs", &["publish"]),
    ("crates/meguri/src/cli/doctor/search_index.rs", &["index"]),
    ("crates/meguri/src/cli/index.rs", &["index"]),
    (
        "crates/meguri/src/cli/usage.rs",
        &["read", "check", "import", "serve", "show"],
    ),
];

fn help(command: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_meguri");
    let output = Command::new(program).args(command).arg("--help").output();
    String::from_utf8(output.expect("the program starts").stdout).expect("UTF-8")
}

fn has(command: &[&str], option: &str) -> bool {
    let help = help(command);
    let mut words = help.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.any(|word| word == option)
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path
            .extension()
            .is_some_and(|end| end == "rs" || end == "html")
        {
            found.push(path);
        }
    }
}

/// The options that a line names (`--as`), each with the command before it where there is one.
fn named(line: &str) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("--") {
        let before = line[..at].chars().next_back();
        let rest: String = line[at + 2..]
            .chars()
            .take_while(|c| c.is_ascii_lowercase() || *c == '-')
            .collect();
        if rest.is_empty() || before.is_some_and(|c| c == '-' || c.is_ascii_alphanumeric()) {
            continue;
        }
        let command = line[..at].rsplit_once("meguri ").map(|(_, words)| words);
        let command = command.filter(|words| !words.contains(['「', '」', '。']));
        let words = command.map(|words| words.split(' '));
        let words = words.into_iter().flatten();
        let words =
            words.take_while(|w| !w.is_empty() && w.chars().all(|c| c.is_ascii_lowercase()));
        found.push((words.map(str::to_owned).collect(), format!("--{rest}")));
    }
    found
}

#[test]
fn every_option_that_a_message_names_is_one_of_its_command() {
    let mut files = Vec::new();
    for folder in [
        "crates/meguri/src",
        "crates/meguri-app/src",
        "crates/meguri-web/src",
        "crates/meguri-store/src",
        "crates/meguri-web/templates",
    ] {
        sources(&root(folder), &mut files);
    }
    let (mut checked, mut faults) = (0, Vec::new());
    for path in files {
        let file = path.strip_prefix(root("")).expect("within the tree");
        let file = file.to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(&path).expect("a source");
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//! "));
        let lines = code.filter(|line| !line.is_ascii() && !line.trim_start().starts_with("-- "));
        for (command, option) in lines.flat_map(named) {
            checked += 1;
            let words: Vec<&str> = command.iter().map(String::as_str).collect();
            let said_by = SAID_BY.iter().find(|(known, _)| *known == file);
            let commands: BTreeSet<Vec<&str>> = match (words.is_empty(), said_by) {
                (false, _) => BTreeSet::from([words]),
                (true, Some((_, commands))) => commands.iter().map(|c| vec![*c]).collect(),
                (true, None) => {
                    faults.push(format!("{file} names {option}: of which command?"));
                    continue;
                }
            };
            for command in commands.iter().filter(|command| !has(command, &option)) {
                faults.push(format!("{file}: {command:?} has no {option}"));
            }
        }
    }
    assert!(checked > 10, "only {checked} options were found");
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_manual_names_only_options_that_there_are() {
    let mut faults = Vec::new();
    for name in [
        "import", "publish", "backup", "serve", "scheme", "search", "calc",
    ] {
        let path = root("docs").join(format!("{name}.md"));
        let text = std::fs::read_to_string(path).expect("a manual");
        for (command, option) in text.lines().flat_map(named) {
            let words: Vec<&str> = command.iter().map(String::as_str).collect();
            if !words.is_empty() && !has(&words, &option) {
                faults.push(format!("docs/{name}.md: {words:?} has no {option}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_family_can_be_given_to_every_command_that_reads_papers() {
    let paper = root("samples/mizuhono/programs.txt");
    let paper = paper.to_str().expect("UTF-8");
    let run = |words: &[&str]| {
        let program = env!("CARGO_BIN_EXE_meguri");
        let output = Command::new(program).args(words).output();
        output.expect("the program starts")
    };
    let nothing = "としては、読み取れる内容がありません。";
    for command in [
        &["read", "--as", "midterm", paper][..],
        &["check", "--as", "midterm", paper],
        &["serve", "--as", "midterm", paper],
    ] {
        let output = run(command);
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains(nothing), "{command:?}: {told}");
    }
    let desk = crate::import::Desk::new("as");
    let output = desk.run(&["import", "--as", "midterm", paper]);
    assert!(String::from_utf8_lossy(&output.stderr).contains(nothing));
    desk.told(&["import", "--as", "programs", paper], 0);
    let output = run(&["check", "--as", "other", paper]);
    assert_eq!(output.status.code(), Some(2));
}
