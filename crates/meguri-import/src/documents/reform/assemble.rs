//! Items out of rows: chapters that go on, sub-items under their item, pages that come twice.

use super::columns;
use super::grades::Grades;
use super::head::{self, Role};
use super::notes;
use super::printed::{ReformItem, ReformReading};
use super::rows::{Key, Row, Table};
use crate::printed::{Cell, Unresolved};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::source::Settled;
use meguri_core::text::is_japanese;
use open::{Open, OpenCells, OpenKey};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

mod fill;
mod finish;
mod open;

/// A row of so many characters is never alike another by chance.
const LONG_ROW: usize = 40;
/// Shorter items are torn: two of them say nothing of a page that comes twice.
const SHORTEST_ITEM: usize = 12;

/// Puts a document together, line by line.
#[derive(Default)]
pub(super) struct Assembly {
    reading: ReformReading,
    open: Option<Open>,
    chapter: Option<Cell<String>>,
    last_no: Option<u32>,
    /// The year whose plan the head of the table names.
    year: Option<FiscalYear>,
    /// The numbers do not rise: a gap between two of them says nothing.
    unordered: bool,
    /// The chapter's heading may stand on a missing page, and the items of which this is true.
    doubt: bool,
    doubted: Vec<usize>,
    after_break: bool,
    after_blank: bool,
    after_head: bool,
    /// Rows that were read, by their text, to know a page that comes twice.
    seen: HashSet<u64>,
    /// The rows of a page that comes twice are being left out.
    skipping: bool,
    /// What the notes say of items listed again: number → the other number and the note's line.
    notes: HashMap<u32, (u32, u32)>,
    /// A sub-item of the last item prints its content.
    content_above: bool,
    /// The last item's row is torn: sub-items below it are not those of the item before.
    orphaned: bool,
    grades: Grades,
    /// The columns behind the item, where the head names others than the usual ones.
    roles: Option<Vec<Role>>,
}

impl Assembly {
    /// Nothing read yet of a paper with these grades.
    pub(super) fn of(grades: Grades) -> Self {
        Self {
            grades,
            ..Self::default()
        }
    }

    /// A page starts with the next line.
    pub(super) const fn page_break(&mut self) {
        self.after_break = true;
        self.skipping = false;
        self.after_blank = true;
    }

    /// Takes the next line.
    pub(super) fn line(&mut self, number: u32, text: &str) {
        if text.trim().is_empty() {
            self.after_blank = true;
            return;
        }
        if head::is_head(text) {
            self.close();
            self.page_break();
            self.after_head = true;
            self.year = reported_year(text).or(self.year);
            self.roles = head::other_order(text);
        } else if let Some(row) = Row::parse(text, self.table()) {
            self.close();
            self.open(number, text, &row);
        } else if Row::is_torn(text, &self.grades) {
            self.close();
            self.report_torn(number, text);
        } else {
            self.loose(number, text);
        }
        self.after_blank = false;
    }

    fn table(&self) -> Table<'_> {
        Table {
            grades: &self.grades,
            roles: self.roles.as_deref(),
        }
    }

    /// A row whose number and name are lost: its cells are named, and belong to no other row.
    fn report_torn(&mut self, line: u32, text: &str) {
        let cells = text.split('\t').map(str::trim);
        let cells = cells.filter(|cell| !cell.is_empty());
        let candidates = cells.map(str::to_owned).collect();
        let why = "番号と名称が本文にないため、どの項目の行か分かりません。";
        self.report(line, None, "text", candidates, why);
        self.orphaned |= !Row::is_torn_sub(text);
    }

    /// Starts a row, unless it stands on a page that comes twice.
    fn open(&mut self, line: u32, text: &str, row: &Row<'_>) {
        let after_break = std::mem::take(&mut self.after_break) || self.reading.items.is_empty();
        self.after_head = false;
        if self.comes_again(text.trim(), row, after_break) {
            return;
        }
        self.open = Some(Open {
            line,
            cells: OpenCells::new(line, row),
            after_break,
        });
    }

    /// Was the very same row read before? Short sub-items may be alike by chance: one that goes on
    /// with its group is none.
    fn comes_again(&mut self, text: &str, row: &Row<'_>, after_break: bool) -> bool {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let again = !self.seen.insert(hasher.finish());
        let length = text.chars().take(LONG_ROW).count();
        match row.key {
            Key::Item { .. } => {
                self.skipping = again && length >= SHORTEST_ITEM;
                self.skipping
            }
            Key::Sub { no } => {
                let follows = self.follows(no) && !(after_break && length == LONG_ROW);
                self.skipping |= again && !follows;
                again && self.skipping
            }
        }
    }

    /// Does a sub-item go on with the last item's group?
    fn follows(&self, no: u32) -> bool {
        self.last_sub()
            .map_or(no == 1, |last| no.checked_sub(1) == Some(last))
    }

    fn last_sub(&self) -> Option<u32> {
        let subs = self.reading.items.last()?.sub.as_ref()?;
        subs.last()?.no.as_ref().map(|no| *no.value())
    }

    /// A line that starts no row: a note, the furniture of a page, or more of the row before it.
    fn loose(&mut self, number: u32, text: &str) {
        if let Some((again, from)) = notes::repost_note(text) {
            self.notes.insert(again, (from, number));
            return;
        }
        if notes::is_title_or_legend(text) || notes::is_page_number(text) || self.after_head {
            return;
        }
        match &mut self.open {
            Some(open) if !self.after_blank && !self.after_break => open.cells.go_on(number, text),
            Some(_) => self.report_loose(number, text),
            None if self.reading.items.is_empty() || self.skipping => {}
            None => self.report_loose(number, text),
        }
    }

    fn report_loose(&mut self, number: u32, text: &str) {
        if !text.chars().any(is_japanese) {
            return;
        }
        self.reading.unresolved.push(Unresolved {
            place: self.place(None),
            field: "text".to_owned(),
            candidates: vec![text.trim().to_owned()],
            why: "表の行に続かない文です。どの項目のものか原文で確認してください。".to_owned(),
            line: number,
        });
    }

    /// `item 30 sub 1`, by the last item that was read.
    fn place(&self, sub: Option<u32>) -> String {
        let item = match self.last_no {
            Some(no) => format!("item {no}"),
            None => "item ?".to_owned(),
        };
        sub.map_or(item.clone(), |sub| format!("{item} sub {sub}"))
    }

    /// Completes the open row.
    fn close(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        match open.cells.key {
            OpenKey::Item { .. } => self.close_item(open),
            OpenKey::Sub { no } => self.close_sub(open, no),
        }
    }

    fn close_item(&mut self, open: Open) {
        let OpenKey::Item { no, name } = open.cells.key else {
            return;
        };
        let line = open.line;
        self.take_chapter(open.cells.chapter.as_deref(), no, line, open.after_break);
        self.last_no = no;
        self.orphaned = false;
        self.content_above = false;
        let mut item = ReformItem {
            no: no.map(|no| Cell::printed(no, line)),
            name: name.map(|name| Cell::printed(name, line)),
            chapter: self.inherited_chapter(line),
            sub: Some(Vec::new()),
            ..ReformItem::default()
        };
        if no.is_none() {
            self.report(
                line,
                None,
                "no",
                Vec::new(),
                "項目の番号が本文にありません。",
            );
        }
        if item.name.is_none() {
            let why = "項目の名称が本文にありません。";
            self.report(line, None, "name", Vec::new(), why);
        }
        let grade = (open.cells.grade, open.cells.odd_grade);
        self.fill(&mut item, line, open.cells.sections, grade, None);
        let roles = open.cells.roles.as_deref();
        self.texts(&mut item, line, (&open.cells.texts, roles), None);
        self.reading.items.push(item);
    }

    fn close_sub(&mut self, open: Open, no: u32) {
        let line = open.line;
        let orphaned = std::mem::take(&mut self.orphaned);
        let lost = orphaned || (open.after_break && !self.follows(no));
        if self.reading.items.is_empty() || lost {
            self.lost_item(line);
        }
        if let Some(chapter) = open.cells.chapter.as_deref() {
            self.chapter = Some(Cell::printed(close_spaces(chapter), line));
            self.doubt = false;
        }
        let mut sub = ReformItem {
            no: Some(Cell::printed(no, line)),
            chapter: self.inherited_chapter(line),
            ..ReformItem::default()
        };
        let grade = (open.cells.grade, open.cells.odd_grade);
        self.fill(&mut sub, line, open.cells.sections, grade, Some(no));
        let roles = open.cells.roles.as_deref();
        self.texts(&mut sub, line, (&open.cells.texts, roles), Some(no));
        // A content that is lost may be the merged cell of the sub-items below it.
        self.content_above |= sub.content.as_ref().is_none_or(|c| !c.is_empty());
        if let Some(item) = self.reading.items.last_mut() {
            item.sub.get_or_insert_default().push(sub);
        }
    }

    /// Sub-items at the head of a page whose item stood on a page that is missing.
    fn lost_item(&mut self, line: u32) {
        self.last_no = None;
        self.doubt = false;
        self.content_above = false;
        self.chapter = None;
        self.reading.items.push(ReformItem {
            sub: Some(Vec::new()),
            ..ReformItem::default()
        });
        let why = "小項目の親の項目が本文にありません（前のページが欠けている可能性があります）。";
        self.report(line, None, "name", Vec::new(), why);
    }

    /// A new chapter, or doubt about the old one where pages may be missing before the item.
    fn take_chapter(&mut self, chapter: Option<&str>, no: Option<u32>, line: u32, at_break: bool) {
        let (gap, back) = match (self.last_no, no) {
            (Some(last), Some(no)) => (no > last.saturating_add(1), no <= last),
            _ => (false, false),
        };
        self.unordered |= back;
        if let Some(chapter) = chapter {
            self.chapter = Some(Cell::printed(close_spaces(chapter), line));
            self.doubt = false;
        } else if gap && at_break {
            self.doubt = true;
        }
        if self.doubt {
            self.doubted.push(self.reading.items.len());
        }
    }

    /// The chapter of a row: printed in the row itself, or merged down from a row above.
    fn inherited_chapter(&self, line: u32) -> Option<Cell<String>> {
        let mut chapter = self.chapter.clone()?;
        if chapter.line() != line {
            chapter.0.settled = Settled::Layout;
        }
        Some(chapter)
    }

    fn report(
        &mut self,
        line: u32,
        sub: Option<u32>,
        field: &str,
        candidates: Vec<String>,
        why: &str,
    ) {
        let place = self.place(sub);
        self.reading.unresolved.push(Unresolved {
            place,
            field: field.to_owned(),
            candidates,
            why: why.to_owned(),
            line,
        });
    }
}

/// `令和2年度当初予定`: the year of the plan's column.
fn reported_year(head: &str) -> Option<FiscalYear> {
    head.split('\t')
        .find(|cell| cell.contains("予定") || cell.contains("計画"))
        .and_then(columns::latest_year)
}

/// A heading that stands upright in a narrow cell is printed with spaces: they are layout.
fn close_spaces(heading: &str) -> String {
    let mut closed = String::with_capacity(heading.len());
    let mut gap = false;
    for c in heading.chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        let layout = is_japanese(c) || closed.chars().next_back().is_none_or(is_japanese);
        if gap && !layout {
            closed.push(' ');
        }
        gap = false;
        closed.push(c);
    }
    closed
}
