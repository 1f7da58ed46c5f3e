//! Scheme files: TOML as a city officer writes it, and the scheme that it means.
//!
//! The format is explained in docs/scheme.md. What is wrong is told in Japanese with its line and
//! what to do; nothing is guessed.

pub(crate) mod fault;
mod rules;
mod shape;
mod stage;
mod unpublished;
pub(crate) mod value;
mod written;

pub use fault::FileFault;
pub use unpublished::Unpublished;

use meguri_core::scheme::{Scheme, SchemeFault, Tag};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Texts of schemes that are remembered at most.
const KEPT_MOST: usize = 64;

/// A preset: a scheme that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Key of the plan.
    pub key: &'static str,
    /// Its file.
    pub text: &'static str,
}

/// The presets, one a document family.
pub const PRESETS: [Preset; 5] = [
    Preset {
        key: "evaluation",
        text: include_str!("../presets/evaluation.toml"),
    },
    Preset {
        key: "midterm",
        text: include_str!("../presets/midterm.toml"),
    },
    Preset {
        key: "strategy",
        text: include_str!("../presets/strategy.toml"),
    },
    Preset {
        key: "programs",
        text: include_str!("../presets/programs.toml"),
    },
    Preset {
        key: "reform",
        text: include_str!("../presets/reform.toml"),
    },
];

/// The scheme of a preset; `None` for an unknown key.
///
/// A preset that does not read is a fault of the program, and a test reads them all.
#[must_use]
pub fn preset(key: &str) -> Option<Scheme> {
    let preset = PRESETS.iter().find(|preset| preset.key == key)?;
    parse(preset.text).ok()
}

/// The schemes of all presets.
#[must_use]
pub fn presets() -> Vec<Scheme> {
    PRESETS
        .iter()
        .filter_map(|preset| parse(preset.text).ok())
        .collect()
}

/// The words of daily life for plans whose scheme writes none.
///
/// A list that does not read is a fault of the program, and a test reads it.
#[must_use]
pub fn usual_words() -> Vec<Tag> {
    let words: Result<written::WordsText, _> =
        toml::from_str(include_str!("../presets/words.toml"));
    words.map(written::WordsText::mean).unwrap_or_default()
}

/// Reads a scheme from its text.
///
/// # Errors
/// All faults that were found, each with its line where it is known.
pub fn parse(text: &str) -> Result<Scheme, Vec<FileFault>> {
    let written: written::SchemeText =
        toml::from_str(text).map_err(|error| vec![fault::of_toml(&error, text)])?;
    let written = written.mean()?;
    Scheme::new(written).map_err(|faults| faults.iter().map(|f| of_scheme(f, text)).collect())
}

/// As [`parse`] of a text that is kept, which is asked for with every request: each text is read once.
#[must_use]
pub fn parse_kept(text: &str) -> Option<Arc<Scheme>> {
    static READ: LazyLock<Mutex<BTreeMap<String, Arc<Scheme>>>> = LazyLock::new(Mutex::default);
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(scheme) = read.get(text) {
        return Some(Arc::clone(scheme));
    }
    let scheme = Arc::new(parse(text).ok()?);
    // A city has a handful of schemes; many texts come of tests only.
    if read.len() >= KEPT_MOST {
        read.clear();
    }
    read.insert(text.to_owned(), Arc::clone(&scheme));
    Some(scheme)
}

/// A scheme with the text that means it.
#[derive(Clone, Debug)]
pub struct SchemeSource {
    /// What it means.
    pub scheme: Scheme,
    /// As written.
    pub text: String,
}

/// All presets with their texts.
#[must_use]
pub fn preset_sources() -> Vec<SchemeSource> {
    let source = |text: &str| {
        Some(SchemeSource {
            scheme: parse(text).ok()?,
            text: text.into(),
        })
    };
    PRESETS
        .iter()
        .filter_map(|preset| source(preset.text))
        .collect()
}

/// Reads a scheme file with its text.
///
/// # Errors
/// As [`read`].
pub fn read_source(path: &Path) -> Result<SchemeSource, Vec<FileFault>> {
    let text = crate::regular::read_text(path).map_err(|error| vec![fault::of_io(&error)])?;
    Ok(SchemeSource {
        scheme: parse(&text)?,
        text,
    })
}

/// Reads a scheme file.
///
/// # Errors
/// As [`parse`]; also where the file cannot be read.
pub fn read(path: &Path) -> Result<Scheme, Vec<FileFault>> {
    let text = crate::regular::read_text(path).map_err(|error| vec![fault::of_io(&error)])?;
    parse(&text)
}

fn of_scheme(scheme_fault: &SchemeFault, text: &str) -> FileFault {
    FileFault {
        line: fault::line_of_place(&scheme_fault.place, text),
        code: Some(scheme_fault.code),
        message: format!("{}：{}", scheme_fault.place, scheme_fault.message),
        remedy: scheme_fault.remedy.clone(),
    }
}
