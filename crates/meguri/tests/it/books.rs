//! Documents as workbooks: every value of a sheet stands in its worksheet, figures as numbers; what
//! formulas say is what another program computes; a text is never a formula.

mod command;
mod returned;

use crate::paper::{invented, library, samples, shown, squashed, values_of, wanted};
use calamine::{Data, Reader, Xlsx};
use meguri_app::read::quantity::Quantity;
use meguri_app::read::values::{self, Value};
use meguri_app::read::{Entry, Library};
use meguri_app::report::{BookKind, workbook};
use meguri_core::figure::{Figure, Meaning};
use meguri_core::money::PrintedAmount;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A workbook as calamine has it: the cells of each sheet, and the formulas.
pub(crate) struct Opened {
    pub(crate) sheets: Vec<(String, Cells)>,
    pub(crate) formulas: BTreeMap<(String, u32, u32), String>,
}

type Cells = BTreeMap<(u32, u32), Data>;

pub(crate) fn open(bytes: &[u8]) -> Opened {
    let mut xlsx = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = xlsx.sheet_names();
    let mut opened = Opened {
        sheets: Vec::new(),
        formulas: BTreeMap::new(),
    };
    for name in names {
        let range = xlsx.worksheet_range(&name).expect("a sheet");
        let (top, left) = range.start().unwrap_or_default();
        let used = range.used_cells();
        let cells = used.map(|(row, column, cell)| {
            let row = top + u32::try_from(row).expect("a row");
            let column = left + u32::try_from(column).expect("a column");
            ((row, column), cell.clone())
        });
        opened.sheets.push((name.clone(), cells.collect()));
        let range = xlsx.worksheet_formula(&name).expect("a sheet");
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, formula) in range.used_cells() {
            let row = top + u32::try_from(row).expect("a row");
            let column = left + u32::try_from(column).expect("a column");
            opened
                .formulas
                .insert((name.clone(), row, column), formula.clone());
        }
    }
    opened
}

/// All texts and numbers of a workbook.
pub(crate) fn words(bytes: &[u8]) -> String {
    let opened = open(bytes);
    let cells = opened.sheets.iter().flat_map(|(_, cells)| cells.values());
    let cells: Vec<String> = cells.map(ToString::to_string).collect();
    let names = opened.sheets.iter().map(|(name, _)| name.clone());
    names.chain(cells).collect::<Vec<_>>().join("\n")
}

fn book(library: &Library, entry: &Entry, sheets: Vec<usize>, kind: BookKind) -> Vec<u8> {
    workbook(library, &wanted(entry, sheets), kind).expect("a workbook")
}

/// A number as spreadsheets show it.
fn decimal(number: f64) -> Decimal {
    let digits = format!("{number:.12e}");
    Decimal::from_scientific(&digits)
        .expect("a number")
        .normalize()
}

/// The number that a printed value is, as a cell has it: shares of one for percent.
fn number_of(shown: &str) -> Option<Decimal> {
    let Some(Meaning::Number(number)) = Figure::parse(shown).map(|figure| figure.meaning) else {
        return PrintedAmount::parse(shown).map(|amount| amount.number.normalize());
    };
    let is_percent = shown.ends_with(['%', '％']);
    let number = if is_percent {
        number / Decimal::ONE_HUNDRED
    } else {
        number
    };
    Some(number.normalize())
}

/// What the worksheets of a document lack of the values of a sheet, figures as often as they stand.
fn lacking(cells: &[&Cells], values: &[Value]) -> Vec<String> {
    let mut numbers: BTreeMap<Decimal, usize> = BTreeMap::new();
    let mut texts = Vec::new();
    for cell in cells.iter().flat_map(|cells| cells.values()) {
        match cell {
            Data::Float(number) => *numbers.entry(decimal(*number)).or_default() += 1,
            Data::String(text) => texts.push(squashed(text)),
            other => panic!("{other:?}"),
        }
    }
    let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
    for value in values {
        *wanted.entry(shown(value)).or_default() += 1;
    }
    let mut lacking = Vec::new();
    for (shown, count) in wanted {
        let in_texts: usize = texts.iter().map(|text| text.matches(&*shown).count()).sum();
        let number = number_of(&shown);
        let in_numbers = number
            .and_then(|number| numbers.get(&number))
            .copied()
            .unwrap_or(0);
        // A long text stands once for all of its kind; a figure as often as it is printed.
        let is_figure = shown.chars().any(|c| c.is_ascii_digit()) && shown.chars().count() < 16;
        let least = if is_figure { count } else { 1 };
        if in_texts + in_numbers < least {
            let of = values.iter().filter(|value| self::shown(value) == shown);
            let labels: Vec<&str> = of.map(|value| value.label.as_str()).collect();
            lacking.push(format!(
                "{shown}（{count}回のうち{in_texts}＋{in_numbers}回）{labels:?}"
            ));
        }
    }
    lacking
}

fn assert_complete(name: &str, library: &Library, least_formulas: usize) {
    let (mut numbers, mut formulas) = (0, 0);
    for entry in library.entries() {
        for (number, sheet) in (1..).zip(entry.document.sheets()) {
            let bytes = book(library, entry, vec![number], BookKind::Form);
            let opened = open(&bytes);
            let cells: Vec<&Cells> = opened
                .sheets
                .iter()
                .skip(1)
                .map(|(_, cells)| cells)
                .collect();
            assert_eq!(cells.len(), 1, "one worksheet");
            let values = values_of(entry, sheet, &[]);
            assert!(!values.is_empty());
            let lacking = lacking(&cells, &values);
            assert!(
                lacking.is_empty(),
                "{name} {} {number}: {lacking:#?}",
                entry.document.family
            );
            numbers += cells[0]
                .values()
                .filter(|cell| matches!(cell, Data::Float(_)))
                .count();
            formulas += opened.formulas.len();
        }
    }
    assert!(
        numbers > 50 && formulas >= least_formulas,
        "{name}: {numbers} numbers, {formulas} formulas"
    );
}

#[test]
fn every_value_of_the_samples_stands_in_its_worksheet() {
    assert_complete("sample", &samples(), 10);
}

fn invented_library() -> Library {
    let mut documents = Vec::new();
    for (seed, family) in (1..).zip(["evaluation", "midterm", "strategy", "programs", "reform"]) {
        let mut document = invented(seed);
        document.family = family.to_owned();
        document.plan.key = family.to_owned();
        document.name = format!("{family}.txt");
        documents.push(document);
    }
    library(documents)
}

#[test]
fn every_value_of_any_field_stands_in_its_worksheet() {
    // Their printed totals are no sums, and their rates no quotients.
    assert_complete("invented", &invented_library(), 0);
}

/// The rows of a table as texts under their heads.
fn rows(opened: &Opened, name: &str) -> Vec<BTreeMap<String, String>> {
    let (_, cells) = opened
        .sheets
        .iter()
        .find(|(sheet, _)| sheet == name)
        .expect("a table");
    let head = |column: u32| cells.get(&(0, column)).map(ToString::to_string);
    let mut rows: BTreeMap<u32, BTreeMap<String, String>> = BTreeMap::new();
    for ((row, column), cell) in cells.iter().filter(|((row, _), _)| *row > 0) {
        let head = head(*column).unwrap_or_else(|| panic!("{name}: column {column} has no head"));
        let text = match cell {
            Data::Float(number) => decimal(*number).to_string(),
            cell => cell.to_string(),
        };
        rows.entry(*row).or_default().insert(head, text);
    }
    let numbers: Vec<u32> = rows.keys().copied().collect();
    let all: Vec<u32> = (1..).take(numbers.len()).collect();
    assert_eq!(numbers, all, "{name} has an empty row");
    rows.into_values().collect()
}

/// The table of all values is the list of values of the pages, row by row.
#[test]
fn the_tables_say_what_the_pages_say() {
    for library in [samples(), invented_library()] {
        for entry in library.entries() {
            let opened = open(&book(&library, entry, Vec::new(), BookKind::Data));
            assert!(opened.formulas.is_empty());
            let found = rows(&opened, "すべての値");
            let mut want = Vec::new();
            for (number, sheet) in (1..).zip(entry.document.sheets()) {
                for (_, value) in values::of_sheet(entry, sheet).iter() {
                    let (yen, figure) = match value.quantity {
                        Some(Quantity::Yen(yen)) => (yen.to_string(), String::new()),
                        Some(Quantity::Number(n)) => (String::new(), n.normalize().to_string()),
                        None => (String::new(), String::new()),
                    };
                    want.push([
                        number.to_string(),
                        value.id.clone(),
                        value.text.clone(),
                        figure,
                        yen,
                    ]);
                }
            }
            let cell = |row: &BTreeMap<String, String>, head: &str| {
                row.get(head).cloned().unwrap_or_default()
            };
            let found: Vec<[String; 5]> = found
                .iter()
                .map(|row| {
                    ["シート番号", "値の番号", "表記", "数値", "金額（円）"]
                        .map(|head| cell(row, head))
                })
                .collect();
            for (found, want) in found.iter().zip(&want) {
                assert_eq!(found, want, "{}", entry.document.name);
            }
            assert_eq!(found.len(), want.len());
            projects(entry, &rows(&opened, "事業"));
            let about = rows(&opened, "説明");
            for (name, cells) in opened.sheets.iter().skip(1) {
                let heads = cells.iter().filter(|((row, _), _)| *row == 0);
                for (_, head) in heads {
                    let is_told = about
                        .iter()
                        .any(|row| row["表"] == *name && row["列"] == head.to_string());
                    assert!(is_told, "{name} {head} is not explained");
                }
            }
        }
    }
}

/// The money of the table of projects comes to that of the rows of the document.
fn projects(entry: &Entry, rows: &[BTreeMap<String, String>]) {
    let listings = entry.document.sheets().flat_map(|sheet| &sheet.listings);
    let costs = listings.flat_map(|row| &row.costs);
    let costs: Vec<i128> = costs.map(|cost| i128::from(cost.money.value.yen)).collect();
    let (count, sum) = (costs.len(), costs.iter().sum::<i128>());
    let cells: Vec<i128> = rows
        .iter()
        .filter_map(|row| row.get("事業費（円）")?.parse().ok())
        .collect();
    assert_eq!((cells.len(), cells.iter().sum::<i128>()), (count, sum));
    for row in rows.iter().filter_map(|row| row.get("コード")) {
        let known = |listing: &meguri_core::plan::Listing| {
            listing.code.as_ref().is_some_and(|code| code.value == *row)
        };
        assert!(
            entry.document.sheets().flat_map(|s| &s.listings).any(known),
            "{row}"
        );
    }
}

#[test]
fn the_same_document_makes_the_same_bytes_and_no_text_is_a_formula() {
    let mut document = invented(7);
    document.family = "evaluation".to_owned();
    let hostile = [
        "=1+1",
        "+SUM(A1)",
        "-2+3",
        "@SUM(A1)",
        "=cmd|'/c calc'!A0",
        "\u{0}\u{b}\u{fffe}",
        "_x0041_<&>\"'",
    ];
    for (place, text) in hostile.iter().enumerate() {
        let count = document.sheets.len();
        let sheet = &mut document.sheets[place % count];
        (*text).clone_into(&mut sheet.label);
        for row in sheet.listings.iter_mut().skip(place / count) {
            if let Some(name) = &mut row.name {
                (*text).clone_into(&mut name.value);
            }
        }
    }
    let library = library(vec![document]);
    let entry = library.entries().first().expect("a document");
    for kind in [BookKind::Form, BookKind::Data] {
        let bytes = book(&library, entry, Vec::new(), kind);
        assert!(bytes == book(&library, entry, Vec::new(), kind), "{kind:?}");
        let opened = open(&bytes);
        let allowed = |formula: &String| {
            ["SUM(", "COUNTIF(", "ROUND("]
                .iter()
                .any(|head| formula.starts_with(head))
        };
        assert!(
            opened.formulas.values().all(allowed),
            "{:?}",
            opened.formulas
        );
        let all = words(&bytes);
        for text in ["=cmd|'/c calc'!A0", "@SUM(A1)"] {
            assert!(all.contains(text), "{text}");
        }
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // What an earlier run left is of no use.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Settings with which LibreOffice computes every formula of a workbook when it opens it.
const COMPUTES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"#;

/// Workbooks as LibreOffice computes and saves them; `None` where it is not there.
fn computed(folder: &Path, names: &[String]) -> Option<()> {
    let profile = folder.join("profile/user");
    std::fs::create_dir_all(&profile).expect("a folder");
    std::fs::write(profile.join("registrymodifications.xcu"), COMPUTES).expect("settings");
    let home = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    let mut command = Command::new("soffice");
    command.args([&home, "--headless", "--convert-to", "xlsx", "--outdir"]);
    command
        .arg(folder.join("out"))
        .args(names.iter().map(|name| folder.join(name)));
    match command.output() {
        Ok(output) => {
            assert!(
                output.status.success(),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
            Some(())
        }
        Err(error) => {
            assert!(
                std::env::var_os("MEGURI_BROWSER").is_none(),
                "soffice: {error}"
            );
            println!("SKIPPED: LibreOffice is not installed");
            None
        }
    }
}

/// A formula whose stored result is wrong shows that LibreOffice computes at all.
fn lie() -> Vec<u8> {
    use meguri_workbook::book::{Numeral, Sheet, Style, Value};
    let mut sheet = Sheet::new("a");
    let value = |formula: &str| Value::Formula {
        formula: formula.to_owned(),
        result: 5.into(),
        numeral: Numeral::Plain,
    };
    sheet.put(0, 0, value("1+1"), Style::default());
    let book = meguri_workbook::Book {
        sheets: vec![sheet],
        ..meguri_workbook::Book::default()
    };
    meguri_workbook::bytes(&book).expect("a workbook")
}

#[test]
fn libreoffice_computes_what_we_say() {
    let folder = folder("computed");
    let mut originals = vec![("lie.xlsx".to_owned(), lie())];
    for (kind, library) in [("sample", samples()), ("invented", invented_library())] {
        for entry in library.entries() {
            let name = format!("{kind}-{}.xlsx", entry.document.family);
            originals.push((name, book(&library, entry, Vec::new(), BookKind::Form)));
        }
    }
    for (name, bytes) in &originals {
        std::fs::write(folder.join(name), bytes).expect("it is written");
    }
    let names: Vec<String> = originals.iter().map(|(name, _)| name.clone()).collect();
    let Some(()) = computed(&folder, &names) else {
        return;
    };
    let mut formulas = 0;
    for (name, bytes) in &originals {
        let saved = std::fs::read(folder.join("out").join(name)).expect("it was saved");
        let (before, after) = (open(bytes), open(&saved));
        let sheet = |opened: &Opened, name: &str| -> Cells {
            let found = opened.sheets.iter().find(|(own, _)| own == name);
            found.map(|(_, cells)| cells.clone()).unwrap_or_default()
        };
        if name == "lie.xlsx" {
            assert_eq!(
                sheet(&after, "a").get(&(0, 0)),
                Some(&Data::Float(2.0)),
                "it computes"
            );
            continue;
        }
        assert_eq!(before.sheets.len(), after.sheets.len(), "{name}");
        for (own, cells) in &before.sheets {
            let computed = sheet(&after, own);
            for (place, cell) in cells {
                let now = computed.get(place);
                let same = match (cell, now) {
                    (Data::Float(one), Some(Data::Float(two))) => decimal(*one) == decimal(*two),
                    (Data::String(one), Some(Data::String(two))) => {
                        one.trim_end() == two.trim_end()
                    }
                    _ => false,
                };
                assert!(same, "{name} {own} {place:?}: {cell:?} {now:?}");
            }
        }
        assert_eq!(before.formulas.len(), after.formulas.len(), "{name}");
        formulas += before.formulas.len();
    }
    assert!(formulas > 20, "{formulas}");
}
