//! A row of the table: its key, the section, the grade and the cells of text.

use crate::text::sections::{is_section_name, split_sections};
use meguri_core::text::{circled_value, is_dash, is_dash_cell, narrow, narrow_char, whole_number};

/// What names a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key<'a> {
    /// An item with its number and name.
    Item { no: Option<u32>, name: &'a str },
    /// A sub-item.
    Sub { no: u32 },
}

/// A row by its parts. Cells are trimmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row<'a> {
    /// The merged heading at its left end, where this row prints it.
    pub(super) chapter: Option<&'a str>,
    pub(super) key: Key<'a>,
    /// 主な推進担当課 as printed; `None` where the row has no such cell.
    pub(super) sections: Option<&'a str>,
    /// 評価 as printed, a dash too.
    pub(super) grade: Option<&'a str>,
    /// The cells of content, plan and result that are there, empty ones in the middle too.
    pub(super) texts: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// The row on a line, or `None` where the line is not the start of one.
    pub(super) fn parse(line: &'a str) -> Option<Self> {
        if !line.contains('\t') {
            return None;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let (chapter, key, next) = find_key(&cells)?;
        let rest = cells.get(next..).unwrap_or_default();
        let (sections, grade, texts) = section_and_grade(rest, matches!(key, Key::Sub { .. }));
        let row = Self {
            chapter,
            key,
            sections,
            grade,
            texts: without_empty_tail(texts),
        };
        Some(row.sub_without_dash().unwrap_or(row))
    }

    /// Does the row show what only this table has: a section and a grade, or sub-item and dash?
    pub(super) fn has_shape(&self) -> bool {
        let sections = self.sections.is_some_and(|s| {
            is_dash_cell(s) || split_sections(s).iter().all(|one| is_section_name(one))
        });
        let text = self.texts.iter().any(|text| !text.is_empty());
        // Other tables have a dash behind a section too: a year without money.
        let sub = matches!(self.key, Key::Sub { .. });
        let graded = |grade: &str| is_short_grade(grade) && (sub || !is_dash_cell(grade));
        sections && text && self.grade.is_some_and(graded)
    }

    /// `1⇥section⇥-`: a sub-item whose dash is lost reads like an item with the section as its name.
    fn sub_without_dash(&self) -> Option<Self> {
        let Key::Item { no: Some(no), name } = self.key else {
            return None;
        };
        let is_sub = self.sections.is_none()
            && self.grade.is_some_and(is_dash_cell)
            && self.chapter.is_none()
            && self.texts.iter().any(|text| !is_dash_cell(text))
            && split_sections(name).iter().all(|one| is_section_name(one));
        is_sub.then(|| Self {
            key: Key::Sub { no },
            sections: Some(name),
            ..self.clone()
        })
    }
}

/// Is the line the head of the table? It names at least three of the six columns in short cells.
pub(super) fn is_head(line: &str) -> bool {
    const COLUMNS: [&[&str]; 6] = [
        &["項目"],
        &["担当課", "担当部署", "所管課", "推進課"],
        &["評価"],
        &["実施内容", "取組内容"],
        &["当初予定", "取組予定", "実施予定", "年度計画"],
        &["取組実績", "実施実績", "実績値"],
    ];
    if !line.contains('\t') || line.len() > 1200 {
        return false;
    }
    let mut found = [false; 6];
    for cell in line.split('\t').filter(|cell| cell.chars().count() <= 40) {
        let cell: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
        for (names, found) in COLUMNS.iter().zip(found.iter_mut()) {
            *found |= names.iter().any(|name| is_label(&cell, name));
        }
    }
    found.iter().filter(|found| **found).count() >= 3
}

/// Is the cell a label that ends in a word, a closing parenthesis aside? A sentence is none.
fn is_label(cell: &str, word: &str) -> bool {
    let label = cell.split(['(', '（']).next().unwrap_or_default();
    label.ends_with(word) && !cell.contains(['。', '、', '・'])
}

/// The chapter, the key and the index of the first cell behind it.
fn find_key<'a>(cells: &[&'a str]) -> Option<(Option<&'a str>, Key<'a>, usize)> {
    let first = cells.iter().position(|cell| !cell.is_empty())?;
    let second = (first + 1..cells.len()).find(|i| cells.get(*i).is_some_and(|c| !c.is_empty()));
    let here = key_at(cells, first);
    let behind = second.and_then(|i| key_at(cells, i));
    let chapter = cells.get(first).copied().filter(|c| is_chapter(c));
    match (here, behind, chapter) {
        // `1 chapter⇥7⇥name`: both look like keys, and only the right one can be it.
        (Some((Key::Item { .. }, next)), Some((key @ Key::Item { .. }, behind)), Some(_))
            if Some(next) == second =>
        {
            Some((chapter, key, behind))
        }
        (Some((key, next)), _, _) => Some((None, key, next)),
        (None, Some((key, next)), Some(_)) => Some((chapter, key, next)),
        (None, _, _) => nameless(cells, first, second),
    }
}

/// `name⇥section⇥A⇥text`: an item that has lost its number; the grade behind a section shows it.
fn nameless<'a>(
    cells: &[&'a str],
    first: usize,
    second: Option<usize>,
) -> Option<(Option<&'a str>, Key<'a>, usize)> {
    let name = cells.get(first).copied().filter(|c| is_chapter(c))?;
    let second = second?;
    let sections = cells.get(second)?;
    let grade = cells.get(second + 1)?;
    let whole = split_sections(sections)
        .iter()
        .all(|one| is_section_name(one));
    let letter = is_short_grade(grade) && !is_dash_cell(grade);
    (whole && letter).then_some((None, Key::Item { no: None, name }, second))
}

/// A chapter's name is short and no sentence.
fn is_chapter(cell: &str) -> bool {
    (2..=60).contains(&cell.chars().count())
        && !cell.contains(['。', '<'])
        && !is_grade(cell)
        && cell.chars().any(char::is_alphabetic)
}

/// The key that starts at a cell, with the index behind it.
fn key_at<'a>(cells: &[&'a str], index: usize) -> Option<(Key<'a>, usize)> {
    let cell = *cells.get(index)?;
    if cell.len() > 400 {
        return None;
    }
    if let Some(no) = sub_number(cell) {
        return Some((Key::Sub { no }, index + 1));
    }
    if is_dash_cell(cell) {
        let no = cells.get(index + 1).and_then(|next| row_number(next))?;
        return Some((Key::Sub { no }, index + 2));
    }
    if let Some(no) = row_number(cell) {
        let name = (index + 1..=index + 2)
            .find(|i| cells.get(*i).is_some_and(|c| !c.is_empty()))
            .and_then(|i| Some((i, *cells.get(i)?)))?;
        return Some((
            Key::Item {
                no: Some(no),
                name: name.1,
            },
            name.0 + 1,
        ));
    }
    let (no, name, apart) = number_and_name(cell)?;
    let graded = (index + 1..=index + 2).any(|i| cells.get(i).is_some_and(|c| is_grade(c)));
    (apart || graded).then_some((Key::Item { no: Some(no), name }, index + 1))
}

/// `- 1`, `－２`, `(3)`, `④`: the number of a sub-item in one cell.
fn sub_number(cell: &str) -> Option<u32> {
    let mut chars = cell.chars();
    let first = chars.next()?;
    if let (Some(value), true) = (circled_value(first), chars.as_str().is_empty()) {
        return Some(value);
    }
    let rest = chars.as_str().trim();
    if is_dash(first) {
        return row_number(rest);
    }
    let inner = rest.strip_suffix([')', '）'])?;
    matches!(first, '(' | '（')
        .then(|| row_number(inner))
        .flatten()
}

/// A cell that holds a row's number alone: `7`, `１２`, `No.7`. Years and amounts are longer.
fn row_number(cell: &str) -> Option<u32> {
    let cell = narrow(cell.trim());
    let digits = cell
        .strip_prefix("No.")
        .or_else(|| cell.strip_prefix("№"))
        .unwrap_or(&cell)
        .trim();
    if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    whole_number(digits)
}

/// `3 name`: the number, the name, and whether a space or a point stands between them.
fn number_and_name(cell: &str) -> Option<(u32, &str, bool)> {
    let digits_end = cell
        .char_indices()
        .find(|(_, c)| !narrow_char(*c).is_ascii_digit())
        .map(|(i, _)| i)?;
    let (digits, rest) = cell.split_at_checked(digits_end)?;
    let no = row_number(digits)?;
    let name = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '．'));
    let apart = name.len() < rest.len();
    let starts_name = name.chars().next().is_some_and(char::is_alphabetic);
    let quoted = name.starts_with(['「', '『', '“', '(', '（', '【']);
    let number = narrow(rest)
        .strip_prefix('.')
        .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    let sentence = name.contains('。') || name.contains(" ・");
    let begins = starts_name || quoted || (apart && !name.is_empty());
    (begins && !number && !sentence).then_some((no, name, apart))
}

/// Section, grade and the cells of text behind them.
type Parts<'a, 'b> = (Option<&'a str>, Option<&'a str>, &'b [&'a str]);

/// Which of the first cells are the section and the grade; the others are text.
fn section_and_grade<'a, 'b>(rest: &'b [&'a str], sub: bool) -> Parts<'a, 'b> {
    let start = rest
        .iter()
        .position(|c| !c.is_empty())
        .unwrap_or(rest.len());
    let cells = rest.get(start..).unwrap_or_default();
    let Some(&first) = cells.first() else {
        return (None, None, &[]);
    };
    let second = cells.get(1).copied().unwrap_or_default();
    let behind = |n: usize| cells.get(n..).unwrap_or_default();
    let filled = cells.iter().filter(|c| !c.is_empty()).count();
    if is_dash_cell(first) {
        return match (is_grade(second), is_dash_cell(second)) {
            // Four dashes are grade, content, plan and result; five have the section as well.
            (true, true) if filled == 4 => (None, Some(first), behind(1)),
            (true, _) => (Some(first), Some(second), behind(2)),
            (false, _) if filled == 4 || sub => (None, Some(first), behind(1)),
            (false, _) => (Some(first), None, behind(1)),
        };
    }
    if is_grade(first) {
        return (None, Some(first), behind(1));
    }
    if is_grade(second) && first.chars().count() <= 200 {
        return (Some(first), Some(second), behind(2));
    }
    if second.is_empty() && cells.get(2).is_some_and(|c| is_short_grade(c)) {
        return (Some(first), cells.get(2).copied(), behind(3));
    }
    if split_sections(first).iter().all(|one| is_section_name(one)) {
        return (Some(first), None, behind(1));
    }
    (None, None, cells)
}

fn without_empty_tail<'a>(texts: &[&'a str]) -> Vec<&'a str> {
    let end = texts
        .iter()
        .rposition(|t| !t.is_empty())
        .map_or(0, |last| last + 1);
    texts.get(..end).unwrap_or_default().to_vec()
}

/// Is the cell a grade or the dash that stands in its column?
pub(super) fn is_grade(cell: &str) -> bool {
    const WORDS: [&str; 24] = [
        "順調",
        "概ね順調",
        "おおむね順調",
        "やや遅れ",
        "やや遅れている",
        "遅れ",
        "遅れている",
        "予定以上",
        "予定どおり",
        "予定通り",
        "達成",
        "概ね達成",
        "一部達成",
        "未達成",
        "完了",
        "実施",
        "実施済",
        "実施済み",
        "一部実施",
        "未実施",
        "実施中",
        "検討中",
        "継続",
        "未着手",
    ];
    is_short_grade(cell) || WORDS.contains(&cell)
}

/// A letter with or without sign, a mark, or a dash.
fn is_short_grade(cell: &str) -> bool {
    let mut chars = cell.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let rest = narrow(chars.as_str());
    let letter = narrow_char(first).is_ascii_uppercase() && matches!(rest.as_str(), "" | "+" | "-");
    let mark = rest.is_empty()
        && matches!(
            first,
            '◎' | '○' | '〇' | '◯' | '●' | '△' | '▲' | '×' | '✕' | '☆' | '★'
        );
    letter || mark || is_dash_cell(cell)
}
