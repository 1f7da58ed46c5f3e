//! The normal form under which text is searched: width, kana of both kinds and sizes, case, variant
//! kanji, dashes, and the spaces and middle dots between Japanese characters make no difference.
//!
//! Text and query go through the same function, and it looks at no context but one character
//! (with its marks) and the spaces around it. So the normal form of a part is a part of the
//! normal form of the whole, which is what makes every word findable. Spellings that need more
//! context (okurigana, long vowels, numerals) are tried one by one; see `spelling`.

use meguri_core::text::{is_japanese, is_unseen, plain_char};
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The normal form of a text.
#[must_use]
pub fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    fold(text, &mut |c, _, _| normal.push(c));
    normal
}

/// The normal form with the place in the original that each character came from.
#[derive(Debug, Default)]
pub(crate) struct Mapped {
    /// The normal form.
    pub(crate) normal: String,
    /// For each byte of `normal`: where in the original its character begins and ends.
    places: Vec<(usize, usize)>,
}

impl Mapped {
    pub(crate) fn new(text: &str) -> Self {
        let mut mapped = Self::default();
        fold(text, &mut |c, from, to| {
            mapped.normal.push(c);
            mapped.places.resize(mapped.normal.len(), (from, to));
        });
        mapped
    }

    /// The bytes of the original that hold the bytes `from..to` of the normal form.
    pub(crate) fn original(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let first = self.places.get(from)?;
        let last = self.places.get(to.checked_sub(1)?)?;
        Some((first.0, last.1))
    }
}

/// The cells of a text: a character with the marks that belong to it, as (from, to) in bytes.
/// Text is never cut within a cell.
pub(crate) fn cells(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (from, first) = chars.next()?;
        let mut to = from + first.len_utf8();
        let mut joined = false;
        while let Some(&(at, c)) = chars.peek() {
            if !joined && !clings(c) {
                break;
            }
            joined = c == ZERO_WIDTH_JOINER;
            to = at + c.len_utf8();
            chars.next();
        }
        Some((from, to))
    })
}

const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// Gives each character of the normal form with its place (from, to) in the original.
fn fold(text: &str, emit: &mut impl FnMut(char, usize, usize)) {
    let mut spaces = Spaces::default();
    for (from, to) in cells(text) {
        let Some(cell) = text.get(from..to) else {
            continue;
        };
        let mut chars = cell.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if is_plain(c) => spaces.pass(plain(c), from, to, emit),
            _ => {
                let kept = cell.chars().filter(|c| !is_unseen(*c));
                for c in kept.nfkc().flat_map(char::to_lowercase).nfkc() {
                    // A mark that found no letter to compose with says nothing to a search.
                    if canonical_combining_class(c) == 0 && !is_unseen(c) {
                        spaces.pass(plain(c), from, to, emit);
                    }
                }
            }
        }
    }
}

/// The character in the form of all its spellings, small kana as large ones.
fn plain(c: char) -> char {
    match plain_char(c) {
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        'ッ' => 'ツ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        'ヮ' => 'ワ',
        c => c,
    }
}

/// Does what stands between two characters stay beside this one? A dot between numerals does, in
/// kanji too.
fn stays(between: char, beside: char) -> bool {
    let numeral = between == '・' && "〇一二三四五六七八九十".contains(beside);
    numeral || !is_japanese(beside)
}

/// Spaces stay only between two characters that are not Japanese, as one blank; so do middle dots.
#[derive(Default)]
struct Spaces {
    before: Option<char>,
    pending: Option<(char, usize, usize)>,
}

impl Spaces {
    fn pass(&mut self, c: char, from: usize, to: usize, emit: &mut impl FnMut(char, usize, usize)) {
        if c.is_whitespace() {
            self.pending.get_or_insert((' ', from, to));
            return;
        }
        if c == '・' {
            // A dot says more than the blanks around it.
            self.pending = Some((c, from, to));
            return;
        }
        if let (Some(before), Some((between, from, to))) = (self.before, self.pending.take())
            && stays(between, before)
            && stays(between, c)
        {
            emit(between, from, to);
        }
        emit(c, from, to);
        self.before = Some(c);
    }
}

/// Is the character its own NFKC and lower case, and never composed with what follows it?
const fn is_plain(c: char) -> bool {
    matches!(c, ' '..='@' | '['..='~' | 'ぁ'..='ゖ' | 'ァ'..='ヾ' | '、'..='〕' | '一'..='\u{9fff}')
}

/// Does the character belong to the one before it?
fn clings(c: char) -> bool {
    if is_plain(c) {
        return false;
    }
    if is_unseen(c) {
        return true;
    }
    let mut first = None;
    decompose_compatible(c, |part| first = first.or(Some(part)));
    first.is_some_and(|first| {
        canonical_combining_class(first) != 0
            || is_nfkc_quick(std::iter::once(first)) == IsNormalized::Maybe
    })
}

#[cfg(test)]
mod tests;
