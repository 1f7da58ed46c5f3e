//! A measure whose number, or more of its front, the text has lost: what is left of it, without
//! touching the text of the measure before.

use super::front::{Context, Heading, block_start, content_open, lone_ending, paragraphs};
use super::numbers::Numbers;
use super::printed::StrategyMeasure;
use super::rows::Row;
use super::words::goal_heading;
use crate::printed::Cell;
use crate::text::bullets::is_bullet;

/// What the rows before the heading of a year hold.
pub(super) struct Headless<'a, 'b> {
    /// Text of the measure before.
    pub(super) before: &'b [Row<'a>],
    /// Headings that stand between the two.
    pub(super) headings: Vec<Heading>,
    /// Rows that may be the name, or the end of the text before.
    pub(super) loose: Vec<Row<'a>>,
    /// What can be read of the measure.
    pub(super) measure: StrategyMeasure,
    /// Where a page ends within its content: how wide that is.
    pub(super) content_open: Option<usize>,
}

/// Takes apart rows that hold the rest of one measure and the front of one without a number.
/// `open`: is there a measure before?
pub(super) fn split<'a, 'b>(rows: &'b [Row<'a>], open: bool, context: Context) -> Headless<'a, 'b> {
    let marked = context.marked;
    let end = if open { text_end(rows, context) } else { 0 };
    let (before, own) = rows.split_at_checked(end).unwrap_or((rows, &[]));
    let (start, mut measure) =
        lone_ending(own, context).unwrap_or((own.len(), StrategyMeasure::default()));
    let content = block_start(own, start);
    let prose = own.get(content..start).unwrap_or_default();
    let sentence = prose.last().is_some_and(|row| row.text.ends_with('。'));
    let content_open = content_open(prose, marked).filter(|_| measure.status.is_some());
    let loose_end = if (sentence || content_open.is_some()) && measure.status.is_some() {
        measure.content = paragraphs(prose, marked).map(|(text, line)| Cell::layout(text, line));
        content
    } else {
        start
    };
    let mut headless = Headless {
        before,
        headings: Vec::new(),
        loose: Vec::new(),
        measure,
        content_open,
    };
    for row in own.get(..loose_end).unwrap_or_default() {
        headless.sort(row, context.numbers);
    }
    headless
}

impl<'a> Headless<'a, '_> {
    fn sort(&mut self, row: &Row<'a>, numbers: Numbers) {
        if let Some((no, name)) = goal_heading(row.text).filter(|_| row.gap) {
            let name = Cell::printed(name, row.line);
            let no = Cell::printed(no, row.line);
            self.headings.push(Heading::Goal(no, name));
        } else if let Some((mark, name)) = numbers.group(row.text).filter(|_| row.gap) {
            let name = Cell::printed(name, row.line);
            let mark = Cell::printed(mark, row.line);
            self.headings.push(Heading::Group(mark, name));
        } else {
            self.loose.push(*row);
        }
    }
}

/// Where the text of the measure before ends for certain: with the paragraph of its last item. In a
/// paper of items, rows without any are not certain to be its text.
fn text_end(rows: &[Row<'_>], context: Context) -> usize {
    let marked = context.marked;
    let bullet = rows.iter().rposition(|row| row.text.starts_with(is_bullet));
    if bullet.is_none() && context.bulleted {
        return 0;
    }
    let bullet = bullet.unwrap_or(0);
    let closes = |index: &usize| {
        let ends = rows.get(*index).is_some_and(|row| marked && row.ends);
        ends || rows.get(index + 1).is_none_or(|next| !marked && next.gap)
    };
    let end = (bullet..rows.len()).find(closes);
    end.map_or(rows.len(), |end| end + 1)
}
