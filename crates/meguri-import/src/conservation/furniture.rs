//! What repeats from page to page: running heads, captions, feet, numbers of pages and of empty
//! rows. A text that comes once is never furniture.

use super::Owner;
use super::stream::Stream;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The fewest pages that can show what repeats.
const FEWEST: usize = 3;
/// The fewest letters of a line that repeats: a shorter one may be a value of several rows.
const SHORTEST: usize = 6;
/// The most: a longer one is a sentence.
const LONGEST: usize = 60;
/// The fewest numbers, one a line and one after the other, that are those of empty rows.
const ROWS: usize = 3;

/// Gives what repeats to the furniture. `units` are the lines where the units of the paper begin,
/// each as good as a page.
pub(super) fn mark(stream: &mut Stream, pages: &[usize], units: &[usize]) {
    let lines: Vec<(usize, Range<usize>)> = (0..stream.lines())
        .map(|line| (line, stream.line(line)))
        .filter(|(_, range)| !range.is_empty() && range.clone().all(|at| stream.free(at).is_some()))
        .collect();
    let starts = if pages.len() >= FEWEST { pages } else { units };
    let mut out = repeated(stream, &lines, starts);
    out.extend(numbers(stream, &lines, units));
    for range in out {
        stream.give(range, Owner::Furniture);
    }
}

/// Lines that most pages print.
fn repeated(
    stream: &Stream,
    lines: &[(usize, Range<usize>)],
    starts: &[usize],
) -> Vec<Range<usize>> {
    if starts.len() < FEWEST {
        return Vec::new();
    }
    let mut places: HashMap<String, Vec<(usize, Range<usize>)>> = HashMap::new();
    for (line, range) in lines {
        let letters = range.len();
        if !(SHORTEST..=LONGEST).contains(&letters) {
            continue;
        }
        let text: String = chars(stream, range).collect();
        if !text.contains('。') && text.chars().any(char::is_alphabetic) {
            places.entry(text).or_default().push((*line, range.clone()));
        }
    }
    let page_of = |line: usize| starts.partition_point(|start| *start <= line);
    let mut out = Vec::new();
    for found in places.into_values() {
        let mut pages: Vec<usize> = found.iter().map(|(line, _)| page_of(*line)).collect();
        pages.dedup();
        if pages.len() >= FEWEST && pages.len() * 5 >= starts.len() * 3 {
            out.extend(found.into_iter().map(|(_, range)| range));
        }
    }
    out
}

fn chars<'s>(stream: &'s Stream, range: &Range<usize>) -> impl Iterator<Item = char> + 's {
    let seen = stream.seen.get(range.clone()).unwrap_or_default();
    seen.iter().map(|seen| seen.c)
}

/// Lone numbers that a form prints before its empty rows: one after the other within a unit, or
/// the same ones in several units.
fn numbers(stream: &Stream, lines: &[(usize, Range<usize>)], units: &[usize]) -> Vec<Range<usize>> {
    let unit_of = |line: usize| units.partition_point(|start| *start <= line);
    let mut by_unit: BTreeMap<usize, Vec<(u32, Range<usize>)>> = BTreeMap::new();
    for (line, range) in lines {
        let text: String = chars(stream, range)
            .filter(|c| !matches!(c, '-' | '(' | ')'))
            .collect();
        if text.len() <= 4
            && let Ok(number) = text.parse()
        {
            by_unit
                .entry(unit_of(*line))
                .or_default()
                .push((number, range.clone()));
        }
    }
    let mut in_units: HashMap<u32, usize> = HashMap::new();
    let mut out = Vec::new();
    for numbers in by_unit.values_mut() {
        numbers.sort_by_key(|(number, _)| *number);
        for run in numbers.chunk_by(|a, b| b.0 <= a.0 + 1) {
            let first = run.first().map_or(0, |(number, _)| *number);
            let last = run.last().map_or(0, |(number, _)| *number);
            if (last - first) as usize + 1 >= ROWS {
                out.extend(run.iter().map(|(_, range)| range.clone()));
                (first..=last).for_each(|number| *in_units.entry(number).or_default() += 1);
            }
        }
    }
    let again = |number: &u32| in_units.get(number).is_some_and(|units| *units >= 2);
    let loose = by_unit
        .values()
        .flatten()
        .filter(|(number, _)| again(number));
    out.extend(loose.map(|(_, range)| range.clone()));
    out
}
