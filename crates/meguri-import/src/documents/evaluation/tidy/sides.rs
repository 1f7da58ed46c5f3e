//! Where a text has lost all marks of its pages: the form's own words tell where a list of projects
//! ends and the next sheet begins.

use super::is_blank;
use crate::documents::evaluation::form::{Section, is_star, section_of_label, squash};
use crate::documents::evaluation::indicators::is_labelled;
use crate::documents::evaluation::pages::{is_indicator_line, is_management_line, is_theme_line};
use crate::source_text::Line;
use crate::text::bullets::after_bullet;
use meguri_core::text::narrow;

/// Which side of a sheet a line shows for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// PLAN, DO, CHECK.
    Front,
    /// The label of the directions, before their text.
    Directions,
    /// The list of projects.
    List,
}

/// Marks the first lines of both sides of every sheet as those of pages.
pub(super) fn mark(lines: &mut [Line]) {
    let first = lines.iter().position(|line| !is_blank(line)).unwrap_or(0);
    if lines.iter().skip(first + 1).any(|line| line.starts_page) {
        return;
    }
    let sides = sides(lines);
    let mut before: Option<(Side, usize)> = None;
    for (at, side) in sides.iter().enumerate() {
        let Some(side) = *side else { continue };
        let start = match before {
            Some((Side::Front, _)) if side != Side::Front => Some(at),
            Some((list, last)) if list != Side::Front && side == Side::Front => {
                Some(first_of_front(lines, list, last, at))
            }
            _ => None,
        };
        if let Some(line) = start.and_then(|start| lines.get_mut(start)) {
            line.starts_page = true;
        }
        before = Some((side, at));
    }
}

/// Where the front of a sheet begins, between the last line that is surely of the list before it and
/// the first that is surely its own: the text of the directions still belongs to the list.
fn first_of_front(lines: &[Line], list: Side, last: usize, front: usize) -> usize {
    let mut start = last + 1;
    if list == Side::Directions {
        let mut between = lines.iter().enumerate().take(front).skip(start);
        let prose = between.rfind(|(_, line)| is_prose(&line.text));
        start = prose.map_or(front, |(at, _)| at + 1);
    }
    // A bare number is that of the page or of a row, and none of an indicator.
    let begins = |at: &usize| {
        lines
            .get(*at)
            .is_some_and(|line| !narrow(line.text.trim()).chars().all(|c| c.is_ascii_digit()))
    };
    (start..front).find(begins).unwrap_or(front)
}

fn is_prose(text: &str) -> bool {
    text.trim_end().ends_with('。') || after_bullet(text.trim()).is_some_and(|t| !t.is_empty())
}

fn sides(lines: &[Line]) -> Vec<Option<Side>> {
    let mut sides = vec![None; lines.len()];
    let mut letters = String::new();
    let mut label = 0;
    for (at, line) in lines.iter().enumerate() {
        let text = squash(&line.text);
        let mut chars = text.chars();
        let own = match (chars.next(), chars.next()) {
            (None, _) => continue,
            (Some(c), None) if !is_star(c) && !c.is_ascii_digit() && c != '-' => {
                label = if letters.is_empty() { at } else { label };
                letters.push(c);
                side_of_label(&letters).map(|side| (label, side))
            }
            _ => {
                letters.clear();
                side_of_line(line.text.trim(), &text).map(|side| (at, side))
            }
        };
        if let Some((at, side)) = own
            && let Some(place) = sides.get_mut(at)
        {
            *place = Some(side);
            letters.clear();
        }
    }
    sides
}

fn side_of_label(label: &str) -> Option<Side> {
    Some(match section_of_label(label)? {
        Section::Directions => Side::Directions,
        _ => Side::Front,
    })
}

fn side_of_line(text: &str, squashed: &str) -> Option<Side> {
    // Running text says nothing: it may speak of anything.
    if squashed.chars().count() > 120 || is_prose(text) {
        return None;
    }
    let front_heads = ["目標達成", "度合い", "成果指標", "基準年度"];
    let front_ends = ["(PLAN)", "(DO)", "(CHECK)"];
    let list_heads = [
        "【参考】関連事務事業",
        "事務事業の動向",
        "予算科目",
        "款項目",
    ];
    if squashed.ends_with("(ACTION)") {
        return Some(Side::Directions);
    }
    if let Some(side) = side_of_label(squashed) {
        return Some(side);
    }
    let front = front_ends.iter().any(|end| squashed.ends_with(end))
        || front_heads.iter().any(|head| squashed.starts_with(head))
        || (squashed.ends_with("理由") && squashed.chars().count() <= 40)
        || squashed.contains("掲載ページ")
        || is_theme_line(squashed)
        || is_management_line(squashed)
        || is_indicator_line(squashed)
        || is_labelled(text);
    if front {
        return Some(Side::Front);
    }
    let list = squashed.chars().all(is_star)
        || list_heads.iter().any(|head| squashed.starts_with(head))
        || squashed.ends_with("千円")
        || squashed.starts_with("合計")
        || is_row(text);
    list.then_some(Side::List)
}

/// A row of the list or the greater part of one: a code among other cells, or a budget item behind
/// a text.
fn is_row(text: &str) -> bool {
    let text = narrow(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let digits = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
    let code = words
        .iter()
        .any(|word| digits(word) && (5..=10).contains(&word.len()));
    let small = |word: &&&str| digits(word) && word.len() <= 2;
    let budget = words.iter().rev().take_while(small).count();
    let named = words
        .iter()
        .any(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    (code && words.len() > 1) || (budget >= 2 && words.len() > 3 && named)
}
