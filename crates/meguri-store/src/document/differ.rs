//! What a new reading says otherwise than the one that is kept, before it is kept.

use super::{LABELS, load, save};
use crate::error::Result;
use crate::municipality::Municipality;
use crate::value::{self, Entry, Key};
use meguri_core::evaluation::Document;
use std::collections::{BTreeMap, BTreeSet};

/// One value that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The sheet, as a person calls it; `None` for the document itself.
    pub sheet: Option<String>,
    /// The part: `text`, `judgement`, `indicator`, `listing` …
    pub part: String,
    /// Which of several in the part, from 0.
    pub item: i64,
    /// The field: a key of the scheme, or `target`, `actual`, `cost` …
    pub field: String,
    /// The fiscal year, by the calendar year in which it begins; 0 = none.
    pub year: i64,
    /// What is kept, as printed; `None` where it is new.
    pub before: Option<String>,
    /// What is read now, as printed; `None` where it is gone.
    pub after: Option<String>,
    /// The line in the new reading, else in the former one; 0 = none.
    pub line: u32,
}

/// How a document that was read stands to what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differences {
    /// The document that is kept.
    pub document: i64,
    /// It was read from another file: this one is a corrected file of the same paper.
    pub other_file: bool,
    /// What the reading says otherwise.
    pub values: Vec<Difference>,
    /// Values and lines of which only the place in the text or the certainty differs.
    pub moved: usize,
}

impl Municipality {
    /// How a document stands to the one that is kept of the same file, else of the same paper: of
    /// the same family and plan, with at least half of the sheets of the same years and names.
    /// `None` where there is none: the document is new.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn differences(
        &self,
        document: &Document,
        hash: &str,
    ) -> Result<Option<Differences>> {
        let mut reading = self.read().await?;
        let of_file = save::find(&mut reading, &document.family, None, hash).await?;
        let id = match of_file {
            Some((id, _)) => Some(id),
            None => {
                let args = [(&document.family).into(), (&document.plan.key).into()];
                let mut papers: BTreeMap<i64, BTreeSet<(i64, String)>> = BTreeMap::new();
                for row in &reading.rows(LABELS, &args).await? {
                    let sheet = (row.integer(1)?, row.text(2)?);
                    papers.entry(row.integer(0)?).or_default().insert(sheet);
                }
                same_paper(document, &papers)
            }
        };
        let Some(id) = id else { return Ok(None) };
        let Some(kept) = load::load(&mut reading, id).await? else {
            return Ok(None);
        };
        let (values, mut moved) = compare(&kept.document, document);
        moved +=
            usize::from(values.is_empty() && moved == 0 && kept.document.lines != document.lines);
        let other_file = kept.source != hash;
        Ok(Some(Differences {
            document: id,
            other_file,
            values,
            moved,
        }))
    }
}

/// The paper with the most sheets of the same years and names, at least half of both.
fn same_paper(document: &Document, papers: &BTreeMap<i64, BTreeSet<(i64, String)>>) -> Option<i64> {
    let year = |sheet: &meguri_core::evaluation::Sheet| {
        sheet.year.map_or(0, |year| i64::from(year.calendar_year()))
    };
    let own: BTreeSet<(i64, String)> = document
        .sheets
        .iter()
        .map(|sheet| (year(sheet), sheet.label.clone()))
        .collect();
    let common = |sheets: &BTreeSet<(i64, String)>| sheets.intersection(&own).count();
    let alike = papers.iter().filter(|(_, sheets)| {
        let common = common(sheets);
        common > 0 && common * 2 >= sheets.len().max(own.len())
    });
    alike
        .max_by_key(|(_, sheets)| common(sheets))
        .map(|(id, _)| *id)
}

/// Values that differ, and the number of those that only moved.
fn compare(kept: &Document, document: &Document) -> (Vec<Difference>, usize) {
    let mut found = (Vec::new(), 0);
    of_entries(
        None,
        &value::of_document(kept),
        &value::of_document(document),
        &mut found,
    );
    let named = |document: &Document| {
        let mut alike: BTreeMap<String, u32> = BTreeMap::new();
        let mut named = Vec::new();
        for sheet in &document.sheets {
            let number = alike.entry(sheet.label.clone()).or_default();
            *number += 1;
            named.push(((sheet.label.clone(), *number), value::of_sheet(sheet)));
        }
        named
    };
    let (before, after) = (named(kept), named(document));
    let old: BTreeMap<_, _> = before
        .iter()
        .map(|(name, entries)| (name, entries))
        .collect();
    let new: BTreeSet<_> = after.iter().map(|(name, _)| name).collect();
    for (name, entries) in &after {
        let former = old.get(name).map_or(&[][..], |entries| entries.as_slice());
        of_entries(Some(&name.0), former, entries, &mut found);
    }
    for (name, entries) in before.iter().filter(|(name, _)| !new.contains(name)) {
        of_entries(Some(&name.0), entries, &[], &mut found);
    }
    found
}

fn of_entries(
    sheet: Option<&String>,
    before: &[Entry],
    after: &[Entry],
    found: &mut (Vec<Difference>, usize),
) {
    let index = |entries: &'_ [Entry]| -> BTreeMap<Key, Entry> {
        entries
            .iter()
            .map(|entry| (entry.key.clone(), entry.clone()))
            .collect()
    };
    let (before, after) = (index(before), index(after));
    let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).collect();
    for key in keys {
        let (old, new) = (before.get(key), after.get(key));
        if old == new {
            continue;
        }
        let (was, is) = (old.and_then(Entry::printed), new.and_then(Entry::printed));
        if was == is {
            found.1 += 1;
            continue;
        }
        found.0.push(Difference {
            sheet: sheet.cloned(),
            part: key.part.clone(),
            item: key.item,
            field: key.field.clone(),
            year: key.year,
            before: was,
            after: is,
            line: new.or(old).map_or(0, |entry| entry.line),
        });
    }
}
