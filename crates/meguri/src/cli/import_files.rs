//! `meguri import FILE…`: keeps documents, checks them against each other and links them.

mod told;

pub(super) use told::{doubt_json, print_doubt};

use crate::cli::check::progress_bar;
use crate::cli::kept::{StoreOptions, with_store};
use crate::cli::{report, terminal};
use meguri_app::actions::find_scheme::{OtherYears, other_years};
use meguri_app::actions::import_document::{
    Amounts, Choice, Done, FindingCounts, amounts, check_kept, give_year, import_document,
    lacks_year, schemes,
};
use meguri_app::actions::links_kept::{LinksKept, identify};
use meguri_app::actions::read_document::{ReadFault, bytes_of, read_bytes};
use meguri_app::context::{Context, WriteFault};
use meguri_app::plain;
use meguri_app::scheme_file::{self, SchemeSource, Unpublished};
use meguri_core::evaluation::{Document, UnreadText};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::scheme::Scheme;
use meguri_core::scheme::words::plan_word;
use meguri_import::documents::family;
use meguri_store::{Identified, Municipality, SourceFile};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What the command line says.
pub(super) struct Wanted {
    pub(super) files: Vec<PathBuf>,
    /// Key of the family of all files, where it is given.
    pub(super) family: Option<String>,
    /// The year of papers that print none, where it is given.
    pub(super) year: Option<FiscalYear>,
    pub(super) schemes: Vec<PathBuf>,
    pub(super) choice: Choice,
    pub(super) json: bool,
    pub(super) store: StoreOptions,
}

/// What became of one file that was read.
struct Imported {
    path: PathBuf,
    family: &'static str,
    plan: String,
    amounts: Amounts,
    unread: Vec<UnreadText>,
    /// The evaluated year; `None` where the paper does not tell it, or is of no single year.
    year: Option<FiscalYear>,
    /// It is about one year and does not tell which.
    lacks_year: bool,
    /// No scheme of its plan holds for its year.
    other_years: Option<OtherYears>,
    done: Done,
}

/// What became of all files.
struct Outcome {
    imported: Vec<Imported>,
    faults: Vec<(PathBuf, ReadFault)>,
    findings: BTreeMap<i64, FindingCounts>,
    kept: LinksKept,
    identified: Identified,
    /// The schemes that were given, by their names, with what they do not publish.
    schemes: Vec<(String, Unpublished)>,
}

/// Reads the fiscal year that `--year` gives.
pub(super) fn year_parser(text: &str) -> Result<FiscalYear, String> {
    FiscalYear::parse(text).ok_or_else(|| "年度ではありません".to_owned())
}

/// Imports files and prints what became of them. Exit code 2 where a file could not be read, 1
/// where a changed reading waits for `--accept`.
pub(super) fn run(wanted: &Wanted) -> io::Result<ExitCode> {
    let Some(given) = read_schemes(&wanted.schemes)? else {
        return Ok(ExitCode::from(2));
    };
    // A slip in all names is no reason to make a database.
    if !wanted.files.iter().any(|path| path.exists()) {
        for path in &wanted.files {
            if let Err(fault) = bytes_of(path) {
                report::fault(path, &fault)?;
            }
        }
        return Ok(ExitCode::from(2));
    }
    with_store(&wanted.store, true, async |kept, context| {
        let outcome = import(&kept.municipality, wanted, given, context).await?;
        Ok::<_, WriteFault>(terminal::after_work(tell(&outcome, wanted.json)))
    })
}

fn tell(outcome: &Outcome, json: bool) -> io::Result<ExitCode> {
    for (path, fault) in &outcome.faults {
        report::fault(path, fault)?;
    }
    if json {
        told::json(outcome)?
    } else {
        told::report(outcome)?
    }
    let refused = outcome
        .imported
        .iter()
        .any(|one| matches!(one.done, Done::Refused(_)));
    Ok(match (outcome.faults.is_empty(), refused) {
        (false, _) => ExitCode::from(2),
        (true, true) => ExitCode::from(1),
        (true, false) => ExitCode::SUCCESS,
    })
}

/// The scheme files; `None` where one has faults, which are told.
fn read_schemes(paths: &[PathBuf]) -> io::Result<Option<Vec<SchemeSource>>> {
    let mut schemes = Vec::new();
    let mut sound = true;
    for path in paths {
        match scheme_file::read_source(path) {
            Ok(source) => schemes.push(source),
            Err(faults) => {
                report::file_faults(path, &faults)?;
                sound = false;
            }
        }
    }
    Ok(sound.then_some(schemes))
}

async fn import(
    city: &Municipality,
    wanted: &Wanted,
    given: Vec<SchemeSource>,
    context: &Context,
) -> Result<Outcome, WriteFault> {
    let unpublished = given.iter().map(|source| {
        let label = source.scheme.written().label.clone();
        (label, Unpublished::of(&source.scheme))
    });
    let unpublished = unpublished.collect();
    let schemes = schemes(city, given).await?;
    let forms: Vec<Scheme> = schemes.iter().map(|source| source.scheme.clone()).collect();
    let progress = progress_bar(&wanted.files);
    let (mut imported, mut faults) = (Vec::new(), Vec::new());
    for path in &wanted.files {
        progress.set_message(plain::on_one_line(&path.display().to_string()).into_owned());
        match read(path, wanted, &forms) {
            Ok((family, document, source)) => {
                let done =
                    import_document(city, &document, &source, &schemes, wanted.choice, context)
                        .await?;
                imported.push(Imported {
                    path: path.clone(),
                    family,
                    plan: plan_label(&schemes, &document),
                    amounts: amounts(&document),
                    year: document.year(),
                    lacks_year: lacks_year(&document),
                    other_years: other_years(schemes.iter().map(|s| &s.scheme), &document),
                    unread: document.unread,
                    done,
                });
            }
            Err(fault) => faults.push((path.clone(), fault)),
        }
        progress.inc(1);
    }
    progress.set_message("文書どうしを点検し、紐付けています");
    let findings = check_kept(city, &schemes, context).await?;
    let (kept, identified) = identify(city, context).await?;
    progress.finish_and_clear();
    Ok(Outcome {
        imported,
        faults,
        findings,
        kept,
        identified,
        schemes: unpublished,
    })
}

fn read(
    path: &Path,
    wanted: &Wanted,
    forms: &[Scheme],
) -> Result<(&'static str, Document, SourceFile), ReadFault> {
    let bytes = bytes_of(path)?;
    let read = read_bytes(
        path,
        &bytes,
        wanted.family.as_deref().and_then(family),
        forms,
    )?;
    let mut document = read.reading.to_document(&read.name, read.source);
    match (wanted.year, document.year()) {
        (Some(given), None) if read.family.yearly => give_year(&mut document, given),
        (Some(given), Some(printed)) if given != printed => {
            return Err(ReadFault::OtherYear { given, printed });
        }
        _ => {}
    }
    Ok((
        read.family.title,
        document,
        SourceFile {
            name: read.name,
            bytes,
        },
    ))
}

/// The plan by the name of its scheme, with the plan that it evaluates.
fn plan_label(schemes: &[SchemeSource], document: &Document) -> String {
    let written = |key: &str| {
        let of = |source: &&SchemeSource| source.scheme.written().key == key;
        schemes
            .iter()
            .find(of)
            .map(|source| source.scheme.written())
    };
    let key = document.plan.key.as_str();
    let label = |key: &str| {
        written(key)
            .map_or_else(|| plan_word(key), |written| &written.label)
            .to_owned()
    };
    match written(key).and_then(|written| written.evaluates.as_deref()) {
        Some(evaluated) => format!("{}（{}）", label(evaluated), label(key)),
        None => label(key),
    }
}
