//! What a search asks for. What makes no sense is left out with a word, never an error.

use crate::asked::Asked;
use crate::pages::search::A_PAGE;
use meguri_app::read::{Library, urls};
use meguri_app::search::query::{MOST_CHARS, MOST_FIRST};
use meguri_app::search::{Filters, Query, Snapshot, Sort, WordList};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::text::narrow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How far one can leaf.
pub(super) const MOST_PAGES: usize = MOST_FIRST / A_PAGE;

/// The most values of one list that are taken.
const MOST_VALUES: usize = 20;

/// The longest value that is looked up, in characters; the longest that there are are far shorter.
const LONGEST: usize = 100;

/// The values of a list that a remark names.
const NAMED: usize = 3;

/// A list of values by which one filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Kind,
    Plan,
    Year,
    Section,
    State,
}

/// All lists, in the order of the page and of the address.
pub(super) const LISTS: [List; 5] = [
    List::Kind,
    List::Plan,
    List::Year,
    List::Section,
    List::State,
];

impl List {
    /// Its name in the address.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Plan => "plan",
            Self::Year => "year",
            Self::Section => "section",
            Self::State => "state",
        }
    }

    /// Its words.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Kind => "種類",
            Self::Plan => "計画",
            Self::Year => "年度",
            Self::Section => "担当課",
            Self::State => "状態",
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What is searched for.
    pub text: String,
    /// Was the end of it left out?
    pub cut: bool,
    /// What the hits must be: sorted, each value once.
    pub filters: Filters,
    /// The names of the plans that can be filtered by, by their keys.
    pub plans: BTreeMap<String, String>,
    /// The newest year first?
    pub newest: bool,
    /// The page, from 1.
    pub page: usize,
    /// What was not understood.
    pub remarks: Vec<String>,
}

impl Wanted {
    pub(super) fn of(asked: &Asked, library: &Library) -> Self {
        let typed = |name: &str| asked.query(name).unwrap_or_default().trim();
        let plans = library.plans();
        let plans = plans.map(|entry| (entry.key.clone(), entry.plan_name().to_owned()));
        let mut wanted = Self {
            page: 1,
            plans: plans.collect(),
            ..Self::default()
        };
        let text: String = typed("q").chars().filter(|c| !c.is_control()).collect();
        wanted.cut = text.chars().count() > MOST_CHARS;
        wanted.text = text.chars().take(MOST_CHARS).collect();
        for list in LISTS {
            wanted.read(list, asked);
        }
        wanted.filters.yen_from = wanted.amount("事業費の下限", typed("min"));
        wanted.filters.yen_to = wanted.amount("事業費の上限", typed("max"));
        if let (Some(from), Some(to)) = (wanted.filters.yen_from, wanted.filters.yen_to)
            && from > to
        {
            (wanted.filters.yen_from, wanted.filters.yen_to) = (Some(to), Some(from));
            wanted
                .remarks
                .push("事業費の下限が上限より大きいため、入れ替えました。".to_owned());
        }
        match narrow(typed("page")).parse() {
            Ok(page @ 1..=MOST_PAGES) => wanted.page = page,
            _ if typed("page").is_empty() => {}
            _ => wanted.left_out("ページ", &[typed("page").to_owned()]),
        }
        wanted.newest = typed("sort") == "newest";
        wanted
    }

    /// Reads the values of a list, as many as are taken.
    fn read(&mut self, list: List, asked: &Asked) {
        let plain = |value: &str| value.trim().chars().filter(|c| !c.is_control()).collect();
        let values: BTreeSet<String> = asked.queries(list.name()).map(plain).collect();
        let values = || values.iter().filter(|value| !value.is_empty());
        if values().count() > MOST_VALUES {
            let label = list.label();
            let text = format!("{label}の条件は{MOST_VALUES}個までのため、残りを外しました。");
            self.remarks.push(text);
        }
        let mut odd = Vec::new();
        for value in values().take(MOST_VALUES) {
            if value.chars().nth(LONGEST).is_some() || !self.add(list, value) {
                odd.push(value.clone());
            }
        }
        self.left_out(list.label(), &odd);
        // 令和6年度 and 2024 are one year.
        self.filters.years.sort_unstable();
        self.filters.years.dedup();
    }

    /// Adds a value; `false` where it is none of the list.
    fn add(&mut self, list: List, value: &str) -> bool {
        let values = match list {
            List::Kind => &mut self.filters.kinds,
            List::Plan => &mut self.filters.plans,
            List::Section => &mut self.filters.sections,
            List::State => &mut self.filters.states,
            List::Year => {
                let year = year(value);
                self.filters
                    .years
                    .extend(year.map(FiscalYear::calendar_year));
                return year.is_some();
            }
        };
        values.push(value.to_owned());
        true
    }

    fn amount(&mut self, label: &str, typed: &str) -> Option<i64> {
        let amount = yen(typed);
        if amount.is_none() && !typed.is_empty() {
            self.left_out(label, &[typed.to_owned()]);
        }
        amount
    }

    /// Leaves out the values that nothing has, which would only make the page empty.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn settle(&mut self, snapshot: &Snapshot) -> meguri_app::search::Result<()> {
        let (known, unknown) = snapshot.known(&self.filters)?;
        self.filters = known;
        let unknown = Self {
            filters: unknown,
            ..Self::default()
        };
        for list in LISTS {
            self.left_out(list.label(), &unknown.values(list));
        }
        Ok(())
    }

    /// Says what was left out; nothing where that is nothing.
    fn left_out(&mut self, label: &str, values: &[String]) {
        let Some(last) = values.len().checked_sub(1) else {
            return;
        };
        let short = |value: &String| {
            let short: String = value.chars().take(20).collect();
            let more = if short.len() < value.len() { "…" } else { "" };
            format!("「{short}{more}」")
        };
        let named: String = values.iter().take(NAMED).map(short).collect();
        let more = (last + 1).saturating_sub(NAMED);
        let more = if more > 0 {
            format!("ほか{more}個")
        } else {
            String::new()
        };
        self.remarks.push(format!(
            "{label}の{named}{more}は条件にできないため、外しました。"
        ));
    }

    /// The values of a list as they stand in the address.
    pub(super) fn values(&self, list: List) -> Vec<String> {
        match list {
            List::Kind => self.filters.kinds.clone(),
            List::Plan => self.filters.plans.clone(),
            List::Year => self.filters.years.iter().map(ToString::to_string).collect(),
            List::Section => self.filters.sections.clone(),
            List::State => self.filters.states.clone(),
        }
    }

    /// A value in words.
    pub(super) fn words(&self, list: List, value: &str) -> String {
        let words = match list {
            List::Plan => self.plans.get(value).cloned(),
            List::Year => year(value).map(|year| year.to_string()),
            _ => None,
        };
        words.unwrap_or_else(|| value.to_owned())
    }

    /// The same from the first page on, without one value of a list.
    pub(super) fn without(&self, list: List, value: &str) -> Self {
        let mut without = self.at_page(1);
        let filters = &mut without.filters;
        match list {
            List::Kind => filters.kinds.retain(|known| known != value),
            List::Plan => filters.plans.retain(|known| known != value),
            List::Year => filters.years.retain(|known| known.to_string() != value),
            List::Section => filters.sections.retain(|known| known != value),
            List::State => filters.states.retain(|known| known != value),
        }
        without
    }

    /// Is anything asked for?
    pub(super) fn is_asked(&self) -> bool {
        !self.text.is_empty() || self.has_filters()
    }

    pub(super) fn has_filters(&self) -> bool {
        self.filters != Filters::default()
    }

    /// How many hits to leave out.
    pub(super) const fn first(&self) -> usize {
        (self.page - 1) * A_PAGE
    }

    /// The same on another page.
    pub(super) fn at_page(&self, page: usize) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }

    /// The same without filters.
    pub(super) fn without_filters(&self) -> Self {
        Self {
            filters: Filters::default(),
            ..self.at_page(1)
        }
    }

    pub(super) fn query(&self, words: Arc<WordList>) -> Query {
        Query {
            text: self.text.clone(),
            filters: self.filters.clone(),
            sort: if self.newest {
                Sort::Newest
            } else {
                Sort::Rank
            },
            first: self.first(),
            most: A_PAGE,
            words,
        }
    }

    /// Its address; the same search always has the same.
    pub(super) fn address(&self) -> String {
        let mut parts = vec![("q", self.text.clone())];
        for list in LISTS {
            parts.extend(
                self.values(list)
                    .into_iter()
                    .map(|value| (list.name(), value)),
            );
        }
        parts.push(("min", amount(self.filters.yen_from)));
        parts.push(("max", amount(self.filters.yen_to)));
        parts.push((
            "sort",
            if self.newest {
                "newest".to_owned()
            } else {
                String::new()
            },
        ));
        let page = if self.page > 1 {
            self.page.to_string()
        } else {
            String::new()
        };
        parts.push(("page", page));
        let parts: Vec<(&str, &str)> = parts
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        urls::with_query(urls::SEARCH, &parts)
    }
}

/// An amount as it stands in the address; empty for none.
pub(super) fn amount(yen: Option<i64>) -> String {
    yen.map(|yen| yen.to_string()).unwrap_or_default()
}

/// A year as people write it: `2024`, `令和6年度`, `R6`.
fn year(text: &str) -> Option<FiscalYear> {
    let plain = narrow(text);
    let number = plain.trim().parse().ok().and_then(FiscalYear::new);
    number.or_else(|| FiscalYear::parse(text))
}

/// An amount in yen as people write it: `1,000,000`, `500万円`, `1億`.
fn yen(text: &str) -> Option<i64> {
    let plain = narrow(text).replace([',', ' '], "");
    let plain = plain.strip_suffix('円').unwrap_or(&plain);
    let units = [
        ("千", 1_000),
        ("百万", 1_000_000),
        ("万", 10_000),
        ("億", 100_000_000),
    ];
    for (word, unit) in units {
        if let Some(number) = plain.strip_suffix(word) {
            return number.parse::<i64>().ok()?.checked_mul(unit);
        }
    }
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, wanted) in [
            ("1000", Some(1_000)),
            ("１，０００円", Some(1_000)),
            ("500万円", Some(5_000_000)),
            ("20千円", Some(20_000)),
            ("3百万円", Some(3_000_000)),
            ("2億", Some(200_000_000)),
            ("-5", Some(-5)),
            ("", None),
            ("多い", None),
            ("万円", None),
            ("99999999999999999999", None),
            ("9223372036854775807億", None),
        ] {
            assert_eq!(yen(text), wanted, "{text}");
        }
    }

    #[test]
    fn years_are_read_as_people_write_them() {
        for text in ["2024", "２０２４", "令和6年度", "R6"] {
            assert_eq!(
                year(text).map(FiscalYear::calendar_year),
                Some(2024),
                "{text}"
            );
        }
        assert_eq!(year("来年"), None);
    }

    #[test]
    fn the_same_search_has_one_address() {
        let filters = Filters {
            years: vec![2023, 2024],
            yen_to: Some(-5),
            ..Filters::default()
        };
        let wanted = Wanted {
            text: "子育て&<b>".to_owned(),
            filters,
            page: 2,
            ..Wanted::default()
        };
        let years = "year=2023&year=2024&max=%2D5";
        let address = format!("/search?q=%E5%AD%90%E8%82%B2%E3%81%A6%26%3Cb%3E&{years}&page=2");
        assert_eq!(wanted.address(), address);
        let without = wanted.without(List::Year, "2023").address();
        assert_eq!(
            without,
            "/search?q=%E5%AD%90%E8%82%B2%E3%81%A6%26%3Cb%3E&year=2024&max=%2D5"
        );
        assert_eq!(
            Wanted {
                page: 1,
                ..Wanted::default()
            }
            .address(),
            "/search"
        );
    }
}
