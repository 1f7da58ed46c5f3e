//! The paragraphs of a cell: wrapped lines put together again.

use super::lines::Piece;
use super::wording::{Tense, close_spacing, tense, width};
use crate::printed::Cell;
use crate::text::join::push_wrapped;
use meguri_core::text::is_dash_cell;

/// One paragraph with what its setting tells about its column.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    /// Its first line in the source.
    pub(super) line: u32,
    /// Its text without the bullet.
    pub(super) text: String,
    /// The widths of its lines that are full: all but the last.
    pub(super) full: Vec<u32>,
    /// The width of its last line.
    pub(super) last: u32,
    /// It opens with a bullet.
    pub(super) bulleted: bool,
    /// The empty cells of a schedule stood before it.
    pub(super) gap: bool,
    /// An empty paragraph stood before it.
    pub(super) spacer: bool,
    /// It begins on the line on which another column ended.
    pub(super) merged: bool,
    /// Its tense.
    pub(super) tense: Tense,
}

impl Paragraph {
    fn open(piece: &Piece<'_>) -> Self {
        let text = piece.bulleted().unwrap_or(piece.text);
        Self {
            line: piece.line,
            text: close_spacing(text),
            full: Vec::new(),
            last: width(piece.text),
            bulleted: piece.bulleted().is_some(),
            gap: piece.before.is_gap(),
            spacer: piece.before.spacers > 0,
            merged: piece.before.merged,
            tense: Tense::Unknown,
        }
    }

    fn add(&mut self, piece: &Piece<'_>) {
        push_wrapped(&mut self.text, &close_spacing(piece.text));
        self.full.push(self.last);
        self.last = width(piece.text);
    }

    /// The paragraph as a value whose column follows from the layout.
    pub(super) fn cell(self) -> Cell<String> {
        Cell::layout(self.text, self.line)
    }
}

/// Puts lines together: a paragraph begins at a bullet, behind an empty one, and behind a sentence
/// that ended.
pub(super) fn paragraphs(pieces: &[Piece<'_>], spaced: bool) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let mut ended = true;
    for piece in pieces {
        let before = piece.before;
        let dashed = is_dash_cell(piece.text) && sentence_ended(found.last());
        let opens = piece.bulleted().is_some() || before.merged || before.is_gap() || dashed;
        let apart = spaced && ended && (before.spacers > 0 || sentence_ended(found.last()));
        match found.last_mut() {
            Some(paragraph) if !opens && !apart => paragraph.add(piece),
            _ => found.push(Paragraph::open(piece)),
        }
        ended = piece.ends;
    }
    // Where the spaces of the schedule show, blank lines elsewhere are no schedule.
    let wide = |piece: &&Piece<'_>| piece.before.is_wide_gap();
    let lines: Vec<u32> = pieces.iter().filter(wide).map(|piece| piece.line).collect();
    for paragraph in &mut found {
        paragraph.gap &= lines.is_empty() || lines.contains(&paragraph.line);
        paragraph.tense = tense(&paragraph.text);
    }
    found
}

/// A line that ends without `。` before an unmarked one is the middle of a sentence, whatever space
/// stands at its end. A list's item without a verb ends where its lines do.
fn sentence_ended(paragraph: Option<&Paragraph>) -> bool {
    paragraph.is_none_or(|p| !p.bulleted || p.text.ends_with(['。', '）', ')']))
}
