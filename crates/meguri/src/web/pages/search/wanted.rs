//! What a search asks for. What makes no sense is left out with a word, never an error.

use crate::web::asked::Asked;
use crate::web::data::Library;
use crate::web::pages::search::A_PAGE;
use crate::web::search::entries::KINDS;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::text::narrow;
use meguri_search::query::{MOST_CHARS, MOST_FIRST};
use meguri_search::{Filters, Query, Sort};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// How far one can leaf.
pub(super) const MOST_PAGES: usize = MOST_FIRST / A_PAGE;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What is searched for.
    pub text: String,
    /// Was the end of it left out?
    pub cut: bool,
    /// What they are; empty = anything.
    pub kind: String,
    /// Key of a plan; empty = any.
    pub plan: String,
    /// Name of that plan.
    pub plan_name: String,
    /// The fiscal year.
    pub year: Option<FiscalYear>,
    /// A section; empty = any.
    pub section: String,
    /// A state; empty = any.
    pub state: String,
    /// The amount from which, as typed.
    pub min: String,
    /// The amount up to which, as typed.
    pub max: String,
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
        let mut wanted = Self { page: 1, ..Self::default() };
        let text: String = typed("q").chars().filter(|c| !c.is_control()).collect();
        wanted.cut = text.chars().count() > MOST_CHARS;
        wanted.text = text.chars().take(MOST_CHARS).collect();
        let mut remark = |name: &str, value: &str| {
            let short: String = value.chars().take(20).collect();
            let more = if short.len() < value.len() { "…" } else { "" };
            let text = format!("{name}の「{short}{more}」は条件にできないため、外しました。");
            wanted.remarks.push(text);
        };
        match KINDS.iter().find(|kind| **kind == typed("kind")) {
            Some(kind) => wanted.kind = (*kind).to_owned(),
            None if typed("kind").is_empty() => {}
            None => remark("種類", typed("kind")),
        }
        match library.plan(typed("plan")) {
            Some(entry) => {
                wanted.plan.clone_from(&entry.key);
                entry.plan_name().clone_into(&mut wanted.plan_name);
            }
            None if typed("plan").is_empty() => {}
            None => remark("計画", typed("plan")),
        }
        wanted.year = year(typed("year"));
        if wanted.year.is_none() && !typed("year").is_empty() {
            remark("年度", typed("year"));
        }
        for (name, words, kept) in
            [("min", "事業費の下限", &mut wanted.min), ("max", "事業費の上限", &mut wanted.max)]
        {
            match yen(typed(name)) {
                Some(_) => typed(name).clone_into(kept),
                None if typed(name).is_empty() => {}
                None => remark(words, typed(name)),
            }
        }
        match narrow(typed("page")).parse() {
            Ok(page @ 1..=MOST_PAGES) => wanted.page = page,
            _ if typed("page").is_empty() => {}
            _ => remark("ページ", typed("page")),
        }
        wanted.newest = typed("sort") == "newest";
        wanted.section = short(typed("section"));
        wanted.state = short(typed("state"));
        wanted
    }

    /// Is anything asked for?
    pub(super) fn is_asked(&self) -> bool {
        !self.text.is_empty() || self.has_filters()
    }

    pub(super) fn has_filters(&self) -> bool {
        let words = [&self.kind, &self.plan, &self.section, &self.state, &self.min, &self.max];
        self.year.is_some() || words.iter().any(|word| !word.is_empty())
    }

    /// How many hits to leave out.
    pub(super) const fn first(&self) -> usize {
        (self.page - 1) * A_PAGE
    }

    /// The same on another page.
    pub(super) fn at_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// The same without filters.
    pub(super) fn without_filters(&self) -> Self {
        Self { text: self.text.clone(), page: 1, newest: self.newest, ..Self::default() }
    }

    pub(super) fn query(&self) -> Query {
        let one = |word: &String| (!word.is_empty()).then(|| word.clone()).into_iter().collect();
        Query {
            text: self.text.clone(),
            filters: Filters {
                kinds: one(&self.kind),
                plans: one(&self.plan),
                years: self.year.iter().map(|year| year.calendar_year()).collect(),
                sections: one(&self.section),
                states: one(&self.state),
                yen_from: yen(&self.min),
                yen_to: yen(&self.max),
            },
            sort: if self.newest { Sort::Newest } else { Sort::Rank },
            first: self.first(),
            most: A_PAGE,
        }
    }

    /// Its address; the same search always has the same.
    pub(super) fn address(&self) -> String {
        let year = self.year.map(|year| year.calendar_year().to_string()).unwrap_or_default();
        let page = if self.page > 1 { self.page.to_string() } else { String::new() };
        let sort = if self.newest { "newest" } else { "" };
        let parts = [
            ("q", self.text.as_str()),
            ("kind", &self.kind),
            ("plan", &self.plan),
            ("year", &year),
            ("section", &self.section),
            ("state", &self.state),
            ("min", &self.min),
            ("max", &self.max),
            ("sort", sort),
            ("page", &page),
        ];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
            .collect();
        if parts.is_empty() { "/search".to_owned() } else { format!("/search?{}", parts.join("&")) }
    }
}

/// A name that may be one of ours; the longest that is are far shorter.
fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(100).collect()
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
    let units = [("千", 1_000), ("百万", 1_000_000), ("万", 10_000), ("億", 100_000_000)];
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
            assert_eq!(year(text).map(FiscalYear::calendar_year), Some(2024), "{text}");
        }
        assert_eq!(year("来年"), None);
    }

    #[test]
    fn the_same_search_has_one_address() {
        let wanted = Wanted {
            text: "子育て&<b>".to_owned(),
            year: FiscalYear::new(2024),
            page: 2,
            ..Wanted::default()
        };
        let address = "/search?q=%E5%AD%90%E8%82%B2%E3%81%A6%26%3Cb%3E&year=2024&page=2";
        assert_eq!(wanted.address(), address);
        assert_eq!(Wanted { page: 1, ..Wanted::default() }.address(), "/search");
    }
}
