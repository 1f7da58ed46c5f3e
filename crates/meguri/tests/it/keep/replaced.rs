//! The file of the database becomes another one while the server runs: it is noticed, told and shown.

use super::{CODE, city, file, filled_database, meguri, new_folder, open, path, wait_for, well};
use meguri_store::Location;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// A server that is stopped with the value.
struct Server {
    child: Child,
    public: String,
    operations: String,
}

impl Server {
    fn start(database: &Location, log: &Path) -> Self {
        let mut command = super::program(&["serve"], database);
        let log = fs::File::create(log).expect("a log");
        let mut child = command
            .env("MEGURI_ADDRESS", "127.0.0.1:0")
            .env("MEGURI_INTERNAL_ADDRESS", "off")
            .env("MEGURI_OPERATIONS_ADDRESS", "127.0.0.1:0")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("it starts");
        let mut addresses = Vec::new();
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        for line in lines.map_while(Result::ok) {
            let words = line.split(|c: char| c.is_whitespace() || c == '：');
            addresses.extend(
                words
                    .filter_map(|word| word.strip_prefix("http://"))
                    .map(|word| word.split('/').next().unwrap_or_default().to_owned()),
            );
            if addresses.len() >= 2 {
                break;
            }
        }
        Self {
            child,
            public: addresses[0].clone(),
            operations: addresses[1].clone(),
        }
    }

    fn get(address: &str, path: &str) -> String {
        let mut stream = TcpStream::connect(address).expect("it listens");
        let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    /// Waits until the answer holds a text.
    fn comes_to(address: &str, path: &str, text: &str) {
        let until = Instant::now() + Duration::from_secs(15);
        loop {
            let answer = Self::get(address, path);
            if answer.contains(text) {
                return;
            }
            assert!(Instant::now() < until, "{path} never says {text}: {answer}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn of(database: &Location, ending: &str) -> PathBuf {
    let Location::File(path) = database else {
        unreachable!("a file")
    };
    let mut name = path.clone().into_os_string();
    name.push(ending);
    name.into()
}

/// The document that the filled database publishes.
fn published(database: &Location) -> i64 {
    wait_for(async {
        let store = open(database).await;
        let publications = city(&store, CODE)
            .await
            .publications()
            .await
            .expect("a list");
        store.close().await;
        let open = publications.iter().find(|p| p.withdrawn.is_none());
        open.expect("one is public").document
    })
}

fn remove(database: &Location) {
    for ending in ["", "-wal", "-shm"] {
        // Not all of them need be there.
        let _ = fs::remove_file(of(database, ending));
    }
}

#[test]
fn what_is_withdrawn_in_a_copy_in_its_place_is_withdrawn() {
    let folder = new_folder("replaced-copy");
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let document = published(&database);
    let page = format!("/documents/{document}");
    let server = Server::start(&database, &folder.join("log"));
    Server::comes_to(&server.public, &page, "HTTP/1.1 200");
    let copy = folder.join("copy.sqlite");
    well(&["backup", path(&copy)], &database);
    remove(&database);
    fs::rename(&copy, of(&database, "")).expect("another file in its place");
    let words = [
        "withdraw",
        &document.to_string(),
        "--reason",
        "個人情報を含むため",
    ];
    let said = well(&words, &database);
    assert!(
        said.contains("確かめられません") && said.contains(&page),
        "{said}"
    );
    Server::comes_to(&server.public, &page, "HTTP/1.1 410");
    Server::comes_to(&server.operations, "/metrics", "meguri_database_up 1");
    let log = fs::read_to_string(folder.join("log")).expect("the log");
    assert!(log.contains("WARN") && log.contains("replaced"), "{log}");
    well(&["audit", "verify"], &database);
}

#[test]
fn a_file_that_is_gone_is_told_and_its_return_is_noticed() {
    let folder = new_folder("replaced-gone");
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let document = published(&database);
    let page = format!("/documents/{document}");
    let backup = folder.join("b.sqlite");
    well(&["backup", path(&backup)], &database);
    let server = Server::start(&database, &folder.join("log"));
    Server::comes_to(&server.operations, "/metrics", "meguri_database_up 1");
    remove(&database);
    Server::comes_to(&server.operations, "/metrics", "meguri_database_up 0");
    Server::comes_to(&server.public, &page, "HTTP/1.1 200");
    let log = fs::read_to_string(folder.join("log")).expect("the log");
    assert!(
        log.contains("WARN") && log.contains("なくなっています"),
        "{log}"
    );
    well(&["restore", path(&backup)], &database);
    Server::comes_to(&server.operations, "/metrics", "meguri_database_up 1");
    let words = ["withdraw", &document.to_string(), "--reason", "誤り"];
    assert!(meguri(&words, &database).status.success());
    Server::comes_to(&server.public, &page, "HTTP/1.1 410");
}

#[test]
fn a_restore_over_a_damaged_file_is_shown_by_the_running_server() {
    let folder = new_folder("replaced-damaged");
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let document = published(&database);
    let page = format!("/documents/{document}");
    let words = ["withdraw", &document.to_string(), "--reason", "誤り"];
    let copy = file(&folder, "copy.sqlite");
    well(&["backup", path(&of(&copy, ""))], &database);
    well(&words, &copy);
    let backup = folder.join("b.sqlite");
    well(&["backup", path(&backup)], &copy);
    let server = Server::start(&database, &folder.join("log"));
    Server::comes_to(&server.public, &page, "HTTP/1.1 200");
    let mut bytes = fs::read(of(&database, "")).expect("it is read");
    bytes[..100].fill(0xee);
    fs::write(of(&database, ""), bytes).expect("it is damaged");
    well(&["restore", path(&backup), "--force"], &database);
    Server::comes_to(&server.public, &page, "HTTP/1.1 410");
    Server::comes_to(&server.operations, "/metrics", "meguri_database_up 1");
}

#[test]
fn of_two_servers_on_one_index_the_second_says_so_and_both_search() {
    let folder = new_folder("two-servers");
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let first = Server::start(&database, &folder.join("log"));
    let second = Server::start(&database, &folder.join("log2"));
    let log = fs::read_to_string(folder.join("log2")).expect("the log");
    assert!(
        log.contains("MEGURI_INDEX") && log.contains("使用中"),
        "{log}"
    );
    let log = fs::read_to_string(folder.join("log")).expect("the log");
    assert!(!log.contains("MEGURI_INDEX"), "{log}");
    for server in [&first, &second] {
        Server::comes_to(
            &server.public,
            "/search?q=%E7%92%B0%E5%A2%83",
            "HTTP/1.1 200",
        );
    }
}
