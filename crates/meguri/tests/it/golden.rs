//! Files that hold what is expected. `MEGURI_UPDATE=1 cargo test` writes them anew.

use std::path::{Path, PathBuf};

/// A path from the root of the project.
pub(crate) fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// The folder `shared` with the real documents, or `None` with a clear word.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("MEGURI_SHARED").map_or(root("../shared"), PathBuf::from);
    if folder.join("seeds").is_dir() {
        return Some(folder);
    }
    eprintln!(
        "SKIPPED: {} is not there: the real documents are not tested",
        folder.display()
    );
    None
}

/// Compares a text with the file that holds what is expected.
pub(crate) fn assert_file(path: &Path, text: &str) {
    if std::env::var_os("MEGURI_UPDATE").is_some() {
        let folder = path.parent().expect("a folder");
        std::fs::create_dir_all(folder).expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
        return;
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        expected == text,
        "{} is stale: look at the difference, then `MEGURI_UPDATE=1 cargo test -p meguri`\n--- expected\n{expected}\n--- found\n{text}",
        path.display()
    );
}
