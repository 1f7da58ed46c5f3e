//! Names that are nearly what was typed, where that itself was not found.

use crate::error::Result;
use crate::normal::normal;
use crate::schema::column;
use crate::snapshot::Snapshot;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query as Part, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};

/// How many entries are looked at, those that share most with what was typed.
const LOOKED_AT: usize = 60;
/// The longest text that is compared, in characters.
const LONGEST: usize = 30;
/// How much alike a name must be: shared pairs of characters by all pairs, in percent.
const LEAST_PERCENT: usize = 55;

impl Snapshot {
    /// Names of entries like a text, the likest first; none that is only a little like it.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn near(&self, text: &str, most: usize) -> Result<Vec<String>> {
        let text: String = normal(text).chars().take(LONGEST).collect();
        let typed = pairs(&text);
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        let any = typed.iter().map(|pair| -> Box<dyn Part> {
            let term = Term::from_field_text(self.fields().head.two, pair);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        });
        let any = BooleanQuery::union(any.collect());
        let searcher = self.searcher();
        let best = searcher.search(&any, &TopDocs::with_limit(LOOKED_AT).order_by_score())?;
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for (_, place) in best {
            let segment = searcher.segment_reader(place.segment_ord);
            let Some(names) = segment.fast_fields().str(column::NAME)? else {
                continue;
            };
            let ords: Vec<u64> = names.ords().values_for_doc(place.doc_id).collect();
            for ord in ords {
                let mut name = String::new();
                names.ord_to_str(ord, &mut name)?;
                let Some((plain, spelt)) = name.split_once(crate::grams::BORDER) else {
                    continue;
                };
                let alike = likeness(&typed, plain, text.chars().count());
                if alike >= LEAST_PERCENT {
                    found.insert(spelt.to_owned(), alike);
                }
            }
        }
        let mut found: Vec<(String, usize)> = found.into_iter().collect();
        found.sort_by_key(|(name, alike)| (std::cmp::Reverse(*alike), name.chars().count()));
        Ok(found.into_iter().take(most).map(|(name, _)| name).collect())
    }
}

/// Pairs of characters that stand side by side.
fn pairs(text: &str) -> BTreeSet<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(2).map(|pair| pair.iter().collect()).collect()
}

/// How much of a text is in the part of a name that is most like it, in percent.
fn likeness(typed: &BTreeSet<String>, name: &str, length: usize) -> usize {
    let chars: Vec<char> = name.chars().collect();
    let width = (length + 1).min(chars.len().max(1));
    let shares = chars.windows(width).map(|part| {
        let part = pairs(&part.iter().collect::<String>());
        let shared = part.intersection(typed).count();
        200 * shared / (part.len() + typed.len()).max(1)
    });
    shares.max().unwrap_or(0)
}
