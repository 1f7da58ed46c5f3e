//! Cycles: what was decided is kept as it was decided, by one at a time, and nobody can change it.

use crate::engines::Home;
use crate::worked::{by, event, fill, opened, write};
use meguri_core::workflow::EventKind;
use meguri_store::{Work, Writing};

on_both_engines![
    what_was_written_is_read_again,
    what_was_refused_leaves_nothing,
    two_who_write_at_once_see_each_other,
    a_draft_leaves_no_line_and_goes_when_it_is_sent,
];

async fn what_was_written_is_read_again(home: Home) {
    let (_, city) = home.city().await;
    fill(&city).await;
    let cycle = city.cycles().await.expect("a list").remove(0);
    assert_eq!(cycle.label, "=令和9年度の照会");
    let shown = cycle.stages["section"].expect("days").shown.iso();
    assert_eq!((shown.as_str(), cycle.stages["last"]), ("2028-06-07", None));
    let sheets = city.cycle_sheets(cycle.id).await.expect("sheets");
    let events = city
        .sheet_events(cycle.id, sheets[0].0)
        .await
        .expect("events");
    let kinds: Vec<&str> = events.iter().map(|e| e.event.kind.action().key()).collect();
    assert_eq!(kinds, ["assign", "return", "extend", "hand_over"]);
    let EventKind::Returned { requests } = &events[1].event.kind else {
        panic!("a return: {:?}", events[1]);
    };
    assert_eq!(requests[0].words, "@数値を確認");
    assert_eq!(events[1].event.by.deputy_of.as_deref(), Some("=yamada"));
    assert_eq!(
        city.cycle_events(cycle.id).await.expect("events").len(),
        3 + sheets.len()
    );
    let (drafts, others) = city.draft(cycle.id, sheets[0].0).await.expect("a draft");
    assert_eq!(
        (drafts[0].typed.as_str(), others[0].typed.as_str()),
        ("-下書き", "=もう一つ")
    );
    let comments = city
        .comments(cycle.id, sheets[0].0)
        .await
        .expect("comments");
    assert_eq!(comments[0].comment.words, "+確認しました");
    let seen = city
        .seen(cycle.id, by().who())
        .await
        .expect("what was seen");
    assert_eq!(seen.get(&sheets[0].0), Some(&1));
    assert_eq!(city.audit_verify().await.expect("a report").broken, None);
}

async fn what_was_refused_leaves_nothing(home: Home) {
    let (_, city) = home.city().await;
    let (cycle, sheets) = opened(&city).await;
    let head = city.audit_head().await.expect("a head");
    let decide = |work: &Work| {
        if work.id == sheets[0] {
            Err("no")
        } else {
            Ok(Writing::default())
        }
    };
    let done = city
        .work(cycle, &sheets[..2], &by(), decide)
        .await
        .expect("answers");
    assert_eq!(done, [Err("no"), Ok(())]);
    assert_eq!(city.audit_head().await.expect("a head"), head);
    let unknown = city
        .work(cycle, &[99_999], &by(), |_| Ok::<_, ()>(Writing::default()))
        .await;
    assert!(unknown.is_err());
    let unknown = city
        .work(99_999, &sheets, &by(), |_| Ok::<_, ()>(Writing::default()))
        .await;
    assert!(unknown.is_err());
}

async fn two_who_write_at_once_see_each_other(home: Home) {
    let (_, city) = home.city().await;
    let (cycle, sheets) = opened(&city).await;
    let sheet = sheets[0];
    // Whoever comes second sees the event of the first and does nothing.
    let once = |work: &Work| {
        let begun = work
            .events
            .iter()
            .any(|e| e.event.kind == EventKind::DraftBegun);
        if begun {
            return Err("begun");
        }
        Ok(Writing {
            events: vec![event(EventKind::DraftBegun)],
            ..Writing::default()
        })
    };
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let city = city.clone();
        tasks.spawn(async move { city.work(cycle, &[sheet], &by(), once).await });
    }
    let mut won = 0;
    while let Some(done) = tasks.join_next().await {
        let answers = done.expect("a task").expect("an answer");
        won += usize::from(answers == [Ok(())]);
    }
    assert_eq!(won, 1);
    assert_eq!(
        city.sheet_events(cycle, sheet).await.expect("events").len(),
        2
    );
    assert_eq!(city.audit_verify().await.expect("a report").broken, None);
}

async fn a_draft_leaves_no_line_and_goes_when_it_is_sent(home: Home) {
    let (_, city) = home.city().await;
    let (cycle, sheets) = opened(&city).await;
    let before = city.audit_head().await.expect("a head");
    for typed in ["一", "二", "三"] {
        let writing = Writing {
            drafts: vec![("text.outcomes".to_owned(), Some(typed.to_owned()))],
            ..Writing::default()
        };
        write(&city, cycle, sheets[0], writing).await;
    }
    assert_eq!(city.audit_head().await.expect("a head"), before);
    let (drafts, _) = city.draft(cycle, sheets[0]).await.expect("a draft");
    assert_eq!((drafts.len(), drafts[0].typed.as_str()), (1, "三"));
    let mut sheet = city
        .sheet(sheets[0])
        .await
        .expect("read")
        .expect("a sheet")
        .sheet;
    sheet.texts[0].paragraphs = Some(Vec::new());
    let writing = Writing {
        events: vec![event(EventKind::Submitted)],
        sheet: Some(sheet),
        drafts: vec![("text.outcomes".to_owned(), None)],
        ..Writing::default()
    };
    write(&city, cycle, sheets[0], writing).await;
    let (drafts, _) = city.draft(cycle, sheets[0]).await.expect("a draft");
    assert_eq!(drafts, []);
    let events = city.sheet_events(cycle, sheets[0]).await.expect("events");
    assert_eq!(events.last().map(|e| e.sheet_version), Some(2));
    let lines = city.audit(before.0, 10).await.expect("lines");
    let actions: Vec<&str> = lines.iter().map(|line| line.action.as_str()).collect();
    assert_eq!(actions, ["sheet.edit", "cycle.work"]);
    assert_eq!(city.drafted(cycle).await.expect("a set").len(), 0);
}
