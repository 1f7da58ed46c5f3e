//! What the two engines do not say alike, side by side. No other file asks which engine it is.

/// The two engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// What belongs to the engine, of two that say the same.
pub(crate) const fn either<T: Copy>(engine: Engine, sqlite: T, postgres: T) -> T {
    match engine {
        Engine::Sqlite => sqlite,
        Engine::Postgres => postgres,
    }
}

/// How a transaction begins that will write. SQLite takes the lock at once: a transaction that
/// first reads and then wants to write would fail where it could have waited.
pub(crate) const fn begin_writing(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "BEGIN IMMEDIATE",
        Engine::Postgres => "BEGIN",
    }
}

/// How a transaction begins that sees one state throughout.
pub(crate) const fn begin_reading(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "BEGIN",
        Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    }
}

/// Names the municipality of the transaction to the second wall; SQLite has none.
pub(crate) const fn name_municipality(engine: Engine) -> Option<&'static str> {
    match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some("SELECT set_config('meguri.municipality', $1, true)"),
    }
}

/// Whether the role of the connection passes by row-level security: its name where it does.
pub(crate) const fn passes_the_wall(engine: Engine) -> Option<&'static str> {
    match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some(
            "SELECT rolname::text FROM pg_roles \
             WHERE rolname = current_user AND (rolsuper OR rolbypassrls)",
        ),
    }
}

/// Whether a table is there: one row with its number.
pub(crate) const fn table_is_there(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1",
        Engine::Postgres => {
            "SELECT COUNT(*) FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_name = $1"
        }
    }
}

/// Tables in a database that is not ours yet. A file of another program is not written into; in
/// PostgreSQL a database may be shared.
pub(crate) const fn tables_of_others(engine: Engine) -> Option<&'static str> {
    match engine {
        Engine::Sqlite => Some("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'"),
        Engine::Postgres => None,
    }
}

/// Keeps a second process from migrating at the same time; SQLite's write lock does it already.
pub(crate) const fn lock_migrations(engine: Engine) -> Option<&'static str> {
    match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some("SELECT pg_advisory_xact_lock(7205759403)"),
    }
}

/// Copies the database into a new file, consistent while it is in use. PostgreSQL has tools of
/// its own for that.
pub(crate) const fn copy_into(engine: Engine) -> Option<&'static str> {
    match engine {
        Engine::Sqlite => Some("VACUUM INTO "),
        Engine::Postgres => None,
    }
}

/// Checks of the whole database: rows with what is wrong, or `ok`; then what a row stands for, in
/// Japanese. PostgreSQL checks references itself and its pages by tools of its own.
pub(crate) const fn whole_checks(engine: Engine) -> &'static [(&'static str, &'static str)] {
    match engine {
        Engine::Sqlite => &[
            ("PRAGMA integrity_check", ""),
            ("PRAGMA foreign_key_check", "参照先のない行のある表："),
        ],
        Engine::Postgres => &[],
    }
}

/// The version of the engine, as it says it.
pub(crate) const fn engine_version(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SELECT sqlite_version()",
        Engine::Postgres => "SELECT current_setting('server_version')",
    }
}

/// The engine's name, and the first version without a fault that can lose what was written.
///
/// SQLite before 3.51.3 may lose writes or damage a file where two programs write and take the log
/// into the file at the same moment.
pub(crate) const fn engine_sound_from(engine: Engine) -> (&'static str, Option<[u32; 3]>) {
    match engine {
        Engine::Sqlite => ("SQLite", Some([3, 51, 3])),
        Engine::Postgres => ("PostgreSQL", None),
    }
}

/// The triggers of SQLite that let rows only be added, with the text that makes each.
pub(crate) const TRIGGERS: &str =
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name";

/// The guards of PostgreSQL that stand: triggers, and tables whose owner keeps to the policies.
pub(crate) const GUARDS: &str = "SELECT tgname::text FROM pg_trigger \
     WHERE NOT tgisinternal AND tgenabled = 'O' \
     UNION ALL SELECT relname::text FROM pg_class WHERE relforcerowsecurity";

/// Lets the guards of a table of PostgreSQL rest within a transaction; only its owner may.
pub(crate) fn guards_rest(table: &str) -> String {
    format!("ALTER TABLE {table} DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY")
}

/// Lets them stand again.
pub(crate) fn guards_stand(table: &str) -> String {
    format!("ALTER TABLE {table} ENABLE TRIGGER USER, FORCE ROW LEVEL SECURITY")
}

/// The most arguments of one statement.
pub(crate) const fn arguments_max(engine: Engine) -> usize {
    match engine {
        Engine::Sqlite => 32_766,
        Engine::Postgres => 65_535,
    }
}

/// The places for the arguments of many rows: `($1, $2), ($3, $4)`.
///
/// For SQLite they are `?`: the driver asks for the name of each place, and SQLite finds names by
/// going through all of them, so that a thousand named rows cost a million steps.
pub(crate) fn places(engine: Engine, width: usize, rows: usize) -> String {
    let mut text = String::with_capacity(width * rows * 5);
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=width {
            let comma = if column == 1 { "" } else { ", " };
            text.push_str(comma);
            match engine {
                Engine::Sqlite => text.push('?'),
                Engine::Postgres => {
                    text.push('$');
                    text.push_str(&(row * width + column).to_string());
                }
            }
        }
        text.push(')');
    }
    text
}

/// What an engine's code of error means to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Full,
    ReadOnly,
    Locked,
    TooLong,
    Unreachable,
    Encryption,
    Damaged,
    Refused,
    Limits,
    Missing,
    Io,
}

/// Sorts the code of an engine: SQLite's extended result codes, PostgreSQL's SQLSTATE.
pub(crate) fn fault(code: &str) -> Option<Fault> {
    if code.len() == 5 {
        sqlstate(code)
    } else {
        code.parse::<u32>()
            .ok()
            .and_then(|code| result_code(code & 0xff))
    }
}

fn sqlstate(code: &str) -> Option<Fault> {
    Some(match code {
        "53100" => Fault::Full,
        "25006" => Fault::ReadOnly,
        "55P03" | "40001" | "40P01" => Fault::Locked,
        "57014" => Fault::TooLong,
        "57P01" | "57P02" | "57P03" => Fault::Unreachable,
        "53000" | "53200" | "53300" => Fault::Limits,
        "3D000" => Fault::Missing,
        "XX001" | "XX002" => Fault::Damaged,
        "28000" | "28P01" | "42501" => Fault::Refused,
        _ if code.starts_with("08") => Fault::Unreachable,
        _ => return None,
    })
}

const fn result_code(code: u32) -> Option<Fault> {
    Some(match code {
        3 | 23 => Fault::Refused,
        5 | 6 => Fault::Locked,
        8 => Fault::ReadOnly,
        11 | 26 => Fault::Damaged,
        13 => Fault::Full,
        14 => Fault::Missing,
        7 => Fault::Limits,
        10 => Fault::Io,
        _ => return None,
    })
}

/// The rule of a table that a row breaks, by the code of the engine, in Japanese.
pub(crate) fn constraint(code: &str) -> Option<&'static str> {
    Some(match code {
        "1555" | "2067" | "2579" | "23505" => "同じキーの行がすでにあります",
        "787" | "23503" => "参照先の行がありません",
        "1299" | "23502" => "必要な値がありません",
        _ if code.starts_with("23") && code.len() == 5 => "データベースの制約に反しています",
        _ if code.parse::<u32>().is_ok_and(|code| code & 0xff == 19) => {
            "データベースの制約に反しています"
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_numbered_through_all_rows_or_not_at_all() {
        assert_eq!(places(Engine::Postgres, 2, 2), "($1, $2), ($3, $4)");
        assert_eq!(places(Engine::Sqlite, 2, 2), "(?, ?), (?, ?)");
    }

    #[test]
    fn codes_of_both_engines_are_sorted() {
        assert_eq!(fault("13"), Some(Fault::Full));
        assert_eq!(fault("53100"), Some(Fault::Full));
        assert_eq!(fault("261"), Some(Fault::Locked), "SQLITE_BUSY_RECOVERY");
        assert_eq!(
            fault("1032"),
            Some(Fault::ReadOnly),
            "SQLITE_READONLY_DBMOVED"
        );
        assert_eq!(fault("778"), Some(Fault::Io), "SQLITE_IOERR_WRITE");
        assert_eq!(fault("08006"), Some(Fault::Unreachable));
        assert_eq!(fault("23505"), None);
        assert_eq!(fault("nonsense"), None);
        assert_eq!(constraint("23505"), constraint("1555"), "a doubled key");
        assert_eq!(
            constraint("23503"),
            constraint("787"),
            "a reference to nothing"
        );
        assert_eq!(constraint("13"), None);
    }
}
