//! The same indicator in two documents: what several rules compare.

use crate::evaluation::{Document, Sheet};
use crate::links::twins::{IndicatorName, Twins};
use crate::plan::Indicator;
use crate::text::spelling_key;
use crate::verify::rule::Subject;

/// An indicator with where it stands.
#[derive(Clone, Copy)]
pub(super) struct Standing<'a> {
    pub(super) document: &'a Document,
    pub(super) sheet: &'a Sheet,
    pub(super) indicator: &'a Indicator,
}

/// The indicators of reports (with actuals) and their twins in plans (without), found as links
/// find them, in different documents.
pub(super) fn plan_and_report<'a>(subject: &Subject<'a>) -> Vec<(Standing<'a>, Standing<'a>)> {
    let mut plans: Twins<Standing<'a>> = Twins::default();
    let mut reports: Vec<Standing<'a>> = Vec::new();
    for (document, sheet) in subject.sheets() {
        for indicator in &sheet.indicators {
            let standing = Standing {
                document,
                sheet,
                indicator,
            };
            if indicator.actuals.is_empty() {
                plans.add(&name(indicator), theme(&standing).as_deref(), standing);
            } else {
                reports.push(standing);
            }
        }
    }
    let twin = |report: Standing<'a>| {
        let found = plans.find(&name(report.indicator), theme(&report).as_deref());
        found.map(|(plan, _)| (plan, report))
    };
    reports.into_iter().filter_map(twin).collect()
}

pub(super) fn name(indicator: &Indicator) -> IndicatorName {
    let text = |text: &'_ Option<crate::source::Sourced<String>>| {
        text.as_ref().map(|text| text.value.clone())
    };
    let (name, sub) = (text(&indicator.name), text(&indicator.sub_name));
    IndicatorName::new(name.as_deref(), sub.as_deref())
}

pub(super) fn theme(standing: &Standing<'_>) -> Option<String> {
    let node = standing
        .sheet
        .node
        .and_then(|id| standing.document.plan.node(id))?;
    node.name.as_ref().map(|name| spelling_key(&name.value))
}
