//! The rules that the cases use, in words.

use crate::calc_file::indicators::rate_rule_of;
use crate::calc_file::text::CasesText;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::scheme::Scheme;

/// The rules in words: a head for each, then its sentences.
pub(super) fn explain(cases: &CasesText, scheme: &Scheme) -> Vec<String> {
    let mut blocks = Vec::new();
    for case in &cases.indicators {
        if let Some(rule) = rate_rule_of(case, scheme) {
            add(&mut blocks, "計算式", &rule.label, rule.formula.explain());
        }
    }
    for (key, year) in classes_of(cases, scheme) {
        if let Some(rule) = scheme.class(key) {
            add(
                &mut blocks,
                "区分け",
                &rule.label,
                rule.explain(scheme, year),
            );
        }
    }
    for rule in cases
        .points
        .iter()
        .filter_map(|c| scheme.point_rule(&c.rule))
    {
        add(&mut blocks, "点数", &rule.label, rule.explain());
    }
    for rule in cases.rollups.iter().filter_map(|c| scheme.rollup(&c.rule)) {
        add(&mut blocks, "集計", &rule.label, rule.explain());
    }
    let money = !cases.totals.is_empty() || !cases.amounts.is_empty() || !cases.costs.is_empty();
    if money {
        let rule = &scheme.written().money;
        add(&mut blocks, "金額", "金額の表し方", rule.explain());
    }
    blocks.into_iter().flat_map(|(_, lines)| lines).collect()
}

/// Adds the block of a rule once.
fn add(blocks: &mut Vec<(String, Vec<String>)>, kind: &str, label: &str, sentences: Vec<String>) {
    let head = format!("{kind}「{label}」");
    if blocks.iter().any(|(other, _)| *other == head) {
        return;
    }
    let mut lines = vec![head.clone()];
    lines.extend(sentences.into_iter().map(|line| format!("  {line}")));
    blocks.push((head, lines));
}

/// The classes that the cases name, with a year for thresholds that rise.
fn classes_of<'a>(cases: &'a CasesText, scheme: &Scheme) -> Vec<(&'a str, FiscalYear)> {
    let first = scheme.written().valid_from;
    let indicators = cases.indicators.iter().filter_map(|c| c.class.as_deref());
    let points = cases.points.iter().filter_map(|c| c.class.as_deref());
    let rollups = cases.rollups.iter().filter_map(|c| c.class.as_deref());
    let mut classes: Vec<(&str, FiscalYear)> = indicators
        .chain(points)
        .chain(rollups)
        .map(|key| (key, first))
        .collect();
    classes.extend(cases.numbers.iter().map(|c| (c.class.as_str(), c.year.0)));
    classes.extend(cases.ranks.iter().map(|c| (c.class.as_str(), first)));
    classes
}
