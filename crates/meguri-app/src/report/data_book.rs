//! A document as a workbook of plain tables: one a worksheet from its first cell, no merged cells, one
//! row of heads, each column explained on a worksheet of its own, missing values told as such.

use crate::read::Entry;
use crate::read::quantity::Quantity;
use crate::read::values;
use meguri_core::evaluation::Sheet as CoreSheet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::Listing;
use meguri_report::Report;
use meguri_report::data::Data;
use meguri_workbook::book::{Kind, Names, Numeral, Style, Value};
use meguri_workbook::{Book, Moment, Sheet};
use rust_decimal::Decimal;

/// A column: its head and what it holds.
type Column = (&'static str, &'static str);

/// One table.
struct Table {
    name: &'static str,
    /// Its name for other programs.
    key: &'static str,
    about: &'static str,
    columns: &'static [Column],
    rows: Vec<Vec<Value>>,
}

/// The workbook of a document.
pub(super) fn book(entry: &Entry, report: &Report<'_>, data: &Data, moment: Moment) -> Book {
    let tables = [
        sheets(report, data),
        all(entry, report),
        indicators(report, data),
        projects(report),
        steps(report),
    ];
    let mut names = Names::default();
    let mut made = vec![about(data, &tables, &mut names)];
    made.extend(tables.into_iter().map(|table| of_table(table, &mut names)));
    Book {
        title: data.title.clone(),
        author: data.city.clone(),
        moment,
        sheets: made,
        names: Vec::new(),
    }
}

/// The worksheet that explains all others.
fn about(data: &Data, tables: &[Table], names: &mut Names) -> Sheet {
    let version = if data.draft {
        "案（公表していません）"
    } else {
        data.version.as_str()
    };
    let mut rows: Vec<[String; 3]> = vec![
        ["この資料".to_owned(), "題名".to_owned(), data.title.clone()],
        ["この資料".to_owned(), "団体".to_owned(), data.city.clone()],
        ["この資料".to_owned(), "版".to_owned(), version.to_owned()],
        ["この資料".to_owned(), "日付".to_owned(), data.date.clone()],
        ["この資料".to_owned(), "正誤".to_owned(), data.note.clone()],
        [
            "この資料".to_owned(),
            "値がないとき".to_owned(),
            "数値の列は空欄です。文書に「－」などと印字されているときは、表記の列にそのまま入ります。表記の列も空欄のときは、文書に印字がありません。".to_owned(),
        ],
    ];
    rows.retain(|row| row.iter().all(|cell| !cell.is_empty()));
    for table in tables {
        rows.push([
            table.name.to_owned(),
            "この表".to_owned(),
            table.about.to_owned(),
        ]);
        let columns = table.columns.iter();
        rows.extend(columns.map(|(head, words)| {
            [
                table.name.to_owned(),
                (*head).to_owned(),
                (*words).to_owned(),
            ]
        }));
    }
    let table = Table {
        name: "説明",
        key: "meguri_about",
        about: "",
        columns: &[("表", ""), ("列", ""), ("説明", "")],
        rows: rows
            .into_iter()
            .map(|row| row.map(Value::words).to_vec())
            .collect(),
    };
    let mut sheet = of_table(table, names);
    sheet.widths = vec![(0, 14), (1, 22), (2, 90)];
    sheet
}

fn of_table(table: Table, names: &mut Names) -> Sheet {
    let mut sheet = Sheet::new(names.name(table.name));
    sheet.table = Some(table.key.to_owned());
    sheet.frozen = Some((1, 0));
    sheet.repeated = Some((0, 0));
    sheet.landscape = true;
    for (column, (head, _)) in (0..).zip(table.columns) {
        sheet.text(0, column, *head, Kind::Free);
        sheet.widths.push((column, 16));
    }
    for (row, cells) in (1..).zip(table.rows) {
        for (column, value) in (0..).zip(cells) {
            if value != Value::Blank {
                sheet.put(row, column, value, Style::default());
            }
        }
    }
    sheet
}

fn words(text: impl Into<String>) -> Value {
    Value::words(text)
}

fn whole(number: impl Into<Decimal>) -> Value {
    Value::Number(number.into(), Numeral::Plain)
}

fn year_cells(year: Option<FiscalYear>) -> [Value; 2] {
    match year {
        Some(year) => [words(year.to_string()), whole(year.calendar_year())],
        None => [Value::Blank, Value::Blank],
    }
}

/// The number of a sheet in this workbook and its name, by which tables belong together.
fn of_sheet(number: u32, sheet: &CoreSheet) -> Vec<Value> {
    vec![whole(number), words(sheet.label.as_str())]
}

fn sheets(report: &Report<'_>, data: &Data) -> Table {
    let numbered = (1_u32..).zip(report.sheets.iter().zip(&data.sheets));
    let rows = numbered.map(|(number, (sheet, shown))| {
        let mut row = of_sheet(number, sheet);
        row.extend(year_cells(sheet.year));
        let way: Vec<String> = shown
            .path
            .iter()
            .map(|step| format!("{} {} {}", step.level, step.number, step.name))
            .collect();
        row.extend([
            words(shown.number.as_str()),
            words(shown.name.as_str()),
            words(way.join(" ＞ ")),
            words(shown.sections.join("、")),
            words(shown.related.join("、")),
        ]);
        row
    });
    Table {
        name: "シート",
        key: "meguri_sheets",
        about: "シート1枚につき1行です。",
        columns: &[
            (
                "シート番号",
                "このブックの中での番号です。ほかの表と結び付けるときに使います。",
            ),
            ("シート", "シートの名称"),
            ("評価年度", "評価の対象の年度"),
            ("評価年度（西暦）", "年度が始まる年"),
            ("番号", "文書に印字された番号"),
            ("名称", "施策などの名称"),
            ("体系", "上の階層からの道筋"),
            ("所管課", "所管課"),
            ("関連課", "関連課"),
        ],
        rows: rows.collect(),
    }
}

fn all(entry: &Entry, report: &Report<'_>) -> Table {
    let mut rows = Vec::new();
    for (number, sheet) in (1_u32..).zip(&report.sheets) {
        for (_, value) in values::of_sheet(entry, sheet).iter() {
            let mut row = of_sheet(number, sheet);
            let (amount, number) = match value.quantity {
                Some(Quantity::Yen(yen)) => (whole(yen), Value::Blank),
                Some(Quantity::Number(number)) => (Value::Blank, whole(number)),
                None => (Value::Blank, Value::Blank),
            };
            row.extend([
                words(value.id.as_str()),
                words(value.label.as_str()),
                words(value.text.as_str()),
                number,
                amount,
                words(value.settled.label()),
            ]);
            rows.push(row);
        }
    }
    Table {
        name: "すべての値",
        key: "meguri_values",
        about: "文書にある値の全部です。値一つにつき1行です。",
        columns: &[
            ("シート番号", "「シート」の表の番号"),
            ("シート", "シートの名称"),
            (
                "値の番号",
                "画面のアドレスにも使う番号です。版が変わっても同じです。",
            ),
            ("項目", "何の値か"),
            ("表記", "文書に印字されたまま"),
            ("数値", "指標の単位、割合は％での数値"),
            ("金額（円）", "円に直した金額"),
            ("確かめ方", "値をどのように確かめたか"),
        ],
        rows,
    }
}

fn indicators(report: &Report<'_>, data: &Data) -> Table {
    let mut rows = Vec::new();
    let shown = (1_u32..).zip(report.sheets.iter().zip(&data.sheets));
    for (number, (sheet, shown)) in shown {
        for (place, indicator) in (1_u32..).zip(&shown.indicators) {
            for cell in &indicator.years {
                let mut row = of_sheet(number, sheet);
                let name = format!("{} {}", indicator.name, indicator.sub_name);
                row.extend([
                    whole(place),
                    words(name.trim()),
                    words(indicator.unit.as_str()),
                    words(cell.year.long.as_str()),
                    whole(cell.year.western),
                ]);
                for printed in [&cell.target, &cell.actual, &cell.rate] {
                    row.extend([words(printed.as_str()), number_of(printed)]);
                }
                row.extend([
                    words(if cell.computed { "計算" } else { "" }),
                    words(if cell.revised { "変更あり" } else { "" }),
                    words(cell.original.as_str()),
                ]);
                rows.push(row);
            }
        }
    }
    Table {
        name: "指標",
        key: "meguri_indicators",
        about: "指標と年度の組一つにつき1行です。",
        columns: &[
            ("シート番号", "「シート」の表の番号"),
            ("シート", "シートの名称"),
            ("指標の行", "シートの中での順番"),
            ("指標", "指標の名称"),
            ("単位", "指標の単位"),
            ("年度", "値の年度"),
            ("年度（西暦）", "年度が始まる年"),
            ("目標", "文書に印字されたまま"),
            (
                "目標（数値）",
                "数値だけのとき、「以上」などの語が付くときはその数値",
            ),
            ("実績", "文書に印字されたまま"),
            ("実績（数値）", "数値だけのとき"),
            ("達成率", "文書に印字されたまま。印字がないときは計算した値"),
            ("達成率（数値）", "％での数値"),
            ("達成率の出所", "「計算」は、印字がないため計算したもの"),
            ("目標の変更", "途中で変えた目標"),
            ("変更前の目標", "変える前の目標"),
        ],
        rows,
    }
}

/// The number of a printed figure, with a word of limit or without.
fn number_of(printed: &str) -> Value {
    let figure = meguri_core::figure::Figure::parse(printed);
    match figure.and_then(|figure| figure.number()) {
        Some(number) => whole(number),
        None => Value::Blank,
    }
}

/// The cells that say which row of projects is meant.
fn of_row(number: u32, sheet: &CoreSheet, place: u32, row: &Listing) -> Vec<Value> {
    let mut cells = of_sheet(number, sheet);
    cells.extend([
        whole(place),
        words(row.label()),
        words(row.code.as_ref().map_or("", |code| code.value.as_str())),
    ]);
    cells
}

fn projects(report: &Report<'_>) -> Table {
    let mut rows = Vec::new();
    for (number, sheet) in (1_u32..).zip(&report.sheets) {
        for (place, listing) in (1_u32..).zip(&sheet.listings) {
            let mut fixed = of_row(number, sheet, place, listing);
            let sections: Vec<&str> = listing.sections.iter().map(|s| s.value.as_str()).collect();
            let item = &listing.budget_item;
            let part = |part: &Option<String>| words(part.clone().unwrap_or_default());
            fixed.extend([
                words(sections.join("、")),
                part(&item.account),
                part(&item.kan),
                part(&item.kou),
                part(&item.moku),
                words(if listing.relisted { "再掲" } else { "" }),
            ]);
            if listing.costs.is_empty() {
                rows.push(fixed.clone());
            }
            for cost in &listing.costs {
                let mut row = fixed.clone();
                row.extend(year_cells(Some(cost.year)));
                let money = cost.money.value;
                row.extend([words(money.to_string()), whole(money.yen)]);
                rows.push(row);
            }
        }
    }
    Table {
        name: "事業",
        key: "meguri_projects",
        about: "事業と年度の組一つにつき1行です。事業費のない事業は、年度が空欄の1行です。",
        columns: &[
            ("シート番号", "「シート」の表の番号"),
            ("シート", "シートの名称"),
            ("事業の行", "シートの中での順番"),
            ("事業", "事業の名称"),
            ("コード", "事務事業コード。先頭の0も残した文字列です。"),
            ("担当課", "担当課"),
            ("会計", "会計"),
            ("款", "款"),
            ("項", "項"),
            ("目", "目"),
            ("再掲", "「再掲」の事業は、先に掲げた所で数えます。"),
            ("年度", "事業費の年度"),
            ("年度（西暦）", "年度が始まる年"),
            ("事業費", "文書に印字された単位での金額"),
            ("事業費（円）", "円に直した金額"),
        ],
        rows,
    }
}

fn steps(report: &Report<'_>) -> Table {
    let mut rows = Vec::new();
    for (number, sheet) in (1_u32..).zip(&report.sheets) {
        for (place, listing) in (1_u32..).zip(&sheet.listings) {
            for (axis, step) in &listing.next_steps {
                let mut row = of_row(number, sheet, place, listing);
                let known = report
                    .scheme
                    .map_or(&[][..], |scheme| scheme.next_step_axes());
                let known = known.iter().find(|known| known.key == *axis);
                let label = known.map_or(axis.as_str(), |axis| axis.label.as_str());
                row.extend([words(label), words(step.value.as_str())]);
                rows.push(row);
            }
        }
    }
    Table {
        name: "動向",
        key: "meguri_next_steps",
        about: "事業の来年度の動向です。動向一つにつき1行です。",
        columns: &[
            ("シート番号", "「シート」の表の番号"),
            ("シート", "シートの名称"),
            ("事業の行", "シートの中での順番"),
            ("事業", "事業の名称"),
            ("コード", "事務事業コード"),
            ("区分", "何についての動向か"),
            ("動向", "文書に印字されたまま"),
        ],
        rows,
    }
}
