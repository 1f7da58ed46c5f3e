//! What the rules have to say about a sheet as it is typed, beside last year's.

use crate::actions::cycle::save_draft::answers;
use crate::cycle::Cycle;
use meguri_core::evaluation::{Document, Sheet};
use meguri_core::form::fill;
use meguri_core::verify::{Finding, Subject, check};
use meguri_store::{Municipality, Result, Work};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is found in a sheet with its draft on it. Presence is no finding: what is empty is told when
/// it is sent.
///
/// # Errors
/// Those of the database.
pub(super) async fn checks(
    city: &Municipality,
    cycle: &Cycle,
    work: &Work,
) -> Result<Vec<Finding>> {
    let in_force = city.documents().await?;
    let row = in_force.iter().find(|row| row.id == cycle.kept.document);
    let Some(row) = row else {
        return Ok(Vec::new());
    };
    let Some(paper) = city.paper(row.id, row.version).await? else {
        return Ok(Vec::new());
    };
    let sheet = fill(&cycle.form(work), &answers(work)).sheet;
    let of = |name: &str, sheet: &Sheet| Document {
        name: name.to_owned(),
        sheets: vec![sheet.clone()],
        ..paper.document.clone()
    };
    let mut documents = vec![of(THIS, &sheet)];
    documents.extend(work.last.as_ref().map(|last| of("前年度", last)));
    let schemes = [cycle.scheme.as_ref().clone()];
    let found = || check(&Subject::new(&documents, &schemes));
    // A rule is a feature behind a fence: where it fails, the form is there all the same.
    let found = catch_unwind(AssertUnwindSafe(found)).unwrap_or_default();
    let own = |finding: &Finding| finding.place.document == THIS && says_something(finding);
    Ok(found.into_iter().filter(own).collect())
}

/// How the sheet is called while it is checked.
const THIS: &str = "このシート";

/// V010 (an actual is missing) is told when the sheet is sent.
fn says_something(finding: &Finding) -> bool {
    finding.code != "V010"
}
