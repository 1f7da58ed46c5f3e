//! What a returned workbook says: each answer as it would be typed on the page, or why it cannot be
//! taken, with its cell. All of it at once.

use super::anchors::{Finder, Lost, Where};
use super::stamp::{AnswerKind, AnswerMark, FORMAT, Marks, RowMark, SheetMark, Stamp};
use crate::book::address;
use crate::read::{Content, FoundBook};
use meguri_core::figure::Figure;
use meguri_core::form::{Slot, clean_lines};
use meguri_core::money::{PrintedAmount, with_commas};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use thiserror::Error;

/// A workbook that is no entry workbook of ours.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotOurs {
    /// Some other workbook.
    #[error(
        "めぐりの入力用ブックではありません。\n対応：照会の画面から取り出した入力用ブックに記入して送ってください。"
    )]
    Other,
    /// The sheet that says what it is for is gone.
    #[error(
        "入力用ブックの管理用シートがありません。\n対応：入力用ブックを取り直し、記入した内容を写してください。シートだけを別のブックに写さないでください。"
    )]
    NoStamp,
    /// A layout that this program does not make any more.
    #[error(
        "入力用ブックの形式が違います（{0}）。\n対応：入力用ブックを取り直し、記入した内容を写してください。"
    )]
    Format(String),
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// What it is for.
    pub stamp: Stamp,
    /// Its sheets.
    pub sheets: Vec<ReturnedSheet>,
}

/// A sheet that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnedSheet {
    /// Its id.
    pub id: i64,
    /// The version on which the answers rest.
    pub version: i64,
    /// How it is called.
    pub label: String,
    /// The answers.
    pub answers: Vec<Answered>,
    /// What cannot be taken.
    pub unusable: Vec<Unusable>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Where it belongs.
    pub slot: Slot,
    /// Its cell, for a person: `「1 施策」H12`.
    pub place: String,
    /// What stands beside it.
    pub row: String,
    /// As typed.
    pub typed: String,
    /// What stood there when the workbook was made.
    pub was: String,
    /// Was it computed by a formula of the person?
    pub is_formula: bool,
}

/// Something that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// Its cell or sheet, for a person.
    pub place: String,
    /// What is asked there.
    pub label: String,
    /// Why, and what to do, without a full stop.
    pub why: String,
    /// Is it the place that is lost, and not the content that is wrong?
    pub is_place: bool,
}

/// What a found workbook says.
///
/// # Errors
/// Where it is no entry workbook.
pub fn returned(book: &FoundBook) -> Result<Returned, NotOurs> {
    let marks = book.sheets.iter().find_map(Marks::of);
    let Some(marks) = marks else {
        let cells = book
            .sheets
            .iter()
            .filter_map(|sheet| sheet.cells.get(&(0, 0)));
        let ours = |content: &Content| matches!(content, Content::Text(text) if text.starts_with("meguri:"));
        let has_sheet = cells.map(|found| &found.content).any(ours);
        return Err(if has_sheet {
            NotOurs::NoStamp
        } else {
            NotOurs::Other
        });
    };
    if marks.format != FORMAT {
        return Err(NotOurs::Format(marks.format.chars().take(20).collect()));
    }
    let reading = Reading {
        book,
        marks: &marks,
        finder: Finder::new(book, &marks.rows),
    };
    let sheets = marks.sheets.iter().map(|sheet| reading.sheet(sheet));
    Ok(Returned {
        sheets: sheets.collect(),
        stamp: marks.stamp.clone(),
    })
}

struct Reading<'a> {
    book: &'a FoundBook,
    marks: &'a Marks,
    finder: Finder<'a>,
}

impl Reading<'_> {
    fn sheet(&self, mark: &SheetMark) -> ReturnedSheet {
        let mut sheet = ReturnedSheet {
            id: mark.id,
            version: mark.version,
            label: mark.label.clone(),
            answers: Vec::new(),
            unusable: Vec::new(),
        };
        match self.finder.worksheet(mark) {
            Ok(worksheet) => self.answers(mark, worksheet, &mut sheet),
            Err(lost) => sheet.unusable.push(Unusable {
                place: format!("「{}」", mark.worksheet),
                label: mark.label.clone(),
                why: of_sheet(lost).to_owned(),
                is_place: true,
            }),
        }
        sheet
    }

    fn answers(&self, mark: &SheetMark, worksheet: usize, sheet: &mut ReturnedSheet) {
        let found = self.book.sheets.get(worksheet);
        let name = found.map_or("", |found| found.name.as_str());
        let of_sheet = |sheet: i64| sheet == mark.id;
        let rows: BTreeMap<&str, (&RowMark, Where<u32>)> = self
            .marks
            .rows
            .iter()
            .filter(|row| of_sheet(row.sheet))
            .map(|row| (row.key.as_str(), (row, self.finder.row(worksheet, row))))
            .collect();
        for (row, lost) in rows.values().filter_map(|(row, at)| Some((row, at.err()?))) {
            sheet.unusable.push(Unusable {
                place: format!("「{name}」{}行目", u64::from(row.row) + 1),
                label: first_line(&row.witness),
                why: lost.of_row().to_owned(),
                is_place: true,
            });
        }
        let mut columns: BTreeMap<(usize, &str), Where<u16>> = BTreeMap::new();
        for column in self.marks.columns.iter().filter(|c| of_sheet(c.sheet)) {
            let at = self.finder.column(worksheet, column);
            if at.is_err() {
                sheet.unusable.push(Unusable {
                    place: format!("「{name}」"),
                    label: column.head.clone(),
                    why: "この列が見つかりません。列を削除したり、列の見出しを移したりせず、入力用ブックを取り直してください".to_owned(),
                    is_place: true,
                });
            }
            columns.insert((column.table, column.key.as_str()), at);
        }
        for answer in self.marks.answers.iter().filter(|a| of_sheet(a.sheet)) {
            let key = super::layout::row_key(mark.id, &answer.row);
            let row = rows
                .get(key.as_str())
                .and_then(|(row, at)| Some((row, at.ok()?)));
            let column = columns.get(&(answer.table, answer.column.as_str()));
            if let (Some((row, at)), Some(Ok(column))) = (row, column) {
                self.answer((worksheet, at, *column), row, answer, sheet);
            }
        }
    }

    fn answer(
        &self,
        (worksheet, row, column): (usize, u32, u16),
        of_row: &RowMark,
        answer: &AnswerMark,
        sheet: &mut ReturnedSheet,
    ) {
        let Some(found) = self.book.sheets.get(worksheet) else {
            return;
        };
        let place = format!("「{}」{}", found.name, address(row, column));
        let cell = found.cells.get(&(row, column));
        let label = first_line(&of_row.witness);
        match (
            Slot::parse(&answer.slot),
            typed(cell.map(|c| &c.content), answer),
        ) {
            (Some(slot), Ok(typed)) => sheet.answers.push(Answered {
                slot,
                place,
                row: label,
                typed,
                was: answer.was.clone(),
                is_formula: cell.is_some_and(|cell| cell.is_formula),
            }),
            (_, Err(why)) => sheet.unusable.push(Unusable {
                place,
                label,
                why,
                is_place: false,
            }),
            (None, _) => {}
        }
    }
}

fn first_line(witness: &str) -> String {
    witness.lines().next().unwrap_or_default().to_owned()
}

const fn of_sheet(lost: Lost) -> &'static str {
    match lost {
        Lost::Gone => "このシートがありません。シートを削除せず、入力用ブックを取り直してください",
        Lost::Twice => "同じシートが二つあります。写したシートを削除してください",
        Lost::Mixed => {
            "シートの見出しが変わっています。入力用ブックを取り直し、記入した内容を写してください"
        }
    }
}

/// The content of a cell as it would be typed on the page; where it says the same as before, what
/// stood there before.
fn typed(content: Option<&Content>, answer: &AnswerMark) -> Result<String, String> {
    let number = |number: Decimal, end: &str| {
        if says(&answer.was, number) {
            return answer.was.clone();
        }
        match answer.kind {
            AnswerKind::Figure | AnswerKind::Money => format!("{}{end}", with_commas(number)),
            AnswerKind::Text | AnswerKind::Choice => format!("{number}{end}"),
        }
    };
    match content {
        None => Ok(String::new()),
        Some(Content::Text(text)) => Ok(text_of(text, answer)),
        Some(Content::Number(n)) => Ok(number(*n, "")),
        Some(Content::Percent(_)) if answer.kind == AnswerKind::Money => {
            Err("金額の欄に、％の値が入っています。金額を入力してください".to_owned())
        }
        Some(Content::Percent(n)) => {
            let hundredfold = n.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(*n);
            Ok(number(hundredfold.normalize(), "%"))
        }
        Some(Content::Date) => Err(
            "日付として入力されています。セルの書式を「文字列」か「標準」にしてから、入力し直してください".to_owned(),
        ),
        Some(Content::Truth(_)) => {
            Err("TRUE・FALSE が入っています。文字か数値を入力してください".to_owned())
        }
        Some(Content::Error(error)) => Err(format!(
            "数式の結果がありません（{error}）。数式ではなく、値を入力してください"
        )),
    }
}

/// A text that says the same as before but for blanks and line ends is what stood there before.
fn text_of(text: &str, answer: &AnswerMark) -> String {
    let same = clean_lines(text) == clean_lines(&answer.was);
    if same {
        answer.was.clone()
    } else {
        text.to_owned()
    }
}

/// Does what stood there before say this number?
fn says(was: &str, number: Decimal) -> bool {
    let amount = PrintedAmount::parse(was).filter(|amount| amount.unit.is_none());
    let figure = Figure::parse(was).and_then(|figure| match figure.meaning {
        meguri_core::figure::Meaning::Number(number) => Some(number),
        _ => None,
    });
    figure == Some(number) || amount.is_some_and(|amount| amount.number == number)
}
