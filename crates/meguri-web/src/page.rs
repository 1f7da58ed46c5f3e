//! A page is a struct with a template of the same name and samples of itself.

mod ways;

pub use ways::Way;
pub(crate) use ways::{SHOW_SOURCES, asked_look, shows_sources};

use crate::assets;
use crate::error::PageError;
pub use crate::link::Link;
use crate::staff::Presence;
use crate::table::Table;
use askama::Template;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use meguri_app::plain;
use meguri_app::read::{Offers, View, urls, whole};
use meguri_app::site_info::SiteInfo;
use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter};
use std::io;
use std::sync::Arc;

tokio::task_local! {
    /// The door through which a request came. The layout of every page asks it, so that no page can
    /// forget to say that it is for the house only.
    pub(crate) static VIEW: View;

    /// What the city says of its site, for the layout too.
    pub(crate) static ABOUT: Arc<SiteInfo>;

    /// Who looks, for the layout too.
    pub(crate) static PRESENCE: Presence;

    /// Does the request ask for the places of values and for doubts about them (`show=sources`)?
    pub(crate) static SOURCES: bool;

    /// Which pages over all plans have anything to show, for the ways of the layout.
    pub(crate) static OFFERS: Arc<Offers>;
}

/// What every page struct can do. Its JSON is the struct itself, without the layout.
pub trait Page: Template + Serialize + Sized {
    /// The name of its template, without ending.
    const NAME: &'static str;

    /// Pages to look at: empty, typical, with the longest texts, with all states.
    fn samples() -> Vec<(&'static str, Self)>;

    /// What it shows as a table, where a table can show it; its layout says so
    /// ([`Layout::with_csv`]).
    fn csv(&self) -> Option<Table> {
        None
    }
}

/// How a page is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// For a person.
    Html,
    /// For a program.
    Json,
    /// For a spreadsheet.
    Csv,
    /// On paper.
    Pdf,
    /// As a workbook, in the form in which it is printed.
    Book,
    /// As a workbook of plain tables.
    DataBook,
}

impl Format {
    /// Is it a file that is made of a document, and costs its time?
    #[must_use]
    pub const fn is_file(self) -> bool {
        matches!(self, Self::Pdf | Self::Book | Self::DataBook)
    }

    /// An address that ends in `.json` asks for JSON, one that ends in `.csv` for CSV, in `.pdf` for
    /// a paper, in `.xlsx` for a workbook, in `.data.xlsx` for one of plain tables.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        [Self::Json, Self::Csv, Self::Pdf, Self::DataBook, Self::Book]
            .into_iter()
            .find(|f| path.ends_with(f.ending()))
            .unwrap_or(Self::Html)
    }

    /// The ending of its addresses.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Html => "",
            Self::Json => ".json",
            Self::Csv => ".csv",
            Self::Pdf => ".pdf",
            Self::Book => ".xlsx",
            Self::DataBook => ".data.xlsx",
        }
    }
}

/// Characters of a description that others show of a page.
const DESCRIPTION: usize = 200;

/// The head and foot of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Its title, also its first heading.
    pub title: String,
    /// The way from the start to it, without itself.
    pub crumbs: Vec<Link>,
    /// Its name at the end of the way.
    pub here: String,
    /// Its own address; empty where it has none.
    pub address: String,
    /// What it is, in a sentence, for who finds it elsewhere; every page has one, errors have none.
    pub description: String,
    /// The address of its JSON; empty where there is none.
    pub json: String,
    /// The address of its CSV; empty where there is none.
    pub csv: String,
    /// The address of its paper; empty where there is none.
    pub pdf: String,
    /// The addresses of its workbooks, as printed and as tables; empty where there are none.
    pub books: [String; 2],
    /// What a reader must know before the page: that it is an older version, for one.
    pub notices: Vec<Notice>,
    /// Does the page tell of errors in what was sent? Its title says so first.
    pub is_wrong: bool,
}

/// A notice above a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// What is to be known.
    pub text: String,
    /// Where to go.
    pub link: Option<Link>,
}

impl Layout {
    /// A page below some others; its JSON stands beside it.
    #[must_use]
    pub fn new(title: impl AsRef<str>, crumbs: Vec<Link>, address: &str) -> Self {
        let json = beside(address, Format::Json);
        let title = whole::name(title.as_ref());
        let address = address.to_owned();
        Self {
            here: title.clone(),
            title,
            crumbs,
            address,
            json,
            ..Self::default()
        }
    }

    /// The same with its CSV beside it.
    #[must_use]
    pub fn with_csv(self, address: &str) -> Self {
        Self {
            csv: beside(address, Format::Csv),
            ..self
        }
    }

    /// The same with its paper and its workbooks beside it.
    #[must_use]
    pub fn with_papers(self, address: &str) -> Self {
        Self {
            pdf: beside(address, Format::Pdf),
            books: [Format::Book, Format::DataBook].map(|format| beside(address, format)),
            ..self
        }
    }

    /// The same with a sentence on what it is.
    #[must_use]
    pub fn described(self, description: impl Into<String>) -> Self {
        Self {
            description: whole::cut(&description.into(), DESCRIPTION),
            ..self
        }
    }

    /// What it is, for who finds it elsewhere: its sentence, else the way to it.
    #[must_use]
    pub fn about(&self) -> String {
        if !self.description.is_empty() {
            return self.description.clone();
        }
        let way: Vec<&str> = self
            .crumbs
            .iter()
            .map(|crumb| crumb.text.as_str())
            .collect();
        let way = way.join(" ＞ ");
        let way = if way.is_empty() {
            way
        } else {
            format!("{way} ＞ ")
        };
        format!(
            "{way}{}。行政評価・計画進行管理システム「めぐり」のページです。",
            self.here
        )
    }

    /// Where it is in full, for everybody; empty where that is not known, or where the page is not
    /// for everybody.
    #[must_use]
    pub fn canonical(&self) -> String {
        let known = ABOUT
            .try_with(Arc::clone)
            .ok()
            .filter(|site| site.public_url.is_some());
        match known {
            Some(site) if self.is_public() && !self.address.is_empty() => site.full(&self.address),
            _ => String::new(),
        }
    }

    /// Has the head a field for searching? The start and the page of the search have their own.
    #[must_use]
    pub fn has_search(&self) -> bool {
        self.address != "/" && !self.address.starts_with(urls::SEARCH)
    }

    /// The same with notices above it.
    #[must_use]
    pub fn noticed(self, notices: Vec<Notice>) -> Self {
        Self { notices, ..self }
    }

    /// Is the page for the house only, with what is not published yet?
    #[must_use]
    pub fn is_in_house(&self) -> bool {
        view() == View::InForce
    }

    /// The name of the municipality; empty where nobody said.
    #[must_use]
    pub fn city(&self) -> String {
        ABOUT
            .try_with(|about| about.name.clone())
            .unwrap_or_default()
    }

    /// What stands at the top of every page; empty where nobody said.
    #[must_use]
    pub fn site_notice(&self) -> String {
        ABOUT
            .try_with(|about| about.notice.clone())
            .unwrap_or_default()
    }

    /// Does the page show only what is published?
    #[must_use]
    pub fn is_public(&self) -> bool {
        view() == View::Published
    }

    /// That there are no findings; to the public only what the city chose to publish is known.
    #[must_use]
    pub fn no_findings(&self) -> &'static str {
        if self.is_public() {
            "公表している指摘はありません。"
        } else {
            "指摘はありません。"
        }
    }

    /// How the numbers of findings are told where there are none.
    #[must_use]
    pub fn nothing_found(&self) -> &'static str {
        if self.is_public() {
            "公表している指摘なし"
        } else {
            "指摘なし"
        }
    }

    /// The same for a page that tells of errors in what was sent.
    #[must_use]
    pub fn wrong(self) -> Self {
        Self {
            is_wrong: true,
            ..self
        }
    }

    /// The name of who is signed in; empty where nobody is.
    #[must_use]
    pub fn person(&self) -> String {
        match PRESENCE.try_with(Clone::clone) {
            Ok(Presence::In(label)) => label,
            _ => String::new(),
        }
    }

    /// Could anybody sign out here?
    #[must_use]
    pub fn can_sign_out(&self) -> bool {
        let presence = PRESENCE.try_with(Clone::clone);
        matches!(presence, Ok(Presence::In(_) | Presence::AtTheDoor(_)))
    }

    /// Is the staff's side open because nobody is registered yet?
    #[must_use]
    pub fn is_open(&self) -> bool {
        PRESENCE.try_with(|presence| *presence == Presence::Open) == Ok(true)
    }

    /// The same with a shorter name at the end of the way.
    #[must_use]
    pub fn called(self, here: &str) -> Self {
        Self {
            here: whole::name(here),
            ..self
        }
    }

    /// The address of the stylesheet.
    #[must_use]
    pub fn style(&self) -> &'static str {
        assets::style_path()
    }

    /// The address of the icon.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        assets::icon_path()
    }
}

/// What the door of the request shows; papers in memory where there is no request.
pub(crate) fn view() -> View {
    VIEW.try_with(|view| *view).unwrap_or_default()
}

/// The address of a page in another format.
fn beside(address: &str, format: Format) -> String {
    let ending = format.ending();
    match address {
        "" => String::new(),
        "/" => format!("/index{ending}"),
        address => match address.split_once('?') {
            Some((path, query)) => format!("{path}{ending}?{query}"),
            None => format!("{address}{ending}"),
        },
    }
}

/// Gives a page as it is wanted.
///
/// # Errors
/// [`PageError::Internal`] where a template fails, which its test excludes;
/// [`PageError::NotFound`] where a page without a table is asked for one.
pub fn answer(page: &impl Page, format: Format) -> Result<Response, PageError> {
    match format {
        Format::Html => {
            let html = page
                .render()
                .map_err(|error| PageError::Internal(error.to_string()))?;
            // The page of an error does not pass where answers are made ready.
            let html = plain::visible(&html).into_owned();
            Ok(([(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
        }
        Format::Json => json(page),
        Format::Csv => Ok(page.csv().ok_or(PageError::NotFound(None))?.answer()),
        // What has a paper answers before (`crate::paper`).
        Format::Pdf | Format::Book | Format::DataBook => Err(PageError::NotFound(None)),
    }
}

/// Gives a value as JSON.
///
/// # Errors
/// [`PageError::Internal`] where it has no JSON.
pub fn json(value: &impl Serialize) -> Result<Response, PageError> {
    json_as("application/json; charset=utf-8", value)
}

/// As [`json`], as a type of its own.
///
/// # Errors
/// [`PageError::Internal`] where it has no JSON.
pub(crate) fn json_as(kind: &'static str, value: &impl Serialize) -> Result<Response, PageError> {
    let mut text = Vec::new();
    let mut writer = serde_json::Serializer::with_formatter(&mut text, Visible);
    value
        .serialize(&mut writer)
        .map_err(|error| PageError::Internal(error.to_string()))?;
    Ok(([(CONTENT_TYPE, kind)], text).into_response())
}

/// JSON whose values have visible marks in the place of controls, as the pages have. An escape would
/// hand them on to whoever prints the value.
struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        writer.write_all(plain::visible(fragment).as_bytes())
    }

    fn write_char_escape<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        let control = match escape {
            CharEscape::Backspace => 8,
            CharEscape::FormFeed => 12,
            CharEscape::AsciiControl(byte) => byte,
            other => return CompactFormatter.write_char_escape(writer, other),
        };
        let control = char::from(control).to_string();
        writer.write_all(plain::visible(&control).as_bytes())
    }
}
