//! Statements are counted: they do not grow with what there is to read or to write.

use crate::documents::save;
use crate::engines::Home;
use crate::invented::{self, Size, year};
use meguri_store::{Page, SheetFilter};

on_both_engines![
    a_sheet_is_read_in_the_same_number_of_statements_whatever_stands_on_it,
    a_large_document_is_written_in_batches,
];

/// Begin, the municipality, head, values, path, editions, findings.
const SHEET: u64 = 7;

async fn a_sheet_is_read_in_the_same_number_of_statements_whatever_stands_on_it(home: Home) {
    let (store, city) = home.city().await;
    let large = Size {
        indicators: 40,
        listings: 60,
        ..Size::SMALL
    };
    let mut sheets = Vec::new();
    for (of, size) in [(2020, Size::SMALL), (2021, large), (2022, Size::SMALL)] {
        sheets.push(
            save(&city, &invented::document(year(of), size, 1))
                .await
                .sheets[0],
        );
    }
    let mut counts = Vec::new();
    for sheet in sheets {
        let before = store.statements_run();
        city.sheet(sheet)
            .await
            .expect("it is read")
            .expect("it is there");
        counts.push(store.statements_run() - before);
    }
    assert!(counts.iter().all(|count| *count == counts[0]), "{counts:?}");
    assert!(counts[0] <= SHEET, "{counts:?}");
    let before = store.statements_run();
    city.sheets(&SheetFilter::default(), Page::default())
        .await
        .expect("a list");
    assert!(store.statements_run() - before <= 3);
}

async fn a_large_document_is_written_in_batches(home: Home) {
    let (store, city) = home.city().await;
    let size = Size {
        sheets: 60,
        indicators: 9,
        listings: 10,
        paragraph: 100,
    };
    let document = invented::document(year(2024), size, 1);
    let before = store.statements_run();
    let saved = save(&city, &document).await;
    let statements = store.statements_run() - before;
    assert!(statements < 120, "{statements}");
    let kept = city
        .document(saved.document)
        .await
        .expect("it is read")
        .expect("it is there");
    assert_eq!(kept.document, document);
}
