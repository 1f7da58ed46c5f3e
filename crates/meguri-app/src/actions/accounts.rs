//! Accounts: registering people and what they may do, and signing in.

pub mod add_account;
pub mod change_account;
pub mod demo;
pub mod deputies;
pub mod own_code;
pub mod own_password;
pub mod reset_password;
pub mod sign_in;
pub mod sign_out;
mod slow_down;

use crate::actions::words::{self, WordsFault};
use crate::context::Refused;
use crate::password::{HashFault, PasswordFault};
use meguri_core::access::{AppointmentRefusal, Grant, Role};
use meguri_core::plan::SectionRegister;
use meguri_core::text::name_key;
use meguri_store::{Account, Error, Municipality};
use thiserror::Error;

/// Characters of the name of an account at most.
const MOST_NAME_CHARS: usize = 64;

/// Grants of one account at most.
const MOST_GRANTS: usize = 50;

/// Why nothing was done.
#[derive(Debug, Error)]
pub enum AccountFault {
    /// The person may not.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The words of a name.
    #[error(transparent)]
    Words(#[from] WordsFault),
    /// What the store says.
    #[error(transparent)]
    Store(#[from] Error),
    /// A password that is not taken.
    #[error(transparent)]
    Password(#[from] PasswordFault),
    /// A password that cannot be hashed.
    #[error(transparent)]
    Hash(#[from] HashFault),
    /// A name that no account can have.
    #[error(
        "利用者名「{0}」は使えません。\n半角の英小文字・数字と「.」「_」「-」「@」で、英字か数字から始まる2～64文字にしてください（例：yamada-t）。"
    )]
    Name(String),
    /// Nobody has such a name.
    #[error(
        "利用者「{0}」は登録されていません。\n「meguri user list」で登録済みの利用者を確かめてください。"
    )]
    Unknown(String),
    /// A person without a name.
    #[error("氏名を入力してください。")]
    NoLabel,
    /// What is no address of mail.
    #[error(
        "「{0}」は電子メールのアドレスとして使えません。「yamada@example.lg.jp」の形で入力してください。"
    )]
    Mail(String),
    /// A role that is not granted.
    #[error("役割「{0}」は利用者に付けられません。")]
    NotGranted(&'static str),
    /// A role without what it is for.
    #[error("役割「{0}」には{1}の指定が必要です。")]
    Without(&'static str, &'static str),
    /// A grant that ends before it begins.
    #[error("役割「{0}」の有効期間の終わりが、始まりより前です。")]
    Backwards(&'static str),
    /// A grant whose days are over.
    #[error("役割「{0}」の有効期間が、すでに終わっています。期間を確かめてください。")]
    Over(&'static str),
    /// What is no day.
    #[error("日付を読み取れません。「2026-04-01」の形で入力してください。")]
    Day,
    /// A grant that is not there, or not any more.
    #[error(
        "その役割は、ほかの人が変更したか、取り消されています。画面を開き直して確かめてください。"
    )]
    NoGrant,
    /// Somebody cannot be a deputy.
    #[error("{}", appointment_words(*.0))]
    Appointment(AppointmentRefusal),
    /// A code that is not the one of now.
    #[error("認証コードが違います。")]
    Code,
    /// Too many grants.
    #[error("一人に付けられる役割は{MOST_GRANTS}件までです。")]
    TooMany,
    /// A section that is not in the list.
    #[error(
        "課「{0}」は課の一覧にありません。\n課の名称か識別名を確かめてください（「meguri show sections」で表示します）。"
    )]
    Section(String),
    /// A department that is not in the list.
    #[error("部「{0}」は課の一覧にありません。一覧にある部の名称を入力してください。")]
    Department(String),
    /// Who would disable themselves.
    #[error(
        "自分自身を停止したり、自分の「システム管理者」の役割を外したりすることはできません。\nほかのシステム管理者に依頼してください。"
    )]
    Oneself,
}

/// Why somebody cannot be a deputy, and what to do.
const fn appointment_words(refusal: AppointmentRefusal) -> &'static str {
    match refusal {
        AppointmentRefusal::NoDeputies => {
            "この役割には代理を置けません。別の人に役割を付けるよう、システム管理者に依頼してください。"
        }
        AppointmentRefusal::IsDeputy => {
            "代理の役割から、さらに代理を決めることはできません。本人に依頼してください。"
        }
        AppointmentRefusal::SamePerson => {
            "本人を代理にすることはできません。ほかの人を選んでください。"
        }
        AppointmentRefusal::AppointsThemselves => {
            "自分を、ほかの人の代理にすることはできません。本人か、同じ課のほかの人に依頼してください。"
        }
    }
}

/// The name of an account as it is kept: people type it in any width and case.
///
/// # Errors
/// [`AccountFault::Name`].
pub fn account_name(typed: &str) -> Result<String, AccountFault> {
    let name = typed_name(typed);
    let first = name.chars().next();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let fine = |c: char| plain(c) || matches!(c, '.' | '_' | '-' | '@');
    let of_size = (2..=MOST_NAME_CHARS).contains(&name.len());
    if of_size && first.is_some_and(plain) && name.chars().all(fine) {
        Ok(name)
    } else {
        Err(AccountFault::Name(
            crate::plain::visible(typed).into_owned(),
        ))
    }
}

/// A name as somebody types it where they sign in.
fn typed_name(typed: &str) -> String {
    let typed = meguri_core::text::narrow(typed);
    typed.trim().to_ascii_lowercase()
}

/// Looks at what is to be registered, and brings sections to their keys.
async fn checked(city: &Municipality, mut account: Account) -> Result<Account, AccountFault> {
    account.label = account.label.trim().to_owned();
    if account.label.is_empty() {
        return Err(AccountFault::NoLabel);
    }
    words::check_name("氏名", &account.label)?;
    account.mail = account.mail.map(|mail| mail.trim().to_owned());
    account.mail = account.mail.filter(|mail| !mail.is_empty());
    if let Some(mail) = &account.mail {
        check_mail(mail)?;
    }
    if account.grants.len() > MOST_GRANTS {
        return Err(AccountFault::TooMany);
    }
    let register = city.sections().await?;
    for grant in &mut account.grants {
        check_grant(grant)?;
        // Before there is a list, there is nothing to hold a name against.
        if let Some(section) = &mut grant.section
            && !register.sections.is_empty()
        {
            let known = register.sections.iter().rev();
            let mut known = known.filter(|one| one.key == *section || one.name == *section);
            let found = known.next();
            *section = found
                .ok_or_else(|| AccountFault::Section(section.clone()))?
                .key
                .clone();
        }
    }
    for grant in &mut account.grants {
        if let Some(department) = &mut grant.department {
            *department = known_department(&register, department)?;
        }
    }
    account.grants.dedup();
    Ok(account)
}

/// A department as the city's list writes it. Before the list names any, there is nothing to hold a name
/// against.
fn known_department(register: &SectionRegister, typed: &str) -> Result<String, AccountFault> {
    let all = register.sections.iter();
    let mut all = all.filter_map(|one| one.department.as_ref()).peekable();
    if all.peek().is_none() {
        return Ok(typed.trim().to_owned());
    }
    let found = all.find(|known| name_key(known) == name_key(typed));
    found
        .cloned()
        .ok_or_else(|| AccountFault::Department(typed.to_owned()))
}

fn check_mail(mail: &str) -> Result<(), AccountFault> {
    let fine = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | ',' | ';' | '"' | '\\');
    let parts = mail.split_once('@');
    let is = parts.is_some_and(|(own, host)| !own.is_empty() && host.contains('.'));
    let is = is && mail.len() <= 254 && mail.chars().all(fine) && mail.matches('@').count() == 1;
    if is {
        Ok(())
    } else {
        Err(AccountFault::Mail(crate::plain::visible(mail).into_owned()))
    }
}

fn check_grant(grant: &Grant) -> Result<(), AccountFault> {
    let role = grant.role.label();
    if !grant.role.is_granted() {
        return Err(AccountFault::NotGranted(role));
    }
    let named = [
        (&grant.section, "課の名前"),
        (&grant.department, "部の名前"),
        (&grant.assignee, "割当て先の名前"),
    ];
    for (value, what) in named {
        if let Some(value) = value {
            words::check_name(what, value)?;
        }
    }
    let wanted = match grant.role {
        Role::Entry | Role::SectionHead => Some((&grant.section, "課")),
        Role::DepartmentHead => Some((&grant.department, "部")),
        Role::Committee => Some((&grant.assignee, "割当て先")),
        _ => None,
    };
    if let Some((value, what)) = wanted
        && value.as_ref().is_none_or(|value| value.trim().is_empty())
    {
        return Err(AccountFault::Without(role, what));
    }
    match (grant.valid.from, grant.valid.until) {
        (Some(from), Some(until)) if until < from => Err(AccountFault::Backwards(role)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_as_people_type_them() {
        for (typed, name) in [
            ("yamada-t", Some("yamada-t")),
            ("  Ｙａｍａｄａ－Ｔ ", Some("yamada-t")),
            ("t.yamada@example.lg.jp", Some("t.yamada@example.lg.jp")),
            ("12345", Some("12345")),
            ("a", None),
            ("", None),
            ("-yamada", None),
            ("山田", None),
            ("yamada taro", None),
            ("yamada\ntaro", None),
        ] {
            assert_eq!(account_name(typed).ok().as_deref(), name, "{typed}");
        }
        assert!(account_name(&"a".repeat(65)).is_err());
    }

    #[test]
    fn a_mail_is_one_plain_address() {
        for (mail, fine) in [
            ("yamada@example.lg.jp", true),
            ("a.b+c@city.example.jp", true),
            ("yamada@localhost", false),
            ("yamada", false),
            ("@example.jp", false),
            ("a@b@example.jp", false),
            ("a@example.jp\r\nBcc: x@example.jp", false),
            ("<a@example.jp>", false),
            ("山田@example.jp", false),
        ] {
            assert_eq!(check_mail(mail).is_ok(), fine, "{mail}");
        }
    }
}
