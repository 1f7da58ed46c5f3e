//! One pass over all entries that fit: their number, the best of them, and how they spread.

use crate::query::{List, Sort};
use crate::schema::{Common, column, counted_values};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

/// Entries are counted in blocks of so many.
const BLOCK: usize = 1024;

/// Collects [`Tally`].
pub(crate) struct Collect {
    /// How many of the best to keep.
    pub(crate) keep: usize,
    pub(crate) sort: Sort,
    /// Are there words by which to rank?
    pub(crate) ranked: bool,
}

/// What was collected.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) total: usize,
    /// The best, best first.
    pub(crate) best: Vec<DocAddress>,
    pub(crate) kinds: BTreeMap<String, u64>,
    /// By key and label.
    pub(crate) plans: BTreeMap<(String, String), u64>,
    pub(crate) years: BTreeMap<String, u64>,
    pub(crate) sections: BTreeMap<String, u64>,
    pub(crate) states: BTreeMap<String, u64>,
}

/// The columns that are counted.
const COLUMNS: [&str; 3] = [column::COMMON, column::SECTIONS, column::STATES];

/// How often each value of each of [`COLUMNS`] occurs.
type Counted = [BTreeMap<String, u64>; 3];

/// The order of hits: two keys by [`Sort`], then the order of their addresses, which no change of
/// the index changes; the place only finds the entry.
type Rank = (u64, u64, Reverse<(u64, DocAddress)>);

/// The bits of a score that do not count: the same entry may be scored in another order of its
/// words in another part of the index, and the last bits of the sum differ then.
const LOOSE_BITS: u32 = 8;

/// The tally of one segment of the index.
pub(crate) struct SegmentTally {
    segment: SegmentOrdinal,
    keep: usize,
    sort: Sort,
    total: usize,
    best: BinaryHeap<Reverse<Rank>>,
    newest: Column<u64>,
    order: Column<u64>,
    discount: Column<u64>,
    columns: Vec<Option<(StrColumn, Counts)>>,
    block: Vec<DocId>,
}

impl Collector for Collect {
    type Fruit = Tally;
    type Child = SegmentTally;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentTally> {
        let fast = reader.fast_fields();
        let mut columns = Vec::with_capacity(COLUMNS.len());
        for name in COLUMNS {
            columns.push(fast.str(name)?.map(|column| {
                let counts = Counts::new(column.num_terms());
                (column, counts)
            }));
        }
        let numbers = |name: &str| -> tantivy::Result<Column<u64>> {
            let column = fast.column_opt::<u64>(name)?;
            Ok(column.unwrap_or_else(|| Column::build_empty_column(reader.max_doc())))
        };
        Ok(SegmentTally {
            segment,
            keep: self.keep,
            sort: self.sort,
            total: 0,
            best: BinaryHeap::new(),
            newest: numbers(column::NEWEST)?,
            order: numbers(column::ORDER)?,
            discount: numbers(column::DISCOUNT)?,
            columns,
            block: Vec::with_capacity(BLOCK),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.ranked
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<OfSegment>>) -> tantivy::Result<Tally> {
        let mut all = Tally::default();
        let mut ranks = Vec::new();
        for segment in segments {
            let segment = segment?;
            ranks.extend(segment.best);
            all.total += segment.total;
            all.add(segment.counts);
        }
        ranks.sort_unstable_by(|left, right| right.cmp(left));
        all.best = ranks
            .into_iter()
            .take(self.keep)
            .map(|(_, _, place)| place.0.1)
            .collect();
        Ok(all)
    }
}

impl Tally {
    /// Takes how the values of one list spread from another tally.
    pub(crate) fn take(&mut self, list: List, other: Self) {
        match list {
            List::Kinds => self.kinds = other.kinds,
            List::Plans => self.plans = other.plans,
            List::Years => self.years = other.years,
            List::Sections => self.sections = other.sections,
            List::States => self.states = other.states,
        }
    }

    fn add(&mut self, [common, sections, states]: Counted) {
        for (counted, count) in common {
            let Common { kind, plans, years } = Common::of(&counted);
            *self.kinds.entry(kind.to_owned()).or_default() += count;
            for (key, label) in plans {
                *self
                    .plans
                    .entry((key.to_owned(), label.to_owned()))
                    .or_default() += count;
            }
            for year in years {
                *self.years.entry(year.to_owned()).or_default() += count;
            }
        }
        for (counts, of_segment) in [(&mut self.sections, sections), (&mut self.states, states)] {
            for (counted, count) in of_segment {
                for value in counted_values(&counted) {
                    *counts.entry(value.to_owned()).or_default() += count;
                }
            }
        }
    }
}

/// What a segment gives.
pub(crate) struct OfSegment {
    total: usize,
    best: Vec<Rank>,
    counts: Counted,
}

impl SegmentCollector for SegmentTally {
    type Fruit = tantivy::Result<OfSegment>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        self.rank(doc, score);
        self.block.push(doc);
        if self.block.len() == BLOCK {
            self.count_block();
        }
    }

    fn harvest(mut self) -> Self::Fruit {
        self.count_block();
        let mut counts = Counted::default();
        for (counts, column) in counts.iter_mut().zip(&self.columns) {
            if let Some((column, of_column)) = column {
                *counts = of_column.by_word(column)?;
            }
        }
        let best = self.best.into_iter().map(|rank| rank.0).collect();
        Ok(OfSegment {
            total: self.total,
            best,
            counts,
        })
    }
}

impl SegmentTally {
    fn rank(&mut self, doc: DocId, score: Score) {
        if self.keep == 0 {
            return;
        }
        // Bits of a float that is not negative are in its order.
        let bits = |score: f32| u64::from(score.max(0.0).to_bits() >> LOOSE_BITS);
        let full = self.best.len() >= self.keep;
        let worst = self.best.peek().map(|worst| worst.0).filter(|_| full);
        if self.sort == Sort::Rank && worst.is_some_and(|worst| bits(score) < worst.0) {
            return;
        }
        let discount = self
            .discount
            .first(doc)
            .map_or(0, |percent| percent.min(100)) as f32;
        let score = bits(score * (1.0 - discount / 100.0));
        let newest = self.newest.first(doc).unwrap_or(0);
        let order = self.order.first(doc).unwrap_or(0);
        let place = Reverse((order, DocAddress::new(self.segment, doc)));
        let rank = match self.sort {
            Sort::Rank => (score, newest, place),
            Sort::Newest => (newest, score, place),
        };
        if worst.is_some_and(|worst| rank <= worst) {
            return;
        }
        if full {
            self.best.pop();
        }
        self.best.push(Reverse(rank));
    }

    fn count_block(&mut self) {
        for (column, counts) in self.columns.iter_mut().flatten() {
            counts.add(column.ords(), &self.block);
        }
        self.block.clear();
    }
}

/// How often each value of a column occurs.
struct Counts {
    counts: Vec<u64>,
    /// Values of a block, kept for its memory.
    values: Vec<u64>,
}

impl Counts {
    fn new(values: usize) -> Self {
        Self {
            counts: vec![0; values],
            values: Vec::with_capacity(BLOCK),
        }
    }

    /// Counts the first value of each; see `schema` for why there is exactly one.
    fn add(&mut self, column: &Column<u64>, docs: &[DocId]) {
        self.values.resize(docs.len(), 0);
        column.values.get_vals(docs, &mut self.values);
        for value in &self.values {
            let at = usize::try_from(*value).unwrap_or(usize::MAX);
            if let Some(count) = self.counts.get_mut(at) {
                *count += 1;
            }
        }
    }

    fn by_word(&self, column: &StrColumn) -> tantivy::Result<BTreeMap<String, u64>> {
        let counts = || (0..).zip(&self.counts).filter(|(_, count)| **count > 0);
        let found: Vec<u64> = counts().map(|(value, _)| value).collect();
        let mut words = BTreeMap::new();
        let mut next = counts().map(|(_, count)| *count);
        column.dictionary().sorted_ords_to_term_cb(&found, |word| {
            let word = String::from_utf8_lossy(word).into_owned();
            words.insert(word, next.next().unwrap_or_default());
        })?;
        Ok(words)
    }
}
