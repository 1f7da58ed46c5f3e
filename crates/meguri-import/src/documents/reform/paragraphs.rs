//! The paragraphs of a cell, which the transcription ran together on one line.

use super::figures::{self, Closing};
use crate::printed::Cell;
use crate::text::bullets::is_bullet;
use meguri_core::text::{circled_value, is_dash_cell, narrow_char};

mod tags;

/// Text of a cell with its line. A cell that wraps over lines has a piece for each list item that
/// starts a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) line: u32,
    pub(super) text: String,
}

/// A cell taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct CellText {
    /// Its paragraphs; empty where it prints a dash.
    pub(super) paragraphs: Vec<Cell<String>>,
    /// The figures that close it.
    pub(super) figures: Option<Closing>,
    /// A closing parenthesis that may be figures or part of the last sentence: it stays there.
    pub(super) doubtful: Option<String>,
}

/// A stretch of a cell between two marks of HTML.
#[derive(Clone, Debug)]
struct Segment {
    line: u32,
    text: String,
    /// Inside a `<ul>` whose items nothing but spaces set apart.
    spaced_list: bool,
}

impl CellText {
    /// Takes a cell apart; `with_figures` for the columns that close with figures.
    pub(super) fn new(pieces: &[Piece], with_figures: bool) -> Self {
        let mut segments: Vec<Segment> = pieces
            .iter()
            .flat_map(tags::segments)
            .filter(|segment| !segment.text.trim().is_empty())
            .collect();
        let mut cell = Self::default();
        if with_figures && let Some(last) = segments.last_mut() {
            match figures::closing(&last.text) {
                figures::Found::Figures(closing) => {
                    last.text.truncate(closing.start);
                    cell.figures = Some(closing.on_line(last.line));
                }
                figures::Found::Doubtful(text) => cell.doubtful = Some(text),
                figures::Found::None => {}
            }
        }
        for segment in &segments {
            if !is_dash_cell(&segment.text) {
                split(segment, &mut cell.paragraphs);
            }
        }
        cell
    }

    /// All words of the cell, for telling its column.
    pub(super) fn sentences(&self) -> impl Iterator<Item = &str> {
        self.paragraphs.iter().flat_map(|p| p.value().split('。'))
    }
}

/// A name or a heading, whose bits of HTML are layout.
pub(super) fn one_line(line: u32, text: &str) -> String {
    let piece = Piece {
        line,
        text: text.to_owned(),
    };
    let parts = tags::segments(&piece);
    let parts: Vec<&str> = parts.iter().map(|part| part.text.trim()).collect();
    parts.concat()
}

/// The characters of a text with what is inside matched brackets: nothing breaks there.
struct Marked {
    chars: Vec<(usize, char)>,
    inside: Vec<bool>,
}

impl Marked {
    fn new(text: &str) -> Self {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let mut change = vec![0_i32; chars.len() + 1];
        let mut open: [Vec<usize>; 3] = [Vec::new(), Vec::new(), Vec::new()];
        for (index, (_, c)) in chars.iter().enumerate() {
            let (kind, opens) = match c {
                '(' | '（' => (0, true),
                ')' | '）' => (0, false),
                '「' => (1, true),
                '」' => (1, false),
                '『' => (2, true),
                '』' => (2, false),
                _ => continue,
            };
            let Some(stack) = open.get_mut(kind) else {
                continue;
            };
            if opens {
                stack.push(index);
            } else if let Some(start) = stack.pop() {
                change.get_mut(start).into_iter().for_each(|n| *n += 1);
                change.get_mut(index).into_iter().for_each(|n| *n -= 1);
            }
        }
        let mut depth = 0;
        let inside = change
            .iter()
            .map(|n| {
                depth += n;
                depth > 0
            })
            .collect();
        Self { chars, inside }
    }

    fn char(&self, index: usize) -> Option<char> {
        self.chars.get(index).map(|(_, c)| *c)
    }

    fn is_inside(&self, index: usize) -> bool {
        self.inside.get(index).copied().unwrap_or_default()
    }

    /// Byte offset of a character, or the end of the text.
    fn offset(&self, index: usize, text: &str) -> usize {
        self.chars.get(index).map_or(text.len(), |(o, _)| *o)
    }
}

/// Splits a segment at bullets, at the next number of an enumeration, at a space behind a full stop,
/// and in a list without marks at every space.
fn split(segment: &Segment, paragraphs: &mut Vec<Cell<String>>) {
    let marked = Marked::new(&segment.text);
    let mut start = skip_space(&marked, 0);
    let mut counted = enumerator(&marked, start).filter(|e| e.value == 1);
    let mut index = start;
    while index < marked.chars.len() {
        let next = skip_space(&marked, index);
        let at_end = next >= marked.chars.len();
        let successor = enumerator(&marked, next)
            .filter(|e| counted.is_some_and(|c| c.kind == e.kind && c.value + 1 == e.value));
        if !at_end
            && next > start
            && breaks(segment, &marked, (start, index, next), successor.is_some())
        {
            push(segment, &marked, (start, index), paragraphs);
            start = next;
            counted = successor.or_else(|| enumerator(&marked, next).filter(|e| e.value == 1));
        }
        index = next.max(index + 1);
    }
    push(segment, &marked, (start, marked.chars.len()), paragraphs);
}

/// Does a paragraph end before the character `next`, with white space from `from` on? It starts at
/// `start`.
fn breaks(
    segment: &Segment,
    marked: &Marked,
    (start, from, next): (usize, usize, usize),
    counts: bool,
) -> bool {
    if marked.is_inside(from) || (from > 0 && marked.is_inside(from - 1) && from == next) {
        return false;
    }
    let before = from.checked_sub(1).and_then(|i| marked.char(i));
    let after = marked.char(next);
    let full_stop = before == Some('。');
    let bullet = after.is_some_and(is_bullet)
        && marked.char(next + 1).is_some_and(|c| !is_bullet(c))
        && !matches!(before, Some('/' | '／' | ':' | '：'));
    if from == next {
        return full_stop && (bullet || counts);
    }
    let words = before.is_some_and(|c| c.is_ascii_alphanumeric())
        && after.is_some_and(|c| c.is_ascii_alphanumeric());
    // 「計 5回」: a space behind one or two characters sets nothing apart.
    let short = from - start <= 2;
    full_stop || bullet || counts || (segment.spaced_list && !words && !short)
}

fn skip_space(marked: &Marked, from: usize) -> usize {
    let mut index = from;
    while marked.char(index).is_some_and(char::is_whitespace) {
        index += 1;
    }
    index
}

/// Appends the paragraph between two characters, without its bullet.
fn push(
    segment: &Segment,
    marked: &Marked,
    (from, to): (usize, usize),
    paragraphs: &mut Vec<Cell<String>>,
) {
    let text = &segment.text;
    let range = marked.offset(from, text)..marked.offset(to, text);
    let paragraph = text.get(range).unwrap_or_default().trim();
    let paragraph = match paragraph.chars().next() {
        Some(c) if is_bullet(c) => paragraph.get(c.len_utf8()..).unwrap_or_default().trim(),
        _ => paragraph,
    };
    if !paragraph.is_empty() {
        paragraphs.push(Cell::printed(paragraph.to_owned(), segment.line));
    }
}

/// The number that opens an item of an enumeration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Enumerator {
    kind: EnumeratorKind,
    value: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EnumeratorKind {
    /// `1 …`
    Plain,
    /// `(1)…`
    Bracketed,
    /// `①…`
    Circled,
}

fn enumerator(marked: &Marked, index: usize) -> Option<Enumerator> {
    let first = marked.char(index)?;
    if let Some(value) = circled_value(first) {
        return Some(Enumerator {
            kind: EnumeratorKind::Circled,
            value,
        });
    }
    let bracketed = matches!(first, '(' | '（');
    let mut at = index + usize::from(bracketed);
    let mut value = 0;
    let digits_from = at;
    while let Some(digit) = marked.char(at).and_then(|c| narrow_char(c).to_digit(10)) {
        value = value * 10 + digit;
        at += 1;
        if at - digits_from > 2 {
            return None;
        }
    }
    let end = marked.char(at)?;
    let (kind, closes) = if bracketed {
        (EnumeratorKind::Bracketed, matches!(end, ')' | '）'))
    } else {
        let space = end.is_whitespace() || matches!(end, '．' | '.');
        let figure = marked.char(at + 1).is_some_and(char::is_numeric);
        (EnumeratorKind::Plain, space && !figure)
    };
    (at > digits_from && closes).then_some(Enumerator { kind, value })
}
