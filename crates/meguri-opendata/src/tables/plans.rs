//! Plans, their trees and their programmes.

use super::shared::{
    CODE, DOCUMENT, LINE, NODE, OF_NODE, OF_PLAN, PLAN, SETTLED, YEAR, YEAR_LABEL,
};
use crate::column::Column;
use crate::table::{Foreign, Table};

/// 計画.
pub static PLANS: Table = Table {
    name: "plans",
    title: "計画",
    about: "1行が一つの計画。最新の公表の内容による",
    columns: &[
        CODE,
        Column::text("municipality_name", "団体名", "小平市", "団体の名称"),
        PLAN,
        Column::text(
            "name",
            "計画の名称",
            "施策評価",
            "計画の名称（印字、または設定による）",
        )
        .always(),
        Column::text("kind", "文書の種類", "施策評価シート", "最新の文書の種類"),
        Column::code(
            "predecessor",
            "前の計画のキー",
            "midterm1",
            "引き継いだ計画のキー",
        ),
        Column::year(
            "period_from",
            "計画の始まり（西暦）",
            "2021",
            "計画期間の最初の年度",
        ),
        Column::year(
            "period_until",
            "計画の終わり（西暦）",
            "2024",
            "計画期間の最後の年度",
        ),
        Column::text(
            "period_label",
            "計画の期間",
            "令和3年度～令和6年度",
            "計画期間の和暦",
        ),
        Column::integer(
            "newest_document",
            "最新の文書の番号",
            "3",
            "計画を代表する、最新の文書の番号",
        ),
        Column::code("scheme", "設定のキー", "evaluation", "計画の設定のキー"),
        Column::code("scheme_version", "設定の版", "2024", "計画の設定の版"),
        Column::text(
            "url",
            "アドレス",
            "/plans/evaluation",
            "公開ページのアドレス",
        ),
    ],
    key: &["municipality_code", "plan"],
    foreign: &[],
};

/// 体系.
pub static NODES: Table = Table {
    name: "nodes",
    title: "計画の体系",
    about: "1行が計画の体系の一つの節（基本目標、施策、取組など）。文書ごとに載る",
    columns: &[
        CODE,
        PLAN,
        DOCUMENT,
        NODE.always(),
        Column::code(
            "parent_node",
            "上の体系のキー",
            "2-1",
            "一つ上の節のキー。最上位にはない",
        ),
        Column::integer("position", "順序", "5", "文書での順序（1から）").always(),
        Column::integer("depth", "深さ", "3", "最上位を1とする深さ").always(),
        Column::code("level", "階層のキー", "theme", "階層のキー"),
        Column::text("level_label", "階層", "テーマ", "階層の名称"),
        Column::text("number", "番号", "10", "番号（印字のまま）"),
        Column::text("name", "名称", "子育て支援の充実", "名称（印字のまま）"),
        Column::flag(
            "is_programme",
            "年次計画の有無",
            "年次計画をもつプログラムか",
        ),
        LINE,
        SETTLED,
    ],
    key: &["municipality_code", "document", "node"],
    foreign: &[OF_PLAN],
};

/// プログラム.
pub static PROGRAMMES: Table = Table {
    name: "programmes",
    title: "プログラム",
    about: "1行が年次計画をもつ一つのプログラム（改革の取組など）",
    columns: &[
        CODE,
        YEAR,
        YEAR_LABEL,
        PLAN,
        DOCUMENT,
        NODE.always(),
        Column::integer(
            "sheet",
            "シートの番号",
            "12",
            "プログラムの評価シートの番号",
        ),
        Column::text("kind", "区分", "実施", "実施・検討などの区分（印字のまま）"),
        Column::text("number", "番号", "3", "番号（印字のまま）"),
        Column::text("name", "名称", "窓口の予約制", "名称（印字のまま）"),
        Column::integer("steps", "年次計画の数", "4", "年次計画の記載の数").always(),
        LINE,
        SETTLED,
    ],
    key: &["municipality_code", "document", "node"],
    foreign: &[OF_NODE],
};

/// 年次計画.
pub static SCHEDULE: Table = Table {
    name: "schedule",
    title: "年次計画",
    about: "1行が、プログラムの年次計画の一つの記載（準備、実施、検証など）",
    columns: &[
        CODE,
        PLAN,
        DOCUMENT,
        NODE.always(),
        Column::integer("step", "順序", "1", "年次計画での順序（1から）").always(),
        Column::year(
            "schedule_year",
            "計画の年度（西暦）",
            "2025",
            "記載の年度。原文から分からないときは空",
        ),
        Column::text(
            "schedule_year_label",
            "計画の年度",
            "令和7年度",
            "記載の年度の和暦",
        ),
        Column::text("word", "記載", "実施", "記載（印字のまま）").always(),
        LINE,
        SETTLED,
        Column::integer(
            "sheet",
            "シートの番号",
            "12",
            "プログラムの評価シートの番号",
        ),
    ],
    key: &["municipality_code", "document", "node", "step"],
    foreign: &[Foreign {
        columns: &["municipality_code", "document", "node"],
        table: "programmes",
        there: &["municipality_code", "document", "node"],
    }],
};
