//! Sheets with their texts, judgements and sections.

use super::shared::{
    CODE, DOCUMENT, EDITION, LINE, NODE, OF_NODE, OF_PUBLICATION, OF_SHEET, PLAN, SETTLED, SHEET,
    VALUE_ID, YEAR, YEAR_LABEL,
};
use crate::column::Column;
use crate::table::{Foreign, Table};

/// 評価シート.
pub static SHEETS: Table = Table {
    name: "sheets",
    title: "評価シート",
    about: "1行が一つの評価シート（最新の公表の内容）",
    columns: &[
        CODE,
        YEAR,
        YEAR_LABEL,
        PLAN,
        DOCUMENT,
        EDITION,
        SHEET,
        Column::integer(
            "sheet_edition",
            "シートの版",
            "1",
            "シートの内容が変わるたびに増える版",
        ),
        Column::integer("position", "順序", "3", "文書での順序（1から）").always(),
        NODE,
        Column::text(
            "label",
            "シートの名称",
            "テーマ10 子育て支援の充実",
            "シートの呼び名",
        ),
        Column::integer(
            "relisted_from",
            "再掲の元の番号",
            "15",
            "再掲のとき、元のシートの番号（印字のまま）",
        ),
        Column::flag(
            "is_relisted",
            "再掲",
            "ほかのシートの再掲か。合計では数えない",
        ),
        LINE,
        Column::text("url", "アドレス", "/sheets/12", "公開ページのアドレス"),
    ],
    key: &["municipality_code", "document", "sheet"],
    foreign: &[OF_PUBLICATION, OF_NODE],
};

/// 本文.
pub static TEXTS: Table = Table {
    name: "texts",
    title: "本文",
    about: "1行が、評価シートの文章の一つの段落または箇条書き",
    columns: &[
        CODE,
        YEAR,
        YEAR_LABEL,
        PLAN,
        DOCUMENT,
        SHEET,
        Column::integer("item", "項目の順序", "2", "シートでの文章の順序（1から）").always(),
        Column::integer("paragraph", "段落", "1", "項目の中での段落の順序（1から）").always(),
        Column::code("field", "項目のキー", "issues", "項目のキー").always(),
        Column::text("field_label", "項目", "課題", "項目の名称"),
        Column::year(
            "text_year",
            "文章の年度（西暦）",
            "2024",
            "年度ごとに書く文章のとき、その年度",
        ),
        Column::text("text", "文章", "（文章）", "段落（印字のまま）").always(),
        SETTLED,
        LINE,
        VALUE_ID,
    ],
    key: &[
        "municipality_code",
        "document",
        "sheet",
        "item",
        "paragraph",
    ],
    foreign: &[OF_SHEET],
};

/// 評価.
pub static JUDGEMENTS: Table = Table {
    name: "judgements",
    title: "評価（区分による判断）",
    about: "1行が、評価シートの一つの評価（達成度、総合評価など）。公表する段階の評価だけが載る",
    columns: &[
        CODE,
        YEAR,
        YEAR_LABEL,
        PLAN,
        DOCUMENT,
        SHEET,
        Column::integer("item", "評価の順序", "1", "シートでの順序（1から）").always(),
        Column::code("field", "項目のキー", "grade", "項目のキー").always(),
        Column::text("field_label", "項目", "総合評価", "項目の名称"),
        Column::code(
            "stage",
            "段階のキー",
            "second",
            "一次・二次などの段階のキー",
        ),
        Column::text("stage_label", "段階", "二次評価", "段階の名称"),
        Column::text("value", "評価", "A", "評価（印字のまま）").always(),
        Column::text("value_label", "評価の意味", "順調", "評価の意味"),
        Column::code("scheme", "設定のキー", "evaluation", "計画の設定のキー"),
        Column::code("scheme_version", "設定の版", "2024", "計画の設定の版"),
        Column::code("scale", "区分のキー", "grade", "評価の区分（尺度）のキー"),
        Column::integer(
            "place_from_best",
            "上からの順位",
            "1",
            "最もよい区分を1とする順位。順序のない区分にはない",
        ),
        Column::integer("scale_size", "区分の数", "3", "順位をもつ区分の数"),
        Column::flag("is_state", "順序の外", "完了・対象外など、順序の外の状態か"),
        Column::number("points", "点数", "3", "区分の点数（設定による）"),
        Column::code(
            "comparability",
            "比較のキー",
            "first|S>A>B",
            "同じキーの評価どうしだけが、順位や平均を比べられる",
        ),
        SETTLED,
        LINE,
        VALUE_ID,
    ],
    key: &["municipality_code", "document", "sheet", "item"],
    foreign: &[
        OF_SHEET,
        Foreign {
            columns: &[
                "municipality_code",
                "scheme",
                "scheme_version",
                "scale",
                "value",
            ],
            table: "scales",
            there: &[
                "municipality_code",
                "scheme",
                "scheme_version",
                "scale",
                "value",
            ],
        },
    ],
};

/// 課.
pub static SECTIONS: Table = Table {
    name: "sections",
    title: "課",
    about: "1行が一つの課の一つの名称。公表した文書に名前のある課だけが載る",
    columns: &[
        CODE,
        Column::integer(
            "section",
            "課の番号",
            "7",
            "課の番号。名称が変わっても変わらない",
        )
        .always(),
        Column::integer(
            "position",
            "順序",
            "1",
            "名称の順序（1から。最新の名称が先）",
        )
        .always(),
        Column::text("name", "名称", "子育て支援課", "課の名称").always(),
        Column::year(
            "valid_from",
            "最初の年度（西暦）",
            "2019",
            "その名称の最初の年度（課の一覧による）",
        ),
        Column::year(
            "valid_until",
            "最後の年度（西暦）",
            "2023",
            "その名称の最後の年度（課の一覧による）",
        ),
        Column::text(
            "successors",
            "引き継いだ課の番号",
            "8 9",
            "仕事を引き継いだ課の番号（空白区切り）",
        ),
        Column::text("url", "アドレス", "/sections/7", "公開ページのアドレス"),
    ],
    key: &["municipality_code", "section", "position"],
    foreign: &[],
};

/// 担当.
pub static SHEET_SECTIONS: Table = Table {
    name: "sheet_sections",
    title: "シートの所管課・関連課",
    about: "1行が、評価シートの一つの所管課または関連課",
    columns: &[
        CODE,
        YEAR,
        YEAR_LABEL,
        PLAN,
        DOCUMENT,
        SHEET,
        Column::code(
            "role",
            "役割",
            "responsible",
            "responsible＝所管課、related＝関連課",
        )
        .always(),
        Column::integer(
            "position",
            "順序",
            "1",
            "役割の中での順序（1から。所管課は主管課が先）",
        )
        .always(),
        Column::text("name", "課の名称", "子育て支援課", "課の名称（印字のまま）").always(),
        Column::integer("section", "課の番号", "7", "課の番号"),
        SETTLED,
        LINE,
        VALUE_ID,
    ],
    key: &["municipality_code", "document", "sheet", "role", "position"],
    foreign: &[OF_SHEET],
};
