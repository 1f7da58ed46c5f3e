//! Sheets with their texts, judgements and sections.

use super::rules::{comparability, ranked};
use super::{Out, Placed, sourced};
use crate::read::{urls, values};
use meguri_core::evaluation::Judgement;
use meguri_core::links::Kind;
use meguri_core::scheme::{FieldKind, Scale, Scheme};
use meguri_opendata::{Fault, Row};

pub(super) fn sheets(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for at in out.sheets() {
        let Placed {
            entry,
            number,
            sheet,
            ..
        } = at;
        let edition = entry.published.as_ref().map(|edition| edition.number);
        let own = entry.sheet_id(number).and_then(|id| id.edition);
        let row = out
            .of_sheet(at)
            .with("edition", edition)
            .with("sheet_edition", own)
            .with("position", number)
            .with("node", sheet.node.map(|node| entry.branches.key(node)))
            .with("label", sheet.label.as_str())
            .with(
                "relisted_from",
                sheet.relisted_from.as_ref().map(|from| from.value),
            )
            .with("is_relisted", sheet.relisted_from.is_some())
            .with("source_line", (sheet.line > 0).then_some(sheet.line))
            .with("url", urls::sheet(entry, number));
        out.put(row)?;
    }
    Ok(())
}

pub(super) fn sheet_sections(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for at in out.sheets() {
        let of = values::of_sheet(at.entry, at.sheet);
        let roles = [
            ("responsible", "section", &at.sheet.sections),
            ("related", "related-section", &at.sheet.related_sections),
        ];
        for (role, place, sections) in roles {
            for (position, section) in (1..).zip(sections) {
                let value = of.get(&format!("{place}-{position}"));
                let row = out
                    .of_sheet(at)
                    .with("role", role)
                    .with("position", position as i64)
                    .with("name", section.value.as_str())
                    .with("section", out.library.linked().section(&section.value))
                    .with("value_id", value.map(|value| value.id.as_str()));
                out.put(sourced(row, Some(section)))?;
            }
        }
    }
    Ok(())
}

pub(super) fn texts(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for at in out.sheets() {
        let of = values::of_sheet(at.entry, at.sheet);
        for (item, text) in (1..).zip(&at.sheet.texts) {
            let paragraphs = text.paragraphs.as_deref().unwrap_or_default();
            for (position, paragraph) in (1..).zip(paragraphs) {
                // A blank paragraph says nothing.
                if paragraph.value.is_empty() {
                    continue;
                }
                let value = of.get(&format!("text-{item}-{position}"));
                let row = out
                    .of_sheet(at)
                    .with("item", item as i64)
                    .with("paragraph", position as i64)
                    .with("field", text.field.as_str())
                    .with("field_label", at.entry.field_label(&text.field))
                    .with(
                        "text_year",
                        text.year.map(|year| i64::from(year.calendar_year())),
                    )
                    .with("text", paragraph.value.as_str())
                    .with("value_id", value.map(|value| value.id.as_str()));
                out.put(sourced(row, Some(paragraph)))?;
            }
        }
    }
    Ok(())
}

pub(super) fn judgements(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for at in out.sheets() {
        let of = values::of_sheet(at.entry, at.sheet);
        for (item, judgement) in (1..).zip(&at.sheet.judgements) {
            if judgement.value.value.is_empty() {
                continue;
            }
            let value = of.get(&format!("judgement-{item}"));
            let row = out
                .of_sheet(at)
                .with("item", item as i64)
                .with("field", judgement.field.as_str())
                .with("field_label", at.entry.field_label(&judgement.field))
                .with("value", judgement.value.value.as_str())
                .with("value_id", value.map(|value| value.id.as_str()));
            let row = staged(at.entry.scheme.as_deref(), judgement, row);
            let row = scaled(at.entry.scheme.as_deref(), judgement, row);
            out.put(sourced(row, Some(&judgement.value)))?;
        }
    }
    Ok(())
}

fn staged<'r>(scheme: Option<&'r Scheme>, judgement: &'r Judgement, row: Row<'r>) -> Row<'r> {
    let stages = scheme.map(|scheme| scheme.written().stages.as_slice());
    let mut stages = stages.unwrap_or_default().iter();
    let named = stages.find(|stage| Some(&stage.key) == judgement.stage.as_ref());
    row.with("stage", judgement.stage.as_deref())
        .with("stage_label", named.map(|stage| stage.label.as_str()))
}

/// What the scale of its field says of a judgement; nothing where its value is not on the scale.
fn scaled<'r>(scheme: Option<&'r Scheme>, judgement: &Judgement, row: Row<'r>) -> Row<'r> {
    let printed = judgement.value.value.as_str();
    let found = scheme.and_then(|scheme| {
        let FieldKind::Grade(key) = &scheme.field(&judgement.field)?.kind else {
            return None;
        };
        let scale: &Scale = scheme.scale(key)?;
        Some((scheme, scale, scale.value(printed)?))
    });
    let Some((scheme, scale, value)) = found else {
        return row;
    };
    let written = scheme.written();
    row.with("value_label", value.label.as_str())
        .with("scheme", written.key.as_str())
        .with("scheme_version", written.version.as_str())
        .with("scale", scale.key.as_str())
        .with("place_from_best", ranked(scale, printed))
        .with("scale_size", scale.values.len())
        .with("is_state", scale.is_state(printed))
        .with("points", value.points)
        .with("comparability", comparability(scale))
}

/// Sections by the names that the published documents print, with what the city's list has of them.
pub(super) fn sections(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    let linked = out.library.linked();
    for thing in linked.all(Kind::Section) {
        if !thing.places.iter().any(|at| out.has_place(at)) {
            continue;
        }
        let (_, after) = linked.neighbours(thing.id);
        let successors: Vec<String> = after.iter().map(|other| other.id.to_string()).collect();
        let registered = linked.registered(thing.id);
        for (position, name) in (1..).zip(&thing.names) {
            let own = registered.iter().find(|section| section.name == *name);
            let year = |year: meguri_core::fiscal_year::FiscalYear| i64::from(year.calendar_year());
            let row = out
                .row()
                .with("section", thing.id)
                .with("position", position as i64)
                .with("name", name.as_str())
                .with("valid_from", own.and_then(|own| own.from).map(year))
                .with("valid_until", own.and_then(|own| own.until).map(year))
                .with("successors", successors.join(" "))
                .with("url", urls::section(thing.id));
            out.put(row)?;
        }
    }
    Ok(())
}
