//! Case files: a scheme, figures, and the results that a city officer expects of them.
//!
//! The format is explained in docs/calc.md. Every result comes with its steps, and with whether it
//! is the expected one.

mod amounts;
mod indicators;
mod outcome;
mod rollups;
mod rules;
mod text;

pub use outcome::{CaseResult, Verdict};

use crate::scheme_file::{self, FileFault, PRESETS, fault};
use meguri_core::scheme::Scheme;
use std::path::Path;
use text::CasesText;

/// All results of one case file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Results {
    /// What the file is about.
    pub title: String,
    /// The scheme: name and version.
    pub scheme: String,
    /// The rules that the cases use, in words, one line a sentence.
    pub rules: Vec<String>,
    /// The results, in the order of the file's kinds.
    pub results: Vec<CaseResult>,
}

impl Results {
    /// How many results have a verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        let same = |result: &&CaseResult| result.verdict() == verdict;
        self.results.iter().filter(same).count()
    }
}

/// Computes the cases of a file.
///
/// # Errors
/// All faults of the case file, or of its scheme, with their lines where they are known.
pub fn run(path: &Path) -> Result<Results, Vec<FileFault>> {
    let text = crate::regular::read_text(path).map_err(|error| vec![fault::of_io(&error)])?;
    let folder = path.parent().unwrap_or(Path::new("."));
    run_text(&text, folder)
}

/// Computes the cases of a text; a scheme file is looked for in `folder`.
///
/// # Errors
/// As [`run`].
pub fn run_text(text: &str, folder: &Path) -> Result<Results, Vec<FileFault>> {
    let cases: CasesText =
        toml::from_str(text).map_err(|error| vec![fault::of_toml(&error, text)])?;
    let scheme = scheme_of(&cases, folder)?;
    let mut results = Vec::new();
    let mut faults = Vec::new();
    let kinds = [indicators::results, rollups::results, amounts::results];
    for kind in kinds {
        for case in kind(&cases, &scheme) {
            match case {
                Ok(more) => results.extend(more),
                Err(fault) => faults.push(fault),
            }
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let written = scheme.written();
    Ok(Results {
        scheme: format!("{}（{}）", written.label, written.version),
        rules: rules::explain(&cases, &scheme),
        title: cases.title,
        results,
    })
}

/// The results of one kind of case, one a case.
type Cases = Vec<Result<Vec<CaseResult>, FileFault>>;

fn scheme_of(cases: &CasesText, folder: &Path) -> Result<Scheme, Vec<FileFault>> {
    match (&cases.scheme, &cases.preset) {
        (Some(file), None) => scheme_file::read(&folder.join(file)).map_err(|faults| {
            let in_file = |mut fault: FileFault| {
                fault.message = format!("設定ファイル {file}：{}", fault.message);
                fault
            };
            faults.into_iter().map(in_file).collect()
        }),
        (None, Some(key)) => scheme_file::preset(key).ok_or_else(|| {
            let known: Vec<&str> = PRESETS.iter().map(|preset| preset.key).collect();
            vec![FileFault::new(
                format!("「{key}」というひな形はありません。"),
                format!("次のどれかを書いてください：{}", known.join("、")),
            )]
        }),
        _ => Err(vec![FileFault::new(
            "どの設定で計算するかが決まりません。",
            "scheme = \"設定ファイル\" か preset = \"evaluation\" のどちらか一つを書いてください。",
        )]),
    }
}

/// What to tell of a key that the scheme does not have.
fn unknown(what: &str, key: &str, case: &str) -> FileFault {
    FileFault::new(
        format!("「{case}」の{what}「{key}」は設定にありません。"),
        "設定ファイルのキーを確認してください。",
    )
}
