//! The audit chain: each write one line, each line carrying the hash of the one before.
//!
//! A line that was changed, removed or put between others shows in [`Municipality::audit_verify`].
//! What a line tells of is sealed in it (`crates/meguri-store/src/seal.rs`) and compared with the
//! rows. Whoever can write to the database may rewrite the whole chain; so its head is shown, to be
//! noted elsewhere (in print, in another system) and compared later.

mod action;
pub(crate) mod chain;
mod contents;
mod older;
mod search;

pub use action::Action;
pub use chain::AuditLine;
pub(crate) use chain::{AuditEntry, hex};
pub use search::AuditFilter;

use crate::error::Result;
use crate::municipality::Municipality;
use crate::sql::statements;
use crate::transaction::ReadTx;
use chain::Head;
use std::fmt;

statements! {
    LINES = "SELECT number, moment, who, action, subject, before_text, after_text, previous, hash \
             FROM audit WHERE municipality = $1 AND number > $2 ORDER BY number LIMIT $3";
    ACTIONS = "SELECT DISTINCT action FROM audit WHERE municipality = $1 AND number > $2";
    HEAD = "SELECT audit_number, audit_hash FROM municipality WHERE municipality = $1";
}

/// The statements of the parts.
pub(crate) const OF_CONTENTS: [&[(&str, crate::sql::Sql<'static>)]; 3] =
    [contents::STATEMENTS, older::STATEMENTS, search::STATEMENTS];

/// Lines that are read at a time.
const PAGE: i64 = 1_000;

/// What verifying the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditReport {
    /// Lines that hold, counted from the first.
    pub lines: i64,
    /// The hash of the last of them, to be noted elsewhere; empty where there is none.
    pub head: String,
    /// Where the chain breaks, if it does.
    pub broken: Option<Broken>,
}

/// A place where the chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Number of the line; 0 where no line tells of what is the matter.
    pub number: i64,
    /// What is the matter, in Japanese.
    pub why: String,
}

/// For a person: which line, and what is the matter.
impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            0 => write!(f, "監査記録全体：{}", self.why),
            number => write!(f, "監査記録の{number}件目：{}", self.why),
        }
    }
}

/// All lines of the municipality of a transaction.
pub(crate) async fn all(reading: &mut ReadTx) -> Result<Vec<AuditLine>> {
    let mut all: Vec<AuditLine> = Vec::new();
    loop {
        let after = all.last().map_or(0, |line| line.number);
        let page = lines(reading, after, PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

/// Lines of another chain as they follow on the head of this one: who, when and what stay. The
/// numbers of what they speak of are those that it has here, and their seals are counted over the
/// rows as they are here; the caller has verified the other chain before.
pub(crate) async fn take_over(
    reading: &mut ReadTx,
    head: &mut Head,
    lines: Vec<AuditLine>,
    (shift, decisions): (i64, i64),
) -> Result<Vec<AuditLine>> {
    let mut told = contents::Told::begin(reading).await?;
    let mut taken = Vec::with_capacity(lines.len());
    for mut line in lines {
        line.number = head.number.saturating_add(1);
        line.subject = renumbered(&line.subject, shift, decisions);
        told.seal_anew(reading, &mut line).await?;
        line.previous = std::mem::take(&mut head.hash);
        line.hash = line.hash();
        head.number = line.number;
        head.hash.clone_from(&line.hash);
        taken.push(line);
    }
    Ok(taken)
}

/// `document 12 run 3` with the number that the document has after a move.
fn renumbered(subject: &str, shift: i64, decisions: i64) -> String {
    let mut before = "";
    let words = subject.split(' ').map(|word| {
        let by = match before {
            "document" | "sheet" | "project" | "act" => shift,
            "decision" => decisions,
            _ => 0,
        };
        before = word;
        match word.parse::<i64>() {
            Ok(number) if by != 0 => number.saturating_add(by).to_string(),
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

impl Municipality {
    /// Lines of the audit after a number, in order, at most so many.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audit(&self, after: i64, most: u16) -> Result<Vec<AuditLine>> {
        let mut reading = self.read().await?;
        lines(&mut reading, after, i64::from(most)).await
    }

    /// The number and the hash of the last line: another state of the municipality has another hash,
    /// also where as much was written in it. No line is `(0, "")`.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audit_head(&self) -> Result<(i64, String)> {
        let row = self.read().await?.row(HEAD, &[]).await?;
        row.map_or(Ok((0, String::new())), |row| {
            Ok((row.integer(0)?, row.text(1)?))
        })
    }

    /// What was done after a line, each kind of write once, in no order; `None` is one that a newer
    /// program wrote.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn actions_after(&self, number: i64) -> Result<Vec<Option<Action>>> {
        let rows = self.read().await?.rows(ACTIONS, &[number.into()]).await?;
        let actions = rows.iter().map(|row| Ok(Action::parse(&row.text(0)?)));
        actions.collect()
    }

    /// Does the line of a number have a hash that was noted elsewhere? `None` where there is no such
    /// line.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audit_has(&self, number: i64, hash: &str) -> Result<Option<bool>> {
        let before = number.saturating_sub(1);
        let lines = self.audit(before, 1).await?;
        let line = lines.into_iter().find(|line| line.number == number);
        Ok(line.map(|line| line.hash.eq_ignore_ascii_case(hash.trim())))
    }

    /// Counts the whole chain again, and the rows of which its lines tell.
    ///
    /// # Errors
    /// Those of the database; a broken chain is no error but a report.
    pub async fn audit_verify(&self) -> Result<AuditReport> {
        verify(&mut self.read().await?).await
    }
}

/// Counts the whole chain again, and the rows of which its lines tell, as a transaction sees it.
pub(crate) async fn verify(reading: &mut ReadTx) -> Result<AuditReport> {
    let report = chain(reading).await?;
    if report.broken.is_some() {
        return Ok(report);
    }
    let mut told = contents::Told::begin(reading).await?;
    let mut after = 0;
    loop {
        let page = lines(reading, after, PAGE).await?;
        for line in &page {
            if let Some(why) = told.check(reading, line).await? {
                let number = line.number;
                let broken = Some(Broken { number, why });
                return Ok(AuditReport { broken, ..report });
            }
            after = line.number;
        }
        if page.is_empty() {
            break;
        }
    }
    let rest = told.rest(reading).await?;
    let broken = rest.map(|why| Broken { number: 0, why });
    Ok(AuditReport { broken, ..report })
}

/// Goes along the chain.
async fn chain(reading: &mut ReadTx) -> Result<AuditReport> {
    let mut good = Head {
        number: 0,
        hash: String::new(),
    };
    // A line below the first would be one that nobody wrote.
    let mut after = i64::MIN;
    loop {
        let page = lines(reading, after, PAGE).await?;
        for line in &page {
            if let Some(why) = fault(&good, line) {
                return Ok(broken(good, line.number, why));
            }
            good.number = line.number;
            good.hash.clone_from(&line.hash);
        }
        if page.is_empty() {
            break;
        }
        after = good.number;
    }
    let row = reading.row(HEAD, &[]).await?;
    let kept = row.map(|row| Ok::<_, crate::Error>((row.integer(0)?, row.text(1)?)));
    match kept.transpose()? {
        Some((number, _)) if number > good.number => {
            let next = good.number.saturating_add(1);
            Ok(broken(good, next, "末尾の記録が失われています。"))
        }
        Some((number, hash)) if (number, &hash) != (good.number, &good.hash) => {
            let last = good.number;
            Ok(broken(good, last, "記録の末尾が控えの値と一致しません。"))
        }
        // Whoever is registered has the line of it.
        _ if good.number == 0 => Ok(broken(good, 1, "監査記録が一件もありません。")),
        _ => Ok(report(good)),
    }
}

async fn lines(reading: &mut ReadTx, after: i64, most: i64) -> Result<Vec<AuditLine>> {
    let rows = reading.rows(LINES, &[after.into(), most.into()]).await?;
    rows.iter().map(AuditLine::of).collect()
}

fn fault(before: &Head, line: &AuditLine) -> Option<&'static str> {
    if line.number <= before.number {
        Some("番号の順に合わない記録があります。")
    } else if line.number != before.number.saturating_add(1) {
        Some("この番号の前の記録が失われています。")
    } else if line.previous != before.hash {
        Some("前の記録とのつながりが一致しません。")
    } else if line.hash != line.hash() {
        Some("記録の内容が書き換えられています。")
    } else {
        None
    }
}

fn broken(good: Head, number: i64, why: &str) -> AuditReport {
    let why = why.to_owned();
    AuditReport {
        broken: Some(Broken { number, why }),
        ..report(good)
    }
}

fn report(good: Head) -> AuditReport {
    AuditReport {
        lines: good.number,
        head: good.hash,
        broken: None,
    }
}
