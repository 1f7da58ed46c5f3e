//! Items out of rows: chapters that go on, sub-items under their item, pages that come twice.

use super::columns::{self, Column, Context};
use super::figures::Closing;
use super::notes;
use super::paragraphs::{CellText, Piece, one_line};
use super::printed::{ReformItem, ReformReading};
use super::rows::{self, Key, Row};
use crate::printed::{Cell, Unresolved};
use crate::text::bullets::is_bullet;
use crate::text::join::push_wrapped;
use crate::text::sections::split_sections;
use meguri_core::source::Settled;
use meguri_core::text::{is_dash_cell, is_japanese};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

mod finish;

/// A row of so many characters is never alike another by chance.
const LONG_ROW: usize = 40;
/// Shorter items are torn: two of them say nothing of a page that comes twice.
const SHORTEST_ITEM: usize = 12;

/// A row whose cells may go on over the next lines.
struct Open {
    line: u32,
    cells: OpenCells,
    /// A page or the head of the table stands right before it.
    after_break: bool,
}

/// The parts of a row, kept until the row is complete.
struct OpenCells {
    chapter: Option<String>,
    key: OpenKey,
    sections: Option<String>,
    grade: Option<String>,
    texts: Vec<Vec<Piece>>,
}

enum OpenKey {
    Item { no: Option<u32>, name: String },
    Sub { no: u32 },
}

/// Puts a document together, line by line.
#[derive(Default)]
pub(super) struct Assembly {
    reading: ReformReading,
    open: Option<Open>,
    chapter: Option<Cell<String>>,
    last_no: Option<u32>,
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
}

impl Assembly {
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
        if rows::is_head(text) {
            self.close();
            self.page_break();
            self.after_head = true;
        } else if let Some(row) = Row::parse(text) {
            self.close();
            self.open(number, text, &row);
        } else {
            self.loose(number, text);
        }
        self.after_blank = false;
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
        self.content_above = false;
        let mut item = ReformItem {
            no: no.map(|no| Cell::printed(no, line)),
            name: Some(Cell::printed(name, line)),
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
        self.fill(&mut item, line, open.cells.sections, open.cells.grade, None);
        self.texts(&mut item, line, &open.cells.texts, None);
        self.reading.items.push(item);
    }

    fn close_sub(&mut self, open: Open, no: u32) {
        let line = open.line;
        if self.reading.items.is_empty() || (open.after_break && !self.follows(no)) {
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
        self.fill(
            &mut sub,
            line,
            open.cells.sections,
            open.cells.grade,
            Some(no),
        );
        self.texts(&mut sub, line, &open.cells.texts, Some(no));
        self.content_above |= sub.content.as_ref().is_some_and(|c| !c.is_empty());
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

    fn fill(
        &mut self,
        row: &mut ReformItem,
        line: u32,
        sections: Option<String>,
        grade: Option<String>,
        sub: Option<u32>,
    ) {
        row.sections = sections.as_deref().map(|text| section_cells(text, line));
        row.grade = grade
            .as_deref()
            .filter(|grade| !is_dash_cell(grade))
            .map(|grade| Cell::printed(grade.to_owned(), line));
        if row.chapter.is_none() {
            let why = "章の見出しが本文にありません。";
            self.report(line, sub, "chapter", Vec::new(), why);
        }
        if sections.is_none() {
            let why = "主な推進担当課の欄が本文にありません。";
            self.report(line, sub, "sections", Vec::new(), why);
        }
        if grade.is_none() && sub.is_none() {
            self.report(
                line,
                sub,
                "grade",
                Vec::new(),
                "評価の欄が本文にありません。",
            );
        }
    }

    /// The cells of text of a row, each in its column.
    fn texts(&mut self, row: &mut ReformItem, line: u32, texts: &[Vec<Piece>], sub: Option<u32>) {
        let filled: Vec<&Vec<Piece>> = if texts.len() == Column::ALL.len() {
            texts.iter().collect()
        } else {
            texts.iter().filter(|cell| !is_empty(cell)).collect()
        };
        let context = Context {
            sub: sub.is_some(),
            content_above: self.content_above,
        };
        let cells: Vec<CellText> = filled.iter().map(|p| CellText::new(p, true)).collect();
        let tenses: Vec<_> = filled
            .iter()
            .zip(&cells)
            .map(|(pieces, cell)| columns::tense(first_text(pieces), cell))
            .collect();
        let whole = filled.len() == Column::ALL.len();
        let places = columns::settle(&tenses, &cells, context);
        for ((pieces, place), cell) in filled.iter().zip(places).zip(cells) {
            if is_empty(pieces) {
                continue;
            }
            if let Some(from) = notes::repost_cell(first_text(pieces)) {
                row.reposted_from = Some(Cell::printed(from, line));
            }
            match place {
                Some(column) => self.put(row, (column, whole), pieces, cell, sub),
                None => self.report_cell(line, pieces, sub),
            }
        }
        self.report_lost(row, line, sub);
    }

    /// Puts a cell into its column; `whole` where the row has all its columns.
    fn put(
        &mut self,
        row: &mut ReformItem,
        (column, whole): (Column, bool),
        pieces: &[Piece],
        cell: CellText,
        sub: Option<u32>,
    ) {
        let (list, figures) = match column {
            Column::Content => {
                let content = CellText::new(pieces, false).paragraphs;
                extend(&mut row.content, content, whole);
                return;
            }
            Column::Plan => (&mut row.plan, &mut row.plan_figures),
            Column::Result => (&mut row.result, &mut row.result_figures),
        };
        extend(list, cell.paragraphs, whole);
        if let Some(closing) = cell.figures {
            self.report_year(column, &closing, sub);
            *figures = Some(figure_cell(closing, whole));
        }
        if let Some(doubtful) = cell.doubtful {
            let line = pieces.last().map_or(0, |piece| piece.line);
            let field = format!("{}_figures", column.field());
            let why = "末尾のかっこが数値の欄か文の補足かを判別できません。";
            self.report(line, sub, &field, vec![doubtful], why);
        }
    }

    /// Figures without parentheses in the result that name the budget may be the plan's.
    fn report_year(&mut self, column: Column, closing: &Closing, sub: Option<u32>) {
        let bare = !closing.text.starts_with(['(', '（']);
        if bare && column == Column::Result && closing.text.contains("当初予算") {
            let why = "実績の欄の数値に「当初予算」とあり、目標値の可能性があります。";
            let candidates = vec![closing.text.clone()];
            self.report(closing.line, sub, "plan_figures", candidates, why);
        }
    }

    fn report_cell(&mut self, line: u32, pieces: &[Piece], sub: Option<u32>) {
        let text = pieces.iter().map(|piece| piece.text.trim()).collect();
        let why = "この行は欄が欠けており、文からはどの欄のものかを判別できません。";
        self.report(line, sub, "text", vec![text], why);
    }

    fn report_lost(&mut self, row: &ReformItem, line: u32, sub: Option<u32>) {
        let lists = [&row.content, &row.plan, &row.result];
        for (column, list) in Column::ALL.iter().zip(lists) {
            if list.is_none() {
                let why = format!("{}の欄が本文にありません。", column.title());
                self.report(line, sub, column.field(), Vec::new(), &why);
            }
        }
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

impl OpenCells {
    fn new(line: u32, row: &Row<'_>) -> Self {
        let piece = |text: &&str| {
            vec![Piece {
                line,
                text: (*text).to_owned(),
            }]
        };
        Self {
            chapter: row.chapter.map(|chapter| one_line(line, chapter)),
            key: match row.key {
                Key::Item { no, name } => OpenKey::Item {
                    no,
                    name: one_line(line, name),
                },
                Key::Sub { no } => OpenKey::Sub { no },
            },
            sections: row.sections.map(|sections| one_line(line, sections)),
            grade: row.grade.map(str::to_owned),
            texts: row.texts.iter().map(piece).collect(),
        }
    }

    /// More of the row's last cell, and further cells behind tabs.
    fn go_on(&mut self, line: u32, text: &str) {
        for (index, part) in text.split('\t').map(str::trim).enumerate() {
            if part.is_empty() {
                continue;
            }
            let piece = Piece {
                line,
                text: part.to_owned(),
            };
            match self.texts.last_mut() {
                Some(cell) if index == 0 => match cell.last_mut() {
                    Some(last) if !part.starts_with(is_bullet) => {
                        push_wrapped(&mut last.text, part)
                    }
                    _ => cell.push(piece),
                },
                _ => self.texts.push(vec![piece]),
            }
        }
    }
}

fn is_empty(cell: &[Piece]) -> bool {
    cell.iter().all(|piece| piece.text.is_empty())
}

fn first_text(cell: &[Piece]) -> &str {
    cell.first().map_or("", |piece| piece.text.as_str())
}

fn extend(list: &mut Option<Vec<Cell<String>>>, paragraphs: Vec<Cell<String>>, whole: bool) {
    let list = list.get_or_insert_default();
    list.extend(paragraphs.into_iter().map(|mut paragraph| {
        if !whole {
            paragraph.0.settled = Settled::Layout;
        }
        paragraph
    }));
}

fn figure_cell(closing: Closing, whole: bool) -> Cell<String> {
    if whole && closing.apart {
        Cell::printed(closing.text, closing.line)
    } else {
        Cell::layout(closing.text, closing.line)
    }
}

fn section_cells(text: &str, line: u32) -> Vec<Cell<String>> {
    if is_dash_cell(text) {
        return Vec::new();
    }
    split_sections(text)
        .into_iter()
        .map(|section| Cell::printed(section.to_owned(), line))
        .collect()
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
