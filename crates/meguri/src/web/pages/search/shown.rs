//! Hits and filters as the page shows them.

use crate::web::pages::findings::Choice;
use crate::web::pages::search::Wanted;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::{Money, MoneyUnit};
use meguri_search::{Facet, Facets, Hit, Piece, Snippet};
use serde::Serialize;

/// The most values of one filter that are offered.
const MOST_CHOICES: usize = 100;

/// Something that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HitShown {
    /// Where it is.
    pub href: String,
    /// What it is.
    pub kind: String,
    /// Its title.
    pub title: Vec<PieceShown>,
    /// Name of its plan; may be empty.
    pub plan: String,
    /// Its fiscal year in words; may be empty.
    pub year: String,
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
    /// Its values.
    pub choices: Vec<Choice>,
    /// How many values are not offered.
    pub more: usize,
}

impl HitShown {
    pub(super) fn new(hit: &Hit) -> Self {
        let year = hit.year.and_then(FiscalYear::new);
        let yen = hit.yen.and_then(|yen| Money::of(yen, MoneyUnit::Yen));
        Self {
            href: hit.address.clone(),
            kind: hit.kind.clone(),
            title: pieces(&hit.title),
            plan: hit.plan.as_ref().map(|plan| plan.label.clone()).unwrap_or_default(),
            year: year.map(|year| year.to_string()).unwrap_or_default(),
            sections: hit.sections.join("、"),
            states: hit.states.join("、"),
            money: yen.map(|money| money.to_string()).unwrap_or_default(),
            yen: hit.yen,
            snippets: hit.snippets.iter().map(SnippetShown::new).collect(),
        }
    }

    /// Its row of the table.
    pub(super) fn row(&self) -> Vec<String> {
        let text = |pieces: &[PieceShown]| -> String {
            pieces.iter().map(|piece| piece.text.as_str()).collect()
        };
        let snippets: Vec<String> =
            self.snippets.iter().map(|snippet| text(&snippet.pieces)).collect();
        vec![
            self.kind.clone(),
            text(&self.title),
            self.plan.clone(),
            self.year.clone(),
            self.sections.clone(),
            self.states.clone(),
            self.yen.map(|yen| yen.to_string()).unwrap_or_default(),
            self.href.clone(),
            snippets.join(" / "),
        ]
    }
}

impl SnippetShown {
    fn new(snippet: &Snippet) -> Self {
        let dots = || PieceShown { text: "…".to_owned(), marked: false };
        let mut shown = Vec::new();
        shown.extend(snippet.more_before.then(dots));
        shown.extend(pieces(&snippet.pieces));
        shown.extend(snippet.more_after.then(dots));
        Self { label: snippet.label.clone(), pieces: shown }
    }
}

fn pieces(pieces: &[Piece]) -> Vec<PieceShown> {
    let shown = pieces.iter();
    shown.map(|piece| PieceShown { text: piece.text.clone(), marked: piece.marked }).collect()
}

/// The filters with how many there are of each value among what was found.
pub(super) fn fields(wanted: &Wanted, facets: &Facets) -> Vec<FieldShown> {
    let year = wanted.year.map(|year| year.calendar_year().to_string()).unwrap_or_default();
    let in_words = |text: &str| {
        let year = text.parse().ok().and_then(FiscalYear::new);
        year.map_or_else(|| text.to_owned(), |year| year.to_string())
    };
    let plain = str::to_owned;
    let plan = |_: &str| wanted.plan_name.clone();
    vec![
        field("kind", "種類", &facets.kinds, &wanted.kind, &plain),
        field("plan", "計画", &facets.plans, &wanted.plan, &plan),
        field("year", "年度", &facets.years, &year, &in_words),
        field("section", "担当課", &facets.sections, &wanted.section, &plain),
        field("state", "状態", &facets.states, &wanted.state, &plain),
    ]
}

/// One filter; what is chosen stands in it even where nothing has it.
fn field(
    name: &'static str,
    label: &'static str,
    facets: &[Facet],
    chosen: &str,
    words: &dyn Fn(&str) -> String,
) -> FieldShown {
    let mut choices: Vec<Choice> = facets
        .iter()
        .take(MOST_CHOICES)
        .map(|facet| {
            let known = if name == "year" { words(&facet.key) } else { facet.label.clone() };
            let text = format!("{known}（{}件）", facet.count);
            Choice { value: facet.key.clone(), text, chosen: facet.key == chosen }
        })
        .collect();
    if !chosen.is_empty() && !choices.iter().any(|choice| choice.chosen) {
        let text = format!("{}（0件）", words(chosen));
        choices.push(Choice { value: chosen.to_owned(), text, chosen: true });
    }
    FieldShown { name, label, choices, more: facets.len().saturating_sub(MOST_CHOICES) }
}
