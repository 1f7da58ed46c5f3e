//! Columns that several tables have.

use crate::column::Column;
use crate::table::Foreign;

pub(super) const CODE: Column = Column::code(
    "municipality_code",
    "団体コード",
    "132110",
    "全国地方公共団体コード（検査数字を含む6桁）",
)
.always();

pub(super) const YEAR: Column = Column::year(
    "fiscal_year",
    "対象年度（西暦）",
    "2024",
    "評価の対象年度。年度の始まる年を西暦で示す。予算の年度とは別",
);

pub(super) const YEAR_LABEL: Column = Column::text(
    "fiscal_year_label",
    "対象年度",
    "令和6年度",
    "評価の対象年度の和暦",
);

pub(super) const PLAN: Column = Column::code(
    "plan",
    "計画のキー",
    "evaluation",
    "計画を見分けるキー。公開ページのアドレスと同じ",
)
.always();

pub(super) const DOCUMENT: Column = Column::integer(
    "document",
    "文書の番号",
    "1",
    "公表した文書の番号。公開ページのアドレスと同じ",
)
.always();

pub(super) const EDITION: Column = Column::integer(
    "edition",
    "版",
    "1",
    "公表の版。1から数え、正誤のたびに増える",
)
.always();

pub(super) const SHEET: Column = Column::integer(
    "sheet",
    "シートの番号",
    "12",
    "評価シートの番号。年度を越えて変わらない",
)
.always();

pub(super) const NODE: Column = Column::code(
    "node",
    "体系のキー",
    "2-1-3",
    "計画の体系での位置。上からの番号をつないだもの",
);

pub(super) const LINE: Column = Column::integer(
    "source_line",
    "原文の行",
    "128",
    "値が載っている、原文の行の番号（1から）",
);

pub(super) const SETTLED: Column = Column::text(
    "settled",
    "確定の方法",
    "printed",
    "printed＝原文のとおり、layout＝配置から推定、proven＝検算で確定、confirmed＝職員が確認",
);

pub(super) const VALUE_ID: Column = Column::code(
    "value_id",
    "値の識別子",
    "target-2024-3f2a",
    "シートの中で値を見分ける識別子。公開ページ /sheets/（シート）/values/（識別子）に原文と検算がある",
);

pub(super) const ACCOUNT: Column =
    Column::text("account", "会計", "一般", "会計の名称（印字のまま）");
pub(super) const KAN: Column = Column::code("kan", "款", "03", "款の番号（印字のまま）");
pub(super) const KOU: Column = Column::code("kou", "項", "02", "項の番号（印字のまま）");
pub(super) const MOKU: Column = Column::code("moku", "目", "01", "目の番号（印字のまま）");

pub(super) const OF_PLAN: Foreign = Foreign {
    columns: &["municipality_code", "plan"],
    table: "plans",
    there: &["municipality_code", "plan"],
};

pub(super) const OF_PUBLICATION: Foreign = Foreign {
    columns: &["municipality_code", "document", "edition"],
    table: "publications",
    there: &["municipality_code", "document", "edition"],
};

pub(super) const OF_NODE: Foreign = Foreign {
    columns: &["municipality_code", "document", "node"],
    table: "nodes",
    there: &["municipality_code", "document", "node"],
};

pub(super) const OF_SHEET: Foreign = Foreign {
    columns: &["municipality_code", "document", "sheet"],
    table: "sheets",
    there: &["municipality_code", "document", "sheet"],
};

pub(super) const OF_INDICATOR: Foreign = Foreign {
    columns: &["municipality_code", "document", "sheet", "indicator"],
    table: "indicators",
    there: &["municipality_code", "document", "sheet", "indicator"],
};

pub(super) const OF_LISTING: Foreign = Foreign {
    columns: &["municipality_code", "document", "sheet", "listing"],
    table: "listings",
    there: &["municipality_code", "document", "sheet", "listing"],
};

pub(super) const OF_PROJECT: Foreign = Foreign {
    columns: &["municipality_code", "project"],
    table: "projects",
    there: &["municipality_code", "project"],
};

pub(super) const OF_SCHEME: Foreign = Foreign {
    columns: &["municipality_code", "scheme", "scheme_version"],
    table: "schemes",
    there: &["municipality_code", "scheme", "scheme_version"],
};
