//! The object is looked at, and not only the route: ten thousand random mixtures of who asks and for
//! whose object, through an action over a real database.

use super::Office;
use meguri_app::actions::accounts::AccountFault;
use meguri_app::actions::accounts::deputies::name_deputy;
use meguri_app::context::Actor;
use meguri_core::access::{Grant, Role, Validity};
use meguri_core::calendar::Day;

const PAIRS: usize = 10_000;
const SECTIONS: [&str; 4] = ["env", "tax", "care", "roads"];
const DEPARTMENTS: [&str; 3] = ["citizens", "finance", "works"];

/// Chance from a seed.
struct Chance(u64);

impl Chance {
    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let place = usize::try_from(self.0 >> 33).expect("31 bits") % all.len();
        all[place].clone()
    }

    fn grant(&mut self, roles: &[Role], days: &[Validity]) -> Grant {
        let role = self.of(roles);
        let grant = Grant::new(role).in_section(self.of(&SECTIONS));
        grant
            .in_department(self.of(&DEPARTMENTS))
            .valid(self.of(days))
    }
}

/// Said once more, apart from the table: who names a deputy for the person of a grant.
fn may(acting: &[Grant], own: &Grant, today: Day) -> bool {
    acting.iter().any(|grant| {
        let holds = grant.valid.from.is_none_or(|from| from <= today)
            && grant.valid.until.is_none_or(|until| today <= until);
        holds
            && match grant.role {
                Role::Planning | Role::Administrator => true,
                Role::Entry | Role::SectionHead => grant.section == own.section,
                Role::DepartmentHead => grant.department == own.department,
                _ => false,
            }
    })
}

#[test]
fn nobody_gets_at_the_object_of_another_section_by_naming_it() {
    let office = Office::new("objects");
    let mut chance = Chance(0x2026_0601);
    let day = |text: &str| Day::parse(text).expect("a day");
    let always = Validity::default();
    let past = Validity {
        from: None,
        until: Some(day("2026-05-31")),
    };
    let future = Validity {
        from: Some(day("2026-06-02")),
        until: None,
    };
    let with_deputies = [Role::Entry, Role::SectionHead, Role::DepartmentHead];
    office.add("deputy", Vec::new());
    let people: Vec<(String, Grant)> = (0..24)
        .map(|number| {
            let own = chance.grant(&with_deputies, &[always]);
            let name = format!("person{number}");
            office.add(&name, vec![own.clone()]);
            (name, own)
        })
        .collect();
    let granted: Vec<Role> = Role::ALL
        .into_iter()
        .filter(|role| role.is_granted())
        .collect();
    let (mut done, mut refused) = (0, 0);
    for _ in 0..PAIRS {
        let count = chance.of(&[0, 1, 1, 2, 3]);
        let acting: Vec<Grant> = (0..count)
            .map(|_| chance.grant(&granted, &[always, always, past, future]))
            .collect();
        let (name, own) = chance.of(&people);
        let context = office
            .staff
            .context(Actor::with_grants("actor", acting.clone()));
        let context = context.expect("a moment");
        let named = name_deputy(&office.city, (&name, &own), "deputy", always, &context);
        let wanted = may(&acting, &own, context.day());
        match office.runtime.block_on(named) {
            Ok(_) => {
                assert!(wanted, "{acting:?} {own:?}");
                done += 1;
            }
            Err(AccountFault::Refused(_)) => {
                assert!(!wanted, "{acting:?} {own:?}");
                refused += 1;
            }
            Err(fault) => panic!("{fault}"),
        }
    }
    eprintln!("{done} done, {refused} refused");
    assert!(
        done > PAIRS / 10 && refused > PAIRS / 10,
        "{done} {refused}"
    );
    office.close();
}
