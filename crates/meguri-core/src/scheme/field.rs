//! Fields of a sheet (評価シートの項目) and the stages of judgement.

use crate::scheme::StageRoute;

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetField {
    /// Stable ASCII key.
    pub key: String,
    /// Its label on the sheet.
    pub label: String,
    /// What stands in it.
    pub kind: FieldKind,
    /// Its place in the round.
    pub phase: Phase,
    /// Keys of the levels that have it; empty = all with sheets.
    pub levels: Vec<String>,
    /// The stage that writes it; `None` = the section.
    pub stage: Option<String>,
    /// When it must be filled.
    pub required: Required,
    /// The most characters it may hold.
    pub max_chars: Option<u32>,
    /// Is it published?
    pub public: bool,
    /// A word of help for the writer.
    pub help: Option<String>,
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A running text.
    Text,
    /// Several paragraphs or bullets.
    Paragraphs,
    /// A figure, as printed.
    Figure,
    /// An amount.
    Money,
    /// Yes or no.
    YesNo,
    /// A value of the scale of this key.
    Grade(String),
    /// A direction on the axis of this key.
    NextStep(String),
    /// The table of indicators.
    Indicators,
    /// The table of projects.
    Projects,
    /// Sections.
    Sections,
}

impl FieldKind {
    /// Is it written in words?
    #[must_use]
    pub const fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::Paragraphs)
    }
}

/// PLAN, DO, CHECK, ACTION.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// The head of the sheet.
    Head,
    /// 計画.
    Plan,
    /// 実施.
    Do,
    /// 評価.
    Check,
    /// 改善.
    Action,
}

impl Phase {
    /// As printed.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Head => "基本情報",
            Self::Plan => "PLAN",
            Self::Do => "DO",
            Self::Check => "CHECK",
            Self::Action => "ACTION",
        }
    }
}

/// When a field must be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Required {
    /// Never.
    Never,
    /// Always.
    Always,
    /// Where another field has one of these values.
    When {
        /// Key of the other field.
        field: String,
        /// The values.
        is: Vec<String>,
    },
}

impl Required {
    /// Must the field be filled, with the other fields as they are?
    pub fn holds<'a>(&self, value_of: impl Fn(&str) -> Option<&'a str>) -> bool {
        match self {
            Self::Never => false,
            Self::Always => true,
            Self::When { field, is } => {
                value_of(field).is_some_and(|value| is.iter().any(|v| v == value))
            }
        }
    }
}

/// A stage of judgement: 一次, 二次, 外部, 最終 …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Stable ASCII key.
    pub key: String,
    /// Its name for a person.
    pub label: String,
    /// Who judges.
    pub by: String,
    /// Is its opinion published?
    pub public: bool,
    /// Who writes, checks, approves and accepts, and until when.
    pub route: StageRoute,
}
