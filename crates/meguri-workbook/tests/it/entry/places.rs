//! Changes of the places in a workbook, as people and programs make them.

use super::{filled, text};
use meguri_workbook::entry::NotOurs;
use meguri_workbook::{Content, Found, FoundBook, FoundSheet};

/// How a workbook comes back, and what must be said of it.
pub(super) enum Want {
    /// All answers as before.
    Same,
    /// Nothing of it, for this reason.
    NotOurs(fn(&NotOurs) -> bool),
    /// These words in what is told of lost places; all other rows as before.
    Told(&'static str),
}

/// Moves the cells of a sheet.
fn moved(sheet: &mut FoundSheet, to: impl Fn(u32, u16) -> (u32, u16)) {
    let cells = std::mem::take(&mut sheet.cells);
    sheet.cells = cells
        .into_iter()
        .map(|((row, column), cell)| (to(row, column), cell))
        .collect();
}

/// What a spreadsheet does with the names when rows are inserted.
fn move_names(found: &mut FoundBook, name: &str, to: impl Fn(u32) -> u32) {
    for (sheet, row, _) in found.names.values_mut() {
        if sheet == name {
            *row = to(*row);
        }
    }
}

fn key(found: &FoundBook, sheet: usize, row: u32) -> String {
    match found.sheets[sheet]
        .cells
        .get(&(row, 0))
        .map(|cell| &cell.content)
    {
        Some(Content::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

/// The rows of the projects of the first sheet, in their order.
fn project_rows(found: &FoundBook) -> Vec<u32> {
    let rows = found.sheets[1]
        .cells
        .keys()
        .filter(|(_, column)| *column == 0);
    rows.map(|(row, _)| *row)
        .filter(|row| key(found, 1, *row).contains("/project."))
        .collect()
}

/// Puts the project rows into another order: whole rows, or without the hidden column of keys.
fn sort_rows(found: &mut FoundBook, order: &[usize], from_column: u16) {
    let rows = project_rows(found);
    let old = found.sheets[1].cells.clone();
    for (to, from) in order.iter().enumerate() {
        let (to, from) = (rows[to], rows[*from]);
        for column in from_column..40 {
            match old.get(&(from, column)) {
                Some(cell) => found.sheets[1].cells.insert((to, column), cell.clone()),
                None => found.sheets[1].cells.remove(&(to, column)),
            };
        }
    }
}

pub(super) type Mutation = (String, FoundBook, Want);

/// All of them.
pub(super) fn all() -> Vec<Mutation> {
    let mut all = renamed();
    all.extend(inserted());
    all.extend(sorted());
    all.extend(anchors_lost());
    all.extend(added());
    all.extend(scrambled());
    all.extend(rows_gone_or_doubled());
    all.extend(sheets_gone_or_doubled());
    all.extend(columns_gone());
    all.extend(not_ours());
    all
}

fn cell(words: &str) -> Found {
    Found {
        content: text(words),
        is_formula: false,
    }
}

fn renamed() -> Vec<Mutation> {
    let mut all: Vec<Mutation> = Vec::new();
    for (number, name) in ["別の名前", "Sheet1", "１", "a'b"].into_iter().enumerate() {
        let mut found = filled();
        let old = std::mem::replace(&mut found.sheets[1 + number % 3].name, name.to_owned());
        for (sheet, _, _) in found
            .names
            .values_mut()
            .filter(|(sheet, _, _)| *sheet == old)
        {
            name.clone_into(sheet);
        }
        all.push((format!("renamed {name}"), found, Want::Same));
    }
    all
}

fn inserted() -> Vec<Mutation> {
    let mut all: Vec<Mutation> = Vec::new();
    for at in [0, 1, 2, 3, 4, 5, 7, 9, 12, 20] {
        let mut found = filled();
        let name = found.sheets[1].name.clone();
        let to = |row: u32| row + u32::from(row >= at);
        moved(&mut found.sheets[1], |row, column| (to(row), column));
        move_names(&mut found, &name, to);
        all.push((format!("row inserted at {at}"), found, Want::Same));
    }
    for at in 3..13 {
        let mut found = filled();
        let to = |column: u16| column + u16::from(column >= at);
        moved(&mut found.sheets[1], |row, column| (row, to(column)));
        all.push((format!("column inserted at {at}"), found, Want::Same));
    }
    all
}

fn sorted() -> Vec<Mutation> {
    let mut all: Vec<Mutation> = Vec::new();
    for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1], [0, 1, 3, 2]] {
        let mut found = filled();
        sort_rows(&mut found, &order, 0);
        all.push((format!("whole rows sorted {order:?}"), found, Want::Same));
    }
    for order in [[1, 0, 2, 3, 4], [4, 3, 2, 1, 0]] {
        let found = filled();
        let sheets = order.map(|at| found.sheets[at].clone()).to_vec();
        let name = format!("sheets in another order {order:?}");
        all.push((name, FoundBook { sheets, ..found }, Want::Same));
    }
    all
}

fn anchors_lost() -> Vec<Mutation> {
    let mut all: Vec<Mutation> = Vec::new();
    for keep in 0..4 {
        let mut found = filled();
        let mut number = 0;
        found.names.retain(|_, _| {
            number += 1;
            keep != 0 && number % 4 < keep
        });
        all.push((format!("names dropped, {keep}"), found, Want::Same));
    }
    for row in 0..4 {
        let mut found = filled();
        let rows = project_rows(&found);
        found.sheets[1].cells.remove(&(rows[row], 0));
        all.push((format!("key of project {row} cleared"), found, Want::Same));
    }
    all
}

fn added() -> Vec<Mutation> {
    let mut found = filled();
    found.sheets.push(FoundSheet {
        name: "メモ".to_owned(),
        ..FoundSheet::default()
    });
    found.sheets[1].cells.insert((200, 20), cell("課内のメモ"));
    found.sheets[1].cells.insert((1, 30), cell("課内のメモ"));
    vec![("a sheet and notes added".to_owned(), found, Want::Same)]
}

/// The cells of a row from its second column on.
fn row_of(found: &FoundBook, row: u32, from: u16) -> Vec<(u16, Found)> {
    let cells = found.sheets[1].cells.range((row, from)..(row, 40));
    cells
        .map(|((_, column), cell)| (*column, cell.clone()))
        .collect()
}

fn scrambled() -> Vec<Mutation> {
    let mut all: Vec<Mutation> = Vec::new();
    for order in [[1, 0, 2, 3], [3, 2, 1, 0], [0, 2, 1, 3], [1, 2, 3, 0]] {
        let mut found = filled();
        sort_rows(&mut found, &order, 1);
        let name = format!("sorted without the keys {order:?}");
        all.push((name, found, Want::Told("一部の列だけの並べ替え")));
    }
    for (row, other) in [(0, 1), (1, 2), (2, 0), (3, 1)] {
        let mut found = filled();
        let rows = project_rows(&found);
        for (column, cell) in row_of(&found, rows[other], 1) {
            found.sheets[1].cells.insert((rows[row], column), cell);
        }
        let name = format!("row {other} pasted over row {row}");
        all.push((name, found, Want::Told("行の見出しと内容の組")));
    }
    all
}

fn rows_gone_or_doubled() -> Vec<Mutation> {
    let mut all: Vec<Mutation> = Vec::new();
    for row in 0..4 {
        let mut found = filled();
        let (gone, name) = (project_rows(&found)[row], found.sheets[1].name.clone());
        found.sheets[1].cells.retain(|(row, _), _| *row != gone);
        let to = |row: u32| row - u32::from(row > gone);
        moved(&mut found.sheets[1], |row, column| (to(row), column));
        found
            .names
            .retain(|_, (sheet, row, _)| *sheet != name || *row != gone);
        move_names(&mut found, &name, to);
        all.push((
            format!("project {row} deleted"),
            found,
            Want::Told("この行が見つかりません"),
        ));
    }
    for row in 0..4 {
        let mut found = filled();
        let at = project_rows(&found)[row];
        for (column, cell) in row_of(&found, at, 0) {
            found.sheets[1].cells.insert((150, column), cell);
        }
        found.names.retain(|_, (_, row, _)| *row != at);
        all.push((
            format!("project {row} copied"),
            found,
            Want::Told("同じ行が二つあります"),
        ));
    }
    all
}

fn sheets_gone_or_doubled() -> Vec<Mutation> {
    let mut all: Vec<Mutation> = Vec::new();
    for sheet in 1..=3 {
        let mut found = filled();
        let name = found.sheets.remove(sheet).name;
        found.names.retain(|_, (of, _, _)| *of != name);
        all.push((
            format!("sheet {sheet} deleted"),
            found,
            Want::Told("このシートがありません"),
        ));
    }
    for sheet in 1..=3 {
        let mut found = filled();
        let mut copy = found.sheets[sheet].clone();
        let name = found.sheets[sheet].name.clone();
        copy.name = format!("{sheet} (2)");
        "別名".clone_into(&mut found.sheets[sheet].name);
        found.sheets.push(copy);
        found.names.retain(|_, (of, _, _)| *of != name);
        let told = Want::Told("同じシートが二つあります");
        all.push((format!("sheet {sheet} copied and renamed"), found, told));
    }
    all
}

fn columns_gone() -> Vec<Mutation> {
    let mut all: Vec<Mutation> = Vec::new();
    for column in [7, 4, 5] {
        let mut found = filled();
        let cells = &mut found.sheets[1].cells;
        cells.retain(|(_, at), _| *at != column);
        moved(&mut found.sheets[1], |row, at| {
            (row, at - u16::from(at > column))
        });
        all.push((
            format!("column {column} deleted"),
            found,
            Want::Told("この列が見つかりません"),
        ));
    }
    all
}

fn not_ours() -> Vec<Mutation> {
    let is_other: fn(&NotOurs) -> bool = |why| *why == NotOurs::Other;
    let is_bare: fn(&NotOurs) -> bool = |why| *why == NotOurs::NoStamp;
    let is_old: fn(&NotOurs) -> bool = |why| matches!(why, NotOurs::Format(_));
    let mut without = filled();
    without.sheets.retain(|sheet| !sheet.hidden);
    let mut old = filled();
    let stamp = old
        .sheets
        .iter_mut()
        .find(|sheet| sheet.hidden)
        .expect("the stamp");
    stamp.cells.insert((0, 1), cell("99"));
    let mut spoilt = filled();
    let stamp = spoilt
        .sheets
        .iter_mut()
        .find(|sheet| sheet.hidden)
        .expect("the stamp");
    stamp.cells.remove(&(0, 0));
    let mut other = FoundBook::default();
    other.sheets.push(FoundSheet {
        name: "Sheet1".to_owned(),
        ..FoundSheet::default()
    });
    vec![
        (
            "the stamp deleted".to_owned(),
            without,
            Want::NotOurs(is_bare),
        ),
        ("another layout".to_owned(), old, Want::NotOurs(is_old)),
        (
            "the mark of the stamp cleared".to_owned(),
            spoilt,
            Want::NotOurs(is_bare),
        ),
        (
            "another workbook".to_owned(),
            other,
            Want::NotOurs(is_other),
        ),
    ]
}
