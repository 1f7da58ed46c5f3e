//! Findings are accepted with a reason, and stay so as long as the paper says the same.

use crate::documents::save;
use crate::engines::{Home, by};
use crate::invented::{self, Size, year};
use meguri_store::FindingKey;

on_both_engines![an_acceptance_holds_as_long_as_the_paper_says_the_same];

async fn an_acceptance_holds_as_long_as_the_paper_says_the_same(home: Home) {
    let (_, city) = home.city().await;
    let document = invented::document(year(2024), Size::SMALL, 1);
    let saved = save(&city, &document).await;
    let mut findings = invented::findings(&document);
    let kept = city
        .sheet(saved.sheets[0])
        .await
        .expect("it is read")
        .expect("it is there");
    let [found] = kept.findings.as_slice() else {
        panic!("one finding, not {:?}", kept.findings);
    };
    assert_eq!(
        (found.code.as_str(), &found.place),
        ("V001", &findings[0].place)
    );
    assert_eq!((&found.steps, found.is_open()), (&findings[0].steps, true));
    let key = found.key.clone();

    let by = by("2026-06-01");
    assert!(
        city.accept_finding(&key, true, "　", &by).await.is_err(),
        "a reason is wanted"
    );
    let unknown = FindingKey {
        fingerprint: "00".to_owned(),
        ..key.clone()
    };
    assert!(
        !city
            .accept_finding(&unknown, true, "端数処理", &by)
            .await
            .expect("asked")
    );
    assert!(
        city.accept_finding(&key, true, "端数処理による", &by)
            .await
            .expect("accepted")
    );

    // The same findings with one more: a new run, and the acceptance holds.
    let mut third = findings[1].clone();
    third.code = "V010";
    findings.push(third);
    city.save_findings(saved.document, &findings, &by)
        .await
        .expect("saved");
    let kept = city.findings(saved.document).await.expect("findings");
    assert_eq!(kept.len(), 3);
    let open: Vec<bool> = kept.iter().map(|finding| finding.is_open()).collect();
    assert_eq!(open, [false, true, true]);

    // Another printed figure is another finding.
    findings[0].printed = Some("75.2%".to_owned());
    city.save_findings(saved.document, &findings, &by)
        .await
        .expect("saved");
    let kept = city.findings(saved.document).await.expect("findings");
    assert!(kept.iter().all(meguri_store::KeptFinding::is_open));

    findings[0].printed = Some("75.3%".to_owned());
    city.save_findings(saved.document, &findings, &by)
        .await
        .expect("saved");
    assert!(
        city.accept_finding(&key, false, "再確認のため", &by)
            .await
            .expect("withdrawn")
    );
    let kept = city.findings(saved.document).await.expect("findings");
    let acceptance = kept[0].acceptance.as_ref().expect("the last word");
    assert_eq!(
        (acceptance.accepted, acceptance.reason.as_str()),
        (false, "再確認のため")
    );
    let audit = city.audit(0, 100).await.expect("the audit");
    let line = audit.last().expect("a line");
    assert_eq!(line.before.as_deref(), Some("accepted: 端数処理による"));
}
