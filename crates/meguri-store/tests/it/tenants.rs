//! Several municipalities in one database, each blind to the others.

use crate::documents::save;
use crate::engines::{Home, Raw, by, code, register};
use crate::invented::{self, Size, year};
use meguri_store::{Error, SchemeText, SecondWall, SheetFilter};

on_both_engines![
    no_municipality_sees_the_rows_of_another,
    the_second_wall_stands_without_the_store,
    an_unknown_municipality_has_no_handle,
];

async fn no_municipality_sees_the_rows_of_another(home: Home) {
    let (store, city) = home.city().await;
    let other = register(&store, "011002").await;
    let document = invented::document(year(2024), Size::SMALL, 1);
    let saved = save(&city, &document).await;
    let kept = city
        .document(saved.document)
        .await
        .expect("it is read")
        .expect("it is there");

    assert_eq!(other.document(saved.document).await.expect("asked"), None);
    assert_eq!(other.sheet(saved.sheets[0]).await.expect("asked"), None);
    assert_eq!(
        other.sheet_at(saved.sheets[0], 1).await.expect("asked"),
        None
    );
    assert_eq!(other.source(&kept.source).await.expect("asked"), None);
    assert!(other.documents().await.expect("asked").is_empty());
    assert!(other.schemes().await.expect("asked").is_empty());
    assert!(
        other
            .findings(saved.document)
            .await
            .expect("asked")
            .is_empty()
    );
    let filter = SheetFilter::default();
    let page = other
        .sheets(&filter, meguri_store::Page::default())
        .await
        .expect("asked");
    assert!(page.rows.is_empty());
    let sheet = &document.sheets[0];
    let edit = other
        .edit_sheet(saved.sheets[0], 1, sheet, &by("2026-06-01"))
        .await;
    assert!(matches!(edit, Err(Error::Invalid(_))));
    let key = &city.findings(saved.document).await.expect("findings")[0].key;
    let accepted = other
        .accept_finding(key, true, "理由", &by("2026-06-01"))
        .await;
    assert!(!accepted.expect("asked"));

    // The same document is the other's own, with its own numbers, and its own chain.
    let own = save(&other, &document).await;
    assert_eq!(own.outcome, meguri_store::Outcome::New);
    assert_eq!(other.audit(0, 100).await.expect("the audit").len(), 4);
    assert_eq!(city.audit(0, 100).await.expect("the audit").len(), 4);
    assert_eq!(city.audit_verify().await.expect("a report").broken, None);
    let listed = store.municipalities().await.expect("a list");
    let codes: Vec<&str> = listed.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["011002", "131016"]);
}

async fn the_second_wall_stands_without_the_store(home: Home) {
    let opened = home.open().await;
    let city = register(&opened.store, "131016").await;
    save(&city, &invented::document(year(2024), Size::SMALL, 1)).await;
    let mut raw = home.raw().await;
    if matches!(raw, Raw::Sqlite(_)) {
        assert_eq!(opened.wall, SecondWall::None);
        return;
    }
    assert_eq!(opened.wall, SecondWall::Stands);
    let tables = "SELECT COUNT(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
                  WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'meguri_schema' \
                  AND NOT (c.relrowsecurity AND c.relforcerowsecurity)";
    assert_eq!(raw.number(tables).await, 0, "every table has its wall");
    for table in [
        "value",
        "sheet",
        "document",
        "source",
        "audit",
        "municipality",
    ] {
        let count = format!("SELECT COUNT(*) FROM {table}");
        raw.run("RESET ALL")
            .await
            .expect("no municipality is named");
        assert_eq!(raw.number(&count).await, 0, "{table} without a name");
        raw.run("SET meguri.municipality = '011002'")
            .await
            .expect("another is named");
        assert_eq!(raw.number(&count).await, 0, "{table} of another");
        raw.run("SET meguri.municipality = '131016'")
            .await
            .expect("it is named");
        assert!(raw.number(&count).await > 0, "{table} of its own");
    }
    let foreign = "INSERT INTO plan (municipality, id, key) VALUES ('011002', 1, 'x')";
    assert!(
        raw.run(foreign).await.is_err(),
        "no row can be put over the wall"
    );
}

async fn an_unknown_municipality_has_no_handle(home: Home) {
    let store = home.open().await.store;
    let found = store.municipality(&code("131016")).await.expect("asked");
    assert!(found.is_none());
    let city = register(&store, "131016").await;
    let again = register(&store, "131016").await;
    let by = by("2026-04-01");
    let scheme: SchemeText = invented::scheme();
    city.save_scheme(&scheme, &by).await.expect("saved");
    again.save_scheme(&scheme, &by).await.expect("saved");
    assert_eq!(city.audit(0, 10).await.expect("the audit").len(), 2);
}
