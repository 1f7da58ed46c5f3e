//! Cases of single values: rates and classes of indicators, points, judgements, periods.

use crate::calc_file::outcome::CaseResult;
use crate::calc_file::text::{
    BetterText, ByYear, CasesText, IndicatorText, JudgementText, NumberText, PeriodText,
    PointsText, Printed, RanksText,
};
use crate::calc_file::{Cases, unknown};
use crate::scheme_file::FileFault;
use meguri_core::calc::class::{Classes, RankClasses};
use meguri_core::calc::formula::RateFormula;
use meguri_core::calc::judged::{Decision, judge};
use meguri_core::calc::points::{PointInput, PointPart, PointSource, add_up};
use meguri_core::calc::rate::{Rate, rated};
use meguri_core::calc::{Calculation, NoValue, period};
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::{Accumulation, Better, Indicator, YearFigure};
use meguri_core::scheme::{ClassInput, ClassMethod, RateRule, Scheme};
use meguri_core::source::{Settled, Sourced};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// All cases of these kinds.
pub(super) fn results(cases: &CasesText, scheme: &Scheme) -> Cases {
    let mut all = Vec::new();
    all.extend(cases.indicators.iter().map(|c| indicator(c, scheme)));
    all.extend(cases.numbers.iter().map(|c| number(c, scheme)));
    all.extend(cases.ranks.iter().map(|c| ranks(c, scheme)));
    all.extend(cases.points.iter().map(|c| points(c, scheme)));
    all.extend(cases.judgements.iter().map(|c| judgement(c, scheme)));
    all.extend(cases.periods.iter().map(period));
    all
}

fn indicator(case: &IndicatorText, scheme: &Scheme) -> Result<Vec<CaseResult>, FileFault> {
    let subject = indicator_of(case)?;
    let class = case.class.as_deref();
    let class = class
        .map(|key| thresholds(key, &case.name, scheme))
        .transpose()?;
    let formula = formula_of(case, &subject, scheme)?;
    let expected = by_year(&case.expect)?;
    let expected_class = by_year(&case.expect_class)?;
    let mut years: BTreeSet<FiscalYear> = case.years.iter().map(|year| year.0).collect();
    years.extend(
        expected
            .iter()
            .chain(&expected_class)
            .map(|(year, _)| *year),
    );
    let find = |list: &[(FiscalYear, String)], year| {
        let row = list.iter().find(|(y, _)| *y == year);
        row.map(|(_, text)| text.clone())
    };
    let mut results = Vec::new();
    for year in years {
        let rate = rated(&subject, year, formula);
        let class = class.map(|classes| class_of(&rate, classes, year));
        let label = format!("率 {} {year}", case.name);
        let expected = find(&expected, year);
        results.push(CaseResult::of(
            label,
            rate,
            |r| r.printed,
            expected.as_ref(),
        ));
        if let Some(class) = class {
            let label = format!("区分 {} {year}", case.name);
            let expected = find(&expected_class, year);
            results.push(CaseResult::of(label, class, |c| c, expected.as_ref()));
        }
    }
    Ok(results)
}

/// The class of a rate; where there is no rate there is no class, for the same reason.
fn class_of(rate: &Calculation<Rate>, classes: &Classes, year: FiscalYear) -> Calculation<String> {
    match &rate.outcome {
        Ok(rate) => classes.of_rate(rate, year),
        Err(why) => Calculation::run(|_| Err(*why)),
    }
}

/// The formula that the case names, else that of its class, else the scheme's.
fn formula_of<'a>(
    case: &IndicatorText,
    subject: &Indicator,
    scheme: &'a Scheme,
) -> Result<&'a RateFormula, FileFault> {
    let of_class = case.class.as_deref().and_then(|key| scheme.class(key));
    let of_class = of_class.and_then(|rule| match &rule.input {
        ClassInput::Rate(key) => Some(key),
        _ => None,
    });
    match case.rate.as_ref().or(of_class) {
        Some(key) => {
            let rule = scheme
                .rate(key)
                .ok_or_else(|| unknown("率", key, &case.name))?;
            Ok(&rule.formula)
        }
        None => Ok(scheme.rate_formula(subject)),
    }
}

/// The rate that a case is counted by, where the scheme writes one.
pub(super) fn rate_rule_of<'a>(case: &IndicatorText, scheme: &'a Scheme) -> Option<&'a RateRule> {
    let subject = indicator_of(case).ok()?;
    let formula = formula_of(case, &subject, scheme).ok()?;
    let mut rates = scheme.written().rates.iter();
    rates.find(|rule| std::ptr::eq(&raw const rule.formula, formula))
}

fn indicator_of(case: &IndicatorText) -> Result<Indicator, FileFault> {
    let own = |text: &String| sourced(text.clone());
    Ok(Indicator {
        name: Some(own(&case.name)),
        unit: case.unit.as_ref().map(own),
        better: case.better.map(|better| match better {
            BetterText::Higher => Better::Higher,
            BetterText::Lower => Better::Lower,
            BetterText::Keep => Better::Keep,
        }),
        accumulation: accumulation(case.cumulative),
        baseline: case.baseline.as_ref().and_then(figure),
        baseline_year: case.baseline_year.map(|year| year.0),
        targets: figures(&case.targets)?,
        actuals: figures(&case.actuals)?,
        ..Indicator::default()
    })
}

const fn accumulation(cumulative: bool) -> Accumulation {
    if cumulative {
        Accumulation::Cumulative
    } else {
        Accumulation::Yearly
    }
}

const fn sourced<T>(value: T) -> Sourced<T> {
    Sourced {
        value,
        line: 0,
        settled: Settled::Confirmed,
    }
}

/// A figure; a blank one is none.
fn figure(printed: &Printed) -> Option<Sourced<Figure>> {
    Figure::parse(&printed.0).map(sourced)
}

fn figures(by_year_text: &ByYear) -> Result<Vec<YearFigure>, FileFault> {
    let mut figures = Vec::new();
    for (text, printed) in by_year_text {
        let year = year_of(text)?;
        figures.extend(figure(printed).map(|figure| YearFigure { year, figure }));
    }
    figures.sort_by_key(|figure| figure.year);
    Ok(figures)
}

fn by_year(texts: &ByYear) -> Result<Vec<(FiscalYear, String)>, FileFault> {
    let row = |(text, printed): (&String, &Printed)| Ok((year_of(text)?, printed.0.clone()));
    texts.iter().map(row).collect()
}

fn year_of(text: &str) -> Result<FiscalYear, FileFault> {
    FiscalYear::parse(text).ok_or_else(|| {
        FileFault::new(
            format!("「{text}」は年度として読めません。"),
            "R4 や 2022 のように書いてください。",
        )
    })
}

fn thresholds<'a>(key: &str, case: &str, scheme: &'a Scheme) -> Result<&'a Classes, FileFault> {
    match scheme.class(key).map(|rule| &rule.method) {
        Some(ClassMethod::Thresholds(classes)) => Ok(classes),
        _ => Err(unknown("区分け（基準による）", key, case)),
    }
}

fn number(case: &NumberText, scheme: &Scheme) -> Result<Vec<CaseResult>, FileFault> {
    let classes = thresholds(&case.class, &case.name, scheme)?;
    let class = classes.of_number(case.number.0, case.year.0);
    let label = format!("区分 {} {}", case.name, case.year.0);
    let expected = case.expect.as_ref().map(|printed| &printed.0);
    Ok(vec![CaseResult::of(label, class, |c| c, expected)])
}

fn ranks(case: &RanksText, scheme: &Scheme) -> Result<Vec<CaseResult>, FileFault> {
    let ranks: &RankClasses = match scheme.class(&case.class).map(|rule| &rule.method) {
        Some(ClassMethod::Ranks(ranks)) => ranks,
        _ => return Err(unknown("区分け（順位による）", &case.class, &case.name)),
    };
    let numbers: Vec<Decimal> = case.members.iter().map(|m| m.number.0).collect();
    let classes = ranks.of_all(&numbers);
    let result = |(member, class): (&crate::calc_file::text::RankedText, _)| {
        let label = format!("順位 {} {}", case.name, member.name);
        let expected = member.expect.as_ref().map(|printed| &printed.0);
        CaseResult::of(label, class, |c| c, expected)
    };
    Ok(case.members.iter().zip(classes).map(result).collect())
}

fn points(case: &PointsText, scheme: &Scheme) -> Result<Vec<CaseResult>, FileFault> {
    let rule = scheme.point_rule(&case.rule);
    let rule = rule.ok_or_else(|| unknown("点数", &case.rule, &case.name))?;
    let known = |key: &String| rule.parts.iter().any(|part| part.key == *key);
    if let Some(key) = case.inputs.keys().find(|key| !known(key)) {
        return Err(unknown("点数の内訳", key, &case.name));
    }
    let input = |part| (part, input_of(part, case.inputs.get(&part.key)));
    let parts: Vec<(&PointPart, PointInput)> = rule.parts.iter().map(input).collect();
    let total = add_up(&parts, case.year.0);
    let mut results = Vec::new();
    if let Some(key) = &case.class {
        let classes = thresholds(key, &case.name, scheme)?;
        let class = match &total.outcome {
            Ok(points) => classes.of_number(*points, case.year.0),
            Err(why) => Calculation::run(|_| Err(*why)),
        };
        let label = format!("区分 {}", case.name);
        let expected = case.expect_class.as_ref().map(|printed| &printed.0);
        results.push(CaseResult::of(label, class, |c| c, expected));
    }
    let label = format!("点数 {}", case.name);
    let expected = case.expect.as_ref().map(|printed| &printed.0);
    let print = |points: Decimal| format!("{}点", points.normalize());
    results.push(CaseResult::of(label, total, print, expected));
    Ok(results)
}

fn input_of(part: &PointPart, printed: Option<&Printed>) -> PointInput {
    let Some(printed) = printed else {
        return PointInput::Missing(NoValue::NotMeasured);
    };
    if let PointSource::Grade(_) = part.source {
        return PointInput::Grade(printed.0.clone());
    }
    match Figure::parse(&printed.0) {
        None => PointInput::Missing(NoValue::NotMeasured),
        Some(figure) if figure.is_dash() => PointInput::Missing(NoValue::ActualDash),
        Some(figure) => figure.number().map_or(
            PointInput::Missing(NoValue::ActualWords),
            PointInput::Number,
        ),
    }
}

fn judgement(case: &JudgementText, scheme: &Scheme) -> Result<Vec<CaseResult>, FileFault> {
    let scale = scheme.scale(&case.scale);
    let scale = scale.ok_or_else(|| unknown("区分", &case.scale, &case.name))?;
    let computed = match NoValue::find(&case.computed.0) {
        Some(why) => Calculation::run(|_| Err(why)),
        None => Calculation::run(|_| on_scale(scale, &case.computed.0)),
    };
    let mut decisions = Vec::new();
    for decision in &case.decisions {
        if scale.value(&decision.value).is_none() {
            return Err(unknown("値", &decision.value, &case.name));
        }
        decisions.push(Decision {
            stage: decision.stage.clone(),
            value: decision.value.clone(),
            reason: decision.reason.clone(),
        });
    }
    let label = format!("評価 {}", case.name);
    let expected = case.expect.as_ref().map(|printed| &printed.0);
    let judged = judge(&computed, &decisions);
    Ok(vec![CaseResult::of(label, judged, |j| j.value, expected)])
}

fn on_scale(scale: &meguri_core::scheme::Scale, value: &str) -> Result<String, NoValue> {
    let value = scale.value(value).ok_or(NoValue::NotOnScale)?;
    Ok(value.value.clone())
}

fn period(case: &PeriodText) -> Result<Vec<CaseResult>, FileFault> {
    let actuals = figures(&case.actuals)?;
    let value = period::value_of(&actuals, case.years.0, accumulation(case.cumulative));
    let label = format!("期間 {} {}", case.name, case.years.0);
    let expected = case.expect.as_ref().map(|printed| &printed.0);
    let print = |value: Decimal| value.normalize().to_string();
    Ok(vec![CaseResult::of(label, value, print, expected)])
}
