//! The fields of the index, and an entry as its document.

use crate::entry::Entry;
use crate::grams::{BORDER, Runs};
use crate::normal::normal;
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

/// The field that holds the entry itself. Its name counts the versions of the format: a change of
/// the fields or of the normal form gets a new name, and an index of another version is rebuilt.
const ENTRY: &str = "entry-1";
/// Longer names are no suggestion, in characters.
const LONGEST_NAME: usize = 100;

/// Names of the columns that searches count over.
pub(crate) mod column {
    /// Kind, plan (key and label) and year in one.
    pub(crate) const COMMON: &str = "common";
    /// All sections of an entry in one.
    pub(crate) const SECTIONS: &str = "sections";
    /// All states of an entry in one.
    pub(crate) const STATES: &str = "states";
    pub(crate) const YEAR: &str = "year";
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
    pub(crate) yen: Field,
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
        year: builder.add_u64_field(column::YEAR, INDEXED | FAST),
        yen: builder.add_i64_field("yen", FAST),
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
    add_grams(&mut document, fields.body, &joined(entry.texts()));
    add_grams(&mut document, fields.head, &joined(entry.heads()));
    add_counted(&mut document, fields, entry);
    document.add_text(fields.kind, &entry.kind);
    if let Some(plan) = &entry.plan {
        document.add_text(fields.plan, &plan.key);
    }
    for section in &entry.sections {
        document.add_text(fields.section, section);
    }
    for state in &entry.states {
        document.add_text(fields.state, state);
    }
    if let Some(year) = entry.year {
        document.add_u64(fields.year, u64::from(year));
    }
    if let Some(yen) = entry.yen {
        document.add_i64(fields.yen, yen);
    }
    for name in entry.heads().filter(|name| name.chars().nth(LONGEST_NAME).is_none()) {
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
    let (key, label) =
        entry.plan.as_ref().map_or(("", ""), |plan| (plan.key.as_str(), plan.label.as_str()));
    let year = entry.year.map_or_else(String::new, |year| year.to_string());
    document.add_text(fields.common, counted([entry.kind.as_str(), key, label, &year]));
    document.add_text(fields.sections, counted(entry.sections.iter().map(String::as_str)));
    document.add_text(fields.states, counted(entry.states.iter().map(String::as_str)));
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
