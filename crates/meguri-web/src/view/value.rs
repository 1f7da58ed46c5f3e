//! A value with the page that tells where it comes from.

use crate::page::shows_sources;
use crate::table::Cell;
use meguri_app::read::quantity::Quantity;
use meguri_app::read::values::Value;
use meguri_app::read::whole;
use meguri_core::source::Settled;
use meguri_core::text::is_dash;
use serde::Serialize;

/// A value as a page shows it, with the way to its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ValueView {
    /// As printed.
    pub text: String,
    /// Its number in the unit of its indicator, a rate in percent, or whole yen; none for a text.
    #[serde(rename = "number")]
    pub quantity: Option<Quantity>,
    /// The page that tells where it comes from.
    pub href: String,
    /// Line of the source, from 1.
    pub line: u32,
    /// The key of how it was settled.
    pub settled: &'static str,
    /// A word about it; empty where the value stands in the paper as it is.
    pub mark: &'static str,
    /// Is a finding about it?
    pub found: bool,
    /// Is it shown without its place and without a word about it?
    #[serde(skip)]
    pub quiet: bool,
}

impl ValueView {
    /// A value with the page that tells about it.
    #[must_use]
    pub fn new(value: &Value, href: String) -> Self {
        Self {
            text: value.text.clone(),
            quantity: value.quantity,
            href,
            line: value.line,
            settled: value.settled.key(),
            // A printed dash says that there is no value: nothing of it was proven.
            mark: if value.text.chars().all(is_dash) {
                ""
            } else {
                mark(value.settled)
            },
            found: false,
            quiet: !shows_sources(),
        }
    }

    /// What a cell has place for; the page of the value has all of it.
    #[must_use]
    pub fn short(&self) -> String {
        whole::name(&self.text)
    }

    /// A value made up for a sample.
    #[must_use]
    pub fn sample(text: &str, settled: Settled) -> Self {
        let href = "/sheets/1/values/node-name".to_owned();
        let (key, mark, found) = (settled.key(), mark(settled), settled == Settled::Layout);
        Self {
            text: text.to_owned(),
            quantity: None,
            href,
            line: 12,
            settled: key,
            mark,
            found,
            quiet: false,
        }
    }
}

impl From<&ValueView> for Cell {
    /// With its number.
    fn from(value: &ValueView) -> Self {
        Self::Figure(value.text.clone(), value.quantity)
    }
}

/// The short word beside a value.
const fn mark(settled: Settled) -> &'static str {
    match settled {
        Settled::Printed => "",
        Settled::Layout => "推定",
        Settled::Proven => "検算",
        Settled::Confirmed => "確認",
    }
}
