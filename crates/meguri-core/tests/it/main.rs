//! The pages of the manual that the core itself writes are in step with it.

use std::path::Path;

/// Compares a page with its file; `MEGURI_UPDATE=1 cargo test -p meguri-core` writes it anew.
fn assert_page(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name);
    if std::env::var_os("MEGURI_UPDATE").is_some() {
        std::fs::write(&path, text).expect("the page can be written");
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == text,
        "{name} is stale: `MEGURI_UPDATE=1 cargo test -p meguri-core`, and read the difference"
    );
}

#[test]
fn the_table_of_permissions_is_in_the_manual() {
    assert_page("docs/access.md", &meguri_core::access::manual());
}

#[test]
fn the_table_of_the_workflow_is_in_the_manual() {
    assert_page("docs/workflow.md", &meguri_core::workflow::manual());
}
