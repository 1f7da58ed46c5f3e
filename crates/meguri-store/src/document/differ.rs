//! What a new reading says otherwise than the one that is kept, before it is kept.

use super::{KeptDocument, LABELS, load, save};
use crate::error::Result;
use crate::municipality::Municipality;
use crate::scheme;
use crate::transaction::ReadTx;
use crate::value::{self, Entry, Key};
use meguri_core::evaluation::{Document, ItemList, Sheet};
use meguri_core::fiscal_year::FiscalYear;
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
    /// The fiscal year of the kept paper, where its sheets or its text tell one.
    pub year: Option<FiscalYear>,
    /// The text of the scheme that rules the kept reading.
    pub scheme: Option<String>,
    /// One of both papers tells no year: it may as well be the paper of another year.
    pub year_unknown: bool,
}

/// What finds the fiscal year in the lines of a paper whose sheets were kept without one.
pub type YearOf<'a> = &'a (dyn Fn(&[String]) -> Option<FiscalYear> + Sync);

impl Municipality {
    /// How a document stands to the one that is kept of the same file, else of the same paper: of
    /// the same family and plan, with at least half of the sheets of the same years and names.
    /// `None` where there is none: the document is new.
    ///
    /// A paper of another year is never the same paper. Where sheets are kept without a year, since
    /// an earlier version of the program did not read it, `year_of` finds it in the kept lines.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn differences(
        &self,
        document: &Document,
        hash: &str,
        year_of: YearOf<'_>,
    ) -> Result<Option<Differences>> {
        let mut reading = self.read().await?;
        let of_file = save::find(&mut reading, &document.family, None, hash).await?;
        let kept = match of_file {
            Some((id, _)) => load::load(&mut reading, id).await?,
            None => same_paper(&mut reading, document, year_of).await?,
        };
        let Some(kept) = kept else { return Ok(None) };
        let id = kept.id;
        let year = year_kept(&kept.document, year_of);
        let (values, mut moved) = compare(&kept.document, document);
        moved +=
            usize::from(values.is_empty() && moved == 0 && kept.document.lines != document.lines);
        let other_file = kept.source != hash;
        let scheme = match &kept.scheme {
            Some((plan, version, edition)) => {
                scheme::text(&mut reading, plan, version, *edition).await?
            }
            None => None,
        };
        Ok(Some(Differences {
            document: id,
            other_file,
            values,
            moved,
            year,
            scheme,
            year_unknown: other_file && (year.is_none() || document.year().is_none()),
        }))
    }
}

fn year_kept(kept: &Document, year_of: YearOf<'_>) -> Option<FiscalYear> {
    kept.year().or_else(|| year_of(&kept.lines))
}

/// The kept paper that this one is a corrected file of.
async fn same_paper(
    reading: &mut ReadTx,
    document: &Document,
    year_of: YearOf<'_>,
) -> Result<Option<KeptDocument>> {
    let args = [(&document.family).into(), (&document.plan.key).into()];
    let mut papers: BTreeMap<i64, BTreeSet<(i64, String)>> = BTreeMap::new();
    for row in &reading.rows(LABELS, &args).await? {
        let sheet = (row.integer(1)?, row.text(2)?);
        papers.entry(row.integer(0)?).or_default().insert(sheet);
    }
    for id in alike(document, &papers) {
        let Some(kept) = load::load(reading, id).await? else {
            continue;
        };
        let years = (document.year(), year_kept(&kept.document, year_of));
        if let (Some(own), Some(other)) = years
            && own != other
        {
            continue;
        }
        return Ok(Some(kept));
    }
    Ok(None)
}

/// The papers with at least half of the sheets of both of the same names, and of the same years
/// where both have years; those with the most sheets first.
fn alike(document: &Document, papers: &BTreeMap<i64, BTreeSet<(i64, String)>>) -> Vec<i64> {
    let year = |sheet: &Sheet| sheet.year.map_or(0, |year| i64::from(year.calendar_year()));
    let own: BTreeSet<(i64, String)> = document
        .sheets
        .iter()
        .map(|sheet| (year(sheet), sheet.label.clone()))
        .collect();
    let names: BTreeSet<&str> = own.iter().map(|(_, label)| label.as_str()).collect();
    let dated = |sheets: &BTreeSet<(i64, String)>| sheets.iter().any(|(year, _)| *year > 0);
    let mut found: Vec<(bool, usize, i64)> = Vec::new();
    for (id, sheets) in papers {
        let comparable = dated(sheets) == dated(&own);
        let common = if comparable {
            sheets.intersection(&own).count()
        } else {
            let labels: BTreeSet<&str> = sheets.iter().map(|(_, label)| label.as_str()).collect();
            labels.intersection(&names).count()
        };
        if common > 0 && common * 2 >= own.len().max(sheets.len()) {
            found.push((comparable, common, *id));
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, _, id)| id).collect()
}

/// What a document says besides its sheets; not what of its text was left unread.
fn said(document: &Document) -> Vec<Entry> {
    let mut entries = value::of_document(document);
    entries.retain(|entry| entry.key.part != "unread");
    entries
}

/// Values that differ, and the number of those that only moved.
///
/// The year of the sheets is told once, not with the name of each sheet.
fn compare(kept: &Document, document: &Document) -> (Vec<Difference>, usize) {
    let mut found = (Vec::new(), 0);
    found.0.extend(other_year(kept, document));
    of_entries(None, &said(kept), &said(document), &mut found);
    // What no reader understood is no value: nobody has to accept that it is other text.
    found.1 += usize::from(kept.unread != document.unread);
    let named = |document: &Document| {
        let mut alike: BTreeMap<String, u32> = BTreeMap::new();
        let mut named = Vec::new();
        for sheet in &document.sheets {
            let number = alike.entry(sheet.label.clone()).or_default();
            *number += 1;
            let undated = Sheet {
                year: None,
                ..sheet.clone()
            };
            named.push(((sheet.label.clone(), *number), undated));
        }
        named
    };
    let (before, after) = (named(kept), named(document));
    let old: BTreeMap<_, _> = before.iter().map(|(name, sheet)| (name, sheet)).collect();
    let new: BTreeSet<_> = after.iter().map(|(name, _)| name).collect();
    for (name, sheet) in &after {
        of_sheets(&name.0, old.get(name).copied(), sheet, &mut found);
    }
    for (name, sheet) in before.iter().filter(|(name, _)| !new.contains(name)) {
        of_entries(Some(&name.0), &value::of_sheet(sheet), &[], &mut found);
    }
    found
}

/// The lists of a sheet by the part in which their values are kept.
const LISTS: [(&str, ItemList); 6] = [
    ("indicator", ItemList::Indicators),
    ("listing", ItemList::Listings),
    ("text", ItemList::Texts),
    ("judgement", ItemList::Judgements),
    ("total", ItemList::Totals),
    ("next_step_count", ItemList::NextStepCounts),
];

/// What a sheet says otherwise than before. Items are compared with what they were, wherever they
/// stood; each difference tells the place in the later sheet, that of a lost item in the earlier one.
fn of_sheets(
    name: &String,
    before: Option<&Sheet>,
    after: &Sheet,
    found: &mut (Vec<Difference>, usize),
) {
    let Some(before) = before else {
        return of_entries(Some(name), &[], &value::of_sheet(after), found);
    };
    let (old, mut new) = (value::of_sheet(before), value::of_sheet(after));
    let mut places: BTreeMap<(&str, i64), i64> = BTreeMap::new();
    for (part, list) in LISTS {
        let mut unused = integer(list.keys(before).len());
        let mut numbers = BTreeMap::new();
        for (place, former) in (0..).zip(list.former(before, after)) {
            let number = former.map_or(unused, integer);
            unused += i64::from(former.is_none());
            numbers.insert(place, number);
            places.insert((part, number), place);
        }
        for entry in new.iter_mut().filter(|entry| entry.key.part == part) {
            entry.key.item = numbers.get(&entry.key.item).copied().unwrap_or_default();
        }
    }
    let first = found.0.len();
    of_entries(Some(name), &old, &new, found);
    for difference in found.0.iter_mut().skip(first) {
        let place = places.get(&(difference.part.as_str(), difference.item));
        difference.item = place.copied().unwrap_or(difference.item);
    }
}

fn integer(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn other_year(kept: &Document, document: &Document) -> Option<Difference> {
    let years = |document: &Document| -> BTreeSet<FiscalYear> {
        document.sheets.iter().filter_map(|s| s.year).collect()
    };
    let printed = |years: &BTreeSet<FiscalYear>| {
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        (!years.is_empty()).then(|| years.join("、"))
    };
    let (before, after) = (years(kept), years(document));
    // A paper without a year is taken for one of the year of the kept paper.
    (before != after && !after.is_empty()).then(|| Difference {
        sheet: None,
        part: "sheet".to_owned(),
        item: 0,
        field: "year".to_owned(),
        year: 0,
        before: printed(&before),
        after: printed(&after),
        line: 0,
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use meguri_core::figure::Figure;
    use meguri_core::plan::{Indicator, YearFigure};
    use meguri_core::source::{Settled, Sourced};

    fn indicator(name: &str, actual: &str) -> Indicator {
        let year = FiscalYear::new(2024).expect("a year");
        Indicator {
            name: Some(sourced(name.to_owned())),
            actuals: vec![YearFigure {
                year,
                figure: sourced(Figure::parse(actual).expect("a figure")),
            }],
            ..Indicator::default()
        }
    }

    const fn sourced<T>(value: T) -> Sourced<T> {
        Sourced {
            value,
            line: 1,
            settled: Settled::Printed,
        }
    }

    fn document(indicators: Vec<Indicator>) -> Document {
        let sheet = Sheet {
            label: "テーマ1".to_owned(),
            indicators,
            ..Sheet::default()
        };
        Document {
            sheets: vec![sheet],
            ..Document::default()
        }
    }

    #[test]
    fn a_row_inserted_above_is_the_only_difference() {
        let kept = document(vec![indicator("来館者数", "10"), indicator("満足度", "5")]);
        let rows = vec![
            indicator("新しい指標", "7"),
            indicator("来館者数", "10"),
            indicator("満足度", "6"),
        ];
        let (found, _) = compare(&kept, &document(rows));
        let said: Vec<_> = found
            .iter()
            .map(|one| {
                let (before, after) = (one.before.as_deref(), one.after.as_deref());
                (one.item, one.field.as_str(), before, after)
            })
            .collect();
        assert!(
            said.contains(&(0, "name", None, Some("新しい指標"))),
            "{said:?}"
        );
        assert!(
            said.contains(&(2, "actual", Some("5"), Some("6"))),
            "{said:?}"
        );
        assert!(
            said.iter().all(|(item, ..)| [0, 2].contains(item)),
            "{said:?}"
        );
        // And the other way round: what was taken out is told at its former place.
        let shorter = document(vec![indicator("満足度", "5")]);
        let (found, _) = compare(&kept, &shorter);
        assert!(found.iter().all(|one| one.item == 0 && one.after.is_none()));
        assert!(!found.is_empty());
    }
}
