//! The tables of an export: a table stands behind those that it refers to. A new table or column
//! of a migration gets its line here.

mod cycles;

use super::schema::{BlobFile, Column, Table, blob, int, maybe_int, maybe_text, text};
use cycles::CYCLES;

const WHO: Column = text("who", "操作した人");
const MOMENT: Column = text("moment", "操作した日時（ISO 8601）");
const RECORD: Column = int("record", "記録の番号（recordのid）");
const DOCUMENT: Column = int("document", "文書の番号（documentのid）");
const PLAN: Column = int("plan", "計画の番号（planのid）");
const ACCOUNT: Column = text("account", "利用者名（accountのname）");

/// All tables of a municipality.
pub const TABLES: &[Table] = &joined::<{ PAPERS.len() + CYCLES.len() }>(PAPERS, CYCLES);

/// Two lists in one.
#[expect(
    clippy::indexing_slicing,
    reason = "a constant: a place that is not there does not compile"
)]
const fn joined<const N: usize>(one: &[Table], other: &[Table]) -> [Table; N] {
    let mut all = [one[0]; N];
    let mut place = 0;
    while place < N {
        all[place] = if place < one.len() {
            one[place]
        } else {
            other[place - one.len()]
        };
        place += 1;
    }
    all
}

/// Those of papers, publications and accounts.
const PAPERS: &[Table] = &[
    Table {
        name: "municipality",
        since: 1,
        about: "団体",
        key: &[],
        columns: &[
            text("name", "団体の名称"),
            int("last_id", "最後に使った番号"),
            int("audit_number", "監査記録の件数").unit("件"),
            text("audit_hash", "監査記録の末尾のハッシュ（SHA-256）"),
        ],
    },
    Table {
        name: "audit",
        since: 1,
        about: "監査記録（すべての書き込み。前の記録のハッシュを含む）",
        key: &["number"],
        columns: &[
            int("number", "通し番号"),
            MOMENT,
            WHO,
            text("action", "操作の種類"),
            text("subject", "操作の対象"),
            maybe_text("before_text", "操作前の内容"),
            maybe_text("after_text", "操作後の内容"),
            text("previous", "前の記録のハッシュ（最初の記録では空の文字列）"),
            text("hash", "この記録のハッシュ（SHA-256）"),
        ],
    },
    Table {
        name: "source",
        since: 1,
        about: "取り込んだファイル",
        key: &["hash"],
        columns: &[
            text("hash", "内容のハッシュ（SHA-256）"),
            text("name", "ファイル名"),
            int("size", "大きさ").unit("バイト"),
            blob(
                "content",
                "内容",
                BlobFile {
                    folder: "sources",
                    stem: &["hash"],
                    ending_of: Some("name"),
                },
            ),
            WHO,
            MOMENT,
        ],
    },
    Table {
        name: "scheme",
        since: 1,
        about: "計画の設定（評価の方法）",
        key: &["plan", "version", "edition"],
        columns: &[
            text("plan", "計画の識別名（planのkey）"),
            text("version", "設定の版"),
            int("edition", "同じ版の中での改訂の番号"),
            int("valid_from", "適用の始まりの年度（西暦）").unit("年度"),
            maybe_int("valid_until", "適用の終わりの年度（西暦）").unit("年度"),
            text("written", "設定の全文（TOML）"),
            WHO,
            MOMENT,
        ],
    },
    Table {
        name: "plan",
        since: 1,
        about: "計画",
        key: &["id"],
        columns: &[int("id", "番号"), text("key", "識別名")],
    },
    Table {
        name: "node",
        since: 1,
        about: "計画の体系（施策など）",
        key: &["id"],
        columns: &[
            int("id", "番号"),
            PLAN,
            text("path", "体系の中の位置（同じ施策を見分けるための表記）"),
            text("level", "段階の識別名"),
            maybe_text("number", "印刷された番号"),
            maybe_text("name", "名称"),
            maybe_int("parent", "上位の番号（nodeのid）"),
        ],
    },
    Table {
        name: "record",
        since: 1,
        about: "値をもつもの（文書、シート、事務事業）",
        key: &["id"],
        columns: &[
            int("id", "番号"),
            text("kind", "種類（document、sheet、project）"),
            int("version", "最後に書かれた版"),
            int("reading", "現在の内容のもとになる読み取りの版"),
        ],
    },
    Table {
        name: "document",
        since: 1,
        about: "文書",
        key: &["id"],
        columns: &[
            int("id", "番号（recordのid）"),
            PLAN,
            text("family", "文書の種類"),
            text("name", "文書の名称"),
            text("source", "もとのファイルのハッシュ（sourceのhash）"),
        ],
    },
    Table {
        name: "edition",
        since: 1,
        about: "版（読み取り、または人による変更）",
        key: &["record", "version"],
        columns: &[
            RECORD,
            int("version", "版"),
            int("base", "もとになる読み取りの版（読み取りではその版自身）"),
            maybe_int("document", "読み取った文書の番号（documentのid）"),
            WHO,
            MOMENT,
        ],
    },
    Table {
        name: "reading",
        since: 1,
        about: "文書の読み取り",
        key: &["document", "version"],
        columns: &[
            DOCUMENT,
            int("version", "読み取りの版"),
            blob(
                "lines",
                "本文の行（UTF-8）",
                BlobFile {
                    folder: "readings",
                    stem: &["document", "version"],
                    ending_of: None,
                },
            ),
            int("line_count", "行数").unit("行"),
            maybe_text("scheme_plan", "適用した設定の計画の識別名"),
            maybe_text("scheme_version", "適用した設定の版"),
            maybe_int("scheme_edition", "適用した設定の改訂の番号"),
        ],
    },
    Table {
        name: "value",
        since: 1,
        about: "値（文章、判定、指標、事業費など。版ごと）",
        key: &[
            "record", "version", "part", "item", "field", "year", "place",
        ],
        columns: &[
            RECORD,
            int("version", "版"),
            text("part", "部分（判定、指標、事業など）"),
            int("item", "同じ部分の中での順番（0から）"),
            text("field", "項目"),
            int("year", "年度（西暦。0は年度なし）").unit("年度"),
            int("place", "同じ項目の中での順番（0から）"),
            text("meaning", "値の意味（文字、数値、金額、空欄など）"),
            maybe_text("text", "印刷された文字"),
            maybe_text("number", "数値（十進数）"),
            maybe_int("amount", "金額または個数").unit("円または個"),
            maybe_text("unit", "印刷された金額の単位"),
            maybe_text("about", "値に添えるもの（評価の段階など）"),
            int("line", "もとの文書の行（0は行なし）").unit("行目"),
            text(
                "settled",
                "確かさ（印刷のとおり、配置から、合計などで確定、人が確認）",
            ),
        ],
    },
    Table {
        name: "sheet",
        since: 1,
        about: "シート（施策や事業の一年度分の評価）",
        key: &["id"],
        columns: &[
            int("id", "番号（recordのid）"),
            PLAN,
            maybe_int("node", "体系の番号（nodeのid）"),
            int("year", "年度（西暦。0は年度なし）").unit("年度"),
            text("key", "同じシートを見分けるための表記"),
            text("label", "見出し"),
        ],
    },
    Table {
        name: "document_sheet",
        since: 1,
        about: "文書の読み取りに含まれるシート",
        key: &["document", "version", "place"],
        columns: &[
            DOCUMENT,
            int("version", "読み取りの版"),
            int("place", "文書の中での順番（0から）"),
            int("sheet", "シートの番号（sheetのid）"),
            int("sheet_version", "シートの版"),
        ],
    },
    Table {
        name: "finding",
        since: 1,
        about: "点検の指摘",
        key: &["document", "run", "number"],
        columns: &[
            DOCUMENT,
            int("run", "点検の回"),
            int("number", "回の中での番号"),
            text("fingerprint", "同じ指摘を見分けるためのハッシュ"),
            text("code", "規則の番号"),
            text("severity", "重さ"),
            maybe_int("sheet", "シートの番号（sheetのid）"),
            text("in_document", "文書の名称"),
            maybe_text("in_sheet", "シートの見出し"),
            maybe_text("in_row", "行の名称"),
            maybe_text("in_field", "項目の名称"),
            int("line", "もとの文書の行（0は行なし）").unit("行目"),
            maybe_text("mark", "示す文字"),
            maybe_text("printed", "印刷された値"),
            maybe_text("computed", "計算した値"),
            text("steps", "計算の過程"),
            text("message", "指摘の内容"),
            text("hint", "対応"),
        ],
    },
    Table {
        name: "finding_run",
        since: 1,
        about: "点検の回（指摘のない回を含む）",
        key: &["document", "run"],
        columns: &[DOCUMENT, int("run", "点検の回"), WHO, MOMENT],
    },
    Table {
        name: "acceptance",
        since: 1,
        about: "指摘の承認とその取消し（最後の行が有効）",
        key: &["document", "fingerprint", "number"],
        columns: &[
            DOCUMENT,
            text("fingerprint", "指摘のハッシュ（findingのfingerprint）"),
            int("number", "同じ指摘の中での番号"),
            int("accepted", "承認は1、取消しは0"),
            text("reason", "理由"),
            WHO,
            MOMENT,
        ],
    },
    Table {
        name: "project",
        since: 1,
        about: "事務事業",
        key: &["id"],
        columns: &[
            int("id", "番号（recordのid）"),
            text("key", "同じ事業を見分けるための表記"),
            maybe_text("code", "事業コード"),
            text("name", "名称"),
        ],
    },
    Table {
        name: "section_register",
        since: 2,
        about: "課の一覧の改訂",
        key: &["edition"],
        columns: &[int("edition", "改訂の番号"), WHO, MOMENT],
    },
    Table {
        name: "section",
        since: 2,
        about: "課",
        key: &["edition", "place"],
        columns: &[
            int("edition", "一覧の改訂の番号（section_registerのedition）"),
            int("place", "一覧の中での順番（0から）"),
            text("key", "識別名"),
            text("name", "名称"),
            maybe_int("first_year", "置かれた最初の年度（西暦）").unit("年度"),
            maybe_int("last_year", "置かれた最後の年度（西暦）").unit("年度"),
        ],
    },
    Table {
        name: "section_successor",
        since: 2,
        about: "課の後継",
        key: &["edition", "place", "number"],
        columns: &[
            int("edition", "一覧の改訂の番号（section_registerのedition）"),
            int("place", "一覧の中での順番（sectionのplace）"),
            int("number", "後継の順番（0から）"),
            text("successor", "後継の課の識別名"),
        ],
    },
    Table {
        name: "section_department",
        since: 7,
        about: "課の部",
        key: &["edition", "place"],
        columns: &[
            int("edition", "一覧の改訂の番号（section_registerのedition）"),
            int("place", "一覧の中での順番（sectionのplace）"),
            text("department", "部の名称"),
        ],
    },
    Table {
        name: "identity",
        since: 3,
        about: "事業・指標・テーマ・課の番号",
        key: &["kind", "key"],
        columns: &[
            text(
                "kind",
                "種類（project＝事業、indicator＝指標、sheet＝テーマ、section＝課）",
            ),
            text("key", "同じものを見分けるための表記"),
            int("id", "番号（アドレスに使い、変わらない）"),
        ],
    },
    Table {
        name: "redirect",
        since: 3,
        about: "ほかの番号にまとめられた番号",
        key: &["former"],
        columns: &[int("former", "以前の番号"), int("id", "いまの番号")],
    },
    Table {
        name: "decision",
        since: 3,
        about: "同じもの・別のものの決定（後の行が優先）",
        key: &["number"],
        columns: &[
            int("number", "決定の番号（1から）"),
            text("kind", "種類（identityのkind）"),
            text("key_a", "一方の表記（identityのkey）"),
            text("key_b", "他方の表記（identityのkey）"),
            int("same", "同じものなら1、別のものなら0"),
            text("reason", "理由"),
            WHO,
            MOMENT,
        ],
    },
    Table {
        name: "document_source",
        since: 3,
        about: "訂正された文書のファイル（最初の版と異なるとき）",
        key: &["document", "version"],
        columns: &[
            int("document", "文書の番号（documentのid）"),
            int("version", "版（editionのversion）"),
            text("source", "ファイルのハッシュ（sourceのhash）"),
        ],
    },
    Table {
        name: "publication",
        since: 4,
        about: "公表",
        key: &["document", "number"],
        columns: &[
            int("document", "文書の番号（documentのid）"),
            int("number", "公表の番号（文書ごとに1から）"),
            int("version", "公表した読み取りの版（readingのversion）"),
            text("note", "正誤（訂正した内容。最初の公表では空）"),
            WHO,
            MOMENT,
        ],
    },
    Table {
        name: "publication_sheet",
        since: 4,
        about: "公表したシートの版",
        key: &["document", "number", "place"],
        columns: &[
            int("document", "文書の番号（documentのid）"),
            int("number", "公表の番号（publicationのnumber）"),
            int("place", "文書の中での順番（0から）"),
            int("sheet", "シートの番号（sheetのid）"),
            int(
                "sheet_reading",
                "基になった読み取りの版（editionのversion）",
            ),
            int("sheet_version", "公表した版（editionのversion）"),
            int("edition", "シートの公表の版（1から。同じ内容なら同じ版）"),
        ],
    },
    Table {
        name: "publication_finding",
        since: 4,
        about: "公表した点検の指摘",
        key: &["document", "number", "place"],
        columns: &[
            int("document", "文書の番号（documentのid）"),
            int("number", "公表の番号（publicationのnumber）"),
            int("place", "順番（0から）"),
            int("run", "点検の回（findingのrun）"),
            int("finding", "指摘の番号（findingのnumber）"),
            text("explanation", "市の説明"),
        ],
    },
    Table {
        name: "withdrawal",
        since: 4,
        about: "公表の取下げ",
        key: &["document", "number"],
        columns: &[
            int("document", "文書の番号（documentのid）"),
            int("number", "取下げの番号（文書ごとに1から）"),
            int("first_number", "取り下げた最初の公表の番号"),
            int("last_number", "取り下げた最後の公表の番号"),
            text("reason", "理由"),
            WHO,
            MOMENT,
        ],
    },
    Table {
        name: "account",
        since: 5,
        about: "利用者（パスワードと認証の情報は書き出さない）",
        key: &["name"],
        columns: &[text("name", "利用者名（サインインに使い、変わらない）")],
    },
    Table {
        name: "account_edition",
        since: 5,
        about: "利用者の登録内容の改訂（最後の改訂が有効）",
        key: &["account", "edition"],
        columns: &[
            ACCOUNT,
            int("edition", "改訂の番号（利用者ごとに1から）"),
            text("label", "氏名"),
            maybe_text("mail", "電子メールのアドレス"),
            int("enabled", "使えるときは1、停止中は0"),
            WHO,
            MOMENT,
        ],
    },
    Table {
        name: "account_grant",
        since: 5,
        about: "利用者の役割（改訂ごと）",
        key: &["account", "edition", "place"],
        columns: &[
            ACCOUNT,
            int("edition", "改訂の番号（account_editionのedition）"),
            int("place", "順番（0から）"),
            text("role", "役割の識別名"),
            maybe_text("section", "課の識別名（sectionのkey）"),
            maybe_text("department", "部の識別名"),
            maybe_text("assignee", "割当て先の識別名（委員会・委員）"),
            maybe_text("valid_from", "有効な最初の日"),
            maybe_text("valid_until", "有効な最後の日"),
            maybe_text("deputy_of", "代理のときは、本人の利用者名（accountのname）"),
        ],
    },
];
