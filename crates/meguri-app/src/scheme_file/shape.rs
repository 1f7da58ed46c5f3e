//! The parts of a scheme file about the plan's shape: levels, scales and fields.

use crate::scheme_file::fault::FileFault;
use crate::scheme_file::value::Number;
use meguri_core::scheme::{
    BestEnd, FieldKind, Level, Means, NextStepAxis, Numbering, Phase, Required, Scale, ScaleValue,
    SheetField, Tag,
};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LevelText {
    key: String,
    label: String,
    #[serde(default)]
    numbering: NumberingText,
    prefix: Option<String>,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    outside_tree: bool,
    #[serde(default)]
    sheets: bool,
    #[serde(default)]
    indicators: bool,
    #[serde(default)]
    money: bool,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum NumberingText {
    #[default]
    None,
    Arabic,
    Roman,
    Circled,
    Path,
    Prefixed,
}

impl LevelText {
    pub(super) fn mean(self) -> Level {
        let numbering = match self.numbering {
            NumberingText::None => Numbering::None,
            NumberingText::Arabic => Numbering::Arabic,
            NumberingText::Roman => Numbering::Roman,
            NumberingText::Circled => Numbering::Circled,
            NumberingText::Path => Numbering::Path,
            NumberingText::Prefixed => Numbering::Prefixed(self.prefix.unwrap_or_default()),
        };
        Level {
            key: self.key,
            label: self.label,
            numbering,
            optional: self.optional,
            outside_tree: self.outside_tree,
            sheets: self.sheets,
            indicators: self.indicators,
            money: self.money,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScaleText {
    key: String,
    label: String,
    best: BestText,
    values: Vec<ValueText>,
    #[serde(default)]
    states: Vec<ValueText>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum BestText {
    First,
    Last,
    None,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueText {
    value: String,
    label: String,
    points: Option<Number>,
    sign: Option<String>,
    colour: Option<String>,
    means: Option<MeansText>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MeansText {
    Late,
    Ends,
    Shrinks,
}

impl MeansText {
    const fn mean(self) -> Means {
        match self {
            Self::Late => Means::Late,
            Self::Ends => Means::Ends,
            Self::Shrinks => Means::Shrinks,
        }
    }
}

impl ValueText {
    fn mean(self) -> ScaleValue {
        ScaleValue {
            value: self.value,
            label: self.label,
            points: self.points.map(|number| number.0),
            sign: self.sign,
            colour: self.colour,
            means: self.means.map(MeansText::mean),
        }
    }
}

impl ScaleText {
    pub(super) fn mean(self) -> Scale {
        Scale {
            key: self.key,
            label: self.label,
            best: match self.best {
                BestText::First => BestEnd::First,
                BestText::Last => BestEnd::Last,
                BestText::None => BestEnd::None,
            },
            values: self.values.into_iter().map(ValueText::mean).collect(),
            states: self.states.into_iter().map(ValueText::mean).collect(),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AxisText {
    key: String,
    label: String,
    scale: String,
    years_ahead: Option<u8>,
}

impl AxisText {
    pub(super) fn mean(self) -> NextStepAxis {
        NextStepAxis {
            key: self.key,
            label: self.label,
            scale: self.scale,
            years_ahead: self.years_ahead,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldText {
    key: String,
    label: String,
    kind: KindText,
    scale: Option<String>,
    axis: Option<String>,
    phase: PhaseText,
    #[serde(default)]
    levels: Vec<String>,
    stage: Option<String>,
    #[serde(default)]
    required: RequiredText,
    max_chars: Option<u32>,
    #[serde(default)]
    public: bool,
    help: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum KindText {
    Text,
    Paragraphs,
    Figure,
    Money,
    YesNo,
    Grade,
    NextStep,
    Indicators,
    Projects,
    Sections,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PhaseText {
    Head,
    Plan,
    Do,
    Check,
    Action,
}

#[derive(Debug, Default, Deserialize)]
#[serde(
    untagged,
    expecting = "required の書き方が違います。|\"always\"、\"never\" 又は \
                 { field = \"項目のキー\", is = [\"値\"] } と書いてください。"
)]
enum RequiredText {
    #[default]
    #[serde(skip)]
    Unwritten,
    Word(RequiredWord),
    When {
        field: String,
        is: Vec<String>,
    },
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RequiredWord {
    Always,
    Never,
}

impl FieldText {
    pub(super) fn mean(self) -> Result<SheetField, FileFault> {
        let kind = self.kind_meant()?;
        Ok(SheetField {
            kind,
            phase: match self.phase {
                PhaseText::Head => Phase::Head,
                PhaseText::Plan => Phase::Plan,
                PhaseText::Do => Phase::Do,
                PhaseText::Check => Phase::Check,
                PhaseText::Action => Phase::Action,
            },
            required: match self.required {
                RequiredText::Unwritten | RequiredText::Word(RequiredWord::Never) => {
                    Required::Never
                }
                RequiredText::Word(RequiredWord::Always) => Required::Always,
                RequiredText::When { field, is } => Required::When { field, is },
            },
            key: self.key,
            label: self.label,
            levels: self.levels,
            stage: self.stage,
            max_chars: self.max_chars,
            public: self.public,
            help: self.help,
        })
    }

    fn kind_meant(&self) -> Result<FieldKind, FileFault> {
        let named = |name: &Option<String>, word: &str| {
            name.clone().ok_or_else(|| {
                FileFault::new(
                    format!("項目「{}」に {word} がありません。", self.key),
                    format!("{word} = \"…\" に使う設定のキーを書いてください。"),
                )
            })
        };
        Ok(match self.kind {
            KindText::Text => FieldKind::Text,
            KindText::Paragraphs => FieldKind::Paragraphs,
            KindText::Figure => FieldKind::Figure,
            KindText::Money => FieldKind::Money,
            KindText::YesNo => FieldKind::YesNo,
            KindText::Grade => FieldKind::Grade(named(&self.scale, "scale")?),
            KindText::NextStep => FieldKind::NextStep(named(&self.axis, "axis")?),
            KindText::Indicators => FieldKind::Indicators,
            KindText::Projects => FieldKind::Projects,
            KindText::Sections => FieldKind::Sections,
        })
    }
}

/// A word of daily life with the nodes that it leads to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TagText {
    word: String,
    nodes: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
}

impl TagText {
    pub(super) fn mean(self) -> Tag {
        Tag {
            word: self.word,
            nodes: self.nodes,
            except: self.except,
        }
    }
}
