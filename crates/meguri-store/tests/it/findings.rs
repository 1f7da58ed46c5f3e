//! Findings are accepted with a reason, and stay so as long as the paper says the same.

use crate::documents::save;
use crate::engines::{Home, by};
use crate::invented::{self, Size, year};
use meguri_core::verify::Finding;
use meguri_store::{By, Error, FindingKey, KeptFinding, Municipality};

on_both_engines![
    an_acceptance_wants_a_finding_and_a_reason,
    an_acceptance_holds_as_long_as_the_paper_says_the_same,
];

/// A document with two findings, the first of which is accepted.
struct Accepted {
    city: Municipality,
    document: i64,
    findings: Vec<Finding>,
    key: FindingKey,
    by: By,
}

async fn accepted(home: Home) -> Accepted {
    let (_, city) = home.city().await;
    let document = invented::document(year(2024), Size::SMALL, 1);
    let saved = save(&city, &document).await;
    let findings = invented::findings(&document);
    let kept = city
        .sheet(saved.sheets[0])
        .await
        .expect("read")
        .expect("it is there");
    let [found] = kept.findings.as_slice() else {
        panic!("one finding, not {:?}", kept.findings);
    };
    assert_eq!(found.code, "V001");
    assert_eq!(found.place, findings[0].place);
    assert_eq!(found.steps, findings[0].steps);
    assert!(found.is_open());
    let (key, by) = (found.key.clone(), by("2026-06-01"));
    let accepted = city.accept_finding(&key, true, "端数処理による", &by).await;
    assert!(accepted.expect("it is accepted"));
    Accepted {
        city,
        document: saved.document,
        findings,
        key,
        by,
    }
}

impl Accepted {
    /// Keeps the findings as those of another run; which of them are open.
    async fn open_after(&self, findings: &[Finding]) -> Vec<bool> {
        let kept = self
            .city
            .save_findings(self.document, findings, &self.by)
            .await;
        kept.expect("they are kept");
        let kept = self.city.findings(self.document).await.expect("findings");
        kept.iter().map(KeptFinding::is_open).collect()
    }
}

async fn an_acceptance_wants_a_finding_and_a_reason(home: Home) {
    let accepted = accepted(home).await;
    let (city, by) = (&accepted.city, &accepted.by);
    let blank = city.accept_finding(&accepted.key, true, "　", by).await;
    assert!(matches!(blank, Err(Error::Invalid(_))));
    let unknown = FindingKey {
        fingerprint: "00".to_owned(),
        ..accepted.key
    };
    let unknown = city.accept_finding(&unknown, true, "端数処理", by).await;
    assert!(!unknown.expect("asked"));
}

async fn an_acceptance_holds_as_long_as_the_paper_says_the_same(home: Home) {
    let accepted = accepted(home).await;
    let mut findings = accepted.findings.clone();
    let mut third = findings[1].clone();
    third.code = "V010";
    findings.push(third);
    assert_eq!(accepted.open_after(&findings).await, [false, true, true]);
    findings[0].printed = Some("75.2%".to_owned());
    let other = accepted.open_after(&findings).await;
    assert_eq!(
        other,
        [true, true, true],
        "another printed figure is another finding"
    );
    findings[0].printed = Some("75.3%".to_owned());
    assert_eq!(accepted.open_after(&findings).await, [false, true, true]);

    let (city, by) = (&accepted.city, &accepted.by);
    let withdrawn = city
        .accept_finding(&accepted.key, false, "再確認のため", by)
        .await;
    assert!(withdrawn.expect("it is open again"));
    let kept = city.findings(accepted.document).await.expect("findings");
    let acceptance = kept[0].acceptance.as_ref().expect("the last word");
    assert_eq!(
        (acceptance.accepted, acceptance.reason.as_str()),
        (false, "再確認のため")
    );
    let audit = city.audit(0, 100).await.expect("the audit");
    let line = audit.last().expect("a line");
    assert_eq!(line.before.as_deref(), Some("accepted: 端数処理による"));
}
