//! Reads one file: bytes, family, reading. What goes wrong is told in Japanese, with place and
//! what to do.

use crate::actions::form_words::form_words;
use crate::regular;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::scheme::Scheme;
use meguri_import::documents::{FAMILIES, Family, Reading, detect};
use meguri_import::source_text::{MAX_BYTES, NotText, SourceText};
use std::io::{ErrorKind, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use thiserror::Error;

/// A file that was read.
pub struct ReadDocument {
    /// The file's name.
    pub name: String,
    /// Its family.
    pub family: &'static Family,
    /// What it says.
    pub reading: Reading,
    /// Its lines.
    pub source: SourceText,
}

/// Why a file could not be read.
#[derive(Debug, Error)]
pub enum ReadFault {
    /// There is no such file.
    #[error("ファイルが見つかりません。")]
    Missing,
    /// A directory.
    #[error("ファイルではなくフォルダーです。")]
    Directory,
    /// A named pipe, a device.
    #[error("通常のファイルではありません（装置や名前付きパイプは読み取れません）。")]
    NotRegular,
    /// No permission.
    #[error("ファイルを開く権限がありません。")]
    Permission,
    /// The system failed while reading.
    #[error("ファイルの読み込み中に失敗しました（{0}）。")]
    Io(std::io::Error),
    /// No text.
    #[error("{0}")]
    NotText(NotText),
    /// A text that is no document of a known family.
    #[error("文書の種類を判別できません。")]
    UnknownFamily,
    /// A text that holds nothing of the family that it was read as.
    #[error("「{family}」としては、読み取れる内容がありません。")]
    Nothing {
        /// Title of the family.
        family: &'static str,
    },
    /// Too much of the text is accounted for by nothing: it is another form.
    #[error("「{family}」としては読み取れません（{share}）。")]
    Unread {
        /// Title of the family.
        family: &'static str,
        /// How much is unread, for a person.
        share: String,
        /// The heads of the form that were found.
        found: Vec<&'static str>,
        /// Those that were missed.
        missed: Vec<&'static str>,
    },
    /// The paper prints another year than the person gave.
    #[error("文書には「{printed}」と印刷されていますが、「{given}」が指定されています。")]
    OtherYear {
        /// The year that was given.
        given: FiscalYear,
        /// The year that the paper prints.
        printed: FiscalYear,
    },
    /// The reader itself failed.
    #[error("「{family}」として読んでいる途中で、読み取り機能に不具合が起きました。")]
    Reader {
        /// Title of the family.
        family: &'static str,
    },
}

impl ReadFault {
    /// What the person can do.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Missing => "ファイル名と場所を確認してください。".to_owned(),
            Self::Directory => {
                "フォルダーの中のファイルを指定してください（例：「フォルダー名/*.txt」）。"
                    .to_owned()
            }
            Self::NotRegular => "ディスクにあるファイルを指定してください。".to_owned(),
            Self::Permission => {
                "ファイルの読み取り権限を付けるか、権限のある利用者で実行してください。".to_owned()
            }
            Self::Io(_) => {
                "媒体やネットワークの接続を確認し、もう一度実行してください。".to_owned()
            }
            Self::NotText(not_text) => not_text.hint().to_owned(),
            Self::UnknownFamily => {
                let kinds: Vec<String> = FAMILIES
                    .iter()
                    .map(|f| format!("{}＝{}", f.key, f.title))
                    .collect();
                format!(
                    "対応している文書か確認してください。種類が分かっている場合は「--as 種類」で指定できます（{}）。",
                    kinds.join("、")
                )
            }
            Self::Nothing { .. } => {
                "文書の種類の指定と、表の部分が欠けていないかを確認してください。".to_owned()
            }
            Self::Unread { found, missed, .. } => unread_hint(found, missed),
            Self::OtherYear { .. } => {
                "「meguri import --year」は、年度の印刷がない文書のための指定です。ファイルの取り違えがないかを確かめ、印刷が正しければこの指定を外してください。"
                    .to_owned()
            }
            Self::Reader { .. } => {
                "ファイルを変更せずに残し、めぐりの開発者に不具合として知らせてください。"
                    .to_owned()
            }
        }
    }
}

/// Reads a file; the family is found by itself unless it is given.
///
/// # Errors
/// [`ReadFault`] where the file cannot be opened, is no text, or is of no known family.
pub fn read_document(
    path: &Path,
    family: Option<&'static Family>,
) -> Result<ReadDocument, ReadFault> {
    read_document_by(path, family, &[])
}

/// Reads a file by the words that its scheme may have for the form; see [`read_document`].
///
/// # Errors
/// Those of [`read_document`].
pub fn read_document_by(
    path: &Path,
    family: Option<&'static Family>,
    schemes: &[Scheme],
) -> Result<ReadDocument, ReadFault> {
    read_bytes(path, &bytes_of(path)?, family, schemes)
}

/// Reads the bytes of a file by the words of the schemes; the path only names it.
///
/// # Errors
/// [`ReadFault`] where the bytes are no text or of no known family.
pub fn read_bytes(
    path: &Path,
    bytes: &[u8],
    family: Option<&'static Family>,
    schemes: &[Scheme],
) -> Result<ReadDocument, ReadFault> {
    let source = SourceText::decode(bytes).map_err(ReadFault::NotText)?;
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned();
    read_source_by(name, source, family, schemes)
}

/// Reads a text that is in memory already, under a name.
///
/// # Errors
/// [`ReadFault`] where the text is of no known family.
pub fn read_source(
    name: String,
    source: SourceText,
    family: Option<&'static Family>,
) -> Result<ReadDocument, ReadFault> {
    read_source_by(name, source, family, &[])
}

/// The family of a text and the text in the words of that family's form. A text that shows no known
/// form may show one in the words of a scheme.
fn recognise(
    source: SourceText,
    family: Option<&'static Family>,
    schemes: &[Scheme],
) -> Option<(&'static Family, SourceText)> {
    if let Some(family) = family.or_else(|| detect(&source)) {
        return Some((family, source.with_words(form_words(family, schemes))));
    }
    FAMILIES.iter().find_map(|family| {
        let words = form_words(family, schemes);
        let source = words
            .has_labels()
            .then(|| source.clone().with_words(words))?;
        ((family.likeness)(&source) > 0).then_some((family, source))
    })
}

/// Reads a text that is in memory already, by the words of the schemes.
fn read_source_by(
    name: String,
    source: SourceText,
    family: Option<&'static Family>,
    schemes: &[Scheme],
) -> Result<ReadDocument, ReadFault> {
    let (family, source) = recognise(source, family, schemes).ok_or(ReadFault::UnknownFamily)?;
    // A reader is a feature behind a fence: its fault is told and the other files go on.
    let reading = catch_unwind(AssertUnwindSafe(|| (family.read)(&source))).map_err(|_| {
        ReadFault::Reader {
            family: family.title,
        }
    })?;
    if reading.is_empty() {
        return Err(ReadFault::Nothing {
            family: family.title,
        });
    }
    if let Some(balance) = reading.too_much_unread(&source) {
        let (found, missed) = (family.form)().marks_in(&source);
        return Err(ReadFault::Unread {
            family: family.title,
            share: format!(
                "全{}字のうち{}字が、この様式の見出しにも、どの欄の内容にも当てはまりません",
                balance.all, balance.unread
            ),
            found,
            missed,
        });
    }
    Ok(ReadDocument {
        name,
        family,
        reading,
        source,
    })
}

/// Which heads of the form were found and which were missed, and what to do.
fn unread_hint(found: &[&str], missed: &[&str]) -> String {
    let list = |heads: &[&str]| {
        if heads.is_empty() {
            "なし".to_owned()
        } else {
            heads.iter().map(|head| format!("「{head}」")).collect()
        }
    };
    format!(
        "この種類の文書の見出しのうち、あったもの：{}、なかったもの：{}。別の様式の文書であれば、めぐりはまだ読めません。同じ様式の文書であれば、テキストを書き出し直してください。",
        list(found),
        list(missed)
    )
}

/// The bytes of a file, never more than one past the limit, so that memory is bounded.
///
/// # Errors
/// [`ReadFault`] where the file cannot be opened or read.
pub fn bytes_of(path: &Path) -> Result<Vec<u8>, ReadFault> {
    let fault = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => ReadFault::Missing,
        ErrorKind::PermissionDenied => ReadFault::Permission,
        ErrorKind::IsADirectory => ReadFault::Directory,
        ErrorKind::InvalidInput => ReadFault::NotRegular,
        _ => ReadFault::Io(error),
    };
    let file = regular::open(path).map_err(fault)?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(fault)?;
    Ok(bytes)
}
