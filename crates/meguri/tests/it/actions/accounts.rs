//! The actions on accounts: each with an account of its own.

use super::{End, MOMENT, context_of, ended};
use crate::staff::CHEAP;
use meguri_app::actions::Doing;
use meguri_app::actions::accounts::AccountFault;
use meguri_app::actions::accounts::add_account::add_account;
use meguri_app::actions::accounts::change_account::change_named;
use meguri_app::actions::accounts::deputies::{deputies_of, name_deputy, withdraw_deputy};
use meguri_app::actions::accounts::own_code::set_code;
use meguri_app::actions::accounts::own_password::change_own_password;
use meguri_app::actions::accounts::reset_password::reset_password;
use meguri_app::actions::accounts::sign_in::{Browser, SignIn, SignInFault, sign_in};
use meguri_app::actions::accounts::sign_out::{end_own_sessions, sign_out};
use meguri_app::context::{Actor, Context};
use meguri_app::password::Password;
use meguri_app::staff::{Account, Moment, Person, Rules, Staff};
use meguri_core::access::{Grant, Role, Validity};
use meguri_store::Municipality;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Does one of them.
pub(super) async fn run(city: &Municipality, doing: Doing, context: &Context) -> Result<(), End> {
    let account = new_account();
    if doing == Doing::AddAccount {
        return ended(add_account(city, account, CHEAP, context).await);
    }
    let operator = context_of(Role::Operator);
    let name = account.name.clone();
    let start = add_account(city, account, CHEAP, &operator).await;
    let start = start.expect("registered");
    match doing {
        Doing::ChangeAccount => {
            let disable = |account: &mut Account| account.enabled = false;
            ended(change_named(city, &name, disable, context).await)
        }
        Doing::NameDeputy | Doing::EndDeputy => deputy(city, doing, &name, context).await,
        Doing::ResetPassword => ended(reset_password(city, &name, CHEAP, context).await),
        _ => signed_in(&staff(city), doing, &name, &start, context).await,
    }
}

async fn signed_in(
    staff: &Staff,
    doing: Doing,
    name: &str,
    start: &Password,
    context: &Context,
) -> Result<(), End> {
    let wanted = SignIn {
        name,
        password: start.clone(),
        browser: Browser::default(),
    };
    if doing == Doing::SignIn {
        return ended(sign_in(staff, &wanted, context).await.map_err(of_sign_in));
    }
    let operator = context_of(Role::Operator);
    let token = sign_in(staff, &wanted, &operator).await.expect("in").token;
    let person: Person = staff.person(&token).await.expect("asked").expect("there");
    match doing {
        Doing::SignOut => ended(sign_out(staff, &person, context).await),
        Doing::EndOwnSessions => ended(end_own_sessions(staff, &person, context).await),
        Doing::SetCode => {
            let key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
            let code = code_of(key, staff.now().seconds);
            ended(set_code(staff, &person, (key, &code), context).await)
        }
        Doing::ChangeOwnPassword => {
            let new = Password::typed("kaki no tane to cha");
            let changed = change_own_password(staff, &person, start, &new, context).await;
            ended(changed.map_err(of_sign_in))
        }
        other => panic!("{other:?} is no action on accounts"),
    }
}

/// The code of a key at a moment.
pub(crate) fn code_of(key: &str, seconds: i64) -> String {
    let secret = totp_rs::Secret::try_from_base32(key).expect("a key");
    let totp = totp_rs::Builder::new().with_secret(secret).build();
    let seconds = seconds.try_into().expect("after 1970");
    totp.expect("long enough").generate(seconds).to_string()
}

/// Somebody of the planning section names a deputy, or has one no more.
async fn deputy(
    city: &Municipality,
    doing: Doing,
    name: &str,
    context: &Context,
) -> Result<(), End> {
    let other = new_account();
    let deputy = other.name.clone();
    let operator = context_of(Role::Operator);
    let added = add_account(city, other, CHEAP, &operator).await;
    added.expect("registered");
    let own = Grant::new(Role::Planning);
    let give = |account: &mut Account| account.grants.push(own.clone());
    let given = change_named(city, name, give, &operator).await;
    given.expect("changed");
    let valid = Validity::default();
    if doing == Doing::NameDeputy {
        return ended(name_deputy(city, (name, &own), &deputy, valid, context).await);
    }
    let named = name_deputy(city, (name, &own), &deputy, valid, &operator).await;
    named.expect("named");
    let found = deputies_of(city, name).await.expect("a list");
    // As the person themselves, who needs no other right for it.
    let own = Actor::with_grants(name, context.grants().to_vec());
    let own = Context::new(own, MOMENT).expect("a moment");
    ended(withdraw_deputy(city, &found[0], &own).await)
}

fn of_sign_in(fault: SignInFault) -> AccountFault {
    match fault {
        SignInFault::Other(fault) => fault,
        fault => panic!("{fault}"),
    }
}

fn staff(city: &Municipality) -> Staff {
    let rules = Rules {
        cost: CHEAP,
        ..Rules::default()
    };
    let clock = Arc::new(|| Moment {
        iso: MOMENT.to_owned(),
        seconds: 1_782_864_000,
    });
    Staff::with_clock(city.clone(), rules, clock).expect("a staff")
}

fn new_account() -> Account {
    static NAMED: AtomicUsize = AtomicUsize::new(0);
    Account {
        name: format!("user{}", NAMED.fetch_add(1, Ordering::Relaxed)),
        label: "佐藤".to_owned(),
        mail: None,
        enabled: true,
        grants: Vec::new(),
    }
}
