//! A state of a sheet: a judgement with the sign that the scheme gives it.

use meguri_app::read::Entry;
use meguri_core::evaluation::Sheet;
use serde::Serialize;

/// A state in a sign and words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StateView {
    /// Its sign; empty where the scheme has none.
    pub sign: String,
    /// As printed.
    pub value: String,
}

/// The judgements of a sheet.
#[must_use]
pub fn of_sheet(entry: &Entry, sheet: &Sheet) -> Vec<StateView> {
    sheet
        .judgements
        .iter()
        .map(|judgement| StateView {
            sign: entry.sign_of(&judgement.field, &judgement.value.value).0,
            value: judgement.value.value.clone(),
        })
        .collect()
}

/// A state made up for samples.
pub(crate) fn sample(sign: &str, value: &str) -> StateView {
    StateView {
        sign: sign.to_owned(),
        value: value.to_owned(),
    }
}
