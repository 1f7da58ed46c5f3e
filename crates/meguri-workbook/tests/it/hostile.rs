//! Files that were made to do harm, and odd ones: each is refused or read, quickly, with little memory,
//! by a child that the system kills where it takes too much.

mod archives;
mod sizes;
mod xml;

use crate::zip::{Part, archive, parts};
use meguri_workbook::{Content, Limits, read};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// The address space of the child, in KiB.
const ADDRESS_SPACE: usize = 900_000;
/// The most memory that it may have used, in KiB.
const MOST_MEMORY: usize = 200_000;
const MOST_TIME: Duration = Duration::from_secs(1);
/// The file that the child reads.
const FILE: &str = "MEGURI_HOSTILE_FILE";

/// What must come of a file: the beginning of what the child says.
type Case = (&'static str, Vec<u8>, &'static str);

const ROW: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>"#;

fn with(mut of: Vec<Part>, more: Vec<Part>) -> Vec<u8> {
    of.extend(more);
    archive(&of)
}

/// A sound workbook in which one part is another.
fn changed(name: &str, change: impl FnOnce(&mut Part)) -> Vec<u8> {
    let mut all = parts(ROW);
    let part = all.iter_mut().find(|part| part.name == name.as_bytes());
    change(part.expect("a part"));
    archive(&all)
}

fn replaced(name: &str, xml: &[u8]) -> Vec<u8> {
    changed(name, |part| *part = Part::new(name, xml))
}

fn rows(rows: &str) -> Vec<u8> {
    archive(&parts(rows))
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
const WORKBOOK: &str = "xl/workbook.xml";

fn cases() -> Vec<Case> {
    let mut cases = sizes::cases();
    cases.extend(archives::cases());
    cases.extend(xml::cases());
    cases
}

/// Not a test of its own: what the child does.
#[test]
fn child() {
    let Some(path) = std::env::var_os(FILE) else {
        return;
    };
    let file = std::fs::read(path).expect("the file");
    let begun = Instant::now();
    let told = match read(&file, &Limits::USUAL) {
        Ok(book) => {
            let cells = book.sheets.iter().flat_map(|sheet| sheet.cells.values());
            let first = cells.clone().next().map(|found| match &found.content {
                Content::Text(text) => text.chars().take(40).collect(),
                Content::Number(number) => number.to_string(),
                other => format!("{other:?}"),
            });
            format!("read {} {}", cells.count(), first.unwrap_or_default())
        }
        Err(why) => format!("refused {why}"),
    };
    let took = begun.elapsed().as_millis();
    println!("<<{told}\n>>{took}<<{}>>", memory());
}

/// The most memory that this process has had, in KiB; what the file itself takes is in it.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let digits = line.unwrap_or_default().trim().split(' ').next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile");
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// What the child says of a file: its words, the milliseconds and the memory.
#[cfg(target_os = "linux")]
fn asked(path: &Path) -> (String, u128, usize) {
    let program = std::env::current_exe().expect("this program");
    let limited =
        format!("ulimit -v {ADDRESS_SPACE}; exec \"$0\" --exact hostile::child --nocapture");
    let output = Command::new("sh")
        .arg("-c")
        .arg(limited)
        .arg(program)
        .env(FILE, path)
        .output();
    let output = output.expect("it starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success(),
        "{}: {said} {errors}",
        path.display()
    );
    let between = |from: &str, until: &str, at: usize| {
        let rest = said
            .split(from)
            .nth(at)
            .unwrap_or_else(|| panic!("{said} {errors}"));
        rest.split(until).next().unwrap_or_default().to_owned()
    };
    let number = |text: String| text.parse().unwrap_or_else(|_| panic!("{text}"));
    let took = number(between(">>", "<<", 1));
    let memory = between("<<", ">>", 2).parse().expect("a number");
    (between("<<", "\n>>", 1), took, memory)
}

#[cfg(target_os = "linux")]
#[test]
fn hostile_files_are_refused_or_read_quickly_with_little_memory() {
    let cases = cases();
    assert!(cases.len() >= 40, "{}", cases.len());
    let (mut slowest, mut largest, mut refused) = (0, 0, 0);
    let mut wrong = Vec::new();
    for (number, (name, file, want)) in cases.iter().enumerate() {
        let path = folder().join(format!("{number}.xlsx"));
        std::fs::write(&path, file).expect("it is written");
        let (told, took, memory) = asked(&path);
        refused += usize::from(told.starts_with("refused"));
        if !format!("{told}\n").starts_with(want) {
            wrong.push(format!("{name}: {told}, not {want}"));
        }
        if took >= MOST_TIME.as_millis() || memory >= MOST_MEMORY {
            wrong.push(format!("{name}: {took} ms, {memory} KiB"));
        }
        slowest = slowest.max(took);
        largest = largest.max(memory);
    }
    println!(
        "{} files, {refused} refused, {slowest} ms, {largest} KiB at most",
        cases.len()
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(refused > 20 && refused < cases.len(), "{refused}");
}
