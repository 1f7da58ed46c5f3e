//! What the sheets of a book come to, and the tables of judgements that a document prints.

use super::page::{NAME, NUMBER, Page, amount, figure};
use meguri_report::data::Data;
use meguri_report::data::overview::{Counted, MoneyData, ShareData, TallyData};
use meguri_workbook::Sheet;
use meguri_workbook::book::{Area, Kind, Names, Numeral, Value, address};
use rust_decimal::{Decimal, RoundingStrategy};

/// The sheet of the overview; none where there is nothing to tell.
pub(super) fn sheet(data: &Data, names: &mut Names) -> Option<Sheet> {
    let all = &data.overview;
    let is_empty = all.judgements.is_empty()
        && all.next_steps.is_empty()
        && all.shares.is_empty()
        && all.money.rows.is_empty();
    if is_empty {
        return None;
    }
    let mut page = Page::new(names.name("概要"), super::foot(data));
    page.title(&format!("{}　概要", data.title), data.draft);
    for (words, counts) in [("評価", &all.judgements), ("動向", &all.next_steps)] {
        for counted in counts {
            page.space();
            page.band(&format!("{words}：{}", counted.label));
            of_counts(&mut page, counted);
        }
    }
    shares(&mut page, &all.shares);
    money(&mut page, &all.money);
    Some(page.end())
}

fn of_counts(page: &mut Page, counted: &Counted) {
    page.heads(["", "区分", "件数"]);
    let top = page.row;
    for value in &counted.values {
        let words = format!("{} {}", value.sign, value.value);
        page.put(NUMBER, Value::Blank, Kind::Body);
        page.put(NAME, Value::words(words.trim()), Kind::Body);
        page.put(NAME + 1, whole(value.count), Kind::Body);
        page.row += 1;
    }
    page.put(NUMBER, Value::Blank, Kind::Total);
    page.put(NAME, Value::words("合計"), Kind::Total);
    let total = counted
        .values
        .iter()
        .map(|value| value.count)
        .sum::<usize>();
    let value = if total == counted.total && !counted.values.is_empty() {
        sum(whole(total), top, page.row, NAME + 1)
    } else {
        whole(counted.total)
    };
    page.put(NAME + 1, value, Kind::Total);
    page.row += 1;
    if counted.without > 0 {
        page.note(&format!(
            "このほか、区分のないものが{}件あります。",
            counted.without
        ));
    }
}

fn whole(count: usize) -> Value {
    Value::Number(Decimal::from(count), Numeral::Commas(0))
}

/// The sum of a column from a row down to the one above another.
fn sum(value: Value, top: u32, below: u32, column: u16) -> Value {
    let Value::Number(result, numeral) = value else {
        return value;
    };
    let area = Area {
        top,
        left: column,
        bottom: below.max(1) - 1,
        right: column,
    };
    Value::Formula {
        formula: format!("SUM({})", area.in_formula()),
        result,
        numeral,
    }
}

fn shares(page: &mut Page, shares: &[ShareData]) {
    if shares.is_empty() {
        return;
    }
    page.space();
    page.band("指標の達成状況");
    page.heads(["", "区分", "達成", "対象", "割合", "対象外"]);
    for share in shares {
        page.put(NUMBER, Value::Blank, Kind::Body);
        page.put(NAME, Value::words(share.label.as_str()), Kind::Body);
        page.put(NAME + 1, figure(&share.numerator), Kind::Body);
        page.put(NAME + 2, figure(&share.denominator), Kind::Body);
        let value = of_share(page.row, share);
        page.put(NAME + 3, value, Kind::Body);
        page.put(NAME + 4, whole(share.left_out), Kind::Body);
        page.row += 1;
    }
}

/// A formula where the two numbers come to the printed share.
fn of_share(row: u32, share: &ShareData) -> Value {
    let printed = super::page::number(&share.printed);
    let parts = super::page::number(&share.numerator).zip(super::page::number(&share.denominator));
    let (Some((value, Numeral::Percent(decimals))), Some(((part, _), (all, _)))) = (printed, parts)
    else {
        return figure(&share.printed);
    };
    let places = decimals + 2;
    let counted = part
        .checked_div(all)
        .map(|ratio| ratio.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero));
    if counted != Some(value) {
        return figure(&share.printed);
    }
    let (part, all) = (address(row, NAME + 1), address(row, NAME + 2));
    Value::Formula {
        formula: format!("ROUND({part}/{all},{places})"),
        result: value,
        numeral: Numeral::Percent(decimals),
    }
}

fn money(page: &mut Page, money: &MoneyData) {
    if money.rows.is_empty() {
        return;
    }
    page.space();
    page.band(&format!("事業費（{}）", money.unit));
    let years = money.years.iter().map(|year| year.long.as_str());
    page.heads(["", "区分"].into_iter().chain(years));
    let top = page.row;
    for row in &money.rows {
        page.put(NUMBER, Value::Blank, Kind::Body);
        page.put(NAME, Value::words(row.name.as_str()), Kind::Body);
        for (column, printed) in (NAME + 1..).zip(&row.amounts) {
            page.put(column, amount(printed), Kind::Body);
        }
        page.row += 1;
    }
    page.put(NUMBER, Value::Blank, Kind::Total);
    page.put(NAME, Value::words("合計"), Kind::Total);
    for (place, (column, printed)) in (NAME + 1..).zip(&money.totals).enumerate() {
        let total = amount(printed);
        let rows = money
            .rows
            .iter()
            .map(|row| row.amounts.get(place).map(|a| amount(a)));
        let added = rows.filter_map(|value| match value {
            Some(Value::Number(number, _)) => Some(number),
            _ => None,
        });
        let added: Decimal = added.sum();
        let value = match &total {
            Value::Number(number, _) if *number == added => sum(total, top, page.row, column),
            _ => total,
        };
        page.put(column, value, Kind::Total);
    }
    page.row += 1;
    if money.relisted > 0 {
        page.note(&format!(
            "再掲の{}件は、先に掲げた所で数えています。",
            money.relisted
        ));
    }
}

/// A table of judgements by group, as the document prints it.
pub(super) fn tally(page: &mut Page, tally: &TallyData) {
    page.space();
    page.band(&tally.label);
    let values = tally.values.iter().map(String::as_str);
    page.heads(["", "区分", "数"].into_iter().chain(values));
    for row in &tally.rows {
        page.put(NUMBER, Value::Blank, Kind::Body);
        page.put(NAME, Value::words(row.name.as_str()), Kind::Body);
        page.put(NAME + 1, figure(&row.members), Kind::Body);
        for (column, count) in (NAME + 2..).zip(&row.counts) {
            page.put(column, figure(count), Kind::Body);
        }
        page.row += 1;
    }
    if tally.totals.is_empty() {
        return;
    }
    page.put(NUMBER, Value::Blank, Kind::Total);
    page.put(NAME, Value::words("合計"), Kind::Total);
    page.put(NAME + 1, Value::Blank, Kind::Total);
    for (column, count) in (NAME + 2..).zip(&tally.totals) {
        page.put(column, figure(count), Kind::Total);
    }
    page.row += 1;
}
