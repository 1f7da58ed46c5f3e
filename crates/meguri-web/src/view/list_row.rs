//! A sheet as a row of a list.

use crate::page::Link;
use crate::view::state::StateView;
use meguri_app::read::whole;
use serde::Serialize;

/// One sheet.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ListRow {
    /// Its number and name.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Its states.
    pub states: Vec<StateView>,
    /// 所管課.
    pub sections: Vec<String>,
    /// The sheet that it repeats: words, and its page where it is there.
    pub relisted: Option<Link>,
    /// What was planned, in short.
    pub planned: String,
    /// What was done, in short.
    pub done: String,
}

impl ListRow {
    /// Its title as a cell has place for it.
    #[must_use]
    pub fn name(&self) -> String {
        whole::name(&self.title)
    }
}
