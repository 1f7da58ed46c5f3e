//! Records: whatever has values in versions. Documents, sheets and projects are records.

use crate::by::By;
use crate::sql::{Arg, inserts, statements};

statements! {
    /// A new version that is in force.
    MOVE_READING = "UPDATE record SET version = $3, reading = $3 \
        WHERE municipality = $1 AND id = $2";
    /// A new version: a change over the reading in force, or a reading that is held back.
    MOVE_VERSION = "UPDATE record SET version = $3 WHERE municipality = $1 AND id = $2";
    /// Another reading in force.
    ADOPT = "UPDATE record SET reading = $3 WHERE municipality = $1 AND id = $2";
}

inserts! {
    RECORD = "record" ["id", "kind", "version", "reading"];
    EDITION = "edition" ["record", "version", "base", "document", "who", "moment"];
}

/// The row of a new record that rests on its first version.
pub(crate) fn row(id: i64, kind: &str) -> Vec<Arg<'_>> {
    vec![id.into(), kind.into(), 1_i64.into(), 1_i64.into()]
}

/// The row of an edition; `base` is the reading that it changes, its own version for a reading.
pub(crate) fn edition(
    record: i64,
    version: i64,
    base: i64,
    document: Option<i64>,
    by: &By,
) -> Vec<Arg<'_>> {
    vec![
        record.into(),
        version.into(),
        base.into(),
        document.into(),
        by.who().into(),
        by.moment().into(),
    ]
}
