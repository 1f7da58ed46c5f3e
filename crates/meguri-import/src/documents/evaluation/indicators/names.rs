//! Numbers, names, sub-names and notes of the indicators, and all lines of figures in text order.

use super::line::{Kind, Series, is_value, labelled, unlabelled};
use super::years::Columns;
use crate::documents::evaluation::EvaluationIndicator;
use crate::documents::evaluation::form::{is_caption, is_table_head, squash};
use crate::documents::evaluation::pages::{Block, Page, TextLine};
use crate::printed::{Cell, Unresolved};
use crate::text::bullets::after_bullet;
use crate::text::join::push_wrapped;
use meguri_core::text::{is_dash_cell, whole_number};

/// An indicator, or one of several of the same name, before its lines are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    pub(super) no: Option<Cell<u32>>,
    pub(super) name: Option<Cell<String>>,
    pub(super) sub: Option<Cell<String>>,
    pub(super) notes: Vec<Cell<String>>,
    pub(super) line: u32,
    /// Its place in the text.
    order: usize,
    /// The labelled line right behind its name, by its index.
    pub(super) anchor: Option<usize>,
    /// The first line of targets behind its name and before any other name.
    pub(super) target: Option<usize>,
    /// A sub-name stands behind its name, before any targets.
    before_sub: bool,
    /// All lines of targets behind its name and before the next name.
    targets: Vec<usize>,
}

/// What the pages hold of indicators.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) series: Vec<Series>,
    pub(super) slots: Vec<Slot>,
    /// `※1 …`, one each.
    pub(super) notes: Vec<Cell<String>>,
    /// Years of measuring, each with the line of targets before it.
    pub(super) measuring: Vec<(Cell<String>, Option<usize>)>,
    last_target: Option<usize>,
    /// The first targets, where they stand before any name.
    first_targets: Option<usize>,
    subs: Vec<Slot>,
    order: usize,
    /// What stands last, for what follows it.
    last: Last,
    /// The last name or sub-name: nothing, or whether it is a sub-name, until its targets come.
    awaiting: Option<bool>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Other,
    Name,
    Sub,
}

/// Collects names, lines and notes in text order.
pub(super) fn collect(pages: &[Page<'_>], texts: &[Cell<String>], columns: &Columns) -> Found {
    let mut found = Found::default();
    let pages: Vec<&Page<'_>> = pages
        .iter()
        .filter(|page| !page.marks.list || page.marks.results)
        .collect();
    let units = units(&pages);
    for block in pages.iter().flat_map(|page| &page.blocks) {
        let first = block.first().map_or(0, |line| line.number);
        match texts
            .binary_search_by_key(&first, Cell::line)
            .ok()
            .and_then(|at| texts.get(at))
        {
            Some(text) => found.push_sub(text),
            None => found.take_block(block, &units),
        }
    }
    dash_units(&mut found.series, columns);
    let most = columns.years.len().max(1) * 4;
    found.series.retain(|line| line.values.len() <= most);
    found.settle_late_name();
    found.spread_subs();
    found
        .slots
        .sort_by_key(|slot| (slot.no.as_ref().map_or(0, |no| *no.value()), slot.order));
    found
}

/// A dash in the column of units: `目標 - - 3 4 5 6` has one cell more than base year and years, and
/// the lines right behind it may have the same.
fn dash_units(series: &mut [Series], columns: &Columns) {
    let mut dashed = false;
    for line in series {
        let cells = match line.kind {
            Some(Kind::Target) => columns.years.len() + 2,
            Some(_) if dashed => columns.known + 2,
            _ => usize::MAX,
        };
        let dash = line
            .values
            .first()
            .is_some_and(|value| is_dash_cell(value.value()));
        let fits = line.unit.is_none() && dash && !columns.years.is_empty();
        let unit = fits && line.values.len() == cells;
        if unit {
            line.values.remove(0);
        }
        dashed = if line.kind == Some(Kind::Target) {
            unit
        } else {
            dashed
        };
    }
}

/// The units of all lines with a label.
fn units(pages: &[&Page<'_>]) -> Vec<String> {
    let lines = pages.iter().flat_map(|page| page.lines());
    let mut units: Vec<String> = lines
        .filter_map(|line| Some(labelled(line.text, line.number)?.unit?.value().clone()))
        .collect();
    units.sort();
    units.dedup();
    units
}

impl Found {
    fn take_block(&mut self, block: &Block<'_>, units: &[String]) {
        let mut lines = block.iter().copied().peekable();
        while let Some(line) = lines.next() {
            let alone = lines.peek().is_none();
            if let Some(series) = labelled(line.text, line.number) {
                self.push_series(series);
            } else if is_note(line.text) {
                self.push_notes(line);
            } else if is_measuring(line.text) {
                self.push_measuring(line);
            } else if let Some((number, name)) = numbered(line.text, alone) {
                let mut slot = self.slot(line.number);
                slot.no = Some(Cell::printed(number, line.number));
                let mut name = name.to_owned();
                let mut name_line = line.number;
                while let Some(more) = lines.next_if(|next| is_part_of_name(next.text)) {
                    if more.text.starts_with('※') {
                        slot.notes
                            .push(Cell::printed(more.text.to_owned(), more.number));
                        continue;
                    }
                    if name.is_empty() {
                        name_line = more.number;
                    }
                    push_wrapped(&mut name, more.text);
                }
                if !name.is_empty() {
                    slot.name = Some(Cell::printed(name, name_line));
                    self.slots.push(slot);
                    self.last = Last::Name;
                    self.awaiting = Some(false);
                }
            } else if let Some(series) = unlabelled(line.text, units, line.number) {
                self.push_series(series);
            }
        }
    }

    fn slot(&mut self, line: u32) -> Slot {
        self.order += 1;
        Slot {
            line,
            order: self.order,
            ..Slot::default()
        }
    }

    fn push_series(&mut self, mut series: Series) {
        self.order += 1;
        series.order = self.order;
        let index = self.series.len();
        let owner = match self.last {
            Last::Name => self.slots.last_mut(),
            Last::Sub => self.subs.last_mut(),
            Last::Other => None,
        };
        // The end of a cut line may stand anywhere; a line with its label stands by its name.
        if let Some(owner) = owner.filter(|_| series.kind.is_some()) {
            owner.anchor = Some(index);
        }
        if series.kind == Some(Kind::Target) {
            self.take_target(index);
        }
        if series.kind.is_some() {
            self.last = Last::Other;
        }
        self.series.push(series);
    }

    fn take_target(&mut self, index: usize) {
        self.last_target = Some(index);
        if self.slots.is_empty() {
            self.first_targets = self.first_targets.or(Some(index));
        }
        let awaiting = self.awaiting.take();
        let subs = awaiting.is_some_and(|sub| sub);
        let owner = if subs {
            self.subs.last_mut()
        } else {
            self.slots.last_mut()
        };
        if let Some(owner) = owner.filter(|_| awaiting.is_some()) {
            owner.target = Some(index);
        }
        if let Some(name) = self.slots.last_mut() {
            name.targets.push(index);
        }
    }

    fn push_sub(&mut self, text: &Cell<String>) {
        let waiting = self.awaiting == Some(false);
        if let Some(name) = self.slots.last_mut().filter(|_| waiting) {
            name.before_sub = true;
        }
        let mut slot = self.slot(text.line());
        slot.sub = Some(text.clone());
        self.subs.push(slot);
        self.last = Last::Sub;
        self.awaiting = Some(true);
    }

    /// `（※1 …、※2 …）`: one note for each mark.
    fn push_notes(&mut self, line: TextLine<'_>) {
        let text = line.text.trim_start_matches(['(', '（']);
        let text = text.strip_suffix(['）', ')']).unwrap_or(text);
        for part in text.split('※').filter(|part| !part.trim().is_empty()) {
            let part = part.trim_end_matches(['、', '，', ' ', '\u{3000}']);
            let note = format!("※{}", part.replace('\u{3000}', " "));
            self.notes.push(Cell::printed(note, line.number));
        }
    }

    /// `(平成30年度) (令和元年度)`: years of measuring, under the lines above them.
    fn push_measuring(&mut self, line: TextLine<'_>) {
        let label = Cell::layout(line.text.to_owned(), line.number);
        self.measuring.push((label, self.last_target));
    }

    /// Does a name come behind its own targets: with targets before any name, out of its order?
    fn is_late(&self, before: Option<&Slot>, slot: &Slot) -> bool {
        let number = |slot: &Slot| slot.no.as_ref().map_or(0, |no| *no.value());
        self.first_targets.is_some() && before.is_some_and(|before| number(before) > number(slot))
    }

    /// Gives the targets that stand before any name to the name that comes late.
    fn settle_late_name(&mut self) {
        let late = (1..self.slots.len()).find(|at| {
            let before = at.checked_sub(1).and_then(|at| self.slots.get(at));
            self.slots
                .get(*at)
                .is_some_and(|slot| self.is_late(before, slot))
        });
        if let Some(slot) = late.and_then(|at| self.slots.get_mut(at)) {
            slot.target = self.first_targets;
        }
    }

    /// The names that have sub-names, by their places: those with one behind them before any
    /// targets; without any such, all.
    fn names_with_subs(&self) -> Vec<(usize, usize)> {
        let mut names = Vec::new();
        for (index, slot) in self.slots.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|at| self.slots.get(at));
            // A name that comes late may stand between another and its sub-names.
            if !self.is_late(before, slot) {
                names.push((slot.order, index, slot.before_sub));
            }
        }
        let marked = names.iter().any(|name| name.2);
        names
            .into_iter()
            .filter(|name| !marked || name.2)
            .map(|(order, index, _)| (order, index))
            .collect()
    }

    /// Gives the sub-names to their indicator: the one with a sub-name right behind it.
    fn spread_subs(&mut self) {
        if self.slots.is_empty() {
            return;
        }
        let marked = self.names_with_subs();
        let mut given = vec![0; self.slots.len()];
        for sub in std::mem::take(&mut self.subs) {
            let at = marked.partition_point(|(order, _)| *order < sub.order);
            let owner = at
                .checked_sub(1)
                .and_then(|at| marked.get(at))
                .or(marked.first());
            let Some(index) = owner.map(|(_, index)| *index) else {
                continue;
            };
            let Some(owner) = self.slots.get(index).cloned() else {
                continue;
            };
            let Some(rank) = given.get_mut(index) else {
                continue;
            };
            let mut slot = Slot {
                no: owner.no,
                name: owner.name,
                notes: owner.notes,
                ..sub
            };
            if owner.target.is_some() {
                // The targets follow the name at once: the sub-names behind them are in their order.
                slot.target = owner.targets.get(*rank).copied();
                slot.anchor = slot.target;
            }
            *rank += 1;
            self.slots.push(slot);
        }
        let mut given = given.into_iter();
        self.slots.retain(|_| given.next().unwrap_or(0) == 0);
    }
}

/// `1 自主防災組織の組織数`; a number alone only where a name follows in its block.
fn numbered(text: &str, alone: bool) -> Option<(u32, &str)> {
    let (number, name) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let value = whole_number(number).filter(|n| (1..100).contains(n))?;
    let name = name.trim();
    if name.is_empty() {
        return (!alone).then_some((value, ""));
    }
    let words = name.split_whitespace();
    let begins = !name.starts_with(['(', '（', '-', '%', '％']) && !is_value(name);
    let figures = words.clone().filter(|word| is_value(word)).count();
    (begins && figures * 2 < words.count() + 1).then_some((value, name))
}

/// A line that goes on with a name or remarks on it.
fn is_part_of_name(text: &str) -> bool {
    let squashed = squash(text);
    labelled(text, 0).is_none()
        && unlabelled(text, &[], 0).is_none()
        && numbered(text, true).is_none()
        && !is_measuring(text)
        && !squashed.starts_with("(※")
        && after_bullet(text).is_none()
        && !is_table_head(&squashed)
        && !is_caption(&squashed)
        && !squashed.contains('。')
}

fn is_note(text: &str) -> bool {
    let text = text.trim_start_matches(['(', '（']);
    text.starts_with('※')
}

/// Words that are all years in brackets.
fn is_measuring(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    words.peek().is_some()
        && words.all(|word| {
            word.starts_with(['(', '（'])
                && word.ends_with(['）', ')'])
                && word.contains('年')
                && word.chars().count() <= 20
        })
}

/// Gives every note to the indicators whose values bear its mark.
pub(super) fn add_notes(
    notes: &[Cell<String>],
    indicators: &mut [EvaluationIndicator],
    place: &str,
    unresolved: &mut Vec<Unresolved>,
) {
    for note in notes {
        let text = note.value();
        let digits = text
            .chars()
            .skip(1)
            .take_while(|c| whole_number(&c.to_string()).is_some());
        let mark = format!("※{}", digits.collect::<String>());
        let mut owned = false;
        for one in indicators.iter_mut().filter(|one| bears(one, &mark)) {
            one.notes.push(note.clone());
            owned = true;
        }
        if !owned {
            unresolved.push(Unresolved {
                place: place.to_owned(),
                field: "notes".to_owned(),
                candidates: vec![text.clone()],
                why: "注記の印（※）が付いた値が見つかりません。".to_owned(),
                line: note.line(),
            });
        }
    }
}

/// Does a value bear the mark, and not a longer one?
fn bears(indicator: &EvaluationIndicator, mark: &str) -> bool {
    let years = [&indicator.target, &indicator.actual, &indicator.rate];
    let cells = years
        .iter()
        .flat_map(|row| row.0.iter().filter_map(|(_, cell)| cell.as_ref()))
        .chain(&indicator.baseline);
    cells.into_iter().any(|cell| {
        cell.value().match_indices(mark).any(|(at, found)| {
            let behind = cell.value().get(at + found.len()..).unwrap_or("");
            !behind.starts_with(|c: char| whole_number(&c.to_string()).is_some())
        })
    })
}
