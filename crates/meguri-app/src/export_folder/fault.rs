//! What can be the matter with the folder of an export, for the person who has to mend it.

use meguri_store::{Error, MunicipalityCode};
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why an export was not written, or not read; each says what to do.
#[derive(Debug, Error)]
pub enum FolderFault {
    /// The person may not.
    #[error(transparent)]
    Refused(#[from] crate::context::Refused),
    /// What the store says; its message has the remedy.
    #[error(transparent)]
    Store(#[from] Error),
    /// The system says no.
    #[error(
        "「{}」を読み書きできません（{error}）。\n場所、空き容量、権限をご確認ください。",
        path.display()
    )]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The disk is full.
    #[error(
        "「{}」の保存先に空きがありません。書き出しは完了していません。\n\
         空き容量を増やしてから、もう一度お試しください。",
        .0.display()
    )]
    Full(PathBuf),
    /// The folder of a new export has something in it.
    #[error(
        "書き出し先「{}」は空ではありません。何も変更していません。\n\
         空のフォルダーか新しい名前を指定してください。{}",
        folder.display(),
        if *ours { "以前の書き出しを置き換えるときは「--overwrite」を付けてください。" }
        else { "（めぐりの書き出しではないため、置き換えることもできません。）" }
    )]
    NotEmpty {
        /// The folder.
        folder: PathBuf,
        /// Whether it is an export of ours.
        ours: bool,
    },
    /// There is no such folder.
    #[error(
        "フォルダー「{}」がありません。\n「meguri export」で書き出したフォルダーを指定してください。",
        .0.display()
    )]
    NoFolder(PathBuf),
    /// The folder is no export.
    #[error(
        "「{}」は、めぐりの書き出しではありません（{why}）。\n\
         「meguri export」で書き出したフォルダーを指定してください。",
        folder.display()
    )]
    NoExport {
        /// The folder.
        folder: PathBuf,
        /// What is missing, in Japanese.
        why: String,
    },
    /// A newer program wrote it.
    #[error(
        "この書き出しは新しい版のめぐりで作られています（{what}の版 {found}、\
         このプログラムが扱える版 {known} まで）。\n\
         めぐりを新しい版に更新してください。データは変更していません。"
    )]
    Newer {
        /// Of what.
        what: &'static str,
        /// Its version.
        found: u64,
        /// The newest that this program knows.
        known: u64,
    },
    /// Another municipality was asked for.
    #[error(
        "この書き出しは団体コード {found} の団体のものですが、{wanted} が指定されています。\n\
         「--municipality」または設定の municipality を確かめてください。"
    )]
    OtherMunicipality {
        /// Whose it is.
        found: MunicipalityCode,
        /// Whose was asked for, as it was said.
        wanted: String,
    },
    /// A file is missing, foreign or changed. Nothing is imported.
    #[error("「{file}」{what}\n対応：{remedy}\nデータベースは変更していません。")]
    File {
        /// The file, and the place in it.
        file: String,
        /// What is the matter.
        what: String,
        /// What to do.
        remedy: &'static str,
    },
    /// The key of a row makes no name of a file.
    #[error(
        "表 {table} の行から、書き出すファイルの名前を作れません。\n\
             データベースを「meguri audit verify」で確かめてください。"
    )]
    Unnamed {
        /// The table.
        table: String,
    },
}

/// What one does with a file that is not as it was written.
pub(crate) const EXPORT_AGAIN: &str = "書き出したままのファイルを使うか、もとのデータベースから「meguri export」でもう一度書き出してください。";

impl FolderFault {
    pub(crate) fn of_io(path: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Self::Full(path.to_owned())
            }
            _ => Self::Io {
                path: path.to_owned(),
                error,
            },
        }
    }

    /// Of writing CSV: only what the system says can go wrong.
    pub(crate) fn of_csv(path: &Path, error: csv::Error) -> Self {
        let error = match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        };
        Self::of_io(path, error)
    }

    /// A file that is not as it was written; `what` goes on from its name.
    pub(crate) fn file(file: impl Into<String>, what: impl Into<String>) -> Self {
        Self::File {
            file: file.into(),
            what: what.into(),
            remedy: EXPORT_AGAIN,
        }
    }
}
