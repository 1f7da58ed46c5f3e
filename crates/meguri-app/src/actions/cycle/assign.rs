//! Gives sheets to a section: those that nobody has, and those of another section.

use super::{At, CycleFault, Part};
use crate::actions::Doing;
use crate::context::Context;
use crate::cycle::{Cycle, StepRefused};
use meguri_core::text::name_key;
use meguri_core::workflow::EventKind;
use meguri_store::{Municipality, Work, Writing};

/// Gives sheets to a section by its printed name, all in one transaction; one answer for each of them.
/// One that the section has already stays as it is.
///
/// # Errors
/// Where the city has no such section, or where nothing was asked of the sheets at all.
pub async fn assign(
    city: &Municipality,
    cycle: &Cycle,
    sheets: &[i64],
    name: &str,
    context: &Context,
) -> Result<Vec<Result<(), StepRefused>>, CycleFault> {
    let leave = context.may_somewhere(Doing::AssignSheet)?;
    let to = section(cycle, name)?;
    let decide = |work: &Work| {
        let mut events = Vec::new();
        let mut at = At::new(cycle, context, work);
        for (part, kind) in steps(cycle, &at, &to)? {
            at.step(&mut events, work, &part, kind, true)?;
        }
        Ok(Writing {
            events,
            ..Writing::default()
        })
    };
    Ok(city.work(cycle.kept.id, sheets, leave.by(), decide).await?)
}

/// The key of a section that somebody named.
fn section(cycle: &Cycle, name: &str) -> Result<String, CycleFault> {
    let unfit = |words: &str| Err(CycleFault::Unfit(words.to_owned()));
    if name_key(name).is_empty() {
        return unfit("新しい担当課を入力してください。");
    }
    if name.chars().count() > MOST_NAME_CHARS || name.chars().any(char::is_control) {
        return unfit("課の名称は、100字以内の1行で入力してください。");
    }
    let found = cycle.section_of_work(name);
    match found {
        Some(key) => Ok(key),
        None => unfit(&format!(
            "「{}」という課は、課の一覧にありません。一覧にある名称を入力してください。",
            name.trim()
        )),
    }
}

/// Characters of the name of a section.
const MOST_NAME_CHARS: usize = 100;

/// The steps that give a sheet to a section, at each stage that sections write; none where it has it
/// already.
fn steps(cycle: &Cycle, at: &At<'_>, to: &str) -> Result<Vec<(Part, EventKind)>, StepRefused> {
    let written = cycle.route.stages.iter();
    let written = written.filter(|stage| stage.route.is_written_by_sections());
    let mut steps = Vec::new();
    for stage in written.filter_map(|stage| at.state.stage(&stage.key)) {
        let part = |section: &str| Part {
            stage: stage.key.clone(),
            section: Some(section.to_owned()),
        };
        match stage.parts.as_slice() {
            [] => steps.push((part(to), EventKind::Assigned)),
            [one] if one.section.as_deref() == Some(to) => {}
            [one] => {
                let from = part(one.section.as_deref().unwrap_or_default());
                steps.push((from, EventKind::HandedOver { to: to.to_owned() }));
            }
            _ => return Err(StepRefused::Words(JOINT.to_owned())),
        }
    }
    Ok(steps)
}

const JOINT: &str = "複数の課で書くシートの担当課は、この画面では変えられません。";
