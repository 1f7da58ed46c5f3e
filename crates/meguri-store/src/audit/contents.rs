//! Does the database hold what the lines of the audit tell of, all of it and nothing else?
//!
//! The chain shows that no line was changed; this shows that nothing beside it was. For each line
//! the rows of which it tells are counted again (`seal.rs`; for lines of the first versions, which
//! have no seal, what they say in words: `older.rs`), and for each row there must be a line.

use super::{AuditLine, hex, older};
use crate::error::Result;
use crate::seal::{self, Seal, Subject};
use crate::sql::{Row, Sql, statements};
use crate::transaction::ReadTx;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

statements! {
    HASHES = "SELECT hash FROM source WHERE municipality = $1 ORDER BY hash";
    CONTENT = "SELECT content, size FROM source WHERE municipality = $1 AND hash = $2";
    SCHEMES = "SELECT plan, version, edition FROM scheme WHERE municipality = $1";
    PLACED = "SELECT sheet, sheet_version FROM document_sheet \
              WHERE municipality = $1 AND document = $2 AND version = $3";
    EDITIONS = "SELECT record, version FROM edition WHERE municipality = $1";
    READINGS = "SELECT document, version FROM reading WHERE municipality = $1";
    RUNS = "SELECT document, run FROM finding_run WHERE municipality = $1";
    FOUND = "SELECT DISTINCT document, run FROM finding WHERE municipality = $1";
    ACCEPTANCES = "SELECT document, number, fingerprint FROM acceptance WHERE municipality = $1";
    PUBLICATIONS = "SELECT document, number FROM publication WHERE municipality = $1";
    WITHDRAWALS = "SELECT document, number FROM withdrawal WHERE municipality = $1";
    DECISIONS = "SELECT number FROM decision WHERE municipality = $1";
    REGISTERS = "SELECT edition FROM section_register WHERE municipality = $1";
    ACCOUNTS = "SELECT account, edition FROM account_edition WHERE municipality = $1";
    CYCLES = "SELECT act FROM cycle WHERE municipality = $1";
    CYCLE_STAGES = "SELECT DISTINCT act FROM cycle_stage WHERE municipality = $1";
    EVENTS = "SELECT DISTINCT act FROM sheet_event WHERE municipality = $1";
    REQUESTS = "SELECT DISTINCT act FROM change_request WHERE municipality = $1";
    COMMENTS = "SELECT DISTINCT act FROM sheet_comment WHERE municipality = $1";
    NAME = "SELECT name FROM municipality WHERE municipality = $1";
    /// Records that are not of the kind that they say.
    OF_OTHER_KIND = "SELECT r.id FROM record r WHERE r.municipality = $1 AND NOT (\
        (r.kind = 'document' AND EXISTS (SELECT 1 FROM document d \
        WHERE d.municipality = r.municipality AND d.id = r.id)) \
        OR (r.kind = 'sheet' AND EXISTS (SELECT 1 FROM sheet s \
        WHERE s.municipality = r.municipality AND s.id = r.id)) \
        OR (r.kind = 'project' AND EXISTS (SELECT 1 FROM project p \
        WHERE p.municipality = r.municipality AND p.id = r.id))) ORDER BY r.id LIMIT 1";
    /// Records that are not at their last version, or rest on what is no reading.
    ADRIFT = "SELECT r.id FROM record r WHERE r.municipality = $1 AND (r.version <> COALESCE((\
        SELECT MAX(e.version) FROM edition e WHERE e.municipality = r.municipality \
        AND e.record = r.id), 0) OR NOT EXISTS (SELECT 1 FROM edition f \
        WHERE f.municipality = r.municipality AND f.record = r.id AND f.version = r.reading \
        AND f.base = f.version)) ORDER BY r.id LIMIT 1";
}

/// What the lines tell of, as far as they were gone through.
#[derive(Default)]
pub(super) struct Told {
    subjects: BTreeSet<Subject>,
    sources: BTreeSet<String>,
    /// Withdrawals of a document, and acceptances of a finding, that were told so far.
    counted: BTreeMap<String, i64>,
    /// The keys of schemes by what lines call them.
    schemes: BTreeMap<String, Subject>,
    names: Names,
}

/// The names of municipalities by their codes, as lines tell them.
#[derive(Default)]
struct Names {
    known: BTreeMap<String, String>,
    /// Lines to come that were taken over from another municipality, which may have had the code.
    foreign: i64,
}

impl Names {
    fn note(&mut self, line: &AuditLine) {
        if self.foreign > 0 {
            self.foreign -= 1;
            return;
        }
        let after = line.after.as_deref().unwrap_or_default();
        match line.action.as_str() {
            "municipality.register" | "municipality.rename" => {
                self.known.insert(line.subject.clone(), after.to_owned());
            }
            "municipality.recode" => {
                if let Some((code, name)) = after.split_once(' ') {
                    self.known.insert(code.to_owned(), name.to_owned());
                }
            }
            "municipality.merge" => {
                let lines = after.lines().next();
                let lines = lines.and_then(|words| number(words, "audit lines ", ""));
                self.foreign = lines.unwrap_or_default();
            }
            _ => {}
        }
    }
}

/// What one line tells of.
pub(super) struct Telling<'a> {
    pub(super) line: &'a AuditLine,
    pub(super) subject: Subject,
    /// Its words, without the seal.
    pub(super) words: &'a str,
}

const CHANGED: &str = "この記録のあとで、保存した内容が書き換えられたか、失われています";

impl Told {
    /// Begins with what the lines call the schemes.
    pub(super) async fn begin(reading: &mut ReadTx) -> Result<Self> {
        let mut told = Self::default();
        for row in &reading.rows(SCHEMES, &[]).await? {
            let (plan, version, edition) = (row.text(0)?, row.text(1)?, row.integer(2)?);
            let name = format!("scheme {plan} {version} {edition}");
            told.schemes
                .insert(name, Subject::Scheme(plan, version, edition));
        }
        Ok(told)
    }

    /// Compares the rows of which a line tells with it; what is the matter, in Japanese.
    pub(super) async fn check(
        &mut self,
        reading: &mut ReadTx,
        line: &AuditLine,
    ) -> Result<Option<String>> {
        self.names.note(line);
        let (words, sealed) = Seal::of(line.after.as_deref().unwrap_or_default());
        if line.action == "scheme.save" && !self.schemes.contains_key(&line.subject) {
            return Ok(Some(format!("{CHANGED}（{}）。", line.subject)));
        }
        let Some(subject) = self.subject(line, words) else {
            return Ok(None);
        };
        self.note(reading, &subject, words).await?;
        let holds = match sealed {
            Some(sealed) => seal::seal(reading, &subject).await? == sealed,
            None => {
                let subject = subject.clone();
                let telling = Telling {
                    line,
                    subject,
                    words,
                };
                older::holds(reading, &telling).await?
            }
        };
        let what = name(&subject);
        self.subjects.insert(subject);
        Ok((!holds).then(|| format!("{CHANGED}（{what}）。")))
    }

    /// Gives a line the seal of the rows as they are now.
    pub(super) async fn seal_anew(
        &mut self,
        reading: &mut ReadTx,
        line: &mut AuditLine,
    ) -> Result<()> {
        let after = line.after.clone().unwrap_or_default();
        let (words, _) = Seal::of(&after);
        if let Some(subject) = self.subject(line, words) {
            let seal = seal::seal(reading, &subject).await?;
            let words = Some(words).filter(|words| !words.is_empty());
            line.after = Some(seal.behind(words));
        }
        Ok(())
    }

    /// What a line tells of; `None` where it tells of nothing that lasts.
    fn subject(&mut self, line: &AuditLine, words: &str) -> Option<Subject> {
        let text = line.subject.as_str();
        Some(match line.action.as_str() {
            "document.save" => {
                let version = words.lines().rev().find_map(|l| l.strip_prefix("version "));
                Subject::Document(number(text, "document ", "")?, version?.parse().ok()?)
            }
            "sheet.edit" => pair(text, "sheet ", " version ", Subject::Record)?,
            "project.save" => pair(text, "project ", " version ", Subject::Record)?,
            "findings.save" => pair(text, "document ", " run ", Subject::Run)?,
            "publication.publish" => {
                pair(text, "document ", " publication ", Subject::Publication)?
            }
            "publication.withdraw" => {
                let document = number(text, "document ", " publications ")?;
                Subject::Withdrawal(document, self.next(&format!("withdrawal {document}")))
            }
            "finding.accept" => {
                let document = number(text, "document ", " ")?;
                let print = text.rsplit(' ').next()?.to_owned();
                let next = self.next(&format!("acceptance {document} {print}"));
                Subject::Acceptance(document, print, next)
            }
            "link.decide" => Subject::Decision(number(text, "decision ", "")?),
            "sections.save" => Subject::Sections(number(text, "sections ", "")?),
            "cycle.open" | "cycle.dates" | "cycle.work" => Subject::Act(number(text, "act ", "")?),
            "scheme.save" => self.schemes.get(text)?.clone(),
            "account.save" => {
                let (name, edition) = text.strip_prefix("account ")?.split_once(" edition ")?;
                Subject::Account(name.to_owned(), edition.parse().ok()?)
            }
            _ => return None,
        })
    }

    fn next(&mut self, of: &str) -> i64 {
        let counted = self.counted.entry(of.to_owned()).or_default();
        *counted += 1;
        *counted
    }

    /// Remembers what belongs to a subject besides.
    async fn note(&mut self, reading: &mut ReadTx, subject: &Subject, words: &str) -> Result<()> {
        let Subject::Document(id, version) = subject else {
            return Ok(());
        };
        let hash = words.lines().find_map(|l| l.strip_prefix("file sha256 "));
        self.sources.extend(hash.map(str::to_owned));
        self.subjects.insert(Subject::Record(*id, *version));
        let args = [(*id).into(), (*version).into()];
        for row in &reading.rows(PLACED, &args).await? {
            let sheet = Subject::Record(row.integer(0)?, row.integer(1)?);
            self.subjects.insert(sheet);
        }
        Ok(())
    }

    /// Looks for rows of which no line tells; what is the matter, in Japanese.
    pub(super) async fn rest(&self, reading: &mut ReadTx) -> Result<Option<String>> {
        if let Some(why) = self.sources(reading).await? {
            return Ok(Some(why));
        }
        let two =
            |of: fn(i64, i64) -> Subject| move |row: &Row| Ok(of(row.integer(0)?, row.integer(1)?));
        let one =
            |of: fn(i64) -> Subject| move |row: &Row| Ok::<_, crate::Error>(of(row.integer(0)?));
        let acceptance = |row: &Row| {
            let (document, number) = (row.integer(0)?, row.integer(1)?);
            Ok(Subject::Acceptance(document, row.text(2)?, number))
        };
        let scheme = |row: &Row| Ok(Subject::Scheme(row.text(0)?, row.text(1)?, row.integer(2)?));
        let account = |row: &Row| Ok(Subject::Account(row.text(0)?, row.integer(1)?));
        type Of<'a> = &'a (dyn Fn(&Row) -> Result<Subject> + Sync);
        let tables: [(&str, Sql<'_>, Of<'_>); 16] = [
            ("edition", EDITIONS, &two(Subject::Record)),
            ("reading", READINGS, &two(Subject::Document)),
            ("finding_run", RUNS, &two(Subject::Run)),
            ("finding", FOUND, &two(Subject::Run)),
            ("acceptance", ACCEPTANCES, &acceptance),
            ("scheme", SCHEMES, &scheme),
            ("publication", PUBLICATIONS, &two(Subject::Publication)),
            ("withdrawal", WITHDRAWALS, &two(Subject::Withdrawal)),
            ("decision", DECISIONS, &one(Subject::Decision)),
            ("section_register", REGISTERS, &one(Subject::Sections)),
            ("account_edition", ACCOUNTS, &account),
            ("cycle", CYCLES, &one(Subject::Act)),
            ("cycle_stage", CYCLE_STAGES, &one(Subject::Act)),
            ("sheet_event", EVENTS, &one(Subject::Act)),
            ("change_request", REQUESTS, &one(Subject::Act)),
            ("sheet_comment", COMMENTS, &one(Subject::Act)),
        ];
        for (table, sql, of) in tables {
            // An older backup does not have all tables.
            if !reading.has_table(table).await? {
                continue;
            }
            for row in &reading.rows(sql, &[]).await? {
                let subject = of(row)?;
                if !self.subjects.contains(&subject) {
                    let what = name(&subject);
                    let why = format!("監査記録にない内容が加えられています（{what}）。");
                    return Ok(Some(why));
                }
            }
        }
        let adrift = reading.row(ADRIFT, &[]).await?;
        let adrift = adrift.map(|row| row.integer(0)).transpose()?;
        if let Some(id) = adrift {
            return Ok(Some(format!(
                "現在の版の番号が書き換えられています（番号{id}）。"
            )));
        }
        let other = reading.row(OF_OTHER_KIND, &[]).await?;
        if let Some(id) = other.map(|row| row.integer(0)).transpose()? {
            return Ok(Some(format!(
                "値をもつものの種類が書き換えられています（番号{id}）。"
            )));
        }
        self.name(reading).await
    }

    /// The municipality has the name that the lines gave it last.
    async fn name(&self, reading: &mut ReadTx) -> Result<Option<String>> {
        let told = self.names.known.get(reading.code()).cloned();
        let kept = reading.row(NAME, &[]).await?;
        let kept = kept.map(|row| row.text(0)).transpose()?;
        let same = told.is_none() || told == kept;
        Ok((!same).then(|| "団体の名称が書き換えられています。".to_owned()))
    }

    /// Every file has the hash by which it is known, and none is lost.
    async fn sources(&self, reading: &mut ReadTx) -> Result<Option<String>> {
        let mut there = BTreeSet::new();
        for row in &reading.rows(HASHES, &[]).await? {
            let hash = row.text(0)?;
            let kept = reading.row(CONTENT, &[(&hash).into()]).await?;
            let kept = kept.map(|row| Ok::<_, crate::Error>((row.bytes(0)?, row.integer(1)?)));
            let (content, size) = kept.transpose()?.unwrap_or_default();
            let same = hex(&Sha256::digest(&content)) == hash;
            if !same || i64::try_from(content.len()) != Ok(size) {
                return Ok(Some(format!(
                    "取り込んだファイルの内容が書き換えられています（{hash}）。"
                )));
            }
            there.insert(hash);
        }
        let lost = self.sources.iter().find(|hash| !there.contains(*hash));
        Ok(lost.map(|hash| format!("取り込んだファイルが失われています（{hash}）。")))
    }
}

/// A number between two words.
fn number(text: &str, before: &str, behind: &str) -> Option<i64> {
    let rest = text.strip_prefix(before)?;
    let digits = if behind.is_empty() {
        rest
    } else {
        rest.split_once(behind)?.0
    };
    digits.parse().ok()
}

fn pair(text: &str, before: &str, between: &str, of: fn(i64, i64) -> Subject) -> Option<Subject> {
    let (one, other) = text.strip_prefix(before)?.split_once(between)?;
    Some(of(one.parse().ok()?, other.parse().ok()?))
}

/// What a person calls it.
fn name(subject: &Subject) -> String {
    match subject {
        Subject::Document(id, version) => format!("文書{id}の第{version}版の読み取りと値"),
        Subject::Record(id, version) => format!("番号{id}の第{version}版の値"),
        Subject::Run(document, run) => format!("文書{document}の{run}回目の点検の指摘"),
        Subject::Publication(document, number) => format!("文書{document}の第{number}版の公表"),
        Subject::Withdrawal(document, number) => format!("文書{document}の{number}回目の取下げ"),
        Subject::Acceptance(document, ..) => format!("文書{document}の指摘の了承"),
        Subject::Decision(number) => format!("紐付けの決定{number}"),
        Subject::Sections(edition) => format!("課の一覧の第{edition}版"),
        Subject::Account(name, edition) => format!("利用者 {name} の第{edition}版"),
        Subject::Act(act) => format!("照会の操作{act}"),
        Subject::Scheme(plan, version, _) => format!("計画の設定 {plan} {version}"),
    }
}
