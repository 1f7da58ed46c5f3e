//! Papers as PDF: every value of a sheet stands on its paper, drafts are marked, bytes are the same.

mod command;

use crate::golden::root;
use crate::invented;
use meguri_app::actions::check_documents::{CheckedDocuments, check_documents};
use meguri_app::actions::print_report::WishedLayout;
use meguri_app::actions::read_document::read_source;
use meguri_app::read::values::{self, Value};
use meguri_app::read::{Entry, Library};
use meguri_app::report::{Chosen, Printed, Wanted, print};
use meguri_core::evaluation::{Document, Sheet};
use meguri_core::fiscal_year::FiscalYear;
use meguri_import::source_text::SourceText;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const MOMENT: &str = "2026-04-01T09:30:00+09:00";

/// Where the papers lie that are checked from outside (`cargo xtask test`).
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers");
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// The papers of the invented city.
pub(crate) fn samples() -> Library {
    let names = ["evaluation", "midterm", "strategy", "programs", "reform"];
    let read = names.map(|name| {
        let path = root("samples/mizuhono").join(format!("{name}.txt"));
        let text = std::fs::read_to_string(path).expect("a sample");
        read_source(format!("{name}.txt"), SourceText::from_text(&text), None).expect("a paper")
    });
    Library::new(
        check_documents(read.into_iter().collect(), Vec::new()),
        Vec::new(),
    )
}

pub(crate) fn wanted(entry: &Entry, sheets: Vec<usize>) -> Wanted<'_> {
    Wanted {
        entry,
        sheets,
        layout: None,
        city: "みずほ野市",
        moment: MOMENT,
    }
}

/// A paper without any complaint about its layout.
fn paper(library: &Library, wanted: &Wanted<'_>) -> Printed {
    let printed = print(library, wanted).expect("a paper");
    assert_eq!(printed.warnings, [""; 0], "{}", wanted.entry.document.name);
    assert!(printed.pages > 0);
    printed
}

/// A document with something in every field.
pub(crate) fn invented(seed: usize) -> Document {
    let year = FiscalYear::new(2022).expect("a year");
    invented::document(year, invented::Size::SMALL, seed)
}

pub(crate) fn library(documents: Vec<Document>) -> Library {
    let checked = CheckedDocuments {
        documents,
        findings: Vec::new(),
        unused_schemes: Vec::new(),
        other_years: Vec::new(),
    };
    Library::new(checked, Vec::new())
}

/// The text of a PDF as another program reads it; `None` where that program is not there.
fn text_of(name: &str, bytes: &[u8]) -> Option<String> {
    let path = folder().join(name);
    std::fs::write(&path, bytes).expect("the paper is written");
    let output = Command::new("pdftotext")
        .arg("-raw")
        .arg(&path)
        .arg("-")
        .output();
    match output {
        Ok(output) => {
            assert!(output.status.success(), "{name} cannot be read");
            Some(String::from_utf8(output.stdout).expect("UTF-8"))
        }
        Err(error) => {
            let is_required = std::env::var_os("MEGURI_BROWSER").is_some();
            assert!(!is_required, "pdftotext: {error}");
            println!("SKIPPED: pdftotext is not installed");
            None
        }
    }
}

fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for letter in text.chars().filter(|c| !c.is_whitespace()) {
        *counts.entry(letter).or_default() += 1;
    }
    counts
}

pub(crate) fn squashed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The text of a value as a column shows it, whose head has the unit.
pub(crate) fn shown(value: &Value) -> String {
    let units = ["百万円", "千円", "億円", "円"];
    let is_amount = value.quantity.is_some() && value.text.ends_with('円');
    let unit = units
        .iter()
        .find(|unit| is_amount && value.text.ends_with(**unit));
    squashed(unit.map_or(&value.text, |unit| value.text.trim_end_matches(unit)))
}

/// What a paper lacks of the values of a sheet: figures and short texts as they are, and of long
/// texts, which lines and pages break, the letters.
fn lacking(text: &str, values: &[Value]) -> Vec<String> {
    let squashed_text = squashed(text);
    let mut lacking = Vec::new();
    let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
    for value in values {
        *wanted.entry(shown(value)).or_default() += 1;
    }
    for (shown, count) in &wanted {
        let is_figure = shown.chars().any(|c| c.is_ascii_digit()) && shown.chars().count() < 16;
        let found = squashed_text.matches(shown.as_str()).count();
        if is_figure && found < *count {
            lacking.push(format!("{shown}（{count}回のうち{found}回）"));
        }
    }
    let all: String = values.iter().map(shown).collect();
    let has = letters(text);
    for (letter, count) in letters(&all) {
        let found = has.get(&letter).copied().unwrap_or(0);
        if found < count {
            lacking.push(format!("{letter}が{count}字のうち{found}字"));
        }
    }
    lacking
}

/// The values of a sheet as a paper shows them: 〓 for what the typeface lacks, and the reason of a
/// revised target once, which is often a note of the indicator too.
pub(crate) fn values_of(entry: &Entry, sheet: &Sheet, missing: &[char]) -> Vec<Value> {
    let values = values::of_sheet(entry, sheet);
    let is_note = |reason: &Value| {
        let mut notes = values.iter().filter(|(place, _)| place.contains("-note-"));
        notes.any(|(_, note)| note.text == reason.text)
    };
    let once = |(place, value): &(&str, &Value)| !place.contains("-reason-") || !is_note(value);
    let shown = values.iter().filter(once).map(|(_, value)| Value {
        text: value.text.replace(missing, "〓"),
        ..value.clone()
    });
    shown.collect()
}

fn assert_complete(name: &str, library: &Library) {
    for entry in library.entries() {
        for (number, sheet) in (1..).zip(entry.document.sheets()) {
            let printed = paper(library, &wanted(entry, vec![number]));
            let file = format!("{name}-{}-{number}.pdf", entry.document.family);
            let Some(text) = text_of(&file, &printed.bytes) else {
                return;
            };
            let values = values_of(entry, sheet, &printed.missing);
            assert!(!values.is_empty());
            let lacking = lacking(&text, &values);
            assert!(lacking.is_empty(), "{file}: {lacking:?}\n{text}");
        }
    }
}

#[test]
fn every_value_of_the_samples_stands_on_its_paper() {
    assert_complete("sample", &samples());
}

/// Something in every field that the core has, with every kind of figure and unit.
#[test]
fn every_value_of_any_field_stands_on_its_paper() {
    let mut documents = Vec::new();
    for (seed, family) in (1..).zip(["evaluation", "midterm", "strategy", "programs", "reform"]) {
        let mut document = invented(seed);
        document.family = family.to_owned();
        document.plan.key = family.to_owned();
        document.name = format!("{family}.txt");
        documents.push(document);
    }
    assert_complete("invented", &library(documents));
}

#[test]
fn a_book_of_each_family_and_layout_is_printed_without_a_complaint() {
    let library = samples();
    for entry in library.entries() {
        let book = paper(&library, &wanted(entry, Vec::new()));
        let name = format!("book-{}.pdf", entry.document.family);
        let Some(text) = text_of(&name, &book.bytes) else {
            return;
        };
        for page in text.trim_end_matches('\u{c}').split('\u{c}') {
            assert!(page.contains('案'), "{name}: a page without 案:\n{page}");
        }
    }
    let entry = library.entries().first().expect("a document");
    for (key, _) in WishedLayout::names() {
        let Some(WishedLayout::Ours(layout)) = WishedLayout::ours(key) else {
            panic!("{key} is not found by its key");
        };
        for entry in [entry, library.entries().last().expect("a document")] {
            for sheets in [Vec::new(), vec![1]] {
                let layout = Some(Chosen::Ours(layout));
                let wanted = Wanted {
                    layout,
                    ..wanted(entry, sheets)
                };
                paper(&library, &wanted);
            }
        }
    }
}

/// Markup, controls, characters without a glyph and words without an end are texts like others.
#[test]
fn a_text_is_never_markup_and_never_costs_the_paper() {
    let mut library_documents = vec![invented(7)];
    let hostile = [
        "#panic(\"a\") *b* _c_ $d$ = e @f <g> \\h `i` // j",
        "#read(\"/data.json\") #import \"x.typ\"",
        "\u{0}\u{7}\u{1b}[31m\t\r\n\u{202e}\u{feff}",
        "🏛\u{fe0f} 𠮷野家 \u{e000} \u{fffd} ﷺ",
        &"https://example.jp/".repeat(40),
        &"〇".repeat(3000),
        "",
        "=SUM(A1)",
    ];
    let document = library_documents.first_mut().expect("a document");
    document.family = "evaluation".to_owned();
    for (sheet, text) in document.sheets.iter_mut().zip(hostile.iter().rev()) {
        sheet.label = (*text).to_owned();
    }
    for (place, text) in hostile.iter().enumerate() {
        let sheet = document.sheets.get_mut(place % 2).expect("a sheet");
        for row in &mut sheet.listings {
            if let Some(name) = &mut row.name {
                name.value = (*text).to_owned();
            }
        }
        for indicator in &mut sheet.indicators {
            if let Some(name) = &mut indicator.name {
                name.value.push_str(text);
            }
        }
    }
    let library = library(library_documents);
    let entry = library.entries().first().expect("a document");
    for sheets in [Vec::new(), vec![1], vec![2]] {
        paper(&library, &wanted(entry, sheets));
    }
    let printed = print(&library, &wanted(entry, Vec::new())).expect("a paper");
    if let Some(text) = text_of("hostile.pdf", &printed.bytes) {
        let text = squashed(&text);
        assert!(text.contains("#panic(\"a\")*b*"), "{text}");
        assert!(text.contains('〓'));
    }
    assert!(printed.missing.contains(&'🏛'), "{:?}", printed.missing);
}

/// A layout of somebody else reaches nothing, and its fault is told with its line.
#[test]
fn a_layout_reaches_nothing_outside_and_tells_its_faults() {
    let library = samples();
    let entry = library.entries().first().expect("a document");
    for (layout, told) in [
        ("#read(\"/etc/passwd\")", "own.typ 1行目"),
        ("#read(\"../../../../etc/passwd\")", "own.typ"),
        ("\n#import \"@preview/tablex:0.0.9\"", "own.typ 2行目"),
        ("#datetime.today()", "own.typ 1行目"),
        ("#let a = \n#panic(\"x\")", "own.typ"),
        ("#while true {}", "own.typ"),
    ] {
        let wanted = Wanted {
            layout: Some(Chosen::Own(layout)),
            ..wanted(entry, vec![1])
        };
        let fault = print(&library, &wanted).expect_err("no paper").to_string();
        assert!(fault.contains(told), "{layout}: {fault}");
    }
    let own = "#import \"common.typ\": *\n#show: paper\n= 様式\n#data.title";
    let wanted = Wanted {
        layout: Some(Chosen::Own(own)),
        ..wanted(entry, vec![1])
    };
    paper(&library, &wanted);
}

#[test]
fn an_empty_sheet_and_an_empty_document_are_papers_too() {
    let mut document = invented(3);
    for (place, sheet) in document.sheets.iter_mut().enumerate() {
        let label = sheet.label.clone();
        let node = sheet.node.filter(|_| place > 0);
        *sheet = Sheet {
            label,
            node,
            ..Sheet::default()
        };
    }
    let mut documents = Vec::new();
    for family in [
        "evaluation",
        "midterm",
        "strategy",
        "programs",
        "reform",
        "other",
    ] {
        for sheets in [true, false] {
            let mut one = document.clone();
            one.family = family.to_owned();
            one.name = format!("{family}{sheets}");
            if !sheets {
                one.sheets.clear();
                one.plan.nodes.clear();
                one.tallies.clear();
            }
            documents.push(one);
        }
    }
    let library = library(documents);
    for entry in library.entries() {
        paper(&library, &wanted(entry, Vec::new()));
        if entry.sheet(1).is_some() {
            paper(&library, &wanted(entry, vec![1]));
        }
    }
}
