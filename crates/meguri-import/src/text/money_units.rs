//! The unit of amounts, as heads, notes and cells print it: 千円, （単位：千円）, 事業費（百万円）.

use meguri_core::money::MoneyUnit;
use meguri_core::text::{narrow, normal_form};

/// What is told where a unit is printed nowhere: the amounts are read in 千円, as most papers print,
/// and are doubtful.
pub(crate) const NO_UNIT: &str = "金額の単位（円・千円など）がどこにも印字されていません。千円とみなして読みましたので、原本で確かめてください。";

/// The longest text that is looked into, in bytes.
const LONGEST: usize = 200;

/// A text in narrow letters without blanks.
fn squeezed(text: &str) -> String {
    let narrow = narrow(&normal_form(text));
    narrow.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The unit that a cell or word is, with nothing else in it: `千円`, `(千円)`, `[円]`.
#[must_use]
pub fn bare_unit(text: &str) -> Option<MoneyUnit> {
    if text.len() > LONGEST {
        return None;
    }
    let text = squeezed(text);
    let inner = text.trim_matches(['(', ')', '[', ']', '【', '】', '〔', '〕']);
    MoneyUnit::ALL
        .into_iter()
        .find(|unit| unit.label() == inner)
}

/// The unit that the head of a column or a label names in parentheses or behind 単位: `事業費（千円）`,
/// `単位：円`, `(単位 百万円)`.
#[must_use]
pub fn unit_of_head(text: &str) -> Option<MoneyUnit> {
    if text.len() > LONGEST {
        return None;
    }
    let text = squeezed(text);
    let named = |unit: &MoneyUnit| {
        let label = unit.label();
        let heads = ["(", "[", "【", "〔", "単位:", "単位は", "単位"];
        heads.iter().any(|head| {
            let found = text.find(&format!("{head}{label}"));
            let end = found.map(|at| at + head.len() + label.len());
            let rest = end.and_then(|end| text.get(end..));
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        })
    };
    MoneyUnit::ALL.into_iter().find(named)
}

/// The unit of a line that says nothing else: `（単位：千円）`, `金額の単位は千円`.
#[must_use]
pub fn unit_note(text: &str) -> Option<MoneyUnit> {
    if text.len() > LONGEST {
        return None;
    }
    let plain = squeezed(text);
    let bracketed = plain.starts_with(['(', '[', '【', '〔']);
    if !bracketed && !plain.contains("単位") {
        return None;
    }
    let mut rest = plain
        .as_str()
        .trim_matches(['(', ')', '[', ']', '【', '】', '〔', '〕', '※', '。']);
    for word in [
        "金額",
        "費用",
        "事業費",
        "の",
        "単位",
        ":",
        "は",
        ",",
        "、",
        "すべて",
        "いずれも",
    ] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest = rest.strip_suffix("です").unwrap_or(rest);
    let said = rest.len() < plain.len();
    bare_unit(rest).filter(|_| said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_notes_and_cells_name_their_unit() {
        let label = |unit: Option<MoneyUnit>| unit.map_or("", MoneyUnit::label);
        for (text, bare, head, note) in [
            ("千円", "千円", "", ""),
            ("（ 千円 ）", "千円", "千円", "千円"),
            ("費用（千円）", "", "千円", ""),
            ("事業費(百万円)", "", "百万円", ""),
            ("（単位：円）", "", "円", "円"),
            ("単位 百万円", "", "百万円", "百万円"),
            ("※金額の単位は、千円です。", "", "", "千円"),
            ("事業名（単位：億円）", "", "億円", ""),
            ("単位：千円・人", "", "千円", ""),
            ("一人当たり（千円未満切捨て）", "", "", ""),
            ("円", "円", "", ""),
            ("費用", "", "", ""),
            ("人", "", "", ""),
            ("", "", "", ""),
        ] {
            let got = [bare_unit(text), unit_of_head(text), unit_note(text)].map(label);
            assert_eq!(got, [bare, head, note], "{text}");
        }
    }
}
