//! The order of the parts on the pages of a sheet.

use super::layout::{Block, Page, Part, goal_line};
use super::model::{Book, Sheet};
use super::tears::{Tear, Torn};

/// Orders of the first page that extraction gives. The name always stands before the approach.
const FRONTS: [&[Part]; 6] = [
    &[
        Part::Footnote,
        Part::Outcomes,
        Part::Issues,
        Part::Check,
        Part::Indicators,
        Part::YearHead,
        Part::PlanPages,
        Part::Name,
        Part::Approach,
        Part::DoHead,
        Part::Goal,
    ],
    &[
        Part::Issues,
        Part::Check,
        Part::Outcomes,
        Part::Indicators,
        Part::Goal,
        Part::Name,
        Part::Approach,
        Part::DoHead,
        Part::YearHead,
        Part::Footnote,
    ],
    &[
        Part::PlanPages,
        Part::Name,
        Part::Approach,
        Part::DoHead,
        Part::Goal,
        Part::Indicators,
        Part::YearHead,
        Part::Footnote,
        Part::Outcomes,
        Part::Issues,
        Part::Check,
    ],
    &[
        Part::Name,
        Part::Approach,
        Part::Goal,
        Part::DoHead,
        Part::YearHead,
        Part::Indicators,
        Part::Footnote,
        Part::Outcomes,
        Part::Issues,
        Part::Check,
    ],
    &[
        Part::Footnote,
        Part::Issues,
        Part::Check,
        Part::Outcomes,
        Part::Indicators,
        Part::DoHead,
        Part::YearHead,
        Part::Name,
        Part::Approach,
        Part::Goal,
    ],
    &[
        Part::DoHead,
        Part::YearHead,
        Part::Name,
        Part::Approach,
        Part::Goal,
        Part::Indicators,
        Part::Footnote,
        Part::Outcomes,
        Part::Issues,
        Part::Check,
    ],
];

/// Orders of the pages of the list.
const BACKS: [&[Part]; 4] = [
    &[
        Part::Stars,
        Part::Counts,
        Part::Total,
        Part::Rows,
        Part::ListColumns,
        Part::ActionHead,
        Part::Directions,
        Part::ListTitle,
        Part::ListHead,
    ],
    &[
        Part::Stars,
        Part::ListColumns,
        Part::ActionHead,
        Part::Directions,
        Part::ListTitle,
        Part::ListHead,
        Part::Rows,
        Part::Total,
        Part::Counts,
    ],
    &[
        Part::Stars,
        Part::Counts,
        Part::Total,
        Part::Rows,
        Part::ListTitle,
        Part::ListHead,
        Part::ListColumns,
        Part::ActionHead,
        Part::Directions,
    ],
    &[
        Part::Stars,
        Part::Total,
        Part::Rows,
        Part::Counts,
        Part::ListColumns,
        Part::ListTitle,
        Part::ActionHead,
        Part::Directions,
        Part::ListHead,
    ],
];

/// Tears the pages of a sheet, the first page first.
pub(super) fn tear(book: &Book, sheet: &Sheet, pages: &mut [Page], torn: &Torn) {
    let Some((front, lists)) = pages.split_first_mut() else {
        return;
    };
    if !sheet.management {
        tear_front(book, sheet, front, torn);
        if torn.has(Tear::IssuesOnNextPage)
            && !sheet.cut
            && let (Some(issues), Some(list)) = (take(front, Part::Issues), lists.first_mut())
        {
            let place = list.iter().take_while(|b| b.part == Part::Stars).count();
            list.insert(place, issues);
        }
    }
    if sheet.management && torn.has(Tear::ManagementLabelsApart) {
        management_labels_apart(front);
    }
    for list in lists {
        tear_list(list, torn);
    }
}

/// [`Tear::ManagementLabelsApart`].
fn management_labels_apart(page: &mut Page) {
    let mut label = |part: Part| {
        let block = page.iter_mut().find(|block| block.part == part)?;
        (block.chunks.len() > 1).then(|| block.chunks.remove(0))
    };
    let first = [label(Part::Outcomes), label(Part::Issues)];
    let last = [label(Part::Directions), label(Part::Purpose)];
    let head = page.iter_mut().find(|block| block.part == Part::Management);
    let pages = head.and_then(|block| {
        let line = block.chunks.pop()?;
        block.chunks.extend(first.into_iter().flatten());
        let (label, pages) = line.split_once(' ')?;
        Some(format!("{pages}{label}"))
    });
    if let Some(issues) = page.iter_mut().find(|block| block.part == Part::Issues) {
        issues.chunks.extend(last.into_iter().flatten());
        issues.chunks.extend(pages);
    }
}

fn tear_front(book: &Book, sheet: &Sheet, page: &mut Page, torn: &Torn) {
    if torn.has(Tear::PlanPagesApart) {
        plan_pages_apart(book, sheet, page);
    }
    if torn.has(Tear::YearHeadApart) {
        year_head_apart(page, torn);
    }
    if torn.has(Tear::FootnoteFirst) {
        move_first(page, Part::Footnote);
    }
    if torn.has(Tear::NumberFarFromName) {
        move_after(page, Part::Goal, Part::Approach);
    }
    if torn.has(Tear::HeadingsAfter) {
        move_after(page, Part::DoHead, Part::Indicators);
    }
    if torn.has(Tear::PartsOutOfOrder) {
        let order = torn.rng(Tear::PartsOutOfOrder).usize(..FRONTS.len());
        sort(page, FRONTS.get(order).copied().unwrap_or_default());
    }
    if torn.has(Tear::IndicatorsSplit) {
        indicators_split(page, torn);
    } else if torn.has(Tear::LastRateAfterCheck) && !torn.has(Tear::LinesAnyOrder) {
        last_rate_after_check(page);
    }
}

fn tear_list(page: &mut Page, torn: &Torn) {
    if torn.has(Tear::HeadingsAfter) {
        move_after(page, Part::ListTitle, Part::Rows);
    }
    let middle = page.iter().filter(|block| block.part == Part::Rows).count() > 1;
    if torn.has(Tear::ListBeforeAction) && !middle {
        cut_columns(page);
        let order = torn.rng(Tear::ListBeforeAction).usize(..BACKS.len());
        sort(page, BACKS.get(order).copied().unwrap_or_default());
    }
}

/// The head of the next year's directions comes away from the line that it stands on.
fn cut_columns(page: &mut Page) {
    let found = page
        .iter_mut()
        .find(|block| block.part == Part::ListColumns);
    let Some(columns) = found.and_then(|block| block.chunks.first_mut()) else {
        return;
    };
    let Some((line, year)) = columns.rsplit_once(' ') else {
        return;
    };
    let (line, year) = (line.to_owned(), year.to_owned());
    *columns = year;
    if let Some(head) = page.iter_mut().find(|block| block.part == Part::ListHead) {
        head.chunks.push(line);
    }
}

/// The page number at its place: last, or anywhere between parts where it cannot be taken for the
/// number of an indicator or a row ([`Tear::PageNumberAnywhere`]).
pub(super) fn number(page: &mut Page, number: usize, torn: &Torn) {
    let block = Block::one(Part::PageNumber, number.to_string());
    let apart = |block: &Block| {
        matches!(
            block.part,
            Part::Goal
                | Part::DoHead
                | Part::Outcomes
                | Part::Issues
                | Part::Check
                | Part::ActionHead
                | Part::ListTitle
                | Part::ListHead
                | Part::Purpose
        )
    };
    let places: Vec<usize> = page
        .iter()
        .enumerate()
        .filter(|(_, block)| apart(block))
        .map(|(place, _)| place)
        .collect();
    let mut rng = torn.rng(Tear::PageNumberAnywhere);
    let place = if torn.has(Tear::PageNumberAnywhere) && !places.is_empty() {
        places.get(rng.usize(..places.len())).copied()
    } else {
        None
    };
    page.insert(place.unwrap_or(page.len()), block);
}

/// Takes total and counts off the last page ([`Tear::EndOnNextSheet`]).
pub(super) fn take_end(pages: &mut [Page]) -> Vec<Block> {
    let Some(last) = pages.last_mut() else {
        return Vec::new();
    };
    let parts = [Part::Total, Part::Counts];
    parts.iter().filter_map(|part| take(last, *part)).collect()
}

fn plan_pages_apart(book: &Book, sheet: &Sheet, page: &mut Page) {
    let Some(goal) = page.iter_mut().find(|block| block.part == Part::Goal) else {
        return;
    };
    goal.chunks.pop();
    goal.chunks.push(goal_line(book, sheet, false));
    page.insert(0, Block::one(Part::PlanPages, sheet.pages.clone()));
}

/// The last year's head comes first, the rest among the lines of the indicators.
fn year_head_apart(page: &mut Page, torn: &Torn) {
    let Some(mut head) = take(page, Part::YearHead) else {
        return;
    };
    let Some(indicators) = page.iter_mut().find(|block| block.part == Part::Indicators) else {
        return;
    };
    let years = head.chunks.pop().unwrap_or_default();
    let (years, last) = years.rsplit_once(' ').unwrap_or((&years, ""));
    head.chunks.push(years.to_owned());
    let mut rng = torn.rng(Tear::YearHeadApart);
    let place = rng.usize(..=indicators.chunks.len().min(4));
    indicators.chunks.splice(place..place, head.chunks);
    indicators.chunks.insert(0, last.to_owned());
}

/// [`Tear::IndicatorsSplit`]: the order of the lines stays.
fn indicators_split(page: &mut Page, torn: &Torn) {
    let found = page.iter_mut().find(|block| block.part == Part::Indicators);
    let Some(indicators) = found else { return };
    let mut rng = torn.rng(Tear::IndicatorsSplit);
    let kept = rng.usize(..=indicators.chunks.len());
    let later = indicators.chunks.split_off(kept);
    if !later.is_empty() {
        page.push(Block::new(Part::MoreIndicators, later));
    }
}

fn last_rate_after_check(page: &mut Page) {
    let found = page.iter_mut().find(|block| block.part == Part::Indicators);
    let Some(indicators) = found else { return };
    let is_rate = |chunk: &String| chunk.starts_with("達成率");
    if !indicators.chunks.last().is_some_and(is_rate) {
        return;
    }
    if let Some(rate) = indicators.chunks.pop() {
        page.push(Block::one(Part::Loose, rate));
        move_after(page, Part::Loose, Part::Check);
    }
}

fn take(page: &mut Page, part: Part) -> Option<Block> {
    let place = page.iter().position(|block| block.part == part)?;
    Some(page.remove(place))
}

fn move_first(page: &mut Page, part: Part) {
    if let Some(block) = take(page, part) {
        page.insert(0, block);
    }
}

/// Moves a part behind the last block of another.
fn move_after(page: &mut Page, part: Part, other: Part) {
    if let Some(place) = page.iter().rposition(|block| block.part == other)
        && let Some(from) = page.iter().position(|block| block.part == part)
    {
        let block = page.remove(from);
        let place = if from < place { place } else { place + 1 };
        page.insert(place, block);
    }
}

/// Sorts the parts by an order; parts that it does not name stay behind in theirs.
fn sort(page: &mut Page, order: &[Part]) {
    page.sort_by_key(|block| {
        let place = order.iter().position(|part| *part == block.part);
        place.unwrap_or(order.len())
    });
}
