//! Which paragraph of a row stood in which column.
//!
//! The columns come one after the other, so the question is only where each ends. Their widths
//! tell: a wrapped line is as wide as its column. So does the tense: what is planned, what was
//! done, what is still to be done. The widths are learnt from the paper itself.

use super::paragraphs::Paragraph;
use super::wording::{FULL, Tense};

/// A text column of a row, in text order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// 主な取組の方向性, 主な検討の方向性.
    Orientation,
    /// 取組項目.
    Items,
    /// 年度当初予定.
    Plan,
    /// これまでの取組実績.
    Achievements,
    /// 今後に向けた課題・改善点.
    Issues,
}

use Column::{Achievements, Issues, Items, Orientation, Plan};

/// The columns of a row with a schedule (実施) and of one without (検討).
pub(super) const fn columns(with_items: bool) -> &'static [Column] {
    if with_items {
        &[Orientation, Items, Plan, Achievements, Issues]
    } else {
        &[Orientation, Plan, Achievements, Issues]
    }
}

/// The widths of the columns, in quarters of a character, where the paper shows them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Widths {
    by_column: [Option<u32>; 5],
    /// Have most rows of the table a first column without bullets? None = too few rows to tell.
    plain_first: Option<bool>,
}

impl Widths {
    const fn of(&self, column: Column) -> Option<u32> {
        self.by_column[column as usize]
    }

    /// In this form the column of the items is about half as wide as the one before it.
    fn with_items(mut self) -> Self {
        let half = self.of(Orientation).map(|width| width / 2);
        self.by_column[Items as usize] = self.of(Items).or(half);
        self
    }

    /// Is a paragraph narrow enough for the column of the items, where that is much narrower than the
    /// one before it?
    fn fits_items(&self, paragraph: &Paragraph) -> bool {
        let unlike = |(items, first): &(u32, u32)| first.saturating_sub(*items) > 3 * FULL;
        let known = self.of(Items).zip(self.of(Orientation)).filter(unlike);
        known.is_some_and(|(items, _)| {
            let lines = paragraph.full.iter().chain([&paragraph.last]);
            { lines }.all(|line| *line <= items + FULL + FULL / 2)
        })
    }

    /// The same widths, those that are not known taken from others.
    fn or(mut self, others: &Self) -> Self {
        for (width, other) in self.by_column.iter_mut().zip(others.by_column) {
            *width = width.or(other);
        }
        self.plain_first = self.plain_first.or(others.plain_first);
        self
    }
}

/// Learns the widths of one table from its rows, in two rounds: first from the paragraphs whose
/// column is beyond doubt, then from all of them.
pub(super) fn learn(rows: &[(&[Paragraph], bool)]) -> Widths {
    let plain = |(row, _): &&(&[Paragraph], bool)| row.first().is_some_and(|p| !p.bulleted);
    let plain = rows.iter().filter(plain).count();
    let listed = rows.iter().any(|(_, with_items)| *with_items);
    let plain_first = match rows.len() {
        0..=2 => (plain > 0 && !listed).then_some(true),
        all => Some(plain * 2 > all),
    };
    let (mut samples, mut likely) = (Samples::default(), Samples::default());
    for (row, with_items) in rows {
        samples.take_certain(row, *with_items);
        likely.take_likely(row);
    }
    let mut widths = samples.medians().or(&likely.medians()).with_items();
    widths.plain_first = plain_first;
    for _ in 0..2 {
        let mut samples = Samples::default();
        for (row, with_items) in rows {
            for (paragraph, column) in row.iter().zip(assign(row, *with_items, &widths)) {
                samples.take(column, paragraph);
            }
        }
        widths = samples.medians().or(&widths);
    }
    widths
}

/// The widths of full lines by column.
#[derive(Default)]
struct Samples([Vec<u32>; 5]);

impl Samples {
    fn take(&mut self, column: Column, paragraph: &Paragraph) {
        self.0[column as usize].extend(&paragraph.full);
    }

    /// The first paragraph is of the first column; the last before the schedule lists the items;
    /// from the schedule to the first past tense is the plan; behind the last past tense are the
    /// issues.
    fn take_certain(&mut self, row: &[Paragraph], with_items: bool) {
        let gap = row.iter().position(|p| p.gap);
        if let Some(first) = row.first() {
            self.take(Orientation, first);
        }
        if with_items
            && let Some(items) = gap.and_then(|g| g.checked_sub(1)).filter(|i| *i > 0)
            && let Some(paragraph) = row.get(items)
        {
            self.take(Items, paragraph);
        }
        let from = gap.unwrap_or(1);
        let past = |p: &Paragraph| p.tense == Tense::Past;
        let text = row.get(from..).unwrap_or_default();
        let (Some(first), Some(last)) = (text.iter().position(past), text.iter().rposition(past))
        else {
            return;
        };
        for (index, paragraph) in text.iter().enumerate() {
            if index < first && (gap.is_some() || index + 1 == first) {
                self.take(Plan, paragraph);
            } else if index > last {
                self.take(Issues, paragraph);
            } else if past(paragraph) {
                self.take(Achievements, paragraph);
            }
        }
    }

    /// Where no tense tells: behind the schedule the plan comes first and the issues last.
    fn take_likely(&mut self, row: &[Paragraph]) {
        let from = row.iter().position(|p| p.gap).unwrap_or(1);
        let text = row.get(from..).unwrap_or_default();
        if let (Some(first), Some(last)) = (text.first(), text.last()) {
            self.take(Plan, first);
            self.take(Issues, last);
        }
        if let Some(middle) = text.get(text.len() / 2) {
            self.take(Achievements, middle);
        }
    }

    fn medians(mut self) -> Widths {
        let mut widths = Widths::default();
        for (samples, width) in self.0.iter_mut().zip(&mut widths.by_column) {
            let middle = samples.len() / 2;
            if middle < samples.len() {
                *width = Some(*samples.select_nth_unstable(middle).1);
            }
        }
        widths
    }
}

/// The cheapest columns of a row's paragraphs, which never go back: a column is paid for by each
/// paragraph that sits ill in it, and by being empty. Linear in the paragraphs.
pub(super) fn assign(row: &[Paragraph], with_items: bool, widths: &Widths) -> Vec<Column> {
    let columns = columns(with_items);
    let context = Context::of(row, with_items, widths.plain_first);
    // costs[c]: the cheapest way to end in column c; from[i][c]: the column before, in that way.
    let mut costs: Vec<u32> = vec![0; columns.len()];
    let mut from: Vec<Vec<usize>> = Vec::with_capacity(row.len());
    for (index, paragraph) in row.iter().enumerate() {
        let mut next = vec![u32::MAX; columns.len()];
        let mut back = vec![0; columns.len()];
        for (to, column) in columns.iter().enumerate() {
            let (way, cost) = cheapest(index, to, &costs, columns, paragraph, &context);
            next[to] = cost
                .saturating_add(fit(*column, paragraph, widths, context.tells))
                .saturating_add(context.place(*column, index, paragraph));
            back[to] = way;
        }
        costs = next;
        from.push(back);
    }
    trace(&costs, &from, columns)
}

/// The cheapest way into a column: which column before, and what it costs so far.
fn cheapest(
    index: usize,
    to: usize,
    costs: &[u32],
    columns: &[Column],
    paragraph: &Paragraph,
    context: &Context,
) -> (usize, u32) {
    if index == 0 {
        return (0, empties(columns.get(..to).unwrap_or_default()));
    }
    let mut best = (to, u32::MAX);
    for (way, cost) in costs.iter().enumerate().take(to + 1) {
        let skipped = columns.get(way + 1..to).unwrap_or_default();
        let over = columns[way] <= Items && columns[to] >= Plan;
        let against = context.gap.is_some() && over != (context.gap == Some(index));
        let step = step_cost(way == to, against, paragraph);
        let cost = cost.saturating_add(empties(skipped)).saturating_add(step);
        if cost < best.1 {
            best = (way, cost);
        }
    }
    best
}

const NEVER: u32 = 1000;
pub(super) const POINT: u32 = 8;

/// The cost of columns that stay empty.
fn empties(skipped: &[Column]) -> u32 {
    skipped
        .iter()
        .map(|column| if *column == Orientation { 5 } else { 8 } * POINT)
        .fold(0, u32::saturating_add)
}

/// The cost of going from one paragraph's column to the next one's.
fn step_cost(stays: bool, against_schedule: bool, paragraph: &Paragraph) -> u32 {
    let mut cost = u32::from(against_schedule) * NEVER;
    if stays {
        cost += (u32::from(paragraph.merged) * 6 + u32::from(paragraph.spacer) * 3) * POINT;
    }
    cost
}

/// What the row as a whole tells about its paragraphs.
struct Context {
    /// Where the schedule stood, if it shows.
    gap: Option<usize>,
    /// Some sentence of the row says that it is done: then one without a verb is a result too.
    tells: bool,
    /// The first column has no bullets (検討).
    plain_first: bool,
}

impl Context {
    fn of(row: &[Paragraph], with_items: bool, plain_first: Option<bool>) -> Self {
        let gap = row.iter().position(|p| p.gap).filter(|_| with_items);
        Self {
            gap,
            tells: row.iter().any(|p| p.tense == Tense::Past),
            plain_first: plain_first.unwrap_or_else(|| row.first().is_some_and(|p| !p.bulleted)),
        }
    }

    /// The cost of a paragraph's bullet, or of its lack, in a column.
    fn place(&self, column: Column, index: usize, paragraph: &Paragraph) -> u32 {
        let first_of_text = index == 0 && self.gap == Some(0) && column <= Items;
        let odd = match column {
            Orientation => self.plain_first && paragraph.bulleted,
            _ => !paragraph.bulleted,
        };
        u32::from(odd) * 4 * POINT + u32::from(first_of_text) * NEVER
    }
}

/// How ill a paragraph sits in a column: by its widths and by its tense.
fn fit(column: Column, paragraph: &Paragraph, widths: &Widths, tells: bool) -> u32 {
    let setting = widths
        .of(column)
        .map_or(0, |width| misfit(paragraph, width));
    setting.saturating_add(wording(column, paragraph, tells))
}

/// A wrapped line is as wide as its column, give or take a character; the last one is no wider.
pub(super) fn misfit(paragraph: &Paragraph, width: u32) -> u32 {
    let mut cost = 0_u32;
    for line in &paragraph.full {
        let off = line.abs_diff(width);
        let far = off.saturating_sub(FULL + FULL / 2) * POINT / FULL;
        cost = cost.saturating_add(off).saturating_add(far);
        if cost > 24 * POINT {
            return 24 * POINT;
        }
    }
    let over = paragraph.last.saturating_sub(width + FULL + FULL / 2);
    cost.saturating_add(over.saturating_mul(POINT) / FULL * 2)
        .min(24 * POINT)
}

/// What the wording says against a column.
fn wording(column: Column, paragraph: &Paragraph, tells: bool) -> u32 {
    let half_points = match (column, paragraph.tense) {
        (Orientation, _) if paragraph.text.contains('。') => 6,
        (Items, _) if paragraph.text.contains('。') => 10,
        (Orientation, _) if paragraph.text.chars().count() <= 8 => 2,
        (Orientation | Items, _) => 0,
        (_, _) if !paragraph.text.contains('。') => 4,
        (Plan, Tense::Past) => 12,
        (Plan, Tense::Mixed) => 4,
        (Plan, Tense::Unknown) if tells => 2,
        (Achievements, Tense::Open) => 8,
        (Achievements, Tense::Mixed) => 5,
        (Issues, Tense::Past) => 8,
        (Issues, Tense::Unknown) if tells => 4,
        _ => 0,
    };
    half_points * POINT / 2
}

/// Which paragraphs of a row are in a column that nothing shows to be theirs: where a column is lost,
/// the cheapest way puts its neighbours into it.
///
/// - what is only to be done is no achievement, and what was done is neither plan nor issue;
/// - without anything that was done, nothing tells where the plan ends and the issues begin;
/// - a list is no first column, where that of the other rows has none;
/// - where all that stands before the schedule is as narrow as the items, the column before them may
///   be the one that is lost.
pub(super) fn doubtful(row: &[Paragraph], columns: &[Column], widths: &Widths) -> Vec<bool> {
    let told = row.iter().zip(columns);
    let all = |column: Column, is: fn(Tense) -> bool| {
        let mut own = told.clone().filter(|(_, c)| **c == column).peekable();
        own.peek().is_some() && own.all(|(paragraph, _)| is(paragraph.tense))
    };
    let past = |tense| tense == Tense::Past;
    let open = |tense| tense == Tense::Open;
    let text = told.clone().filter(|(_, column)| **column >= Plan);
    let undone = text.clone().all(|(paragraph, _)| open(paragraph.tense)) && text.count() > 1;
    let plain = widths.plain_first == Some(true);
    let first = told.clone().filter(|(_, column)| **column == Orientation);
    let narrow = first
        .clone()
        .all(|(paragraph, _)| widths.fits_items(paragraph));
    told.clone()
        .map(|(paragraph, column)| match column {
            Orientation => paragraph.bulleted && (plain || narrow),
            Items => false,
            Plan => undone || all(Plan, past),
            Achievements => undone || all(Achievements, open),
            Issues => undone || all(Issues, past),
        })
        .collect()
}

/// Follows the cheapest way back; columns behind the last paragraph are empty and paid for.
fn trace(costs: &[u32], from: &[Vec<usize>], columns: &[Column]) -> Vec<Column> {
    let end = |way: usize| empties(columns.get(way + 1..).unwrap_or_default());
    let mut way = costs
        .iter()
        .enumerate()
        .min_by_key(|(way, cost)| cost.saturating_add(end(*way)))
        .map_or(0, |(way, _)| way);
    let mut found = Vec::with_capacity(from.len());
    for back in from.iter().rev() {
        found.push(columns[way]);
        way = back[way];
    }
    found.reverse();
    found
}
