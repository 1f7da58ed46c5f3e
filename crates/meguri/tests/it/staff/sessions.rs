//! Sessions: how long they last, and what ends them at once.

use super::{Office, PASSWORD};
use axum::http::StatusCode;
use meguri_app::actions::accounts::change_account::change_named;
use meguri_app::actions::accounts::reset_password::reset_password;
use meguri_app::staff::Account;
use meguri_core::access::{Appointment, Grant, Role, Validity, appoint_deputy};

fn entry() -> Vec<Grant> {
    vec![Grant::new(Role::Entry).in_section("環境課")]
}

fn change(office: &Office, name: &str, change: impl FnOnce(&mut Account)) {
    let context = office.operator();
    let changed = change_named(&office.city, name, change, &context);
    office.runtime.block_on(changed).expect("changed");
}

#[test]
fn a_session_ends_when_it_is_not_used_and_after_a_day() {
    let office = Office::new("times");
    let token = office.person("sato", entry());
    let mut browser = office.browser_with(&token);
    for _ in 0..2 {
        office.later(8 * 3_600 - 1);
        assert!(browser.is_in(), "it is used");
    }
    office.later(8 * 3_600 - 100);
    assert!(browser.is_in());
    office.later(102);
    assert!(!browser.is_in(), "a day is over");
    let mut browser = office.browser();
    browser.sign_in("sato");
    office.later(8 * 3_600);
    assert!(!browser.is_in(), "nobody used it");
    office.close();
}

#[test]
fn what_an_administrator_decides_holds_from_the_next_click_on() {
    let office = Office::new("at-once");
    office.person("sato", entry());
    let signed_in = || {
        let mut browser = office.browser();
        browser.sign_in("sato");
        assert!(browser.is_in());
        browser
    };
    let mut browser = signed_in();
    change(&office, "sato", |account| account.label = "佐藤".to_owned());
    assert!(browser.is_in(), "a name is no right");
    change(&office, "sato", |account| {
        account.grants = vec![Grant::new(Role::Reader)]
    });
    assert!(!browser.is_in(), "other roles");

    let mut browser = signed_in();
    change(&office, "sato", |account| account.enabled = false);
    assert!(!browser.is_in(), "disabled");
    let refused = browser.sign_in("sato");
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    change(&office, "sato", |account| account.enabled = true);
    assert!(!browser.is_in(), "what ended does not begin again");

    let mut browser = signed_in();
    let context = office.operator();
    let reset = reset_password(&office.city, "sato", super::CHEAP, &context);
    let start = office.runtime.block_on(reset).expect("reset");
    assert!(!browser.is_in(), "another password");
    assert_eq!(
        browser.sign_in("sato").status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let form = format!("name=sato&password={}", start.reveal());
    assert_eq!(
        browser.post("/sign-in", &form).leads_to(),
        "/account/password"
    );
    office.close();
}

#[test]
fn a_deputy_acts_at_once_and_keeps_what_they_are_writing() {
    let office = Office::new("deputy");
    let token = office.person("takeda", Vec::new());
    let mut browser = office.browser_with(&token);
    assert_eq!(
        browser.get("/plans/evaluation").status(),
        StatusCode::FORBIDDEN
    );
    let appointment = Appointment {
        of: "sato",
        deputy: "takeda",
        by: "sato",
    };
    let own = &entry()[0];
    let grant = appoint_deputy(own, appointment, Validity::default()).expect("a deputy");
    change(&office, "takeda", |account| account.grants.push(grant));
    assert_eq!(browser.get("/plans/evaluation").status(), StatusCode::OK);
    office.close();
}

#[test]
fn another_password_of_ones_own_ends_the_other_sessions() {
    let office = Office::new("own-password");
    let token = office.person("sato", entry());
    let (mut here, mut there) = (office.browser_with(&token), office.browser());
    there.sign_in("sato");
    assert!(there.is_in());
    let new = "ame no hi wa hashiranai";
    let form =
        |old: &str| format!("old-password={old}&new-password={new}&new-password-again={new}");
    let wrong = here.post("/account/password", &form("nonsense"));
    assert!(
        wrong.body.contains("今のパスワードが違います"),
        "{}",
        wrong.body
    );
    assert!(here.is_in() && there.is_in(), "nothing was changed");
    let before = here.cookie.clone();
    let done = here.post("/account/password", &form(PASSWORD));
    assert_eq!(done.leads_to(), "/account");
    assert!(
        here.is_in() && here.cookie != before,
        "here with another id"
    );
    assert!(!there.is_in());
    assert!(
        !office.browser_with(&token).is_in(),
        "the id before is worth nothing"
    );
    office.close();
}

#[test]
fn a_person_sees_where_they_are_signed_in_and_ends_the_rest() {
    let office = Office::new("own-sessions");
    let token = office.person("sato", entry());
    let other = office.person("mori", entry());
    let (mut here, mut there) = (office.browser_with(&token), office.browser());
    there.sign_in("sato");
    let page = here.get("/account");
    assert!(page.body.contains("この画面：") && page.body.contains("所管課"));
    assert_eq!(
        page.body.matches("data-label=\"接続元\"").count(),
        2,
        "two browsers"
    );
    assert!(page.body.contains("環境課"), "{}", page.body);
    let done = here.post("/account/end-sessions", "");
    assert_eq!(done.leads_to(), "/account");
    assert!(here.is_in() && !there.is_in());
    assert!(office.browser_with(&other).is_in(), "nobody else's");
    office.close();
}

#[test]
fn what_is_in_the_database_opens_no_door() {
    let office = Office::new("hashed");
    let token = office.person("sato", entry());
    let sessions = office.runtime.block_on(office.city.sessions_of("sato"));
    let kept = &sessions.expect("a list")[0];
    assert_ne!(kept.id, token);
    assert!(
        !office.browser_with(&kept.id).is_in(),
        "the hash is no session"
    );
    for odd in [
        "",
        "x",
        &"f".repeat(64),
        &token.to_uppercase(),
        &format!("{token}0"),
    ] {
        assert!(!office.browser_with(odd).is_in(), "{odd}");
    }
    let mut several = office.browser();
    several.cookie = format!("a=b; meguri-8081=x; meguri-8081={token}; c=d");
    assert!(several.is_in(), "among others");
    let secret = office.runtime.block_on(office.city.secret("sato"));
    let secret = secret.expect("asked").expect("a secret");
    assert!(secret.password.starts_with("$argon2id$"));
    let form = format!("name=sato&password={}", secret.password.replace('+', "%2B"));
    let answer = office.browser().post("/sign-in", &form);
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    office.close();
}
