//! Connections to PostgreSQL over TLS.

use crate::engines::{Home, by, on_postgres};
use meguri_store::{Error, Location, Store};

/// Connections of others to the same database that are encrypted, and that are not.
const ENCRYPTED: &str = "SELECT COUNT(*) FROM pg_stat_ssl s JOIN pg_stat_activity a ON a.pid = s.pid \
                         WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND s.ssl";
const PLAIN: &str = "SELECT COUNT(*) FROM pg_stat_ssl s JOIN pg_stat_activity a ON a.pid = s.pid \
                     WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() \
                     AND NOT s.ssl";

fn asking(home: &Home, words: &str) -> Home {
    let Location::Postgres(url) = &home.location else {
        panic!("a server")
    };
    let sign = if url.contains('?') { '&' } else { '?' };
    home.at(Location::parse(&format!("{url}{sign}{words}")))
}

async fn encryption(home: Home) {
    let mut raw = home.raw().await;
    if raw.texts("SHOW ssl").await != ["on"] {
        eprintln!("SKIPPED: this PostgreSQL has no TLS");
        return;
    }
    // On this machine there is no wire to listen on.
    let opened = home.open().await;
    assert_eq!(raw.number(ENCRYPTED).await, 0);
    assert!(raw.number(PLAIN).await > 0);
    opened.store.close().await;

    let opened = asking(&home, "sslmode=require").open().await;
    let registered = crate::engines::register(&opened.store, "131016").await;
    assert!(registered.name().await.expect("read").is_some());
    assert!(raw.number(ENCRYPTED).await > 0);
    opened.store.close().await;

    // The certificate of the server is nobody's whom this machine trusts.
    let strict = asking(&home, "sslmode=verify-full");
    let refused = Store::open(&strict.location, &by("2026-04-01")).await;
    let Err(error) = refused else {
        panic!("it is not trusted")
    };
    assert!(matches!(error, Error::Encryption(_)), "{error:?}");
    let told = error.to_string();
    assert!(
        told.contains("sslrootcert") && told.contains("証明書"),
        "{told}"
    );
}

#[test]
fn a_connection_is_encrypted_where_that_is_asked_for() {
    on_postgres(encryption);
}
