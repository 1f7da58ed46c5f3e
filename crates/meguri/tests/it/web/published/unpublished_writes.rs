//! What is written and not published leaves the public pages and their kept answers alone.

use super::{City, by, context, save};
use meguri_app::actions::links_kept::identify;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::{Decision, Kind};
use meguri_core::plan::{BudgetItem, Project, Section, SectionRegister};
use meguri_store::Action;

/// A write with the action that it leaves in the audit.
type Write = (Action, fn(&City));

/// Writes of which nothing is public.
const INTERNAL: &[Write] = &[
    (Action::EditSheet, |city| {
        city.edit_to("654321");
    }),
    (Action::AdoptReading, |city| {
        let by = by();
        let id = city.saved[0].sheets[0];
        city.runtime.block_on(async {
            let kept = city.city.sheet(id).await.expect("read");
            let kept = kept.expect("it is there");
            let adopted = city.city.adopt_reading(id, kept.version, kept.reading, &by);
            adopted.await.expect("it is adopted");
        });
    }),
    (Action::SaveDocument, |city| {
        city.runtime
            .block_on(async { save(&city.city, "reform").await });
    }),
    (Action::SaveIdentities, |city| {
        let given = city.runtime.block_on(identify(&city.city, &context()));
        given.expect("new things get their ids");
    }),
    (Action::AcceptFinding, |city| {
        let by = by();
        city.runtime.block_on(async {
            let found = city.city.findings(city.saved[0].document).await;
            let found = found.expect("the findings");
            let accepted = city
                .city
                .accept_finding(&found[0].key, true, "端数処理", &by);
            accepted.await.expect("it is accepted");
        });
    }),
    (Action::SaveFindings, |city| {
        let by = by();
        let saved = city.city.save_findings(city.saved[0].document, &[], &by);
        city.runtime.block_on(saved).expect("they are kept");
    }),
    (Action::DecideLink, |city| {
        let by = by();
        let decision = Decision {
            kind: Kind::Project,
            one: "a thing that no paper names".to_owned(),
            other: "another one".to_owned(),
            same: false,
        };
        let decided = city.city.decide(&decision, "別の事業", &by);
        city.runtime.block_on(decided).expect("it is decided");
    }),
    (Action::SaveProject, |city| {
        let by = by();
        let project = Project {
            code: Some("04000001".to_owned()),
            name: "水質調査".to_owned(),
            budget_item: BudgetItem::default(),
            costs: Vec::new(),
        };
        let saved = city.runtime.block_on(async {
            city.city
                .save_projects(std::slice::from_ref(&project), &by)
                .await
        });
        saved.expect("it is kept");
    }),
];

#[test]
fn what_is_not_published_leaves_the_kept_answers() {
    let mut city = City::new("unpublished-writes");
    city.publish("");
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    let paths = [
        "/",
        &sheet,
        "/projects.json",
        "/search?q=子育て",
        "/feed.atom",
    ];
    let before = paths.map(|path| city.public.get(path).1);
    for (action, write) in INTERNAL {
        let answers = city.refresher.public.site().answers;
        let (last, _) = city
            .runtime
            .block_on(city.city.audit_head())
            .expect("a head");
        write(&city);
        let written = city.runtime.block_on(city.city.actions_after(last));
        let written = written.expect("the actions");
        assert!(written.contains(&Some(*action)), "{action:?}: {written:?}");
        assert!(city.look(), "{action:?} was written");
        assert!(
            city.refresher.public.still_shows(&answers),
            "{action:?} emptied the kept answers"
        );
        let (_, misses) = city.refresher.public.site().metrics.looks();
        assert_eq!(
            paths.map(|path| city.public.get(path).1),
            before,
            "{action:?}"
        );
        let (_, after) = city.refresher.public.site().metrics.looks();
        assert_eq!(after, misses, "{action:?}: an answer was made anew");
    }
}

#[test]
fn what_is_public_by_another_name_is_shown_at_once() {
    let mut city = City::new("unpublished-names");
    city.publish("");
    let site = city.refresher.public.site();
    let sections: Vec<_> = site.library.linked().all(Kind::Section).take(2).collect();
    let [one, two] = sections.as_slice() else {
        panic!("two sections")
    };
    let section = |key: &str, name: &str, successors: Vec<String>| Section {
        key: key.to_owned(),
        name: name.to_owned(),
        from: None,
        until: FiscalYear::new(if successors.is_empty() { 2100 } else { 2024 }),
        successors,
        department: None,
    };
    let register = SectionRegister {
        sections: vec![
            section("former", one.name(), vec!["new".to_owned()]),
            section("new", two.name(), Vec::new()),
        ],
    };
    let by = by();
    let saved = city.city.save_sections(&register, &by);
    city.runtime.block_on(saved).expect("it is kept");
    assert!(city.look());
    assert!(!city.refresher.public.still_shows(&site.answers));
}
