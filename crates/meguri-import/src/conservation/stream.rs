//! The characters of a source that can be seen, in the form in which they are compared, each with
//! its place and its owner.

use meguri_core::text::{compared, is_unseen};
use std::ops::Range;

use super::Owner;
use crate::source_text::SourceText;

/// One character as it is compared. A printed character that stands for several (`㈱`) is several.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// As it is compared.
    pub(super) c: char,
    /// Where it begins in its line, in bytes.
    pub(super) byte: u32,
    /// A blank or the head of the line stands before it.
    pub(super) opens: bool,
    /// Whose it is, as far as is known.
    pub(super) owner: Option<Owner>,
}

/// All characters of a source that can be seen.
#[derive(Debug, Default)]
pub(super) struct Stream {
    pub(super) seen: Vec<Seen>,
    /// Where each line begins in `seen`; one more for the end of the last.
    starts: Vec<usize>,
}

impl Stream {
    pub(super) fn of(source: &SourceText) -> Self {
        let bytes: usize = source.lines.iter().map(|line| line.text.len()).sum();
        let mut stream = Self {
            seen: Vec::with_capacity(bytes / 2),
            starts: Vec::with_capacity(source.lines.len() + 1),
        };
        for line in &source.lines {
            stream.starts.push(stream.seen.len());
            let mut opens = true;
            for (byte, c) in line.text.char_indices() {
                if c.is_whitespace() {
                    opens = true;
                    continue;
                }
                if is_unseen(c) {
                    continue;
                }
                let byte = u32::try_from(byte).unwrap_or(u32::MAX);
                compared(c, |c| {
                    let owner = None;
                    stream.seen.push(Seen {
                        c,
                        byte,
                        opens,
                        owner,
                    });
                    opens = false;
                });
                opens = false;
            }
        }
        stream.starts.push(stream.seen.len());
        stream
    }

    /// How many lines there are.
    pub(super) const fn lines(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The characters of a line, by its place from 0; empty where there is none.
    pub(super) fn line(&self, at: usize) -> Range<usize> {
        let start = self.starts.get(at).copied();
        let end = self.starts.get(at + 1).copied();
        start.zip(end).map_or(0..0, |(start, end)| start..end)
    }

    /// The character at a place, where nobody owns it yet.
    pub(super) fn free(&self, at: usize) -> Option<char> {
        self.seen
            .get(at)
            .filter(|seen| seen.owner.is_none())
            .map(|seen| seen.c)
    }

    /// Gives the free ones of some characters to an owner.
    pub(super) fn give(&mut self, range: Range<usize>, owner: Owner) {
        for seen in self.seen.get_mut(range).unwrap_or_default() {
            seen.owner.get_or_insert(owner);
        }
    }

    /// The parts of a line that nobody owns yet, each as long as it can be.
    pub(super) fn free_runs(&self, line: usize) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for at in self.line(line) {
            if self.free(at).is_none() {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.end == at => run.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
        runs
    }
}

/// A text as it is compared.
pub(super) fn compared_text(text: &str, into: &mut Vec<char>) {
    for c in text.chars() {
        if !c.is_whitespace() && !is_unseen(c) {
            compared(c, |c| into.push(c));
        }
    }
}
