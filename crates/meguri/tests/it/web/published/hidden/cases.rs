//! Each kind of field and each stage in turn, on every family.

use super::{Mark, Plant, check_case, hiding, usual};
use meguri_core::evaluation::{Judgement, PrintedTotal, Sheet, SheetText};
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::{Money, MoneyUnit};
use meguri_core::plan::{Indicator, Listing, YearFigure, YearMoney};
use meguri_core::source::{Settled, Sourced};

fn sourced<T>(value: T) -> Sourced<T> {
    Sourced {
        value,
        line: 1,
        settled: Settled::Printed,
    }
}

fn word(mark: Mark) -> Sourced<String> {
    sourced(mark.word.to_owned())
}

fn money(mark: Mark) -> Sourced<Money> {
    let amount = Money::of(i64::from(mark.number), MoneyUnit::ThousandYen);
    sourced(amount.expect("an amount"))
}

fn year() -> FiscalYear {
    FiscalYear::new(2024).expect("a fiscal year")
}

/// The text of a field, which may not be there yet.
pub(super) fn text(sheet: &mut Sheet, field: &str, mark: Mark) {
    sheet.texts.retain(|text| text.field != field);
    sheet.texts.push(SheetText {
        field: field.to_owned(),
        year: None,
        paragraphs: Some(vec![word(mark), word(mark)]),
    });
}

pub(super) fn judgement(sheet: &mut Sheet, field: &str, stage: Option<&str>, mark: Mark) {
    let stage = stage.map(str::to_owned);
    sheet
        .judgements
        .retain(|own| own.field != field || own.stage != stage);
    sheet.judgements.push(Judgement {
        field: field.to_owned(),
        stage,
        value: word(mark),
    });
}

pub(super) fn indicator(sheet: &mut Sheet, mark: Mark) {
    let figure = Figure::parse(&mark.number.to_string()).expect("a figure");
    sheet.indicators = vec![Indicator {
        name: Some(word(mark)),
        unit: Some(word(mark)),
        actuals: vec![YearFigure {
            year: year(),
            figure: sourced(figure),
        }],
        notes: vec![word(mark)],
        ..Indicator::default()
    }];
}

pub(super) fn projects(sheet: &mut Sheet, mark: Mark) {
    sheet.listings = vec![Listing {
        name: Some(word(mark)),
        tags: vec![word(mark)],
        sections: vec![word(mark)],
        code: Some(word(mark)),
        outlines: vec![(year(), word(mark))],
        ..Listing::default()
    }];
    steps(sheet, mark);
    costs(sheet, mark);
}

/// Directions of the rows and their counts.
fn steps(sheet: &mut Sheet, mark: Mark) {
    if sheet.listings.is_empty() {
        sheet.listings.push(Listing::default());
    }
    for row in &mut sheet.listings {
        row.next_steps = vec![("work".to_owned(), word(mark))];
    }
    sheet.next_step_counts = vec![(mark.word.to_owned(), sourced(mark.number))];
}

/// Amounts of the rows and their totals.
fn costs(sheet: &mut Sheet, mark: Mark) {
    if sheet.listings.is_empty() {
        sheet.listings.push(Listing::default());
    }
    for row in &mut sheet.listings {
        row.costs = vec![YearMoney {
            year: year(),
            money: money(mark),
        }];
    }
    sheet.totals = vec![PrintedTotal {
        table: 0,
        year: Some(year()),
        money: money(mark),
    }];
    sheet.unplaced_costs = vec![money(mark)];
}

pub(super) fn sections(sheet: &mut Sheet, mark: Mark) {
    sheet.sections = vec![word(mark)];
    sheet.related_sections = vec![word(mark)];
    for row in &mut sheet.listings {
        row.sections = vec![word(mark)];
    }
}

/// A case of a field or stage of the usual scheme of a family.
fn of_usual(family: &str, table: &str, key: &str, plant: Plant) {
    let open = usual(family);
    // What is said not to be public and what is not said to be are the same.
    let is_silent = matches!(family, "strategy" | "reform") || table == "stages";
    let closed = hiding(&open, table, key, is_silent);
    check_case(&format!("{family}-{key}"), family, &open, &closed, plant);
}

/// A case of a field that is added to the usual scheme of evaluation sheets.
fn of_added(kind: &str, plant: Plant) {
    let name = kind.split('"').next().unwrap_or_default();
    let field = |public: bool| {
        format!(
            "{}\n\n[[fields]]\nkey = \"memo\"\nlabel = \"メモ\"\nkind = \"{kind}\nphase = \"do\"\n\
             public = {public}\n",
            usual("evaluation")
        )
    };
    check_case(
        &format!("added-{name}"),
        "evaluation",
        &field(true),
        &field(false),
        plant,
    );
}

#[test]
fn hidden_fields_of_evaluation_sheets_are_told_nowhere() {
    let of = |key, plant| of_usual("evaluation", "fields", key, plant);
    of("approach", |sheet, mark| text(sheet, "approach", mark));
    of("reason", |sheet, mark| text(sheet, "reason", mark));
    of("attainment", |sheet, mark| {
        judgement(sheet, "attainment", None, mark)
    });
    of("indicators", indicator);
    of("projects", projects);
}

#[test]
fn hidden_fields_of_kinds_that_no_usual_scheme_has_are_told_nowhere() {
    of_added("figure\"", |sheet, mark| text(sheet, "memo", mark));
    of_added("yes_no\"", |sheet, mark| {
        text(sheet, "memo", mark);
        judgement(sheet, "memo", None, mark);
    });
    of_added("money\"", |sheet, mark| {
        text(sheet, "memo", mark);
        costs(sheet, mark);
    });
    of_added("next_step\"\naxis = \"work\"", |sheet, mark| {
        judgement(sheet, "memo", None, mark);
        steps(sheet, mark);
    });
    of_added("sections\"", sections);
}

#[test]
fn hidden_stages_are_told_nowhere() {
    of_usual("evaluation", "stages", "section", |sheet, mark| {
        judgement(sheet, "attainment", None, mark);
        judgement(sheet, "attainment", Some("section"), mark);
    });
    of_usual("programs", "stages", "committee", |sheet, mark| {
        judgement(sheet, "grade", Some("committee"), mark);
    });
}

#[test]
fn hidden_fields_of_the_other_families_are_told_nowhere() {
    of_usual("strategy", "fields", "sections", sections);
    of_usual("strategy", "fields", "progress", |sheet, mark| {
        text(sheet, "progress", mark);
    });
    of_usual("programs", "fields", "grade", |sheet, mark| {
        judgement(sheet, "grade", None, mark);
    });
    of_usual("reform", "fields", "result", |sheet, mark| {
        text(sheet, "result", mark)
    });
    of_usual("midterm", "fields", "projects", projects);
}

#[test]
fn what_no_scheme_names_is_told_nowhere() {
    let all: Plant = |sheet, mark| {
        text(sheet, "approach", mark);
        text(sheet, "unheard_of", mark);
        judgement(sheet, "attainment", None, mark);
        indicator(sheet, mark);
        projects(sheet, mark);
        sections(sheet, mark);
    };
    let open = usual("evaluation");
    // Nobody says `public`.
    let silent = open.replace("public = true\n", "");
    check_case("silent", "evaluation", "", &silent, all);
    // There are no fields at all.
    let end = open.find("[[fields]]").expect("fields");
    let rest = open.find("[[rates]]").expect("rates");
    let none = format!("{}{}", &open[..end], &open[rest..]);
    check_case("no-fields", "evaluation", "", &none, all);
    let unnamed: Plant = |sheet, mark| {
        text(sheet, "unheard_of", mark);
        judgement(sheet, "unheard_of", Some("unheard_of"), mark);
    };
    check_case("unnamed", "evaluation", "", &open, unnamed);
}
