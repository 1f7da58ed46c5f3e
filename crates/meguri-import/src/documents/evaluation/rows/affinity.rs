//! Codes that have come away from their rows: which row a code belongs to follows from the section
//! that uses its prefix, from the budget item, from the codes of the neighbouring rows, and, where
//! these do not tell, from the distance in the text.

use super::ProjectList;
use super::piece::Piece;
use crate::documents::evaluation::vocabulary::{Vocabulary, code_prefix, is_kan_prefix};
use meguri_core::source::Settled;
use meguri_core::text::{name_key, narrow};
use std::collections::{BTreeMap, HashMap};

/// A lead smaller than this is no lead.
const LEAST_LEAD: i32 = 2;
/// Below this, code and row speak against each other.
const LEAST_SCORE: i32 = -16;
/// More pairs than this are not tried one by one.
const MOST_PAIRS: usize = 10_000;

/// Does the code of the tail begin with the 款 of the head, where the document's codes do so?
pub(super) fn kan_agrees(head: &Piece, tail: &Piece, vocabulary: &Vocabulary) -> Option<bool> {
    let special = head.account.is_some() || tail.account.is_some();
    let kan = if head.budget.is_empty() && tail.budget.len() == 3 {
        tail.budget.first()
    } else {
        head.budget.first().filter(|_| head.section.is_some())
    }?;
    let code = tail.code.as_ref()?;
    (vocabulary.code_begins_with_kan && !special).then(|| is_kan_prefix(kan.value(), code.value()))
}

/// Joins loose codes with rows that lack one, the surest first.
pub(super) fn join_codes(list: &mut ProjectList, vocabulary: &Vocabulary) {
    loop {
        let rows: Vec<usize> = (0..list.rows.len())
            .filter(|at| list.rows.get(*at).is_some_and(|row| row.code.is_none()))
            .collect();
        let tails: Vec<usize> = (0..list.loose.len())
            .filter(|at| {
                list.loose
                    .get(*at)
                    .is_some_and(|piece| piece.code.is_some())
            })
            .collect();
        if rows.is_empty() || tails.is_empty() || rows.len() * tails.len() > MOST_PAIRS {
            return;
        }
        let Some((row, tail)) = best_pair(list, &rows, &tails, vocabulary) else {
            return;
        };
        let piece = list.loose.remove(tail);
        let place = piece.order;
        let head = list.rows.get(row).map_or(0, |row| row.order);
        if let Some(row) = list.rows.get_mut(row) {
            row.take(piece, Settled::Layout);
        }
        join_parted_pair(list, head, place);
    }
}

/// A torn pair whose two heads stand in one place and whose two tails in another: what follows the
/// tail of the one belongs to the row before its head.
fn join_parted_pair(list: &mut ProjectList, head: usize, tail: usize) {
    let before = |row: &Piece| row.order + 1 == head && row.code.is_some() && row.cost.is_none();
    let Some(row) = list.rows.iter().position(before) else {
        return;
    };
    let behind = |piece: &Piece| piece.order == tail + 1 && piece.is_cost_tail();
    let Some(at) = list.loose.iter().position(behind) else {
        return;
    };
    let fits = list
        .rows
        .get(row)
        .zip(list.loose.get(at))
        .is_some_and(|(row, piece)| row.lacks_all_of(piece));
    if fits {
        let piece = list.loose.remove(at);
        if let Some(row) = list.rows.get_mut(row) {
            row.take(piece, Settled::Layout);
        }
    }
}

/// The pair with the highest score that leads over every other pair of the same row and of the
/// same tail.
fn best_pair(
    list: &ProjectList,
    rows: &[usize],
    tails: &[usize],
    vocabulary: &Vocabulary,
) -> Option<(usize, usize)> {
    let codes = codes_by_number(list);
    let mut scores: Vec<(i32, usize, usize)> = Vec::new();
    for row in rows {
        for tail in tails {
            let (head, piece) = (list.rows.get(*row)?, list.loose.get(*tail)?);
            if let Some(score) = score(head, piece, &codes, vocabulary) {
                scores.push((score, *row, *tail));
            }
        }
    }
    scores.sort_by_key(|(score, row, tail)| (std::cmp::Reverse(*score), *row, *tail));
    let leads = |best: &(i32, usize, usize)| {
        let rival = scores
            .iter()
            .filter(|s| *s != best && (s.1 == best.1 || s.2 == best.2))
            .map(|s| s.0)
            .max();
        best.0 >= LEAST_SCORE && rival.is_none_or(|rival| best.0 - rival >= LEAST_LEAD)
    };
    // A clear pair may stand behind unclear ones of a higher score.
    scores
        .iter()
        .take(200)
        .find(|s| leads(s))
        .map(|s| (s.1, s.2))
}

/// The codes of the rows by number, and by prefix and number.
#[derive(Default)]
struct Codes {
    by_number: HashMap<u32, String>,
    by_prefix: HashMap<String, BTreeMap<u32, String>>,
}

fn codes_by_number(list: &ProjectList) -> Codes {
    let mut codes = Codes::default();
    for row in &list.rows {
        if let (Some(no), Some(code)) = (&row.no, &row.code) {
            let code = narrow(code.value());
            if let Some(prefix) = code_prefix(&code) {
                let rows = codes.by_prefix.entry(prefix).or_default();
                rows.insert(*no.value(), code.clone());
            }
            codes.by_number.insert(*no.value(), code);
        }
    }
    codes
}

fn score(head: &Piece, tail: &Piece, codes: &Codes, vocabulary: &Vocabulary) -> Option<i32> {
    if !head.lacks_all_of(tail) {
        return None;
    }
    let code = narrow(tail.code.as_ref()?.value());
    let mut score = 0;
    if head.no.is_some() && tail.no.is_some() {
        score += 100;
    }
    // What the tail says by itself (its section, a whole budget item) is the same for every head.
    if head.budget.len() + tail.budget.len() == 3 {
        let sections = usize::from(head.section.is_some()) + usize::from(tail.section.is_some());
        score += if !head.budget.is_empty() {
            20
        } else if sections == 1 {
            12
        } else {
            0
        };
    }
    score += match kan_agrees(head, tail, vocabulary) {
        Some(true) if !head.budget.is_empty() => 10,
        Some(false) => -40,
        _ => 0,
    };
    score += section_score(head, &code, vocabulary);
    score += listed_score(head, &code, vocabulary);
    let number = head.no.as_ref().or(tail.no.as_ref()).map(|no| *no.value());
    score += neighbour_score(number, &code, codes);
    let distance = head.order.abs_diff(tail.order).min(40);
    score -= i32::try_from(distance).unwrap_or(40) / 4;
    if tail.order == head.order + 1 {
        // A row that is cut goes on in the next piece more often than not.
        score += 8;
    }
    score += match (head.reversed, tail.reversed) {
        (true, true) => 30,
        (false, false) => 0,
        _ => -15,
    };
    Some(score)
}

/// Is the prefix of the code one that the section uses elsewhere?
fn section_score(head: &Piece, code: &str, vocabulary: &Vocabulary) -> i32 {
    let (Some(section), Some(prefix)) = (&head.section, code_prefix(code)) else {
        return 0;
    };
    match vocabulary.prefix_sections.get(&prefix) {
        Some(sections) if sections.contains(&narrow(section.value())) => 30,
        Some(_) => -25,
        None => 0,
    }
}

/// A row that is listed again has the code of the sheet where it is first.
fn listed_score(head: &Piece, code: &str, vocabulary: &Vocabulary) -> i32 {
    let listed = head
        .name
        .as_ref()
        .filter(|_| head.reposted)
        .and_then(|name| vocabulary.listed_codes.get(&name_key(name.value())));
    match listed {
        Some(listed) if listed == code => 60,
        Some(_) => -60,
        None => 0,
    }
}

/// Does the code fit between those of the rows before and after that share its prefix? Right beside
/// them it fits better.
fn neighbour_score(number: Option<u32>, code: &str, codes: &Codes) -> i32 {
    let Some(number) = number else { return 0 };
    let family = code_prefix(code).and_then(|prefix| codes.by_prefix.get(&prefix));
    let before = family.and_then(|rows| rows.range(..number).next_back());
    let after = family.and_then(|rows| rows.range(number..).next());
    let one = |neighbour: Option<(&u32, &String)>, ascending: fn(&str, &str) -> bool| {
        neighbour.map_or(0, |(place, other)| {
            let near = if place.abs_diff(number) == 1 { 4 } else { 0 };
            near + if ascending(other, code) { 10 } else { 2 }
        })
    };
    let score = one(before, |other, code| other < code) + one(after, |other, code| other > code);
    if family.is_some() {
        return score;
    }
    // Codes of neighbouring sections often begin alike, too.
    let beside = |place: Option<u32>| place.and_then(|place| codes.by_number.get(&place));
    let alike = |other: &&String| other.get(..3) == code.get(..3);
    let before = beside(number.checked_sub(1)).filter(alike);
    let after = beside(number.checked_add(1)).filter(alike);
    3 * i32::from(before.is_some_and(|other| other.as_str() < code))
        + 3 * i32::from(after.is_some_and(|other| other.as_str() > code))
}
