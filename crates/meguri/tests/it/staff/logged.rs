//! The program as a process: registering, signing in, and what its log says of it.

use crate::serve::{addresses, database, folder, program};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;

/// Sends a form; the answer.
fn post(address: &str, path: &str, form: &str, cookie: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    let length = form.len();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nCookie: {cookie}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{form}"
    );
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

fn said(words: &[&str], folder: &std::path::Path) -> (Option<i32>, String) {
    let output = program(words, folder).output().expect("it runs");
    let all = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&all).into_owned(),
    )
}

#[test]
fn the_first_person_signs_in_and_no_secret_is_logged() {
    let folder = folder("logged");
    database(&folder);
    let outside = program(&["serve"], &folder)
        .env("MEGURI_ADDRESS", "127.0.0.1:0")
        .env("MEGURI_INTERNAL_ADDRESS", "0.0.0.0:0")
        .env("MEGURI_OPERATIONS_ADDRESS", "off")
        .output()
        .expect("it runs");
    assert_eq!(
        outside.status.code(),
        Some(2),
        "never open to other machines"
    );
    assert!(String::from_utf8_lossy(&outside.stderr).contains("meguri user add"));

    let (code, told) = said(
        &["user", "add", "yamada-t", "--label", "山田 太郎"],
        &folder,
    );
    assert_eq!(code, Some(0), "{told}");
    let (_, rest) = told.split_once("最初のパスワード：").expect("a password");
    let start: String = rest.chars().take(19).collect();
    let (_, listed) = said(&["user", "list"], &folder);
    assert!(
        listed.contains("yamada-t　山田 太郎　システム管理者"),
        "{listed}"
    );
    assert!(!listed.contains(&start), "it is shown once");

    let mut command = program(&["serve"], &folder);
    for name in ["ADDRESS", "INTERNAL_ADDRESS", "OPERATIONS_ADDRESS"] {
        command.env(format!("MEGURI_{name}"), "127.0.0.1:0");
    }
    let mut child = command
        .env("MEGURI_LOG_LEVEL", "trace")
        .spawn()
        .expect("it starts");
    let addresses = addresses(&mut child);
    let [_, house, ..] = addresses.as_slice() else {
        panic!("{addresses:?}")
    };
    let form = format!("name=yamada-t&password={start}&to=/");
    let entered = post(house, "/sign-in", &form, "");
    assert!(entered.contains("location: /account/password"), "{entered}");
    let (_, cookie) = entered.split_once("set-cookie: ").expect("a cookie");
    let cookie = cookie.split(';').next().expect("a pair").to_owned();
    let new = "kaki no tane to cha";
    let form = format!("new-password={new}&new-password-again={new}");
    let changed = post(house, "/account/password", &form, &cookie);
    assert!(changed.starts_with("HTTP/1.1 303"), "{changed}");
    let wrong = post(
        house,
        "/sign-in",
        "name=hunter22hunter22&password=nonsense",
        "",
    );
    assert!(wrong.starts_with("HTTP/1.1 422"), "{wrong}");

    let (code, told) = said(&["user", "disable", "yamada-t"], &folder);
    assert_eq!(code, Some(0), "{told}");
    let (code, told) = said(&["audit", "verify"], &folder);
    assert_eq!(code, Some(0), "{told}");
    let stop = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    assert!(stop.is_ok_and(|status| status.success()));
    let output = child.wait_with_output().expect("it ends");
    let log = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(log.contains("/sign-in"), "requests are logged: {log}");
    let token = cookie.split_once('=').expect("a token").1;
    for secret in [start.as_str(), new, token, "hunter22", "nonsense", "argon2"] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
    let file = std::fs::read(folder.join("meguri.sqlite")).expect("the database");
    let wal = std::fs::read(folder.join("meguri.sqlite-wal")).unwrap_or_default();
    let kept = String::from_utf8_lossy(&[file, wal].concat()).into_owned();
    for secret in [start.as_str(), new, token, "hunter22", "nonsense"] {
        assert!(!kept.contains(secret), "{secret} is in the database");
    }
}
