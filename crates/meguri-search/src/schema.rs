//! The fields of the index, and an entry as its document.

use crate::entry::Entry;
use crate::figures;
use crate::grams::{BORDER, Runs};
use crate::normal::normal;
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

/// The field that holds the entry itself. Its name counts the versions of the format: a change of
/// the fields or of the normal form gets a new name, and an index of another version is rebuilt.
const ENTRY: &str = "entry-3";
/// Longer names are no suggestion, in characters.
const LONGEST_NAME: usize = 100;

/// Names of the columns that searches count over.
pub(crate) mod column {
    /// Kind, plans (key and label) and years in one.
    pub(crate) const COMMON: &str = "common";
    /// All sections of an entry in one.
    pub(crate) const SECTIONS: &str = "sections";
    /// All states of an entry in one.
    pub(crate) const STATES: &str = "states";
    /// The newest year of an entry.
    pub(crate) const NEWEST: &str = "newest";
    /// What settles the order of equals; see [`super::order_of`].
    pub(crate) const ORDER: &str = "order";
    /// [`crate::Entry::discount`].
    pub(crate) const DISCOUNT: &str = "discount";
    pub(crate) const NAME: &str = "name";
}

/// The fields of one text by the length of their runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grams {
    pub(crate) one: Field,
    pub(crate) two: Field,
    pub(crate) three: Field,
}

/// All fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) entry: Field,
    pub(crate) address: Field,
    /// All texts.
    pub(crate) body: Grams,
    /// The title and the names.
    pub(crate) head: Grams,
    pub(crate) kind: Field,
    pub(crate) plan: Field,
    pub(crate) section: Field,
    pub(crate) state: Field,
    pub(crate) year: Field,
    pub(crate) newest: Field,
    pub(crate) order: Field,
    pub(crate) discount: Field,
    pub(crate) yen: Field,
    /// Every amount of its texts, in yen.
    pub(crate) amount: Field,
    /// What is counted: every entry has one value in each, since reading one value of every entry
    /// is much quicker than none, one or several.
    pub(crate) common: Field,
    pub(crate) sections: Field,
    pub(crate) states: Field,
    /// Title and names, each as normal form and as spelt, to suggest.
    pub(crate) name: Field,
}

/// The schema with its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let mut grams = |name: &str| Grams {
        one: builder.add_text_field(&format!("{name}-1"), runs(1)),
        two: builder.add_text_field(&format!("{name}-2"), runs(2)),
        three: builder.add_text_field(&format!("{name}-3"), runs(3)),
    };
    let (body, head) = (grams("body"), grams("head"));
    let fields = Fields {
        entry: builder.add_bytes_field(ENTRY, STORED),
        address: builder.add_text_field("address", STRING),
        body,
        head,
        kind: builder.add_text_field("kind", STRING),
        plan: builder.add_text_field("plan", STRING),
        section: builder.add_text_field("section", STRING),
        state: builder.add_text_field("state", STRING),
        year: builder.add_u64_field("year", INDEXED),
        newest: builder.add_u64_field(column::NEWEST, FAST),
        order: builder.add_u64_field(column::ORDER, FAST),
        discount: builder.add_u64_field(column::DISCOUNT, FAST),
        yen: builder.add_i64_field("yen", FAST),
        amount: builder.add_i64_field("amount", INDEXED),
        common: builder.add_text_field(column::COMMON, FAST),
        sections: builder.add_text_field(column::SECTIONS, FAST),
        states: builder.add_text_field(column::STATES, FAST),
        name: builder.add_text_field(column::NAME, STRING | FAST),
    };
    (builder.build(), fields)
}

fn runs(size: usize) -> TextOptions {
    let record = if size == 3 {
        IndexRecordOption::WithFreqsAndPositions
    } else {
        IndexRecordOption::WithFreqs
    };
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(&format!("runs-{size}"))
        .set_index_option(record);
    TextOptions::default().set_indexing_options(indexing)
}

/// The tokenizers that the schema names.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    for size in 1..=3 {
        manager.register(&format!("runs-{size}"), Runs { size });
    }
    manager
}

/// The entry as a document of the index.
///
/// # Errors
/// When the entry cannot be written as JSON, which its type rules out.
pub(crate) fn document(fields: &Fields, entry: &Entry) -> serde_json::Result<TantivyDocument> {
    let mut document = TantivyDocument::default();
    document.add_bytes(fields.entry, &serde_json::to_vec(entry)?);
    document.add_text(fields.address, &entry.address);
    let body = joined(entry.texts());
    for yen in figures::amounts(&body) {
        document.add_i64(fields.amount, yen);
    }
    add_grams(&mut document, fields.body, &body);
    add_grams(&mut document, fields.head, &joined(entry.heads()));
    add_counted(&mut document, fields, entry);
    document.add_text(fields.kind, &entry.kind);
    document.add_u64(fields.order, order_of(&entry.address));
    document.add_u64(fields.discount, u64::from(entry.discount.min(100)));
    for plan in &entry.plans {
        document.add_text(fields.plan, &plan.key);
    }
    for section in &entry.sections {
        document.add_text(fields.section, section);
    }
    for state in &entry.states {
        document.add_text(fields.state, state);
    }
    for year in &entry.years {
        document.add_u64(fields.year, u64::from(*year));
    }
    if let Some(newest) = entry.years.iter().max() {
        document.add_u64(fields.newest, u64::from(*newest));
    }
    if let Some(yen) = entry.yen {
        document.add_i64(fields.yen, yen);
    }
    for name in entry
        .heads()
        .filter(|name| name.chars().nth(LONGEST_NAME).is_none())
    {
        document.add_text(fields.name, format!("{}{BORDER}{name}", normal(name)));
    }
    Ok(document)
}

fn add_grams(document: &mut TantivyDocument, grams: Grams, text: &str) {
    for field in [grams.one, grams.two, grams.three] {
        document.add_text(field, text);
    }
}

fn add_counted(document: &mut TantivyDocument, fields: &Fields, entry: &Entry) {
    document.add_text(fields.common, common(entry));
    document.add_text(
        fields.sections,
        counted(entry.sections.iter().map(String::as_str)),
    );
    document.add_text(
        fields.states,
        counted(entry.states.iter().map(String::as_str)),
    );
}

/// Kind, number of plans, key and label of each, and the years.
fn common(entry: &Entry) -> String {
    let number = entry.plans.len().to_string();
    let years: Vec<String> = entry.years.iter().map(ToString::to_string).collect();
    let plans = entry
        .plans
        .iter()
        .flat_map(|plan| [plan.key.as_str(), plan.label.as_str()]);
    let head = [entry.kind.as_str(), number.as_str()];
    counted(
        head.into_iter()
            .chain(plans)
            .chain(years.iter().map(String::as_str)),
    )
}

/// What is in one value of [`column::COMMON`].
pub(crate) struct Common<'a> {
    pub(crate) kind: &'a str,
    pub(crate) plans: Vec<(&'a str, &'a str)>,
    pub(crate) years: Vec<&'a str>,
}

impl<'a> Common<'a> {
    pub(crate) fn of(counted: &'a str) -> Self {
        let mut values = counted_values(counted);
        let kind = values.next().unwrap_or_default();
        let number = values
            .next()
            .and_then(|number| number.parse().ok())
            .unwrap_or(0);
        let mut plan = || Some((values.next()?, values.next()?));
        let plans = (0..number).map_while(|_: usize| plan()).collect();
        Self {
            kind,
            plans,
            years: values.collect(),
        }
    }
}

/// A number for an address that is the same in every index: addresses that differ only in their
/// last number are in the order of it, which is that of the papers; others by a hash of the rest.
fn order_of(address: &str) -> u64 {
    const BITS: u32 = 40;
    let is_digit = |c: char| c.is_ascii_digit();
    let until = address.trim_end_matches(|c| !is_digit(c));
    let head = until.trim_end_matches(is_digit);
    let digits = until.get(head.len()..).unwrap_or_default();
    let rest = head.bytes().chain(address.bytes().skip(until.len()));
    // FNV-1a: fixed for ever, which the hashers of the standard library are not.
    let hash = rest.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let number = digits
        .parse::<u64>()
        .unwrap_or(u64::MAX)
        .min((1 << BITS) - 1);
    (hash >> BITS << BITS) | number
}

/// Values in one, each after a border.
fn counted<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let mut counted = String::from(BORDER);
    for value in values {
        counted.extend(value.chars().filter(|c| *c != BORDER));
        counted.push(BORDER);
    }
    counted
}

/// The values in one of [`column::COMMON`], [`column::SECTIONS`] and [`column::STATES`].
pub(crate) fn counted_values(counted: &str) -> impl Iterator<Item = &str> {
    let values = counted.strip_prefix(BORDER).unwrap_or(counted);
    values.split_terminator(BORDER)
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for text in texts {
        joined.push_str(&normal(text));
        joined.push(BORDER);
    }
    joined
}
