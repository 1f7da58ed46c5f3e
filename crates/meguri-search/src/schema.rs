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
    pub(crate) const KIND: &str = "kind";
    pub(crate) const PLAN: &str = "plan";
    pub(crate) const SECTION: &str = "section";
    pub(crate) const STATE: &str = "state";
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
    pub(crate) plan_key: Field,
    /// Key and label, to count.
    pub(crate) plan: Field,
    pub(crate) section: Field,
    pub(crate) state: Field,
    pub(crate) year: Field,
    pub(crate) yen: Field,
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
        kind: builder.add_text_field(column::KIND, STRING | FAST),
        plan_key: builder.add_text_field("plan-key", STRING),
        plan: builder.add_text_field(column::PLAN, FAST),
        section: builder.add_text_field(column::SECTION, STRING | FAST),
        state: builder.add_text_field(column::STATE, STRING | FAST),
        year: builder.add_u64_field(column::YEAR, INDEXED | FAST),
        yen: builder.add_i64_field("yen", FAST),
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
    document.add_text(fields.kind, &entry.kind);
    if let Some(plan) = &entry.plan {
        document.add_text(fields.plan_key, &plan.key);
        document.add_text(fields.plan, format!("{}{BORDER}{}", plan.key, plan.label));
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

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for text in texts {
        joined.push_str(&normal(text));
        joined.push(BORDER);
    }
    joined
}
