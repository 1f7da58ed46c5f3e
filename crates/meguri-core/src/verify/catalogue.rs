//! The table of all rules; its order is the order of the manual.

use crate::evaluation::Document;
use crate::verify::finding::Finding;

/// What the rules look at: the documents of one run, with what the caller knows.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The documents, in the order given.
    pub documents: &'a [Document],
}

/// One rule.
pub struct Rule {
    /// Its stable code: `V012`. Codes are never given twice.
    pub code: &'static str,
    /// What it finds, in Japanese, for the head of its page.
    pub title: &'static str,
    /// 何を見るか.
    pub looks_at: &'static str,
    /// なぜ.
    pub why: &'static str,
    /// 例: an example in words.
    pub example: &'static str,
    /// 直し方.
    pub remedy: &'static str,
    /// 根拠: law, document, convention.
    pub basis: &'static str,
    /// Adds a finding for each place where the rule does not hold.
    pub check: fn(&Subject<'_>, &mut Vec<Finding>),
}

/// All rules.
pub static RULES: &[Rule] = &[];

/// Runs all rules; the findings in the order of documents and lines.
#[must_use]
pub fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        (rule.check)(subject, &mut findings);
    }
    let order = |name: &str| subject.documents.iter().position(|d| d.name == name);
    findings.sort_by_cached_key(|f| (order(&f.place.document), f.place.line, f.code));
    findings
}
