//! The row of a project's name: `いきいき事業（拡充分）[一部再掲] 【政策課／財政課ほか】`.

use super::cells::squeeze;
use super::marks::name_and_marks;
use crate::text::sections::{is_section_name, split_sections};

/// What the row says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NameRow {
    /// The name without tags, account, sections and marks.
    pub(super) name: String,
    /// 拡充分, 一部再掲 and the like, in order, without their brackets.
    pub(super) tags: Vec<String>,
    /// The account, where the row names one.
    pub(super) account: Option<String>,
    pub(super) sections: Sections,
    /// Remarks behind the name that name no account, with their ※, in order.
    pub(super) remarks: Vec<String>,
}

/// 所管課 of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sections {
    pub(super) names: Vec<String>,
    /// `ほか` behind them.
    pub(super) and_others: bool,
}

/// The longest cell that is taken apart, in bytes: more than a thousand characters are no name.
const LONGEST_NAME: usize = 4096;

/// Reads the cell with a project's name.
pub(super) fn name_row(cell: &str) -> NameRow {
    let mut row = NameRow::default();
    let mut rest = cell.trim();
    if rest.len() > LONGEST_NAME {
        rest.clone_into(&mut row.name);
        return row;
    }
    while let Some(before) = take_from_end(rest, &mut row) {
        rest = before.trim_end();
    }
    row.tags.reverse();
    row.remarks.reverse();
    let mut ahead = Vec::new();
    while let Some((tag, after)) = tag_ahead(rest) {
        ahead.push(tag);
        rest = after.trim_start();
    }
    row.tags.splice(0..0, ahead);
    let (name, _) = name_and_marks(rest);
    row.name = name;
    row
}

/// Takes one bracket or remark off the end of a name and gives what stands before it.
fn take_from_end<'a>(text: &'a str, row: &mut NameRow) -> Option<&'a str> {
    if row.sections.names.is_empty()
        && let Some((before, sections)) = sections_at_end(text)
    {
        row.sections = sections;
        return Some(before);
    }
    if let Some((before, inner)) = bracket_at_end(text) {
        // A bracket that lost what it held says nothing.
        if inner.trim().is_empty() {
            return Some(before);
        }
        if is_tag(inner) {
            row.tags.push(squeeze(inner));
            return Some(before);
        }
        if row.account.is_none() && is_account(inner) {
            row.account = Some(inner.trim().to_owned());
            return Some(before);
        }
    }
    let at = text.rfind('※').filter(|at| *at > 0)?;
    let (before, remark) = text.split_at_checked(at)?;
    if row.account.is_none() && is_account(remark) {
        row.account = Some(remark.trim_start_matches('※').trim().to_owned());
        return Some(before);
    }
    is_remark(remark).then(|| {
        row.remarks.push(remark.trim().to_owned());
        before
    })
}

/// Does a text behind ※ say something? A mark alone (`※2`) points to a note, and one within a
/// bracket belongs to the bracket.
fn is_remark(remark: &str) -> bool {
    let says = remark
        .chars()
        .filter(|c| c.is_alphabetic())
        .nth(2)
        .is_some();
    let opens = |c: &char| BRACKETS.iter().any(|(open, _)| open == c);
    let closes = |c: &char| BRACKETS.iter().any(|(_, close)| close == c);
    says && remark.chars().filter(opens).count() == remark.chars().filter(closes).count()
}

/// `【A課／B課ほか】` at the end, `ほか` inside or behind; a bracket cut off at the end of the
/// document counts where a section's name is whole.
fn sections_at_end(text: &str) -> Option<(&str, Sections)> {
    let (closed, others_behind) = without_others(text);
    if let Some(open) = text.rfind('【')
        && !text.contains('】')
    {
        let (before, inner) = text.split_at_checked(open)?;
        let sections = sections(inner.trim_start_matches('【'));
        let whole = sections.names.iter().all(|name| is_section_name(name));
        // Half a name of a section is neither a section nor part of the project's name.
        return Some((before, if whole { sections } else { Sections::default() }));
    }
    let inner = closed.strip_suffix('】')?;
    let open = inner.rfind('【')?;
    let (before, inner) = inner.split_at_checked(open)?;
    let inner = inner.trim_start_matches('【');
    if is_tag(inner) || inner.trim().is_empty() {
        return None;
    }
    let mut found = sections(inner);
    found.and_others |= others_behind;
    Some((before, found))
}

/// The sections that the inside of a bracket lists.
pub(super) fn sections(inner: &str) -> Sections {
    if OTHERS.contains(&inner.trim()) {
        return Sections {
            names: Vec::new(),
            and_others: true,
        };
    }
    let (inner, and_others) = without_others(inner);
    Sections {
        names: split_sections(inner).into_iter().map(squeeze).collect(),
        and_others,
    }
}

/// What stands for sections that are not named.
const OTHERS: [&str; 5] = ["ほか", "外", "他", "など", "等"];

/// Takes `ほか`, `ほか2課`, `他` off the end.
fn without_others(text: &str) -> (&str, bool) {
    let text = text.trim();
    let counted = text
        .strip_suffix('課')
        .map_or(text, |t| t.trim_end_matches(|c: char| c.is_numeric()));
    for candidate in [text, counted] {
        for word in OTHERS {
            if let Some(before) = candidate.strip_suffix(word) {
                let before = before.trim_end().trim_end_matches(['、', '，', '／']);
                let listed = before.ends_with('】') || is_section_name(last_name(before));
                if listed {
                    return (before, true);
                }
            }
        }
    }
    (text, false)
}

fn last_name(list: &str) -> &str {
    split_sections(list).last().copied().unwrap_or_default()
}

/// The pairs of brackets that hold tags and accounts.
const BRACKETS: [(char, char); 6] = [
    ('（', '）'),
    ('(', ')'),
    ('[', ']'),
    ('［', '］'),
    ('【', '】'),
    ('〔', '〕'),
];

/// Splits `before（inner）`; brackets within brackets belong to the inner text.
fn bracket_at_end(text: &str) -> Option<(&str, &str)> {
    let last = text.chars().next_back()?;
    if !BRACKETS.iter().any(|(_, close)| *close == last) {
        return None;
    }
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().rev() {
        if BRACKETS.iter().any(|(_, close)| *close == c) {
            depth += 1;
        } else if BRACKETS.iter().any(|(open, _)| *open == c) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                let inner = text.get(at + c.len_utf8()..text.len() - last.len_utf8())?;
                return Some((text.get(..at)?, inner));
            }
        }
    }
    None
}

/// `【新規】name`.
fn tag_ahead(text: &str) -> Option<(String, &str)> {
    let first = text.chars().next()?;
    let (_, close) = BRACKETS.iter().find(|(open, _)| *open == first)?;
    let (inner, after) = text.get(first.len_utf8()..)?.split_once(*close)?;
    (is_tag(inner) && !after.trim().is_empty()).then(|| (squeeze(inner), after))
}

/// The words that say how a project stands to the plan or to the year before.
const TAGS: [&str; 28] = [
    "再掲",
    "新規",
    "拡充",
    "充実",
    "継続",
    "重点",
    "拡大",
    "縮小",
    "廃止",
    "終了",
    "完了",
    "休止",
    "改善",
    "見直し",
    "統合",
    "移管",
    "追加",
    "増額",
    "増加",
    "減額",
    "臨時",
    "経常",
    "前倒し",
    "繰越",
    "先行",
    "単年度",
    "レベルアップ",
    "補助",
];

fn is_tag(inner: &str) -> bool {
    let inner = squeeze(inner);
    let length = inner.chars().count();
    let is_one = |part: &str| {
        let part = ["一部", "うち", "全部"]
            .iter()
            .find_map(|more| part.strip_prefix(more))
            .unwrap_or(part);
        TAGS.contains(&part.strip_suffix('分').unwrap_or(part))
    };
    length <= 16
        && (inner.split(['・', '、', '／']).all(is_one)
            || inner.starts_with("再掲：")
            || inner.starts_with("再掲:"))
}

/// Does a remark name an account (会計)? 会計年度任用職員 and 会計課 do not.
fn is_account(inner: &str) -> bool {
    let inner = inner.trim();
    let kinds = ["特別会計", "事業会計", "企業会計", "一般会計"];
    inner.chars().count() <= 60
        && (inner.ends_with("会計") || kinds.iter().any(|kind| inner.contains(kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, name: &str, tags: &[&str], account: Option<&str>, sections: &[&str]) {
        let row = name_row(cell);
        assert_eq!(row.name, name, "{cell}");
        assert_eq!(row.tags, tags, "{cell}");
        assert_eq!(row.account.as_deref(), account, "{cell}");
        assert_eq!(row.sections.names, sections, "{cell}");
    }

    #[test]
    fn a_name_row_is_taken_apart_from_its_end() {
        check(
            "緑化推進事業 【水辺公園課】",
            "緑化推進事業",
            &[],
            None,
            &["水辺公園課"],
        );
        check(
            "緑化事業（拡充分） [一部再掲] 【水辺公園課／農政課】",
            "緑化事業",
            &["拡充分", "一部再掲"],
            None,
            &["水辺公園課", "農政課"],
        );
        check(
            "介護予防事業（一部介護保険事業特別会計）【高齢福祉課】",
            "介護予防事業",
            &[],
            Some("一部介護保険事業特別会計"),
            &["高齢福祉課"],
        );
        check(
            "見守り事業 ※令和4年度までは介護保険事業特別会計で実施",
            "見守り事業",
            &[],
            Some("令和4年度までは介護保険事業特別会計で実施"),
            &[],
        );
        check("【新規】緑化事業", "緑化事業", &["新規"], None, &[]);
    }

    #[test]
    fn a_remark_behind_the_name_is_no_part_of_it() {
        for (cell, remarks) in [
            (
                "緑化事業 ※令和7年度から環境基金を充当",
                vec!["※令和7年度から環境基金を充当"],
            ),
            (
                "緑化事業※2 苗木の配布を含む（予定） 【農政課】",
                vec!["※2 苗木の配布を含む（予定）"],
            ),
            (
                "緑化事業 ※一部を先行 ※基金を充当（拡充分）",
                vec!["※一部を先行", "※基金を充当"],
            ),
            ("緑化事業 ※2", vec![]),
        ] {
            let row = name_row(cell);
            assert_eq!(row.name, "緑化事業", "{cell}");
            assert_eq!(row.remarks, remarks, "{cell}");
        }
        assert_eq!(name_row("緑化（※基金を充当）").remarks, [""; 0]);
    }

    #[test]
    fn brackets_of_the_name_stay() {
        check(
            "交流事業（送迎バス増便）",
            "交流事業（送迎バス増便）",
            &[],
            None,
            &[],
        );
        check(
            "総合支援（相談拡充）",
            "総合支援（相談拡充）",
            &[],
            None,
            &[],
        );
        check(
            "支援事業（会計年度任用職員の配置）",
            "支援事業（会計年度任用職員の配置）",
            &[],
            None,
            &[],
        );
    }

    #[test]
    fn others_and_cut_brackets() {
        for (cell, names, others) in [
            ("緑化事業 【農政課ほか】", vec!["農政課"], true),
            ("緑化事業 【農政課】ほか", vec!["農政課"], true),
            (
                "緑化事業 【農政課、職員課ほか2課】",
                vec!["農政課", "職員課"],
                true,
            ),
            ("緑化事業 【農政課", vec!["農政課"], false),
            ("緑化事業 【農", vec![], false),
        ] {
            let row = name_row(cell);
            assert_eq!(row.name, "緑化事業", "{cell}");
            assert_eq!(row.sections.names, names, "{cell}");
            assert_eq!(row.sections.and_others, others, "{cell}");
        }
    }
}
