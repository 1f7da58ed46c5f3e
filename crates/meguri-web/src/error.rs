//! Everything that can go wrong with a request.
//!
//! A handler gives a [`PageError`]; one layer turns it into a page or JSON
//! ([`crate::error_page`]), so that it is logged and shown in one place.

use crate::link::Link;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use meguri_app::context::why_not;
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
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NoSearch => StatusCode::SERVICE_UNAVAILABLE,
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
