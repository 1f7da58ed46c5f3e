//! All fields and stages of a family at once, each with a mark of its own: under a scheme that hides
//! some of them, just their marks are in no answer, and those of all others are in some.

use super::cases::{indicator, judgement, projects, sections, text};
use super::{MARKS, Mark, Marked, hiding, usual};
use meguri_app::scheme_file::parse;
use meguri_core::evaluation::Sheet;
use meguri_core::plan::Listing;
use meguri_core::scheme::{FieldKind, Scheme};
use std::collections::BTreeMap;

/// The words of a mark, one for each edition; as long as they are looked for, nobody else has them.
const WORDS: [[&str; 2]; 16] = [
    ["目印Ａ壱ＱＹ", "目印Ａ弐ＱＹ"],
    ["目印Ｂ壱ＱＹ", "目印Ｂ弐ＱＹ"],
    ["目印Ｃ壱ＱＹ", "目印Ｃ弐ＱＹ"],
    ["目印Ｄ壱ＱＹ", "目印Ｄ弐ＱＹ"],
    ["目印Ｅ壱ＱＹ", "目印Ｅ弐ＱＹ"],
    ["目印Ｆ壱ＱＹ", "目印Ｆ弐ＱＹ"],
    ["目印Ｇ壱ＱＹ", "目印Ｇ弐ＱＹ"],
    ["目印Ｈ壱ＱＹ", "目印Ｈ弐ＱＹ"],
    ["目印Ｉ壱ＱＹ", "目印Ｉ弐ＱＹ"],
    ["目印Ｊ壱ＱＹ", "目印Ｊ弐ＱＹ"],
    ["目印Ｋ壱ＱＹ", "目印Ｋ弐ＱＹ"],
    ["目印Ｌ壱ＱＹ", "目印Ｌ弐ＱＹ"],
    ["目印Ｍ壱ＱＹ", "目印Ｍ弐ＱＹ"],
    ["目印Ｎ壱ＱＹ", "目印Ｎ弐ＱＹ"],
    ["目印Ｏ壱ＱＹ", "目印Ｏ弐ＱＹ"],
    ["目印Ｐ壱ＱＹ", "目印Ｐ弐ＱＹ"],
];

/// A field or a stage with the word that is planted in it.
#[derive(Clone, Debug)]
struct Part {
    table: &'static str,
    key: String,
    kind: Option<FieldKind>,
    stage: Option<String>,
    mark: usize,
}

fn parts(scheme: &Scheme) -> Vec<Part> {
    let fields = scheme.written().fields.iter().map(|field| Part {
        table: "fields",
        key: field.key.clone(),
        kind: Some(field.kind.clone()),
        stage: field.stage.clone(),
        mark: 0,
    });
    let stages = scheme.written().stages.iter().map(|stage| Part {
        table: "stages",
        key: stage.key.clone(),
        kind: None,
        stage: Some(stage.key.clone()),
        mark: 0,
    });
    let all = fields.chain(stages);
    all.enumerate()
        .map(|(mark, part)| Part { mark, ..part })
        .collect()
}

/// The mark of a part in the edition of another mark.
fn of(part: &Part, edition: Mark) -> Mark {
    let second = usize::from(edition.word == MARKS[1].word);
    let number = 61_000_003 + u32::try_from(part.mark * 10 + second).expect("few") * 1_003;
    Mark {
        word: WORDS[part.mark][second],
        number,
    }
}

/// Writes all marks into a sheet; the rows of a table of projects that no field shows come last.
fn plant(parts: &[Part], sheet: &mut Sheet, edition: Mark) {
    let graded = parts
        .iter()
        .find(|part| matches!(part.kind, Some(FieldKind::Grade(_))));
    for part in parts {
        let mark = of(part, edition);
        match &part.kind {
            None => {
                let field = graded.map_or("grade", |field| field.key.as_str());
                judgement(sheet, field, Some(&part.key), mark);
            }
            Some(FieldKind::Grade(_) | FieldKind::NextStep(_)) => {
                judgement(sheet, &part.key, None, mark);
            }
            Some(FieldKind::Indicators) => indicator(sheet, mark),
            Some(FieldKind::Projects) => {
                projects(sheet, mark);
                // Sections have a field of their own.
                let bare = |row: Listing| Listing {
                    sections: Vec::new(),
                    ..row
                };
                sheet.listings = std::mem::take(&mut sheet.listings)
                    .into_iter()
                    .map(bare)
                    .collect();
            }
            Some(FieldKind::Sections) => sections(sheet, mark),
            Some(_) => text(sheet, &part.key, mark),
        }
    }
}

/// In which answers the first edition's or the second's mark of each part is.
fn seen<'a>(parts: &'a [Part], answers: &[(String, String)]) -> BTreeMap<&'a str, Vec<String>> {
    let mut seen: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for part in parts {
        let marks = MARKS.map(|edition| of(part, edition));
        let mut wanted: Vec<String> = Vec::new();
        for mark in marks {
            // As it is, in half width as the index has it, and its number in both ways.
            let narrow = mark.word.replace('Ｑ', "Q").replace('Ｙ', "Y");
            let (thousands, digits) = (mark.number / 1_000, mark.number.to_string());
            let grouped = format!(
                "{},{:03},{:03}",
                thousands / 1_000,
                thousands % 1_000,
                mark.number % 1_000
            );
            wanted.extend([mark.word.to_owned(), narrow, digits, grouped]);
        }
        let of_part = seen.entry(part.key.as_str()).or_default();
        for (path, body) in answers {
            if wanted.iter().any(|word| body.contains(word)) {
                of_part.push(path.clone());
            }
        }
    }
    seen
}

/// Is a part hidden where some are: itself, or the stage that writes it?
fn is_hidden(part: &Part, hidden: &[&Part]) -> bool {
    hidden
        .iter()
        .any(|one| one.key == part.key && one.table == part.table)
        || hidden
            .iter()
            .any(|one| one.table == "stages" && part.stage.as_ref() == Some(&one.key))
}

fn check_half(family: &str, name: &str, is_meant: impl Fn(&Part) -> bool) {
    let open = usual(family);
    let parts = parts(&parse(&open).expect("a scheme"));
    assert!(parts.len() <= WORDS.len(), "more marks are needed");
    let mut hidden: Vec<&Part> = parts.iter().filter(|part| is_meant(part)).collect();
    let mut closed = open.clone();
    for part in &hidden {
        closed = hiding(&closed, part.table, &part.key, part.mark % 3 == 0);
    }
    // What a stage says of a field that is hidden is hidden with it.
    let graded = parts
        .iter()
        .find(|part| matches!(part.kind, Some(FieldKind::Grade(_))));
    if graded.is_some_and(|graded| is_hidden(graded, &hidden)) {
        hidden.extend(parts.iter().filter(|part| part.table == "stages"));
    }
    let planting = |sheet: &mut Sheet, edition: Mark| plant(&parts, sheet, edition);
    let marked = Marked::new(&format!("{family}-{name}"), family, &closed, &planting);
    let answers = marked.answers(&marked.public);
    assert!(answers.len() > 150, "only {} answers", answers.len());
    let seen = seen(&parts, &answers);
    for part in &parts {
        let found = &seen[part.key.as_str()];
        if is_hidden(part, &hidden) {
            assert_eq!(*found, [""; 0], "{family} {name}: {} is told", part.key);
        } else {
            let is_told = found.iter().any(|path| path.contains(".json"));
            assert!(
                is_told,
                "{family} {name}: {} is public: {found:?}",
                part.key
            );
        }
    }
}

fn check_family(family: &str) {
    check_half(family, "even", |part| part.mark % 2 == 0);
    check_half(family, "odd", |part| part.mark % 2 == 1);
}

#[test]
fn of_evaluation_sheets_just_the_hidden_half_is_told_nowhere() {
    check_family("evaluation");
}

#[test]
fn of_execution_plans_just_the_hidden_half_is_told_nowhere() {
    check_family("midterm");
}

#[test]
fn of_strategies_just_the_hidden_half_is_told_nowhere() {
    check_family("strategy");
}

#[test]
fn of_programmes_just_the_hidden_half_is_told_nowhere() {
    check_family("programs");
}

#[test]
fn of_reforms_just_the_hidden_half_is_told_nowhere() {
    check_family("reform");
}
