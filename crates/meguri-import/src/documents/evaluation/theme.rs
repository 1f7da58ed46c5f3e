//! What names a sheet: goal, policy, number and name of its theme, pages of the execution plan.

use super::form::{Section, is_caption, is_table_head, section_of_label, squash};
use super::indicators::is_figures;
use super::pages::{Block, Page, TextLine};
use super::prose::one_text;
use crate::printed::Cell;
use crate::text::bullets::after_bullet;
use meguri_core::text::{is_japanese, whole_number};
use regex::Regex;
use std::sync::LazyLock;

/// The line with goal, policy and theme, or a part of it.
static GOAL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"基\s*本\s*目\s*標\s*([ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫA-ZＡ-Ｚ\d]{1,4})").ok());
static POLICY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"方\s*針\s*(\d{1,3})").ok());
static THEME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"テ\s*ー\s*マ\s*(\d{1,4})").ok());
/// Pages behind their label, before it, or alone.
static PAGES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"掲載ページ\s*[：:]?\s*(\d[\d・･、,～〜\-－]*)|^(\d[\d・･、,～〜\-－]*)\s*掲載ページ",
    )
    .ok()
});
static LONE_PAGES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\d{1,4}(?:[・･～〜]\d{1,4})+$").ok());

/// Head of a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub(super) theme_no: Option<Cell<u32>>,
    pub(super) name: Option<Cell<String>>,
    pub(super) basic_goal: Option<Cell<String>>,
    pub(super) policy_no: Option<Cell<u32>>,
    pub(super) plan_pages: Option<Cell<String>>,
    /// Short texts that may be the name of the theme or of a part of an indicator.
    pub(super) texts: Vec<Cell<String>>,
}

/// Reads the head of a sheet from the pages that are not its list.
pub(super) fn read(pages: &[Page<'_>], management: bool) -> Head {
    let mut head = Head::default();
    let front: Vec<&Page<'_>> = pages.iter().filter(|page| !page.marks.list).collect();
    for line in front.iter().flat_map(|page| page.lines()) {
        read_line(line, &mut head, management);
    }
    if head.plan_pages.is_none() {
        head.plan_pages = lone_pages(&front);
    }
    if !management {
        find_name(&front, &mut head);
    }
    head
}

fn read_line(line: TextLine<'_>, head: &mut Head, management: bool) {
    let text = line.text;
    if text.len() > 400 || text.contains('。') || after_bullet(text).is_some() {
        return;
    }
    let named = |regex: &LazyLock<Option<Regex>>| first_group(regex, text);
    let number = |regex| {
        named(regex)
            .and_then(whole_number)
            .map(|n| Cell::printed(n, line.number))
    };
    let squashed = squash(text);
    let is_head = ["基本目標", "方針", "テーマ"]
        .iter()
        .any(|w| squashed.starts_with(w));
    if is_head {
        let goal = || named(&GOAL).map(|t| Cell::printed(t.to_owned(), line.number));
        head.basic_goal = head.basic_goal.take().or_else(goal);
        head.policy_no = head.policy_no.take().or_else(|| number(&POLICY));
        head.theme_no = head.theme_no.take().or_else(|| number(&THEME));
    }
    if head.plan_pages.is_none() {
        let pages = named(&PAGES).map(|t| t.trim_end_matches(['・', '-', '、', ',']).to_owned());
        head.plan_pages = pages.map(|t| Cell::printed(t, line.number));
    }
    if management && head.name.is_none() && squashed.contains("に関連する主要事業") {
        head.name = Some(Cell::printed(text.to_owned(), line.number));
    }
}

fn first_group<'t>(regex: &LazyLock<Option<Regex>>, text: &'t str) -> Option<&'t str> {
    let found = regex.as_ref()?.captures(text)?;
    let group = found.iter().skip(1).flatten().next()?;
    Some(group.as_str())
}

/// `31・32` on a line of its own, where its label stands elsewhere.
fn lone_pages(front: &[&Page<'_>]) -> Option<Cell<String>> {
    let regex = LONE_PAGES.as_ref()?;
    let mut lines = front.iter().flat_map(|page| page.lines());
    let line = lines.find(|line| regex.is_match(line.text))?;
    Some(Cell::layout(line.text.to_owned(), line.number))
}

/// The name of a theme stands alone: before the label of 取組の方針・内容, or somewhere else on the
/// page.
fn find_name(front: &[&Page<'_>], head: &mut Head) {
    let blocks: Vec<&Block<'_>> = front.iter().flat_map(|page| &page.blocks).collect();
    let mut names = Vec::new();
    let mut before_label = None;
    for (at, block) in blocks.iter().enumerate() {
        if let Some(name) = free_text(block) {
            let next = blocks.get(at + 1).map(|next| upright(next));
            if next.is_some_and(|label| section_of_label(&label) == Some(Section::Approach)) {
                before_label = Some(names.len());
            }
            names.push((at, name));
        }
    }
    let goal = blocks.iter().position(|block| {
        block
            .iter()
            .any(|line| squash(line.text).starts_with("基本目標"))
    });
    let chosen = before_label.or_else(|| {
        let distance = |at: usize| goal.map_or(0, |goal| goal.abs_diff(at));
        let long = |name: &Cell<String>| name.value().chars().count() >= 6;
        let nearest = names.iter().enumerate().filter(|(_, (_, name))| long(name));
        nearest
            .min_by_key(|(_, (at, _))| distance(*at))
            .map(|(index, _)| index)
    });
    if let Some(chosen) = chosen.filter(|at| *at < names.len()) {
        let (_, mut name) = names.remove(chosen);
        name.0.settled = meguri_core::source::Settled::Layout;
        head.name = Some(name);
    }
    head.texts = names.into_iter().map(|(_, name)| name).collect();
}

fn upright(block: &Block<'_>) -> String {
    block
        .iter()
        .map(|line| squash(line.text))
        .take_while(|text| text.chars().count() <= 1)
        .collect()
}

/// A block of a few short lines that is no label, no head, no figure, no note and no sentence.
pub(super) fn free_text(block: &Block<'_>) -> Option<Cell<String>> {
    let first = block.first()?;
    // One letter a line is an upright label; the last letter of a narrow cell may stand alone.
    if squash(first.text).chars().count() < 2 || block.len() > 4 {
        return None;
    }
    if section_of_label(&upright(block)).is_some() {
        return None;
    }
    let plain = block.iter().all(|line| {
        let text = squash(line.text);
        let begins = text.chars().next();
        !text.is_empty()
            && text.chars().count() <= 60
            && begins.is_some_and(|c| is_japanese(c) || c.is_alphabetic())
            && !begins.is_some_and(|c| matches!(c, '(' | '※' | '★' | '%' | '①'..='⑳'))
            && after_bullet(line.text).is_none()
            && !text.contains('。')
            && !is_table_head(&text)
            && !is_caption(&text)
            && section_of_label(&text).is_none()
            && !is_form_word(&text)
            && !is_figures(line.text)
    });
    plain.then(|| one_text(block)).flatten().map(|mut cell| {
        cell.0.line = first.number;
        cell
    })
}

fn is_form_word(squashed: &str) -> bool {
    let starts = [
        "基本目標",
        "方針",
        "テーマ",
        "目標達成",
        "度合い",
        "目標",
        "実績",
        "達成率",
        "進捗率",
        "達成度",
    ];
    starts.iter().any(|word| squashed.starts_with(word))
        || squashed.contains("掲載ページ")
        || squashed.ends_with("理由")
        || meguri_core::fiscal_year::FiscalYear::parse_prefix(squashed)
            .is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with("令和"))
}
