//! Everything that can go wrong with a request.
//!
//! A handler gives a [`PageError`]; one layer turns it into a page or JSON
//! ([`crate::error_page`]), so that it is logged and shown in one place.

use crate::link::Link;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use meguri_app::actions::accounts::AccountFault;
use meguri_app::context::{Refused, why_not};
use meguri_app::read::pictures::StoreError;
use meguri_app::read::{Absent, Withdrawal, dates};
use meguri_app::search::NoSearch;
use meguri_core::access::Refusal;

/// Why a request gets no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageError {
    /// There is no such thing; with the nearest page that there is.
    NotFound(Option<Link>),
    /// It was public once and was withdrawn; with the nearest page that there is.
    Gone(Withdrawal, Link),
    /// The request cannot be understood; why, in Japanese.
    Invalid(String),
    /// The house's pages were asked for under a name that is not this machine's.
    Host,
    /// The person may not see it.
    Forbidden(Refusal),
    /// Nobody is signed in who could see it, or whose request this is.
    SignIn,
    /// The request does not come from a page of ours.
    Origin,
    /// More was sent than this page takes, in KiB.
    TooLarge(usize),
    /// The database does not answer, or not now; the text is for the log only.
    Unavailable(String),
    /// There is no search now: it is being prepared, or its index cannot be read.
    NoSearch,
    /// The address exists but does not take this method.
    Method,
    /// A fault of ours; the text is for the log only.
    Internal(String),
}

impl From<NoSearch> for PageError {
    fn from(_: NoSearch) -> Self {
        Self::NoSearch
    }
}

/// What the store says is for the log; whoever asked can only try again.
impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<Refused> for PageError {
    fn from(refused: Refused) -> Self {
        Self::Forbidden(refused.refusal)
    }
}

/// Faults of which a form tells beside its fields come here only where no form can.
impl From<AccountFault> for PageError {
    fn from(fault: AccountFault) -> Self {
        match fault {
            AccountFault::Refused(refused) => refused.into(),
            AccountFault::Store(error) => error.into(),
            AccountFault::Hash(fault) => Self::Unavailable(fault.to_string()),
            other => Self::Invalid(other.to_string()),
        }
    }
}

impl PageError {
    /// Nothing there, with the nearest page.
    #[must_use]
    pub fn not_found(href: impl Into<String>, text: impl AsRef<str>) -> Self {
        Self::NotFound(Some(Link::new(href, text)))
    }

    /// What is absent, with the nearest page.
    #[must_use]
    pub fn absent(why: Absent, href: impl Into<String>, text: impl AsRef<str>) -> Self {
        match why {
            Absent::Unknown => Self::not_found(href, text),
            Absent::Withdrawn(words) => Self::Gone(words, Link::new(href, text)),
        }
    }

    /// Its status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Gone(..) => StatusCode::GONE,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Forbidden(_) | Self::Origin => StatusCode::FORBIDDEN,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoSearch | Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What a person is told: title and explanation.
    pub(crate) fn words(&self) -> (&'static str, String) {
        match self {
            Self::NotFound(_) => (
                "ページが見つかりません",
                "お探しのページはありません。アドレスの入力に誤りがあるか、文書が入れ替わった可能性があります。"
                    .to_owned(),
            ),
            Self::Gone(withdrawal, _) => (
                "公表を取り下げました",
                format!(
                    "お探しの内容は、{}に公表を取り下げました。理由：{}",
                    dates::japanese(&withdrawal.moment),
                    withdrawal.reason
                ),
            ),
            Self::Invalid(why) => ("指定に誤りがあります", why.clone()),
            Self::Host => (
                "このアドレスからは表示できません",
                "庁内用の画面は、めぐりを動かしているコンピューターのブラウザーで、127.0.0.1またはlocalhostのアドレスを開いて利用してください。"
                    .to_owned(),
            ),
            Self::Forbidden(refusal) => (
                "表示する権限がありません",
                format!(
                    "{}。必要な場合は、システム管理者に権限の設定を依頼してください。",
                    why_not(refusal.why)
                ),
            ),
            Self::SignIn => (
                "サインインが必要です",
                "サインインしていないか、サインインの有効期間が終わりました。送信した内容は保存されていません。別のタブでサインインしてから、ブラウザーの「戻る」で入力画面に戻り、もう一度送信してください。"
                    .to_owned(),
            ),
            Self::Origin => (
                "この画面からの操作は受け付けられません",
                "めぐりの画面から送られたことを確かめられないため、何も変更していません。めぐりの画面を開き直して、もう一度お試しください。続く場合は、管理者にサーバーの設定（internal_url）の確認を依頼してください。"
                    .to_owned(),
            ),
            Self::TooLarge(kib) => (
                "送信された内容が大きすぎます",
                format!("この画面から一度に送れるのは{kib}KBまでです。何も保存していません。前の画面に戻り、内容を減らしてから、もう一度お試しください。"),
            ),
            Self::Unavailable(_) => (
                "いまは処理できません",
                "データベースに接続できないか、混み合っています。何も保存していません。少し待ってから、もう一度お試しください。続く場合は、下の受付番号を添えて管理者に知らせてください。"
                    .to_owned(),
            ),
            Self::NoSearch => (
                "検索を準備しています",
                "検索用の索引を更新しているため、いまは検索できません。しばらくしてから（通常は数秒で）もう一度お試しください。計画の一覧からは、これまでどおりご覧になれます。"
                    .to_owned(),
            ),
            Self::Method => (
                "この操作はできません",
                "このアドレスは表示のみに対応しています。".to_owned(),
            ),
            Self::Internal(_) => (
                "表示できませんでした",
                "システムの不具合により表示できませんでした。しばらくしてからもう一度お試しください。続く場合は、下の受付番号を添えて管理者に知らせてください。"
                    .to_owned(),
            ),
        }
    }
}

/// Marks the answer; the layer of errors fills it.
impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
