//! Every value of a sheet by its place on it and by a stable id, with its line in the source.
//!
//! One list for all: a sheet takes its links from it and the page of a value is looked up in it, so
//! that no link leads nowhere.

mod identity;

pub use identity::{id, is_place};

use crate::read::Entry;
use crate::read::quantity::Quantity;
use meguri_core::evaluation::Sheet;
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::Money;
use meguri_core::plan::{BudgetItem, Indicator, Listing};
use meguri_core::source::{Settled, Sourced};
use meguri_core::verify::Finding;
use std::collections::BTreeMap;
use std::fmt::Display;

/// One value with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// By what it is known in addresses, and from version to version.
    pub id: String,
    /// What it is, for a person: `指標1 … ＞ 目標（令和6年度）`.
    pub label: String,
    /// The value as printed.
    pub text: String,
    /// Its number; none where it is a text.
    pub quantity: Option<Quantity>,
    /// Line of the source, from 1.
    pub line: u32,
    /// How it was settled.
    pub settled: Settled,
}

/// The values of one sheet by their places on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    by_place: BTreeMap<String, Value>,
    /// The place of each id.
    places: BTreeMap<String, String>,
}

/// What a paper prints: a text, and a number where it is one.
pub trait Printed: Display {
    /// Its number.
    fn quantity(&self) -> Option<Quantity> {
        None
    }
}

impl Printed for String {}

impl Printed for u32 {
    fn quantity(&self) -> Option<Quantity> {
        Some(Quantity::Number((*self).into()))
    }
}

impl Printed for Figure {
    fn quantity(&self) -> Option<Quantity> {
        Quantity::of_figure(self)
    }
}

impl Printed for Money {
    fn quantity(&self) -> Option<Quantity> {
        Some(Quantity::Yen(self.yen))
    }
}

impl Value {
    /// A printed value.
    #[must_use]
    pub fn new<T: Printed>(label: String, value: &Sourced<T>) -> Self {
        Self {
            id: String::new(),
            label,
            text: value.value.to_string(),
            quantity: value.value.quantity(),
            line: value.line,
            settled: value.settled,
        }
    }

    /// Is a finding about this value? By its line, and by the field with its year or the mark.
    #[must_use]
    pub fn is_meant_by(&self, finding: &Finding) -> bool {
        let place = &finding.place;
        if place.line != self.line {
            return false;
        }
        match place.field.as_deref().filter(|field| field.ends_with('）')) {
            Some(field) => self.label.ends_with(field),
            None => place.mark.as_deref().is_some_and(|mark| {
                let amount = self.text.trim_end_matches(|c: char| !c.is_ascii_digit());
                mark == self.text || mark == amount
            }),
        }
    }
}

impl Values {
    /// A value by its place: `indicator-3-actual-2024` is one of the third indicator.
    #[must_use]
    pub fn get(&self, place: &str) -> Option<&Value> {
        self.by_place.get(place)
    }

    /// A value by its id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Value> {
        self.get(self.places.get(id)?)
    }

    /// All places with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let all = self.by_place.iter();
        all.map(|(place, value)| (place.as_str(), value))
    }

    /// Adds a value unless its place is taken: what a paper prints twice is shown once.
    fn add<T: Printed>(&mut self, place: String, label: String, value: &Sourced<T>) {
        let value = Value::new(label, value);
        self.by_place.entry(place).or_insert(value);
    }

    /// Gives every value its id.
    fn identify(&mut self, sheet: &Sheet) {
        let ids = identity::Ids::of(sheet);
        for (place, value) in &mut self.by_place {
            value.id = ids.id(place);
            self.places.insert(value.id.clone(), place.clone());
        }
    }

    fn each<T: Printed>(&mut self, id: &str, label: &str, values: &[Sourced<T>]) {
        for (index, value) in values.iter().enumerate() {
            self.add(format!("{id}-{}", index + 1), label.to_owned(), value);
        }
    }
}

/// The place of something of a year: `indicator-1-target-2024`.
#[must_use]
pub fn of_year(head: &str, year: FiscalYear) -> String {
    format!("{head}-{}", year.calendar_year())
}

/// `3-2-1`: 款・項・目, a missing one as a blank place; empty where there is none.
#[must_use]
pub fn budget_place(item: &BudgetItem) -> String {
    let parts = [&item.kan, &item.kou, &item.moku];
    if parts.iter().all(|part| part.is_none()) {
        return String::new();
    }
    let parts = parts.map(|part| part.as_deref().unwrap_or("　"));
    parts.join("-")
}

/// All values of a sheet.
#[must_use]
pub fn of_sheet(entry: &Entry, sheet: &Sheet) -> Values {
    let mut values = Values::default();
    node(entry, sheet, &mut values);
    texts(entry, sheet, &mut values);
    for (index, indicator) in sheet.indicators.iter().enumerate() {
        of_indicator(index + 1, indicator, &mut values);
    }
    for (index, listing) in sheet.listings.iter().enumerate() {
        of_listing(index + 1, listing, &mut values);
    }
    totals(sheet, &mut values);
    values.identify(sheet);
    values
}

fn node(entry: &Entry, sheet: &Sheet, values: &mut Values) {
    let Some(node) = sheet.node.and_then(|id| entry.document.plan.node(id)) else {
        return;
    };
    let level = entry.level_label(&node.level);
    if let Some(number) = &node.number {
        values.add("node-number".to_owned(), format!("{level}の番号"), number);
    }
    if let Some(name) = &node.name {
        values.add("node-name".to_owned(), format!("{level}の名称"), name);
    }
    let Some(programme) = &node.programme else {
        return;
    };
    if let Some(kind) = &programme.kind {
        values.add("programme-kind".to_owned(), "区分".to_owned(), kind);
    }
    for (index, step) in programme.schedule.iter().enumerate() {
        let year = step
            .year
            .map_or_else(|| "年度不明".to_owned(), |year| year.to_string());
        values.add(
            format!("schedule-{}", index + 1),
            format!("年次計画（{year}）"),
            &step.word,
        );
    }
}

fn texts(entry: &Entry, sheet: &Sheet, values: &mut Values) {
    values.each("section", "所管課", &sheet.sections);
    values.each("related-section", "関連課", &sheet.related_sections);
    if let Some(from) = &sheet.relisted_from {
        values.add("relisted-from".to_owned(), "再掲の元".to_owned(), from);
    }
    for (index, judgement) in sheet.judgements.iter().enumerate() {
        let label = entry.field_label(&judgement.field);
        values.add(format!("judgement-{}", index + 1), label, &judgement.value);
    }
    for (index, text) in sheet.texts.iter().enumerate() {
        let label = entry.field_label(&text.field);
        let label = text
            .year
            .map_or_else(|| label.clone(), |year| format!("{label}（{year}）"));
        let paragraphs = text.paragraphs.as_deref().unwrap_or(&[]);
        values.each(&format!("text-{}", index + 1), &label, paragraphs);
    }
}

fn of_indicator(number: usize, indicator: &Indicator, values: &mut Values) {
    let id = format!("indicator-{number}");
    let label = |what: &str| format!("指標「{}」＞{what}", indicator.label());
    let named = [
        ("name", "名称", &indicator.name),
        ("sub-name", "内訳", &indicator.sub_name),
        ("unit", "単位", &indicator.unit),
    ];
    for (key, what, value) in named {
        if let Some(value) = value {
            values.add(format!("{id}-{key}"), label(what), value);
        }
    }
    if let Some(number) = &indicator.number {
        values.add(format!("{id}-number"), label("番号"), number);
    }
    if let Some(baseline) = &indicator.baseline {
        values.add(format!("{id}-baseline"), label("基準値"), baseline);
    }
    let rows = [
        ("target", "目標", &indicator.targets),
        ("actual", "実績", &indicator.actuals),
        ("rate", "達成率", &indicator.printed_rates),
    ];
    for (key, what, row) in rows {
        for figure in row {
            let id = of_year(&format!("{id}-{key}"), figure.year);
            values.add(
                id,
                label(&format!("{what}（{}）", figure.year)),
                &figure.figure,
            );
        }
    }
    for revision in &indicator.revisions {
        let year = revision.year;
        if let Some(original) = &revision.original {
            let what = format!("見直し前の目標（{year}）");
            values.add(
                of_year(&format!("{id}-original"), year),
                label(&what),
                original,
            );
        }
        if let Some(reason) = &revision.reason {
            let what = format!("目標見直しの理由（{year}）");
            values.add(of_year(&format!("{id}-reason"), year), label(&what), reason);
        }
    }
    values.each(&format!("{id}-note"), &label("注"), &indicator.notes);
}

fn of_listing(number: usize, listing: &Listing, values: &mut Values) {
    let id = format!("project-{number}");
    let label = |what: &str| format!("事業「{}」＞{what}", listing.label());
    if let Some(number) = &listing.number {
        values.add(format!("{id}-number"), label("番号"), number);
    }
    for (key, what, value) in [
        ("name", "名称", &listing.name),
        ("code", "コード", &listing.code),
    ] {
        if let Some(value) = value {
            values.add(format!("{id}-{key}"), label(what), value);
        }
    }
    if let Some(from) = &listing.relisted_from {
        values.add(format!("{id}-from"), label("再掲の元"), from);
    }
    values.each(&format!("{id}-tag"), &label("印"), &listing.tags);
    values.each(
        &format!("{id}-section"),
        &label("担当課"),
        &listing.sections,
    );
    for cost in &listing.costs {
        let what = format!("事業費（{}）", cost.year);
        values.add(
            of_year(&format!("{id}-cost"), cost.year),
            label(&what),
            &cost.money,
        );
    }
    for (year, outline) in &listing.outlines {
        let what = format!("年次計画（{year}）");
        values.add(
            of_year(&format!("{id}-outline"), *year),
            label(&what),
            outline,
        );
    }
    for (index, (_, step)) in listing.next_steps.iter().enumerate() {
        values.add(
            format!("{id}-step-{}", index + 1),
            label("来年度の動向"),
            step,
        );
    }
}

fn totals(sheet: &Sheet, values: &mut Values) {
    for (index, total) in sheet.totals.iter().enumerate() {
        let year = total
            .year
            .map_or_else(String::new, |year| format!("（{year}）"));
        values.add(
            format!("total-{}", index + 1),
            format!("合計{year}"),
            &total.money,
        );
    }
    for (index, (word, count)) in sheet.next_step_counts.iter().enumerate() {
        values.add(
            format!("count-{}", index + 1),
            format!("「{word}」の事業数"),
            count,
        );
    }
    values.each(
        "unplaced-cost",
        "行が分からない事業費",
        &sheet.unplaced_costs,
    );
}
