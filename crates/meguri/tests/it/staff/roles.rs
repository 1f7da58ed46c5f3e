//! Every route of the house in every role, by people who signed in.

use super::Office;
use crate::web::cases;
use axum::http::StatusCode;
use meguri_core::access::{Grant, Reach, Role, allows};
use meguri_web::router::{Route, routes};

/// A role of somebody who has all that it can be about.
pub(crate) fn full(role: Role) -> Grant {
    Grant::new(role)
        .in_section("環境課")
        .in_department("市民部")
        .assigned_as("panel")
}

/// The form of a route that is done, and how it ends where it may be done. The match has no rest for
/// routes that are done: one without a case fails.
fn form(route: &Route) -> (&'static str, StatusCode) {
    match route.path.as_str() {
        "/sign-in" => (
            "name=nobody&password=nonsense",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        "/account/end-sessions" | "/sign-out" => ("", StatusCode::SEE_OTHER),
        "/account/password" => ("new-password=x", StatusCode::UNPROCESSABLE_ENTITY),
        "/section-list" => ("text=x", StatusCode::CONFLICT),
        "/cycles" => ("from=0&year=2030", StatusCode::UNPROCESSABLE_ENTITY),
        // No cycle is open: who may ask hears that there is none.
        path if path.starts_with("/cycles/{cycle}/") => ("", StatusCode::NOT_FOUND),
        "/account/code" | "/account/code/remove" | "/account/deputies" => {
            ("", StatusCode::UNPROCESSABLE_ENTITY)
        }
        "/account/deputies/withdraw" => ("", StatusCode::SEE_OTHER),
        // Of a demo alone.
        "/sign-in/as" => ("name=demo-admin", StatusCode::NOT_FOUND),
        // Nobody is asked for a code here.
        "/sign-in/code" => ("code=123456", StatusCode::UNAUTHORIZED),
        "/new-account" => ("", StatusCode::UNPROCESSABLE_ENTITY),
        "/accounts/{name}" | "/accounts/{name}/state" | "/accounts/{name}/reset" => {
            ("", StatusCode::NOT_FOUND)
        }
        other => panic!("{other} has no case"),
    }
}

/// Pages of the staff alone, which the cases of all pages do not have.
pub(crate) fn own_pages(path: &str) -> Option<StatusCode> {
    Some(match path {
        // Whoever is in is led on.
        "/sign-in" => StatusCode::SEE_OTHER,
        "/account" | "/account/password" | "/account/code" | "/account/deputies" | "/accounts"
        | "/new-account" | "/work" | "/cycles" | "/audit" | "/section-list" => StatusCode::OK,
        "/sign-in/code" => StatusCode::UNAUTHORIZED,
        "/accounts/{name}" => StatusCode::NOT_FOUND,
        path if path.starts_with("/cycles/{cycle}") => StatusCode::NOT_FOUND,
        _ => return None,
    })
}

/// The address of a route about the first of each thing.
fn of_first(path: &str) -> String {
    path.replace("{cycle}", "1").replace("{sheet}", "1")
}

#[test]
fn every_route_is_open_to_who_signed_in_as_the_table_says() {
    let office = Office::new("roles");
    let (mut open, mut closed) = (0, 0);
    for role in Role::ALL.into_iter().filter(|role| role.is_granted()) {
        let name = format!("x-{}", role.key().replace('_', "-"));
        let token = office.person(&name, vec![full(role)]);
        for route in routes() {
            let reach = allows(role, route.permission);
            let allowed = reach == Reach::All || (route.of_object && reach != Reach::None);
            let mut browser = office.browser_with(&token);
            let path = of_first(&route.path).replace("{name}", "nobody");
            let (answer, wanted) = if route.method == "POST" {
                let (form, wanted) = form(&route);
                if route.path == "/sign-out" {
                    continue;
                }
                (browser.post(&path, form), wanted)
            } else if let Some(wanted) = own_pages(&route.path) {
                (browser.get(&path), wanted)
            } else {
                // The papers of this office are not those of the cases: what is not there is told as
                // such to who may ask, and to nobody else.
                for path in cases(&route.path).into_iter().take(1) {
                    let status = browser.get(&path).status();
                    // From the start, who reads nothing is led to what they do.
                    let is_led = path == "/" && status == StatusCode::SEE_OTHER;
                    let refused = status == StatusCode::FORBIDDEN || is_led;
                    assert_eq!(refused, !allowed, "{role:?} {path} {status}");
                    if refused { closed += 1 } else { open += 1 }
                }
                continue;
            };
            let wanted = if allowed {
                wanted
            } else {
                StatusCode::FORBIDDEN
            };
            assert_eq!(answer.status(), wanted, "{role:?} {}", route.path);
            if allowed { open += 1 } else { closed += 1 }
        }
        office.later(3_600);
    }
    assert!(open > 200 && closed > 30, "{open} {closed}");
    office.close();
}

#[test]
fn nobody_sees_anything_but_how_to_sign_in() {
    let office = Office::new("nobody");
    office.add("sato", vec![Grant::new(Role::Reader)]);
    let mut browser = office.browser();
    let mut led = 0;
    for route in routes().into_iter().filter(|route| route.method == "GET") {
        for path in cases(&route.path).into_iter().take(1) {
            let answer = browser.get(&path);
            let of_anyone = allows(Role::Anyone, route.permission) == Reach::All;
            let is_data = path.ends_with(".json") || path.ends_with(".csv");
            match answer.status() {
                StatusCode::SEE_OTHER => {
                    assert!(answer.leads_to().starts_with("/sign-in"), "{path}");
                    assert!(!of_anyone && !is_data, "{path}");
                    led += 1;
                }
                StatusCode::FORBIDDEN => assert!(is_data && !of_anyone, "{path}"),
                status => assert!(of_anyone, "{path} {status}"),
            }
            assert!(!answer.body.contains("施策評価"), "{path}");
        }
    }
    assert!(led > 20, "{led}");
    for path in ["/account", "/account/password"] {
        assert!(
            browser
                .get(path)
                .leads_to()
                .starts_with("/sign-in?to=/account"),
            "{path}"
        );
    }
    let answer = browser.post("/account/password", "new-password=x");
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert!(
        answer.body.contains("サインインが必要です"),
        "{}",
        answer.body
    );
    office.close();
}
