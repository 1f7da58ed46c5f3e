//! Values of records put together into core values.

use super::entry::{Entry, Held};
use super::read_rows::{Lines, listing_costs, maybe_year, sourced};
use super::words::{ACCUMULATION, BETTER, of_word};
use crate::error::{Error, Result};
use meguri_core::evaluation::{
    Document, Judgement, PrintedTotal, Sheet, SheetText, Tally, TallyRow, UnreadText, Unsettled,
};
use meguri_core::fiscal_year::FiscalYearSpan;
use meguri_core::plan::{
    Indicator, Listing, NodeId, Plan, PlanNode, Programme, ScheduleStep, TargetRevision,
};
use std::collections::BTreeMap;

/// The values of a record by part and item.
pub(crate) struct Sheaf<'a>(BTreeMap<(&'a str, i64), Lines<'a>>);

impl<'a> Sheaf<'a> {
    pub(crate) fn new(entries: &'a [Entry]) -> Self {
        let mut parts: BTreeMap<(&str, i64), Lines<'_>> = BTreeMap::new();
        for entry in entries {
            let key = (entry.key.part.as_str(), entry.key.item);
            parts.entry(key).or_default().0.push(entry);
        }
        Self(parts)
    }

    /// The first item of a part.
    pub(crate) fn first(&self, part: &str) -> Option<&Lines<'a>> {
        self.items(part).next().map(|(_, lines)| lines)
    }

    /// The items of a part in order.
    pub(crate) fn items(&self, part: &str) -> impl Iterator<Item = (i64, &Lines<'a>)> {
        let of_part = self.0.iter().filter(move |((name, _), _)| *name == part);
        of_part.map(|((_, item), lines)| (*item, lines))
    }

    /// The items of a part, each made into something.
    fn each<T>(&self, part: &str, make: fn(&Lines<'a>) -> Result<T>) -> Result<Vec<T>> {
        self.items(part).map(|(_, lines)| make(lines)).collect()
    }
}

/// A sheet.
pub(crate) fn sheet(entries: &[Entry]) -> Result<Sheet> {
    let sheaf = Sheaf::new(entries);
    let head = sheaf.first("sheet").ok_or_else(|| missing("sheet"))?;
    let label = head.one("label").ok_or_else(|| missing("label"))?;
    let sections = |part| match sheaf.first(part) {
        Some(lines) => lines.list(""),
        None => Ok(Vec::new()),
    };
    let unplaced_costs = match sheaf.first("unplaced_cost") {
        Some(lines) => lines.list("")?,
        None => Vec::new(),
    };
    let mut counts = Vec::new();
    for (_, lines) in sheaf.items("next_step_count") {
        counts.extend(lines.about("count")?);
    }
    Ok(Sheet {
        node: node_id(head.plain("node")?),
        label: head.plain("label")?.unwrap_or_default(),
        year: maybe_year(label)?,
        line: label.line,
        texts: sheaf.each("text", text)?,
        judgements: sheaf.each("judgement", judgement)?,
        sections: sections("section")?,
        related_sections: sections("related")?,
        indicators: sheaf.each("indicator", indicator)?,
        listings: sheaf.each("listing", listing)?,
        unplaced_costs,
        totals: sheaf.each("total", total)?,
        next_step_counts: counts,
        relisted_from: head.maybe("relisted_from")?,
    })
}

fn text(lines: &Lines<'_>) -> Result<SheetText> {
    let head = lines.0.iter().find(|entry| entry.key.place == 0);
    let head = head.ok_or_else(|| missing("text"))?;
    let paragraphs = match head.held {
        Held::Count(count) => {
            let paragraphs = lines.all(&head.key.field).into_iter().skip(1);
            let paragraphs = paragraphs.take(usize::try_from(count).unwrap_or(usize::MAX));
            Some(paragraphs.map(sourced).collect::<Result<_>>()?)
        }
        _ => None,
    };
    Ok(SheetText {
        field: head.key.field.clone(),
        year: maybe_year(head)?,
        paragraphs,
    })
}

fn judgement(lines: &Lines<'_>) -> Result<Judgement> {
    let entry = lines.0.first().ok_or_else(|| missing("judgement"))?;
    Ok(Judgement {
        field: entry.key.field.clone(),
        stage: entry.about.clone(),
        value: sourced(entry)?,
    })
}

fn total(lines: &Lines<'_>) -> Result<PrintedTotal> {
    let entry = lines.one("total").ok_or_else(|| missing("total"))?;
    Ok(PrintedTotal {
        table: small(entry.key.place)?,
        year: maybe_year(entry)?,
        money: sourced(entry)?,
    })
}

fn indicator(lines: &Lines<'_>) -> Result<Indicator> {
    let accumulation: Option<String> = lines.plain("accumulation")?;
    let better: Option<String> = lines.plain("better")?;
    Ok(Indicator {
        number: lines.maybe("number")?,
        name: lines.maybe("name")?,
        sub_name: lines.maybe("sub_name")?,
        unit: lines.maybe("unit")?,
        better: better.and_then(|word| of_word(BETTER, &word)),
        accumulation: accumulation
            .and_then(|word| of_word(ACCUMULATION, &word))
            .unwrap_or_default(),
        baseline: lines.maybe("baseline")?,
        baseline_year: lines.year("baseline_year")?,
        targets: lines.figures("target")?,
        actuals: lines.figures("actual")?,
        printed_rates: lines.figures("rate")?,
        revisions: revisions(lines)?,
        notes: lines.list("note")?,
    })
}

fn revisions(lines: &Lines<'_>) -> Result<Vec<TargetRevision>> {
    let of_place = |field, place| {
        let all = lines.all(field).into_iter();
        all.filter(move |entry| entry.key.place == place)
    };
    let mut revisions = Vec::new();
    for entry in lines.all("revised") {
        let place = entry.key.place;
        let original = of_place("revised_from", place).map(sourced).next();
        let reason = of_place("revised_because", place).map(sourced).next();
        revisions.push(TargetRevision {
            year: crate::scheme::fiscal_year(entry.key.year)?,
            original: original.transpose()?,
            revised: sourced(entry)?,
            reason: reason.transpose()?,
        });
    }
    Ok(revisions)
}

fn listing(lines: &Lines<'_>) -> Result<Listing> {
    let row = lines.one("row").ok_or_else(|| missing("listing"))?;
    Ok(Listing {
        table: small(row.key.place)?,
        number: lines.maybe("number")?,
        name: lines.maybe("name")?,
        tags: lines.list("tag")?,
        sections: lines.list("section")?,
        budget_item: lines.budget_item()?,
        code: lines.maybe("code")?,
        costs: listing_costs(lines)?,
        outlines: lines.by_year("outline")?,
        next_steps: lines.about("next_step")?,
        relisted: row.held == Held::Count(1),
        relisted_from: lines.maybe("relisted_from")?,
        line: row.line,
    })
}

/// A document without its name, family, sheets and lines.
pub(crate) fn document(entries: &[Entry]) -> Result<Document> {
    let sheaf = Sheaf::new(entries);
    let head = sheaf.first("plan").ok_or_else(|| missing("plan"))?;
    let period = head.year("first")?.zip(head.year("last")?);
    let plan = Plan {
        key: head.plain("key")?.unwrap_or_default(),
        name: head.maybe("name")?,
        period: period.and_then(|(first, last)| FiscalYearSpan::new(first, last)),
        predecessor: head.plain("predecessor")?,
        nodes: sheaf.each("node", node)?,
    };
    let mut tallies = Vec::new();
    for (item, lines) in sheaf.items("tally") {
        tallies.push(tally(&sheaf, item, lines)?);
    }
    Ok(Document {
        plan,
        tallies,
        unsettled: sheaf.each("unsettled", unsettled)?,
        unread: sheaf.each("unread", unread)?,
        ..Document::default()
    })
}

fn node(lines: &Lines<'_>) -> Result<PlanNode> {
    let mut programme = None;
    if lines.one("programme").is_some() {
        let mut schedule = Vec::new();
        for entry in lines.all("step") {
            schedule.push(ScheduleStep {
                year: maybe_year(entry)?,
                word: sourced(entry)?,
            });
        }
        let kind = lines.maybe("kind")?;
        programme = Some(Programme { kind, schedule });
    }
    Ok(PlanNode {
        level: lines.plain("level")?.unwrap_or_default(),
        number: lines.maybe("number")?,
        name: lines.maybe("name")?,
        parent: node_id(lines.plain("parent")?),
        programme,
    })
}

fn tally(sheaf: &Sheaf<'_>, item: i64, lines: &Lines<'_>) -> Result<Tally> {
    let mut rows = Vec::new();
    for (_, lines) in sheaf.items("tally_row") {
        if lines
            .one("tally")
            .is_some_and(|entry| entry.key.place == item)
        {
            rows.push(TallyRow {
                group: lines.maybe("group")?,
                name: lines.maybe("name")?,
                members: lines.maybe("members")?,
                counts: lines.about("count")?,
            });
        }
    }
    Ok(Tally {
        field: lines.plain("field")?.unwrap_or_default(),
        rows,
        total: lines.about("total")?,
    })
}

fn unsettled(lines: &Lines<'_>) -> Result<Unsettled> {
    let candidates: Vec<_> = lines.list::<String>("candidate")?;
    Ok(Unsettled {
        place: lines.plain("place")?.unwrap_or_default(),
        field: lines.plain("field")?.unwrap_or_default(),
        candidates: candidates.into_iter().map(|c| c.value).collect(),
        why: lines.plain("why")?.unwrap_or_default(),
        line: lines.one("place").map_or(0, |entry| entry.line),
    })
}

fn unread(lines: &Lines<'_>) -> Result<UnreadText> {
    Ok(UnreadText {
        line: lines.one("why").map_or(0, |entry| entry.line),
        text: lines.plain("text")?.unwrap_or_default(),
        place: lines.plain("place")?.unwrap_or_default(),
        why: lines.plain("why")?.unwrap_or_default(),
    })
}

fn node_id(place: Option<u32>) -> Option<NodeId> {
    place
        .and_then(|place| usize::try_from(place).ok())
        .map(NodeId)
}

fn small(number: i64) -> Result<u32> {
    u32::try_from(number).map_err(|_| missing("place"))
}

fn missing(what: &str) -> Error {
    Error::damaged(format!("value: {what}"))
}
