//! What is published stays as it was published, and is gone when it is withdrawn.

use crate::documents::save;
use crate::engines::{Home, by, register};
use crate::invented::{self, Size, year};
use meguri_core::evaluation::Document;
use meguri_store::{Error, Municipality, Pin, Published, PublishedPin, Publishing};

on_both_engines![
    a_publication_keeps_its_values_through_edits_and_readings,
    publishing_the_same_again_does_nothing,
    a_correction_wants_a_note,
    findings_are_published_only_when_chosen,
    a_withdrawal_wants_a_reason_and_is_kept,
    a_sheet_that_another_document_took_over_is_published_as_it_was_read,
    publications_cannot_be_changed_or_seen_by_others,
    many_sheets_are_read_with_few_statements,
];

async fn publish(city: &Municipality, document: i64, note: &str) -> Published {
    let publishing = Publishing {
        document,
        note: note.to_owned(),
        findings: Vec::new(),
    };
    city.publish(&publishing, &by("2026-06-01"))
        .await
        .expect("it is published")
}

/// Changes the first judgement of a sheet as a person does.
async fn edit(city: &Municipality, id: i64, value: &str) -> Pin {
    let kept = city.sheet(id).await.expect("read").expect("it is there");
    let mut sheet = kept.sheet.clone();
    sheet.judgements[0].value.value = value.to_owned();
    let edited = city
        .edit_sheet(id, kept.version, &sheet, &by("2026-06-02"))
        .await;
    Pin {
        sheet: id,
        reading: kept.reading,
        version: edited.expect("it is changed"),
    }
}

async fn a_publication_keeps_its_values_through_edits_and_readings(home: Home) {
    let (_, city) = home.city().await;
    let document = invented::document(year(2024), Size::SMALL, 1);
    let saved = save(&city, &document).await;
    assert_eq!(publish(&city, saved.document, "").await, Published::New(1));
    let pin = edit(&city, saved.sheets[2], "Z").await;
    let first = city
        .published(saved.document, 1)
        .await
        .expect("read")
        .expect("it is there");
    assert_eq!(first.document, document, "the edit is not public");
    assert_eq!(
        first.scheme.map(|(_, version, _)| version).as_deref(),
        Some("2022")
    );

    assert_eq!(
        publish(&city, saved.document, "評価の訂正").await,
        Published::New(2)
    );
    let second = city
        .published(saved.document, 2)
        .await
        .expect("read")
        .expect("it is there");
    assert_eq!(second.document.sheets[2].judgements[0].value.value, "Z");
    assert_eq!(second.pins[2], PublishedPin { pin, edition: 2 });
    let editions: Vec<i64> = second
        .pins
        .iter()
        .map(|published| published.edition)
        .collect();
    assert_eq!(
        editions,
        [1, 1, 2, 1, 1, 1],
        "only what changed has a new edition"
    );
    let pins = city.published_pins(saved.document, 2).await.expect("pins");
    assert_eq!(pins, second.pins);

    let mut reread: Document = document.clone();
    reread.sheets[0].judgements[0].value.value = "Y".to_owned();
    let source = invented::source(&document);
    let saving = meguri_store::Saving {
        document: &reread,
        source: &source,
        scheme: None,
        findings: &[],
    };
    city.save_document(&saving, &by("2026-06-03"))
        .await
        .expect("it is read anew");
    for (number, wanted) in [(1, &first.document), (2, &second.document)] {
        let again = city.published(saved.document, number).await.expect("read");
        assert_eq!(
            &again.expect("it is there").document,
            wanted,
            "publication {number}"
        );
    }
    assert_eq!(city.published(saved.document, 3).await.expect("read"), None);
}

async fn publishing_the_same_again_does_nothing(home: Home) {
    let (_, city) = home.city().await;
    let saved = save(&city, &invented::document(year(2024), Size::SMALL, 1)).await;
    publish(&city, saved.document, "").await;
    let moved = city.audit_head().await.expect("a head");
    let audit = city.audit(0, 100).await.expect("the audit");
    assert_eq!(
        publish(&city, saved.document, "もう一度").await,
        Published::Same(1)
    );
    assert_eq!(city.audit(0, 100).await.expect("the audit"), audit);
    assert_eq!(city.audit_head().await.expect("a head"), moved);
    edit(&city, saved.sheets[0], "Z").await;
    assert!(city.audit_head().await.expect("a head").0 > moved.0);
    let unknown = Publishing {
        document: 99_999,
        ..Publishing::default()
    };
    let refused = city.publish(&unknown, &by("2026-06-01")).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
}

async fn a_correction_wants_a_note(home: Home) {
    let (_, city) = home.city().await;
    let saved = save(&city, &invented::document(year(2024), Size::SMALL, 1)).await;
    publish(&city, saved.document, "").await;
    edit(&city, saved.sheets[0], "Z").await;
    let publishing = Publishing {
        document: saved.document,
        ..Publishing::default()
    };
    let refused = city.publish(&publishing, &by("2026-06-01")).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
    assert_eq!(city.publications().await.expect("a list").len(), 1);
    publish(&city, saved.document, " 評価の訂正 ").await;
    let listed = city.publications().await.expect("a list");
    let listed: Vec<_> = listed.iter().map(|p| (p.number, p.note.as_str())).collect();
    assert_eq!(listed, [(1, ""), (2, "評価の訂正")]);
    let audit = city.audit(0, 100).await.expect("the audit");
    let line = audit.last().expect("a line");
    assert_eq!(line.action, "publication.publish");
    assert!(
        line.after
            .as_deref()
            .is_some_and(|after| after.contains("\n評価の訂正\n"))
    );
}

async fn findings_are_published_only_when_chosen(home: Home) {
    let (_, city) = home.city().await;
    let saved = save(&city, &invented::document(year(2024), Size::SMALL, 1)).await;
    let found = city.findings(saved.document).await.expect("findings");
    publish(&city, saved.document, "").await;
    assert!(
        city.published_findings(saved.document, 1)
            .await
            .expect("findings")
            .is_empty()
    );
    let print = found[1].key.fingerprint.clone();
    let publishing = Publishing {
        document: saved.document,
        note: "指摘の公表".to_owned(),
        findings: vec![(print.clone(), "端数処理による".to_owned())],
    };
    let published = city
        .publish(&publishing, &by("2026-06-01"))
        .await
        .expect("published");
    assert_eq!(
        published,
        Published::New(2),
        "another choice of findings is another publication"
    );
    let again = city
        .publish(&publishing, &by("2026-06-01"))
        .await
        .expect("published");
    assert_eq!(again, Published::Same(2));
    let public = city
        .published_findings(saved.document, 2)
        .await
        .expect("findings");
    let [finding] = public.as_slice() else {
        panic!("one finding, not {public:?}")
    };
    assert_eq!(finding.finding.key.fingerprint, print);
    assert_eq!(finding.explanation, "端数処理による");
    let unknown = Publishing {
        findings: vec![("00".to_owned(), String::new())],
        ..publishing
    };
    let refused = city.publish(&unknown, &by("2026-06-01")).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
}

async fn a_withdrawal_wants_a_reason_and_is_kept(home: Home) {
    let (_, city) = home.city().await;
    let saved = save(&city, &invented::document(year(2024), Size::SMALL, 1)).await;
    let id = saved.document;
    let by = by("2026-06-05");
    assert!(matches!(
        city.withdraw(id, None, "誤り", &by).await,
        Err(Error::Invalid(_))
    ));
    publish(&city, id, "").await;
    edit(&city, saved.sheets[0], "Z").await;
    publish(&city, id, "評価の訂正").await;
    assert!(matches!(
        city.withdraw(id, Some(1), "　", &by).await,
        Err(Error::Invalid(_))
    ));
    assert_eq!(
        city.withdraw(id, Some(1), "個人情報", &by)
            .await
            .expect("withdrawn"),
        [1]
    );
    let again = city.withdraw(id, Some(1), "個人情報", &by).await;
    assert!(matches!(again, Err(Error::Invalid(_))));
    assert_eq!(
        city.withdraw(id, None, "全部", &by)
            .await
            .expect("withdrawn"),
        [2]
    );
    let listed = city.publications().await.expect("a list");
    let reasons: Vec<_> = listed
        .iter()
        .map(|p| p.withdrawn.as_ref().map(|w| w.reason.as_str()))
        .collect();
    assert_eq!(reasons, [Some("個人情報"), Some("全部")]);
    assert_eq!(
        publish(&city, id, "再び公表").await,
        Published::New(3),
        "the same, but public again"
    );
    let listed = city.publications().await.expect("a list");
    assert_eq!(listed[2].withdrawn, None);
    assert!(
        city.audit_verify()
            .await
            .expect("verified")
            .broken
            .is_none()
    );
}

async fn a_sheet_that_another_document_took_over_is_published_as_it_was_read(home: Home) {
    let (_, city) = home.city().await;
    let first = invented::document(year(2024), Size::SMALL, 1);
    let old = save(&city, &first).await;
    let mut second = first.clone();
    second.name = "差し替え.txt".to_owned();
    second.lines.push("追記".to_owned());
    second.sheets[0].judgements[0].value.value = "Y".to_owned();
    let new = save(&city, &second).await;
    assert_eq!(old.sheets, new.sheets, "the same sheets of the same year");
    publish(&city, old.document, "").await;
    publish(&city, new.document, "").await;
    let published = async |id| {
        let published = city
            .published(id, 1)
            .await
            .expect("read")
            .expect("it is there");
        (published.document.sheets, published.pins[0].edition)
    };
    assert_eq!(published(old.document).await, (first.sheets, 1));
    assert_eq!(published(new.document).await, (second.sheets, 2));
}

async fn publications_cannot_be_changed_or_seen_by_others(home: Home) {
    let (store, city) = home.city().await;
    let saved = save(&city, &invented::document(year(2024), Size::SMALL, 1)).await;
    publish(&city, saved.document, "").await;
    city.withdraw(saved.document, None, "誤り", &by("2026-06-05"))
        .await
        .expect("withdrawn");
    let other = register(&store, "131024").await;
    assert!(other.publications().await.expect("a list").is_empty());
    assert!(
        other
            .published(saved.document, 1)
            .await
            .expect("read")
            .is_none()
    );
    assert!(other.in_force().await.expect("a list").is_empty());
    let mut raw = home.raw().await;
    for table in [
        "publication",
        "publication_sheet",
        "publication_finding",
        "withdrawal",
    ] {
        for change in ["DELETE FROM {}", "UPDATE {} SET number = 7"] {
            let script = change.replace("{}", table);
            // The second wall hides the rows of the role of the tests; it stands on PostgreSQL.
            let changed = raw.run(&script).await;
            let left = city.publications().await.expect("a list");
            assert_eq!(
                (left.len(), left[0].number),
                (1, 1),
                "{script}: {changed:?}"
            );
        }
    }
}

async fn many_sheets_are_read_with_few_statements(home: Home) {
    let (store, city) = home.city().await;
    let size = Size {
        sheets: 900,
        indicators: 1,
        listings: 1,
        paragraph: 5,
    };
    let document = invented::document(year(2024), size, 1);
    let saved = save(&city, &document).await;
    let before = store.statements_run();
    let [in_force] = city
        .in_force()
        .await
        .expect("a list")
        .try_into()
        .expect("one document");
    let sheets = city.sheets_at(&in_force.pins).await.expect("sheets");
    assert_eq!(sheets, document.sheets);
    assert_eq!(in_force.document.id, saved.document);
    let statements = store.statements_run() - before;
    assert!(statements <= 14, "{statements} statements for 900 sheets");
}
