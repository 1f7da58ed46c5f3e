//! Projects, the rows that list them, and money.

use super::rules::comparability;
use super::{Out, Placed, lines, printed, sourced, years};
use crate::read::urls;
use crate::read::values::{self, Values, of_year};
use crate::read::{Entry, Stand};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::Kind;
use meguri_core::money::Money;
use meguri_core::plan::{BudgetItem, Listing};
use meguri_core::source::Sourced;
use meguri_core::summary::money::counted;
use meguri_opendata::{Fault, Row};
use std::collections::BTreeMap;

/// 会計・款・項・目.
fn budget<'r>(row: Row<'r>, item: &'r BudgetItem) -> Row<'r> {
    row.with("account", item.account.as_deref())
        .with("kan", item.kan.as_deref())
        .with("kou", item.kou.as_deref())
        .with("moku", item.moku.as_deref())
}

pub(super) fn projects(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    let library = out.library;
    for thing in library.linked().all(Kind::Project) {
        if !thing.places.iter().any(|at| out.has_place(at)) {
            continue;
        }
        let stands: Vec<Stand<'_>> = library.stands(thing).collect();
        let rows = stands.iter().filter_map(Stand::listing);
        let of_sheets = stands.iter().filter_map(|stand| stand.sheet.year);
        let year = |year: FiscalYear| i64::from(year.calendar_year());
        let with_code = rows.clone().rev().find(|row| row.code.is_some());
        let last = with_code.or_else(|| rows.clone().next_back());
        let row = out
            .row()
            .with("project", thing.id)
            .with("name", thing.name())
            .with(
                "other_names",
                lines(thing.names.iter().skip(1).map(String::as_str)),
            )
            .with("code", last.and_then(|row| printed(row.code.as_ref())))
            .with("first_year", of_sheets.clone().min().map(year))
            .with("last_year", of_sheets.max().map(year))
            .with("listings", stands.len())
            .with("url", urls::project(thing.id));
        let row = match last {
            Some(listing) => budget(row, &listing.budget_item),
            None => row,
        };
        out.put(row)?;
    }
    Ok(())
}

/// A row of projects with where it is.
#[derive(Clone, Copy)]
struct Own<'a> {
    at: Placed<'a>,
    /// From 1.
    number: usize,
    listing: &'a Listing,
    /// The permanent id of its project.
    project: Option<i64>,
    /// Does its money count in what the document comes to?
    counts: bool,
}

impl Own<'_> {
    fn is_again(&self) -> bool {
        self.listing.relisted || self.at.sheet.relisted_from.is_some()
    }
}

impl Out<'_, '_> {
    /// Does what with each row of projects, sheet by sheet.
    fn each_listing(
        &mut self,
        work: impl Fn(&mut Self, Own<'_>, &Values) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let all = self.sheets();
        let counts = counting(&all);
        for at in all {
            let known = values::of_sheet(at.entry, at.sheet);
            for own in rows(self, at, &counts) {
                work(self, own, &known)?;
            }
        }
        Ok(())
    }
}

/// Which rows count in what their document comes to, by document and number of the sheet.
fn counting(all: &[Placed<'_>]) -> BTreeMap<(i64, usize), Vec<bool>> {
    let mut documents: Vec<&Entry> = all.iter().map(|at| at.entry).collect();
    documents.dedup_by_key(|entry| entry.id);
    let mut found = BTreeMap::new();
    for entry in documents {
        let each = counted(entry.document.sheets());
        found.extend((1..).zip(each).map(|(number, of)| ((entry.id, number), of)));
    }
    found
}

fn rows<'a>(
    out: &Out<'_, '_>,
    at: Placed<'a>,
    counts: &BTreeMap<(i64, usize), Vec<bool>>,
) -> Vec<Own<'a>> {
    let linked = out.library.linked();
    let counts = counts.get(&(at.entry.id, at.number));
    let own = |(index, listing)| Own {
        at,
        number: index + 1,
        listing,
        project: linked.on_sheet(Kind::Project, at.entry, at.number, index),
        counts: counts.and_then(|counts| counts.get(index)) == Some(&true),
    };
    at.sheet.listings.iter().enumerate().map(own).collect()
}

pub(super) fn listings(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    out.each_listing(|out, own, _| {
        let row = of_listing(out, own);
        out.put(row)
    })
}

fn of_listing<'r>(out: &Out<'r, '_>, own: Own<'r>) -> Row<'r> {
    let listing = own.listing;
    let number = |number: &Sourced<u32>| number.value.to_string();
    let row = out
        .of_sheet(own.at)
        .with("listing", own.number)
        .with("project", own.project)
        .with("table_number", listing.table)
        .with("number", listing.number.as_ref().map(number))
        .with("name", printed(listing.name.as_ref()))
        .with("code", printed(listing.code.as_ref()))
        .with(
            "tags",
            lines(listing.tags.iter().map(|tag| tag.value.as_str())),
        )
        .with(
            "sections",
            lines(listing.sections.iter().map(|s| s.value.as_str())),
        );
    let row = budget(row, &listing.budget_item)
        .with("is_relisted", own.is_again())
        .with("relisted_from", listing.relisted_from.as_ref().map(number))
        .with("is_counted", own.counts)
        .with(
            "settled",
            listing.name.as_ref().map(|name| name.settled.key()),
        );
    row.with("source_line", (listing.line > 0).then_some(listing.line))
}

pub(super) fn directions(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    out.each_listing(|out, own, known| {
        for (position, (axis, step)) in own.listing.next_steps.iter().enumerate() {
            if step.value.is_empty() {
                continue;
            }
            let place = format!("project-{}-step-{}", own.number, position + 1);
            let scheme = own.at.entry.scheme.as_deref();
            let mut axes = scheme
                .map_or(&[][..], |scheme| scheme.next_step_axes())
                .iter();
            let label = axes
                .find(|own| own.key == *axis)
                .map(|own| own.label.as_str());
            let scale = scheme.and_then(|scheme| scheme.next_step_scale(axis));
            let row = out
                .of_sheet(own.at)
                .with("listing", own.number)
                .with("project", own.project)
                .with("position", position + 1)
                .with("axis", axis.as_str())
                .with("axis_label", label)
                .with("value", step.value.as_str())
                .with("scale", scale.map(|scale| scale.key.as_str()))
                .with("comparability", scale.map(comparability))
                .with("value_id", id(known, &place));
            out.put(sourced(row, Some(step)))?;
        }
        Ok(())
    })
}

pub(super) fn outlines(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    out.each_listing(|out, own, known| {
        for (position, (year, outline)) in own.listing.outlines.iter().enumerate() {
            if outline.value.is_empty() {
                continue;
            }
            let place = of_year(&format!("project-{}-outline", own.number), *year);
            let row = out
                .of_sheet(own.at)
                .with("listing", own.number)
                .with("project", own.project)
                .with("position", position + 1);
            let row = years(row, "outline_year", "outline_year_label", Some(*year))
                .with("text", outline.value.as_str())
                .with("value_id", id(known, &place));
            out.put(sourced(row, Some(outline)))?;
        }
        Ok(())
    })
}

pub(super) fn counts(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for at in out.sheets() {
        let known = values::of_sheet(at.entry, at.sheet);
        for (position, (word, count)) in at.sheet.next_step_counts.iter().enumerate() {
            let row = out
                .of_sheet(at)
                .with("position", position + 1)
                .with("word", word.as_str())
                .with("count", count.value)
                .with("value_id", id(&known, &format!("count-{}", position + 1)));
            out.put(sourced(row, Some(count)))?;
        }
    }
    Ok(())
}

/// The id of the value at a place.
fn id(known: &Values, place: &str) -> Option<String> {
    known.get(place).map(|value| value.id.clone())
}

/// Money of a sheet with what is said of it.
struct Amount<'a> {
    kind: &'static str,
    year: Option<FiscalYear>,
    table: Option<u32>,
    money: &'a Sourced<Money>,
    own: Option<Own<'a>>,
    is_again: bool,
    counts: bool,
    place: String,
}

pub(super) fn money(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    let all = out.sheets();
    let counts = counting(&all);
    for at in all {
        let known = values::of_sheet(at.entry, at.sheet);
        let own = rows(out, at, &counts);
        for (index, amount) in amounts(at, &own).iter().enumerate() {
            let row =
                of_amount(out, at, index + 1, amount).with("value_id", id(&known, &amount.place));
            out.put(sourced(row, Some(amount.money)))?;
        }
    }
    Ok(())
}

/// All amounts of a sheet: of its rows, those whose row is lost, and printed totals.
fn amounts<'a>(at: Placed<'a>, rows: &[Own<'a>]) -> Vec<Amount<'a>> {
    let sheet = at.sheet;
    let mut found = Vec::new();
    for own in rows {
        found.extend(own.listing.costs.iter().map(|cost| Amount {
            kind: "listing",
            year: Some(cost.year),
            table: Some(own.listing.table),
            money: &cost.money,
            own: Some(*own),
            is_again: own.is_again(),
            counts: own.counts,
            place: of_year(&format!("project-{}-cost", own.number), cost.year),
        }));
    }
    let again = sheet.relisted_from.is_some();
    let beside = |kind, year, table, money, counts, place| Amount {
        kind,
        year,
        table,
        money,
        own: None,
        is_again: again,
        counts,
        place,
    };
    for (number, money) in (1..).zip(&sheet.unplaced_costs) {
        let place = format!("unplaced-cost-{number}");
        // As where the sums are made: they are of the year of the sheet, and count.
        let counts = sheet.year.is_some();
        found.push(beside(
            "unplaced",
            sheet.year,
            Some(0),
            money,
            counts,
            place,
        ));
    }
    for (number, total) in (1..).zip(&sheet.totals) {
        let place = format!("total-{number}");
        let (year, table) = (total.year, Some(total.table));
        found.push(beside(
            "printed_total",
            year,
            table,
            &total.money,
            false,
            place,
        ));
    }
    found
}

fn of_amount<'r>(out: &Out<'r, '_>, at: Placed<'r>, item: usize, amount: &Amount<'r>) -> Row<'r> {
    let rule = at
        .entry
        .scheme
        .as_ref()
        .map(|scheme| &scheme.written().money);
    let money = amount.money.value;
    let row = out.of_sheet(at);
    let row = years(row, "budget_year", "budget_year_label", amount.year)
        .with("item", item)
        .with("row_kind", amount.kind)
        .with(
            "amount_kind",
            rule.and_then(|rule| rule.kind).map(|kind| kind.key()),
        )
        .with("listing", amount.own.map(|own| own.number))
        .with("project", amount.own.and_then(|own| own.project))
        .with("table_number", amount.table);
    let row = match amount.own {
        Some(own) => budget(row, &own.listing.budget_item),
        None => row,
    };
    row.with("amount_yen", money.yen)
        .with("printed", money.to_string())
        .with("printed_unit", money.unit.label())
        .with("is_relisted", amount.is_again)
        .with("is_counted", amount.counts)
}
