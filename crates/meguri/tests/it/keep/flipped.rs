//! Single bits that flip at rest: found, or of no consequence.

use super::{CODE, city, file, filled_database, new_folder, open, wait_for};
use meguri_store::{Cell, Cursor, Location, Municipality, TABLES};
use std::collections::BTreeMap;
use std::fs;

/// Bits that are flipped, one at a time.
const FLIPS: u64 = 60;

/// Tables of which the audit holds no seal: what the program makes anew, and what may change.
const NOT_SEALED: &[&str] = &[
    "identity", "redirect", "node", "plan", "project", "sheet", "record",
];

type Rows = BTreeMap<&'static str, Vec<Vec<Cell>>>;

async fn rows(city: &Municipality) -> meguri_store::Result<Rows> {
    let mut all = Rows::new();
    let mut exporting = city.exporting().await?;
    for table in TABLES {
        let mut cursor = Cursor::new(table);
        loop {
            let page = exporting.next_page(&mut cursor).await?;
            if page.is_empty() {
                break;
            }
            all.entry(table.name).or_default().extend(page);
        }
    }
    Ok(all)
}

/// What `audit verify` does; whether it finds something.
async fn is_found(database: &Location) -> bool {
    let by = super::by();
    let Ok(opened) = meguri_store::Store::open(database, &by).await else {
        return true;
    };
    let store = opened.store;
    let code = meguri_store::MunicipalityCode::parse(CODE).expect("a code");
    let verified = async {
        store.check_pages().await?;
        match store.municipality(&code).await? {
            Some(city) => Ok(city.audit_verify().await?.broken.is_some()),
            None => Ok::<_, meguri_store::Error>(true),
        }
    };
    let found = verified.await.unwrap_or(true);
    store.close().await;
    found
}

#[test]
fn a_bit_that_flips_is_found_or_changes_nothing_that_is_sealed() {
    let folder = new_folder("flipped");
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let before = wait_for(async {
        let store = open(&database).await;
        let before = rows(&city(&store, CODE).await).await.expect("rows");
        store.close().await;
        before
    });
    let whole = fs::read(folder.join("a.sqlite")).expect("it is read");
    let flipped = file(&folder, "b.sqlite");
    let (mut found, mut harmless, mut elsewhere) = (0, 0, Vec::new());
    // The same bits in every run.
    let mut seed = 0x2026_0401_u64;
    for _ in 0..FLIPS {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let bit = usize::try_from(seed >> 16).expect("a place") % (whole.len() * 8);
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        fs::write(folder.join("b.sqlite"), bytes).expect("it is written");
        for ending in ["-wal", "-shm"] {
            // What a whole database leaves nothing of need not go.
            let _ = fs::remove_file(folder.join(format!("b.sqlite{ending}")));
        }
        if wait_for(is_found(&flipped)) {
            found += 1;
            continue;
        }
        let after = wait_for(async {
            let store = open(&flipped).await;
            let after = rows(&city(&store, CODE).await).await;
            store.close().await;
            after
        });
        // A value that is no text any more is told by whoever reads it.
        let Ok(after) = after else {
            found += 1;
            continue;
        };
        let changed: Vec<&str> = TABLES
            .iter()
            .map(|table| table.name)
            .filter(|name| before.get(name) != after.get(name))
            .collect();
        let sealed = changed.iter().find(|name| !NOT_SEALED.contains(name));
        assert_eq!(sealed, None, "bit {bit} was not found");
        if changed.is_empty() {
            harmless += 1;
        } else {
            elsewhere.extend(changed);
        }
    }
    eprintln!(
        "{FLIPS} flips: {found} found, {harmless} of no consequence, elsewhere {elsewhere:?}"
    );
    // The rest is free space of the pages of a small database.
    assert!(found * 3 > FLIPS, "{found} are found");
}
