//! A search as the library takes it: what must be there, what ranks, and the filters.

use crate::found::Widened;
use crate::grams::word_query;
use crate::query::{Filters, Words};
use crate::schema::Fields;
use crate::widen::{Alternative, Group, What, Widener};
use std::ops::Bound;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, Query as Part,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{Searcher, TantivyError};

/// How much more a word in the title weighs than one in the text.
const TITLE_WEIGHT: f32 = 4.0;
/// How much the words of a query weigh once more where they stand side by side.
const TOGETHER_WEIGHT: f32 = 2.0;
/// How much each word weighs that is there, where not all must be.
const PRESENT_WEIGHT: f32 = 3.0;
/// How much of their weight further alternatives of a word add to the best one.
const TIE: f32 = 0.1;

type Parts = Result<Box<dyn Part>, TantivyError>;

/// What a search looks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// One for each word.
    pub(crate) groups: Vec<Group>,
    /// Need only some of them be there?
    pub(crate) some: bool,
    pub(crate) widened: Vec<Widened>,
    pub(crate) parted: Vec<Widened>,
    /// Must not be there.
    unwanted: Vec<String>,
    /// The words together as typed.
    together: Option<String>,
}

impl Wanted {
    /// Each word as a whole.
    pub(crate) fn whole(words: &Words, widener: &Widener<'_>) -> Self {
        let mut wanted = Self {
            unwanted: words.unwanted.clone(),
            ..Self::default()
        };
        for word in &words.wanted {
            let (group, widened) = widener.group(word);
            wanted.groups.push(group);
            wanted.widened.extend(widened);
        }
        if words.wanted.len() > 1 {
            let normals: Vec<&str> = words.wanted.iter().map(|w| w.normal.as_str()).collect();
            wanted.together = Some(crate::normal::normal(&normals.join(" ")));
        }
        wanted
    }

    /// The same, where each word may stand in its parts; `None` where no word has any.
    pub(crate) fn in_parts(&self, words: &Words, widener: &Widener<'_>) -> Option<Self> {
        let mut wanted = self.clone();
        let several = words.wanted.len() > 1;
        for (group, word) in wanted.groups.iter_mut().zip(&words.wanted) {
            group.soft = several && !word.quoted && crate::parts::is_soft(&word.spelt);
            if let Some(parts) = widener.in_parts(word) {
                *group = std::mem::take(group).or_parts(parts.groups);
                wanted.widened.extend(parts.widened);
                let (typed, also) = (word.spelt.clone(), parts.words);
                wanted.parted.push(Widened { typed, also });
            }
        }
        if wanted.groups.iter().all(|group| group.soft) {
            wanted
                .groups
                .iter_mut()
                .for_each(|group| group.soft = false);
        }
        let changed = !wanted.parted.is_empty() || wanted.groups.iter().any(|group| group.soft);
        changed.then_some(wanted)
    }

    /// Some of the words or of their parts; `None` where there is only one.
    pub(crate) fn some(&self, words: &Words, widener: &Widener<'_>) -> Option<Self> {
        let mut wanted = Self {
            groups: Vec::new(),
            some: true,
            ..self.clone()
        };
        for (group, word) in self.groups.iter().zip(&words.wanted) {
            wanted.groups.push(group.clone());
            if let Some(parts) = widener.in_parts(word).or_else(|| widener.within(word)) {
                wanted.groups.extend(parts.groups);
                wanted.widened.extend(parts.widened);
                let (typed, also) = (word.spelt.clone(), parts.words);
                wanted.parted.push(Widened { typed, also });
            }
        }
        (wanted.groups.len() > 1).then_some(wanted)
    }

    /// The whole query. What must be there decides; the title only ranks.
    pub(crate) fn query(&self, searcher: &Searcher, fields: &Fields, filters: &Filters) -> Parts {
        let mut parts: Vec<(Occur, Box<dyn Part>)> = Vec::new();
        if self.some {
            parts.push((Occur::Must, self.any(searcher, fields)?));
        }
        for group in &self.groups {
            let body = in_body(searcher, fields, group)?;
            // A year says when: it neither ranks nor makes a title better, where there is a topic.
            if group.is_year() && self.groups.len() > 1 {
                let occur = if self.some {
                    Occur::Should
                } else {
                    Occur::Must
                };
                parts.push((occur, Box::new(ConstScoreQuery::new(body, 0.1))));
                continue;
            }
            if !self.some {
                parts.push((
                    if group.soft {
                        Occur::Should
                    } else {
                        Occur::Must
                    },
                    body,
                ));
            }
            let head = in_head(searcher, fields, group)?;
            parts.push((Occur::Should, Box::new(BoostQuery::new(head, TITLE_WEIGHT))));
        }
        if let Some(together) = &self.together {
            for grams in [fields.body, fields.head] {
                let phrase = word_query(searcher, grams, together)?;
                let phrase = BoostQuery::new(phrase, TOGETHER_WEIGHT);
                parts.push((Occur::Should, Box::new(phrase)));
            }
        }
        for filter in filter_parts(fields, filters) {
            parts.push((Occur::Must, Box::new(ConstScoreQuery::new(filter, 0.0))));
        }
        if !parts.iter().any(|(occur, _)| *occur == Occur::Must) {
            parts.push((Occur::Must, Box::new(AllQuery)));
        }
        for word in &self.unwanted {
            parts.push((Occur::MustNot, word_query(searcher, fields.body, word)?));
        }
        Ok(Box::new(BooleanQuery::new(parts)))
    }

    /// At least one of the words that say something.
    fn any(&self, searcher: &Searcher, fields: &Fields) -> Parts {
        let mut any: Vec<Box<dyn Part>> = Vec::new();
        for group in self.groups.iter().filter(|group| !group.soft) {
            let body = in_body(searcher, fields, group)?;
            let present = match group.is_year() {
                true => continue,
                false => ConstScoreQuery::new(body.box_clone(), PRESENT_WEIGHT),
            };
            any.push(Box::new(present));
            any.push(body);
        }
        Ok(Box::new(BooleanQuery::union(any)))
    }
}

fn in_body(searcher: &Searcher, fields: &Fields, group: &Group) -> Parts {
    let mut any = Vec::new();
    for Alternative { what, weight } in &group.alternatives {
        let part: Box<dyn Part> = match what {
            What::Text(text) => word_query(searcher, fields.body, text)?,
            What::Parts(groups) => all_of(searcher, fields, groups)?,
            What::Year(year) => number(Term::from_field_u64(fields.year, u64::from(*year))),
            What::Yen(yen) => number(Term::from_field_i64(fields.amount, *yen)),
        };
        any.push(weighed(part, *weight));
    }
    Ok(best_of(any))
}

/// All words that say something; the others only rank.
fn all_of(searcher: &Searcher, fields: &Fields, groups: &[Group]) -> Parts {
    let mut parts: Vec<(Occur, Box<dyn Part>)> = Vec::new();
    for group in groups {
        let occur = if group.soft {
            Occur::Should
        } else {
            Occur::Must
        };
        parts.push((occur, in_body(searcher, fields, group)?));
    }
    Ok(Box::new(BooleanQuery::new(parts)))
}

fn in_head(searcher: &Searcher, fields: &Fields, group: &Group) -> Parts {
    let mut any = Vec::new();
    for Alternative { what, weight } in &group.alternatives {
        let part: Box<dyn Part> = match what {
            What::Text(text) => word_query(searcher, fields.head, text)?,
            What::Parts(groups) => {
                let heads = groups.iter().map(|group| in_head(searcher, fields, group));
                Box::new(BooleanQuery::union(heads.collect::<Result<_, _>>()?))
            }
            What::Year(_) | What::Yen(_) => continue,
        };
        any.push(weighed(part, *weight));
    }
    Ok(best_of(any))
}

fn number(term: Term) -> Box<dyn Part> {
    let is_there = TermQuery::new(term, IndexRecordOption::Basic);
    Box::new(ConstScoreQuery::new(Box::new(is_there), 1.0))
}

fn weighed(part: Box<dyn Part>, weight: f32) -> Box<dyn Part> {
    if weight == 1.0 {
        part
    } else {
        Box::new(BoostQuery::new(part, weight))
    }
}

/// The best of several counts, the others hardly: who says a thing in three ways says it once.
fn best_of(mut any: Vec<Box<dyn Part>>) -> Box<dyn Part> {
    match any.pop() {
        Some(only) if any.is_empty() => only,
        Some(last) => {
            any.push(last);
            Box::new(DisjunctionMaxQuery::with_tie_breaker(any, TIE))
        }
        None => Box::new(tantivy::query::EmptyQuery),
    }
}

fn filter_parts(fields: &Fields, filters: &Filters) -> Vec<Box<dyn Part>> {
    let mut parts = Vec::new();
    for (field, values) in [
        (fields.kind, &filters.kinds),
        (fields.plan, &filters.plans),
        (fields.section, &filters.sections),
        (fields.state, &filters.states),
    ] {
        parts.extend(any_of(
            values
                .iter()
                .map(|value| Term::from_field_text(field, value)),
        ));
    }
    let years = filters.years.iter();
    parts.extend(any_of(
        years.map(|year| Term::from_field_u64(fields.year, u64::from(*year))),
    ));
    parts.extend(money(fields.yen, filters));
    parts
}

fn any_of(terms: impl Iterator<Item = Term>) -> Option<Box<dyn Part>> {
    let terms: Vec<Box<dyn Part>> = terms
        .map(|term| -> Box<dyn Part> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) })
        .collect();
    (!terms.is_empty()).then(|| -> Box<dyn Part> { Box::new(BooleanQuery::union(terms)) })
}

fn money(field: Field, filters: &Filters) -> Option<Box<dyn Part>> {
    if filters.yen_from.is_none() && filters.yen_to.is_none() {
        return None;
    }
    let bound = |yen: Option<i64>, open: i64| {
        Bound::Included(Term::from_field_i64(field, yen.unwrap_or(open)))
    };
    let (from, to) = (
        bound(filters.yen_from, i64::MIN),
        bound(filters.yen_to, i64::MAX),
    );
    Some(Box::new(RangeQuery::new(from, to)))
}
