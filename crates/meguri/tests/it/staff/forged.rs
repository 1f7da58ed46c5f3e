//! What another site makes a browser send: every mixture of headers through the real router.

use super::{HERE, Office, form_of};
use axum::http::{Method, Request, StatusCode};
use meguri_app::staff::Rules;
use meguri_core::access::{Grant, Role};

/// One request: where it goes, what it says of its site, whether it is taken.
struct Case {
    host: &'static str,
    headers: &'static [(&'static str, &'static str)],
    taken: bool,
}

const fn case(
    host: &'static str,
    headers: &'static [(&'static str, &'static str)],
    taken: bool,
) -> Case {
    Case {
        host,
        headers,
        taken,
    }
}

/// Over plain HTTP, as inside a town hall.
const PLAIN: &[Case] = &[
    case(HERE, &[("origin", "http://meguri.example:8081")], true),
    case(
        "MEGURI.example:8081",
        &[("origin", "http://meguri.EXAMPLE:8081")],
        true,
    ),
    case(
        "meguri.example",
        &[("origin", "http://meguri.example")],
        true,
    ),
    case(
        "meguri.example:80",
        &[("origin", "http://meguri.example")],
        true,
    ),
    case(
        "127.0.0.1:8081",
        &[("origin", "http://127.0.0.1:8081")],
        true,
    ),
    case(
        HERE,
        &[
            ("origin", "http://meguri.example:8081"),
            ("sec-fetch-site", "same-origin"),
        ],
        true,
    ),
    case(HERE, &[], false),
    case(HERE, &[("origin", "null")], false),
    case(HERE, &[("origin", "")], false),
    case(HERE, &[("origin", "http://evil.example")], false),
    case(HERE, &[("origin", "http://meguri.example")], false),
    case(HERE, &[("origin", "http://meguri.example:8080")], false),
    case(HERE, &[("origin", "https://meguri.example:8081")], false),
    case(
        HERE,
        &[("origin", "http://meguri.example:8081.evil.example")],
        false,
    ),
    case(
        HERE,
        &[("origin", "http://evil.example#http://meguri.example:8081")],
        false,
    ),
    case(HERE, &[("origin", "http://meguri.example:8081/")], false),
    case(
        HERE,
        &[
            ("origin", "http://meguri.example:8081"),
            ("origin", "http://evil.example"),
        ],
        false,
    ),
    case(
        HERE,
        &[
            ("origin", "http://meguri.example:8081"),
            ("sec-fetch-site", "cross-site"),
        ],
        false,
    ),
    case(
        HERE,
        &[
            ("origin", "http://meguri.example:8081"),
            ("sec-fetch-site", "same-site"),
        ],
        false,
    ),
    case(
        HERE,
        &[("referer", "http://meguri.example:8081/account")],
        false,
    ),
    case(HERE, &[("sec-fetch-site", "same-origin")], false),
    case(
        HERE,
        &[
            ("origin", "http://evil.example"),
            ("x-forwarded-host", "evil.example"),
        ],
        false,
    ),
];

/// Behind a proxy that speaks TLS.
const PROXY: &[Case] = &[
    case(
        "10.0.0.5:8081",
        &[("origin", "https://meguri.example.lg.jp")],
        true,
    ),
    case(
        "10.0.0.5:8081",
        &[("origin", "https://meguri.example.lg.jp:443")],
        true,
    ),
    case(
        "10.0.0.5:8081",
        &[("origin", "http://meguri.example.lg.jp")],
        false,
    ),
    case(
        "10.0.0.5:8081",
        &[("origin", "http://10.0.0.5:8081")],
        false,
    ),
    case("evil.example", &[("origin", "https://evil.example")], false),
    case("10.0.0.5:8081", &[("origin", "null")], false),
];

fn all(office: &Office, cookie: &str, cases: &[Case]) {
    for Case {
        host,
        headers,
        taken,
    } in cases
    {
        for (path, form) in [
            ("/sign-in", "name=sato&password=nonsense"),
            ("/account/end-sessions", ""),
        ] {
            let mut request = form_of(path).header("host", *host).header("cookie", cookie);
            for (name, value) in *headers {
                request = request.header(*name, *value);
            }
            let answer = office.ask(request, form);
            let is_taken = answer.status() != StatusCode::FORBIDDEN;
            assert_eq!(is_taken, *taken, "{path} {host} {headers:?}");
            if !taken {
                assert!(
                    answer.body.contains("操作は受け付けられません"),
                    "{}",
                    answer.body
                );
            }
            office.later(600);
        }
    }
}

#[test]
fn a_form_of_another_site_is_not_taken_over_plain_http() {
    let office = Office::new("forged-plain");
    let token = office.person("sato", vec![Grant::new(Role::Reader)]);
    let before = office.actions().len();
    // Both names, since the port is in the name of the cookie.
    all(
        &office,
        &format!("meguri-8081={token}; meguri={token}"),
        PLAIN,
    );
    let slowed = office
        .actions()
        .iter()
        .filter(|a| *a == "session.slow")
        .count();
    assert_eq!(office.actions().len(), before + slowed, "nothing was done");
    office.close();
}

#[test]
fn a_form_of_another_site_is_not_taken_behind_a_proxy() {
    let rules = Rules {
        origin: Some("https://meguri.example.lg.jp".to_owned()),
        ..Rules::default()
    };
    let office = Office::ruled("forged-proxy", rules);
    let token = office.person("sato", vec![Grant::new(Role::Reader)]);
    all(&office, &format!("__Host-meguri={token}"), PROXY);
    office.close();
}

#[test]
fn what_changes_something_is_no_get_and_every_other_method_is_looked_at() {
    let office = Office::new("forged-methods");
    let token = office.person("sato", vec![Grant::new(Role::Reader)]);
    let mut browser = office.browser_with(&token);
    assert_eq!(
        browser.get("/sign-out").status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
    assert!(browser.is_in(), "a link signs nobody out");
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        let request = Request::builder().method(&method).uri("/account");
        let request = request.header("host", HERE);
        let answer = office.ask(request.header("origin", "http://evil.example"), "");
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{method}");
    }
    let head = Request::head("/account").header("host", HERE);
    let answer = office.ask(head.header("cookie", format!("meguri-8081={token}")), "");
    assert_eq!(answer.status(), StatusCode::OK);
    // A browser that sends no referrer at all sends no origin either.
    let policy = answer.head.headers()["referrer-policy"]
        .to_str()
        .expect("words");
    assert_eq!(policy, "same-origin");
    office.close();
}
