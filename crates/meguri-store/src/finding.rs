//! Findings of the checks (指摘), and their acceptance with a reason.
//!
//! Each run of the checks keeps its findings; the last run is in force. A finding is known again
//! by its fingerprint: the rule, the place by name and the figures. So an acceptance holds through
//! later runs as long as the paper says the same, and no longer.

use crate::audit::{Action, AuditEntry, hex};
use crate::by::By;
use crate::error::{Error, Result};
use crate::municipality::Municipality;
use crate::seal::Subject;
use crate::sql::{Arg, Row, Sql, inserts, statements};
use crate::transaction::{ReadTx, WriteTx};
use meguri_core::verify::{Finding, Place, Severity};
use sha2::{Digest, Sha256};

/// The run in force of the finding's document.
macro_rules! last_run {
    () => {
        "f.run = (SELECT MAX(u.run) FROM finding_run u \
         WHERE u.municipality = f.municipality AND u.document = f.document)"
    };
}

/// Findings with the last word on each, as [`kept`] reads them; then their number in the run.
macro_rules! kept {
    ($($which:expr),+) => {
        concat!(
            "SELECT f.document, f.fingerprint, f.code, f.severity, f.sheet, f.in_document, \
             f.in_sheet, f.in_row, f.in_field, f.line, f.mark, f.printed, f.computed, f.steps, \
             f.message, f.hint, a.accepted, a.reason, a.who, a.moment, f.number \
             FROM finding f LEFT JOIN acceptance a ON a.municipality = f.municipality \
             AND a.document = f.document AND a.fingerprint = f.fingerprint \
             AND a.number = (SELECT MAX(b.number) FROM acceptance b \
             WHERE b.municipality = f.municipality AND b.document = f.document \
             AND b.fingerprint = f.fingerprint) WHERE f.municipality = $1 AND ",
            $($which),+
        )
    };
}

statements! {
    LAST_RUN = "SELECT COALESCE(MAX(run), 0) FROM finding_run \
        WHERE municipality = $1 AND document = $2";
    FINGERPRINTS = "SELECT fingerprint, severity, message, hint, line FROM finding \
        WHERE municipality = $1 AND document = $2 AND run = $3 ORDER BY number";
    OF_SHEET = kept!("f.sheet = $2 AND ", last_run!(), " ORDER BY f.document, f.number");
    OF_DOCUMENT = kept!("f.document = $2 AND ", last_run!(), " ORDER BY f.number");
    OF_RUN = kept!("f.document = $2 AND f.run = $3 ORDER BY f.number");
    OF_ALL = kept!(last_run!(), " ORDER BY f.document, f.number");
    LAST_ACCEPTANCE = "SELECT number, accepted, reason FROM acceptance \
        WHERE municipality = $1 AND document = $2 AND fingerprint = $3 \
        ORDER BY number DESC LIMIT 1";
    IS_FOUND = concat!("SELECT f.code FROM finding f WHERE f.municipality = $1 \
        AND f.document = $2 AND f.fingerprint = $3 AND ", last_run!(), " LIMIT 1");
}

inserts! {
    RUN = "finding_run" ["document", "run", "who", "moment"];
    FINDING = "finding" [
        "document", "run", "number", "fingerprint", "code", "severity", "sheet", "in_document",
        "in_sheet", "in_row", "in_field", "line", "mark", "printed", "computed", "steps",
        "message", "hint",
    ];
    ACCEPTANCE = "acceptance" [
        "document", "fingerprint", "number", "accepted", "reason", "who", "moment",
    ];
}

/// By what a finding is known again in later runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingKey {
    /// The document in which it was found.
    pub document: i64,
    /// SHA-256 of rule, place and figures, in hexadecimal digits.
    pub fingerprint: String,
}

/// Why a finding was accepted, or is open again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Accepted; `false` where that was withdrawn.
    pub accepted: bool,
    /// Why.
    pub reason: String,
    /// Who said so and when.
    pub by: By,
}

/// A finding that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFinding {
    /// By what it is known again.
    pub key: FindingKey,
    /// Code of the rule.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// The sheet, where it is in one.
    pub sheet: Option<i64>,
    /// Where it is.
    pub place: Place,
    /// What the paper prints.
    pub printed: Option<String>,
    /// What was computed.
    pub computed: Option<String>,
    /// How, one step each.
    pub steps: Vec<String>,
    /// What is the matter.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// The last word on it.
    pub acceptance: Option<Acceptance>,
}

impl KeptFinding {
    /// Does it still wait for somebody?
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.acceptance.as_ref().is_some_and(|a| a.accepted)
    }
}

fn fingerprint(finding: &Finding) -> String {
    let place = &finding.place;
    let mut hasher = Sha256::new();
    let texts = [
        Some(finding.code),
        place.sheet.as_deref(),
        place.row.as_deref(),
        place.field.as_deref(),
        place.mark.as_deref(),
        finding.printed.as_deref(),
        finding.computed.as_deref(),
    ];
    for text in texts {
        let length = text.map_or(-1, |text| i64::try_from(text.len()).unwrap_or(i64::MAX));
        hasher.update(length.to_be_bytes());
        hasher.update(text.unwrap_or_default());
    }
    hex(&hasher.finalize())
}

/// Keeps the findings of a run, unless the last run found the same; the line for the audit.
pub(crate) async fn save(
    writing: &mut WriteTx,
    document: i64,
    findings: &[Finding],
    sheets: &[(&str, i64)],
    by: &By,
) -> Result<Option<AuditEntry>> {
    let last = last_run(writing.reading(), document).await?;
    let prints: Vec<String> = findings.iter().map(fingerprint).collect();
    let before = run(writing.reading(), document, last).await?;
    let now: Vec<_> = findings
        .iter()
        .zip(&prints)
        .map(|(f, print)| said(f, print))
        .collect();
    if last > 0 && before == now {
        return Ok(None);
    }
    let run = last + 1;
    let head = vec![
        document.into(),
        run.into(),
        by.who().into(),
        by.moment().into(),
    ];
    writing.insert(&RUN, vec![head]).await?;
    let steps: Vec<String> = findings.iter().map(|f| f.steps.join("\n")).collect();
    let mut rows = Vec::with_capacity(findings.len());
    for (number, ((finding, print), steps)) in
        (1_i64..).zip(findings.iter().zip(&prints).zip(&steps))
    {
        let label = finding.place.sheet.as_deref();
        let sheet = sheets.iter().find(|(known, _)| Some(*known) == label);
        let mut row = vec![document.into(), run.into(), number.into(), print.into()];
        row.extend(columns(finding, sheet.map(|(_, id)| *id), steps));
        rows.push(row);
    }
    writing.insert(&FINDING, rows).await?;
    let line = AuditEntry::new(
        Action::SaveFindings,
        format!("document {document} run {run}"),
    );
    let line = line
        .before(format!("{} findings", before.len()))
        .seals(Subject::Run(document, run));
    Ok(Some(line.after(format!("{} findings", findings.len()))))
}

/// What a finding says, for comparing two runs.
type Said = (String, String, String, String, u32);

fn said(finding: &Finding, print: &str) -> Said {
    (
        print.to_owned(),
        finding.severity.key().to_owned(),
        finding.message.clone(),
        finding.hint.clone(),
        finding.place.line,
    )
}

async fn run(reading: &mut ReadTx, document: i64, run: i64) -> Result<Vec<Said>> {
    let rows = reading
        .rows(FINGERPRINTS, &[document.into(), run.into()])
        .await?;
    let said = |row: &Row| {
        Ok((
            row.text(0)?,
            row.text(1)?,
            row.text(2)?,
            row.text(3)?,
            row.small(4)?,
        ))
    };
    rows.iter().map(said).collect()
}

fn columns<'a>(finding: &'a Finding, sheet: Option<i64>, steps: &'a str) -> [Arg<'a>; 14] {
    let place = &finding.place;
    [
        finding.code.into(),
        finding.severity.key().into(),
        sheet.into(),
        (&place.document).into(),
        place.sheet.as_deref().into(),
        place.row.as_deref().into(),
        place.field.as_deref().into(),
        place.line.into(),
        place.mark.as_deref().into(),
        finding.printed.as_deref().into(),
        finding.computed.as_deref().into(),
        steps.into(),
        (&finding.message).into(),
        (&finding.hint).into(),
    ]
}

/// What the last checks found in a sheet.
pub(crate) async fn of_sheet(reading: &mut ReadTx, sheet: i64) -> Result<Vec<KeptFinding>> {
    all(reading, OF_SHEET, sheet).await
}

/// What the last checks found in all documents.
pub(crate) async fn of_all(reading: &mut ReadTx) -> Result<Vec<KeptFinding>> {
    let rows = reading.rows(OF_ALL, &[]).await?;
    rows.iter().map(kept).collect()
}

/// The number of the last run over a document; 0 where there was none.
pub(crate) async fn last_run(reading: &mut ReadTx, document: i64) -> Result<i64> {
    let row = reading.row(LAST_RUN, &[document.into()]).await?;
    row.map_or(Ok(0), |row| row.integer(0))
}

/// What a run found in a document, with the number of each finding.
pub(crate) async fn of_run(
    reading: &mut ReadTx,
    document: i64,
    run: i64,
) -> Result<Vec<(i64, KeptFinding)>> {
    let rows = reading.rows(OF_RUN, &[document.into(), run.into()]).await?;
    rows.iter()
        .map(|row| Ok((row.integer(20)?, kept(row)?)))
        .collect()
}

async fn all(reading: &mut ReadTx, sql: Sql<'_>, of: i64) -> Result<Vec<KeptFinding>> {
    let rows = reading.rows(sql, &[of.into()]).await?;
    rows.iter().map(kept).collect()
}

fn kept(row: &Row) -> Result<KeptFinding> {
    let severity = row.text(3)?;
    let known = [Severity::Note, Severity::Warning, Severity::Error];
    let found = known.into_iter().find(|known| known.key() == severity);
    let steps = row.text(13)?;
    Ok(KeptFinding {
        key: FindingKey {
            document: row.integer(0)?,
            fingerprint: row.text(1)?,
        },
        code: row.text(2)?,
        severity: found.ok_or_else(|| Error::damaged(format!("finding: {severity}")))?,
        sheet: row.maybe_integer(4)?,
        place: place(row)?,
        printed: row.maybe_text(11)?,
        computed: row.maybe_text(12)?,
        steps: steps.lines().map(str::to_owned).collect(),
        message: row.text(14)?,
        hint: row.text(15)?,
        acceptance: acceptance(row)?,
    })
}

fn place(row: &Row) -> Result<Place> {
    Ok(Place {
        document: row.text(5)?,
        sheet: row.maybe_text(6)?,
        row: row.maybe_text(7)?,
        field: row.maybe_text(8)?,
        line: row.small(9)?,
        mark: row.maybe_text(10)?,
    })
}

fn acceptance(row: &Row) -> Result<Option<Acceptance>> {
    let Some(accepted) = row.maybe_integer(16)? else {
        return Ok(None);
    };
    Ok(Some(Acceptance {
        accepted: accepted != 0,
        reason: row.text(17)?,
        by: By::kept(row.text(18)?, row.text(19)?),
    }))
}

impl Municipality {
    /// Keeps what the checks found in a document that is kept already.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there is no such document, and those of the database.
    pub async fn save_findings(&self, document: i64, findings: &[Finding], by: &By) -> Result<()> {
        let kept = self.document(document).await?;
        let kept = kept.ok_or_else(|| Error::invalid("指定された文書はありません。"))?;
        let labels = kept
            .document
            .sheets
            .iter()
            .map(|sheet| sheet.label.as_str());
        let sheets: Vec<_> = labels.zip(kept.sheets.iter().copied()).collect();
        let mut writing = self.write().await?;
        match save(&mut writing, document, findings, &sheets, by).await? {
            Some(line) => writing.commit(by, vec![line]).await,
            None => Ok(()),
        }
    }

    /// What the last checks found in a document.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn findings(&self, document: i64) -> Result<Vec<KeptFinding>> {
        all(&mut self.read().await?, OF_DOCUMENT, document).await
    }

    /// Accepts a finding with a reason, or opens it again. Whether there is such a finding.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the reason is blank, and those of the database.
    pub async fn accept_finding(
        &self,
        key: &FindingKey,
        accepted: bool,
        reason: &str,
        by: &By,
    ) -> Result<bool> {
        if reason.trim().is_empty() {
            return Err(Error::invalid("理由を入力してください。"));
        }
        let mut writing = self.write().await?;
        let place = [key.document.into(), (&key.fingerprint).into()];
        let Some(found) = writing.reading().row(IS_FOUND, &place).await? else {
            return Ok(false);
        };
        let last = writing.reading().row(LAST_ACCEPTANCE, &place).await?;
        let number = last.as_ref().map_or(Ok(0), |row| row.integer(0))? + 1;
        let row = vec![
            key.document.into(),
            (&key.fingerprint).into(),
            number.into(),
            i64::from(accepted).into(),
            reason.into(),
            by.who().into(),
            by.moment().into(),
        ];
        writing.insert(&ACCEPTANCE, vec![row]).await?;
        let subject = format!(
            "document {} {} {}",
            key.document,
            found.text(0)?,
            key.fingerprint
        );
        let line = AuditEntry::new(Action::AcceptFinding, subject)
            .after(word(accepted, reason))
            .seals(Subject::Acceptance(
                key.document,
                key.fingerprint.clone(),
                number,
            ));
        let line = match last {
            Some(row) => line.before(word(row.integer(1)? != 0, &row.text(2)?)),
            None => line,
        };
        writing.commit(by, vec![line]).await?;
        Ok(true)
    }
}

fn word(accepted: bool, reason: &str) -> String {
    let word = if accepted { "accepted" } else { "open" };
    format!("{word}: {reason}")
}
