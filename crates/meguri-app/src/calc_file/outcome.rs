//! One result beside what was expected.

use meguri_core::calc::{Calculation, NoValue};
use meguri_core::text::narrow;
use rust_decimal::Decimal;

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseResult {
    /// What was computed, of what: `率 ごみの排出量 令和4年度`.
    pub label: String,
    /// The result as printed, or why there is none.
    pub outcome: Result<String, NoValue>,
    /// How it came about.
    pub steps: Vec<String>,
    /// What was expected, as written in the file.
    pub expected: Option<String>,
}

/// Does a result agree with what was expected?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 一致.
    Agrees,
    /// 相違.
    Differs,
    /// Nothing was expected.
    Open,
}

impl CaseResult {
    /// A calculation beside what was expected.
    pub(super) fn of<T>(
        label: String,
        calculation: Calculation<T>,
        print: impl FnOnce(T) -> String,
        expected: Option<&String>,
    ) -> Self {
        Self {
            label,
            outcome: calculation.outcome.map(print),
            steps: calculation.steps,
            expected: expected.cloned(),
        }
    }

    /// The result in words.
    #[must_use]
    pub fn printed(&self) -> String {
        match &self.outcome {
            Ok(printed) => printed.clone(),
            Err(why) => format!("なし（{}）", why.label()),
        }
    }

    /// Does it agree?
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let Some(expected) = &self.expected else {
            return Verdict::Open;
        };
        let agrees = match &self.outcome {
            Ok(printed) => same(printed, expected),
            Err(why) => NoValue::find(expected) == Some(*why),
        };
        if agrees {
            Verdict::Agrees
        } else {
            Verdict::Differs
        }
    }
}

/// Numbers are compared by their value without unit and commas, words by themselves.
fn same(printed: &str, expected: &str) -> bool {
    match (number(printed), number(expected)) {
        (Some(a), Some(b)) => a == b,
        _ => narrow(printed).trim() == narrow(expected).trim(),
    }
}

fn number(text: &str) -> Option<Decimal> {
    const UNITS: [&str; 8] = ["%", "ポイント", "点", "億円", "百万円", "千円", "円", "件"];
    let text = narrow(text).replace(',', "");
    let text = text.trim();
    let bare = UNITS.iter().find_map(|unit| text.strip_suffix(unit));
    bare.unwrap_or(text).trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_compared_as_a_person_reads_them() {
        assert!(same("75.4％", "75.4"));
        assert!(same("75.0％", "75"));
        assert!(same("1,235千円", "1235"));
        assert!(same("100％超", "100%超"));
        assert!(!same("100％超", "100"));
        assert!(!same("75.4％", "75.5"));
        assert!(same("A", "Ａ"));
    }
}
