//! A database of its own with the sample, and people with roles.

use meguri_app::actions::cycle::open::{OpenWish, open_cycle};
use meguri_app::actions::cycle::save_draft::{SavedDraft, Typed, save_draft};
use meguri_app::actions::cycle::step::{Seen, Step, step_one};
use meguri_app::actions::cycle::submit::submit;
use meguri_app::actions::cycle::{CycleFault, Part};
use meguri_app::actions::import_folder::import_folder;
use meguri_app::context::{Actor, Context};
use meguri_app::cycle::Cycle;
use meguri_core::access::{Grant, Role};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::form::{self, Answer, Question, Slot};
use meguri_store::{Account, By, InForce, Location, Municipality, Store, Work};
use std::sync::atomic::{AtomicU32, Ordering};

/// A day on which nothing is overdue.
pub(crate) const TODAY: &str = "2024-05-20T10:00:00+09:00";

pub(crate) struct Town {
    pub(crate) city: Municipality,
    store: Store,
    _folder: tempfile::TempDir,
}

pub(crate) fn year(calendar_year: u16) -> FiscalYear {
    FiscalYear::new(calendar_year).expect("a fiscal year")
}

/// Somebody with a role, in a section where the role is one of a section.
pub(crate) fn person(name: &str, role: Role, section: &str) -> Context {
    let grant = Grant::new(role)
        .in_section(section)
        .assigned_as("committee");
    let actor = Actor::with_grants(name, vec![grant]);
    Context::new(actor, TODAY).expect("a moment")
}

pub(crate) fn planning() -> Context {
    person("planning", Role::Planning, "")
}

impl Town {
    /// The sample, imported.
    pub(crate) async fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = tempfile::Builder::new()
            .prefix(&format!("town-{number}-"))
            .tempdir();
        let folder = folder.expect("a folder");
        let sample = folder.path().join("sample");
        meguri_app::sample::write(&sample).expect("the sample");
        let location = Location::File(folder.path().join("town.sqlite"));
        let operator = Context::new(Actor::operator("operator"), TODAY).expect("a moment");
        import_folder(&sample, &location, None, &operator)
            .await
            .expect("the sample");
        let by = By::new("test", TODAY).expect("a moment");
        let store = Store::open(&location, &by)
            .await
            .expect("the database")
            .store;
        let (code, _) = store.municipalities().await.expect("a list").remove(0);
        let city = store
            .municipality(&code)
            .await
            .expect("a database")
            .expect("the town");
        Self {
            city,
            store,
            _folder: folder,
        }
    }

    /// Registers somebody whom mail reaches.
    pub(crate) async fn account(&self, name: &str, role: Role, section: &str) {
        let account = Account {
            name: name.to_owned(),
            label: format!("{name}さん"),
            mail: Some(format!("{name}@example.lg.jp")),
            enabled: true,
            grants: vec![Grant::new(role).in_section(section)],
        };
        let by = By::new("test", TODAY).expect("a moment");
        let saved = self.city.save_account(&account, 0, None, &by).await;
        saved.expect("an account");
    }

    /// The document of a family.
    pub(crate) async fn document(&self, family: &str) -> InForce {
        let all = self.city.in_force().await.expect("documents");
        let mut found = all
            .into_iter()
            .filter(|known| known.document.family == family);
        found.next().expect("a document of the family")
    }

    /// Opens a cycle from the document of a family; every sheet is given to the same section.
    pub(crate) async fn open(&self, family: &str, of: u16) -> Cycle {
        let from = self.document(family).await;
        let sections = (0..from.pins.len()).map(|place| (place, vec!["s1".to_owned()]));
        let wish = OpenWish {
            from: from.document.id,
            sections: sections.collect(),
            ..OpenWish::default()
        };
        let opened = open_cycle(&self.city, year(of), &wish, &planning()).await;
        let opened = opened.unwrap_or_else(|fault| panic!("{family}: {fault}"));
        assert_eq!(opened.sheets, from.pins.len());
        let cycle = Cycle::load(&self.city, opened.id)
            .await
            .expect("a database");
        cycle.expect("the cycle")
    }

    pub(crate) async fn sheets(&self, cycle: &Cycle) -> Vec<i64> {
        let sheets = self.city.cycle_sheets(cycle.kept.id).await.expect("sheets");
        sheets.into_iter().map(|(id, _)| id).collect()
    }

    pub(crate) async fn work(&self, cycle: &Cycle, sheet: i64) -> Work {
        let work = self.city.work_on(cycle.kept.id, sheet).await;
        work.expect("a database").expect("a sheet of the cycle")
    }

    pub(crate) async fn state(&self, cycle: &Cycle, sheet: i64, part: &Part) -> String {
        let work = self.work(cycle, sheet).await;
        let state = cycle.state(&work.events);
        let part = state.part(&part.stage, part.section.as_deref());
        part.map_or("none", |part| part.state.key()).to_owned()
    }

    pub(crate) async fn save(
        &self,
        cycle: &Cycle,
        sheet: i64,
        answers: &[(&str, &str, &str)],
        who: &Context,
    ) -> Result<SavedDraft, CycleFault> {
        let typed = |(slot, was, typed): &(&str, &str, &str)| Typed {
            slot: Slot::parse(slot).unwrap_or_else(|| panic!("no slot: {slot}")),
            typed: (*typed).to_owned(),
            was: (*was).to_owned(),
        };
        let answers: Vec<Typed> = answers.iter().map(typed).collect();
        save_draft(&self.city, cycle, sheet, &answers, who).await
    }

    pub(crate) async fn submit(
        &self,
        cycle: &Cycle,
        sheet: i64,
        part: &Part,
        who: &Context,
    ) -> Result<(), CycleFault> {
        submit(&self.city, cycle, (sheet, part), "", who).await
    }

    pub(crate) async fn step(
        &self,
        cycle: &Cycle,
        sheet: i64,
        part: &Part,
        step: Step,
        who: &Context,
    ) -> Result<(), CycleFault> {
        let seen = Seen {
            sheet,
            part: part.clone(),
            version: None,
        };
        step_one(&self.city, cycle, seen, &step, who).await
    }

    /// An answer to each question of a stage that has none yet.
    pub(crate) async fn write_all(&self, cycle: &Cycle, sheet: i64, stage: &str, who: &Context) {
        let work = self.work(cycle, sheet).await;
        let questions = form::questions(&cycle.form(&work), 0);
        let of_stage = |question: &&Question| {
            let field = question.slot.field_of(&cycle.scheme);
            let of = field.and_then(|field| cycle.route.stage_of(field));
            of.is_some_and(|of| of.key == stage) && question.value.is_empty()
        };
        let answers: Vec<(String, String)> = questions
            .iter()
            .filter(of_stage)
            .map(|question| (question.slot.to_string(), answer_to(question)))
            .collect();
        let answers: Vec<(&str, &str, &str)> = answers
            .iter()
            .map(|(slot, typed)| (slot.as_str(), "", typed.as_str()))
            .collect();
        let saved = self.save(cycle, sheet, &answers, who).await;
        let saved = saved.unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(saved, SavedDraft::default(), "{answers:?}");
    }

    pub(crate) async fn audit_holds(&self) {
        let report = self.city.audit_verify().await.expect("a report");
        assert!(report.broken.is_none(), "{:?}", report.broken);
    }

    pub(crate) async fn close(self) {
        self.store.close().await;
    }
}

fn answer_to(question: &Question) -> String {
    match &question.answer {
        Answer::Line => "理由".to_owned(),
        Answer::Lines { .. } => "取り組んだ。\n次も続ける。".to_owned(),
        Answer::Figure { .. } => "１，２３４".to_owned(),
        Answer::Money { .. } => "5,678".to_owned(),
        Answer::Choice(choices) => choices
            .first()
            .map_or_else(String::new, |c| c.value.clone()),
    }
}
