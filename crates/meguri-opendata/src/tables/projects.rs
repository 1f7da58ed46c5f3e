//! Projects, the rows that list them, and money.

use super::shared::{
    ACCOUNT, CODE, DOCUMENT, KAN, KOU, LINE, MOKU, OF_LISTING, OF_PROJECT, OF_SHEET, PLAN, SETTLED,
    SHEET, VALUE_ID, YEAR, YEAR_LABEL,
};
use crate::column::Column;
use crate::table::Table;

const PROJECT: Column = Column::integer(
    "project",
    "事務事業の番号",
    "88",
    "事務事業の番号。年度や文書を越えて変わらない",
);

const LISTING: Column = Column::integer(
    "listing",
    "事業の行",
    "4",
    "シートでの事業の行の順序（1から）",
);

/// 事務事業.
pub static PROJECTS: Table = Table {
    name: "projects",
    title: "事務事業",
    about: "1行が一つの事務事業。終わった事業も残る",
    columns: &[
        CODE,
        PROJECT.always(),
        Column::text("name", "名称", "子育て支援事業", "最新の名称").always(),
        Column::text(
            "other_names",
            "ほかの名称",
            "児童育成事業",
            "以前の、またはほかの文書での名称（改行区切り）",
        ),
        Column::code(
            "code",
            "事務事業コード",
            "0103",
            "最新の文書に印字された事務事業コード",
        ),
        ACCOUNT,
        KAN,
        KOU,
        MOKU,
        Column::year(
            "first_year",
            "最初の年度（西暦）",
            "2022",
            "事業が載っている最初の対象年度",
        ),
        Column::year(
            "last_year",
            "最後の年度（西暦）",
            "2024",
            "事業が載っている最後の対象年度",
        ),
        Column::integer("listings", "掲載の数", "3", "事業が載っている行の数").always(),
        Column::text("url", "アドレス", "/projects/88", "公開ページのアドレス"),
    ],
    key: &["municipality_code", "project"],
    foreign: &[],
};

/// 事業の行.
pub static LISTINGS: Table = Table {
    name: "listings",
    title: "シートに載っている事務事業",
    about: "1行が、評価シートに載っている事務事業の一つの行",
    columns: &[
        CODE,
        YEAR,
        YEAR_LABEL,
        PLAN,
        DOCUMENT,
        SHEET,
        LISTING.always(),
        PROJECT,
        Column::integer("table_number", "表", "0", "シートの中の表（0が主な表）").always(),
        Column::text("number", "番号", "4", "行の番号（印字のまま）"),
        Column::text("name", "名称", "子育て支援事業", "事業の名称（印字のまま）"),
        Column::code(
            "code",
            "事務事業コード",
            "0103",
            "事務事業コード（印字のまま）",
        ),
        Column::text("tags", "印", "拡充分", "名称に付いた印（改行区切り）"),
        Column::text(
            "sections",
            "担当課",
            "子育て支援課",
            "担当課（改行区切り。主な課が先）",
        ),
        ACCOUNT,
        KAN,
        KOU,
        MOKU,
        Column::flag("is_relisted", "再掲", "ほかの行の再掲か").always(),
        Column::text(
            "relisted_from",
            "再掲の元の番号",
            "15",
            "再掲の元の行の番号（印字のまま）",
        ),
        Column::flag(
            "is_counted",
            "合計に数える",
            "文書全体の合計で数える行か。再掲と、前に数えた同じ事業は数えない",
        )
        .always(),
        SETTLED,
        LINE,
    ],
    key: &["municipality_code", "document", "sheet", "listing"],
    foreign: &[OF_SHEET, OF_PROJECT],
};

/// 今後の動向.
pub static DIRECTIONS: Table = Table {
    name: "directions",
    title: "事務事業の今後の方向",
    about: "1行が、事業の行の一つの方向（拡大、維持、縮小など）",
    columns: &[
        CODE,
        YEAR,
        YEAR_LABEL,
        PLAN,
        DOCUMENT,
        SHEET,
        LISTING.always(),
        PROJECT,
        Column::integer("position", "順序", "1", "行の中での順序（1から）").always(),
        Column::code(
            "axis",
            "軸のキー",
            "work",
            "方向の軸のキー（事業、予算など）",
        )
        .always(),
        Column::text("axis_label", "軸", "来年度の動向", "方向の軸の名称"),
        Column::text("value", "方向", "拡大", "方向（印字のまま）").always(),
        Column::code(
            "scale",
            "区分のキー",
            "direction",
            "方向の区分（尺度）のキー",
        ),
        Column::code(
            "comparability",
            "比較のキー",
            "none|拡大>維持>縮小",
            "同じキーの方向どうしだけが、件数を比べられる",
        ),
        SETTLED,
        LINE,
        VALUE_ID,
    ],
    key: &[
        "municipality_code",
        "document",
        "sheet",
        "listing",
        "position",
    ],
    foreign: &[OF_LISTING],
};

/// 金額.
pub static MONEY: Table = Table {
    name: "money",
    title: "事業費",
    about: "1行が一つの金額。事業の行の金額、印字の合計、行の分からない金額",
    columns: &[
        CODE,
        YEAR,
        YEAR_LABEL,
        Column::year("budget_year", "予算の年度（西暦）", "2025", "金額の年度（予算・決算の年度）。評価の対象年度とは別"),
        Column::text("budget_year_label", "予算の年度", "令和7年度", "金額の年度の和暦"),
        PLAN,
        DOCUMENT,
        SHEET,
        Column::integer("item", "順序", "1", "シートでの金額の順序（1から）").always(),
        Column::code("row_kind", "行の種類", "listing", "listing＝事業の行の金額、printed_total＝印字の合計、unplaced＝行の分からない金額。足し合わせるのは listing だけ").always(),
        Column::code("amount_kind", "金額の種類", "settlement", "plan＝計画額、budget＝予算額、settlement＝決算額（計画の設定による。設定にないときは空）"),
        LISTING,
        PROJECT,
        Column::integer("table_number", "表", "0", "シートの中の表（0が主な表）"),
        ACCOUNT,
        KAN,
        KOU,
        MOKU,
        Column::text("source_of_funds", "財源", "一般財源", "財源の内訳のときの財源。内訳のない金額では空"),
        Column::yen("amount_yen", "金額（円）", "5467914000", "金額。単位は円").always(),
        Column::text("printed", "金額（印字）", "5,467,914千円", "単位を付けた印字の金額").always(),
        Column::text("printed_unit", "印字の単位", "千円", "原文の金額の単位").always(),
        Column::flag("is_relisted", "再掲", "再掲の行の金額か").always(),
        Column::flag("is_counted", "合計に数える", "文書全体の合計で数える金額か。これが true の行を足すと、公開ページの合計になる").always(),
        SETTLED,
        LINE,
        VALUE_ID,
    ],
    key: &["municipality_code", "document", "sheet", "item"],
    foreign: &[OF_SHEET, OF_LISTING, OF_PROJECT],
};

/// 年次計画の内容.
pub static OUTLINES: Table = Table {
    name: "outlines",
    title: "事業の年次計画",
    about: "1行が、事業の行の一つの年度の計画の内容",
    columns: &[
        CODE,
        YEAR,
        YEAR_LABEL,
        PLAN,
        DOCUMENT,
        SHEET,
        LISTING.always(),
        PROJECT,
        Column::integer("position", "順序", "1", "行の中での順序（1から）").always(),
        Column::year("outline_year", "計画の年度（西暦）", "2025", "内容の年度").always(),
        Column::text(
            "outline_year_label",
            "計画の年度",
            "令和7年度",
            "内容の年度の和暦",
        ),
        Column::text("text", "内容", "実施設計", "計画の内容（印字のまま）").always(),
        SETTLED,
        LINE,
        VALUE_ID,
    ],
    key: &[
        "municipality_code",
        "document",
        "sheet",
        "listing",
        "position",
    ],
    foreign: &[OF_LISTING],
};

/// 方向別の事業数.
pub static COUNTS: Table = Table {
    name: "counts",
    title: "印字された方向別の事業数",
    about: "1行が、シートに印字された、方向ごとの事業の数",
    columns: &[
        CODE,
        YEAR,
        YEAR_LABEL,
        PLAN,
        DOCUMENT,
        SHEET,
        Column::integer("position", "順序", "1", "シートでの順序（1から）").always(),
        Column::text("word", "方向", "拡大", "方向（印字のまま）"),
        Column::integer("count", "事業数", "3", "印字された事業の数").always(),
        SETTLED,
        LINE,
        VALUE_ID,
    ],
    key: &["municipality_code", "document", "sheet", "position"],
    foreign: &[OF_SHEET],
};
