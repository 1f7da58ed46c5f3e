//! What the public may see of a document, as a door shows it: the only place where a public entry
//! gets its content. What is visible is said by [`meguri_core::publication`].

use crate::read::rulings::Ruling;
use crate::read::{Entry, Found, Paper, SheetId};
use meguri_core::evaluation::Document;
use meguri_core::publication::{
    are_visible, hidden_fields, hidden_stages, shows_all, visible_document,
};
use meguri_core::scheme::Scheme;
use meguri_core::verify::Finding;
use std::sync::Arc;

/// What of a document is not published, for those who publish it; never for a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// Is anything? Then its lines are not published either.
    pub anything: bool,
    /// Is no scheme known, so that nothing but heads is published?
    pub all: bool,
    /// The labels of the fields.
    pub fields: Vec<String>,
    /// The labels of the stages.
    pub stages: Vec<String>,
    /// Findings that were chosen and say something about what is hidden.
    pub findings: usize,
}

/// A public entry: of the paper what is visible, under a scheme without what it hides.
pub(super) fn entry(id: i64, paper: Arc<Paper>, ruling: &Ruling, ids: Vec<SheetId>) -> Entry {
    let publishing = ruling.publishing.as_deref();
    let mut withheld = Withheld::of(publishing);
    let is_whole = shows_all(publishing, &paper.plan, paper.sheets());
    withheld.anything = !is_whole;
    let seen = if is_whole {
        paper
    } else {
        Arc::new(visible_document(publishing, &document(&paper)).into())
    };
    let mut entry = Entry::new(id, seen, ruling.shown_to_all(), ids, Vec::new());
    entry.withheld = withheld;
    entry
}

impl Withheld {
    fn of(scheme: Option<&Scheme>) -> Self {
        let Some(scheme) = scheme else {
            return Self {
                all: true,
                ..Self::default()
            };
        };
        let fields = hidden_fields(scheme).map(|field| field.label.clone());
        let stages = hidden_stages(scheme).map(|stage| stage.label.clone());
        Self {
            fields: fields.collect(),
            stages: stages.collect(),
            ..Self::default()
        }
    }
}

/// A paper as the rules read it.
pub(super) fn document(paper: &Paper) -> Document {
    Document {
        name: paper.name.clone(),
        family: paper.family.clone(),
        plan: paper.plan.clone(),
        sheets: paper.sheets().cloned().collect(),
        tallies: paper.tallies.clone(),
        unsettled: paper.unsettled.clone(),
        unread: paper.unread.clone(),
        lines: paper.lines.as_ref().clone(),
    }
}

/// The findings of an entry that say nothing of what is hidden, in it or in another document.
///
/// The others are the documents that are public besides; most findings need none of them.
pub(super) fn visible_findings(entry: &Entry, found: Vec<Found>, others: &[Entry]) -> Vec<Found> {
    if found.is_empty() {
        return found;
    }
    let mut flags = flags(&found, &[entry]);
    if flags.contains(&false) {
        let others = others.iter().filter(|other| other.id != entry.id);
        let all: Vec<&Entry> = std::iter::once(entry).chain(others).collect();
        for (flag, beside) in flags.iter_mut().zip(self::flags(&found, &all)) {
            *flag |= beside;
        }
    }
    let flagged = found.into_iter().zip(flags);
    flagged
        .filter_map(|(found, is_visible)| is_visible.then_some(found))
        .collect()
}

/// Which findings are about what the first of some entries shows.
fn flags(found: &[Found], entries: &[&Entry]) -> Vec<bool> {
    let mut documents: Vec<Document> = Vec::new();
    for entry in entries {
        let mut document = document(&entry.document);
        // Rules know a document by its name only; named as where all that is kept is checked.
        if documents.iter().any(|other| other.name == document.name) {
            document.name = format!("{}（文書{}）", document.name, entry.id);
        }
        documents.push(document);
    }
    let schemes = entries.iter().filter_map(|entry| entry.scheme.as_deref());
    let schemes: Vec<Scheme> = schemes.cloned().collect();
    let found: Vec<&Finding> = found.iter().map(|found| &found.finding).collect();
    are_visible(&found, &documents, &schemes, 0)
}
