//! What readers look for over all plans: what is late, what ends, which plan tells most of the last
//! year; and which pages have anything to show. It takes a look at all sheets, so that it is found
//! once for a picture.

use crate::read::words::{self, Word};
use crate::read::{Entry, Library, urls, whole};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::Kind;
use meguri_core::scheme::Means;
use meguri_core::summary::notable::{ending, late, tells_ending, tells_late};
use meguri_core::summary::rates::{ReachedCount, reached_count};
use std::sync::Arc;

/// What readers look for over all plans.
#[derive(Debug, Default)]
pub struct Notable {
    /// Sheets that are behind their schedule, plan by plan.
    pub late: Vec<LateAt>,
    /// Projects that are to end or to become smaller, plan by plan, those that end first.
    pub ending: Vec<EndingAt>,
    /// Words of daily life with what they lead to.
    pub words: Vec<Word>,
    /// The place of the plan that tells most of the newest year among the entries.
    lead: Option<usize>,
    /// Which pages have anything to show.
    pub offers: Arc<Offers>,
}

/// A sheet that is behind its schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LateAt {
    /// The place of its document among the entries.
    pub entry: usize,
    /// Its number from 1.
    pub number: usize,
    /// Key of the field that says so.
    pub field: String,
    /// The value that says so.
    pub value: String,
}

/// A project that is to end or to become smaller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndingAt {
    /// The place of its document among the entries.
    pub entry: usize,
    /// The number of its sheet from 1.
    pub number: usize,
    /// Its row on the sheet, from 0.
    pub item: usize,
    /// Key of the axis that says so.
    pub axis: String,
    /// The value that says so.
    pub value: String,
    /// Which of the two.
    pub means: Means,
}

/// Which pages over all plans have anything to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// Can a plan say that something is late?
    pub late: bool,
    /// Can a plan say that a project ends?
    pub ending: bool,
    /// Do words of daily life lead anywhere?
    pub words: bool,
    /// The page of the money of the plan that tells most of it; empty where no plan has money.
    pub money: String,
    /// Are there indicators?
    pub indicators: bool,
    /// Are there projects?
    pub projects: bool,
    /// Are there sections?
    pub sections: bool,
    /// Are there two years of a plan to compare?
    pub compare: bool,
    /// The day of the last publication, in words; empty where there is none.
    pub updated: String,
}

impl Library {
    /// What readers look for over all plans.
    #[must_use]
    pub fn notable(&self) -> &Notable {
        self.notable.get_or_init(|| Notable::of(self))
    }

    /// The plan that tells most of the newest year: judgements first, then rates and money.
    #[must_use]
    pub fn lead(&self) -> Option<&Entry> {
        self.entries().get(self.notable().lead?)
    }

    /// How many indicators of a document reached their targets.
    #[must_use]
    pub fn reached(entry: &Entry) -> ReachedCount {
        reached_count(entry.document.sheets(), whole::scheme(entry))
    }

    /// Pairs of years next to each other of which the documents of a plan tell, the newest first.
    #[must_use]
    pub fn pairs(&self, plan: &str) -> Vec<(FiscalYear, FiscalYear)> {
        let of_plan = |entry: &&Entry| entry.document.plan.key == plan;
        let entries = || self.entries().iter().filter(of_plan);
        let mut years: Vec<FiscalYear> =
            entries().flat_map(|entry| self.years_told(entry)).collect();
        years.sort_unstable();
        years.dedup();
        // What is told beyond the evaluated year is planned, not done.
        let last = entries().filter_map(|entry| entry.years().last()).max();
        let pairs = years.iter().zip(years.iter().skip(1));
        let pairs = pairs.filter(|(_, to)| last.is_none_or(|last| *to <= last));
        let mut pairs: Vec<_> = pairs.map(|(from, to)| (*from, *to)).collect();
        pairs.reverse();
        pairs
    }

    /// The document of a plan that tells of a year: the one that evaluates it, else one that prints it.
    #[must_use]
    pub fn telling(&self, plan: &str, year: FiscalYear) -> Option<&Entry> {
        let of_plan = |entry: &&Entry| entry.document.plan.key == plan;
        let entries = || self.entries().iter().filter(of_plan);
        let evaluates = entries().find(|entry| entry.years().contains(&year));
        evaluates.or_else(|| entries().find(|entry| self.years_told(entry).contains(&year)))
    }

    /// The pair of years that is compared where nobody says which: of the plan that leads, else of the
    /// first that has one; with the key of the plan.
    #[must_use]
    pub fn newest_pair(&self) -> Option<(&str, FiscalYear, FiscalYear)> {
        let lead = self.lead().into_iter();
        let mut plans = lead.chain(self.plans());
        plans.find_map(|entry| {
            let key = entry.document.plan.key.as_str();
            let (from, to) = self.pairs(key).first().copied()?;
            Some((key, from, to))
        })
    }
}

impl Notable {
    fn of(library: &Library) -> Self {
        let mut found = Self {
            words: words::all(library),
            ..Self::default()
        };
        let mut best = None;
        let mut tells = (false, false);
        for (place, entry) in library.entries().iter().enumerate() {
            if !entry.leads {
                continue;
            }
            let (whole, scheme) = (whole::of(entry), whole::scheme(entry));
            tells.0 |= tells_late(scheme);
            tells.1 |= tells_ending(scheme);
            found
                .late
                .extend(late(&whole, scheme).into_iter().map(|late| LateAt {
                    entry: place,
                    number: late.sheet + 1,
                    field: late.field,
                    value: late.value,
                }));
            found
                .ending
                .extend(ending(&whole, scheme).into_iter().map(|one| EndingAt {
                    entry: place,
                    number: one.sheet + 1,
                    item: one.item,
                    axis: one.axis,
                    value: one.value,
                    means: one.means,
                }));
            let judged = whole
                .sheets
                .iter()
                .any(|sheet| !sheet.judgements.is_empty());
            let telling = (
                judged.then(|| entry.years().last()).flatten(),
                judged,
                Library::reached(entry).rated > 0,
                whole::has_money(&whole),
            );
            // Of equals the first is kept.
            if best.is_none_or(|(_, known)| telling > known) {
                best = Some((place, telling));
            }
        }
        found.lead = best.map(|(place, _)| place);
        found.offers = Arc::new(found.offered(library, tells));
        found
    }

    /// What the pages have to show. `tells` = can a plan say that something is late, that it ends?
    fn offered(&self, library: &Library, tells: (bool, bool)) -> Offers {
        let any = |kind| library.linked().all(kind).next().is_some();
        let lead = self.lead.and_then(|place| library.entries().get(place));
        let has_money = |entry: &&Entry| whole::has_money(&whole::of(entry));
        let money = lead.into_iter().chain(library.plans()).find(has_money);
        let has_pair = |entry: &Entry| !library.pairs(&entry.document.plan.key).is_empty();
        let published = library
            .entries()
            .iter()
            .filter_map(|e| e.published.as_ref());
        let latest = published.max_by_key(|edition| edition.moment.as_str());
        Offers {
            late: tells.0,
            ending: tells.1,
            words: !self.words.is_empty(),
            money: money.map_or_else(String::new, urls::money),
            indicators: any(Kind::Indicator),
            projects: any(Kind::Project),
            sections: any(Kind::Section),
            compare: library.plans().any(has_pair),
            updated: latest.map_or_else(String::new, |edition| edition.date()),
        }
    }
}
