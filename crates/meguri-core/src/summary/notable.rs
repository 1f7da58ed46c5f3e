//! What readers look for in every plan: what is behind its schedule, what is to end or to become
//! smaller. Which values mean that is said by the scheme ([`Means`]), never by their words.

use super::Whole;
use super::money::Once;
use crate::scheme::{FieldKind, Means, Phase, Required, Scheme, SheetField};

/// A sheet that is behind its schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    /// Its place among the sheets.
    pub sheet: usize,
    /// Key of the field that says so.
    pub field: String,
    /// The value that says so.
    pub value: String,
}

/// A project that is to end or to become smaller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The place of its sheet among the sheets.
    pub sheet: usize,
    /// Its row on the sheet, from 0.
    pub item: usize,
    /// Key of the axis that says so.
    pub axis: String,
    /// The value that says so.
    pub value: String,
    /// Which of the two.
    pub means: Means,
}

/// Can a judgement of a plan say that something is late?
#[must_use]
pub fn tells_late(scheme: Option<&Scheme>) -> bool {
    let Some(scheme) = scheme else { return false };
    let fields = scheme.written().fields.iter();
    let scales = fields
        .filter(|field| matches!(field.kind, FieldKind::Grade(_)))
        .filter_map(|field| scheme.scale_of_field(&field.key));
    let mut values = scales.flat_map(|scale| scale.values.iter().chain(&scale.states));
    values.any(|value| value.means == Some(Means::Late))
}

/// Can a direction of a plan say that a project is to end or to become smaller?
#[must_use]
pub fn tells_ending(scheme: Option<&Scheme>) -> bool {
    let Some(scheme) = scheme else { return false };
    let axes = scheme.next_step_axes().iter();
    let scales = axes.filter_map(|axis| scheme.scale(&axis.scale));
    let mut values = scales.flat_map(|scale| scale.values.iter().chain(&scale.states));
    values.any(|value| is_ending(value.means))
}

fn is_ending(means: Option<Means>) -> bool {
    matches!(means, Some(Means::Ends | Means::Shrinks))
}

/// The sheets that are behind their schedule, in their order; a sheet that repeats another one is
/// not counted again.
#[must_use]
pub fn late(whole: &Whole<'_>, scheme: Option<&Scheme>) -> Vec<Late> {
    let Some(scheme) = scheme else {
        return Vec::new();
    };
    let sheets = whole.sheets.iter().enumerate();
    sheets
        .filter(|(_, sheet)| sheet.relisted_from.is_none())
        .filter_map(|(place, sheet)| {
            let says = sheet.judgements.iter().find(|judgement| {
                let scale = scheme.scale_of_field(&judgement.field);
                let value = scale.and_then(|scale| scale.value(&judgement.value.value));
                value.is_some_and(|value| value.means == Some(Means::Late))
            })?;
            Some(Late {
                sheet: place,
                field: says.field.clone(),
                value: says.value.value.clone(),
            })
        })
        .collect()
}

/// The projects that are to end or to become smaller, each once: those that end first.
#[must_use]
pub fn ending(whole: &Whole<'_>, scheme: Option<&Scheme>) -> Vec<Ending> {
    let Some(scheme) = scheme else {
        return Vec::new();
    };
    let mut once = Once::default();
    let mut found = Vec::new();
    for (place, sheet) in whole.sheets.iter().enumerate() {
        for (item, listing) in sheet.listings.iter().enumerate() {
            if listing.table != 0 || !once.counts(sheet, listing) {
                continue;
            }
            let says = listing.next_steps.iter().filter_map(|(axis, step)| {
                let scale = scheme.next_step_scale(axis)?;
                let means = scale.value(&step.value)?.means;
                Some((means.filter(|_| is_ending(means))?, axis, &step.value))
            });
            // Where work and money say it differently, the stronger one counts.
            if let Some((means, axis, value)) = says.min_by_key(|(means, ..)| *means) {
                found.push(Ending {
                    sheet: place,
                    item,
                    axis: axis.clone(),
                    value: value.clone(),
                    means,
                });
            }
        }
    }
    found.sort_by_key(|ending| ending.means);
    found
}

/// The fields of running text that tell why a value was given and what is done next: those that the
/// scheme asks for with that value; else what was done, and what is to be improved.
#[must_use]
pub fn explained_by<'a>(scheme: &'a Scheme, field: &str, value: &str) -> Vec<&'a SheetField> {
    let texts = || {
        let fields = scheme.written().fields.iter();
        fields.filter(|field| field.kind.is_text())
    };
    let asked = |text: &&SheetField| match &text.required {
        Required::When { field: other, is } => {
            other == field && is.iter().any(|known| known == value)
        }
        Required::Never | Required::Always => false,
    };
    let own: Vec<&SheetField> = texts().filter(asked).collect();
    if own.is_empty() { told_by(scheme) } else { own }
}

/// The fields of running text that tell in short how a sheet stands: what was done, what was judged, what
/// is to be improved.
#[must_use]
pub fn told_by(scheme: &Scheme) -> Vec<&SheetField> {
    let first = |phase: Phase| {
        let mut fields = scheme.written().fields.iter();
        fields.find(|field| field.kind.is_text() && field.phase == phase)
    };
    let phases = [Phase::Do, Phase::Check, Phase::Action];
    phases.into_iter().filter_map(first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::{Judgement, Sheet};
    use crate::fiscal_year::FiscalYear;
    use crate::plan::{Listing, Plan};
    use crate::scheme::{
        BestEnd, Level, MoneyRule, NextStepAxis, Numbering, Scale, ScaleValue, Written,
    };
    use crate::source::{Settled, Sourced};

    fn sourced<T>(value: T) -> Sourced<T> {
        Sourced {
            value,
            line: 1,
            settled: Settled::Printed,
        }
    }

    fn value(word: &str, means: Option<Means>) -> ScaleValue {
        ScaleValue {
            value: word.to_owned(),
            label: format!("「{word}」の意味"),
            means,
            ..ScaleValue::default()
        }
    }

    /// A city whose words are its own: 甲 is late, 乙 ends, 丙 becomes smaller.
    fn scheme() -> Scheme {
        let scale = |key: &str, best, values: Vec<ScaleValue>| Scale {
            key: key.to_owned(),
            label: key.to_owned(),
            best,
            values,
            states: Vec::new(),
        };
        let grades = vec![value("良", None), value("甲", Some(Means::Late))];
        let steps = vec![
            value("続", None),
            value("丙", Some(Means::Shrinks)),
            value("乙", Some(Means::Ends)),
        ];
        let axis = NextStepAxis {
            key: "work".to_owned(),
            label: "動向".to_owned(),
            scale: "step".to_owned(),
            years_ahead: Some(1),
        };
        let written = Written {
            key: "plan".to_owned(),
            label: "計画".to_owned(),
            evaluates: None,
            version: "1".to_owned(),
            valid_from: FiscalYear::new(2024).expect("a year"),
            valid_until: None,
            period: None,
            rolling_years: None,
            every_years: 1,
            levels: vec![Level {
                key: "theme".to_owned(),
                label: "施策".to_owned(),
                numbering: Numbering::None,
                optional: false,
                outside_tree: false,
                sheets: true,
                indicators: false,
                money: false,
            }],
            scales: vec![
                scale("grade", BestEnd::First, grades),
                scale("step", BestEnd::None, steps),
            ],
            next_step_axes: vec![axis],
            stages: Vec::new(),
            fields: vec![
                field("grade", FieldKind::Grade("grade".to_owned()), Phase::Check),
                field("done", FieldKind::Text, Phase::Do),
                field("better", FieldKind::Paragraphs, Phase::Action),
                because("甲"),
            ],
            rates: Vec::new(),
            classes: Vec::new(),
            points: Vec::new(),
            rollups: Vec::new(),
            money: MoneyRule::default(),
            tags: Vec::new(),
        };
        Scheme::new(written).expect("a sound scheme")
    }

    fn field(key: &str, kind: FieldKind, phase: Phase) -> SheetField {
        SheetField {
            key: key.to_owned(),
            label: key.to_owned(),
            kind,
            phase,
            levels: Vec::new(),
            stage: None,
            required: Required::Never,
            max_chars: None,
            public: true,
            help: None,
        }
    }

    /// The reason that is asked for with a value.
    fn because(value: &str) -> SheetField {
        SheetField {
            required: Required::When {
                field: "grade".to_owned(),
                is: vec![value.to_owned()],
            },
            ..field("because", FieldKind::Text, Phase::Check)
        }
    }

    #[test]
    fn a_value_is_explained_by_the_texts_that_are_asked_for_with_it() {
        let scheme = scheme();
        let keys = |value: &str| -> Vec<String> {
            let fields = explained_by(&scheme, "grade", value).into_iter();
            fields.map(|field| field.key.clone()).collect()
        };
        assert_eq!(keys("甲"), ["because"]);
        // Nothing is asked for with it: what was done, what is judged, what comes next.
        assert_eq!(keys("良"), ["done", "because", "better"]);
    }

    fn sheet(grade: &str, rows: &[(&str, &str)]) -> Sheet {
        let row = |(code, step): &(&str, &str)| Listing {
            code: Some(sourced((*code).to_owned())),
            next_steps: vec![("work".to_owned(), sourced((*step).to_owned()))],
            ..Listing::default()
        };
        Sheet {
            judgements: vec![Judgement {
                field: "grade".to_owned(),
                stage: None,
                value: sourced(grade.to_owned()),
            }],
            listings: rows.iter().map(row).collect(),
            ..Sheet::default()
        }
    }

    #[test]
    fn late_and_ending_are_what_the_scheme_says_each_once() {
        let again = Sheet {
            relisted_from: Some(sourced(1)),
            ..sheet("甲", &[("9", "乙")])
        };
        let sheets = [
            sheet("良", &[("1", "丙"), ("2", "続")]),
            // A word of another city says nothing here.
            sheet("遅れ", &[("3", "廃止")]),
            sheet("甲", &[("1", "丙"), ("4", "乙")]),
            again,
        ];
        let plan = Plan::default();
        let whole = Whole {
            plan: &plan,
            sheets: sheets.iter().collect(),
        };
        let scheme = scheme();
        assert!(tells_late(Some(&scheme)) && tells_ending(Some(&scheme)));
        let late: Vec<usize> = late(&whole, Some(&scheme))
            .into_iter()
            .map(|late| late.sheet)
            .collect();
        assert_eq!(late, [2]);
        let ending = ending(&whole, Some(&scheme));
        let ending: Vec<_> = ending
            .iter()
            .map(|one| (one.sheet, one.item, one.value.as_str()))
            .collect();
        assert_eq!(ending, [(2, 1, "乙"), (0, 0, "丙")]);
    }

    #[test]
    fn without_a_scheme_nothing_is_late() {
        let sheets = [sheet("甲", &[("1", "乙")])];
        let plan = Plan::default();
        let whole = Whole {
            plan: &plan,
            sheets: sheets.iter().collect(),
        };
        assert!(late(&whole, None).is_empty() && ending(&whole, None).is_empty());
        assert!(!tells_late(None) && !tells_ending(None));
    }
}
