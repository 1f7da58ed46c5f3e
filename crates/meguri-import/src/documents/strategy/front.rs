//! The front of a measure: the narrow cells before what was done — number, name, content, sections,
//! state. Their rows follow one another cell by cell; a front is found from behind, by the heading
//! of the first year that follows it.

use super::numbers::Numbers;
use super::printed::StrategyMeasure;
use super::rows::Row;
use super::sections::{Sections, bracket_depth, is_unit, sections};
use super::words::{goal_heading, is_known_status, may_be_status};
use crate::printed::Cell;
use crate::text::bullets::is_bullet;
use crate::text::join::{close_letter_spacing, push_wrapped};
use std::cmp::Reverse;
use std::ops::Range;

/// A heading that stands above a measure.
#[derive(Debug)]
pub(super) enum Heading {
    Goal(Cell<u32>, Cell<String>),
    Group(Cell<String>, Cell<String>),
}

/// What stands between the text of one measure and the first year of the next.
#[derive(Debug)]
pub(super) struct Front {
    /// The first row that is no longer text of the measure before, counted within the rows given.
    pub(super) start: usize,
    /// Headings above the measure.
    pub(super) headings: Vec<Heading>,
    /// The measure, without what was done.
    pub(super) measure: StrategyMeasure,
    /// The line of its first row.
    pub(super) line: u32,
    /// The page of its first row.
    pub(super) page: u32,
    /// Where the page ended within the content: how many characters its lines are wide.
    pub(super) content_open: Option<usize>,
}

/// What is known where a front is looked for.
#[derive(Clone, Copy)]
pub(super) struct Context {
    /// Do line ends mark paragraphs?
    pub(super) marked: bool,
    /// Do items have bullets?
    pub(super) bulleted: bool,
    /// How measures and groups are numbered.
    pub(super) numbers: Numbers,
    /// The number that follows the measure before.
    pub(super) expected: u32,
    /// What is asked of a front.
    pub(super) demand: Demand,
}

/// How whole a front has to be to count as one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Demand {
    /// The heading of a year follows that the measure before has already: there is a front, only
    /// its place is open.
    Due,
    /// The heading of a year follows: number, name and the end of the front.
    Likely,
    /// Nothing else tells that it is one: sections, a known state, and the number in turn or a
    /// content that a page has broken.
    Sure,
    /// The document breaks off: cells may be missing, the number must be the one in turn.
    Cut,
}

/// How many blocks of rows the cell 所管課 is put together from at most.
const MAX_SECTION_BLOCKS: usize = 8;
/// How many rows that begin with a number are tried as a front.
const MAX_TRIES: usize = 12;

/// Finds the front at the end of some rows.
pub(super) fn find(rows: &[Row<'_>], context: Context) -> Option<Front> {
    let last_bullet = rows.iter().rposition(is_item);
    let mut candidates: Vec<(Reverse<u32>, Reverse<usize>)> = Vec::new();
    for index in 0..rows.len() {
        if let Some(score) = promise(rows, index, last_bullet, context) {
            candidates.push((Reverse(score), Reverse(index)));
        }
    }
    if candidates.len() > MAX_TRIES {
        candidates.select_nth_unstable(MAX_TRIES);
        candidates.truncate(MAX_TRIES);
    }
    candidates.sort_unstable();
    candidates
        .into_iter()
        .find_map(|(_, Reverse(index))| front_at(rows, index, context))
}

/// Is the row an item of a list? A mark that stands alone is a state.
fn is_item(row: &Row<'_>) -> bool {
    row.text.starts_with(is_bullet) && !is_known_status(row.text)
}

/// How much a row looks like the first one of a front; `None` where it cannot be.
fn promise(
    rows: &[Row<'_>],
    index: usize,
    last_bullet: Option<usize>,
    context: Context,
) -> Option<u32> {
    let row = rows.get(index)?;
    let (no, name) = context.numbers.measure(row.text)?;
    let before = index.checked_sub(1).and_then(|i| rows.get(i));
    let headed = before.is_some_and(|row| context.numbers.is_heading(row.text));
    let awaited = no == context.expected || (headed && no == 1);
    let opened = before.is_none_or(|before| {
        // A line that closes no paragraph comes before a front only where its end is lost.
        let closed = !context.marked || before.ends || before.page != row.page || awaited;
        headed || (row.gap && closed)
    });
    if !opened || name.contains('。') || name.chars().count() > 60 {
        return None;
    }
    if context.demand == Demand::Cut && !awaited && !headed {
        return None;
    }
    let after_bullets = last_bullet.is_none_or(|bullet| bullet < index);
    let ended = before.is_none_or(|before| before.ends || !context.marked);
    let score = 4 * u32::from(awaited) + 3 * u32::from(headed) + 3 * u32::from(after_bullets);
    Some(score + 2 * u32::from(ended) + u32::from(name.is_empty()))
}

/// Reads the front whose number stands on row `index`, if the rows from there hold one.
fn front_at(rows: &[Row<'_>], index: usize, context: Context) -> Option<Front> {
    let (own, first) = (rows.get(index..)?, rows.get(index)?);
    let (no, rest) = context.numbers.measure(first.text)?;
    let ending = Ending::find(own, context);
    let cut = context.demand == Demand::Cut;
    let sure = ending.as_ref().is_some_and(Ending::is_sure);
    let bulleted = own.iter().any(is_item);
    let needs_end = !cut && (context.demand != Demand::Due || bulleted);
    if (ending.is_none() && needs_end) || (context.demand == Demand::Sure && !sure) {
        return None;
    }
    let weak = ending.as_ref().is_none_or(|ending| ending.weak) && !cut;
    let cells = ending.as_ref().map_or(own.len(), |ending| ending.start);
    let texts = own.get(..cells)?;
    let name_end = name_end(texts, rest.is_empty(), context.marked);
    let name_rows = texts.get(usize::from(rest.is_empty())..name_end)?;
    let name = name_text(name_rows, (!rest.is_empty()).then_some(rest));
    // A name is no sentence: where one stands in its place, it is the content, and the name is lost.
    let sentence = name.as_ref().is_some_and(|(name, _)| name.contains('。'));
    let nameless = sentence && rest.is_empty() && (sure || context.demand == Demand::Due);
    let name = name.filter(|_| !nameless);
    let name_end = if nameless { 1 } else { name_end };
    let bare = name_end >= cells && !ending.as_ref().is_some_and(|e| e.sections.are_names());
    if !cut && !nameless && (name.is_none() || bare) {
        return None;
    }
    let content_rows = texts.get(name_end..).unwrap_or_default();
    let mut measure = StrategyMeasure {
        no: Some(context.numbers.cell(no, first.line)),
        name: name.map(|(text, line)| settled(text, line, context.marked)),
        content: paragraphs(content_rows, context.marked)
            .map(|(text, line)| settled(text, line, context.marked)),
        ..StrategyMeasure::default()
    };
    if let Some(ending) = ending {
        ending.fill(&mut measure);
    }
    let (start, headings) = headings_above(rows, index, no, context);
    let open = content_open(content_rows, context.marked);
    let awaited = no == context.expected || !headings.is_empty() || open.is_some();
    if (context.demand == Demand::Sure || weak) && !awaited {
        return None;
    }
    Some(Front {
        start,
        headings,
        measure,
        line: first.line,
        page: first.page,
        content_open: open,
    })
}

/// The width of a content whose last line does not close its paragraph: without marks, one that
/// fills the column and ends no sentence.
pub(super) fn content_open(rows: &[Row<'_>], marked: bool) -> Option<usize> {
    let last = rows.last()?;
    let width = rows.iter().map(Row::width).max()?;
    let full = last.width() + 4 > width && rows.len() > 1;
    let open = if marked {
        !last.ends
    } else {
        full && !last.text.ends_with(['。', '」', '）', ')'])
    };
    open.then_some(width)
}

/// Where paragraph marks tell the cells apart they are as printed, else blank lines and widths do.
fn settled(text: String, line: u32, marked: bool) -> Cell<String> {
    if marked {
        Cell::printed(text, line)
    } else {
        Cell::layout(text, line)
    }
}

/// The headings directly above row `index`, in the order of the text, and where they begin.
fn headings_above(
    rows: &[Row<'_>],
    index: usize,
    no: u32,
    context: Context,
) -> (usize, Vec<Heading>) {
    let mut start = index;
    let mut headings = Vec::new();
    while let Some(row) = start.checked_sub(1).and_then(|i| rows.get(i)) {
        if let Some((no, name)) = goal_heading(row.text) {
            let name = Cell::printed(name, row.line);
            headings.push(Heading::Goal(Cell::printed(no, row.line), name));
        } else if let Some((mark, name)) = context.numbers.group(row.text) {
            // The last item of an enumeration above the next measure in turn is text.
            if no == context.expected && no > 1 && !row.gap {
                break;
            }
            let name = Cell::printed(close_letter_spacing(&name), row.line);
            headings.push(Heading::Group(Cell::printed(mark, row.line), name));
        } else {
            break;
        }
        start -= 1;
    }
    headings.reverse();
    (start, headings)
}

/// The last headings of some rows without a measure, as where a document breaks off below them.
pub(super) fn trailing_headings(rows: &[Row<'_>], context: Context) -> (usize, Vec<Heading>) {
    let lone = rows.last().is_some_and(|row| row.gap);
    let context = Context {
        expected: 1,
        ..context
    };
    if lone {
        headings_above(rows, rows.len(), 1, context)
    } else {
        (rows.len(), Vec::new())
    }
}

/// The end of a front: sections and state.
struct Ending {
    /// Its first row.
    start: usize,
    sections: Sections,
    status: Option<Cell<String>>,
    /// Neither its state nor its sections are words that are known.
    weak: bool,
}

impl Ending {
    fn find(rows: &[Row<'_>], context: Context) -> Option<Self> {
        let (last, above) = rows.split_last()?;
        if is_item(last) || last.text.ends_with('。') {
            return None;
        }
        let (beside, status) = split_status(last);
        let end = if beside.is_empty() {
            above.len()
        } else {
            rows.len()
        };
        let beside = (!beside.is_empty()).then_some(beside.as_str());
        let cell = rows.get(..end)?;
        let (start, sections) = section_rows(cell, beside, context.marked);
        let known = status
            .as_ref()
            .is_some_and(|word| is_known_status(word.value()));
        // A cut cell may look like a short name: only words that are known close a cut front.
        let cut = context.demand == Demand::Cut;
        let named = sections.are_names() && (!cut || ends_sentence(cell, start));
        let weak = !known && !named;
        let due = context.demand == Demand::Due && sections.are_short() && status.is_some();
        (!weak || due).then_some(Self {
            weak,
            start,
            sections,
            status,
        })
    }

    /// Are its sections names of sections, and its state a known one?
    fn is_sure(&self) -> bool {
        let known = |status: &Cell<String>| is_known_status(status.value());
        self.status.as_ref().is_some_and(known) && self.sections.are_names()
    }

    fn fill(self, measure: &mut StrategyMeasure) {
        measure.sections = self.sections.leading;
        measure.related_sections = self.sections.related;
        measure.status = self.status;
    }
}

/// Does the row above `start` end a sentence?
fn ends_sentence(rows: &[Row<'_>], start: usize) -> bool {
    let above = start.checked_sub(1).and_then(|i| rows.get(i));
    above.is_some_and(|row| row.text.ends_with('。'))
}

/// May a front end on this row, judged by the row alone?
pub(super) fn may_close(row: &Row<'_>) -> bool {
    if !row.gap || row.text.len() > 150 || is_item(row) {
        return false;
    }
    let (beside, status) = split_status(row);
    status.is_some_and(|status| is_known_status(status.value()))
        && (beside.is_empty() || is_unit(&beside) || beside.ends_with(['）', ')']))
}

/// Reads sections and state off the end of rows that hold no whole front, and says where they
/// begin.
pub(super) fn lone_ending(rows: &[Row<'_>], context: Context) -> Option<(usize, StrategyMeasure)> {
    let context = Context {
        expected: 0,
        demand: Demand::Likely,
        ..context
    };
    let ending = Ending::find(rows, context).filter(Ending::is_sure)?;
    let start = ending.start;
    let mut measure = StrategyMeasure::default();
    ending.fill(&mut measure);
    Some((start, measure))
}

/// Splits the last row of a front: what stands before the state, and the state.
pub(super) fn split_status(row: &Row<'_>) -> (String, Option<Cell<String>>) {
    let text = row.closed();
    let status = |word: &str| {
        let word = word.to_owned();
        if is_known_status(&word) {
            Cell::printed(word, row.line)
        } else {
            Cell::layout(word, row.line)
        }
    };
    match text.rsplit_once(char::is_whitespace) {
        Some((before, word)) if may_be_status(word) => {
            let before = before.trim();
            let ends_cell = is_unit(&close_letter_spacing(before)) || before.ends_with(['）', ')']);
            let unit = is_unit(word) && !is_known_status(word);
            if (is_known_status(word) || ends_cell) && !unit {
                return (before.to_owned(), Some(status(word)));
            }
        }
        None if may_be_status(&text) && (is_known_status(&text) || !is_unit(&text)) => {
            return (String::new(), Some(status(&text)));
        }
        _ => {}
    }
    (text, None)
}

/// Finds the rows of the cell 所管課 at the end of some rows, and reads them.
fn section_rows(rows: &[Row<'_>], last: Option<&str>, marked: bool) -> (usize, Sections) {
    let read = |start: usize| sections(rows.get(start..).unwrap_or_default(), last, marked);
    let mut start = block_start(rows, rows.len());
    // The bracket that closes a list may be left alone behind a blank line.
    let closes = |row: &Row<'_>| row.text.chars().all(|c| "）)、，".contains(c));
    if rows
        .get(start..)
        .is_some_and(|block| block.iter().all(closes))
    {
        start = block_start(rows, start);
    }
    let mut found = read(start);
    // The brackets of a cell whose sections are lost.
    let empty = |row: &Row<'_>| row.text.chars().all(|c| "（）()、，".contains(c));
    let block = rows.get(start..).unwrap_or_default();
    if !block.is_empty() && block.iter().all(empty) {
        return (start, Sections::default());
    }
    if !(found.are_names() || found.are_short() && ends_sentence(rows, start)) {
        return (rows.len(), Sections::default());
    }
    let widest = rows.iter().map(Row::width).max().unwrap_or(0);
    let narrow = |row: &Row<'_>| row.width() * 3 <= widest * 2;
    // A blank line may stand within the cell; its blocks then are sections, too.
    for _ in 0..MAX_SECTION_BLOCKS {
        if start == 0 {
            break;
        }
        let earlier = block_start(rows, start);
        let block = rows.get(earlier..start).unwrap_or_default();
        let with_block = read(earlier);
        // Brackets that open in one block and close in the next hold one list.
        let closes = rows
            .get(start)
            .is_some_and(|row| bracket_depth(row.text) < 0)
            && block.iter().map(|row| bracket_depth(row.text)).sum::<i32>() > 0
            && with_block.are_short();
        let wrapped =
            marked && block.len() == 1 && block.iter().all(|row| !row.ends && narrow(row));
        let belongs = closes
            || (wrapped && with_block.are_names())
            || (!wrapped && sections(block, None, marked).are_names());
        if !belongs {
            break;
        }
        start = earlier;
        found = with_block;
    }
    (start, found)
}

/// Where the block of rows before `end` begins that stand together without a blank line.
pub(super) fn block_start(rows: &[Row<'_>], end: usize) -> usize {
    let above = rows.get(..end).unwrap_or_default();
    above.iter().rposition(|row| row.gap).unwrap_or(0)
}

/// The row behind the name. `alone`: the number stands on a row of its own.
fn name_end(rows: &[Row<'_>], alone: bool, marked: bool) -> usize {
    let first = usize::from(alone);
    let followed_by_gap = |index: usize| rows.get(index + 1).is_none_or(|next| next.gap);
    if marked {
        let ends = |index: &usize| rows.get(*index).is_some_and(|row| row.ends);
        let mut marks = (first..rows.len()).filter(ends);
        let close = marks.clone().take(8).find(|index| followed_by_gap(*index));
        if let Some(end) = close.or_else(|| marks.next()) {
            return end + 1;
        }
    }
    name_end_by_blocks(rows, first)
}

/// Without marks: the name's lines stand apart, the content's together and are wider.
fn name_end_by_blocks(rows: &[Row<'_>], first: usize) -> usize {
    let blocks = blocks(rows, first);
    let Some(head) = blocks.first() else {
        return rows.len();
    };
    if first == 0 {
        return head.end;
    }
    let name_width = rows.get(head.start).map_or(0, Row::width);
    let content = blocks.iter().enumerate().skip(1).find(|(index, block)| {
        let wide = rows
            .get(block.start)
            .is_some_and(|row| row.width() > name_width + 4);
        block.len() > 1 || wide || index + 1 == blocks.len()
    });
    content.map_or(head.end, |(_, block)| block.start)
}

/// The runs of rows without a blank line between them, from row `first` on.
fn blocks(rows: &[Row<'_>], first: usize) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for (index, row) in rows.iter().enumerate().skip(first) {
        match blocks.last_mut() {
            Some(block) if !row.gap => block.end = index + 1,
            _ => blocks.push(index..index + 1),
        }
    }
    blocks
}

/// The text of a name: its rows with letter-spacing closed, `beside` instead of the whole first row
/// where the number stands there, too.
fn name_text(rows: &[Row<'_>], beside: Option<&str>) -> Option<(String, u32)> {
    let mut name = String::new();
    for (index, row) in rows.iter().enumerate() {
        let text = match beside {
            Some(text) if index == 0 => text,
            _ => row.text,
        };
        push_wrapped(&mut name, &close_letter_spacing(text));
    }
    let line = rows.first()?.line;
    (!name.is_empty()).then_some((name, line))
}

/// The paragraphs of a cell, joined, with a line break between them.
pub(super) fn paragraphs(rows: &[Row<'_>], marked: bool) -> Option<(String, u32)> {
    let mut text = String::new();
    let widest = rows.iter().map(Row::width).max()?;
    let mut closed = false;
    for row in rows {
        if closed {
            text.push('\n');
        }
        push_wrapped(&mut text, &row.closed());
        let short = row.width() + 2 < widest && row.text.ends_with('。');
        closed = if marked { row.ends } else { short };
    }
    Some((text, rows.first()?.line))
}
