//! How an entry workbook looks: one sheet for each sheet of the cycle, with last year's answers
//! beside the fields, and the stamp sheet.

use super::looks::{
    REQUIRED, answer_style, answer_value, asked, body, head, headed, height, kind_of,
};
use super::stamp::{AnswerKind, AnswerMark, ColumnMark, Marks, RowMark, SheetMark};
use super::{Form, FormSheet};
use crate::book::{Area, Book, Kind, List, Names, Place, Sheet, Style, Value};
use meguri_core::form::{Answer, Block, Body, IndicatorRow, ProjectRow, Question, Slot};
use meguri_core::scheme::Required;

/// The hidden column of keys.
pub(super) const KEY: u16 = 0;
/// What is asked, or the name of a row.
pub(super) const LABEL: u16 = 1;
/// How it is answered, or what is known of a row.
pub(super) const ABOUT: u16 = 2;
/// The first column of tables.
const FIRST: u16 = 3;
/// Last year's text takes the columns up to this.
const LAST_ENDS: u16 = 6;
/// The columns of a text.
const TEXT: (u16, u16) = (7, 12);
/// The word that takes a row away.
const REMOVE: &str = "削除";

/// The workbook of a form.
#[must_use]
pub fn book(form: &Form) -> Book {
    let mut names = Names::default();
    let mut made = Made {
        marks: Marks {
            stamp: form.stamp.clone(),
            ..Marks::default()
        },
        sheets: vec![first(form, &mut names)],
        names: Vec::new(),
    };
    for (number, sheet) in (1..).zip(&form.sheets) {
        let name = names.name(&format!("{number} {}", sheet.label));
        made.sheet(sheet, name);
    }
    names.name(super::stamp::NAME);
    let stamp = made.marks.sheet();
    made.sheets.push(stamp);
    Book {
        title: form.title.clone(),
        author: form.city.clone(),
        moment: form.moment,
        sheets: made.sheets,
        names: made.names,
    }
}

/// The sheet that is read first.
fn first(form: &Form, names: &mut Names) -> Sheet {
    let mut sheet = Sheet::new(names.name("はじめに"));
    sheet.widths = vec![(0, 24), (1, 80)];
    sheet.protected = true;
    sheet.text(0, 0, form.title.as_str(), Kind::Title);
    sheet.merged.push(Area {
        top: 0,
        left: 0,
        bottom: 0,
        right: 1,
    });
    let mut row = 2;
    for (head, words) in [
        ("団体", form.city.as_str()),
        ("作成日時", form.stamp.made.as_str()),
    ] {
        sheet.text(row, 0, head, Kind::Head);
        sheet.text(row, 1, words, Kind::Body);
        row += 1;
    }
    row += 1;
    for (number, note) in (1..).zip(&form.notes) {
        sheet.text(row, 0, format!("{number}"), Kind::Head);
        sheet.text(row, 1, note.as_str(), Kind::Body);
        sheet.heights.push((row, height(note, 40, 1)));
        row += 1;
    }
    row += 1;
    sheet.text(row, 0, "シート", Kind::Band);
    sheet.text(row, 1, "名称", Kind::Band);
    for (number, of) in (1_u32..).zip(&form.sheets) {
        sheet.text(row + number, 0, format!("{number}"), Kind::Head);
        sheet.text(row + number, 1, of.label.as_str(), Kind::Body);
    }
    sheet
}

/// A workbook that is being made.
struct Made {
    marks: Marks,
    sheets: Vec<Sheet>,
    names: Vec<(String, Place)>,
}

/// A worksheet that is being made.
struct Page {
    id: i64,
    /// Which sheet of the book it is.
    place: usize,
    sheet: Sheet,
    row: u32,
    tables: usize,
}

/// One column of a table of rows.
struct Column {
    /// The end of the slot's key.
    key: String,
    head: String,
    has_last: bool,
    /// Where last year's value stands.
    last: u16,
    /// Where the answer stands.
    at: u16,
}

/// One row of a table.
struct Row<'a> {
    key: String,
    label: String,
    about: String,
    questions: &'a [Question],
    can_go: bool,
}

impl Made {
    fn sheet(&mut self, of: &FormSheet, name: String) {
        let mut page = Page {
            id: of.id,
            place: self.sheets.len(),
            sheet: Sheet::new(name.clone()),
            row: 3,
            tables: 0,
        };
        let sheet = &mut page.sheet;
        sheet.protected = true;
        sheet.landscape = true;
        sheet.hidden_columns = vec![KEY];
        sheet.widths = vec![(LABEL, 28), (ABOUT, 30)];
        sheet
            .widths
            .extend((FIRST..=TEXT.1).map(|column| (column, 13)));
        sheet.frozen = Some((3, ABOUT));
        sheet.text(0, KEY, sheet_key(of.id), Kind::Note);
        sheet.text(0, LABEL, of.label.as_str(), Kind::Title);
        let note = "色の付いた欄に記入します。ほかの欄は変更できません。";
        sheet.text(1, LABEL, note, Kind::Note);
        let defined = format!("meguri_{}", of.id);
        let place = page.place;
        self.name(defined.clone(), place, 0);
        self.marks.sheets.push(SheetMark {
            id: of.id,
            version: of.version,
            worksheet: name,
            name: defined,
            label: of.label.clone(),
        });
        for (block, writable) in &of.blocks {
            self.block(&mut page, block, *writable);
        }
        self.sheets.push(page.sheet);
    }

    fn name(&mut self, name: String, sheet: usize, row: u32) {
        let place = Place {
            sheet,
            row,
            column: KEY,
        };
        self.names.push((name, place));
    }

    fn block(&mut self, page: &mut Page, block: &Block, writable: bool) {
        page.band(block);
        match &block.body {
            Body::Questions(questions) => self.questions(page, questions, writable),
            Body::Indicators(rows) => {
                let rows: Vec<Row<'_>> = rows.iter().map(of_indicator).collect();
                self.table(page, &rows, ("指標", writable));
            }
            Body::Projects(rows) => {
                let rows: Vec<Row<'_>> = rows.iter().map(|row| of_project(row, writable)).collect();
                self.table(page, &rows, ("事業", writable));
            }
            Body::Shown(lines) => {
                page.sheet
                    .text(page.row, LABEL, lines.join("、"), Kind::Body);
                page.row += 1;
            }
        }
        page.row += 1;
    }

    /// Texts and choices: one question a row.
    fn questions(&mut self, page: &mut Page, questions: &[Question], writable: bool) {
        let table = page.table(&[("欄", LABEL), ("書き方", ABOUT)]);
        let row = page.row;
        page.wide(row, (FIRST, LAST_ENDS), Value::words("前年度"), head());
        page.wide(row, TEXT, Value::words("記入する欄"), head());
        self.key_column(page, table, ("value", TEXT.0), "記入する欄");
        page.row += 1;
        for question in questions {
            let row = page.row;
            let label = asked(question);
            let about = question.answer.support();
            self.row(page, &question.slot.to_string(), (&label, &about));
            let last = question.last.clone().unwrap_or_default();
            let style = body(Kind::Body, None);
            page.wide(row, (FIRST, LAST_ENDS), Value::words(last.as_str()), style);
            let style = answer_style(&question.answer, writable);
            page.wide(row, TEXT, answer_value(question), style);
            let is_long = matches!(question.answer, Answer::Lines { .. });
            let least = if is_long && writable { 5 } else { 1 };
            let high = height(&last, 24, least).max(height(&question.value, 36, least));
            page.sheet
                .heights
                .push((row, high.max(height(&about, 14, 1))));
            if writable {
                self.answer(
                    page,
                    question,
                    (question.slot.to_string(), table, "value".to_owned()),
                );
                page.choose(row, TEXT.0, &question.answer);
            }
            page.row += 1;
        }
    }

    /// Indicators or projects: one a row, with a column for each thing that is asked.
    fn table(&mut self, page: &mut Page, rows: &[Row<'_>], (head_word, writable): (&str, bool)) {
        let table = page.table(&[(head_word, LABEL), ("内容", ABOUT)]);
        let columns = columns(rows);
        let row = page.row;
        for column in &columns {
            if column.has_last {
                page.sheet
                    .put(row, column.last, Value::words("前年度"), head());
            }
            page.sheet
                .put(row, column.at, Value::words(column.head.as_str()), head());
            self.key_column(page, table, (&column.key, column.at), &column.head);
        }
        page.sheet.heights.push((row, 48));
        page.row += 1;
        for of in rows {
            let row = page.row;
            self.row(page, &of.key, (&of.label, &of.about));
            let mut high = height(&of.label, 13, 1).max(height(&of.about, 14, 1));
            for column in &columns {
                let key = format!("{}.{}", of.key, column.key);
                let question = of.questions.iter().find(|q| q.slot.to_string() == key);
                if let Some(question) = question {
                    let last = question.last.clone().unwrap_or_default();
                    if column.has_last {
                        page.sheet.put(
                            row,
                            column.last,
                            Value::words(last),
                            body(Kind::Body, None),
                        );
                    }
                    let style = answer_style(&question.answer, writable);
                    page.sheet
                        .put(row, column.at, answer_value(question), style);
                    high = high.max(height(&question.value, 6, 1));
                    if writable {
                        let place = (of.key.clone(), table, column.key.clone());
                        self.answer(page, question, place);
                        page.choose(row, column.at, &question.answer);
                    }
                } else if column.key == REMOVED && of.can_go {
                    self.removal(page, &of.key, (table, column.at));
                }
            }
            page.sheet.heights.push((row, high));
            page.row += 1;
        }
    }

    /// The field in which a row is taken away.
    fn removal(&mut self, page: &mut Page, key: &str, (table, column): (usize, u16)) {
        let answer = Answer::Choice(vec![meguri_core::form::Choice {
            value: REMOVE.to_owned(),
            meaning: String::new(),
        }]);
        page.sheet
            .put(page.row, column, Value::Blank, answer_style(&answer, true));
        page.choose(page.row, column, &answer);
        self.marks.answers.push(AnswerMark {
            sheet: page.id,
            slot: format!("{key}.{REMOVED}"),
            row: key.to_owned(),
            table,
            column: REMOVED.to_owned(),
            kind: AnswerKind::Choice,
            was: String::new(),
        });
    }

    /// Puts the head of a row with its three anchors.
    fn row(&mut self, page: &mut Page, key: &str, (label, about): (&str, &str)) {
        let row = page.row;
        let full = row_key(page.id, key);
        page.sheet.text(row, KEY, full.as_str(), Kind::Note);
        page.sheet.text(row, LABEL, label, Kind::Head);
        page.sheet.text(row, ABOUT, about, Kind::Body);
        let name = format!("meguri_{}_{}", page.id, self.marks.rows.len());
        self.name(name.clone(), page.place, row);
        self.marks.rows.push(RowMark {
            sheet: page.id,
            key: full,
            row,
            name,
            witness: super::anchors::witness(label, about),
        });
    }

    /// Puts the key of a column into the hidden row above the heads.
    fn key_column(
        &mut self,
        page: &mut Page,
        table: usize,
        (key, column): (&str, u16),
        head: &str,
    ) {
        page.sheet.text(page.row - 1, column, key, Kind::Note);
        self.marks.columns.push(ColumnMark {
            sheet: page.id,
            table,
            key: key.to_owned(),
            column,
            head: head.to_owned(),
        });
    }

    fn answer(
        &mut self,
        page: &Page,
        question: &Question,
        (row, table, column): (String, usize, String),
    ) {
        self.marks.answers.push(AnswerMark {
            sheet: page.id,
            slot: question.slot.to_string(),
            row,
            table,
            column,
            kind: kind_of(&question.answer),
            was: question.value.clone(),
        });
    }
}

/// The end of the key of [`Slot::Removed`].
const REMOVED: &str = "removed";

impl Page {
    fn band(&mut self, block: &Block) {
        let row = self.row;
        let phase = block.phase.label();
        let mut words = if phase.is_empty() {
            block.label.clone()
        } else {
            format!("{phase}　{}", block.label)
        };
        if matches!(block.required, Required::Always) {
            words.push_str(REQUIRED);
        }
        if !block.public {
            words.push_str("（庁内のみ。公表しません）");
        }
        if let Some(help) = block.help.as_deref().filter(|help| !help.is_empty()) {
            words.push('\n');
            words.push_str(help);
        }
        let area = Area {
            top: row,
            left: LABEL,
            bottom: row,
            right: TEXT.1,
        };
        self.sheet.heights.push((row, height(&words, 90, 1)));
        self.sheet.text(row, LABEL, words, Kind::Band);
        self.sheet.merged.push(area);
        self.row += 1;
    }

    /// Begins a table: the hidden row of keys, and the row of heads, which is the current one then.
    fn table(&mut self, heads: &[(&str, u16)]) -> usize {
        let number = self.tables;
        self.tables += 1;
        self.sheet
            .text(self.row, KEY, table_key(self.id, number), Kind::Note);
        self.sheet.hidden_rows.push(self.row);
        self.row += 1;
        for (word, column) in heads {
            self.sheet
                .put(self.row, *column, Value::words(*word), head());
        }
        number
    }

    /// A value over several columns.
    fn wide(&mut self, row: u32, (left, right): (u16, u16), value: Value, style: Style) {
        self.sheet.put(row, left, value, style);
        self.sheet.merged.push(Area {
            top: row,
            left,
            bottom: row,
            right,
        });
    }

    fn choose(&mut self, row: u32, column: u16, answer: &Answer) {
        if let Answer::Choice(choices) = answer {
            self.sheet.lists.push(List {
                area: Area::cell(row, column),
                values: choices.iter().map(|choice| choice.value.clone()).collect(),
            });
        }
    }
}

pub(super) fn sheet_key(id: i64) -> String {
    format!("meguri:{id}")
}

pub(super) fn row_key(sheet: i64, key: &str) -> String {
    format!("{sheet}/{key}")
}

pub(super) fn table_key(sheet: i64, table: usize) -> String {
    format!("{sheet}#{table}")
}

fn of_indicator(row: &IndicatorRow) -> Row<'_> {
    let mut about: Vec<String> = Vec::new();
    about.extend(row.unit.as_ref().map(|unit| format!("単位 {unit}")));
    about.extend(row.baseline.as_ref().map(|value| format!("基準値 {value}")));
    let actual = |question: &&Question| matches!(question.slot, Slot::Actual { .. });
    if let Some(Slot::Actual { year, .. }) = row.questions.iter().find(actual).map(|q| &q.slot) {
        let of_year = row.years.iter().find(|known| known.year == *year);
        let target = of_year.and_then(|known| known.target.as_ref());
        about.extend(target.map(|target| format!("目標（{year}） {target}")));
    }
    Row {
        key: format!("indicator.{}", row.item),
        label: row.label.clone(),
        about: about.join("／"),
        questions: &row.questions,
        can_go: false,
    }
}

fn of_project(row: &ProjectRow, writable: bool) -> Row<'_> {
    let is_new = row
        .questions
        .iter()
        .any(|q| matches!(q.slot, Slot::Name { .. }));
    Row {
        key: format!("project.{}", row.item),
        label: if is_new {
            format!("追加する事業（{}行目）", row.item + 1)
        } else {
            row.label.clone()
        },
        about: row.about.join("／"),
        questions: &row.questions,
        can_go: writable && !is_new,
    }
}

/// The columns of a table: what new rows are asked comes first, since that begins with their names.
fn columns(rows: &[Row<'_>]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for row in rows.iter().rev() {
        for question in row.questions {
            let slot = question.slot.to_string();
            let key = slot.strip_prefix(&format!("{}.", row.key)).unwrap_or(&slot);
            let head = question.label.strip_prefix(&format!("{}の", row.label));
            let has_last = question.last.is_some();
            if let Some(known) = columns.iter_mut().find(|column| column.key == key) {
                known.has_last |= has_last;
                continue;
            }
            columns.push(Column {
                key: key.to_owned(),
                head: headed(head.unwrap_or(&question.label), &question.answer),
                has_last,
                last: 0,
                at: 0,
            });
        }
    }
    if rows.iter().any(|row| row.can_go) {
        columns.push(Column {
            key: REMOVED.to_owned(),
            head: format!("一覧から外すときは「{REMOVE}」"),
            has_last: false,
            last: 0,
            at: 0,
        });
    }
    let mut next = FIRST;
    for column in &mut columns {
        column.last = next;
        column.at = next + u16::from(column.has_last);
        next = column.at + 1;
    }
    columns
}
