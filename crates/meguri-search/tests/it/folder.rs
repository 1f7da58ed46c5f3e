//! An index in a folder: kept, changed, locked, damaged.

use crate::{addresses, entry, search};
use meguri_search::{Error, Index, Opened, Seen};
use std::path::Path;

fn open(folder: &Path) -> Index {
    Index::in_folder(folder).expect("the folder opens")
}

#[test]
fn an_index_is_kept_and_changed_in_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new/search");
    let index = open(&path);
    assert_eq!(*index.opened(), Opened::New);
    let twice = [
        entry("/1", "防災", ""),
        entry("/2", "道路", ""),
        entry("/1", "公園", ""),
    ];
    assert_eq!(index.replace_all(twice).expect("replaced"), 2);
    assert_eq!(search(&index, "防災").total, 0);
    index
        .put([entry("/2", "水路", ""), entry("/3", "水路", "")])
        .expect("put");
    index.remove(["/1", "/no such"]).expect("removed");
    drop(index);
    let index = open(&path);
    assert_eq!(*index.opened(), Opened::Kept);
    assert_eq!(index.len(), 2);
    assert_eq!(addresses(&search(&index, "水路")), ["/2", "/3"]);
    assert_eq!(search(&index, "道路").total, 0);
    index.verify().expect("nothing is damaged");
    index.replace_all([]).expect("replaced");
    assert!(index.is_empty());
}

#[test]
fn a_search_sees_a_change_only_when_it_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = open(folder.path());
    index
        .replace_all([entry("/1", "防災", "")])
        .expect("replaced");
    let seen = |_: &meguri_search::Entry| assert_eq!(search(&index, "防災").total, 1);
    let next = (2..30)
        .map(|n| entry(&format!("/{n}"), "防災", ""))
        .inspect(seen);
    index.replace_all(next).expect("replaced");
    assert_eq!(search(&index, "防災").total, 28);
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = (open(folder.path()), open(folder.path()));
    let entries = [entry("/1", "防災", "")].into_iter().inspect(|_| {
        let error = second
            .put([entry("/2", "道路", "")])
            .expect_err("the index is locked");
        assert!(matches!(error, Error::Busy(_)), "{error:?}");
        assert!(error.to_string().contains("更新中"), "{error}");
    });
    first.put(entries).expect("put");
    second
        .put([entry("/2", "道路", "")])
        .expect("the lock is free again");
    assert_eq!(second.len(), 2);
}

#[test]
fn a_damaged_index_is_emptied_and_nothing_else_is() {
    let damages: [(&str, &[u8]); 5] = [
        ("json", b"{"),
        ("idx", b""),
        ("term", b"x"),
        ("store", b""),
        ("fast", b"damaged"),
    ];
    for (ending, bytes) in damages {
        let folder = tempfile::tempdir().expect("a folder");
        open(folder.path())
            .replace_all([entry("/1", "防災", "")])
            .expect("replaced");
        std::fs::write(folder.path().join("note.txt"), "kept").expect("a file");
        let mut hit = false;
        for file in std::fs::read_dir(folder.path()).expect("files") {
            let path = file.expect("a file").path();
            if path.extension().is_some_and(|e| e == ending) {
                std::fs::write(path, bytes).expect("damaged");
                hit = true;
            }
        }
        assert!(hit, "{ending}");
        let index = open(folder.path());
        assert!(matches!(index.opened(), Opened::Emptied { .. }), "{ending}");
        assert!(index.is_empty());
        index
            .replace_all([entry("/1", "防災", "")])
            .expect("replaced");
        assert_eq!(search(&index, "防災").total, 1);
        assert!(folder.path().join("note.txt").exists());
    }
}

#[test]
fn a_changed_byte_is_seen_by_verify() {
    let folder = tempfile::tempdir().expect("a folder");
    open(folder.path())
        .replace_all([entry("/1", "防災", "訓練")])
        .expect("replaced");
    let store = std::fs::read_dir(folder.path())
        .expect("files")
        .map(|file| file.expect("a file").path())
        .find(|path| path.extension().is_some_and(|e| e == "store"))
        .expect("a store");
    let mut bytes = std::fs::read(&store).expect("read");
    bytes[10] ^= 0xff;
    std::fs::write(&store, bytes).expect("written");
    let error = open(folder.path()).verify().expect_err("a byte is wrong");
    assert!(matches!(error, Error::Damaged(_)), "{error:?}");
}

#[test]
fn a_look_says_what_is_there_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let look = || Index::look(folder.path()).expect("it can be read");
    assert_eq!(look(), Seen::Nothing);
    let index = open(folder.path());
    index
        .replace_all_as([entry("/1", "防災", "訓練")], "a mark")
        .expect("replaced");
    let Seen::Whole {
        entries,
        bytes,
        mark,
    } = look()
    else {
        panic!("{:?}", look())
    };
    assert_eq!((entries, mark.as_str()), (1, "a mark"));
    assert!(bytes > 100, "{bytes}");
    drop(index);
    for ending in ["idx", "store", "json"] {
        let files = std::fs::read_dir(folder.path()).expect("files");
        let mut paths = files.map(|file| file.expect("a file").path());
        let is = |path: &std::path::PathBuf| {
            path.extension().is_some_and(|e| e == ending) && !path.ends_with(".managed.json")
        };
        let path = paths.find(is).expect("a file of the kind");
        let before = std::fs::read(&path).expect("read");
        // Put in place as a whole: a file that is cut while it is mapped ends the process.
        let put = |bytes: &[u8]| {
            let new = folder.path().join("new");
            std::fs::write(&new, bytes)
                .and_then(|()| std::fs::rename(&new, &path))
                .expect("put");
        };
        put(&vec![0xff; before.len()]);
        assert!(
            matches!(look(), Seen::Useless { .. }),
            "{ending}: {:?}",
            look()
        );
        assert_eq!(
            std::fs::read(&path).expect("still there").len(),
            before.len()
        );
        put(&before);
        assert!(matches!(look(), Seen::Whole { .. }), "{ending}");
    }
    assert!(Index::look(&folder.path().join("none")).is_ok_and(|seen| seen == Seen::Nothing));
}

#[test]
fn a_file_in_place_of_the_folder_is_named_in_japanese() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("search");
    std::fs::write(&path, "a file").expect("a file");
    let error = Index::in_folder(&path).expect_err("no folder");
    assert!(matches!(error, Error::Missing(_)), "{error:?}");
    assert!(error.to_string().contains("フォルダー"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_only_be_read_is_named_in_japanese() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("search");
    std::fs::create_dir(&path).expect("a folder");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o500)).expect("set");
    if std::fs::write(path.join("probe"), "").is_ok() {
        println!("SKIPPED: this user may write everywhere");
        return;
    }
    let error = Index::in_folder(&path).expect_err("read only");
    assert!(matches!(error, Error::ReadOnly(_)), "{error:?}");
}
