//! How many sheets have which judgement, and how many projects which direction of next year.

use super::Whole;
use super::money::Once;
use crate::calc::Calculation;
use crate::calc::rollup::{Counts, Graded, Order, counts};
use crate::evaluation::Sheet;
use crate::plan::Plan;
use crate::scheme::words::{axis_word, field_word};
use crate::scheme::{Scale, Scheme};
use std::collections::BTreeSet;

/// The counts of one field, or of one axis of directions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateCounts {
    /// Key of the field or axis.
    pub key: String,
    /// Its name.
    pub label: String,
    /// How many of each value, with what stayed outside.
    pub counts: Calculation<Counts>,
    /// Members that could have a value and have none.
    pub without: usize,
}

/// The counts of every field that holds a judgement, in the order of the scheme.
#[must_use]
pub fn judgements(
    whole: &Whole<'_>,
    sheets: &[&Sheet],
    scheme: Option<&Scheme>,
) -> Vec<StateCounts> {
    let all = whole.sheets.iter().flat_map(|sheet| &sheet.judgements);
    let mut keys: Vec<&str> = Vec::new();
    let fields = scheme.map_or(&[][..], |scheme| &scheme.written().fields);
    let known: BTreeSet<&str> = all.map(|judgement| judgement.field.as_str()).collect();
    keys.extend(
        fields
            .iter()
            .map(|field| field.key.as_str())
            .filter(|key| known.contains(key)),
    );
    let named: BTreeSet<&str> = keys.iter().copied().collect();
    keys.extend(known.into_iter().filter(|key| !named.contains(key)));
    keys.into_iter()
        .map(|key| of_field(whole.plan, sheets, scheme, key))
        .collect()
}

fn of_field(plan: &Plan, sheets: &[&Sheet], scheme: Option<&Scheme>, key: &str) -> StateCounts {
    let (mut members, mut without) = (Vec::new(), 0);
    for sheet in sheets {
        match sheet.judgement(key) {
            Some(judgement) => members.push(Graded {
                label: sheet.label.clone(),
                grade: Some(judgement.value.value.clone()),
                relisted: sheet.relisted_from.is_some(),
            }),
            None if may_have(plan, sheet, scheme, key) => without += 1,
            None => {}
        }
    }
    let field = scheme.and_then(|scheme| scheme.field(key));
    let order = order_of(
        scheme.and_then(|scheme| scheme.scale_of_field(key)),
        &members,
    );
    let label = field.map_or_else(|| field_word(key), |field| field.label.as_str());
    StateCounts {
        key: key.to_owned(),
        label: label.to_owned(),
        counts: counts(&members, &order),
        without,
    }
}

/// Has the level of a sheet the field? Without a scheme nobody knows.
fn may_have(plan: &Plan, sheet: &Sheet, scheme: Option<&Scheme>, key: &str) -> bool {
    let node = sheet.node.and_then(|id| plan.node(id));
    let (Some(scheme), Some(node)) = (scheme, node) else {
        return false;
    };
    scheme.fields_at(&node.level).any(|field| field.key == key)
}

/// The order of the scale; what the scale does not know comes behind it, in the order of the paper.
fn order_of(scale: Option<&Scale>, members: &[Graded]) -> Order {
    let mut order = scale.map(Scale::order).unwrap_or_default();
    for grade in members.iter().filter_map(|member| member.grade.as_ref()) {
        if !order.best_first.contains(grade) && !order.outside.contains(grade) {
            order.outside.push(grade.clone());
        }
    }
    order
}

/// The directions of next year over some sheets, each project once.
#[must_use]
pub fn next_steps(sheets: &[&Sheet], scheme: Option<&Scheme>) -> Vec<StateCounts> {
    let mut once = Once::default();
    let mut rows = Vec::new();
    for sheet in sheets {
        for listing in sheet.listings.iter().filter(|listing| listing.table == 0) {
            rows.push((listing, !once.counts(sheet, listing)));
        }
    }
    let mut axes: Vec<&str> = Vec::new();
    for (axis, _) in rows.iter().flat_map(|(listing, _)| &listing.next_steps) {
        if !axes.contains(&axis.as_str()) {
            axes.push(axis);
        }
    }
    let of_axis = |axis: &str| {
        let members = rows.iter().map(|(listing, relisted)| Graded {
            label: listing.label(),
            grade: listing.next_step(axis).map(|step| step.value.clone()),
            relisted: *relisted,
        });
        let (members, without): (Vec<Graded>, Vec<Graded>) =
            members.partition(|member| member.grade.is_some());
        let named = scheme.and_then(|s| s.next_step_axes().iter().find(|a| a.key == axis));
        let order = order_of(scheme.and_then(|s| s.next_step_scale(axis)), &members);
        StateCounts {
            key: axis.to_owned(),
            label: named
                .map_or_else(|| axis_word(axis), |axis| axis.label.as_str())
                .to_owned(),
            counts: counts(&members, &order),
            without: without.len(),
        }
    };
    axes.into_iter().map(of_axis).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::Judgement;
    use crate::plan::Listing;
    use crate::source::{Settled, Sourced};

    fn sourced(text: &str) -> Sourced<String> {
        Sourced {
            value: text.to_owned(),
            line: 1,
            settled: Settled::Printed,
        }
    }

    fn graded(value: &str) -> Sheet {
        let judgement = Judgement {
            field: "grade".to_owned(),
            stage: None,
            value: sourced(value),
        };
        Sheet {
            judgements: vec![judgement],
            ..Sheet::default()
        }
    }

    fn step(code: &str, word: &str, relisted: bool) -> Listing {
        Listing {
            code: Some(sourced(code)),
            next_steps: vec![("work".to_owned(), sourced(word))],
            relisted,
            ..Listing::default()
        }
    }

    #[test]
    fn judgements_are_counted_with_what_nobody_expected() {
        let sheets = [graded("A"), graded("B"), graded("A"), Sheet::default()];
        let sheets: Vec<&Sheet> = sheets.iter().collect();
        let plan = Plan::default();
        let whole = Whole {
            plan: &plan,
            sheets: sheets.clone(),
        };
        let found = judgements(&whole, &sheets, None);
        let counts = found
            .first()
            .and_then(|found| found.counts.value())
            .cloned();
        let counts = counts.unwrap_or_default();
        assert_eq!(
            (counts.of("A"), counts.of("B"), counts.members()),
            (Some(2), Some(1), 3)
        );
    }

    #[test]
    fn a_project_listed_in_two_sheets_has_one_direction() {
        let sheet = |listings| Sheet {
            listings,
            ..Sheet::default()
        };
        let sheets = [
            sheet(vec![step("01", "維持", false), step("02", "拡大", false)]),
            sheet(vec![step("01", "維持", false), step("03", "維持", true)]),
        ];
        let sheets: Vec<&Sheet> = sheets.iter().collect();
        let found = next_steps(&sheets, None);
        let counts = found
            .first()
            .and_then(|found| found.counts.value())
            .cloned();
        let counts = counts.unwrap_or_default();
        assert_eq!((counts.of("維持"), counts.of("拡大")), (Some(1), Some(1)));
        assert_eq!(counts.left_out.len(), 2);
    }
}
