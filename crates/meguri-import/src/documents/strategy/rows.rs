//! The rows of a progress list without its furniture: column heads, titles, page numbers, and pages
//! that stand in the text twice.

use super::feet::Feet;
use super::marks::Mark;
use super::words::{
    goal_heading, group_heading, is_head_row, is_page_number, is_title, year_heading,
};
use crate::source_text::SourceText;
use crate::text::bullets::is_bullet;
use crate::text::join::close_letter_spacing;
use meguri_core::text::{is_dash, whole_number};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// A line with text on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    /// Its line in the source, from 1.
    pub(super) line: u32,
    /// Its text without the space around it.
    pub(super) text: &'a str,
    /// White space at its end closes a paragraph (only where the tool marks paragraphs so).
    pub(super) ends: bool,
    /// Nothing, a blank line or a page break stands before it.
    pub(super) gap: bool,
    /// Its page, counted from 0.
    pub(super) page: u32,
}

impl Row<'_> {
    /// Its text with letter-spacing closed.
    pub(super) fn closed(&self) -> String {
        close_letter_spacing(self.text)
    }

    /// How wide it is set, in half-width characters, letter-spacing closed.
    pub(super) fn width(&self) -> usize {
        let half = |c: char| c.is_ascii() || ('｡'..='ﾟ').contains(&c);
        let width = |text: &str| text.chars().map(|c| if half(c) { 1 } else { 2 }).sum();
        width(&self.closed())
    }
}

/// The rows of a document that belong to its table.
pub(super) struct Rows<'a> {
    /// In the order of the text.
    pub(super) rows: Vec<Row<'a>>,
    /// Does white space at a line's end tell a paragraph's end from a wrapped line?
    pub(super) marked: bool,
}

/// Takes the furniture out of a text.
pub(super) fn rows(source: &SourceText) -> Rows<'_> {
    let (mut rows, marked) = lines_with_text(source);
    if !marked {
        rows.iter_mut().for_each(|row| row.ends = false);
    } else if !spaced(&rows) {
        open_gaps(&mut rows);
    }
    let mut furniture = vec![false; rows.len()];
    let heads = head_runs(&rows, &own_head_rows(&rows));
    number_pages(&mut rows, &heads);
    let numbered = are_numbered(&rows, &heads);
    for head in &heads {
        if let Some(marks) = furniture.get_mut(head.clone()) {
            marks.fill(true);
        }
    }
    mark_title(&rows, &heads, &mut furniture);
    let ends = page_ends(&rows, &heads);
    let feet = Feet::of(&rows, &ends);
    for end in ends {
        mark_foot(&rows, end, (numbered, &feet), &mut furniture);
    }
    mark_repeated_pages(&rows, &mut furniture);
    let kept = rows
        .into_iter()
        .zip(furniture)
        .filter(|(_, drop)| !drop)
        .map(|(row, _)| row);
    let mut kept: Vec<Row<'_>> = kept.collect();
    let mut last_page = None;
    for row in &mut kept {
        row.gap |= last_page != Some(row.page);
        last_page = Some(row.page);
    }
    Rows { rows: kept, marked }
}

/// All lines with text; `page` counts form feeds so far. Also says whether line ends carry marks:
/// some lines end in white space, and some do not.
fn lines_with_text(source: &SourceText) -> (Vec<Row<'_>>, bool) {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let (mut gap, mut page, mut marks) = (true, 0u32, 0usize);
    for line in &source.lines {
        if line.starts_page {
            page = page.saturating_add(1);
        }
        let text = line.text.trim();
        if text.is_empty() {
            gap = true;
            continue;
        }
        let ends = line.text.ends_with(char::is_whitespace);
        marks += usize::from(ends);
        rows.push(Row {
            line: line.number,
            text,
            ends,
            gap,
            page,
        });
        gap = false;
    }
    // A tool that pads every line, or an editor that trims them, leaves no marks.
    let marked = marks * 10 > rows.len() && marks * 50 < rows.len() * 49;
    (rows, marked)
}

/// Do blank lines stand between the cells?
fn spaced(rows: &[Row<'_>]) -> bool {
    rows.iter().filter(|row| row.gap).count() * 12 > rows.len()
}

/// Where a tool has left the blank lines out, every end of a paragraph may be the end of a cell.
fn open_gaps(rows: &mut [Row<'_>]) {
    let mut ended = true;
    for row in rows {
        row.gap |= ended;
        ended = row.ends;
    }
}

/// The words of column heads in a row; one that only this paper uses counts once.
fn head_words(text: &str, own: &[&str]) -> usize {
    match is_head_row(text) {
        0 => usize::from(own.contains(&text)),
        words => words,
    }
}

/// How far the head of the first column and that of the last stand apart, in rows.
const LONGEST_HEAD: usize = 12;

/// The words for columns that only this paper uses: short rows among known ones on its first page.
fn own_head_rows<'a>(rows: &[Row<'a>]) -> Vec<&'a str> {
    let known = |row: &&Row<'_>| is_head_row(row.text) > 0;
    let top = rows
        .get(..rows.len().min(TITLE_ROWS + 1))
        .unwrap_or_default();
    let Some(first) = top.iter().position(|row| known(&row)) else {
        return Vec::new();
    };
    let rest = rows
        .get(first..)
        .unwrap_or_default()
        .iter()
        .take(LONGEST_HEAD);
    let head: Vec<&Row<'_>> = rest
        .take_while(|row| known(row) || may_head(row.text))
        .collect();
    let last = head.iter().rposition(known).unwrap_or(0);
    let within = head.get(..last).unwrap_or_default().iter();
    within
        .filter(|row| !known(row))
        .map(|row| row.text)
        .collect()
}

/// May a row be the head of a column, as far as its form tells?
fn may_head(text: &str) -> bool {
    let heading = goal_heading(text).is_some() || group_heading(text).is_some();
    let body = heading || Mark::of(text).is_some() || year_heading(text).is_some();
    !body && !text.contains('。') && !text.starts_with(is_bullet) && text.chars().count() <= 20
}

/// The runs of rows that are column heads. A run counts where it names three columns; at either end
/// of the document, where the head may be cut, one is enough.
fn head_runs(rows: &[Row<'_>], own: &[&str]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    let mut words = 0;
    for index in 0..=rows.len() {
        let found = rows.get(index).map_or(0, |row| head_words(row.text, own));
        if found > 0 {
            start.get_or_insert(index);
            words += found;
            continue;
        }
        if let Some(first) = start.take()
            && (words >= 3 || first == 0)
        {
            runs.push(first..index + cut_tail(rows, index));
        }
        words = 0;
    }
    runs
}

/// One more row where the document breaks off within the last line of a head.
fn cut_tail(rows: &[Row<'_>], index: usize) -> usize {
    let last = rows.get(index).filter(|_| index + 1 == rows.len());
    usize::from(last.is_some_and(|row| {
        let first = row.text.split_whitespace().next().unwrap_or("");
        is_head_row(first) > 0
    }))
}

/// A page begins at a form feed or at a column head, whichever comes first.
fn number_pages(rows: &mut [Row<'_>], heads: &[Range<usize>]) {
    let mut starts = heads.iter().map(|head| head.start).peekable();
    let (mut page, mut feeds, mut page_start) = (0u32, 0u32, 0usize);
    for (index, row) in rows.iter_mut().enumerate() {
        let fed = row.page != feeds;
        feeds = row.page;
        let headed = starts.next_if(|start| *start == index).is_some();
        // The head of a page that a form feed has opened already does not open another.
        let opened = headed && index.saturating_sub(page_start) <= TITLE_ROWS && page > 0;
        if fed || (headed && !opened && index > 0) {
            page = page.saturating_add(1);
            page_start = index;
        }
        row.page = page;
    }
}

/// How many rows of title or page number may stand above a column head.
const TITLE_ROWS: usize = 4;

/// Where pages end: above a column head, at a form feed, and at the end of the document.
fn page_ends(rows: &[Row<'_>], heads: &[Range<usize>]) -> Vec<usize> {
    let mut ends: Vec<usize> = heads.iter().map(|head| head.start).collect();
    let turns = rows.windows(2).zip(1..).filter(|(pair, _)| match pair {
        [above, below] => above.page != below.page,
        _ => false,
    });
    ends.extend(turns.map(|(_, index)| index));
    ends.push(rows.len());
    ends.sort_unstable();
    ends.dedup();
    ends.retain(|end| *end > 0);
    ends
}

/// Marks the page number and the running lines that stand above the end of a page.
fn mark_foot(
    rows: &[Row<'_>],
    end: usize,
    (numbered, feet): (bool, &Feet),
    furniture: &mut [bool],
) {
    let last = end == rows.len();
    for index in (end.saturating_sub(TITLE_ROWS)..end).rev() {
        let Some((row, mark)) = rows.get(index).zip(furniture.get_mut(index)) else {
            break;
        };
        let titled = is_title(row.text) && !last;
        if !(titled || numbers_page(row, numbered) || feet.contain(row.text)) {
            break;
        }
        *mark = true;
    }
}

/// Are the pages numbered? A lone figure above one head may as well be the number of a measure that
/// a page has broken; page numbers stand above most heads and count with the pages.
fn are_numbered(rows: &[Row<'_>], heads: &[Range<usize>]) -> bool {
    let above = |head: &Range<usize>| head.start.checked_sub(1).and_then(|i| rows.get(i));
    let mut numbers = heads.iter().skip(1).filter_map(above);
    let found = numbers
        .clone()
        .filter(|row| is_page_number(row.text))
        .count();
    let pages = heads.len().saturating_sub(1);
    let counts = numbers
        .next()
        .is_some_and(|row| whole_number(row.text) == Some(1));
    found * 2 > pages && (pages > 2 || counts)
}

/// Is a row next to a page's end the number of the page?
fn numbers_page(row: &Row<'_>, numbered: bool) -> bool {
    let dashed = row.text.starts_with(is_dash) && row.text.ends_with(is_dash);
    (numbered || dashed) && is_page_number(row.text)
}

/// Marks the title and the few rows between it and the first column head.
fn mark_title(rows: &[Row<'_>], heads: &[Range<usize>], furniture: &mut [bool]) {
    let Some(first) = rows.first() else {
        return;
    };
    let end = match heads.first() {
        Some(head) if head.start <= TITLE_ROWS => head.start,
        _ => 1,
    };
    let headed = end > 1 || heads.first().is_some_and(|head| head.start == 1);
    let lists = ["一覧", "進捗", "状況"]
        .iter()
        .any(|word| first.text.contains(word));
    let named = lists && !first.text.contains(['。', '、']) && !first.text.starts_with(is_bullet);
    if is_title(first.text) || (headed && named) {
        furniture.iter_mut().take(end).for_each(|mark| *mark = true);
    }
}

/// Marks every page that repeats an earlier one word by word.
fn mark_repeated_pages(rows: &[Row<'_>], furniture: &mut [bool]) {
    let mut seen: HashMap<u64, Vec<&str>> = HashMap::new();
    let mut start = 0;
    for page in rows.chunk_by(|a, b| a.page == b.page) {
        let range = start..start + page.len();
        start = range.end;
        let Some(marks) = furniture.get_mut(range) else {
            return;
        };
        let kept = page.iter().zip(marks.iter()).filter(|(_, drop)| !**drop);
        let texts: Vec<&str> = kept.map(|(row, _)| row.text).collect();
        if texts.len() < 3 {
            continue;
        }
        let mut hasher = DefaultHasher::new();
        texts.hash(&mut hasher);
        match seen.entry(hasher.finish()) {
            Entry::Occupied(earlier) if *earlier.get() == texts => marks.fill(true),
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => {
                place.insert(texts);
            }
        }
    }
}
