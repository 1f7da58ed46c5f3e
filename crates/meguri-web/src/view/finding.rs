//! A finding with its links, and the numbers of findings in words.

use crate::page::{shows_sources, view};
use meguri_app::read::{Entry, FindingCounts, Found, Said, View, urls};
use meguri_core::verify::{RULES, Severity};
use serde::Serialize;

/// A finding as a page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FindingView {
    /// Code of the rule.
    pub code: String,
    /// What the rule finds.
    pub title: &'static str,
    /// Key of the severity.
    pub severity: &'static str,
    /// Its word.
    pub word: &'static str,
    /// A sign beside the word.
    pub sign: &'static str,
    /// The paper.
    pub document: String,
    /// Sheet, row and field.
    pub place: String,
    /// Where it is shown; empty where it points nowhere.
    pub href: String,
    /// Line of the source; 0 where it is about something absent.
    pub line: u32,
    /// The line in the source; empty where there is none.
    pub line_href: String,
    /// What the paper prints.
    pub printed: Option<String>,
    /// What was computed, or what another place prints.
    pub computed: Option<String>,
    /// How.
    pub steps: Vec<String>,
    /// What is the matter.
    pub message: String,
    /// What to do; empty where the city says something about it.
    pub hint: String,
    /// What the city says about it; empty where it does not.
    pub explanation: String,
    /// Why somebody of the house accepted it; empty where nobody did.
    pub accepted: String,
    /// Is it shown without its line?
    #[serde(skip)]
    pub quiet: bool,
}

impl FindingView {
    /// A finding with its links.
    #[must_use]
    pub fn new(entry: &Entry, finding: &Found) -> Self {
        let place = &finding.place;
        let (explanation, accepted) = match &finding.said {
            Some(Said::Explained(text)) => (text.clone(), String::new()),
            Some(Said::Accepted(text)) => (String::new(), text.clone()),
            None => Default::default(),
        };
        let parts = [&place.sheet, &place.row, &place.field].map(|part| part.as_deref());
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        let line_href = if place.line > 0 {
            urls::line(entry, place.line)
        } else {
            String::new()
        };
        let rule = RULES.iter().find(|rule| rule.code == finding.code);
        Self {
            code: finding.code.to_owned(),
            title: rule.map_or("", |rule| rule.title),
            severity: finding.severity.key(),
            word: finding.severity.label(),
            sign: sign(finding.severity),
            document: document(entry, &place.document),
            quiet: !shows_sources(),
            place: parts.join(" ＞ "),
            href: urls::finding(entry, finding).unwrap_or_default(),
            line: place.line,
            line_href,
            printed: finding.printed.clone(),
            computed: finding.computed.clone(),
            steps: finding.steps.clone(),
            message: finding.message.clone(),
            // The advice is for the house; the public reads what the city says.
            hint: if explanation.is_empty() {
                finding.hint.clone()
            } else {
                String::new()
            },
            explanation,
            accepted,
        }
    }

    /// Findings made up for samples: one of each severity, and one with long words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let of = |severity: Severity, message: &str| Self {
            code: "V001".to_owned(),
            title: "達成率が目標・実績と合わない",
            severity: severity.key(),
            word: severity.label(),
            sign: sign(severity),
            document: "evaluation.txt".to_owned(),
            place: "テーマ1「見本のまちづくり」 ＞ 見本の指標 ＞ 達成率（令和6年度）".to_owned(),
            href: "/sheets/1".to_owned(),
            line: 12,
            line_href: "/documents/1/lines?from=1#L12".to_owned(),
            printed: Some("90.0%".to_owned()),
            computed: Some("91.0％".to_owned()),
            steps: vec!["91 ÷ 100 ＝ 0.91".to_owned(), "91％ → 91.0％".to_owned()],
            message: message.to_owned(),
            hint: "目標・実績・達成率のどれが正しいかを確認してください。".to_owned(),
            explanation: String::new(),
            accepted: String::new(),
            quiet: false,
        };
        let explained = Self {
            hint: String::new(),
            explanation: "端数処理の違いによるものです。".to_owned(),
            ..of(Severity::Note, "計算と1円合いません。")
        };
        let absent = Self {
            place: String::new(),
            href: String::new(),
            line: 0,
            line_href: String::new(),
            printed: None,
            computed: None,
            steps: Vec::new(),
            ..of(Severity::Note, "表が見当たりません。")
        };
        vec![
            of(
                Severity::Error,
                "計算すると91.0％ですが、90.0%と印字されています。",
            ),
            of(Severity::Warning, &"とても長い説明が続きます。".repeat(20)),
            absent,
            explained,
        ]
    }
}

/// How the paper of a finding is called: to the public by its plan and year, to the house by its file.
fn document(entry: &Entry, name: &str) -> String {
    if view() == View::Published {
        entry.titled()
    } else {
        name.to_owned()
    }
}

/// The sign of a severity, beside its word.
const fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✕",
        Severity::Warning => "！",
        Severity::Note => "・",
    }
}

/// Numbers of findings in words: `誤り1件、注意2件`; `指摘なし` for none.
#[must_use]
pub fn counts_line(counts: FindingCounts) -> String {
    let each = [
        ("誤り", counts.errors),
        ("注意", counts.warnings),
        ("参考", counts.notes),
    ];
    let each = each.iter().filter(|(_, count)| *count > 0);
    let words: Vec<String> = each
        .map(|(word, count)| format!("{word}{count}件"))
        .collect();
    match (words.is_empty(), view()) {
        (true, View::Published) => "公表している指摘なし".to_owned(),
        (true, _) => "指摘なし".to_owned(),
        (false, _) => words.join("、"),
    }
}
