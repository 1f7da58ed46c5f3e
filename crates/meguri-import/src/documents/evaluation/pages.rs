//! The pages of a document, their blocks, and which pages make one sheet.

use super::form::{is_star, squash};
use crate::source_text::SourceText;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A line that is not blank, without the white space around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextLine<'a> {
    /// From 1.
    pub(super) number: u32,
    pub(super) text: &'a str,
}

/// Lines without a blank line between them.
pub(super) type Block<'a> = Vec<TextLine<'a>>;

/// The parts of the form that a page shows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    /// The head of a theme: 施策の概要（PLAN） or its number.
    pub(super) plan: bool,
    /// Indicators, or the summary of CHECK.
    pub(super) results: bool,
    /// The list of projects begins here, or ACTION stands above it.
    pub(super) list_head: bool,
    /// Anything of the list of projects.
    pub(super) list: bool,
    /// The head of the sheet of the management policy.
    pub(super) management: bool,
}

/// One page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page<'a> {
    pub(super) blocks: Vec<Block<'a>>,
    pub(super) marks: Marks,
}

impl<'a> Page<'a> {
    /// All lines in order.
    pub(super) fn lines(&self) -> impl Iterator<Item = TextLine<'a>> {
        self.blocks.iter().flatten().copied()
    }
}

/// The pages of one sheet.
pub(super) type SheetPages<'a> = Vec<Page<'a>>;

/// Splits a document into pages and puts those of one sheet together. A page that comes a second
/// time word for word is left out; the lines where such pages begin come back too.
pub(super) fn sheets(source: &SourceText) -> (Vec<SheetPages<'_>>, Vec<u32>) {
    let mut seen = HashSet::new();
    let mut repeated = Vec::new();
    let mut sheets: Vec<SheetPages<'_>> = Vec::new();
    let mut so_far = Marks::default();
    for page in split_pages(source) {
        if is_repeated(&page, &mut seen) {
            repeated.extend(page.lines().next().map(|line| line.number));
            continue;
        }
        if sheets.is_empty() || begins_sheet(page.marks, so_far) {
            sheets.push(Vec::new());
            so_far = Marks::default();
        }
        so_far = joined(so_far, page.marks);
        if let Some(sheet) = sheets.last_mut() {
            sheet.push(page);
        }
    }
    (sheets, repeated)
}

/// Does a page with these marks stand at the head of a new sheet, after pages with those?
const fn begins_sheet(page: Marks, so_far: Marks) -> bool {
    if page.management {
        return !so_far.management || so_far.list;
    }
    page.plan && (so_far.plan || so_far.list || so_far.management)
        || page.list_head && so_far.list_head
        || page.results && so_far.list
}

const fn joined(a: Marks, b: Marks) -> Marks {
    Marks {
        plan: a.plan || b.plan,
        results: a.results || b.results,
        list_head: a.list_head || b.list_head,
        list: a.list || b.list,
        management: a.management || b.management,
    }
}

/// A page of some length that was there before, word for word.
fn is_repeated(page: &Page<'_>, seen: &mut HashSet<u64>) -> bool {
    let mut hasher = DefaultHasher::new();
    let mut length = 0;
    for line in page.lines() {
        line.text.hash(&mut hasher);
        length += line.text.len();
    }
    // A short page of dashes or stars may well come twice.
    length > 200 && !seen.insert(hasher.finish())
}

/// Splits at the marks of pages, and where a page holds both sides of a sheet.
fn split_pages(source: &SourceText) -> Vec<Page<'_>> {
    let mut pages = vec![Page::default()];
    let mut open = false;
    for line in &source.lines {
        let text = line.text.trim();
        if line.starts_page {
            pages.push(Page::default());
            open = false;
        }
        if text.is_empty() {
            // A line that holds a full-width space is part of an upright label, not a gap.
            open = open && line.text.contains('\u{3000}');
            continue;
        }
        let Some(page) = pages.last_mut() else {
            continue;
        };
        let text = TextLine {
            number: line.number,
            text,
        };
        match page.blocks.last_mut() {
            Some(block) if open => block.push(text),
            _ => page.blocks.push(vec![text]),
        }
        open = true;
    }
    let mut split: Vec<Page<'_>> = Vec::with_capacity(pages.len());
    for page in pages.into_iter().filter(|page| !page.blocks.is_empty()) {
        split.extend(split_mixed(page));
    }
    for page in &mut split {
        page.marks = marks(page);
    }
    split
}

/// Which side of a sheet a block shows for certain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// PLAN, DO, CHECK.
    Front,
    /// ACTION and the list of projects.
    List,
}

/// Splits a page that holds both sides of a sheet one after the other, as where the break between
/// two pages was lost: a list begins with its first mark and ends with its last.
fn split_mixed(page: Page<'_>) -> Vec<Page<'_>> {
    let sides: Vec<Option<Side>> = page.blocks.iter().map(side).collect();
    let mut cuts = Vec::new();
    let mut last: Option<(Side, usize)> = None;
    for (at, side) in sides.iter().enumerate() {
        let Some(side) = *side else { continue };
        match last {
            Some((Side::Front, _)) if side == Side::List => cuts.push(at),
            Some((Side::List, before)) if side == Side::Front => cuts.push(before + 1),
            _ => {}
        }
        last = Some((side, at));
    }
    if cuts.is_empty() {
        return vec![page];
    }
    let mut pages = Vec::new();
    let mut blocks = page.blocks.into_iter();
    let mut from = 0;
    for cut in cuts {
        pages.push(blocks.by_ref().take(cut.saturating_sub(from)).collect());
        from = cut;
    }
    pages.push(blocks.collect());
    let page = |blocks| Page {
        blocks,
        marks: Marks::default(),
    };
    pages.into_iter().map(page).collect()
}

fn side(block: &Block<'_>) -> Option<Side> {
    block.iter().find_map(|line| {
        let text = squash(line.text);
        let list = text.chars().all(is_star)
            || text.ends_with("(ACTION)")
            || text.starts_with("【参考】関連事務事業")
            || text.starts_with("事務事業の動向")
            || text.starts_with("予算科目")
            || text.starts_with("款項目");
        let front = text.ends_with("(PLAN)")
            || text.ends_with("(DO)")
            || text.ends_with("(CHECK)")
            || is_theme_line(&text)
            || is_management_line(&text)
            || is_indicator_line(&text);
        match (list, front) {
            (true, _) => Some(Side::List),
            (_, true) => Some(Side::Front),
            _ => None,
        }
    })
}

/// The head of the sheet outside the tree, or its 趣旨.
pub(super) fn is_management_line(squashed: &str) -> bool {
    squashed == "趣旨"
        || (squashed.contains("に関連する主要事業")
            && squashed.chars().count() < 40
            && !squashed.contains('。'))
}

/// `目標 … -`, `達成率 ％ - 75.4%`.
pub(super) fn is_indicator_line(squashed: &str) -> bool {
    ["目標", "実績", "達成率", "進捗率", "達成度"]
        .iter()
        .any(|label| {
            squashed
                .strip_prefix(label)
                .is_some_and(|rest| rest.contains('-') || rest.contains('%'))
        })
}

fn marks(page: &Page<'_>) -> Marks {
    let mut marks = Marks::default();
    for line in page.lines() {
        let text = squash(line.text);
        marks.plan |= text.ends_with("(PLAN)") || is_theme_line(&text);
        marks.results |=
            text.ends_with("(DO)") || text.ends_with("(CHECK)") || is_indicator_line(&text);
        marks.list_head |= text.ends_with("(ACTION)") || text.starts_with("【参考】関連事務事業");
        marks.list |= marks.list_head
            || text.chars().all(is_star)
            || text.contains("事務事業の動向")
            || text.starts_with("予算科目");
        marks.management |= is_management_line(&text);
    }
    marks
}

/// `基本目標 Ⅱ － 方針 4 － テーマ 11 …`.
pub(super) fn is_theme_line(squashed: &str) -> bool {
    squashed
        .split_once("テーマ")
        .is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()))
        && squashed.chars().count() < 60
        && !squashed.contains('。')
}
