//! What the papers say of an indicator, year by year.

use crate::chart::series::{IndicatorSeries, IndicatorYear};
use crate::view::entity::{SheetLink, shown};
use crate::view::value::ValueView;
use meguri_app::read::Stand;
use meguri_app::read::quantity::{FigureView, YearView};
use meguri_app::read::values::of_year;
use meguri_core::calc::Calculation;
use meguri_core::calc::rate::Rate;
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::history::{self, Said, YearHistory};
use meguri_core::plan::{Indicator, indicator::figure_of};
use meguri_core::verify::counted_rate;
use rust_decimal::Decimal;
use serde::Serialize;

/// Papers that are named beside one value at most.
const PAPERS: usize = 6;

/// One value with the papers that print it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PrintedFigureView {
    /// The value, in the first of the papers.
    pub value: Option<ValueView>,
    /// The papers.
    pub sheets: Vec<SheetLink>,
    /// Papers that are left out.
    pub more: usize,
    /// What is to be known: 見直し前, 文書により異なる …
    pub note: &'static str,
}

/// A rate as computed with the papers that it follows from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RateView {
    /// The rate in percent, or in points where it is a difference.
    pub value: FigureView,
    /// The papers.
    pub sheets: Vec<SheetLink>,
    /// Papers that are left out.
    pub more: usize,
}

/// One year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct IndicatorYearView {
    /// The year.
    pub year: YearView,
    /// 目標.
    pub targets: Vec<PrintedFigureView>,
    /// 実績.
    pub actuals: Vec<PrintedFigureView>,
    /// 達成率 as printed.
    pub printed: Vec<PrintedFigureView>,
    /// 達成率 as computed.
    pub computed: Vec<RateView>,
}

/// A target that was changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RevisionView {
    /// The year whose target was changed.
    pub year: String,
    /// The target before; nothing where no paper prints it any more.
    pub original: Option<ValueView>,
    /// Where that stands.
    pub original_sheet: Option<SheetLink>,
    /// The target now.
    pub revised: Option<ValueView>,
    /// Where that stands.
    pub revised_sheet: SheetLink,
    /// Why, as printed; empty where no paper says.
    pub reason: String,
}

/// The steps of a rate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StepsView {
    /// The year.
    pub year: String,
    /// The papers, in words.
    pub papers: String,
    /// One step a line.
    pub steps: Vec<String>,
}

/// A footnote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NoteView {
    /// Its words with their place.
    pub text: Option<ValueView>,
    /// The paper.
    pub sheet: SheetLink,
}

/// A computed rate with the papers from which it follows alike.
struct Counted {
    year: FiscalYear,
    rate: Calculation<Rate>,
    /// From which rate on the target is reached.
    reached_at: Decimal,
    papers: Vec<usize>,
}

/// What all papers say.
pub(super) struct Told<'a> {
    stands: &'a [Stand<'a>],
    papers: Vec<&'a Indicator>,
    years: Vec<YearHistory<'a>>,
    rates: Vec<Counted>,
}

impl<'a> Told<'a> {
    /// Of places that all have an indicator, older papers first.
    pub(super) fn of(stands: &'a [Stand<'a>]) -> Self {
        let papers: Vec<&Indicator> = stands.iter().filter_map(Stand::indicator).collect();
        let years = history::of(&papers);
        let rates = years
            .iter()
            .flat_map(|year| counted(stands, &papers, year.year))
            .collect();
        Self {
            stands,
            papers,
            years,
            rates,
        }
    }

    /// The year by year.
    pub(super) fn years(&self) -> Vec<IndicatorYearView> {
        self.years
            .iter()
            .map(|year| {
                let mut targets = self.figures("target", year.year, &year.targets);
                self.mark_revised(year, &mut targets);
                IndicatorYearView {
                    year: year.year.into(),
                    targets,
                    actuals: self.figures("actual", year.year, &year.actuals),
                    printed: self.figures("rate", year.year, &year.printed_rates),
                    computed: self.computed(year.year),
                }
            })
            .collect()
    }

    /// The values of a row, each once with all papers that print it.
    fn figures(&self, what: &str, year: FiscalYear, said: &[Said<'_>]) -> Vec<PrintedFigureView> {
        let mut found: Vec<(&Figure, Vec<Said<'_>>)> = Vec::new();
        for one in said {
            let figure = &one.figure.value;
            match found
                .iter_mut()
                .find(|(known, _)| known.meaning == figure.meaning)
            {
                Some((_, all)) => all.push(*one),
                None => found.push((figure, vec![*one])),
            }
        }
        let differs = found.len() > 1;
        found
            .into_iter()
            .map(|(_, all)| {
                let papers = all.iter().map(|said| said.paper);
                PrintedFigureView {
                    value: all.first().and_then(|said| self.value(said, what, year)),
                    sheets: self.sheets(papers),
                    more: all.len().saturating_sub(PAPERS),
                    note: if differs {
                        "文書により異なります"
                    } else {
                        ""
                    },
                }
            })
            .collect()
    }

    /// Says of targets which were there before a revision and which after it.
    fn mark_revised(&self, year: &YearHistory<'_>, targets: &mut Vec<PrintedFigureView>) {
        let Some(revision) = &year.revision else {
            return;
        };
        let revised = self.value(&revision.revised, "target", year.year);
        let original = revision.original.as_ref();
        let original = original.and_then(|said| self.original(said, &revision.revised, year.year));
        let text = |shown: &Option<ValueView>| shown.as_ref().map(|shown| shown.text.clone());
        for target in targets.iter_mut() {
            if text(&target.value) == text(&revised) {
                target.note = "見直し後";
            } else if text(&target.value) == text(&original) {
                target.note = "見直し前";
            }
        }
        if original.is_some() && !targets.iter().any(|target| target.note == "見直し前") {
            let papers = revision.original.iter().map(|said| said.paper);
            let sheets = self.sheets(papers);
            targets.insert(
                0,
                PrintedFigureView {
                    value: original,
                    sheets,
                    more: 0,
                    note: "見直し前",
                },
            );
        }
    }

    fn value(&self, said: &Said<'_>, what: &str, year: FiscalYear) -> Option<ValueView> {
        let stand = self.stands.get(said.paper)?;
        let id = of_year(&format!("indicator-{}-{what}", stand.at.item? + 1), year);
        Some(shown(stand, &id, said.figure))
    }

    /// The target before a revision: as the paper of the revision prints it, or an older one.
    fn original(&self, said: &Said<'_>, revised: &Said<'_>, year: FiscalYear) -> Option<ValueView> {
        let same = said.paper == revised.paper;
        self.value(said, if same { "original" } else { "target" }, year)
    }

    fn sheets(&self, papers: impl Iterator<Item = usize>) -> Vec<SheetLink> {
        let stands = papers
            .take(PAPERS)
            .filter_map(|paper| self.stands.get(paper));
        stands.map(SheetLink::new).collect()
    }

    fn computed(&self, year: FiscalYear) -> Vec<RateView> {
        let of_year = self.rates.iter().filter(|counted| counted.year == year);
        let mut found: Vec<(&str, Vec<usize>)> = Vec::new();
        for counted in of_year {
            let Some(rate) = counted.rate.value() else {
                continue;
            };
            match found.iter_mut().find(|(known, _)| *known == rate.printed) {
                Some((_, papers)) => papers.extend(&counted.papers),
                None => found.push((&rate.printed, counted.papers.clone())),
            }
        }
        found
            .into_iter()
            .map(|(value, papers)| RateView {
                value: FigureView::parse(value),
                more: papers.len().saturating_sub(PAPERS),
                sheets: self.sheets(papers.into_iter()),
            })
            .collect()
    }

    /// The targets that were changed.
    pub(super) fn revisions(&self) -> Vec<RevisionView> {
        self.years
            .iter()
            .filter_map(|year| {
                let revision = year.revision.as_ref()?;
                let sheet = |said: &Said<'_>| self.stands.get(said.paper).map(SheetLink::new);
                let original = revision.original.as_ref();
                Some(RevisionView {
                    year: year.year.to_string(),
                    original: original
                        .and_then(|said| self.original(said, &revision.revised, year.year)),
                    original_sheet: original.and_then(sheet),
                    revised: self.value(&revision.revised, "target", year.year),
                    revised_sheet: sheet(&revision.revised).unwrap_or_default(),
                    reason: revision.reason.unwrap_or_default().to_owned(),
                })
            })
            .collect()
    }

    /// How the rates were computed, by year and paper; the same steps are shown once.
    pub(super) fn steps(&self) -> Vec<StepsView> {
        let told = self
            .rates
            .iter()
            .filter(|counted| !counted.rate.steps.is_empty());
        told.map(|counted| {
            let papers = self.sheets(counted.papers.iter().copied());
            let papers: Vec<String> = papers.iter().map(SheetLink::paper).collect();
            let more = counted.papers.len().saturating_sub(PAPERS);
            let more = if more > 0 {
                format!("ほか{more}件")
            } else {
                String::new()
            };
            StepsView {
                year: counted.year.to_string(),
                papers: format!("{}{more}", papers.join("、")),
                steps: counted.rate.steps.clone(),
            }
        })
        .collect()
    }

    /// Footnotes, each once.
    pub(super) fn notes(&self) -> Vec<NoteView> {
        let mut found: Vec<(&str, NoteView)> = Vec::new();
        for (stand, indicator) in self.stands.iter().zip(&self.papers) {
            let number = stand.at.item.unwrap_or_default() + 1;
            for (index, note) in indicator.notes.iter().enumerate() {
                if found.iter().any(|(known, _)| *known == note.value) {
                    continue;
                }
                let text = shown(
                    stand,
                    &format!("indicator-{number}-note-{}", index + 1),
                    note,
                );
                let sheet = SheetLink::new(stand);
                found.push((
                    &note.value,
                    NoteView {
                        text: Some(text),
                        sheet,
                    },
                ));
            }
        }
        found.into_iter().map(|(_, note)| note).collect()
    }

    /// The baselines by year, each value once.
    pub(super) fn baselines(&self) -> Vec<(String, PrintedFigureView)> {
        type Known<'k> = (Option<FiscalYear>, &'k Figure, PrintedFigureView);
        let mut found: Vec<Known<'_>> = Vec::new();
        for (stand, indicator) in self.stands.iter().zip(&self.papers) {
            let Some(baseline) = &indicator.baseline else {
                continue;
            };
            let (year, sheet) = (indicator.baseline_year, SheetLink::new(stand));
            let is = |known: &&mut Known<'_>| {
                known.0 == year && known.1.meaning == baseline.value.meaning
            };
            match found.iter_mut().find(is) {
                Some((.., known)) if known.sheets.len() < PAPERS => known.sheets.push(sheet),
                Some((.., known)) => known.more += 1,
                None => {
                    let number = stand.at.item.unwrap_or_default() + 1;
                    let id = format!("indicator-{number}-baseline");
                    let value = Some(shown(stand, &id, baseline));
                    let sheets = vec![sheet];
                    let figure = PrintedFigureView {
                        value,
                        sheets,
                        ..PrintedFigureView::default()
                    };
                    found.push((year, &baseline.value, figure));
                }
            }
        }
        if found.len() > 1 {
            found
                .iter_mut()
                .for_each(|(.., figure)| figure.note = "文書により異なります");
        }
        let year = |year: Option<FiscalYear>| year.map_or_else(String::new, |y| y.to_string());
        found
            .into_iter()
            .map(|(of, _, figure)| (year(of), figure))
            .collect()
    }

    /// What the chart shows: what the newest papers say of each year.
    pub(super) fn series(&self, name: &str, units: &[String], cumulative: bool) -> IndicatorSeries {
        let figure = |said: &[Said<'_>]| said.last().map(|said| said.figure.value.clone());
        let years = self.years.iter().map(|year| {
            let revision = year.revision.as_ref();
            let revised = revision.map(|revision| revision.revised.figure.value.clone());
            let original = revision.and_then(|revision| revision.original.as_ref());
            let of_year = |counted: &&Counted| counted.year == year.year;
            let said = self.rates.iter().rev().find(of_year);
            let said = said.and_then(|counted| Some((counted.rate.value()?, counted.reached_at)));
            IndicatorYear {
                target: revised.or_else(|| figure(&year.targets)),
                original: original.map(|said| said.figure.value.clone()),
                revised: revision.is_some(),
                actual: figure(&year.actuals),
                reached: said.map(|(rate, reached_at)| rate.value >= reached_at),
                rate: said.map_or_else(String::new, |(rate, _)| rate.printed.clone()),
                ..IndicatorYear::new(year.year)
            }
        });
        let newest = self.papers.iter().rev();
        let baseline = newest
            .filter_map(|one| Some((one.baseline_year, one.baseline.as_ref()?.value.clone())));
        IndicatorSeries {
            id: "chart-indicator".to_owned(),
            table: "years".to_owned(),
            name: name.to_owned(),
            unit: units.first().cloned().unwrap_or_default(),
            cumulative,
            baseline: { baseline }.next(),
            years: years.collect(),
        }
    }
}

/// The rates of a year, paper by paper; papers from which the same follows stand together.
fn counted(stands: &[Stand<'_>], papers: &[&Indicator], year: FiscalYear) -> Vec<Counted> {
    let mut found: Vec<Counted> = Vec::new();
    for (paper, (stand, indicator)) in stands.iter().zip(papers).enumerate() {
        // A rate is told of a year that has an actual; before, there is nothing to count.
        if figure_of(&indicator.actuals, year).is_none() {
            continue;
        }
        let formula = stand.entry.rate_formula(indicator);
        let reached_at = formula.reached_at();
        let rate = counted_rate(indicator, year, &formula);
        match found
            .iter_mut()
            .find(|known| known.rate.steps == rate.steps)
        {
            Some(known) => known.papers.push(paper),
            None => found.push(Counted {
                year,
                rate,
                reached_at,
                papers: vec![paper],
            }),
        }
    }
    found
}
