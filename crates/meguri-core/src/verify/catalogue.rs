//! The table of all rules; its order is the order of the manual.

use crate::verify::finding::Finding;
use crate::verify::rule::{Rule, Subject};
use crate::verify::rules;

/// All rules.
pub static RULES: &[Rule] = &[
    rules::v001_rate::RULE,
    rules::v002_total::RULE,
    rules::v003_next_step_counts::RULE,
    rules::v004_grade_counts::RULE,
    rules::v005_project_disagrees::RULE,
    rules::v006_relisted::RULE,
    rules::v007_target_differs::RULE,
    rules::v008_baseline_differs::RULE,
    rules::v009_cumulative_falls::RULE,
    rules::v010_actual_missing::RULE,
    rules::v011_numbering::RULE,
    rules::v012_code_account::RULE,
    rules::v013_unit_changed::RULE,
    rules::v014_direction_doubtful::RULE,
    rules::v015_sentence_figures::RULE,
    rules::v016_day_span::RULE,
    rules::v017_broken_glyphs::RULE,
    rules::v018_slips::RULE,
    rules::v019_lost_columns::RULE,
    rules::v020_same_as_last_year::RULE,
    rules::v021_delay_list::RULE,
];

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
