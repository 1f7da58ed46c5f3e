//! Cases of roll-ups.

use crate::calc_file::outcome::CaseResult;
use crate::calc_file::text::{CasesText, MemberText, RollUpText};
use crate::calc_file::{Cases, unknown};
use crate::scheme_file::FileFault;
use meguri_core::calc::rollup::{Counts, Graded, Group, Member, Missing, Rolled};
use meguri_core::calc::{Calculation, NoValue, rollup};
use meguri_core::scheme::{ClassMethod, RollUpMethod, RollUpOver, RollUpRule, Scale, Scheme};

/// All cases of roll-ups.
pub(super) fn results(cases: &CasesText, scheme: &Scheme) -> Cases {
    cases
        .rollups
        .iter()
        .map(|c| case_results(c, scheme))
        .collect()
}

fn case_results(case: &RollUpText, scheme: &Scheme) -> Result<Vec<CaseResult>, FileFault> {
    let rule = scheme.rollup(&case.rule);
    let rule = rule.ok_or_else(|| unknown("集計", &case.rule, &case.name))?;
    match (&rule.over, &rule.method) {
        (RollUpOver::Grades(key), method) => {
            let scale = scheme.scale(key);
            let scale = scale.ok_or_else(|| unknown("区分", key, &case.name))?;
            let members = graded(case);
            match method {
                RollUpMethod::Counts => Ok(counts(case, rule, scale, &members)),
                RollUpMethod::Worst => Ok(vec![worst(case, rule, scale, &members)]),
                _ => {
                    let order = order(rule, scale);
                    let members = rollup::points(&members, &order, &scale.points());
                    rolled(case, rule, scheme, &members)
                }
            }
        }
        (RollUpOver::Numbers, _) => {
            let members: Result<Vec<Member>, FileFault> =
                case.members.iter().map(|m| member(m, &case.name)).collect();
            rolled(case, rule, scheme, &members?)
        }
    }
}

/// The scale's order; what the rule leaves out counts as a state outside it.
fn order(rule: &RollUpRule, scale: &Scale) -> rollup::Order {
    let mut order = scale.order();
    order
        .best_first
        .retain(|value| !rule.leave_out.contains(value));
    order.outside.extend(rule.leave_out.iter().cloned());
    order
}

fn graded(case: &RollUpText) -> Vec<Graded> {
    let graded = |member: &MemberText| Graded {
        label: member.name.clone(),
        grade: member
            .grade
            .clone()
            .filter(|grade| !grade.trim().is_empty()),
        relisted: member.relisted,
    };
    case.members.iter().map(graded).collect()
}

fn member(text: &MemberText, case: &str) -> Result<Member, FileFault> {
    let value = match (&text.none, text.number) {
        (Some(why), _) => Err(NoValue::find(why).ok_or_else(|| unknown("理由", why, case))?),
        (None, _) if text.relisted => Err(NoValue::Relisted),
        (None, Some(number)) => Ok(number.0),
        (None, None) => Err(NoValue::NotMeasured),
    };
    Ok(Member {
        label: text.name.clone(),
        value,
        weight: text.weight.map(|weight| weight.0),
    })
}

fn roll(rule: &RollUpRule, members: &[Member]) -> Calculation<Rolled> {
    let (missing, rounding): (Missing, _) = (rule.missing, rule.rounding);
    match rule.method {
        RollUpMethod::ShareAtLeast(at) => rollup::share_at_least(members, at, missing, rounding),
        RollUpMethod::Mean => rollup::mean(members, missing, rounding),
        RollUpMethod::WeightedMean => rollup::weighted_mean(members, missing, rounding),
        RollUpMethod::Total => rollup::total(members, missing, rounding),
        RollUpMethod::Worst => rollup::lowest(members, missing, rounding),
        // A scheme with counts over numbers does not pass its check.
        RollUpMethod::Counts => Calculation::run(|_| Err(NoValue::NotOnScale)),
    }
}

fn rolled(
    case: &RollUpText,
    rule: &RollUpRule,
    scheme: &Scheme,
    members: &[Member],
) -> Result<Vec<CaseResult>, FileFault> {
    let groups = groups(case, members);
    let (each, whole) = rollup::by_group(&groups, |members| roll(rule, members));
    let mut results = Vec::new();
    if case.members.iter().any(|m| m.group.is_some()) {
        for (group, result) in each {
            let expected = case.groups.get(&group).map(|printed| &printed.0);
            let label = format!("集計 {} {group}", case.name);
            results.push(CaseResult::of(label, result, |r| r.printed, expected));
        }
    }
    results.extend(class(case, scheme, &whole)?);
    results.extend(parts(case, &whole));
    let expected = case.expect.as_ref().map(|printed| &printed.0);
    let label = format!("集計 {}", case.name);
    results.push(CaseResult::of(label, whole, |r| r.printed, expected));
    Ok(results)
}

/// The members by their group, in the order in which groups first appear.
fn groups(case: &RollUpText, members: &[Member]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (text, member) in case.members.iter().zip(members) {
        let label = text.group.clone().unwrap_or_default();
        match groups.iter_mut().find(|group| group.label == label) {
            Some(group) => group.members.push(member.clone()),
            None => groups.push(Group {
                label,
                members: vec![member.clone()],
            }),
        }
    }
    groups
}

/// Numerator, denominator and what stayed outside, where the case expects them.
fn parts(case: &RollUpText, whole: &Calculation<Rolled>) -> Vec<CaseResult> {
    let of = |word: &str, expected: &String, print: &dyn Fn(&Rolled) -> String| CaseResult {
        label: format!("集計 {} {word}", case.name),
        outcome: whole.outcome.as_ref().map(print).map_err(|why| *why),
        steps: Vec::new(),
        expected: Some(expected.clone()),
    };
    let mut results = Vec::new();
    if let Some(expected) = &case.numerator {
        let print = |r: &Rolled| r.numerator.normalize().to_string();
        results.push(of("分子", &expected.0, &print));
    }
    if let Some(expected) = &case.denominator {
        let print = |r: &Rolled| r.denominator.normalize().to_string();
        results.push(of("分母", &expected.0, &print));
    }
    if let Some(expected) = &case.left_out {
        let expected = expected.join("、");
        let print = |r: &Rolled| names(&r.left_out);
        results.push(of("除外", &expected, &print));
    }
    results
}

fn names(left_out: &[rollup::LeftOut]) -> String {
    let names: Vec<&str> = left_out
        .iter()
        .map(|member| member.label.as_str())
        .collect();
    names.join("、")
}

fn class(
    case: &RollUpText,
    scheme: &Scheme,
    whole: &Calculation<Rolled>,
) -> Result<Option<CaseResult>, FileFault> {
    let Some(key) = &case.class else {
        return Ok(None);
    };
    let Some(ClassMethod::Thresholds(classes)) = scheme.class(key).map(|rule| &rule.method) else {
        return Err(unknown("区分け（基準による）", key, &case.name));
    };
    let year = case.year.map_or(scheme.written().valid_from, |year| year.0);
    let class = match &whole.outcome {
        Ok(rolled) => classes.of_rolled(rolled, year),
        Err(why) => Calculation::run(|_| Err(*why)),
    };
    let expected = case.expect_class.as_ref().map(|printed| &printed.0);
    let label = format!("区分 {}", case.name);
    Ok(Some(CaseResult::of(label, class, |c| c, expected)))
}

fn counts(
    case: &RollUpText,
    rule: &RollUpRule,
    scale: &Scale,
    members: &[Graded],
) -> Vec<CaseResult> {
    let counts = rollup::counts(members, &order(rule, scale));
    let mut results = Vec::new();
    for (value, expected) in &case.counts {
        let of = |counts: &Counts| counts.of(value).ok_or(NoValue::NotOnScale);
        results.push(CaseResult {
            label: format!("件数 {} {value}", case.name),
            outcome: counts
                .outcome
                .as_ref()
                .map_err(|why| *why)
                .and_then(of)
                .map(|number| number.to_string()),
            steps: Vec::new(),
            expected: Some(expected.0.clone()),
        });
    }
    if let Some(expected) = &case.left_out {
        results.push(CaseResult {
            label: format!("件数 {} 除外", case.name),
            outcome: counts
                .outcome
                .as_ref()
                .map(|c| names(&c.left_out))
                .map_err(|why| *why),
            steps: Vec::new(),
            expected: Some(expected.join("、")),
        });
    }
    let expected = case.expect.as_ref().map(|printed| &printed.0);
    let label = format!("件数 {} 計", case.name);
    let print = |counts: Counts| format!("{}件", counts.members());
    results.push(CaseResult::of(label, counts, print, expected));
    results
}

fn worst(case: &RollUpText, rule: &RollUpRule, scale: &Scale, members: &[Graded]) -> CaseResult {
    let worst = rollup::worst(members, &order(rule, scale));
    let expected = case.expect.as_ref().map(|printed| &printed.0);
    CaseResult::of(format!("集計 {}", case.name), worst, |w| w, expected)
}
