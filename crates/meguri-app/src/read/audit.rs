//! The audit as people read it: who did what, when, and what was there before.

pub use meguri_store::AuditFilter;
use meguri_store::{Action, AuditLine, Municipality, Result};

/// Lines of one page.
const ROWS: u16 = 100;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its number.
    pub number: i64,
    /// When, as an ISO 8601 moment.
    pub moment: String,
    /// Who, by the name of the account or of the person at the server.
    pub who: String,
    /// What was done, in words.
    pub what: String,
    /// To what, as it is written: `sheet 40`.
    pub subject: String,
    /// What was there before; empty where nothing was.
    pub before: String,
    /// What was there afterwards; empty where nothing is told.
    pub after: String,
}

/// Lines that a filter lets pass, the newest first, and the number below which there are more.
///
/// # Errors
/// Those of the database.
pub async fn audit(city: &Municipality, filter: &AuditFilter) -> Result<(Vec<Told>, Option<i64>)> {
    let mut lines = city.audit_found(filter, ROWS + 1).await?;
    let has_more = lines.len() > usize::from(ROWS);
    lines.truncate(usize::from(ROWS));
    let more = lines.last().filter(|_| has_more).map(|line| line.number);
    Ok((lines.into_iter().map(told).collect(), more))
}

fn told(line: AuditLine) -> Told {
    Told {
        number: line.number,
        moment: line.by.moment().to_owned(),
        who: line.by.who().to_owned(),
        what: Action::parse(&line.action).map_or(line.action, |action| label(action).to_owned()),
        subject: line.subject,
        before: unsealed(line.before),
        after: unsealed(line.after),
    }
}

/// What a line tells without the seal of its rows, which is for the program.
fn unsealed(text: Option<String>) -> String {
    let text = text.unwrap_or_default();
    let lines = text
        .lines()
        .filter(|line| !line.starts_with("sealed rows "));
    lines.collect::<Vec<_>>().join("\n")
}

/// Every kind of write with its word for a person, by how it is written in the audit.
#[must_use]
pub fn kinds() -> Vec<(&'static str, &'static str)> {
    let all = Action::ALL.into_iter();
    all.map(|action| (action.as_str(), label(action))).collect()
}

/// The word for a person.
const fn label(action: Action) -> &'static str {
    match action {
        Action::SaveDocument => "文書の保存",
        Action::EditSheet => "シートの変更",
        Action::AdoptReading => "読み取り結果の採用",
        Action::SaveProject => "事務事業の保存",
        Action::SaveFindings => "点検の結果の保存",
        Action::AcceptFinding => "指摘の了承",
        Action::SaveIdentities => "番号の付与",
        Action::DecideLink => "同じものかどうかの決定",
        Action::SaveSections => "課の一覧の保存",
        Action::SaveScheme => "計画の設定の保存",
        Action::Publish => "公表",
        Action::Withdraw => "公表の取下げ",
        Action::SaveAccount => "利用者の登録・変更",
        Action::SetPassword => "パスワードの設定",
        Action::SetCode => "認証アプリの設定",
        Action::SignIn => "サインイン",
        Action::SignOut => "サインアウト",
        Action::SlowDown => "サインインの試行の制限",
        Action::OpenCycle => "照会の開始",
        Action::SetCycleDates => "照会の期限の変更",
        Action::WorkOnSheets => "シートの操作",
        Action::Remind => "催促",
        Action::RegisterMunicipality => "団体の登録",
        Action::RenameMunicipality => "団体の名称の変更",
        Action::RecodeMunicipality => "団体コードの変更",
        Action::MergeMunicipality => "団体の統合",
    }
}
