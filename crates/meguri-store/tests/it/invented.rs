//! Documents of an invented city, with something in every field that the core has.

use meguri_core::evaluation::{
    Document, Judgement, PrintedTotal, Sheet, SheetText, Tally, TallyRow, UnreadText, Unsettled,
};
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::{FiscalYear, FiscalYearSpan};
use meguri_core::money::{Money, MoneyUnit};
use meguri_core::plan::{
    Accumulation, Better, BudgetItem, Indicator, Listing, NodeId, Plan, PlanNode, Programme,
    ScheduleStep, TargetRevision, YearFigure, YearMoney,
};
use meguri_core::source::{Settled, Sourced};
use meguri_core::verify::{Finding, Place, Severity};
use meguri_store::{SchemeText, SourceFile};

const SETTLED: [Settled; 4] = [
    Settled::Printed,
    Settled::Layout,
    Settled::Proven,
    Settled::Confirmed,
];
const FIGURES: [&str; 10] = [
    "1,234",
    "75.40%",
    "4以上",
    "100％超",
    "前年度比減",
    "－",
    "実施",
    "58※2",
    "0",
    "△3.50",
];
const UNITS: [MoneyUnit; 4] = [
    MoneyUnit::ThousandYen,
    MoneyUnit::Yen,
    MoneyUnit::MillionYen,
    MoneyUnit::HundredMillionYen,
];

/// How large a document is to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) sheets: usize,
    pub(crate) indicators: usize,
    pub(crate) listings: usize,
    /// Characters of each paragraph, about.
    pub(crate) paragraph: usize,
}

impl Size {
    pub(crate) const SMALL: Self = Self {
        sheets: 6,
        indicators: 3,
        listings: 4,
        paragraph: 20,
    };
}

pub(crate) fn year(year: u16) -> FiscalYear {
    FiscalYear::new(year).expect("a year")
}

fn pick<T: Copy>(from: &[T], number: usize) -> T {
    from[number % from.len()]
}

fn sourced<T>(value: T, line: usize) -> Sourced<T> {
    Sourced {
        value,
        line: u32::try_from(line).expect("a line"),
        settled: pick(&SETTLED, line),
    }
}

fn text(value: impl Into<String>, line: usize) -> Sourced<String> {
    sourced(value.into(), line)
}

fn figures(first: FiscalYear, count: usize, seed: usize) -> Vec<YearFigure> {
    let figure = |number: usize| YearFigure {
        year: first
            .plus(i32::try_from(number).expect("small"))
            .expect("a year"),
        figure: sourced(
            Figure::parse(pick(&FIGURES, seed + number)).expect("a figure"),
            seed + number,
        ),
    };
    (0..count).map(figure).collect()
}

/// A document of one year; the same seed gives the same document.
pub(crate) fn document(of: FiscalYear, size: Size, seed: usize) -> Document {
    let plan = plan(of, size.sheets);
    Document {
        name: format!("評価書_{}_{seed}.txt", of.short()),
        family: "evaluation".to_owned(),
        sheets: (0..size.sheets)
            .map(|number| sheet(of, size, number, seed))
            .collect(),
        tallies: vec![tally(seed), Tally::default()],
        unsettled: vec![Unsettled {
            place: "テーマ2 関連事業".to_owned(),
            field: "cost".to_owned(),
            candidates: vec!["1,200".to_owned(), String::new()],
            why: "二つの行のどちらの金額か決められません。".to_owned(),
            line: 12,
        }],
        unread: vec![UnreadText {
            line: 13,
            text: "進捗率 98.4".to_owned(),
            place: "テーマ2".to_owned(),
            why: "どの欄の内容にも当てはまりません。".to_owned(),
        }],
        lines: (0..size.sheets)
            .map(|n| format!("{of} {n} 行目 {seed}"))
            .collect(),
        plan,
    }
}

fn plan(of: FiscalYear, sheets: usize) -> Plan {
    let mut plan = Plan {
        key: "evaluation".to_owned(),
        name: Some(text("みずほ野市総合計画", 1)),
        period: FiscalYearSpan::new(of, of.plus(3).expect("a year")),
        predecessor: Some("evaluation-1".to_owned()),
        nodes: Vec::new(),
    };
    let goal = plan.add(PlanNode {
        level: "goal".to_owned(),
        number: Some(text("Ⅰ", 2)),
        name: Some(text("みどりと水のまち", 2)),
        parent: None,
        programme: None,
    });
    for number in 0..sheets {
        let programme = (number.is_multiple_of(2)).then(|| Programme {
            kind: Some(text("実施", number)),
            schedule: vec![
                ScheduleStep {
                    year: Some(of),
                    word: text("準備", number),
                },
                ScheduleStep {
                    year: None,
                    word: text("実施", number),
                },
            ],
        });
        plan.add(PlanNode {
            level: "theme".to_owned(),
            number: Some(text((number + 1).to_string(), number)),
            name: (number != 3).then(|| text(format!("施策その{number}"), number)),
            parent: Some(goal),
            programme,
        });
    }
    plan
}

fn sheet(of: FiscalYear, size: Size, number: usize, seed: usize) -> Sheet {
    // The last sheet of a small document has no node, as where the text lost its heading.
    let lost = number + 1 == size.sheets && number > 2;
    Sheet {
        node: (!lost).then_some(NodeId(number + 1)),
        label: format!("テーマ{} 施策その{number}", number + 1),
        year: Some(of),
        line: u32::try_from(number * 40 + 1).expect("a line"),
        texts: texts(of, size, number + seed),
        judgements: judgements(number + seed),
        sections: vec![text(pick(&["環境課", "水道課", "政策課"], number), number)],
        related_sections: vec![text("財政課", number), text("公園課", number)],
        indicators: (0..size.indicators)
            .map(|i| indicator(of, number + seed + i, i))
            .collect(),
        listings: (0..size.listings)
            .map(|i| listing(of, number + seed + i, i))
            .collect(),
        unplaced_costs: (1..number % 3).map(|n| sourced(money(n), n)).collect(),
        totals: vec![PrintedTotal {
            table: 1,
            year: Some(of),
            money: sourced(money(number), number),
        }],
        next_step_counts: vec![
            ("維持".to_owned(), sourced(3, number)),
            ("拡大".to_owned(), sourced(0, number)),
        ],
        relisted_from: (number == 2).then(|| sourced(1, 7)),
    }
}

fn texts(of: FiscalYear, size: Size, seed: usize) -> Vec<SheetText> {
    let paragraph = |at: usize| {
        let words = "河川の水質を月ごとに調べ、結果を公表しました。";
        let body: String = words
            .chars()
            .cycle()
            .skip(at)
            .take(size.paragraph)
            .collect();
        text(format!("{body}{at}"), at)
    };
    let whole = |field: &str, count: usize| SheetText {
        field: field.to_owned(),
        year: None,
        paragraphs: Some((0..count).map(|n| paragraph(seed + n)).collect()),
    };
    let lost = SheetText {
        field: "issues".to_owned(),
        year: Some(of),
        paragraphs: None,
    };
    vec![
        whole("policy", 2),
        whole("result", 3),
        lost,
        whole("reason", 0),
    ]
}

fn judgements(seed: usize) -> Vec<Judgement> {
    let judgement = |stage: Option<&str>, value: &str| Judgement {
        field: "grade".to_owned(),
        stage: stage.map(str::to_owned),
        value: text(value, seed),
    };
    vec![
        judgement(Some("first"), pick(&["S", "A", "B"], seed)),
        judgement(None, pick(&["A", "B"], seed)),
    ]
}

fn indicator(of: FiscalYear, seed: usize, place: usize) -> Indicator {
    let baseline =
        (!seed.is_multiple_of(3)).then(|| Figure::parse(pick(&FIGURES, seed)).expect("a figure"));
    Indicator {
        number: (seed.is_multiple_of(2)).then(|| sourced(1, seed)),
        name: Some(text(format!("指標その{place}"), seed)),
        sub_name: (seed % 2 == 1).then(|| text("うち市内", seed)),
        unit: Some(text("％", seed)),
        better: pick(&[None, Some(Better::Lower), Some(Better::Keep)], seed),
        accumulation: pick(&[Accumulation::Yearly, Accumulation::Cumulative], seed),
        baseline: baseline.map(|figure| sourced(figure, seed)),
        baseline_year: (seed.is_multiple_of(2)).then(|| of.plus(-1).expect("a year")),
        targets: figures(of, 2, seed),
        actuals: figures(of, 1, seed + 3),
        printed_rates: figures(of, 1, seed + 5),
        revisions: vec![TargetRevision {
            year: of,
            original: (seed.is_multiple_of(2))
                .then(|| sourced(Figure::parse("60").expect("a figure"), 3)),
            revised: sourced(Figure::parse("70").expect("a figure"), 3),
            reason: (seed.is_multiple_of(3)).then(|| text("計画を見直したため。", 4)),
        }],
        notes: vec![text("年度末の値。", seed)],
    }
}

fn money(seed: usize) -> Money {
    let amount = i64::try_from(seed * 137).expect("small") - 500;
    Money::of(amount, pick(&UNITS, seed)).expect("an amount")
}

fn listing(of: FiscalYear, seed: usize, place: usize) -> Listing {
    Listing {
        table: u32::from(seed.is_multiple_of(5)),
        number: Some(sourced(u32::try_from(place + 1).expect("small"), seed)),
        name: Some(text(format!("事業その{seed}"), seed)),
        tags: vec![text("拡充分", seed)],
        sections: vec![text("環境課", seed), text("水道課", seed)],
        budget_item: BudgetItem {
            account: Some("一般".to_owned()),
            kan: (seed.is_multiple_of(2)).then(|| "4".to_owned()),
            kou: Some("1".to_owned()),
            moku: None,
        },
        code: Some(text(format!("04{seed:06}"), seed)),
        costs: vec![
            YearMoney {
                year: of,
                money: sourced(money(seed), seed),
            },
            YearMoney {
                year: of.plus(1).expect("a year"),
                money: sourced(money(0), seed),
            },
        ],
        outlines: vec![(of, text("水路を直す。", seed))],
        next_steps: vec![
            ("work".to_owned(), text("維持", seed)),
            ("money".to_owned(), text("拡大", seed)),
        ],
        relisted: seed.is_multiple_of(4),
        relisted_from: (seed.is_multiple_of(4)).then(|| sourced(15, seed)),
        line: u32::try_from(seed).expect("a line"),
    }
}

fn tally(seed: usize) -> Tally {
    let row = |name: &str| TallyRow {
        group: Some(sourced(1, seed)),
        name: Some(text(name, seed)),
        members: (seed.is_multiple_of(2)).then(|| sourced(5, seed)),
        counts: vec![
            ("S".to_owned(), sourced(2, 5)),
            ("A".to_owned(), sourced(3, 5)),
        ],
    };
    Tally {
        field: "grade".to_owned(),
        rows: vec![row("みどり"), row("水")],
        total: vec![("S".to_owned(), sourced(4, 6))],
    }
}

/// The file of a document.
pub(crate) fn source(document: &Document) -> SourceFile {
    SourceFile {
        name: document.name.clone(),
        bytes: document.lines.join("\r\n").into_bytes(),
    }
}

/// A scheme as a city might write it.
pub(crate) fn scheme() -> SchemeText {
    SchemeText {
        plan: "evaluation".to_owned(),
        version: "2022".to_owned(),
        valid_from: year(2022),
        valid_until: None,
        written: "key = \"evaluation\"\n".to_owned(),
    }
}

/// Two findings in the first two sheets.
pub(crate) fn findings(document: &Document) -> Vec<Finding> {
    let place = |sheet: &Sheet| {
        Place::sheet(document, sheet)
            .row("指標その0")
            .at(3, "75.4%")
    };
    let sheets = document.sheets.iter().take(2);
    sheets
        .map(|sheet| {
            let message = "達成率が計算と合いません。";
            let hint = "原本をご確認ください。";
            let finding = Finding::new("V001", Severity::Error, place(sheet), message, hint);
            let steps = vec!["46 ÷ 61 ＝ 0.754".to_owned(), "→ 75.4％".to_owned()];
            finding.figures("75.3%", "75.4%").steps(steps)
        })
        .collect()
}
