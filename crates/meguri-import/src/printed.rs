//! What every reading is made of: cells that know their line, values by fiscal year, and what could
//! not be settled. The shape of a whole reading is the contract with those who use
//! `meguri read --json`.

use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::Money;
use meguri_core::source::{Settled, Sourced};
use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// A value as printed, with its line and how it was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<T>(pub Sourced<T>);

impl<T> Cell<T> {
    /// A value that is printed together with what it belongs to.
    pub const fn printed(value: T, line: u32) -> Self {
        Self(Sourced {
            value,
            line,
            settled: Settled::Printed,
        })
    }

    /// A value whose place follows from the layout of torn pieces.
    pub const fn layout(value: T, line: u32) -> Self {
        Self(Sourced {
            value,
            line,
            settled: Settled::Layout,
        })
    }

    /// A value whose place is proven by a printed total, count or rate.
    pub const fn proven(value: T, line: u32) -> Self {
        Self(Sourced {
            value,
            line,
            settled: Settled::Proven,
        })
    }

    /// Another value of the same place.
    pub(crate) fn map<U>(self, f: impl FnOnce(T) -> U) -> Cell<U> {
        Cell(self.0.map(f))
    }

    /// The value.
    pub const fn value(&self) -> &T {
        &self.0.value
    }

    /// Its line in the source, from 1.
    pub const fn line(&self) -> u32 {
        self.0.line
    }
}

/// The key of a cell's value in its marked form.
pub(crate) const VALUE: &str = "@value";
/// The key of a cell's line in its marked form.
pub(crate) const LINE: &str = "@line";
const SETTLED: &str = "@settled";

impl<T: Serialize> Serialize for Cell<T> {
    /// Written as an object with marks, which [`to_json`] takes apart.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut cell = serializer.serialize_struct("Cell", 3)?;
        cell.serialize_field(VALUE, &self.0.value)?;
        cell.serialize_field(LINE, &self.0.line)?;
        cell.serialize_field(SETTLED, self.0.settled.key())?;
        cell.end()
    }
}

/// An amount, written in 千円 whatever unit the paper prints: a whole number where it is one, else
/// with its decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount(pub Money);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let yen = self.0.yen;
        match yen % 1000 {
            0 => serializer.serialize_i64(yen / 1000),
            rest => {
                let sign = if yen < 0 { "-" } else { "" };
                let text = format!("{sign}{}.{:03}", (yen / 1000).abs(), rest.abs());
                let number: f64 = text.parse().map_err(serde::ser::Error::custom)?;
                serializer.serialize_f64(number)
            }
        }
    }
}

/// Values by fiscal year in the order of the table; `None` where the text holds none.
///
/// Written as an object with the short names of the years: `{"R3": …, "R4": …}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByYear<T>(pub Vec<(FiscalYear, Option<T>)>);

impl<T> Default for ByYear<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByYear<T> {
    /// The value of a year.
    pub fn get(&self, year: FiscalYear) -> Option<&T> {
        self.0
            .iter()
            .find(|(y, _)| *y == year)
            .and_then(|(_, value)| value.as_ref())
    }
}

impl<T: Serialize> Serialize for ByYear<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (year, value) in &self.0 {
            map.serialize_entry(&year.short(), value)?;
        }
        map.end()
    }
}

/// Counts by the words of the paper's own vocabulary, in the paper's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(pub Vec<(String, Cell<u32>)>);

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (word, count) in &self.0 {
            map.serialize_entry(word, count)?;
        }
        map.end()
    }
}

/// A piece of the text whose place could not be settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unresolved {
    /// Where it belongs, as far as is known: `theme 23 row 12`.
    #[serde(rename = "where")]
    pub place: String,
    /// The field that stays `null`, by its name in the reading.
    pub field: String,
    /// The pieces of text that may belong there.
    pub candidates: Vec<String>,
    /// Why it could not be settled, in Japanese, for city staff.
    pub why: String,
    /// The line to look at, from 1.
    pub line: u32,
}

/// A piece of the text that no part of the reading holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// The line that it stands on, from 1.
    pub line: u32,
    /// The piece as printed, without the blanks around it; empty where the text lacks what it
    /// announces (a total without rows).
    pub text: String,
    /// The unit that it stands in or behind, as far as one was read: `theme 23`.
    #[serde(rename = "where")]
    pub place: String,
    /// Why, in Japanese, for city staff.
    pub why: String,
}

/// Takes a reading apart: the plain values in the shape of the gold files, and under `provenance`
/// the line and the way of settling of every value by its JSON pointer.
#[must_use]
pub fn to_json<T: Serialize>(reading: &T) -> Value {
    let marked = serde_json::to_value(reading).unwrap_or(Value::Null);
    let mut provenance = Map::new();
    let mut path = String::new();
    let mut plain = take_apart(marked, &mut path, &mut provenance);
    if let Value::Object(object) = &mut plain {
        object.insert("provenance".to_owned(), Value::Object(provenance));
    }
    plain
}

fn take_apart(value: Value, path: &mut String, provenance: &mut Map<String, Value>) -> Value {
    match value {
        Value::Object(mut cell) if cell.contains_key(VALUE) => {
            let mut origin = Map::new();
            origin.insert("line".to_owned(), cell.remove(LINE).unwrap_or_default());
            origin.insert(
                "settled".to_owned(),
                cell.remove(SETTLED).unwrap_or_default(),
            );
            provenance.insert(path.clone(), Value::Object(origin));
            cell.remove(VALUE).unwrap_or_default()
        }
        Value::Object(object) => {
            let parts = object.into_iter().map(|(key, value)| {
                let plain = within(path, &key, |path| take_apart(value, path, provenance));
                (key, plain)
            });
            Value::Object(parts.collect())
        }
        Value::Array(items) => {
            let parts = items.into_iter().enumerate().map(|(index, value)| {
                within(path, &index.to_string(), |path| {
                    take_apart(value, path, provenance)
                })
            });
            Value::Array(parts.collect())
        }
        plain => plain,
    }
}

/// Runs `f` one step further down a JSON pointer (RFC 6901).
fn within<R>(path: &mut String, step: &str, f: impl FnOnce(&mut String) -> R) -> R {
    let length = path.len();
    path.push('/');
    path.push_str(&step.replace('~', "~0").replace('/', "~1"));
    let result = f(path);
    path.truncate(length);
    result
}
