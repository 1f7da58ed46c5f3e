//! Reminds people of the sheets that wait for them, by mail.

use super::CycleFault;
use crate::actions::{Doing, words};
use crate::context::Context;
use crate::cycle::Cycle;
use crate::mail::{Letter, MailFault, MailSettings, send_all};
use crate::read::dates;
use crate::read::work::{SheetLine, Waiting, waiting};
use meguri_core::calendar::Day;
use meguri_store::Municipality;

/// Sheets that one letter lists.
const MOST_LISTED: usize = 30;

/// What is sent beside the sheets.
#[derive(Clone, Debug, Default)]
pub struct Reminder {
    /// The accounts that are to be reminded.
    pub accounts: Vec<String>,
    /// What planning adds in its own words; may be empty.
    pub words: String,
    /// Where people reach the pages, without a slash at its end; empty where nobody said.
    pub address: String,
    /// The name of the municipality.
    pub city: String,
}

/// What became of one reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminded {
    /// The person's own name.
    pub label: String,
    /// How many sheets the letter is about.
    pub sheets: usize,
    /// Was it sent?
    pub answer: Result<(), NotSent>,
}

/// Why a reminder was not sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// Nobody registered where mail reaches the person.
    #[error("電子メールのアドレスが登録されていません。")]
    NoAddress,
    /// The mail was not sent.
    #[error(transparent)]
    Mail(#[from] MailFault),
}

/// Reminds people of a cycle; an answer for each of those for whom a sheet still waits. The audit says
/// who was reminded.
///
/// # Errors
/// Where the person may not, or the words are too long.
pub async fn remind(
    city: &Municipality,
    cycle: &Cycle,
    reminder: &Reminder,
    mail: &MailSettings,
    context: &Context,
) -> Result<Vec<Reminded>, CycleFault> {
    let leave = context.may_somewhere(Doing::Remind)?;
    words::check_lines("添える言葉", &reminder.words)
        .map_err(|fault| CycleFault::Unfit(fault.to_string()))?;
    let (people, _) = waiting(city, cycle, context).await?;
    let chosen = people.into_iter();
    let chosen: Vec<Waiting> = chosen
        .filter(|person| reminder.accounts.contains(&person.account))
        .collect();
    let reached = chosen.iter().filter(|person| person.mail.is_some());
    let letters: Vec<Letter> = reached
        .map(|person| letter(cycle, person, reminder))
        .collect();
    let mut sent = send_all(mail, &letters).await.into_iter();
    let (mut answers, mut noted) = (Vec::new(), Vec::new());
    for person in chosen {
        let answer = match person.mail {
            None => Err(NotSent::NoAddress),
            Some(_) => sent
                .next()
                .unwrap_or(Err(MailFault::NotTried))
                .map_err(NotSent::from),
        };
        if answer.is_ok() {
            noted.push(format!("{} {}", person.account, person.sheets.len()));
        }
        answers.push(Reminded {
            label: person.label,
            sheets: person.sheets.len(),
            answer,
        });
    }
    if !noted.is_empty() {
        city.note_reminders(cycle.kept.id, &noted, leave.by())
            .await?;
    }
    Ok(answers)
}

/// The letter to one person.
#[must_use]
pub fn letter(cycle: &Cycle, person: &Waiting, reminder: &Reminder) -> Letter {
    let label = &cycle.kept.label;
    let count = person.sheets.len();
    let until = person
        .deadline()
        .map(|day| format!("、期限 {}", japanese(day)));
    let late = match person.overdue() {
        0 => String::new(),
        late => format!("、期限超過{late}件"),
    };
    let mut lines = vec![
        format!("{} 様", person.label),
        String::new(),
        format!("「{label}」で、次のシートがお手元にあります。期限までに進めてください。"),
        String::new(),
    ];
    lines.extend(person.sheets.iter().take(MOST_LISTED).map(in_a_line));
    if count > MOST_LISTED {
        lines.push(format!("・ほか{}件", count - MOST_LISTED));
    }
    if !reminder.words.trim().is_empty() {
        lines.extend([String::new(), reminder.words.trim().to_owned()]);
    }
    if !reminder.address.is_empty() {
        lines.extend([
            String::new(),
            format!("自分の仕事：{}/work", reminder.address),
        ]);
    }
    lines.extend([
        String::new(),
        format!("{} 行政評価・計画進行管理（めぐり）", reminder.city),
    ]);
    Letter {
        to: person.mail.clone().unwrap_or_default(),
        subject: format!(
            "【{label}】シート{count}件が未了です（{}{late}）",
            until.unwrap_or_default().trim_start_matches('、')
        )
        .replace("（）", "")
        .replace("（、", "（"),
        body: lines.join("\n"),
    }
}

/// `・シートの名前（記入中、期限 令和6年6月14日、あと3開庁日）`
fn in_a_line(line: &SheetLine) -> String {
    let mut about = vec![line.standing.label().to_owned()];
    if let Some(deadline) = line.deadline {
        about.push(format!("期限 {}", japanese(deadline)));
        about.push(if line.is_overdue() {
            "期限を過ぎています".to_owned()
        } else {
            line.left.clone()
        });
    }
    about.retain(|part| !part.is_empty());
    format!("・{}（{}）", line.label, about.join("、"))
}

fn japanese(day: Day) -> String {
    dates::japanese(&day.iso())
}
