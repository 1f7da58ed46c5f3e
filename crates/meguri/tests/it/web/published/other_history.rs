//! A database that is put in place of another one without a new file: as much was written in it, and
//! something else.

use super::City;
use sqlx::{Connection, Executor, Row, SqliteConnection};

/// Makes the history another one: other words of the publication, another last line of the audit.
async fn rewrite(path: &str) {
    let mut file = SqliteConnection::connect(path).await.expect("it opens");
    let triggers = file.fetch_all("SELECT name FROM sqlite_master WHERE type = 'trigger'");
    for row in triggers.await.expect("the triggers") {
        let drop = format!("DROP TRIGGER {}", row.get::<String, _>(0));
        let drop = file.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(drop)));
        drop.await.expect("it is dropped");
    }
    let other = "UPDATE publication SET note = '別の履歴の注記' WHERE number = 2; \
                 UPDATE audit SET hash = 'other' \
                 WHERE number = (SELECT MAX(number) FROM audit); \
                 UPDATE municipality SET audit_hash = 'other'";
    let other = file.execute(sqlx::raw_sql(other));
    other.await.expect("it is rewritten");
}

#[test]
fn another_history_of_the_same_length_is_shown() {
    let mut city = City::new("other-history");
    city.publish("");
    city.edit();
    city.publish("初めの注記");
    let document = city.saved[0].document;
    let changes = format!("/documents/{document}/changes");
    assert!(city.public.get(&changes).1.contains("初めの注記"));
    assert!(!city.look(), "nothing was written");
    let file = format!("sqlite://{}", city.folder.join("meguri.sqlite").display());
    city.runtime.block_on(rewrite(&file));
    assert!(city.look(), "it is another history");
    let page = city.public.get(&changes).1;
    assert!(page.contains("別の履歴の注記"), "{page}");
    assert!(!page.contains("初めの注記"), "{page}");
}
