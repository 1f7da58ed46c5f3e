//! Blank lines: the form sets one between any two blocks.

use super::is_blank;
use crate::documents::evaluation::form::{
    is_caption, is_star, is_table_head, section_of_label, squash,
};
use crate::documents::evaluation::indicators::is_labelled;
use crate::source_text::Line;
use crate::text::bullets::after_bullet;
use meguri_core::text::narrow_char;

/// Fewer filled lines than this say nothing of how a text sets its blank lines.
const FEWEST: usize = 12;

/// Takes out the blank line behind every line of a text that was doubled line by line.
pub(super) fn drop_doubled(lines: &mut Vec<Line>) {
    let seen = |line: &Line| !line.text.trim_matches([' ', '\t']).is_empty();
    let filled = lines.iter().filter(|line| seen(line)).count();
    let pairs = lines
        .windows(2)
        .filter(|pair| pair.iter().all(seen))
        .count();
    if filled < FEWEST || pairs * 50 > filled {
        return;
    }
    let triples = lines
        .windows(3)
        .filter(|three| !three.iter().any(seen))
        .count();
    // One blank line between all lines is no gap only where others stand further apart.
    if triples == 0 {
        return;
    }
    let mut behind = false;
    lines.retain(|line| {
        let doubled = behind && !seen(line) && !line.starts_page;
        behind = !doubled;
        !doubled
    });
}

/// What a line is, as far as it decides whether the next one stands in its block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// One letter of an upright label.
    Letter,
    /// Running text, and whether its sentence is still open.
    Prose { open: bool },
    /// A grade and 理由, before their sentences.
    Reason,
    /// A number alone, or the name behind it.
    Name,
    /// The head of a column, which goes on below.
    Head,
    /// Labels, figures, rows.
    Other,
}

/// Sets blank lines between blocks where a text has lost all of them.
pub(super) fn put_back(lines: &mut Vec<Line>) {
    let blank = lines.iter().filter(|line| is_blank(line)).count();
    let filled = lines.len().saturating_sub(blank);
    if filled < FEWEST || blank * 25 > filled {
        return;
    }
    let mut spread = Vec::with_capacity(lines.len().saturating_mul(2));
    let mut before = Shape::Other;
    for line in std::mem::take(lines) {
        let shape = shape(line.text.trim(), before);
        if !goes_on(before, shape, line.text.trim()) || line.starts_page {
            let gap = Line {
                number: line.number,
                text: String::new(),
                printed: None,
                starts_page: false,
            };
            spread.push(gap);
        }
        before = shape;
        spread.push(line);
    }
    *lines = spread;
}

fn goes_on(before: Shape, shape: Shape, text: &str) -> bool {
    match (before, shape) {
        (Shape::Letter, Shape::Letter)
        | (Shape::Head, Shape::Head)
        | (Shape::Reason, Shape::Prose { .. }) => true,
        (Shape::Prose { open }, Shape::Prose { .. }) => open || after_bullet(text).is_some(),
        (Shape::Name, Shape::Name) => !begins_with_digit(text),
        _ => false,
    }
}

fn shape(text: &str, before: Shape) -> Shape {
    let squashed = squash(text);
    let length = squashed.chars().count();
    let digits = squashed.chars().all(|c| c.is_ascii_digit());
    let star = squashed.chars().all(is_star);
    if length == 1 && !digits && !star && squashed != "-" {
        return Shape::Letter;
    }
    if digits && length <= 2 {
        return Shape::Name;
    }
    if length <= 40 && squashed.ends_with("理由") && !squashed.contains('。') {
        return Shape::Reason;
    }
    if is_table_head(&squashed) {
        return Shape::Head;
    }
    if star || is_form(&squashed) || is_figure_line(text) {
        return Shape::Other;
    }
    let sentence = text.ends_with('。');
    let behind = matches!(before, Shape::Prose { open: true } | Shape::Reason);
    if sentence || after_bullet(text).is_some_and(|t| !t.is_empty()) || behind {
        return Shape::Prose { open: !sentence };
    }
    // A name without figures behind it may go on in the next line.
    let figures = text.split_whitespace().skip(1).any(begins_with_digit);
    let numbered = begins_with_digit(text) && !figures;
    if numbered || before == Shape::Name {
        Shape::Name
    } else {
        Shape::Other
    }
}

fn begins_with_digit(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|c| narrow_char(c).is_ascii_digit())
}

/// A head, a label or a caption of the form.
fn is_form(squashed: &str) -> bool {
    let heads = ["基本目標", "事務事業の動向", "目標達成", "度合い"];
    is_caption(squashed)
        || section_of_label(squashed).is_some()
        || heads.iter().any(|head| squashed.starts_with(head))
}

/// `目標 件 - 3 4`, `3 4 4`, `031340 19,760 維持`: a label with values, or a short line of figures.
fn is_figure_line(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let Some(first) = words.next() else {
        return false;
    };
    if is_labelled(text) {
        return true;
    }
    let digits = |c: char| matches!(narrow_char(c), '0'..='9' | ',' | '.' | '%' | '・' | '-');
    let figure = |word: &str| begins_with_digit(word) && word.chars().all(digits);
    figure(first) && text.split_whitespace().nth(1).is_none_or(figure)
        || figure(first) && first.chars().count() > 3
}
