//! Why a file of open data could not be made.

use std::io;
use thiserror::Error;

/// Why a file was not written.
#[derive(Debug, Error)]
pub enum Fault {
    /// A row has a column that its table does not have: a fault of the program.
    #[error(
        "表「{table}」に列「{column}」がありません。\n対応：めぐりの不具合です。開発者に知らせてください。"
    )]
    Unknown {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A value is of another kind than its column: a fault of the program.
    #[error(
        "表「{table}」の列「{column}」に、種類の違う値があります。\n対応：めぐりの不具合です。開発者に知らせてください。"
    )]
    Kind {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A column that always has a value has none: a fault of the program.
    #[error(
        "表「{table}」の列「{column}」に、値のない行があります。\n対応：めぐりの不具合です。開発者に知らせてください。"
    )]
    Missing {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A number does not fit into the file's type.
    #[error(
        "表「{table}」の列「{column}」の数値が大きすぎて、ファイルに書けません。\n対応：元の文書の数値を確かめてください。"
    )]
    Large {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// Municipalities do not come in the order of their codes: a fault of the program.
    #[error(
        "表「{table}」の団体が、団体コードの順に並んでいません。\n対応：めぐりの不具合です。開発者に知らせてください。"
    )]
    Order {
        /// The table.
        table: &'static str,
    },
    /// It could not be written.
    #[error(
        "オープンデータのファイルに書けません：{0}\n対応：場所と権限、空き容量を確かめてください。"
    )]
    Io(#[from] io::Error),
}

impl PartialEq for Fault {
    /// Faults of writing are alike where they are of one kind.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Io(one), Self::Io(other)) => one.kind() == other.kind(),
            _ => self.to_string() == other.to_string(),
        }
    }
}
