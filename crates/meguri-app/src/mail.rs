//! Mail by the city's own server (SMTP). Without settings nothing is sent, and what would be sent is
//! shown for copying.
//!
//! A server that hangs keeps nobody but who sends: each letter has a limit of time, and after the
//! first letter that finds no server the others are not tried.

use crate::regular;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncTransport, Tokio1Executor};
use std::path::PathBuf;
use std::time::Duration;
use thiserror::Error;

/// How long the server may take for one letter.
const PATIENCE: Duration = Duration::from_secs(if cfg!(test) { 1 } else { 10 });

/// How mail is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    /// The name or address of the server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Is the connection encrypted?
    pub security: MailSecurity,
    /// Who sends.
    pub from: String,
    /// The name by which the program signs in there, with the file that holds its password.
    pub sign_in: Option<(String, PathBuf)>,
}

/// Is the connection to the mail server encrypted?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailSecurity {
    /// No: within the town hall.
    Off,
    /// It begins openly and is encrypted before anything is said.
    StartTls,
    /// From the beginning.
    Tls,
}

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Where it goes.
    pub to: String,
    /// What it is about, in one line.
    pub subject: String,
    /// Its text.
    pub body: String,
}

/// Why a letter was not sent.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum MailFault {
    /// An address is none.
    #[error(
        "メールアドレス「{0}」は、アドレスの形ではありません。利用者の登録又は設定を直してください。"
    )]
    Address(String),
    /// The password cannot be read.
    #[error("メールサーバーのパスワードのファイル（設定「mail_password_file」）を読めません：{0}")]
    Password(String),
    /// The server cannot be reached, does not answer in time, or does not let us in.
    #[error(
        "メールサーバー（{server}）で送信できません：{why}。設定「mail_server」などを確かめてください。"
    )]
    Server {
        /// Its name and port.
        server: String,
        /// What it said, or what happened.
        why: String,
    },
    /// The server does not take this letter.
    #[error("メールサーバーが受け付けませんでした：{0}")]
    Refused(String),
    /// It was not tried, since the server could not be reached for the one before.
    #[error("前の宛先で送信できなかったため、送信していません。")]
    NotTried,
}

/// Sends letters one after the other; an answer for each, in their order.
pub async fn send_all(settings: &MailSettings, letters: &[Letter]) -> Vec<Result<(), MailFault>> {
    let transport = match transport(settings) {
        Ok(transport) => transport,
        Err(fault) => return letters.iter().map(|_| Err(fault.clone())).collect(),
    };
    let (mut answers, mut is_gone) = (Vec::with_capacity(letters.len()), false);
    for letter in letters {
        let answer = if is_gone {
            Err(MailFault::NotTried)
        } else {
            send(settings, &transport, letter).await
        };
        is_gone |= matches!(answer, Err(MailFault::Server { .. }));
        answers.push(answer);
    }
    answers
}

/// Can the server be reached, and does it let us in?
///
/// # Errors
/// Why not.
pub async fn try_server(settings: &MailSettings) -> Result<(), MailFault> {
    let transport = transport(settings)?;
    let tried = tokio::time::timeout(PATIENCE, transport.test_connection()).await;
    match tried {
        Ok(Ok(true)) => Ok(()),
        Ok(Ok(false)) => Err(settings.unreachable("応答がありません")),
        Ok(Err(error)) => Err(settings.unreachable(&error.to_string())),
        Err(_) => Err(settings.unreachable(TOO_LONG)),
    }
}

const TOO_LONG: &str = "10秒待っても応答がありません";

async fn send(
    settings: &MailSettings,
    transport: &AsyncSmtpTransport<Tokio1Executor>,
    letter: &Letter,
) -> Result<(), MailFault> {
    let message = Message::builder()
        .from(mailbox(&settings.from)?)
        .to(mailbox(&letter.to)?)
        .subject(letter.subject.replace(char::is_control, " "))
        .header(ContentType::TEXT_PLAIN)
        .body(letter.body.clone())
        .map_err(|error| MailFault::Refused(error.to_string()))?;
    match tokio::time::timeout(PATIENCE, transport.send(message)).await {
        Ok(Ok(_)) => Ok(()),
        // What is said about one letter says nothing about the next.
        Ok(Err(error)) if error.is_permanent() || error.is_transient() => {
            Err(MailFault::Refused(error.to_string()))
        }
        Ok(Err(error)) => Err(settings.unreachable(&error.to_string())),
        Err(_) => Err(settings.unreachable(TOO_LONG)),
    }
}

fn mailbox(address: &str) -> Result<Mailbox, MailFault> {
    let parsed = address.trim().parse::<Address>();
    let address = parsed.map_err(|_| MailFault::Address(address.to_owned()))?;
    Ok(Mailbox::new(None, address))
}

fn transport(settings: &MailSettings) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailFault> {
    let tls = || {
        let parameters = TlsParameters::new(settings.host.clone());
        parameters.map_err(|error| settings.unreachable(&error.to_string()))
    };
    let tls = match settings.security {
        MailSecurity::Off => Tls::None,
        MailSecurity::StartTls => Tls::Required(tls()?),
        MailSecurity::Tls => Tls::Wrapper(tls()?),
    };
    let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host);
    let mut builder = builder.port(settings.port).tls(tls).timeout(Some(PATIENCE));
    if let Some((name, file)) = &settings.sign_in {
        let password = regular::read_text(file);
        let password = password.map_err(|error| MailFault::Password(error.to_string()))?;
        let password = password.trim_end_matches(['\r', '\n']).to_owned();
        builder = builder.credentials(Credentials::new(name.clone(), password));
    }
    Ok(builder.build())
}

impl MailSettings {
    fn unreachable(&self, why: &str) -> MailFault {
        MailFault::Server {
            server: format!("{}:{}", self.host, self.port),
            why: why.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt;
    use tokio::net::TcpListener;

    fn settings(port: u16) -> MailSettings {
        MailSettings {
            host: "127.0.0.1".to_owned(),
            port,
            security: MailSecurity::Off,
            from: "meguri@example.lg.jp".to_owned(),
            sign_in: None,
        }
    }

    fn letter(to: &str) -> Letter {
        Letter {
            to: to.to_owned(),
            subject: "催促".to_owned(),
            body: "本文".to_owned(),
        }
    }

    #[tokio::test]
    async fn without_a_server_the_first_letter_tells_and_the_others_are_not_tried() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let letters = [letter("a@example.jp"), letter("b@example.jp")];
        let answers = send_all(&settings(port), &letters).await;
        assert!(
            matches!(answers[0], Err(MailFault::Server { .. })),
            "{answers:?}"
        );
        assert_eq!(answers[1], Err(MailFault::NotTried));
    }

    #[tokio::test]
    async fn a_server_that_never_answers_is_told() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut heard = [0_u8; 16];
            // It takes the connection and says nothing.
            let _ = stream.read(&mut heard).await;
            std::future::pending::<()>().await;
        });
        let answers = send_all(&settings(port), &[letter("a@example.jp")]).await;
        let told = answers[0].as_ref().expect_err("no answer").to_string();
        assert!(told.contains("送信できません"), "{told}");
    }

    #[tokio::test]
    async fn what_is_no_address_is_told_without_asking_a_server() {
        for to in ["", "あ", "a@", "a@b\nBcc: c@d", "a b@c.jp"] {
            let answers = send_all(&settings(1), &[letter(to)]).await;
            assert_eq!(answers, [Err(MailFault::Address(to.to_owned()))]);
        }
    }

    #[tokio::test]
    async fn a_password_that_cannot_be_read_is_told() {
        let mut settings = settings(1);
        settings.sign_in = Some(("meguri".to_owned(), PathBuf::from("/no/such/file")));
        let answers = send_all(&settings, &[letter("a@example.jp")]).await;
        assert!(
            matches!(answers[0], Err(MailFault::Password(_))),
            "{answers:?}"
        );
    }
}
