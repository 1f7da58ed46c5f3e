//! The settings by name, for the help and for the doctor.

/// One setting, for the help and for the doctor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name in the file.
    pub key: &'static str,
    /// Its variable in the environment.
    pub variable: &'static str,
    /// What it is, in Japanese.
    pub about: &'static str,
}

/// All settings.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "database",
        variable: "MEGURI_DATABASE",
        about: "データベース（SQLiteのファイル、またはpostgres://で始まるURL）",
    },
    Setting {
        key: "municipality",
        variable: "MEGURI_MUNICIPALITY",
        about: "団体コードまたは名称（例：132110、小平市）",
    },
    Setting {
        key: "municipality_name",
        variable: "MEGURI_MUNICIPALITY_NAME",
        about: "団体の名称（団体の一覧にない団体で指定する。例：みずほ野市）",
    },
    Setting {
        key: "notice",
        variable: "MEGURI_NOTICE",
        about: "すべての画面の先頭に載せるお知らせ（例：試験運用中です）",
    },
    Setting {
        key: "contact",
        variable: "MEGURI_CONTACT",
        about: "画面に載せる問い合わせ先（例：政策課 03-0000-0000）",
    },
    Setting {
        key: "licence",
        variable: "MEGURI_LICENCE",
        about: "データの利用条件（例：クリエイティブ・コモンズ 表示 4.0 国際）",
    },
    Setting {
        key: "accessibility_tested",
        variable: "MEGURI_ACCESSIBILITY_TESTED",
        about: "人によるアクセシビリティの試験をした日（例：令和8年4月1日）",
    },
    Setting {
        key: "index",
        variable: "MEGURI_INDEX",
        about: "検索用の索引のフォルダー（省略するとデータベースの隣の「データベース名.index」）",
    },
    Setting {
        key: "search_words",
        variable: "MEGURI_SEARCH_WORDS",
        about: "検索に加える言葉のファイル（書き方は検索の説明。例：search-words.txt）",
    },
    Setting {
        key: "public_url",
        variable: "MEGURI_PUBLIC_URL",
        about: "住民が見る公開用の画面のアドレス（例：https://hyoka.example.jp）",
    },
    Setting {
        key: "address",
        variable: "MEGURI_ADDRESS",
        about: "画面を公開するアドレスとポート（例：127.0.0.1:8080）",
    },
    Setting {
        key: "internal_address",
        variable: "MEGURI_INTERNAL_ADDRESS",
        about: "庁内用の画面（公表前の内容を含む）のアドレスとポート（例：127.0.0.1:8081。「off」で無効）",
    },
    Setting {
        key: "internal_url",
        variable: "MEGURI_INTERNAL_URL",
        about: "職員のブラウザーから見た庁内用の画面のアドレス（プロキシを使うとき。例：https://meguri.example.lg.jp）",
    },
    Setting {
        key: "session_idle_hours",
        variable: "MEGURI_SESSION_IDLE_HOURS",
        about: "使わないでいるとサインインが終わるまでの時間（通常は8時間）",
    },
    Setting {
        key: "session_hours",
        variable: "MEGURI_SESSION_HOURS",
        about: "使い続けていてもサインインが終わるまでの時間（通常は24時間）",
    },
    Setting {
        key: "mail_server",
        variable: "MEGURI_MAIL_SERVER",
        about: "催促のメールを送るサーバーとポート（SMTP。例：smtp.example.lg.jp:587。なければ送らず、写せる一覧を表示）",
    },
    Setting {
        key: "mail_security",
        variable: "MEGURI_MAIL_SECURITY",
        about: "メールサーバーとの接続の暗号化（off、starttls、tls。通常はstarttls）",
    },
    Setting {
        key: "mail_from",
        variable: "MEGURI_MAIL_FROM",
        about: "催促のメールの差出人（例：hyoka@example.lg.jp）",
    },
    Setting {
        key: "mail_user",
        variable: "MEGURI_MAIL_USER",
        about: "メールサーバーにサインインする利用者名（要らないときは省略）",
    },
    Setting {
        key: "mail_password_file",
        variable: "MEGURI_MAIL_PASSWORD_FILE",
        about: "メールサーバーのパスワードだけを書いたファイル",
    },
    Setting {
        key: "operations_address",
        variable: "MEGURI_OPERATIONS_ADDRESS",
        about: "稼働確認と計測のアドレスとポート（例：127.0.0.1:9090。「off」で無効）",
    },
    Setting {
        key: "log_level",
        variable: "MEGURI_LOG_LEVEL",
        about: "記録の細かさ（error、warn、info、debug、trace）",
    },
    Setting {
        key: "log_format",
        variable: "MEGURI_LOG_FORMAT",
        about: "記録の形式（text、json）",
    },
    Setting {
        key: "cache_mb",
        variable: "MEGURI_CACHE_MB",
        about: "できあがったページを覚えておくメモリーの上限（MB。0で無効）",
    },
    Setting {
        key: "max_connections",
        variable: "MEGURI_MAX_CONNECTIONS",
        about: "公開用の画面に同時につながれる接続の数",
    },
    Setting {
        key: "costly_pages",
        variable: "MEGURI_COSTLY_PAGES",
        about: "大きなページやデータを同時に作る数",
    },
    Setting {
        key: "head_seconds",
        variable: "MEGURI_HEAD_SECONDS",
        about: "要求の見出し（ヘッダー）が届き終わるまで待つ秒数",
    },
    Setting {
        key: "idle_seconds",
        variable: "MEGURI_IDLE_SECONDS",
        about: "つながったままの接続で、次の要求を待つ秒数",
    },
    Setting {
        key: "write_seconds",
        variable: "MEGURI_WRITE_SECONDS",
        about: "相手が応答をほとんど受け取らないときに待つ秒数",
    },
    Setting {
        key: "client_address",
        variable: "MEGURI_CLIENT_ADDRESS",
        about: "記録に残す相手のアドレス（off、connection、又はプロキシが付けるヘッダーの名前）",
    },
    Setting {
        key: "files",
        variable: "MEGURI_FILES",
        about: "表示する文書（環境変数では「:」で区切る）",
    },
    Setting {
        key: "schemes",
        variable: "MEGURI_SCHEMES",
        about: "計画の設定ファイル（環境変数では「:」で区切る）",
    },
];
