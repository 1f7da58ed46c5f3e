//! What is visible follows the scheme, whatever stands on a sheet.

use super::*;
use crate::evaluation::{Judgement, PrintedTotal, SheetText, TallyRow, Unsettled};
use crate::figure::Figure;
use crate::fiscal_year::FiscalYear;
use crate::money::{Money, MoneyUnit};
use crate::plan::{Indicator, Listing, PlanNode, YearFigure, YearMoney};
use crate::scheme::{
    BestEnd, FieldKind, Level, MoneyRule, NextStepAxis, Numbering, Phase, Required, Scale,
    ScaleValue, StageRoute, Written,
};
use crate::source::{Settled, Sourced};
use proptest::prelude::*;

fn sourced<T>(value: T) -> Sourced<T> {
    Sourced {
        value,
        line: 1,
        settled: Settled::Printed,
    }
}

fn text(value: &str) -> Sourced<String> {
    sourced(value.to_owned())
}

fn year() -> FiscalYear {
    FiscalYear::new(2024).expect("a fiscal year")
}

fn level(key: &str) -> Level {
    Level {
        key: key.to_owned(),
        label: key.to_owned(),
        numbering: Numbering::None,
        optional: true,
        outside_tree: false,
        sheets: true,
        indicators: true,
        money: true,
    }
}

fn field(key: &str, kind: FieldKind) -> SheetField {
    SheetField {
        key: key.to_owned(),
        label: key.to_owned(),
        kind,
        phase: Phase::Do,
        levels: Vec::new(),
        stage: None,
        required: Required::Never,
        max_chars: None,
        public: true,
        help: None,
    }
}

fn stage(key: &str) -> Stage {
    Stage {
        key: key.to_owned(),
        label: key.to_owned(),
        by: "企画課".to_owned(),
        public: true,
        route: StageRoute::default(),
    }
}

/// A field of each kind, and two stages.
fn written() -> Written {
    let value = |word: &str| ScaleValue {
        value: word.to_owned(),
        label: word.to_owned(),
        ..ScaleValue::default()
    };
    let scale = Scale {
        key: "scale".to_owned(),
        label: "区分".to_owned(),
        best: BestEnd::First,
        values: vec![value("A"), value("B")],
        states: Vec::new(),
    };
    let axis = |key: &str| NextStepAxis {
        key: key.to_owned(),
        label: key.to_owned(),
        scale: "scale".to_owned(),
        years_ahead: None,
    };
    let mut second = field("second", FieldKind::Grade("scale".to_owned()));
    second.stage = Some("second".to_owned());
    Written {
        key: "plan".to_owned(),
        label: "計画".to_owned(),
        evaluates: None,
        version: "1".to_owned(),
        valid_from: year(),
        valid_until: None,
        period: None,
        rolling_years: None,
        every_years: 1,
        levels: vec![level("measure"), level("project")],
        scales: vec![scale],
        next_step_axes: vec![axis("work"), axis("money")],
        stages: vec![stage("first"), stage("second")],
        fields: vec![
            field("text", FieldKind::Text),
            field("paragraphs", FieldKind::Paragraphs),
            field("figure", FieldKind::Figure),
            field("money", FieldKind::Money),
            field("yes_no", FieldKind::YesNo),
            field("grade", FieldKind::Grade("scale".to_owned())),
            second,
            field("work", FieldKind::NextStep("work".to_owned())),
            field("budget", FieldKind::NextStep("money".to_owned())),
            field("indicators", FieldKind::Indicators),
            field("projects", FieldKind::Projects),
            field("sections", FieldKind::Sections),
        ],
        rates: Vec::new(),
        classes: Vec::new(),
        points: Vec::new(),
        rollups: Vec::new(),
        money: MoneyRule::default(),
        tags: Vec::new(),
    }
}

fn scheme(written: Written) -> Scheme {
    Scheme::new(written).expect("a sound scheme")
}

fn amount() -> Sourced<Money> {
    sourced(Money::of(72, MoneyUnit::ThousandYen).expect("an amount"))
}

/// A sheet with a value in everything that a sheet can hold.
fn full() -> Sheet {
    let keys = ["text", "paragraphs", "figure", "money", "yes_no", "unnamed"];
    let of_key = |key: &str| SheetText {
        field: key.to_owned(),
        year: None,
        paragraphs: Some(vec![text(&format!("{key}の文"))]),
    };
    let judgement = |field: &str, stage: Option<&str>| Judgement {
        field: field.to_owned(),
        stage: stage.map(str::to_owned),
        value: text("A"),
    };
    let step = |axis: &str| (axis.to_owned(), text("B"));
    let indicator = Indicator {
        name: Some(text("来館者数")),
        actuals: vec![YearFigure {
            year: year(),
            figure: sourced(Figure::parse("46").expect("a figure")),
        }],
        ..Indicator::default()
    };
    let row = Listing {
        name: Some(text("広場の管理")),
        sections: vec![text("公園課")],
        costs: vec![YearMoney {
            year: year(),
            money: amount(),
        }],
        next_steps: vec![step("work"), step("money")],
        ..Listing::default()
    };
    Sheet {
        node: Some(NodeId(0)),
        label: "施策1".to_owned(),
        year: Some(year()),
        line: 3,
        texts: keys.iter().map(|key| of_key(key)).collect(),
        judgements: vec![
            judgement("grade", None),
            judgement("grade", Some("first")),
            judgement("second", Some("second")),
            judgement("work", None),
            judgement("grade", Some("unnamed")),
        ],
        sections: vec![text("企画課")],
        related_sections: vec![text("財政課")],
        indicators: vec![indicator],
        listings: vec![row],
        unplaced_costs: vec![amount()],
        totals: vec![PrintedTotal {
            table: 0,
            year: Some(year()),
            money: amount(),
        }],
        next_step_counts: vec![("拡大".to_owned(), sourced(1))],
        relisted_from: Some(sourced(2)),
    }
}

/// What of a sheet is there, part by part.
fn parts(sheet: &Sheet) -> Vec<String> {
    let mut parts: Vec<String> = sheet.texts.iter().map(|text| text.field.clone()).collect();
    parts.extend(sheet.judgements.iter().map(|judgement| {
        let stage = judgement.stage.as_deref().unwrap_or_default();
        format!("{}/{stage}", judgement.field)
    }));
    for row in &sheet.listings {
        parts.push("row".to_owned());
        parts.extend(row.sections.iter().map(|_| "row section".to_owned()));
        parts.extend(row.costs.iter().map(|_| "row cost".to_owned()));
        parts.extend(row.next_steps.iter().map(|(axis, _)| format!("row {axis}")));
    }
    let counted = [
        ("section", sheet.sections.len()),
        ("related", sheet.related_sections.len()),
        ("indicator", sheet.indicators.len()),
        ("unplaced", sheet.unplaced_costs.len()),
        ("total", sheet.totals.len()),
        ("count", sheet.next_step_counts.len()),
    ];
    for (part, count) in counted {
        parts.extend((0..count).map(|_| part.to_owned()));
    }
    parts
}

fn gone(scheme: &Scheme, sheet: &Sheet) -> Vec<String> {
    let left = parts(&visible(Some(scheme), Some("measure"), sheet));
    let mut all = parts(sheet);
    all.retain(|part| !left.contains(part));
    all
}

#[test]
fn each_hidden_field_takes_its_own_values_and_what_is_counted_from_them() {
    // What no field or stage names is gone whatever the scheme hides.
    let never = ["unnamed", "grade/unnamed"];
    let cases: [(&str, &[&str]); 12] = [
        ("text", &["text"]),
        ("paragraphs", &["paragraphs"]),
        ("figure", &["figure"]),
        ("money", &["money", "row cost", "unplaced", "total"]),
        ("yes_no", &["yes_no"]),
        ("grade", &["grade/", "grade/first"]),
        ("second", &["second/second"]),
        ("work", &["work/", "row work", "count"]),
        ("budget", &["row money", "count"]),
        ("indicators", &["indicator"]),
        (
            "projects",
            &[
                "row",
                "row section",
                "row cost",
                "row work",
                "row money",
                "unplaced",
                "total",
                "count",
            ],
        ),
        ("sections", &["row section", "section", "related"]),
    ];
    assert_eq!(gone(&scheme(written()), &full()), never, "nothing hidden");
    for (key, of_field) in cases {
        let mut hiding = written();
        for field in hiding.fields.iter_mut().filter(|field| field.key == key) {
            field.public = false;
        }
        let mut wanted: Vec<&str> = of_field.iter().copied().chain(never).collect();
        wanted.sort_unstable();
        let mut found = gone(&scheme(hiding), &full());
        found.sort();
        assert_eq!(found, wanted, "{key} hidden");
    }
}

#[test]
fn a_hidden_stage_takes_what_it_writes_whatever_its_field_says() {
    let hiding = |key: &str| {
        let mut hiding = written();
        for stage in hiding.stages.iter_mut().filter(|stage| stage.key == key) {
            stage.public = false;
        }
        scheme(hiding)
    };
    let named = |gone: Vec<String>| -> Vec<String> {
        gone.into_iter()
            .filter(|part| !part.contains("unnamed"))
            .collect()
    };
    assert_eq!(named(gone(&hiding("first"), &full())), ["grade/first"]);
    assert_eq!(named(gone(&hiding("second"), &full())), ["second/second"]);
}

#[test]
fn a_table_is_that_of_its_level_and_two_fields_must_both_be_public() {
    let mut two = written();
    let mut other = field("other", FieldKind::Indicators);
    other.public = false;
    other.levels = vec!["project".to_owned()];
    for field in two.fields.iter_mut().filter(|f| f.key == "indicators") {
        field.levels = vec!["measure".to_owned()];
    }
    two.fields.push(other);
    let two = scheme(two);
    let count = |level| visible(Some(&two), level, &full()).indicators.len();
    assert_eq!(
        (count(Some("measure")), count(Some("project")), count(None)),
        (1, 0, 0)
    );
    // On a level that no field is for, the fields of the kind elsewhere decide.
    assert_eq!(count(Some("unknown")), 0);
}

#[test]
fn where_no_scheme_is_known_only_the_head_is_left() {
    let seen = visible(None, Some("measure"), &full()).into_owned();
    assert_eq!(parts(&seen), Vec::<String>::new());
    assert_eq!(
        (seen.label.as_str(), seen.year, seen.node, seen.line),
        ("施策1", Some(year()), Some(NodeId(0)), 3)
    );
    assert!(seen.relisted_from.is_some());
    let mut none = written();
    none.fields.clear();
    let none = scheme(none);
    assert!(hides_everything(&none) && !hides_anything(&none));
    assert_eq!(visible(Some(&none), None, &full()).into_owned(), seen);
}

fn document() -> Document {
    let count = |word: &str| (word.to_owned(), sourced(1));
    let tally = |field: &str| Tally {
        field: field.to_owned(),
        rows: vec![TallyRow {
            counts: vec![count("A")],
            ..TallyRow::default()
        }],
        total: vec![count("A")],
    };
    let mut document = Document {
        name: "評価.txt".to_owned(),
        family: "evaluation".to_owned(),
        tallies: vec![tally("grade"), tally("second"), tally("unnamed")],
        unsettled: vec![Unsettled {
            place: "1行目".to_owned(),
            field: "評価".to_owned(),
            candidates: vec!["読めない文".to_owned()],
            why: "列がありません。".to_owned(),
            line: 4,
        }],
        lines: vec!["原文の行".to_owned()],
        ..Document::default()
    };
    document.plan.add(PlanNode {
        level: "measure".to_owned(),
        number: Some(text("1")),
        name: Some(text("広場")),
        parent: None,
        programme: None,
    });
    let mut sheet = full();
    sheet.texts.retain(|text| text.field != "unnamed");
    sheet
        .judgements
        .retain(|judgement| judgement.stage.as_deref() != Some("unnamed"));
    document.sheets.push(sheet);
    document
}

#[test]
fn lines_and_places_are_left_only_where_nothing_is_hidden() {
    let all = visible_document(Some(&scheme(written())), &document());
    assert_eq!(all, document());
    // A hidden field that the paper does not even have may stand in its lines all the same.
    let mut hiding = written();
    let mut memo = field("memo", FieldKind::Text);
    memo.public = false;
    hiding.fields.push(memo);
    for scheme in [Some(scheme(hiding)), None] {
        let seen = visible_document(scheme.as_ref(), &document());
        assert!(seen.lines.is_empty() && seen.unsettled.is_empty());
        assert_eq!((seen.plan, seen.name), (document().plan, document().name));
    }
}

#[test]
fn a_tally_is_left_where_all_that_it_counts_is_visible() {
    let fields = |scheme: &Scheme| -> Vec<String> {
        let seen = visible_document(Some(scheme), &document());
        seen.tallies.into_iter().map(|tally| tally.field).collect()
    };
    let mut no_first = written();
    no_first.stages[0].public = false;
    assert_eq!(fields(&scheme(no_first)), ["second"]);
    let mut no_grade = written();
    for field in no_grade.fields.iter_mut().filter(|f| f.key == "grade") {
        field.public = false;
    }
    assert_eq!(fields(&scheme(no_grade)), ["second"]);
}

#[test]
fn a_visible_scheme_names_nothing_hidden_and_asks_for_nothing_because_of_it() {
    let mut hiding = written();
    hiding.fields[0].required = Required::When {
        field: "grade".to_owned(),
        is: vec!["A".to_owned()],
    };
    hiding.stages[1].public = false;
    for field in hiding.fields.iter_mut().filter(|f| f.key == "grade") {
        field.public = false;
    }
    let seen = visible_scheme(&scheme(hiding));
    let keys: Vec<&str> = seen
        .written()
        .fields
        .iter()
        .map(|f| f.key.as_str())
        .collect();
    assert!(!keys.contains(&"grade") && !keys.contains(&"second"));
    assert_eq!(seen.written().fields[0].required, Required::Never);
    assert_eq!(seen.written().stages.len(), 1);
    assert!(Scheme::new(seen.written().clone()).is_ok());
    assert!(!hides_anything(&seen));
}

#[test]
fn a_finding_is_visible_where_the_visible_papers_alone_give_it() {
    // Two findings about the tallies: grades are counted as 1 A where the sheet has none below it.
    let mut paper = document();
    paper.sheets[0].indicators[0].targets = vec![YearFigure {
        year: year(),
        figure: sourced(Figure::parse("50").expect("a figure")),
    }];
    paper.sheets[0].indicators[0].printed_rates = vec![YearFigure {
        year: year(),
        figure: sourced(Figure::parse("12.3").expect("a figure")),
    }];
    let whole = scheme(written());
    let schemes = std::slice::from_ref(&whole);
    let found = check(&Subject::new(std::slice::from_ref(&paper), schemes));
    let rates: Vec<&Finding> = found.iter().filter(|one| one.code == "V001").collect();
    assert!(!rates.is_empty(), "{found:?}");
    let flags = |hidden: &str| {
        let mut hiding = written();
        for field in hiding.fields.iter_mut().filter(|f| f.key == hidden) {
            field.public = false;
        }
        let hiding = scheme(hiding);
        let mut seen = visible_document(Some(&hiding), &paper);
        // Another file of the name makes another name; that is no difference.
        seen.name = "評価（2）.txt".to_owned();
        are_visible(&rates, &[seen], &[visible_scheme(&hiding)], 0)
    };
    assert!(flags("text").iter().all(|flag| *flag));
    assert!(flags("indicators").iter().all(|flag| !*flag));
}

prop_compose! {
    /// A scheme that hides any of its fields and stages, and has any of them at other levels.
    fn any_scheme()(
        public in prop::collection::vec(any::<bool>(), 12),
        kept in prop::collection::vec(any::<bool>(), 12),
        at in prop::collection::vec(0..3_usize, 12),
        stages in prop::collection::vec(any::<bool>(), 2),
    ) -> Scheme {
        let mut any = written();
        let levels: [&[&str]; 3] = [&[], &["measure"], &["project"]];
        for (place, field) in any.fields.iter_mut().enumerate() {
            field.public = public[place];
            field.levels = levels[at[place]].iter().map(|l| (*l).to_owned()).collect();
        }
        for (stage, public) in any.stages.iter_mut().zip(&stages) {
            stage.public = *public;
        }
        let mut place = 0..;
        any.fields.retain(|_| place.next().is_some_and(|place| kept[place]));
        scheme(any)
    }
}

fn level_key() -> impl Strategy<Value = Option<&'static str>> {
    prop::sample::select(vec![None, Some("measure"), Some("project"), Some("other")])
}

proptest! {
    #[test]
    fn visible_never_adds_and_is_the_same_twice(scheme in any_scheme(), level in level_key()) {
        let sheet = full();
        let seen = visible(Some(&scheme), level, &sheet).into_owned();
        let mut all = parts(&sheet);
        for part in parts(&seen) {
            let at = all.iter().position(|one| *one == part);
            prop_assert!(at.is_some(), "{part} was added");
            at.map(|at| all.remove(at));
        }
        let again = visible(Some(&scheme), level, &seen);
        prop_assert!(matches!(again, Cow::Borrowed(_)), "what is visible is kept as it is");
        prop_assert_eq!(&*again, &seen);
        let public = visible_scheme(&scheme);
        prop_assert!(!hides_anything(&public));
    }

    #[test]
    fn visible_is_exactly_what_the_scheme_publishes(scheme in any_scheme(), level in level_key()) {
        let seen = visible(Some(&scheme), level, &full()).into_owned();
        let says = |key: &str| scheme.field(key).is_some_and(|field| is_public(&scheme, field));
        for key in ["text", "paragraphs", "figure", "money", "yes_no", "unnamed"] {
            let there = seen.texts.iter().any(|text| text.field == key);
            prop_assert_eq!(there, says(key), "{}", key);
        }
        let stage = |key: &str| scheme.written().stages.iter().any(|s| s.key == key && s.public);
        for one in &full().judgements {
            let of_stage = one.stage.as_deref().is_none_or(stage);
            let wanted = says(&one.field) && of_stage;
            prop_assert_eq!(seen.judgements.contains(one), wanted, "{:?}", one);
        }
        // One field of each of these kinds: it decides wherever it stands.
        prop_assert_eq!(!seen.indicators.is_empty(), says("indicators"));
        prop_assert_eq!(!seen.sections.is_empty(), says("sections"));
        prop_assert_eq!(!seen.related_sections.is_empty(), says("sections"));
        prop_assert_eq!(!seen.listings.is_empty(), says("projects"));
        let hidden = |key: &str| scheme.field(key).is_some() && !says(key);
        prop_assert_eq!(seen.totals.is_empty(), !says("projects") || hidden("money"));
        prop_assert_eq!(seen.unplaced_costs.is_empty(), seen.totals.is_empty());
        for row in &seen.listings {
            prop_assert_eq!(row.costs.is_empty(), hidden("money"));
            prop_assert_eq!(row.sections.is_empty(), hidden("sections"));
            let has = |axis: &str| row.next_step(axis).is_some();
            prop_assert_eq!((has("work"), has("money")), (!hidden("work"), !hidden("budget")));
        }
        let counted = says("projects") && !hidden("work") && !hidden("budget");
        prop_assert_eq!(!seen.next_step_counts.is_empty(), counted);
    }
}
