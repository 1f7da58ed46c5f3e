//! The state of a cycle as a table for a spreadsheet: every sheet that who asks may follow.

use super::own_lines;
use crate::error::PageError;
use crate::staff::{SignedIn, unkept};
use crate::table::{Cell, Column, Table};
use crate::view::work_line::WorkLine;
use axum::extract::Path;
use axum::response::Response;
use meguri_app::cycle::Cycle;

const COLUMNS: [Column; 9] = [
    Column::Text("シート"),
    Column::Text("課"),
    Column::Text("状態"),
    Column::Text("いまの担当"),
    Column::Text("いつから"),
    Column::Text("期限"),
    Column::Number("期限までの開庁日"),
    Column::Text("期限超過"),
    Column::Number("差戻しの指示の件数"),
];

/// `GET /cycles/{cycle}/state.csv`
pub(crate) async fn state(signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, PageError> {
    let cycle = Cycle::load(&signed_in.staff().city(), id).await?;
    let cycle = cycle.ok_or(PageError::NotFound(None))?;
    let (own, _) = own_lines(&signed_in, &cycle).await?;
    let mut table = Table::new(&COLUMNS);
    for line in &own {
        let left = line.deadline.and(line.days_left);
        let shown = WorkLine::on_desk(&cycle, line);
        table.rows.push(vec![
            shown.label.into(),
            shown.sections.into(),
            shown.state_label.into(),
            shown.waits_for.into(),
            shown.since.into(),
            shown.deadline.into(),
            left.map_or(Cell::Empty, |left| Cell::Number(left.to_string())),
            Cell::from(if shown.overdue { "期限超過" } else { "" }),
            shown.requests.into(),
        ]);
    }
    unkept(Ok(table.answer()))
}
