//! `meguri calc`: every case of the project agrees, and what differs or cannot be read is told.

use crate::golden::{assert_file, root};
use meguri_app::calc_file::{Results, Verdict, run, run_text};
use meguri_core::calc::NoValue;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn case_files() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root("testdata/calc")).expect("the folder of cases");
    let files = folder.map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    files
}

fn results(path: &Path) -> Results {
    let told = |faults: Vec<_>| -> Results { panic!("{}: {faults:?}", path.display()) };
    run(path).unwrap_or_else(told)
}

/// Computes cases that are written after a head naming the collection of methods.
fn differing(cases: &str) -> Vec<String> {
    let text = format!("title = \"試し\"\nscheme = \"methods.toml\"\n{cases}");
    match run_text(&text, &root("testdata/schemes")) {
        Ok(results) => results
            .results
            .iter()
            .filter(|result| result.verdict() != Verdict::Agrees)
            .map(|result| format!("{} ＝ {}", result.label, result.printed()))
            .collect(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

fn meguri(words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meguri"));
    command.current_dir(root(".")).args(words);
    command.output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn every_case_of_the_project_agrees() {
    let files = case_files();
    assert!(files.len() >= 10, "the cases are there");
    let mut agreeing = 0;
    for path in files {
        let results = results(&path);
        for result in &results.results {
            let what = format!("{}: {} {:?}", path.display(), result.label, result.steps);
            assert_ne!(result.verdict(), Verdict::Differs, "{what}");
        }
        agreeing += results.count(Verdict::Agrees);
    }
    assert!(agreeing >= 200, "only {agreeing} results were expected");
}

#[test]
fn every_reason_why_there_is_no_value_has_a_case() {
    let all: Vec<Results> = case_files().iter().map(|path| results(path)).collect();
    let reasons: Vec<NoValue> = all
        .iter()
        .flat_map(|results| &results.results)
        .filter_map(|result| result.outcome.as_ref().err().copied())
        .collect();
    for reason in [
        NoValue::TargetMissing,
        NoValue::TargetDash,
        NoValue::TargetWords,
        NoValue::ActualMissing,
        NoValue::ActualDash,
        NoValue::ActualWords,
        NoValue::BaselineMissing,
        NoValue::WayUnknown,
        NoValue::LastYearMissing,
        NoValue::ZeroDivisor,
        NoValue::NegativeDivisor,
        NoValue::TargetBehindBaseline,
        NoValue::KeepsLevel,
        NoValue::NotMeasured,
        NoValue::Empty,
        NoValue::MemberMissing,
        NoValue::NoWeights,
        NoValue::NotOnScale,
        NoValue::PartsDiffer,
        NoValue::ReasonMissing,
        NoValue::TooLarge,
    ] {
        assert!(reasons.contains(&reason), "no case shows {reason:?}");
    }
}

#[test]
fn every_rate_and_class_of_the_collection_has_a_case() {
    let mut cases = String::new();
    for path in case_files() {
        cases.push_str(&std::fs::read_to_string(path).expect("a case file"));
    }
    let scheme = std::fs::read_to_string(root("testdata/schemes/methods.toml")).expect("a file");
    let scheme = meguri_app::scheme_file::parse(&scheme).expect("a scheme");
    let written = scheme.written();
    let rates = written.rates.iter().map(|rule| ("rate", &rule.key));
    let classes = written.classes.iter().map(|rule| ("class", &rule.key));
    let points = written.points.iter().map(|rule| ("rule", &rule.key));
    let rollups = written.rollups.iter().map(|rule| ("rule", &rule.key));
    for (word, key) in rates.chain(classes).chain(points).chain(rollups) {
        let line = format!("{word} = \"{key}\"");
        assert!(cases.contains(&line), "no case uses {line}");
    }
}

#[test]
fn the_report_shows_rules_results_and_steps() {
    let output = meguri(&["calc", "testdata/calc/mizuhono-senryaku.toml"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr), "");
    let golden = root("testdata/calc/mizuhono-senryaku.txt");
    assert_file(&golden, &text(&output.stdout));
}

#[test]
fn a_difference_is_shown_and_ends_with_1() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("calc-differs");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("cases.toml");
    let cases = "title = \"試し\"\npreset = \"evaluation\"\n[[indicators]]\nname = \"ア\"\n\
                 targets = { R4 = \"4\" }\nactuals = { R4 = \"3\" }\nexpect = { R4 = \"80.0\" }\n";
    std::fs::write(&path, cases).expect("the file is written");
    let output = meguri(&["calc", &path.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    let report = text(&output.stdout);
    let line = "相違 率 ア 令和4年度 ＝ 75.0％（期待 80.0）";
    assert!(report.contains(line), "{report}");
    assert!(
        report.contains("1件：一致 0、相違 1、期待値なし 0"),
        "{report}"
    );
}

#[test]
fn what_cannot_be_read_ends_with_2() {
    let output = meguri(&["calc", "testdata/calc/traps.toml", "no-such-file.toml"]);
    assert_eq!(output.status.code(), Some(2));
    let told = text(&output.stderr);
    assert!(told.contains("ファイルが見つかりません。 対応："), "{told}");
    assert!(
        text(&output.stdout).contains("相違 0"),
        "the other file is computed"
    );
}

#[test]
fn a_result_that_differs_in_kind_differs() {
    let number_for_none = "[[indicators]]\nname = \"ア\"\ntargets = { R4 = \"－\" }\n\
                           actuals = { R4 = \"3\" }\nexpect = { R4 = \"0.0\" }\n";
    assert_eq!(
        differing(number_for_none),
        ["率 ア 令和4年度 ＝ なし（目標が「－」）"]
    );
    let wrong_reason = number_for_none.replace("\"0.0\"", "\"実績がない\"");
    assert_eq!(differing(&wrong_reason).len(), 1);
    let right_key = number_for_none.replace("\"0.0\"", "\"target-dash\"");
    assert!(differing(&right_key).is_empty());
}

#[test]
fn faults_of_a_case_file_are_told_with_line_and_remedy() {
    let cases = [
        (
            "[[indicators]]\nname = \"ア\"\nrat = \"x\"\n",
            "5行目：「rat」という項目はありません。 対応：つづりを確認してください。",
        ),
        (
            "[[indicators]]\nname = \"ア\"\nrate = \"x\"\n",
            "「ア」の率「x」は設定にありません。",
        ),
        (
            "[[indicators]]\nname = \"ア\"\nactuals = { R4 = 3.5 }\n",
            "5行目：小数が引用符で囲まれていません（3.5）。 対応：\"3.5\" のように",
        ),
        (
            "[[indicators]]\nname = \"ア\"\nactuals = { 4年 = \"3\" }\n",
            "TOMLの書き方に誤りがあります",
        ),
        (
            "[[indicators]]\nname = \"ア\"\nactuals = { \"4年\" = \"3\" }\n",
            "「4年」は年度として読めません。",
        ),
        (
            "[[numbers]]\nname = \"ア\"\nclass = \"half_better\"\nyear = \"R4\"\nnumber = 1\n",
            "「ア」の区分け（基準による）「half_better」は設定にありません。",
        ),
        (
            "[[rollups]]\nname = \"ア\"\nrule = \"mean\"\nmembers = [{ name = \"い\", none = \"雨\" }]\n",
            "「ア」の理由「雨」は設定にありません。",
        ),
        (
            "[[costs]]\nname = \"ア\"\nyear = \"R3\"\ndirect = 1\n\
             persons = [{ label = \"正規\", number = 1 }]\n",
            "「ア」の令和3年度の人件費単価「正規」は設定にありません。",
        ),
        (
            "[[totals]]\nname = \"ア\"\nrows = [9223372036854775807]\n",
            "「ア」の金額が大きすぎます。",
        ),
    ];
    for (case, message) in cases {
        let told = differing(case).join("\n");
        assert!(told.contains(message), "{case}\n{told}");
    }
}

#[test]
fn a_case_file_names_one_scheme() {
    let faults = |head: &str| {
        let faults = run_text(head, &root("testdata/schemes")).expect_err("a fault");
        faults.iter().map(ToString::to_string).collect::<String>()
    };
    assert!(faults("title = \"\"\n").contains("どの設定で計算するかが決まりません。"));
    assert!(faults("title = \"\"\npreset = \"none\"\n").contains("ひな形はありません。"));
    let missing = faults("title = \"\"\nscheme = \"none.toml\"\n");
    assert!(
        missing.contains("設定ファイル none.toml：ファイルが見つかりません。"),
        "{missing}"
    );
}
