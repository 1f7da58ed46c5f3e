//! Sheets that no section was given, and sheets that get another section.

use crate::town::{Town, person, planning, year};
use meguri_app::actions::cycle::CycleFault;
use meguri_app::actions::cycle::assign::assign;
use meguri_app::actions::cycle::open::{OpenWish, open_cycle};
use meguri_app::actions::publish::{PublishFault, Wish, publish};
use meguri_app::cycle::{Cycle, StepRefused};
use meguri_app::read::work::{SheetLine, lines};
use meguri_core::access::Role;
use meguri_core::workflow::State;

/// A cycle whose sheets have the sections that a list says, by their places.
async fn opened(town: &Town, sections: &[&[&str]]) -> (Cycle, Vec<i64>) {
    let from = town.document("programs").await;
    let named = (0..from.pins.len()).map(|place| {
        let keys = sections.get(place).copied().unwrap_or_default();
        (place, keys.iter().map(|key| (*key).to_owned()).collect())
    });
    let wish = OpenWish {
        from: from.document.id,
        sections: named.collect(),
        ..OpenWish::default()
    };
    let opened = open_cycle(&town.city, year(2023), &wish, &planning()).await;
    let cycle = Cycle::load(&town.city, opened.expect("a cycle").id).await;
    let cycle = cycle.expect("a database").expect("the cycle");
    let sheets = town.sheets(&cycle).await;
    (cycle, sheets)
}

async fn line(town: &Town, cycle: &Cycle, sheet: i64) -> SheetLine {
    let all = lines(&town.city, cycle, planning().day()).await;
    let mut all = all.expect("lines").into_iter();
    all.find(|line| line.id == sheet).expect("the sheet")
}

async fn given(town: &Town, cycle: &Cycle, sheet: i64, to: &str) -> Result<(), StepRefused> {
    let answers = assign(&town.city, cycle, &[sheet], to, &planning()).await;
    answers.expect("asked").remove(0)
}

#[tokio::test]
async fn a_sheet_of_nobody_waits_for_planning_and_is_written_once_it_is_given() {
    let town = Town::new().await;
    let (cycle, sheets) = opened(&town, &[]).await;
    let before = line(&town, &cycle, sheets[0]).await;
    assert_eq!(before.sections, Vec::<String>::new());
    assert_eq!(before.standing, State::NotBegun);
    assert_eq!(before.waits_for, Role::Planning.label());
    let all = lines(&town.city, &cycle, planning().day()).await;
    assert_eq!(
        all.expect("lines").len(),
        sheets.len(),
        "each is on the desk"
    );
    // Nothing is published while a sheet is nobody's.
    let operator = meguri_app::context::Actor::operator("operator");
    let operator = meguri_app::context::Context::new(operator, crate::town::TODAY);
    let wish = Wish {
        documents: vec![cycle.kept.document.to_string()],
        ..Wish::default()
    };
    let outcomes = publish(&town.city, &wish, &operator.expect("a moment")).await;
    let published = outcomes.expect("asked").remove(0).published;
    assert!(
        matches!(published, Err(PublishFault::NotAccepted(_, open)) if open == sheets.len()),
        "{published:?}"
    );
    given(&town, &cycle, sheets[0], "福祉課")
        .await
        .expect("given");
    let after = line(&town, &cycle, sheets[0]).await;
    assert_eq!(after.sections, ["福祉課"]);
    let part = meguri_app::actions::cycle::Part {
        stage: cycle.route.own_stage().expect("a stage").key.clone(),
        section: Some("福祉課".to_owned()),
    };
    let entry = person("entry", Role::Entry, "福祉課");
    town.write_all(&cycle, sheets[0], &part.stage, &entry).await;
    town.submit(&cycle, sheets[0], &part, &entry)
        .await
        .expect("sent");
    town.audit_holds().await;
    town.close().await;
}

#[tokio::test]
async fn a_sheet_goes_to_another_section_once_and_takes_its_draft_along() {
    let town = Town::new().await;
    let (cycle, sheets) = opened(&town, &[&["s1"], &["s1", "s2"]]).await;
    let stage = cycle.route.own_stage().expect("a stage").key.clone();
    let entry = person("entry", Role::Entry, "s1");
    town.write_all(&cycle, sheets[0], &stage, &entry).await;
    let typed = town.work(&cycle, sheets[0]).await.drafts.len();
    for _ in 0..2 {
        given(&town, &cycle, sheets[0], "s3").await.expect("given");
    }
    let work = town.work(&cycle, sheets[0]).await;
    assert_eq!(work.drafts.len(), typed);
    let handed = |event: &&meguri_store::KeptEvent| event.event.kind.action().key() == "hand_over";
    let stages = cycle.route.stages.iter();
    let stages = stages.filter(|stage| stage.route.is_written_by_sections());
    assert_eq!(work.events.iter().filter(handed).count(), stages.count());
    assert_eq!(line(&town, &cycle, sheets[0]).await.sections, ["s3"]);
    let joint = given(&town, &cycle, sheets[1], "s3").await;
    assert!(matches!(joint, Err(StepRefused::Words(_))), "{joint:?}");
    assert_eq!(line(&town, &cycle, sheets[1]).await.sections, ["s1", "s2"]);
    town.close().await;
}

#[tokio::test]
async fn only_planning_gives_and_only_to_a_name() {
    let town = Town::new().await;
    let (cycle, sheets) = opened(&town, &[&["s1"]]).await;
    for name in ["", "　", "a\nb", &"課".repeat(101)] {
        let answers = assign(&town.city, &cycle, &sheets, name, &planning()).await;
        assert!(matches!(answers, Err(CycleFault::Unfit(_))), "{name}");
    }
    let entry = person("entry", Role::Entry, "s1");
    let refused = assign(&town.city, &cycle, &sheets, "s2", &entry).await;
    assert!(matches!(refused, Err(CycleFault::Refused(_))));
    assert_eq!(line(&town, &cycle, sheets[0]).await.sections, ["s1"]);
    town.close().await;
}
