//! One pass over all entries that fit: their number, the best of them, and how they spread.

use crate::grams::BORDER;
use crate::query::Sort;
use crate::schema::column;
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
    /// Counts by the values of each of [`COLUMNS`].
    pub(crate) counts: [BTreeMap<String, u64>; 4],
    pub(crate) years: BTreeMap<u64, u64>,
}

/// The columns of words that are counted.
pub(crate) const COLUMNS: [&str; 4] = [column::KIND, column::PLAN, column::SECTION, column::STATE];

/// The order of hits: two keys by [`Sort`], and the earlier place among equals.
type Rank = (u64, u64, Reverse<DocAddress>);

/// The tally of one segment of the index.
pub(crate) struct SegmentTally {
    segment: SegmentOrdinal,
    keep: usize,
    sort: Sort,
    total: usize,
    best: BinaryHeap<Reverse<Rank>>,
    years: Column<u64>,
    year_counts: Counts,
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
                let values = column.ords().max_value();
                (column, Counts::new(0, values))
            }));
        }
        let years = fast
            .column_opt::<u64>(column::YEAR)?
            .unwrap_or_else(|| Column::build_empty_column(reader.max_doc()));
        Ok(SegmentTally {
            segment,
            keep: self.keep,
            sort: self.sort,
            total: 0,
            best: BinaryHeap::new(),
            year_counts: Counts::new(years.min_value(), years.max_value()),
            years,
            columns,
            block: Vec::with_capacity(BLOCK),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.ranked
    }

    fn merge_fruits(
        &self,
        segments: Vec<tantivy::Result<(Tally, Vec<Rank>)>>,
    ) -> tantivy::Result<Tally> {
        let mut all = Tally::default();
        let mut ranks = Vec::new();
        for segment in segments {
            let (tally, best) = segment?;
            ranks.extend(best);
            all.total += tally.total;
            for (all, counts) in all.counts.iter_mut().zip(tally.counts) {
                for (value, count) in counts {
                    *all.entry(value).or_default() += count;
                }
            }
            for (year, count) in tally.years {
                *all.years.entry(year).or_default() += count;
            }
        }
        ranks.sort_unstable_by(|left, right| right.cmp(left));
        all.best = ranks.into_iter().take(self.keep).map(|(_, _, place)| place.0).collect();
        Ok(all)
    }
}

impl SegmentCollector for SegmentTally {
    type Fruit = tantivy::Result<(Tally, Vec<Rank>)>;

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
        let mut tally = Tally { total: self.total, ..Tally::default() };
        for (counts, column) in tally.counts.iter_mut().zip(&self.columns) {
            if let Some((column, of_column)) = column {
                *counts = of_column.by_word(column)?;
            }
        }
        tally.years = self.year_counts.positive().collect();
        Ok((tally, self.best.into_iter().map(|rank| rank.0).collect()))
    }
}

impl SegmentTally {
    fn rank(&mut self, doc: DocId, score: Score) {
        // Bits of a float that is not negative are in its order.
        let score = u64::from(score.max(0.0).to_bits());
        let full = self.best.len() >= self.keep;
        let worst = self.best.peek().map(|worst| worst.0).filter(|_| full);
        if self.sort == Sort::Rank && worst.is_some_and(|worst| score < worst.0) {
            return;
        }
        let year = self.years.first(doc).unwrap_or(0);
        let place = Reverse(DocAddress::new(self.segment, doc));
        let rank = match self.sort {
            Sort::Rank => (score, year, place),
            Sort::Newest => (year, score, place),
        };
        if worst.is_some_and(|worst| rank <= worst) || self.keep == 0 {
            return;
        }
        if full {
            self.best.pop();
        }
        self.best.push(Reverse(rank));
    }

    fn count_block(&mut self) {
        self.year_counts.add(&self.years, &self.block);
        for (column, counts) in self.columns.iter_mut().flatten() {
            counts.add(column.ords(), &self.block);
        }
        self.block.clear();
    }
}

/// How often each value of a column occurs.
struct Counts {
    least: u64,
    counts: Vec<u64>,
    /// Values of a block, kept for its memory.
    values: Vec<u64>,
}

impl Counts {
    fn new(least: u64, greatest: u64) -> Self {
        let length = greatest.saturating_sub(least).saturating_add(1);
        let length = usize::try_from(length).unwrap_or(0);
        Self { least, counts: vec![0; length], values: Vec::with_capacity(BLOCK) }
    }

    fn add(&mut self, column: &Column<u64>, docs: &[DocId]) {
        use tantivy::columnar::ColumnIndex;
        match &column.index {
            ColumnIndex::Empty { .. } => {}
            ColumnIndex::Full => {
                self.values.resize(docs.len(), 0);
                column.values.get_vals(docs, &mut self.values);
                for at in 0..self.values.len() {
                    self.one(self.values.get(at).copied().unwrap_or_default());
                }
            }
            _ => {
                for doc in docs {
                    for value in column.values_for_doc(*doc) {
                        self.one(value);
                    }
                }
            }
        }
    }

    fn one(&mut self, value: u64) {
        let at = usize::try_from(value.saturating_sub(self.least));
        if let Some(count) = at.ok().and_then(|at| self.counts.get_mut(at)) {
            *count += 1;
        }
    }

    fn positive(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        (self.least..).zip(&self.counts).filter(|(_, count)| **count > 0).map(|(v, c)| (v, *c))
    }

    fn by_word(&self, column: &StrColumn) -> tantivy::Result<BTreeMap<String, u64>> {
        let mut words = BTreeMap::new();
        let mut word = String::new();
        for (value, count) in self.positive() {
            word.clear();
            if column.ord_to_str(value, &mut word)? {
                words.insert(word.clone(), count);
            }
        }
        Ok(words)
    }
}

/// Key and label of a plan, as the column keeps them.
pub(crate) fn key_and_label(word: &str) -> (&str, &str) {
    word.split_once(BORDER).unwrap_or((word, word))
}
