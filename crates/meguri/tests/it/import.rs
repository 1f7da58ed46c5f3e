//! `meguri import`, `show` and `link` through the binary, each on a database of its own.

mod named;

use crate::golden::{root, shared};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder with a database of its own.
pub(crate) struct Desk {
    pub(crate) folder: PathBuf,
}

impl Desk {
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("import-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        Self { folder }
    }

    pub(crate) fn run(&self, words: &[&str]) -> Output {
        let program = env!("CARGO_BIN_EXE_meguri");
        let mut command = Command::new(program);
        command.args(words).args(["--database", "kept.sqlite"]);
        command
            .current_dir(&self.folder)
            .env("MEGURI_ACTOR", "政策課 試験")
            .env("MEGURI_MUNICIPALITY", "139980")
            .env("MEGURI_MUNICIPALITY_NAME", "みずほ野市");
        command.output().expect("the program starts")
    }

    /// Standard output of a call that ends with a code.
    pub(crate) fn told(&self, words: &[&str], code: i32) -> String {
        let output = self.run(words);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{words:?}: {error}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    fn json(&self, words: &[&str], code: i32) -> Value {
        serde_json::from_str(&self.told(words, code)).expect("JSON")
    }

    /// Copies a sample, changed.
    pub(crate) fn sample(&self, name: &str, change: impl Fn(String) -> String) -> String {
        let text = std::fs::read_to_string(root("samples/mizuhono").join(name));
        std::fs::write(self.folder.join(name), change(text.expect("a sample"))).expect("written");
        name.to_owned()
    }

    fn samples(&self) -> Vec<String> {
        let names = ["evaluation", "midterm", "programs", "reform", "strategy"];
        names
            .map(|name| self.sample(&format!("{name}.txt"), |text| text))
            .to_vec()
    }

    pub(crate) fn import(&self, options: &[&str], files: &[String], code: i32) -> Value {
        let mut words = vec!["import", "--json"];
        words.extend(options);
        words.extend(files.iter().map(String::as_str));
        self.json(&words, code)
    }
}

pub(crate) fn results(value: &Value) -> Vec<&str> {
    let all = value["documents"].as_array().expect("documents");
    all.iter()
        .filter_map(|document| document["result"].as_str())
        .collect()
}

#[test]
fn the_same_files_again_change_nothing() {
    let desk = Desk::new("again");
    let files = desk.samples();
    let first = desk.import(&[], &files, 0);
    assert_eq!(results(&first), ["new"; 5]);
    assert_eq!(
        (&first["links"]["documents"], &first["links"]["plans"]),
        (&5.into(), &4.into())
    );
    assert!(
        first["links"]["groups"]["indicator"]["shared"].as_u64() > Some(0),
        "{first:#}"
    );
    let head = desk.told(&["audit", "verify"], 0);
    let again = desk.import(&[], &files, 0);
    assert_eq!(results(&again), ["same"; 5]);
    assert_eq!(
        desk.told(&["audit", "verify"], 0),
        head,
        "nothing was written"
    );
    let words: Vec<&str> = ["import"]
        .into_iter()
        .chain(files.iter().map(String::as_str))
        .collect();
    assert_eq!(desk.told(&words, 0).matches("変更はありません").count(), 5);
}

#[test]
fn a_corrected_file_waits_for_a_word_and_the_others_go_on() {
    let desk = Desk::new("corrected");
    let files = desk.samples();
    let first = desk.import(&[], &files[..1], 0);
    desk.sample("evaluation.txt", |text| {
        let grade = "一定の成果が上がっている";
        assert!(text.contains(grade), "the sample has the grade");
        text.replacen(grade, "一部の成果が上がっている", 1)
    });
    let refused = desk.import(&[], &files[..2], 1);
    assert_eq!(results(&refused), ["refused", "new"]);
    let differences = &refused["documents"][0]["differences"];
    assert_eq!(
        differences.as_array().map(Vec::len),
        Some(1),
        "{differences:#}"
    );
    assert_eq!(differences[0]["after"], "一部の成果が上がっている");
    assert_eq!(
        refused["documents"][0]["document"],
        first["documents"][0]["document"]
    );
    let report = desk.told(&["import", &files[0]], 1);
    assert!(
        report.contains("「一定の成果が上がっている」 → 「一部の成果が上がっている」"),
        "{report}"
    );
    assert!(
        report.contains("--accept") && report.contains("--separate"),
        "{report}"
    );
    assert_eq!(
        results(&desk.import(&["--accept"], &files[..1], 0)),
        ["changed"]
    );
    assert_eq!(results(&desk.import(&[], &files[..1], 0)), ["same"]);
    let listed = desk.json(&["show", "documents", "--json"], 0);
    let rows = listed["tables"][0]["rows"].as_array().expect("rows");
    assert_eq!((rows.len(), &rows[0][5]), (2, &"第2版".into()));
}

#[test]
fn what_cannot_be_read_is_told_and_the_others_are_kept() {
    let desk = Desk::new("unread");
    let mut files = desk.samples();
    std::fs::write(desk.folder.join("letter.txt"), "拝啓 時下ますます").expect("written");
    files.insert(1, "letter.txt".to_owned());
    let outcome = desk.import(&[], &files, 2);
    assert_eq!(results(&outcome).len(), 5);
    assert_eq!(outcome["failed"][0]["file"], "letter.txt");
}

#[test]
fn things_are_shown_by_id_code_name_and_part_of_a_name() {
    let desk = Desk::new("show");
    desk.import(&[], &desk.samples(), 0);
    for kind in ["project", "indicator", "sheet", "section"] {
        // Nothing is named so; what is near comes with its id.
        let output = desk.run(&["show", kind, "の", "--json"]);
        let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let one = found["candidates"]
            .as_array()
            .and_then(|all| all.first())
            .cloned();
        let one = one.unwrap_or_else(|| found.clone());
        let (id, name) = (
            one["id"].as_i64(),
            one["name"].as_str().or(one["title"].as_str()),
        );
        let (Some(id), Some(name)) = (id, name) else {
            continue;
        };
        let page = desk.json(&["show", kind, &id.to_string(), "--json"], 0);
        assert_eq!(
            (&page["id"], page["title"].as_str()),
            (&id.into(), Some(name)),
            "{kind}"
        );
        let text = desk.told(&["show", kind, &id.to_string()], 0);
        assert!(text.starts_with(&format!("■ {name}（番号{id}）")), "{text}");
    }
    let plan = desk.told(&["show", "plan", "midterm"], 0);
    assert!(
        plan.contains("evaluation.txt（施策評価）"),
        "an evaluation is of its plan: {plan}"
    );
    let output = desk.run(&["show", "plan", "どこにもない計画"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told.contains("見当たりません") && told.contains("reform"),
        "{told}"
    );
}

#[test]
fn a_database_that_is_not_there_is_told() {
    let desk = Desk::new("nothing");
    let output = desk.run(&["show", "documents"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("meguri import"));
}

#[test]
fn the_real_papers_are_four_plans_and_their_doubts_can_be_decided() {
    let Some(folder) = shared() else { return };
    let desk = Desk::new("real");
    let names = [
        "evaluation_r4",
        "midterm_plan",
        "programs_r4",
        "reform_r2",
        "strategy_h30",
    ];
    let file = |name: &str| {
        folder
            .join(format!("seeds/{name}.txt"))
            .display()
            .to_string()
    };
    let outcome = desk.import(&[], &names.map(file), 0);
    let links = &outcome["links"];
    assert_eq!(
        (&links["documents"], &links["plans"], &links["relisted"]),
        (&5.into(), &4.into(), &6.into())
    );
    let shared = ["project", "indicator", "sheet", "section"]
        .map(|kind| links["groups"][kind]["shared"].as_u64().expect("a number"));
    assert_eq!(shared, [15, 17, 6, 29]);
    let doubts = links["doubts"].as_array().expect("doubts");
    assert_eq!(doubts.len(), 9);
    let id = |doubt: usize, side: &str| doubts[doubt][side]["id"].to_string();
    desk.told(
        &[
            "link",
            "same",
            &id(0, "one"),
            &id(0, "other"),
            "--reason",
            "所管課に確認",
        ],
        0,
    );
    desk.told(&["link", "different", &id(1, "one"), &id(1, "other")], 0);
    let open = desk.json(&["link", "list", "--json"], 0);
    assert_eq!(open.as_array().map(Vec::len), Some(7));
    // Both ids lead to the one project.
    let pages =
        ["one", "other"].map(|side| desk.json(&["show", "project", &id(0, side), "--json"], 0));
    assert_eq!(pages[0], pages[1]);
    let again = desk.import(&[], &names.map(file), 0);
    assert_eq!(
        (&again["links"]["new"], &again["links"]["joined"]),
        (&0.into(), &0.into())
    );
    let revised = desk.json(
        &["show", "indicator", "居住系サービスの実利用者数", "--json"],
        0,
    );
    let tables = revised["tables"].as_array().expect("tables");
    let revision = tables
        .iter()
        .find(|table| table["title"] == "目標の改定")
        .expect("a revision");
    let row = revision["rows"][0].as_array().expect("a row");
    assert_eq!(row[..3], ["令和6年度", "358", "386"].map(Value::from));
}

/// The usual scheme of evaluation sheets with its text changed, as a file.
fn scheme(desk: &Desk, name: &str, change: impl Fn(&str) -> String) {
    let sources = meguri_app::scheme_file::preset_sources();
    let own = sources
        .iter()
        .find(|source| source.scheme.written().key == "evaluation");
    let text = change(&own.expect("a preset").text);
    std::fs::write(desk.folder.join(name), text).expect("written");
}

#[test]
fn a_scheme_that_hides_something_says_so_and_takes_hold_of_what_is_kept() {
    let desk = Desk::new("hides");
    let files = desk.samples();
    desk.import(&[], &files[..1], 0);
    scheme(&desk, "hides.toml", |text| {
        let (head, rest) = text.split_once("key = \"reason\"").expect("the field");
        format!(
            "{head}key = \"reason\"{}",
            rest.replacen("public = true\n", "", 1)
        )
    });
    let options = ["--scheme", "hides.toml"];
    let changed = desk.import(&options, &files[..1], 0);
    assert_eq!(results(&changed), ["changed"], "{changed:#}");
    assert_eq!(
        changed["documents"][0]["differences"],
        serde_json::json!([])
    );
    let told = &changed["schemes"][0];
    assert_eq!(told["unpublished_fields"], serde_json::json!(["理由"]));
    assert_eq!(told["publishes_nothing"], false);
    // The scheme holds from now on, whether it is named or not.
    for options in [&options[..], &[]] {
        assert_eq!(results(&desk.import(options, &files[..1], 0)), ["same"]);
    }
    let published = desk.told(&["publish", "--all"], 0);
    for words in [
        "公表しない項目（計画の設定による）：理由",
        "原文の行は公表していません",
    ] {
        assert!(published.contains(words), "{published}");
    }
    scheme(&desk, "nothing.toml", |text| {
        text.replace("public = true\n", "")
    });
    let words = ["import", files[0].as_str(), "--scheme", "nothing.toml"];
    let told = desk.told(&words, 0);
    for words in [
        "公表する項目が一つもありません",
        "対応：",
        "計画の設定だけが変わりました",
    ] {
        assert!(told.contains(words), "{told}");
    }
    let published = desk.told(&["publish", "--all", "--note", "非公開"], 0);
    assert!(
        published.contains("（なし）"),
        "what was public is not any more: {published}"
    );
    let untouched = desk.told(&["import", files[1].as_str()], 0);
    assert!(!untouched.contains("計画の設定「"), "{untouched}");
}
