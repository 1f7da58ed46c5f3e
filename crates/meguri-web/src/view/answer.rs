//! One answer of a sheet's form: what is asked, what stands there, what is said beside it.

use meguri_app::read::work::Shown;
use meguri_core::form::{Answer, Question};
use serde::Serialize;

/// How an answer is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Given {
    /// In one line.
    #[default]
    Line,
    /// In several lines.
    Lines,
    /// As a figure or an amount.
    Figure,
    /// By a choice.
    Choice,
}

/// One value to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChoiceView {
    /// As it is kept.
    pub value: String,
    /// What it means.
    pub meaning: String,
    /// Is it chosen?
    pub chosen: bool,
}

/// One answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AnswerView {
    /// The key of its slot: the name of the field, and its id on the page.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// How it is answered.
    pub given: Given,
    /// Must it be answered?
    pub required: bool,
    /// How it is filled in.
    pub support: String,
    /// The unit behind it.
    pub unit: String,
    /// The most characters; 0 = as many as one likes.
    pub most: u32,
    /// What stands there or is typed.
    pub value: String,
    /// What stood there last year; empty = nothing.
    pub last: String,
    /// The values to choose from.
    pub choices: Vec<ChoiceView>,
    /// What is wrong with it; empty where nothing is.
    pub error: String,
    /// Can it be changed by who looks?
    pub writable: bool,
    /// Is it typed and not sent?
    pub draft: bool,
    /// Is it last year's text, word by word?
    pub as_last_year: bool,
    /// Who typed something else at the same time; empty where nobody did.
    pub other_name: String,
    /// What they typed.
    pub other: String,
    /// Was it changed since who looks looked last?
    pub changed: bool,
    /// What stood there then.
    pub before: String,
}

impl AnswerView {
    /// The view of a question.
    #[must_use]
    pub fn of(question: &Question, shown: Option<&Shown>, writable: bool, tells: bool) -> Self {
        let empty = Shown::default();
        let shown = shown.unwrap_or(&empty);
        let mut view = Self {
            name: question.slot.to_string(),
            label: question.label.clone(),
            required: question.required,
            value: question.value.clone(),
            last: question.last.clone().unwrap_or_default(),
            writable,
            draft: shown.is_draft,
            as_last_year: shown.as_last_year,
            changed: shown.before.is_some(),
            before: shown.before.clone().unwrap_or_default(),
            ..Self::default()
        };
        if let Some((name, text)) = &shown.other {
            view.other_name.clone_from(name);
            view.other.clone_from(text);
        }
        view.describe(&question.answer);
        if !shown.fault.is_empty() {
            view.error = format!("「{}」：{}。", view.label, shown.fault);
        } else if shown.is_missing && tells {
            view.error = format!("「{}」を入力してください。", view.label);
        }
        view
    }

    fn describe(&mut self, answer: &Answer) {
        match answer {
            Answer::Line => self.given = Given::Line,
            Answer::Lines { max_chars } => {
                self.given = Given::Lines;
                self.most = max_chars.unwrap_or(0);
                if self.most > 0 {
                    self.support = answer.support();
                }
            }
            Answer::Figure { unit } => {
                self.given = Given::Figure;
                self.unit = unit.clone().unwrap_or_default();
            }
            Answer::Money { unit } => {
                self.given = Given::Figure;
                (*unit).clone_into(&mut self.unit);
            }
            Answer::Choice(choices) => {
                self.given = Given::Choice;
                let choice = |choice: &meguri_core::form::Choice| ChoiceView {
                    chosen: choice.value == self.value,
                    value: choice.value.clone(),
                    meaning: choice.meaning.clone(),
                };
                self.choices = choices.iter().map(choice).collect();
                let known = self.choices.iter().any(|choice| choice.chosen);
                if !known && !self.value.is_empty() {
                    self.choices.push(ChoiceView {
                        value: self.value.clone(),
                        meaning: String::new(),
                        chosen: true,
                    });
                }
            }
        }
    }

    /// Is it answered in several lines?
    #[must_use]
    pub fn is_lines(&self) -> bool {
        self.given == Given::Lines
    }

    /// Is it answered by a choice?
    #[must_use]
    pub fn is_choice(&self) -> bool {
        self.given == Given::Choice
    }

    /// Is it a figure?
    #[must_use]
    pub fn is_figure(&self) -> bool {
        self.given == Given::Figure
    }

    /// How many lines the field shows.
    #[must_use]
    pub fn rows(&self) -> usize {
        let wanted: usize = self
            .value
            .lines()
            .map(|line| line.chars().count() / 40 + 1)
            .sum();
        (wanted + 1).clamp(4, 24)
    }

    /// The ids of the texts that describe it.
    #[must_use]
    pub fn described_by(&self) -> String {
        let support = (!self.support.is_empty()).then(|| format!("{}-support", self.name));
        let error = (!self.error.is_empty()).then(|| format!("{}-error", self.name));
        let ids: Vec<String> = support.into_iter().chain(error).collect();
        ids.join(" ")
    }
}
