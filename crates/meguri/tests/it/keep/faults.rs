//! Full disks, files that may not be written, other programs, a server that goes away: a message
//! in Japanese each time, and nothing half written.

use super::{
    CODE, Server, by, city, file, filled, filled_database, municipalities, new_folder, open, path,
    program, refused, wait_for, well,
};
use meguri_store::{Error, Location};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, Executor};
use std::fs::{self, Permissions};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

fn exported(folder: &Path) -> PathBuf {
    let origin = file(folder, "origin.sqlite");
    filled_database(&origin);
    let out = folder.join("out");
    well(&["export", path(&out)], &origin);
    out
}

fn told(output: &Output) -> String {
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(!told.contains("panicked"), "{told}");
    told
}

/// A limit on the size of a file, which every system has; 512 bytes a block.
#[test]
fn a_file_that_must_not_grow_is_told() {
    let folder = new_folder("limit");
    let out = exported(&folder);
    let limited = |words: &str, database: &Location| {
        let script = format!(
            "trap '' XFSZ; ulimit -f 100; exec {} {words} --database {database}",
            env!("CARGO_BIN_EXE_meguri")
        );
        told(
            &Command::new("sh")
                .args(["-c", &script])
                .output()
                .expect("a shell"),
        )
    };
    let target = file(&folder, "a.sqlite");
    let said = limited(&format!("import {}", path(&out)), &target);
    assert!(
        said.contains("読み書きできません") && said.contains("空き容量"),
        "{said}"
    );
    well(&["import", path(&out)], &target);
    let new = folder.join("new");
    let said = limited(&format!("export {}", path(&new)), &target);
    assert!(said.contains("空き容量") && !new.exists(), "{said}");
    let backup = folder.join("b.sqlite");
    let said = limited(&format!("backup {}", path(&backup)), &target);
    assert!(said.contains("空き容量") && !backup.exists(), "{said}");
    let left = fs::read_dir(&folder)
        .expect("a folder")
        .map(|e| e.expect("an entry").file_name());
    let left: Vec<_> = left
        .filter(|name| name.to_string_lossy().contains("part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(municipalities(&target), [CODE]);
}

#[test]
fn a_copy_before_a_migration_is_whole_or_not_there() {
    let folder = new_folder("copy-before");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../meguri-store/tests/kept/0003_identities.sqlite");
    let target = folder.join("a.sqlite");
    let copies = || -> Vec<_> {
        let entries = fs::read_dir(&folder).expect("a folder");
        let names = entries.map(|e| e.expect("an entry").file_name());
        names
            .filter(|name| {
                let name = name.to_string_lossy();
                name.ends_with(".bak") || name.contains(".part-")
            })
            .collect()
    };
    // The file has room for itself, but its copy has not: half of it would be left.
    fs::write(&target, fs::read(&kept).expect("it is read")).expect("it is written");
    let script = format!(
        "trap '' XFSZ; ulimit -f 60; exec {} audit verify --database {}",
        env!("CARGO_BIN_EXE_meguri"),
        target.display()
    );
    let said = told(
        &Command::new("sh")
            .args(["-c", &script])
            .output()
            .expect("a shell"),
    );
    assert!(
        said.contains("バックアップ") || said.contains("空き"),
        "{said}"
    );
    assert_eq!(copies(), Vec::<std::ffi::OsString>::new());
    well(&["audit", "verify"], &Location::File(target));
    assert_eq!(copies().len(), 1, "a whole copy");
}

/// A small disk of memory, where the system lets us mount one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: PathBuf) -> Option<Self> {
        fs::create_dir_all(&at).expect("a folder");
        let mount = ["-t", "tmpfs", "-o", "size=600k", "tmpfs", path(&at)];
        let mounted = Command::new("mount").args(mount).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(at));
        }
        eprintln!("SKIPPED: no disk can be mounted here; the limit of a file size stands for it");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let gone = Command::new("umount").arg(&self.0).status();
        assert!(gone.is_ok_and(|status| status.success()), "the disk goes");
    }
}

#[test]
fn a_full_disk_is_told_and_leaves_nothing_half_written() {
    let folder = new_folder("full");
    let out = exported(&folder);
    let Some(disk) = SmallDisk::mount(folder.join("disk")) else {
        return;
    };
    let origin = file(&folder, "origin.sqlite");
    let target = file(&disk.0, "a.sqlite");
    let warmer = disk.0.join("warmer");
    fs::write(&warmer, vec![0; 300_000]).expect("the disk is nearly full");
    let said = refused(&["import", path(&out)], &target);
    assert!(said.contains("空き"), "{said}");
    let said = refused(&["export", path(&disk.0.join("new"))], &origin);
    assert!(said.contains("空きがありません"), "{said}");
    let said = refused(&["backup", path(&disk.0.join("b.sqlite"))], &origin);
    assert!(said.contains("空き"), "{said}");
    let left: Vec<_> = fs::read_dir(&disk.0)
        .expect("a folder")
        .map(|e| e.expect("one").path())
        .collect();
    assert!(
        !left
            .iter()
            .any(|p| p.ends_with("new") || p.ends_with("b.sqlite")),
        "{left:?}"
    );
    fs::remove_file(&warmer).expect("there is room again");
    assert!(municipalities(&target).is_empty(), "nothing is half there");
}

/// The program as somebody who is not the administrator, to whom nothing is read-only.
fn as_nobody(words: &[&str], database: &Location) -> Command {
    let mut command = program(words, database);
    if fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0) {
        command.uid(65_534).gid(65_534);
    }
    command
}

fn may(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("permissions");
}

#[test]
fn what_may_only_be_read_is_told() {
    let folder = new_folder("read-only");
    let out = exported(&folder);
    let target = file(&folder, "a.sqlite");
    well(&["import", path(&out)], &target);
    let Location::File(of_target) = &target else {
        unreachable!("a file")
    };
    // The file may be read, its folder not be written.
    may(of_target, 0o444);
    may(&folder, 0o555);
    let new = [
        (vec!["import", path(&out)], target.clone()),
        (vec!["import", path(&out)], file(&folder, "new.sqlite")),
        (vec!["export", "NEW"], target.clone()),
        (vec!["backup", "NEW"], target.clone()),
    ];
    let place = folder.join("new");
    for (mut words, database) in new {
        words
            .iter_mut()
            .filter(|word| **word == "NEW")
            .for_each(|word| *word = path(&place));
        let output = as_nobody(&words, &database)
            .output()
            .expect("the program starts");
        let said = told(&output);
        let remedy = ["権限", "フォルダーがあるか"]
            .iter()
            .any(|word| said.contains(word));
        assert!(remedy, "{words:?}: {said}");
    }
    may(&folder, 0o755);
    may(of_target, 0o644);
    assert!(!place.exists() && !folder.join("new.sqlite").exists());
    assert_eq!(municipalities(&target), [CODE]);
}

#[test]
fn a_database_that_another_program_holds_is_told() {
    let folder = new_folder("locked");
    let out = exported(&folder);
    let target = file(&folder, "a.sqlite");
    wait_for(async { open(&target).await.close().await });
    wait_for(async {
        let Location::File(place) = &target else {
            unreachable!("a file")
        };
        let url = format!("sqlite://{}", place.display());
        let mut other = SqliteConnection::connect(&url)
            .await
            .expect("the file opens");
        other.execute("BEGIN EXCLUSIVE").await.expect("it is held");
        let said = refused(&["import", path(&out)], &target);
        assert!(
            said.contains("使用中") && said.contains("もう一度"),
            "{said}"
        );
        other.execute("ROLLBACK").await.expect("it is given up");
    });
    assert!(municipalities(&target).is_empty());
    well(&["import", path(&out)], &target);
}

/// A way to the server that breaks off after so many bytes.
struct Cable {
    location: Location,
    left: Arc<AtomicUsize>,
}

impl Cable {
    fn to(server: &Location) -> Self {
        let Location::Postgres(url) = server else {
            unreachable!("a server")
        };
        let (before, rest) = url.split_once('@').expect("a user");
        let (host, database) = rest.split_once('/').expect("a database");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let left = Arc::new(AtomicUsize::new(usize::MAX));
        let (host, shared) = (host.to_owned(), Arc::clone(&left));
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let server = TcpStream::connect(&host).expect("the server answers");
                let back = (
                    server.try_clone().expect("two"),
                    client.try_clone().expect("two"),
                );
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || carry(client, server, Some(&shared)));
                std::thread::spawn(move || carry(back.0, back.1, None));
            }
        });
        let location = Location::Postgres(format!("{before}@127.0.0.1:{port}/{database}"));
        Self { location, left }
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, left: Option<&AtomicUsize>) {
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        let after = |left: &AtomicUsize| left.load(Ordering::SeqCst).checked_sub(read);
        match left.map(|left| (left, after(left))) {
            Some((_, None)) => break,
            Some((left, Some(rest))) if rest < usize::MAX / 2 => left.store(rest, Ordering::SeqCst),
            _ => {}
        }
        if to.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    // What is gone already need not be closed.
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}

#[test]
fn a_server_that_goes_away_leaves_nothing_half_written() {
    let Some(server) = Server::new() else { return };
    let folder = new_folder("cable");
    let out = exported(&folder);
    let cable = Cable::to(&server.location);
    wait_for(async { open(&server.location).await.close().await });
    for bytes in [0, 500, 5_000, 20_000, 60_000, 150_000] {
        cable.left.store(bytes, Ordering::SeqCst);
        let said = refused(&["import", path(&out)], &cable.location);
        assert!(said.contains("接続できません"), "{bytes}: {said}");
        assert!(municipalities(&server.location).is_empty(), "{bytes}");
    }
    cable.left.store(usize::MAX, Ordering::SeqCst);
    // A program that goes on running: the next call finds the server again.
    wait_for(async {
        let store = open(&cable.location).await;
        let city = city(&store, CODE).await;
        filled::document(&city, 1).await;
        cable.left.store(3_000, Ordering::SeqCst);
        let document =
            crate::invented::document(crate::invented::year(2040), crate::invented::Size::SMALL, 1);
        let saving = meguri_store::Saving {
            document: &document,
            source: &crate::invented::source(&document),
            scheme: None,
            findings: &[],
        };
        let error = city
            .save_document(&saving, &by())
            .await
            .expect_err("the cable breaks");
        assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
        cable.left.store(usize::MAX, Ordering::SeqCst);
        assert_eq!(city.documents().await.expect("it answers again").len(), 1);
        city.save_document(&saving, &by())
            .await
            .expect("it is saved now");
        assert_eq!(city.documents().await.expect("a list").len(), 2);
        assert_eq!(city.audit_verify().await.expect("a report").broken, None);
        store.close().await;
    });
}

fn two_at_once(database: &Location, folder: &Path) {
    let out = exported(folder);
    let start = || {
        program(&["import", path(&out)], database)
            .output()
            .expect("it starts")
    };
    let (one, two) = std::thread::scope(|scope| {
        let other = scope.spawn(start);
        (start(), other.join().expect("it ends"))
    });
    let well = [&one, &two]
        .iter()
        .filter(|output| output.status.success())
        .count();
    assert_eq!(well, 1, "{one:?} {two:?}");
    let late = if one.status.success() { &two } else { &one };
    let said = told(late);
    assert!(said.contains("すでにあります"), "{said}");
    assert_eq!(municipalities(database), [CODE]);
}

#[test]
fn of_two_imports_at_once_one_is_told() {
    let folder = new_folder("two");
    two_at_once(&file(&folder, "a.sqlite"), &folder);
    if let Some(server) = Server::new() {
        two_at_once(&server.location, &new_folder("two-server"));
    }
}

#[test]
fn many_may_register_the_same_municipality_at_once() {
    let folder = new_folder("register");
    let server = Server::new();
    let mut places = vec![file(&folder, "a.sqlite")];
    places.extend(server.iter().map(|server| server.location.clone()));
    for location in places {
        let register = || {
            wait_for(async {
                let store = open(&location).await;
                city(&store, CODE).await;
                store.close().await;
            });
        };
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(register);
            }
        });
        wait_for(async {
            let store = open(&location).await;
            let lines = city(&store, CODE)
                .await
                .audit(0, 10)
                .await
                .expect("the audit");
            assert_eq!(lines.len(), 1, "it was registered once");
            store.close().await;
        });
    }
}
