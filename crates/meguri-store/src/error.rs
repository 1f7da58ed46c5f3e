//! What can go wrong with a database, in words for the person who has to mend it.
//!
//! "Not found" is no error here: a function that may find nothing gives an `Option`.

use crate::dialect::{self, Fault};
use std::path::PathBuf;

/// A result of the store.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, in Japanese, with what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The disk is full; nothing was written.
    #[error(
        "保存先のディスクに空きがありません。この操作は保存されていません。\n\
         空き容量を増やしてから、もう一度お試しください。"
    )]
    DiskFull(#[source] Source),
    /// The file, the folder or the database may only be read.
    #[error(
        "データベースが読み取り専用のため、書き込めません。\n\
         ファイルとフォルダーの書き込み権限、または接続先のサーバーの状態をご確認ください。"
    )]
    ReadOnly(#[source] Source),
    /// Another writer held the lock for too long.
    #[error(
        "ほかの処理がデータベースを使用中のため、待ち時間を超えました。この操作は保存されていません。\n\
         少し待ってから、もう一度お試しください。"
    )]
    Locked(#[source] Source),
    /// The server took longer over a statement than anybody waits.
    #[error(
        "データベースの処理が制限時間内に終わりませんでした。この操作は保存されていません。\n\
         データベースのサーバーの負荷を確かめ、少し待ってから、もう一度お試しください。"
    )]
    TooLong(#[source] Source),
    /// The connection was lost or could not be made.
    #[error(
        "データベースに接続できません（接続が切れた場合を含みます）。\n\
         サーバーの稼働状況、接続先の指定、ネットワークをご確認ください。"
    )]
    Unreachable(#[source] Source),
    /// The connection to the server cannot be encrypted, or its certificate is not trusted.
    #[error(
        "データベースとの暗号化した接続（TLS）ができません。\n\
         接続先の指定（sslmode、sslrootcert）と、サーバーの証明書（期限、名前、発行者）をご確認ください。"
    )]
    Encryption(#[source] Source),
    /// The system does not let the file be read or written: a quota, a broken disk.
    #[error(
        "データベースのファイルを読み書きできません。この操作は保存されていません。\n\
         ディスクの空き容量、容量の制限、ディスクの故障がないかをご確認ください。"
    )]
    Io(#[source] Source),
    /// The server has no connection or memory left.
    #[error(
        "データベースの接続数またはメモリーが上限に達しています。\n\
         少し待つか、サーバーの設定（最大接続数など）をご確認ください。"
    )]
    Limits(#[source] Source),
    /// The database or its folder is not there.
    #[error(
        "データベースを開けません。\n\
         ファイルの場所（フォルダーがあるか）またはデータベース名をご確認ください。"
    )]
    Missing(#[source] Source),
    /// The name, the password or the rights do not suffice.
    #[error(
        "データベースの利用を拒否されました。\n\
         利用者名、パスワード、権限をご確認ください。"
    )]
    Refused(#[source] Source),
    /// The file is no database of ours, or it is damaged.
    #[error(
        "データベースの内容が壊れているか、めぐりのデータベースではありません（{what}）。\n\
         直近のバックアップから復元してください。"
    )]
    Damaged {
        /// What is damaged, for the report of the fault.
        what: String,
    },
    /// The database was written by a newer めぐり.
    #[error(
        "このデータベースは新しい版のめぐりで作られています（データベースの版 {found}、\
         このプログラムが扱える版 {known} まで）。\n\
         めぐりを新しい版に更新してください。データベースは変更していません。"
    )]
    NewerVersion {
        /// The version of the database.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The copy before a migration could not be made; nothing was migrated.
    #[error(
        "更新前のバックアップ「{}」を作成できないため、更新を中止しました。データベースは変更していません。\n\
         空き容量と書き込み権限をご確認ください。同名のファイルがある場合は移動してください。",
        path.display()
    )]
    Backup {
        /// Where the copy was to be.
        path: PathBuf,
        /// Why it failed.
        source: Box<Error>,
    },
    /// The rows do not fit each other: a doubled key, a reference to nothing.
    #[error(
        "データが互いに合わないため、保存できません（{why}）。この操作は保存されていません。\n\
         データの提供元に確かめるか、この表示をシステムの担当者に伝えてください。"
    )]
    Constraint {
        /// Which rule is broken, in Japanese.
        why: &'static str,
        /// What the database said.
        source: Source,
    },
    /// A row of an import is not taken; nothing of the import is kept.
    #[error("{table} の{row}行目：{why}。", row = row + 1)]
    Rejected {
        /// The table.
        table: &'static str,
        /// Which of the rows that were handed in, from 0.
        row: usize,
        /// What is the matter, in Japanese.
        why: String,
    },
    /// A municipality is to be imported and is there already.
    #[error(
        "団体コード {0} の団体は、このデータベースにすでにあります。データは変更していません。\n\
         取り込みと復元は、その団体のデータがまだないデータベースにだけ行えます。\
         「--database」で新しいデータベースを指定してください。"
    )]
    AlreadyThere(String),
    /// A file that must be new is there already.
    #[error(
        "「{}」はすでにあります。上書きはしません。\n\
         別の名前を指定するか、そのファイルを移動してください。",
        .0.display()
    )]
    FileIsThere(PathBuf),
    /// The file of a database is not there, but its log or what a restore set aside is.
    #[error(
        "データベース「{}」がありませんが、その一部とみられるファイルがあります：{}。\n\
         復元の途中で止まった場合は、もう一度「meguri restore」で復元するか、「.before-restore-」の\
         付いたファイルを元の名前に戻してください。不要なファイルであれば、別のフォルダーに移してから\
         やり直してください。何も変更していません。",
        path.display(), names(left)
    )]
    LeftOver {
        /// The file that is not there.
        path: PathBuf,
        /// What is there of it.
        left: Vec<PathBuf>,
    },
    /// A file to be replaced is so damaged that nobody can tell whether a program uses it.
    #[error(
        "いまのデータベース「{}」は壊れていて、使用中のプログラムがあるかどうかを確かめられません。\
         何も変更していません。\n\
         「meguri serve」などを止めてから、「meguri restore --force」のように付けて、もう一度行ってください\
         （いまのファイルは別の名前で残します）。",
        .0.display()
    )]
    MayBeInUse(PathBuf),
    /// The name of the database leads to another file than the one that is open.
    #[error(
        "データベース「{}」が、開いたときとは別のファイルに替わっています。\n開き直してください。",
        .0.display()
    )]
    OtherFile(PathBuf),
    /// The name of the database leads to no file any more.
    #[error(
        "データベース「{}」がなくなっています（移動または削除されました）。\n\
         元の場所に戻すか、バックアップから復元してください。",
        .0.display()
    )]
    FileGone(PathBuf),
    /// Something with a file beside the database failed.
    #[error("「{}」を{what}できません（{source}）。\n場所、空き容量、権限をご確認ください。", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What was to be done with it, in Japanese: 読み取り, 作成 …
        what: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
    /// Somebody else changed the record since the caller read it.
    #[error(
        "ほかの人が先に更新しています（手元は第{had}版、現在は第{now}版）。この操作は保存されていません。\n\
         最新の内容を開き直して、もう一度入力してください。"
    )]
    Conflict {
        /// The version that the caller had.
        had: i64,
        /// The version now.
        now: i64,
    },
    /// What was asked for makes no sense; the caller's input is at fault.
    #[error("{0}")]
    Invalid(String),
    /// Anything else that the database says.
    #[error("データベースの処理に失敗しました。この操作は保存されていません（{0}）。")]
    Database(#[source] Source),
}

/// What the database itself said, for logs; its words are the engine's.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Source(Box<dyn std::error::Error + Send + Sync>);

fn names(files: &[PathBuf]) -> String {
    let names: Vec<String> = files
        .iter()
        .map(|file| format!("「{}」", file.display()))
        .collect();
    names.join("、")
}

impl Error {
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }

    pub(crate) fn invalid(what: impl Into<String>) -> Self {
        Self::Invalid(what.into())
    }

    /// The disk is full, as a file beside the database found.
    pub(crate) fn full(source: std::io::Error) -> Self {
        Self::DiskFull(Source(Box::new(source)))
    }

    /// What a pool of connections to a server says: it waits for a server that is gone, so time
    /// that is up means that there is none.
    pub(crate) fn of_server(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::Unreachable(Source(Box::new(error))),
            _ => Self::from(error),
        }
    }

    pub(crate) fn unbound(error: Box<dyn std::error::Error + Send + Sync>) -> Self {
        Self::Database(Source(error))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let code = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code);
        if let Some(why) = code.as_deref().and_then(dialect::constraint) {
            return Self::Constraint {
                why,
                source: Source(Box::new(error)),
            };
        }
        let fault = match &error {
            sqlx::Error::Database(database) => {
                database.code().and_then(|code| dialect::fault(&code))
            }
            sqlx::Error::Tls(_) => Some(Fault::Encryption),
            // The library of the encryption says so when it does not trust the other side.
            sqlx::Error::Io(io) if io.kind() == std::io::ErrorKind::InvalidData => {
                Some(Fault::Encryption)
            }
            sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::Protocol(_) => {
                Some(Fault::Unreachable)
            }
            sqlx::Error::PoolTimedOut => Some(Fault::Locked),
            sqlx::Error::Configuration(_) => Some(Fault::Missing),
            _ => None,
        };
        let text = error.to_string();
        let source = Source(Box::new(error));
        match fault {
            Some(Fault::Full) => Self::DiskFull(source),
            Some(Fault::ReadOnly) => Self::ReadOnly(source),
            Some(Fault::Locked) => Self::Locked(source),
            Some(Fault::TooLong) => Self::TooLong(source),
            Some(Fault::Unreachable) => Self::Unreachable(source),
            Some(Fault::Encryption) => Self::Encryption(source),
            Some(Fault::Io) => Self::Io(source),
            Some(Fault::Limits) => Self::Limits(source),
            Some(Fault::Missing) => Self::Missing(source),
            Some(Fault::Refused) => Self::Refused(source),
            Some(Fault::Damaged) => Self::Damaged { what: text },
            None => Self::Database(source),
        }
    }
}
