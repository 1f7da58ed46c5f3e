//! Source files as they came, found by their hash.

use crate::audit::hex;
use crate::by::By;
use crate::error::Result;
use crate::municipality::Municipality;
use crate::sql::{Arg, inserts, statements};
use crate::transaction::WriteTx;
use sha2::{Digest, Sha256};

statements! {
    IS_KEPT = "SELECT 1 FROM source WHERE municipality = $1 AND hash = $2";
    FILE = "SELECT name, content FROM source WHERE municipality = $1 AND hash = $2";
}

inserts! {
    SOURCE = "source" ["hash", "name", "size", "content", "who", "moment"];
}

/// A file as it came from the city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// How the person calls it.
    pub name: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

impl SourceFile {
    /// SHA-256 in hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(&self.bytes))
    }
}

/// Keeps a file, unless it is kept already; its hash.
pub(crate) async fn save(writing: &mut WriteTx, file: &SourceFile, by: &By) -> Result<String> {
    let hash = file.hash();
    let kept = writing.reading().row(IS_KEPT, &[(&hash).into()]).await?;
    if kept.is_none() {
        let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
        let row = vec![
            (&hash).into(),
            (&file.name).into(),
            size.into(),
            Arg::Blob(&file.bytes),
            by.who().into(),
            by.moment().into(),
        ];
        writing.insert(&SOURCE, vec![row]).await?;
    }
    Ok(hash)
}

impl Municipality {
    /// A source file by its hash, under the name of its first arrival.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn source(&self, hash: &str) -> Result<Option<SourceFile>> {
        let mut reading = self.read().await?;
        let row = reading.row(FILE, &[hash.into()]).await?;
        row.map(|row| {
            Ok(SourceFile {
                name: row.text(0)?,
                bytes: row.bytes(1)?,
            })
        })
        .transpose()
    }
}
