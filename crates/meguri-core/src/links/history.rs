//! The whole history of one indicator: what each paper says of each year, and what was revised.

use crate::figure::Figure;
use crate::fiscal_year::FiscalYear;
use crate::plan::{Indicator, indicator::figure_of};
use crate::source::Sourced;
use std::collections::BTreeSet;

/// A figure with the paper that prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'a> {
    /// Which of the papers: its place in the list given.
    pub paper: usize,
    /// The figure with its line.
    pub figure: &'a Sourced<Figure>,
}

/// A target that was changed, with what it was before as far as any paper still prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revised<'a> {
    /// The target before.
    pub original: Option<Said<'a>>,
    /// The target now.
    pub revised: Said<'a>,
    /// Why, as printed.
    pub reason: Option<&'a str>,
}

/// What the papers say of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearHistory<'a> {
    /// The year.
    pub year: FiscalYear,
    /// 目標 of each paper, in the order given.
    pub targets: Vec<Said<'a>>,
    /// 実績 of each paper.
    pub actuals: Vec<Said<'a>>,
    /// 達成率 as printed.
    pub printed_rates: Vec<Said<'a>>,
    /// The target that was changed, where a paper marks it so.
    pub revision: Option<Revised<'a>>,
}

/// The years of one indicator in several papers, from the first to the last.
///
/// A paper that prints a target without the mark of a revision, and another one that prints a
/// different target with it, are original and revision: the evaluation of a plan goes on showing
/// the target with which the plan began.
#[must_use]
pub fn of<'a>(papers: &[&'a Indicator]) -> Vec<YearHistory<'a>> {
    let mut years: BTreeSet<FiscalYear> = BTreeSet::new();
    for paper in papers {
        let lists = [&paper.targets, &paper.actuals, &paper.printed_rates];
        years.extend(lists.into_iter().flatten().map(|figure| figure.year));
    }
    years
        .into_iter()
        .map(|year| of_year(papers, year))
        .collect()
}

fn of_year<'a>(papers: &[&'a Indicator], year: FiscalYear) -> YearHistory<'a> {
    let said = |list: fn(&Indicator) -> &Vec<crate::plan::YearFigure>| -> Vec<Said<'a>> {
        let each = papers.iter().enumerate();
        each.filter_map(|(paper, indicator)| {
            Some(Said {
                paper,
                figure: figure_of(list(indicator), year)?,
            })
        })
        .collect()
    };
    let targets = said(|indicator| &indicator.targets);
    YearHistory {
        year,
        revision: revision(papers, year, &targets),
        targets,
        actuals: said(|indicator| &indicator.actuals),
        printed_rates: said(|indicator| &indicator.printed_rates),
    }
}

fn revision<'a>(
    papers: &[&'a Indicator],
    year: FiscalYear,
    targets: &[Said<'a>],
) -> Option<Revised<'a>> {
    let of_paper = |paper: usize| {
        let indicator: &'a Indicator = papers.get(paper).copied()?;
        indicator
            .revisions
            .iter()
            .find(|revision| revision.year == year)
    };
    let (paper, revision) = (0..papers.len())
        .rev()
        .find_map(|paper| Some((paper, of_paper(paper)?)))?;
    let printed = revision
        .original
        .as_ref()
        .map(|figure| Said { paper, figure });
    let before = || {
        let unmarked = targets.iter().filter(|said| of_paper(said.paper).is_none());
        let meaning = revision.revised.value.meaning;
        unmarked
            .copied()
            .find(|said| said.figure.value.meaning != meaning)
    };
    Some(Revised {
        original: printed.or_else(before),
        revised: Said {
            paper,
            figure: &revision.revised,
        },
        reason: revision.reason.as_ref().map(|reason| reason.value.as_str()),
    })
}
