//! Export, import and backup: nothing is lost, nothing forgotten, nothing half there.

use crate::documents::save;
use crate::engines::{Home, Raw, by, code, register};
use crate::filled::fill;
use crate::invented::{self, Size, year};
use meguri_store::{
    Cell, Cursor, Error, Importing, Kind, Location, Municipality, NOT_EXPORTED, Store, TABLES,
    Table,
};
use std::collections::BTreeSet;
use std::path::PathBuf;

on_both_engines![
    the_tables_of_an_export_are_those_of_the_database,
    an_import_gives_the_same_rows,
    an_import_that_breaks_a_rule_names_the_row_and_leaves_nothing,
    what_is_there_already_is_not_imported_into,
    a_backup_is_restored,
];

/// A table of the database as the engine describes it: columns with kind, absence and key.
async fn described(raw: &mut Raw, table: &str) -> Vec<String> {
    match raw {
        Raw::Sqlite(_) => {
            raw.texts(&format!(
                "SELECT name || ' ' || type || CASE WHEN \"notnull\" = 1 THEN '' ELSE '?' END \
                 || CASE WHEN pk > 1 THEN ' key ' || (pk - 1) ELSE '' END \
                 FROM pragma_table_info('{table}') WHERE name <> 'municipality' ORDER BY cid"
            ))
            .await
        }
        Raw::Postgres(_) => {
            raw.texts(&format!(
                "SELECT c.column_name || ' ' || CASE c.data_type WHEN 'bigint' THEN 'INTEGER' \
                 WHEN 'text' THEN 'TEXT' WHEN 'bytea' THEN 'BLOB' ELSE c.data_type END \
                 || CASE c.is_nullable WHEN 'NO' THEN '' ELSE '?' END \
                 || CASE WHEN k.ordinal_position > 1 THEN ' key ' || (k.ordinal_position - 1) \
                 || CASE WHEN c.data_type = 'text' AND c.collation_name IS DISTINCT FROM 'C' \
                 THEN ' NOT BYTEWISE' ELSE '' END ELSE '' END \
                 FROM information_schema.columns c \
                 LEFT JOIN information_schema.table_constraints t ON t.table_schema = 'public' \
                 AND t.table_name = c.table_name AND t.constraint_type = 'PRIMARY KEY' \
                 LEFT JOIN information_schema.key_column_usage k \
                 ON k.constraint_name = t.constraint_name AND k.table_schema = 'public' \
                 AND k.column_name = c.column_name \
                 WHERE c.table_schema = 'public' AND c.table_name = '{table}' \
                 AND c.column_name <> 'municipality' ORDER BY c.ordinal_position"
            ))
            .await
        }
    }
}

fn promised(table: &Table) -> Vec<String> {
    let column = |column: &meguri_store::Column| {
        let kind = match column.kind {
            Kind::Integer => "INTEGER",
            Kind::Text => "TEXT",
            Kind::Blob(_) => "BLOB",
        };
        let absent = if column.nullable { "?" } else { "" };
        let key = table.key.iter().position(|name| *name == column.name);
        let key = key
            .map(|place| format!(" key {}", place + 1))
            .unwrap_or_default();
        format!("{} {kind}{absent}{key}", column.name)
    };
    table.columns.iter().map(column).collect()
}

async fn the_tables_of_an_export_are_those_of_the_database(home: Home) {
    home.open().await.store.close().await;
    let mut raw = home.raw().await;
    let list = match raw {
        Raw::Sqlite(_) => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Raw::Postgres(_) => {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"
        }
    };
    let real: BTreeSet<String> = raw.texts(list).await.into_iter().collect();
    let all = || TABLES.iter().chain(NOT_EXPORTED);
    let ours = all().map(|table| table.name.to_owned());
    let want: BTreeSet<String> = ours.chain(["meguri_schema".to_owned()]).collect();
    assert_eq!(real, want, "every table has its lines in export/tables.rs");
    for table in all() {
        assert_eq!(
            described(&mut raw, table.name).await,
            promised(table),
            "{}",
            table.name
        );
        assert!(!table.about.is_empty() && table.columns.iter().all(|c| !c.about.is_empty()));
    }
}

type Rows = Vec<(&'static str, Vec<Vec<Cell>>)>;

async fn rows_of(city: &Municipality) -> Rows {
    let mut exporting = city.exporting().await.expect("a transaction");
    let mut all = Vec::new();
    for table in TABLES {
        let mut cursor = Cursor::new(table);
        let mut rows = Vec::new();
        loop {
            let page = exporting.next_page(&mut cursor).await.expect("a page");
            if page.is_empty() {
                break;
            }
            rows.extend(page);
        }
        all.push((table.name, rows));
    }
    all
}

async fn write(importing: &mut Importing, rows: &Rows) -> Result<(), Error> {
    for (table, (_, rows)) in TABLES.iter().zip(rows) {
        importing.insert(table, rows).await?;
    }
    Ok(())
}

/// An empty database on the other engine or the same one: a file beside.
async fn empty(home: &Home, name: &str) -> Store {
    let location = Location::File(home.folder().join(name));
    home.at(location).open().await.store
}

async fn an_import_gives_the_same_rows(home: Home) {
    let (store, city) = home.city().await;
    fill(&city).await;
    let rows = rows_of(&city).await;
    for (table, rows) in &rows {
        assert!(!rows.is_empty(), "{table} has rows");
    }
    // Into a file, whatever the engine, and back under the code of another database.
    let file = empty(&home, "import.sqlite").await;
    let mut importing = file.importing(city.code()).await.expect("it is empty");
    write(&mut importing, &rows)
        .await
        .expect("every row is taken");
    importing.finish().await.expect("it is whole");
    let imported = file
        .municipality(city.code())
        .await
        .expect("read")
        .expect("it is there");
    assert_eq!(rows_of(&imported).await, rows);
    let other = code("011002");
    let mut importing = store.importing(&other).await.expect("it is not there yet");
    write(&mut importing, &rows)
        .await
        .expect("every row is taken");
    importing.finish().await.expect("it is whole");
    let again = store
        .municipality(&other)
        .await
        .expect("read")
        .expect("it is there");
    assert_eq!(rows_of(&again).await, rows);
}

fn of<'a>(rows: &'a mut Rows, table: &str) -> &'a mut Vec<Vec<Cell>> {
    &mut rows
        .iter_mut()
        .find(|(name, _)| *name == table)
        .expect("a table")
        .1
}

async fn an_import_that_breaks_a_rule_names_the_row_and_leaves_nothing(home: Home) {
    let (store, city) = home.city().await;
    fill(&city).await;
    let whole = rows_of(&city).await;
    let other = code("011002");
    type Break = fn(&mut Rows);
    let cases: [(Break, &str); 8] = [
        (
            |rows| of(rows, "sheet")[3][1] = Cell::Integer(999_999),
            "sheet の4行目：参照先",
        ),
        (
            |rows| {
                let twice = of(rows, "value")[700].clone();
                of(rows, "value").push(twice);
            },
            "同じキーの行",
        ),
        (
            |rows| of(rows, "plan")[0][1] = Cell::Null,
            "plan の1行目：列 key に値がありません",
        ),
        (
            |rows| of(rows, "plan")[0][1] = Cell::Integer(1),
            "列 key の値の種類",
        ),
        (
            |rows| of(rows, "source")[0][3] = Cell::Blob(b"x".to_vec()),
            "ハッシュと一致しません",
        ),
        (
            |rows| of(rows, "audit")[2][5] = Cell::Text("別の内容".to_owned()),
            "監査記録に異常",
        ),
        (
            |rows| of(rows, "municipality")[0][1] = Cell::Integer(3),
            "番号が控えと合いません",
        ),
        (
            |rows| of(rows, "municipality").clear(),
            "参照先の行がありません",
        ),
    ];
    for (spoil, message) in cases {
        let mut rows = whole.clone();
        spoil(&mut rows);
        let mut importing = store.importing(&other).await.expect("it is not there");
        let error = match write(&mut importing, &rows).await {
            Ok(()) => importing.finish().await.expect_err(message),
            Err(error) => {
                drop(importing);
                error
            }
        };
        assert!(
            error.to_string().contains(message),
            "{error} is not {message}"
        );
        assert!(
            store.municipality(&other).await.expect("read").is_none(),
            "{message}"
        );
    }
    assert_eq!(rows_of(&city).await, whole, "nobody else is touched");
}

async fn what_is_there_already_is_not_imported_into(home: Home) {
    let (store, city) = home.city().await;
    let refused = store.importing(city.code()).await;
    assert!(matches!(refused.err(), Some(Error::AlreadyThere(_))));
    // Two at once: one is told, whichever comes second.
    let rows = rows_of(&city).await;
    let other = code("011002");
    let mut first = store.importing(&other).await.expect("it is not there");
    write(&mut first, &rows).await.expect("written");
    let second = home.open().await.store;
    let late = {
        let (rows, other) = (rows.clone(), other.clone());
        tokio::spawn(async move {
            let mut importing = second.importing(&other).await?;
            write(&mut importing, &rows).await?;
            importing.finish().await
        })
    };
    first.finish().await.expect("the first is kept");
    let late = late
        .await
        .expect("it ends")
        .expect_err("the second is told");
    assert!(matches!(late, Error::AlreadyThere(_)), "{late:?}");
}

async fn a_backup_is_restored(home: Home) {
    let (store, city) = home.city().await;
    fill(&city).await;
    let other = register(&store, "011002").await;
    let (rows, others) = (rows_of(&city).await, rows_of(&other).await);
    let file = home.folder().join("控え's.sqlite");
    let made = store
        .back_up(&file, &by("2026-07-01"))
        .await
        .expect("a backup");
    assert_eq!(made.municipalities.len(), 2);
    let beside = std::fs::read_dir(home.folder()).expect("a folder");
    let beside: Vec<_> = beside.map(|f| f.expect("a file").file_name()).collect();
    assert!(
        beside
            .iter()
            .all(|name| !name.to_string_lossy().contains("part")),
        "nothing is left over: {beside:?}"
    );
    let again = store
        .back_up(&file, &by("2026-07-01"))
        .await
        .expect_err("never overwritten");
    assert!(matches!(again, Error::FileIsThere(_)), "{again:?}");

    // What is there is not overwritten in PostgreSQL, and set aside where it is a file.
    let restoring = meguri_store::Restoring {
        backup: &file,
        to: &home.location,
        force: false,
    };
    let in_use = meguri_store::restore(&restoring, &by("2026-07-02")).await;
    let in_use = in_use.expect_err("it is refused");
    match home.location {
        Location::File(_) => assert!(matches!(in_use, Error::Locked(_)), "{in_use:?}"),
        Location::Postgres(_) => assert!(matches!(in_use, Error::AlreadyThere(_)), "{in_use:?}"),
    }
    fill_more(&city).await;
    store.close().await;
    if let Location::Postgres(_) = home.location {
        let mut raw = home.raw().await;
        raw.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            .await
            .expect("all is lost");
    }
    let later = by("2026-07-02T08:09:10+09:00");
    let done = meguri_store::restore(&restoring, &later).await;
    let done = done.expect("it is restored");
    assert_eq!(done.checked.municipalities, made.municipalities);
    if let Location::File(path) = &home.location {
        let aside = done.aside.expect("the file before is set aside");
        let name = PathBuf::from(format!("{}.before-restore-20260702-080910", path.display()));
        assert_eq!(aside, name);
        let old = home.at(Location::File(aside));
        let old = register(&old.open().await.store, "131016").await;
        assert_eq!(
            old.documents().await.expect("a list").len(),
            5,
            "nothing was lost"
        );
    }
    let store = home.open().await.store;
    assert_eq!(rows_of(&register(&store, "131016").await).await, rows);
    assert_eq!(rows_of(&register(&store, "011002").await).await, others);
}

async fn fill_more(city: &Municipality) {
    save(city, &invented::document(year(2030), Size::SMALL, 9)).await;
}
