//! Connections that send nothing, stop in the middle or take nothing have an end, and leave room.

use super::{Running, until};
use crate::serve::{addresses, database, folder, get, get_as, program};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn connect(address: &str, begin: &str) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(address).ok()?;
    let time = Some(Duration::from_secs(8));
    stream.set_read_timeout(time).expect("a time");
    stream.set_write_timeout(time).expect("a time");
    stream.write_all(begin.as_bytes()).ok()?;
    Some(stream)
}

/// How long until the other side ends the connection.
fn until_closed(stream: &mut TcpStream) -> Duration {
    let begin = Instant::now();
    let mut rest = Vec::new();
    if let Err(error) = stream.read_to_end(&mut rest) {
        let open = matches!(
            error.kind(),
            std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
        );
        assert!(!open, "it is still open after {:?}", begin.elapsed());
    }
    begin.elapsed()
}

#[test]
fn waiting_for_a_request_has_an_end() {
    let server = Running::start("head-time", |command| {
        command
            .env("MEGURI_HEAD_SECONDS", "1")
            .env("MEGURI_IDLE_SECONDS", "3");
    });
    let whole = "GET /about HTTP/1.1\r\nHost: x\r\n\r\n";
    for (begin, least, most) in [
        ("", 500, 2_500),
        ("GET / HTTP/1.1\r\nHost: x\r\n", 500, 2_500),
        ("G", 500, 2_500),
        (whole, 2_000, 6_000),
        (&format!("{whole}GET / HT"), 500, 4_500),
    ] {
        let mut stream = connect(&server.pages, begin).expect("connected");
        let took = until_closed(&mut stream).as_millis();
        assert!((least..most).contains(&took), "{begin:?}: {took} ms");
    }
    // One byte now and then does not help.
    let mut stream = connect(&server.pages, "GET / HTTP/1.1\r\n").expect("connected");
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(5) && stream.write_all(b"x").is_ok() {
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(
        begin.elapsed() < Duration::from_secs(3),
        "{:?}",
        begin.elapsed()
    );
    let log = server.stop();
    assert!(log < Duration::from_secs(2), "{log:?}");
}

#[test]
fn a_reader_that_takes_nothing_is_cut() {
    let server = Running::start("write-time", |command| {
        command
            .env("MEGURI_WRITE_SECONDS", "1")
            .env("MEGURI_IDLE_SECONDS", "60");
    });
    // More than the buffers of the system hold.
    let style = meguri_web::assets::style_path();
    let asked = format!("GET {style} HTTP/1.1\r\nHost: x\r\n\r\n").repeat(1_500);
    let readers: Vec<TcpStream> = (0..10)
        .filter_map(|_| {
            let mut stream = TcpStream::connect(&server.pages).ok()?;
            let time = Some(Duration::from_millis(300));
            stream.set_write_timeout(time).expect("a time");
            // The server stops reading when its answers are not taken.
            let _ = stream.write_all(asked.as_bytes());
            Some(stream)
        })
        .collect();
    assert_eq!(readers.len(), 10);
    until("all of them are cut", || {
        server.counter("meguri_connections{listener=\"public\"}") == 0
    });
    assert!(get(&server.pages, "/about").starts_with("HTTP/1.1 200"));
    drop(readers);
}

/// Asks for more than the buffers hold, and takes so many bytes at a time; how many it got until the
/// server cut it or the time was over.
fn taken(address: &str, bytes: usize, pause: Duration, time: Duration) -> (usize, bool) {
    let style = meguri_web::assets::style_path();
    let asked = format!("GET {style} HTTP/1.1\r\nHost: x\r\n\r\n").repeat(1_500);
    let mut stream = TcpStream::connect(address).expect("connected");
    let patience = Some(Duration::from_millis(500));
    stream.set_write_timeout(patience).expect("a time");
    stream.set_read_timeout(patience).expect("a time");
    // The server stops reading when its answers are not taken.
    let _ = stream.write_all(asked.as_bytes());
    let (begin, mut piece, mut all) = (Instant::now(), vec![0; bytes], 0);
    while begin.elapsed() < time {
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => return (all, false),
            Ok(read) => all += read,
        }
        std::thread::sleep(pause);
    }
    // What is sent behind a cut tells of it, after a moment.
    let open = (0..3).all(|_| {
        std::thread::sleep(Duration::from_millis(50));
        stream.write_all(b"GET").is_ok()
    });
    (all, open)
}

#[test]
fn a_slow_reader_is_served_and_one_that_takes_a_byte_now_and_then_is_cut() {
    let server = Running::start("slow-readers", |command| {
        command
            .env("MEGURI_WRITE_SECONDS", "3")
            .env("MEGURI_IDLE_SECONDS", "60");
    });
    let address = server.pages.clone();
    let trickle = std::thread::spawn(move || {
        let pause = Duration::from_millis(500);
        taken(&address, 1, pause, Duration::from_secs(9))
    });
    let address = server.pages.clone();
    let slow = std::thread::spawn(move || {
        // A tenth of a megabyte a second, for three times as long as nothing may be taken.
        let pause = Duration::from_millis(200);
        taken(&address, 24_000, pause, Duration::from_secs(9))
    });
    std::thread::sleep(Duration::from_millis(500));
    assert!(get(&server.pages, "/about").starts_with("HTTP/1.1 200"));
    let (bytes, open) = trickle.join().expect("it ends");
    assert!(!open, "who takes {bytes} bytes is cut");
    let (bytes, open) = slow.join().expect("it ends");
    assert!(open && bytes > 600_000, "{bytes} bytes");
}

#[test]
fn a_flood_of_connections_leaves_room_for_others_and_a_stop_is_quick() {
    let folder = folder("flood");
    database(&folder);
    let program = program(&["serve"], &folder);
    // As on a machine with few descriptors.
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -n 160; exec \"$0\" serve"])
        .arg(program.get_program())
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for name in ["ADDRESS", "INTERNAL_ADDRESS", "OPERATIONS_ADDRESS"] {
        command.env(format!("MEGURI_{name}"), "127.0.0.1:0");
    }
    // Half requests are not cut by time alone before the test has ended.
    command.env("MEGURI_HEAD_SECONDS", "120");
    let mut child = command.spawn().expect("it starts");
    let found = addresses(&mut child);
    let [public, internal, operations, ..] = found.as_slice() else {
        panic!("{found:?}")
    };
    let half = "GET / HTTP/1.1\r\nHost: x\r\n";
    let flood = |address: &str, count| -> Vec<TcpStream> {
        (0..count).filter_map(|_| connect(address, half)).collect()
    };
    let open = flood(public, 400);
    assert!(open.len() > 100, "{}", open.len());
    let begin = Instant::now();
    assert!(get(public, "/").starts_with("HTTP/1.1 200"));
    assert!(get_as(internal, "/", "localhost").starts_with("HTTP/1.1 200"));
    assert!(get(operations, "/health").ends_with("ok\n"));
    assert!(get(operations, "/ready").ends_with("ready\n"));
    let metrics = get(operations, "/metrics");
    // Far below the time for the half requests; a queue that overflows is tried again by the system.
    assert!(
        begin.elapsed() < Duration::from_secs(60),
        "{:?}",
        begin.elapsed()
    );
    let ended = "meguri_connections_ended_for_others_total{listener=\"public\"} ";
    let ended = metrics.lines().find_map(|line| line.strip_prefix(ended));
    assert!(ended.is_some_and(|count| count != "0"), "{metrics}");
    let others = [flood(internal, 100), flood(operations, 100)];
    assert!(get(operations, "/health").ends_with("ok\n"));
    let begin = Instant::now();
    super::terminate(&child);
    assert!(super::ended(&mut child, Duration::from_secs(9)));
    assert!(
        begin.elapsed() < Duration::from_secs(2),
        "{:?}",
        begin.elapsed()
    );
    drop((open, others));
    let mut log = String::new();
    let mut output = child.stderr.take().expect("its log");
    output.read_to_string(&mut log).expect("UTF-8");
    let told = log.matches("the most connections are open").count();
    assert!((1..=9).contains(&told), "{told}: {log}");
}

#[test]
fn an_answer_on_its_way_is_finished_before_the_stop() {
    let server = Running::start("last-answer", |_| {});
    let count = 400;
    let asked = "GET /plans/evaluation HTTP/1.1\r\nHost: x\r\n\r\n".repeat(count);
    let mut stream = connect(&server.pages, &asked).expect("connected");
    let reader = std::thread::spawn(move || {
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        String::from_utf8_lossy(&all).into_owned()
    });
    std::thread::sleep(Duration::from_millis(100));
    let took = server.stop();
    assert!(took < Duration::from_secs(5), "{took:?}");
    let all = reader.join().expect("read");
    assert!(all.starts_with("HTTP/1.1 200"));
    assert!(
        all.trim_end().ends_with("</html>"),
        "the last page is whole"
    );
}

#[test]
fn a_request_must_name_one_host() {
    let server = Running::start("hosts", |_| {});
    for (head, status) in [
        (
            "GET /about HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "200",
        ),
        ("GET /about HTTP/1.1\r\nConnection: close\r\n\r\n", "400"),
        (
            "GET /about HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n",
            "400",
        ),
        ("GET /about HTTP/1.0\r\n\r\n", "200"),
    ] {
        for address in [&server.pages, &server.operations] {
            let mut stream = connect(address, &head.replace("/about", path(address, &server)))
                .expect("connected");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).expect("an answer");
            let line = answer.lines().next().unwrap_or_default();
            assert!(line.contains(status), "{head:?}: {line}");
        }
    }
}

fn path<'a>(address: &str, server: &Running) -> &'a str {
    if address == server.pages {
        "/about"
    } else {
        "/health"
    }
}
