//! Checks documents: each by itself and all against each other.

use crate::actions::read_document::ReadDocument;
use crate::scheme_file::{self, PRESETS};
use meguri_core::evaluation::Document;
use meguri_core::scheme::Scheme;
use meguri_core::verify::{Finding, Subject, check, rules_document};

/// Documents with what was found in them.
pub struct CheckedDocuments {
    /// The documents, in the order given.
    pub documents: Vec<Document>,
    /// The findings, in the order of documents and lines.
    pub findings: Vec<Finding>,
    /// Keys of given schemes that rule none of the documents.
    pub unused_schemes: Vec<String>,
}

/// Checks what was read, by the schemes given and, for plans without one, by the presets.
#[must_use]
pub fn check_documents(read: Vec<ReadDocument>, mut schemes: Vec<Scheme>) -> CheckedDocuments {
    let mut documents: Vec<Document> = Vec::with_capacity(read.len());
    for ReadDocument {
        name,
        reading,
        source,
        ..
    } in read
    {
        documents.push(reading.to_document(&unique_name(&name, &documents), source));
    }
    let rules = |scheme: &&Scheme| {
        documents
            .iter()
            .any(|document| rules_document(scheme, document))
    };
    let unused: Vec<&Scheme> = schemes.iter().filter(|scheme| !rules(scheme)).collect();
    let unused_schemes = unused
        .into_iter()
        .map(|scheme| scheme.written().key.clone())
        .collect();
    schemes.extend(
        PRESETS
            .iter()
            .filter_map(|preset| scheme_file::preset(preset.key)),
    );
    let findings = check(&Subject::new(&documents, &schemes));
    CheckedDocuments {
        documents,
        findings,
        unused_schemes,
    }
}

/// Two files of one name are told apart by a number behind it.
fn unique_name(name: &str, documents: &[Document]) -> String {
    let taken = |name: &str| documents.iter().any(|d| d.name == name);
    if !taken(name) {
        return name.to_owned();
    }
    (2..)
        .map(|n| format!("{name}（{n}）"))
        .find(|name| !taken(name))
        .unwrap_or_default()
}
