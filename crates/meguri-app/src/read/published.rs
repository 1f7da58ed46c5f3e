//! What the public may see of a document, as a door shows it: the only place where a public entry
//! gets its content. What is visible is said by [`meguri_core::publication`].

use crate::read::rulings::Ruling;
use crate::read::{Entry, Found, Paper, SheetId};
use meguri_core::evaluation::Document;
use meguri_core::publication::{
    are_visible, hidden_fields, hidden_stages, is_said, shows_all, visible_document,
};
use meguri_core::scheme::Scheme;
use meguri_core::verify::{Finding, Subject, check_comparing, compares_documents};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

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
    /// Findings that were chosen and say something that is not public.
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

/// What is public now, beside which a finding must say nothing more.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// The current publications.
    entries: Vec<Entry>,
    /// Does a scheme hide anything that a finding could give away?
    hides: bool,
    /// What the rules that compare documents find in them, by document.
    compared: OnceLock<BTreeMap<i64, Vec<Finding>>>,
}

impl Beside {
    pub(super) fn new(entries: Vec<Entry>, hides: bool) -> Self {
        Self {
            entries,
            hides,
            compared: OnceLock::new(),
        }
    }

    /// Need nothing of some findings be looked at?
    pub(super) fn lets_pass(&self, found: &[Found]) -> bool {
        !self.hides && !found.iter().any(|found| compares_documents(found.code))
    }

    /// The findings of a publication that say nothing of what is hidden in it, nor of what another
    /// document says that is not public: one that is not published, or that was withdrawn.
    pub(super) fn visible(&self, entry: &Entry, found: Vec<Found>) -> Vec<Found> {
        let mut flags = if self.hides {
            flags(&found, entry)
        } else {
            let alone = found.iter().map(|found| !compares_documents(found.code));
            alone.collect()
        };
        if flags.contains(&false) {
            let compared = self.compared(entry);
            for (flag, found) in flags.iter_mut().zip(&found) {
                *flag |= is_said(&found.finding, &compared);
            }
        }
        let flagged = found.into_iter().zip(flags);
        flagged
            .filter_map(|(found, is_visible)| is_visible.then_some(found))
            .collect()
    }

    /// What the rules that compare documents find in a publication; an older one stands in the place
    /// of the current one of its document.
    fn compared(&self, entry: &Entry) -> Vec<Finding> {
        let number = |entry: &Entry| entry.published.as_ref().map(|edition| edition.number);
        let is_own = |own: &Entry| own.id == entry.id && number(own) == number(entry);
        if self.entries.iter().any(is_own) {
            let all = self
                .compared
                .get_or_init(|| compared(&self.entries.iter().collect::<Vec<_>>()));
            return all.get(&entry.id).cloned().unwrap_or_default();
        }
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        entries.retain(|other| other.id != entry.id);
        entries.push(entry);
        entries.sort_by_key(|entry| entry.id);
        compared(&entries).remove(&entry.id).unwrap_or_default()
    }
}

/// What the rules that compare documents find, by document.
fn compared(entries: &[&Entry]) -> BTreeMap<i64, Vec<Finding>> {
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
    let mut found: BTreeMap<i64, Vec<Finding>> = BTreeMap::new();
    for finding in check_comparing(&Subject::new(&documents, &schemes)) {
        let mut named = entries.iter().zip(&documents);
        let own = named.find(|(_, document)| document.name == finding.place.document);
        if let Some((entry, _)) = own {
            found.entry(entry.id).or_default().push(finding);
        }
    }
    found
}

/// Which findings the rules find in what is visible of their document alone.
fn flags(found: &[Found], entry: &Entry) -> Vec<bool> {
    let schemes: Vec<Scheme> = entry.scheme.as_deref().into_iter().cloned().collect();
    let found: Vec<&Finding> = found.iter().map(|found| &found.finding).collect();
    are_visible(&found, &[document(&entry.document)], &schemes, 0)
}
