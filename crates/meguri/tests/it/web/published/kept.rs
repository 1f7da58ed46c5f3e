//! Finished answers that are kept behind the public door: the same as fresh ones, and gone with
//! their picture.

use super::{City, context};
use crate::web::Pages;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use meguri_app::actions::withdraw::withdraw;
use meguri_app::read::pictures::Pictures;
use meguri_web::refresh::Refresher;
use meguri_web::router::router;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// An answer without what differs each time.
type Answer = (StatusCode, HeaderMap, Vec<u8>);

fn asked(pages: &Pages, method: &Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (response, body) = pages.ask(request.body(Body::empty()).expect("a request"));
    let mut headers = response.headers().clone();
    assert!(
        headers.remove("x-request-id").is_some(),
        "{path}: every answer has a number"
    );
    (response.status(), headers, body)
}

/// The hits and misses of the public door until now.
fn looks(city: &City) -> (u64, u64) {
    city.refresher.public.site().metrics.looks()
}

#[test]
fn a_kept_answer_is_the_same_as_a_fresh_one() {
    let mut city = City::new("kept-same");
    city.publish("");
    let fresh = city
        .runtime
        .block_on(Refresher::open(Pictures::new(city.city.clone()), false));
    let fresh = Pages::with(router(fresh.expect("the doors open").public));
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    let style = meguri_web::assets::style_path();
    for path in [
        "/",
        &sheet,
        &format!("{sheet}.json"),
        &format!("{sheet}.csv"),
        style,
        "/rules?a=1",
    ] {
        for coding in ["identity", "gzip"] {
            let accept = ("accept-encoding", coding);
            let wanted = asked(&fresh, &Method::GET, path, &[accept]);
            assert_eq!(wanted.0, StatusCode::OK, "{path}");
            let packed = wanted.1.get("content-encoding").is_some();
            assert_eq!(packed, coding == "gzip", "{path}");
            assert_eq!(wanted.1["vary"], "accept-encoding", "{path}");
            let before = looks(&city);
            assert_eq!(
                asked(&city.public, &Method::GET, path, &[accept]),
                wanted,
                "{path} missed"
            );
            assert_eq!(
                asked(&city.public, &Method::GET, path, &[accept]),
                wanted,
                "{path} kept"
            );
            let tag = wanted.1["etag"].to_str().expect("a tag").to_owned();
            let known = [accept, ("if-none-match", tag.as_str())];
            let same = asked(&city.public, &Method::GET, path, &known);
            assert_eq!(
                (same.0, same.2.len()),
                (StatusCode::NOT_MODIFIED, 0),
                "{path}"
            );
            assert_eq!(same, asked(&fresh, &Method::GET, path, &known), "{path}");
            let other = [accept, ("if-none-match", "W/\"0\"")];
            assert_eq!(
                asked(&city.public, &Method::GET, path, &other),
                wanted,
                "{path}"
            );
            let head = asked(&city.public, &Method::HEAD, path, &[accept]);
            assert_eq!(
                head,
                asked(&fresh, &Method::HEAD, path, &[accept]),
                "{path}"
            );
            assert_eq!((head.1, head.2.len()), (wanted.1, 0), "{path}");
            let after = looks(&city);
            assert_eq!(
                (after.0 - before.0, after.1 - before.1),
                (4, 1),
                "{path} {coding}"
            );
        }
    }
}

#[test]
fn what_a_page_does_not_know_of_a_query_makes_no_answer_of_its_own() {
    let mut city = City::new("kept-names");
    city.publish("");
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    let bytes = |city: &City| city.refresher.public.site().answers.bytes();
    for path in [
        "/about",
        "/",
        "/plans/evaluation",
        &sheet,
        "/rules",
        "/feed.atom",
    ] {
        let (_, plain) = city.public.get(path);
        let before = (looks(&city), bytes(&city));
        for number in 0..20 {
            let odd = format!("{path}?x={number}&utm_source=a{number}");
            assert_eq!(city.public.get(&odd).1, plain, "{odd}");
        }
        let after = looks(&city);
        assert_eq!(
            (after.0 - before.0.0, after.1 - before.0.1),
            (20, 0),
            "{path}"
        );
        assert_eq!(bytes(&city), before.1, "{path}");
    }
    // What it knows is still heard.
    let lines = format!("/documents/{}/lines", city.saved[0].document);
    let (_, first) = city.public.get(&format!("{lines}?x=1&from=1"));
    let (_, other) = city.public.get(&format!("{lines}?x=1&from=21"));
    assert_ne!(first, other);
}

#[test]
fn what_is_kept_goes_with_its_picture() {
    let mut city = City::new("kept-gone");
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    assert_eq!(city.public.get(&sheet).0.status(), StatusCode::NOT_FOUND);
    city.publish("");
    let first = city.public.get(&sheet).1;
    assert_eq!(city.public.get(&sheet).1, first);
    let (hits, _) = looks(&city);
    assert!(hits > 0, "it was kept");
    city.edit();
    city.look();
    assert_eq!(
        city.public.get(&sheet).1,
        first,
        "what is not published is not shown"
    );
    city.publish("実績の誤りを訂正");
    for _ in 0..2 {
        assert!(city.public.get(&sheet).1.contains("987654"));
    }
    let context = context();
    let all = withdraw(
        &city.city,
        "evaluation.txt",
        None,
        "準備が整っていないため",
        &context,
    );
    city.runtime.block_on(all).expect("withdrawn");
    city.look();
    for path in [
        sheet.clone(),
        format!("{sheet}.json"),
        format!("{sheet}/v1"),
    ] {
        assert_eq!(
            city.public.get(&path).0.status(),
            StatusCode::GONE,
            "{path}"
        );
    }
}

#[test]
fn queries_are_told_apart_and_faults_are_not_kept() {
    let mut city = City::new("kept-queries");
    city.publish("");
    let lines = format!("/documents/{}/lines", city.saved[0].document);
    let bodies: Vec<String> = ["?from=1&to=20", "?to=20&from=1", "?from=21&to=40", ""]
        .map(|query| city.public.get(&format!("{lines}{query}")).1)
        .to_vec();
    assert_eq!(bodies[0], bodies[1], "the order of a query means nothing");
    assert_ne!(bodies[0], bodies[2]);
    for (query, body) in ["?from=1&to=20", "?to=20&from=1", "?from=21&to=40", ""]
        .iter()
        .zip(bodies)
    {
        assert_eq!(
            city.public.get(&format!("{lines}{query}")).1,
            body,
            "{query}"
        );
    }
    let (hits, misses) = looks(&city);
    // The page of the lines knows no end, so that the first two are one.
    assert_eq!((hits, misses), (5, 3));
    let kept = city.refresher.public.site().answers;
    let bytes = kept.bytes();
    let long = format!("/search?q={}", "x".repeat(2_000));
    for path in [
        long.as_str(),
        "/nothing",
        "/sheets/0",
        "/documents/1/lines?from=x",
    ] {
        city.public.get(path);
        assert!(kept.get(path, false).is_none(), "{path}");
    }
    assert_eq!(kept.bytes(), bytes);
}

#[test]
fn the_house_keeps_no_answers() {
    let mut city = City::new("kept-house");
    city.publish("");
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    for _ in 0..2 {
        assert_eq!(city.house.get(&sheet).0.status(), StatusCode::OK);
    }
    let site = city.refresher.house.as_ref().expect("a door").site();
    assert!(!site.answers.are_kept());
    assert_eq!(site.metrics.looks(), (0, 0));
}

#[test]
fn who_asks_after_the_exchange_never_sees_what_was_before() {
    let mut city = City::new("kept-races");
    city.publish("");
    city.edit();
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    let (exchanged, enough) = (AtomicBool::new(false), AtomicBool::new(false));
    let (asked_after, old) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let door = city.refresher.public.clone();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let door = door.clone();
            let (sheet, exchanged, enough) = (&sheet, &exchanged, &enough);
            let (asked_after, old) = (&asked_after, &old);
            scope.spawn(move || {
                let pages = Pages::with(router(door));
                while !enough.load(Ordering::SeqCst) {
                    let after = exchanged.load(Ordering::SeqCst);
                    let body = pages.get(sheet).1;
                    if after {
                        old.fetch_add(usize::from(!body.contains("987654")), Ordering::SeqCst);
                        asked_after.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
        city.publish("実績の誤りを訂正");
        exchanged.store(true, Ordering::SeqCst);
        while asked_after.load(Ordering::SeqCst) < 200 {
            std::thread::yield_now();
        }
        enough.store(true, Ordering::SeqCst);
    });
    assert_eq!(old.into_inner(), 0, "old answers after the exchange");
    let (hits, _) = looks(&city);
    assert!(hits > 100, "only {hits} answers were kept ones");
}
