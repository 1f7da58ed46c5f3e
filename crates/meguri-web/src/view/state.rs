//! A state of a sheet: a judgement with the sign that the scheme gives it.

use meguri_app::read::Entry;
use meguri_core::evaluation::Sheet;
use meguri_core::scheme::Means;
use serde::Serialize;

/// A state in a sign and words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StateView {
    /// Its sign; empty where the scheme has none.
    pub sign: String,
    /// As printed.
    pub value: String,
    /// What it says that readers look for: `late`, `ends`, `shrinks`; empty where it says no more.
    #[serde(skip_serializing_if = "is_empty")]
    pub means: &'static str,
}

/// For serde, which gives a reference to the field.
const fn is_empty(text: &&'static str) -> bool {
    text.is_empty()
}

/// What a value says, as a word for programs and the stylesheet.
#[must_use]
pub const fn means_key(means: Option<Means>) -> &'static str {
    match means {
        Some(Means::Late) => "late",
        Some(Means::Ends) => "ends",
        Some(Means::Shrinks) => "shrinks",
        None => "",
    }
}

/// A judgement by its field and value.
#[must_use]
pub fn judged(entry: &Entry, field: &str, value: &str) -> StateView {
    StateView {
        sign: entry.sign_of(field, value).0,
        value: value.to_owned(),
        means: means_key(entry.means(field, value)),
    }
}

/// A direction of next year by its axis and value.
#[must_use]
pub fn directed(entry: &Entry, axis: &str, value: &str) -> StateView {
    StateView {
        sign: entry.next_step_sign(axis, value),
        value: value.to_owned(),
        means: means_key(entry.next_step_means(axis, value)),
    }
}

/// The judgements of a sheet.
#[must_use]
pub fn of_sheet(entry: &Entry, sheet: &Sheet) -> Vec<StateView> {
    sheet
        .judgements
        .iter()
        .map(|judgement| judged(entry, &judgement.field, &judgement.value.value))
        .collect()
}

/// A state made up for samples.
pub(crate) fn sample(sign: &str, value: &str) -> StateView {
    StateView {
        sign: sign.to_owned(),
        value: value.to_owned(),
        means: if value == "遅れ" { "late" } else { "" },
    }
}
