//! The form is filled as people fill it, and what they wrote is on the sheet or told.

use super::*;
use crate::evaluation::{PrintedTotal, SheetText};
use crate::figure::Figure;
use crate::money::{Money, MoneyUnit};
use crate::plan::{Indicator, Listing, YearFigure, YearMoney};
use crate::scheme::{
    BestEnd, FieldKind, Level, MoneyRule, NextStepAxis, Numbering, Phase, Required, Scale,
    ScaleValue, SheetField, Written,
};
use crate::source::{Settled, Sourced};
use std::collections::BTreeMap;

fn year(calendar_year: u16) -> FiscalYear {
    FiscalYear::new(calendar_year).expect("a fiscal year")
}

fn printed<T>(value: T) -> Sourced<T> {
    Sourced {
        value,
        line: 7,
        settled: Settled::Printed,
    }
}

fn figure(of: u16, text: &str) -> YearFigure {
    YearFigure {
        year: year(of),
        figure: printed(Figure::parse(text).expect("a figure")),
    }
}

fn scale(key: &str, values: &[&str]) -> Scale {
    let value = |printed: &&str| ScaleValue {
        value: (*printed).to_owned(),
        label: format!("{printed}の意味"),
        ..ScaleValue::default()
    };
    Scale {
        key: key.to_owned(),
        label: key.to_owned(),
        best: BestEnd::First,
        values: values.iter().map(value).collect(),
        states: Vec::new(),
    }
}

fn field(key: &str, kind: FieldKind, phase: Phase, required: Required) -> SheetField {
    let max_chars = kind.is_text().then_some(12);
    SheetField {
        key: key.to_owned(),
        label: format!("欄{key}"),
        kind,
        phase,
        levels: Vec::new(),
        stage: None,
        required,
        max_chars,
        public: true,
        help: None,
    }
}

/// A scheme with a field of each kind; the tables are of what is planned or of what was done.
fn scheme(tables: Phase) -> Scheme {
    let when = Required::When {
        field: "grade".to_owned(),
        is: vec!["C".to_owned()],
    };
    let always = || Required::Always;
    Scheme::new(Written {
        key: "plan".to_owned(),
        label: "計画".to_owned(),
        evaluates: None,
        version: "1".to_owned(),
        valid_from: year(2021),
        valid_until: None,
        period: None,
        rolling_years: None,
        every_years: 1,
        levels: vec![Level {
            key: "measure".to_owned(),
            label: "施策".to_owned(),
            numbering: Numbering::Path,
            optional: false,
            outside_tree: false,
            sheets: true,
            indicators: true,
            money: true,
        }],
        scales: vec![
            scale("grade", &["A", "C"]),
            scale("step", &["維持", "廃止"]),
        ],
        next_step_axes: vec![NextStepAxis {
            key: "work".to_owned(),
            label: "動向".to_owned(),
            scale: "step".to_owned(),
            years_ahead: None,
        }],
        stages: Vec::new(),
        fields: vec![
            field("aim", FieldKind::Paragraphs, Phase::Plan, Required::Never),
            field("done", FieldKind::Paragraphs, Phase::Do, always()),
            field("indicators", FieldKind::Indicators, tables, always()),
            field(
                "grade",
                FieldKind::Grade("grade".to_owned()),
                Phase::Check,
                always(),
            ),
            field("cause", FieldKind::Text, Phase::Check, when),
            field(
                "projects",
                FieldKind::Projects,
                Phase::Action,
                Required::Never,
            ),
        ],
        rates: Vec::new(),
        classes: Vec::new(),
        points: Vec::new(),
        rollups: Vec::new(),
        money: MoneyRule::default(),
        tags: Vec::new(),
    })
    .expect("a scheme")
}

fn text(field: &str, of: Option<u16>, words: &str) -> SheetText {
    SheetText {
        field: field.to_owned(),
        year: of.map(year),
        paragraphs: Some(vec![printed(words.to_owned())]),
    }
}

fn thousand(amount: i64) -> Money {
    Money::of(amount, MoneyUnit::ThousandYen).expect("an amount")
}

/// Last year's sheet, as read from a paper.
fn last() -> Sheet {
    let listing = |name: &str, amount| Listing {
        name: Some(printed(name.to_owned())),
        costs: vec![YearMoney {
            year: year(2022),
            money: printed(thousand(amount)),
        }],
        next_steps: vec![("work".to_owned(), printed("維持".to_owned()))],
        ..Listing::default()
    };
    Sheet {
        year: Some(year(2022)),
        label: "施策1".to_owned(),
        texts: vec![
            text("aim", None, "ねらい"),
            text("done", None, "去年の実績"),
        ],
        judgements: vec![crate::evaluation::Judgement {
            field: "grade".to_owned(),
            stage: None,
            value: printed("A".to_owned()),
        }],
        indicators: vec![Indicator {
            name: Some(printed("参加者数".to_owned())),
            targets: vec![figure(2022, "90"), figure(2023, "1,000")],
            actuals: vec![figure(2022, "80")],
            printed_rates: vec![figure(2022, "88.9%")],
            ..Indicator::default()
        }],
        listings: vec![listing("甲事業", 1_200), listing("乙事業", 34)],
        totals: vec![PrintedTotal {
            table: 0,
            year: Some(year(2022)),
            money: printed(thousand(1_234)),
        }],
        next_step_counts: vec![("維持".to_owned(), printed(2))],
        ..Sheet::default()
    }
}

struct Opened {
    scheme: Scheme,
    last: Sheet,
    sheet: Sheet,
}

impl Opened {
    fn new(tables: Phase) -> Self {
        let (scheme, last) = (scheme(tables), last());
        let sheet = successor(&last, year(2023), &scheme);
        Self {
            scheme,
            last,
            sheet,
        }
    }

    fn subject(&self) -> Subject<'_> {
        Subject {
            scheme: &self.scheme,
            level: Some("measure"),
            year: year(2023),
            sheet: &self.sheet,
            last: Some(&self.last),
        }
    }

    fn fill(&self, answers: &[(&str, &str)]) -> Filled {
        let slot = |key: &str| Slot::parse(key).unwrap_or_else(|| panic!("no slot: {key}"));
        let answers: BTreeMap<Slot, String> = answers
            .iter()
            .map(|(key, typed)| (slot(key), (*typed).to_owned()))
            .collect();
        fill(&self.subject(), &answers)
    }

    fn missing(&self, filled: &Sheet) -> Vec<String> {
        let subject = Subject {
            sheet: filled,
            ..self.subject()
        };
        let missing = missing(&subject, &self.sheet, None);
        missing.iter().map(|m| m.slot.to_string()).collect()
    }
}

#[test]
fn a_new_year_has_the_structure_and_no_result() {
    let opened = Opened::new(Phase::Do);
    let sheet = &opened.sheet;
    assert_eq!(sheet.year, Some(year(2023)));
    assert_eq!(sheet.paragraphs("aim").len(), 1);
    assert!(sheet.paragraphs("done").is_empty());
    assert!(sheet.judgements.is_empty() && sheet.totals.is_empty());
    let indicator = &sheet.indicators[0];
    assert_eq!(indicator.targets.len(), 2);
    assert_eq!(indicator.actuals.len(), 1, "what was measured before stays");
    assert_eq!(sheet.listings.len(), 2);
    assert!(
        sheet
            .listings
            .iter()
            .all(|l| l.costs.is_empty() && l.next_steps.is_empty())
    );
    assert_eq!(
        opened.missing(sheet),
        ["text.done", "indicator.0.actual.2023", "grade.grade"]
    );
}

#[test]
fn texts_of_years_move_on_by_a_year() {
    let scheme = scheme(Phase::Do);
    let mut last = last();
    last.texts = vec![
        text("done", Some(2021), "前々年"),
        text("done", Some(2022), "前年"),
    ];
    let next = successor(&last, year(2023), &scheme);
    let texts: Vec<_> = next
        .texts
        .iter()
        .map(|t| (t.year, t.paragraphs.as_ref().map_or(0, Vec::len)))
        .collect();
    assert_eq!(texts, [(Some(year(2022)), 1), (Some(year(2023)), 0)]);
    // Two years later nothing of the year between is known.
    let later = successor(&last, year(2024), &scheme);
    assert!(later.texts.iter().all(|t| t.paragraphs == Some(Vec::new())));
}

#[test]
fn answers_are_typed_as_people_write_and_the_rest_is_computed() {
    let opened = Opened::new(Phase::Do);
    let filled = opened.fill(&[
        ("text.done", "・実施\u{200b}した\r\n\r\n\r\n　次も\u{a0}"),
        ("indicator.0.actual.2023", "９００"),
        ("grade.grade", "A"),
        ("project.0.cost.2023", "△1,000"),
        ("project.1.cost.2023", "２，５００"),
        ("project.0.step.work", "廃止"),
        ("project.2.name", "丙事業"),
        ("project.2.cost.2023", "7"),
        ("project.4.name", "丁事業"),
    ]);
    assert_eq!(filled.faults, []);
    let sheet = &filled.sheet;
    let done: Vec<&str> = sheet
        .paragraphs("done")
        .iter()
        .map(|p| p.value.as_str())
        .collect();
    assert_eq!(done, ["・実施した", "次も"]);
    let rate = &sheet.indicators[0].printed_rates[1];
    assert_eq!(
        (rate.year, rate.figure.value.printed.as_str()),
        (year(2023), "90.0%")
    );
    let names: Vec<String> = sheet.listings.iter().map(Listing::label).collect();
    assert_eq!(names, ["甲事業", "乙事業", "丙事業", "丁事業"]);
    assert_eq!(sheet.totals.len(), 1);
    assert_eq!(sheet.totals[0].money.value, thousand(1_507));
    let counts: Vec<_> = sheet
        .next_step_counts
        .iter()
        .map(|(w, n)| (w.as_str(), n.value))
        .collect();
    assert_eq!(counts, [("維持", 0), ("廃止", 1)]);
    assert_eq!(opened.missing(sheet), [""; 0]);
}

#[test]
fn what_cannot_be_read_is_told_and_leaves_its_place() {
    let opened = Opened::new(Phase::Do);
    let filled = opened.fill(&[
        ("text.done", "一二三四五六七八九十百千万"),
        ("indicator.0.actual.2023", "9oo1"),
        ("grade.grade", "Z"),
        ("project.0.cost.2023", "たくさん"),
        ("project.3.cost.2023", "5"),
        ("project.1.removed", "1"),
        ("text.unknown", "x"),
    ]);
    let told: Vec<(String, &Why)> = filled
        .faults
        .iter()
        .map(|f| (f.slot.to_string(), &f.why))
        .collect();
    let unit = MoneyRule::default().unit.label();
    for (slot, why) in [
        ("text.done", Why::TooLong { most: 12, has: 13 }),
        ("indicator.0.actual.2023", Why::NoFigure),
        ("grade.grade", Why::NotOnScale),
        ("project.0.cost.2023", Why::NoAmount { unit }),
        ("project.3.name", Why::NoName),
        ("text.unknown", Why::NotAsked),
    ] {
        assert!(told.contains(&(slot.to_owned(), &why)), "{slot}: {told:?}");
    }
    assert_eq!(filled.faults.len(), 6);
    assert_eq!(filled.sheet.listings.len(), 1);
    // Words that papers print in place of a figure are no slip.
    assert_eq!(
        opened.fill(&[("indicator.0.actual.2023", "検討中")]).faults,
        []
    );
}

#[test]
fn a_rule_asks_by_another_answer_and_a_blank_takes_away() {
    let opened = Opened::new(Phase::Do);
    let worst = opened.fill(&[("grade.grade", "C")]);
    assert!(
        opened
            .missing(&worst.sheet)
            .contains(&"text.cause".to_owned())
    );
    let best = opened.fill(&[("grade.grade", "A")]);
    assert!(
        !opened
            .missing(&best.sheet)
            .contains(&"text.cause".to_owned())
    );
    let empty = opened.fill(&[("text.aim", " \u{200b} ")]);
    assert!(empty.sheet.paragraphs("aim").is_empty());
}

#[test]
fn another_target_is_a_revision_with_a_reason() {
    let opened = Opened::new(Phase::Plan);
    let filled = opened.fill(&[("indicator.0.target.2023", "1,500")]);
    let revision = &filled.sheet.indicators[0].revisions[0];
    let original = revision.original.as_ref().map(|o| o.value.printed.as_str());
    assert_eq!(original, Some("1,000"));
    assert_eq!(revision.revised.value.printed, "1,500");
    let slot = "indicator.0.reason.2023".to_owned();
    assert!(opened.missing(&filled.sheet).contains(&slot));
    let both = [
        ("indicator.0.target.2023", "1,500"),
        ("indicator.0.reason.2023", "利用の増"),
    ];
    let filled = opened.fill(&both);
    assert!(!opened.missing(&filled.sheet).contains(&slot));
    assert!(
        opened
            .fill(&[("indicator.0.actual.2023", "1")])
            .faults
            .len()
            == 1
    );
}

#[test]
fn every_slot_has_a_key_of_its_own() {
    let opened = Opened::new(Phase::Plan);
    for question in questions(&opened.subject(), 4) {
        let key = question.slot.to_string();
        assert_eq!(Slot::parse(&key), Some(question.slot), "{key}");
    }
    for key in [
        "",
        "text",
        "text.",
        "text.a b",
        "grade.a.b",
        "project.-1.name",
        "project.0.x",
    ] {
        assert_eq!(Slot::parse(key), None, "{key}");
    }
}
