//! Opening: new, older, newer and foreign databases.

use crate::documents::save;
use crate::engines::{Home, by, register};
use crate::invented::{self, Size, year};
use meguri_store::{Error, Location, MIGRATIONS, Store};
use std::path::Path;

on_both_engines![
    a_new_database_gets_all_migrations_once,
    every_statement_is_understood,
    a_newer_database_is_refused,
    an_older_database_is_brought_up_to_date,
];

async fn a_new_database_gets_all_migrations_once(home: Home) {
    let opened = home.open().await;
    let names: Vec<&str> = MIGRATIONS.iter().map(|migration| migration.name).collect();
    assert_eq!(opened.migrated, names);
    assert_eq!(opened.backup, None, "there was nothing to copy");
    let again = home.open().await;
    assert!(again.migrated.is_empty());
}

async fn every_statement_is_understood(home: Home) {
    let store = home.open().await.store;
    let prepared = store.prepare_all().await.expect("every statement");
    assert!(prepared > 60, "{prepared} statements");
}

async fn a_newer_database_is_refused(home: Home) {
    home.open().await.store.close().await;
    let mut raw = home.raw().await;
    let newer = "INSERT INTO meguri_schema (number, name, applied_by, applied_at) \
                 VALUES (9999, '9999_later', 'x', '2030-01-01')";
    raw.run(newer).await.expect("a later version was here");
    let refused = Store::open(&home.location, &by("2026-04-01")).await;
    let error = refused.expect_err("it is refused");
    assert!(
        matches!(error, Error::NewerVersion { found: 9999, .. }),
        "{error}"
    );
    assert!(error.to_string().contains("新しい版のめぐり"), "{error}");
}

/// A database as the first version left it: only its first migration was applied.
async fn an_older_database_is_brought_up_to_date(home: Home) {
    let (store, city) = home.city().await;
    let document = invented::document(year(2024), Size::SMALL, 1);
    let saved = save(&city, &document).await;
    store.close().await;
    let mut raw = home.raw().await;
    let older = "DROP TABLE sheet_seen; DROP TABLE draft_other; DROP TABLE draft; \
                 DROP TABLE sheet_comment; DROP TABLE change_request; DROP TABLE sheet_event; \
                 DROP TABLE cycle_stage; DROP TABLE cycle; \
                 DROP TABLE sign_in_tally; DROP TABLE session; DROP TABLE account_secret; \
                 DROP TABLE account_grant; DROP TABLE account_edition; DROP TABLE account; \
                 DROP TABLE withdrawal; DROP TABLE publication_finding; \
                 DROP TABLE publication_sheet; DROP TABLE publication; \
                 DROP TABLE document_source; DROP TABLE decision; DROP TABLE redirect; \
                 DROP TABLE identity; \
                 DROP TABLE section_department; DROP TABLE section_successor; DROP TABLE section; DROP TABLE section_register; \
                 DELETE FROM meguri_schema WHERE number > 1";
    raw.run(older).await.expect("back to the first version");
    drop(raw);

    let opened = home.open().await;
    let rest: Vec<&str> = MIGRATIONS
        .iter()
        .skip(1)
        .map(|migration| migration.name)
        .collect();
    assert_eq!(opened.migrated, rest);
    let city = register(&opened.store, "131016").await;
    let kept = city
        .document(saved.document)
        .await
        .expect("it is read")
        .expect("it is there");
    assert_eq!(kept.document, document, "nothing was lost");
    assert!(city.sections().await.expect("sections").sections.is_empty());
    let Location::File(_) = &home.location else {
        assert_eq!(opened.backup, None);
        return;
    };
    let backup = opened.backup.expect("a copy was made before");
    let copy = home.at(Location::File(backup));
    let mut raw = copy.raw().await;
    let versions = "SELECT COUNT(*) FROM meguri_schema";
    assert_eq!(
        raw.number(versions).await,
        1,
        "the copy is of the older version"
    );
    assert_eq!(raw.number("SELECT COUNT(*) FROM document").await, 1);
}

#[test]
fn both_folders_hold_the_same_migrations() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let names = |engine: &str| {
        let files = std::fs::read_dir(folder.join(engine)).expect("a folder");
        let mut names: Vec<String> = files
            .map(|file| {
                file.expect("a file")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    };
    let known: Vec<String> = MIGRATIONS
        .iter()
        .map(|m| format!("{}.sql", m.name))
        .collect();
    assert_eq!(names("sqlite"), known);
    assert_eq!(names("postgres"), known);
}

mod files {
    use super::*;
    use crate::engines::on_sqlite;

    #[test]
    fn a_file_of_another_program_is_not_touched() {
        on_sqlite(|home: Home| async move {
            let Location::File(path) = &home.location else {
                return;
            };
            std::fs::write(path, b"").expect("an empty file");
            let mut raw = home.raw().await;
            raw.run("CREATE TABLE notes (a TEXT)")
                .await
                .expect("another program's table");
            let refused = Store::open(&home.location, &by("2026-04-01")).await;
            let error = refused.expect_err("it is refused");
            assert!(matches!(error, Error::Damaged { .. }), "{error}");
            std::fs::write(path, b"this is no database at all, but text").expect("a text");
            let refused = Store::open(&home.location, &by("2026-04-01")).await;
            let error = refused.expect_err("it is refused");
            assert!(matches!(error, Error::Damaged { .. }), "{error:?}");
        });
    }

    /// `tests/kept/` has a file of each version of the schema, as that version wrote it.
    #[test]
    fn a_kept_file_of_each_version_is_brought_up_to_date() {
        on_sqlite(|home: Home| async move {
            let Location::File(path) = &home.location else {
                return;
            };
            let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kept");
            // The newest version is what the other tests write.
            for migration in &MIGRATIONS[..MIGRATIONS.len() - 1] {
                let name = format!("{}.sqlite", migration.name);
                let copied = std::fs::copy(kept.join(&name), path);
                copied.unwrap_or_else(|error| panic!("{name} is kept: {error}"));
                let opened = home.open().await;
                assert!(!opened.migrated.is_empty(), "{name}");
                assert!(opened.backup.is_some(), "{name}");
                let city = register(&opened.store, "131016").await;
                let listed = city.documents().await.expect("a list");
                let read = city
                    .document(listed[0].id)
                    .await
                    .expect("read")
                    .expect("there");
                // Older programs did not say what of a text was left unread.
                let mut kept = kept_document();
                if migration.name < "0006" {
                    kept.unread.clear();
                }
                assert_eq!(read.document, kept, "{name}");
                let report = city.audit_verify().await.expect("a report");
                assert_eq!(report.broken, None, "{name}");
                opened.store.close().await;
            }
        });
    }

    /// What stands in the kept files.
    fn kept_document() -> meguri_core::evaluation::Document {
        let size = Size {
            sheets: 2,
            indicators: 1,
            listings: 1,
            paragraph: 10,
        };
        invented::document(year(2024), size, 1)
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        on_sqlite(|home: Home| async move {
            let Location::File(path) = &home.location else {
                return;
            };
            let nowhere = Location::File(path.join("none/meguri.sqlite"));
            let error = Store::open(&nowhere, &by("2026-04-01"))
                .await
                .expect_err("refused");
            assert!(matches!(error, Error::Missing(_)), "{error:?}");
            assert!(error.to_string().contains("フォルダー"), "{error}");
        });
    }

    #[test]
    fn a_server_that_does_not_answer_is_named() {
        on_sqlite(|_| async {
            let nowhere = Location::parse("postgres://a@127.0.0.1:1/b");
            let error = Store::open(&nowhere, &by("2026-04-01"))
                .await
                .expect_err("refused");
            assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
        });
    }
}
