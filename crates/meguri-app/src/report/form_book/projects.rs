//! The tables of projects of a sheet, with their totals and counts.

use super::page::{NUMBER, Page, amount, figure};
use meguri_report::data::project::{Count, Row, TableData, Total};
use meguri_report::data::sheet::SheetData;
use meguri_workbook::book::{Area, Kind, Numeral, Value};
use rust_decimal::Decimal;

/// All tables, and how many projects have which direction.
pub(super) fn tables(page: &mut Page, label: &str, sheet: &SheetData) {
    let mut steps = None;
    for table in &sheet.tables {
        let found = of_table(page, label, table);
        if table.table == 0 {
            steps = found;
        }
    }
    counts(page, sheet, steps);
}

/// The columns of a table, in order.
#[derive(Clone, Copy)]
enum Column {
    Number,
    Name,
    Sections,
    Account,
    Budget,
    Code,
    Cost(usize),
    Outline(usize),
    Step(usize),
}

fn columns(table: &TableData) -> Vec<Column> {
    let has = table.has;
    let mut columns = vec![Column::Number, Column::Name];
    columns.extend(has.sections.then_some(Column::Sections));
    columns.extend(has.account.then_some(Column::Account));
    columns.extend(has.budget.then_some(Column::Budget));
    columns.extend(has.code.then_some(Column::Code));
    let years = 0..table.years.len();
    columns.extend(years.clone().filter(|_| has.costs).map(Column::Cost));
    columns.extend(years.filter(|_| has.outlines).map(Column::Outline));
    columns.extend((0..table.axes.len()).map(Column::Step));
    columns
}

fn head(table: &TableData, label: &str, column: Column) -> String {
    let year = |at: usize| table.years.get(at).map_or("", |year| year.long.as_str());
    match column {
        Column::Number => "番号".to_owned(),
        Column::Name => label.to_owned(),
        Column::Sections => "担当課".to_owned(),
        Column::Account => "会計".to_owned(),
        Column::Budget => "款・項・目".to_owned(),
        Column::Code => "コード".to_owned(),
        Column::Cost(at) if table.unit.is_empty() => format!("{} 事業費", year(at)),
        Column::Cost(at) => format!("{} 事業費（{}）", year(at), table.unit),
        Column::Outline(at) => format!("{} 事業の内容", year(at)),
        Column::Step(at) => table
            .axes
            .get(at)
            .map_or_else(String::new, |axis| axis.label.clone()),
    }
}

fn name(row: &Row) -> String {
    let mut name = String::new();
    if row.star {
        name.push('★');
    }
    name.push_str(&row.name);
    for tag in &row.tags {
        name.push(' ');
        name.push_str(tag);
    }
    match (row.relisted, row.relisted_from) {
        (_, Some(from)) => name.push_str(&format!("（再掲：{from}）")),
        (true, None) => name.push_str("（再掲）"),
        (false, None) => {}
    }
    name
}

fn cell(row: &Row, column: Column) -> Value {
    let words = |text: &str| Value::words(text);
    let at = |texts: &[String], at: usize| texts.get(at).cloned().unwrap_or_default();
    match column {
        Column::Number => figure(&row.number),
        Column::Name => Value::words(name(row)),
        Column::Sections => Value::words(row.sections.join("、")),
        Column::Account => words(&row.account),
        Column::Budget if row.budget.iter().all(String::is_empty) => Value::Blank,
        Column::Budget => {
            let part = |part: &String| {
                if part.is_empty() {
                    "　".to_owned()
                } else {
                    part.clone()
                }
            };
            Value::words(row.budget.each_ref().map(part).join("-"))
        }
        Column::Code => words(&row.code),
        Column::Cost(year) => amount(&at(&row.costs, year)),
        Column::Outline(year) => Value::words(at(&row.outlines, year)),
        Column::Step(axis) => match row.steps.get(axis) {
            Some(step) => Value::words(step.value.as_str()),
            None => Value::Blank,
        },
    }
}

/// One table; the cells of the directions of its first axis.
fn of_table(page: &mut Page, label: &str, table: &TableData) -> Option<Area> {
    let columns = columns(table);
    let heads: Vec<String> = columns
        .iter()
        .map(|column| head(table, label, *column))
        .collect();
    page.heads(heads.iter().map(String::as_str));
    let top = page.row;
    for row in &table.rows {
        let mut texts = Vec::new();
        for (at, column) in (NUMBER..).zip(&columns) {
            let value = cell(row, *column);
            if let Value::Text(text) = &value {
                texts.push((text.clone(), if at == 1 { 16 } else { 6 }));
            }
            page.put(at, value, Kind::Body);
        }
        page.high(texts.iter().map(|(text, width)| (text.as_str(), *width)));
        page.row += 1;
    }
    let bottom = page.row.max(top + 1) - 1;
    if table.has.costs {
        totals(page, table, &columns, (top, bottom));
    }
    for other in &table.other_totals {
        page.labelled("合計（年度の記載なし）", other);
    }
    for lost in &table.unplaced {
        page.labelled("行の分からない事業費", lost);
    }
    let step = |column: &Column| matches!(column, Column::Step(0));
    let step = (NUMBER..).zip(&columns).find(|(_, column)| step(column))?;
    (!table.rows.is_empty()).then_some(Area {
        top,
        left: step.0,
        bottom,
        right: step.0,
    })
}

fn totals(page: &mut Page, table: &TableData, columns: &[Column], (top, bottom): (u32, u32)) {
    page.put(NUMBER, Value::Blank, Kind::Total);
    page.put(NUMBER + 1, Value::words("合計"), Kind::Total);
    let mut differing = Vec::new();
    for (at, column) in (NUMBER..).zip(columns).skip(2) {
        let value = match column {
            Column::Cost(year) => match table.totals.get(*year) {
                Some(total) => {
                    let head = table.years.get(*year).map_or("", |year| year.long.as_str());
                    if !total.differs.is_empty() {
                        differing.push(format!(
                            "{head}：印字された合計は {}、各行の合計は {} です。",
                            total.amount, total.differs
                        ));
                    }
                    let area = Area {
                        top,
                        left: at,
                        bottom,
                        right: at,
                    };
                    of_total(table, *year, total, area)
                }
                None => Value::Blank,
            },
            _ => Value::Blank,
        };
        page.put(at, value, Kind::Total);
    }
    page.row += 1;
    for words in differing {
        page.note(&words);
    }
}

/// A formula where the rows come to the total; else the total alone.
fn of_total(table: &TableData, year: usize, total: &Total, area: Area) -> Value {
    let shown = amount(&total.amount);
    let Value::Number(number, numeral) = shown else {
        return shown;
    };
    let mut sum = Decimal::ZERO;
    for row in &table.rows {
        match row.costs.get(year).map(|cost| amount(cost)) {
            Some(Value::Number(cost, _)) => match sum.checked_add(cost) {
                Some(more) => sum = more,
                None => return Value::Number(number, numeral),
            },
            Some(Value::Blank) | None => {}
            Some(_) => return Value::Number(number, numeral),
        }
    }
    if sum != number || table.rows.is_empty() {
        return Value::Number(number, numeral);
    }
    Value::Formula {
        formula: format!("SUM({})", area.in_formula()),
        result: number,
        numeral,
    }
}

fn counts(page: &mut Page, sheet: &SheetData, steps: Option<Area>) {
    let is_printed = !sheet.printed_counts.is_empty();
    let shown = if is_printed {
        &sheet.printed_counts
    } else {
        &sheet.counts
    };
    if shown.is_empty() {
        return;
    }
    page.space();
    let heads = shown
        .iter()
        .map(|count| format!("{} {}", count.sign, count.value));
    let heads: Vec<String> = heads.map(|head| head.trim().to_owned()).collect();
    let first = ["", "動向ごとの件数"].into_iter();
    page.heads(first.chain(heads.iter().map(String::as_str)));
    page.put(NUMBER, Value::Blank, Kind::Total);
    page.put(NUMBER + 1, Value::words("件数"), Kind::Total);
    for (column, count) in (NUMBER + 2..).zip(shown) {
        let counted = sheet.counts.iter().find(|other| other.value == count.value);
        let counted = counted.map_or(0, |counted| counted.count);
        page.put(column, of_count(count, counted, sheet, steps), Kind::Total);
    }
    page.row += 1;
}

/// A formula where the rows come to the number, and the word is nothing that a criterion reads in
/// its own way; else the number alone.
fn of_count(count: &Count, counted: u32, sheet: &SheetData, steps: Option<Area>) -> Value {
    let numeral = Numeral::Commas(0);
    let number = Decimal::from(count.count);
    let is_word = !count.value.contains(['"', '*', '?', '~', '=', '<', '>'])
        && count.value.trim() == count.value
        && count.value.parse::<Decimal>().is_err();
    let has_one_axis = sheet.tables.iter().all(|table| table.axes.len() <= 1);
    match steps {
        Some(area) if counted == count.count && is_word && has_one_axis => Value::Formula {
            formula: format!("COUNTIF({},\"{}\")", area.in_formula(), count.value),
            result: number,
            numeral,
        },
        _ => Value::Number(number, numeral),
    }
}
