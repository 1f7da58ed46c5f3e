//! Checks documents: each by itself and all against each other.

use crate::actions::find_scheme::{OtherYears, other_years};
use crate::actions::read_document::ReadDocument;
use crate::scheme_file;
use meguri_core::evaluation::Document;
use meguri_core::scheme::Scheme;
use meguri_core::verify::{Finding, Subject, check, scheme_of};

/// Documents with what was found in them.
pub struct CheckedDocuments {
    /// The documents, in the order given.
    pub documents: Vec<Document>,
    /// The findings, in the order of documents and lines.
    pub findings: Vec<Finding>,
    /// Keys of given schemes that rule none of the documents.
    pub unused_schemes: Vec<String>,
    /// Documents of years for which no scheme of their plan holds.
    pub other_years: Vec<OtherYears>,
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
    let given = schemes.len();
    schemes.extend(scheme_file::presets());
    let rules = |scheme: &&Scheme| {
        let of = |document| scheme_of(&schemes, document);
        let mut used = documents.iter().filter_map(of);
        used.any(|used| std::ptr::eq(used, *scheme))
    };
    let unused = schemes.iter().take(given).filter(|scheme| !rules(scheme));
    let unused_schemes = unused.map(|scheme| scheme.written().key.clone()).collect();
    let other_years = documents
        .iter()
        .filter_map(|document| other_years(&schemes, document))
        .collect();
    let findings = check(&Subject::new(&documents, &schemes));
    CheckedDocuments {
        documents,
        findings,
        unused_schemes,
        other_years,
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
