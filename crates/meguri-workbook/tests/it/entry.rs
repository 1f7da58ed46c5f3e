//! Entry workbooks: made, changed as people and programs change them, and read back.

mod places;

use crate::office::form;
use meguri_workbook::book::{Kind, Place, Sheet, Style, Value, address};
use meguri_workbook::entry::{Answered, Returned, book, returned};
use meguri_workbook::{Book, Content, Found, FoundBook, Limits, bytes, read};
use places::Want;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

fn file(sheets: usize) -> Vec<u8> {
    bytes(&book(&form(sheets))).expect("a file")
}

fn found(file: &[u8]) -> FoundBook {
    read(file, &Limits::USUAL).expect("it is read")
}

/// The found workbook as a file again, by way of the writer: what was changed in it is changed in a
/// real file.
fn again(found: &FoundBook) -> FoundBook {
    let mut made = Book::default();
    for sheet in &found.sheets {
        let mut own = Sheet::new(sheet.name.clone());
        own.hidden = sheet.hidden;
        for ((row, column), cell) in &sheet.cells {
            let value = match &cell.content {
                Content::Text(text) => Value::Text(text.clone()),
                Content::Number(number) if cell.is_formula => Value::Formula {
                    formula: format!("{number}+0"),
                    result: *number,
                    numeral: meguri_workbook::book::Numeral::Plain,
                },
                Content::Number(number) => {
                    Value::Number(*number, meguri_workbook::book::Numeral::Plain)
                }
                Content::Percent(number) => {
                    Value::Number(*number, meguri_workbook::book::Numeral::Percent(1))
                }
                _ => panic!("no such cell is made here"),
            };
            own.put(*row, *column, value, Style::default());
        }
        made.sheets.push(own);
    }
    let place = |name: &str| found.sheets.iter().position(|sheet| sheet.name == name);
    for (name, (sheet, row, column)) in &found.names {
        if let Some(sheet) = place(sheet) {
            made.names.push((
                name.clone(),
                Place {
                    sheet,
                    row: *row,
                    column: *column,
                },
            ));
        }
    }
    self::found(&bytes(&made).expect("a file"))
}

fn answers(found: &FoundBook) -> Returned {
    returned(found).expect("ours")
}

/// All answers of a workbook by sheet and slot.
fn by_slot(returned: &Returned) -> BTreeMap<(i64, String), Answered> {
    let sheets = returned.sheets.iter();
    sheets
        .flat_map(|sheet| {
            let answers = sheet.answers.iter();
            answers.map(|answer| ((sheet.id, answer.slot.to_string()), answer.clone()))
        })
        .collect()
}

fn faults(returned: &Returned) -> Vec<String> {
    let sheets = returned.sheets.iter().flat_map(|sheet| &sheet.unusable);
    sheets
        .map(|lost| format!("{} {} {}", lost.place, lost.label, lost.why))
        .collect()
}

/// The cell of an answer.
fn place_of(found: &FoundBook, slot: &str) -> (usize, u32, u16) {
    let answers = by_slot(&answers(found));
    let answer = answers
        .get(&(10, slot.to_owned()))
        .unwrap_or_else(|| panic!("no {slot}"));
    let (name, cell) = answer
        .place
        .trim_start_matches('「')
        .split_once('」')
        .expect("a place");
    let sheet = found
        .sheets
        .iter()
        .position(|sheet| sheet.name == name)
        .expect("a sheet");
    for row in 0..300 {
        for column in 0..40 {
            if address(row, column) == cell {
                return (sheet, row, column);
            }
        }
    }
    panic!("{cell}");
}

fn put(found: &mut FoundBook, slot: &str, content: Content) {
    put_as(found, slot, content, false);
}

fn put_as(found: &mut FoundBook, slot: &str, content: Content, is_formula: bool) {
    let (sheet, row, column) = place_of(found, slot);
    let cell = Found {
        content,
        is_formula,
    };
    found.sheets[sheet].cells.insert((row, column), cell);
}

fn text(text: &str) -> Content {
    Content::Text(text.to_owned())
}

fn number(text: &str) -> Content {
    Content::Number(text.parse().expect("a number"))
}

/// A workbook that somebody filled.
fn filled() -> FoundBook {
    static FILLED: OnceLock<FoundBook> = OnceLock::new();
    FILLED.get_or_init(fill).clone()
}

fn fill() -> FoundBook {
    let mut found = found(&file(3));
    for (slot, content) in [
        ("text.done", text("取り組んだ。\n次の年も続ける。")),
        ("grade.grade", text("B")),
        ("indicator.0.actual.2023", number("1234.5")),
        ("indicator.1.actual.2023", text("４以上")),
        ("project.0.cost.2023", number("1300")),
        ("project.1.cost.2023", text("▲500")),
        ("project.2.step.work", text("廃止")),
        ("project.4.name", text("新しい事業")),
        ("project.4.cost.2023", number("7")),
        ("project.3.removed", text("削除")),
    ] {
        put(&mut found, slot, content);
    }
    again(&found)
}

#[test]
fn an_unchanged_workbook_says_what_stood_there() {
    let file = file(3);
    assert!(file == self::file(3), "the same form, another file");
    let returned = answers(&found(&file));
    assert_eq!(faults(&returned), [""; 0]);
    assert_eq!(returned.stamp, form(3).stamp);
    let all = by_slot(&returned);
    assert!(all.len() > 100, "{}", all.len());
    for ((sheet, slot), answer) in &all {
        assert_eq!(answer.typed, answer.was, "{sheet} {slot}");
    }
    // What is another's to write is no answer.
    assert!(!all.contains_key(&(10, "text.aim".to_owned())));
    // A wording of the form stands in the workbook.
    let words: Vec<String> = found(&file)
        .sheets
        .iter()
        .flat_map(|sheet| sheet.cells.values())
        .filter_map(|cell| match &cell.content {
            Content::Text(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    for wanted in [
        "400字以内。改行すると段落が分かれます。",
        "前年度からの変化が分かるように書きます。",
        "次から選びます：A：Aの意味／B：Bの意味／C：Cの意味",
    ] {
        assert!(words.iter().any(|text| text.contains(wanted)), "{wanted}");
    }
}

#[test]
fn what_is_filled_comes_back_as_it_would_be_typed() {
    let returned = answers(&filled());
    assert_eq!(faults(&returned), [""; 0]);
    let changed: BTreeMap<String, String> = by_slot(&returned)
        .into_iter()
        .filter(|(_, answer)| answer.typed != answer.was)
        .map(|((sheet, slot), answer)| (format!("{sheet} {slot}"), answer.typed))
        .collect();
    let want = [
        ("10 grade.grade", "B"),
        ("10 indicator.0.actual.2023", "1,234.5"),
        ("10 indicator.1.actual.2023", "４以上"),
        ("10 project.0.cost.2023", "1,300"),
        ("10 project.1.cost.2023", "▲500"),
        ("10 project.2.step.work", "廃止"),
        ("10 project.3.removed", "削除"),
        ("10 project.4.cost.2023", "7"),
        ("10 project.4.name", "新しい事業"),
        ("10 text.done", "取り組んだ。\n次の年も続ける。"),
    ];
    let changed: Vec<(&str, &str)> = changed
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    assert_eq!(changed, want);
}

/// Each change of places has its verdict; no answer ever lands in another place.
#[test]
fn changed_places_are_found_again_or_told_and_no_answer_changes_its_place() {
    let truth = by_slot(&answers(&filled()));
    let mutations = places::all();
    assert!(mutations.len() > 65, "{}", mutations.len());
    let mut wrong = Vec::new();
    for (name, changed, want) in mutations {
        let came = returned(&again(&changed));
        let back = match (came, &want) {
            (Ok(back), _) => back,
            (Err(why), Want::NotOurs(is)) if is(&why) => continue,
            (Err(why), _) => {
                wrong.push(format!("{name}: {why:?}"));
                continue;
            }
        };
        let told = faults(&back);
        let (found, mut lacking) = (by_slot(&back), 0);
        for (slot, answer) in &truth {
            match found.get(slot) {
                Some(other) if other.typed != answer.typed => {
                    wrong.push(format!(
                        "{name}: {slot:?} {} for {}",
                        other.typed, answer.typed
                    ));
                }
                Some(_) => {}
                None => lacking += 1,
            }
        }
        let is_right = match want {
            Want::Same => told.is_empty() && lacking == 0,
            Want::Told(words) => lacking > 0 && told.iter().any(|told| told.contains(words)),
            Want::NotOurs(_) => false,
        };
        if !is_right {
            wrong.push(format!("{name}: {lacking} lacking, {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is typed in a cell, and what comes of it.
#[test]
fn contents_are_read_as_people_mean_them_or_told_with_their_cell() {
    let cost = "project.0.cost.2023";
    let actual = "indicator.0.actual.2023";
    let done = "text.done";
    let grade = "grade.grade";
    let is = |slot: &'static str, content: Content, want: &'static str| (slot, content, Ok(want));
    let no = |slot: &'static str, content: Content, want: &'static str| (slot, content, Err(want));
    let percent = |text: &str| Content::Percent(text.parse().expect("a number"));
    let cases = [
        is(cost, number("1300"), "1,300"),
        is(cost, number("-500"), "-500"),
        is(cost, text("１，３００"), "１，３００"),
        is(cost, text("△1,300"), "△1,300"),
        is(cost, text("－"), "－"),
        is(cost, number("0"), "0"),
        is(cost, text(""), ""),
        no(cost, percent("0.5"), "％の値が入っています"),
        no(cost, Content::Date, "日付として入力されています"),
        no(cost, Content::Truth(true), "TRUE・FALSE"),
        no(cost, Content::Error("#REF!".to_owned()), "#REF!"),
        is(actual, number("1234567.25"), "1,234,567.25"),
        is(actual, percent("0.754"), "75.4%"),
        is(actual, percent("1.2"), "120%"),
        is(actual, text("75.4%"), "75.4%"),
        is(actual, text("前年度比減"), "前年度比減"),
        no(actual, Content::Date, "日付として入力されています"),
        no(actual, Content::Error("#DIV/0!".to_owned()), "#DIV/0!"),
        is(done, number("2023"), "2023"),
        is(done, text("=SUM(A1:A3)"), "=SUM(A1:A3)"),
        is(done, percent("0.5"), "50%"),
        no(done, Content::Date, "日付として入力されています"),
        is(grade, text("Ｂ"), "Ｂ"),
        is(grade, number("3"), "3"),
        no(grade, Content::Truth(false), "TRUE・FALSE"),
    ];
    for (slot, content, want) in cases {
        for is_formula in [false, true] {
            let mut changed = found(&file(2));
            put_as(&mut changed, slot, content.clone(), is_formula);
            let (sheet, row, column) = place_of(&found(&file(2)), slot);
            let cell = format!("「{}」{}", changed.sheets[sheet].name, address(row, column));
            let back = answers(&changed);
            match want {
                Ok(want) => {
                    assert_eq!(faults(&back), [""; 0]);
                    let all = by_slot(&back);
                    let answer = &all[&(10, slot.to_owned())];
                    assert_eq!((answer.typed.as_str(), &answer.place), (want, &cell));
                    assert_eq!(answer.is_formula, is_formula);
                }
                Err(words) => {
                    let told = faults(&back);
                    assert_eq!(told.len(), 1, "{told:?}");
                    assert!(
                        told[0].contains(words) && told[0].contains(&cell),
                        "{told:?}"
                    );
                }
            }
        }
    }
}

/// LibreOffice opens the workbook, and what it saves is the same.
#[test]
fn saved_by_libreoffice_it_says_the_same() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("entry-saved");
    std::fs::create_dir_all(folder.join("out")).expect("a folder");
    let original = filled_file();
    std::fs::write(folder.join("filled.xlsx"), &original).expect("it is written");
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(folder.join("out"))
        .arg(folder.join("filled.xlsx"))
        .output();
    let output = match output {
        Ok(output) => output,
        Err(error) => {
            assert!(
                std::env::var_os("MEGURI_BROWSER").is_none(),
                "soffice: {error}"
            );
            println!("SKIPPED: LibreOffice is not installed");
            return;
        }
    };
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let saved = std::fs::read(folder.join("out/filled.xlsx")).expect("it was saved");
    let (before, after) = (answers(&found(&original)), answers(&found(&saved)));
    assert_eq!(faults(&after), [""; 0]);
    let said = |returned: &Returned| -> Vec<(i64, String, String)> {
        let all = by_slot(returned).into_iter();
        all.map(|((sheet, slot), answer)| (sheet, slot, answer.typed))
            .collect()
    };
    assert_eq!(said(&before), said(&after));
    assert!(
        by_slot(&after)
            .values()
            .any(|answer| answer.typed != answer.was)
    );
}

/// The workbook of the writer, with some answers in it.
fn filled_file() -> Vec<u8> {
    let mut made = book(&form(2));
    let found = found(&bytes(&made).expect("a file"));
    for (slot, value) in [
        (
            "text.done",
            Value::Text("取り組んだ。\n次の年も続ける。".to_owned()),
        ),
        (
            "project.0.cost.2023",
            Value::Number(1_300.into(), meguri_workbook::book::Numeral::Commas(0)),
        ),
        ("grade.grade", Value::Text("C".to_owned())),
    ] {
        let (sheet, row, column) = place_of(&found, slot);
        let cells = &mut made.sheets[sheet].cells;
        let cell = cells
            .iter_mut()
            .find(|cell| (cell.row, cell.column) == (row, column));
        cell.expect("the cell").value = value;
    }
    let kinds = made.sheets.iter().flat_map(|sheet| &sheet.cells);
    assert!(kinds.filter(|cell| cell.style.kind == Kind::Entry).count() > 50);
    bytes(&made).expect("a file")
}
