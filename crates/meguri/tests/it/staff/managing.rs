//! Accounts of others, deputies, codes and the demo, through the pages.

use super::{Office, PASSWORD};
use crate::actions::accounts::code_of;
use crate::web::html::check;
use axum::http::StatusCode;
use meguri_app::actions::accounts::demo::{add_demo_people, people};
use meguri_app::staff::Rules;
use meguri_core::access::{Grant, Role};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn administrator() -> Vec<Grant> {
    vec![Grant::new(Role::Administrator)]
}

fn head() -> Vec<Grant> {
    vec![Grant::new(Role::SectionHead).in_section("環境課")]
}

/// What stands between two texts.
fn between<'a>(text: &'a str, before: &str, behind: &str) -> &'a str {
    let (_, rest) = text.split_once(before).expect("the beginning");
    rest.split_once(behind).expect("the end").0
}

#[test]
fn an_administrator_registers_changes_and_disables_people() {
    let office = Office::new("administrator");
    let token = office.person("kanri", administrator());
    let mut browser = office.browser_with(&token);
    assert_eq!(
        browser.get("/").leads_to(),
        "/account",
        "there is nothing to read"
    );
    let form = "name=sato&label=佐藤 花子&mail=sato@example.lg.jp&role-0=entry&of-0=環境課&\
                role-1=reader&from-1=2026-04-01&until-1=2027/03/31";
    let added = browser.post("/new-account", form);
    assert_eq!(added.status(), StatusCode::OK, "{}", added.body);
    assert_eq!(check(&added.body).faults, Vec::<String>::new());
    let start = between(&added.body, "最初のパスワード：<strong>", "</strong>");
    let again = browser.post("/new-account", form);
    assert_eq!(again.status(), WRONG, "sent twice, it counts once");
    assert!(
        again.body.contains("すでに使われています"),
        "{}",
        again.body
    );

    let mut sato = office.browser();
    let entered = sato.post("/sign-in", &format!("name=sato&password={start}"));
    assert_eq!(entered.leads_to(), "/account/password");
    let form = format!("new-password={PASSWORD}&new-password-again={PASSWORD}");
    assert_eq!(sato.post("/account/password", &form).leads_to(), "/");
    assert!(sato.is_in());
    assert_eq!(sato.get("/accounts").status(), StatusCode::FORBIDDEN);

    let page = browser.get("/accounts/sato").body;
    assert_eq!(check(&page).faults, Vec::<String>::new());
    assert!(page.contains("value=\"環境課\"") && page.contains("value=\"2027-03-31\""));
    let edition = between(&page, "name=\"edition\" value=\"", "\"");
    let form = format!("edition={edition}&label=佐藤 花子&role-0=planning");
    assert_eq!(
        browser.post("/accounts/sato", &form).leads_to(),
        "/accounts"
    );
    assert!(!sato.is_in(), "other roles end the session");
    let late = browser.post("/accounts/sato", &form);
    assert_eq!(
        late.status(),
        WRONG,
        "somebody else was faster: {}",
        late.body
    );

    sato.sign_in("sato");
    assert!(sato.is_in());
    let disabled = browser.post("/accounts/sato/state", "enabled=0");
    assert_eq!(disabled.leads_to(), "/accounts");
    assert!(!sato.is_in());
    assert!(browser.get("/accounts").body.contains("停止中"));
    browser.post("/accounts/sato/state", "enabled=1");
    let reset = browser.post("/accounts/sato/reset", "");
    let start = between(&reset.body, "最初のパスワード：<strong>", "</strong>");
    assert_eq!(
        sato.sign_in("sato").status(),
        WRONG,
        "the one before is over"
    );
    let entered = sato.post("/sign-in", &format!("name=sato&password={start}"));
    assert_eq!(entered.leads_to(), "/account/password");
    office.close();
}

#[test]
fn what_cannot_be_registered_is_told_and_nothing_is_kept() {
    let office = Office::new("not-registered");
    let token = office.person("kanri", administrator());
    let mut browser = office.browser_with(&token);
    let before = office.actions().len();
    for (form, told) in [
        ("name=山田&label=山田", "利用者名「山田」は使えません"),
        ("name=yamada&label=", "氏名を入力してください"),
        ("name=yamada&label=a%0Ab", "制御文字"),
        ("name=yamada&label=山田&mail=x", "電子メールのアドレス"),
        ("name=yamada&label=山田&role-0=entry", "課の指定が必要"),
        (
            "name=yamada&label=山田&role-0=department_head",
            "部の指定が必要",
        ),
        (
            "name=yamada&label=山田&role-0=operator",
            "利用者に付けられません",
        ),
        (
            "name=yamada&label=山田&role-0=reader&from-0=x",
            "日付を読み取れません",
        ),
        (
            "name=yamada&label=山田&role-0=reader&from-0=2026-04-02&until-0=2026-04-01",
            "始まりより前",
        ),
    ] {
        let answer = browser.post("/new-account", form);
        assert_eq!(answer.status(), WRONG, "{form}");
        assert!(answer.body.contains(told), "{form}: {}", answer.body);
        assert_eq!(check(&answer.body).faults, Vec::<String>::new(), "{form}");
    }
    for (path, form) in [
        ("/accounts/kanri", "edition=1&label=管理&role-0=reader"),
        ("/accounts/kanri/state", "enabled=0"),
    ] {
        let answer = browser.post(path, form);
        assert_eq!(answer.status(), WRONG, "{path}");
        assert!(answer.body.contains("自分自身を停止"), "{}", answer.body);
    }
    assert_eq!(office.actions().len(), before);
    office.close();
}

#[test]
fn a_deputy_is_named_and_withdrawn_without_an_administrator() {
    let office = Office::new("deputies");
    let sato = office.person("sato", head());
    let takeda = office.person("takeda", Vec::new());
    let (mut sato, mut takeda) = (office.browser_with(&sato), office.browser_with(&takeda));
    let page = sato.get("/account/deputies").body;
    assert_eq!(check(&page).faults, Vec::<String>::new());
    assert!(page.contains("takedaさん（takeda）") && !page.contains("satoさん（sato）"));
    assert_eq!(
        takeda.get("/plans/evaluation").status(),
        StatusCode::FORBIDDEN
    );
    for (form, told) in [
        ("role=0&deputy=", "代理になる人を選んで"),
        ("role=0&deputy=nobody", "登録されていません"),
        ("role=7&deputy=takeda", "もう一度選んで"),
        ("role=0&deputy=takeda&from=x", "もう一度選んで"),
        (
            "role=0&deputy=takeda&until=2026-05-31",
            "すでに終わっています",
        ),
        ("role=0&deputy=sato", "本人を代理にする"),
    ] {
        let answer = sato.post("/account/deputies", form);
        assert_eq!(answer.status(), WRONG, "{form}");
        assert!(answer.body.contains(told), "{form}: {}", answer.body);
    }
    // Also for the last day alone, and sent twice.
    let form = "role=0&deputy=takeda&from=2026-06-01&until=2026-06-01";
    for _ in 0..2 {
        assert_eq!(
            sato.post("/account/deputies", form).leads_to(),
            "/account/deputies"
        );
    }
    assert_eq!(
        takeda.get("/plans/evaluation").status(),
        StatusCode::OK,
        "at once"
    );
    assert!(takeda.get("/account").body.contains("の代理"));
    let page = sato.get("/account/deputies").body;
    assert_eq!(page.matches("取り消す<span").count(), 1, "named once");
    let withdrawn = sato.post("/account/deputies/withdraw", "account=takeda&number=0");
    assert_eq!(withdrawn.leads_to(), "/account/deputies");
    assert_eq!(
        takeda.get("/plans/evaluation").status(),
        StatusCode::FORBIDDEN,
        "at once"
    );
    let again = sato.post("/account/deputies/withdraw", "account=takeda&number=0");
    assert_eq!(
        again.leads_to(),
        "/account/deputies",
        "nothing is left to withdraw"
    );
    office.close();
}

#[test]
fn a_code_is_asked_for_and_taken_once() {
    let office = Office::new("codes");
    let token = office.person("kanri", administrator());
    let mut browser = office.browser_with(&token);
    assert!(
        browser
            .get("/account")
            .body
            .contains("認証アプリを設定してください")
    );
    let page = browser.get("/account/code").body;
    assert_eq!(check(&page).faults, Vec::<String>::new());
    let key = between(&page, "name=\"key\" value=\"", "\"").to_owned();
    assert!(page.contains(&format!("otpauth://totp/Meguri:kanri?secret={key}")));
    let code = || code_of(&key, office.staff.now().seconds);
    let wrong = browser.post("/account/code", &format!("key={key}&code=000000"));
    assert_eq!(wrong.status(), WRONG);
    let set = browser.post("/account/code", &format!("key={key}&code={}", code()));
    assert_eq!(set.leads_to(), "/account/code");
    assert!(
        !browser
            .get("/account")
            .body
            .contains("認証アプリを設定してください")
    );

    office.later(300);
    let mut other = office.browser();
    assert_eq!(other.sign_in("kanri").leads_to(), "/sign-in/code");
    assert_eq!(
        other.get("/accounts").leads_to(),
        "/sign-in/code",
        "not in yet"
    );
    let half = other.cookie.clone();
    let refused = other.post("/account/password", "new-password=x");
    assert_eq!(
        refused.status(),
        StatusCode::UNAUTHORIZED,
        "no way around it"
    );
    assert_eq!(other.post("/sign-in/code", "code=12345").status(), WRONG);
    let used = code();
    let entered = other.post("/sign-in/code", &format!("code={used}"));
    assert_eq!(entered.leads_to(), "/");
    assert!(other.is_in() && other.cookie != half, "with another id");
    let mut third = office.browser();
    third.sign_in("kanri");
    let again = third.post("/sign-in/code", &format!("code={used}"));
    assert_eq!(again.status(), WRONG, "a code is taken once");
    let statuses: Vec<StatusCode> = (0..8)
        .map(|_| third.post("/sign-in/code", "code=000001").status())
        .collect();
    assert!(
        statuses.contains(&StatusCode::TOO_MANY_REQUESTS),
        "{statuses:?}"
    );

    office.later(600);
    let wrong = other.post("/account/code/remove", "password=nonsense");
    assert_eq!(wrong.status(), WRONG);
    let removed = other.post("/account/code/remove", &format!("password={PASSWORD}"));
    assert_eq!(removed.leads_to(), "/account/code");
    assert_eq!(office.browser().sign_in("kanri").leads_to(), "/");
    office.close();
}

#[test]
fn a_demo_lets_everybody_be_anybody_and_nothing_else_does() {
    let rules = Rules {
        is_demo: true,
        ..Rules::default()
    };
    let office = Office::ruled("demo", rules);
    let operator = office.operator();
    let sections = ["環境課".to_owned()];
    let added = add_demo_people(&office.city, &sections, &operator);
    let added = office.runtime.block_on(added).expect("registered");
    assert_eq!(
        added.len(),
        Role::ALL.len() - 2,
        "one for each role that is granted"
    );
    let page = office.browser().get("/sign-in").body;
    assert_eq!(check(&page).faults, Vec::<String>::new());
    for person in people() {
        assert!(page.contains(&format!("value=\"{}\"", person.name)));
        let mut browser = office.browser();
        let answer = browser.post("/sign-in/as", &format!("name={}", person.name));
        assert_eq!(answer.leads_to(), "/");
        assert!(browser.get("/account").body.contains(person.role.label()));
    }
    office.person("real", administrator());
    let answer = office.browser().post("/sign-in/as", "name=real");
    assert_eq!(answer.status(), StatusCode::NOT_FOUND, "nobody of the demo");
    office.close();

    let office = Office::new("no-demo");
    let operator = office.operator();
    let sections = ["環境課".to_owned()];
    let added = add_demo_people(&office.city, &sections, &operator);
    office.runtime.block_on(added).expect("registered");
    let mut browser = office.browser();
    assert!(!browser.get("/sign-in").body.contains("/sign-in/as"));
    let answer = browser.post("/sign-in/as", "name=demo-admin");
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert!(!browser.is_in());
    office.close();
}
