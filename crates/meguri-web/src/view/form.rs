//! Parts of forms after the HTML edition of the Digital Agency's design system: the label with
//! 「※必須」 as text, the support text before the field, the error behind it beginning with 「＊」, and
//! a summary at the top of the page with the same words, which takes the focus.
//!
//! A field that cannot be changed is `readonly` and says why in its support text. The macros stand
//! in `templates/form.html`.

use serde::Serialize;

/// What kind of text a field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A line of text.
    #[default]
    Text,
    /// A secret, which is never sent back.
    Password,
    /// An address of mail.
    Email,
    /// A day.
    Date,
}

impl Kind {
    /// As the attribute `type` has it.
    #[must_use]
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Password => "password",
            Self::Email => "email",
            Self::Date => "date",
        }
    }
}

/// One field of a line.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Field {
    /// Its name in what is sent, and its id on the page.
    pub name: &'static str,
    /// What it is.
    pub label: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Must it be filled in?
    pub required: bool,
    /// How it is filled in; where it is locked, why.
    pub support: String,
    /// Can it not be changed?
    pub locked: bool,
    /// What the browser may fill in by itself (`autocomplete`).
    pub fill: &'static str,
    /// What was typed.
    pub value: String,
    /// What is wrong with it; empty where nothing is.
    pub error: String,
}

impl Field {
    /// A field that must be filled in.
    #[must_use]
    pub fn required(name: &'static str, label: &'static str) -> Self {
        Self {
            required: true,
            ..Self::optional(name, label)
        }
    }

    /// A field that may stay empty.
    #[must_use]
    pub fn optional(name: &'static str, label: &'static str) -> Self {
        Self {
            name,
            label,
            fill: "off",
            ..Self::default()
        }
    }

    /// The same for a secret: `current-password`, `new-password` or `one-time-code`.
    #[must_use]
    pub fn secret(self, fill: &'static str) -> Self {
        Self {
            kind: Kind::Password,
            fill,
            ..self
        }
    }

    /// The same of another kind.
    #[must_use]
    pub fn of(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// The same with something that the browser may fill in.
    #[must_use]
    pub fn filled_by(self, fill: &'static str) -> Self {
        Self { fill, ..self }
    }

    /// The same with a support text.
    #[must_use]
    pub fn supported(self, support: impl Into<String>) -> Self {
        Self {
            support: support.into(),
            ..self
        }
    }

    /// The same with what was typed; a secret is not sent back.
    #[must_use]
    pub fn typed(self, value: impl Into<String>) -> Self {
        let value = match self.kind {
            Kind::Password => String::new(),
            _ => value.into(),
        };
        Self { value, ..self }
    }

    /// The same, which cannot be changed, and why.
    #[must_use]
    pub fn locked(self, why: impl Into<String>) -> Self {
        Self {
            locked: true,
            required: false,
            support: why.into(),
            ..self
        }
    }

    /// The same with what is wrong.
    #[must_use]
    pub fn wrong(self, error: impl Into<String>) -> Self {
        Self {
            error: error.into(),
            ..self
        }
    }

    /// As the attribute `type` has it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        self.kind.attribute()
    }

    /// The ids of the texts that describe it.
    #[must_use]
    pub fn described_by(&self) -> String {
        described_by(self.name, &self.support, &self.error)
    }
}

/// A choice of one.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Choice {
    /// Its name in what is sent, and its id on the page.
    pub name: &'static str,
    /// What it is.
    pub label: &'static str,
    /// Must something be chosen?
    pub required: bool,
    /// How to choose.
    pub support: String,
    /// What can be chosen: value and words.
    pub options: Vec<(String, String)>,
    /// The words for choosing nothing; empty where something is always chosen.
    pub none: &'static str,
    /// The value that is chosen.
    pub chosen: String,
    /// What is wrong with it; empty where nothing is.
    pub error: String,
}

impl Choice {
    /// A choice that must be made.
    #[must_use]
    pub fn required(
        name: &'static str,
        label: &'static str,
        options: Vec<(String, String)>,
    ) -> Self {
        Self {
            name,
            label,
            required: true,
            options,
            ..Self::default()
        }
    }

    /// The same with words for choosing nothing.
    #[must_use]
    pub fn or_none(self, none: &'static str) -> Self {
        Self { none, ..self }
    }

    /// The same with what is chosen.
    #[must_use]
    pub fn chosen(self, value: &str) -> Self {
        Self {
            chosen: value.to_owned(),
            ..self
        }
    }

    /// The ids of the texts that describe it.
    #[must_use]
    pub fn described_by(&self) -> String {
        described_by(self.name, &self.support, &self.error)
    }
}

/// The ids of the texts that describe a field.
fn described_by(name: &str, support: &str, error: &str) -> String {
    let support = (!support.is_empty()).then(|| format!("{name}-support"));
    let error = (!error.is_empty()).then(|| format!("{name}-error"));
    let ids: Vec<String> = support.into_iter().chain(error).collect();
    ids.join(" ")
}

/// What is wrong with a form, for the summary at its top.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// The field to which it leads; empty where it is about the whole form.
    pub field: String,
    /// What is wrong, in the words that stand beside the field.
    pub text: String,
}

/// What is wrong with the fields of a form, in their order.
#[must_use]
pub fn wrongs<'a>(fields: impl IntoIterator<Item = &'a Field>) -> Vec<Wrong> {
    let wrong = fields.into_iter().filter(|field| !field.error.is_empty());
    wrong
        .map(|field| Wrong {
            field: field.name.to_owned(),
            text: field.error.clone(),
        })
        .collect()
}

/// Something wrong with the whole form.
#[must_use]
pub fn wrong_all(text: impl Into<String>) -> Vec<Wrong> {
    vec![Wrong {
        field: String::new(),
        text: text.into(),
    }]
}
