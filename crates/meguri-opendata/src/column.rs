//! Columns: a stable ASCII key, a Japanese title, what stands in them, and an example.

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A text.
    Text,
    /// Digits or signs that name something: zeros before them count, so that it is a text.
    Code,
    /// A whole number: a count, an id, a line.
    Integer,
    /// The calendar year in which a fiscal year begins.
    Year,
    /// Whole yen.
    Yen,
    /// A decimal number, exact, up to [`DECIMALS`] places.
    Number,
    /// Yes or no.
    Flag,
}

/// Decimal places of [`Kind::Number`]; further ones are rounded, a half away from zero. The printed
/// text beside has them all.
pub const DECIMALS: u32 = 10;

impl Kind {
    /// Its name in a Frictionless table schema.
    #[must_use]
    pub const fn frictionless(self) -> &'static str {
        match self {
            Self::Text | Self::Code => "string",
            Self::Integer | Self::Year | Self::Yen => "integer",
            Self::Number => "number",
            Self::Flag => "boolean",
        }
    }

    /// The Japanese word for it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Text => "文字列",
            Self::Code => "コード（文字列）",
            Self::Integer => "整数",
            Self::Year => "年度（西暦の整数）",
            Self::Yen => "金額（円の整数）",
            Self::Number => "数値",
            Self::Flag => "真偽",
        }
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Stable ASCII key.
    pub name: &'static str,
    /// Japanese title.
    pub title: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// What it means, in a sentence.
    pub about: &'static str,
    /// How it may look, as CSV has it.
    pub example: &'static str,
    /// Has every row a value?
    pub required: bool,
}

impl Column {
    const fn new(
        kind: Kind,
        name: &'static str,
        title: &'static str,
        example: &'static str,
        about: &'static str,
    ) -> Self {
        Self {
            name,
            title,
            kind,
            about,
            example,
            required: false,
        }
    }

    /// A column of texts; the parts are key, title, example, meaning.
    #[must_use]
    pub const fn text(
        name: &'static str,
        title: &'static str,
        example: &'static str,
        about: &'static str,
    ) -> Self {
        Self::new(Kind::Text, name, title, example, about)
    }

    /// A column of codes.
    #[must_use]
    pub const fn code(
        name: &'static str,
        title: &'static str,
        example: &'static str,
        about: &'static str,
    ) -> Self {
        Self::new(Kind::Code, name, title, example, about)
    }

    /// A column of whole numbers.
    #[must_use]
    pub const fn integer(
        name: &'static str,
        title: &'static str,
        example: &'static str,
        about: &'static str,
    ) -> Self {
        Self::new(Kind::Integer, name, title, example, about)
    }

    /// A column of fiscal years.
    #[must_use]
    pub const fn year(
        name: &'static str,
        title: &'static str,
        example: &'static str,
        about: &'static str,
    ) -> Self {
        Self::new(Kind::Year, name, title, example, about)
    }

    /// A column of whole yen.
    #[must_use]
    pub const fn yen(
        name: &'static str,
        title: &'static str,
        example: &'static str,
        about: &'static str,
    ) -> Self {
        Self::new(Kind::Yen, name, title, example, about)
    }

    /// A column of decimal numbers.
    #[must_use]
    pub const fn number(
        name: &'static str,
        title: &'static str,
        example: &'static str,
        about: &'static str,
    ) -> Self {
        Self::new(Kind::Number, name, title, example, about)
    }

    /// A column of yes and no.
    #[must_use]
    pub const fn flag(name: &'static str, title: &'static str, about: &'static str) -> Self {
        Self::new(Kind::Flag, name, title, "false", about)
    }

    /// The same, with a value in every row.
    #[must_use]
    pub const fn always(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }
}
