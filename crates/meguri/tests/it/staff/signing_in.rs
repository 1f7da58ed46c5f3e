//! Signing in and out, the first password, what a page says.

use super::{Office, PASSWORD};
use crate::web::html::check;
use axum::http::StatusCode;
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use meguri_app::staff::Rules;
use meguri_core::access::{Grant, Role};

const SEE_OTHER: StatusCode = StatusCode::SEE_OTHER;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn reader() -> Vec<Grant> {
    vec![Grant::new(Role::Reader)]
}

#[test]
fn before_anybody_is_registered_the_door_is_open_on_this_machine_only() {
    let office = Office::new("open");
    let mut here = office.browser();
    let foreign = here.get("/");
    assert_eq!(
        foreign.status(),
        StatusCode::MISDIRECTED_REQUEST,
        "a foreign name"
    );
    let request = axum::http::Request::get("/").header("host", "127.0.0.1:8081");
    let answer = office.ask(request, "");
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.body.contains("meguri user add"), "a line says so");
    let request = axum::http::Request::get("/sign-in").header("host", "127.0.0.1:8081");
    let answer = office.ask(request, "");
    assert!(answer.body.contains("利用者がまだ登録されていません"));
    office.add("sato", reader());
    let request = axum::http::Request::get("/").header("host", "127.0.0.1:8081");
    assert_eq!(office.ask(request, "").leads_to(), "/sign-in", "at once");
    office.close();
    let closed = Rules {
        open_without_accounts: false,
        ..Rules::default()
    };
    let office = Office::ruled("closed", closed);
    let answer = office.browser().get("/plans/evaluation");
    assert_eq!(answer.leads_to(), "/sign-in?to=/plans/evaluation");
    office.close();
}

#[test]
fn the_first_password_is_changed_before_anything_else() {
    let office = Office::new("first");
    let start = office.add("sato", reader());
    let mut browser = office.browser();
    let asked = browser.get("/plans/evaluation?from=2");
    assert_eq!(asked.status(), SEE_OTHER);
    assert_eq!(asked.leads_to(), "/sign-in?to=/plans/evaluation?from%3D2");
    let page = browser.get(asked.leads_to());
    assert!(
        page.body
            .contains("name=\"to\" value=\"/plans/evaluation?from=2\"")
    );

    let form = format!("name=sato&password={}&to=/", start.reveal());
    let answer = browser.post("/sign-in", &form);
    assert_eq!(
        (answer.status(), answer.leads_to()),
        (SEE_OTHER, "/account/password")
    );
    let first = browser.cookie.clone();
    for path in ["/", "/plans/evaluation", "/account"] {
        let answer = browser.get(path);
        assert_eq!(answer.leads_to(), "/account/password", "{path}");
    }
    let json = browser.get("/index.json");
    assert_eq!(
        json.status(),
        StatusCode::FORBIDDEN,
        "nothing for a program either"
    );
    let page = browser.get("/account/password");
    assert!(page.body.contains("最初の一回だけ") && !page.body.contains("今のパスワード"));

    let form = format!("new-password={PASSWORD}&new-password-again={PASSWORD}");
    let answer = browser.post("/account/password", &form);
    assert_eq!((answer.status(), answer.leads_to()), (SEE_OTHER, "/"));
    assert_ne!(browser.cookie, first, "another id");
    assert!(browser.is_in());
    let mut former = office.browser();
    former.cookie = first;
    assert!(!former.is_in(), "the one before is worth nothing");
    let form = format!("name=sato&password={}&to=/", start.reveal());
    assert_eq!(
        office.browser().post("/sign-in", &form).status(),
        WRONG,
        "used up"
    );
    assert!(office.actions().ends_with(&[
        "account.save".to_owned(),
        "account.password".to_owned(),
        "session.begin".to_owned(),
    ]));
    office.close();
}

#[test]
fn a_first_password_that_everybody_tries_is_refused_with_its_reason() {
    let office = Office::new("first-refused");
    let start = office.add("sato", reader());
    let mut browser = office.browser();
    let form = format!("name=sato&password={}&to=/", start.reveal());
    browser.post("/sign-in", &form);
    for (form, told) in [
        (
            "new-password=&new-password-again=",
            "新しいパスワードを入力",
        ),
        ("new-password=short&new-password-again=short", "12文字以上"),
        (
            "new-password=kaki no tane&new-password-again=x",
            "一致しません",
        ),
        (
            "new-password=password1234&new-password-again=password1234",
            "推測されやすい",
        ),
        (
            "new-password=i am sato, really&new-password-again=i am sato, really",
            "利用者名を含む",
        ),
    ] {
        let answer = browser.post("/account/password", form);
        assert_eq!(answer.status(), WRONG, "{form}");
        assert!(answer.body.contains(told), "{form}: {}", answer.body);
        assert_eq!(check(&answer.body).faults, Vec::<String>::new(), "{form}");
    }
    let same = start.reveal();
    let form = format!("new-password={same}&new-password-again={same}");
    let answer = browser.post("/account/password", &form);
    assert!(
        answer.body.contains("今までと同じパスワード"),
        "{}",
        answer.body
    );
    office.close();
}

#[test]
fn who_signs_in_is_led_on_and_who_signs_out_is_out() {
    let office = Office::new("in-and-out");
    office.person("sato", reader());
    let mut browser = office.browser();
    let form = format!("name= Ｓａｔｏ &password={PASSWORD}&to=/plans/evaluation?from%3D2");
    let answer = browser.post("/sign-in", &form);
    assert_eq!(
        (answer.status(), answer.leads_to()),
        (SEE_OTHER, "/plans/evaluation?from=2")
    );
    let cookie = answer.head.headers()[SET_COOKIE]
        .to_str()
        .expect("words")
        .to_owned();
    let (pair, flags) = cookie.split_once("; ").expect("flags");
    assert_eq!(flags, "HttpOnly; SameSite=Lax; Path=/");
    let (name, token) = pair.split_once('=').expect("a pair");
    assert_eq!((name, token.len()), ("meguri-8081", 64));
    let page = browser.get("/plans/evaluation?from=2");
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.body.contains("satoさん"), "the head says who is in");
    assert_eq!(check(&page.body).faults, Vec::<String>::new());
    assert_eq!(
        browser.get("/sign-in").leads_to(),
        "/",
        "nothing to do there"
    );

    let before = browser.cookie.clone();
    let answer = browser.post("/sign-out", "");
    assert_eq!(answer.leads_to(), "/sign-in?out=1");
    assert!(browser.cookie.is_empty());
    assert!(
        browser
            .get("/sign-in?out=1")
            .body
            .contains("サインアウトしました")
    );
    browser.cookie = before;
    assert!(!browser.is_in(), "not by a kept cookie either");
    let form = format!("name=sato&password={PASSWORD}&to=//evil.example/");
    assert_eq!(browser.post("/sign-in", &form).leads_to(), "/");
    office.close();
}

#[test]
fn over_tls_the_cookie_is_of_this_host_and_of_tls_only() {
    let rules = Rules {
        origin: Some("https://meguri.example".to_owned()),
        ..Rules::default()
    };
    let office = Office::ruled("tls", rules);
    office.person("sato", reader());
    let request = super::form_of("/sign-in")
        .header("host", "10.0.0.5:8081")
        .header("origin", "https://meguri.example");
    let answer = office.ask(request, &format!("name=sato&password={PASSWORD}"));
    let cookie = answer.head.headers()[SET_COOKIE].to_str().expect("words");
    assert!(cookie.starts_with("__Host-meguri="), "{cookie}");
    assert!(
        cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/; Secure"),
        "{cookie}"
    );
    let request = axum::http::Request::get("/").header("host", "10.0.0.5:8081");
    let pair = cookie.split(';').next().expect("a pair");
    assert_eq!(
        office.ask(request.header("cookie", pair), "").status(),
        StatusCode::OK
    );
    office.close();
}

#[test]
fn what_is_wrong_is_told_at_the_top_and_never_which_of_the_two() {
    let office = Office::new("wrong");
    office.person("sato", reader());
    let mut browser = office.browser();
    let bodies = [
        "name=sato&password=nonsense",
        "name=nobody&password=nonsense",
    ]
    .map(|form| {
        let answer = browser.post("/sign-in", form);
        assert_eq!(answer.status(), WRONG, "{form}");
        assert!(
            answer.body.contains("<title>エラー：サインイン"),
            "{}",
            answer.body
        );
        assert!(
            answer
                .body
                .contains("role=\"alert\" tabindex=\"-1\" autofocus")
        );
        assert!(
            !answer.body.contains("nonsense"),
            "a password is not sent back"
        );
        assert_eq!(answer.head.headers()["cache-control"], "no-store");
        answer.body.replace("nobody", "sato")
    });
    assert_eq!(bodies[0], bodies[1], "an unknown name looks the same");
    let missing = browser.post("/sign-in", "name=&password=").body;
    for words in [
        "利用者名を入力してください。",
        "パスワードを入力してください。",
    ] {
        assert_eq!(missing.matches(words).count(), 2, "{words}: in both places");
    }
    assert!(missing.contains("<a href=\"#name\">") && missing.contains("aria-invalid=\"true\""));
    assert!(missing.contains("aria-describedby=\"name-error\"") && missing.contains("※必須"));
    for odd in [
        "name=%00&password=%00",
        "name=%22%3E%3Cscript%3E&password=x",
    ] {
        let answer = browser.post("/sign-in", odd);
        assert_eq!(answer.status(), WRONG, "{odd}");
        assert!(!answer.body.contains("<script"), "{odd}");
    }
    let large = format!("name=sato&password={}", "x".repeat(70_000));
    assert_eq!(
        browser.post("/sign-in", &large).status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let long = format!("name=sato&password={}", "x".repeat(50_000));
    assert_eq!(browser.post("/sign-in", &long).status(), WRONG);
    office.close();
}

#[test]
fn guessing_is_slowed_down_and_the_audit_says_so() {
    let office = Office::new("guessing");
    office.person("sato", reader());
    let mut browser = office.browser();
    let statuses: Vec<StatusCode> = (0..12)
        .map(|_| {
            browser
                .post("/sign-in", "name=sato&password=nonsense")
                .status()
        })
        .collect();
    assert_eq!(statuses[4], WRONG);
    assert_eq!(statuses[5], StatusCode::TOO_MANY_REQUESTS);
    let answer = browser.sign_in("sato");
    assert_eq!(
        answer.status(),
        StatusCode::TOO_MANY_REQUESTS,
        "the right one waits too"
    );
    let wait = answer.head.headers()[RETRY_AFTER]
        .to_str()
        .expect("a number");
    assert_eq!(wait, "1");
    assert!(answer.body.contains("1秒待ってから"), "{}", answer.body);
    office.later(1);
    assert_eq!(
        browser.sign_in("sato").status(),
        SEE_OTHER,
        "and then goes in"
    );
    let slowed = office
        .actions()
        .iter()
        .filter(|a| *a == "session.slow")
        .count();
    assert_eq!(slowed, 2, "the last one is counted before it is compared");
    office.close();
}
