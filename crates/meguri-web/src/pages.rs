//! One module a page: its struct, how it is filled, its handler and its samples.

pub mod about;
pub mod accessibility;
pub mod branch;
pub mod changes;
pub mod compare;
pub mod findings;
pub mod indicator;
pub mod indicators;
pub mod list;
pub mod matrix;
pub mod money;
pub mod overview;
pub mod plan;
pub mod project;
pub mod projects;
pub mod rule;
pub mod rules;
pub mod search;
pub mod section;
pub mod sections;
pub mod sheet;
pub mod shown;
pub mod source;
pub mod start;
pub mod things;
pub mod value;
pub mod words;

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::Link;
use meguri_app::read::{Entry, places};

/// A name for samples that would break out of its place where it is not kept there: markup, quotes,
/// a mark that turns the direction of writing, emoji.
pub(crate) const ODD_NAME: &str = "<b>橋</b>&amp;\"'\u{202e}逆\u{202c}\u{200f}שלום🎏👨‍👩‍👧";

/// The first step of every way: the start.
fn home() -> Link {
    Link::new("/", "計画一覧")
}

/// The way from the start to a plan.
fn way_to_plan(entry: &Entry) -> Vec<Link> {
    vec![home(), Link::new(places::plan(entry), entry.plan_name())]
}

/// The document that an address names: the newest one of a plan, or one by its id and version.
fn document<'a>(site: &'a Site, asked: &Asked) -> Result<&'a Entry, PageError> {
    if asked.part("plan").is_empty() {
        return plan::find(&site.library, asked);
    }
    let (library, key) = (&site.library, asked.part("plan"));
    let entry = library.plan(key);
    entry.ok_or_else(|| PageError::absent(library.absent_plan(key), "/", "計画の一覧を見る"))
}
