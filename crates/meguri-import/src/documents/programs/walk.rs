//! Walks through the pieces and gives each its part: the front page, the delayed programmes, the
//! blocks of the table.

use super::block::{Block, Under, labels};
use super::lines::{Doc, Piece};
use super::marks::{self, Table};
use super::scale;
use crate::form_words::FormWords;
use crate::printed::Cell;
use crate::text::join::push_wrapped;

/// The document, cut into its parts.
#[derive(Debug, Default)]
pub(super) struct Sheet<'a> {
    /// The pages before the tables, with the summary.
    pub(super) front: Vec<Piece<'a>>,
    /// The table of delayed programmes, without its heads.
    pub(super) delayed: Vec<Piece<'a>>,
    /// The headings of the directions in text order.
    pub(super) headings: Vec<(Cell<u32>, Option<Cell<String>>)>,
    /// One block a programme.
    pub(super) blocks: Vec<Block<'a>>,
    /// The loose labels of the schedules by page of the table.
    pub(super) words: Vec<(String, Vec<Cell<String>>)>,
    /// Rows of one page stand in another order than that of their numbers.
    pub(super) disordered: bool,
    /// The grades that the paper uses.
    pub(super) scale: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zone {
    Front,
    Delayed,
    Programs,
}

/// The lines of a name and a plain cell before the first list of a row: how far is looked ahead.
const LONGEST_NAME: usize = 24;

/// How many page numbers may follow one another.
const MOST_PAGE_NUMBERS: usize = 8;

struct Walker<'d, 'a> {
    doc: &'d Doc<'a>,
    at: usize,
    zone: Zone,
    kind: Option<Cell<String>>,
    under: Option<Under>,
    block: Option<Block<'a>>,
    /// The first piece of the open block on this page.
    page_from: usize,
    page: u32,
    /// Pages of the table so far.
    table_pages: u32,
    /// A head or heading has just been read: a row may begin.
    fresh: bool,
    /// A page began since the last row.
    turned: bool,
    last_no: Option<u32>,
    /// The last row had a number that is not circled.
    plain: bool,
    sheet: Sheet<'a>,
}

/// Cuts a document into its parts. Every piece is looked at once; table heads look a bounded number
/// of pieces ahead.
pub(super) fn walk<'a>(doc: &Doc<'a>, words: &FormWords) -> Sheet<'a> {
    let mut walker = Walker {
        doc,
        at: 0,
        zone: Zone::Front,
        kind: None,
        under: None,
        block: None,
        page_from: 0,
        page: 0,
        table_pages: 0,
        fresh: true,
        turned: false,
        last_no: None,
        plain: false,
        sheet: Sheet {
            scale: scale::of(doc, words),
            ..Sheet::default()
        },
    };
    while let Some(piece) = doc.pieces.get(walker.at) {
        walker.step(*piece);
    }
    walker.end_page();
    walker.end_block();
    walker.sheet
}

impl<'a> Walker<'_, 'a> {
    fn step(&mut self, piece: Piece<'a>) {
        let turned = piece.page != self.page;
        if turned {
            self.end_page();
            self.page = piece.page;
        }
        if self.skip_page_number(piece) || self.open_head() || self.open_title(piece) {
            return;
        }
        self.open_front(piece, turned);
        if self.zone == Zone::Delayed && turned && piece.bulleted().is_none() {
            // The table repeats its head on every page: a page without it is another part.
            self.zone = Zone::Front;
        }
        if self.zone == Zone::Delayed {
            self.sheet.delayed.push(piece);
        } else if self.closes_direction(piece) {
            self.fresh = true;
        } else if !self.open_direction(piece) && !self.open_row(piece) {
            self.go_on(piece);
        }
        self.at += 1;
    }

    /// A lone number on top of a table head is that of the page, and so are those of empty pages
    /// above it; a row begins below the head.
    fn skip_page_number(&mut self, piece: Piece<'a>) -> bool {
        let is_number = |piece: &Piece<'_>| {
            marks::plain_row(piece.text).is_some_and(|(_, name)| name.is_empty())
        };
        if self.zone == Zone::Front || !is_number(&piece) {
            return false;
        }
        let rest = self.doc.pieces.iter().skip(self.at).take(MOST_PAGE_NUMBERS);
        let numbers = rest.take_while(|piece| is_number(piece)).count();
        let skips = marks::head(self.doc, self.at + numbers).is_some();
        self.at += if skips { numbers } else { 0 };
        skips
    }

    /// A table head: `№ 実施プログラム 主な取組の方向性 …`, also where it repeats within a row.
    fn open_head(&mut self) -> bool {
        let Some(head) = marks::head(self.doc, self.at) else {
            return false;
        };
        // A head stands at the top of a page, also where the page break itself is lost.
        self.end_page();
        self.at += head.pieces.max(1);
        self.fresh = true;
        match head.table {
            Table::Delayed => {
                self.end_block();
                self.zone = Zone::Delayed;
            }
            Table::Programs => {
                self.zone = Zone::Programs;
                if let Some((kind, line)) = head.kind {
                    self.name_kind(&kind, line);
                }
            }
        }
        true
    }

    /// `◆◇実施プログラム◇◆ …`
    fn open_title(&mut self, piece: Piece<'a>) -> bool {
        let Some(kind) = marks::title_kind(piece.text) else {
            return false;
        };
        self.end_block();
        self.at += 1;
        self.fresh = true;
        self.zone = Zone::Programs;
        self.name_kind(kind, piece.line);
        true
    }

    /// A kind begins: rows under it stand under none of the headings of the kind before.
    fn name_kind(&mut self, kind: &str, line: u32) {
        if self.kind.as_ref().is_none_or(|k| k.value() != kind) {
            self.end_block();
            self.under = None;
            self.last_no = None;
            self.kind = Some(Cell::layout(kind.to_owned(), line));
        }
    }

    /// The front pages, also where they come behind the table in a shuffled document.
    ///
    /// The piece itself is still to be read.
    fn open_front(&mut self, piece: Piece<'a>, turned: bool) {
        let front = piece.bulleted().is_none()
            && (turned && self.is_complete() && self.opens_nothing(piece)
                || piece.text.starts_with("進捗状況の概要")
                || piece.text == "進捗状況一覧"
                || piece.text == "方向性"
                || piece.text.starts_with("【参考】")
                || piece.text.contains("評価の見方について"));
        if self.zone != Zone::Front && front {
            self.end_page();
            self.end_block();
            self.zone = Zone::Front;
        }
    }

    /// Does the open row end as rows do, in a sentence or a grade?
    fn is_complete(&self) -> bool {
        let last = self.block.as_ref().and_then(|block| block.pieces.last());
        last.is_some_and(|piece| {
            piece.text.ends_with('。')
                || scale::lone_grade(piece.text, &self.sheet.scale).is_some()
                || scale::closing_grade(piece.text, &self.sheet.scale).is_some()
        })
    }

    /// A piece that is no part of the table of programmes. The last column, a grade, may come over
    /// to the next page alone.
    fn opens_nothing(&self, piece: Piece<'a>) -> bool {
        marks::direction_heading(piece.text).is_none()
            && scale::lone_grade(piece.text, &self.sheet.scale).is_none()
            && marks::row_number(piece.text).is_none()
            && marks::plain_row(piece.text).is_none()
    }

    /// `方向性１ 地域の力`; a long name goes on over the next lines.
    fn open_direction(&mut self, piece: Piece<'a>) -> bool {
        let Some((no, name)) = marks::direction_heading(piece.text) else {
            return false;
        };
        if !self.at_row_start() || !(self.zone == Zone::Programs || self.row_follows()) {
            return false;
        }
        self.zone = Zone::Programs;
        self.end_block();
        let mut text = name.to_owned();
        let mut line = piece.line;
        let mut ends = piece.ends && !name.is_empty();
        while self.doc.spaced && !ends {
            let Some(next) = self.doc.pieces.get(self.at + 1) else {
                break;
            };
            let row = marks::row_number(next.text).is_some() || next.bulleted().is_some();
            if row || next.page != piece.page || next.before.spacers > 0 {
                break;
            }
            if text.is_empty() {
                line = next.line;
            }
            push_wrapped(&mut text, next.text);
            ends = next.ends;
            self.at += 1;
        }
        let name =
            (!text.is_empty()).then(|| Cell::printed(super::wording::close_name(&text), line));
        self.sheet
            .headings
            .push((Cell::printed(no, piece.line), name));
        self.under = Some(Under {
            no,
            line: piece.line,
            jump: None,
        });
        self.fresh = true;
        self.turned = false;
        true
    }

    /// A heading whose number is lost: the rows below it stand under none that is known.
    fn closes_direction(&mut self, piece: Piece<'a>) -> bool {
        let heading = self.zone == Zone::Programs
            && marks::unnumbered_direction(piece.text)
            && self.at_row_start()
            && self.row_follows();
        if heading {
            self.end_block();
            self.under = None;
        }
        heading
    }

    /// Does a row begin soon, so that this is the table, though its head is lost?
    fn row_follows(&self) -> bool {
        let mut after = self.doc.pieces.iter().skip(self.at + 1).take(4);
        after.any(|piece| marks::row_number(piece.text).is_some())
    }

    /// Has the paragraph before this piece ended?
    fn at_row_start(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|i| self.doc.pieces.get(i));
        self.fresh || !self.doc.spaced || before.is_none_or(|piece| piece.ends)
    }

    /// `⑧`, `㉘ 職場の見直し`, and `51` behind ㊿.
    fn open_row(&mut self, piece: Piece<'a>) -> bool {
        let plain = || marks::plain_row(piece.text).filter(|(no, _)| self.opens_plain_row(*no));
        let circled = marks::row_number(piece.text)
            .filter(|(_, name)| name.is_empty() || self.at_row_start());
        let Some((no, name)) = circled.or_else(plain) else {
            return false;
        };
        self.end_block();
        self.zone = Zone::Programs;
        self.doubt_direction(no);
        let mut block = Block {
            no: Some(Cell::printed(no, piece.line)),
            kind: self.kind.clone(),
            under: self.under,
            line: piece.line,
            pieces: Vec::new(),
        };
        if !name.is_empty() {
            block.pieces.push(piece.with_text(name));
        }
        self.block = Some(block);
        self.page_from = 0;
        self.last_no = Some(no);
        self.plain = circled.is_none();
        (self.fresh, self.turned) = (false, false);
        true
    }

    /// Rows without a circled number: behind a head, as the next number, or behind the end of such a
    /// row, where a list follows.
    fn opens_plain_row(&self, no: u32) -> bool {
        if self.zone != Zone::Programs || !self.at_row_start() {
            return false;
        }
        let next = self.last_no.and_then(|last| last.checked_add(1)) == Some(no);
        let plain = self.plain || self.last_no.is_some_and(|last| last >= 50);
        let before = self.at.checked_sub(1).and_then(|i| self.doc.pieces.get(i));
        let row_ended = before.is_some_and(|piece| {
            piece.text.ends_with('。')
                || scale::lone_grade(piece.text, &self.sheet.scale).is_some()
                || scale::closing_grade(piece.text, &self.sheet.scale).is_some()
        });
        let list_follows = || {
            let pieces = self.doc.pieces.iter().skip(self.at + 1).take(LONGEST_NAME);
            { pieces }.any(|piece| piece.bulleted().is_some())
        };
        (self.fresh || (plain && (next || row_ended))) && list_follows()
    }

    /// Where numbers are missing over a turn of pages, a heading may be missing with them.
    fn doubt_direction(&mut self, no: u32) {
        self.sheet.disordered |= !self.turned && self.last_no.is_some_and(|last| last > no);
        if let (Some(under), Some(last)) = (&mut self.under, self.last_no)
            && self.turned
            && last.checked_add(1) != Some(no)
        {
            under.jump = Some((last, no));
        }
    }

    fn go_on(&mut self, piece: Piece<'a>) {
        match (self.zone, &mut self.block) {
            _ if self.zone != Zone::Front && scale::is_legend(piece.text) => {}
            (Zone::Programs, Some(block)) => block.pieces.push(piece),
            (Zone::Front, _) => self.sheet.front.push(piece),
            _ => {}
        }
        self.fresh = false;
    }

    fn end_page(&mut self) {
        self.turned = true;
        if self.zone != Zone::Programs {
            return;
        }
        let Some(block) = &mut self.block else {
            return;
        };
        if block.pieces.len() <= self.page_from {
            return;
        }
        self.table_pages += 1;
        let spaced = self.doc.spaced;
        let loose = block.take_loose_words(self.page_from, spaced, &self.sheet.scale);
        self.page_from = block.pieces.len();
        if !loose.is_empty() {
            self.sheet
                .words
                .push((format!("page {}", self.table_pages), labels(&loose)));
        }
    }

    fn end_block(&mut self) {
        if let Some(block) = self.block.take() {
            let blocks = block.split_lost_numbers(&self.sheet.scale);
            self.sheet.blocks.extend(blocks);
        }
        self.page_from = 0;
    }
}
