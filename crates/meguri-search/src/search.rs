//! Searching: from a query to a page of hits.

use crate::collect::{Collect, Tally};
use crate::entry::Entry;
use crate::error::{Error, Result, Source};
use crate::found::{Facet, Facets, Found, Hit};
use crate::grams::word_query;
use crate::index::Index;
use crate::query::{Filters, MOST_FIRST, MOST_HITS, Query, Words};
use crate::schema::Fields;
use crate::snapshot::Snapshot;
use crate::snippet;
use std::collections::BTreeMap;
use std::ops::Bound;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query as Part, RangeQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Term, Value};
use tantivy::{
    DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, TantivyDocument, TantivyError,
};

/// How much more a word in the title weighs than one in the text.
const TITLE_WEIGHT: f32 = 4.0;
/// How much the words of a query weigh once more where they stand side by side.
const TOGETHER_WEIGHT: f32 = 2.0;

type Parts = std::result::Result<Box<dyn Part>, TantivyError>;

impl Index {
    /// Searches what is there now, as [`Snapshot::search`].
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Found> {
        Snapshot::of(self).search(query)
    }
}

impl Snapshot {
    /// Searches. No text is an error: what makes no sense finds nothing.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Found> {
        let searcher = self.searcher();
        let words = Words::parse(&query.text);
        let (first, most) = (query.first.min(MOST_FIRST), query.most.min(MOST_HITS));
        let collect = Collect {
            keep: first + most,
            sort: query.sort,
            ranked: !words.wanted.is_empty(),
        };
        let parts = whole(searcher, self.fields(), &words, &query.filters)?;
        let mut tally = searcher.search(&*parts, &collect)?;
        let count = Collect {
            keep: 0,
            sort: query.sort,
            ranked: false,
        };
        for list in query.filters.lists() {
            let parts = whole(
                searcher,
                self.fields(),
                &words,
                &query.filters.without(list),
            )?;
            tally.take(list, searcher.search(&*parts, &count)?);
        }
        let mut hits = Vec::with_capacity(most);
        for place in tally.best.iter().skip(first) {
            hits.push(hit(self.entry(*place)?, &words.wanted));
        }
        Ok(Found {
            total: tally.total,
            hits,
            facets: facets(tally),
            words: words.wanted,
            cut: words.cut,
        })
    }

    /// The filters as far as some entry has their values, and apart from them the values that none
    /// has.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn known(&self, filters: &Filters) -> Result<(Filters, Filters)> {
        let (mut known, mut unknown) = (filters.clone(), Filters::default());
        let fields = self.fields();
        for (field, known, unknown) in [
            (fields.kind, &mut known.kinds, &mut unknown.kinds),
            (fields.plan, &mut known.plans, &mut unknown.plans),
            (fields.section, &mut known.sections, &mut unknown.sections),
            (fields.state, &mut known.states, &mut unknown.states),
        ] {
            for value in std::mem::take(known) {
                let lives = living(self.searcher(), &Term::from_field_text(field, &value), 1)? > 0;
                if lives {
                    known.push(value)
                } else {
                    unknown.push(value)
                }
            }
        }
        for year in std::mem::take(&mut known.years) {
            let term = Term::from_field_u64(fields.year, u64::from(year));
            let lives = living(self.searcher(), &term, 1)? > 0;
            if lives {
                known.years.push(year)
            } else {
                unknown.years.push(year)
            }
        }
        Ok((known, unknown))
    }

    fn entry(&self, place: DocAddress) -> Result<Entry> {
        let document: TantivyDocument = self.searcher().doc(place)?;
        let bytes = document
            .get_first(self.fields().entry)
            .and_then(|value| value.as_bytes())
            .unwrap_or_default();
        serde_json::from_slice(bytes).map_err(|error| Error::Damaged(Source::new(error)))
    }
}

/// How many entries have a term, up to a number. What was removed stays in the dictionary for a
/// while, and does not count.
pub(crate) fn living(
    searcher: &Searcher,
    term: &Term,
    most: u64,
) -> std::result::Result<u64, TantivyError> {
    let mut count = 0;
    for segment in searcher.segment_readers() {
        count += living_in(segment, term, most - count)?;
    }
    Ok(count)
}

/// The same in one part of the index.
pub(crate) fn living_in(
    segment: &SegmentReader,
    term: &Term,
    most: u64,
) -> std::result::Result<u64, TantivyError> {
    let index = segment.inverted_index(term.field())?;
    if !segment.has_deletes() {
        return Ok(u64::from(index.doc_freq(term)?).min(most));
    }
    let mut count = 0;
    if let Some(mut entries) = index.read_postings(term, IndexRecordOption::Basic)? {
        while entries.doc() != TERMINATED && count < most {
            count += u64::from(!segment.is_deleted(entries.doc()));
            entries.advance();
        }
    }
    Ok(count)
}

fn hit(entry: Entry, words: &[String]) -> Hit {
    Hit {
        title: snippet::marked(&entry.title, words),
        snippets: snippet::snippets(&entry.lines, words),
        address: entry.address,
        kind: entry.kind,
        plans: entry.plans,
        years: entry.years,
        sections: entry.sections,
        states: entry.states,
        yen: entry.yen,
    }
}

/// The whole query. What must be there decides; the title only ranks.
fn whole(searcher: &Searcher, fields: &Fields, words: &Words, filters: &Filters) -> Parts {
    let mut parts: Vec<(Occur, Box<dyn Part>)> = Vec::new();
    for word in &words.wanted {
        parts.push((Occur::Must, word_query(searcher, fields.body, word)?));
        let head = word_query(searcher, fields.head, word)?;
        parts.push((Occur::Should, Box::new(BoostQuery::new(head, TITLE_WEIGHT))));
    }
    if words.wanted.len() > 1 {
        let together = crate::normal::normal(&words.wanted.join(" "));
        for grams in [fields.body, fields.head] {
            let phrase = word_query(searcher, grams, &together)?;
            parts.push((
                Occur::Should,
                Box::new(BoostQuery::new(phrase, TOGETHER_WEIGHT)),
            ));
        }
    }
    for filter in filter_parts(fields, filters) {
        parts.push((Occur::Must, Box::new(ConstScoreQuery::new(filter, 0.0))));
    }
    if parts.is_empty() {
        parts.push((Occur::Must, Box::new(AllQuery)));
    }
    if !words.unwanted.is_empty() && !parts.iter().any(|(occur, _)| *occur == Occur::Must) {
        parts.push((Occur::Must, Box::new(AllQuery)));
    }
    for word in &words.unwanted {
        parts.push((Occur::MustNot, word_query(searcher, fields.body, word)?));
    }
    Ok(Box::new(BooleanQuery::new(parts)))
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

fn facets(tally: Tally) -> Facets {
    let same = |counts: BTreeMap<String, u64>| {
        by_count(
            counts
                .into_iter()
                .map(|(word, count)| ((word.clone(), word), count)),
        )
    };
    let years = tally.years.into_iter().rev();
    Facets {
        years: years
            .map(|(year, count)| facet(((year.clone(), year), count)))
            .collect(),
        kinds: same(tally.kinds),
        plans: by_count(tally.plans.into_iter()),
        sections: same(tally.sections),
        states: same(tally.states),
    }
}

fn by_count(counts: impl Iterator<Item = ((String, String), u64)>) -> Vec<Facet> {
    let mut facets: Vec<Facet> = counts.map(facet).collect();
    facets.sort_by_key(|facet| std::cmp::Reverse(facet.count));
    facets
}

fn facet(((key, label), count): ((String, String), u64)) -> Facet {
    Facet { key, label, count }
}
