//! A row as it is printed, whole or in pieces.

use super::super::layout::{budget, head, printed_name, whole_row};
use super::super::model::{Book, Project};
use super::super::prose::wrap;
use super::super::tears::{Tear, Torn};
use super::plan::Form;
use crate::words::commas;

/// Names longer than this many characters fill two lines, where lines are torn.
const LONG_NAME: usize = 24;

/// What the rows of a page are made of.
#[derive(Default)]
pub(super) struct Made {
    /// Pieces that stay together.
    pub(super) units: Vec<Vec<String>>,
    /// Pieces that stand anywhere among them.
    pub(super) loose: Vec<String>,
    /// Pieces that stand after all rows.
    pub(super) ends: Vec<String>,
    /// A piece that stands on the next page.
    pub(super) carried: Option<String>,
}

impl Made {
    /// Prints the row at `at`, with those that are torn together with it.
    pub(super) fn row(
        &mut self,
        book: &Book,
        rows: &[Project],
        at: usize,
        forms: &[Form],
        torn: &Torn,
    ) {
        let form = forms.get(at).copied().unwrap_or(Form::Whole);
        let Some(row) = rows.get(at) else { return };
        let next = rows.get(at + 1).unwrap_or(row);
        let after = rows.get(at + 2).unwrap_or(row);
        let wrapped = torn.has(Tear::NameOverTwoLines);
        let stars = !torn.has(Tear::StarsFirst);
        let (mine, unit) = match form {
            Form::Follows => return,
            Form::Whole => {
                let row = whole(book, row, wrapped, stars);
                self.units.push(vec![row]);
                return;
            }
            Form::Pair => (vec![row, next], pair(row, next, wrapped)),
            Form::Around => (vec![row, next, after], around(row, next, after)),
            Form::Torn(tear) => (vec![row], self.torn(row, tear)),
        };
        let starred = mine.iter().filter(|row| row.starred && stars);
        let mut chunks: Vec<String> = starred.map(|_| "★".to_owned()).collect();
        chunks.extend(unit);
        self.units.push(chunks);
    }

    /// A row that is torn alone: the pieces that stay in its place.
    fn torn(&mut self, row: &Project, tear: Tear) -> Vec<String> {
        match tear {
            Tear::ReversedRow | Tear::HalfReversedRow => {
                self.loose.push(row.no.to_string());
                reversed(row, tear == Tear::HalfReversedRow)
            }
            Tear::LoneSection => {
                self.loose.push(row.section.to_owned());
                let name = printed_name(row);
                vec![format!("{} {name} {} {}", row.no, budget(row), coded(row))]
            }
            Tear::LoneMoku => {
                self.loose.push(row.moku.clone());
                vec![format!("{} {}", head(row), cut_budget(row)), coded(row)]
            }
            Tear::LoneNumber => {
                self.loose.push(row.no.to_string());
                let name = printed_name(row);
                let budget = budget(row);
                vec![format!("{name} {} {budget} {}", row.section, coded(row))]
            }
            Tear::CodeTailApart => {
                self.loose.push(coded(row));
                vec![format!("{} {}", head(row), budget(row))]
            }
            Tear::ScatteredRow => self.scattered(row),
            Tear::TwoLostTails => {
                let place = if row.cost % 2 == 0 {
                    0
                } else {
                    self.ends.len()
                };
                self.ends.insert(place, tail(row));
                vec![format!("{} {} {}", head(row), budget(row), row.code)]
            }
            Tear::LooseDirections => {
                self.loose.push(row.trend.to_owned());
                vec![without_direction(row)]
            }
            Tear::DirectionOnNextPage => {
                self.carried = Some(row.trend.to_owned());
                vec![without_direction(row)]
            }
            _ => together(row, tear),
        }
    }

    /// [`Tear::ScatteredRow`].
    fn scattered(&mut self, row: &Project) -> Vec<String> {
        let account = format!("{} {}{}", row.section, row.mark, row.kan);
        self.loose.push(account);
        self.loose
            .push(format!("{} {}", row.code, commas(row.cost)));
        self.loose.push(row.trend.to_owned());
        let name = printed_name(row);
        vec![format!("{} {name} {} {}", row.no, row.kou, row.moku)]
    }
}

/// A row whose pieces stay in its place.
fn together(row: &Project, tear: Tear) -> Vec<String> {
    match tear {
        Tear::TailBeforeHead => tail_before_head(row),
        Tear::NumberAtEnd => number_at_end(row),
        Tear::MokuCodeNumber => moku_code_number(row),
        Tear::DirectionSection => direction_section(row),
        Tear::SectionCodeNumber => section_code_number(row),
        Tear::BudgetApart => budget_apart(row),
        Tear::CutAfterSection => cut_after_section(row),
        Tear::RowInPieces => row_in_pieces(row),
        _ => vec![whole_row(row)],
    }
}

/// A row that is not torn, with its star.
fn whole(book: &Book, row: &Project, wrapped: bool, stars: bool) -> String {
    let text = format!("{} {} {}", long_head(row, wrapped), budget(row), coded(row));
    match (row.starred && stars, book.star_first) {
        (false, _) => text,
        (true, true) => format!("★ {text}"),
        (true, false) => {
            let number = row.no.to_string();
            let rest = text.strip_prefix(&number).unwrap_or_default();
            format!("{number} ★{rest}")
        }
    }
}

/// Number, name and section; a long name under its number ([`Tear::NameOverTwoLines`]).
fn long_head(row: &Project, wrapped: bool) -> String {
    let name = printed_name(row);
    if !wrapped || name.chars().count() <= LONG_NAME {
        return head(row);
    }
    let lines = wrap(&name, LONG_NAME).join("\n");
    format!("{}\n{lines} {}", row.no, row.section)
}

/// Code, cost and direction.
fn coded(row: &Project) -> String {
    format!("{} {}", row.code, tail(row))
}

/// Cost and direction.
fn tail(row: &Project) -> String {
    format!("{} {}", commas(row.cost), row.trend)
}

/// 款 and 項 without 目.
fn cut_budget(row: &Project) -> String {
    format!("{}{} {}", row.mark, row.kan, row.kou)
}

fn without_direction(row: &Project) -> String {
    let cost = commas(row.cost);
    format!("{} {} {} {cost}", head(row), budget(row), row.code)
}

/// [`Tear::TornPair`].
fn pair(row: &Project, next: &Project, wrapped: bool) -> Vec<String> {
    vec![
        coded(row),
        format!(
            "{} {} {}",
            long_head(next, wrapped),
            budget(next),
            next.code
        ),
        format!("{} {}", long_head(row, wrapped), budget(row)),
        tail(next),
    ]
}

/// [`Tear::TornAroundRow`].
fn around(row: &Project, next: &Project, after: &Project) -> Vec<String> {
    vec![
        tail(after),
        whole_row(row),
        format!("{} {} {}", head(after), budget(after), after.code),
        format!("{} {}", head(next), budget(next)),
        coded(next),
    ]
}

/// [`Tear::TailBeforeHead`].
fn tail_before_head(row: &Project) -> Vec<String> {
    vec![format!("{}{} {}", coded(row), head(row), budget(row))]
}

/// [`Tear::NumberAtEnd`].
fn number_at_end(row: &Project) -> Vec<String> {
    let name = printed_name(row);
    vec![
        format!("{name} {} {}", row.section, budget(row)),
        format!("{}{}", coded(row), row.no),
    ]
}

/// [`Tear::MokuCodeNumber`].
fn moku_code_number(row: &Project) -> Vec<String> {
    let head = head(row);
    vec![
        format!("{} {}{head} {}", row.moku, row.code, cut_budget(row)),
        tail(row),
    ]
}

/// [`Tear::DirectionSection`].
fn direction_section(row: &Project) -> Vec<String> {
    vec![
        format!("{}{} {} {}", tail(row), row.section, budget(row), row.code),
        format!("{} {}", row.no, printed_name(row)),
    ]
}

/// [`Tear::SectionCodeNumber`].
fn section_code_number(row: &Project) -> Vec<String> {
    vec![
        printed_name(row),
        format!("{} {} {}{}", row.section, budget(row), row.code, row.no),
        tail(row),
    ]
}

/// [`Tear::BudgetApart`].
fn budget_apart(row: &Project) -> Vec<String> {
    let name = printed_name(row);
    vec![
        format!("{name} {} {}", row.section, cut_budget(row)),
        format!("{} {}{}", row.moku, row.code, row.no),
        tail(row),
    ]
}

/// [`Tear::CutAfterSection`].
fn cut_after_section(row: &Project) -> Vec<String> {
    let mut pieces = vec![head(row), format!("{} {}", budget(row), coded(row))];
    if row.no.is_multiple_of(2) {
        pieces.reverse();
    }
    pieces
}

/// [`Tear::RowInPieces`].
fn row_in_pieces(row: &Project) -> Vec<String> {
    vec![
        format!("{} {}", row.no, printed_name(row)),
        format!("{} {}", row.section, cut_budget(row)),
        format!("{} {}", row.moku, row.code),
        tail(row),
    ]
}

/// [`Tear::ReversedRow`] and [`Tear::HalfReversedRow`].
fn reversed(row: &Project, half: bool) -> Vec<String> {
    let right = format!("{}{}{}{}", row.trend, commas(row.cost), row.code, row.moku);
    let left = format!("{}{}{}{}", row.kou, row.kan, row.section, row.name);
    if half {
        vec![right, left]
    } else {
        vec![format!("{right}{left}")]
    }
}
