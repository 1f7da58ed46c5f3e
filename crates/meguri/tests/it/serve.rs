//! The server as a process: starts, tells where, answers, stops when asked; and the doctor.

mod doctor;
#[cfg(unix)]
mod open_operations;

use crate::golden::root;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A folder of its own below the build folder.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

pub(crate) fn program(words: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meguri"));
    command
        .args(words)
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The first addresses that the program prints: pages, then operations.
pub(crate) fn addresses(child: &mut Child) -> Vec<String> {
    let output = child.stdout.take().expect("its output");
    let mut found = Vec::new();
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        for word in line.split(|c: char| c.is_whitespace() || c == '：') {
            found.extend(word.strip_prefix("http://").map(str::to_owned));
        }
        if found.len() >= 3 {
            break;
        }
    }
    found
        .into_iter()
        .map(|address| address.split('/').next().unwrap_or("").to_owned())
        .collect()
}

pub(crate) fn get(address: &str, path: &str) -> String {
    get_as(address, path, "x")
}

pub(crate) fn get_as(address: &str, path: &str, host: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    let head = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[cfg(unix)]
#[test]
fn it_serves_papers_and_ends_well_when_asked_to_stop() {
    let paper = root("samples/mizuhono/evaluation.txt");
    let mut command = program(&["serve", &paper.to_string_lossy()], &folder("serve"));
    command
        .env("MEGURI_ADDRESS", "127.0.0.1:0")
        .env("MEGURI_OPERATIONS_ADDRESS", "127.0.0.1:0");
    let mut child = command
        .env("MEGURI_LOG_FORMAT", "json")
        .spawn()
        .expect("it starts");
    let addresses = addresses(&mut child);
    let [pages, operations, ..] = addresses.as_slice() else {
        panic!("{addresses:?}")
    };
    assert!(get(pages, "/plans/evaluation?word=secret").starts_with("HTTP/1.1 200"));
    assert!(
        get(pages, "/metrics").starts_with("HTTP/1.1 404"),
        "counters are not published"
    );
    assert!(get(operations, "/health").ends_with("ok\n"));
    let metrics = get(operations, "/metrics");
    assert!(
        metrics.contains("route=\"/plans/{plan}\",status=\"200\"} 1"),
        "{metrics}"
    );
    assert!(
        metrics.contains("meguri_documents{door=\"house\"} 1"),
        "{metrics}"
    );
    let stop = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    assert!(stop.is_ok_and(|status| status.success()));
    let mut log = String::new();
    child
        .stderr
        .take()
        .expect("its log")
        .read_to_string(&mut log)
        .expect("UTF-8");
    assert!(child.wait().expect("it ends").success(), "{log}");
    let lines = log.lines().map(serde_json::from_str::<serde_json::Value>);
    let lines: Vec<_> = lines.collect::<Result<_, _>>().expect("every line is JSON");
    let answered = lines
        .iter()
        .find(|line| line["path"] == "/plans/evaluation");
    assert!(answered.is_some_and(|line| line["status"] == 200), "{log}");
    assert!(!log.contains("secret"), "what people ask for is not logged");
}

/// A database with one document of the samples.
pub(crate) fn database(folder: &Path) {
    let path = folder.join("meguri.sqlite");
    // What an earlier run left.
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.join(format!("meguri.sqlite{ending}")));
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let by = meguri_store::By::new("政策課", "2026-06-01").expect("a moment");
        let location = meguri_store::Location::File(path);
        let store = meguri_store::Store::open(&location, &by)
            .await
            .expect("it opens")
            .store;
        let code = meguri_store::MunicipalityCode::unset();
        let city = store
            .register(&code, "みずほ野市", &by)
            .await
            .expect("registered");
        crate::web::published::save(&city, "evaluation").await;
        store.close().await;
    });
}

#[cfg(unix)]
#[test]
fn a_running_server_shows_what_another_process_publishes_and_withdraws() {
    let folder = folder("two-doors");
    database(&folder);
    let mut command = program(&["serve"], &folder);
    for name in ["ADDRESS", "INTERNAL_ADDRESS", "OPERATIONS_ADDRESS"] {
        command.env(format!("MEGURI_{name}"), "127.0.0.1:0");
    }
    let mut child = command
        .env("MEGURI_LOG_LEVEL", "error")
        .spawn()
        .expect("it starts");
    let addresses = addresses(&mut child);
    let [public, house, operations, ..] = addresses.as_slice() else {
        panic!("{addresses:?}")
    };
    assert!(get(public, "/plans/evaluation").starts_with("HTTP/1.1 404"));
    assert!(
        get(house, "/plans/evaluation").starts_with("HTTP/1.1 421"),
        "a foreign name"
    );
    assert!(get_as(house, "/plans/evaluation", "localhost").starts_with("HTTP/1.1 200"));

    let output = program(&["publish", "--all"], &folder)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(
        text(&output).contains("evaluation.txt：第1版を公表しました"),
        "{}",
        text(&output)
    );
    shows(public, "/plans/evaluation", "HTTP/1.1 200");
    let again = program(&["publish", "evaluation.txt"], &folder).output();
    let again = text(&again.expect("it runs"));
    assert!(again.contains("変わったところがないため"), "{again}");
    let metrics = get(operations, "/metrics");
    for line in [
        "meguri_documents{door=\"public\"} 1",
        "meguri_database_up 1",
    ] {
        assert!(metrics.contains(line), "{line}: {metrics}");
    }
    let filled = || {
        let metrics = get(operations, "/metrics");
        let is = |line: &str| metrics.lines().any(|known| known == line);
        is("meguri_cache_fill_working{door=\"public\"} 0")
            && !is("meguri_cache_filled_total{door=\"public\"} 0")
    };
    for _ in 0..100 {
        if filled() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert!(filled(), "{}", get(operations, "/metrics"));
    let words = [
        "withdraw",
        "evaluation.txt",
        "--reason",
        "個人情報を含むため",
    ];
    let output = program(&words, &folder).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    shows(public, "/plans/evaluation", "HTTP/1.1 410");
    let stop = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    assert!(stop.is_ok_and(|status| status.success()));
    assert!(child.wait().expect("it ends").success());
}

/// Waits until a page answers so: a server looks for what is new every second.
fn shows(address: &str, path: &str, wanted: &str) {
    let answers = || get(address, path).starts_with(wanted);
    for _ in 0..100 {
        if answers() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{path} never answered {wanted}: {}", get(address, path));
}

#[test]
fn the_index_is_built_by_one_command() {
    let folder = folder("index");
    let _ = std::fs::remove_dir_all(folder.join("meguri.sqlite.index"));
    database(&folder);
    let told = |words: &[&str]| {
        let output = program(words, &folder).output().expect("it runs");
        (output.status.code(), text(&output))
    };
    let (code, nothing) = told(&["index"]);
    assert!(
        code == Some(0) && nothing.contains("作りました（0件"),
        "{nothing}"
    );
    assert_eq!(told(&["publish", "--all"]).0, Some(0));
    let (code, built) = told(&["index"]);
    assert!(
        code == Some(0) && built.contains("作りました（3件"),
        "{built}"
    );
    let (code, same) = told(&["index"]);
    assert!(
        code == Some(0) && same.contains("公表中の内容と一致しています"),
        "{same}"
    );
    let (code, again) = told(&["index", "--rebuild"]);
    assert!(
        code == Some(0) && again.contains("作りました（3件"),
        "{again}"
    );
    std::fs::remove_dir_all(folder.join("meguri.sqlite.index")).expect("removed");
    std::fs::write(folder.join("meguri.sqlite.index"), "a file").expect("written");
    let (code, fault) = told(&["index"]);
    assert!(
        code == Some(2) && fault.contains("同じ名前のファイル"),
        "{fault}"
    );
    std::fs::remove_file(folder.join("meguri.sqlite.index")).expect("removed");
}

#[test]
fn without_a_database_it_says_how_to_make_one() {
    let folder = folder("no-database");
    for words in [&["serve"][..], &["publish", "--all"]] {
        let mut command = program(words, &folder);
        for name in ["ADDRESS", "INTERNAL_ADDRESS"] {
            command.env(format!("MEGURI_{name}"), "127.0.0.1:0");
        }
        let output = command
            .env("MEGURI_OPERATIONS_ADDRESS", "off")
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{}", text(&output));
        assert!(text(&output).contains("meguri import"), "{}", text(&output));
    }
}

#[test]
fn the_demo_takes_another_port_where_its_own_is_in_use() {
    // One of the two cannot have the usual port, whoever else runs here.
    let mut children = [(); 2].map(|()| {
        let mut command = program(&["demo"], &folder("demo"));
        command.stderr(Stdio::null()).spawn().expect("it starts")
    });
    let found: Vec<Vec<String>> = children.iter_mut().map(addresses).collect();
    let answers: Vec<String> = found
        .iter()
        .filter_map(|a| a.first())
        .map(|address| get(address, "/"))
        .collect();
    for mut child in children {
        child.kill().expect("it runs");
        child.wait().expect("it ends");
    }
    assert_eq!(answers.len(), 2);
    assert_ne!(
        found.first().and_then(|a| a.first()),
        found.last().and_then(|a| a.first())
    );
    assert!(
        answers
            .iter()
            .all(|answer| answer.starts_with("HTTP/1.1 200")),
        "{answers:?}"
    );
}

pub(crate) fn text(output: &Output) -> String {
    let both = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8(both).expect("UTF-8")
}

#[test]
fn a_port_in_use_is_told_with_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("its address").to_string();
    for words in [&["serve"][..], &["doctor"]] {
        let mut command = program(words, &folder("taken"));
        command
            .env("MEGURI_ADDRESS", &address)
            .env("MEGURI_OPERATIONS_ADDRESS", "off");
        command.env("MEGURI_INTERNAL_ADDRESS", "off");
        let output = command.output().expect("it runs");
        let told = text(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(
            told.contains("ほかのプログラムが使用中です") && told.contains("対応："),
            "{told}"
        );
    }
}
