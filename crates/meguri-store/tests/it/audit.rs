//! The audit chain: whoever changes a line is found out, and the engine refuses it first.

use crate::documents::save;
use crate::engines::{Home, Raw, by, register};
use crate::filled;
use crate::invented::{self, Size, year};
use meguri_store::{AuditFilter, By, Municipality, SheetFilter};

on_both_engines![
    every_write_leaves_a_line_in_an_unbroken_chain,
    the_engine_refuses_to_change_what_was_written,
    a_changed_line_is_found,
    a_lost_line_is_found,
    a_log_that_was_emptied_with_its_head_is_found,
    lines_below_the_first_are_found,
    what_was_changed_beside_the_log_is_found,
    what_was_added_beside_the_log_is_found,
    a_noted_head_is_known_again,
    lines_are_found_by_who_when_what_and_words,
];

async fn three_writes(city: &Municipality) {
    let document = invented::document(year(2024), Size::SMALL, 1);
    let saved = save(city, &document).await;
    let mut sheet = document.sheets[0].clone();
    sheet.label.push('改');
    let edited = city
        .edit_sheet(saved.sheets[0], 1, &sheet, &by("2026-06-01"))
        .await;
    edited.expect("it is saved");
}

async fn every_write_leaves_a_line_in_an_unbroken_chain(home: Home) {
    let (_, city) = home.city().await;
    three_writes(&city).await;
    let lines = city.audit(0, 100).await.expect("the audit");
    let actions: Vec<&str> = lines.iter().map(|line| line.action.as_str()).collect();
    let want = [
        "municipality.register",
        "scheme.save",
        "document.save",
        "findings.save",
        "sheet.edit",
    ];
    assert_eq!(actions, want);
    assert_eq!(lines[0].previous, "");
    assert!(
        lines
            .windows(2)
            .all(|pair| pair[1].previous == pair[0].hash)
    );
    let report = city.audit_verify().await.expect("a report");
    assert_eq!((report.lines, report.broken), (5, None));
    assert_eq!(report.head, lines[4].hash);
    let page = city
        .sheets(&SheetFilter::default(), meguri_store::Page::default())
        .await;
    assert_eq!(page.expect("a list").rows.len(), 6);
    assert_eq!(
        city.audit(0, 100).await.expect("the audit").len(),
        5,
        "reading leaves none"
    );
}

async fn the_engine_refuses_to_change_what_was_written(home: Home) {
    let (_, city) = home.city().await;
    three_writes(&city).await;
    let mut raw = home.raw().await;
    raw.run(&naming(&raw))
        .await
        .expect("the municipality is named");
    for table in ["audit", "value", "edition", "source", "scheme"] {
        let update = format!("UPDATE {table} SET municipality = municipality");
        let delete = format!("DELETE FROM {table}");
        for sql in [update, delete] {
            let refused = raw.run(&sql).await.expect_err("it is refused").to_string();
            assert!(refused.contains("append-only"), "{sql}: {refused}");
        }
    }
}

fn naming(raw: &Raw) -> String {
    match raw {
        Raw::Sqlite(_) => "SELECT 1".to_owned(),
        Raw::Postgres(_) => "SELECT set_config('meguri.municipality', '131016', false)".to_owned(),
    }
}

/// Takes the guard away, as somebody with the rights of an administrator could.
async fn tamper(home: &Home, sql: &str) {
    let mut raw = home.raw().await;
    raw.run(&naming(&raw))
        .await
        .expect("the municipality is named");
    unguard(&mut raw).await;
    raw.run(sql).await.expect("the line is changed");
}

async fn a_changed_line_is_found(home: Home) {
    let (_, city) = home.city().await;
    three_writes(&city).await;
    tamper(&home, "UPDATE audit SET who = '別人' WHERE number = 3").await;
    let report = city.audit_verify().await.expect("a report");
    let broken = report.broken.expect("it is found");
    assert_eq!((report.lines, broken.number), (2, 3));
    assert!(
        broken.why.contains("書き換えられています"),
        "{}",
        broken.why
    );
}

async fn a_lost_line_is_found(home: Home) {
    let (_, city) = home.city().await;
    three_writes(&city).await;
    tamper(&home, "DELETE FROM audit WHERE number = 5").await;
    let report = city.audit_verify().await.expect("a report");
    assert_eq!(report.broken.expect("the end is missing").number, 5);
    let mut raw = home.raw().await;
    raw.run(&naming(&raw))
        .await
        .expect("the municipality is named");
    raw.run("DELETE FROM audit WHERE number = 2")
        .await
        .expect("another one goes");
    let report = city.audit_verify().await.expect("a report");
    assert_eq!(report.broken.expect("a gap").number, 3);
}

/// Takes all guards away.
async fn unguard(raw: &mut Raw) {
    let guards = match raw {
        Raw::Sqlite(_) => {
            "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'"
        }
        Raw::Postgres(_) => {
            "SELECT 'DROP TRIGGER ' || t.tgname || ' ON ' || c.relname FROM pg_trigger t \
             JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
        }
    };
    for guard in raw.texts(guards).await {
        raw.run(&guard).await.expect("the guard is gone");
    }
}

async fn a_log_that_was_emptied_with_its_head_is_found(home: Home) {
    let (_, city) = home.city().await;
    three_writes(&city).await;
    let emptied = "DELETE FROM audit; UPDATE municipality SET audit_number = 0, audit_hash = ''";
    tamper(&home, emptied).await;
    let report = city.audit_verify().await.expect("a report");
    assert!(
        report
            .broken
            .expect("it is found")
            .why
            .contains("一件もありません")
    );
}

async fn lines_below_the_first_are_found(home: Home) {
    let (_, city) = home.city().await;
    three_writes(&city).await;
    let line = "INSERT INTO audit SELECT municipality, 0 - number, moment, who, action, subject, \
                before_text, after_text, previous, hash FROM audit WHERE number = 1";
    tamper(&home, line).await;
    let report = city.audit_verify().await.expect("a report");
    assert_eq!(report.broken.expect("it is found").number, -1);
}

/// One row of each: what whoever can write to the database could do to it.
const CHANGES: &[&str] = &[
    "UPDATE value SET amount = amount + 1 WHERE {c} AND meaning = 'money'",
    "UPDATE value SET number = '99' WHERE {c} AND number IS NOT NULL",
    "UPDATE value SET text = 'A' WHERE {c} AND part = 'judgement'",
    "UPDATE value SET line = line + 1 WHERE {c}",
    "UPDATE value SET settled = 'confirmed' WHERE {c}",
    "DELETE FROM value WHERE {c} AND part = 'indicator'",
    "UPDATE edition SET who = '別人' WHERE {c}",
    "UPDATE edition SET moment = '2020-01-01' WHERE {c}",
    "UPDATE source SET size = size + 1 WHERE {c}",
    "UPDATE source SET name = '別の名前.txt' WHERE {c}",
    "UPDATE source SET content = (SELECT lines FROM reading LIMIT 1) WHERE {c}",
    "UPDATE reading SET lines = (SELECT content FROM source LIMIT 1) WHERE {c}",
    "UPDATE document SET name = '別の名前' WHERE {c}",
    "UPDATE document_sheet SET place = place + 50 WHERE {c}",
    "DELETE FROM withdrawal WHERE {c}",
    "UPDATE withdrawal SET last_number = first_number, reason = '別の理由' WHERE {c}",
    "DELETE FROM publication_finding WHERE {c}",
    "UPDATE publication_finding SET explanation = '問題ありません' WHERE {c}",
    "UPDATE publication SET who = '別人' WHERE {c}",
    "UPDATE publication SET version = 1, moment = '2020-01-01' WHERE {c}",
    "UPDATE publication_sheet SET edition = edition + 1 WHERE {c}",
    "DELETE FROM publication_finding WHERE {c}; DELETE FROM publication_sheet WHERE {c}; \
     DELETE FROM withdrawal WHERE {c}; DELETE FROM publication WHERE {c}",
    "UPDATE finding SET message = '正しい' WHERE {c}",
    "DELETE FROM publication_finding WHERE {c}; DELETE FROM finding WHERE {c}",
    "UPDATE finding_run SET who = '別人' WHERE {c}",
    "UPDATE acceptance SET reason = '別の理由' WHERE {c}",
    "DELETE FROM acceptance WHERE {c}",
    "UPDATE decision SET same = 0 WHERE {c}",
    "UPDATE scheme SET valid_until = 1999 WHERE {c}",
    "UPDATE section SET name = '別の課' WHERE {c}",
    "UPDATE record SET version = 1, reading = 1 WHERE {c}",
    "UPDATE record SET kind = 'project' WHERE kind = 'sheet' AND {c}",
    "UPDATE municipality SET name = '別の市' WHERE {c}",
    "UPDATE cycle SET label = '別の照会' WHERE {c}",
    "UPDATE cycle_stage SET shown = '2099-01-01' WHERE {c}",
    "UPDATE sheet_event SET role = 'entry' WHERE {c}",
    "UPDATE change_request SET words = 'x' WHERE {c}",
    "DELETE FROM sheet_comment WHERE {c}",
];

/// Rows of which no line tells.
const ADDITIONS: &[&str] = &[
    "INSERT INTO withdrawal SELECT municipality, document, 9, number, number, 'x', who, moment \
     FROM publication WHERE {c}",
    "INSERT INTO publication SELECT municipality, document, 9, version, note, who, moment \
     FROM publication WHERE {c}",
    "INSERT INTO acceptance SELECT municipality, document, fingerprint, 9, 1, 'x', who, moment \
     FROM acceptance WHERE {c}",
    "INSERT INTO decision SELECT municipality, 9, kind, key_a, key_b, 0, 'x', who, moment \
     FROM decision WHERE {c}",
    "INSERT INTO finding_run SELECT municipality, document, 9, who, moment \
     FROM finding_run WHERE {c} AND run = 1",
    "INSERT INTO sheet_event SELECT municipality, 99999, 99999, cycle, sheet, stage, section, kind, \
     words, to_section, shown, no_new_from, no_change_from, sheet_version, who, role, deputy_of, moment \
     FROM sheet_event WHERE {c} AND kind = 'return'",
    "INSERT INTO sheet_comment SELECT municipality, 99999, 99999, cycle, sheet, field, answers, kind, \
     words, who, moment FROM sheet_comment WHERE {c}",
    "INSERT INTO edition SELECT municipality, record, 9, base, document, who, moment \
     FROM edition WHERE {c} AND version = 1",
];

/// A code with its check digit.
fn code(number: usize) -> String {
    let digits = 13_000 + number;
    let weights = [(10_000, 6), (1_000, 5), (100, 4), (10, 3), (1, 2)];
    let each = weights
        .iter()
        .map(|(place, weight)| digits / place % 10 * weight);
    format!("{digits}{}", (11 - each.sum::<usize>() % 11) % 10)
}

/// Does each of these to a city of its own, and expects that it is found.
async fn each_is_found(home: Home, tamperings: &[&str]) {
    let store = home.open().await.store;
    let mut raw = home.raw().await;
    unguard(&mut raw).await;
    for (number, tampering) in tamperings.iter().enumerate() {
        let code = code(number);
        let city = register(&store, &code).await;
        filled::fill(&city).await;
        assert_eq!(city.audit_verify().await.expect("a report").broken, None);
        if let Raw::Postgres(_) = raw {
            let name = format!("SELECT set_config('meguri.municipality', '{code}', false)");
            raw.run(&name).await.expect("the municipality is named");
        }
        let sql = tampering.replace("{c}", &format!("municipality = '{code}'"));
        let sql = match raw {
            Raw::Sqlite(_) => format!("PRAGMA foreign_keys = OFF; {sql}"),
            Raw::Postgres(_) => sql,
        };
        raw.run(&sql).await.expect(tampering);
        let report = city.audit_verify().await.expect("a report");
        assert!(report.broken.is_some(), "not found: {tampering}");
    }
}

async fn what_was_changed_beside_the_log_is_found(home: Home) {
    each_is_found(home, CHANGES).await;
}

async fn what_was_added_beside_the_log_is_found(home: Home) {
    each_is_found(home, ADDITIONS).await;
}

async fn a_noted_head_is_known_again(home: Home) {
    let (_, city) = home.city().await;
    let head = city.audit_verify().await.expect("a report").head;
    three_writes(&city).await;
    let has = async |number, hash: &str| city.audit_has(number, hash).await.expect("it is read");
    assert_eq!(has(1, &head).await, Some(true));
    assert_eq!(has(1, &head.to_uppercase()).await, Some(true));
    assert_eq!(has(2, &head).await, Some(false));
    assert_eq!(has(99, &head).await, None);
}

async fn lines_are_found_by_who_when_what_and_words(home: Home) {
    let (_, city) = home.city().await;
    three_writes(&city).await;
    let at = |who: &str, moment: &str| By::new(who, moment).expect("a moment");
    for (who, moment, words) in [
        ("sato", "2026-06-03T09:00:00+09:00", "100%_sato!"),
        ("sato", "2026-06-04T23:59:59+09:00", "福祉課 2"),
        ("suzuki", "2026-06-05T00:00:00+09:00", "福祉課 3"),
    ] {
        let noted = [words.to_owned()];
        let done = city.note_reminders(7, &noted, &at(who, moment)).await;
        done.expect("a line");
    }
    let all = AuditFilter::default();
    let found = async |filter: AuditFilter| -> Vec<i64> {
        let lines = city.audit_found(&filter, 100).await.expect("lines");
        lines.iter().map(|line| line.number).collect()
    };
    let of = |change: fn(&mut AuditFilter)| {
        let mut filter = all.clone();
        change(&mut filter);
        filter
    };
    assert_eq!(found(all.clone()).await, [8, 7, 6, 5, 4, 3, 2, 1]);
    assert_eq!(found(of(|f| f.who = "sato".to_owned())).await, [7, 6]);
    assert_eq!(found(of(|f| f.action = "sheet.edit".to_owned())).await, [5]);
    assert_eq!(
        found(of(|f| f.from = "2026-06-04".to_owned())).await,
        [8, 7]
    );
    let one_day = of(|f| {
        f.from = "2026-06-04".to_owned();
        f.until = "2026-06-05".to_owned();
    });
    assert_eq!(found(one_day).await, [7]);
    assert_eq!(found(of(|f| f.words = "福祉課".to_owned())).await, [8, 7]);
    assert_eq!(
        found(of(|f| f.words = "cycle 7".to_owned())).await,
        [8, 7, 6]
    );
    assert_eq!(found(of(|f| f.words = "0%_s".to_owned())).await, [6]);
    assert_eq!(
        found(of(|f| f.words = "1%!".to_owned())).await,
        [] as [i64; 0]
    );
    assert_eq!(
        found(of(|f| f.words = "' OR 1=1 --".to_owned())).await,
        [] as [i64; 0]
    );
    assert_eq!(found(of(|f| f.before = Some(3))).await, [2, 1]);
    let two = city.audit_found(&all, 2).await.expect("lines");
    assert_eq!(two.len(), 2);
    let report = city.audit_verify().await.expect("a report");
    assert_eq!((report.lines, report.broken), (8, None));
}
