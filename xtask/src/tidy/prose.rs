//! No sentence of a real document stands in the project: figures, names and codes are facts, but
//! sentences belong to the city that wrote them.

use crate::tidy::Problem;
use crate::tree::Tree;
use std::collections::HashSet;
use std::path::Path;

/// This many characters in a row, white space aside, are no coincidence.
const RUN: usize = 40;

/// Words that end a sentence or a bullet of such papers where no 「。」 is printed.
const ENDINGS: &[&str] = &[
    "した", "する", "ます", "です", "いる", "いく", "ある", "れる", "った", "なる", "める", "図る",
    "行う", "ない", "なし", "こと", "ため", "もの", "予定", "実施", "検討", "推進", "充実",
];

/// Marks at the head of a line that open an item of its own: a legend or a list of short names
/// is form, not prose, however many of its lines stand under each other.
const OPENERS: [char; 12] = [
    '「', '『', '【', '（', '・', '※', '■', '□', '●', '○', '◆', '◇',
];

const WHY: &str = "sentences belong to the city that wrote them; facts may be shown, prose may not";

/// Compares all tracked texts with the documents in the folder.
pub(crate) fn check(tree: &Tree, seeds: &Path) -> Vec<Problem> {
    let mut runs = HashSet::new();
    for seed in texts(seeds) {
        runs.extend(sentence_runs(&seed).into_iter().map(|(_, run)| run));
    }
    tree.texts()
        .filter_map(|(path, text)| copied(path, text, &runs))
        .collect()
}

fn texts(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| std::fs::read_to_string(entry.path()).ok())
        .collect()
}

/// The first copied run of a file; what follows it is most often the same sentence.
fn copied(path: &str, text: &str, runs: &HashSet<String>) -> Option<Problem> {
    let own = runs_over(text, is_of_rows(path));
    let (line, run) = own.into_iter().find(|(_, run)| runs.contains(run))?;
    let head: String = run.chars().take(12).collect();
    Some(Problem {
        place: format!("{path}:{line}"),
        what: format!("holds a sentence of a real document: 「{head}…」"),
        why: WHY,
        mend: "write your own sentence about an invented city, with the same shape".to_owned(),
    })
}

/// All runs of [`RUN`] Japanese characters that hold or end a sentence, with the line of their
/// first character.
fn sentence_runs(text: &str) -> Vec<(usize, String)> {
    runs_over(text, false)
}

/// In the sample that was made of the real documents each line is a row of names and figures of
/// its own: the names of two rows make no sentence.
fn is_of_rows(path: &str) -> bool {
    path.starts_with("samples/kodaira/")
}

fn runs_over(text: &str, line_by_line: bool) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut stretch: Vec<(usize, char)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.replace("\\n", " ");
        if line_by_line || line.trim_start().starts_with(OPENERS) {
            collect(&stretch, &mut found);
            stretch.clear();
        }
        for c in line.chars().filter(|c| !is_layout(*c)) {
            if is_japanese(c) {
                stretch.push((index + 1, c));
            } else {
                collect(&stretch, &mut found);
                stretch.clear();
            }
        }
    }
    collect(&stretch, &mut found);
    found
}

fn collect(stretch: &[(usize, char)], found: &mut Vec<(usize, String)>) {
    for window in stretch.windows(RUN) {
        let run: String = window.iter().map(|(_, c)| c).collect();
        let sentence = run.contains('。') || ENDINGS.iter().any(|ending| run.ends_with(ending));
        if let (true, Some((line, _))) = (sentence, window.first()) {
            found.push((*line, run));
        }
    }
}

/// White space, and the marks by which source code and JSON wrap a text.
fn is_layout(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\\')
}

/// Kana, kanji, their marks, and figures within them.
fn is_japanese(c: char) -> bool {
    matches!(c,
        '0'..='9' | '々' | '〆' | '\u{2460}'..='\u{24ff}' | '\u{3001}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff01}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: &str = "みずほ野市では、川沿いの遊歩道に\n　桜を植える会の人たちと相談し、\
                        苗木を３０本 植えました。来年も続けます。\n";

    fn finds(text: &str) -> Option<String> {
        let runs = sentence_runs(SEED).into_iter().map(|(_, run)| run);
        copied("a.rs", text, &runs.collect()).map(|problem| problem.place)
    }

    #[test]
    fn a_copied_sentence_is_found_however_it_is_wrapped() {
        assert_eq!(finds(SEED).as_deref(), Some("a.rs:1"));
        let wrapped = "let a = 1;\n    \"川沿いの遊歩道に桜を植える会の人たちと\\\n     \
                       相談し、苗木を３０本植えました。来年も続け\"";
        assert_eq!(finds(wrapped).as_deref(), Some("a.rs:2"));
        let json = "[\"川沿いの遊歩道に桜を植える会の人たちと\", \"\"]";
        assert_eq!(finds(json), None, "too short");
    }

    #[test]
    fn the_names_of_two_rows_make_no_sentence_but_a_copied_one_is_found_in_rows_too() {
        let names = "道路を公園と緑でつなぐ事業を進めるための調査及び検討\n\
                     市民との協働による苗木の育成及び植え付けの推進\n";
        let runs: HashSet<String> = sentence_runs(names)
            .into_iter()
            .map(|(_, run)| run)
            .collect();
        let place = |path| copied(path, names, &runs).map(|problem| problem.place);
        assert_eq!(place("samples/kodaira/項目.csv"), None);
        assert_eq!(
            place("samples/mizuhono/a.txt").as_deref(),
            Some("samples/mizuhono/a.txt:1")
        );
        let row = SEED.replace('\n', "");
        let runs = sentence_runs(SEED)
            .into_iter()
            .map(|(_, run)| run)
            .collect();
        assert!(copied("samples/kodaira/項目.csv", &row, &runs).is_some());
    }

    #[test]
    fn own_sentences_and_short_quotations_are_fine() {
        assert_eq!(finds("苗木を３０本植えました。"), None);
        let own = "市民の皆さまと話し合いながら、街路樹の種類を少しずつ見直し、歩きやすい道を\
                   増やしていくこととしました。";
        assert_eq!(finds(own), None);
    }

    #[test]
    fn names_and_figures_are_facts() {
        let list = "道路公園課障がい福祉課市民窓口課3105234環境衛生課建築住宅課学校施設課農政課\
                    生涯学習課文化振興課収納対策課";
        assert!(sentence_runs(list).is_empty(), "no sentence is in it");
        let legend = "評価の記号の見方について\n「Ｓ」：当初の見込みより早く進んでいる\n\
                      「Ａ」：当初の見込みどおり進んでいる\n「Ｂ」：当初の見込みより遅れている\n";
        assert!(sentence_runs(legend).is_empty(), "each line is its own");
    }
}
