//! What a sheet asks, in the order of the city's own form.

use super::successor::is_planned;
use super::{Slot, Subject};
use crate::evaluation::{Sheet, SheetText};
use crate::figure::Figure;
use crate::fiscal_year::FiscalYear;
use crate::money::with_commas;
use crate::plan::{Indicator, Listing, YearMoney, indicator::figure_of};
use crate::scheme::{FieldKind, NextStepAxis, Phase, Required, Scale, SheetField};
use crate::source::Sourced;

/// One thing that is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Where the answer belongs.
    pub slot: Slot,
    /// What is asked, in the words of the city.
    pub label: String,
    /// What may be answered.
    pub answer: Answer,
    /// Must it be answered before the sheet is sent, as far as the scheme says so without a look at
    /// other answers?
    pub required: bool,
    /// What stands on the sheet now, as it would be typed; empty = nothing.
    pub value: String,
    /// What stood on last year's sheet; `None` = nothing or no sheet.
    pub last: Option<String>,
}

/// What may be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Words in one line.
    Line,
    /// Words in lines, each a paragraph; at most so many characters.
    Lines {
        /// The limit of the scheme, in characters without line ends.
        max_chars: Option<u32>,
    },
    /// A figure as it is written: `1,234`, `4以上`, `－`.
    Figure {
        /// The unit behind it.
        unit: Option<String>,
    },
    /// An amount in a unit of money.
    Money {
        /// The unit of the column.
        unit: &'static str,
    },
    /// One of several values.
    Choice(Vec<Choice>),
}

/// A value to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As it is kept.
    pub value: String,
    /// What it means, where the city says so.
    pub meaning: String,
}

/// A part of the form: one field of the scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Key of the field.
    pub field: String,
    /// Its label.
    pub label: String,
    /// Its place in the round.
    pub phase: Phase,
    /// Key of the stage that writes it; `None` = the sections.
    pub stage: Option<String>,
    /// Is it published?
    pub public: bool,
    /// The rule by which it must be filled.
    pub required: Required,
    /// A word of help.
    pub help: Option<String>,
    /// What it asks.
    pub body: Body,
}

/// What a block asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// One question, or one a year.
    Questions(Vec<Question>),
    /// The table of indicators.
    Indicators(Vec<IndicatorRow>),
    /// The table of projects.
    Projects(Vec<ProjectRow>),
    /// Nothing: what stands there is shown.
    Shown(Vec<String>),
}

/// One indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorRow {
    /// Which one, from 0.
    pub item: usize,
    /// Its name with the sub-name.
    pub label: String,
    /// Its unit, as printed.
    pub unit: Option<String>,
    /// The value of its 基準年度, as printed.
    pub baseline: Option<String>,
    /// Its years, in order.
    pub years: Vec<YearRow>,
    /// What is asked, in the order of the years.
    pub questions: Vec<Question>,
}

/// What stands of one year of an indicator, as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearRow {
    /// The year.
    pub year: FiscalYear,
    /// 目標.
    pub target: Option<String>,
    /// 実績.
    pub actual: Option<String>,
    /// 達成率.
    pub rate: Option<String>,
}

/// One row of projects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectRow {
    /// Which one, from 0.
    pub item: usize,
    /// Its name, as far as there is one.
    pub label: String,
    /// What is told beside the name: code, section, budget item, 再掲.
    pub about: Vec<String>,
    /// What is asked.
    pub questions: Vec<Question>,
}

/// The blocks of a sheet; `rows` is how many rows of projects the form shall have at least.
#[must_use]
pub fn blocks(subject: &Subject<'_>, rows: usize) -> Vec<Block> {
    let fields: Vec<&SheetField> = match subject.level {
        Some(level) => subject.scheme.fields_at(level).collect(),
        None => subject.scheme.written().fields.iter().collect(),
    };
    let block = |field: &&SheetField| Block {
        field: field.key.clone(),
        label: field.label.clone(),
        phase: field.phase,
        stage: field.stage.clone(),
        public: field.public,
        required: field.required.clone(),
        help: field.help.clone(),
        body: body(subject, field, rows),
    };
    fields.iter().map(block).collect()
}

/// The same without their blocks.
#[must_use]
pub fn questions(subject: &Subject<'_>, rows: usize) -> Vec<Question> {
    let blocks = blocks(subject, rows).into_iter();
    blocks
        .flat_map(|block| block.body.into_questions())
        .collect()
}

impl Body {
    /// All that it asks, in order.
    pub fn questions(&self) -> Box<dyn Iterator<Item = &Question> + '_> {
        match self {
            Self::Questions(questions) => Box::new(questions.iter()),
            Self::Indicators(rows) => Box::new(rows.iter().flat_map(|row| &row.questions)),
            Self::Projects(rows) => Box::new(rows.iter().flat_map(|row| &row.questions)),
            Self::Shown(_) => Box::new(std::iter::empty()),
        }
    }

    /// The same, to put answers in.
    pub fn questions_mut(&mut self) -> Box<dyn Iterator<Item = &mut Question> + '_> {
        match self {
            Self::Questions(questions) => Box::new(questions.iter_mut()),
            Self::Indicators(rows) => Box::new(rows.iter_mut().flat_map(|row| &mut row.questions)),
            Self::Projects(rows) => Box::new(rows.iter_mut().flat_map(|row| &mut row.questions)),
            Self::Shown(_) => Box::new(std::iter::empty()),
        }
    }

    /// All that it asks, in order.
    #[must_use]
    pub fn into_questions(self) -> Vec<Question> {
        match self {
            Self::Questions(questions) => questions,
            Self::Indicators(rows) => rows.into_iter().flat_map(|row| row.questions).collect(),
            Self::Projects(rows) => rows.into_iter().flat_map(|row| row.questions).collect(),
            Self::Shown(_) => Vec::new(),
        }
    }
}

fn body(subject: &Subject<'_>, field: &SheetField, rows: usize) -> Body {
    match &field.kind {
        FieldKind::Text | FieldKind::Paragraphs | FieldKind::Figure | FieldKind::Money => {
            Body::Questions(texts(subject, field))
        }
        FieldKind::YesNo => {
            let yes_no = ["はい", "いいえ"].map(|value| Choice {
                value: value.to_owned(),
                meaning: String::new(),
            });
            let mut asked = texts(subject, field);
            for question in &mut asked {
                question.answer = Answer::Choice(yes_no.to_vec());
            }
            Body::Questions(asked)
        }
        FieldKind::Grade(scale) => grade(subject, field, subject.scheme.scale(scale)),
        FieldKind::NextStep(axis) => grade(subject, field, subject.scheme.next_step_scale(axis)),
        FieldKind::Indicators => Body::Indicators(indicators(subject, field)),
        FieldKind::Projects => Body::Projects(projects(subject, field, rows)),
        FieldKind::Sections => {
            let names = subject.sheet.sections.iter();
            Body::Shown(names.map(|name| name.value.clone()).collect())
        }
    }
}

/// One question for each text of the field: one a year, where the sheet has one a year.
fn texts(subject: &Subject<'_>, field: &SheetField) -> Vec<Question> {
    let of_field = |text: &&SheetText| text.field == field.key;
    let mut years: Vec<Option<FiscalYear>> = subject
        .sheet
        .texts
        .iter()
        .filter(of_field)
        .map(|text| text.year)
        .collect();
    years.sort_unstable();
    years.dedup();
    if years.is_empty() {
        years.push(None);
    }
    let newest = years.last().copied().flatten();
    let question = |year: Option<FiscalYear>| {
        let last = subject.last.and_then(|last| {
            let of = year.and_then(|year| year.plus(-1));
            typed_text(last, &field.key, of)
        });
        Question {
            slot: Slot::Text {
                field: field.key.clone(),
                year,
            },
            label: match year {
                Some(year) => format!("{}（{year}）", field.label),
                None => field.label.clone(),
            },
            answer: text_answer(subject, field),
            required: matches!(field.required, Required::Always) && year == newest,
            value: typed_text(subject.sheet, &field.key, year).unwrap_or_default(),
            last,
        }
    };
    years.into_iter().map(question).collect()
}

fn text_answer(subject: &Subject<'_>, field: &SheetField) -> Answer {
    match field.kind {
        FieldKind::Figure => Answer::Figure { unit: None },
        FieldKind::Money => Answer::Money {
            unit: subject.scheme.written().money.unit.label(),
        },
        _ => Answer::Lines {
            max_chars: field.max_chars,
        },
    }
}

fn typed_text(sheet: &Sheet, field: &str, year: Option<FiscalYear>) -> Option<String> {
    let mut texts = sheet.texts.iter();
    let text = texts.find(|text| text.field == field && text.year == year)?;
    let paragraphs = text.paragraphs.as_ref()?;
    let lines: Vec<&str> = paragraphs.iter().map(|p| p.value.as_str()).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn grade(subject: &Subject<'_>, field: &SheetField, scale: Option<&Scale>) -> Body {
    let value = |sheet: &Sheet| sheet.judgement(&field.key).map(|j| j.value.value.clone());
    Body::Questions(vec![Question {
        slot: Slot::Grade {
            field: field.key.clone(),
        },
        label: field.label.clone(),
        answer: Answer::Choice(choices(scale)),
        required: matches!(field.required, Required::Always),
        value: value(subject.sheet).unwrap_or_default(),
        last: subject.last.and_then(value),
    }])
}

fn choices(scale: Option<&Scale>) -> Vec<Choice> {
    let values = scale
        .into_iter()
        .flat_map(|s| s.values.iter().chain(&s.states));
    values
        .map(|value| Choice {
            value: value.value.clone(),
            meaning: value.label.clone(),
        })
        .collect()
}

fn indicators(subject: &Subject<'_>, field: &SheetField) -> Vec<IndicatorRow> {
    let row = |(item, indicator): (usize, &Indicator)| IndicatorRow {
        item,
        label: indicator.label(),
        unit: indicator.unit.as_ref().map(|unit| unit.value.clone()),
        baseline: indicator.baseline.as_ref().map(printed),
        years: year_rows(subject, indicator),
        questions: if is_planned(subject.scheme, &field.kind) {
            targets(subject, item, indicator)
        } else {
            vec![actual(subject, field, item, indicator)]
        },
    };
    (0..).zip(&subject.sheet.indicators).map(row).collect()
}

fn printed(figure: &Sourced<Figure>) -> String {
    figure.value.printed.clone()
}

fn year_rows(subject: &Subject<'_>, indicator: &Indicator) -> Vec<YearRow> {
    let lists = [
        &indicator.targets,
        &indicator.actuals,
        &indicator.printed_rates,
    ];
    let mut years: Vec<FiscalYear> = lists.into_iter().flatten().map(|f| f.year).collect();
    years.push(subject.year);
    years.sort_unstable();
    years.dedup();
    let row = |year| YearRow {
        year,
        target: figure_of(&indicator.targets, year).map(printed),
        actual: figure_of(&indicator.actuals, year).map(printed),
        rate: figure_of(&indicator.printed_rates, year).map(printed),
    };
    years.into_iter().map(row).collect()
}

fn actual(
    subject: &Subject<'_>,
    field: &SheetField,
    item: usize,
    indicator: &Indicator,
) -> Question {
    let year = subject.year;
    let has_target = figure_of(&indicator.targets, year).is_some();
    Question {
        slot: Slot::Actual {
            indicator: item,
            year,
        },
        label: format!("{}の実績（{year}）", indicator.label()),
        answer: figure_answer(indicator),
        required: matches!(field.required, Required::Always) && has_target,
        value: figure_of(&indicator.actuals, year).map_or_else(String::new, printed),
        last: indicator.last_year_actual(year).map(printed),
    }
}

fn figure_answer(indicator: &Indicator) -> Answer {
    Answer::Figure {
        unit: indicator.unit.as_ref().map(|unit| unit.value.clone()),
    }
}

fn targets(subject: &Subject<'_>, item: usize, indicator: &Indicator) -> Vec<Question> {
    let mut asked = Vec::new();
    for target in &indicator.targets {
        let year = target.year;
        let label = indicator.label();
        let revision = indicator.revisions.iter().find(|r| r.year == year);
        let before = subject.last.and_then(|last| last.indicators.get(item));
        asked.push(Question {
            slot: Slot::Target {
                indicator: item,
                year,
            },
            label: format!("{label}の目標（{year}）"),
            answer: figure_answer(indicator),
            required: false,
            value: printed(&target.figure),
            last: before
                .and_then(|before| figure_of(&before.targets, year))
                .map(printed),
        });
        asked.push(Question {
            slot: Slot::TargetReason {
                indicator: item,
                year,
            },
            label: format!("{label}の目標（{year}）を変更した理由"),
            answer: Answer::Line,
            required: false,
            value: revision
                .and_then(|revision| revision.reason.as_ref())
                .map_or_else(String::new, |reason| reason.value.clone()),
            last: None,
        });
    }
    asked
}

fn projects(subject: &Subject<'_>, field: &SheetField, rows: usize) -> Vec<ProjectRow> {
    let listings = &subject.sheet.listings;
    let empty = Listing::default();
    let last = |listing: &Listing| subject.last.and_then(|last| twin(last, listing));
    let row = |item: usize| {
        let known = listings.get(item);
        let listing = known.unwrap_or(&empty);
        ProjectRow {
            item,
            label: listing
                .name
                .as_ref()
                .map_or_else(String::new, |n| n.value.clone()),
            about: known.map(about).unwrap_or_default(),
            questions: row_questions(subject, field, (item, known), known.and_then(last)),
        }
    };
    (0..listings.len().max(rows)).map(row).collect()
}

/// The row of last year's sheet about the same project: by code, else by name.
fn twin<'a>(last: &'a Sheet, listing: &Listing) -> Option<&'a Listing> {
    let same = |other: &&Listing| match (&other.code, &listing.code) {
        (Some(one), Some(two)) => one.value.trim() == two.value.trim(),
        (None, None) => {
            other.name.as_ref().map(|n| &n.value) == listing.name.as_ref().map(|n| &n.value)
        }
        _ => false,
    };
    last.listings.iter().find(same)
}

fn about(listing: &Listing) -> Vec<String> {
    let mut about = Vec::new();
    if listing.relisted {
        about.push("再掲".to_owned());
    }
    about.extend(
        listing
            .code
            .as_ref()
            .map(|code| format!("コード {}", code.value)),
    );
    about.extend(listing.sections.iter().map(|section| section.value.clone()));
    let item = &listing.budget_item;
    let budget = [&item.account, &item.kan, &item.kou, &item.moku];
    let budget: Vec<&str> = budget.into_iter().flatten().map(String::as_str).collect();
    if !budget.is_empty() {
        about.push(budget.join(" "));
    }
    about
}

fn row_questions(
    subject: &Subject<'_>,
    field: &SheetField,
    (item, known): (usize, Option<&Listing>),
    last: Option<&Listing>,
) -> Vec<Question> {
    let required = matches!(field.required, Required::Always);
    let mut asked = Vec::new();
    if known.is_none() {
        let words = |slot, label: &str| Question {
            slot,
            label: label.to_owned(),
            answer: Answer::Line,
            required: false,
            value: String::new(),
            last: None,
        };
        asked.push(words(Slot::Name { listing: item }, "事務事業の名称"));
        asked.push(words(Slot::Code { listing: item }, "事務事業コード"));
        asked.push(words(Slot::Section { listing: item }, "担当課"));
    }
    let counted = known.is_none_or(|listing| !listing.relisted);
    if subject
        .level
        .is_none_or(|level| subject.scheme.level(level).is_none_or(|l| l.money))
    {
        for year in subject.cost_years() {
            let mut question = cost(subject, item, year, known, last);
            question.required = required && counted && known.is_some();
            asked.push(question);
        }
    }
    for axis in subject.scheme.next_step_axes() {
        asked.push(next_step(subject, item, axis, known, last));
    }
    let outlines = known
        .map(|listing| listing.outlines.as_slice())
        .unwrap_or_default();
    for (year, outline) in outlines {
        asked.push(Question {
            slot: Slot::Outline {
                listing: item,
                year: *year,
            },
            label: format!("事業の内容（{year}）"),
            answer: Answer::Lines { max_chars: None },
            required: false,
            value: outline.value.clone(),
            last: last.and_then(|last| outline_of(last, *year)),
        });
    }
    asked
}

fn outline_of(listing: &Listing, year: FiscalYear) -> Option<String> {
    let mut outlines = listing.outlines.iter();
    let found = outlines.find(|(of, _)| *of == year)?;
    Some(found.1.value.clone())
}

fn cost(
    subject: &Subject<'_>,
    item: usize,
    year: FiscalYear,
    known: Option<&Listing>,
    last: Option<&Listing>,
) -> Question {
    let unit = subject.scheme.written().money.unit;
    let of = |listing: &Listing, year: FiscalYear| {
        let cost: Option<&YearMoney> = listing.costs.iter().find(|cost| cost.year == year);
        cost.map(|cost| with_commas(cost.money.value.shown_in(unit)))
    };
    let before = last.and_then(|last| of(last, year).or_else(|| of(last, year.plus(-1)?)));
    Question {
        slot: Slot::Cost {
            listing: item,
            year,
        },
        label: format!("事業費（{year}）"),
        answer: Answer::Money { unit: unit.label() },
        required: false,
        value: known.and_then(|known| of(known, year)).unwrap_or_default(),
        last: before,
    }
}

fn next_step(
    subject: &Subject<'_>,
    item: usize,
    axis: &NextStepAxis,
    known: Option<&Listing>,
    last: Option<&Listing>,
) -> Question {
    let step = |listing: &Listing| listing.next_step(&axis.key).map(|step| step.value.clone());
    Question {
        slot: Slot::NextStep {
            listing: item,
            axis: axis.key.clone(),
        },
        label: axis.label.clone(),
        answer: Answer::Choice(choices(subject.scheme.scale(&axis.scale))),
        required: false,
        value: known.and_then(step).unwrap_or_default(),
        last: last.and_then(step),
    }
}
