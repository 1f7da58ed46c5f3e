//! What each line of an execution plan is, with a look ahead.
//!
//! Blank lines are not kept, so that a paper of nothing but line ends costs nothing; that one stood
//! before a line is remembered, because it separates a theme's name from what goes before.

use super::cells::{cells, is_cost_token, squeeze, years_of};
use crate::documents::bare_years;
use crate::source_text::SourceText;
use crate::text::bullets::is_bullet;
use crate::text::money_units::unit_note;
use meguri_core::text::narrow;

/// The four parts of a theme, in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// 現状と課題.
    Situation,
    /// 取組の方針・内容.
    Approach,
    /// 到達目標.
    Targets,
    /// 主要事業の年次計画.
    Plan,
}

/// What a line is by its own look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The heading of a part.
    Head(Part),
    /// The head of the table of targets: 成果指標, 単位, 基準値, 目標値.
    TargetHead,
    /// The head of the table of projects: 事業名 and years.
    PlanHead,
    /// A row of years only.
    Years,
    /// The unit of the amounts alone: `（単位：千円）`.
    Unit,
    /// 費用 by year.
    Cost,
    /// 概略 by year.
    Summary,
    /// A note: `※ …`.
    Footnote,
    /// Sections alone: `【…課】`.
    Sections,
    /// An item of a list.
    Bullet,
    /// A number alone: of a page, or torn off its row.
    Number,
    /// Another line with cells.
    Row,
    /// Another line without cells.
    Text,
}

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked<'a> {
    /// From 1.
    pub(super) line: u32,
    /// Without the spaces around it; tabs stay.
    pub(super) text: &'a str,
    pub(super) kind: Kind,
    /// Blank lines stand before it.
    pub(super) after_blank: bool,
    /// The next line that is neither a number alone nor a repeated head of a table.
    pub(super) next: Option<Kind>,
    /// The part that the next heading or table further down opens.
    pub(super) upcoming: Option<Part>,
    /// The part whose heading follows at once on the block that this plain line belongs to.
    pub(super) leads: Option<Part>,
}

/// Marks every line of a document.
pub(super) fn mark(source: &SourceText) -> Vec<Marked<'_>> {
    let mut marked = Vec::new();
    let mut after_blank = true;
    for line in &source.lines {
        let text = line
            .text
            .trim_matches(|c: char| c != '\t' && c.is_whitespace());
        if text.trim().is_empty() {
            after_blank = true;
            continue;
        }
        marked.push(Marked {
            line: line.number,
            text,
            kind: kind(text),
            after_blank: after_blank || line.starts_page,
            next: None,
            upcoming: None,
            leads: None,
        });
        after_blank = false;
    }
    look_ahead(&mut marked);
    marked
}

fn look_ahead(marked: &mut [Marked]) {
    let (mut next, mut upcoming) = (None, None);
    let mut following: Option<Marked> = None;
    for line in marked.iter_mut().rev() {
        line.next = next;
        line.upcoming = upcoming;
        line.leads = following
            .filter(|_| is_plain(line))
            .and_then(|f| match f.kind {
                Kind::Head(part) => Some(part),
                _ if !f.after_blank => f.leads,
                _ => None,
            });
        if !matches!(line.kind, Kind::Number | Kind::Unit) {
            following = Some(*line);
        }
        if !matches!(
            line.kind,
            Kind::Number | Kind::PlanHead | Kind::Years | Kind::Unit
        ) {
            next = Some(line.kind);
        }
        upcoming = opened_part(line.kind).or(upcoming);
    }
}

/// The part that a line shows to be open.
const fn opened_part(kind: Kind) -> Option<Part> {
    match kind {
        Kind::Head(part) => Some(part),
        Kind::TargetHead => Some(Part::Targets),
        Kind::PlanHead | Kind::Cost | Kind::Summary => Some(Part::Plan),
        _ => None,
    }
}

/// Could the line be a name that stands alone? (Tables written by a spreadsheet end every line in
/// empty cells, names too.)
fn is_plain(line: &Marked) -> bool {
    match line.kind {
        // The label of an outline that is empty throughout stands alone too.
        Kind::Text => !is_summary_label(line.text),
        Kind::Row => !line.text.contains('】') && !line.text.trim_end().contains('\t'),
        _ => false,
    }
}

fn kind(text: &str) -> Kind {
    if is_number_alone(text) {
        return Kind::Number;
    }
    if unit_note(text).is_some() {
        return Kind::Unit;
    }
    if is_bulleted(text) {
        return Kind::Bullet;
    }
    if let Some(part) = head_part(text) {
        return Kind::Head(part);
    }
    if let Some(kind) = table_kind(text) {
        return kind;
    }
    if is_footnote(text) {
        Kind::Footnote
    } else if is_sections_alone(text) {
        Kind::Sections
    } else if text.contains('\t') || text.starts_with('|') {
        Kind::Row
    } else {
        Kind::Text
    }
}

/// `・…`, `- ・…` or `- …`; a row of a table that begins with a dash is none.
fn is_bulleted(text: &str) -> bool {
    text.starts_with(is_bullet)
        || after_dash(text).is_some_and(|rest| rest.starts_with(is_bullet) || !rest.contains('\t'))
}

/// The text behind the dash that a transcription writes before an item.
pub(super) fn after_dash(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['-', '‐', '–', '−'])?;
    let item = rest.trim_start();
    (item.len() < rest.len() && !item.is_empty()).then_some(item)
}

/// The longest heading, in bytes: about thirty characters.
const LONGEST_HEAD: usize = 96;

fn head_part(text: &str) -> Option<Part> {
    let text = text.trim_end_matches('\t');
    if text.len() > LONGEST_HEAD || text.contains('\t') {
        return None;
    }
    let squeezed = squeeze(text);
    let head = ["(続き)", "（続き）", "(つづき)", "（つづき）"]
        .iter()
        .fold(squeezed.as_str(), |head, more| head.trim_end_matches(more));
    let head = head.trim_matches(|c: char| !c.is_alphabetic() || c.is_ascii() || is_circled(c));
    let length = head.chars().count();
    let ends = |endings: &[&str]| endings.iter().any(|ending| head.ends_with(ending));
    if head.starts_with("現状") && ends(&["課題"]) && length <= 10 {
        Some(Part::Situation)
    } else if head.starts_with("取組") && ends(&["方針", "内容", "方向性", "方向"]) && length <= 12
    {
        Some(Part::Approach)
    } else if ends(&["到達目標", "達成目標", "数値目標"]) && length <= 12 || head == "成果指標"
    {
        Some(Part::Targets)
    } else if (ends(&["年次計画"]) || head == "主要事業") && length <= 12 {
        Some(Part::Plan)
    } else {
        None
    }
}

const fn is_circled(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{24ff}' | 'Ⅰ'..='ⅿ')
}

/// The labels of the row of costs.
pub(super) const COST_LABELS: [&str; 8] = [
    "費用",
    "事業費",
    "経費",
    "概算費用",
    "概算事業費",
    "予算額",
    "計画額",
    "計画事業費",
];
/// The labels of the row of outlines.
pub(super) const SUMMARY_LABELS: [&str; 7] = [
    "概略",
    "概要",
    "事業概要",
    "事業概略",
    "内容",
    "事業内容",
    "取組内容",
];

/// A label without its unit in parentheses: `費用（千円）`.
fn label_of(cell: &str) -> String {
    let squeezed = squeeze(cell);
    match squeezed.find(['(', '（']) {
        Some(at) => squeezed.get(..at).unwrap_or_default().to_owned(),
        None => squeezed,
    }
}

/// Is a cell the label of the row of outlines?
pub(super) fn is_summary_label(cell: &str) -> bool {
    cell.len() <= LONGEST_HEAD && SUMMARY_LABELS.contains(&label_of(cell).as_str())
}

fn table_kind(text: &str) -> Option<Kind> {
    let cells = cells(text);
    let filled: Vec<&str> = cells.iter().copied().filter(|c| !c.is_empty()).collect();
    let first = filled.first()?;
    let tabbed = text.contains(['\t', '|']);
    // The first cell of a head or a label is short; a name or a sentence is not looked into.
    if first.len() > LONGEST_HEAD {
        return None;
    }
    let label = label_of(first);
    if COST_LABELS.contains(&label.as_str())
        && (tabbed || filled.iter().skip(1).all(|c| is_cost_token(c)))
    {
        return Some(Kind::Cost);
    }
    if SUMMARY_LABELS.contains(&label.as_str()) && (tabbed || filled.len() > 1) {
        return Some(Kind::Summary);
    }
    let others = || filled.iter().skip(1).map(|c| squeeze(c));
    let columns = ["単位", "基準", "現状値", "目標"];
    if label.ends_with("指標") || label.ends_with("指標名") {
        let named = others().any(|c| columns.iter().any(|column| c.starts_with(column)));
        return named.then_some(Kind::TargetHead);
    }
    let heads = years_of(&cells);
    // Years whose era no page of the paper tells are heads all the same.
    let bare = if heads.is_empty() {
        bare_years::count(text)
    } else {
        0
    };
    let years = heads.len().max(bare);
    let names = ["事業名", "事業名称", "主要事業", "主要事業名", "事業"];
    // Years of which only the numbers are printed head the table, too; which years they are is open.
    let number = |cell: String| cell.len() <= 2 && cell.bytes().all(|b| b.is_ascii_digit());
    let numbers = filled.len() > 2 && others().all(|cell| number(narrow(&cell)));
    if names.contains(&label.as_str()) && (years > 0 || numbers) {
        return Some(Kind::PlanHead);
    }
    let first_column = cells.iter().position(|cell| !cell.is_empty());
    let begins = heads.first().map(|(column, _)| *column) == first_column;
    let heads = ["年度", "区分", "項目"].contains(&label.as_str());
    let starts = heads || begins || bare > 0;
    let headed = |c: &&str| columns.iter().any(|column| squeeze(c).starts_with(column));
    let rest = filled.iter().filter(|c| headed(c)).count();
    let all = years + rest + usize::from(heads) >= filled.len();
    (starts && years >= 2 && all).then_some(Kind::Years)
}

fn is_footnote(text: &str) -> bool {
    let text = text.trim_start_matches('\t');
    text.starts_with(['※', '＊', '†', '‡', '*'])
        || [
            "（※", "(※", "[※", "^{※", "（注", "(注", "注)", "注）", "注：", "注:",
        ]
        .iter()
        .any(|mark| text.starts_with(mark))
        || text
            .strip_prefix('注')
            .is_some_and(|rest| narrow_digit(rest).is_some())
}

fn narrow_digit(text: &str) -> Option<char> {
    text.chars()
        .next()
        .map(meguri_core::text::narrow_char)
        .filter(char::is_ascii_digit)
}

fn is_number_alone(text: &str) -> bool {
    if text.len() > 24 || text.trim_end_matches('\t').contains('\t') {
        return false;
    }
    let text = narrow(&squeeze(text))
        .replace("ページ", "")
        .replace('頁', "");
    let digits = text
        .trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '―' | '(' | ')' | '.'))
        .trim_start_matches(['p', 'P'])
        .trim_start_matches('.');
    (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_sections_alone(text: &str) -> bool {
    let inner = text
        .trim()
        .strip_prefix('【')
        .and_then(|t| t.strip_suffix('】'));
    inner.is_some_and(|inner| !inner.contains(['【', '】', '\t']) && inner.len() <= 600)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_with_their_ornaments() {
        let cases = [
            ("現状と課題", Some(Part::Situation)),
            ("■ 現状・課題", Some(Part::Situation)),
            ("取組の方針・内容", Some(Part::Approach)),
            ("② 取組の方向性", Some(Part::Approach)),
            ("4年後の到達目標", Some(Part::Targets)),
            ("５年後の到達目標", Some(Part::Targets)),
            ("主要事業の年次計画（続き）", Some(Part::Plan)),
            ("## 主要事業の年次計画", Some(Part::Plan)),
            ("現状と課題について述べます", None),
            ("年次計画の見直しを行います", None),
        ];
        for (text, want) in cases {
            assert_eq!(head_part(text), want, "{text}");
        }
    }

    #[test]
    fn lines_are_known_by_their_look() {
        let cases = [
            ("- ・水辺の保全を進めます。", Kind::Bullet),
            ("成果指標\t単位\t基準値\t目標値\t\t", Kind::TargetHead),
            ("\t\t令和2年度\t令和3年度\t令和4年度", Kind::Years),
            ("事業名\tR3\tR4", Kind::PlanHead),
            ("費用\t8,345 千円\t—", Kind::Cost),
            ("概略\t\t", Kind::Summary),
            ("※2 目標値を見直した。", Kind::Footnote),
            ("注1 累計の人数", Kind::Footnote),
            ("（単位：千円）", Kind::Unit),
            ("\t\t2023\t2024\t2025", Kind::Years),
            ("事業名\t令和5(2023)年度\t令和6(2024)年度", Kind::PlanHead),
            ("事業名（単位：千円）\t㋿5年度\t㋿6年度", Kind::PlanHead),
            ("【防災安全課】", Kind::Sections),
            ("- 12 -", Kind::Number),
            ("- 8050問題に取り組みます。", Kind::Bullet),
            ("1\t登録者数\t人\t2000\t2100\t2200", Kind::Row),
            ("水辺のにぎわいづくり", Kind::Text),
        ];
        for (text, want) in cases {
            assert_eq!(kind(text), want, "{text}");
        }
    }
}
