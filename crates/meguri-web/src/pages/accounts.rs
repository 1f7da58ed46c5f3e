//! Everybody who may sign in, for administrators.

use crate::error::PageError;
use crate::page::{self, Format, Layout, Page};
use crate::staff::{SignedIn, unkept};
use crate::view::crumbs::home;
use crate::view::grant::{self, GrantView};
use askama::Template;
use axum::response::Response;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "accounts.html")]
pub struct AccountsPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Everybody, by name.
    pub accounts: Vec<AccountRow>,
}

/// One account in the list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AccountRow {
    /// The name by which the person signs in.
    pub name: String,
    /// The person's own name.
    pub label: String,
    /// May the person sign in?
    pub enabled: bool,
    /// What the person may do.
    pub grants: Vec<GrantView>,
}

/// `GET /accounts`
pub(crate) async fn show(signed_in: SignedIn) -> Result<Response, PageError> {
    let city = signed_in.staff().city();
    let today = signed_in.context()?.day();
    let sections = city.sections().await?;
    let accounts = city.accounts().await?;
    let accounts = accounts.iter().map(|kept| AccountRow {
        name: kept.account.name.clone(),
        label: kept.account.label.clone(),
        enabled: kept.account.enabled,
        grants: grant::views(&kept.account.grants, &sections, today),
    });
    let page = AccountsPage {
        layout: layout(),
        accounts: accounts.collect(),
    };
    unkept(page::answer(&page, Format::Html))
}

fn layout() -> Layout {
    Layout::new("利用者の管理", vec![home()], "")
        .described("利用者を登録し、役割を付け、停止する画面です。")
}

impl Page for AccountsPage {
    const NAME: &'static str = "accounts";

    fn samples() -> Vec<(&'static str, Self)> {
        let row = |name: &str, label: &str, enabled, grants| AccountRow {
            name: name.to_owned(),
            label: label.to_owned(),
            enabled,
            grants,
        };
        let page = |accounts| Self {
            layout: layout(),
            accounts,
        };
        let many = (0..200).map(|n| row(&format!("user{n}"), "山田 太郎", true, grant::samples()));
        vec![
            ("empty", page(Vec::new())),
            (
                "some",
                page(vec![
                    row("yamada-t", "山田 太郎", true, grant::samples()),
                    row("sato", "佐藤 花子", false, Vec::new()),
                ]),
            ),
            ("many", page(many.collect())),
        ]
    }
}
