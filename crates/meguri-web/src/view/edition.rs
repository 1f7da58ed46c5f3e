//! A publication of a document, and the notice above what is shown of an older one.

use crate::page::{Link, Notice};
use meguri_app::read::{Edition, Entry, Library, urls, whole};
use serde::Serialize;

/// One publication in a list of versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EditionView {
    /// Its number.
    pub number: i64,
    /// `第2版`, with its page.
    pub link: Link,
    /// The day of its publication.
    pub date: String,
    /// 正誤: what it corrected.
    pub note: String,
    /// Is it the one in force?
    pub current: bool,
}

impl EditionView {
    /// A publication of a document.
    #[must_use]
    pub fn new(entry: &Entry, edition: &Edition) -> Self {
        let text = format!("第{}版", edition.number);
        Self {
            number: edition.number,
            link: Link::new(urls::version(entry.id, edition.number), text),
            date: edition.date(),
            note: edition.note.clone(),
            current: edition.current,
        }
    }

    /// Its note as a list has place for it.
    #[must_use]
    pub fn short(&self) -> String {
        whole::name(&self.note)
    }

    /// Publications made up for samples.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let of = |number: i64, note: &str| Self {
            number,
            link: Link::new(urls::version(2, number), format!("第{number}版")),
            date: "令和8年4月1日".to_owned(),
            note: note.to_owned(),
            current: number == 2,
        };
        vec![of(2, &"事業費の合計を訂正".repeat(12)), of(1, "")]
    }
}

/// The notice that a document or something in it is an older version; none for the current one.
#[must_use]
pub fn old_version(library: &Library, entry: &Entry, current: Option<Link>) -> Vec<Notice> {
    let Some(edition) = entry.published.as_ref().filter(|edition| !edition.current) else {
        return Vec::new();
    };
    let mut text = format!(
        "旧版です（第{}版、{}公表）。",
        edition.number,
        edition.date()
    );
    let mut later = library.versions_of(entry.id);
    later.reverse();
    for later in later.iter().filter_map(|later| later.published.as_ref()) {
        if later.number > edition.number && !later.note.is_empty() {
            text.push_str(&format!(
                "第{}版での訂正：{}。",
                later.number,
                whole::name(&later.note)
            ));
        }
    }
    vec![Notice {
        text,
        link: current,
    }]
}

/// The notice that a sheet, by its number from 1, is of an older version, with the way to the current one.
pub(crate) fn old_sheet(library: &Library, entry: &Entry, number: usize) -> Vec<Notice> {
    let id = entry.sheet_id(number).filter(|sheet| !sheet.current);
    let Some(id) = id.map(|sheet| sheet.id) else {
        return Vec::new();
    };
    let current = library.sheet(id).ok();
    let link = current.map(|_| Link::new(urls::current_sheet(id), "現在の版を見る"));
    old_version(library, entry, link)
}
