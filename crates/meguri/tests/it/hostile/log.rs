//! Whatever becomes of the log, requests are answered and the server stops when asked.

use super::{Running, until};
use crate::serve::get;
use std::fs::OpenOptions;
use std::io::pipe;
use std::process::Stdio;
use std::time::Duration;

fn serves_and_stops(server: Running, requests: usize) {
    for number in 0..requests {
        let answer = get(&server.pages, "/plans/evaluation");
        assert!(answer.starts_with("HTTP/1.1 200"), "{number}: {answer}");
    }
    assert!(get(&server.operations, "/health").ends_with("ok\n"));
    until("lost lines are counted", || {
        server.counter("meguri_log_lines_lost_total") > 0
    });
    let took = server.stop();
    assert!(took < Duration::from_secs(3), "{took:?}");
}

#[test]
fn a_log_on_a_full_disk_stops_nothing() {
    let server = Running::start("log-full", |command| {
        let full = OpenOptions::new().write(true).open("/dev/full");
        command.stderr(full.expect("/dev/full"));
    });
    serves_and_stops(server, 20);
}

#[test]
fn a_log_whose_reader_has_ended_stops_nothing() {
    let server = Running::start("log-closed", |command| {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        command.stderr(writer);
    });
    serves_and_stops(server, 20);
}

#[test]
fn a_log_that_nobody_reads_stops_nothing() {
    let (reader, writer) = pipe().expect("a pipe");
    let server = Running::start("log-unread", |command| {
        command.stderr(writer).env("MEGURI_LOG_LEVEL", "trace");
    });
    // More than a pipe and the queue hold together.
    serves_and_stops(server, 6_000);
    drop(reader);
}

#[test]
fn words_to_a_person_who_reads_none_stop_nothing() {
    // A pipe that is full before the program begins takes neither its log nor its last word.
    let (reader, mut writer) = pipe().expect("a pipe");
    let warmer = writer.try_clone().expect("a handle");
    std::thread::spawn(move || {
        use std::io::Write;
        let mut warmer = warmer;
        // It ends with the reader.
        let _ = warmer.write_all(&vec![b'x'; 1 << 20]);
    });
    std::thread::sleep(Duration::from_millis(200));
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr());
    let address = port.expect("a free port").to_string();
    let paper = crate::golden::root("samples/mizuhono/evaluation.txt");
    let words = ["serve", &paper.to_string_lossy()];
    let mut command = crate::serve::program(&words, &crate::serve::folder("words-unread"));
    command
        .env("MEGURI_ADDRESS", &address)
        .env("MEGURI_OPERATIONS_ADDRESS", "off")
        .stdout(Stdio::from(writer.try_clone().expect("a handle")))
        .stderr(Stdio::from(writer.try_clone().expect("a handle")));
    use std::io::Write;
    writer.flush().expect("nothing to do");
    let child = command.spawn().expect("it starts");
    until("it listens", || {
        std::net::TcpStream::connect(&address).is_ok()
    });
    let server = Running {
        child,
        pages: address,
        operations: String::new(),
    };
    let answer = get(&server.pages, "/plans/evaluation");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let took = server.stop();
    assert!(took < Duration::from_secs(4), "{took:?}");
    drop(reader);
}
