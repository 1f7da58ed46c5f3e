//! Why something was not done to a sheet, in words.

use crate::context::{Refused, why_not};
use meguri_core::access::Role;
use meguri_core::form::{Fault, Missing, Why};
use meguri_core::workflow::{Action, Refusal, Route};
use std::fmt;

/// Why something was not done to a sheet. Nothing was changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepRefused {
    /// The person may not do such a thing at all.
    Refused(Refused),
    /// The workflow says no; the words are made with the route.
    Workflow(String, Box<Refusal>),
    /// Answers are missing or cannot be read.
    Incomplete {
        /// The answers that cannot be read.
        faults: Vec<Fault>,
        /// The answers that are missing.
        missing: Vec<Missing>,
    },
    /// Somebody sent or changed the sheet since the page was made.
    Stale,
    /// Words are missing or too long.
    Words(String),
}

/// For a person: what was refused, why, what to do.
impl fmt::Display for StepRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => refused.fmt(f),
            Self::Workflow(words, _) | Self::Words(words) => f.write_str(words),
            Self::Incomplete { faults, missing } => write!(
                f,
                "未記入又は読み取れない項目が{}か所あるため、提出していません。項目を直してから、もう一度提出してください。",
                faults.len() + missing.len()
            ),
            Self::Stale => f.write_str(
                "この画面を開いたあとに、シートの内容か状態が変わりました。最新の内容を確かめてから、もう一度操作してください。",
            ),
        }
    }
}

impl std::error::Error for StepRefused {}

impl StepRefused {
    /// A refusal of the workflow.
    #[must_use]
    pub fn workflow(route: &Route, action: Action, refusal: Refusal) -> Self {
        Self::Workflow(in_words(route, action, &refusal), Box::new(refusal))
    }

    /// Does it say that the person has no business with the sheet?
    #[must_use]
    pub fn is_about_the_person(&self) -> bool {
        match self {
            Self::Refused(_) => true,
            Self::Workflow(_, refusal) => refusal.is_about_the_person(),
            _ => false,
        }
    }
}

/// A refusal of the workflow in words: what, why, what to do.
#[must_use]
pub fn in_words(route: &Route, action: Action, refusal: &Refusal) -> String {
    let why = match refusal {
        Refusal::UnknownStage => "この段階は、計画の設定にありません".to_owned(),
        Refusal::Access(refusal) => why_not(refusal.why).to_owned(),
        Refusal::NotInRoute { roles } => format!("{}が行います", roles_in_words(roles)),
        Refusal::NotAssigned => "このシートは、この課に割り当てられていません".to_owned(),
        Refusal::AlreadyAssigned => "すでに割り当てられています".to_owned(),
        Refusal::WaitsFor { stage } => {
            let label = route
                .stage(stage)
                .map_or(stage.as_str(), |s| s.label.as_str());
            format!("前の段階「{label}」が終わっていません")
        }
        Refusal::TakenUp => {
            "次の担当が確認を始めています。直したいときは、差し戻してもらってください".to_owned()
        }
        Refusal::WrongState { state, .. } => format!("状態が「{}」のためです", state.label()),
        Refusal::NotYourTurn { roles } => format!("今は{}の番です", roles_in_words(roles)),
        Refusal::NoNewEntry { from } => format!("{}から、新たな記入はできません", from.iso()),
        Refusal::NoChange { from } => {
            format!(
                "{}から、記入も修正もできません。期限の延長は政策課に依頼してください",
                from.iso()
            )
        }
        Refusal::Incomplete => "未記入又は読み取れない項目があります".to_owned(),
        Refusal::NoWords => "理由や、直してほしい内容を書いてください".to_owned(),
        Refusal::NotLater => "今の期限より後の日を指定してください".to_owned(),
        Refusal::SameSection => "すでにその課のものです".to_owned(),
        Refusal::SamePerson => {
            "提出した人や承認した人は、続けて承認・受理できません。ほかの人が行ってください"
                .to_owned()
        }
    };
    format!("「{}」はできません。{why}。", action.label())
}

fn roles_in_words(roles: &[Role]) -> String {
    let labels: Vec<&str> = roles.iter().map(|role| role.label()).collect();
    labels.join("又は")
}

/// Why an answer cannot be read, and what to do.
#[must_use]
pub fn why_unreadable(why: &Why) -> String {
    match why {
        Why::NotAsked => "この項目は、シートにありません。画面を開き直してください".to_owned(),
        Why::NoFigure => {
            "数値として読めません。1,234、4以上、－ のように入力してください".to_owned()
        }
        Why::NoAmount { unit } => {
            format!("金額として読めません。{unit}の単位で、1,234 のように入力してください")
        }
        Why::NotOnScale => "選択肢にない値です。選び直してください".to_owned(),
        Why::TooLong { most, has } => {
            format!("{most}字以内で入力してください（今は{has}字です）")
        }
        Why::NoName => "事務事業の名称を入力してください".to_owned(),
    }
}
