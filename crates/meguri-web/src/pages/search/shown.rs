//! Hits and filters as the page shows them.

use crate::pages::search::Wanted;
use crate::pages::search::wanted::{LISTS, List};
use crate::table::Cell;
use crate::view::choice::Choice;
use crate::view::entity;
use meguri_app::search::{Facet, Facets, Hit, Piece, Snippet};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::{Money, MoneyUnit};
use serde::Serialize;
use std::collections::BTreeSet;

/// The most values of one filter that are offered.
const MOST_CHOICES: usize = 60;
/// How many of them are open to the eye.
const AT_ONCE: usize = 6;

/// Something that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HitShown {
    /// Where it is.
    pub href: String,
    /// What it is.
    pub kind: String,
    /// Its title.
    pub title: Vec<PieceShown>,
    /// Names of its plans in one line; may be empty.
    pub plan: String,
    /// Its fiscal years in words; may be empty.
    pub year: String,
    /// The calendar years in which the first and the last of them begin.
    pub years: Option<(i64, i64)>,
    /// Its sections in one line; may be empty.
    pub sections: String,
    /// Its judgements and directions in one line; may be empty.
    pub states: String,
    /// Its amount in words; may be empty.
    pub money: String,
    /// Its amount in yen.
    pub yen: Option<i64>,
    /// Pieces of its text.
    pub snippets: Vec<SnippetShown>,
}

/// A part of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PieceShown {
    /// The text.
    pub text: String,
    /// Is this what was searched for?
    pub marked: bool,
}

/// A piece of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SnippetShown {
    /// The label of the line; may be empty.
    pub label: String,
    /// The text, with … where it goes on.
    pub pieces: Vec<PieceShown>,
}

/// One filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FieldShown {
    /// Its name in the address.
    pub name: &'static str,
    /// Its words.
    pub label: &'static str,
    /// Its values: what is chosen, then those that most have.
    pub choices: Vec<Choice>,
    /// Further values, to be opened.
    pub further: Vec<Choice>,
    /// How many values are not offered.
    pub more: usize,
}

impl HitShown {
    pub(super) fn new(hit: &Hit) -> Self {
        let years: BTreeSet<FiscalYear> = hit
            .years
            .iter()
            .filter_map(|year| FiscalYear::new(*year))
            .collect();
        let calendar = |year: Option<&FiscalYear>| Some(i64::from(year?.calendar_year()));
        let plans: Vec<&str> = hit.plans.iter().map(|plan| plan.label.as_str()).collect();
        let yen = hit.yen.and_then(|yen| Money::of(yen, MoneyUnit::Yen));
        Self {
            href: hit.address.clone(),
            kind: hit.kind.clone(),
            title: pieces(&hit.title),
            plan: plans.join("、"),
            year: entity::span(&years).unwrap_or_default(),
            years: calendar(years.first()).zip(calendar(years.last())),
            sections: hit.sections.join("、"),
            states: hit.states.join("、"),
            money: yen.map(|money| money.to_string()).unwrap_or_default(),
            yen: hit.yen,
            snippets: hit.snippets.iter().map(SnippetShown::new).collect(),
        }
    }

    /// Its row of the table.
    pub(super) fn row(&self) -> Vec<Cell> {
        let text = |pieces: &[PieceShown]| -> String {
            pieces.iter().map(|piece| piece.text.as_str()).collect()
        };
        let snippets: Vec<String> = self
            .snippets
            .iter()
            .map(|snippet| text(&snippet.pieces))
            .collect();
        vec![
            (&self.kind).into(),
            text(&self.title).into(),
            (&self.plan).into(),
            (&self.year).into(),
            self.years.map(|(first, _)| first).into(),
            self.years.map(|(_, last)| last).into(),
            (&self.sections).into(),
            (&self.states).into(),
            self.yen.into(),
            (&self.href).into(),
            snippets.join(" / ").into(),
        ]
    }
}

impl SnippetShown {
    fn new(snippet: &Snippet) -> Self {
        let dots = || PieceShown {
            text: "…".to_owned(),
            marked: false,
        };
        let mut shown = Vec::new();
        shown.extend(snippet.more_before.then(dots));
        shown.extend(pieces(&snippet.pieces));
        shown.extend(snippet.more_after.then(dots));
        Self {
            label: snippet.label.clone(),
            pieces: shown,
        }
    }
}

fn pieces(pieces: &[Piece]) -> Vec<PieceShown> {
    let shown = pieces.iter();
    shown
        .map(|piece| PieceShown {
            text: piece.text.clone(),
            marked: piece.marked,
        })
        .collect()
}

/// The filters with how many there are of each value.
pub(super) fn fields(wanted: &Wanted, facets: &Facets) -> Vec<FieldShown> {
    let of = |list: List| match list {
        List::Kind => &facets.kinds,
        List::Plan => &facets.plans,
        List::Year => &facets.years,
        List::Section => &facets.sections,
        List::State => &facets.states,
    };
    LISTS.map(|list| field(wanted, list, of(list))).into()
}

/// One filter; what is chosen stands first, even where nothing has it.
fn field(wanted: &Wanted, list: List, facets: &[Facet]) -> FieldShown {
    let chosen = wanted.values(list);
    let choice = |value: &str, label: Option<&str>, count: u64| {
        let known = wanted.words(list, value);
        let words = label.filter(|_| known == value).unwrap_or(&known);
        let chosen = chosen.iter().any(|chosen| chosen == value);
        Choice {
            value: value.to_owned(),
            text: format!("{words}（{count}件）"),
            chosen,
        }
    };
    let of = |facet: &Facet| choice(&facet.key, Some(&facet.label), facet.count);
    let mut choices: Vec<Choice> = chosen
        .iter()
        .map(
            |value| match facets.iter().find(|facet| facet.key == *value) {
                Some(facet) => of(facet),
                None => choice(value, None, 0),
            },
        )
        .collect();
    let others: Vec<&Facet> = facets
        .iter()
        .filter(|facet| !chosen.contains(&facet.key))
        .collect();
    choices.extend(others.iter().take(MOST_CHOICES).map(|facet| of(facet)));
    // One more than is open to the eye is not worth opening.
    let open = AT_ONCE.max(chosen.len());
    let open = if choices.len() <= open + 1 {
        choices.len()
    } else {
        open
    };
    let further = choices.split_off(open);
    let more = others.len().saturating_sub(MOST_CHOICES);
    FieldShown {
        name: list.name(),
        label: list.label(),
        choices,
        further,
        more,
    }
}
