//! The tables as a page of the manual (`docs/opendata-tables.md`) and as the list of what was
//! promised (`testdata/opendata/columns.txt`).

use crate::table::Table;
use crate::tables::TABLES;

/// The page of the manual.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "# オープンデータの表と列\n\n\
         この一覧は、プログラムの表の定義から作っています。使い方は `docs/opendata.md` にあります。\n\n\
         | 表 | 内容 |\n|---|---|\n",
    );
    for table in TABLES {
        page.push_str(&format!(
            "| [{0}](#{0}) {1} | {2} |\n",
            table.name, table.title, table.about
        ));
    }
    for table in TABLES {
        page.push('\n');
        page.push_str(&section(table));
    }
    page
}

fn section(table: &Table) -> String {
    let key: Vec<String> = table.key.iter().map(|key| format!("`{key}`")).collect();
    let mut text = format!(
        "## {}\n\n{}：{}。主キーは {} です。\n\n| 列 | 名称 | 種類 | 必ず入る | 例 | 説明 |\n|---|---|---|---|---|---|\n",
        table.name,
        table.title,
        table.about,
        key.join("、")
    );
    for column in table.columns {
        let required = if column.required { "○" } else { "" };
        text.push_str(&format!(
            "| `{}` | {} | {} | {required} | {} | {} |\n",
            column.name,
            column.title,
            column.kind.label(),
            column.example.replace('|', "\\|"),
            column.about.replace('|', "\\|"),
        ));
    }
    for foreign in table.foreign {
        let names = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            names.join("、")
        };
        text.push_str(&format!(
            "\n{} は、表 [{1}](#{1}) の {2} を指します。\n",
            names(foreign.columns),
            foreign.table,
            names(foreign.there)
        ));
    }
    text
}

/// What was promised: a line a column, with its kind and whether it always has a value.
#[must_use]
pub fn promise() -> String {
    let mut text = String::new();
    for table in TABLES {
        for column in table.columns {
            let always = if column.required { " always" } else { "" };
            text.push_str(&format!(
                "{}.{} {}{always}\n",
                table.name,
                column.name,
                column.kind.frictionless()
            ));
        }
    }
    text
}
