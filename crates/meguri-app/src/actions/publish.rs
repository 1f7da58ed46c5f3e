//! Publishes documents: pins what is in force, so that the public may see it.

use crate::actions::Doing;
use crate::actions::words::{self, WordsFault};
use crate::context::{Context, Refused};
use crate::cycle::open_sheets;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::text::name_key;
use meguri_store::{
    DocumentRow, Error, KeptFinding, Municipality, Page, Published, Publishing, SheetFilter,
};
use thiserror::Error;

/// What is to be published.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Documents by id, by name, or by plan and year (`evaluation@令和6年度`); none = all.
    pub documents: Vec<String>,
    /// 正誤: what is corrected.
    pub note: String,
    /// Which findings are published.
    pub findings: ChosenFindings,
}

/// Which findings are published with a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ChosenFindings {
    /// Those of the publication before; none in the first.
    #[default]
    AsBefore,
    /// None.
    None,
    /// All; the reason of an acceptance explains, and what is open is told to be looked into.
    All,
    /// Those of a list.
    These(Vec<Explained>),
}

/// A finding that is to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Code of the rule.
    pub code: String,
    /// Line of the source, from 1.
    pub line: u32,
    /// What the city says about it.
    pub explanation: String,
}

/// What became of one document.
#[derive(Debug)]
pub struct Outcome {
    /// The document.
    pub document: DocumentRow,
    /// What was done, or why nothing was.
    pub published: Result<Published, PublishFault>,
}

/// Why a document was not published.
#[derive(Debug, Error)]
pub enum PublishFault {
    /// The person may not.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// What the store says.
    #[error(transparent)]
    Store(#[from] Error),
    /// No document is called so.
    #[error(
        "「{0}」という文書はありません。\n番号、文書名、または「計画のキー@年度」（例：evaluation@令和6年度）で指定してください。\n取り込み済みの文書：{1}"
    )]
    Unknown(String, String),
    /// Several documents are called so.
    #[error("「{0}」に当たる文書が複数あります。番号で指定してください：{1}")]
    Several(String, String),
    /// The words of a note or a reason.
    #[error(transparent)]
    Words(#[from] WordsFault),
    /// Sheets of its cycle are not accepted yet.
    #[error(
        "「{0}」には、受理されていないシートが{1}件あるため、公表していません。\n照会の画面で、すべてのシートを受理するか締め切ってから、もう一度実行してください。"
    )]
    NotAccepted(String, usize),
    /// Nothing is kept.
    #[error(
        "公表できる文書がありません。\n「meguri import ファイル名…」で文書を取り込んでください。"
    )]
    Nothing,
    /// A finding of the list is in none of the documents.
    #[error(
        "公表するように指定された指摘（{0}、{1}行目）が、最新の点検の結果にありません。\n規則の番号と原文の行を、庁内用の画面か「meguri check」で確かめてください。"
    )]
    NoFinding(String, u32),
}

/// Publishes the documents of a wish, each in its own transaction; a fault of one does not stop the
/// others.
///
/// # Errors
/// Where a document or a finding is not known; nothing is published then.
pub async fn publish(
    city: &Municipality,
    wish: &Wish,
    context: &Context,
) -> Result<Vec<Outcome>, PublishFault> {
    let by = context.may_here(Doing::Publish)?.by();
    words::check("正誤", &wish.note)?;
    if let ChosenFindings::These(list) = &wish.findings {
        for explained in list {
            words::check("指摘の説明", &explained.explanation)?;
        }
    }
    let kept = city.documents().await?;
    if kept.is_empty() {
        return Err(PublishFault::Nothing);
    }
    let mut documents = Vec::new();
    for wanted in &wish.documents {
        let document = find(city, &kept, wanted).await?;
        if !documents.contains(&document) {
            documents.push(document);
        }
    }
    if wish.documents.is_empty() {
        documents = kept;
    }
    let mut publishings = Vec::new();
    for document in &documents {
        let findings = chosen(city, document.id, &wish.findings).await?;
        let note = wish.note.clone();
        publishings.push(Publishing {
            document: document.id,
            note,
            findings,
        });
    }
    if let ChosenFindings::These(list) = &wish.findings {
        known(city, &documents, list).await?;
    }
    let mut outcomes = Vec::new();
    let open = open_sheets(city).await?;
    for (document, publishing) in documents.into_iter().zip(&publishings) {
        // What the public sees of a cycle is what was accepted.
        let published = match open.count(document.id) {
            open @ 1.. => Err(PublishFault::NotAccepted(document.name.clone(), open)),
            0 => city
                .publish(publishing, by)
                .await
                .map_err(PublishFault::Store),
        };
        outcomes.push(Outcome {
            document,
            published,
        });
    }
    Ok(outcomes)
}

/// The document that a person means.
///
/// # Errors
/// Where none or several are meant, with those that there are.
pub async fn find(
    city: &Municipality,
    kept: &[DocumentRow],
    wanted: &str,
) -> Result<DocumentRow, PublishFault> {
    let list = |rows: &[&DocumentRow]| {
        let each = rows
            .iter()
            .map(|row| format!("{}（{}、番号{}）", row.name, row.plan, row.id));
        each.collect::<Vec<_>>().join("、")
    };
    let mut meant: Vec<&DocumentRow> = kept
        .iter()
        .filter(|row| row.id.to_string() == wanted)
        .collect();
    if meant.is_empty() {
        meant = kept
            .iter()
            .filter(|row| name_key(&row.name) == name_key(wanted))
            .collect();
    }
    if let (true, Some((plan, year))) = (meant.is_empty(), wanted.rsplit_once('@'))
        && let Some(year) = FiscalYear::parse(year)
    {
        let ids = of_year(city, plan, year).await?;
        meant = kept.iter().filter(|row| ids.contains(&row.id)).collect();
    }
    match meant.as_slice() {
        [one] => Ok((*one).clone()),
        [] => {
            let all: Vec<&DocumentRow> = kept.iter().collect();
            Err(PublishFault::Unknown(wanted.to_owned(), list(&all)))
        }
        several => Err(PublishFault::Several(wanted.to_owned(), list(several))),
    }
}

/// The documents of a plan that evaluate a year.
async fn of_year(
    city: &Municipality,
    plan: &str,
    year: FiscalYear,
) -> Result<Vec<i64>, PublishFault> {
    let filter = SheetFilter {
        plan: Some(plan.to_owned()),
        year: Some(year),
        ..SheetFilter::default()
    };
    let page = city
        .sheets(
            &filter,
            Page {
                after: 0,
                most: 500,
            },
        )
        .await?;
    let in_force = city.in_force().await?;
    let has = |document: &&meguri_store::InForce| {
        document
            .pins
            .iter()
            .any(|pin| page.rows.iter().any(|row| row.id == pin.sheet))
    };
    Ok(in_force
        .iter()
        .filter(has)
        .map(|document| document.document.id)
        .collect())
}

/// Fingerprints and explanations of the findings that are published with a document.
async fn chosen(
    city: &Municipality,
    document: i64,
    wanted: &ChosenFindings,
) -> Result<Vec<(String, String)>, PublishFault> {
    if *wanted == ChosenFindings::None {
        return Ok(Vec::new());
    }
    let found = city.findings(document).await?;
    Ok(match wanted {
        ChosenFindings::None => Vec::new(),
        ChosenFindings::All => found
            .iter()
            .map(|f| (f.key.fingerprint.clone(), explanation(f)))
            .collect(),
        ChosenFindings::These(list) => {
            let explained = |finding: &KeptFinding| {
                let means = |one: &&Explained| is_meant(one, finding);
                let one = list.iter().find(means)?;
                Some((finding.key.fingerprint.clone(), one.explanation.clone()))
            };
            found.iter().filter_map(explained).collect()
        }
        ChosenFindings::AsBefore => {
            let publications = city.publications().await?;
            let last = publications.iter().rev().find(|p| p.document == document);
            let before = match last {
                Some(last) => city.published_findings(document, last.number).await?,
                None => Vec::new(),
            };
            // What was corrected is found no more.
            let still = |print: &String| found.iter().any(|f| f.key.fingerprint == *print);
            let before = before
                .into_iter()
                .map(|f| (f.finding.key.fingerprint, f.explanation));
            before.filter(|(print, _)| still(print)).collect()
        }
    })
}

fn is_meant(one: &Explained, finding: &KeptFinding) -> bool {
    one.code == finding.code && one.line == finding.place.line
}

fn explanation(finding: &KeptFinding) -> String {
    let accepted = finding
        .acceptance
        .as_ref()
        .filter(|acceptance| acceptance.accepted);
    accepted.map_or_else(|| "確認しています。".to_owned(), |a| a.reason.clone())
}

/// Is every finding of the list in one of the documents?
async fn known(
    city: &Municipality,
    documents: &[DocumentRow],
    list: &[Explained],
) -> Result<(), PublishFault> {
    let mut found = Vec::new();
    for document in documents {
        found.extend(city.findings(document.id).await?);
    }
    let missing = list
        .iter()
        .find(|one| !found.iter().any(|finding| is_meant(one, finding)));
    missing.map_or(Ok(()), |one| {
        Err(PublishFault::NoFinding(one.code.clone(), one.line))
    })
}
