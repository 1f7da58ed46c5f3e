//! A cycle from its opening to acceptance, in each of the five families.

use crate::town::{Town, person, planning, year};
use meguri_app::actions::cycle::comment::comment;
use meguri_app::actions::cycle::open::{OpenWish, open_cycle};
use meguri_app::actions::cycle::step::Step;
use meguri_app::actions::cycle::{CycleFault, Part};
use meguri_app::context::{Actor, Context};
use meguri_app::cycle::{Cycle, StepRefused};
use meguri_app::read::pictures::Pictures;
use meguri_core::access::{Grant, Role};
use meguri_core::plan::{Section, SectionRegister};
use meguri_core::workflow::ChangeRequest;
use meguri_store::{CommentKind, NewComment};

fn writer() -> Context {
    person("writer", Role::Entry, "s1")
}

fn head() -> Context {
    person("head", Role::SectionHead, "s1")
}

/// The part of the section at the stage that sections write.
fn own(cycle: &Cycle) -> Part {
    let stage = cycle.route.own_stage().expect("a stage of the sections");
    Part {
        stage: stage.key.clone(),
        section: Some("s1".to_owned()),
    }
}

fn request(words: &str) -> Step {
    Step::Return(vec![ChangeRequest {
        field: Some("text.outcomes".to_owned()),
        words: words.to_owned(),
        finding: None,
    }])
}

async fn written_and_accepted(family: &str, of: u16) {
    let town = Town::new().await;
    let cycle = town.open(family, of).await;
    let sheets = town.sheets(&cycle).await;
    let (first, part) = (sheets[0], own(&cycle));
    assert_eq!(town.state(&cycle, first, &part).await, "not_begun");
    town.write_all(&cycle, first, &part.stage, &writer()).await;
    assert_eq!(town.state(&cycle, first, &part).await, "being_written");
    let before = town.work(&cycle, first).await.version;
    town.submit(&cycle, first, &part, &writer())
        .await
        .expect("it is sent");
    let work = town.work(&cycle, first).await;
    assert_eq!(work.version, before + 1, "a submit makes one version");
    assert_eq!(work.drafts, [], "what was sent is no draft any more");
    town.step(&cycle, first, &part, request("数値を確かめる"), &head())
        .await
        .expect("back");
    assert_eq!(town.state(&cycle, first, &part).await, "changes_requested");
    town.submit(&cycle, first, &part, &writer())
        .await
        .expect("it is sent again");
    assert_eq!(
        town.work(&cycle, first).await.version,
        before + 1,
        "nothing differs"
    );
    assert_eq!(
        town.state(&cycle, first, &part).await,
        "submitted_with_changes"
    );
    town.step(&cycle, first, &part, Step::Approve, &head())
        .await
        .expect("approved");
    town.step(&cycle, first, &part, Step::Accept, &planning())
        .await
        .expect("accepted");
    assert_eq!(town.state(&cycle, first, &part).await, "accepted");
    assert_eq!(town.state(&cycle, sheets[1], &part).await, "not_begun");
    town.audit_holds().await;
    town.close().await;
}

#[tokio::test]
async fn an_evaluation_is_written_returned_and_accepted() {
    written_and_accepted("evaluation", 2023).await;
}

#[tokio::test]
async fn an_execution_plan_is_written_returned_and_accepted() {
    written_and_accepted("midterm", 2024).await;
}

#[tokio::test]
async fn a_strategy_is_written_returned_and_accepted() {
    written_and_accepted("strategy", 2019).await;
}

#[tokio::test]
async fn programmes_are_written_returned_and_accepted() {
    written_and_accepted("programs", 2023).await;
}

#[tokio::test]
async fn a_reform_list_is_written_returned_and_accepted() {
    written_and_accepted("reform", 2021).await;
}

#[tokio::test]
async fn a_cycle_begins_with_last_years_structure_and_opens_once() {
    let town = Town::new().await;
    let cycle = town.open("evaluation", 2023).await;
    let from = town.document("evaluation").await;
    let last = town.city.sheets_at(&from.pins).await.expect("sheets");
    for (sheet, last) in town.sheets(&cycle).await.into_iter().zip(&last) {
        let work = town.work(&cycle, sheet).await;
        assert_eq!(work.sheet.label, last.label);
        assert_eq!(work.sheet.year, Some(year(2023)));
        assert_eq!(work.sheet.indicators.len(), last.indicators.len());
        assert_eq!(work.sheet.listings.len(), last.listings.len());
        assert!(work.sheet.judgements.is_empty());
        assert!(work.sheet.paragraphs("outcomes").is_empty());
        assert_eq!(work.last.as_ref().map(|l| &l.label), Some(&last.label));
        assert!(work.level.is_some());
    }
    let wish = OpenWish {
        from: from.document.id,
        ..OpenWish::default()
    };
    for (of, words) in [(2023, "すでに始まっています"), (2022, "より前の年度")] {
        let again = open_cycle(&town.city, year(of), &wish, &planning()).await;
        let told = again.expect_err("it does not open").to_string();
        assert!(told.contains(words), "{told}");
    }
    let entry = open_cycle(&town.city, year(2024), &wish, &writer()).await;
    assert!(matches!(entry, Err(CycleFault::Refused(_))));
    assert_eq!(town.city.cycles().await.expect("a list").len(), 1);
    town.close().await;
}

#[tokio::test]
async fn what_is_missing_or_unreadable_is_told_and_nothing_is_sent() {
    let town = Town::new().await;
    let cycle = town.open("evaluation", 2023).await;
    let (sheet, part) = (town.sheets(&cycle).await[0], own(&cycle));
    let typed = [("indicator.0.actual.2023", "", "9oo1")];
    let saved = town
        .save(&cycle, sheet, &typed, &writer())
        .await
        .expect("kept as typed");
    assert_eq!(saved.unreadable.len(), 1);
    let work = town.work(&cycle, sheet).await;
    assert_eq!(work.drafts[0].typed, "9oo1");
    let sent = town.submit(&cycle, sheet, &part, &writer()).await;
    let Err(CycleFault::Step(StepRefused::Incomplete { faults, missing })) = sent else {
        panic!("it is not sent: {sent:?}");
    };
    assert_eq!(faults.len(), 1);
    let slots: Vec<String> = missing.iter().map(|m| m.slot.to_string()).collect();
    assert!(slots.contains(&"text.outcomes".to_owned()), "{slots:?}");
    assert_eq!(town.work(&cycle, sheet).await.version, work.version);
    assert_eq!(town.state(&cycle, sheet, &part).await, "being_written");
    town.close().await;
}

#[tokio::test]
async fn nobody_does_what_is_not_theirs() {
    let town = Town::new().await;
    let cycle = town.open("evaluation", 2023).await;
    let (sheet, part) = (town.sheets(&cycle).await[0], own(&cycle));
    let stranger = person("stranger", Role::Entry, "s2");
    let typed = [("text.outcomes", "", "よその課")];
    let refused = town
        .save(&cycle, sheet, &typed, &stranger)
        .await
        .expect_err("not theirs");
    assert!(
        refused.to_string().contains("ほかの課のものです"),
        "{refused}"
    );
    assert_eq!(town.work(&cycle, sheet).await.drafts, []);
    town.write_all(&cycle, sheet, &part.stage, &writer()).await;
    town.submit(&cycle, sheet, &part, &writer())
        .await
        .expect("sent");
    for (who, step, words) in [
        (writer(), Step::Approve, "課長が行います"),
        (planning(), Step::Accept, "状態が「提出済み」"),
        (
            person("head", Role::SectionHead, "s2"),
            Step::Approve,
            "ほかの課",
        ),
        (
            person("reader", Role::Reader, ""),
            request("x"),
            "この役割では行えません",
        ),
        (head(), request("  "), "書いてください"),
    ] {
        let refused = town.step(&cycle, sheet, &part, step, &who).await;
        let told = refused.expect_err("refused").to_string();
        assert!(told.contains(words), "{}: {told}", who.name());
    }
    let late = [("text.outcomes", "", "あとから")];
    let refused = town
        .save(&cycle, sheet, &late, &writer())
        .await
        .expect_err("locked");
    assert!(refused.to_string().contains("状態が"), "{refused}");
    assert_eq!(town.state(&cycle, sheet, &part).await, "submitted");
    town.audit_holds().await;
    town.close().await;
}

#[tokio::test]
async fn two_people_collide_once_and_nothing_is_lost() {
    let town = Town::new().await;
    let cycle = town.open("evaluation", 2023).await;
    let sheet = town.sheets(&cycle).await[0];
    let other = person("other", Role::Entry, "s1");
    let slot = "text.outcomes";
    let first = town
        .save(&cycle, sheet, &[(slot, "", "わたし")], &writer())
        .await;
    assert_eq!(first.expect("kept").conflicts, []);
    // Somebody who saw the page before that.
    let second = town
        .save(&cycle, sheet, &[(slot, "", "ほかの人")], &other)
        .await;
    assert_eq!(second.expect("kept beside").conflicts.len(), 1);
    let work = town.work(&cycle, sheet).await;
    assert_eq!(work.drafts[0].typed, "わたし");
    assert_eq!(work.others[0].typed, "ほかの人");
    // Who saw what is there may change it; a second tab of one's own never collides.
    let third = town
        .save(&cycle, sheet, &[(slot, "わたし", "二人で")], &other)
        .await;
    assert_eq!(third.expect("kept").conflicts, []);
    let tab = town
        .save(&cycle, sheet, &[(slot, "わたし", "別の画面")], &other)
        .await;
    assert_eq!(tab.expect("kept").conflicts, []);
    // An answer that the page shows unchanged takes nothing back.
    let idle = town.save(&cycle, sheet, &[(slot, "", "")], &writer()).await;
    assert_eq!(idle.expect("nothing").conflicts, []);
    assert_eq!(town.work(&cycle, sheet).await.drafts[0].typed, "別の画面");
    town.close().await;
}

#[tokio::test]
async fn the_demo_stands_half_way_with_something_in_each_state() {
    let town = Town::new().await;
    let people = meguri_app::actions::accounts::demo::DEMO_PEOPLE;
    let section = meguri_app::sample::half_way(&town.city, people, crate::town::TODAY).await;
    assert!(!section.expect("a cycle").is_empty());
    let cycle = Cycle::all(&town.city).await.expect("cycles").remove(0);
    let today = planning().day();
    let lines = meguri_app::read::work::lines(&town.city, &cycle, today).await;
    let lines = lines.expect("lines");
    let states: std::collections::BTreeSet<&str> =
        lines.iter().map(|line| line.standing.key()).collect();
    for state in [
        "not_begun",
        "being_written",
        "submitted",
        "changes_requested",
        "approved",
        "accepted",
    ] {
        assert!(states.contains(state), "{state}: {states:?}");
    }
    assert!(lines.iter().all(|line| !line.sections.is_empty()));
    assert!(lines.iter().all(|line| line.deadline > Some(today)));
    town.audit_holds().await;
    town.close().await;
}

#[tokio::test]
async fn a_comment_that_is_sent_twice_counts_once() {
    let town = Town::new().await;
    let cycle = town.open("evaluation", 2023).await;
    let sheet = town.sheets(&cycle).await[0];
    let said = |words: &str| NewComment {
        kind: CommentKind::Said,
        field: None,
        answers: None,
        words: words.to_owned(),
    };
    for (words, who, count) in [
        ("確認", writer(), 1),
        ("確認", writer(), 1),
        ("確認", head(), 2),
        ("別件", head(), 3),
        ("確認", writer(), 4),
    ] {
        let kept = comment(&town.city, &cycle, sheet, said(words), &who).await;
        kept.expect("kept");
        let all = town.city.comments(cycle.kept.id, sheet).await;
        assert_eq!(
            all.expect("comments").len(),
            count,
            "{words} {}",
            who.name()
        );
    }
    town.close().await;
}

/// What the house's pages show of the cycle's document: of each sheet its outcomes.
async fn house(town: &Town, cycle: &Cycle) -> Vec<Vec<String>> {
    let mut pictures = Pictures::new(town.city.clone());
    let picture = pictures.in_force().await.expect("a picture");
    let mut entries = picture.library().entries().iter();
    let Some(entry) = entries.find(|entry| entry.id == cycle.kept.document) else {
        return Vec::new();
    };
    let sheets = entry.document.sheets();
    let texts = |sheet: &meguri_core::evaluation::Sheet| {
        let lines = sheet.paragraphs("outcomes").iter();
        lines.map(|line| line.value.clone()).collect()
    };
    sheets.map(texts).collect()
}

#[tokio::test]
async fn the_house_sees_what_was_accepted_and_nothing_before() {
    let town = Town::new().await;
    let cycle = town.open("evaluation", 2023).await;
    let (sheet, part) = (town.sheets(&cycle).await[0], own(&cycle));
    assert!(house(&town, &cycle).await.is_empty(), "not begun");
    town.write_all(&cycle, sheet, &part.stage, &writer()).await;
    town.submit(&cycle, sheet, &part, &writer())
        .await
        .expect("sent");
    assert!(house(&town, &cycle).await.is_empty(), "only sent");
    for (step, who) in [(Step::Approve, head()), (Step::Accept, planning())] {
        town.step(&cycle, sheet, &part, step, &who)
            .await
            .expect("a step");
    }
    let accepted = house(&town, &cycle).await;
    assert_eq!(accepted.len(), 1, "the one that was accepted");
    assert!(!accepted[0].is_empty());
    // Opened again, written and sent anew: the house goes on seeing what was accepted.
    let reopen = Step::Reopen("数値の訂正".to_owned());
    town.step(&cycle, sheet, &part, reopen, &planning())
        .await
        .expect("opened again");
    let was = accepted[0].join("\n");
    let typed = [("text.outcomes", was.as_str(), "受理前の新しい文")];
    town.save(&cycle, sheet, &typed, &writer())
        .await
        .expect("typed");
    town.submit(&cycle, sheet, &part, &writer())
        .await
        .expect("sent again");
    assert_eq!(house(&town, &cycle).await, accepted);
    for (step, who) in [(Step::Approve, head()), (Step::Accept, planning())] {
        town.step(&cycle, sheet, &part, step, &who)
            .await
            .expect("a step");
    }
    assert_eq!(house(&town, &cycle).await, [["受理前の新しい文"]]);
    town.close().await;
}

#[tokio::test]
async fn a_department_head_reaches_the_sheets_of_the_department() {
    let town = Town::new().await;
    let section = |key: &str, department: &str| Section {
        key: key.to_owned(),
        name: format!("{key}課"),
        department: Some(department.to_owned()),
        ..Section::default()
    };
    let sections = vec![section("s1", "市民部"), section("s2", "建設部")];
    let by = meguri_store::By::new("test", crate::town::TODAY).expect("a moment");
    let register = SectionRegister { sections };
    let saved = town.city.save_sections(&register, &by).await;
    saved.expect("a list");
    let cycle = town.open("evaluation", 2023).await;
    let sheet = town.sheets(&cycle).await[0];
    let head = |department: &str| {
        let grant = Grant::new(Role::DepartmentHead).in_department(department);
        let actor = Actor::with_grants("director", vec![grant]);
        Context::new(actor, crate::town::TODAY).expect("a moment")
    };
    let said = || NewComment {
        kind: CommentKind::Said,
        field: None,
        answers: None,
        words: "確認しました".to_owned(),
    };
    let own = comment(&town.city, &cycle, sheet, said(), &head("市民部")).await;
    own.expect("the head of its department");
    let other = comment(&town.city, &cycle, sheet, said(), &head("建設部")).await;
    assert!(other.is_err(), "another department");
    town.close().await;
}
