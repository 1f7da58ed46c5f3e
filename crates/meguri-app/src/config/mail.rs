//! The settings of mail.

use super::Written;
use crate::mail::{MailSecurity, MailSettings};
use crate::scheme_file::FileFault;
use std::path::{Path, PathBuf};

/// The settings of mail; `None` where none is to be sent. What is wrong with them is noted.
pub(super) fn mail<'a>(
    written: &Written,
    value: impl Fn(&'static str, &Option<String>) -> Option<(&'a str, String)>,
    folder: &Path,
    faults: &mut Vec<FileFault>,
) -> Option<MailSettings> {
    let (from_server, server) = value("mail_server", &written.mail_server)?;
    let security = match value("mail_security", &written.mail_security) {
        None => MailSecurity::StartTls,
        Some((from, text)) => security(from, &text)
            .map_err(|fault| faults.push(fault))
            .ok()?,
    };
    let Some((host, port)) = host_and_port(&server, security) else {
        faults.push(FileFault::new(
            format!("「{from_server}」の「{server}」は、メールサーバーとして使えません。"),
            "「smtp.example.lg.jp」又は「smtp.example.lg.jp:587」のように書いてください。",
        ));
        return None;
    };
    let Some((from, sender)) = value("mail_from", &written.mail_from) else {
        faults.push(FileFault::new(
            "「mail_server」がありますが、「mail_from」がありません。".to_owned(),
            "差出人のアドレスを、mail_from に「hyoka@example.lg.jp」のように書いてください。",
        ));
        return None;
    };
    if sender.trim().parse::<lettre::Address>().is_err() {
        faults.push(FileFault::new(
            format!("「{from}」の「{sender}」は、メールアドレスの形ではありません。"),
            "差出人のアドレスを「hyoka@example.lg.jp」のように書いてください。",
        ));
        return None;
    }
    let user = value("mail_user", &written.mail_user).map(|(_, user)| user);
    let file = value("mail_password_file", &written.mail_password_file);
    let sign_in = match (user, file) {
        (Some(user), Some((from, file))) => Some((user, password_file(from, &file, folder))),
        (None, None) => None,
        _ => {
            faults.push(FileFault::new(
                "「mail_user」と「mail_password_file」の一方だけがあります。".to_owned(),
                "サインインが要るサーバーでは両方を書き、要らないサーバーでは両方とも消してください。",
            ));
            return None;
        }
    };
    Some(MailSettings {
        host,
        port,
        security,
        from: sender.trim().to_owned(),
        sign_in,
    })
}

/// A file of the settings is counted from their folder, one of the environment from here.
fn password_file(from: &str, file: &str, folder: &Path) -> PathBuf {
    if from == "mail_password_file" {
        folder.join(file)
    } else {
        PathBuf::from(file)
    }
}

fn security(from: &str, text: &str) -> Result<MailSecurity, FileFault> {
    match text.trim() {
        "off" => Ok(MailSecurity::Off),
        "starttls" => Ok(MailSecurity::StartTls),
        "tls" => Ok(MailSecurity::Tls),
        _ => Err(FileFault::new(
            format!("「{from}」の「{text}」は、使える値ではありません。"),
            "off（暗号化しない）、starttls、tls のどれかを書いてください。",
        )),
    }
}

/// The host with its port, the usual one where none is written.
fn host_and_port(server: &str, security: MailSecurity) -> Option<(String, u16)> {
    let server = server.trim();
    let usual = match security {
        MailSecurity::Off => 25,
        MailSecurity::StartTls => 587,
        MailSecurity::Tls => 465,
    };
    let (host, port) = match server.rsplit_once(':') {
        // An address of the sixth version stands in brackets where a port follows.
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
            (host, port.parse::<u16>().ok().filter(|port| *port > 0)?)
        }
        _ => (server, usual),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '_');
    (!host.is_empty() && host.chars().all(plain)).then(|| (host.to_owned(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_has_the_port_that_is_written_or_the_usual_one() {
        for (text, security, host, port) in [
            (
                "smtp.example.lg.jp",
                MailSecurity::StartTls,
                "smtp.example.lg.jp",
                587,
            ),
            (
                "smtp.example.lg.jp",
                MailSecurity::Off,
                "smtp.example.lg.jp",
                25,
            ),
            ("10.0.0.1:2525", MailSecurity::Off, "10.0.0.1", 2525),
            ("[::1]:2525", MailSecurity::Tls, "::1", 2525),
            ("::1", MailSecurity::Tls, "::1", 465),
        ] {
            let found = host_and_port(text, security);
            assert_eq!(found, Some((host.to_owned(), port)), "{text}");
        }
        for text in [
            "",
            "smtp://a.jp",
            "a b",
            "a:0",
            "a:70000",
            "a:x",
            "あ.jp",
            "[]:25",
        ] {
            assert_eq!(host_and_port(text, MailSecurity::Off), None, "{text}");
        }
    }
}
