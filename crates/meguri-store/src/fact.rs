//! Light facts about all sheets in force: what links need, and no more.

use crate::error::Result;
use crate::municipality::Municipality;
use crate::scheme::fiscal_year;
use crate::sql::{Row, statements};
use crate::transaction::ReadTx;
use meguri_core::links::{DocumentFact, Facts, IndicatorFact, ListingFact, NodeFact, SheetFact};
use std::collections::{BTreeMap, HashMap, HashSet};

statements! {
    /// The sheets of the last reading of each document.
    SHEETS = "SELECT d.id, d.name, p.key, s.id, s.year, s.label, s.node FROM document d \
        JOIN plan p ON p.municipality = d.municipality AND p.id = d.plan \
        JOIN record r ON r.municipality = d.municipality AND r.id = d.id \
        JOIN document_sheet o ON o.municipality = d.municipality AND o.document = d.id \
        AND o.version = r.version \
        JOIN sheet s ON s.municipality = o.municipality AND s.id = o.sheet \
        WHERE d.municipality = $1 ORDER BY d.id, o.place";
    NODES = "SELECT id, level, number, name, parent FROM node WHERE municipality = $1";
    /// Names, codes, units and sections of all sheets in force, later changes last.
    VALUES = "SELECT v.record, v.part, v.item, v.field, v.place, v.meaning, v.text, v.amount \
        FROM value v JOIN record r ON r.municipality = v.municipality AND r.id = v.record \
        JOIN edition e ON e.municipality = v.municipality AND e.record = v.record \
        AND e.version = v.version \
        WHERE v.municipality = $1 AND r.kind = 'sheet' AND e.base = r.reading \
        AND v.part IN ('sheet', 'section', 'related', 'listing', 'indicator') \
        AND v.field IN ('', 'relisted_from', 'row', 'name', 'sub_name', 'code', 'account', \
        'section', 'unit') ORDER BY v.record, v.version";
}

/// Where a value belongs on its sheet: part, item, field, place.
type At = (String, i64, String, i64);

/// What the values of one sheet say: a text or a number.
type Said = BTreeMap<At, (Option<String>, Option<i64>)>;

impl Municipality {
    /// The facts of all sheets in force, older documents first. `plan_group` tells the plan that a
    /// plan's sheets evaluate, or gives the key back.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn facts(&self, plan_group: impl Fn(&str) -> String) -> Result<Facts> {
        let mut reading = self.read().await?;
        let paths = paths(&mut reading).await?;
        let mut said = values(&mut reading).await?;
        let mut sheets = Vec::new();
        for row in &reading.rows(SHEETS, &[]).await? {
            sheets.push(placed(row)?);
        }
        drop(reading);
        Ok(assemble(sheets, &paths, &mut said, plan_group))
    }
}

/// A sheet with its document.
struct Placed {
    document: DocumentFact,
    sheet: SheetFact,
    node: Option<i64>,
}

fn placed(row: &Row) -> Result<Placed> {
    let (id, name, plan) = (row.integer(0)?, row.text(1)?, row.text(2)?);
    let year = match row.integer(4)? {
        0 => None,
        year => Some(fiscal_year(year)?),
    };
    Ok(Placed {
        document: DocumentFact {
            id,
            name,
            plan,
            plan_group: String::new(),
        },
        sheet: SheetFact {
            id: row.integer(3)?,
            label: row.text(5)?,
            year,
            ..SheetFact::default()
        },
        node: row.maybe_integer(6)?,
    })
}

/// The path of each node, from the top.
async fn paths(reading: &mut ReadTx) -> Result<HashMap<i64, Vec<NodeFact>>> {
    let mut nodes = HashMap::new();
    for row in &reading.rows(NODES, &[]).await? {
        let (level, number, name) = (row.text(1)?, row.maybe_text(2)?, row.maybe_text(3)?);
        nodes.insert(
            row.integer(0)?,
            (
                NodeFact {
                    level,
                    number,
                    name,
                },
                row.maybe_integer(4)?,
            ),
        );
    }
    let path = |id: i64| {
        let mut path = Vec::new();
        let mut next = Some(id);
        // A path of more levels than a tree has is a circle.
        while let Some((node, parent)) = next.and_then(|id| nodes.get(&id))
            && path.len() < 32
        {
            path.push(node.clone());
            next = *parent;
        }
        path.reverse();
        path
    };
    Ok(nodes.keys().map(|id| (*id, path(*id))).collect())
}

async fn values(reading: &mut ReadTx) -> Result<HashMap<i64, Said>> {
    let mut sheets: HashMap<i64, Said> = HashMap::new();
    for row in &reading.rows(VALUES, &[]).await? {
        let said = sheets.entry(row.integer(0)?).or_default();
        let at = (row.text(1)?, row.integer(2)?, row.text(3)?, row.integer(4)?);
        if row.text(5)? == "removed" {
            said.remove(&at);
        } else {
            said.insert(at, (row.maybe_text(6)?, row.maybe_integer(7)?));
        }
    }
    Ok(sheets)
}

fn assemble(
    mut placed: Vec<Placed>,
    paths: &HashMap<i64, Vec<NodeFact>>,
    said: &mut HashMap<i64, Said>,
    plan_group: impl Fn(&str) -> String,
) -> Facts {
    // Of a document without a year the plan comes before those who report on it.
    let mut years: HashMap<i64, _> = HashMap::new();
    for one in &placed {
        let year = years.entry(one.document.id).or_insert(one.sheet.year);
        *year = (*year).max(one.sheet.year);
    }
    placed.sort_by_key(|one| (years.get(&one.document.id).copied(), one.document.id));
    let mut facts = Facts::default();
    let mut told = HashSet::new();
    for Placed {
        mut document,
        mut sheet,
        node,
    } in placed
    {
        // A sheet that stands in two documents is told once.
        if !told.insert(sheet.id) {
            continue;
        }
        let said = said.remove(&sheet.id).unwrap_or_default();
        if facts.documents.last().map(|last| last.id) != Some(document.id) {
            document.plan_group = plan_group(&document.plan);
            facts.documents.push(document);
        }
        sheet.document = facts.documents.len() - 1;
        sheet.path = node
            .and_then(|node| paths.get(&node))
            .cloned()
            .unwrap_or_default();
        add(&mut facts, sheet, said);
    }
    facts
}

/// Adds a sheet with its rows and indicators; the values come in the order of their items.
fn add(facts: &mut Facts, mut sheet: SheetFact, said: Said) {
    let place = facts.sheets.len();
    let mut listings: BTreeMap<i64, ListingFact> = BTreeMap::new();
    let mut indicators: BTreeMap<i64, IndicatorFact> = BTreeMap::new();
    for ((part, item, field, _), (text, amount)) in said {
        let number = u32::try_from(item).unwrap_or(u32::MAX);
        match part.as_str() {
            "section" => sheet.sections.extend(text),
            "related" => sheet.related_sections.extend(text),
            "sheet" if field == "relisted_from" => {
                sheet.relisted_from = amount.and_then(|number| u32::try_from(number).ok());
            }
            "listing" => {
                let new = || ListingFact {
                    sheet: place,
                    item: number,
                    ..ListingFact::default()
                };
                let row = listings.entry(item).or_insert_with(new);
                match field.as_str() {
                    "row" => row.relisted = amount == Some(1),
                    "name" => row.name = text,
                    "code" => row.code = text,
                    "account" => row.account = text,
                    "section" => row.sections.extend(text),
                    _ => {}
                }
            }
            "indicator" => {
                let new = || IndicatorFact {
                    sheet: place,
                    item: number,
                    ..IndicatorFact::default()
                };
                let one = indicators.entry(item).or_insert_with(new);
                match field.as_str() {
                    "name" => one.name = text,
                    "sub_name" => one.sub_name = text,
                    "unit" => one.unit = text,
                    _ => {}
                }
            }
            _ => {}
        }
    }
    facts.sheets.push(sheet);
    facts.listings.extend(listings.into_values());
    facts.indicators.extend(indicators.into_values());
}
