//! The same indicator in two papers, by name and theme. The rules that compare papers and the
//! links find twins here, so that they never disagree.

use super::names::bare_key;
use crate::text::name_key;
use std::collections::BTreeMap;

/// The names of an indicator by which its twins are found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndicatorName {
    full: String,
    bare: String,
}

impl IndicatorName {
    /// Of a name and what tells several under one name apart.
    #[must_use]
    pub fn new(name: Option<&str>, sub_name: Option<&str>) -> Self {
        let (name, sub) = (name.unwrap_or_default(), sub_name.unwrap_or_default());
        Self {
            full: format!("{}\u{0}{}", name_key(name), name_key(sub)),
            bare: format!("{}\u{0}{}", bare_key(name), bare_key(sub)),
        }
    }

    /// Has it a name at all?
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.full == "\u{0}"
    }

    /// The key of the name and the sub-name, with a bar between.
    #[must_use]
    pub fn key(&self) -> String {
        self.full.replace('\u{0}', "|")
    }
}

/// What makes a twin one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Name and theme.
    Theme,
    /// The name alone, which stands for one indicator only.
    Name,
}

/// Indicators by name.
#[derive(Clone, Debug)]
pub struct Twins<T> {
    named: BTreeMap<String, Vec<(Option<String>, T)>>,
}

impl<T> Default for Twins<T> {
    fn default() -> Self {
        Self {
            named: BTreeMap::new(),
        }
    }
}

impl<T: Copy> Twins<T> {
    /// Adds an indicator with the key of its theme's name.
    pub fn add(&mut self, name: &IndicatorName, theme: Option<&str>, value: T) {
        let entry = || (theme.map(str::to_owned), value);
        self.named
            .entry(name.full.clone())
            .or_default()
            .push(entry());
        if name.bare != name.full {
            self.named
                .entry(name.bare.clone())
                .or_default()
                .push(entry());
        }
    }

    /// The twin of an indicator. Names that differ only in what stands in brackets (`（累計）`) are
    /// the same within one theme. A name that stands for several indicators has a twin only where
    /// the theme tells them apart.
    #[must_use]
    pub fn find(&self, name: &IndicatorName, theme: Option<&str>) -> Option<(T, Basis)> {
        let named = |key: &String| self.named.get(key).map_or(&[][..], Vec::as_slice);
        let of_theme = |all: &[(Option<String>, T)]| {
            let same = all.iter().find(|(own, _)| own.as_deref() == theme);
            same.map(|(_, value)| (*value, Basis::Theme))
        };
        match named(&name.full) {
            [] => of_theme(named(&name.bare)),
            all @ [(_, only)] => of_theme(all).or(Some((*only, Basis::Name))),
            several => of_theme(several),
        }
    }
}
