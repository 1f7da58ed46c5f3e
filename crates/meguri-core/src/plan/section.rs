//! Sections (課): who answers for what, under which name in which fiscal year.

use crate::fiscal_year::FiscalYear;
use crate::text::name_key;

/// A section under one name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Stable key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// First fiscal year of the name; `None` = as long as anyone knows.
    pub from: Option<FiscalYear>,
    /// Last fiscal year of the name; `None` = still in use.
    pub until: Option<FiscalYear>,
    /// Keys of the sections that took over its work.
    pub successors: Vec<String>,
    /// The department (部) that it belongs to, by its name; `None` where nobody said.
    pub department: Option<String>,
}

/// All sections of a city over time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionRegister {
    /// In the order of the city's list.
    pub sections: Vec<Section>,
}

impl Section {
    /// Did the name hold in a fiscal year?
    #[must_use]
    pub fn valid_in(&self, year: FiscalYear) -> bool {
        self.from.is_none_or(|from| from <= year) && self.until.is_none_or(|until| year <= until)
    }
}

impl SectionRegister {
    /// The section of a printed name in a fiscal year.
    #[must_use]
    pub fn find(&self, name: &str, year: FiscalYear) -> Option<&Section> {
        let key = name_key(name);
        self.sections
            .iter()
            .find(|s| s.valid_in(year) && name_key(&s.name) == key)
    }

    /// The department of a section by its key in a fiscal year: of the name that holds in it, else of the
    /// last one.
    #[must_use]
    pub fn department_of(&self, key: &str, year: FiscalYear) -> Option<&str> {
        let own = || self.sections.iter().filter(|section| section.key == key);
        let valid = own().find(|section| section.valid_in(year));
        valid.or_else(|| own().next_back())?.department.as_deref()
    }

    /// The sections that answer in `year` for the work of a section, through all successors.
    ///
    /// A section that is valid answers itself; a circle of successors ends the search.
    #[must_use]
    pub fn answering(&self, key: &str, year: FiscalYear) -> Vec<&Section> {
        let mut open = vec![key.to_owned()];
        let mut seen: Vec<String> = Vec::new();
        let mut found = Vec::new();
        while let Some(key) = open.pop() {
            if seen.contains(&key) {
                continue;
            }
            if let Some(section) = self.sections.iter().find(|s| s.key == key) {
                if section.valid_in(year) {
                    found.push(section);
                } else {
                    open.extend(section.successors.iter().cloned());
                }
            }
            seen.push(key);
        }
        found.sort_by(|a, b| a.key.cmp(&b.key));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(key: &str, from: u16, until: Option<u16>, successors: &[&str]) -> Section {
        Section {
            key: key.to_owned(),
            name: format!("{key}課"),
            from: FiscalYear::new(from),
            until: until.and_then(FiscalYear::new),
            successors: successors.iter().map(|s| (*s).to_owned()).collect(),
            department: None,
        }
    }

    #[test]
    fn work_is_followed_through_renamed_and_split_sections() {
        let register = SectionRegister {
            sections: vec![
                section("a", 2010, Some(2014), &["b", "c"]),
                section("b", 2015, Some(2019), &["d"]),
                section("c", 2015, None, &[]),
                section("d", 2020, None, &["a"]),
            ],
        };
        let answering = |key: &str, year| -> Vec<String> {
            let year = FiscalYear::new(year).expect("a year");
            register
                .answering(key, year)
                .iter()
                .map(|s| s.key.clone())
                .collect()
        };
        assert_eq!(answering("a", 2012), ["a"]);
        assert_eq!(answering("a", 2016), ["b", "c"]);
        assert_eq!(answering("a", 2022), ["c", "d"]);
        assert!(
            answering("d", 2000).is_empty(),
            "a circle of successors ends"
        );
        let year = FiscalYear::new(2016).expect("a year");
        assert_eq!(
            register.find("ｂ課", year).map(|s| s.key.as_str()),
            Some("b")
        );
    }
}
