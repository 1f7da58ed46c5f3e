//! Opens the cycle of a plan and year in one step from an earlier year's sheets.

use super::CycleFault;
use crate::actions::Doing;
use crate::actions::links_kept::schemes_kept;
use crate::context::Context;
use crate::cycle::{Schemes, events_by_sheet, section_key};
use crate::scheme_file::{SchemeSource, preset_sources};
use meguri_core::calendar::Calendar;
use meguri_core::evaluation::{Document, Sheet};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::form::successor;
use meguri_core::plan::SectionRegister;
use meguri_core::scheme::Scheme;
use meguri_core::workflow::{Event, EventKind, Person, Route, StageDates};
use meguri_store::{InForce, Municipality, OpeningCycle, Saving, SchemeText, SourceFile};
use std::collections::BTreeMap;

/// What planning asks for.
#[derive(Clone, Debug, Default)]
pub struct OpenWish {
    /// The document of the earlier year.
    pub from: i64,
    /// Other days than the scheme's, by stage.
    pub days: BTreeMap<String, Option<StageDates>>,
    /// The sections of sheets that the earlier year does not tell, or tells otherwise: by the number
    /// of the sheet in the document, from 0.
    pub sections: BTreeMap<usize, Vec<String>>,
}

/// What opening would make: for looking at before it is done.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The document with its new sheets.
    pub document: Document,
    /// The year.
    pub year: FiscalYear,
    /// The scheme that rules it.
    pub scheme: SchemeSource,
    /// Its stages with their days.
    pub route: Route,
    /// The keys of the sections of each sheet.
    pub sections: Vec<Vec<String>>,
    /// The name of the cycle.
    pub label: String,
}

/// What was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedCycle {
    /// The id of the cycle.
    pub id: i64,
    /// The document of its sheets.
    pub document: i64,
    /// How many sheets it has.
    pub sheets: usize,
}

/// Opens a cycle.
///
/// # Errors
/// Why nothing was opened.
pub async fn open_cycle(
    city: &Municipality,
    year: FiscalYear,
    wish: &OpenWish,
    context: &Context,
) -> Result<OpenedCycle, CycleFault> {
    let leave = context.may_here(Doing::OpenCycle)?;
    let prepared = prepare(city, year, wish).await?;
    let by = Person {
        account: context.name().to_owned(),
        role: leave.permit().role,
        deputy_of: leave
            .permit()
            .grant
            .and_then(|grant| grant.deputy_of.clone()),
    };
    let events: Vec<Vec<Event>> = prepared
        .sections
        .iter()
        .map(|sections| assignments(&prepared.route, sections, &by, context))
        .collect();
    let written = prepared.scheme.scheme.written();
    let text = SchemeText {
        plan: written.key.clone(),
        version: written.version.clone(),
        valid_from: written.valid_from,
        valid_until: written.valid_until,
        written: prepared.scheme.text.clone(),
    };
    let source = source(city, &prepared);
    let days: Vec<(String, Option<StageDates>)> = prepared
        .route
        .stages
        .iter()
        .map(|stage| (stage.key.clone(), stage.dates))
        .collect();
    let opening = OpeningCycle {
        saving: Saving {
            document: &prepared.document,
            source: &source,
            scheme: Some(&text),
            findings: &[],
        },
        year,
        label: &prepared.label,
        stages: &days,
        events: &events,
    };
    let (id, saved) = city.open_cycle(&opening, leave.by()).await?;
    Ok(OpenedCycle {
        id,
        document: saved.document,
        sheets: saved.sheets.len(),
    })
}

/// The events with which a sheet begins: its own stage is given to its sections, each other stage to
/// whoever judges there.
fn assignments(route: &Route, sections: &[String], by: &Person, context: &Context) -> Vec<Event> {
    let event = |stage: &str, section: Option<&String>| Event {
        stage: stage.to_owned(),
        section: section.cloned(),
        kind: EventKind::Assigned,
        by: by.clone(),
        day: context.day(),
    };
    let mut events = Vec::new();
    for stage in &route.stages {
        if stage.route.is_written_by_sections() {
            events.extend(
                sections
                    .iter()
                    .map(|section| event(&stage.key, Some(section))),
            );
        } else {
            events.push(event(&stage.key, None));
        }
    }
    events
}

/// The file that stands for the sheets, which come from no paper: what it says is how they came about.
fn source(city: &Municipality, prepared: &Prepared) -> SourceFile {
    let lines = [
        prepared.label.clone(),
        format!("団体コード {}", city.code()),
        format!("計画 {} {}", prepared.document.plan.key, prepared.year),
        format!("シート {}", prepared.document.sheets.len()),
    ];
    SourceFile {
        name: format!("{}.txt", prepared.document.name),
        bytes: lines.join("\n").into_bytes(),
    }
}

/// Makes the sheets of a new year out of an earlier document, without keeping anything.
///
/// # Errors
/// Why they cannot be made.
pub async fn prepare(
    city: &Municipality,
    year: FiscalYear,
    wish: &OpenWish,
) -> Result<Prepared, CycleFault> {
    let unfit = |words: String| CycleFault::Unfit(words);
    let in_force = city.in_force().await?;
    let from = in_force.iter().find(|known| known.document.id == wish.from);
    let from = from.ok_or_else(|| {
        unfit("基にする文書がありません。一覧から選び直してください。".to_owned())
    })?;
    let paper = city.paper(from.document.id, from.document.version).await?;
    let paper = paper.ok_or_else(|| unfit("基にする文書を読めません。".to_owned()))?;
    let last = city.sheets_at(&from.pins).await?;
    if let Some(later) = last
        .iter()
        .filter_map(|sheet| sheet.year)
        .find(|of| *of >= year)
    {
        return Err(unfit(format!(
            "基にする文書は{later}のものです。{year}より前の年度の文書を選んでください。"
        )));
    }
    let scheme = scheme_for(city, &paper.document.plan.key, year).await?;
    let mut route = Route::of_scheme(&scheme.scheme, year, &Calendar::default());
    for stage in &mut route.stages {
        if let Some(days) = wish.days.get(&stage.key) {
            stage.dates = *days;
        }
    }
    let register = city.sections().await?;
    let known = sections_before(city, from).await?;
    let sections = (0..).zip(&last).map(|(place, sheet)| {
        let wished = wish.sections.get(&place).cloned();
        let before = known.get(place).cloned().filter(|known| !known.is_empty());
        let keys = wished
            .or(before)
            .unwrap_or_else(|| owners(&register, sheet, year));
        answering(&register, &keys, year)
    });
    let sections: Vec<Vec<String>> = sections.collect();
    let sheets = last
        .iter()
        .map(|sheet| successor(sheet, year, &scheme.scheme))
        .collect();
    let label = format!("{year} {}", scheme.scheme.written().label);
    let document = Document {
        name: label.clone(),
        sheets,
        tallies: Vec::new(),
        unsettled: Vec::new(),
        unread: Vec::new(),
        lines: Vec::new(),
        ..paper.document
    };
    Ok(Prepared {
        document,
        year,
        scheme,
        route,
        sections,
        label,
    })
}

/// The city's own scheme of a plan, else the preset: the one that rules the year, else the one whose
/// years lie nearest, as wherever a paper of such a year is shown.
async fn scheme_for(
    city: &Municipality,
    plan: &str,
    year: FiscalYear,
) -> Result<SchemeSource, CycleFault> {
    let own = schemes_kept(city).await?;
    let presets = preset_sources();
    let of = |sources: &[SchemeSource]| {
        let nearest = Scheme::nearest(
            sources.iter().map(|source| &source.scheme),
            plan,
            Some(year),
        )?;
        let found = sources.iter().find(|source| source.scheme == *nearest);
        found.cloned()
    };
    let rules = |source: &SchemeSource| source.scheme.rules(year);
    let (own, preset) = (of(&own), of(&presets));
    let ruling = own
        .clone()
        .filter(rules)
        .or_else(|| preset.clone().filter(rules));
    ruling.or(own).or(preset).ok_or_else(|| {
        CycleFault::Unfit(format!(
            "計画「{plan}」の設定がありません。計画の設定ファイルを用意し（docs/scheme.md）、前年度の文書を「meguri import --scheme 設定」で取り込み直してください。"
        ))
    })
}

/// The sections that had the sheets of a document in its own cycle, in the order of its sheets.
async fn sections_before(
    city: &Municipality,
    from: &InForce,
) -> Result<Vec<Vec<String>>, CycleFault> {
    let register = std::sync::Arc::new(city.sections().await?);
    let schemes = Schemes::load(city).await?;
    let kept = city.cycles().await?;
    let kept = kept
        .into_iter()
        .find(|cycle| cycle.document == from.document.id);
    let Some(cycle) = kept.and_then(|kept| schemes.cycle(kept, &register)) else {
        return Ok(Vec::new());
    };
    let by_sheet = events_by_sheet(city, cycle.kept.id).await?;
    let own = cycle
        .route
        .own_stage()
        .map(|stage| stage.key.clone())
        .unwrap_or_default();
    let sections = |sheet: i64| {
        let events = by_sheet.get(&sheet)?;
        let state = cycle.state(events);
        let parts = state.stage(&own)?.parts.iter();
        Some(parts.filter_map(|part| part.section.clone()).collect())
    };
    let pins = from.pins.iter();
    Ok(pins
        .map(|pin| sections(pin.sheet).unwrap_or_default())
        .collect())
}

/// The sections that a sheet names as its own; where it names none, the one that most of its projects
/// name.
fn owners(register: &SectionRegister, sheet: &Sheet, year: FiscalYear) -> Vec<String> {
    let before = sheet.year.unwrap_or(year);
    let key = |name: &str| section_key(register, name, before);
    if let Some(first) = sheet.sections.first() {
        return vec![key(&first.value)];
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for listing in sheet.listings.iter().filter(|listing| !listing.relisted) {
        if let Some(section) = listing.sections.first() {
            *counts.entry(key(&section.value)).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(key, _)| key).into_iter().collect()
}

/// The sections that answer in the year of work for those of keys.
fn answering(register: &SectionRegister, keys: &[String], year: FiscalYear) -> Vec<String> {
    let working = year.plus(1).unwrap_or(year);
    let mut answering: Vec<String> = Vec::new();
    for key in keys {
        let found = register.answering(key, working);
        let mut found: Vec<String> = found.iter().map(|section| section.key.clone()).collect();
        if found.is_empty() {
            found.push(key.clone());
        }
        for section in found {
            if !answering.contains(&section) {
                answering.push(section);
            }
        }
    }
    answering
}
