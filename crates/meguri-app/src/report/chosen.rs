//! What is to be printed, by the words of a person: a document by its kind, plan, name or number and
//! its year, and sheets by number or name.

use crate::read::{Entry, Library};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::text::name_key;
use thiserror::Error;

/// Names that a fault lists.
const LISTED: usize = 20;

/// Why it is not clear what is to be printed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ChoiceFault {
    /// Nothing is there at all.
    #[error(
        "印刷できる文書がありません。\n対応：公表前の内容を印刷するときは「--draft」を付けてください。公表するときは「meguri publish」を実行してください。"
    )]
    Nothing,
    /// No document is called so.
    #[error(
        "「{wanted}」に当たる文書がありません{year}。\n文書の種類、計画のキーか名称、文書名、番号のどれかで指定してください。\n印刷できる文書：{known}"
    )]
    Unknown {
        /// What was asked for.
        wanted: String,
        /// The year that was asked for, in words.
        year: String,
        /// What there is.
        known: String,
    },
    /// Several documents are called so.
    #[error(
        "「{wanted}」に当たる文書が複数あります。年度（--year）か番号で指定してください：{found}"
    )]
    Several {
        /// What was asked for.
        wanted: String,
        /// Those that fit.
        found: String,
    },
    /// No sheet is called so.
    #[error("「{wanted}」に当たるシートがありません。\nシート：{known}")]
    NoSheet {
        /// What was asked for.
        wanted: String,
        /// What there is.
        known: String,
    },
    /// Several sheets are called so.
    #[error("「{wanted}」に当たるシートが複数あります。名称で指定してください：{found}")]
    SeveralSheets {
        /// What was asked for.
        wanted: String,
        /// Those that fit.
        found: String,
    },
}

/// The document of a library that is meant.
///
/// # Errors
/// Where none or several fit.
pub fn document<'a>(
    library: &'a Library,
    wanted: &str,
    year: Option<FiscalYear>,
) -> Result<&'a Entry, ChoiceFault> {
    let all: Vec<&Entry> = library.entries().iter().collect();
    if all.is_empty() {
        return Err(ChoiceFault::Nothing);
    }
    let key = name_key(wanted);
    let id: Option<i64> = wanted.trim().parse().ok();
    let named: Vec<&Entry> = match all.iter().find(|entry| Some(entry.id) == id) {
        Some(entry) => vec![*entry],
        None => all.iter().copied().filter(|e| is_called(e, &key)).collect(),
    };
    let found = of_year(named, year);
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(ChoiceFault::Unknown {
            wanted: wanted.to_owned(),
            year: year.map_or_else(String::new, |year| format!("（{year}）")),
            known: listed(all.iter().map(|entry| called(entry))),
        }),
        several => Err(ChoiceFault::Several {
            wanted: wanted.to_owned(),
            found: listed(several.iter().map(|entry| called(entry))),
        }),
    }
}

/// Those that tell of a year; where none has it as an evaluated year, those whose plan runs in it, or
/// that have no years at all.
fn of_year(entries: Vec<&Entry>, year: Option<FiscalYear>) -> Vec<&Entry> {
    let Some(year) = year else {
        return entries;
    };
    let evaluated: Vec<&Entry> = entries
        .iter()
        .copied()
        .filter(|entry| entry.years().contains(&year))
        .collect();
    if !evaluated.is_empty() {
        return evaluated;
    }
    let runs = |entry: &&Entry| {
        let period = entry.document.plan.period;
        entry.years().is_empty() && period.is_none_or(|period| period.contains(year))
    };
    entries.into_iter().filter(runs).collect()
}

fn is_called(entry: &Entry, key: &str) -> bool {
    let paper = &entry.document;
    let exact = [
        paper.family.as_str(),
        paper.plan.key.as_str(),
        entry.key.as_str(),
        entry.kind,
        entry.plan_name(),
        paper.name.as_str(),
    ];
    exact.iter().any(|name| name_key(name) == key)
        || (!key.is_empty() && name_key(entry.plan_name()).contains(key))
}

fn called(entry: &Entry) -> String {
    let years: Vec<String> = entry.years().iter().map(ToString::to_string).collect();
    let years = years.join("、");
    format!(
        "{}：{}（{}{}{}）",
        entry.id,
        entry.plan_name(),
        entry.document.family,
        if years.is_empty() { "" } else { "、" },
        years
    )
}

/// The numbers of the sheets of a document that are meant, in the order of the document.
///
/// # Errors
/// Where a word fits none or several.
pub fn sheets(entry: &Entry, wanted: &[String]) -> Result<Vec<usize>, ChoiceFault> {
    let mut numbers = Vec::new();
    for word in wanted {
        let found = sheets_called(entry, word);
        match found.as_slice() {
            [one] => numbers.push(*one),
            [] => {
                return Err(ChoiceFault::NoSheet {
                    wanted: word.clone(),
                    known: listed(entry.document.sheets().map(|sheet| sheet.label.clone())),
                });
            }
            several => {
                let labels = several.iter().filter_map(|number| entry.sheet(*number));
                return Err(ChoiceFault::SeveralSheets {
                    wanted: word.clone(),
                    found: listed(labels.map(|sheet| sheet.label.clone())),
                });
            }
        }
    }
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// By the whole label, else by the number that the paper prints, else by a part of the label.
fn sheets_called(entry: &Entry, word: &str) -> Vec<usize> {
    let key = name_key(word);
    let plan = &entry.document.plan;
    let printed = |number: usize| {
        let node = entry.sheet(number)?.node.and_then(|id| plan.node(id))?;
        node.number.as_ref().map(|number| name_key(&number.value))
    };
    let label = |number: usize| entry.sheet(number).map(|sheet| name_key(&sheet.label));
    let all = 1..=entry.document.sheets.len();
    let whole = all.clone().filter(|n| label(*n).as_ref() == Some(&key));
    let by_number = all.clone().filter(|n| printed(*n).as_ref() == Some(&key));
    let part = all.filter(|n| !key.is_empty() && label(*n).is_some_and(|l| l.contains(&key)));
    let ways: [Vec<usize>; 3] = [whole.collect(), by_number.collect(), part.collect()];
    ways.into_iter()
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

fn listed(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    let shown: Vec<&str> = names.iter().take(LISTED).map(String::as_str).collect();
    let rest = names.len().saturating_sub(LISTED);
    let rest = if rest > 0 {
        format!("（ほか{rest}件）")
    } else {
        String::new()
    };
    format!("{}{rest}", shown.join("、"))
}
