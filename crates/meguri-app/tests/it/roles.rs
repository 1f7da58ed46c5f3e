//! Every action of the year's work in every role: done where the table and the route allow it,
//! refused without a trace where not.

use crate::town::{TODAY, Town, person, planning, year};
use meguri_app::actions::Doing;
use meguri_app::actions::cycle::comment::comment;
use meguri_app::actions::cycle::open::{OpenWish, open_cycle};
use meguri_app::actions::cycle::remind::{Reminder, remind};
use meguri_app::actions::cycle::set_days::set_days;
use meguri_app::actions::cycle::step::Step;
use meguri_app::actions::cycle::{CycleFault, Part};
use meguri_app::context::{Actor, Context};
use meguri_app::cycle::Cycle;
use meguri_app::mail::{MailSecurity, MailSettings};
use meguri_core::access::{Grant, Reach, Role, allows};
use meguri_core::calendar::Day;
use meguri_core::workflow::{ChangeRequest, StageDates};
use meguri_store::{CommentKind, NewComment};

const OF_CYCLES: [Doing; 15] = [
    Doing::OpenCycle,
    Doing::SetCycleDates,
    Doing::WriteDraft,
    Doing::SubmitSheet,
    Doing::TakeBackSheet,
    Doing::CheckSheet,
    Doing::ReturnSheet,
    Doing::ApproveSheet,
    Doing::AcceptSheet,
    Doing::CloseSheet,
    Doing::ReopenSheet,
    Doing::ExtendSheet,
    Doing::AssignSheet,
    Doing::CommentOnSheet,
    Doing::Remind,
];

/// Who does it on the usual route, with a sheet of their own section.
fn who(doing: Doing) -> &'static [Role] {
    use Role::{Committee, DepartmentHead, Entry, Finance, Operator, Planning, SectionHead};
    match doing {
        Doing::WriteDraft | Doing::SubmitSheet | Doing::TakeBackSheet => &[Entry, SectionHead],
        // Of the department nobody said anything, so that its head reaches no sheet.
        Doing::CommentOnSheet => &[Entry, SectionHead, Planning, Finance, Committee],
        Doing::CheckSheet | Doing::ReturnSheet | Doing::ApproveSheet => &[SectionHead],
        Doing::Remind => &[SectionHead, Planning, Operator],
        Doing::AcceptSheet
        | Doing::OpenCycle
        | Doing::SetCycleDates
        | Doing::CloseSheet
        | Doing::ReopenSheet
        | Doing::ExtendSheet
        | Doing::AssignSheet => &[Planning],
        _ => &[DepartmentHead],
    }
}

fn dates(shown: &str) -> StageDates {
    StageDates {
        shown: Day::parse(shown).expect("a day"),
        no_new_from: None,
        no_change_from: None,
    }
}

/// A town with a cycle of which every sheet is as far as an action needs it.
struct World {
    town: Town,
    cycle: Cycle,
    sheets: Vec<i64>,
    part: Part,
}

impl World {
    async fn new(doing: Doing) -> Self {
        let town = Town::new().await;
        let cycle = town.open("reform", 2021).await;
        let sheets: Vec<i64> = town
            .sheets(&cycle)
            .await
            .into_iter()
            .take(2 * Role::ALL.len())
            .collect();
        let stage = cycle.route.own_stage().expect("a stage").key.clone();
        let part = Part {
            stage,
            section: Some("s1".to_owned()),
        };
        let world = Self {
            town,
            cycle,
            sheets,
            part,
        };
        for sheet in &world.sheets {
            world.prepare(doing, *sheet).await;
        }
        if doing == Doing::Remind {
            world.town.account("the-writer", Role::Entry, "s1").await;
        }
        if matches!(doing, Doing::ExtendSheet) {
            let days = [(world.part.stage.clone(), Some(dates("2024-05-31")))];
            set_days(&world.town.city, &world.cycle, &days, &planning())
                .await
                .expect("days");
        }
        let cycle = Cycle::load(&world.town.city, world.cycle.kept.id)
            .await
            .expect("read");
        Self {
            cycle: cycle.expect("the cycle"),
            ..world
        }
    }

    async fn prepare(&self, doing: Doing, sheet: i64) {
        let writer = person("writer", Role::Entry, "s1");
        let head = person("a head", Role::SectionHead, "s1");
        let Self {
            town, cycle, part, ..
        } = self;
        let begins = !matches!(doing, Doing::WriteDraft | Doing::OpenCycle);
        if begins {
            town.write_all(cycle, sheet, &part.stage, &writer).await;
        }
        let sent = matches!(
            doing,
            Doing::TakeBackSheet
                | Doing::CheckSheet
                | Doing::ReturnSheet
                | Doing::ApproveSheet
                | Doing::AcceptSheet
                | Doing::ReopenSheet
        );
        if sent {
            town.submit(cycle, sheet, part, &writer)
                .await
                .expect("sent");
        }
        if matches!(doing, Doing::AcceptSheet | Doing::ReopenSheet) {
            town.step(cycle, sheet, part, Step::Approve, &head)
                .await
                .expect("approved");
        }
        if doing == Doing::ReopenSheet {
            town.step(cycle, sheet, part, Step::Accept, &planning())
                .await
                .expect("accepted");
        }
    }

    /// Does one thing to a sheet; the match has no rest but what the program's own test has.
    async fn run(&self, doing: Doing, sheet: i64, who: &Context) -> Result<(), CycleFault> {
        let Self {
            town, cycle, part, ..
        } = self;
        let step = |step| town.step(cycle, sheet, part, step, who);
        match doing {
            Doing::OpenCycle => {
                let from = town.document("strategy").await.document.id;
                let wish = OpenWish {
                    from,
                    ..OpenWish::default()
                };
                open_cycle(&town.city, year(2019), &wish, who)
                    .await
                    .map(drop)
            }
            Doing::SetCycleDates => {
                let days = [(part.stage.clone(), Some(dates("2024-06-30")))];
                set_days(&town.city, cycle, &days, who).await
            }
            Doing::WriteDraft => {
                let typed = [("text.result", "", "書いた")];
                town.save(cycle, sheet, &typed, who).await.map(drop)
            }
            Doing::SubmitSheet => town.submit(cycle, sheet, part, who).await,
            Doing::TakeBackSheet => step(Step::TakeBack).await,
            Doing::CheckSheet => step(Step::BeginCheck).await,
            Doing::ReturnSheet => {
                let request = ChangeRequest {
                    field: None,
                    words: "確かめる".to_owned(),
                    finding: None,
                };
                step(Step::Return(vec![request])).await
            }
            Doing::ApproveSheet => step(Step::Approve).await,
            Doing::AcceptSheet => step(Step::Accept).await,
            Doing::CloseSheet => step(Step::Close).await,
            Doing::ReopenSheet => step(Step::Reopen("誤りが見つかった".to_owned())).await,
            Doing::ExtendSheet => step(Step::Extend(dates("2024-06-14"))).await,
            Doing::AssignSheet => step(Step::HandOver("s3".to_owned())).await,
            Doing::CommentOnSheet => {
                let said = NewComment {
                    kind: CommentKind::Said,
                    field: None,
                    answers: None,
                    words: "確認しました".to_owned(),
                };
                comment(&town.city, cycle, sheet, said, who).await
            }
            Doing::Remind => {
                // The server cannot be reached, so that nothing is sent or noted.
                let accounts = vec!["the-writer".to_owned()];
                let reminder = Reminder {
                    accounts,
                    ..Reminder::default()
                };
                let answers = remind(&town.city, cycle, &reminder, &nowhere(), who).await?;
                match answers.as_slice() {
                    [] => Err(CycleFault::Unfit("nobody is reminded".to_owned())),
                    _ => Ok(()),
                }
            }
            other => panic!("the program's own test has a case for {other:?}"),
        }
    }
}

/// Somebody with a role, whom nothing but a section ties to a sheet.
fn somebody(role: Role, section: &str) -> Context {
    let assigned = if section == "s1" {
        "committee"
    } else {
        "another"
    };
    let grants = match role {
        Role::Anyone => Vec::new(),
        role => vec![Grant::new(role).in_section(section).assigned_as(assigned)],
    };
    let actor = Actor::with_grants(format!("{}-{section}", role.key()), grants);
    Context::new(actor, TODAY).expect("a moment")
}

#[tokio::test]
async fn every_action_is_for_those_whose_sheet_it_is() {
    let (mut done, mut refused) = (0, 0);
    for doing in OF_CYCLES {
        let world = World::new(doing).await;
        let mut sheets = world.sheets.iter();
        for role in Role::ALL {
            for section in ["s1", "s2"] {
                let sheet = *sheets.next().expect("a sheet each");
                let reach = allows(role, doing.permission());
                let own = section == "s1" || reach == Reach::All;
                let wanted = who(doing).contains(&role) && own;
                let before = world.town.city.audit_head().await.expect("a head");
                let end = world.run(doing, sheet, &somebody(role, section)).await;
                match end {
                    Ok(()) => {
                        assert!(wanted, "{role:?} of {section} did {doing:?}");
                        done += 1;
                    }
                    Err(fault) => {
                        assert!(!wanted, "{role:?} of {section} may not {doing:?}: {fault}");
                        let after = world.town.city.audit_head().await.expect("a head");
                        assert_eq!(after, before, "{role:?} {doing:?} left a trace");
                        assert!(!fault.to_string().is_empty());
                        refused += 1;
                    }
                }
                if doing == Doing::OpenCycle && wanted {
                    break;
                }
            }
        }
        world.town.audit_holds().await;
        world.town.close().await;
    }
    assert!(done > OF_CYCLES.len() && refused > done, "{done} {refused}");
}

/// A mail server that nobody asks.
fn nowhere() -> MailSettings {
    MailSettings {
        host: "127.0.0.1".to_owned(),
        port: 1,
        security: MailSecurity::Off,
        from: "meguri@example.lg.jp".to_owned(),
        sign_in: None,
    }
}
