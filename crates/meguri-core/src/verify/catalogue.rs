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
    rules::v022_actual_rewritten::RULE,
    rules::v023_target_rewritten::RULE,
    rules::v024_without_partner::RULE,
    rules::v025_listed_twice::RULE,
    rules::v026_years_disagree::RULE,
    rules::v027_units_disagree::RULE,
    rules::v028_impossible_value::RULE,
    rules::v029_grade_against_figures::RULE,
    rules::v030_impossible_date::RULE,
    rules::v031_off_scale::RULE,
    rules::v032_value_dropped::RULE,
];

/// The rules that compare documents: what they say of one may quote another.
const COMPARING: &[&str] = &[
    "V005", "V007", "V008", "V012", "V013", "V018", "V020", "V022", "V023", "V024",
];

/// Does a rule compare documents, so that what it says of one may quote another?
#[must_use]
pub fn compares_documents(code: &str) -> bool {
    COMPARING.contains(&code)
}

/// Runs all rules; the findings in the order of documents and lines.
#[must_use]
pub fn check(subject: &Subject<'_>) -> Vec<Finding> {
    check_by(subject, |_| true)
}

/// As [`check`], by the rules that compare documents only.
#[must_use]
pub fn check_comparing(subject: &Subject<'_>) -> Vec<Finding> {
    check_by(subject, |rule| compares_documents(rule.code))
}

fn check_by(subject: &Subject<'_>, is_wanted: impl Fn(&Rule) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES.iter().filter(|rule| is_wanted(rule)) {
        (rule.check)(subject, &mut findings);
    }
    let order = |name: &str| subject.documents.iter().position(|d| d.name == name);
    findings.sort_by_cached_key(|f| (order(&f.place.document), f.place.line, f.code));
    findings
}
