//! Words of a form: its labels, heads, units and frames, which are no content.
//!
//! A word counts only where it is printed whole: from a blank (or from what somebody has read) to
//! the next. So no unknown text is worn down by the words that it happens to hold.

use super::Owner;
use super::stream::{Stream, compared_text};
use crate::source_text::SourceText;
use std::collections::HashMap;
use std::ops::Range;

/// The words that a form prints.
///
/// In a word `#` is a number, `@` a year (with its month, or 末), `*` the name of a plan. A word that
/// begins with `+` may follow what was read without a blank between.
pub struct Form {
    words: HashMap<char, Vec<Word>>,
    /// Words that begin with `#`, `@` or `*`.
    open: Vec<Word>,
    /// The heads by which a person knows the form, as printed.
    pub marks: &'static [&'static str],
}

/// What stands for something else in a word.
const OPEN: [char; 3] = ['#', '@', '*'];

/// What every form prints behind a year that was read: （令和4年度末）, 令和5年度までの実施等状況.
const AFTER_YEAR: [&str; 14] = [
    "+末",
    "+末現在",
    "+末時点",
    "+末の進捗状況",
    "+現在",
    "+時点",
    "+の進捗状況",
    "+の実施状況",
    "+の取組状況",
    "+における進捗状況",
    "+までの進捗状況",
    "+までの実施状況",
    "+までの実施等状況",
    "+までの取組状況",
];

struct Word {
    pattern: Vec<char>,
    follows: bool,
}

impl Form {
    /// A form of these words.
    pub(crate) fn new(
        marks: &'static [&'static str],
        words: impl IntoIterator<Item = &'static str>,
    ) -> Self {
        let mut form = Self {
            words: HashMap::new(),
            open: Vec::new(),
            marks,
        };
        for word in words
            .into_iter()
            .chain(marks.iter().copied())
            .chain(AFTER_YEAR)
        {
            form.add(word, true);
        }
        form
    }

    /// Values of a paper that its form prints again: units, names of groups. Taken as they are.
    pub(super) fn again(echoes: &[String]) -> Self {
        let mut form = Self::new(&[], []);
        for echo in echoes {
            form.add(echo, false);
        }
        form
    }

    /// The heads of the form that a text prints, and those that it does not.
    #[must_use]
    pub fn marks_in(&self, source: &SourceText) -> (Vec<&'static str>, Vec<&'static str>) {
        let mut text = Vec::new();
        for line in &source.lines {
            compared_text(&line.text, &mut text);
        }
        let text: String = text.into_iter().collect();
        let printed = |mark: &&str| {
            let mut chars = Vec::new();
            compared_text(mark, &mut chars);
            text.contains(&chars.into_iter().collect::<String>())
        };
        self.marks.iter().copied().partition(printed)
    }

    fn add(&mut self, word: &str, open: bool) {
        let follows = word.starts_with('+');
        let mut pattern = Vec::new();
        compared_text(word.trim_start_matches('+'), &mut pattern);
        if !open {
            pattern.retain(|c| !OPEN.contains(c));
        }
        let word = Word { pattern, follows };
        match word.pattern.first() {
            None => {}
            Some(first) if OPEN.contains(first) => self.open.push(word),
            Some(first) => self.words.entry(*first).or_default().push(word),
        }
    }

    /// The lengths of all words at the head of a text.
    ///
    /// The name of a plan is printed without a gap; `gap` says where there is one.
    fn words_at(
        &self,
        text: &[char],
        glued: bool,
        gap: impl Fn(usize) -> bool,
        mut reach: impl FnMut(usize),
    ) {
        let own = text.first().and_then(|first| self.words.get(first));
        for word in own.into_iter().flatten().chain(&self.open) {
            if (!glued || word.follows)
                && let Some(length) = matched(&word.pattern, text, &gap)
            {
                reach(length);
            }
        }
        if let Some(length) = year_at(text).filter(|_| !glued) {
            reach(length);
        }
    }
}

/// How much of a text, from its head, is words of the form and signs, each whole; 0 where it
/// begins with something else. `after` is what stands directly before it, unless a blank.
fn tiled(
    forms: &[&Form],
    text: &[char],
    ends: impl Fn(usize) -> bool,
    after: Option<char>,
) -> usize {
    let text = text.get(..LONGEST_RUN).unwrap_or(text);
    let mut reached = vec![false; text.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    let (mut best, mut furthest) = (0, 0);
    for (at, c) in text.iter().enumerate() {
        if at > furthest {
            break;
        }
        if reached.get(at) != Some(&true) {
            continue;
        }
        if at > 0 && ends(at) {
            best = at;
        }
        let rest = text.get(at..).unwrap_or_default();
        let glued = at == 0 && after.is_some_and(char::is_alphabetic);
        let mut reach = |length: usize| {
            if let Some(place) = reached.get_mut(at + length) {
                *place = true;
                furthest = furthest.max(at + length);
            }
        };
        if is_sign(*c) {
            reach(1);
        }
        for form in forms {
            form.words_at(rest, glued, |offset| ends(at + offset), &mut reach);
        }
    }
    if reached.last() == Some(&true) && ends(text.len()) {
        best = text.len();
    }
    best
}

/// The longest text that is looked through for words of the form.
const LONGEST_RUN: usize = 300;

/// How much of a text a pattern takes.
fn matched(pattern: &[char], text: &[char], gap: &dyn Fn(usize) -> bool) -> Option<usize> {
    let mut at = 0;
    for (place, wanted) in pattern.iter().enumerate() {
        let rest = text.get(at..).unwrap_or_default();
        at += match wanted {
            '#' => Some(digits(rest)).filter(|n| (1..=2).contains(n))?,
            '@' => year_at(rest)?,
            '*' => {
                let behind = pattern.get(place + 1..).unwrap_or_default();
                return plan_name(rest, behind, &|offset| gap(at + offset))
                    .map(|length| at + length);
            }
            c => usize::from(rest.first() == Some(c))
                .checked_sub(1)
                .map(|_| 1)?,
        };
    }
    Some(at)
}

/// How the names of plans end.
const PLANS: [&str; 8] = [
    "計画",
    "プラン",
    "戦略",
    "プログラム",
    "大綱",
    "ビジョン",
    "指針",
    "方針",
];
/// The longest name of a plan, in characters.
const LONGEST_NAME: usize = 48;

/// A plan's name, which has no gap, and the pattern behind it.
fn plan_name(text: &[char], behind: &[char], gap: &dyn Fn(usize) -> bool) -> Option<usize> {
    let endings = PLANS.map(|ending| {
        let mut chars = Vec::new();
        compared_text(ending, &mut chars);
        chars
    });
    (2..text.len().min(LONGEST_NAME) + 1).find_map(|end| {
        let name = text.get(..end)?;
        let is_name = endings.iter().any(|ending| name.ends_with(ending));
        if !is_name || (1..end).any(gap) {
            return None;
        }
        let rest = text.get(end..).unwrap_or_default();
        let more = matched(behind, rest, &|offset| gap(end + offset))?;
        Some(end + more)
    })
}

fn digits(text: &[char]) -> usize {
    text.iter().take_while(|c| c.is_ascii_digit()).count()
}

fn kanji_figures(text: &[char]) -> usize {
    let of_figure = |c: &&char| "〇一二三四五六七八九十".contains(**c);
    text.iter().take(5).take_while(of_figure).count()
}

/// A year as heads print it: `令和5年度`, `令和5(2023)年度`, `R5`, `5年度`, `2023年度`, `令和3年6月`,
/// `令和4年度末`, `R3.6`.
fn year_at(text: &[char]) -> Option<usize> {
    let starts = |at: usize, word: &str| {
        let length = word.chars().count();
        let part = text.get(at..at + length);
        part.is_some_and(|part| part.iter().copied().eq(word.chars()))
            .then_some(at + length)
    };
    let era = ["令和", "平成", "昭和"]
        .iter()
        .find_map(|era| starts(0, era));
    let letter = ["R", "H", "S"].iter().find_map(|era| starts(0, era));
    let mut at = era.or(letter).unwrap_or(0);
    let figures = digits(text.get(at..).unwrap_or_default());
    let kanji = kanji_figures(text.get(at..).unwrap_or_default());
    if let Some(first) = starts(at, "元") {
        at = first;
    } else if kanji > 0 && starts(at + kanji, "年").is_some() {
        at += kanji;
    } else if matches!(figures, 1 | 2) || (figures == 4 && era.is_none()) {
        at += figures;
    } else {
        return None;
    }
    if let Some(inner) = starts(at, "(")
        && digits(text.get(inner..).unwrap_or_default()) == 4
        && let Some(closed) = starts(inner + 4, ")")
    {
        at = closed;
    }
    if letter.is_some() && starts(at, "年").is_none() {
        if let Some(point) = starts(at, ".") {
            let month = digits(text.get(point..).unwrap_or_default());
            return Some(if month > 0 { point + month } else { at });
        }
        return Some(at);
    }
    at = starts(at, "年")?;
    let year_only = starts(at, "度").is_none();
    at = starts(at, "度").or_else(|| starts(at, "次")).unwrap_or(at);
    if year_only {
        let month = digits(text.get(at..).unwrap_or_default());
        at = starts(at + month, "月").filter(|_| month > 0).unwrap_or(at);
        if era.is_none() && month == 0 && figures != 4 {
            return None;
        }
    }
    Some(starts(at, "末").unwrap_or(at))
}

/// Is a character a sign: neither letter nor digit, nor what stands for a lost one?
pub(super) fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !is_lost(c) && !matches!(c, '\u{3099}' | '\u{309a}')
}

/// What extraction leaves in place of a character that it does not know.
pub(super) const fn is_lost(c: char) -> bool {
    matches!(c, '\u{fffd}' | '〓' | '□' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}')
}

/// Gives the words of the form to it: those that are spread over lines first, since their parts may
/// look like others. `again` are values that the form repeats.
pub(super) fn label(stream: &mut Stream, form: &Form, again: &Form) {
    label_blocks(stream, form);
    let words = Words { form, again };
    for line in 0..stream.lines() {
        for run in stream.free_runs(line) {
            label_run(stream, &words, run);
        }
    }
}

/// The words of a form with those that only this paper repeats.
struct Words<'f> {
    form: &'f Form,
    again: &'f Form,
}

impl Words<'_> {
    fn tiled(&self, text: &[char], ends: impl Fn(usize) -> bool, after: Option<char>) -> usize {
        tiled(&[self.form, self.again], text, ends, after)
    }
}

fn label_run(stream: &mut Stream, form: &Words<'_>, run: Range<usize>) {
    let text: Vec<char> = stream
        .seen
        .get(run.clone())
        .unwrap_or_default()
        .iter()
        .map(|s| s.c)
        .collect();
    let opens = |stream: &Stream, at: usize| stream.seen.get(at).is_some_and(|seen| seen.opens);
    let mut at = run.start;
    while at < run.end {
        let rest = text.get(at - run.start..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| stream.seen.get(before));
        let after = before.filter(|_| !opens(stream, at)).map(|seen| seen.c);
        let ends = |length: usize| {
            let end = at + length;
            end == run.end || opens(stream, end)
        };
        let length = form.tiled(rest, ends, after);
        if length > 0 {
            give_label(stream, at..at + length);
            at += length;
        } else {
            at = (at + 1..run.end)
                .find(|at| opens(stream, *at))
                .unwrap_or(run.end);
        }
    }
}

/// A sign of an amount that was read without it is no frame.
fn give_label(stream: &mut Stream, range: Range<usize>) {
    let last = range.end.saturating_sub(1);
    let sign = stream.seen.get(last).map(|seen| seen.c);
    let next = stream.seen.get(range.end);
    let amount = next.is_some_and(|next| {
        next.owner == Some(Owner::Value)
            && next.c.is_ascii_digit()
            && (sign == Some('△') || (sign == Some('-') && !next.opens))
    });
    let alone = stream.seen.get(last).is_some_and(|seen| seen.opens) || range.len() == 1;
    let end = if amount && alone { last } else { range.end };
    stream.give(range.start..end, Owner::Label);
}

/// How many lines a label may be spread over: one character a line where it is set upright.
const TALLEST: usize = 14;
/// The longest line of such a label.
const WIDEST: usize = 24;

/// Labels over several lines: set upright, or cut by a narrow column.
fn label_blocks(stream: &mut Stream, form: &Form) {
    let whole = |stream: &Stream, line: usize| {
        let range = stream.line(line);
        let free = range.clone().all(|at| stream.free(at).is_some());
        let figures = range
            .clone()
            .all(|at| stream.free(at).is_some_and(|c| c.is_ascii_digit()));
        (!range.is_empty() && range.len() <= WIDEST && free && !figures).then_some(range)
    };
    let short: Vec<Range<usize>> = (0..stream.lines())
        .filter_map(|line| whole(stream, line))
        .collect();
    let mut at = 0;
    while at < short.len() {
        let block = short
            .get(at..short.len().min(at + TALLEST))
            .unwrap_or_default();
        let mut text: Vec<char> = Vec::new();
        let mut ends = Vec::new();
        for line in block {
            text.extend(
                stream
                    .seen
                    .get(line.clone())
                    .unwrap_or_default()
                    .iter()
                    .map(|s| s.c),
            );
            ends.push(text.len());
        }
        let length = tiled(&[form], &text, |length| ends.contains(&length), None);
        let lines = ends
            .iter()
            .position(|end| *end == length)
            .map_or(0, |at| at + 1);
        let lines = if lines > 1 { lines } else { 0 };
        for line in block.iter().take(lines) {
            stream.give(line.clone(), Owner::Label);
        }
        at += lines.max(1);
    }
}
