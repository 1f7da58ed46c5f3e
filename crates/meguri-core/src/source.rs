//! Where a value stands in the city's paper and how sure it is.

/// How a value that was read from a paper was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Settled {
    /// Printed together with what it belongs to: one row, one cell, one line after its label.
    Printed,
    /// Put together from torn pieces by their layout: order, column, neighbouring rows.
    Layout,
    /// Put together from torn pieces and proven by a printed check: a total, a count, a rate.
    Proven,
    /// Entered or confirmed by a person.
    Confirmed,
}

impl Settled {
    /// The words shown to staff and residents.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Printed => "原文のとおり",
            Self::Layout => "配置から推定",
            Self::Proven => "検算で確定",
            Self::Confirmed => "職員が確認",
        }
    }

    /// The stable ASCII key of open data.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Printed => "printed",
            Self::Layout => "layout",
            Self::Proven => "proven",
            Self::Confirmed => "confirmed",
        }
    }
}

/// A value with its line in the source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sourced<T> {
    /// What was read.
    pub value: T,
    /// Line of the source text, from 1; where a value spans lines, its first.
    pub line: u32,
    /// How it was settled.
    pub settled: Settled,
}

impl<T> Sourced<T> {
    /// The same place and certainty with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Sourced<U> {
        Sourced {
            value: f(self.value),
            line: self.line,
            settled: self.settled,
        }
    }
}
