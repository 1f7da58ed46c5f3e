//! For whom sheets wait, and the letters that tell them.

use crate::town::{Town, person, planning};
use meguri_app::actions::cycle::remind::{NotSent, Reminder, letter, remind};
use meguri_app::actions::cycle::set_days::set_days;
use meguri_app::actions::cycle::step::Step;
use meguri_app::actions::cycle::{CycleFault, Part};
use meguri_app::cycle::Cycle;
use meguri_app::mail::{MailFault, MailSecurity, MailSettings};
use meguri_app::read::work::{Waiting, waiting};
use meguri_core::access::Role;
use meguri_core::calendar::Day;
use meguri_core::workflow::StageDates;

async fn names(town: &Town, cycle: &Cycle, who: &meguri_app::context::Context) -> Vec<String> {
    let (people, _) = waiting(&town.city, cycle, who).await.expect("people");
    let line = |person: &Waiting| format!("{} {}", person.account, person.sheets.len());
    people.iter().map(line).collect()
}

fn nowhere() -> MailSettings {
    MailSettings {
        host: "127.0.0.1".to_owned(),
        port: 1,
        security: MailSecurity::Off,
        from: "meguri@example.lg.jp".to_owned(),
        sign_in: None,
    }
}

#[tokio::test]
async fn a_sheet_waits_for_those_who_have_it_in_their_hands() {
    let town = Town::new().await;
    let cycle = town.open("strategy", 2019).await;
    let sheets = town.sheets(&cycle).await;
    let all = sheets.len();
    let nobody = waiting(&town.city, &cycle, &planning())
        .await
        .expect("people");
    assert_eq!(
        (nobody.0.len(), nobody.1.len()),
        (0, all),
        "nobody has an account"
    );
    for (name, role, section) in [
        ("entry", Role::Entry, "s1"),
        ("head", Role::SectionHead, "s1"),
        ("other", Role::Entry, "s2"),
        ("plan", Role::Planning, ""),
        ("reader", Role::Reader, ""),
    ] {
        town.account(name, role, section).await;
    }
    let both = [format!("entry {all}"), format!("head {all}")];
    assert_eq!(names(&town, &cycle, &planning()).await, both);
    // Once it is sent it waits for the head alone, then for planning, then for nobody.
    let part = Part {
        stage: cycle.route.own_stage().expect("a stage").key.clone(),
        section: Some("s1".to_owned()),
    };
    let entry = person("entry", Role::Entry, "s1");
    let head = person("head", Role::SectionHead, "s1");
    town.write_all(&cycle, sheets[0], &part.stage, &entry).await;
    town.submit(&cycle, sheets[0], &part, &entry)
        .await
        .expect("sent");
    let rest = all - 1;
    let sent = [format!("entry {rest}"), format!("head {all}")];
    assert_eq!(names(&town, &cycle, &planning()).await, sent);
    town.step(&cycle, sheets[0], &part, Step::Approve, &head)
        .await
        .expect("approved");
    let approved = [
        format!("entry {rest}"),
        format!("head {rest}"),
        "plan 1".to_owned(),
    ];
    assert_eq!(names(&town, &cycle, &planning()).await, approved);
    // A head reminds their own section; whoever may not remind sees nobody.
    assert_eq!(names(&town, &cycle, &head).await, approved);
    let stranger = person("x", Role::SectionHead, "s2");
    assert_eq!(names(&town, &cycle, &stranger).await, Vec::<String>::new());
    assert_eq!(names(&town, &cycle, &entry).await, Vec::<String>::new());
    town.close().await;
}

#[tokio::test]
async fn a_letter_tells_the_sheets_and_the_days() {
    let town = Town::new().await;
    let cycle = town.open("strategy", 2019).await;
    town.account("entry", Role::Entry, "s1").await;
    let stage = cycle.route.own_stage().expect("a stage").key.clone();
    let without = waiting(&town.city, &cycle, &planning())
        .await
        .expect("people")
        .0;
    assert!(
        !without[0].is_due_within(1_000),
        "without a deadline nothing is due"
    );
    // 2024-05-20 is a Monday.
    for (shown, left, due_in, is_late) in [
        ("2024-05-24", "あと4開庁日", 4, false),
        ("2024-05-20", "今日まで", 0, false),
        ("2024-05-17", "期限を過ぎています", 0, true),
    ] {
        let dates = StageDates {
            shown: Day::parse(shown).expect("a day"),
            no_new_from: None,
            no_change_from: None,
        };
        set_days(
            &town.city,
            &cycle,
            &[(stage.clone(), Some(dates))],
            &planning(),
        )
        .await
        .expect("days");
        let cycle = Cycle::load(&town.city, cycle.kept.id).await.expect("read");
        let cycle = cycle.expect("the cycle");
        let person = waiting(&town.city, &cycle, &planning())
            .await
            .expect("people")
            .0
            .remove(0);
        assert!(person.is_due_within(due_in));
        if due_in > 0 {
            assert!(!person.is_due_within(due_in - 1));
        }
        let reminder = Reminder {
            words: "窓口の件数もお願いします。".to_owned(),
            address: "https://meguri.example.lg.jp".to_owned(),
            ..Reminder::default()
        };
        let letter = letter(&cycle, &person, &reminder);
        assert_eq!(letter.to, "entry@example.lg.jp");
        assert!(letter.body.contains(left), "{}", letter.body);
        assert!(letter.body.contains(&person.sheets[0].label));
        assert!(letter.body.contains("窓口の件数もお願いします。"));
        assert!(letter.body.contains("https://meguri.example.lg.jp/work"));
        assert!(!letter.subject.contains('\n'));
        assert_eq!(
            letter.subject.contains("期限超過"),
            is_late,
            "{}",
            letter.subject
        );
    }
    town.close().await;
}

#[tokio::test]
async fn what_is_not_sent_is_told_and_leaves_no_line() {
    let town = Town::new().await;
    let cycle = town.open("strategy", 2019).await;
    town.account("entry", Role::Entry, "s1").await;
    town.account("head", Role::SectionHead, "s1").await;
    let before = town.city.audit_head().await.expect("a head");
    let accounts = vec!["entry".to_owned(), "head".to_owned(), "nobody".to_owned()];
    let reminder = Reminder {
        accounts,
        ..Reminder::default()
    };
    let answers = remind(&town.city, &cycle, &reminder, &nowhere(), &planning()).await;
    let answers = answers.expect("asked");
    assert!(
        matches!(
            answers[0].answer,
            Err(NotSent::Mail(MailFault::Server { .. }))
        ),
        "{answers:?}"
    );
    assert_eq!(answers[1].answer, Err(NotSent::Mail(MailFault::NotTried)));
    assert_eq!(answers.len(), 2);
    assert_eq!(town.city.audit_head().await.expect("a head"), before);
    let long = Reminder {
        words: "あ".repeat(100_000),
        ..reminder
    };
    let refused = remind(&town.city, &cycle, &long, &nowhere(), &planning()).await;
    assert!(matches!(refused, Err(CycleFault::Unfit(_))), "{refused:?}");
    town.close().await;
}
