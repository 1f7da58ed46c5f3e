//! Printed figures: `1,234`, `75.4%`, `4以上`, `前年度比減`, `－`, kept as printed beside what they
//! mean. A blank is not zero, zero is not a blank, and a dash is a printed dash.

mod cell;
mod units;

pub use units::is_unit;

use rust_decimal::Decimal;
use std::fmt;

/// A figure as a paper prints it, with its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Figure {
    /// Exactly as printed, marks included.
    pub printed: String,
    /// What it means.
    pub meaning: Meaning,
    /// The marks of revision or footnote behind it (`※`, `※2`, `*`), if any.
    pub mark: Option<String>,
}

/// What a printed figure means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// A number; a percent sign is a unit and does not divide by 100.
    Number(Decimal),
    /// A number with a word of limit: `4以上`, `100%超`, `3以下`, `0％未満`.
    Limit(Limit, Decimal),
    /// Against last year's value: `前年以下`, `前年度比減`, `前年比同程度`, `前年度比増`.
    LastYear(AgainstLastYear),
    /// A printed dash: the paper says that there is no value.
    Dash,
    /// A sign of the statistician for a value that is not told: `…`, `x`, `***`, `n.a.`.
    Sign(Sign),
    /// Words that are no figure: `実施`, `検討中`, `対象外`; two figures in one cell too.
    Words,
}

/// What a sign of the statistician says of the value that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// Not known (yet): `…`, `...`, `不詳`, `n.a.`.
    Unknown,
    /// Known and kept secret: `x`, `X`, `***`, `秘匿`.
    Withheld,
    /// There can be none: `・`, `N/A`, `該当なし`.
    NotApplicable,
}

/// Words of limit behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// 以上.
    AtLeast,
    /// 以下, 以内.
    AtMost,
    /// 超, を超える.
    Above,
    /// 未満.
    Below,
}

/// Targets that are set against last year's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgainstLastYear {
    /// 前年以下, 前年度比減: not above last year's value; lower is better.
    NotAbove,
    /// 前年比同程度, 前年度並み: as last year.
    Like,
    /// 前年以上, 前年度比増: not below last year's value.
    NotBelow,
}

impl Figure {
    /// Reads a printed figure; a text that is none is kept as [`Meaning::Words`].
    /// `None` for a blank.
    #[must_use]
    pub fn parse(printed: &str) -> Option<Self> {
        Self::parse_in(printed, None)
    }

    /// Reads a printed figure in a row whose unit is known: that unit behind the number says
    /// nothing new, whatever word it is.
    #[must_use]
    pub fn parse_in(printed: &str, unit: Option<&str>) -> Option<Self> {
        let text = printed.trim();
        if text.is_empty() {
            return None;
        }
        let (meaning, mark) = cell::read(text, unit);
        Some(Self {
            printed: text.to_owned(),
            meaning,
            mark,
        })
    }

    /// The number to compare with: of a limit its number, else `None`.
    #[must_use]
    pub const fn number(&self) -> Option<Decimal> {
        match self.meaning {
            Meaning::Number(n) | Meaning::Limit(_, n) => Some(n),
            _ => None,
        }
    }

    /// Is it a printed dash?
    #[must_use]
    pub const fn is_dash(&self) -> bool {
        matches!(self.meaning, Meaning::Dash)
    }

    /// How many decimals are printed.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        self.number().map_or(0, |n| n.scale())
    }
}

/// As printed.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.printed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> String {
        Figure::parse(text).map_or("blank".to_owned(), |f| {
            format!("{:?} {:?}", f.meaning, f.mark)
        })
    }

    #[test]
    fn figures_mean_what_the_paper_means() {
        let cases = [
            ("1,234", "Number(1234) None"),
            ("７５．４％", "Number(75.4) None"),
            ("-3", "Number(-3) None"),
            ("△1,000", "Number(-1000) None"),
            ("0", "Number(0) None"),
            ("4以上", "Limit(AtLeast, 4) None"),
            ("100％超", "Limit(Above, 100) None"),
            ("0％未満", "Limit(Below, 0) None"),
            ("前年度比減", "LastYear(NotAbove) None"),
            ("前年以下", "LastYear(NotAbove) None"),
            ("前年比同程度", "LastYear(Like) None"),
            ("－", "Dash None"),
            ("—", "Dash None"),
            ("", "blank"),
            ("　", "blank"),
            ("N/A", "Sign(NotApplicable) None"),
            ("n.a.", "Sign(Unknown) None"),
            ("…", "Sign(Unknown) None"),
            ("・・・", "Sign(Unknown) None"),
            ("x", "Sign(Withheld) None"),
            ("Ｘ", "Sign(Withheld) None"),
            ("***", "Sign(Withheld) None"),
            ("秘匿", "Sign(Withheld) None"),
            ("・", "Sign(NotApplicable) None"),
            ("ー", "Dash None"),
            ("- (※3)", "Dash Some(\"※3\")"),
            ("－（調査なし）", "Dash None"),
            ("…※", "Sign(Unknown) Some(\"※\")"),
            ("〜", "Dash None"),
            ("実施", "Words None"),
            ("1,23", "Words None"),
            ("58 [※]", "Number(58) Some(\"※\")"),
            ("53 ^{※2}", "Number(53) Some(\"※2\")"),
            ("68.9(※)", "Number(68.9) Some(\"※\")"),
            ("68.9※ (令和3年5月)", "Number(68.9) Some(\"※\")"),
            ("27.0*", "Number(27.0) Some(\"*\")"),
            ("※1,289", "Number(1289) Some(\"※\")"),
            ("1,289人", "Number(1289) None"),
            ("1,289 人※2", "Number(1289) Some(\"※2\")"),
            ("1,289(速報値)", "Number(1289) None"),
            ("1,289人（見込み）", "Number(1289) None"),
            ("10人以上", "Limit(AtLeast, 10) None"),
            ("10 か所 以上", "Limit(AtLeast, 10) None"),
            ("20位以内※", "Limit(AtMost, 20) Some(\"※\")"),
            ("95.0％以上（参考）", "Limit(AtLeast, 95.0) None"),
            ("− 3", "Number(-3) None"),
            ("‐3", "Number(-3) None"),
            ("▲ 1,275", "Number(-1275) None"),
            ("1,130人/月", "Number(1130) None"),
            ("10～12", "Words None"),
            ("1,254（1,289）", "Words None"),
            ("3年度", "Words None"),
            ("4月", "Words None"),
            ("2か所増", "Words None"),
            ("対象外", "Words None"),
            ("1, 254", "Words None"),
        ];
        for (text, want) in cases {
            assert_eq!(read(text), want, "{text}");
        }
    }

    #[test]
    fn the_unit_of_the_row_says_nothing_new_in_its_cells() {
        let read = |text: &str, unit: &str| {
            Figure::parse_in(text, Some(unit)).and_then(|figure| figure.number())
        };
        assert_eq!(read("12あそび", "あそび"), Some(12.into()));
        assert_eq!(read("4.8万人", "人"), Some(48_000.into()));
        assert_eq!(read("12ひろば", "あそび"), None);
    }

    proptest! {
        #[test]
        fn any_text_reads_without_fault_and_keeps_its_print(text in ".{0,40}") {
            if let Some(figure) = Figure::parse(&text) {
                prop_assert_eq!(figure.printed, text.trim());
            }
        }
    }
}
