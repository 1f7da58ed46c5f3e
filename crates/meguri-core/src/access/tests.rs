//! The table as a person would say it, and grants against an independent oracle.

use super::*;
use crate::fiscal_year::{FiscalYear, FiscalYearSpan};
use crate::plan::Section;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// A sheet that the sections `tax` (department `finance`) and `care` (no department) own together,
/// assigned to `panel-1`.
fn joint() -> Subject {
    let owner = |section: &str, department: Option<&str>| OwningSection {
        section: section.to_owned(),
        department: department.map(str::to_owned),
    };
    Subject {
        sections: vec![owner("tax", Some("finance")), owner("care", None)],
        assigned: vec!["panel-1".to_owned()],
    }
}

/// An appointment of `takeda` as the deputy of `sato`, by `sato`.
const TAKEDA: Appointment<'static> = Appointment {
    of: "sato",
    deputy: "takeda",
    by: "sato",
};

/// Written by hand: who, what, and how far. What is not here is refused.
#[test]
fn the_table_is_the_one_that_was_agreed() {
    let agreed = include_str!("../../../../testdata/access/reaches.txt");
    let mut seen = Vec::new();
    for line in agreed
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let (key, reaches) = line.split_once(':').expect("a permission and its reaches");
        let permission = Permission::from_key(key).unwrap_or_else(|| panic!("{key}"));
        seen.push(permission);
        let mut agreed: Vec<(Role, Reach)> = Vec::new();
        for part in reaches.split(';').filter(|part| !part.trim().is_empty()) {
            let (reach, roles) = part.trim().split_once(' ').expect("a reach and its roles");
            let reach = match reach {
                "all" => Reach::All,
                "section" => Reach::OwnSection,
                "department" => Reach::OwnDepartment,
                "assigned" => Reach::Assigned,
                other => panic!("{other}"),
            };
            for role in roles.split(',') {
                let role = Role::from_key(role.trim()).unwrap_or_else(|| panic!("{role}"));
                agreed.push((role, reach));
            }
        }
        for role in Role::ALL {
            let want = agreed.iter().find(|(known, _)| *known == role);
            let want = want.map_or(Reach::None, |(_, reach)| *reach);
            assert_eq!(allows(role, permission), want, "{key} {}", role.key());
        }
    }
    assert!(
        seen.iter().copied().eq(Permission::all()),
        "each once, in order"
    );
}

/// A variant without a row would be refused to all: right, but it must be seen.
#[test]
fn each_permission_has_its_row() {
    let source = include_str!("permission.rs");
    let (_, enumeration) = source
        .split_once("pub enum Permission {")
        .expect("the enum");
    let (enumeration, _) = enumeration.split_once('}').expect("its end");
    let variants = enumeration.lines().filter(|line| line.ends_with(','));
    let names: Vec<&str> = variants
        .map(|line| line.trim().trim_end_matches(','))
        .collect();
    let rows: Vec<String> = Permission::all().map(|p| format!("{p:?}")).collect();
    assert_eq!(names, rows);
    let mut keys: Vec<&str> = Permission::all().map(Permission::key).collect();
    keys.extend(Role::ALL.map(Role::key));
    assert!(keys.iter().all(|key| *key != "unknown"));
    keys.sort_unstable();
    let given = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), given, "a key is given twice");
}

#[test]
fn a_refusal_tells_the_nearest_reason() {
    let head = |section: &str| Grant::new(Role::SectionHead).in_section(section);
    let past = Validity::fiscal_year(FiscalYear::new(2022).expect("a year"));
    let cases: [(&str, Vec<Grant>, Why); 7] = [
        ("nobody", vec![], Why::NoRole),
        (
            "only reads",
            vec![Grant::new(Role::Reader)],
            Why::RoleMayNot,
        ),
        (
            "another section",
            vec![Grant::new(Role::Reader), head("roads")],
            Why::OtherSection,
        ),
        ("last year", vec![head("tax").valid(past)], Why::NotValid),
        (
            "another department",
            vec![Grant::new(Role::DepartmentHead).in_department("works")],
            Why::OtherDepartment,
        ),
        (
            "another panel",
            vec![Grant::new(Role::Committee).assigned_as("panel-2")],
            Why::NotAssigned,
        ),
        (
            "a head without section",
            vec![Grant::new(Role::SectionHead)],
            Why::OtherSection,
        ),
    ];
    for (name, grants, why) in cases {
        let permission = Permission::Approve;
        let found = permits(&grants, permission, &joint(), day("2024-06-01"));
        assert_eq!(found, Err(Refusal { permission, why }), "{name}");
    }
}

#[test]
fn who_may_act_for_themselves_does_not_act_as_a_deputy() {
    let own = Grant::new(Role::SectionHead).in_section("care");
    let other = Grant::new(Role::SectionHead).in_section("tax");
    let deputy = appoint_deputy(&other, TAKEDA, Validity::default()).expect("a deputy");
    let grants = [deputy.clone(), own.clone()];
    let permit = permits(&grants, Permission::Approve, &joint(), day("2024-06-01"));
    assert_eq!(permit.expect("allowed").grant, Some(&own));
    let only_tax = joint().of_section("tax");
    let permit = permits(&grants, Permission::Approve, &only_tax, day("2024-06-01"));
    assert_eq!(permit.expect("allowed").grant, Some(&deputy));
    let public = permits(&[], Permission::ReadPublished, &joint(), day("2024-06-01"));
    assert_eq!(public.expect("allowed").role, Role::Anyone);
}

#[test]
fn a_deputy_has_no_more_than_the_person_and_no_deputy() {
    let year = |y| FiscalYear::new(y).expect("a year");
    let own = Grant::new(Role::DepartmentHead)
        .in_department("finance")
        .valid(Validity::fiscal_year(year(2024)));
    let span = FiscalYearSpan::new(year(2023), year(2025)).expect("a span");
    let deputy = appoint_deputy(&own, TAKEDA, Validity::fiscal_years(span)).expect("a deputy");
    assert_eq!(deputy.valid, own.valid, "no day more");
    let one_day = Validity {
        from: Some(day("2024-05-31")),
        until: Some(day("2024-05-31")),
    };
    let deputy = appoint_deputy(&own, TAKEDA, one_day).expect("a deputy of the last day");
    assert_eq!(deputy.valid, one_day);
    let refused = |grant: &Grant, who| appoint_deputy(grant, who, one_day).expect_err("refused");
    assert_eq!(refused(&deputy, TAKEDA), AppointmentRefusal::IsDeputy);
    let admin = Grant::new(Role::Administrator);
    assert_eq!(refused(&admin, TAKEDA), AppointmentRefusal::NoDeputies);
    let oneself = Appointment {
        deputy: "sato",
        ..TAKEDA
    };
    assert_eq!(refused(&own, oneself), AppointmentRefusal::SamePerson);
    let taken = Appointment {
        by: "takeda",
        ..TAKEDA
    };
    assert_eq!(refused(&own, taken), AppointmentRefusal::AppointsThemselves);
    let by_a_colleague = Appointment {
        by: "mori",
        ..TAKEDA
    };
    assert!(
        appoint_deputy(&own, by_a_colleague, one_day).is_ok(),
        "the section helps itself"
    );
}

#[test]
fn a_renamed_or_merged_section_keeps_its_sheets() {
    let section = |key: &str, from, until, successors: &[&str]| Section {
        key: key.to_owned(),
        name: key.to_owned(),
        from: FiscalYear::new(from),
        until,
        successors: successors.iter().map(|s| (*s).to_owned()).collect(),
        department: None,
    };
    let register = SectionRegister {
        sections: vec![
            section("welfare", 2010, FiscalYear::new(2023), &["care"]),
            section("elderly", 2010, FiscalYear::new(2023), &["care"]),
            section("care", 2024, None, &[]),
        ],
    };
    let department = |key: &str| (key == "care").then(|| "health".to_owned());
    let keys = ["welfare", "elderly"];
    let at = |text: &str| {
        let subject = Subject::of_sections(keys, &register, day(text), department);
        let names = subject.sections.iter().map(|o| o.section.clone());
        names.collect::<Vec<_>>()
    };
    assert_eq!(at("2024-03-31"), ["welfare", "elderly"]);
    assert_eq!(at("2024-04-01"), ["care"], "both became one");
    let subject = Subject::of_sections(keys, &register, day("2024-06-01"), department);
    let head = [Grant::new(Role::DepartmentHead).in_department("health")];
    assert!(permits(&head, Permission::Approve, &subject, day("2024-06-01")).is_ok());
}

/// The same decision by other means: a list of (permission, role, relation) that is read from the
/// agreed file, walked without the functions under test.
fn oracle(grants: &[Grant], permission: Permission, subject: &Subject, day: Day) -> bool {
    let agreed = include_str!("../../../../testdata/access/reaches.txt");
    let prefix = format!("{}:", permission.key());
    let line = agreed
        .lines()
        .find_map(|line| line.strip_prefix(&prefix))
        .expect("a line");
    line.split(';')
        .filter_map(|part| part.trim().split_once(' '))
        .any(|(reach, roles)| {
            let named = |key: &str| roles.split(',').any(|role| role.trim() == key);
            if named("anyone") {
                return true;
            }
            grants.iter().any(|grant| {
                let started = grant.valid.from.is_none_or(|from| from.iso() <= day.iso());
                let ended = grant
                    .valid
                    .until
                    .is_some_and(|until| until.iso() < day.iso());
                let related = match reach {
                    "all" => true,
                    "section" => subject
                        .sections
                        .iter()
                        .any(|o| Some(&o.section) == grant.section.as_ref()),
                    "department" => subject
                        .sections
                        .iter()
                        .any(|o| o.department.is_some() && o.department == grant.department),
                    _ => grant
                        .assignee
                        .as_ref()
                        .is_some_and(|key| subject.assigned.contains(key)),
                };
                named(grant.role.key()) && started && !ended && related
            })
        })
}

fn key(of: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop::sample::select(of).prop_map(str::to_owned))
}

const SECTIONS: &[&str] = &["tax", "care", "roads"];
const DEPARTMENTS: &[&str] = &["finance", "works"];
const PANELS: &[&str] = &["panel-1", "panel-2"];

fn any_day() -> impl Strategy<Value = Day> {
    (0i32..800).prop_map(|n| day("2023-01-01").plus_days(n).expect("a day"))
}

fn any_grant() -> impl Strategy<Value = Grant> {
    let days = (prop::option::of(any_day()), prop::option::of(any_day()));
    let role = prop::sample::select(&Role::ALL[1..]);
    let deputy = key(&["sato", "suzuki"]);
    (
        role,
        key(SECTIONS),
        key(DEPARTMENTS),
        key(PANELS),
        days,
        deputy,
    )
        .prop_map(
            |(role, section, department, assignee, (from, until), deputy_of)| Grant {
                role,
                section,
                department,
                assignee,
                valid: Validity { from, until },
                deputy_of,
            },
        )
}

fn any_subject() -> impl Strategy<Value = Subject> {
    let owner = (prop::sample::select(SECTIONS), key(DEPARTMENTS));
    let owners = prop::collection::vec(owner, 0..3);
    let assigned = prop::collection::vec(prop::sample::select(PANELS), 0..2);
    (owners, assigned).prop_map(|(owners, assigned)| Subject {
        sections: owners
            .into_iter()
            .map(|(section, department)| OwningSection {
                section: section.to_owned(),
                department,
            })
            .collect(),
        assigned: assigned.into_iter().map(str::to_owned).collect(),
    })
}

fn any_permission() -> impl Strategy<Value = Permission> {
    prop::sample::select(Permission::all().collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn random_grants_are_decided_as_the_agreed_table_says(
        grants in prop::collection::vec(any_grant(), 0..4),
        permission in any_permission(),
        subject in any_subject(),
        day in any_day(),
    ) {
        let found = permits(&grants, permission, &subject, day);
        prop_assert_eq!(found.is_ok(), oracle(&grants, permission, &subject, day));
        if let Ok(Permit { role, grant: Some(grant) }) = found {
            prop_assert_eq!(role, grant.role);
            prop_assert!(oracle(std::slice::from_ref(grant), permission, &subject, day));
        }
    }

    /// More grants never take a permission away.
    #[test]
    fn a_further_grant_takes_nothing_away(
        grants in prop::collection::vec(any_grant(), 0..3),
        further in any_grant(),
        permission in any_permission(),
        subject in any_subject(),
        day in any_day(),
    ) {
        let before = permits(&grants, permission, &subject, day).is_ok();
        let more: Vec<Grant> = grants.into_iter().chain([further]).collect();
        prop_assert!(!before || permits(&more, permission, &subject, day).is_ok());
    }
}
