//! Corrections, withdrawals, and the findings that go with a publication.

use super::super::html::{Checked, check};
use super::super::{Pages, walk};
use super::{City, assert_hidden, context, status};
use axum::http::StatusCode;
use meguri_app::actions::publish::{ChosenFindings, Explained, PublishFault, Wish, publish};
use meguri_app::actions::withdraw::withdraw;
use meguri_store::Published;
#[test]
fn the_same_pages_again_are_no_publication() {
    let mut city = City::new("again");
    city.publish("");
    let wish = Wish {
        documents: vec!["1".to_owned()],
        ..Wish::default()
    };
    let again = city.wish(&Wish {
        documents: vec![city.saved[0].document.to_string()],
        ..wish
    });
    assert!(matches!(again[0], Ok(Published::Same(1))), "{again:?}");
    assert!(!city.look(), "nothing was written");
    city.edit();
    let without_note = city.wish(&Wish {
        documents: vec!["evaluation.txt".into()],
        ..Wish::default()
    });
    assert!(
        without_note[0]
            .as_ref()
            .is_err_and(|fault| fault.to_string().contains("正誤"))
    );
    let by_year = vec!["evaluation@令和6年度".to_owned()];
    let wish = Wish {
        documents: by_year,
        note: "実績の訂正".to_owned(),
        ..Wish::default()
    };
    assert!(matches!(city.wish(&wish)[0], Ok(Published::New(2))));
    let unknown = Wish {
        documents: vec!["施策".to_owned()],
        ..Wish::default()
    };
    let refused = city
        .runtime
        .block_on(publish(&city.city, &unknown, &context()));
    let told = refused.expect_err("no such document").to_string();
    assert!(told.contains("evaluation.txt（evaluation、番号"), "{told}");
}

/// The pages of all projects, indicators and sections that a site lists.
fn things(pages: &Pages) -> Vec<String> {
    let of_kind = |list: &&str| {
        let csv = pages.get(&format!("{list}.csv")).1;
        csv.lines()
            .skip(1)
            .filter_map(|line| line.split(',').next())
            .map(|id| format!("{list}/{id}"))
            .collect::<Vec<_>>()
    };
    ["/projects", "/indicators", "/sections"]
        .iter()
        .flat_map(of_kind)
        .collect()
}

/// What was public is gone with the reason, and what never was is not told of.
fn all_is_gone(city: &City, public: Vec<String>, never: &[String]) {
    let views = "|.json|.csv|/list|/matrix|/money|/branches/i".split('|');
    let mut views: Vec<String> = views.map(|v| format!("/plans/evaluation{v}")).collect();
    // What only the midterm plan names was never public: not even its withdrawal is told.
    let only_there: Vec<&String> = never.iter().filter(|path| !public.contains(path)).collect();
    assert!(!public.is_empty() && !only_there.is_empty());
    for path in only_there {
        assert_eq!(status(&city.public, path), StatusCode::NOT_FOUND, "{path}");
    }
    views.extend(public);
    for path in views {
        let (response, body) = city.public.get(&path);
        assert_eq!(response.status(), StatusCode::GONE, "{path}");
        assert!(
            body.contains("公表の準備が整っていないため"),
            "{path}: {body}"
        );
    }
}

#[test]
fn what_was_withdrawn_says_so() {
    let mut city = City::new("withdrawn");
    city.publish("");
    let (public, never) = (things(&city.public), things(&city.house));
    let id = city.edit();
    city.publish("実績の誤りを訂正");
    let document = city.saved[0].document;
    let name = "evaluation.txt";
    let context = context();
    let one = withdraw(&city.city, name, Some(1), "個人情報を含むため", &context);
    let one = city.runtime.block_on(one).expect("withdrawn");
    assert_eq!((one.numbers, one.left), (vec![1], Some(2)));
    city.look();
    for path in [
        format!("/documents/{document}/v1"),
        format!("/sheets/{id}/v1"),
    ] {
        let (response, body) = city.public.get(&path);
        assert_eq!(response.status(), StatusCode::GONE, "{path}");
        assert!(body.contains("令和8年6月1日に公表を取り下げました。理由：個人情報を含むため"));
        let Checked { links, faults, .. } = check(&body);
        assert!(faults.is_empty(), "{faults:?}");
        let on = |link: &String| !link.contains("/v1") && link.len() > 1;
        assert!(links.iter().any(on), "{links:?}");
    }
    // A sheet that the second publication shows unchanged is still to be seen.
    let other = city.saved[0].sheets[1];
    assert_eq!(
        status(&city.public, &format!("/sheets/{other}/v1")),
        StatusCode::OK
    );
    let path = format!("/sheets/{id}");
    assert_eq!(status(&city.public, &path), StatusCode::OK);
    walk(&city.public);

    let all = withdraw(
        &city.city,
        name,
        None,
        "公表の準備が整っていないため",
        &context,
    );
    assert_eq!(city.runtime.block_on(all).expect("withdrawn").left, None);
    city.look();
    for path in [
        format!("/documents/{document}"),
        format!("/documents/{document}/v2"),
        format!("/documents/{document}/lines"),
        format!("/sheets/{id}"),
        format!("/sheets/{id}/values/node-name"),
        format!("/sheets/{other}.json"),
    ] {
        assert_eq!(status(&city.public, &path), StatusCode::GONE, "{path}");
    }
    all_is_gone(&city, public, &never);
    for path in ["/plans/midterm", "/plans/midterm/list", "/projects/99999"] {
        assert_eq!(status(&city.public, path), StatusCode::NOT_FOUND, "{path}");
    }
    assert_hidden(&city, &["居場所", "987654", "evaluation.txt"]);
    assert_eq!(city.publish("再び公表"), 3);
    assert_eq!(status(&city.public, &path), StatusCode::OK);
    let second = format!("/documents/{document}/v2");
    assert_eq!(status(&city.public, &second), StatusCode::GONE);
}

#[test]
fn findings_are_public_only_when_chosen_and_with_an_explanation() {
    let mut city = City::new("findings");
    city.publish("");
    let findings = city.public.get("/findings").1;
    assert!(findings.contains("該当するものはありません"), "{findings}");
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    let shown = city.public.get(&sheet).1;
    assert!(!shown.contains("id=\"findings\""), "{shown}");
    assert!(!shown.contains("/rules/V"), "{shown}");
    let house = city.house.get("/findings").1;
    assert!(house.contains("V0") && house.contains("対応"));
    let kept = city
        .runtime
        .block_on(city.city.findings(city.saved[0].document));
    let found = kept.expect("findings").remove(0);
    let explained = |line| Explained {
        code: found.code.clone(),
        line,
        explanation: "端数処理の違いによるものです。".to_owned(),
    };
    let wish = |line| Wish {
        documents: vec!["evaluation.txt".to_owned()],
        note: "点検の指摘を公表".to_owned(),
        findings: ChosenFindings::These(vec![explained(line)]),
    };
    let nowhere = city
        .runtime
        .block_on(publish(&city.city, &wish(9_999), &context()));
    assert!(
        matches!(nowhere, Err(PublishFault::NoFinding(_, 9_999))),
        "{nowhere:?}"
    );
    assert!(matches!(
        city.wish(&wish(found.place.line))[0],
        Ok(Published::New(2))
    ));
    city.look();
    let findings = city.public.get("/findings").1;
    assert!(
        findings.contains("端数処理の違いによるものです。"),
        "{findings}"
    );
    assert!(
        !findings.contains(&found.hint),
        "the advice is for the house"
    );
    let csv = city.public.get("/findings.csv").1;
    assert_eq!(csv.lines().count(), 2, "{csv}");
    city.edit();
    assert_eq!(city.publish("実績の訂正"), 3);
    assert_eq!(
        city.public.get("/findings.csv").1,
        csv,
        "chosen findings stay chosen"
    );
}
