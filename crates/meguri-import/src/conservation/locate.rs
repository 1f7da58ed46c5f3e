//! Finds the printed place of what a reading says to have read.
//!
//! A reading knows the line of a value, not its place in the line, and a value that was wrapped
//! goes on further down. So a text is looked for on its line first, then piece by piece on the
//! lines behind it. What stands exactly and is long is looked for first, so that `3` is not found
//! in a name which somebody else has read.
//!
//! The work is bounded by the size of the source, whatever it holds: who has used up the bound
//! finds nothing more, and what is not found is unread.

use super::Owner;
use super::claims::{Claim, Claims};
use super::stream::{Seen, Stream};
use std::ops::Range;

/// So many characters find a place; the rest of a text is compared there.
const PATTERN: usize = 64;
/// The shortest text that is looked for among the first.
const LONG: usize = 4;
/// How many lines with something unread may stand between two pieces of one text.
const GAP: usize = 40;
/// How far from its line a text may stand which is not on it.
const REACH: usize = 60;
/// How far from its line a candidate may stand: anywhere on its sheet.
const FAR: usize = 250;
/// The shortest piece of a text that counts where neither the piece nor the text ends.
const PIECE: usize = 6;

/// How closely a place is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    /// A figure is no part of another one, and a short word no part of a longer one.
    Whole,
    /// Anywhere: figures and words may be glued together. A short text fills its place.
    Glued,
    /// A word of its own, from blank to blank.
    Word,
}

/// Gives all characters that were read to their values, then to candidates.
pub(super) fn locate(stream: &mut Stream, claims: &Claims) {
    let mut locator = Locator::new(stream, claims.chars.len());
    locator.locate_all(claims, &claims.values, Owner::Value, REACH);
    locator.locate_all(claims, &claims.candidates, Owner::Candidate, FAR);
}

struct Locator<'s> {
    stream: &'s mut Stream,
    /// Where the search on a line goes on.
    cursors: Vec<usize>,
    /// How many characters of a line nobody owns yet.
    free: Vec<usize>,
    /// What may still be spent, in characters looked at.
    budget: usize,
    borders: Vec<usize>,
}

/// Where a text, or the head of one, was found.
struct Found {
    range: Range<usize>,
    whole: bool,
}

impl<'s> Locator<'s> {
    fn new(stream: &'s mut Stream, claimed: usize) -> Self {
        let lines = stream.lines();
        let free = (0..lines).map(|at| stream.line(at).len()).collect();
        let cursors = (0..lines).map(|at| stream.line(at).start).collect();
        let budget = (stream.seen.len() + claimed + 1000).saturating_mul(100);
        Self {
            stream,
            cursors,
            free,
            budget,
            borders: Vec::with_capacity(PATTERN),
        }
    }

    fn locate_all(&mut self, claims: &Claims, wanted: &[Claim], owner: Owner, reach: usize) {
        let mut open: Vec<&Claim> = Vec::new();
        let (long, short): (Vec<&Claim>, Vec<&Claim>) =
            wanted.iter().partition(|claim| claim.text.len() >= LONG);
        for group in [long, short] {
            self.rewind();
            for claim in group {
                if !self.at_line(claims, claim, owner, Care::Whole) {
                    open.push(claim);
                }
            }
        }
        self.rewind();
        for claim in open {
            let _ = self.at_line(claims, claim, owner, Care::Glued)
                || self.in_two(claims, claim, owner)
                || self.near(claims, claim, owner, reach);
        }
    }

    fn rewind(&mut self) {
        for (at, cursor) in self.cursors.iter_mut().enumerate() {
            *cursor = self.stream.line(at).start;
        }
    }

    /// Looks on the line of the claim and, where the text is wrapped, behind it.
    fn at_line(&mut self, claims: &Claims, claim: &Claim, owner: Owner, care: Care) -> bool {
        let Some(line) = (claim.line as usize).checked_sub(1) else {
            return false;
        };
        let spellings = std::iter::once(&claim.text).chain(&claim.other);
        // A number of several spellings is not wrapped: the head of one may be that of another.
        let wraps = claim.other.is_empty().then_some(claim.text.len());
        for text in spellings.map(|range| claims.text(range)) {
            if self.on_line(text, line, owner, care, wraps) {
                return true;
            }
        }
        false
    }

    /// Looks on the line for a figure and the word behind it, which a tear has parted (`4` and
    /// `以上`).
    fn in_two(&mut self, claims: &Claims, claim: &Claim, owner: Owner) -> bool {
        let text = claims.text(&claim.text);
        let figures = text.iter().take_while(|c| is_of_figure(**c)).count();
        let (figure, word) = text.split_at_checked(figures).unwrap_or_default();
        let Some(line) = (claim.line as usize).checked_sub(1) else {
            return false;
        };
        if figure.is_empty() || word.is_empty() || text.len() > 2 * LONG {
            return false;
        }
        let mut take = |part: &[char]| self.on_line(part, line, owner, Care::Glued, None);
        let (word, figure) = (take(word), take(figure));
        word || figure
    }

    /// Looks for the whole text on the lines around that of the claim, the nearest first.
    fn near(&mut self, claims: &Claims, claim: &Claim, owner: Owner, reach: usize) -> bool {
        let line = (claim.line as usize).saturating_sub(1);
        for away in 1..=reach {
            let around = [line.checked_add(away), line.checked_sub(away)];
            for at in around.into_iter().flatten() {
                let text = claims.text(&claim.text);
                if self.on_line(text, at, owner, Care::Word, None) {
                    return true;
                }
            }
        }
        false
    }

    /// Takes the text on one line; with `wraps`, its head there and the rest behind it.
    fn on_line(
        &mut self,
        text: &[char],
        line: usize,
        owner: Owner,
        care: Care,
        wraps: Option<usize>,
    ) -> bool {
        let range = self.stream.line(line);
        if self.free.get(line).is_none_or(|free| *free == 0) || text.is_empty() {
            return false;
        }
        let cursor = self.cursors.get(line).copied().unwrap_or(range.start);
        let ahead = self.find(text, cursor..range.end, care);
        let found = match ahead {
            Some(found) if found.whole => Some(found),
            other if cursor > range.start => {
                let again = self.find(text, range.clone(), care);
                again.filter(|found| found.whole).or(other)
            }
            other => other,
        };
        let Some(found) = found.filter(|found| found.whole || wraps.is_some()) else {
            return false;
        };
        let taken = found.range.len();
        if found.whole {
            self.take(line, found.range, owner);
            return true;
        }
        let rest = text.get(taken..).unwrap_or_default();
        let goes_on = found.range.end == range.end && self.next_begins(line, rest);
        if !goes_on && !self.is_piece(&found.range, &range, text.len()) {
            return false;
        }
        self.take(line, found.range, owner);
        self.go_on(rest, line, owner, care);
        true
    }

    /// Does the next line begin with the rest of a text, whole or to its own end?
    fn next_begins(&self, line: usize, rest: &[char]) -> bool {
        let next = (line + 1..self.free.len()).find(|at| !self.stream.line(*at).is_empty());
        let Some(range) = next.map(|at| self.stream.line(at)) else {
            return false;
        };
        let length = rest.len().min(range.len());
        (0..length).all(|at| self.stream.free(range.start + at) == rest.get(at).copied())
    }

    /// Is so much of a text enough to be a piece of it: long, or all that the line still has?
    fn is_piece(&self, found: &Range<usize>, line: &Range<usize>, length: usize) -> bool {
        let ends_line = found.end == line.end || self.stream.free(found.end).is_none();
        let opens = self
            .stream
            .seen
            .get(found.start)
            .is_some_and(|seen| seen.opens);
        found.len() >= PIECE
            || (ends_line && (found.len() >= 2 || opens))
            || (opens && found.len() * 2 >= length)
    }

    /// Takes the rest of a wrapped text from this line on.
    fn go_on(&mut self, mut rest: &[char], line: usize, owner: Owner, care: Care) {
        let (mut at, mut missed) = (line, 0);
        while !rest.is_empty() && missed <= GAP && at < self.free.len() {
            if self.free.get(at).is_none_or(|free| *free == 0) {
                at += 1;
                continue;
            }
            let range = self.stream.line(at);
            let from = if at == line {
                self.cursors.get(at).copied().unwrap_or(range.start)
            } else {
                range.start
            };
            let found = self
                .find(rest, from..range.end, care)
                .filter(|found| found.whole || self.is_piece(&found.range, &range, rest.len()));
            let Some(found) = found else {
                missed += usize::from(at != line);
                at += 1;
                continue;
            };
            rest = rest.get(found.range.len()..).unwrap_or_default();
            self.take(at, found.range, owner);
            missed = 0;
            if self
                .stream
                .free(self.cursors.get(at).copied().unwrap_or(0))
                .is_none()
            {
                at += 1;
            }
        }
    }

    fn take(&mut self, line: usize, range: Range<usize>, owner: Owner) {
        if let Some(free) = self.free.get_mut(line) {
            *free = free.saturating_sub(range.len());
        }
        if let Some(cursor) = self.cursors.get_mut(line) {
            *cursor = range.end;
        }
        self.stream.give(range, owner);
    }

    /// The first place of a text among free characters, else the longest head of it.
    fn find(&mut self, text: &[char], within: Range<usize>, care: Care) -> Option<Found> {
        let pattern = text.get(..PATTERN).unwrap_or(text);
        let cost = pattern.len() + within.len();
        if self.budget < cost {
            return None;
        }
        self.budget -= cost;
        self.learn(pattern);
        let (mut matched, mut best) = (0, 0..0);
        for at in within.clone() {
            let Some(c) = self.stream.free(at) else {
                matched = 0;
                continue;
            };
            while matched > 0 && pattern.get(matched) != Some(&c) {
                matched = self.borders.get(matched - 1).copied().unwrap_or(0);
            }
            if pattern.get(matched) == Some(&c) {
                matched += 1;
            }
            let start = at + 1 - matched;
            if matched == pattern.len() {
                let end = self.extend(text, start, at + 1, within.end);
                let whole = end - start == text.len();
                if self.fits(start..end, care) {
                    return Some(Found {
                        range: start..end,
                        whole,
                    });
                }
                matched = self.borders.get(matched - 1).copied().unwrap_or(0);
            } else if matched > best.len() {
                best = start..at + 1;
            }
        }
        // A head of a text, cut by the end of a line, must not begin within a word of figures.
        let begins = care == Care::Glued || self.begins_alone(best.start);
        (!best.is_empty() && begins).then_some(Found {
            range: best,
            whole: false,
        })
    }

    fn fits(&self, range: Range<usize>, care: Care) -> bool {
        match care {
            Care::Whole => self.stands_alone(range),
            Care::Glued if range.len() >= LONG => true,
            Care::Word if range.len() >= 2 * LONG => true,
            Care::Glued if self.is_glued(&range) => true,
            Care::Glued | Care::Word => self.fills(range),
        }
    }

    /// Is a figure glued to what somebody else has read: `2` and `17` in `070511217`?
    fn is_glued(&self, range: &Range<usize>) -> bool {
        let owned = |at: usize| {
            self.stream
                .seen
                .get(at)
                .is_some_and(|seen| seen.owner.is_some())
        };
        let opens = |at: usize| self.stream.seen.get(at).is_none_or(|seen| seen.opens);
        let digits = range
            .clone()
            .all(|at| self.stream.free(at).is_some_and(|c| c.is_ascii_digit()));
        let before = !opens(range.start) && range.start.checked_sub(1).is_some_and(owned);
        let behind = !opens(range.end) && owned(range.end);
        digits && (before || behind)
    }

    /// Is there nothing unread directly before or behind a place, signs aside?
    fn fills(&self, range: Range<usize>) -> bool {
        let joins = |c: char| c.is_alphanumeric() || matches!(c, ',' | '.');
        let goes_on = |seen: &Seen| seen.owner.is_none() && joins(seen.c);
        let before = range
            .start
            .checked_sub(1)
            .and_then(|at| self.stream.seen.get(at));
        let opens = self
            .stream
            .seen
            .get(range.start)
            .is_some_and(|seen| seen.opens);
        let next = self.stream.seen.get(range.end).filter(|next| !next.opens);
        (opens || !before.is_some_and(goes_on)) && !next.is_some_and(goes_on)
    }

    /// How far the whole text goes on behind its pattern.
    fn extend(&mut self, text: &[char], start: usize, mut end: usize, line_end: usize) -> usize {
        while end < line_end
            && text
                .get(end - start)
                .is_some_and(|c| self.stream.free(end) == Some(*c))
        {
            end += 1;
            self.budget = self.budget.saturating_sub(1);
        }
        end
    }

    /// The borders of a pattern, by which a search never looks back.
    fn learn(&mut self, pattern: &[char]) {
        self.borders.clear();
        let mut border = 0;
        for (at, c) in pattern.iter().enumerate() {
            if at > 0 {
                while border > 0 && pattern.get(border) != Some(c) {
                    border = self.borders.get(border - 1).copied().unwrap_or(0);
                }
                if pattern.get(border) == Some(c) {
                    border += 1;
                }
            }
            self.borders.push(border);
        }
    }

    fn begins_alone(&self, start: usize) -> bool {
        let Some(first) = self.stream.seen.get(start) else {
            return false;
        };
        let before = start.checked_sub(1);
        let of_figure = before
            .and_then(|at| self.stream.seen.get(at))
            .filter(|before| before.owner.is_none())
            .is_some_and(|before| is_of_figure(before.c) && is_of_figure(first.c));
        first.opens || !of_figure || !before.is_some_and(|at| self.joins_digit(at, -1))
    }

    /// Is there a digit at a place, or a sign that joins another digit behind it in this direction?
    /// The point of `1.` and of `No.1` is none of a figure.
    fn joins_digit(&self, at: usize, step: isize) -> bool {
        let seen = |at: usize| self.stream.seen.get(at);
        let digit = |at: usize| seen(at).is_some_and(|seen| seen.c.is_ascii_digit());
        let parted = |at: usize| seen(at).is_none_or(|seen| seen.opens);
        let Some(next) = at.checked_add_signed(step) else {
            return digit(at);
        };
        digit(at) || digit(next) && !parted(at.max(next))
    }

    /// Is a place no part of a longer figure, and a short text no part of a longer word?
    fn stands_alone(&self, range: Range<usize>) -> bool {
        let last = range
            .end
            .checked_sub(1)
            .and_then(|at| self.stream.seen.get(at));
        let next = self.stream.seen.get(range.end);
        let next = next.filter(|next| next.owner.is_none() && !next.opens);
        let figure_goes_on = last
            .zip(next)
            .is_some_and(|(last, next)| is_of_figure(last.c) && is_of_figure(next.c))
            && self.joins_digit(range.end, 1);
        if figure_goes_on || !self.begins_alone(range.start) {
            return false;
        }
        let word_goes_on = range.len() < 3
            && last
                .zip(next)
                .is_some_and(|(last, next)| last.c.is_alphabetic() && next.c.is_alphabetic());
        !word_goes_on
    }
}

/// Digits and what joins them.
const fn is_of_figure(c: char) -> bool {
    matches!(c, '0'..='9' | ',' | '.')
}
