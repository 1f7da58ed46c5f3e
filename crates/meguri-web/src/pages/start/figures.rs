//! The figures of the start: each says of which plan and year it is, and leads to what it counts.

use crate::view::state::StateView;
use crate::view::summary;
use meguri_app::read::{Entry, Library, amounts, urls, whole};
use meguri_core::summary::rates::ReachedCount;
use serde::Serialize;

/// One figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FigureCard {
    /// What is counted.
    pub label: String,
    /// The figure, large.
    pub value: String,
    /// What stands small behind it: `件`, `／34件`.
    pub unit: String,
    /// Its parts, in a row.
    pub parts: Vec<PartView>,
    /// Of which plan and year it is, and what it leaves out.
    pub note: String,
    /// What it counts; never empty.
    pub href: String,
}

/// A part of a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// What it counts.
    pub state: StateView,
    /// How many.
    pub count: usize,
}

/// The figures that a picture has; what it has nothing of is left out.
pub(super) fn of(library: &Library) -> Vec<FigureCard> {
    let lead = library.lead();
    let figures = [
        lead.and_then(judged),
        lead.and_then(reached),
        late(library),
        money(library),
    ];
    figures.into_iter().flatten().collect()
}

/// The judgements of the plan that leads.
fn judged(entry: &Entry) -> Option<FigureCard> {
    let whole = whole::of(entry);
    let counts = summary::judgements(entry, &whole, &whole.sheets);
    let counts = counts.into_iter().find(|counts| counts.members > 0)?;
    let without = match counts.without {
        0 => String::new(),
        without => format!("。ほかに評価の記載がないもの{without}件"),
    };
    let rows = counts.rows.into_iter().filter(|row| row.count > 0);
    let parts = rows.map(|row| PartView {
        state: row.state,
        count: row.count,
    });
    Some(FigureCard {
        label: counts.label,
        value: counts.members.to_string(),
        unit: "件".to_owned(),
        parts: parts.collect(),
        note: format!("{}{without}", entry.titled()),
        href: urls::list(entry),
    })
}

/// The indicators of the plan that leads.
fn reached(entry: &Entry) -> Option<FigureCard> {
    let ReachedCount {
        reached,
        rated,
        all,
    } = Library::reached(entry);
    if rated == 0 {
        return None;
    }
    let without = match all - rated {
        0 => String::new(),
        without => format!("。ほかに達成率を計算できないもの{without}件"),
    };
    Some(FigureCard {
        label: "目標を達成した指標".to_owned(),
        value: reached.to_string(),
        unit: format!("／{rated}件"),
        note: format!("{}{without}", entry.titled()),
        href: urls::with_query(
            urls::INDICATORS,
            &[("plan", &entry.key), ("reached", "reached")],
        ),
        ..FigureCard::default()
    })
}

/// What is late, over all plans.
fn late(library: &Library) -> Option<FigureCard> {
    let notable = library.notable();
    if !notable.offers.late {
        return None;
    }
    let mut plans: Vec<(usize, usize)> = Vec::new();
    for late in &notable.late {
        match plans.iter_mut().find(|(entry, _)| *entry == late.entry) {
            Some((_, count)) => *count += 1,
            None => plans.push((late.entry, 1)),
        }
    }
    let words = plans.iter().filter_map(|(entry, count)| {
        let entry = library.entries().get(*entry)?;
        Some(format!("{} {count}件", entry.titled()))
    });
    Some(FigureCard {
        label: "予定より遅れている取組".to_owned(),
        value: notable.late.len().to_string(),
        unit: "件".to_owned(),
        note: words.collect::<Vec<_>>().join("、"),
        href: urls::LATE.to_owned(),
        ..FigureCard::default()
    })
}

/// The money of the plan that leads in the year that it evaluates, else of another with money.
fn money(library: &Library) -> Option<FigureCard> {
    let plans = || library.lead().into_iter().chain(library.plans());
    plans().find_map(|entry| {
        let sums = amounts::of_document(&entry.document).years;
        let own = entry.years().last();
        let mut years = sums.iter().rev();
        let (year, sum) = years.find(|(year, _)| own.is_none_or(|own| *year == own))?;
        let sum = sum.value()?;
        let about = sum.about();
        let (value, unit) = match about.strip_suffix('円') {
            Some(value) => (value.to_owned(), "円".to_owned()),
            None => (about, String::new()),
        };
        Some(FigureCard {
            label: format!("{year}の{}", entry.amount_word()),
            value,
            unit,
            note: format!("{sum}。{}の各事業を1回だけ数えた合計", entry.titled()),
            href: urls::money(entry),
            ..FigureCard::default()
        })
    })
}

/// A figure made up for samples.
pub(super) fn sample(note: &str) -> FigureCard {
    let part = |sign: &str, value: &str, count| PartView {
        state: crate::view::state::sample(sign, value),
        count,
    };
    FigureCard {
        label: "評価".to_owned(),
        value: "13".to_owned(),
        unit: "件".to_owned(),
        parts: vec![part("◎", "順調", 9), part("△", "遅れ", 4)],
        note: note.to_owned(),
        href: "/plans/evaluation/list".to_owned(),
    }
}
