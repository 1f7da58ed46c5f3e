//! What can go wrong with an index, in words for the person who has to mend it.

use std::io;
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

/// A result of the search.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, in Japanese, with what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Another process is writing to the index.
    #[error(
        "検索用の索引をほかの処理が更新中のため、更新できません。索引は変更していません。\n\
         その処理が終わるのを待ってから、もう一度実行してください。"
    )]
    Busy(#[source] Source),
    /// The disk is full.
    #[error(
        "検索用の索引を保存するディスクに空きがありません。索引は更新前のままです。\n\
         空き容量を増やしてから、もう一度実行してください。"
    )]
    DiskFull(#[source] Source),
    /// The folder may only be read, or not even that.
    #[error(
        "検索用の索引のフォルダーを読み書きできません。索引は変更していません。\n\
         フォルダーの読み取りと書き込みの権限をご確認ください。"
    )]
    ReadOnly(#[source] Source),
    /// There is something else where the folder should be.
    #[error(
        "検索用の索引のフォルダーを開けません。\n\
         指定した場所にフォルダーがあるか、同じ名前のファイルがないかをご確認ください。"
    )]
    Missing(#[source] Source),
    /// The index is damaged.
    #[error(
        "検索用の索引が壊れています。\n\
         索引を作り直してください。公開中の内容には影響ありません。"
    )]
    Damaged(#[source] Source),
    /// Anything else that the search library says.
    #[error(
        "検索用の索引の処理に失敗しました（{0}）。\n\
         ディスクの空き容量とフォルダーの権限を確認し、もう一度実行してください。\
         繰り返す場合は索引を作り直してください。"
    )]
    Other(#[source] Source),
}

/// What the library or the system itself said, for logs.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Source(Box<dyn std::error::Error + Send + Sync>);

impl Source {
    pub(crate) fn new(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(source.into())
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        let kind = error.kind();
        of_io(kind, Source::new(error))
    }
}

impl From<TantivyError> for Error {
    fn from(error: TantivyError) -> Self {
        let kind = io_kind(&error);
        let source = |error: TantivyError| Source::new(error.to_string());
        match (&error, kind) {
            (TantivyError::LockFailure(LockError::LockBusy, _), _) => Self::Busy(source(error)),
            (TantivyError::OpenDirectoryError(_), None) => Self::Missing(source(error)),
            (_, Some(kind)) => of_io(kind, source(error)),
            _ if is_damage(&error) => Self::Damaged(source(error)),
            _ => Self::Other(source(error)),
        }
    }
}

fn of_io(kind: io::ErrorKind, source: Source) -> Error {
    use io::ErrorKind as Kind;
    match kind {
        Kind::StorageFull | Kind::QuotaExceeded => Error::DiskFull(source),
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Error::ReadOnly(source),
        Kind::NotADirectory | Kind::AlreadyExists | Kind::NotFound => Error::Missing(source),
        Kind::UnexpectedEof | Kind::InvalidData => Error::Damaged(source),
        _ => Error::Other(source),
    }
}

/// Is it the content of the index that is wrong, so that building it anew helps?
pub(crate) fn is_damage(error: &TantivyError) -> bool {
    match error {
        TantivyError::DataCorruption(_)
        | TantivyError::IncompatibleIndex(_)
        | TantivyError::SchemaError(_)
        | TantivyError::FieldNotFound(_)
        | TantivyError::DeserializeError(_)
        | TantivyError::InternalError(_)
        | TantivyError::OpenReadError(
            OpenReadError::FileDoesNotExist(_) | OpenReadError::IncompatibleIndex(_),
        ) => true,
        _ => matches!(
            io_kind(error),
            Some(
                io::ErrorKind::UnexpectedEof
                    | io::ErrorKind::InvalidData
                    | io::ErrorKind::InvalidInput
                    | io::ErrorKind::Other
            )
        ),
    }
}

/// What the system said, where it is the system that failed.
fn io_kind(error: &TantivyError) -> Option<io::ErrorKind> {
    match error {
        TantivyError::IoError(io)
        | TantivyError::LockFailure(LockError::IoError(io), _)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: io, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: io, .. })
        | TantivyError::OpenDirectoryError(
            OpenDirectoryError::FailedToCreateTempDir(io)
            | OpenDirectoryError::IoError { io_error: io, .. },
        ) => Some(io.kind()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn what_the_system_says_has_its_words_in_japanese() {
        use io::ErrorKind as Kind;
        let cases = [
            (Kind::StorageFull, "空きがありません"),
            (Kind::QuotaExceeded, "空きがありません"),
            (Kind::PermissionDenied, "権限"),
            (Kind::ReadOnlyFilesystem, "権限"),
            (Kind::NotADirectory, "同じ名前のファイル"),
            (Kind::UnexpectedEof, "壊れています"),
            (Kind::Interrupted, "処理に失敗しました"),
        ];
        for (kind, want) in cases {
            let io = || Arc::new(io::Error::from(kind));
            let errors = [
                TantivyError::IoError(io()),
                TantivyError::LockFailure(LockError::IoError(io()), None),
                OpenWriteError::IoError {
                    io_error: io(),
                    filepath: "a".into(),
                }
                .into(),
                OpenReadError::IoError {
                    io_error: io(),
                    filepath: "a".into(),
                }
                .into(),
            ];
            for error in errors {
                let message = Error::from(error).to_string();
                assert!(
                    message.contains(want) && message.contains("ください"),
                    "{message}"
                );
            }
        }
        let busy = TantivyError::LockFailure(LockError::LockBusy, None);
        assert!(matches!(Error::from(busy), Error::Busy(_)));
    }

    #[test]
    fn only_what_building_anew_mends_is_damage() {
        let io = |kind: io::ErrorKind| TantivyError::IoError(Arc::new(kind.into()));
        assert!(is_damage(&io(io::ErrorKind::UnexpectedEof)));
        assert!(is_damage(
            &OpenReadError::FileDoesNotExist("a".into()).into()
        ));
        assert!(!is_damage(&io(io::ErrorKind::PermissionDenied)));
        assert!(!is_damage(&io(io::ErrorKind::StorageFull)));
        assert!(!is_damage(&TantivyError::LockFailure(
            LockError::LockBusy,
            None
        )));
    }
}
