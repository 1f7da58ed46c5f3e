//! Indicators with their values.

use super::shared::{
    CODE, DOCUMENT, LINE, OF_INDICATOR, OF_SHEET, PLAN, SETTLED, SHEET, VALUE_ID, YEAR, YEAR_LABEL,
};
use crate::column::Column;
use crate::table::Table;

const INDICATOR: Column = Column::integer(
    "indicator",
    "指標の順序",
    "1",
    "シートでの指標の順序（1から）",
)
.always();

const INDICATOR_ID: Column = Column::integer(
    "indicator_id",
    "指標の番号",
    "45",
    "指標の番号。年度や文書を越えて変わらない",
);

/// 指標.
pub static INDICATORS: Table = Table {
    name: "indicators",
    title: "指標",
    about: "1行が、評価シートの一つの指標",
    columns: &[
        CODE,
        YEAR,
        YEAR_LABEL,
        PLAN,
        DOCUMENT,
        SHEET,
        INDICATOR,
        INDICATOR_ID,
        Column::text("number", "番号", "1", "シートに印字された番号"),
        Column::text("name", "名称", "待機児童数", "名称（印字のまま）"),
        Column::text(
            "sub_name",
            "内訳",
            "4月1日現在",
            "一つの名称に複数の指標があるときの内訳",
        ),
        Column::text("unit", "単位", "人", "単位（印字のまま）"),
        Column::code(
            "better",
            "望ましい向き",
            "lower",
            "higher＝大きいほどよい、lower＝小さいほどよい、keep＝保つ。文書と設定から分からないときは空",
        ),
        Column::code(
            "accumulation",
            "累計",
            "yearly",
            "yearly＝年度ごと、cumulative＝累計（合計しない）",
        )
        .always(),
        Column::year("baseline_year", "基準年度（西暦）", "2019", "基準値の年度"),
        Column::text(
            "baseline_printed",
            "基準値（印字）",
            "18",
            "基準値（印字のまま）",
        ),
        Column::number(
            "baseline_value",
            "基準値（数値）",
            "18",
            "基準値の数値。数値だけでないときは空",
        ),
        Column::text(
            "rate_formula",
            "達成率の計算",
            "実績÷目標×100",
            "達成率の計算のしかた（設定による）",
        ),
        Column::code(
            "rate_comparability",
            "比較のキー",
            "percent",
            "達成率の計算のしかたのキー。同じキーの達成率どうしだけが比べられる",
        ),
        Column::text(
            "notes",
            "注",
            "※目標を見直した",
            "指標の注（段落は改行区切り）",
        ),
        SETTLED,
        LINE,
        Column::text("url", "アドレス", "/indicators/45", "公開ページのアドレス"),
    ],
    key: &["municipality_code", "document", "sheet", "indicator"],
    foreign: &[OF_SHEET],
};

/// 指標の値.
pub static VALUES: Table = Table {
    name: "values",
    title: "指標の値",
    about: "1行が、指標の一つの値（基準値、目標、実績、印字の達成率、計算した達成率）",
    columns: &[
        CODE,
        YEAR,
        YEAR_LABEL,
        PLAN,
        DOCUMENT,
        SHEET,
        INDICATOR,
        INDICATOR_ID,
        Column::code("kind", "値の種類", "target", "baseline＝基準値、target＝目標、actual＝実績、printed_rate＝印字の達成率、computed_rate＝計算した達成率").always(),
        Column::year("value_year", "値の年度（西暦）", "2024", "値の年度"),
        Column::text("value_year_label", "値の年度", "令和6年度", "値の年度の和暦"),
        Column::text("printed", "印字", "4以上", "原文の印字。計算した値では、計算結果の表記"),
        Column::number("value", "数値", "4", "数値。数値だけ、または「以上」などの付いた数値のとき"),
        Column::code("meaning", "値の意味", "at_least", "number＝数値、at_least＝以上、at_most＝以下、above＝超、below＝未満、not_above_last_year＝前年以下、as_last_year＝前年並み、not_below_last_year＝前年以上、dash＝「－」の記載、unknown＝不明の記号、withheld＝秘匿の記号、not_applicable＝該当なし、words＝文字、none＝計算できない").always(),
        Column::text("unit", "単位", "％", "単位"),
        Column::flag("is_revised", "見直し", "計画の途中で見直した目標か"),
        Column::text("steps", "計算の手順", "46 ÷ 61 × 100 ＝ 75.40…", "計算した値の手順（改行区切り）"),
        Column::code("no_value", "計算できない理由", "no_actual", "計算できない理由のキー"),
        SETTLED,
        LINE,
        VALUE_ID,
    ],
    key: &[
        "municipality_code",
        "document",
        "sheet",
        "indicator",
        "kind",
        "value_year",
    ],
    foreign: &[OF_INDICATOR],
};

/// 目標の見直し.
pub static REVISIONS: Table = Table {
    name: "revisions",
    title: "目標の見直し",
    about: "1行が、計画の途中で見直された一つの目標",
    columns: &[
        CODE,
        YEAR,
        YEAR_LABEL,
        PLAN,
        DOCUMENT,
        SHEET,
        INDICATOR,
        INDICATOR_ID,
        Column::integer("position", "順序", "1", "指標の中での順序（1から）").always(),
        Column::year(
            "target_year",
            "目標の年度（西暦）",
            "2024",
            "見直した目標の年度",
        )
        .always(),
        Column::text(
            "target_year_label",
            "目標の年度",
            "令和6年度",
            "見直した目標の年度の和暦",
        ),
        Column::text(
            "original_printed",
            "見直し前（印字）",
            "100",
            "見直し前の目標。原文にないときは空",
        ),
        Column::number(
            "original_value",
            "見直し前（数値）",
            "100",
            "見直し前の目標の数値",
        ),
        Column::text(
            "revised_printed",
            "見直し後（印字）",
            "80",
            "見直し後の目標",
        )
        .always(),
        Column::number(
            "revised_value",
            "見直し後（数値）",
            "80",
            "見直し後の目標の数値",
        ),
        Column::text(
            "reason",
            "理由",
            "事業の延期による",
            "見直しの理由（印字のまま）",
        ),
        SETTLED,
        LINE,
        Column::code(
            "original_value_id",
            "見直し前の値の識別子",
            "indicator-3f2a-original-2024",
            "見直し前の目標の識別子",
        ),
    ],
    key: &[
        "municipality_code",
        "document",
        "sheet",
        "indicator",
        "position",
    ],
    foreign: &[OF_INDICATOR],
};
