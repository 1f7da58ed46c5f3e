//! ResponseCache that are made before anybody asks: the same as those that somebody asked for, uncounted,
//! and gone with their picture, whenever that is exchanged.

use super::{City, context};
use crate::web::Pages;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use flate2::read::GzDecoder;
use meguri_app::actions::withdraw::withdraw;
use meguri_app::read::pictures::Pictures;
use meguri_web::Site;
use meguri_web::refresh::Refresher;
use meguri_web::router::router;
use meguri_web::warm::CacheWarmer;
use std::io::Read;
use std::sync::atomic::Ordering;

/// An answer as a browser gets it, unpacked.
fn packed(pages: &Pages, path: &str) -> (StatusCode, String) {
    let request = Request::get(path)
        .header("accept-encoding", "gzip")
        .body(Body::empty());
    let (response, body) = pages.ask(request.expect("a request"));
    let mut text = String::new();
    if response.headers().contains_key("content-encoding") {
        GzDecoder::new(body.as_slice())
            .read_to_string(&mut text)
            .expect("packed text");
    } else {
        text = String::from_utf8(body).expect("text");
    }
    (response.status(), text)
}

/// All addresses that the site tells of.
fn addresses(pages: &Pages) -> Vec<String> {
    let sitemap = pages.get("/sitemap.xml").1;
    let places = sitemap
        .split("<loc>")
        .skip(1)
        .filter_map(|part| part.split('<').next());
    places.map(str::to_owned).collect()
}

/// How many addresses there are, how many were seen to, and how many pages were made.
fn progress(site: &Site) -> (u64, u64, u64) {
    let filling = &site.metrics.filling;
    [&filling.all, &filling.done, &filling.made]
        .map(|count| count.load(Ordering::Relaxed))
        .into()
}

fn filled(city: &City) -> Site {
    let site = city.refresher.public.site();
    city.runtime
        .block_on(CacheWarmer::new(city.refresher.public.clone()).fill(&site));
    site
}

#[test]
fn whoever_asks_first_finds_the_answer() {
    let mut city = City::new("filled-first");
    city.publish("");
    let site = filled(&city);
    let (all, done, made) = progress(&site);
    assert!(made > 20 && (all, made) == (done, done), "{made} of {all}");
    assert_eq!(site.metrics.text("public"), "", "nobody asked for anything");
    let fresh = city
        .runtime
        .block_on(Refresher::open(Pictures::new(city.city.clone()), false));
    let fresh = Pages::with(router(fresh.expect("the doors open").public));
    let addresses = addresses(&fresh);
    assert_eq!(addresses.len() as u64, all, "all that the site tells of");
    for path in &addresses {
        let (status, body) = packed(&city.public, path);
        assert_eq!(
            (status, &body),
            (StatusCode::OK, &packed(&fresh, path).1),
            "{path}"
        );
    }
    assert_eq!(site.metrics.looks(), (all, 0));
    city.runtime
        .block_on(CacheWarmer::new(city.refresher.public.clone()).fill(&site));
    assert_eq!(progress(&site).2, made, "what is there is not made again");
}

#[test]
fn the_limit_is_not_used_up() {
    let mut city = City::new("filled-limit");
    city.publish("");
    let limit = 100_000;
    let door = city.refresher.public.clone().keeping(limit);
    let site = filled(&city);
    let (all, done, _) = progress(&site);
    assert!(0 < done && done < all, "{done} of {all}");
    assert!(site.answers.bytes() <= limit, "{}", site.answers.bytes());
    assert!(
        site.answers.has("/", true),
        "what is asked for most comes first"
    );
    let none = door.keeping(0).site();
    city.runtime
        .block_on(CacheWarmer::new(city.refresher.public.clone()).fill(&none));
    assert!(!none.answers.has("/", true));
}

#[test]
fn nothing_of_an_older_picture_is_found_under_a_new_one() {
    let mut city = City::new("filled-races");
    city.publish("");
    let working = city
        .runtime
        .spawn(CacheWarmer::new(city.refresher.public.clone()).work());
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    let seen_to = |city: &City, least: u64| {
        while progress(&city.refresher.public.site()).1 < least {
            std::thread::yield_now();
        }
    };
    let mut old = Vec::new();
    for round in 0..6_u64 {
        // Exchanged at the beginning, in the middle and at the end of a filling.
        seen_to(&city, round * 7);
        let printed = format!("98765{round}");
        city.edit_to(&printed);
        city.publish("実績の誤りを訂正");
        let (status, body) = packed(&city.public, &sheet);
        assert!(
            status == StatusCode::OK && body.contains(&printed),
            "round {round}"
        );
        assert!(
            old.iter().all(|old: &String| !body.contains(old)),
            "round {round}"
        );
        old.push(printed);
    }
    let before = addresses(&city.public);
    seen_to(&city, 3);
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
    let gone = |city: &City| {
        let documents = before.iter().filter(|path| {
            ["/sheets/", "/documents/", "/plans/", "/projects/"]
                .iter()
                .any(|p| path.starts_with(p))
        });
        let mut checked = 0;
        for path in documents {
            let (status, _) = packed(&city.public, path);
            assert!(
                [StatusCode::GONE, StatusCode::NOT_FOUND].contains(&status),
                "{path}: {status}"
            );
            checked += 1;
        }
        checked
    };
    assert!(gone(&city) > 20);
    let site = city.refresher.public.site();
    while !site.answers.has("/rules", true) {
        std::thread::yield_now();
    }
    assert!(gone(&city) > 20, "nor once the new picture is filled");
    assert!(!packed(&city.public, "/").1.contains("987655"));
    working.abort();
}
