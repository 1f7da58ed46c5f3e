//! A piece of the list of projects: a whole row, its head, or what has come away from it.

use super::tokens::{Kind, Token, tokens};
use crate::documents::evaluation::vocabulary::Vocabulary;
use crate::printed::Cell;
use crate::text::sections::is_section_name;
use meguri_core::source::Settled;
use meguri_core::text::{narrow, whole_number};

/// A row as far as one piece of text holds it.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Piece {
    /// Its place among the pieces of the sheet.
    pub(in super::super) order: usize,
    /// Its first line.
    pub(in super::super) line: u32,
    pub(in super::super) no: Option<Cell<u32>>,
    pub(in super::super) name: Option<Cell<String>>,
    pub(in super::super) reposted: bool,
    pub(in super::super) section: Option<Cell<String>>,
    /// The account before 款, as printed: `介`.
    pub(in super::super) account: Option<Cell<String>>,
    /// Parts of 款, 項, 目 in this order; fewer than three where the rest has come away.
    pub(in super::super) budget: Vec<Cell<String>>,
    pub(in super::super) code: Option<Cell<String>>,
    /// As printed.
    pub(in super::super) cost: Option<Cell<String>>,
    pub(in super::super) step: Option<Cell<String>>,
    /// A printed dash stands for its cost: there is none.
    pub(in super::super) no_cost: bool,
    /// Printed dashes: a row of a table without budget items.
    pub(in super::super) dashes: usize,
    /// Its cells came from right to left.
    pub(in super::super) reversed: bool,
    /// Its code came before its name.
    pub(in super::super) code_first: bool,
    /// The page of the sheet on which it stands, from 0.
    pub(in super::super) page: usize,
}

impl Piece {
    /// A row or its head, and not what came away from one.
    pub(in super::super) const fn is_row(&self) -> bool {
        self.name.is_some()
    }

    /// One small number and nothing else.
    pub(in super::super) fn is_lone_number(&self) -> bool {
        self.no.is_some() && self.holds() == 0
    }

    /// Only an amount, with a next step or without.
    pub(in super::super) fn is_cost_tail(&self) -> bool {
        self.cost.is_some() && self.holds() == 1 + usize::from(self.step.is_some())
    }

    /// An amount, or a dash in its place.
    pub(in super::super) const fn has_cost(&self) -> bool {
        self.cost.is_some() || self.no_cost
    }

    /// Only a next step.
    pub(in super::super) fn is_lone_step(&self) -> bool {
        self.step.is_some() && self.holds() == 1 && self.no.is_none()
    }

    /// How many fields besides its number it holds.
    pub(in super::super) fn holds(&self) -> usize {
        usize::from(self.name.is_some())
            + usize::from(self.section.is_some())
            + self.budget.len()
            + usize::from(self.code.is_some())
            + usize::from(self.has_cost())
            + usize::from(self.step.is_some())
            + self.dashes
    }

    /// Would the other piece fill only fields that this one lacks?
    pub(in super::super) fn lacks_all_of(&self, other: &Self) -> bool {
        let free = |a: bool, b: bool| !(a && b);
        // A row with dashes for its budget item lacks nothing of it.
        self.dashes < 3
            && free(self.name.is_some(), other.name.is_some())
            && free(self.section.is_some(), other.section.is_some())
            && free(self.code.is_some(), other.code.is_some())
            && free(self.has_cost(), other.has_cost())
            && free(self.step.is_some(), other.step.is_some())
            && free(self.account.is_some(), other.account.is_some())
            && self.budget.len() + other.budget.len() <= 3
            && match (&self.no, &other.no) {
                (Some(a), Some(b)) => a.value() == b.value(),
                _ => true,
            }
    }

    /// Takes over the fields of a piece that belongs here, settled in the given way.
    pub(in super::super) fn take(&mut self, other: Self, settled: Settled) {
        let leading = other.account.is_some() || (other.section.is_some() && other.code.is_none());
        take_cell(&mut self.no, other.no, settled);
        take_cell(&mut self.name, other.name, settled);
        take_cell(&mut self.section, other.section, settled);
        take_cell(&mut self.code, other.code, settled);
        take_cell(&mut self.cost, other.cost, settled);
        take_cell(&mut self.step, other.step, settled);
        take_cell(&mut self.account, other.account, settled);
        self.reposted |= other.reposted;
        self.no_cost |= other.no_cost;
        let mut parts = other.budget;
        for part in &mut parts {
            part.0.settled = settled;
        }
        if leading {
            // 款 stands right behind the section: `介3` came away from `1 2`.
            parts.append(&mut self.budget);
            self.budget = parts;
        } else {
            self.budget.append(&mut parts);
        }
    }

    /// Its text, for a person who has to find its place.
    pub(in super::super) fn text(&self) -> String {
        let mut parts: Vec<&str> = Vec::new();
        let number = self.no.as_ref().map(|no| no.value().to_string());
        parts.extend(number.as_deref());
        let cell = |cell: &'_ Option<Cell<String>>| -> Option<String> {
            cell.as_ref().map(|c| c.value().clone())
        };
        let texts: Vec<String> = [cell(&self.name), cell(&self.section), cell(&self.account)]
            .into_iter()
            .flatten()
            .chain(self.budget.iter().map(|part| part.value().clone()))
            .chain(
                [cell(&self.code), cell(&self.cost), cell(&self.step)]
                    .into_iter()
                    .flatten(),
            )
            .collect();
        parts.extend(texts.iter().map(String::as_str));
        parts.join(" ")
    }
}

fn take_cell<T>(mine: &mut Option<Cell<T>>, theirs: Option<Cell<T>>, settled: Settled) {
    if mine.is_none()
        && let Some(mut cell) = theirs
    {
        cell.0.settled = settled;
        *mine = Some(cell);
    }
}

/// The pieces of one line of the list; mostly one, two where two rows are glued together.
pub(super) fn pieces(line: &str, number: u32, vocabulary: &Vocabulary) -> Vec<Piece> {
    let (mut tokens, reversed) = tokens(line, vocabulary);
    for token in &mut tokens {
        token.text = token.text.trim_matches(is_star).to_owned();
    }
    tokens.retain(|token| !token.text.is_empty());
    let texts = |token: &Token| token.kind == Kind::Text;
    let (Some(first), Some(last)) = (
        tokens.iter().position(texts),
        tokens.iter().rposition(texts),
    ) else {
        let mut piece = figures(&tokens, number, false);
        piece.reversed = reversed;
        return vec![piece];
    };
    let (ahead, rest) = tokens.split_at(first);
    let (text, behind) = rest.split_at(last + 1 - first);
    let mut before = figures(ahead, number, true);
    let mut row = figures(behind, number, false);
    let place = Place {
        with_budget: !row.budget.is_empty(),
        numbered: before.no.is_some(),
        line: number,
    };
    name_and_section(text, place, vocabulary, &mut row);
    take_account_word(&mut row, vocabulary);
    row.reversed = reversed;
    // The number before the name is the row's own; one behind all of it is the next row's.
    if before.no.is_some() {
        row.no = before.no.take();
    }
    if before.holds() == 0 {
        return vec![row];
    }
    if row.lacks_all_of(&before) {
        row.code_first = before.code.is_some();
        row.take(before, Settled::Layout);
        return vec![row];
    }
    vec![before, row]
}

const fn is_star(c: char) -> bool {
    matches!(c, '★' | '☆')
}

/// Reads figures before a name (`ahead`) or behind it.
fn figures(tokens: &[Token], line: u32, ahead: bool) -> Piece {
    let mut piece = Piece {
        line,
        ..Piece::default()
    };
    let cell = |text: &str| Some(Cell::printed(text.to_owned(), line));
    let mut small: Vec<&str> = Vec::new();
    for token in tokens {
        match token.kind {
            Kind::Small => small.push(&token.text),
            Kind::AccountKan => {
                let digits = narrow(&token.text);
                let at = digits.chars().take_while(|c| !c.is_ascii_digit()).count();
                piece.account = Some(Cell::printed(token.text.chars().take(at).collect(), line));
                let kan: String = token.text.chars().skip(at).collect();
                piece.budget.push(Cell::printed(kan, line));
            }
            Kind::Code if piece.code.is_none() => {
                take_small(&mut piece, &mut small, line);
                piece.code = cell(&token.text);
            }
            Kind::Code | Kind::Cost => piece.cost = piece.cost.take().or_else(|| cell(&token.text)),
            Kind::Step => piece.step = piece.step.take().or_else(|| cell(&token.text)),
            Kind::OwnNumber => {
                piece.no = whole_number(&token.text).map(|n| Cell::printed(n, line));
            }
            Kind::Dash if piece.code.is_some() && piece.cost.is_none() && !piece.no_cost => {
                piece.no_cost = true;
            }
            Kind::Dash => piece.dashes += 1,
            Kind::Text => {}
        }
    }
    let alone = piece.holds() == 0 && small.len() == 1;
    let number_last = ahead || alone;
    if number_last && let Some(number) = small.pop() {
        piece.no = whole_number(number).map(|n| Cell::printed(n, line));
    }
    take_small(&mut piece, &mut small, line);
    piece
}

/// Takes small numbers as parts of the budget item, three at the most.
fn take_small(piece: &mut Piece, small: &mut Vec<&str>, line: u32) {
    for part in small.drain(..) {
        if piece.budget.len() < 3 {
            piece.budget.push(Cell::printed(part.to_owned(), line));
        }
    }
}

/// What stands around the running text of a row.
#[derive(Clone, Copy)]
struct Place {
    /// A part of the budget item behind it.
    with_budget: bool,
    /// A number before it.
    numbered: bool,
    line: u32,
}

/// Splits the running text of a row into its name and its section.
fn name_and_section(text: &[Token], place: Place, vocabulary: &Vocabulary, row: &mut Piece) {
    let Place {
        with_budget,
        numbered,
        line,
    } = place;
    let mut words: Vec<&str> = text.iter().map(|token| token.text.as_str()).collect();
    let account = words
        .last()
        .filter(|w| with_budget && words.len() > 1 && vocabulary.accounts.contain(w))
        .copied();
    if let Some(account) = account {
        words.pop();
        row.account = Some(Cell::printed(account.to_owned(), line));
    }
    let known = |word: &str| vocabulary.sections.contains(&narrow(word));
    // A section may stand without the name; a name before a budget item does not end like one.
    let special = row.account.is_some() && words.len() == 1;
    let alone = |w: &str| {
        let section = is_section_name(w) || (special && !w.contains("事業"));
        with_budget && !numbered && section
    };
    // Behind a name that ends like a project, the rest is its section, whatever it ends in.
    let behind = words
        .iter()
        .rev()
        .nth(1)
        .is_some_and(|w| w.ends_with("事業"));
    let section = words
        .last()
        .filter(|w| {
            known(w)
                || (words.len() > 1 && is_section_name(w))
                || (behind && !w.contains("事業"))
                || alone(w)
        })
        .copied();
    if let Some(section) = section {
        words.pop();
        row.section = Some(Cell::printed(section.to_owned(), line));
    }
    let name = words.join(" ");
    let (name, reposted) = without_repost_mark(&name);
    row.reposted = reposted;
    // A dash glued before the name belongs to another cell.
    let name = name.trim_start_matches('-').trim();
    if !name.is_empty() {
        row.name = Some(Cell::printed(name.to_owned(), line));
    }
}

/// Takes 【再掲】 off a name.
fn without_repost_mark(name: &str) -> (String, bool) {
    for mark in [
        "【再掲】",
        "[再掲]",
        "（再掲）",
        "(再掲)",
        "〔再掲〕",
        "［再掲］",
    ] {
        if name.contains(mark) {
            return (name.replacen(mark, "", 1).trim().to_owned(), true);
        }
    }
    (name.to_owned(), false)
}

/// An account word that stayed as the section of a piece without a name is the account.
fn take_account_word(row: &mut Piece, vocabulary: &Vocabulary) {
    let is_account = row.name.is_none()
        && row
            .section
            .as_ref()
            .is_some_and(|s| vocabulary.accounts.contain(s.value()));
    if is_account {
        row.account = row.section.take();
    }
}
