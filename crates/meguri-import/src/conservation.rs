//! Whether every printed word is accounted for.
//!
//! After a document was read, each run of characters of its text belongs to exactly one of a value,
//! a candidate of what could not be settled, a label of the form, page furniture, or nobody: then
//! it is unread, and a person is told of it. Readers may err; this makes sure that their errors are
//! seen. It knows no family: the words of a form come from the family's readers.
//!
//! Reading order: [`stream`], [`claims`], [`locate`], [`labels`], [`furniture`].

mod claims;
mod furniture;
mod labels;
mod locate;
mod reason;
mod stream;

pub use labels::Form;

use crate::printed::{Unread, Unresolved};
use crate::source_text::SourceText;
use claims::Claims;
use meguri_core::text::is_unseen;
use serde::Serialize;
use std::ops::Range;
use stream::Stream;

/// Whose a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// A value of the reading.
    Value,
    /// A candidate of what could not be settled.
    Candidate,
    /// A word of the form: a label, a head, a unit, a frame.
    Label,
    /// What pages repeat: running heads, captions, numbers of empty rows.
    Furniture,
    /// Nobody: it is unread.
    Unread,
}

/// A piece of a line, without the blanks around it, with its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// From 1.
    pub line: u32,
    /// In the text of the line, in bytes.
    pub span: Range<usize>,
    /// Whose it is.
    pub owner: Owner,
}

/// A unit of a paper: a sheet, a theme, a measure, an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Its first line, from 1.
    pub(crate) line: u32,
    /// How readings call it: `theme 23`.
    pub(crate) place: String,
}

/// How much of a text is unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Characters that can be seen.
    pub all: usize,
    /// Those that nothing accounts for.
    pub unread: usize,
}

/// A paper of which more than so many of a hundred characters are unread is not read.
///
/// Generated papers stay below 8 at every tearing, and the real ones below 4 (`docs/import.md` has
/// what was measured); another form that shares some heads leaves more than half unread.
const MOST_UNREAD: usize = 30;
/// A shorter text is a page or a few lines, whose head may well be the greater part of it.
const SHORT: usize = 80;

impl Balance {
    pub(crate) fn of(source: &SourceText, unread: &[Unread]) -> Self {
        let letters = |text: &str| {
            let seen = |c: &char| !c.is_whitespace() && !is_unseen(*c);
            text.chars().filter(seen).count()
        };
        Self {
            all: source.lines.iter().map(|line| letters(&line.text)).sum(),
            unread: unread.iter().map(|piece| letters(&piece.text)).sum(),
        }
    }

    pub(crate) const fn is_too_much(self) -> bool {
        self.all >= SHORT && self.unread.saturating_mul(100) > self.all.saturating_mul(MOST_UNREAD)
    }
}

/// What a reading says of its paper besides its values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paper {
    /// Its units, in any order.
    pub(crate) units: Vec<Unit>,
    /// Values that the form prints again where they are not read: the unit before every row of an
    /// indicator, the name of a group on its next page.
    pub(crate) again: Vec<String>,
}

/// The tiles of a source, in the order of the text.
#[derive(Debug)]
pub(crate) struct Audit {
    stream: Stream,
    units: Vec<Unit>,
}

impl Audit {
    /// Finds the owner of all that is printed. `units` in any order.
    pub(crate) fn of<T: Serialize>(
        source: &SourceText,
        reading: &T,
        unresolved: &[Unresolved],
        form: &Form,
        paper: Paper,
    ) -> Self {
        let Paper { mut units, again } = paper;
        units.sort_by_key(|unit| unit.line);
        let claims = Claims::of(reading, unresolved);
        let mut stream = Stream::of(source);
        locate::locate(&mut stream, &claims);
        labels::label(&mut stream, form, &Form::again(&again));
        let pages = source
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.starts_page);
        let pages: Vec<usize> = pages.map(|(at, _)| at).collect();
        let starts: Vec<usize> = units
            .iter()
            .map(|unit| (unit.line as usize).saturating_sub(1))
            .collect();
        furniture::mark(&mut stream, &pages, &starts);
        Self { stream, units }
    }

    /// The tiles: no character that can be seen is in none of them or in two.
    pub(crate) fn tiles(&self, source: &SourceText) -> Vec<Tile> {
        let mut tiles = Vec::new();
        for (at, line) in source.lines.iter().enumerate() {
            let mut before: Option<Tile> = None;
            for seen in self
                .stream
                .seen
                .get(self.stream.line(at))
                .unwrap_or_default()
            {
                let owner = seen.owner.unwrap_or(Owner::Unread);
                let start = seen.byte as usize;
                let end = start + char_length(&line.text, start);
                match &mut before {
                    // One printed character may be several as it is compared.
                    Some(tile) if tile.owner == owner || tile.span.end > start => {
                        tile.span.end = end;
                    }
                    _ => {
                        tiles.extend(before.replace(Tile {
                            line: line.number,
                            span: start..end,
                            owner,
                        }));
                    }
                }
            }
            tiles.extend(before);
        }
        tiles
    }

    /// What nobody owns, in the order of the text.
    pub(crate) fn unread(&self, source: &SourceText, tiles: &[Tile]) -> Vec<Unread> {
        let unread = tiles.iter().filter(|tile| tile.owner == Owner::Unread);
        unread
            .map(|tile| {
                let line = source.line(tile.line);
                let text = line.get(tile.span.clone()).unwrap_or_default();
                Unread {
                    line: tile.line,
                    text: text.to_owned(),
                    place: self.place(tile.line),
                    why: reason::of(text, line.get(tile.span.end..).unwrap_or_default()).to_owned(),
                }
            })
            .collect()
    }

    /// The unit that a line stands in or behind.
    fn place(&self, line: u32) -> String {
        let behind = self.units.partition_point(|unit| unit.line <= line);
        let unit = behind.checked_sub(1).and_then(|at| self.units.get(at));
        unit.or(self.units.first())
            .map_or(String::new(), |unit| unit.place.clone())
    }
}

/// The line of a head among those of each unit, for units whose table nobody has read.
///
/// `units` are the units with whether the table was read, in any order.
pub(crate) fn heads_without_rows(
    source: &SourceText,
    mut units: Vec<(Unit, bool)>,
    heads: &[&str],
    why: &str,
) -> Vec<Unread> {
    units.sort_by_key(|(unit, _)| unit.line);
    let ends: Vec<u32> = units.iter().skip(1).map(|(unit, _)| unit.line).collect();
    let mut said = Vec::new();
    for (at, (unit, read)) in units.into_iter().enumerate() {
        if read {
            continue;
        }
        let end = ends.get(at).copied().unwrap_or(u32::MAX) as usize;
        let lines = source.lines.get(
            (unit.line as usize).saturating_sub(1)
                ..end.min(source.lines.len() + 1).saturating_sub(1),
        );
        let is_head = |text: &str| {
            let squeezed: String = text
                .chars()
                .filter(|c| !c.is_whitespace())
                .take(12)
                .collect();
            heads.iter().any(|head| squeezed.starts_with(head))
        };
        let head = lines.into_iter().flatten().find(|line| is_head(&line.text));
        said.extend(head.map(|line| Unread {
            line: line.number,
            text: String::new(),
            place: unit.place,
            why: why.to_owned(),
        }));
    }
    said
}

fn char_length(text: &str, at: usize) -> usize {
    text.get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8)
}
