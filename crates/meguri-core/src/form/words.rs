//! How an answer is given, in words: one text for the pages and for the workbooks of sections.

use super::Answer;

/// The most characters of the meanings of a choice that stand beside it.
const MOST: usize = 600;

impl Answer {
    /// What a person must know to give the answer; empty where nothing.
    #[must_use]
    pub fn support(&self) -> String {
        match self {
            Self::Line => "一行で入力します。".to_owned(),
            Self::Lines {
                max_chars: Some(most),
            } if *most > 0 => {
                format!("{most}字以内。改行すると段落が分かれます。")
            }
            Self::Lines { .. } => "改行すると段落が分かれます。".to_owned(),
            Self::Figure { unit } => {
                let unit = unit.as_ref().map(|unit| format!("単位 {unit}。"));
                let unit = unit.unwrap_or_default();
                format!("{unit}紙に書くとおりに入力します：1,234、4以上、－")
            }
            Self::Money { unit } => format!("{unit}の単位で入力します：1,234、△500"),
            Self::Choice(choices) => {
                let said = choices.iter().map(|choice| {
                    if choice.meaning.is_empty() || choice.meaning == choice.value {
                        choice.value.clone()
                    } else {
                        format!("{}：{}", choice.value, choice.meaning)
                    }
                });
                let said = said.collect::<Vec<_>>().join("／");
                let all: String = said.chars().take(MOST).collect();
                format!("次から選びます：{all}")
            }
        }
    }
}
