//! Which row is torn how. What stands apart from its row is limited, so that the text still settles
//! where it belongs.

use super::super::model::{Book, Project};
use super::super::tears::{Tear, Torn};
use fastrand::Rng;
use std::ops::Range;

/// How a row is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Whole,
    /// Printed with the row before it.
    Follows,
    /// With the next row: [`Tear::TornPair`].
    Pair,
    /// With the next two rows: [`Tear::TornAroundRow`].
    Around,
    /// Torn alone.
    Torn(Tear),
}

/// Forms whose pieces stay together and that come once a sheet.
const GLUED: [Tear; 7] = [
    Tear::NumberAtEnd,
    Tear::MokuCodeNumber,
    Tear::DirectionSection,
    Tear::SectionCodeNumber,
    Tear::BudgetApart,
    Tear::CutAfterSection,
    Tear::RowInPieces,
];

/// The form of every row.
pub(super) fn forms(
    book: &Book,
    rows: &[Project],
    ranges: &[Range<usize>],
    torn: &Torn,
) -> Vec<Form> {
    let mut plan = Plan {
        rows,
        ranges,
        torn,
        forms: vec![Form::Whole; rows.len()],
        taken: vec![false; rows.len()],
    };
    let apart = plan.pieces_apart();
    plan.single(Tear::LoneSection, |plan, at| plan.has_sister(at));
    if !book.numbered && apart != Some(Tear::CodeTailApart) {
        plan.single(Tear::LoneMoku, |plan, at| plan.moku_is_a_row(at));
    }
    plan.lone_number();
    plan.next_page(apart);
    // A loose tail with its code could be the first piece of a pair.
    if apart != Some(Tear::CodeTailApart) {
        plan.together(apart.is_some());
    }
    plan.forms
}

/// Marks the values that nothing settles any more.
pub(super) fn lose(rows: &mut [Project], forms: &[Form]) {
    for tear in [Tear::TwoLostTails, Tear::LooseDirections] {
        let with = |at: &usize| forms.get(*at) == Some(&Form::Torn(tear));
        let torn: Vec<usize> = (0..rows.len()).filter(with).collect();
        let found = || torn.iter().filter_map(|at| rows.get(*at));
        let Some(first) = found().next() else {
            continue;
        };
        let costs = found().any(|row| row.cost != first.cost);
        let trends = found().any(|row| row.trend != first.trend);
        for at in torn {
            if let Some(row) = rows.get_mut(at) {
                row.cost_lost |= costs && tear == Tear::TwoLostTails;
                row.trend_lost |= trends;
            }
        }
    }
}

struct Plan<'a> {
    rows: &'a [Project],
    ranges: &'a [Range<usize>],
    torn: &'a Torn,
    forms: Vec<Form>,
    taken: Vec<bool>,
}

impl Plan<'_> {
    /// Whether `count` rows from `at` stand on one page and are not torn yet.
    fn free(&self, at: usize, count: usize) -> bool {
        let here = |range: &&Range<usize>| range.contains(&at) && at + count <= range.end;
        let on_page = self.ranges.iter().any(|range| here(&range));
        on_page && (at..at + count).all(|at| self.taken.get(at) == Some(&false))
    }

    fn take(&mut self, at: usize, count: usize, form: Form) {
        for row in at..at + count {
            if let (Some(taken), Some(place)) = (self.taken.get_mut(row), self.forms.get_mut(row)) {
                *taken = true;
                *place = if row == at { form } else { Form::Follows };
            }
        }
    }

    /// A place for `count` rows, by chance.
    fn place(
        &self,
        count: usize,
        rng: &mut Rng,
        fits: impl Fn(&Self, usize) -> bool,
    ) -> Option<usize> {
        let places = (0..self.rows.len()).filter(|at| self.free(*at, count) && fits(self, *at));
        let places: Vec<usize> = places.collect();
        (!places.is_empty())
            .then(|| places.get(rng.usize(..places.len())).copied())
            .flatten()
    }

    fn single(&mut self, tear: Tear, fits: impl Fn(&Self, usize) -> bool) {
        if self.torn.has(tear) {
            let mut rng = self.torn.rng(tear);
            if let Some(at) = self.place(1, &mut rng, fits) {
                self.take(at, 1, Form::Torn(tear));
            }
        }
    }

    /// One tear of those that leave costs or directions apart; two would not be settled.
    fn pieces_apart(&mut self) -> Option<Tear> {
        let kinds = [
            Tear::TornAroundRow,
            Tear::ScatteredRow,
            Tear::CodeTailApart,
            Tear::TwoLostTails,
            Tear::LooseDirections,
        ];
        let wanted: Vec<Tear> = kinds.into_iter().filter(|t| self.torn.has(*t)).collect();
        if wanted.is_empty() {
            return None;
        }
        let mut rng = self.torn.rng(Tear::TornAroundRow);
        let tear = wanted.get(rng.usize(..wanted.len())).copied()?;
        match tear {
            Tear::TornAroundRow => {
                let at = self.place(3, &mut rng, |_, _| true)?;
                self.take(at, 3, Form::Around);
            }
            Tear::ScatteredRow => {
                let special = |plan: &Self, at| plan.row(at).is_some_and(|r| !r.mark.is_empty());
                let at = self.place(1, &mut rng, special)?;
                self.take(at, 1, Form::Torn(tear));
            }
            Tear::CodeTailApart => {
                let at = self.place(1, &mut rng, |_, _| true)?;
                self.take(at, 1, Form::Torn(tear));
            }
            _ => self.several(tear, &mut rng)?,
        }
        Some(tear)
    }

    /// Two rows, or up to four for directions, on one page and none beside another.
    fn several(&mut self, tear: Tear, rng: &mut Rng) -> Option<()> {
        let range = self.ranges.iter().max_by_key(|range| range.len())?.clone();
        let tails = tear == Tear::TwoLostTails;
        let most = if tails { 2 } else { rng.usize(1..5) };
        let step = range.len() / most;
        if step < 2 {
            return None;
        }
        for n in 0..most {
            let at = range.start + n * step + rng.usize(..step.min(2));
            let beside = at > 0 && self.taken.get(at - 1) == Some(&true);
            // Another sheet prints the whole row.
            let elsewhere = self
                .row(at)
                .is_none_or(|row| row.reposted || row.repeatable);
            if !beside && !elsewhere {
                self.take(at, 1, Form::Torn(tear));
            }
        }
        let mine = self.forms.iter().filter(|form| **form == Form::Torn(tear));
        if tails && mine.count() == 1 {
            for form in &mut self.forms {
                *form = Form::Whole;
            }
            return None;
        }
        Some(())
    }

    fn row(&self, at: usize) -> Option<&Project> {
        self.rows.get(at)
    }

    /// Another row names the same section, so that it is known as one.
    fn has_sister(&self, at: usize) -> bool {
        let section = self.row(at).map(|row| row.section);
        let mut others = self.rows.iter().zip(&self.taken).enumerate();
        others.any(|(other, (row, taken))| other != at && !taken && Some(row.section) == section)
    }

    /// The lone number cannot be the number of an empty line; where pages carry numbers, it could
    /// be one of those.
    fn moku_is_a_row(&self, at: usize) -> bool {
        let moku = self.row(at).and_then(|row| row.moku.parse::<usize>().ok());
        moku.is_some_and(|moku| moku <= self.rows.len())
    }

    /// One row whose number stands alone: a second one would not be settled.
    fn lone_number(&mut self) {
        let kinds = [Tear::LoneNumber, Tear::ReversedRow, Tear::HalfReversedRow];
        let wanted: Vec<Tear> = kinds.into_iter().filter(|t| self.torn.has(*t)).collect();
        if wanted.is_empty() {
            return;
        }
        let mut rng = self.torn.rng(Tear::LoneNumber);
        let start = rng.usize(..wanted.len());
        let order = wanted.iter().cycle().skip(start).take(wanted.len());
        for tear in order {
            let fits = |plan: &Self, at: usize| {
                *tear == Tear::LoneNumber || (plan.has_sister(at) && reversible(plan.row(at)))
            };
            if let Some(at) = self.place(1, &mut rng, fits) {
                self.take(at, 1, Form::Torn(*tear));
                return;
            }
        }
    }

    /// The direction of a page's last row on the next page.
    fn next_page(&mut self, apart: Option<Tear>) {
        let clear = !matches!(apart, Some(Tear::ScatteredRow | Tear::LooseDirections));
        let Some(range) = self.ranges.first().filter(|_| self.ranges.len() > 1) else {
            return;
        };
        let last = range.end.saturating_sub(1);
        if clear && self.torn.has(Tear::DirectionOnNextPage) && self.free(last, 1) {
            self.take(last, 1, Form::Torn(Tear::DirectionOnNextPage));
        }
    }

    /// Tears whose pieces stay together. Where others stand `apart`, only those that cannot be
    /// mistaken for them.
    fn together(&mut self, apart: bool) {
        let mut rng = self.torn.rng(Tear::TornPair);
        let mut glued: Vec<Tear> = GLUED.into_iter().filter(|t| self.torn.has(*t)).collect();
        if apart {
            glued.clear();
        }
        let mut at = 0;
        while at < self.rows.len() {
            let tear = rng.u32(..200) < self.torn.share;
            at += if tear {
                self.tear_at(at, &mut glued, &mut rng)
            } else {
                1
            };
        }
    }

    /// Tears the row at `at` in one of the ways that fit; returns how many rows are done.
    fn tear_at(&mut self, at: usize, glued: &mut Vec<Tear>, rng: &mut Rng) -> usize {
        let always = [Tear::TornPair, Tear::TornChain, Tear::TailBeforeHead];
        let mut wanted: Vec<Tear> = always.into_iter().filter(|t| self.torn.has(*t)).collect();
        wanted.extend(glued.iter().copied());
        if wanted.is_empty() || !self.free(at, 1) {
            return 1;
        }
        let Some(tear) = wanted.get(rng.usize(..wanted.len())).copied() else {
            return 1;
        };
        let pairs = match tear {
            Tear::TornPair => 1,
            Tear::TornChain => rng.usize(2..4),
            _ => {
                self.take(at, 1, Form::Torn(tear));
                glued.retain(|other| *other != tear);
                return 2;
            }
        };
        if !self.free(at, pairs * 2) {
            return 1;
        }
        for pair in 0..pairs {
            self.take(at + pair * 2, 2, Form::Pair);
        }
        let alone = tear == Tear::TornPair && !self.torn.has(Tear::TornChain);
        pairs * 2 + usize::from(alone)
    }
}

/// Whether the cells of a row can be told apart when they stand without spaces: the cost has a
/// comma, so that its digits end three after it, and 款, 項 and 目 have one digit each.
fn reversible(row: Option<&Project>) -> bool {
    row.is_some_and(|row| {
        let single = [&row.kan, &row.kou, &row.moku].iter().all(|n| n.len() == 1);
        single && row.mark.is_empty() && row.cost >= 1_000 && !row.reposted
    })
}
