//! Searching: from a query to a page of hits.

use crate::collect::{Collect, Tally};
use crate::entry::Entry;
use crate::error::{Error, Result, Source};
use crate::found::{Facet, Facets, Found, Hit};
use crate::index::Index;
use crate::plan::Wanted;
use crate::query::{Filters, List, MOST_FIRST, MOST_HITS, Query, Words};
use crate::snapshot::Snapshot;
use crate::snippet;
use crate::widen::{Group, Widener};
use std::collections::BTreeMap;
use tantivy::schema::{IndexRecordOption, Term, Value};
use tantivy::{
    DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, TantivyDocument, TantivyError,
};

/// Where fewer entries hold the words as they were typed, those that hold their parts are given,
/// too.
const ENOUGH: usize = 5;

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
        let words = Words::parse(&query.text);
        let widener = Widener::new(self.searcher(), self.fields(), &query.words);
        let whole = Wanted::whole(&words, &widener);
        let mut tally = self.tally(&whole, query)?;
        let mut wanted = whole.clone();
        if tally.total < ENOUGH
            && let Some(in_parts) = whole.in_parts(&words, &widener)
        {
            let with_parts = self.tally(&in_parts, query)?;
            if with_parts.total > tally.total {
                (wanted, tally) = (in_parts, with_parts);
            }
        }
        if tally.total == 0
            && let Some(some) = whole.some(&words, &widener)
        {
            let of_some = self.tally(&some, query)?;
            if of_some.total > 0 {
                (wanted, tally) = (some, of_some);
            }
        }
        self.found(query, &words, wanted, tally)
    }

    /// What fits, filters on their own counted without themselves.
    fn tally(&self, wanted: &Wanted, query: &Query) -> Result<Tally> {
        let searcher = self.searcher();
        let collect = Collect {
            keep: query.first.min(MOST_FIRST) + query.most.min(MOST_HITS),
            sort: query.sort,
            ranked: !wanted.groups.is_empty(),
        };
        let parts = wanted.query(searcher, self.fields(), &query.filters)?;
        let mut tally = searcher.search(&*parts, &collect)?;
        for list in query.filters.lists() {
            self.recount(wanted, query, list, &mut tally)?;
        }
        Ok(tally)
    }

    fn recount(&self, wanted: &Wanted, query: &Query, list: List, tally: &mut Tally) -> Result<()> {
        let count = Collect {
            keep: 0,
            sort: query.sort,
            ranked: false,
        };
        let filters = query.filters.without(list);
        let parts = wanted.query(self.searcher(), self.fields(), &filters)?;
        tally.take(list, self.searcher().search(&*parts, &count)?);
        Ok(())
    }

    fn found(&self, query: &Query, words: &Words, wanted: Wanted, tally: Tally) -> Result<Found> {
        let marked: Vec<Vec<String>> = wanted.groups.iter().map(Group::texts).collect();
        let mut hits = Vec::new();
        for place in tally.best.iter().skip(query.first.min(MOST_FIRST)) {
            hits.push(hit(self.entry(*place)?, &marked));
        }
        Ok(Found {
            total: tally.total,
            hits,
            facets: facets(tally),
            words: words
                .wanted
                .iter()
                .map(|word| word.normal.clone())
                .collect(),
            widened: wanted.widened,
            parted: wanted.parted,
            some: wanted.some,
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

fn hit(entry: Entry, words: &[Vec<String>]) -> Hit {
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
