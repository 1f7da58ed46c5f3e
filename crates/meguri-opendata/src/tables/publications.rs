//! Publications and corrections.

use super::shared::CODE;
use crate::column::Column;
use crate::table::{Foreign, Table};

const DOCUMENT: Column =
    Column::integer("document", "文書の番号", "1", "公表した文書の番号").always();
const EDITION: Column = Column::integer("edition", "版", "2", "公表の版（1から）").always();

/// 公表.
pub static PUBLICATIONS: Table = Table {
    name: "publications",
    title: "公表",
    about: "1行が一つの公表。取り下げた公表は、番号、取下げの日時と理由だけが載る",
    columns: &[
        CODE,
        DOCUMENT,
        EDITION,
        Column::text("municipality_name", "団体名", "小平市", "団体の名称"),
        Column::code(
            "plan",
            "計画のキー",
            "evaluation",
            "計画のキー。取り下げた公表では空",
        ),
        Column::text(
            "title",
            "名称",
            "施策評価（令和6年度）",
            "文書の名称。取り下げた公表では空",
        ),
        Column::text("kind", "文書の種類", "施策評価シート", "文書の種類"),
        Column::text(
            "fiscal_years",
            "対象年度（西暦）",
            "2024",
            "文書の対象年度（空白区切り）",
        ),
        Column::text(
            "fiscal_years_label",
            "対象年度",
            "令和6年度",
            "文書の対象年度の和暦",
        ),
        Column::text(
            "published_at",
            "公表の日時",
            "2026-04-01T09:30:00+09:00",
            "公表の日時（ISO 8601）。取り下げた公表では空",
        ),
        Column::flag(
            "is_current",
            "最新",
            "最新の版か。ほかの表には、最新の版の内容だけが載る",
        )
        .always(),
        Column::text(
            "note",
            "正誤",
            "実績値の誤りを改めた",
            "正誤のとき、改めた内容",
        ),
        Column::text(
            "withdrawn_at",
            "取下げの日時",
            "2026-05-01T09:30:00+09:00",
            "取下げの日時（ISO 8601）",
        ),
        Column::text(
            "withdrawal_reason",
            "取下げの理由",
            "個人情報が含まれていたため",
            "取下げの理由",
        ),
        Column::text("url", "アドレス", "/documents/1/v1", "公開ページのアドレス").always(),
    ],
    key: &["municipality_code", "document", "edition"],
    foreign: &[],
};

/// 正誤.
pub static CORRECTIONS: Table = Table {
    name: "corrections",
    title: "正誤",
    about: "1行が、版の間で変わった一つの値。取り下げた版との比較は載せない",
    columns: &[
        CODE,
        DOCUMENT,
        EDITION,
        Column::integer("change", "順序", "1", "版の中での順序（1から）").always(),
        Column::integer("former_edition", "前の版", "1", "比べた前の版").always(),
        Column::text(
            "published_at",
            "公表の日時",
            "2026-04-01T09:30:00+09:00",
            "正誤の公表の日時（ISO 8601）",
        ),
        Column::text("note", "正誤", "実績値の誤りを改めた", "改めた内容"),
        Column::text(
            "sheet_label",
            "シートの名称",
            "テーマ10 子育て支援の充実",
            "変わった値のあるシート",
        ),
        Column::text(
            "label",
            "変わった値",
            "指標「待機児童数」＞実績（令和6年度）",
            "何の値か",
        ),
        Column::text("before", "前の値", "12", "前の版の印字。なかったときは空"),
        Column::text("after", "後の値", "21", "この版の印字。なくなったときは空"),
        Column::text("url", "アドレス", "/sheets/12", "公開ページのアドレス"),
    ],
    key: &["municipality_code", "document", "edition", "change"],
    foreign: &[Foreign {
        columns: &["municipality_code", "document", "edition"],
        table: "publications",
        there: &["municipality_code", "document", "edition"],
    }],
};
