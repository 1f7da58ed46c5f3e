//! The tables of the year's work.

use super::super::schema::{Column, Table, int, maybe_int, maybe_text, text};
use super::{DOCUMENT, MOMENT, PLAN, WHO};

const CYCLE: Column = int("cycle", "照会の番号（cycleのid）");
const ACT: Column = int("act", "操作の番号");

pub(super) const CYCLES: &[Table] = &[
    Table {
        name: "cycle",
        since: 6,
        about: "照会（年度ごとのシートの記入・確認・承認）",
        key: &["id"],
        columns: &[
            int("id", "番号"),
            ACT,
            PLAN,
            int("year", "評価の対象の年度（西暦）").unit("年度"),
            DOCUMENT,
            text("label", "名称"),
            WHO,
            MOMENT,
        ],
    },
    Table {
        name: "cycle_stage",
        since: 6,
        about: "照会の段階ごとの期限（同じ段階では最後のもの）",
        key: &["cycle", "stage", "act"],
        columns: &[
            CYCLE,
            text("stage", "段階の識別名"),
            ACT,
            maybe_text("shown", "提出の期限"),
            maybe_text("no_new_from", "新たな記入を終える日"),
            maybe_text("no_change_from", "修正を終える日"),
            WHO,
            MOMENT,
        ],
    },
    Table {
        name: "sheet_event",
        since: 6,
        about: "シートの記入・提出・差戻し・承認などの記録",
        key: &["number"],
        columns: &[
            int("number", "番号"),
            ACT,
            CYCLE,
            int("sheet", "シートの番号（sheetのid）"),
            text("stage", "段階の識別名"),
            maybe_text("section", "課の識別名（空欄はシート全体）"),
            text("kind", "操作の種類"),
            maybe_text("words", "回答又は理由"),
            maybe_text("to_section", "引き継いだ課の識別名"),
            maybe_text("shown", "延長後の提出の期限"),
            maybe_text("no_new_from", "延長後の、新たな記入を終える日"),
            maybe_text("no_change_from", "延長後の、修正を終える日"),
            int("sheet_version", "シートの版"),
            WHO,
            text("role", "役割"),
            maybe_text("deputy_of", "代理された人"),
            MOMENT,
        ],
    },
    Table {
        name: "change_request",
        since: 6,
        about: "差戻しで修正を求めた箇所",
        key: &["event", "place"],
        columns: &[
            int("event", "差戻しの番号（sheet_eventのnumber）"),
            int("place", "順番（0から）"),
            ACT,
            maybe_text("field", "欄（空欄はシート全体）"),
            text("words", "修正してほしい内容"),
            maybe_text("finding", "基になった点検の指摘"),
        ],
    },
    Table {
        name: "sheet_comment",
        since: 6,
        about: "シートへのコメント",
        key: &["number"],
        columns: &[
            int("number", "番号"),
            ACT,
            CYCLE,
            int("sheet", "シートの番号（sheetのid）"),
            maybe_text("field", "欄（空欄はシート全体）"),
            maybe_int("answers", "回答先のコメントの番号"),
            text("kind", "種類"),
            text("words", "内容"),
            WHO,
            MOMENT,
        ],
    },
];
