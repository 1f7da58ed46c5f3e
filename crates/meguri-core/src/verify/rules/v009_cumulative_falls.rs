//! V009: a cumulative value that falls.

use crate::evaluation::{Document, Sheet};
use crate::figure::Figure;
use crate::plan::{Accumulation, Indicator};
use crate::source::Sourced;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V009",
    title: "累計の値が減っている",
    looks_at: "名称や単位に「累計」とある指標で、基準値から順に、実績や目標が前の年度より小さくなっていないかを見ます。",
    why: "累計は積み上げた値なので、減ることはありません。その年度だけの値を書いた誤りがよくあります。",
    example: "「協定締結数（累計）」の実績が、令和3年度は18、令和4年度は3となっている。",
    remedy: "その年度だけの値を書いていないかを確認してください。計画の初年度から数え直している場合や、取消しなどで本当に減った場合は、注記してください。",
    basis: "累計の値は印字されたまま比べ、改めて足し上げることはしません。注記の印（※）が付いた値や改定された目標は、数え方が異なると注記されているものとみなし、比べません。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, sheet) in subject.sheets() {
        for indicator in sheet.indicators.iter().filter(|i| is_cumulative(i)) {
            for (field, row) in [("実績", &indicator.actuals), ("目標", &indicator.targets)] {
                let baseline = indicator.baseline.iter().map(|b| ("基準値".to_owned(), b));
                let years = row.iter().map(|f| (f.year.to_string(), &f.figure));
                let series: Vec<_> = baseline.chain(years).collect();
                check_series(document, sheet, indicator, field, &series, findings);
            }
        }
    }
}

/// Said by the indicator itself. A footnote about 累計 is about the figure that bears its mark.
fn is_cumulative(indicator: &Indicator) -> bool {
    let said = |text: &Sourced<String>| text.value.contains("累計") || text.value.contains("累積");
    let texts = [&indicator.name, &indicator.sub_name, &indicator.unit];
    indicator.accumulation == Accumulation::Cumulative || texts.into_iter().flatten().any(said)
}

fn check_series(
    document: &Document,
    sheet: &Sheet,
    indicator: &Indicator,
    field: &str,
    series: &[(String, &Sourced<Figure>)],
    findings: &mut Vec<Finding>,
) {
    let is_revised = |when: &str| {
        field == "目標"
            && indicator
                .revisions
                .iter()
                .any(|r| r.year.to_string() == when)
    };
    let known: Vec<_> = series
        .iter()
        .filter_map(|(when, f)| Some((when, f, f.value.number()?)))
        .collect();
    for pair in known.windows(2) {
        let [(before_when, before, before_value), (when, figure, value)] = pair else {
            continue;
        };
        // A footnote at either value says that the two are counted differently.
        let marked = figure.value.mark.is_some() || before.value.mark.is_some();
        if value >= before_value || marked || is_revised(when) {
            continue;
        }
        let message = format!(
            "累計の{field}が、{before_when}の{}から{when}の{}に減っています。",
            before.value, figure.value
        );
        let place = Place::sheet(document, sheet)
            .row(indicator.label())
            .field(format!("{field}（{when}）"))
            .at(figure.line, figure.value.printed.clone());
        let hint = "その年度だけの値を書いていないかを確認してください。";
        // Many plans count anew from their first year on.
        let anew = before_when.as_str() == "基準値";
        let severity = if field == "実績" && !anew {
            Severity::Error
        } else {
            Severity::Warning
        };
        let finding = Finding::new(RULE.code, severity, place, message, hint);
        findings.push(finding.figures(&figure.value, format!("{}以上", before.value)));
    }
}
