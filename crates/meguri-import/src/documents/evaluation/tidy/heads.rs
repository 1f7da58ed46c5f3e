//! Running heads, page feet and page numbers, which are no part of a sheet.

use super::is_blank;
use crate::documents::evaluation::form::{
    is_caption, is_star, is_table_head, section_of_label, squash,
};
use crate::source_text::Line;
use crate::text::bullets::after_bullet;
use crate::text::sections::is_section_name;
use meguri_core::fiscal_year::FiscalYear;
use std::collections::{HashMap, HashSet};

/// How many lines at each end of a page may be its head or its foot.
const DEPTH: usize = 2;
/// The fewest letters that make a running line and not the rest of a row.
const FEWEST_LETTERS: usize = 7;
/// The fewest pages that can show a running line.
const FEWEST_PAGES: usize = 3;

/// Takes out the lines that pages repeat at their heads or feet, figures aside, and a title before
/// the first sheet. The mark of a page goes over to its next line.
pub(super) fn drop_running(lines: &mut Vec<Line>) {
    let ends = page_ends(lines);
    let mut out: HashSet<usize> = repeated(lines, &ends).into_iter().collect();
    out.extend(title(lines));
    if ends.len() < 2 {
        out.extend(loose_titles(lines));
    }
    if out.is_empty() {
        return;
    }
    let (mut at, mut starts) = (0, false);
    lines.retain_mut(|line| {
        let dropped = out.contains(&at);
        at += 1;
        if dropped {
            starts |= line.starts_page;
        } else if starts && !is_blank(line) {
            line.starts_page = true;
            starts = false;
        }
        !dropped
    });
}

/// The first and the last lines of every page, by their places.
fn page_ends(lines: &[Line]) -> Vec<[Vec<usize>; 2]> {
    let mut pages: Vec<Vec<usize>> = vec![Vec::new()];
    for (at, line) in lines.iter().enumerate() {
        if line.starts_page {
            pages.push(Vec::new());
        }
        if !is_blank(line)
            && let Some(page) = pages.last_mut()
        {
            page.push(at);
        }
    }
    let filled = pages.into_iter().filter(|page| page.len() > 1);
    let ends = |page: Vec<usize>| {
        let last = page.iter().rev().take(DEPTH).copied().collect();
        [page.into_iter().take(DEPTH).collect(), last]
    };
    filled.map(ends).collect()
}

/// The lines that most pages have at the same end.
fn repeated(lines: &[Line], pages: &[[Vec<usize>; 2]]) -> Vec<usize> {
    if pages.len() < FEWEST_PAGES {
        return Vec::new();
    }
    let key = |at: usize| lines.get(at).and_then(|line| running_key(&line.text));
    let mut places: HashMap<(usize, String), Vec<usize>> = HashMap::new();
    for (end, at) in pages.iter().flat_map(|page| page.iter().enumerate()) {
        for at in at {
            if let Some(key) = key(*at).filter(|key| !key.is_empty()) {
                places.entry((end, key)).or_default().push(*at);
            }
        }
    }
    let common = places
        .into_values()
        .filter(|at| at.len() * 5 >= pages.len() * 3);
    let mut out: HashSet<usize> = common.flatten().collect();
    // A bare number may be of a row or of a count: it goes only together with a running line.
    let with_running = pages
        .iter()
        .flatten()
        .filter(|end| end.iter().any(|at| out.contains(at)));
    let bare = with_running
        .flatten()
        .copied()
        .filter(|at| key(*at).is_some_and(|k| k.is_empty()));
    let bare: Vec<usize> = bare.collect();
    out.extend(bare);
    out.into_iter().collect()
}

/// A line without its figures, where it may be a running one: nothing of the form is.
fn running_key(text: &str) -> Option<String> {
    let squashed = squash(text);
    let key: String = squashed.chars().filter(|c| !c.is_ascii_digit()).collect();
    let figures = key.len() < squashed.len();
    let lone_number = figures
        && key
            .chars()
            .all(|c| matches!(c, '-' | '/' | '(' | ')' | 'P' | 'p' | '.'));
    // The numbers of a torn count, and a section that stands alone, come at the ends of pages too.
    let words = key.chars().count() >= FEWEST_LETTERS
        && !(figures && squashed.contains("事業"))
        && !is_section_name(&squashed)
        && squashed.chars().count() <= 60
        && !squashed.contains(['。', '%', '★', '☆'])
        && after_bullet(text).is_none()
        && !is_of_form(&squashed);
    (lone_number || words).then_some(key)
}

fn is_of_form(squashed: &str) -> bool {
    let heads = [
        "基本目標",
        "目標",
        "実績",
        "達成率",
        "合計",
        "事務事業の動向",
    ];
    is_table_head(squashed)
        || is_caption(squashed)
        || section_of_label(squashed).is_some()
        || squashed.chars().all(is_star)
        || heads.iter().any(|head| squashed.starts_with(head))
}

/// A title before the first sheet: `令和4年度 施策評価シート` among the first lines.
fn title(lines: &[Line]) -> Option<usize> {
    let filled = lines.iter().enumerate().filter(|(_, line)| !is_blank(line));
    filled
        .take(DEPTH)
        .find(|(_, line)| is_title(&line.text))
        .map(|(at, _)| at)
}

/// Titles that come again and again, where nothing marks the pages: each stands between two pages,
/// alone or with the number of the page behind it.
fn loose_titles(lines: &mut [Line]) -> Vec<usize> {
    let titles: Vec<usize> = (0..lines.len())
        .filter(|at| lines.get(*at).is_some_and(|line| is_title(&line.text)))
        .collect();
    let mut texts: HashMap<String, usize> = HashMap::new();
    for at in &titles {
        *texts.entry(key_of(lines, *at)).or_default() += 1;
    }
    let again = |at: &usize| {
        texts
            .get(&key_of(lines, *at))
            .is_some_and(|count| *count > 1)
    };
    let mut out: Vec<usize> = titles.into_iter().filter(again).collect();
    for at in out.clone() {
        let next = (at + 1..lines.len()).find(|at| lines.get(*at).is_some_and(|l| !is_blank(l)));
        let number = next.filter(|at| {
            let text = lines.get(*at).map_or("", |line| &line.text);
            squash(text).chars().all(|c| c.is_ascii_digit() || c == '-')
        });
        out.extend(number);
        if let Some(line) = lines.get_mut(at) {
            line.starts_page = true;
        }
    }
    out
}

fn key_of(lines: &[Line], at: usize) -> String {
    lines
        .get(at)
        .and_then(|line| running_key(&line.text))
        .unwrap_or_default()
}

/// A short line with 評価 that ends as titles do, or has a year and the word.
fn is_title(text: &str) -> bool {
    let squashed = squash(text);
    let ends = [
        "シート",
        "評価表",
        "評価票",
        "調書",
        "報告書",
        "評価",
        "評価結果",
    ];
    let year = squashed
        .find("令和")
        .and_then(|at| squashed.get(at..))
        .is_some_and(|rest| FiscalYear::parse_prefix(rest).is_some());
    let plain = squashed.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | ')'));
    squashed.chars().count() <= 40
        && squashed.contains("評価")
        && running_key(text).is_some()
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && (year || ends.iter().any(|end| plain.ends_with(end)))
}
