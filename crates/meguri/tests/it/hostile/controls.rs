//! A paper with characters that control a terminal or turn a text: nothing of it is obeyed, in a
//! terminal, on a page, in JSON, CSV or a feed.

use crate::golden::root;
use crate::serve::{addresses, folder, get, get_as, program};
use meguri_app::plain::is_control;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// A colour, a title, a CSI of one byte, a turn of the text, and ends of lines that are none.
const ODD: &str = "\u{1b}[35;45m\u{1b}]0;title\u{7}\u{9b}31m\u{202e}\u{2066}\u{85}\u{8}\u{7f}";

/// The sample with something odd behind many of its words.
fn paper(folder: &Path) -> PathBuf {
    let text = std::fs::read_to_string(root("samples/mizuhono/evaluation.txt")).expect("a sample");
    let mut odd = String::new();
    for line in text.lines() {
        odd.push_str(line);
        // Not behind every line: a paper that is full of it is refused as unread.
        if line.chars().any(|c| ('ぁ'..='ん').contains(&c)) {
            odd.push_str(ODD);
        }
        odd.push('\n');
    }
    let path = folder.join("odd.txt");
    std::fs::write(&path, odd).expect("written");
    path
}

/// What of a text would be obeyed, colours of the program aside.
fn obeyed(text: &str) -> Option<String> {
    assert!(!text.contains("\u{1b}[35;45m"), "a colour of the paper");
    let mut rest = text;
    while let Some(at) = rest.find(|c| c == '\r' || is_control(c)) {
        let (_, found) = rest.split_at(at);
        let colour = found.strip_prefix("\u{1b}[").and_then(|code| {
            let end = code.find(|c: char| !c.is_ascii_digit() && c != ';')?;
            code.get(end..)?.strip_prefix('m')
        });
        match colour {
            Some(after) => rest = after,
            None => {
                return Some(
                    found
                        .chars()
                        .take(12)
                        .collect::<String>()
                        .escape_debug()
                        .to_string(),
                );
            }
        }
    }
    None
}

#[test]
fn a_terminal_obeys_nothing_of_a_paper() {
    let folder = folder("controls-terminal");
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.join(format!("meguri.sqlite{ending}")));
    }
    let paper = paper(&folder);
    let paper = paper.to_string_lossy();
    let mut seen = 0;
    let odd_name = "無い\u{1b}[35;45m\u{202e}.txt".to_owned();
    for words in [
        &["read", &*paper][..],
        &["read", &paper, "--json"],
        &["check", &paper],
        &["check", &paper, "--json"],
        &["check", &odd_name],
        &["import", &paper, "--municipality", "131016"],
        &["import", &paper, "--json"],
        &["show", "documents"],
        &["show", "plan", "evaluation"],
        &["show", "plan", "evaluation", "--json"],
        &["show", "sheet", "1"],
        &["show", "sheet", "1", "--json"],
        &["show", "sheet", "の"],
        &["show", "section", "課"],
        &["show", "indicator", &odd_name],
        &["show", "project", "1"],
        &["link", "list"],
        &["publish", &odd_name],
        &["publish", "--all"],
        &["nothing\u{1b}[35;45m"],
    ] {
        let mut command = program(words, &folder);
        let output = command
            .env("CLICOLOR_FORCE", "1")
            .output()
            .expect("it runs");
        for bytes in [&output.stdout, &output.stderr] {
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            assert_eq!(obeyed(text), None, "{words:?}");
            // A reader drops the control itself, or it is shown as a mark: what stood behind it stays.
            seen += usize::from(text.contains("[35;45m"));
        }
    }
    assert!(seen >= 8, "the odd text was printed {seen} times");
}

#[test]
fn no_page_and_no_data_has_a_control_of_a_paper() {
    let folder = folder("controls-pages");
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.join(format!("meguri.sqlite{ending}")));
    }
    let paper = paper(&folder);
    for words in [
        &[
            "import",
            &paper.to_string_lossy(),
            "--municipality",
            "131016",
        ][..],
        &["publish", "--all"],
    ] {
        let output = program(words, &folder).output().expect("it runs");
        assert!(output.status.success(), "{}", crate::serve::text(&output));
    }
    let mut command = program(&["serve"], &folder);
    command.stderr(Stdio::null());
    for name in ["ADDRESS", "INTERNAL_ADDRESS", "OPERATIONS_ADDRESS"] {
        command.env(format!("MEGURI_{name}"), "127.0.0.1:0");
    }
    let mut child = command.spawn().expect("it starts");
    let found = addresses(&mut child);
    let [public, internal, ..] = found.as_slice() else {
        panic!("{found:?}")
    };
    let mut seen = 0;
    let sitemap = get(public, "/sitemap.xml");
    let mut paths: Vec<String> = sitemap
        .split("<loc>")
        .skip(1)
        .filter_map(|part| Some(part.split('<').next()?.to_owned()))
        .collect();
    assert!(paths.len() > 5, "{sitemap}");
    let listed = paths.clone();
    paths.extend(listed.iter().map(|path| format!("{path}.json")));
    paths.extend(listed.iter().map(|path| format!("{path}.csv")));
    for path in [
        "/documents/1/lines",
        "/documents/1/lines.json",
        "/feed.atom",
        "/dataset.jsonld",
        "/search?q=%1b%5b35m%e2%80%ae",
        "/search.json?q=%e6%96%bd%e7%ad%96",
        "/suggest?q=%e6%96%bd%1b",
        "/nothing%1b%5b35m",
        "/words?q=%c2%85",
    ] {
        paths.push(path.to_owned());
    }
    for path in paths {
        for answer in [get(public, &path), get_as(internal, &path, "localhost")] {
            let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
            assert_eq!(obeyed(&body.replace('\r', "")), None, "{path}");
            // An escape of JSON hands the control on to whoever prints the value.
            for escape in ["\\u001b", "\\u0007", "\\u0085", "\\u202e", "\\b"] {
                assert!(!body.contains(escape), "{path}: {escape}");
            }
            seen += usize::from(body.contains("[35;45m"));
        }
    }
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    assert!(seen >= 10, "the odd text was in {seen} answers");
}
