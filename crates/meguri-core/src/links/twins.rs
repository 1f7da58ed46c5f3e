//! The same indicator in two papers, by name and theme. The rules that compare papers and the
//! links find twins here, so that they never disagree.

use super::names::without_brackets;
use crate::text::{name_key, spelling_key};
use std::collections::BTreeMap;

/// The names of an indicator by which its twins are found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndicatorName {
    full: String,
    spelled: String,
    bare: String,
}

impl IndicatorName {
    /// Of a name and what tells several under one name apart.
    #[must_use]
    pub fn new(name: Option<&str>, sub_name: Option<&str>) -> Self {
        let (name, sub) = (name.unwrap_or_default(), sub_name.unwrap_or_default());
        let (name_spelled, sub_spelled) = (spelling_key(name), spelling_key(sub));
        let (name_bare, sub_bare) = (
            without_brackets(&name_spelled),
            without_brackets(&sub_spelled),
        );
        Self {
            full: format!("{}\u{0}{}", name_key(name), name_key(sub)),
            spelled: format!("spelled\u{0}{name_spelled}\u{0}{sub_spelled}"),
            bare: format!("bare\u{0}{name_bare}\u{0}{sub_bare}"),
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
    /// Adds an indicator with the name of its theme, or the name's key.
    pub fn add(&mut self, name: &IndicatorName, theme: Option<&str>, value: T) {
        let theme = theme.map(spelling_key);
        for key in [&name.full, &name.spelled, &name.bare] {
            let entries = self.named.entry(key.clone()).or_default();
            entries.push((theme.clone(), value));
        }
    }

    /// The twin of an indicator: of the same name, else of a name that only spells it otherwise.
    /// Names that differ only in what stands in brackets (`（累計）`) are the same within one theme.
    /// A name that stands for several indicators has a twin only where the theme tells them apart.
    #[must_use]
    pub fn find(&self, name: &IndicatorName, theme: Option<&str>) -> Option<(T, Basis)> {
        let theme = theme.map(spelling_key);
        let of_theme = |all: &[(Option<String>, T)]| {
            let same = all.iter().find(|(own, _)| *own == theme);
            same.map(|(_, value)| (*value, Basis::Theme))
        };
        for key in [&name.full, &name.spelled] {
            match self.named(key) {
                [] => {}
                all @ [(_, only)] => return of_theme(all).or(Some((*only, Basis::Name))),
                several => return of_theme(several),
            }
        }
        of_theme(self.named(&name.bare))
    }

    fn named(&self, key: &str) -> &[(Option<String>, T)] {
        self.named.get(key).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str) -> IndicatorName {
        IndicatorName::new(Some(name), None)
    }

    #[test]
    fn a_twin_is_found_however_it_is_spelled_and_the_same_print_comes_first() {
        let mut twins = Twins::default();
        twins.add(&name("髙齢者相談の利用者数"), Some("子どもの居場所"), 1);
        twins.add(&name("設置か所数"), Some("安全"), 2);
        twins.add(&name("設置ヶ所数"), Some("安全"), 3);
        let found = |text: &str, theme| twins.find(&name(text), Some(theme)).map(|(at, _)| at);
        assert_eq!(found("高齢者相談の利用者数", "子供の居場所"), Some(1));
        assert_eq!(found("高齢者相談の利用者数", "その他"), Some(1));
        assert_eq!(found("設置ヶ所数", "安全"), Some(3));
        assert_eq!(found("設置箇所数", "安全"), Some(2));
        assert_eq!(found("設置箇所数", "その他"), None);
        assert_eq!(found("高齢者相談利用者数", "子供の居場所"), None);
    }
}
