//! Arithmetic: rates, classes, totals, points and roll-ups; each result comes with its steps.
//!
//! Everything is decimal and checked: a value that cannot be had is a [`NoValue`] with its reason,
//! never a zero and never a panic. Nothing here knows a city; what differs from city to city comes
//! in as a [`formula::RateFormula`], [`class::Classes`] and the like from the plan's scheme.

pub mod change;
pub mod class;
pub mod cost;
pub mod formula;
pub mod judged;
mod none;
pub mod number;
pub mod period;
pub mod points;
pub mod rate;
mod reference;
pub mod rollup;
pub mod rounding;
pub mod total;

pub use none::NoValue;

/// A result with the steps that lead to it.
///
/// The steps are Japanese, one line each, for city staff: `46 ÷ 61 ＝ 0.75409…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calculation<T> {
    /// The value, or why there is none.
    pub outcome: Result<T, NoValue>,
    /// How it came about, in order; what stood before a missing value is kept too.
    pub steps: Vec<String>,
}

impl<T> Calculation<T> {
    /// Runs a calculation that notes its steps as it goes and stops at the first missing value.
    pub fn run(work: impl FnOnce(&mut Vec<String>) -> Result<T, NoValue>) -> Self {
        let mut steps = Vec::new();
        let outcome = work(&mut steps);
        if let Err(why) = &outcome {
            steps.push(format!("値なし：{}", why.label()));
        }
        Self { outcome, steps }
    }

    /// The value, where there is one.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        self.outcome.as_ref().ok()
    }

    /// The same steps with another value.
    #[must_use]
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Calculation<U> {
        Calculation {
            outcome: self.outcome.map(f),
            steps: self.steps,
        }
    }
}
