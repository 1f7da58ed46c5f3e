//! The lines of the document with what stood between them: the layout that the text still shows.

use crate::source_text::SourceText;
use crate::text::bullets::after_bullet;
use meguri_core::text::circled_value;

/// What stood between a line and the one before it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Between {
    /// Lines of one or two spaces: the empty paragraph at the end of a cell.
    pub(super) spacers: u32,
    /// Lines with nothing but white space, the empty ones too.
    pub(super) blanks: u32,
    /// A line of three spaces or more: a row of empty cells.
    pub(super) wide: bool,
    /// Nothing: two columns met on one line, and this is the start of the second.
    pub(super) merged: bool,
}

impl Between {
    /// The empty cells of the years stood here (年度スケジュール), whose words come loose.
    pub(super) const fn is_gap(self) -> bool {
        self.is_wide_gap() || self.blanks >= 9
    }

    /// Their spaces show, not only blank lines, which a text that is lost leaves too.
    pub(super) const fn is_wide_gap(self) -> bool {
        self.wide || self.spacers >= 3
    }
}

/// A line with text, or the part of one that belongs to one column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    /// Line in the source, from 1.
    pub(super) line: u32,
    /// Without white space at its ends.
    pub(super) text: &'a str,
    /// A space stood at its end: the end of a paragraph.
    pub(super) ends: bool,
    /// It goes on with the line before, though it opens with a mark of lists.
    pub(super) goes_on: bool,
    /// What stood before it.
    pub(super) before: Between,
    /// Its page, from 0.
    pub(super) page: u32,
}

impl<'a> Piece<'a> {
    /// The text behind its bullet, if it opens with one.
    pub(super) fn bulleted(&self) -> Option<&'a str> {
        after_bullet(self.text).filter(|_| !self.goes_on)
    }

    /// The same place with other text.
    pub(super) const fn with_text(self, text: &'a str) -> Self {
        Self { text, ..self }
    }
}

/// All pieces of a document.
#[derive(Debug, Default)]
pub(super) struct Doc<'a> {
    /// In text order.
    pub(super) pieces: Vec<Piece<'a>>,
    /// Do the lines keep the spaces at their ends? Some tools cut them off.
    pub(super) spaced: bool,
}

impl<'a> Doc<'a> {
    /// Takes the lines of a source.
    pub(super) fn of(source: &'a SourceText) -> Self {
        let padding = padding(source);
        let mut doc = Self {
            pieces: Vec::with_capacity(source.lines.len() / 2),
            spaced: keeps_spaces(source, padding),
        };
        let mut between = Between::default();
        let (mut page, mut empty_run, mut new_page) = (0, 0, false);
        let (doubled, mut filler) = (has_doubled_lines(source), false);
        for line in &source.lines {
            new_page |= line.starts_page;
            filler = doubled && !filler && line.text.is_empty();
            if filler {
                continue;
            }
            let raw = line
                .text
                .get(..line.text.len() - padding)
                .unwrap_or_default();
            let text = raw.trim();
            if text.is_empty() {
                between.blanks += 1;
                empty_run = if raw.is_empty() { empty_run + 1 } else { 0 };
                new_page |= doc.spaced && empty_run >= 3;
                match raw.chars().count() {
                    0 => {}
                    1 | 2 => between.spacers += 1,
                    _ => (between.spacers, between.wide) = (between.spacers + 1, true),
                }
                continue;
            }
            empty_run = 0;
            // The outline that some tools print at the end (PDFのしおり) is no part of the paper.
            if line.text.starts_with('\t') {
                continue;
            }
            page += u32::from(new_page && !doc.pieces.is_empty());
            new_page = false;
            let piece = Piece {
                line: line.number,
                text,
                ends: raw.ends_with([' ', '\u{3000}']),
                goes_on: false,
                before: std::mem::take(&mut between),
                page,
            };
            doc.push(piece);
        }
        doc.join_broken_words();
        doc
    }

    /// Where lists open behind ended paragraphs, a mark behind a line that goes on is a letter of
    /// a word (`人材` / `・組織の…`) that the tool broke there.
    fn join_broken_words(&mut self) {
        let goes_on = |pair: &[Piece<'_>]| match pair {
            [before, piece] => {
                let near = before.page == piece.page && piece.before.spacers == 0;
                let open = !before.ends && !before.text.ends_with(['。', '）', ')']);
                near && open && piece.bulleted().is_some()
            }
            _ => false,
        };
        let lists = self
            .pieces
            .iter()
            .filter(|p| p.bulleted().is_some())
            .count();
        let broken: Vec<bool> = self.pieces.windows(2).map(goes_on).collect();
        let count = broken.iter().filter(|broken| **broken).count();
        // A tool that lost the spaces loses many.
        if self.spaced && count * 8 <= lists {
            for (piece, broken) in self.pieces.iter_mut().skip(1).zip(broken) {
                piece.goes_on = broken;
            }
        }
    }

    /// Adds a line, cut where two columns met on it.
    fn push(&mut self, mut piece: Piece<'a>) {
        while let Some((left, right)) = split_columns(piece.text) {
            self.pieces.push(Piece {
                ends: true,
                ..piece.with_text(left)
            });
            piece = piece.with_text(right);
            piece.before = Between {
                merged: true,
                ..Between::default()
            };
        }
        self.pieces.push(piece);
    }
}

/// Did a tool write an empty line behind every line? Then no two lines follow each other, and all
/// runs of empty lines are odd.
fn has_doubled_lines(source: &SourceText) -> bool {
    let mut empty_run = 0_usize;
    let mut lines = source
        .lines
        .iter()
        .skip_while(|line| line.text.is_empty())
        .skip(1);
    let alternates = lines.all(|line| {
        let odd = empty_run % 2 == 1;
        empty_run = if line.text.is_empty() {
            empty_run + 1
        } else {
            0
        };
        empty_run > 0 || odd
    });
    alternates && source.lines.len() > 40
}

/// How many spaces a tool has put behind every line, the empty ones too: they mark nothing.
fn padding(source: &SourceText) -> usize {
    let spaces = |text: &str| text.len() - text.trim_end_matches(' ').len();
    source
        .lines
        .iter()
        .map(|line| spaces(&line.text))
        .min()
        .unwrap_or(0)
}

/// A document whose tool kept the spaces at the ends of lines has many of them, padding aside.
fn keeps_spaces(source: &SourceText, padding: usize) -> bool {
    let (mut all, mut spaced) = (0_usize, 0_usize);
    for line in &source.lines {
        let raw = line
            .text
            .get(..line.text.len() - padding)
            .unwrap_or_default();
        if !raw.trim().is_empty() {
            all += 1;
            spaced += usize::from(raw.ends_with([' ', '\u{3000}']));
        }
    }
    spaced * 20 >= all
}

/// Cuts a line where a second column begins: at a bullet behind a space, or at the number of the
/// next row behind a lone grade. A letter-spaced `推 進 ・ 計 画` is one word and stays whole.
fn split_columns(text: &str) -> Option<(&str, &str)> {
    let mut behind_space = false;
    for (at, c) in text.char_indices() {
        if std::mem::replace(&mut behind_space, is_space(c)) && (is_dot(c) || is_number(c)) {
            let (left, right) = (text.get(..at)?.trim_end(), text.get(at..)?);
            let next = right.chars().nth(1);
            let spaced_out = left.chars().rev().nth(1).is_some_and(is_space);
            let opens = is_dot(c) && !spaced_out && next.is_some_and(|n| !is_space(n));
            let next_row =
                is_number(c) && left.chars().nth(1).is_none() && next.is_none_or(is_space);
            if opens || next_row {
                return Some((left, right));
            }
        }
    }
    None
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}')
}

const fn is_dot(c: char) -> bool {
    matches!(c, '・' | '･')
}

const fn is_number(c: char) -> bool {
    circled_value(c).is_some()
}
