//! The real documents and their gold, which lie beside the project and are not part of it.

use crate::score::{Score, score};
use meguri_import::documents::FAMILIES;
use meguri_import::source_text::SourceText;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The folder `shared`, or `None` with a clear word that its tests are skipped.
pub(crate) fn folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var_os("MEGURI_SHARED").map_or(root.join("../shared"), PathBuf::from);
    if folder.join("seeds").is_dir() {
        return Some(folder);
    }
    eprintln!(
        "SKIPPED: {} is not there: the real documents are not tested",
        folder.display()
    );
    None
}

/// The JSON that a family's reader gets out of a text.
pub(crate) fn read(family: &str, text: &str) -> Value {
    let family = FAMILIES
        .iter()
        .find(|f| f.key == family)
        .expect("a known family");
    (family.read)(&SourceText::from_text(text)).to_json()
}

/// The reading of a real document, where it is there.
pub(crate) fn read_seed(family: &str, name: &str) -> Option<Value> {
    let text = std::fs::read_to_string(folder()?.join("seeds").join(name).with_extension("txt"));
    Some(read(family, &text.expect("the seed can be read")))
}

/// The score of a real document against its gold, where they are there.
pub(crate) fn score_seed(family: &str, name: &str) -> Option<Score> {
    let gold = folder()?.join("gold").join(name).with_extension("json");
    let gold = std::fs::read_to_string(gold).expect("the gold can be read");
    let gold: Value = serde_json::from_str(&gold).expect("the gold is JSON");
    Some(score(&gold, &read_seed(family, name)?))
}

/// Figures and names whole, prose at least 99 %, nothing invented.
pub(crate) fn assert_gold(family: &str, name: &str) {
    let Some(score) = score_seed(family, name) else {
        return;
    };
    eprintln!("{score}");
    assert_eq!(score.figures.right, score.figures.all, "figures\n{score}");
    assert_eq!(score.names.right, score.names.all, "names\n{score}");
    assert!(
        score.prose.right * 100 >= score.prose.all * 99,
        "prose\n{score}"
    );
    assert_eq!(score.invented(), 0, "invented\n{score}");
    assert!(
        score.names.all > 0 && score.prose.all > 0,
        "the gold is not empty"
    );
}
