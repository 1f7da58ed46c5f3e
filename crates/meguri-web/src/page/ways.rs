//! The ways of the head and foot of every page, and the look in which values are shown.

use super::{ABOUT, Layout, OFFERS, SOURCES, view};
use crate::link::Link;
use meguri_app::read::{View, urls};
use std::sync::Arc;

/// A way of the head: where it leads, and whether the page is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// Where it leads.
    pub link: Link,
    /// `page` where it leads here, `true` where the page is below it, else empty.
    pub current: &'static str,
}

impl Layout {
    /// The ways to the pages over all plans, as far as these have anything to show.
    #[must_use]
    pub fn ways(&self) -> Vec<Way> {
        let offers = OFFERS.try_with(Arc::clone).unwrap_or_default();
        let ways = [
            (true, "/", "ホーム"),
            (offers.words, urls::WORDS, "テーマ"),
            (offers.late, urls::LATE, "遅れている取組"),
            (offers.ending, urls::ENDING, "廃止・縮小"),
            (!offers.money.is_empty(), offers.money.as_str(), "事業費"),
            (offers.indicators, urls::INDICATORS, "指標"),
            (offers.projects, urls::PROJECTS, "事業"),
            (offers.sections, urls::SECTIONS, "担当課"),
            (offers.compare, urls::COMPARE, "前年度との比較"),
        ];
        let shown = ways.into_iter().filter(|(offered, ..)| *offered);
        shown
            .map(|(_, href, text)| Way {
                link: Link::new(href, text),
                current: self.is_below(href),
            })
            .collect()
    }

    /// Is the page at an address (`page`), below it (`true`), or elsewhere (empty)?
    fn is_below(&self, href: &str) -> &'static str {
        let path = self.address.split('?').next().unwrap_or_default();
        match path.strip_prefix(href) {
            Some("") if path == self.address => "page",
            Some("") => "true",
            Some(rest) if href != "/" && rest.starts_with('/') => "true",
            _ => "",
        }
    }

    /// Are the places of values and doubts about them shown?
    #[must_use]
    pub fn shows_sources(&self) -> bool {
        shows_sources()
    }

    /// The same page with the places of values, or without them; empty where there is no choice.
    #[must_use]
    pub fn other_look(&self) -> String {
        if !self.is_public() {
            return String::new();
        }
        let path = self.address.split('?').next().unwrap_or_default();
        if shows_sources() {
            path.to_owned()
        } else {
            urls::with_query(path, &[SHOW_SOURCES])
        }
    }

    /// The day of the last publication, in words; empty where there is none.
    #[must_use]
    pub fn updated(&self) -> String {
        let offers = OFFERS.try_with(Arc::clone).unwrap_or_default();
        offers.updated.clone()
    }

    /// Has the city said where to write to?
    #[must_use]
    pub fn has_contact(&self) -> bool {
        ABOUT.try_with(|about| !about.contact.is_empty()) == Ok(true)
    }

    /// Has the city said under which terms its data may be used?
    #[must_use]
    pub fn has_licence(&self) -> bool {
        ABOUT.try_with(|about| !about.licence.is_empty()) == Ok(true)
    }
}

/// Are the places of values and doubts about them shown? To the public only where it asks for them; the
/// house and who looks at papers in memory have to see them.
pub(crate) fn shows_sources() -> bool {
    view() != View::Published || SOURCES.try_with(|asked| *asked) == Ok(true)
}

/// The part of a query by which the links of a page keep the look that it was asked for; the value is
/// empty where nothing was asked.
pub(crate) fn asked_look() -> (&'static str, &'static str) {
    let (name, value) = SHOW_SOURCES;
    let asked = SOURCES.try_with(|asked| *asked) == Ok(true);
    (name, if asked { value } else { "" })
}

/// The part of a query that asks for them, and its value.
pub(crate) const SHOW_SOURCES: (&str, &str) = ("show", "sources");
