//! Every printed word is accounted for: no character in none of the tiles, none in two, and a word
//! that nobody knows is found again in a value or among what is unread.

use crate::shared::folder;
use meguri_import::conservation::{Owner, Tile};
use meguri_import::documents::{FAMILIES, Family, Reading, detect};
use meguri_import::source_text::SourceText;
use meguri_papers::{Shape, generator};
use proptest::prelude::*;

const TEARINGS: [u32; 4] = [0, 30, 60, 100];
/// Four words that no form and no paper prints, in characters of different kinds.
const MARKERS: [&str; 4] = ["鷺沼囀語", "ゾンゲルプ", "Qxzvk", "蘭鋳の譫言"];

fn paper(family: &str, seed: u64, units: usize, tearing: u32) -> String {
    let generate = generator(family).expect("a generator of every family");
    generate(&Shape {
        seed,
        units,
        tearing,
    })
    .text
}

fn read(family: &Family, text: &str) -> (SourceText, Reading) {
    let source = SourceText::from_text(text);
    let reading = (family.read)(&source);
    (source, reading)
}

/// Every character that can be seen lies in exactly one tile, and the unread ones are all listed.
fn assert_tiled(name: &str, source: &SourceText, reading: &Reading) {
    let tiles = reading.tiles(source);
    let mut at = tiles.iter().peekable();
    let mut listed = reading
        .unread()
        .iter()
        .filter(|piece| !piece.text.is_empty());
    for line in &source.lines {
        let mut end = 0;
        let mut covered = String::new();
        while let Some(tile) = at.next_if(|tile| tile.line == line.number) {
            assert!(
                tile.span.start >= end,
                "{name}: two tiles overlap: {tile:?}"
            );
            end = tile.span.end;
            let text = line
                .text
                .get(tile.span.clone())
                .expect("a tile lies between characters");
            covered.push_str(text);
            if tile.owner == Owner::Unread {
                let piece = listed.next().expect("an unread tile is listed");
                assert_eq!(
                    (piece.line, piece.text.as_str()),
                    (line.number, text),
                    "{name}"
                );
                assert!(!piece.why.is_empty(), "{name}: {piece:?}");
            }
        }
        let seen = |text: &str| -> String {
            text.chars()
                .filter(|c| !c.is_whitespace() && !meguri_core::text::is_unseen(*c))
                .collect()
        };
        assert_eq!(
            seen(&covered),
            seen(&line.text),
            "{name} line {}",
            line.number
        );
    }
    assert!(
        at.next().is_none() && listed.next().is_none(),
        "{name}: more tiles than lines"
    );
}

/// The owners of a word in a text.
fn owners_of(word: &str, source: &SourceText, tiles: &[Tile]) -> Vec<Owner> {
    let mut owners = Vec::new();
    for line in &source.lines {
        let Some(start) = line.text.find(word) else {
            continue;
        };
        let span = start..start + word.len();
        let touched = tiles.iter().filter(|tile| {
            tile.line == line.number && tile.span.start < span.end && span.start < tile.span.end
        });
        owners.extend(touched.map(|tile| tile.owner));
    }
    owners
}

/// The text with a word put in: on a line of its own, behind a gap, within the line.
fn with_marker(text: &str, line: usize, way: usize, word: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = line % lines.len().max(1);
    match way {
        0 => lines.insert(at, word.to_owned()),
        1 => lines[at].push_str(&format!("  {word}")),
        2 => lines[at].push_str(&format!("\t{word}")),
        _ => {
            let gap = lines[at].char_indices().find(|(_, c)| c.is_whitespace());
            let place = gap.map_or(0, |(place, _)| place);
            lines[at].insert_str(place, &format!(" {word} "));
        }
    }
    lines.join("\n")
}

/// A marker is in a value, a candidate or unread; never a label, never furniture.
fn assert_found(name: &str, family: &Family, text: &str, word: &str) {
    let (source, reading) = read(family, text);
    let tiles = reading.tiles(&source);
    let owners = owners_of(word, &source, &tiles);
    assert!(!owners.is_empty(), "{name}: 「{word}」 is in no tile");
    for owner in &owners {
        assert!(
            matches!(owner, Owner::Value | Owner::Candidate | Owner::Unread),
            "{name}: 「{word}」 is taken for {owner:?}"
        );
    }
    let json = reading.to_json().to_string();
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    assert!(
        squeezed(&json).contains(word),
        "{name}: 「{word}」 is not in the reading"
    );
}

#[test]
fn generated_papers_are_tiled_at_every_tearing() {
    for family in FAMILIES {
        for tearing in TEARINGS {
            for seed in 0..3 {
                let text = paper(family.key, seed, 6, tearing);
                let (source, reading) = read(family, &text);
                assert_tiled(
                    &format!("{} {seed} {tearing}", family.key),
                    &source,
                    &reading,
                );
            }
        }
    }
}

/// The limit of what may be unread is derived from this.
#[test]
fn little_of_a_generated_paper_is_unread() {
    for family in FAMILIES {
        let mut most = 0;
        for tearing in TEARINGS {
            for seed in 0..6 {
                let text = paper(family.key, seed, 8, tearing);
                let (source, reading) = read(family, &text);
                assert!(
                    reading.too_much_unread(&source).is_none(),
                    "{} {seed} {tearing}",
                    family.key
                );
                let balance = reading.balance(&source);
                most = most.max(balance.unread * 1000 / balance.all.max(1));
            }
        }
        eprintln!(
            "{}: at most {most} of 1000 characters are unread",
            family.key
        );
        assert!(
            most < 80,
            "{}: {most} of 1000 characters are unread",
            family.key
        );
    }
}

#[test]
fn real_papers_are_tiled_and_nearly_all_is_read() {
    let Some(shared) = folder() else { return };
    for (family, name) in [
        ("evaluation", "evaluation_r4"),
        ("midterm", "midterm_plan"),
        ("strategy", "strategy_h30"),
        ("programs", "programs_r4"),
        ("reform", "reform_r2"),
    ] {
        let text = std::fs::read_to_string(shared.join("seeds").join(name).with_extension("txt"));
        let family = meguri_import::documents::family(family).expect("a family");
        let (source, reading) = read(family, &text.expect("the seed can be read"));
        assert_tiled(name, &source, &reading);
        let balance = reading.balance(&source);
        let places = reading.unread().len();
        eprintln!(
            "{name}: {places} places, {} of {} characters unread",
            balance.unread, balance.all
        );
        assert!(
            balance.unread * 100 < balance.all * 4,
            "{name}: {balance:?}"
        );
    }
}

#[test]
fn the_cases_are_tiled_and_keep_a_marker_on_every_line() {
    let Some(shared) = folder() else { return };
    let Ok(inputs) = std::fs::read_dir(shared.join("cases/inputs")) else {
        eprintln!("SKIPPED: the cases are not there");
        return;
    };
    for (number, path) in inputs.flatten().map(|entry| entry.path()).enumerate() {
        let bytes = std::fs::read(&path).expect("a case can be read");
        let Ok(source) = SourceText::decode(&bytes) else {
            continue;
        };
        let Some(family) = detect(&source) else {
            continue;
        };
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        assert_tiled(&name, &source, &(family.read)(&source));
        let lines: Vec<&str> = source.lines.iter().map(|line| line.text.as_str()).collect();
        let text = lines.join("\n");
        // Every line of some case, and each of the four ways on every kind of line.
        for line in (number % 7..lines.len()).step_by(7) {
            let way = (line + number) % 4;
            let word = MARKERS[line % MARKERS.len()];
            let marked = with_marker(&text, line, way, word);
            assert_found(
                &format!("{name} line {} way {way}", line + 1),
                family,
                &marked,
                word,
            );
        }
    }
}

#[test]
fn an_empty_or_hopeless_text_is_tiled_too() {
    for family in FAMILIES {
        for text in [
            "",
            "\n\n",
            "あ",
            "令和5年度",
            "\u{200b}\u{feff}",
            "〓〓 \u{fffd}",
            "1\n2\n3\n",
        ] {
            let (source, reading) = read(family, text);
            assert_tiled(family.key, &source, &reading);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_cut_paper_is_tiled(
        family in 0..FAMILIES.len(), seed in 0_u64..500, tearing in 0_u32..=100, cut in 0_usize..=1000,
    ) {
        let family = &FAMILIES[family];
        let text = paper(family.key, seed, 4, tearing);
        let mut end = text.len() * cut / 1000;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let (source, reading) = read(family, &text[..end]);
        assert_tiled(&format!("{} {seed} {tearing} {end}", family.key), &source, &reading);
    }

    #[test]
    fn a_marker_on_any_line_is_found(
        family in 0..FAMILIES.len(), seed in 0_u64..500, tearing in 0_u32..=100,
        line in 0_usize..5000, way in 0_usize..4, word in 0_usize..MARKERS.len(),
    ) {
        let family = &FAMILIES[family];
        let text = paper(family.key, seed, 3, tearing);
        let marked = with_marker(&text, line, way, MARKERS[word]);
        let name = format!("{} seed {seed} tearing {tearing} line {line} way {way}", family.key);
        assert_found(&name, family, &marked, MARKERS[word]);
    }
}
