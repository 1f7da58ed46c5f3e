//! Several writers at once: all of it is kept, nothing twice.

use crate::documents::save;
use crate::engines::{Home, Raw, by, register};
use crate::invented::{self, Size, year};
use meguri_store::{Error, Municipality};

on_both_engines![
    two_writers_both_keep_what_they_wrote,
    of_two_changes_of_one_sheet_one_is_refused,
    what_was_not_committed_is_not_there,
    nobody_waits_without_end_for_the_lock_of_another,
];

async fn write_years(city: Municipality, first: u16) {
    for number in 0..4 {
        let document = invented::document(year(first + number), Size::SMALL, usize::from(first));
        save(&city, &document).await;
    }
}

async fn two_writers_both_keep_what_they_wrote(home: Home) {
    let (store, city) = home.city().await;
    // The second writer is another process as far as the database can see.
    let second = home.open().await.store;
    let same = register(&second, "131016").await;
    let other = register(&store, "011002").await;
    let writers = [
        tokio::spawn(write_years(city.clone(), 2010)),
        tokio::spawn(write_years(same, 2020)),
        tokio::spawn(write_years(other.clone(), 2010)),
    ];
    for writer in writers {
        writer.await.expect("no writer fails");
    }
    assert_eq!(city.documents().await.expect("a list").len(), 8);
    assert_eq!(other.documents().await.expect("a list").len(), 4);
    for city in [city, other] {
        assert_eq!(city.audit_verify().await.expect("a report").broken, None);
    }
}

async fn of_two_changes_of_one_sheet_one_is_refused(home: Home) {
    let (_, city) = home.city().await;
    let document = invented::document(year(2024), Size::SMALL, 1);
    let id = save(&city, &document).await.sheets[0];
    let change = |word: &str| {
        let mut sheet = document.sheets[0].clone();
        sheet.label.push_str(word);
        let city = city.clone();
        tokio::spawn(async move { city.edit_sheet(id, 1, &sheet, &by("2026-06-01")).await })
    };
    let (one, two) = (change("甲"), change("乙"));
    let ends = [one.await.expect("it ends"), two.await.expect("it ends")];
    assert_eq!(
        ends.iter().filter(|end| matches!(end, Ok(2))).count(),
        1,
        "{ends:?}"
    );
    let conflicts = ends
        .iter()
        .filter(|end| matches!(end, Err(Error::Conflict { .. })));
    assert_eq!(conflicts.count(), 1, "{ends:?}");
}

async fn what_was_not_committed_is_not_there(home: Home) {
    let (store, city) = home.city().await;
    let document = invented::document(year(2024), Size::SMALL, 1);
    let saving = city.clone();
    let task = tokio::spawn(async move { save(&saving, &document).await });
    task.abort();
    let finished = task.await.is_ok();
    let kept = city.documents().await.expect("a list");
    assert_eq!(kept.len(), usize::from(finished), "all of it or nothing");
    assert_eq!(city.audit_verify().await.expect("a report").broken, None);
    store.close().await;
    let error = city.documents().await.expect_err("it is closed");
    assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
}

async fn nobody_waits_without_end_for_the_lock_of_another(home: Home) {
    let (store, city) = home.city().await;
    let mut raw = home.raw().await;
    let hold = match &raw {
        Raw::Sqlite(_) => "BEGIN IMMEDIATE",
        Raw::Postgres(_) => {
            "BEGIN; SELECT set_config('meguri.municipality', '131016', true); \
             UPDATE municipality SET last_id = last_id"
        }
    };
    raw.run(hold).await.expect("it is held");
    let document = invented::document(year(2024), Size::SMALL, 1);
    let saving = meguri_store::Saving {
        document: &document,
        source: &invented::source(&document),
        scheme: None,
        findings: &[],
    };
    let moment = by("2026-06-01");
    let longest = std::time::Duration::from_secs(25);
    let saved = tokio::time::timeout(longest, city.save_document(&saving, &moment)).await;
    let error = saved.expect("it gives up").expect_err("it is refused");
    assert!(matches!(error, Error::Locked(_)), "{error:?}");
    assert!(error.to_string().contains("使用中"), "{error}");
    raw.run("ROLLBACK").await.expect("it is given up");
    save(&city, &document).await;
    store.close().await;
}
