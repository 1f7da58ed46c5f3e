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
fn without_anybody_who_signs_in_no_other_machine_is_let_in() {
    let folder = folder("outside");
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
}

#[test]
fn a_fresh_installation_gets_its_first_person_by_one_command() {
    let folder = crate::keep::new_folder("first-person");
    let first = [
        "user",
        "add",
        "kanri",
        "--label",
        "管理",
        "--municipality",
        "小平市",
    ];
    let (code, told) = said(&first, &folder);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("最初の利用者です"), "{told}");
    let (code, told) = said(&first, &folder);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("すでに使われています"), "{told}");
    let role = [
        "user",
        "add",
        "sato",
        "--label",
        "佐藤",
        "--role",
        "課長=環境課",
    ];
    let (code, told) = said(&role, &folder);
    assert_eq!(
        (code, told.contains("最初の利用者です")),
        (Some(0), false),
        "{told}"
    );
    let (_, listed) = said(&["user", "list"], &folder);
    assert_eq!(
        listed,
        "kanri　管理　システム管理者\nsato　佐藤　課長=環境課\n"
    );
    for (words, wrong) in [
        (
            &["user", "grant", "sato", "--role", "市長"][..],
            "使える役割は",
        ),
        (&["user", "reset", "nobody"], "登録されていません"),
        (&["user", "add", "x y", "--label", "z"], "使えません"),
        (
            &["user", "grant", "sato", "--role", "所管課"],
            "課の指定が必要",
        ),
    ] {
        let (code, told) = said(words, &folder);
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains(wrong), "{told}");
    }
}

#[test]
fn the_first_person_signs_in_and_no_secret_is_logged() {
    let folder = folder("logged");
    database(&folder);
    let (code, told) = said(&["municipality", "set", "000000", "小平市"], &folder);
    assert_eq!(code, Some(0), "{told}");
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
