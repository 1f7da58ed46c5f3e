//! What the fuzz targets assert, beyond that nothing panics, hangs or eats the memory.

use meguri_core::evaluation::Document;
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::{FiscalYear, FiscalYearSpan};
use meguri_core::verify::{Subject, check};
use meguri_import::documents::family;
use meguri_import::source_text::SourceText;
use serde_json::Value;

/// Any bytes: the lines are numbered from 1 without a gap and hold no line end.
pub fn decode(data: &[u8]) {
    let Ok(source) = SourceText::decode(data) else {
        return;
    };
    assert!(!source.lines.is_empty(), "a text has a line");
    for (index, line) in source.lines.iter().enumerate() {
        assert_eq!(line.number as usize, index + 1);
        assert!(
            !line.text.contains(['\n', '\r', '\u{c}']),
            "{:?}",
            line.text
        );
    }
}

/// Any text: the print is kept, and what is printed reads the same again.
pub fn figure(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let Some(figure) = Figure::parse(text) else {
        assert!(text.trim().is_empty(), "only a blank is no figure");
        return;
    };
    assert_eq!(figure.printed, text.trim());
    assert_eq!(Figure::parse(&figure.printed).as_ref(), Some(&figure));
}

/// Any text: a year or a span that is read prints itself so that it reads the same again.
pub fn fiscal_year(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Some(year) = FiscalYear::parse(text) {
        for print in [year.to_string(), year.short(), year.western()] {
            assert_eq!(FiscalYear::parse(&print), Some(year), "{print}");
        }
    }
    if let Some(span) = FiscalYearSpan::parse(text) {
        assert!(span.first <= span.last);
        assert_eq!(
            FiscalYearSpan::parse(&span.to_string()),
            Some(span),
            "{span}"
        );
    }
}

/// Any text as a document of a family: every value that is read names a line of the text, and
/// the document goes through all rules.
pub fn reader(key: &str, data: &[u8]) {
    let Ok(source) = SourceText::decode(data) else {
        return;
    };
    let family = family(key).expect("a family of this key");
    let lines = source.lines.len() as u64;
    let _ = (family.likeness)(&source);
    let reading = (family.read)(&source);
    let json = reading.to_json();
    let origins = json.get("provenance").and_then(Value::as_object);
    for (pointer, origin) in origins.into_iter().flatten() {
        let line = origin.get("line").and_then(Value::as_u64);
        assert!(
            line.is_some_and(|line| (1..=lines).contains(&line)),
            "{pointer} is said to stand on line {line:?} of {lines}"
        );
    }
    for unresolved in reading.unresolved() {
        assert!(u64::from(unresolved.line) <= lines, "{unresolved:?}");
    }
    for piece in reading.unread() {
        let text = source.line(piece.line);
        assert!(
            text.contains(&piece.text),
            "{piece:?} is not on its line {text:?}"
        );
    }
    check_document(reading.to_document(key, source));
}

fn check_document(document: Document) {
    let lines = document.lines.len();
    let documents = [document];
    for finding in check(&Subject::new(&documents, &[])) {
        assert!(finding.place.line as usize <= lines, "{finding:?}");
        assert!(
            !finding.message.is_empty() && !finding.hint.is_empty(),
            "{finding:?}"
        );
    }
}
