//! The cells of a row, each put where it belongs.

use super::Assembly;
use crate::documents::reform::columns::{self, Column, Context};
use crate::documents::reform::figures::Closing;
use crate::documents::reform::head::Role;
use crate::documents::reform::notes;
use crate::documents::reform::paragraphs::{CellText, Piece};
use crate::documents::reform::printed::ReformItem;
use crate::printed::Cell;
use crate::text::sections::split_sections;
use meguri_core::source::Settled;
use meguri_core::text::is_dash_cell;

impl Assembly {
    /// Section and grade, and what the row lacks of them and of its chapter.
    pub(super) fn fill(
        &mut self,
        row: &mut ReformItem,
        line: u32,
        sections: Option<String>,
        (grade, odd): (Option<String>, Option<String>),
        sub: Option<u32>,
    ) {
        row.sections = sections.as_deref().map(|text| section_cells(text, line));
        row.grade = grade
            .as_deref()
            .filter(|grade| !is_dash_cell(grade))
            .map(|grade| Cell::printed(grade.to_owned(), line));
        if row.chapter.is_none() {
            let why = "章の見出しが本文にありません。";
            self.report(line, sub, "chapter", Vec::new(), why);
        }
        if sections.is_none() {
            let why = "主な推進担当課の欄が本文にありません。";
            self.report(line, sub, "sections", Vec::new(), why);
        }
        if let Some(odd) = odd {
            let why = "評価の欄の位置にある語が、ほかの行の評価にも凡例にもありません。";
            self.report(line, sub, "grade", vec![odd], why);
        } else if grade.is_none() && sub.is_none() {
            let why = "評価の欄が本文にありません。";
            self.report(line, sub, "grade", Vec::new(), why);
        }
    }

    /// Puts the cells of text of a row each into its column.
    pub(super) fn texts(
        &mut self,
        row: &mut ReformItem,
        line: u32,
        (texts, roles): (&[Vec<Piece>], Option<&[Role]>),
        sub: Option<u32>,
    ) {
        if let Some(roles) = roles {
            self.texts_by_head(row, line, (texts, roles), sub);
            return;
        }
        let filled: Vec<&Vec<Piece>> = if texts.len() == Column::ALL.len() {
            texts.iter().collect()
        } else {
            texts.iter().filter(|cell| !is_empty(cell)).collect()
        };
        let context = Context {
            sub: sub.is_some(),
            content_above: self.content_above,
        };
        let cells: Vec<CellText> = filled.iter().map(|p| CellText::new(p, true)).collect();
        let tenses: Vec<_> = filled
            .iter()
            .zip(&cells)
            .map(|(pieces, cell)| columns::tense(first_text(pieces), cell, self.year))
            .collect();
        let whole = filled.len() == Column::ALL.len();
        let places = columns::settle(&tenses, &cells, context);
        for ((pieces, place), cell) in filled.iter().zip(places).zip(cells) {
            if is_empty(pieces) {
                continue;
            }
            if let Some(from) = notes::repost_cell(first_text(pieces)) {
                row.reposted_from = Some(Cell::printed(from, line));
            }
            match place {
                Some(column) => self.put(row, (column, whole), pieces, cell, sub),
                None => self.report_cell(line, pieces, sub),
            }
        }
        self.report_lost(row, line, sub);
    }

    /// Puts the cells of text where the head of the table says; a column of the paper's own is named.
    fn texts_by_head(
        &mut self,
        row: &mut ReformItem,
        line: u32,
        (texts, roles): (&[Vec<Piece>], &[Role]),
        sub: Option<u32>,
    ) {
        for (index, pieces) in texts.iter().enumerate().filter(|(_, cell)| !is_empty(cell)) {
            let column = match roles.get(index) {
                Some(Role::Content) => Column::Content,
                Some(Role::Plan) => Column::Plan,
                Some(Role::Result) => Column::Result,
                _ => {
                    self.report_cell(line, pieces, sub);
                    continue;
                }
            };
            if let Some(from) = notes::repost_cell(first_text(pieces)) {
                row.reposted_from = Some(Cell::printed(from, line));
            }
            self.put(
                row,
                (column, true),
                pieces,
                CellText::new(pieces, true),
                sub,
            );
        }
        self.report_lost(row, line, sub);
    }

    /// Puts a cell into its column; `whole` where the row has all its columns.
    fn put(
        &mut self,
        row: &mut ReformItem,
        (column, whole): (Column, bool),
        pieces: &[Piece],
        cell: CellText,
        sub: Option<u32>,
    ) {
        let (list, figures) = match column {
            Column::Content => {
                let content = CellText::new(pieces, false).paragraphs;
                extend(&mut row.content, content, whole);
                return;
            }
            Column::Plan => (&mut row.plan, &mut row.plan_figures),
            Column::Result => (&mut row.result, &mut row.result_figures),
        };
        extend(list, cell.paragraphs, whole);
        if let Some(closing) = cell.figures {
            self.report_year(column, &closing, sub);
            *figures = Some(figure_cell(closing, whole));
        }
        if let Some(doubtful) = cell.doubtful {
            let line = pieces.last().map_or(0, |piece| piece.line);
            let field = format!("{}_figures", column.field());
            let why = "末尾のかっこが数値の欄か文の補足かを判別できません。";
            self.report(line, sub, &field, vec![doubtful], why);
        }
    }

    /// Figures without parentheses in the result that name the budget may be the plan's.
    fn report_year(&mut self, column: Column, closing: &Closing, sub: Option<u32>) {
        let bare = !closing.text.starts_with(['(', '（']);
        if bare && column == Column::Result && closing.text.contains("当初予算") {
            let why = "実績の欄の数値に「当初予算」とあり、目標値の可能性があります。";
            let candidates = vec![closing.text.clone()];
            self.report(closing.line, sub, "plan_figures", candidates, why);
        }
    }

    fn report_cell(&mut self, line: u32, pieces: &[Piece], sub: Option<u32>) {
        let text = pieces.iter().map(|piece| piece.text.trim()).collect();
        let why = "この行は欄が欠けており、文からはどの欄のものかを判別できません。";
        self.report(line, sub, "text", vec![text], why);
    }

    fn report_lost(&mut self, row: &ReformItem, line: u32, sub: Option<u32>) {
        let lists = [&row.content, &row.plan, &row.result];
        for (column, list) in Column::ALL.iter().zip(lists) {
            if list.is_none() {
                let why = format!("{}の欄が本文にありません。", column.title());
                self.report(line, sub, column.field(), Vec::new(), &why);
            }
        }
    }
}

fn is_empty(cell: &[Piece]) -> bool {
    cell.iter().all(|piece| piece.text.is_empty())
}

fn first_text(cell: &[Piece]) -> &str {
    cell.first().map_or("", |piece| piece.text.as_str())
}

fn extend(list: &mut Option<Vec<Cell<String>>>, paragraphs: Vec<Cell<String>>, whole: bool) {
    let list = list.get_or_insert_default();
    list.extend(paragraphs.into_iter().map(|mut paragraph| {
        if !whole {
            paragraph.0.settled = Settled::Layout;
        }
        paragraph
    }));
}

fn figure_cell(closing: Closing, whole: bool) -> Cell<String> {
    if whole && closing.apart {
        Cell::printed(closing.text, closing.line)
    } else {
        Cell::layout(closing.text, closing.line)
    }
}

/// The endings by which a part before `・` is surely a whole section: `男女参画・協働推進課` is one,
/// and so may be `保育園・学校係` or `会計・契約課`.
const WHOLE: [&str; 8] = [
    "課",
    "室",
    "局",
    "担当",
    "センター",
    "事務所",
    "委員会",
    "係",
];

/// Splits `政策課・財政室`, where every part ends like a section.
fn dotted_sections(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split('・').map(str::trim).collect();
    let whole = |part: &&str| {
        part.chars().nth(1).is_some() && WHOLE.iter().any(|ending| part.ends_with(ending))
    };
    let all = parts.len() > 1 && parts.iter().all(whole);
    if all { parts } else { vec![text] }
}

fn section_cells(text: &str, line: u32) -> Vec<Cell<String>> {
    if is_dash_cell(text) {
        return Vec::new();
    }
    split_sections(text)
        .into_iter()
        .flat_map(dotted_sections)
        .map(|section| Cell::printed(section.to_owned(), line))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::dotted_sections;

    #[test]
    fn a_dot_parts_whole_sections_only() {
        assert_eq!(dotted_sections("観光課・財政室"), ["観光課", "財政室"]);
        assert_eq!(dotted_sections("観光課・港湾センター・選挙係").len(), 3);
        for one in [
            "共生・男女参画課",
            "室・観光課",
            "財政課・",
            "財政課",
            "保育園・学校係",
        ] {
            assert_eq!(dotted_sections(one), [one]);
        }
    }
}
