//! What differs between two versions of a document, value by value, in the words of its labels.

use crate::read::values::{self, Values};
use crate::read::{Entry, urls};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One value that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The sheet, as a person calls it.
    pub sheet: String,
    /// Its page.
    pub href: String,
    /// What it is: `指標「…」＞実績（令和6年度）`.
    pub label: String,
    /// As printed before; `None` where it was not there.
    pub before: Option<String>,
    /// As printed after; `None` where it is not there.
    pub after: Option<String>,
}

/// What differs between two versions, in the order of the later one's sheets; sheets that are gone
/// come last.
#[must_use]
pub fn between(before: &Entry, after: &Entry) -> Vec<Difference> {
    let place = |entry: &Entry| -> BTreeMap<i64, usize> {
        (1..)
            .zip(&entry.sheet_ids)
            .map(|(number, sheet)| (sheet.id, number))
            .collect()
    };
    let (old, new) = (place(before), place(after));
    let mut found = Vec::new();
    for (number, sheet) in (1..).zip(&after.sheet_ids) {
        let was = old.get(&sheet.id).map(|number| (before, *number));
        compare(was, Some((after, number)), &mut found);
    }
    for (number, sheet) in (1..).zip(&before.sheet_ids) {
        if !new.contains_key(&sheet.id) {
            compare(Some((before, number)), None, &mut found);
        }
    }
    found
}

type Place<'a> = Option<(&'a Entry, usize)>;

fn compare(before: Place<'_>, after: Place<'_>, found: &mut Vec<Difference>) {
    let shared = |(entry, number): (&Entry, usize)| {
        entry.document.sheets.get(number.checked_sub(1)?).cloned()
    };
    let (old_sheet, new_sheet) = (before.and_then(shared), after.and_then(shared));
    let Some((entry, number)) = after.or(before) else {
        return;
    };
    // Sheets that nobody touched are held in common.
    if let (Some(old), Some(new)) = (&old_sheet, &new_sheet)
        && Arc::ptr_eq(old, new)
    {
        return;
    }
    let all = |place: Place<'_>| {
        let values =
            place.and_then(|(entry, number)| Some(values::of_sheet(entry, entry.sheet(number)?)));
        values.unwrap_or_default()
    };
    let (old, new) = (all(before), all(after));
    let label = new_sheet
        .or(old_sheet)
        .map_or_else(String::new, |sheet| sheet.label.clone());
    let gone = old
        .iter()
        .filter(|(_, value)| new.by_id(&value.id).is_none());
    for (_, value) in new.iter().chain(gone) {
        let text = |values: &Values| values.by_id(&value.id).map(|value| value.text.clone());
        let (before, after) = (text(&old), text(&new));
        if before != after {
            found.push(Difference {
                sheet: label.clone(),
                href: urls::sheet(entry, number),
                label: value.label.clone(),
                before,
                after,
            });
        }
    }
}
