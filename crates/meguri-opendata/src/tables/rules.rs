//! What a city configures, as far as it is public, and what the rules found.

use super::shared::{
    CODE, DOCUMENT, EDITION, LINE, OF_PUBLICATION, OF_SCHEME, PLAN, YEAR, YEAR_LABEL,
};
use crate::column::Column;
use crate::table::{Foreign, Table};

const SCHEME: Column =
    Column::code("scheme", "設定のキー", "evaluation", "計画の設定のキー").always();
const VERSION: Column =
    Column::code("scheme_version", "設定の版", "2024", "計画の設定の版").always();

/// 設定.
pub static SCHEMES: Table = Table {
    name: "schemes",
    title: "計画の設定",
    about: "1行が、計画の設定の一つの版（公表する部分）",
    columns: &[
        CODE,
        SCHEME,
        VERSION,
        Column::text("label", "名称", "施策評価", "計画の名称").always(),
        Column::code(
            "evaluates",
            "評価する計画のキー",
            "midterm",
            "別の計画を評価するとき、その計画のキー",
        ),
        Column::year(
            "valid_from",
            "最初の年度（西暦）",
            "2022",
            "この版による最初の対象年度",
        )
        .always(),
        Column::year(
            "valid_until",
            "最後の年度（西暦）",
            "2025",
            "この版による最後の対象年度。続くときは空",
        ),
        Column::integer("every_years", "評価の間隔", "1", "何年ごとに評価するか").always(),
        Column::text(
            "levels",
            "階層",
            "基本目標 ＞ 施策 ＞ 取組",
            "上からの階層の名称",
        ),
        Column::text(
            "stages",
            "評価の段階",
            "一次評価 ＞ 二次評価",
            "公表する段階の名称",
        ),
        Column::text("money_unit", "金額の単位", "千円", "原文の金額の単位"),
        Column::code(
            "amount_kind",
            "金額の種類",
            "settlement",
            "plan＝計画額、budget＝予算額、settlement＝決算額。設定にないときは空",
        ),
    ],
    key: &["municipality_code", "scheme", "scheme_version"],
    foreign: &[],
};

/// 区分.
pub static SCALES: Table = Table {
    name: "scales",
    title: "評価の区分",
    about: "1行が、評価の区分（尺度）の一つの値",
    columns: &[
        CODE,
        SCHEME,
        VERSION,
        Column::code("scale", "区分のキー", "grade", "区分（尺度）のキー").always(),
        Column::text("value", "値", "A", "値（印字のまま）").always(),
        Column::text("scale_label", "区分", "総合評価", "区分の名称"),
        Column::text("value_label", "意味", "順調", "値の意味"),
        Column::code(
            "best",
            "よいほう",
            "first",
            "first＝先頭がよい、last＝末尾がよい、none＝よしあしの順ではない",
        )
        .always(),
        Column::integer("position", "順序", "1", "設定での順序（1から）").always(),
        Column::integer(
            "place_from_best",
            "上からの順位",
            "1",
            "最もよい値を1とする順位。順序のない区分にはない",
        ),
        Column::integer("scale_size", "区分の数", "3", "順位をもつ値の数").always(),
        Column::flag("is_state", "順序の外", "完了・対象外など、順序の外の状態か").always(),
        Column::number("points", "点数", "3", "点数"),
        Column::code(
            "comparability",
            "比較のキー",
            "first|S>A>B",
            "同じキーの区分どうしだけが、順位や平均を比べられる。値の並びとよいほうから作る",
        )
        .always(),
    ],
    key: &[
        "municipality_code",
        "scheme",
        "scheme_version",
        "scale",
        "value",
    ],
    foreign: &[OF_SCHEME],
};

/// 項目.
pub static FIELDS: Table = Table {
    name: "fields",
    title: "評価シートの項目",
    about: "1行が、評価シートの一つの公表項目",
    columns: &[
        CODE,
        SCHEME,
        VERSION,
        Column::code("field", "項目のキー", "grade", "項目のキー").always(),
        Column::integer("position", "順序", "1", "シートでの順序（1から）").always(),
        Column::text("label", "項目", "総合評価", "項目の名称").always(),
        Column::code("kind", "種類", "grade", "text＝文章、paragraphs＝段落、figure＝数値、money＝金額、yes_no＝有無、grade＝評価、next_step＝方向、indicators＝指標、projects＝事業、sections＝課").always(),
        Column::code("phase", "段階（PDCA）", "check", "head＝基本情報、plan＝PLAN、do＝DO、check＝CHECK、action＝ACTION").always(),
        Column::code("scale", "区分のキー", "grade", "評価・方向の区分のキー"),
        Column::code("stage", "段階のキー", "second", "書く段階のキー"),
        Column::text("stage_label", "段階", "二次評価", "書く段階の名称"),
    ],
    key: &["municipality_code", "scheme", "scheme_version", "field"],
    foreign: &[OF_SCHEME],
};

/// 指摘.
pub static FINDINGS: Table = Table {
    name: "findings",
    title: "点検の指摘",
    about: "1行が、公表した一つの点検の指摘",
    columns: &[
        CODE,
        YEAR,
        YEAR_LABEL,
        PLAN,
        DOCUMENT,
        EDITION,
        Column::integer("finding", "順序", "1", "文書での順序（1から）").always(),
        Column::integer("sheet", "シートの番号", "12", "指摘のあるシートの番号"),
        Column::code("rule", "点検の規則", "V001", "規則の番号").always(),
        Column::code(
            "severity",
            "重さ",
            "error",
            "error＝誤り、warning＝注意、note＝参考",
        )
        .always(),
        Column::text("row_label", "行", "待機児童数", "指標または事業の名称"),
        Column::text("field", "項目", "達成率（令和6年度）", "項目の名称"),
        Column::text("printed", "印字", "75.0", "原文の印字"),
        Column::text(
            "computed",
            "計算",
            "75.4",
            "計算した値、またはほかの箇所の印字",
        ),
        Column::text(
            "steps",
            "計算の手順",
            "46 ÷ 61 × 100 ＝ 75.40…",
            "計算の手順（改行区切り）",
        ),
        Column::text(
            "message",
            "内容",
            "達成率が計算と合いません。",
            "指摘の内容",
        )
        .always(),
        Column::text(
            "explanation",
            "団体の説明",
            "四捨五入による差です。",
            "団体が公表のときに付けた説明",
        ),
        LINE,
    ],
    key: &["municipality_code", "document", "finding"],
    foreign: &[
        OF_PUBLICATION,
        Foreign {
            columns: &["municipality_code", "document", "sheet"],
            table: "sheets",
            there: &["municipality_code", "document", "sheet"],
        },
    ],
};
