//! Why a calculation has no value.

/// Why there is no value; a blank is not zero, and a missing rate is not 0 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoValue {
    /// No target is printed.
    TargetMissing,
    /// The target is a printed dash.
    TargetDash,
    /// The target is words that are no figure.
    TargetWords,
    /// No actual is printed.
    ActualMissing,
    /// The actual is a printed dash.
    ActualDash,
    /// The actual is words that are no figure.
    ActualWords,
    /// The value of the baseline year is missing or no figure.
    BaselineMissing,
    /// The baseline year, or the last year of the targets, is not known or not later.
    WayUnknown,
    /// Last year's actual is missing or no figure.
    LastYearMissing,
    /// The divisor is zero.
    ZeroDivisor,
    /// The divisor is below zero, so that a quotient would say the opposite.
    NegativeDivisor,
    /// The target lies behind the baseline, seen in the indicator's direction.
    TargetBehindBaseline,
    /// The formula does not fit an indicator that keeps its level.
    KeepsLevel,
    /// Outside what is judged: 完了, 中止, 対象外 …
    OutOfScope,
    /// Not measured in this year.
    NotMeasured,
    /// Listed again; counted where it is first.
    Relisted,
    /// Nothing to add up, average or count.
    Empty,
    /// A member lacks its value, and the rule asks for all of them.
    MemberMissing,
    /// All weights are missing or zero.
    NoWeights,
    /// The value reaches no class.
    NoClass,
    /// The value is not one of the scale.
    NotOnScale,
    /// The value of the scale carries no points.
    NoPoints,
    /// The parts do not add up to the whole.
    PartsDiffer,
    /// A person changed the computed value without a reason.
    ReasonMissing,
    /// The number passes what can be computed exactly.
    TooLarge,
}

/// All reasons with their stable ASCII key and their words.
const REASONS: [(NoValue, &str, &str); 25] = [
    (NoValue::TargetMissing, "target-missing", "目標がない"),
    (NoValue::TargetDash, "target-dash", "目標が「－」"),
    (
        NoValue::TargetWords,
        "target-words",
        "目標が計算できる値でない",
    ),
    (NoValue::ActualMissing, "actual-missing", "実績がない"),
    (NoValue::ActualDash, "actual-dash", "実績が「－」"),
    (
        NoValue::ActualWords,
        "actual-words",
        "実績が計算できる値でない",
    ),
    (NoValue::BaselineMissing, "baseline-missing", "基準値がない"),
    (
        NoValue::WayUnknown,
        "way-unknown",
        "基準年度又は最終年度が不明",
    ),
    (
        NoValue::LastYearMissing,
        "last-year-missing",
        "前年度の実績がない",
    ),
    (NoValue::ZeroDivisor, "zero-divisor", "割る数が0"),
    (NoValue::NegativeDivisor, "negative-divisor", "割る数が負"),
    (
        NoValue::TargetBehindBaseline,
        "target-behind-baseline",
        "目標が基準値より後退している",
    ),
    (
        NoValue::KeepsLevel,
        "keeps-level",
        "維持の指標には使えない計算式",
    ),
    (NoValue::OutOfScope, "out-of-scope", "対象外"),
    (NoValue::NotMeasured, "not-measured", "未測定"),
    (NoValue::Relisted, "relisted", "再掲"),
    (NoValue::Empty, "empty", "対象が1件もない"),
    (
        NoValue::MemberMissing,
        "member-missing",
        "値のないものがある",
    ),
    (NoValue::NoWeights, "no-weights", "重みがない"),
    (NoValue::NoClass, "no-class", "当てはまる区分がない"),
    (NoValue::NotOnScale, "not-on-scale", "評価の区分にない値"),
    (NoValue::NoPoints, "no-points", "点数の定めがない"),
    (NoValue::PartsDiffer, "parts-differ", "内訳と合計が合わない"),
    (NoValue::ReasonMissing, "reason-missing", "変更の理由がない"),
    (NoValue::TooLarge, "too-large", "桁が大きすぎて計算できない"),
];

/// Words that case files of former versions may hold.
const FORMER_WORDS: [(&str, NoValue); 2] = [
    ("目標が数値でない", NoValue::TargetWords),
    ("実績が数値でない", NoValue::ActualWords),
];

impl NoValue {
    /// All reasons, in the order of the manual.
    pub fn all() -> impl Iterator<Item = Self> {
        REASONS.iter().map(|row| row.0)
    }

    /// The words for a person.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.row().map_or("値なし", |row| row.2)
    }

    /// The stable ASCII key of open data and of case files.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.row().map_or("none", |row| row.1)
    }

    /// The reason of a key or of its words.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        let text = text.trim();
        REASONS
            .iter()
            .find(|row| row.1 == text || row.2 == text)
            .map(|row| row.0)
            .or_else(|| {
                let former = FORMER_WORDS.iter().find(|(words, _)| *words == text);
                former.map(|(_, reason)| *reason)
            })
    }

    fn row(self) -> Option<&'static (Self, &'static str, &'static str)> {
        REASONS.iter().find(|row| row.0 == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_found_by_its_key_and_its_words() {
        for (reason, key, words) in REASONS {
            assert_eq!(NoValue::find(key), Some(reason), "{key}");
            assert_eq!(NoValue::find(words), Some(reason), "{words}");
            assert_eq!((reason.key(), reason.label()), (key, words));
        }
        assert_eq!(NoValue::find("なし"), None);
        let former = NoValue::find("実績が数値でない");
        assert_eq!(former, Some(NoValue::ActualWords));
    }
}
