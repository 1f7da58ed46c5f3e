//! What a returned sheet says against the sheet as it is now.

use super::{CellFault, Conflict};
use crate::actions::cycle::save_draft::{MOST_CHARS, MOST_ROWS, Typed, answers, kept, on_sheet};
use crate::actions::cycle::{At, stage_of_slot};
use crate::context::Context;
use crate::cycle::{Cycle, StepRefused, why_unreadable};
use meguri_core::form::{self, Answer, Body, Question, Slot, clean_line, clean_lines, fill};
use meguri_core::text::name_key;
use meguri_store::Work;
use meguri_workbook::entry::{Answered, ReturnedSheet};
use std::collections::BTreeMap;

/// What a returned sheet says.
#[derive(Clone, Debug, Default)]
pub(super) struct Judged {
    /// The sheet.
    pub(super) sheet: i64,
    /// The answers that change something.
    pub(super) changes: Vec<Typed>,
    /// The answers that others changed meanwhile: what the workbook says, and how it is told.
    pub(super) lost: Vec<(Slot, String, Conflict)>,
    /// What cannot be taken.
    pub(super) faults: Vec<CellFault>,
    /// Cells whose formula is taken by its result.
    pub(super) formulas: Vec<String>,
}

impl Judged {
    pub(super) fn of(sheet: &ReturnedSheet) -> Self {
        Self {
            sheet: sheet.id,
            ..Self::default()
        }
    }

    /// Is there anything to write?
    pub(super) fn is_change(&self) -> bool {
        !(self.changes.is_empty() && self.lost.is_empty())
    }

    pub(super) fn conflicts(&self) -> impl Iterator<Item = Conflict> + '_ {
        self.lost.iter().map(|(_, _, conflict)| conflict.clone())
    }

    /// The same with a fault of the sheet as a whole.
    pub(super) fn with_fault(mut self, sheet: &ReturnedSheet, why: &str) -> Self {
        self.faults.push(CellFault {
            sheet: sheet.id,
            place: format!("「{}」", sheet.label),
            label: String::new(),
            why: why.to_owned(),
            is_place: true,
        });
        self
    }

    /// The same, refused where it should have been written.
    pub(super) fn refused(&self, sheet: &ReturnedSheet, why: &StepRefused) -> Self {
        self.clone()
            .with_fault(sheet, why.to_string().trim_end_matches('。'))
    }
}

/// What a returned sheet says against the sheet as it is now, for somebody.
pub(super) fn judge(
    cycle: &Cycle,
    work: &Work,
    sheet: &ReturnedSheet,
    context: &Context,
) -> Judged {
    let rows = sheet
        .answers
        .iter()
        .filter_map(|answer| answer.slot.listing())
        .max();
    let rows = rows.map_or(0, |row| row + 1).min(MOST_ROWS);
    let blocks = form::blocks(&cycle.form(work), rows);
    let judging = Judging {
        cycle,
        work,
        context,
        rows: labels(&blocks),
        asked: blocks
            .into_iter()
            .flat_map(|block| block.body.into_questions())
            .collect(),
        is_changed: sheet.version != work.version,
    };
    let mut judged = Judged::of(sheet);
    for lost in &sheet.unusable {
        judged.faults.push(CellFault {
            sheet: sheet.id,
            place: lost.place.clone(),
            label: lost.label.clone(),
            why: lost.why.clone(),
            is_place: lost.is_place,
        });
    }
    for answer in &sheet.answers {
        judging.answer(answer, &mut judged);
    }
    judging.readable(sheet, &mut judged);
    judging.permitted(sheet, &mut judged);
    judged
}

/// The names of the rows of tables, by the beginning of their slots.
fn labels(blocks: &[form::Block]) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    for block in blocks {
        match &block.body {
            Body::Indicators(rows) => {
                labels.extend(
                    rows.iter()
                        .map(|row| (format!("indicator.{}", row.item), row.label.clone())),
                );
            }
            Body::Projects(rows) => {
                labels.extend(
                    rows.iter()
                        .map(|row| (format!("project.{}", row.item), row.label.clone())),
                );
            }
            _ => {}
        }
    }
    labels
}

struct Judging<'a> {
    cycle: &'a Cycle,
    work: &'a Work,
    context: &'a Context,
    asked: Vec<Question>,
    rows: BTreeMap<String, String>,
    /// Is there another version since the workbook was made?
    is_changed: bool,
}

impl Judging<'_> {
    fn answer(&self, answer: &Answered, judged: &mut Judged) {
        let question = self
            .asked
            .iter()
            .find(|question| question.slot == answer.slot);
        let typed = normal(question, &answer.typed);
        let was = normal(question, &answer.was);
        if typed == was {
            return;
        }
        let mut fault = |why: String, is_place: bool| {
            judged.faults.push(CellFault {
                sheet: judged.sheet,
                place: answer.place.clone(),
                label: labelled(answer, question),
                why,
                is_place,
            });
        };
        let is_removal = matches!(answer.slot, Slot::Removed { .. });
        if question.is_none() && !is_removal {
            return fault(
                "この欄は、いまのシートにありません。入力用ブックを取り直してください".to_owned(),
                true,
            );
        }
        if self.is_changed && !self.is_same_row(answer) {
            return fault("ブックを取り出したあとに、シートの行が変わりました。入力用ブックを取り直してください".to_owned(), true);
        }
        let has = typed.chars().count();
        if has > MOST_CHARS {
            return fault(
                format!("一つの欄に入力できるのは{MOST_CHARS}字までです（{has}字あります）"),
                false,
            );
        }
        let kept = kept(self.work, &answer.slot);
        let now = kept.map_or_else(
            || on_sheet(&self.asked, &answer.slot),
            |kept| kept.typed.clone(),
        );
        let shown = normal(question, &now);
        if typed == shown {
            return;
        }
        let is_own = kept.is_some_and(|kept| kept.by.who() == self.context.name());
        if shown != was && !is_own {
            let conflict = Conflict {
                sheet: judged.sheet,
                place: answer.place.clone(),
                label: labelled(answer, question),
                now,
                typed: typed.clone(),
                who: kept.map_or_else(String::new, |kept| kept.by.who().to_owned()),
            };
            judged.lost.push((answer.slot.clone(), typed, conflict));
            return;
        }
        if answer.is_formula {
            judged.formulas.push(answer.place.clone());
        }
        judged.changes.push(Typed {
            slot: answer.slot.clone(),
            typed,
            was: now,
        });
    }

    /// Is the row still the one that it was when the workbook was made?
    fn is_same_row(&self, answer: &Answered) -> bool {
        let slot = answer.slot.to_string();
        let mut parts = slot.split('.');
        let key = match (parts.next(), parts.next()) {
            (Some(kind @ ("indicator" | "project")), Some(item)) => format!("{kind}.{item}"),
            _ => return true,
        };
        match self.rows.get(&key).map(String::as_str) {
            Some("") => answer.row.starts_with("追加する事業"),
            Some(label) => clean_line(label) == clean_line(&answer.row),
            None => false,
        }
    }

    /// Adds the answers that cannot be read, with their cells.
    fn readable(&self, sheet: &ReturnedSheet, judged: &mut Judged) {
        let changes = judged.changes.iter();
        let changes: Vec<(Slot, String)> = changes
            .map(|change| (change.slot.clone(), change.typed.clone()))
            .collect();
        let all: BTreeMap<Slot, String> = answers(self.work)
            .into_iter()
            .chain(changes.iter().cloned())
            .collect();
        for fault in fill(&self.cycle.form(self.work), &all).faults {
            let row = fault.slot.listing();
            let is_ours = changes
                .iter()
                .any(|(slot, _)| *slot == fault.slot || row.is_some() && slot.listing() == row);
            let found = sheet
                .answers
                .iter()
                .find(|answer| answer.slot == fault.slot);
            if let (true, Some(answer)) = (is_ours, found) {
                let question = self.asked.iter().find(|q| q.slot == fault.slot);
                judged.faults.push(CellFault {
                    sheet: judged.sheet,
                    place: answer.place.clone(),
                    label: labelled(answer, question),
                    why: why_unreadable(&fault.why),
                    is_place: false,
                });
            }
        }
    }

    /// Adds why the person may not write what they changed.
    fn permitted(&self, sheet: &ReturnedSheet, judged: &mut Judged) {
        let at = At::new(self.cycle, self.context, self.work);
        let slots = judged.changes.iter().map(|change| &change.slot);
        let slots = slots.chain(judged.lost.iter().map(|(slot, _, _)| slot));
        let mut stages: Vec<String> = slots
            .map(|slot| stage_of_slot(self.cycle, slot).unwrap_or_default())
            .collect();
        stages.sort_unstable();
        stages.dedup();
        let refused = stages.iter().find_map(|stage| at.own_part(stage).err());
        if let Some(why) = refused {
            *judged = judged.refused(sheet, &why);
        }
    }
}

/// An answer as it is compared and kept: a choice by the value that it means, in whatever width it
/// is typed.
fn normal(question: Option<&Question>, text: &str) -> String {
    match question.map(|question| &question.answer) {
        Some(Answer::Lines { .. }) => clean_lines(text),
        Some(Answer::Choice(choices)) => {
            let typed = clean_line(text);
            let key = name_key(&typed);
            let mut known = choices.iter();
            let known =
                known.find(|choice| choice.value == typed || name_key(&choice.value) == key);
            known.map_or(typed, |choice| choice.value.clone())
        }
        _ => clean_line(text),
    }
}

/// What is asked: the row and the question, where the question does not name its row itself.
fn labelled(answer: &Answered, question: Option<&Question>) -> String {
    let Some(question) = question else {
        return answer.row.clone();
    };
    let row = answer.row.trim_end_matches("※必須");
    if question.label.contains(row) || row.is_empty() {
        question.label.clone()
    } else {
        format!("{row}：{}", question.label)
    }
}
