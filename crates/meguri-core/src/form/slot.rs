//! The address of one answer on a sheet.

use crate::fiscal_year::FiscalYear;
use crate::scheme::{FieldKind, Scheme, SheetField};
use std::fmt;

/// Where an answer belongs. Items are counted from 0 in the lists of the sheet that the form was made
/// of; a listing behind the last one is a new row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// The text of a field, of one year where the sheet has one text a year.
    Text {
        /// Key of the field.
        field: String,
        /// Its year.
        year: Option<FiscalYear>,
    },
    /// The judgement of a field.
    Grade {
        /// Key of the field.
        field: String,
    },
    /// The target of an indicator.
    Target {
        /// Which indicator.
        indicator: usize,
        /// Of which year.
        year: FiscalYear,
    },
    /// Why a target was changed.
    TargetReason {
        /// Which indicator.
        indicator: usize,
        /// The year of the target.
        year: FiscalYear,
    },
    /// The actual of an indicator.
    Actual {
        /// Which indicator.
        indicator: usize,
        /// Of which year.
        year: FiscalYear,
    },
    /// The name of a project.
    Name {
        /// Which row.
        listing: usize,
    },
    /// The code of a project.
    Code {
        /// Which row.
        listing: usize,
    },
    /// The section of a project.
    Section {
        /// Which row.
        listing: usize,
    },
    /// The cost of a project.
    Cost {
        /// Which row.
        listing: usize,
        /// Of which year.
        year: FiscalYear,
    },
    /// The outline of a year's work on a project.
    Outline {
        /// Which row.
        listing: usize,
        /// Of which year.
        year: FiscalYear,
    },
    /// The direction of a project on one axis.
    NextStep {
        /// Which row.
        listing: usize,
        /// Key of the axis.
        axis: String,
    },
    /// A row is taken away: any text says so.
    Removed {
        /// Which row.
        listing: usize,
    },
}

impl Slot {
    /// The slot of a key as [`fmt::Display`] writes it.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let parts: Vec<&str> = key.split('.').collect();
        let year = |text: &str| text.parse().ok().and_then(FiscalYear::new);
        let item = |text: &str| text.parse::<usize>().ok().filter(|item| *item < 10_000);
        let key = |text: &str| is_key(text).then(|| text.to_owned());
        Some(match parts.as_slice() {
            ["text", field] => Self::Text {
                field: key(field)?,
                year: None,
            },
            ["text", field, of] => Self::Text {
                field: key(field)?,
                year: Some(year(of)?),
            },
            ["grade", field] => Self::Grade { field: key(field)? },
            ["indicator", at, what, of] => {
                let (indicator, year) = (item(at)?, year(of)?);
                match *what {
                    "target" => Self::Target { indicator, year },
                    "reason" => Self::TargetReason { indicator, year },
                    "actual" => Self::Actual { indicator, year },
                    _ => return None,
                }
            }
            ["project", at, what] => Self::of_row(item(at)?, what)?,
            ["project", at, "cost", of] => Self::Cost {
                listing: item(at)?,
                year: year(of)?,
            },
            ["project", at, "outline", of] => Self::Outline {
                listing: item(at)?,
                year: year(of)?,
            },
            ["project", at, "step", axis] => Self::NextStep {
                listing: item(at)?,
                axis: key(axis)?,
            },
            _ => return None,
        })
    }

    fn of_row(listing: usize, what: &str) -> Option<Self> {
        Some(match what {
            "name" => Self::Name { listing },
            "code" => Self::Code { listing },
            "section" => Self::Section { listing },
            "removed" => Self::Removed { listing },
            _ => return None,
        })
    }

    /// The field of a scheme that asks it.
    #[must_use]
    pub fn field_of<'a>(&self, scheme: &'a Scheme) -> Option<&'a SheetField> {
        let of_kind = |kind: &FieldKind| {
            let mut fields = scheme.written().fields.iter();
            fields.find(|field| field.kind == *kind)
        };
        match self {
            Self::Text { field, .. } | Self::Grade { field } => scheme.field(field),
            Self::Target { .. } | Self::TargetReason { .. } | Self::Actual { .. } => {
                of_kind(&FieldKind::Indicators)
            }
            _ => of_kind(&FieldKind::Projects),
        }
    }

    /// The row of projects that it belongs to.
    #[must_use]
    pub const fn listing(&self) -> Option<usize> {
        match self {
            Self::Name { listing }
            | Self::Code { listing }
            | Self::Section { listing }
            | Self::Cost { listing, .. }
            | Self::Outline { listing, .. }
            | Self::NextStep { listing, .. }
            | Self::Removed { listing } => Some(*listing),
            _ => None,
        }
    }
}

/// Keys of schemes: ASCII letters, digits and `_`.
fn is_key(text: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !text.is_empty() && text.chars().all(known)
}

/// `text.outcomes`, `indicator.0.actual.2023`, `project.3.step.work`.
impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = |year: &FiscalYear| year.calendar_year();
        match self {
            Self::Text { field, year: None } => write!(f, "text.{field}"),
            Self::Text {
                field,
                year: Some(of),
            } => write!(f, "text.{field}.{}", year(of)),
            Self::Grade { field } => write!(f, "grade.{field}"),
            Self::Target {
                indicator,
                year: of,
            } => write!(f, "indicator.{indicator}.target.{}", year(of)),
            Self::TargetReason {
                indicator,
                year: of,
            } => write!(f, "indicator.{indicator}.reason.{}", year(of)),
            Self::Actual {
                indicator,
                year: of,
            } => write!(f, "indicator.{indicator}.actual.{}", year(of)),
            Self::Name { listing } => write!(f, "project.{listing}.name"),
            Self::Code { listing } => write!(f, "project.{listing}.code"),
            Self::Section { listing } => write!(f, "project.{listing}.section"),
            Self::Cost { listing, year: of } => {
                write!(f, "project.{listing}.cost.{}", year(of))
            }
            Self::Outline { listing, year: of } => {
                write!(f, "project.{listing}.outline.{}", year(of))
            }
            Self::NextStep { listing, axis } => write!(f, "project.{listing}.step.{axis}"),
            Self::Removed { listing } => write!(f, "project.{listing}.removed"),
        }
    }
}
