//! Printed figures: `1,234`, `75.4%`, `4以上`, `前年度比減`, `－`, kept as printed beside what they
//! mean. A blank is not zero, zero is not a blank, and a dash is a printed dash.

use crate::text::{is_dash_cell, narrow};
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
    /// Words that are no figure: `実施`, `検討中`, `N/A`.
    Words,
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
        let text = printed.trim();
        if text.is_empty() {
            return None;
        }
        let (body, mark) = take_mark(text);
        let meaning = meaning_of(&body);
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

/// Splits marks of revision off: `58 [※]`, `53 ^{※2}`, `68.9(※)`, `27.0*`, `68.9※ (令和3年5月)`.
fn take_mark(text: &str) -> (String, Option<String>) {
    let text = narrow(text);
    let Some(start) = text.find(['※', '*', '[', '^', '(']) else {
        return (text, None);
    };
    let (body, rest) = text.split_at(start);
    let Some(mark) = rest.find(['※', '*']).map(|at| &rest[at..]) else {
        return (text, None);
    };
    if !body.trim().is_empty() {
        let sign = mark.chars().next().map_or(0, char::len_utf8);
        let digits = mark[sign..].bytes().take_while(u8::is_ascii_digit).count();
        let mark = mark[..sign + digits].to_owned();
        return (body.trim().to_owned(), Some(mark));
    }
    (text, None)
}

fn meaning_of(body: &str) -> Meaning {
    let body = body.trim();
    if is_dash_cell(body) {
        return Meaning::Dash;
    }
    if let Some(against) = against_last_year(body) {
        return Meaning::LastYear(against);
    }
    let (number, word) = split_number(body);
    let Some(number) = number else {
        return Meaning::Words;
    };
    match word.trim_start_matches(['%', '％']).trim() {
        "" => Meaning::Number(number),
        "以上" => Meaning::Limit(Limit::AtLeast, number),
        "以下" | "以内" => Meaning::Limit(Limit::AtMost, number),
        "超" | "を超える" => Meaning::Limit(Limit::Above, number),
        "未満" => Meaning::Limit(Limit::Below, number),
        _ => Meaning::Words,
    }
}

fn against_last_year(body: &str) -> Option<AgainstLastYear> {
    let rest = [
        "前年度実績",
        "前年実績",
        "前年度比",
        "前年比",
        "前年度",
        "前年",
        "対前年度比",
        "対前年比",
    ]
    .into_iter()
    .find_map(|head| body.strip_prefix(head))?;
    match rest.trim() {
        "以下" | "減" | "減少" | "より減" | "未満" | "より減少" => {
            Some(AgainstLastYear::NotAbove)
        }
        "同程度" | "並み" | "並" | "同" | "維持" | "同水準" | "と同程度" => {
            Some(AgainstLastYear::Like)
        }
        "以上" | "増" | "増加" | "超" | "より増" | "より増加" => {
            Some(AgainstLastYear::NotBelow)
        }
        _ => None,
    }
}

/// A number at the head (sign, commas between thousands, decimals) and the rest.
fn split_number(body: &str) -> (Option<Decimal>, &str) {
    let negative = body.starts_with(['-', '−', '▲', '△']);
    let digits = if negative {
        body.trim_start_matches(['-', '−', '▲', '△', ' '])
    } else {
        body
    };
    let end = digits
        .find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))
        .unwrap_or(digits.len());
    let (number, rest) = digits.split_at(end);
    let well_grouped = number.split('.').next().is_some_and(well_grouped);
    let parsed = if well_grouped && number.starts_with(|c: char| c.is_ascii_digit()) {
        number.replace(',', "").parse::<Decimal>().ok()
    } else {
        None
    };
    (parsed.map(|n| if negative { -n } else { n }), rest)
}

/// Commas stand between thousands, or there are none.
fn well_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|g| g.len() == 3))
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
            ("N/A", "Words None"),
            ("実施", "Words None"),
            ("1,23", "Words None"),
            ("58 [※]", "Number(58) Some(\"※\")"),
            ("53 ^{※2}", "Number(53) Some(\"※2\")"),
            ("68.9(※)", "Number(68.9) Some(\"※\")"),
            ("68.9※ (令和3年5月)", "Number(68.9) Some(\"※\")"),
            ("27.0*", "Number(27.0) Some(\"*\")"),
        ];
        for (text, want) in cases {
            assert_eq!(read(text), want, "{text}");
        }
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
