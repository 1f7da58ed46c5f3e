//! What an address names: a document, a sheet, or a project, indicator or section; else the error with
//! the nearest page that there is.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use meguri_app::read::{Entry, Library, Thing, urls};
use meguri_core::evaluation::Sheet;
use meguri_core::links::Kind;

/// The document that an address names: the newest one of a plan, or one by its id and version.
pub(crate) fn document<'a>(site: &'a Site, asked: &Asked) -> Result<&'a Entry, PageError> {
    if asked.part("plan").is_empty() {
        return version(&site.library, asked);
    }
    let (library, key) = (&site.library, asked.part("plan"));
    let entry = library.plan(key);
    entry.ok_or_else(|| PageError::absent(library.absent_plan(key), "/", "計画の一覧を見る"))
}

/// The version of a document that an address names.
pub(crate) fn version<'a>(library: &'a Library, asked: &Asked) -> Result<&'a Entry, PageError> {
    let id = asked.id("document").unwrap_or_default();
    let start = ("/", "計画の一覧を見る");
    let Some(version) = asked.version() else {
        return library
            .document(id)
            .map_err(|why| PageError::absent(why, start.0, start.1));
    };
    library
        .version(id, version.unwrap_or_default())
        .map_err(|why| match library.document(id) {
            Ok(_) => PageError::absent(why, urls::current_document(id), "現在の版を見る"),
            Err(_) => PageError::absent(why, start.0, start.1),
        })
}

/// The sheet that an address names.
pub(crate) fn sheet<'a>(
    library: &'a Library,
    asked: &Asked,
) -> Result<(&'a Entry, usize, &'a Sheet), PageError> {
    let id = asked.id("sheet").unwrap_or_default();
    match asked.version() {
        None => {
            let found = library.sheet(id);
            found.map_err(|why| PageError::absent(why, "/", "計画の一覧を見る"))
        }
        Some(version) => {
            let found = library.sheet_edition(id, version.unwrap_or_default());
            found.map_err(|why| match library.sheet(id) {
                Ok(_) => PageError::absent(why, urls::current_sheet(id), "現在の版を見る"),
                Err(_) => PageError::absent(why, "/", "計画の一覧を見る"),
            })
        }
    }
}

/// What an id of an address leads to.
pub(crate) enum Sought<'a> {
    /// The thing.
    Thing(&'a Thing),
    /// Another address: the id was joined to another one.
    Moved(Response),
}

/// The thing that an address names.
///
/// # Errors
/// Why it is not shown, where the picture has none of the id.
pub(crate) fn thing<'a>(
    library: &'a Library,
    asked: &Asked,
    kind: Kind,
) -> Result<Sought<'a>, PageError> {
    let id = asked.id("id").unwrap_or_default();
    let linked = library.linked();
    if let Some(thing) = linked.thing(kind, id) {
        return Ok(Sought::Thing(thing));
    }
    if let Some(thing) = linked.moved(kind, id) {
        let address = format!("{}{}", urls::thing(kind, thing.id), asked.format.ending());
        let moved = (StatusCode::MOVED_PERMANENTLY, [(LOCATION, address)]);
        return Ok(Sought::Moved(moved.into_response()));
    }
    Err(PageError::absent(
        library.absent_thing(kind, id),
        urls::things(kind),
        words_of(kind),
    ))
}

/// The words for the way to the list of all of a kind.
const fn words_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Project => "事業の一覧を見る",
        Kind::Indicator => "指標の一覧を見る",
        _ => "課の一覧を見る",
    }
}
