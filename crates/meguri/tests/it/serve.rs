//! The server as a process: starts, tells where, answers, stops when asked; and the doctor.

use crate::golden::root;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A folder of its own below the build folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn program(words: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meguri"));
    command.args(words).current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The first addresses that the program prints: pages, then operations.
fn addresses(child: &mut Child) -> Vec<String> {
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
    found.into_iter().map(|address| address.split('/').next().unwrap_or("").to_owned()).collect()
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[cfg(unix)]
#[test]
fn it_serves_papers_and_ends_well_when_asked_to_stop() {
    let paper = root("samples/mizuhono/evaluation.txt");
    let mut command = program(&["serve", &paper.to_string_lossy()], &folder("serve"));
    command.env("MEGURI_ADDRESS", "127.0.0.1:0").env("MEGURI_OPERATIONS_ADDRESS", "127.0.0.1:0");
    let mut child = command.env("MEGURI_LOG_FORMAT", "json").spawn().expect("it starts");
    let addresses = addresses(&mut child);
    let [pages, operations, ..] = addresses.as_slice() else { panic!("{addresses:?}") };
    assert!(get(pages, "/plans/evaluation?word=secret").starts_with("HTTP/1.1 200"));
    assert!(get(pages, "/metrics").starts_with("HTTP/1.1 404"), "counters are not published");
    assert!(get(operations, "/health").ends_with("ok\n"));
    let metrics = get(operations, "/metrics");
    assert!(metrics.contains("route=\"/plans/{plan}\",status=\"200\"} 1"), "{metrics}");
    assert!(metrics.contains("meguri_documents 1"), "{metrics}");
    let stop = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(stop.is_ok_and(|status| status.success()));
    let mut log = String::new();
    child.stderr.take().expect("its log").read_to_string(&mut log).expect("UTF-8");
    assert!(child.wait().expect("it ends").success(), "{log}");
    let lines = log.lines().map(serde_json::from_str::<serde_json::Value>);
    let lines: Vec<_> = lines.collect::<Result<_, _>>().expect("every line is JSON");
    let answered = lines.iter().find(|line| line["path"] == "/plans/evaluation");
    assert!(answered.is_some_and(|line| line["status"] == 200), "{log}");
    assert!(!log.contains("secret"), "what people ask for is not logged");
}

#[test]
fn the_demo_takes_another_port_where_its_own_is_in_use() {
    // One of the two cannot have the usual port, whoever else runs here.
    let mut children = [(); 2].map(|()| {
        let mut command = program(&["demo"], &folder("demo"));
        command.stderr(Stdio::null()).spawn().expect("it starts")
    });
    let found: Vec<Vec<String>> = children.iter_mut().map(addresses).collect();
    let answers: Vec<String> =
        found.iter().filter_map(|a| a.first()).map(|address| get(address, "/")).collect();
    for mut child in children {
        child.kill().expect("it runs");
        child.wait().expect("it ends");
    }
    assert_eq!(answers.len(), 2);
    assert_ne!(found.first().and_then(|a| a.first()), found.last().and_then(|a| a.first()));
    assert!(answers.iter().all(|answer| answer.starts_with("HTTP/1.1 200")), "{answers:?}");
}

fn text(output: &Output) -> String {
    let both = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8(both).expect("UTF-8")
}

#[test]
fn a_port_in_use_is_told_with_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("its address").to_string();
    for words in [&["serve"][..], &["doctor"]] {
        let mut command = program(words, &folder("taken"));
        command.env("MEGURI_ADDRESS", &address).env("MEGURI_OPERATIONS_ADDRESS", "off");
        let output = command.output().expect("it runs");
        let told = text(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("ほかのプログラムが使用中です") && told.contains("対応："), "{told}");
    }
}

#[test]
fn the_doctor_looks_at_settings_files_and_names() {
    let folder = folder("doctor");
    let settings = folder.join("sound.toml");
    let paper = root("samples/mizuhono/reform.txt");
    let text_of = |files: &str| {
        format!("address = \"127.0.0.1:0\"\noperations_address = \"off\"\nfiles = [{files}]\n")
    };
    std::fs::write(&settings, text_of(&format!("{:?}", paper.to_string_lossy()))).expect("written");
    let doctor = |file: &Path| {
        program(&["doctor", "--config", &file.to_string_lossy()], &folder)
            .output()
            .expect("it runs")
    };
    let output = doctor(&settings);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(text(&output).contains("問題はありません"), "{}", text(&output));
    let broken = folder.join("broken.toml");
    std::fs::write(&broken, text_of("\"gone.txt\"")).expect("written");
    let output = doctor(&broken);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert!(text(&output).contains("ファイルが見つかりません"), "{}", text(&output));
    std::fs::write(&broken, "adress = \"x\"\n").expect("written");
    let output = doctor(&broken);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert!(text(&output).contains("1行目"), "{}", text(&output));
}
