//! Reminders by a real mail server.

use crate::town::{Town, planning};
use meguri_app::actions::cycle::remind::{NotSent, Reminder, remind};
use meguri_app::mail::{MailFault, MailSecurity, MailSettings, try_server};
use meguri_core::access::Role;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A mail server that runs as long as this is held.
struct MailServer {
    child: Child,
    output: BufReader<ChildStdout>,
    port: u16,
}

impl MailServer {
    /// Starts it; `None` where Python has no mail server and need not have one.
    fn start() -> Option<Self> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let python = target
            .parent()
            .unwrap_or(target)
            .join("python-for-tests/bin/python3");
        if !python.exists() {
            assert!(
                std::env::var_os("MEGURI_BROWSER").is_none(),
                "no mail server at {}",
                python.display()
            );
            eprintln!("SKIPPED: no mail server (`cargo xtask test` gets what is missing)");
            return None;
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp.py");
        let mut child = Command::new(python)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let output = child.stdout.take().expect("its output");
        let mut server = Self {
            child,
            output: BufReader::new(output),
            port: 0,
        };
        server.port = server.line().trim().parse().expect("a port");
        Some(server)
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a line");
        line
    }

    fn letter(&mut self) -> Value {
        serde_json::from_str(&self.line()).expect("a letter")
    }

    fn settings(&self) -> MailSettings {
        MailSettings {
            host: "127.0.0.1".to_owned(),
            port: self.port,
            security: MailSecurity::Off,
            from: "hyoka@example.lg.jp".to_owned(),
            sign_in: None,
        }
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        // It may be gone already; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_person_gets_a_letter_of_their_own_sheets() {
    let Some(mut server) = MailServer::start() else {
        return;
    };
    let town = Town::new().await;
    let cycle = town.open("strategy", 2019).await;
    for name in ["entry", "refused", "second"] {
        town.account(name, Role::Entry, "s1").await;
    }
    assert_eq!(try_server(&server.settings()).await, Ok(()));
    let before = town.city.audit_head().await.expect("a head").0;
    let reminder = Reminder {
        accounts: ["entry", "refused", "second"].map(str::to_owned).to_vec(),
        words: "〜よろしくお願いします。".to_owned(),
        address: "https://meguri.example.lg.jp".to_owned(),
        city: "みずほ野市".to_owned(),
    };
    let answers = remind(
        &town.city,
        &cycle,
        &reminder,
        &server.settings(),
        &planning(),
    )
    .await;
    let answers = answers.expect("asked");
    assert_eq!(answers[0].answer, Ok(()));
    let refused = &answers[1].answer;
    assert!(
        matches!(refused, Err(NotSent::Mail(MailFault::Refused(_)))),
        "{refused:?}"
    );
    assert_eq!(
        answers[2].answer,
        Ok(()),
        "one refusal stops nobody else's letter"
    );
    for name in ["entry", "second"] {
        let letter = server.letter();
        assert_eq!(letter["from"], "hyoka@example.lg.jp");
        assert_eq!(
            letter["to"],
            serde_json::json!([format!("{name}@example.lg.jp")])
        );
        let subject = letter["subject"].as_str().expect("a subject");
        assert!(subject.contains(&cycle.kept.label), "{subject}");
        let body = letter["body"].as_str().expect("a body");
        assert!(body.contains(&format!("{name}さん 様")), "{body}");
        assert!(body.contains("〜よろしくお願いします。"), "{body}");
        assert!(body.contains("https://meguri.example.lg.jp/work"), "{body}");
    }
    let lines = town.city.audit(before, 10).await.expect("lines");
    let noted: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.after.as_deref())
        .collect();
    let sheets = town.sheets(&cycle).await.len();
    assert_eq!(noted, [format!("entry {sheets}\nsecond {sheets}")]);
    town.audit_holds().await;
    town.close().await;
}
