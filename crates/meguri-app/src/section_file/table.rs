//! A pasted or saved table: cells by line.

/// The lines that hold anything, each with its number from 1. A tab anywhere in the first line makes it a
/// table as spreadsheets paste it, else it is CSV.
pub(super) fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().find(|line| !line.trim().is_empty());
    let delimiter = if first.is_some_and(|line| line.contains('\t')) {
        b'\t'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    // The text is UTF-8 and rows may differ in length, so that nothing is left that can fail.
    for record in reader.records().map_while(Result::ok) {
        let at = record.position().map_or(0, csv::Position::byte);
        let line = line_of(text, usize::try_from(at).unwrap_or(usize::MAX));
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((line, cells));
        }
    }
    rows
}

/// The line, from 1, of a record that begins at a byte or behind the empty lines there.
fn line_of(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let behind = text.get(at..).unwrap_or_default();
    let record = behind.trim_start_matches(['\r', '\n']);
    let skipped = behind
        .get(..behind.len() - record.len())
        .unwrap_or_default();
    1 + before.matches('\n').count() + skipped.matches('\n').count()
}
