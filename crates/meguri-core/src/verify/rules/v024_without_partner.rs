//! V024: an indicator that the plan, or last year's paper, does not have under this name.

use super::pairs::{Standing, name, theme};
use super::years::dated;
use crate::fiscal_year::FiscalYear;
use crate::links::names::Shape;
use crate::links::twins::{IndicatorName, Twins};
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const RULE: Rule = Rule {
    code: "V024",
    title: "比べる相手のない指標がある",
    looks_at: "評価シートの指標と同じ名称の指標が、一緒に点検した計画や前の年度の評価シートの同じ施策にあるかを見ます。ない場合は、名称の最も近い指標を示します。",
    why: "名称が少しでも違うと、目標・基準値・単位の食い違いを点検できません。計画と評価で名称が変わったことに、誰も気付かないこともあります。",
    example: "評価シートでは「子育て相談の利用者数」、計画では「子育て相談利用者数」となっている。",
    remedy: "同じ指標であれば、名称を計画にそろえてください。指標を入れ替えた場合は、その旨を注記してください。",
    basis: "異体字、全角・半角、仮名の大小、「子ども」と「子供」などの表記の違いは、同じ名称とみなします。計画や前の年度の文書にその施策がない場合は、比べません。",
    check,
};

/// From this likeness on (0 to 100), a name is near within one theme.
const NEAR: usize = 35;

/// The indicators of one theme of a paper that the reports are compared with.
type Themes<'a> = BTreeMap<String, Vec<Standing<'a>>>;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let reports: Vec<(Option<FiscalYear>, Standing<'_>)> = all(subject)
        .filter(|standing| !standing.indicator.actuals.is_empty())
        .map(|standing| (standing.sheet.year, standing))
        .collect();
    let plans: Vec<Standing<'_>> = all(subject)
        .filter(|standing| standing.indicator.actuals.is_empty() && standing.sheet.year.is_none())
        .collect();
    if !plans.is_empty() {
        let own: Vec<Standing<'_>> = reports.iter().map(|(_, report)| *report).collect();
        compare(&own, &plans, "計画", findings);
    }
    let years: Vec<_> = by_year(subject).into_iter().collect();
    for pair in years.windows(2) {
        let [((plan, _), earlier), ((of, _), later)] = pair else {
            continue;
        };
        if plan == of {
            compare(later, earlier, "前の年度の評価", findings);
        }
    }
}

fn all<'a>(subject: &Subject<'a>) -> impl Iterator<Item = Standing<'a>> {
    subject.sheets().flat_map(|(document, sheet)| {
        let indicators = sheet.indicators.iter();
        indicators.map(move |indicator| Standing {
            document,
            sheet,
            indicator,
        })
    })
}

fn by_year<'a>(subject: &Subject<'a>) -> BTreeMap<(&'a str, FiscalYear), Vec<Standing<'a>>> {
    let mut years: BTreeMap<(&'a str, FiscalYear), Vec<Standing<'a>>> = BTreeMap::new();
    for (year, standing) in dated(subject) {
        let key = (standing.document.plan.key.as_str(), year);
        years.entry(key).or_default().push(standing);
    }
    years
}

/// Tells of each report without a partner whose theme the other paper has.
fn compare(
    reports: &[Standing<'_>],
    others: &[Standing<'_>],
    paper: &str,
    findings: &mut Vec<Finding>,
) {
    let (mut twins, mut themes) = (Twins::default(), Themes::new());
    for (at, other) in others.iter().enumerate() {
        let theme = theme(other);
        twins.add(&name(other.indicator), theme.as_deref(), at);
        themes
            .entry(theme.unwrap_or_default())
            .or_default()
            .push(*other);
    }
    let found: Vec<Option<usize>> = reports
        .iter()
        .map(|report| {
            let twin = twins.find(&name(report.indicator), theme(report).as_deref());
            twin.map(|(at, _)| at)
        })
        .collect();
    let taken: BTreeSet<*const _> = found
        .iter()
        .flatten()
        .filter_map(|at| others.get(*at))
        .map(|other| std::ptr::from_ref(other.indicator))
        .collect();
    for (report, _) in reports.iter().zip(&found).filter(|(_, at)| at.is_none()) {
        // An indicator whose name the text lost is told by V019.
        let blank = IndicatorName::is_blank(&name(report.indicator));
        let of_theme = theme(report).and_then(|theme| themes.get(&theme));
        if let Some(of_theme) = of_theme.filter(|_| !blank) {
            let free = of_theme.iter();
            let free = free.filter(|other| !taken.contains(&std::ptr::from_ref(other.indicator)));
            findings.push(finding(report, nearest(report, free), paper));
        }
    }
}

fn nearest<'a, 'b>(
    report: &Standing<'_>,
    others: impl Iterator<Item = &'b Standing<'a>>,
) -> Option<&'b Standing<'a>>
where
    'a: 'b,
{
    let wanted = Shape::new(&report.indicator.label());
    let alike = others.map(|other| {
        (
            Shape::new(&other.indicator.label()).likeness(&wanted),
            other,
        )
    });
    let near = alike.filter(|(likeness, _)| *likeness >= NEAR);
    near.max_by_key(|(likeness, _)| *likeness)
        .map(|(_, other)| other)
}

fn finding(report: &Standing<'_>, near: Option<&Standing<'_>>, paper: &str) -> Finding {
    let label = report.indicator.label();
    let line = report.indicator.name.as_ref().map_or(0, |name| name.line);
    let mark = report.indicator.name.as_ref();
    let mark = mark.map_or(String::new(), |name| name.value.clone());
    let place = Place::sheet(report.document, report.sheet)
        .row(label.clone())
        .field("名称")
        .at(line, mark);
    let Some(near) = near else {
        let message = format!("{paper}の同じ施策に、同じ名称の指標がありません。");
        let hint = "指標を入れ替えた場合は、その旨を注記してください。";
        return Finding::new(RULE.code, Severity::Note, place, message, hint);
    };
    let there = near.indicator.label();
    let line = near.indicator.name.as_ref().map_or(0, |name| name.line);
    let message = format!(
        "{paper}の同じ施策に、同じ名称の指標がありません（近いもの：「{there}」、{}、{line}行目）。目標などは比べていません。",
        near.document.name
    );
    let hint = "同じ指標であれば、名称をそろえてください。";
    Finding::new(RULE.code, Severity::Note, place, message, hint).figures(label, there)
}
