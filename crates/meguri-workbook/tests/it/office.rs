//! A section with its sheets: a scheme with a field of each kind, last year's sheets, this year's
//! workbook.

use meguri_core::evaluation::{Judgement, Sheet, SheetText};
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::form::{self, Subject, successor};
use meguri_core::money::{Money, MoneyUnit};
use meguri_core::plan::{Indicator, Listing, YearFigure, YearMoney};
use meguri_core::scheme::{
    BestEnd, FieldKind, Level, MoneyRule, NextStepAxis, Numbering, Phase, Required, Scale,
    ScaleValue, Scheme, SheetField, Written,
};
use meguri_core::source::{Settled, Sourced};
use meguri_workbook::Moment;
use meguri_workbook::entry::{Form, FormSheet, SPARE_ROWS, Stamp};

fn year(calendar_year: u16) -> FiscalYear {
    FiscalYear::new(calendar_year).expect("a fiscal year")
}

fn printed<T>(value: T) -> Sourced<T> {
    Sourced {
        value,
        line: 7,
        settled: Settled::Printed,
    }
}

fn field(key: &str, label: &str, kind: FieldKind, phase: Phase) -> SheetField {
    SheetField {
        key: key.to_owned(),
        label: label.to_owned(),
        max_chars: kind.is_text().then_some(400),
        kind,
        phase,
        levels: Vec::new(),
        stage: None,
        required: Required::Always,
        public: true,
        help: Some("前年度からの変化が分かるように書きます。".to_owned()),
    }
}

fn scale(key: &str, values: &[&str]) -> Scale {
    let value = |printed: &&str| ScaleValue {
        value: (*printed).to_owned(),
        label: format!("{printed}の意味"),
        ..ScaleValue::default()
    };
    Scale {
        key: key.to_owned(),
        label: key.to_owned(),
        best: BestEnd::First,
        values: values.iter().map(value).collect(),
        states: Vec::new(),
    }
}

pub(crate) fn scheme() -> Scheme {
    Scheme::new(Written {
        key: "plan".to_owned(),
        label: "計画".to_owned(),
        evaluates: None,
        version: "1".to_owned(),
        valid_from: year(2021),
        valid_until: None,
        period: None,
        rolling_years: None,
        every_years: 1,
        levels: vec![Level {
            key: "measure".to_owned(),
            label: "施策".to_owned(),
            numbering: Numbering::Path,
            optional: false,
            outside_tree: false,
            sheets: true,
            indicators: true,
            money: true,
        }],
        scales: vec![
            scale("grade", &["A", "B", "C"]),
            scale("step", &["維持", "拡充", "廃止"]),
        ],
        next_step_axes: vec![NextStepAxis {
            years_ahead: None,
            key: "work".to_owned(),
            label: "動向".to_owned(),
            scale: "step".to_owned(),
        }],
        stages: Vec::new(),
        fields: vec![
            field("aim", "目指す姿", FieldKind::Paragraphs, Phase::Plan),
            field("done", "成果", FieldKind::Paragraphs, Phase::Do),
            field("indicators", "成果指標", FieldKind::Indicators, Phase::Do),
            field(
                "grade",
                "評価",
                FieldKind::Grade("grade".to_owned()),
                Phase::Check,
            ),
            field("projects", "事務事業", FieldKind::Projects, Phase::Action),
        ],
        rates: Vec::new(),
        classes: Vec::new(),
        points: Vec::new(),
        rollups: Vec::new(),
        money: MoneyRule::default(),
        tags: Vec::new(),
    })
    .expect("a scheme")
}

/// Last year's sheet of a number: the more, the more rows.
pub(crate) fn last(number: usize) -> Sheet {
    let figure = |of: u16, text: String| YearFigure {
        year: year(of),
        figure: printed(Figure::parse(&text).expect("a figure")),
    };
    let listing = |row: usize| Listing {
        name: Some(printed(format!("事業{number}の{row}"))),
        code: Some(printed(format!("0{number}-{row}"))),
        costs: vec![YearMoney {
            year: year(2022),
            money: printed(
                Money::of(
                    1_200 + i64::try_from(row).expect("few"),
                    MoneyUnit::ThousandYen,
                )
                .expect("money"),
            ),
        }],
        next_steps: vec![("work".to_owned(), printed("維持".to_owned()))],
        ..Listing::default()
    };
    let indicator = |row: usize| Indicator {
        name: Some(printed(format!("指標{number}の{row}"))),
        unit: Some(printed("人".to_owned())),
        targets: vec![
            figure(2022, format!("{}", 90 + row)),
            figure(2023, format!("1,00{row}")),
        ],
        actuals: vec![figure(2022, format!("8{row}"))],
        ..Indicator::default()
    };
    Sheet {
        year: Some(year(2022)),
        label: format!("施策{number} 障がい者・高齢者の福祉の充実"),
        texts: ["aim", "done"]
            .map(|field| SheetText {
                field: field.to_owned(),
                year: None,
                paragraphs: Some(vec![
                    printed(format!("{field}の文。\n二行目")),
                    printed("次の段落".to_owned()),
                ]),
            })
            .to_vec(),
        judgements: vec![Judgement {
            field: "grade".to_owned(),
            stage: None,
            value: printed("A".to_owned()),
        }],
        indicators: (0..number + 1).map(indicator).collect(),
        listings: (0..number + 3).map(listing).collect(),
        ..Sheet::default()
    }
}

/// The form of so many sheets of the year after.
pub(crate) fn form(sheets: usize) -> Form {
    let scheme = scheme();
    let sheets = (1..=sheets).map(|number| {
        let last = last(number);
        let sheet = successor(&last, year(2023), &scheme);
        let subject = Subject {
            scheme: &scheme,
            level: Some("measure"),
            year: year(2023),
            sheet: &sheet,
            last: Some(&last),
        };
        let blocks = form::blocks(&subject, sheet.listings.len() + SPARE_ROWS);
        let is_own = |block: &form::Block| block.field != "aim";
        FormSheet {
            id: i64::try_from(number * 10).expect("few"),
            version: 3,
            label: sheet.label.clone(),
            blocks: blocks
                .into_iter()
                .map(|block| {
                    let own = is_own(&block);
                    (block, own)
                })
                .collect(),
        }
    });
    Form {
        stamp: Stamp {
            municipality: "131016".to_owned(),
            cycle: "5".to_owned(),
            plan: "plan".to_owned(),
            scheme: "1/2".to_owned(),
            year: "2023".to_owned(),
            made: "2026-04-01T09:30:00+09:00".to_owned(),
            account: "sato".to_owned(),
        },
        title: "令和5年度 施策評価 入力用ブック".to_owned(),
        city: "みずほ野市".to_owned(),
        notes: vec!["色の付いた欄に記入します。".to_owned()],
        moment: Moment {
            year: 2026,
            month: 4,
            day: 1,
            ..Moment::default()
        },
        sheets: sheets.collect(),
    }
}
