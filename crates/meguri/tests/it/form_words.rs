//! A city whose scheme calls fields, levels and next steps otherwise: its papers are read by its words.

use meguri_app::actions::form_words::form_words;
use meguri_app::actions::read_document::read_document_by;
use meguri_app::scheme_file;
use meguri_core::scheme::Scheme;
use meguri_import::documents::family;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Words of the form in the sample, and those of the other city.
const LABELS: [(&str, &str); 4] = [
    ("基本目標 ", "政策 "),
    ("方針 ", "施策 "),
    ("テーマ ", "基本事業 "),
    ("\n達成率 ", "\n目標到達率 "),
];

/// The same in the scheme.
const SCHEME: [(&str, &str); 6] = [
    ("label = \"基本目標\"", "label = \"政策\""),
    ("label = \"方針\"", "label = \"施策\""),
    ("label = \"テーマ（施策）\"", "label = \"基本事業\""),
    ("label = \"達成率\"", "label = \"目標到達率\""),
    ("value = \"維持\"", "value = \"これまでどおり\""),
    ("version = \"", "version = \"他市の"),
];

fn replaced(text: &str, pairs: &[(&str, &str)]) -> String {
    pairs.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

fn scheme() -> Scheme {
    let preset = scheme_file::PRESETS
        .iter()
        .find(|preset| preset.key == "evaluation");
    let text = replaced(preset.expect("the preset").text, &SCHEME);
    scheme_file::parse(&text).expect("a sound scheme")
}

fn sample() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/mizuhono/evaluation.txt");
    std::fs::read_to_string(path).expect("the sample can be read")
}

fn file(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("form-words");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    std::fs::write(&path, text).expect("the file is written");
    path
}

fn read(path: &Path, schemes: &[Scheme]) -> Value {
    let read = read_document_by(path, None, schemes).expect("a paper");
    read.reading.to_json()
}

#[test]
fn a_paper_is_read_by_the_words_of_its_scheme() {
    let own = replaced(&sample(), &LABELS).replace(" 維持", " これまでどおり");
    let (plain, own) = (file("plain.txt", &sample()), file("own.txt", &own));
    let (want, found) = (read(&plain, &[]), read(&own, &[scheme()]));
    let same = |value: &Value| value.to_string().replace("これまでどおり", "維持");
    for field in ["sheets", "unresolved", "unread"] {
        assert_eq!(same(&found[field]), same(&want[field]), "{field}");
    }
    let without = read(&own, &[]);
    assert_ne!(
        same(&without["sheets"]),
        same(&want["sheets"]),
        "the words are needed"
    );
}

#[test]
fn what_is_printed_stays_as_printed() {
    let own = file("printed.txt", &replaced(&sample(), &LABELS));
    let read = read_document_by(&own, None, &[scheme()]).expect("a paper");
    let lines = read.reading.to_document("own", read.source).lines;
    assert!(
        lines.iter().any(|line| line.starts_with("政策 ")),
        "{lines:#?}"
    );
    assert!(!lines.iter().any(|line| line.starts_with("基本目標 ")));
}

#[test]
fn candidates_keep_the_label_that_is_printed() {
    // Two rates without a place: the second one is open, and told as it stands in the paper.
    let open_line = |text: &str, label: &str| {
        let line = format!("\n{label} ");
        let at = text.find(&line).expect("a line of rates");
        let (before, after) = text.split_at(at);
        format!("{before}{line}11.1% 22.2% 33.3%{after}")
    };
    let candidates = |path: &Path, schemes: &[Scheme]| -> String {
        let reading = read(path, schemes);
        let open = reading["unresolved"].as_array().into_iter().flatten();
        open.map(|one| one["candidates"].to_string()).collect()
    };
    let own = replaced(&sample(), &LABELS);
    let path = file("open-own.txt", &open_line(&own, "目標到達率"));
    let told = candidates(&path, &[scheme()]);
    assert!(
        told.contains("目標到達率 11.1%") && !told.contains("達成率 11.1%\""),
        "{told}"
    );
    let progress = sample().replace("\n達成率 ", "\n進捗率 ");
    let path = file("open-progress.txt", &open_line(&progress, "進捗率"));
    let told = candidates(&path, &[]);
    assert!(told.contains("進捗率 11.1%"), "{told}");
}

#[test]
fn the_accounts_of_a_scheme_are_read_by_name_and_by_mark() {
    let preset = scheme_file::PRESETS
        .iter()
        .find(|preset| preset.key == "evaluation");
    let text = replaced(
        preset.expect("the preset").text,
        &[
            ("version = \"", "version = \"他市の"),
            (
                "[\"一般\", \"介護\", \"後期\", \"下水道\"]",
                "[\"一般会計\", \"介護保険\", \"駐車場\"]",
            ),
        ],
    );
    let scheme = scheme_file::parse(&text).expect("a sound scheme");
    let row = |account: &str| {
        let list = "事務事業の動向\n関連事務事業一覧（令和5年度）\n款 項 目 コード\n単位：千円\n";
        let rows = format!(
            "1 市道の補修事業 道路課 2 1 1 020101 1,200 維持\n\
             2 駅前の駐輪場事業 道路課 {account}1 1 2 910102 3,400 維持\n"
        );
        let name = format!("account-{account}.txt");
        let path = file(&name, &format!("テーマ 1 道づくり\n{list}{rows}"));
        let read = read_document_by(&path, family("evaluation"), std::slice::from_ref(&scheme));
        let reading = read.expect("a paper").reading.to_json();
        let rows = &reading["sheets"][0]["projects"];
        [&rows[0], &rows[1]].map(|row| row["account"].as_str().unwrap_or("").to_owned())
    };
    for (mark, want) in [
        ("駐車場", "駐車場"),
        ("駐車場 ", "駐車場"),
        ("駐", "駐車場"),
        ("介", "介護保険"),
        ("介護保険", "介護保険"),
        ("国", "国保"),
    ] {
        assert_eq!(row(mark), ["一般会計", want], "{mark}");
    }
}

#[test]
fn a_scheme_that_says_what_the_preset_says_adds_no_words() {
    let evaluation = family("evaluation").expect("the family");
    let preset = scheme_file::preset("evaluation").expect("the preset");
    assert_eq!(form_words(evaluation, &[preset]), Default::default());
    let words = form_words(evaluation, &[scheme()]);
    assert!(words.has_labels());
    assert!(words.next_steps.contains(&"これまでどおり".to_owned()));
}

#[test]
fn every_key_of_a_familys_labels_is_one_of_its_preset() {
    for preset in scheme_file::PRESETS {
        let scheme = scheme_file::preset(preset.key).expect("the preset");
        let written = scheme.written();
        let mut keys: Vec<&str> = written
            .fields
            .iter()
            .map(|field| field.key.as_str())
            .collect();
        keys.extend(written.levels.iter().map(|level| level.key.as_str()));
        keys.extend(written.rates.iter().map(|rate| rate.key.as_str()));
        keys.extend(written.next_step_axes.iter().map(|axis| axis.key.as_str()));
        for (key, _) in family(preset.key).expect("the family").labels {
            assert!(keys.contains(key), "{}: {key}", preset.key);
        }
    }
}
