//! The entry workbook through the pages: taken, filled, sent back; who may, what collides, and that
//! nothing is ever half-taken.

use crate::staff::work::{Desk, form};
use axum::http::StatusCode;
use meguri_core::access::{Grant, Role};
use meguri_core::form::Slot;
use meguri_workbook::book::{Numeral, Place, Sheet, Style, Value, address};
use meguri_workbook::entry::{Returned, returned};
use meguri_workbook::{Book, Content, Found, FoundBook, Limits, bytes, read};
use std::collections::BTreeMap;

/// A workbook that somebody has in hands.
struct InHand {
    found: FoundBook,
    /// The cell of each answer.
    cells: BTreeMap<(i64, String), (usize, u32, u16)>,
}

impl InHand {
    fn new(file: &[u8]) -> Self {
        let found = read(file, &Limits::USUAL).expect("a workbook");
        let ours: Returned = returned(&found).expect("ours");
        let mut by_name = BTreeMap::new();
        for (at, sheet) in found.sheets.iter().enumerate() {
            for row in 0..500 {
                for column in 0..30 {
                    let place = format!("「{}」{}", sheet.name, address(row, column));
                    by_name.insert(place, (at, row, column));
                }
            }
        }
        let mut cells = BTreeMap::new();
        for sheet in &ours.sheets {
            assert!(sheet.unusable.is_empty(), "{:?}", sheet.unusable);
            for answer in &sheet.answers {
                let cell = by_name.get(&answer.place).copied().expect("a cell");
                cells.insert((sheet.id, answer.slot.to_string()), cell);
            }
        }
        Self { found, cells }
    }

    /// The slots of a sheet of a kind.
    fn slots(&self, sheet: i64, is: impl Fn(&Slot) -> bool) -> Vec<String> {
        let all = self.cells.keys().filter(|(of, _)| *of == sheet);
        all.filter(|(_, slot)| Slot::parse(slot).is_some_and(|slot| is(&slot)))
            .map(|(_, slot)| slot.clone())
            .collect()
    }

    fn put(&mut self, sheet: i64, slot: &str, content: Content) {
        let key = (sheet, slot.to_owned());
        let (at, row, column) = *self.cells.get(&key).unwrap_or_else(|| panic!("no {slot}"));
        let cell = Found {
            content,
            is_formula: false,
        };
        self.found.sheets[at].cells.insert((row, column), cell);
    }

    fn stamp(&mut self, row: u32, text: &str) {
        let stamp = self.found.sheets.iter_mut().find(|sheet| sheet.hidden);
        let cell = Found {
            content: Content::Text(text.to_owned()),
            is_formula: false,
        };
        stamp.expect("the stamp").cells.insert((row, 1), cell);
    }

    fn file(&self) -> Vec<u8> {
        let mut made = Book::default();
        for sheet in &self.found.sheets {
            let mut own = Sheet::new(sheet.name.clone());
            own.hidden = sheet.hidden;
            for ((row, column), cell) in &sheet.cells {
                let value = match &cell.content {
                    Content::Text(text) => Value::Text(text.clone()),
                    Content::Number(number) => Value::Number(*number, Numeral::Plain),
                    other => panic!("{other:?}"),
                };
                own.put(*row, *column, value, Style::default());
            }
            made.sheets.push(own);
        }
        for (name, (sheet, row, column)) in &self.found.names {
            let sheet = self.found.sheets.iter().position(|own| own.name == *sheet);
            made.names.push((
                name.clone(),
                Place {
                    sheet: sheet.expect("a sheet"),
                    row: *row,
                    column: *column,
                },
            ));
        }
        bytes(&made).expect("a file")
    }
}

fn text(text: &str) -> Content {
    Content::Text(text.to_owned())
}

fn is_text(slot: &Slot) -> bool {
    matches!(slot, Slot::Text { .. })
}

/// How many answers are kept as drafts on all sheets of the cycle.
fn drafts(desk: &Desk) -> usize {
    let (city, cycle) = (&desk.office.city, desk.cycle.parse().expect("an id"));
    desk.office.runtime.block_on(async {
        let sheets = city.cycle_sheets(cycle).await.expect("sheets");
        let mut count = 0;
        for (sheet, _) in sheets {
            let work = city
                .work_on(cycle, sheet)
                .await
                .expect("asked")
                .expect("there");
            count += work.drafts.len() + work.others.len();
        }
        count
    })
}

fn page(desk: &Desk) -> String {
    format!("/cycles/{}/workbook", desk.cycle)
}

fn taken_out(desk: &Desk, token: &str) -> InHand {
    let mut browser = desk.office.browser_with(token);
    let (status, file) = browser.fetch(&format!("{}.xlsx", page(desk)));
    assert_eq!(status, StatusCode::OK);
    InHand::new(&file)
}

#[test]
fn a_section_fills_its_workbook_and_it_becomes_its_draft() {
    let desk = Desk::open("book-story");
    let writer = desk.person("writer", Role::Entry);
    let mut browser = desk.office.browser_with(&writer);
    let shown = browser.get(&page(&desk));
    assert_eq!(shown.status(), StatusCode::OK, "{}", shown.body);
    assert!(
        shown.body.contains("入力用ブックを取り出す"),
        "{}",
        shown.body
    );
    let mut book = taken_out(&desk, &writer);
    let sheet: i64 = desk.sheet.parse().expect("an id");
    // As it was taken out it says nothing.
    let same = browser.send_file(&page(&desk), &book.file(), &[]);
    assert_eq!(same.status(), StatusCode::OK, "{}", same.body);
    assert!(
        same.body.contains("変わった欄はありません"),
        "{}",
        same.body
    );
    assert_eq!(drafts(&desk), 0);
    let texts = book.slots(sheet, is_text);
    let actuals = book.slots(sheet, |slot| matches!(slot, Slot::Actual { .. }));
    let costs = book.slots(sheet, |slot| matches!(slot, Slot::Cost { .. }));
    book.put(sheet, &texts[0], text("ブックで書いた成果。\n次の段落。"));
    book.put(sheet, &actuals[0], text("１，２３４"));
    book.put(sheet, &costs[0], Content::Number(500.into()));
    let taken = browser.send_file(&page(&desk), &book.file(), &[]);
    assert_eq!(taken.status(), StatusCode::OK, "{}", taken.body);
    assert!(
        taken.body.contains("3か所を、下書きとして取り込みました"),
        "{}",
        taken.body
    );
    assert_eq!(drafts(&desk), 3);
    let form = browser.get(&desk.address()).body;
    assert!(form.contains("ブックで書いた成果。"), "{form}");
    // Sent once more it is the person's own, and no conflict.
    let again = browser.send_file(&page(&desk), &book.file(), &[]);
    assert!(
        again.body.contains("変わった欄はありません"),
        "{}",
        again.body
    );
    book.put(sheet, &texts[0], text("書き直した成果。"));
    let again = browser.send_file(&page(&desk), &book.file(), &[]);
    assert!(
        again.body.contains("1か所を、下書きとして"),
        "{}",
        again.body
    );
    // A workbook that is taken out now holds the drafts.
    let later = taken_out(&desk, &writer);
    let (at, row, column) = later.cells[&(sheet, texts[0].clone())];
    assert_eq!(
        later.found.sheets[at].cells[&(row, column)].content,
        text("書き直した成果。")
    );
    desk.office.close();
}

#[test]
fn faults_are_told_all_at_once_and_nothing_is_taken() {
    let desk = Desk::open("book-faults");
    let writer = desk.person("writer", Role::Entry);
    let mut browser = desk.office.browser_with(&writer);
    let mut book = taken_out(&desk, &writer);
    let sheet: i64 = desk.sheet.parse().expect("an id");
    let texts = book.slots(sheet, is_text);
    let actuals = book.slots(sheet, |slot| matches!(slot, Slot::Actual { .. }));
    let costs = book.slots(sheet, |slot| matches!(slot, Slot::Cost { .. }));
    let steps = book.slots(sheet, |slot| matches!(slot, Slot::NextStep { .. }));
    book.put(sheet, &texts[0], text("これだけは正しい。"));
    book.put(sheet, &actuals[0], text("12abc3"));
    book.put(sheet, &costs[0], text("たくさん"));
    book.put(sheet, &steps[0], text("どこにもない動向"));
    let answer = browser.send_file(&page(&desk), &book.file(), &[]);
    assert_eq!(
        answer.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.body
    );
    for words in [
        "数値として読めません",
        "金額として読めません",
        "取り込めない欄が3か所",
    ] {
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    }
    for slot in [&actuals[0], &costs[0], &steps[0]] {
        let (at, row, column) = book.cells[&(sheet, slot.clone())];
        let place = format!("「{}」{}", book.found.sheets[at].name, address(row, column));
        assert!(answer.body.contains(&place), "{place}: {}", answer.body);
    }
    assert_eq!(drafts(&desk), 0);
    // Something else than our workbook, or one for something else.
    for (file, words) in [
        (b"PK".to_vec(), "壊れています"),
        (b"a,b\r\n".to_vec(), "Excelのブック（.xlsx）ではありません"),
        (Vec::new(), "ファイルを選んでください"),
    ] {
        let answer = browser.send_file(&page(&desk), &file, &[]);
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    }
    for (row, value, words) in [
        (1, "011002", "ほかの団体のブック"),
        (2, "99", "ほかの照会のブック"),
        (3, "other", "ほかの計画のブック"),
        (4, "0/9", "計画の設定が変わりました"),
        (5, "2001", "ほかの年度のブックです（ブックは平成13年度"),
    ] {
        let mut other = taken_out(&desk, &writer);
        other.put(sheet, &texts[0], text("取り込まれてはならない。"));
        other.stamp(row, value);
        let answer = browser.send_file(&page(&desk), &other.file(), &[]);
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    }
    assert_eq!(drafts(&desk), 0);
    desk.office.close();
}

#[test]
fn what_others_changed_is_shown_with_both_texts_and_the_rest_is_taken_after_a_yes() {
    let desk = Desk::open("book-collide");
    let (one, other) = (
        desk.person("one", Role::Entry),
        desk.person("other", Role::Entry),
    );
    let mut book = taken_out(&desk, &one);
    let sheet: i64 = desk.sheet.parse().expect("an id");
    let texts = book.slots(sheet, is_text);
    let costs = book.slots(sheet, |slot| matches!(slot, Slot::Cost { .. }));
    book.put(sheet, &texts[0], text("ブックの文"));
    book.put(sheet, &costs[0], Content::Number(77.into()));
    let save = format!("{}/autosave", desk.address());
    let was = format!("was.{}", texts[0]);
    let typed = form(&[(texts[0].as_str(), "画面の文"), (was.as_str(), "")]);
    let mut page_of_other = desk.office.browser_with(&other);
    assert_eq!(page_of_other.post(&save, &typed).status(), StatusCode::OK);
    let before = drafts(&desk);
    let mut browser = desk.office.browser_with(&one);
    let told = browser.send_file(&page(&desk), &book.file(), &[]);
    assert_eq!(told.status(), StatusCode::CONFLICT, "{}", told.body);
    for words in ["画面の文", "ブックの文", "other", "何も取り込んでいません"] {
        assert!(told.body.contains(words), "{words}: {}", told.body);
    }
    assert_eq!(drafts(&desk), before, "nothing is half-taken");
    let taken = browser.send_file(&page(&desk), &book.file(), &[("rest", "yes")]);
    assert_eq!(taken.status(), StatusCode::OK, "{}", taken.body);
    assert!(
        taken.body.contains("1か所を、下書きとして"),
        "{}",
        taken.body
    );
    let shown = browser.get(&desk.address()).body;
    assert!(
        shown.contains("画面の文") && shown.contains("ブックの文"),
        "{shown}"
    );
    desk.office.close();
}

#[test]
fn a_workbook_is_taken_only_from_who_may_write_its_sheets_and_while_they_may() {
    let desk = Desk::open("book-rights");
    let writer = desk.person("writer", Role::Entry);
    let mut book = taken_out(&desk, &writer);
    let sheet: i64 = desk.sheet.parse().expect("an id");
    let texts = book.slots(sheet, is_text);
    book.put(sheet, &texts[0], text("書いてはならない人の文"));
    let elsewhere = Grant::new(Role::Entry).in_section("どこにもない課");
    let stranger = desk.office.person("stranger", vec![elsewhere]);
    let reader = desk.office.person("reader", vec![Grant::new(Role::Reader)]);
    let mut browser = desk.office.browser_with(&stranger);
    let answer = browser.send_file(&page(&desk), &book.file(), &[]);
    assert_eq!(
        answer.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.body
    );
    assert!(
        answer.body.contains("何も取り込んでいません"),
        "{}",
        answer.body
    );
    let (status, _) = browser.fetch(&format!("{}.xlsx", page(&desk)));
    assert_eq!(status, StatusCode::NOT_FOUND, "there is no sheet for them");
    let mut browser = desk.office.browser_with(&reader);
    let answer = browser.send_file(&page(&desk), &book.file(), &[]);
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let (status, _) = browser.fetch(&format!("{}.xlsx", page(&desk)));
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(drafts(&desk), 0);
    // Once the sheet is closed, its own writer may not either.
    let mut planning = desk.office.browser_with(&desk.planning);
    let closed = planning.post(
        &format!("/cycles/{}/close", desk.cycle),
        &form(&[("sheet", desk.sheet.as_str())]),
    );
    assert_eq!(closed.status(), StatusCode::SEE_OTHER, "{}", closed.body);
    let mut browser = desk.office.browser_with(&writer);
    let answer = browser.send_file(&page(&desk), &book.file(), &[]);
    assert_eq!(
        answer.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.body
    );
    assert_eq!(drafts(&desk), 0);
    desk.office.close();
}
