//! Scheme files: presets, a second city by data alone, and what is told of a faulty file.

use crate::golden::{root, shared};
use meguri_app::scheme_file::{FileFault, PRESETS, parse, preset, usual_words};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::{Better, Indicator};
use meguri_core::scheme::{BestEnd, FieldKind, Required, Scheme, ValueInUse, compare};
use meguri_import::documents::FAMILIES;
use serde_json::Value;

fn scheme_of(path: &str) -> Scheme {
    let text = std::fs::read_to_string(root("testdata/schemes").join(path)).expect("a scheme file");
    let told = |faults: Vec<FileFault>| -> Scheme { panic!("{path}: {faults:?}") };
    parse(&text).unwrap_or_else(told)
}

fn year(calendar_year: u16) -> FiscalYear {
    FiscalYear::new(calendar_year).expect("a fiscal year")
}

/// The faults of the evaluation preset with one text changed.
fn faults_with(from: &str, to: &str) -> String {
    let text = PRESETS[0].text;
    assert!(text.contains(from), "{from}");
    match parse(&text.replacen(from, to, 1)) {
        Ok(_) => String::new(),
        Err(faults) => {
            let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
            told.join("\n")
        }
    }
}

#[test]
fn there_is_a_preset_for_every_document_family() {
    for family in FAMILIES {
        let scheme = preset(family.key).expect("a preset that reads");
        assert_eq!(scheme.written().key, family.key);
    }
    assert_eq!(PRESETS.len(), FAMILIES.len());
    assert!(preset("other").is_none());
}

#[test]
fn words_of_daily_life_are_data_and_there_are_usual_ones() {
    let words = usual_words();
    assert!(
        words.len() > 10 && words.iter().all(|tag| !tag.nodes.is_empty()),
        "{words:?}"
    );
    let tags = "[[tags]]\nword = \"港\"\nnodes = [\"港湾\", \"7\"]\n";
    let scheme = parse(&format!("{}\n{tags}", PRESETS[0].text)).expect("a scheme with a word");
    assert_eq!(scheme.written().tags.len(), 1);
    let empty = tags.replace("\"港湾\", \"7\"", "\" \"");
    let faults = parse(&format!("{}\n{empty}", PRESETS[0].text)).expect_err("a word without nodes");
    assert!(
        faults.iter().any(|fault| fault.code == Some("S046")),
        "{faults:?}"
    );
}

#[test]
fn presets_keep_one_table_a_list_so_that_lines_are_found() {
    for preset in PRESETS {
        let faults = parse(&preset.text.replacen(
            "[[levels]]\nkey = \"",
            "[[levels]]\nkey = \"日",
            1,
        ));
        let faults = faults.expect_err("a key that is not ASCII");
        assert!(
            faults.iter().all(|fault| fault.line.is_some()),
            "{faults:?}"
        );
    }
}

#[test]
fn every_value_that_the_real_documents_print_is_on_its_presets_scale() {
    let Some(folder) = shared() else { return };
    let scales = [
        ("evaluation", "evaluation_r4", "attainment", "attainment"),
        ("evaluation", "evaluation_r4", "trend", "next_step"),
        ("strategy", "strategy_h30", "status", "status"),
        ("programs", "programs_r4", "grade", "grade"),
        ("reform", "reform_r2", "grade", "grade"),
    ];
    for (key, file, field, scale) in scales {
        let gold = folder.join("gold").join(file).with_extension("json");
        let gold = std::fs::read_to_string(gold).expect("the gold can be read");
        let gold: Value = serde_json::from_str(&gold).expect("the gold is JSON");
        let scheme = preset(key).expect("a preset");
        let scale = scheme.scale(scale).expect("a scale");
        let mut printed = Vec::new();
        collect(&gold, field, &mut printed);
        assert!(!printed.is_empty(), "{file} {field}");
        for value in printed {
            assert!(scale.value(&value).is_some(), "{file} {field} {value}");
        }
    }
}

/// All texts under a name, wherever it stands.
fn collect(value: &Value, name: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(text) if key == name => found.push(text.clone()),
                    _ => collect(value, name, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, name, found)),
        _ => {}
    }
}

#[test]
fn a_second_city_differs_by_data_alone() {
    let scheme = scheme_of("mizuhono/sogo-2021.toml");
    let levels: Vec<&str> = scheme
        .written()
        .levels
        .iter()
        .map(|l| l.label.as_str())
        .collect();
    assert_eq!(levels, ["政策", "施策", "基本事業", "事務事業"]);
    let progress = scheme.scale("progress").expect("a scale");
    let order = progress.order();
    assert_eq!(order.best_first, ["S", "A", "B", "C"]);
    assert_eq!(order.outside, ["F", "X", "Y", "Z"]);
    let best = |key| {
        scheme
            .scale(key)
            .map(|scale| (scale.best, scale.place("1")))
    };
    assert_eq!(best("attainment"), Some((BestEnd::First, Some(0))));
    assert_eq!(best("fitness"), Some((BestEnd::Last, Some(4))));
    let axes: Vec<&str> = scheme
        .next_step_axes()
        .iter()
        .map(|a| a.key.as_str())
        .collect();
    assert_eq!(axes, ["work", "money"]);
    let money = scheme.next_step_scale("money").expect("a scale");
    assert!(money.value("要求なし").is_some() && money.value("廃止").is_none());
}

#[test]
fn two_judgements_stay_apart() {
    let scheme = scheme_of("mizuhono/sogo-2021.toml");
    let stages: Vec<(&str, Option<&str>)> = scheme
        .fields_at("measure")
        .filter(|field| matches!(field.kind, FieldKind::Grade(_)))
        .map(|field| (field.key.as_str(), field.stage.as_deref()))
        .collect();
    assert_eq!(
        stages,
        [
            ("first_grade", Some("first")),
            ("second_grade", Some("second"))
        ]
    );
    let improvement = scheme.field("improvement").expect("a field");
    let holds = |grade| improvement.required.holds(|_| Some(grade));
    assert!(matches!(improvement.required, Required::When { .. }));
    assert!(holds("C") && !holds("A"));
}

#[test]
fn a_rolling_plan_looks_three_years_ahead_each_year() {
    let scheme = scheme_of("mizuhono/jisshi-2022.toml");
    let years = |y| scheme.plan_years(year(y)).map(|span| span.to_string());
    assert_eq!(years(2022).as_deref(), Some("令和4～6年度"));
    assert_eq!(years(2023).as_deref(), Some("令和5～7年度"));
    let level = scheme.level("project").expect("a level");
    assert_eq!(level.numbering.print(&[1, 12]), "No.R4-12");
}

#[test]
fn indicators_choose_their_formula_by_direction_and_name() {
    let scheme = scheme_of("mizuhono/senryaku-2020.toml");
    let key = |better, name: &str| {
        let indicator = Indicator {
            better,
            name: Some(meguri_core::source::Sourced {
                value: name.to_owned(),
                line: 0,
                settled: meguri_core::source::Settled::Confirmed,
            }),
            ..Indicator::default()
        };
        scheme.rate_rule(&indicator).map(|rule| rule.key.clone())
    };
    assert_eq!(
        key(Some(Better::Higher), "観光客数").as_deref(),
        Some("progress")
    );
    assert_eq!(key(Some(Better::Keep), "人口").as_deref(), Some("keeping"));
    assert_eq!(key(None, "合計特殊出生率").as_deref(), Some("late"));
}

#[test]
fn a_new_version_must_not_drop_a_value_in_use() {
    let old = scheme_of("mizuhono/sogo-2021.toml");
    let new = scheme_of("mizuhono/sogo-2024.toml");
    assert!(old.rules(year(2023)) && !old.rules(year(2024)) && new.rules(year(2024)));
    let used = |scale: &str, value: &str, times| ValueInUse {
        scale: scale.to_owned(),
        value: value.to_owned(),
        times,
    };
    let values = [
        used("progress", "X", 3),
        used("progress", "A", 40),
        used("work", "休止", 2),
    ];
    let told: Vec<String> = compare(&old, &new, &values)
        .iter()
        .map(|fault| format!("{} {}", fault.code, fault.message))
        .collect();
    assert_eq!(
        told,
        [
            "S104 「進捗の評価」の「X」は3件使われていますが、新しい版にありません。",
            "S104 「事業の方向性」の「休止」は2件使われていますが、新しい版にありません。",
        ]
    );
    let first = scheme_of("mizuhono/senryaku-2020.toml");
    let next = scheme_of("mizuhono/senryaku-2025.toml");
    assert!(compare(&first, &next, &[]).is_empty());
    let other = compare(&old, &next, &[]);
    assert_eq!(other.first().map(|fault| fault.code), Some("S101"));
}

#[test]
fn a_file_that_lost_a_line_is_read_or_told_of() {
    for preset in PRESETS {
        let lines: Vec<&str> = preset.text.lines().collect();
        for lost in 0..lines.len() {
            let kept = lines.iter().enumerate().filter(|(at, _)| *at != lost);
            let text: Vec<&str> = kept.map(|(_, line)| *line).collect();
            if let Err(faults) = parse(&text.join("\n")) {
                let told = faults.iter().map(ToString::to_string).collect::<String>();
                assert!(
                    told.contains("対応："),
                    "{} line {lost}: {told}",
                    preset.key
                );
            }
        }
    }
}

/// A text of the preset, what stands there instead, and a part of what is told.
const FAULTY: &[(&str, &str, &str)] = &[
    (
        "label = \"施策評価\"\n",
        "",
        "「label」が書かれていません。",
    ),
    (
        "label = \"施策評価\"",
        "label = \" \"",
        "3行目［S003］：label：「evaluation」の名称",
    ),
    (
        "label = \"施策評価\"",
        "lable = \"施策評価\"",
        "3行目：「lable」という項目はありません。",
    ),
    (
        "\"令和3年度\"",
        "\"3年\"",
        "「3年」は年度として読めません。 対応：\"令和4年度\"",
    ),
    (
        "\"令和3～6年度\"",
        "\"令和6～3年度\"",
        "は期間として読めません。",
    ),
    (
        "best = \"first\"",
        "best = \"top\"",
        "「top」は使えません。 対応：次のどれかを",
    ),
    (
        "at_least = 100",
        "at_least = 99.5",
        "小数が引用符で囲まれていません（99.5）。",
    ),
    (
        "at_least = 100\n",
        "",
        "集計「share_100」に at_least がありません。",
    ),
    (
        "colour = \"#1a5fb4\"",
        "colour = \"青\"",
        "［S022］：scales[0].values",
    ),
    (
        "scale = \"attainment\"\n",
        "",
        "項目「attainment」に scale がありません。",
    ),
    (
        "scale = \"attainment\"",
        "scale = \"none\"",
        "［S004］：fields[5].scale：区分「none」",
    ),
    (
        "required = \"always\"",
        "required = \"often\"",
        "required の書き方が違います。",
    ),
    (
        "key = \"issues\"",
        "key = \"outcomes\"",
        "［S002］：fields[4].key：キー「outcomes」が2回",
    ),
    (
        "valid_until = \"令和6年度\"",
        "valid_until = \"令和2年度\"",
        "［S010］",
    ),
    (
        "unit = \"千円\"",
        "unit = \"万円\"",
        "「万円」は使えません。",
    ),
    ("[[levels]]", "[[levels]", "TOMLの書き方に誤りがあります"),
    (
        "numbering = \"roman\"",
        "numbering = 1",
        "文字を書く所に別の種類の値が書かれています。",
    ),
];

#[test]
fn a_faulty_file_is_told_with_line_code_and_remedy() {
    for (from, to, message) in FAULTY {
        let told = faults_with(from, to);
        assert!(told.contains(message), "{from} → {to}\n{told}");
        assert!(told.contains("対応："), "{told}");
    }
}
