//! What must still be filled before a sheet is sent. Presence is asked only then.

use super::questions::{Block, Body, Question, blocks};
use super::{Slot, Subject};
use crate::evaluation::Sheet;
use crate::scheme::Required;

/// An answer that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Which.
    pub slot: Slot,
    /// What is asked there.
    pub label: String,
}

/// The answers that a stage must still give; `stage` = `None` for the sections. The subject holds the
/// sheet as filled; `base` is the sheet before.
#[must_use]
pub fn missing(subject: &Subject<'_>, base: &Sheet, stage: Option<&str>) -> Vec<Missing> {
    let blocks = blocks(subject, 0);
    let of_stage = blocks
        .iter()
        .filter(|block| block.stage.as_deref() == stage);
    let mut missing: Vec<Missing> = of_stage
        .flat_map(|block| missing_in(subject.sheet, block))
        .map(|question| Missing {
            slot: question.slot.clone(),
            label: question.label.clone(),
        })
        .collect();
    if stage.is_none() {
        missing.extend(reasons(subject, base));
    }
    missing
}

fn missing_in(sheet: &Sheet, block: &Block) -> Vec<Question> {
    let by_rule = match &block.required {
        Required::When { .. } => block.required.holds(|key| value_of(sheet, key)),
        _ => false,
    };
    let questions = block.body.clone().into_questions();
    // Of several years of one field only the newest is asked by a rule.
    let newest = questions.len().saturating_sub(1);
    let is_text = matches!(block.body, Body::Questions(_));
    let wanted = |(at, question): &(usize, Question)| {
        question.required || by_rule && (!is_text || *at == newest)
    };
    let open = |question: &Question| question.value.trim().is_empty();
    let asked = questions.into_iter().enumerate().filter(wanted);
    asked.map(|(_, question)| question).filter(open).collect()
}

fn value_of<'a>(sheet: &'a Sheet, key: &str) -> Option<&'a str> {
    let judgement = sheet.judgement(key).map(|j| j.value.value.as_str());
    judgement.or_else(|| sheet.paragraphs(key).first().map(|p| p.value.as_str()))
}

/// A target that was changed now says why.
fn reasons(subject: &Subject<'_>, base: &Sheet) -> Vec<Missing> {
    let mut missing = Vec::new();
    for (item, indicator) in subject.sheet.indicators.iter().enumerate() {
        let before = base.indicators.get(item).map(|i| i.revisions.as_slice());
        for revision in &indicator.revisions {
            let same = |old: &&_| {
                let old: &crate::plan::TargetRevision = old;
                old.year == revision.year && old.revised.value == revision.revised.value
            };
            let known = before.unwrap_or_default().iter().find(same).is_some();
            if revision.reason.is_none() && !known {
                let year = revision.year;
                missing.push(Missing {
                    slot: Slot::TargetReason {
                        indicator: item,
                        year,
                    },
                    label: format!("{}の目標（{year}）を変更した理由", indicator.label()),
                });
            }
        }
    }
    missing
}
