//! The same indicator in two documents: what several rules compare.

use crate::evaluation::{Document, Sheet};
use crate::plan::Indicator;
use crate::text::name_key;
use crate::verify::catalogue::Subject;
use std::collections::BTreeMap;

/// An indicator with where it stands.
#[derive(Clone, Copy)]
pub(super) struct Standing<'a> {
    pub(super) document: &'a Document,
    pub(super) sheet: &'a Sheet,
    pub(super) indicator: &'a Indicator,
}

/// The indicators of reports (with actuals) and their twins in plans (without), by name, in
/// different documents. Names that differ only in what stands in brackets (`（累計）`) are the same
/// within one theme. A name that stands for several indicators is left out unless the theme tells
/// them apart.
pub(super) fn plan_and_report<'a>(subject: &Subject<'a>) -> Vec<(Standing<'a>, Standing<'a>)> {
    let mut plans: BTreeMap<String, Vec<Standing<'a>>> = BTreeMap::new();
    let mut reports: Vec<Standing<'a>> = Vec::new();
    for (document, sheet) in subject.sheets() {
        for indicator in &sheet.indicators {
            let standing = Standing { document, sheet, indicator };
            if indicator.actuals.is_empty() {
                plans.entry(key(indicator)).or_default().push(standing);
                let bare = bare_key(indicator);
                if bare != key(indicator) {
                    plans.entry(bare).or_default().push(standing);
                }
            } else {
                reports.push(standing);
            }
        }
    }
    let mut pairs = Vec::new();
    for report in reports {
        let named = |key: &String| plans.get(key).map_or(&[][..], Vec::as_slice);
        let same_theme = |plan: &&Standing<'a>| theme(plan) == theme(&report);
        let twin = match named(&key(report.indicator)) {
            [] => named(&bare_key(report.indicator)).iter().find(same_theme),
            [only] => Some(only),
            several => several.iter().find(same_theme),
        };
        pairs.extend(twin.map(|plan| (*plan, report)));
    }
    pairs
}

fn key(indicator: &Indicator) -> String {
    let name = indicator.name.as_ref().map_or(String::new(), |name| name_key(&name.value));
    let sub = indicator.sub_name.as_ref().map_or(String::new(), |sub| name_key(&sub.value));
    format!("{name}\u{0}{sub}")
}

/// The key of a name without what stands in brackets.
fn bare_key(indicator: &Indicator) -> String {
    let mut depth = 0_u32;
    let mut bare = String::new();
    for c in key(indicator).chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

fn theme(standing: &Standing<'_>) -> Option<String> {
    let node = standing.sheet.node.and_then(|id| standing.document.plan.node(id))?;
    node.name.as_ref().map(|name| name_key(&name.value))
}
