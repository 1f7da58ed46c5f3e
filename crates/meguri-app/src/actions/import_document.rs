//! Keeps a document in the database; a changed reading of a kept one only where that is wanted.

use crate::actions::Doing;
use crate::actions::links_kept::schemes_kept;
use crate::context::{Context, WriteFault};
use crate::scheme_file::{self, SchemeSource};
use meguri_core::evaluation::{Document, Sheet};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::scheme::Scheme;
use meguri_core::verify::{Finding, Severity, Subject, check, scheme_of};
use meguri_import::documents::family;
use meguri_import::source_text::SourceText;
use meguri_store::{Differences, Municipality, Result, Saved, Saving, SchemeText, SourceFile};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What the person wants where a document is kept already.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice {
    /// Take a changed reading.
    pub accept: bool,
    /// Keep a document whose file is not known as one of its own, though it looks like another
    /// file of a paper that is kept.
    pub separate: bool,
}

/// What was done with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// It was not there before.
    New(Saved),
    /// Nothing changed.
    Same {
        /// Id of the document.
        document: i64,
    },
    /// A new version of it was kept.
    Changed(Saved, Differences),
    /// It reads the same and was kept anew under another scheme.
    Ruled(Saved),
    /// It reads differently, and nobody said to take that.
    Refused(Differences),
}

impl Done {
    /// Id of the document.
    #[must_use]
    pub const fn document(&self) -> i64 {
        match self {
            Self::New(saved) | Self::Changed(saved, _) | Self::Ruled(saved) => saved.document,
            Self::Same { document } => *document,
            Self::Refused(differences) => differences.document,
        }
    }

    /// The stable ASCII key.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::New(_) => "new",
            Self::Same { .. } => "same",
            Self::Changed(..) | Self::Ruled(_) => "changed",
            Self::Refused(_) => "refused",
        }
    }
}

/// How much a document says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Sheets.
    pub sheets: usize,
    /// Indicators.
    pub indicators: usize,
    /// Rows of projects.
    pub listings: usize,
    /// Figures, amounts, judgements and paragraphs.
    pub values: usize,
    /// Places that the reader could not settle.
    pub unsettled: usize,
}

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FindingCounts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

/// Keeps one document in a transaction of its own.
///
/// # Errors
/// Those of the database; nothing of the document is kept then.
pub async fn import_document(
    city: &Municipality,
    document: &Document,
    source: &SourceFile,
    schemes: &[SchemeSource],
    choice: Choice,
    context: &Context,
) -> std::result::Result<Done, WriteFault> {
    let by = context.may_here(Doing::ImportDocument)?.by();
    let find_year = |lines: &[String]| year_of(&document.family, lines);
    let known = city
        .differences(document, &source.hash(), &find_year)
        .await?;
    let known = known.filter(|known| !(choice.separate && known.other_file));
    // A corrected file without a year is of the year of the paper that it corrects.
    let mut document = Cow::Borrowed(document);
    if let Some(year) = known.as_ref().and_then(|known| known.year)
        && lacks_year(&document)
    {
        give_year(document.to_mut(), year);
    }
    let document = document.as_ref();
    let ruling = ruling(schemes, document);
    if let Some(known) = &known {
        let same_scheme = ruling.is_none_or(|ruling| known.scheme.as_ref() == Some(&ruling.text));
        if known.values.is_empty() && known.moved == 0 && same_scheme {
            return Ok(Done::Same {
                document: known.document,
            });
        }
        // Where only places in the text moved, nothing that anybody reads has changed.
        if !choice.accept && !known.values.is_empty() {
            return Ok(Done::Refused(known.clone()));
        }
    }
    let text = ruling.map(scheme_text);
    // The checks against all papers follow once all are kept. Until then, and where the import is
    // killed in between, the document has at least what it says against itself.
    let alone = std::slice::from_ref(document);
    let all: Vec<Scheme> = schemes.iter().map(|source| source.scheme.clone()).collect();
    let findings = check(&Subject::new(alone, &all));
    let saving = Saving {
        document,
        source,
        scheme: text.as_ref(),
        findings: &findings,
    };
    let of = known.as_ref().map(|known| known.document);
    let saved = city.save_reading(of, &saving, by).await?;
    Ok(match known {
        Some(known) if known.values.is_empty() && known.moved == 0 => Done::Ruled(saved),
        Some(known) => Done::Changed(saved, known),
        None => Done::New(saved),
    })
}

/// Is it a paper about one evaluated year that does not tell which?
#[must_use]
pub fn lacks_year(document: &Document) -> bool {
    document.year().is_none() && family(&document.family).is_some_and(|family| family.yearly)
}

/// Gives all sheets of a paper its year.
pub fn give_year(document: &mut Document, year: FiscalYear) {
    for sheet in &mut document.sheets {
        sheet.year = Some(year);
    }
}

/// The year that a paper of a family tells in its lines.
fn year_of(key: &str, lines: &[String]) -> Option<FiscalYear> {
    let family = family(key).filter(|family| family.yearly)?;
    let text = SourceText::from_text(&lines.join("\n"));
    let read = || (family.read)(&text).to_document("", SourceText::from_text(""));
    // A reader is a feature behind a fence: where it fails, the year stays unknown.
    catch_unwind(AssertUnwindSafe(read)).ok()?.year()
}

/// The scheme that rules a document, else the one of its plan whose years lie nearest.
fn ruling<'a>(schemes: &'a [SchemeSource], document: &Document) -> Option<&'a SchemeSource> {
    let nearest = scheme_of(schemes.iter().map(|source| &source.scheme), document)?;
    schemes
        .iter()
        .find(|source| std::ptr::eq(&source.scheme, nearest))
}

fn scheme_text(source: &SchemeSource) -> SchemeText {
    let written = source.scheme.written();
    SchemeText {
        plan: written.key.clone(),
        version: written.version.clone(),
        valid_from: written.valid_from,
        valid_until: written.valid_until,
        written: source.text.clone(),
    }
}

/// The schemes by which documents are kept and checked: those given, those kept, the presets.
///
/// # Errors
/// Those of the database.
pub async fn schemes(city: &Municipality, given: Vec<SchemeSource>) -> Result<Vec<SchemeSource>> {
    let mut schemes = given;
    schemes.extend(schemes_kept(city).await?);
    schemes.extend(scheme_file::preset_sources());
    Ok(schemes)
}

/// Checks all documents that are kept against each other and keeps the findings with each; how
/// many each has.
///
/// # Errors
/// Those of the database.
pub async fn check_kept(
    city: &Municipality,
    schemes: &[SchemeSource],
    context: &Context,
) -> std::result::Result<BTreeMap<i64, FindingCounts>, WriteFault> {
    let by = context.may_here(Doing::CheckKept)?.by();
    let mut documents: Vec<Document> = Vec::new();
    let mut ids: Vec<(String, i64)> = Vec::new();
    for row in city.documents().await? {
        let Some(mut kept) = city.document(row.id).await? else {
            continue;
        };
        // Rules know a document by its name only.
        if documents
            .iter()
            .any(|other| other.name == kept.document.name)
        {
            kept.document.name = format!("{}（文書{}）", kept.document.name, row.id);
        }
        ids.push((kept.document.name.clone(), row.id));
        documents.push(kept.document);
    }
    let all: Vec<Scheme> = schemes.iter().map(|source| source.scheme.clone()).collect();
    let mut by_name: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for finding in check(&Subject::new(&documents, &all)) {
        by_name
            .entry(finding.place.document.clone())
            .or_default()
            .push(finding);
    }
    let mut counts = BTreeMap::new();
    for (name, id) in ids {
        let findings = by_name.remove(&name).unwrap_or_default();
        city.save_findings(id, &findings, by).await?;
        let of = |severity| findings.iter().filter(|f| f.severity == severity).count();
        let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
        counts.insert(
            id,
            FindingCounts {
                errors,
                warnings,
                notes: of(Severity::Note),
            },
        );
    }
    Ok(counts)
}

/// How much a document says.
#[must_use]
pub fn amounts(document: &Document) -> Amounts {
    let sum = |of: fn(&Sheet) -> usize| document.sheets.iter().map(of).sum();
    Amounts {
        sheets: document.sheets.len(),
        indicators: sum(|sheet| sheet.indicators.len()),
        listings: sum(|sheet| sheet.listings.len()),
        values: sum(values),
        unsettled: document.unsettled.len(),
    }
}

fn values(sheet: &Sheet) -> usize {
    let figures = sheet.indicators.iter().map(|one| {
        let baseline = usize::from(one.baseline.is_some());
        one.targets.len() + one.actuals.len() + one.printed_rates.len() + baseline
    });
    let rows = sheet
        .listings
        .iter()
        .map(|row| row.costs.len() + row.next_steps.len() + row.outlines.len());
    let texts = sheet
        .texts
        .iter()
        .filter_map(|text| text.paragraphs.as_ref())
        .map(Vec::len);
    figures.chain(rows).chain(texts).sum::<usize>()
        + sheet.judgements.len()
        + sheet.totals.len()
        + sheet.next_step_counts.len()
}
