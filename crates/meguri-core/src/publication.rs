//! What the public may see of a sheet and of a document (公表): as the scheme says, and nothing else.
//!
//! Each value of a sheet belongs to a field of the scheme, and is visible where the scheme names
//! that field, says `public = true` of it, and says the same of the stage that writes it. What no
//! field names is not visible. Always visible is the head, which no field can name: the node with
//! its number and name and the steps of its programme, the year, and which sheet is repeated.
//!
//! Start with [`visible`], then [`visible_document`]. Which scheme rules a document is for the
//! caller to say; where none is known, nothing but the head is visible.

mod parts;

use crate::evaluation::{Document, Sheet, Tally};
use crate::plan::{NodeId, Plan};
use crate::scheme::{Scheme, SheetField, Stage};
use crate::verify::{Finding, Subject, check};
use parts::Parts;
use std::borrow::Cow;

/// What the public may see of a sheet whose node is of a level; a sheet that the scheme cuts nothing
/// from is given back as it is. `None` for a scheme that is not known: only the head is left.
#[must_use]
pub fn visible<'a>(
    scheme: Option<&Scheme>,
    level: Option<&str>,
    sheet: &'a Sheet,
) -> Cow<'a, Sheet> {
    let parts = scheme.map_or_else(Parts::none, |scheme| Parts::of(scheme, level));
    if parts.keeps_all(sheet) {
        Cow::Borrowed(sheet)
    } else {
        Cow::Owned(parts.cut(sheet))
    }
}

/// The key of the level of a sheet's node in its plan; `None` for a sheet without one.
#[must_use]
pub fn level_of(plan: &Plan, node: Option<NodeId>) -> Option<&str> {
    Some(plan.node(node?)?.level.as_str())
}

/// Is a field published: by its own word and by that of the stage that writes it?
#[must_use]
pub fn is_public(scheme: &Scheme, field: &SheetField) -> bool {
    let stage = field.stage.as_deref();
    field.public && stage.is_none_or(|stage| is_public_stage(scheme, stage))
}

/// Is what a stage writes published? A stage that the scheme does not name is not.
#[must_use]
pub fn is_public_stage(scheme: &Scheme, stage: &str) -> bool {
    let named = scheme.written().stages.iter().find(|own| own.key == stage);
    named.is_some_and(|stage| stage.public)
}

/// The fields that are not published, in the order of the sheet.
pub fn hidden_fields(scheme: &Scheme) -> impl Iterator<Item = &SheetField> {
    let fields = scheme.written().fields.iter();
    fields.filter(|field| !is_public(scheme, field))
}

/// The stages that are not published, in their order.
pub fn hidden_stages(scheme: &Scheme) -> impl Iterator<Item = &Stage> {
    let stages = scheme.written().stages.iter();
    stages.filter(|stage| !stage.public)
}

/// Does a scheme hide anything that it names?
#[must_use]
pub fn hides_anything(scheme: &Scheme) -> bool {
    hidden_fields(scheme).next().is_some() || hidden_stages(scheme).next().is_some()
}

/// Does a scheme publish no field at all, so that only the heads of sheets are visible?
#[must_use]
pub fn hides_everything(scheme: &Scheme) -> bool {
    let fields = &scheme.written().fields;
    !fields.iter().any(|field| is_public(scheme, field))
}

/// Is all of a document visible, its lines too? Its sheets must keep all that they have, and the
/// scheme must hide nothing: lines hold what no reader took for a value of a hidden field.
#[must_use]
pub fn shows_all<'a>(
    scheme: Option<&Scheme>,
    plan: &Plan,
    mut sheets: impl Iterator<Item = &'a Sheet>,
) -> bool {
    let keeps = |sheet: &'a Sheet| {
        let seen = visible(scheme, level_of(plan, sheet.node), sheet);
        matches!(seen, Cow::Borrowed(_))
    };
    scheme.is_some_and(|scheme| !hides_anything(scheme)) && sheets.all(keeps)
}

/// What the public may see of a document.
///
/// Where anything of it is hidden, it has no lines and no unsettled places: a line can hold hidden
/// words beside public ones, or the rest of a hidden text, and nothing tells which. A tally is left
/// where every judgement that it counts is visible.
#[must_use]
pub fn visible_document(scheme: Option<&Scheme>, document: &Document) -> Document {
    if shows_all(scheme, &document.plan, document.sheets.iter()) {
        return document.clone();
    }
    let seen = |sheet: &Sheet| {
        let level = level_of(&document.plan, sheet.node);
        visible(scheme, level, sheet).into_owned()
    };
    let sheets: Vec<Sheet> = document.sheets.iter().map(seen).collect();
    let is_left = |tally: &&Tally| counts_visible(scheme, tally, &document.sheets, &sheets);
    Document {
        name: document.name.clone(),
        family: document.family.clone(),
        plan: document.plan.clone(),
        tallies: document.tallies.iter().filter(is_left).cloned().collect(),
        unsettled: Vec::new(),
        unread: Vec::new(),
        lines: Vec::new(),
        sheets,
    }
}

/// Does a tally count nothing but judgements that are visible?
fn counts_visible(scheme: Option<&Scheme>, tally: &Tally, all: &[Sheet], seen: &[Sheet]) -> bool {
    let field = scheme.and_then(|scheme| Some((scheme, scheme.field(&tally.field)?)));
    let count = |sheets: &[Sheet]| {
        let judgements = sheets.iter().flat_map(|sheet| &sheet.judgements);
        judgements.filter(|own| own.field == tally.field).count()
    };
    field.is_some_and(|(scheme, field)| is_public(scheme, field)) && count(all) == count(seen)
}

/// A scheme without what it hides, for whoever shows what is visible: no page then names a field
/// that the public does not know of, or calls it empty.
#[must_use]
pub fn visible_scheme(scheme: &Scheme) -> Scheme {
    scheme.without(
        |field| !is_public(scheme, field),
        |stage| !is_public_stage(scheme, &stage.key),
    )
}

/// Which findings say nothing but what the visible documents say: those that the rules find word
/// for word in the visible documents alone, with the same line. What they say of something hidden
/// (its figure, its steps, that it is missing) is found in these no more.
///
/// `findings` are about the document at `place`; one flag for each. Schemes are those of
/// [`visible_scheme`].
#[must_use]
pub fn are_visible(
    findings: &[&Finding],
    documents: &[Document],
    schemes: &[Scheme],
    place: usize,
) -> Vec<bool> {
    let name = documents.get(place).map(|document| document.name.as_str());
    let found = check(&Subject::new(documents, schemes));
    let found: Vec<Finding> = found
        .into_iter()
        .filter(|one| Some(one.place.document.as_str()) == name)
        .collect();
    findings
        .iter()
        .map(|finding| is_said(finding, &found))
        .collect()
}

/// Is a finding among those that the rules find in what is visible, word for word?
#[must_use]
pub fn is_said(finding: &Finding, found: &[Finding]) -> bool {
    found.iter().any(|one| says_the_same(one, finding))
}

/// Do two findings say the same? The name of the document may differ: files of one name are told
/// apart by numbers that depend on which others are there.
fn says_the_same(one: &Finding, other: &Finding) -> bool {
    let mut one = one.clone();
    one.place.document.clone_from(&other.place.document);
    one == *other
}

#[cfg(test)]
mod tests;
