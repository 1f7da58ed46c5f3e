//! Addresses outlive names: a year later the paper calls things otherwise, and the same addresses
//! answer, with the names over the years.

use super::{City, by, context, status};
use crate::golden::root;
use axum::http::StatusCode;
use meguri_app::actions::check_documents::check_documents;
use meguri_app::actions::links_kept::identify;
use meguri_app::actions::publish::{Wish, publish};
use meguri_app::actions::read_document::read_source;
use meguri_core::evaluation::Document;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::{Decision, Kind};
use meguri_core::plan::{Section, SectionRegister};
use meguri_import::source_text::SourceText;
use meguri_store::{Saving, SourceFile};

/// The evaluation sheets a year later, changed.
fn next_year(change: impl FnOnce(&mut Document)) -> Document {
    let path = root("samples/mizuhono/evaluation.txt");
    let text = std::fs::read_to_string(path).expect("a sample");
    let read = read_source("later.txt".to_owned(), SourceText::from_text(&text), None);
    let checked = check_documents(vec![read.expect("a paper")], Vec::new());
    let mut document = checked.documents.into_iter().next().expect("a document");
    for sheet in &mut document.sheets {
        sheet.year = FiscalYear::new(2025);
    }
    change(&mut document);
    document
}

impl City {
    /// Keeps a paper, gives ids, publishes everything of its plan, and shows it.
    fn add(&mut self, document: &Document) {
        self.runtime.block_on(async {
            let file = SourceFile {
                name: "later.txt".to_owned(),
                bytes: b"later".to_vec(),
            };
            let saving = Saving {
                document,
                source: &file,
                scheme: None,
                findings: &[],
            };
            self.city
                .save_document(&saving, &by())
                .await
                .expect("it is saved");
            identify(&self.city, &context())
                .await
                .expect("everything gets its id");
            let documents = vec!["later.txt".to_owned()];
            let wish = Wish {
                documents,
                ..Wish::default()
            };
            for outcome in publish(&self.city, &wish, &context())
                .await
                .expect("it is wished")
            {
                outcome.published.expect("it is published");
            }
        });
        assert!(self.look());
    }

    fn ids(&self, kind: Kind, name: &str) -> Vec<(String, i64)> {
        let identities = self
            .runtime
            .block_on(self.city.identities())
            .expect("the ids");
        let of_name = identities
            .keys()
            .filter(|(of, key, _)| *of == kind && key.contains(name));
        of_name.map(|(_, key, id)| (key.to_owned(), id)).collect()
    }
}

#[test]
fn a_renamed_project_keeps_its_address_and_shows_both_names() {
    let mut city = City::new("renamed-project");
    city.publish("");
    let library = city.refresher.public.site().library;
    let project = library.linked().all(Kind::Project).find(|thing| {
        library
            .stands(thing)
            .filter_map(|stand| stand.listing())
            .any(|row| row.code.is_some())
    });
    let (id, old) = project
        .map(|thing| (thing.id, thing.name().to_owned()))
        .expect("a project");
    let path = format!("/projects/{id}");
    assert_eq!(status(&city.public, &path), StatusCode::OK);
    let later = next_year(|document| {
        let rows = document
            .sheets
            .iter_mut()
            .flat_map(|sheet| &mut sheet.listings);
        let names = rows.filter_map(|row| row.name.as_mut());
        names
            .filter(|name| name.value == old)
            .for_each(|name| name.value = "橋の長寿命化".into());
    });
    city.add(&later);
    // One code with quite another name is for a person to decide.
    let [(one, first), (other, _)] = [&old, "橋の長寿命化"].map(|name| {
        let key = meguri_core::text::name_key(name);
        city.ids(Kind::Project, &key)
            .into_iter()
            .next()
            .expect("it has an id")
    });
    assert_eq!(first, id);
    city.runtime.block_on(async {
        let decision = Decision {
            kind: Kind::Project,
            one,
            other,
            same: true,
        };
        city.city
            .decide(&decision, "名称を改めたため", &by())
            .await
            .expect("decided");
        identify(&city.city, &context()).await.expect("joined");
    });
    assert!(city.look());
    let (response, body) = city.public.get(&path);
    assert_eq!(response.status(), StatusCode::OK);
    let names = body
        .split("名称の変遷")
        .nth(1)
        .expect("the names over the years");
    assert!(
        names.contains("橋の長寿命化") && names.contains(&old),
        "{names}"
    );
    assert!(names.contains("令和7年度"), "{names}");
}

#[test]
fn a_branch_keeps_its_address_when_its_name_changes() {
    let mut city = City::new("renamed-node");
    city.publish("");
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    let body = city.public.get(&sheet).1;
    let branch = body
        .split("href=\"/plans/evaluation/branches/")
        .nth(1)
        .expect("a branch");
    let branch = branch.split('"').next().expect("its key");
    let path = format!("/plans/evaluation/branches/{branch}");
    let (response, before) = city.public.get(&path);
    assert_eq!(response.status(), StatusCode::OK);
    city.add(&next_year(|document| {
        let names = document
            .plan
            .nodes
            .iter_mut()
            .filter_map(|node| node.name.as_mut());
        names.for_each(|name| name.value = "新しい名称の目標".to_owned());
    }));
    let (response, after) = city.public.get(&path);
    assert_eq!(response.status(), StatusCode::OK);
    assert!(after.contains("新しい名称の目標") && !before.contains("新しい名称の目標"));
    // Last year's branch stands below its own document, under its own name.
    let own = format!("/documents/{}/branches/{branch}", city.saved[0].document);
    assert!(!city.public.get(&own).1.contains("新しい名称の目標"));
    assert_eq!(status(&city.public, &own), StatusCode::OK);
    assert_eq!(status(&city.public, &sheet), StatusCode::OK);
}

#[test]
fn a_section_shows_its_names_and_whose_work_it_took_over() {
    let mut city = City::new("renamed-section");
    city.publish("");
    let library = city.refresher.public.site().library;
    let sections: Vec<_> = library.linked().all(Kind::Section).take(3).collect();
    let [one, two, three] = sections.as_slice() else {
        panic!("three sections")
    };
    let [renamed, ended, joined] = [one, two, three].map(|section| section.name().to_owned());
    let (renamed_id, ended_id) = (one.id, two.id);
    let section = |key: &str, name: &str, from, until, successors: &[&str]| Section {
        key: key.to_owned(),
        name: name.to_owned(),
        from: FiscalYear::new(from),
        until: FiscalYear::new(until),
        successors: successors.iter().map(|key| (*key).to_owned()).collect(),
        department: None,
    };
    let register = SectionRegister {
        sections: vec![
            section("one", &renamed, 2000, 2024, &["new"]),
            section("new", "新名称課", 2025, 2100, &[]),
            // Two become one: that is no renaming.
            section("two", &ended, 2000, 2024, &["both"]),
            section("three", &joined, 2000, 2024, &["both"]),
            section("both", "統合後の課", 2025, 2100, &[]),
        ],
    };
    city.runtime.block_on(async {
        city.city
            .save_sections(&register, &by())
            .await
            .expect("the list is kept");
    });
    let later = next_year(|document| {
        for sheet in &mut document.sheets {
            let rows = sheet.listings.iter_mut().flat_map(|row| &mut row.sections);
            for name in sheet
                .sections
                .iter_mut()
                .chain(&mut sheet.related_sections)
                .chain(rows)
            {
                if name.value == renamed {
                    name.value = "新名称課".to_owned();
                } else if name.value == ended || name.value == joined {
                    name.value = "統合後の課".to_owned();
                }
            }
        }
    });
    city.add(&later);
    let (response, body) = city.public.get(&format!("/sections/{renamed_id}"));
    assert_eq!(response.status(), StatusCode::OK);
    assert!(body.contains("名称の変遷") && body.contains("新名称課") && body.contains(&renamed));
    let (response, body) = city.public.get(&format!("/sections/{ended_id}"));
    assert_eq!(response.status(), StatusCode::OK);
    let after = body.split("引き継いだ課").nth(1).expect("a successor");
    let dd = after.split("</dd>").next().unwrap_or_default();
    assert!(dd.contains("統合後の課"), "{after}");
    let href = after
        .split("href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let (_, successor) = city.public.get(href.expect("its page"));
    let before = successor.split("前身").nth(1).expect("whose work it has");
    let dd = before.split("</dd>").next().unwrap_or_default();
    assert!(dd.contains(&ended), "{before}");
}
