//! A state that is held fast, and marks by which one knows whose it is.

use super::{addresses, entry, index_of, query};
use meguri_search::Index;

fn none() -> [&'static str; 0] {
    []
}

#[test]
fn a_snapshot_stays_as_it_was_when_others_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let ours = Index::in_folder(folder.path()).expect("an index");
    let entries = ["1", "2"].map(|n| entry(&format!("/sheets/{n}"), "子育て支援", "相談窓口"));
    let before = ours.replace_all_as(entries, "a").expect("written");
    let theirs = Index::in_folder(folder.path()).expect("the same index");
    theirs
        .replace_all_as([entry("/sheets/9", "公園", "遊具")], "b")
        .expect("written");
    let found = before.search(&query("相談")).expect("it answers");
    let mut places = addresses(&found);
    places.sort_unstable();
    assert_eq!((before.len(), places), (2, vec!["/sheets/1", "/sheets/2"]));
    assert!(
        before
            .search(&query("公園"))
            .expect("it answers")
            .hits
            .is_empty()
    );
    assert_eq!(before.suggest("子", 5).expect("it answers"), ["子育て支援"]);
    assert!(
        ours.snapshot_of("a").expect("read").is_none(),
        "others wrote"
    );
    let now = ours.snapshot_of("b").expect("read").expect("that is there");
    assert_eq!(
        addresses(&now.search(&query("")).expect("it answers")),
        ["/sheets/9"]
    );
}

#[test]
fn a_change_over_what_somebody_else_wrote_is_refused_whole() {
    let index = index_of([]);
    let first = index
        .replace_all_as([entry("/sheets/1", "公園", "遊具")], "a")
        .expect("written");
    assert_eq!(first.len(), 1);
    let put = || [entry("/sheets/2", "道路", "舗装")];
    let refused = index
        .change_from("z", put(), ["/sheets/1"], "b")
        .expect("no fault");
    assert!(refused.is_none());
    assert!(
        index.snapshot_of("a").expect("read").is_some(),
        "nothing was changed"
    );
    let changed = index
        .change_from("a", put(), ["/sheets/1"], "b")
        .expect("no fault");
    let found = changed
        .expect("it was changed")
        .search(&query(""))
        .expect("it answers");
    assert_eq!(addresses(&found), ["/sheets/2"]);
    // A change without a mark takes the mark away: whoever goes by marks builds anew.
    index.remove(["/sheets/2"]).expect("removed");
    assert!(
        index
            .change_from("b", put(), none(), "c")
            .expect("no fault")
            .is_none()
    );
}

#[test]
fn a_folder_is_made_anew_whatever_is_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = Index::in_folder(folder.path()).expect("an index");
    index
        .replace_all([entry("/sheets/1", "公園", "遊具")])
        .expect("written");
    std::fs::write(folder.path().join("meta.json"), "{").expect("damaged");
    std::fs::write(folder.path().join("note.txt"), "not ours").expect("written");
    let anew = Index::anew_in_folder(folder.path()).expect("made");
    assert!(anew.is_empty());
    assert!(
        folder.path().join("note.txt").exists(),
        "only our own files go"
    );
}
