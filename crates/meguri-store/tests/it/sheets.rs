//! Sheets: what persons change, what stays, what lists show.

use crate::documents::save;
use crate::engines::{Home, by};
use crate::invented::{self, Size, year};
use meguri_store::{Error, Municipality, Page, Saving, SheetFilter};

on_both_engines![
    a_change_is_a_version_and_the_former_ones_stay,
    who_was_slower_is_told,
    a_sheet_stays_in_its_year_and_place,
    a_new_reading_does_not_undo_what_a_person_wrote,
    a_list_has_filters_and_pages,
];

async fn a_change_is_a_version_and_the_former_ones_stay(home: Home) {
    let (_, city) = home.city().await;
    let document = invented::document(year(2024), Size::SMALL, 1);
    let id = save(&city, &document).await.sheets[0];
    let kept = city
        .sheet(id)
        .await
        .expect("it is read")
        .expect("it is there");
    assert_eq!((kept.version, &kept.sheet), (1, &document.sheets[0]));
    assert_eq!(
        kept.editions[0].document.as_ref().map(|d| &d.1),
        Some(&document.name)
    );

    let mut sheet = kept.sheet.clone();
    sheet.judgements[0].value.value = "D".to_owned();
    sheet.indicators.pop();
    sheet.texts[0]
        .paragraphs
        .as_mut()
        .expect("paragraphs")
        .pop();
    let second = city
        .edit_sheet(id, 1, &sheet, &by("2026-06-01"))
        .await
        .expect("it is saved");
    assert_eq!(second, 2);
    let again = city
        .edit_sheet(id, 2, &sheet, &by("2026-06-02"))
        .await
        .expect("nothing to save");
    assert_eq!(again, 2, "nothing differs, nothing is written");

    let now = city
        .sheet(id)
        .await
        .expect("it is read")
        .expect("it is there");
    assert_eq!(now.sheet, sheet);
    assert_eq!(
        (now.editions.len(), now.editions[1].is_reading()),
        (2, false)
    );
    assert_eq!(
        city.sheet_at(id, 1).await.expect("it is read"),
        Some(kept.sheet)
    );
    assert_eq!(city.sheet_at(id, 9).await.expect("it is read"), None);
    let document_now = city.documents().await.expect("a list")[0].id;
    let document_now = city
        .document(document_now)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(
        document_now.document, document,
        "the document stays as it was read"
    );
    what_changed_is_told(&city, id).await;
}

async fn what_changed_is_told(city: &Municipality, id: i64) {
    let changes = city.changes(id).await.expect("changes");
    assert!(
        changes
            .iter()
            .any(|c| c.part == "judgement" && c.printed.as_deref() == Some("D"))
    );
    assert!(
        changes
            .iter()
            .any(|c| c.part == "indicator" && c.printed.is_none())
    );
    let audit = city.audit(0, 100).await.expect("the audit");
    let line = audit.last().expect("a line");
    assert_eq!(
        (line.action.as_str(), line.by.moment()),
        ("sheet.edit", "2026-06-01")
    );
    let after = line.after.as_deref().expect("an after");
    assert!(after.contains("judgement/0/grade/0/0=D"), "{after}");
}

async fn who_was_slower_is_told(home: Home) {
    let (_, city) = home.city().await;
    let document = invented::document(year(2024), Size::SMALL, 1);
    let id = save(&city, &document).await.sheets[0];
    let mut sheet = document.sheets[0].clone();
    sheet.label.push('改');
    city.edit_sheet(id, 1, &sheet, &by("2026-06-01"))
        .await
        .expect("it is saved");
    sheet.label.push('改');
    let slower = city.edit_sheet(id, 1, &sheet, &by("2026-06-01")).await;
    let error = slower.expect_err("a conflict");
    assert!(
        matches!(error, Error::Conflict { had: 1, now: 2 }),
        "{error}"
    );
    assert!(
        error.to_string().contains("ほかの人が先に更新しています"),
        "{error}"
    );
}

async fn a_sheet_stays_in_its_year_and_place(home: Home) {
    let (_, city) = home.city().await;
    let document = invented::document(year(2024), Size::SMALL, 1);
    let id = save(&city, &document).await.sheets[0];
    let mut sheet = document.sheets[0].clone();
    sheet.year = Some(year(2025));
    let moved = city.edit_sheet(id, 1, &sheet, &by("2026-06-01")).await;
    assert!(matches!(moved, Err(Error::Invalid(_))), "{moved:?}");
    sheet.year = Some(year(2024));
    sheet.label = "名を改めた施策".to_owned();
    let renamed = city.edit_sheet(id, 1, &sheet, &by("2026-06-01")).await;
    assert_eq!(renamed.expect("it is saved"), 2);
    let listed = labels(&city, &SheetFilter::default()).await;
    assert_eq!(listed[0], sheet.label, "lists show the new name");
}

async fn a_new_reading_does_not_undo_what_a_person_wrote(home: Home) {
    let (_, city) = home.city().await;
    let mut document = invented::document(year(2024), Size::SMALL, 1);
    let source = invented::source(&document);
    let id = save(&city, &document).await.sheets[0];
    let mut edited = document.sheets[0].clone();
    edited.judgements[0].value.value = "D".to_owned();
    city.edit_sheet(id, 1, &edited, &by("2026-06-01"))
        .await
        .expect("it is saved");

    document.sheets[0].judgements[1].value.value = "E".to_owned();
    let saving = Saving {
        document: &document,
        source: &source,
        scheme: None,
        findings: &[],
    };
    let saved = city
        .save_document(&saving, &by("2026-06-02"))
        .await
        .expect("it is saved");
    assert_eq!(saved.held_back, [id]);
    let kept = city
        .sheet(id)
        .await
        .expect("it is read")
        .expect("it is there");
    assert_eq!((kept.version, kept.reading), (3, 1));
    assert_eq!(kept.sheet, edited, "the person's word stands");
    let reading = city.sheet_at(id, 3).await.expect("it is read");
    assert_eq!(reading.as_ref(), Some(&document.sheets[0]));

    let by = by("2026-06-03");
    assert!(
        city.adopt_reading(id, 3, 2, &by).await.is_err(),
        "version 2 is no reading"
    );
    city.adopt_reading(id, 3, 3, &by)
        .await
        .expect("it is adopted");
    let kept = city
        .sheet(id)
        .await
        .expect("it is read")
        .expect("it is there");
    assert_eq!(kept.sheet, document.sheets[0]);
}

async fn labels(city: &Municipality, filter: &SheetFilter) -> Vec<String> {
    let page = city.sheets(filter, Page::default()).await.expect("a list");
    assert_eq!(page.next, None);
    page.rows.into_iter().map(|row| row.label).collect()
}

async fn a_list_has_filters_and_pages(home: Home) {
    let (_, city) = home.city().await;
    let first = save(&city, &invented::document(year(2023), Size::SMALL, 1)).await;
    let document = invented::document(year(2024), Size::SMALL, 2);
    save(&city, &document).await;
    let all = SheetFilter::default();
    assert_eq!(labels(&city, &all).await.len(), 12);
    let of_2024 = SheetFilter {
        plan: Some("evaluation".to_owned()),
        year: Some(year(2024)),
        ..all.clone()
    };
    assert_eq!(labels(&city, &of_2024).await.len(), 6);
    let section = |name: &str| SheetFilter {
        section: Some(name.to_owned()),
        ..of_2024.clone()
    };
    assert_eq!(labels(&city, &section("環境課")).await.len(), 2);
    assert!(labels(&city, &section("ない課")).await.is_empty());
    let open = SheetFilter {
        with_open_findings: true,
        ..of_2024.clone()
    };
    assert_eq!(labels(&city, &open).await.len(), 2);

    // A filter sees what is in force, not what once was.
    let mut sheet = invented::document(year(2023), Size::SMALL, 1).sheets[0].clone();
    sheet.sections[0].value = "広報課".to_owned();
    city.edit_sheet(first.sheets[0], 1, &sheet, &by("2026-06-01"))
        .await
        .expect("saved");
    let pr = SheetFilter {
        section: Some("広報課".to_owned()),
        ..all.clone()
    };
    assert_eq!(labels(&city, &pr).await, [sheet.label.clone()]);
    let environment = SheetFilter {
        section: Some("環境課".to_owned()),
        year: Some(year(2023)),
        ..all.clone()
    };
    assert_eq!(labels(&city, &environment).await.len(), 1);
    let graded = SheetFilter {
        judgement: Some(("grade".to_owned(), "S".to_owned())),
        ..of_2024
    };
    let want = document.sheets.iter();
    let want = want.filter(|sheet| sheet.judgements.iter().any(|j| j.value.value == "S"));
    assert_eq!(labels(&city, &graded).await.len(), want.count());

    let mut page = Page { after: 0, most: 5 };
    let mut sizes = Vec::new();
    loop {
        let found = city.sheets(&all, page).await.expect("a page");
        sizes.push(found.rows.len());
        match found.next {
            Some(next) => page.after = next,
            None => break,
        }
    }
    assert_eq!(sizes, [5, 5, 2]);
}
