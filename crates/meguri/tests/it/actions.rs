//! Every action in every role: done where the table allows it, refused without a trace where not.

pub(crate) mod accounts;

use crate::keep::{by, city, file, wait_for};
use crate::web::published::save;
use meguri_app::actions::Doing;
use meguri_app::actions::accept_finding::accept_finding;
use meguri_app::actions::accounts::AccountFault;
use meguri_app::actions::adopt_reading::adopt_reading;
use meguri_app::actions::backup::backup;
use meguri_app::actions::check_documents::check_documents;
use meguri_app::actions::choose_municipality::Said;
use meguri_app::actions::decide_link::decide_link;
use meguri_app::actions::edit_sheet::edit_sheet;
use meguri_app::actions::export_folder::{FolderFault, export_folder};
use meguri_app::actions::import_document::{Choice, check_kept, import_document};
use meguri_app::actions::import_folder::import_folder;
use meguri_app::actions::links_kept::identify;
use meguri_app::actions::mend_municipality::{merge, set};
use meguri_app::actions::open_store::OpenFault;
use meguri_app::actions::publish::{PublishFault, Wish, publish};
use meguri_app::actions::read_document::read_source;
use meguri_app::actions::restore::{Restoring, restore};
use meguri_app::actions::save_projects::save_projects;
use meguri_app::actions::save_sections::save_sections;
use meguri_app::actions::withdraw::withdraw;
use meguri_app::context::{Actor, Context, Refused, WriteFault};
use meguri_core::access::{Grant, Reach, Role, Validity, allows};
use meguri_core::calendar::Day;
use meguri_core::links::{Decision, Kind};
use meguri_core::plan::{BudgetItem, Project, Section, SectionRegister};
use meguri_import::source_text::SourceText;
use meguri_store::{Location, Municipality, SourceFile, Store};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

const MOMENT: &str = "2026-07-01T09:00:00+09:00";

/// A municipality with a paper, and a folder for files.
struct World {
    folder: PathBuf,
    location: Location,
    store: Store,
    city: Municipality,
    document: i64,
    sheet: i64,
    /// How many files were named.
    named: AtomicUsize,
}

/// How an action ended.
#[derive(Debug)]
enum End {
    Refused(Refused),
    Fault(String),
    /// Of the year's work `crates/meguri-app/tests/it/roles.rs` has a case each.
    Elsewhere,
}

impl World {
    async fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let location = file(&folder, "meguri.sqlite");
        let store = Store::open(&location, &by()).await.expect("it opens").store;
        let city = city(&store, "131016").await;
        let saved = save(&city, "evaluation").await;
        let operator = context(Some(Grant::new(Role::Operator)));
        let (export, copy) = (folder.join("export"), folder.join("copy"));
        let exported = export_folder(&city, &export, false, &operator).await;
        exported.expect("it is exported");
        let copied = backup(&location, &copy, &operator).await;
        copied.expect("it is copied");
        Self {
            folder,
            location,
            store,
            city,
            document: saved.document,
            sheet: saved.sheets[0],
            named: AtomicUsize::new(0),
        }
    }

    /// A name for a file that is not there yet.
    fn new_file(&self) -> PathBuf {
        let number = self.named.fetch_add(1, Ordering::Relaxed);
        self.folder.join(format!("new-{number}"))
    }

    /// Does one thing; the match has no rest, so that every action has a case.
    async fn run(&self, doing: Doing, context: &Context) -> Result<(), End> {
        match doing {
            Doing::ImportDocument => self.import(context).await,
            Doing::CheckKept => ended(check_kept(&self.city, &[], context).await),
            Doing::Identify => ended(identify(&self.city, context).await),
            Doing::EditSheet => self.edit(context).await,
            Doing::AdoptReading => self.adopt(context).await,
            Doing::AcceptFinding => self.accept(context).await,
            Doing::DecideLink => self.decide(context).await,
            Doing::SaveSections => self.sections(context).await,
            Doing::SaveProjects => self.projects(context).await,
            Doing::Publish => self.publish(context).await,
            Doing::Withdraw => {
                let name = "evaluation.txt";
                ended(withdraw(&self.city, name, None, "準備が整っていないため", context).await)
            }
            Doing::SetMunicipality => {
                let name = format!("市{}", self.named.fetch_add(1, Ordering::Relaxed));
                let own = Said::Code(self.city.code().clone());
                ended(set(&self.location, &own, None, Some(&name), context).await)
            }
            Doing::MergeMunicipality => self.merge(context).await,
            Doing::ExportFolder => {
                ended(export_folder(&self.city, &self.new_file(), false, context).await)
            }
            Doing::ImportFolder => {
                let to = Location::File(self.new_file());
                ended(import_folder(&self.folder.join("export"), &to, None, context).await)
            }
            Doing::Backup => ended(backup(&self.location, &self.new_file(), context).await),
            Doing::Restore => self.restore(context).await,
            Doing::AddAccount
            | Doing::ChangeAccount
            | Doing::ResetPassword
            | Doing::SignIn
            | Doing::SignOut
            | Doing::ChangeOwnPassword
            | Doing::EndOwnSessions
            | Doing::SetCode
            | Doing::NameDeputy
            | Doing::EndDeputy => accounts::run(&self.city, doing, context).await,
            Doing::OpenCycle
            | Doing::SetCycleDates
            | Doing::WriteDraft
            | Doing::SubmitSheet
            | Doing::TakeBackSheet
            | Doing::CheckSheet
            | Doing::ReturnSheet
            | Doing::ApproveSheet
            | Doing::AcceptSheet
            | Doing::CloseSheet
            | Doing::ReopenSheet
            | Doing::ExtendSheet
            | Doing::AssignSheet
            | Doing::CommentOnSheet
            | Doing::Remind => Err(End::Elsewhere),
        }
    }

    async fn adopt(&self, context: &Context) -> Result<(), End> {
        let kept = self.city.sheet(self.sheet).await.expect("read");
        let kept = kept.expect("it is there");
        let (had, reading) = (kept.version, kept.reading);
        ended(adopt_reading(&self.city, self.sheet, had, reading, context).await)
    }

    async fn accept(&self, context: &Context) -> Result<(), End> {
        let found = self.city.findings(self.document).await.expect("findings");
        ended(accept_finding(&self.city, &found[0].key, true, "端数処理", context).await)
    }

    async fn decide(&self, context: &Context) -> Result<(), End> {
        let decision = Decision {
            kind: Kind::Project,
            one: "one".to_owned(),
            other: "other".to_owned(),
            same: false,
        };
        ended(decide_link(&self.city, &decision, "別の事業", context).await)
    }

    async fn sections(&self, context: &Context) -> Result<(), End> {
        let name = format!("課{}", self.named.fetch_add(1, Ordering::Relaxed));
        let section = Section {
            key: "one".to_owned(),
            name,
            from: None,
            until: None,
            successors: Vec::new(),
            department: None,
        };
        let sections = vec![section];
        ended(save_sections(&self.city, &SectionRegister { sections }, context).await)
    }

    async fn projects(&self, context: &Context) -> Result<(), End> {
        let project = Project {
            code: Some("04000001".to_owned()),
            name: format!("事業{}", self.named.fetch_add(1, Ordering::Relaxed)),
            budget_item: BudgetItem::default(),
            costs: Vec::new(),
        };
        ended(save_projects(&self.city, &[project], context).await)
    }

    async fn publish(&self, context: &Context) -> Result<(), End> {
        self.edit(&context_of(Role::Operator)).await?;
        let documents = vec!["evaluation.txt".to_owned()];
        let wish = Wish {
            documents,
            note: "実績を訂正".to_owned(),
            ..Wish::default()
        };
        ended(publish(&self.city, &wish, context).await)
    }

    async fn merge(&self, context: &Context) -> Result<(), End> {
        let other = city(&self.store, "131024").await;
        let said = |city: &Municipality| Said::Code(city.code().clone());
        ended(merge(&self.location, &said(&other), &said(&self.city), context).await)
    }

    async fn restore(&self, context: &Context) -> Result<(), End> {
        let to = Location::File(self.new_file());
        let restoring = Restoring {
            backup: &self.folder.join("copy"),
            to: &to,
            force: false,
        };
        ended(restore(&restoring, context).await)
    }

    async fn import(&self, context: &Context) -> Result<(), End> {
        let text = std::fs::read_to_string(crate::golden::root("samples/mizuhono/midterm.txt"));
        let text = text.expect("a sample");
        let read = read_source("midterm.txt".to_owned(), SourceText::from_text(&text), None);
        let checked = check_documents(vec![read.expect("a paper")], Vec::new());
        let source = SourceFile {
            name: "midterm.txt".to_owned(),
            bytes: text.into_bytes(),
        };
        let (document, choice) = (&checked.documents[0], Choice::default());
        ended(import_document(&self.city, document, &source, &[], choice, context).await)
    }

    /// Changes a figure to one that it did not have before.
    async fn edit(&self, context: &Context) -> Result<(), End> {
        let kept = self.city.sheet(self.sheet).await.expect("read");
        let kept = kept.expect("it is there");
        let mut sheet = kept.sheet.clone();
        let printed = (100 + self.named.fetch_add(1, Ordering::Relaxed)).to_string();
        let figure = meguri_core::figure::Figure::parse(&printed).expect("a figure");
        sheet.indicators[0].actuals[0].figure.value = figure;
        ended(edit_sheet(&self.city, self.sheet, kept.version, &sheet, context).await)
    }

    /// How far the audit is, and how many files there are.
    async fn traces(&self) -> (i64, usize) {
        let files = std::fs::read_dir(&self.folder).expect("the folder").count();
        (self.city.audit_head().await.expect("a head").0, files)
    }
}

/// Who has one grant, or none.
fn context(grant: Option<Grant>) -> Context {
    let actor = Actor::with_grants("試験", grant.into_iter().collect());
    Context::new(actor, MOMENT).expect("a moment")
}

fn context_of(role: Role) -> Context {
    context((role != Role::Anyone).then(|| Grant::new(role)))
}

/// Faults that can be a refusal.
trait MayRefuse: std::fmt::Display {
    fn refused(&self) -> Option<Refused>;
}

macro_rules! may_refuse {
    ($($fault:ident),*) => {$(
        impl MayRefuse for $fault {
            fn refused(&self) -> Option<Refused> {
                match self {
                    Self::Refused(refused) => Some(*refused),
                    _ => None,
                }
            }
        }
    )*};
}

may_refuse!(
    WriteFault,
    PublishFault,
    OpenFault,
    FolderFault,
    AccountFault
);

fn ended<T, E: MayRefuse>(outcome: Result<T, E>) -> Result<(), End> {
    match outcome {
        Ok(_) => Ok(()),
        Err(fault) => Err(match fault.refused() {
            Some(refused) => End::Refused(refused),
            None => End::Fault(fault.to_string()),
        }),
    }
}

/// Does the case write something of its own before it acts?
const fn prepares(doing: Doing) -> bool {
    use Doing::{ChangeAccount, MergeMunicipality, NameDeputy, Publish, ResetPassword};
    matches!(
        doing,
        Publish | MergeMunicipality | ChangeAccount | ResetPassword | NameDeputy
    )
}

#[test]
fn every_action_asks_for_its_permission() {
    wait_for(async {
        let world = World::new("actions-roles").await;
        let (mut done, mut refused, mut elsewhere) = (0, 0, 0);
        for role in Role::ALL {
            for doing in Doing::ALL {
                let allowed = allows(role, doing.permission()) == Reach::All;
                let before = world.traces().await;
                let end = world.run(doing, &context_of(role)).await;
                match end {
                    Ok(()) => {
                        assert!(allowed, "{role:?} did {doing:?}");
                        done += 1;
                    }
                    Err(End::Refused(fault)) => {
                        assert!(!allowed, "{role:?} may not do {doing:?}: {fault}");
                        assert_eq!(fault.doing, doing);
                        assert!(fault.to_string().contains(doing.label()), "{fault}");
                        if !prepares(doing) {
                            assert_eq!(world.traces().await, before, "{role:?} {doing:?}");
                        }
                        refused += 1;
                    }
                    Err(End::Elsewhere) => elsewhere += 1,
                    Err(End::Fault(fault)) => panic!("{role:?} {doing:?}: {fault}"),
                }
            }
        }
        let all = Role::ALL.len() * Doing::ALL.len();
        assert_eq!(done + refused + elsewhere, all);
        assert_eq!(elsewhere, 15 * Role::ALL.len());
        assert!(
            done > Doing::ALL.len() && refused > done,
            "{done} {refused}"
        );
    });
}

#[test]
fn a_role_that_has_ended_is_refused_with_its_reason() {
    wait_for(async {
        let world = World::new("actions-ended").await;
        let day = |text: &str| Day::parse(text).expect("a day");
        let valid = Validity {
            from: Some(day("2025-04-01")),
            until: Some(day("2026-06-30")),
        };
        let ended = context(Some(Grant::new(Role::Planning).valid(valid)));
        let Err(End::Refused(refused)) = world.run(Doing::Withdraw, &ended).await else {
            panic!("it is refused")
        };
        let told = refused.to_string();
        assert!(told.contains("有効期間"), "{told}");
    });
}
