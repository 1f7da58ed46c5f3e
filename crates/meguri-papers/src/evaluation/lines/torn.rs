//! The lines of the indicators in the order of the text, torn.

use super::super::model::{Series, Sheet};
use super::super::tears::{Tear, Torn};
use super::{actual, actual_values, name, rate, sub, target};
use fastrand::Rng;

/// The lines of one series.
struct Entry<'a> {
    series: &'a Series,
    unit: &'static str,
    name: Option<String>,
    sub: Option<String>,
    target: String,
    /// Measuring years under the target and under the result.
    measured: Vec<String>,
    actual: String,
    rate: String,
    /// A name that stands between the targets and the result of another indicator.
    late_name: Option<String>,
    /// What stands after the last line of the indicator.
    after: Vec<String>,
}

/// All lines of a sheet's indicators.
pub(in super::super) fn chunks(sheet: &Sheet, torn: &Torn) -> Vec<String> {
    let mut entries = entries(sheet);
    if torn.has(Tear::SubLabelsApart) {
        sub_labels_apart(&mut entries);
    }
    if torn.has(Tear::MeasuringYearsLoose) {
        measuring_years_loose(&mut entries);
    }
    if torn.has(Tear::UnitOnce) {
        for entry in &mut entries {
            entry.actual = format!("実績 {}", actual_values(entry.series));
        }
    }
    let mut loose = Vec::new();
    if torn.has(Tear::AtLeastTorn) {
        loose.extend(at_least_torn(&mut entries));
    }
    if torn.has(Tear::TargetCut) {
        loose.extend(target_cut(&mut entries, &mut torn.rng(Tear::TargetCut)));
    }
    if torn.has(Tear::RateCut) {
        loose.extend(rate_cut(&mut entries, &mut torn.rng(Tear::RateCut)));
    }
    if torn.has(Tear::ActualApart) {
        loose.extend(actual_apart(&mut entries, &mut torn.rng(Tear::ActualApart)));
    }
    let mut rng = torn.rng(Tear::LinesAnyOrder);
    let settled = settled_by_rates(&entries, !torn.has(Tear::UnitOnce));
    if torn.has(Tear::FirstNameLate) && settled {
        first_name_late(&mut entries);
    }
    if torn.has(Tear::LinesAnyOrder) && settled {
        any_order(entries, loose, &mut rng)
    } else {
        in_order(entries, loose, &mut rng)
    }
}

fn entries(sheet: &Sheet) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    for indicator in &sheet.indicators {
        for (index, series) in indicator.series.iter().enumerate() {
            entries.push(Entry {
                series,
                unit: indicator.unit,
                name: (index == 0).then(|| name(indicator)),
                sub: series.sub.map(sub),
                target: target(indicator, series),
                measured: series.measured.clone(),
                actual: actual(indicator, series),
                rate: rate(series),
                late_name: None,
                after: Vec::new(),
            });
        }
    }
    entries
}

/// [`Tear::SubLabelsApart`]: in their order, so that the first label names the first series.
fn sub_labels_apart(entries: &mut [Entry<'_>]) {
    let mut labels = Vec::new();
    for at in 0..entries.len() {
        let ends = entries.get(at + 1).is_none_or(|next| next.name.is_some());
        if let Some(entry) = entries.get_mut(at) {
            labels.extend(entry.sub.take());
            if ends {
                entry.after.append(&mut labels);
            }
        }
    }
}

/// [`Tear::MeasuringYearsLoose`].
fn measuring_years_loose(entries: &mut [Entry<'_>]) {
    for entry in entries {
        entry.after.append(&mut entry.measured);
    }
}

/// [`Tear::FirstNameLate`], where a third indicator shows that names come before their targets.
fn first_name_late(entries: &mut [Entry<'_>]) {
    if let [first, second, third, ..] = entries
        && second.name.is_some()
        && third.name.is_some()
        && first.sub.is_none()
        && first.series.measured.is_empty()
    {
        second.late_name = first.name.take();
    }
}

/// [`Tear::AtLeastTorn`].
fn at_least_torn(entries: &mut [Entry<'_>]) -> Option<String> {
    for entry in entries {
        let targets = &entry.series.target;
        let Some(least) = targets.first().and_then(|t| t.strip_suffix("以上")) else {
            continue;
        };
        let same = targets
            .iter()
            .all(|t| t.strip_suffix("以上") == Some(least));
        if !same {
            continue;
        }
        entry.target = format!("目標 {} -", entry.unit);
        let rest = format!(" {least} 以上").repeat(targets.len().saturating_sub(1));
        return Some(format!("以上{least}{rest}"));
    }
    None
}

/// [`Tear::TargetCut`]: the rest is known by how many values the line lacks.
fn target_cut(entries: &mut [Entry<'_>], rng: &mut Rng) -> Option<String> {
    let whole = |entry: &&mut Entry<'_>| {
        let last = entry.series.target.last();
        last.is_some_and(|last| entry.target.ends_with(last.as_str()))
    };
    let mut found: Vec<&mut Entry<'_>> = entries.iter_mut().filter(whole).collect();
    if found.is_empty() {
        return None;
    }
    let chosen = rng.usize(..found.len());
    let entry = found.get_mut(chosen)?;
    let at = rng.usize(..entry.series.target.len());
    let (kept, rest) = entry.series.target.split_at_checked(at)?;
    let mut line = format!("目標 {} -", entry.unit);
    for value in kept {
        line.push(' ');
        line.push_str(value);
    }
    entry.target = line;
    Some(rest.join(" "))
}

/// [`Tear::RateCut`].
fn rate_cut(entries: &mut [Entry<'_>], rng: &mut Rng) -> Option<String> {
    let fits = |entry: &&mut Entry<'_>| {
        let rates = &entry.series.rate;
        rates.len() > 1 && rates.iter().all(|rate| rate != "-")
    };
    let mut found: Vec<&mut Entry<'_>> = entries.iter_mut().filter(fits).collect();
    if found.is_empty() {
        return None;
    }
    let chosen = rng.usize(..found.len());
    let entry = found.get_mut(chosen)?;
    if rng.bool() {
        entry.rate = "達成率 ％".to_owned();
        return Some(format!("- {}", entry.series.rate.join(" ")));
    }
    let (first, rest) = entry.series.rate.split_first()?;
    entry.rate = format!("達成率 ％ - {first}");
    Some(rest.join(" "))
}

/// [`Tear::ActualApart`].
fn actual_apart(entries: &mut [Entry<'_>], rng: &mut Rng) -> Option<String> {
    if entries.is_empty() {
        return None;
    }
    let chosen = rng.usize(..entries.len());
    let entry = entries.get_mut(chosen)?;
    entry.actual = "実績".to_owned();
    Some(format!("{} {}", entry.unit, actual_values(entry.series)))
}

/// The lines of each series together, loose pieces anywhere between.
fn in_order(entries: Vec<Entry<'_>>, loose: Vec<String>, rng: &mut Rng) -> Vec<String> {
    let mut chunks = Vec::new();
    for entry in entries {
        let mut measured = entry.measured.into_iter();
        chunks.extend(entry.name);
        chunks.extend(entry.sub);
        chunks.push(entry.target);
        chunks.extend(measured.next());
        chunks.extend(entry.late_name);
        chunks.push(entry.actual);
        chunks.extend(measured.next());
        chunks.push(entry.rate);
        chunks.extend(entry.after);
    }
    scattered(chunks, loose, rng)
}

/// [`Tear::LinesAnyOrder`]: each name before its targets, all others anywhere; the indicators come
/// from the first to the last or the other way round.
fn any_order(entries: Vec<Entry<'_>>, mut loose: Vec<String>, rng: &mut Rng) -> Vec<String> {
    let mut indicators: Vec<Vec<String>> = Vec::new();
    let late = entries.iter().any(|entry| entry.late_name.is_some());
    for entry in entries {
        let begins = entry.name.is_some() && entry.late_name.is_none();
        if begins || indicators.is_empty() {
            indicators.push(Vec::new());
        }
        let Some(spine) = indicators.last_mut() else {
            continue;
        };
        spine.extend(entry.name);
        spine.extend(entry.sub);
        spine.push(entry.target);
        spine.extend(entry.measured);
        spine.extend(entry.late_name);
        spine.extend(entry.after);
        loose.push(entry.actual);
        loose.push(entry.rate);
    }
    if rng.bool() && !late {
        indicators.reverse();
    }
    scattered(indicators.concat(), loose, rng)
}

fn scattered(spine: Vec<String>, loose: Vec<String>, rng: &mut Rng) -> Vec<String> {
    let mut slots: Vec<Vec<String>> = vec![Vec::new(); spine.len() + 1];
    for piece in loose {
        let slot = rng.usize(..slots.len());
        if let Some(slot) = slots.get_mut(slot) {
            slot.push(piece);
        }
    }
    let mut chunks = Vec::new();
    let mut spine = spine.into_iter();
    for slot in slots {
        chunks.extend(slot);
        chunks.extend(spine.next());
    }
    chunks
}

/// Whether for each line of targets exactly one line of results and one of rates agree with it;
/// `units` = the lines of results print theirs.
fn settled_by_rates(entries: &[Entry<'_>], units: bool) -> bool {
    entries.iter().all(|target| {
        let mut fitting = 0;
        let same = |actual: &&Entry<'_>| !units || actual.unit == target.unit;
        for actual in entries.iter().filter(same) {
            for rate in entries {
                fitting += usize::from(agree(target.series, actual.series, rate.series));
            }
        }
        fitting == 1
    })
}

/// Whether the rates may be those of the results by the targets, by any of the usual rules.
fn agree(target: &Series, actual: &Series, rate: &Series) -> bool {
    let mut before = tenths(&actual.baseline);
    let results = actual.actual.iter().zip(&target.target).zip(&rate.rate);
    for ((result, goal), rate) in results {
        let now = tenths(result);
        let fits = match (now, tenths(goal), rate.strip_suffix('%')) {
            (Some(now), Some(goal), Some(rate)) => ratio(now, goal, rate) || ratio(goal, now, rate),
            (Some(now), None, Some(rate)) if goal != "-" => {
                before.is_some_and(|before| ratio(now, before, rate) || ratio(before, now, rate))
            }
            (now, goal_value, None) => now.is_none() || goal_value.is_none(),
            _ => false,
        };
        if !fits {
            return false;
        }
        before = now;
    }
    true
}

fn ratio(num: i64, den: i64, rate: &str) -> bool {
    den > 0 && tenths(rate) == Some((2_000 * num + den) / (2 * den))
}

/// A printed figure in tenths, without commas, marks and 以上.
fn tenths(printed: &str) -> Option<i64> {
    let figure = printed.split('(').next().unwrap_or_default();
    let figure = figure.trim_end_matches("以上").replace(',', "");
    let (whole, part) = figure.split_once('.').unwrap_or((&figure, "0"));
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = part.parse().ok()?;
    whole.checked_mul(10)?.checked_add(part)
}
