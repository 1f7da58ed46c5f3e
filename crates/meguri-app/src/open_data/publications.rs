//! Publications, withdrawals and corrections.

use super::Out;
use crate::read::{Edition, Entry, differences, urls};
use meguri_opendata::Fault;

pub(super) fn publications(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for entry in out.entries() {
        let mut versions = out.library.versions_of(entry.id);
        versions.reverse();
        for version in versions {
            let Some(edition) = &version.published else {
                continue;
            };
            let years: Vec<String> = version
                .years()
                .iter()
                .map(|year| year.calendar_year().to_string())
                .collect();
            let labels: Vec<String> = version.years().iter().map(ToString::to_string).collect();
            let row = out
                .row()
                .with("document", version.id)
                .with("edition", edition.number)
                .with("municipality_name", out.publisher.name.as_str())
                .with("plan", version.key.as_str())
                .with(
                    "title",
                    format!("{}（{}）", version.plan_name(), version.short_name()),
                )
                .with("kind", version.kind)
                .with("fiscal_years", years.join(" "))
                .with("fiscal_years_label", labels.join("、"))
                .with("published_at", edition.moment.as_str())
                .with("is_current", edition.current)
                .with("note", edition.note.as_str())
                .with("url", urls::version(version.id, edition.number));
            out.put(row)?;
        }
    }
    withdrawn(out)
}

/// What was withdrawn: no title, since the title may be why. A ZIP of a plan and year has none, for
/// nobody says any more what they were about.
fn withdrawn(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    if out.unit.is_some() {
        return Ok(());
    }
    let library = out.library;
    for ((document, number), words) in &library.withdrawn().publications {
        let row = out
            .row()
            .with("document", *document)
            .with("edition", *number)
            .with("municipality_name", out.publisher.name.as_str())
            .with("is_current", false)
            .with("withdrawn_at", words.moment.as_str())
            .with("withdrawal_reason", words.reason.as_str())
            .with("url", urls::version(*document, *number));
        out.put(row)?;
    }
    Ok(())
}

pub(super) fn corrections(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for entry in out.entries() {
        let versions = out.library.versions_of(entry.id);
        let pairs: Vec<(&Entry, &Entry)> = versions
            .iter()
            .zip(versions.iter().skip(1))
            .map(|(after, before)| (*before, *after))
            .collect();
        for (before, after) in pairs.into_iter().rev() {
            if let (Some(former), Some(edition)) = (&before.published, &after.published) {
                between(out, (before, former), (after, edition))?;
            }
        }
    }
    Ok(())
}

fn between(
    out: &mut Out<'_, '_>,
    (before, former): (&Entry, &Edition),
    (after, edition): (&Entry, &Edition),
) -> Result<(), Fault> {
    for (position, change) in differences::between(before, after).iter().enumerate() {
        let row = out
            .row()
            .with("document", after.id)
            .with("edition", edition.number)
            .with("change", position + 1)
            .with("former_edition", former.number)
            .with("published_at", edition.moment.as_str())
            .with("note", edition.note.as_str())
            .with("sheet_label", change.sheet.as_str())
            .with("label", change.label.as_str())
            .with("before", change.before.as_deref())
            .with("after", change.after.as_deref())
            .with("url", change.href.as_str());
        out.put(row)?;
    }
    Ok(())
}
