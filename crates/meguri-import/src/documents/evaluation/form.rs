//! The printed words of the form: headings, column heads and labels, which are no content.

use meguri_core::text::{form_key, narrow_char};

/// A text without white space and with narrow figures and brackets: how form words are compared.
pub(super) fn squash(text: &str) -> String {
    if text.chars().any(|c| matches!(c, '\u{3200}'..='\u{33ff}')) {
        return form_key(text);
    }
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(narrow_char)
        .collect()
}

/// The heads of both tables, longest first, so that one is not taken for the head of another.
pub(super) const HEADS: [&str; 40] = [
    "事務事業の動向",
    "来年度の動向",
    "事務事業名称",
    "事務事業名",
    "予算科目",
    "事務事業",
    "事業費",
    "決算額",
    "担当課",
    "所管課",
    "主管課",
    "コード",
    "成果指標",
    "基準年度",
    "掲載事業名",
    "(千円)",
    "(百万円)",
    "(万円)",
    "(円)",
    "の動向",
    "事業",
    "千円",
    "動向",
    "単位",
    "合計",
    "年度",
    "令和",
    "達成率",
    "目標値",
    "実績値",
    "平成",
    "No.",
    "番号",
    "会計",
    "款",
    "項",
    "目",
    "元",
    "の",
    "名",
];

/// Is the line made of column heads and years only?
pub(super) fn is_table_head(squashed: &str) -> bool {
    let mut rest = squashed;
    let mut heads = 0;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = HEADS.iter().find_map(|head| rest.strip_prefix(head)) {
            heads += 1;
            rest = after;
        } else if heads > 0 && first.is_ascii_digit() {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        } else if let Some(after) = year_in_brackets(rest).filter(|_| heads > 0) {
            rest = after;
        } else if let Some(after) = letter_year(rest).filter(|_| heads > 0) {
            rest = after;
        } else {
            return false;
        }
    }
    heads > 0 && !is_lone_number_with_unit(squashed)
}

/// `(2024)` within `令和6(2024)年度`, and what follows it.
fn year_in_brackets(text: &str) -> Option<&str> {
    let (inner, after) = text.strip_prefix('(')?.split_once(')')?;
    (inner.len() == 4 && inner.bytes().all(|b| b.is_ascii_digit())).then_some(after)
}

/// `R6` at the head of a text, and what follows it.
fn letter_year(text: &str) -> Option<&str> {
    let digits = text.strip_prefix(['R', 'H'])?;
    let after = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    (1..=2)
        .contains(&(digits.len() - after.len()))
        .then_some(after)
}

/// `46,371千円` holds a figure and is more than a head.
fn is_lone_number_with_unit(squashed: &str) -> bool {
    squashed.starts_with(|c: char| c.is_ascii_digit())
}

/// Is the line part of the form's own explanations (`★：…`, `【参考】…`, `（…の場合…）`)?
pub(super) fn is_caption(squashed: &str) -> bool {
    let plain = squashed.trim_start_matches('(');
    squashed.starts_with("★:")
        || squashed.starts_with("☆:")
        || squashed.contains("事務事業一覧")
        || plain.starts_with("事務事業の一部")
        || (squashed.starts_with('(') && plain.contains("場合") && squashed.ends_with(')'))
        || (squashed.contains("掲載") && squashed.contains("事業") && squashed.starts_with('第'))
        || squashed.ends_with("(PLAN)")
        || squashed.ends_with("(DO)")
        || squashed.ends_with("(CHECK)")
        || squashed.ends_with("(ACTION)")
}

/// The fields of running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    /// 取組の方針・内容.
    Approach,
    /// 成果.
    Outcomes,
    /// 課題.
    Issues,
    /// 施策の方向性, 今後の方向性.
    Directions,
    /// 趣旨.
    Purpose,
}

/// The field that a label names, for labels set upright (one character a line) or level.
pub(super) fn section_of_label(squashed: &str) -> Option<Section> {
    Some(match squashed {
        "成果" | "取組の成果" | "主な成果" => Section::Outcomes,
        "課題" | "今後の課題" | "主な課題" => Section::Issues,
        "趣旨" => Section::Purpose,
        _ if squashed.starts_with("取組の方針") || squashed == "取組方針" => {
            Section::Approach
        }
        _ if squashed.ends_with("方向性") && squashed.chars().count() <= 8 => {
            Section::Directions
        }
        _ => return None,
    })
}

/// Is the character the mark of a project that the execution plan lists?
pub(super) const fn is_star(c: char) -> bool {
    matches!(c, '★' | '☆')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_the_table_hold_years_in_all_their_prints() {
        for head in [
            "予算科目 事務事業 事業費 令和7年度",
            "予算科目 事務事業 事業費 令和7(2025)年度",
            "款 項 目 コード （千円） の動向",
            "予算科目 事務事業 事業費 R7年度",
        ] {
            assert!(is_table_head(&squash(head)), "{head}");
        }
        for other in [
            "1 図書館の運営 図書館 10 5 3 100503 1,200 維持",
            "46,371千円",
            "(2024)",
            "水辺の催し",
        ] {
            assert!(!is_table_head(&squash(other)), "{other}");
        }
    }
}
