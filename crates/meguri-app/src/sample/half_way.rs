//! The sample's next cycle, half way through: something to look at in every state. What is written on
//! its sheets is invented.

use crate::actions::cycle::open::{OpenWish, open_cycle, prepare};
use crate::actions::cycle::save_draft::{Typed, save_draft};
use crate::actions::cycle::step::{Seen, Step, step_one};
use crate::actions::cycle::submit::submit;
use crate::actions::cycle::{CycleFault, Part};
use crate::context::{Actor, Context};
use crate::cycle::Cycle;
use crate::read::work::lines;
use meguri_core::access::{Grant, Role};
use meguri_core::calendar::{Calendar, Day};
use meguri_core::form::{self, Answer, Question, Slot};
use meguri_core::workflow::{ChangeRequest, Route, RouteStage, StageDates};
use meguri_store::{Municipality, Work};
use std::collections::BTreeMap;

/// Who does what in the demo, by the names of the accounts.
#[derive(Clone, Copy, Debug)]
pub struct DemoPeople<'a> {
    /// 所管課.
    pub entry: &'a str,
    /// 課長.
    pub head: &'a str,
    /// 政策課.
    pub planning: &'a str,
}

/// How far a sheet of the demo is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Far {
    NotBegun,
    Written,
    Submitted,
    Returned,
    Approved,
    Accepted,
}

/// One sheet in each state, and so on in turn.
const FAR: [Far; 6] = [
    Far::NotBegun,
    Far::Written,
    Far::Submitted,
    Far::Returned,
    Far::Approved,
    Far::Accepted,
];

/// Opens the cycle after the newest evaluation of the sample and brings it half way; the sections of one
/// sheet in each state, which the demo's people of a section belong to.
///
/// # Errors
/// Why it could not be done.
pub async fn half_way(
    city: &Municipality,
    people: DemoPeople<'_>,
    moment: &str,
) -> Result<Vec<String>, CycleFault> {
    let in_force = city.in_force().await?;
    let known = in_force
        .iter()
        .find(|known| known.document.family == "evaluation");
    let Some(from) = known else {
        return Ok(Vec::new());
    };
    let first: Vec<_> = from.pins.iter().take(1).copied().collect();
    let last = city.sheets_at(&first).await?;
    let year = last
        .first()
        .and_then(|sheet| sheet.year)
        .and_then(|year| year.plus(1));
    let Some(year) = year else {
        return Ok(Vec::new());
    };
    let planning = person(people.planning, Role::Planning, "", moment)?;
    let mut wish = OpenWish {
        from: from.document.id,
        ..OpenWish::default()
    };
    wish.days = days(&prepare(city, year, &wish).await?.route, planning.day());
    let opened = open_cycle(city, year, &wish, &planning).await?;
    let Some(cycle) = Cycle::load(city, opened.id).await? else {
        return Ok(Vec::new());
    };
    let all = lines(city, &cycle, planning.day()).await?;
    for (line, far) in all.iter().zip(FAR.into_iter().cycle()) {
        let Some(section) = line.sections.first() else {
            continue;
        };
        let entry = person(people.entry, Role::Entry, section, moment)?;
        let head = person(people.head, Role::SectionHead, section, moment)?;
        bring(
            city,
            &cycle,
            (line.id, section),
            far,
            [&entry, &head, &planning],
        )
        .await?;
    }
    let mut sections: Vec<String> = Vec::new();
    for section in all
        .iter()
        .take(FAR.len())
        .filter_map(|line| line.sections.first())
    {
        if !sections.contains(section) {
            sections.push(section.clone());
        }
    }
    Ok(sections)
}

/// Two weeks of work for each stage, one after the other.
fn days(route: &Route, today: Day) -> BTreeMap<String, Option<StageDates>> {
    let until = |stage: &RouteStage| {
        let weeks = u32::try_from(stage.place + 1).unwrap_or(1) * 2;
        let shown = Calendar::default().business_days_after(today, weeks * 5)?;
        Some(StageDates {
            shown,
            no_new_from: None,
            no_change_from: None,
        })
    };
    let stages = route.stages.iter();
    stages
        .map(|stage| (stage.key.clone(), until(stage)))
        .collect()
}

fn person(name: &str, role: Role, section: &str, moment: &str) -> Result<Context, CycleFault> {
    let grant = Grant::new(role).in_section(section);
    Ok(Context::new(Actor::with_grants(name, vec![grant]), moment)?)
}

async fn bring(
    city: &Municipality,
    cycle: &Cycle,
    (sheet, section): (i64, &str),
    far: Far,
    [entry, head, planning]: [&Context; 3],
) -> Result<(), CycleFault> {
    let Some(stage) = cycle.route.own_stage() else {
        return Ok(());
    };
    let part = Part {
        stage: stage.key.clone(),
        section: Some(section.to_owned()),
    };
    if far == Far::NotBegun {
        return Ok(());
    }
    let Some(work) = city.work_on(cycle.kept.id, sheet).await? else {
        return Ok(());
    };
    let answers = invented(cycle, &work, &part.stage, far == Far::Written);
    save_draft(city, cycle, sheet, &answers, entry).await?;
    if far >= Far::Submitted {
        submit(city, cycle, (sheet, &part), "", entry).await?;
    }
    let seen = || Seen {
        sheet,
        part: part.clone(),
        version: None,
    };
    if far == Far::Returned {
        let request = ChangeRequest {
            field: first_text(&answers),
            words: "何人に届いたかが分かる数を、一つ加えてください。".to_owned(),
            finding: None,
        };
        step_one(city, cycle, seen(), &Step::Return(vec![request]), head).await?;
    }
    if far >= Far::Approved {
        step_one(city, cycle, seen(), &Step::Approve, head).await?;
    }
    if far == Far::Accepted {
        step_one(city, cycle, seen(), &Step::Accept, planning).await?;
    }
    Ok(())
}

fn first_text(answers: &[Typed]) -> Option<String> {
    let mut texts = answers
        .iter()
        .filter(|a| matches!(a.slot, Slot::Text { .. }));
    texts.next().map(|answer| answer.slot.to_string())
}

/// An answer to each question without one; to every second one where the sheet is only begun.
fn invented(cycle: &Cycle, work: &Work, stage: &str, begun: bool) -> Vec<Typed> {
    let questions = form::questions(&cycle.form(work), 0);
    let open = questions.iter().filter(|question| {
        let field = question.slot.field_of(&cycle.scheme);
        let of = field.and_then(|field| cycle.route.stage_of(field));
        of.is_some_and(|of| of.key == stage) && question.value.is_empty()
    });
    let step = if begun { 2 } else { 1 };
    open.step_by(step)
        .map(|question| Typed {
            slot: question.slot.clone(),
            typed: answer(question),
            was: String::new(),
        })
        .collect()
}

fn answer(question: &Question) -> String {
    let last = question.last.clone().unwrap_or_default();
    match &question.answer {
        Answer::Line => String::new(),
        Answer::Lines { .. } => {
            "（デモの文）計画した取組を行い、利用した人の数は前の年度を上回った。\n（デモの文）次の年度は、窓口とオンラインの両方で受け付ける。".to_owned()
        }
        Answer::Figure { .. } if last.is_empty() => "100".to_owned(),
        Answer::Money { .. } if last.is_empty() => "1,000".to_owned(),
        Answer::Figure { .. } | Answer::Money { .. } => last,
        Answer::Choice(choices) => {
            let known = choices.iter().any(|choice| choice.value == last);
            let first = choices.first().map(|choice| choice.value.clone());
            if known { last } else { first.unwrap_or_default() }
        }
    }
}
