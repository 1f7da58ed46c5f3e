//! The tables that leave the database only with the whole of it.

use super::schema::{Column, Table, int, maybe_text, text};

const ACCOUNT: Column = text("account", "利用者名（accountのname）");
const CYCLE: Column = int("cycle", "照会の番号（cycleのid）");
const WHO: Column = text("who", "操作した人");
const MOMENT: Column = text("moment", "操作した日時（ISO 8601）");

/// Tables that are in no export: what would let its reader act as somebody else, and what is true
/// for some hours only. A backup, which is the database itself, has them.
pub const NOT_EXPORTED: &[Table] = &[
    Table {
        name: "account_secret",
        since: 5,
        about: "利用者の認証の情報",
        key: &["account"],
        columns: &[
            ACCOUNT,
            text(
                "password",
                "パスワードのハッシュ（空のときはパスワードなし）",
            ),
            int("must_change", "次のサインインで変更が必要なときは1"),
            maybe_text("code", "認証アプリの鍵"),
            int("code_step", "最後に使われた認証コードの時刻の区切り"),
        ],
    },
    Table {
        name: "session",
        since: 5,
        about: "サインイン中のブラウザー",
        key: &["id"],
        columns: &[
            text("id", "識別子のハッシュ（SHA-256）"),
            ACCOUNT,
            text("stage", "段階"),
            int("created", "サインインした時刻（1970年からの秒）"),
            int("seen", "最後に使われた時刻（1970年からの秒）"),
            int("ends", "終わる時刻（1970年からの秒）"),
            maybe_text("source", "接続元のアドレス"),
            maybe_text("agent", "ブラウザーの名前"),
        ],
    },
    Table {
        name: "sign_in_tally",
        since: 5,
        about: "サインインの試行の回数",
        key: &["kind", "key"],
        columns: &[
            text("kind", "種類（利用者、接続元、その組）"),
            text("key", "対象のハッシュ（SHA-256）"),
            int("failures", "続けて失敗した回数"),
            int("last", "最後に試した時刻（1970年からの秒）"),
            int("waits_until", "次に試せる時刻（1970年からの秒）"),
            int("known", "最後に成功した時刻（1970年からの秒。0はなし）"),
        ],
    },
    Table {
        name: "draft",
        since: 6,
        about: "提出前の下書き",
        key: &["cycle", "sheet", "slot"],
        columns: &[
            CYCLE,
            int("sheet", "シートの番号（sheetのid）"),
            text("slot", "欄"),
            text("typed", "入力したままの内容"),
            int("stamp", "変更の番号"),
            WHO,
            MOMENT,
        ],
    },
    Table {
        name: "draft_other",
        since: 6,
        about: "同時に入力された、もう一方の下書き",
        key: &["cycle", "sheet", "slot", "stamp"],
        columns: &[
            CYCLE,
            int("sheet", "シートの番号（sheetのid）"),
            text("slot", "欄"),
            int("stamp", "変更の番号"),
            text("typed", "入力したままの内容"),
            WHO,
            MOMENT,
        ],
    },
    Table {
        name: "sheet_seen",
        since: 6,
        about: "最後に見たシートの版",
        key: &["cycle", "sheet", "who"],
        columns: &[
            CYCLE,
            int("sheet", "シートの番号（sheetのid）"),
            WHO,
            int("sheet_version", "シートの版"),
            MOMENT,
        ],
    },
];
