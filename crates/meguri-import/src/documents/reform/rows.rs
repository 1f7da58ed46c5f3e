//! A row of the table: its key, the section, the grade and the cells of text.

use super::grades::{Grades, are_sections, is_short_grade, may_be_grade};
use super::head::Role;
use meguri_core::text::{circled_value, is_dash, is_dash_cell, narrow, narrow_char, whole_number};

/// What names a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key<'a> {
    /// An item with its number and name, as far as the row holds them.
    Item {
        no: Option<u32>,
        name: Option<&'a str>,
    },
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
    /// A word in the place of 評価 that no other row has: it may be one of another column.
    pub(super) odd_grade: Option<&'a str>,
    /// The cells of content, plan and result that are there, empty ones in the middle too.
    pub(super) texts: Vec<&'a str>,
    /// The columns of the texts, where the head of the table puts them otherwise than usual.
    pub(super) roles: Option<Vec<Role>>,
}

/// What is known of the table of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'a> {
    /// The words of the column 評価.
    pub(super) grades: &'a Grades,
    /// The columns behind the item, where they are others than usual.
    pub(super) roles: Option<&'a [Role]>,
}

impl<'a> Row<'a> {
    /// The row on a line, or `None` where the line is not the start of one.
    pub(super) fn parse(line: &'a str, table: Table<'_>) -> Option<Self> {
        if !line.contains('\t') {
            return None;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let (chapter, key, next) = find_key(&cells, table.grades)?;
        let rest = cells.get(next..).unwrap_or_default();
        if let Some(roles) = table.roles {
            return Some(Self::by_head(chapter, key, rest, (roles, table.grades)));
        }
        let sub = matches!(key, Key::Sub { .. });
        let (sections, grade, texts) = section_and_grade(rest, sub, table.grades);
        let (odd_grade, texts) = match texts {
            [odd, texts @ ..] if grade.is_none() && texts.len() == 3 && may_be_grade(odd) => {
                (Some(*odd), texts)
            }
            _ => (None, texts),
        };
        let row = Self {
            chapter,
            key,
            sections,
            grade,
            odd_grade,
            texts: without_empty_tail(texts),
            roles: None,
        };
        Some(row.sub_without_dash().unwrap_or(row))
    }

    /// A row of a table whose columns stand in another order: cell by cell as the head says. Where
    /// the cells do not fit the head, none of them is placed.
    fn by_head(
        chapter: Option<&'a str>,
        key: Key<'a>,
        rest: &[&'a str],
        (roles, grades): (&[Role], &Grades),
    ) -> Self {
        let mut row = Self {
            chapter,
            key,
            sections: None,
            grade: None,
            odd_grade: None,
            texts: Vec::new(),
            roles: Some(Vec::new()),
        };
        let end = rest.iter().rposition(|cell| !cell.is_empty());
        let cells = rest.get(..end.map_or(0, |end| end + 1)).unwrap_or_default();
        let fits = cells.len() <= roles.len()
            && roles.iter().zip(cells).all(|(role, cell)| match role {
                Role::Sections => cell.is_empty() || is_dash_cell(cell) || are_sections(cell),
                Role::Grade => cell.is_empty() || grades.has(cell),
                _ => true,
            });
        let mut placed = Vec::new();
        for (index, cell) in cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
        {
            let role = roles.get(index).filter(|_| fits).copied();
            match role.unwrap_or(Role::Other) {
                Role::Sections => row.sections = Some(cell),
                Role::Grade => row.grade = Some(cell),
                role => {
                    row.texts.push(cell);
                    placed.push(role);
                }
            }
        }
        row.roles = Some(placed);
        row
    }

    /// Does a torn row begin with a section and its dash, as a sub-item does?
    pub(super) fn is_torn_sub(line: &str) -> bool {
        let cells = line.split('\t').map(str::trim);
        let mut filled = cells.filter(|cell| !cell.is_empty() && !is_dash_cell(cell));
        filled.next().is_some_and(are_sections)
    }

    /// Is the line a row whose number is lost: a section, its grade or dash, and a text behind them,
    /// or more cells than the rest of a row before can have?
    pub(super) fn is_torn(line: &str, grades: &Grades) -> bool {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let filled: Vec<&str> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        let shape = |cells: &[&str]| match cells {
            [sections, grade, text] => {
                are_sections(sections) && grades.has(grade) && !grades.has(text)
            }
            _ => false,
        };
        let marks = filled.iter().filter(|cell| grades.has(cell)).count();
        let many = filled.len() > 3 || (filled.len() > 2 && marks > 0);
        many || filled.windows(3).take(3).any(shape)
    }

    /// Does the row show what only this table has: a section and a grade, or sub-item and dash?
    pub(super) fn has_shape(&self) -> bool {
        let sections = self
            .sections
            .is_some_and(|cell| is_dash_cell(cell) || are_sections(cell));
        let text = self.texts.iter().any(|text| !text.is_empty());
        // Other tables have a dash behind a section too: a year without money.
        let sub = matches!(self.key, Key::Sub { .. });
        let graded = |grade: &str| is_short_grade(grade) && (sub || !is_dash_cell(grade));
        sections && text && self.grade.is_some_and(graded)
    }

    /// `1⇥section⇥-`: a sub-item whose dash is lost reads like an item with the section as its name.
    fn sub_without_dash(&self) -> Option<Self> {
        let Key::Item {
            no: Some(no),
            name: Some(name),
        } = self.key
        else {
            return None;
        };
        let is_sub = self.sections.is_none()
            && self.grade.is_some_and(is_dash_cell)
            && self.chapter.is_none()
            && self.texts.iter().any(|text| !is_dash_cell(text))
            && are_sections(name);
        is_sub.then(|| Self {
            key: Key::Sub { no },
            sections: Some(name),
            ..self.clone()
        })
    }
}

/// The chapter, the key and the index of the first cell behind it.
fn find_key<'a>(cells: &[&'a str], grades: &Grades) -> Option<(Option<&'a str>, Key<'a>, usize)> {
    let first = cells.iter().position(|cell| !cell.is_empty())?;
    let second = (first + 1..cells.len()).find(|i| cells.get(*i).is_some_and(|c| !c.is_empty()));
    let here = key_at(cells, first, grades);
    let behind = second.and_then(|i| key_at(cells, i, grades));
    let chapter = cells.get(first).copied().filter(|c| is_chapter(c, grades));
    match (here, behind, chapter) {
        // `1 chapter⇥7⇥name`: both look like keys, and only the right one can be it.
        (Some((Key::Item { .. }, next)), Some((key @ Key::Item { .. }, behind)), Some(_))
            if Some(next) == second =>
        {
            Some((chapter, key, behind))
        }
        (Some((key, next)), _, _) => Some((None, key, next)),
        (None, Some((key, next)), Some(_)) => Some((chapter, key, next)),
        (None, _, _) => nameless(cells, first, second, grades),
    }
}

/// `name⇥section⇥A⇥text`: an item that has lost its number; the grade behind a section shows it.
fn nameless<'a>(
    cells: &[&'a str],
    first: usize,
    second: Option<usize>,
    grades: &Grades,
) -> Option<(Option<&'a str>, Key<'a>, usize)> {
    let name = cells
        .get(first)
        .copied()
        .filter(|c| is_chapter(c, grades))?;
    // What stands before empty cells is the chapter of a row that has lost its name, too.
    let second = second.filter(|second| *second == first + 1)?;
    let sections = cells.get(second)?;
    let grade = cells.get(second + 1)?;
    let letter = grades.has(grade) && !is_dash_cell(grade);
    let name = Some(name);
    (are_sections(sections) && letter).then_some((None, Key::Item { no: None, name }, second))
}

/// A chapter's name is short and no sentence.
fn is_chapter(cell: &str, grades: &Grades) -> bool {
    (2..=60).contains(&cell.chars().count())
        && !cell.contains(['。', '<'])
        && !grades.has(cell)
        && cell.chars().any(char::is_alphabetic)
}

/// The key that starts at a cell, with the index behind it.
fn key_at<'a>(cells: &[&'a str], index: usize, grades: &Grades) -> Option<(Key<'a>, usize)> {
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
        let at = (index + 1..=index + 2).find(|i| cells.get(*i).is_some_and(|c| !c.is_empty()))?;
        let lost = lacks_name(cells, at, grades);
        let name = cells.get(at).copied().filter(|_| !lost);
        let next = if lost { at } else { at + 1 };
        return Some((Key::Item { no: Some(no), name }, next));
    }
    let (no, name, apart) = number_and_name(cell)?;
    let graded = (index + 1..=index + 2).any(|i| cells.get(i).is_some_and(|c| grades.has(c)));
    let name = Some(name);
    (apart || graded).then_some((Key::Item { no: Some(no), name }, index + 1))
}

/// Does a number stand before the section or the grade: is the name lost? A section before a text is
/// the name of a sub-item's section, or a name that looks like one.
fn lacks_name(cells: &[&str], at: usize, grades: &Grades) -> bool {
    let Some(cell) = cells.get(at).filter(|cell| !cell.is_empty()) else {
        return false;
    };
    let next = cells.get(at + 1).copied().unwrap_or_default();
    // Behind a name stand the section or its dash.
    let named = is_dash_cell(next) || are_sections(next);
    grades.has(cell) || (are_sections(cell) && !named)
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
    let first = name.chars().next();
    // 「3R」, 「2次」 begin names.
    let starts_name = first.is_some_and(|c| c.is_alphabetic() && (apart || !c.is_ascii()));
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
fn section_and_grade<'a, 'b>(rest: &'b [&'a str], sub: bool, grades: &Grades) -> Parts<'a, 'b> {
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
    let length = cells
        .iter()
        .rposition(|c| !c.is_empty())
        .map_or(0, |last| last + 1);
    // The empty cell is that of the grade, unless that stands before it.
    let graded = grades.has(first) && !is_dash_cell(first);
    if !graded && second.is_empty() && (3..=5).contains(&length) && !first.contains('。') {
        return (Some(first), None, behind(2));
    }
    if is_dash_cell(first) {
        return match (grades.has(second), is_dash_cell(second)) {
            // Four dashes are grade, content, plan and result; five have the section as well.
            (true, true) if filled == 4 => (None, Some(first), behind(1)),
            (true, _) => (Some(first), Some(second), behind(2)),
            (false, _) if filled == 4 || sub => (None, Some(first), behind(1)),
            (false, _) => (Some(first), None, behind(1)),
        };
    }
    if grades.has(first) {
        return (None, Some(first), behind(1));
    }
    if grades.has(second) && first.chars().count() <= 200 {
        return (Some(first), Some(second), behind(2));
    }
    if second.is_empty() && cells.get(2).is_some_and(|c| is_short_grade(c)) {
        return (Some(first), cells.get(2).copied(), behind(3));
    }
    if are_sections(first) {
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
