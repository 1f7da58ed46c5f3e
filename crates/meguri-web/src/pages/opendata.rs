//! Open data: the tables with their columns, files and sizes, the terms, and the files themselves,
//! made while they are sent.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::link::Link;
use crate::page::{self, Layout, Page};
use crate::streamed;
use crate::view::crumbs::home;
use crate::view::samples::ODD_NAME;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::open_data::download::{Offer, Offered, OfferedFile};
use meguri_app::open_data::{ColumnKind, OpenData};
use meguri_app::read::urls;
use meguri_app::site_info::SiteInfo;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "opendata.html")]
pub struct OpenDataPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Are there files here? The house sees what is not published too, and has none.
    pub has_files: bool,
    /// The page of the files for everybody; empty where its address is not known.
    pub public_href: String,
    /// The terms of the data; empty where the settings do not say.
    pub licence: String,
    /// The address of the terms, where they are known ones.
    pub licence_href: String,
    /// Where to ask; empty where the settings do not say.
    pub contact: String,
    /// The day of the data: that of the last publication.
    pub day: String,
    /// The ZIPs.
    pub zips: Vec<FileView>,
    /// The tables.
    pub tables: Vec<TableView>,
}

/// A file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FileView {
    /// Its address with its words.
    pub link: Link,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its size, for a person.
    pub size: String,
}

/// A table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TableView {
    /// Its key.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What one row is.
    pub about: String,
    /// Its rows.
    pub rows: u64,
    /// Its files.
    pub files: Vec<FileView>,
    /// Its columns.
    pub columns: Vec<ColumnView>,
}

/// A column.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ColumnView {
    /// Its key.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What stands in it.
    pub kind: String,
    /// An example.
    pub example: String,
    /// What it means.
    pub about: String,
}

/// `GET /opendata`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let data = OpenData::behind(&site.library, &site.about);
    let offer = data.as_ref().map(OpenData::offer).transpose();
    let offer = offer.map_err(|fault| PageError::Internal(fault.to_string()))?;
    let page = OpenDataPage::new(data.as_ref(), offer, &site.about);
    page::answer(&page, asked.format)
}

/// `GET /opendata/{file}`
pub(crate) async fn fetch(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    // The part of the path stands there without the ending of a page.
    let name = format!("{}{}", asked.part("file"), asked.format.ending());
    let data = OpenData::behind(&site.library, &site.about);
    let file = data.and_then(|data| data.file(&name));
    let file = file.ok_or_else(|| PageError::not_found(urls::OPEN_DATA, "オープンデータを見る"))?;
    Ok(streamed::answer(&site, file))
}

impl OpenDataPage {
    /// The page of what there is to fetch; `None` for a door that shows more than what is public.
    #[must_use]
    pub fn new(data: Option<&OpenData>, offer: Option<Offer>, about: &SiteInfo) -> Self {
        let publisher = data.map(OpenData::publisher);
        let known = publisher.and_then(|publisher| publisher.known_licence());
        let has_files = offer.is_some();
        let offer = offer.unwrap_or_default();
        Self {
            layout: layout(),
            has_files,
            public_href: match about.public_url {
                Some(_) => about.full(urls::OPEN_DATA),
                None => String::new(),
            },
            licence: about.licence.clone(),
            licence_href: known.map_or_else(String::new, |licence| licence.path.to_owned()),
            contact: about.contact.clone(),
            day: publisher.map_or_else(String::new, |publisher| {
                meguri_app::read::dates::japanese(&publisher.moment)
            }),
            zips: offer
                .zips
                .iter()
                .map(|(title, file)| FileView::new(file, title))
                .collect(),
            tables: offer.tables.iter().map(TableView::new).collect(),
        }
    }
}

fn layout() -> Layout {
    Layout::new("オープンデータ", vec![home()], urls::OPEN_DATA).described(
        "公表した行政評価・計画のデータを、表ごとのファイル（CSV、JSON Lines、Parquet）とZIPで提供しています。",
    )
}

impl FileView {
    fn new(file: &OfferedFile, words: &str) -> Self {
        Self {
            link: Link::new(urls::open_data(&file.name), words),
            bytes: file.bytes,
            size: size(file.bytes),
        }
    }
}

impl TableView {
    fn new(offered: &Offered) -> Self {
        let table = offered.table;
        let columns = table.columns.iter().map(|column| ColumnView {
            name: column.name.to_owned(),
            title: column.title.to_owned(),
            kind: kind(column.kind).to_owned(),
            example: column.example.to_owned(),
            about: column.about.to_owned(),
        });
        Self {
            name: table.name.to_owned(),
            title: table.title.to_owned(),
            about: table.about.to_owned(),
            rows: offered.rows,
            files: offered
                .files
                .iter()
                .map(|file| FileView::new(file, file.label))
                .collect(),
            columns: columns.collect(),
        }
    }
}

const fn kind(kind: ColumnKind) -> &'static str {
    kind.label()
}

/// A size in decimal units, rounded up: `12KB`, `3.4MB`.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{}KB", bytes.div_ceil(1_000)),
        _ => {
            let tenths = bytes.div_ceil(100_000);
            format!("{}.{}MB", tenths / 10, tenths % 10)
        }
    }
}

impl Page for OpenDataPage {
    const NAME: &'static str = "opendata";

    fn samples() -> Vec<(&'static str, Self)> {
        let file = |name: &str, words: &str| FileView {
            link: Link::new(urls::open_data(name), words),
            bytes: 12_345,
            size: size(12_345),
        };
        let of_table = |title: &str| TableView {
            name: "money".to_owned(),
            title: title.to_owned(),
            about: "1行が一つの金額".to_owned(),
            rows: 120,
            files: vec![file("money.csv", "CSV"), file("money.parquet", "Parquet")],
            columns: vec![ColumnView {
                name: "municipality_code".to_owned(),
                title: "団体コード".to_owned(),
                kind: "コード（文字列）".to_owned(),
                example: "132110".to_owned(),
                about: "全国地方公共団体コード".to_owned(),
            }],
        };
        let empty = |has_files| Self {
            layout: layout(),
            has_files,
            public_href: String::new(),
            licence: String::new(),
            licence_href: String::new(),
            contact: String::new(),
            day: String::new(),
            zips: Vec::new(),
            tables: Vec::new(),
        };
        let full = |name: &str, count| Self {
            licence: "CC BY 4.0".to_owned(),
            licence_href: "https://creativecommons.org/licenses/by/4.0/deed.ja".to_owned(),
            contact: "政策課 03-0000-0000".to_owned(),
            day: "令和8年4月1日".to_owned(),
            zips: vec![file("all.zip", name); count],
            tables: vec![of_table(name)],
            ..empty(true)
        };
        let house = Self {
            public_href: "https://example.jp/opendata".to_owned(),
            ..empty(false)
        };
        vec![
            ("empty", empty(false)),
            ("house", house),
            ("typical", full("事業費", 2)),
            ("odd-names", full(ODD_NAME, 1)),
            ("longest", full(&"長い名前の計画".repeat(12), 40)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_rounded_up() {
        for (bytes, wanted) in [
            (0, "0KB"),
            (1, "1KB"),
            (1_000, "1KB"),
            (999_999, "1000KB"),
            (1_000_000, "1.0MB"),
            (1_000_001, "1.1MB"),
            (12_345_678, "12.4MB"),
        ] {
            assert_eq!(size(bytes), wanted);
        }
    }
}
