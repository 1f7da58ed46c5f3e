//! The places of an entry that were searched for, in the spelling of the entry.

use crate::entry::Line;
use crate::found::{Piece, Snippet};
use crate::normal::{Mapped, cells};

/// The longest snippet, in cells (characters with their marks).
const LONGEST: usize = 120;
/// The most snippets of an entry.
const MOST: usize = 2;
/// How much of the line is shown before what was found, at most, in cells.
const BEFORE: usize = 30;
/// How far from its end a snippet may be cut earlier, to end with a sentence.
const LOOSE: usize = 20;
/// The most windows of one line that are weighed.
const MOST_WINDOWS: usize = 8;

/// A part of the original, in bytes.
type Span = (usize, usize);

/// A piece of a line that could be shown.
struct Window<'a> {
    line: &'a Line,
    /// The number of the line.
    at: usize,
    span: Span,
    marks: Vec<Span>,
    /// For each word: is it in the window?
    words: Vec<bool>,
}

/// The whole text, with the words marked.
pub(crate) fn marked(text: &str, words: &[Vec<String>]) -> Vec<Piece> {
    pieces(text, (0, text.len()), &marks(text, words))
}

/// The pieces of the lines that show most of the words, in the order of the lines.
pub(crate) fn snippets(lines: &[Line], words: &[Vec<String>]) -> Vec<Snippet> {
    let mut windows = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        windows.extend(windows_of(line, at, words));
    }
    let mut missing: Vec<bool> = words.iter().map(|_| true).collect();
    let mut chosen: Vec<Window<'_>> = Vec::new();
    while chosen.len() < MOST {
        let Some(best) = best_window(&windows, &missing) else {
            break;
        };
        let window = windows.remove(best);
        for (missing, found) in missing.iter_mut().zip(&window.words) {
            *missing &= !found;
        }
        chosen.push(window);
    }
    if chosen.is_empty() {
        chosen.extend(first_window(lines));
    }
    chosen.sort_by_key(|window| (window.at, window.span));
    chosen.iter().map(shown).collect()
}

/// The window with most words that are still missing, then most words, then most marks.
fn best_window(windows: &[Window<'_>], missing: &[bool]) -> Option<usize> {
    let worth = |window: &Window<'_>| {
        let found = window.words.iter().filter(|found| **found).count();
        let new = window
            .words
            .iter()
            .zip(missing)
            .filter(|(f, m)| **f && **m)
            .count();
        (new, found, window.marks.len())
    };
    let best = windows
        .iter()
        .enumerate()
        .rev()
        .max_by_key(|(_, window)| worth(window));
    best.map(|(at, _)| at)
}

/// The beginning of the text, for an entry that was found by its title; codes and figures with their
/// labels say nothing of it.
fn first_window(lines: &[Line]) -> Option<Window<'_>> {
    let (at, line) = lines
        .iter()
        .enumerate()
        .find(|(_, line)| !line.text.trim().is_empty() && line.labels.is_empty())?;
    let cells: Vec<Span> = cells(&line.text).collect();
    let span = span_of(&line.text, &cells, 0, 0);
    Some(Window {
        line,
        at,
        span,
        marks: Vec::new(),
        words: Vec::new(),
    })
}

fn windows_of<'a>(line: &'a Line, at: usize, words: &[Vec<String>]) -> Vec<Window<'a>> {
    let found = found_words(&line.text, words);
    if found.is_empty() {
        return Vec::new();
    }
    let cells: Vec<Span> = cells(&line.text).collect();
    let mut windows: Vec<Window<'a>> = Vec::new();
    let mut end = 0;
    for (_, mark) in &found {
        if mark.0 < end || windows.len() == MOST_WINDOWS {
            continue;
        }
        let first = cells.partition_point(|cell| cell.1 <= mark.0);
        let free = cells.partition_point(|cell| cell.1 <= end);
        let mut span = span_of(&line.text, &cells, first, mark.1);
        span.0 = span.0.max(cells.get(free).map_or(0, |cell| cell.0));
        end = span.1;
        let within = || {
            found
                .iter()
                .filter(|(_, mark)| mark.0 >= span.0 && mark.0 < span.1)
        };
        let seen = |word| within().any(|(of, _)| *of == word);
        windows.push(Window {
            line,
            at,
            span,
            marks: within().map(|(_, mark)| *mark).collect(),
            words: (0..words.len()).map(seen).collect(),
        });
    }
    windows
}

/// The part of the text to show around the cell `mark`, whose find ends at byte `mark_end`.
fn span_of(text: &str, cells: &[Span], mark: usize, mark_end: usize) -> Span {
    let is_stop = |cell: &Span, stops: &[char]| {
        text.get(cell.0..cell.1)
            .is_some_and(|cell| cell.starts_with(stops))
    };
    const ENDS: [char; 4] = ['。', '．', '\n', '！'];
    const RESTS: [char; 8] = ['。', '、', '，', '．', '\n', '」', '）', ' '];
    let earliest = mark.saturating_sub(BEFORE);
    // A snippet begins with a sentence where one begins not too far before.
    let before = cells.get(earliest..mark).unwrap_or_default();
    let first = match before.iter().rposition(|cell| is_stop(cell, &ENDS)) {
        Some(stop) => earliest + stop + 1,
        None => earliest,
    };
    let mut end = (first + LONGEST).min(cells.len());
    if end < cells.len() {
        let tail = cells
            .get(end.saturating_sub(LOOSE)..end)
            .unwrap_or_default();
        let stop = tail
            .iter()
            .rposition(|cell| is_stop(cell, &RESTS) && cell.1 >= mark_end);
        if let Some(stop) = stop {
            end = end.saturating_sub(LOOSE) + stop + 1;
        }
    }
    let from = cells.get(first).map_or(0, |cell| cell.0);
    (
        from,
        end.checked_sub(1)
            .and_then(|last| cells.get(last))
            .map_or(from, |cell| cell.1),
    )
}

/// Where the words stand, each in any of its forms and with its number, by place.
fn found_words(text: &str, words: &[Vec<String>]) -> Vec<(usize, Span)> {
    if words.is_empty() {
        return Vec::new();
    }
    let mapped = Mapped::new(text);
    let mut found = Vec::new();
    for (number, forms) in words.iter().enumerate() {
        for form in forms.iter().filter(|form| !form.is_empty()) {
            let places = mapped.normal.match_indices(form.as_str());
            let spans = places.filter_map(|(at, _)| mapped.original(at, at + form.len()));
            found.extend(spans.map(|span| (number, span)));
        }
    }
    found.sort_by_key(|(number, span)| (*span, *number));
    found
}

/// The parts of the text that the words cover, without overlap.
fn marks(text: &str, words: &[Vec<String>]) -> Vec<Span> {
    found_words(text, words)
        .into_iter()
        .map(|(_, span)| span)
        .collect()
}

fn shown(window: &Window<'_>) -> Snippet {
    let text = &window.line.text;
    let rest = |part: Option<&str>| part.is_some_and(|part| !part.trim().is_empty());
    Snippet {
        label: window.line.label.clone(),
        pieces: pieces(text, window.span, &window.marks),
        more_before: rest(text.get(..window.span.0)),
        more_after: rest(text.get(window.span.1..)),
    }
}

/// The span of the text in pieces; marks are sorted and may overlap.
fn pieces(text: &str, span: Span, marks: &[Span]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |from: usize, to: usize, marked: bool| {
        let Some(part) = text.get(from..to).filter(|part| !part.is_empty()) else {
            return;
        };
        match pieces.last_mut().filter(|last| last.marked == marked) {
            Some(last) => last.text.push_str(part),
            None => pieces.push(Piece {
                text: part.to_owned(),
                marked,
            }),
        }
    };
    let mut at = span.0;
    for mark in marks {
        let (from, to) = (mark.0.clamp(at, span.1), mark.1.clamp(at, span.1));
        add(at, from, false);
        add(from, to, true);
        at = to;
    }
    add(at, span.1, false);
    pieces
}

#[cfg(test)]
mod tests;
