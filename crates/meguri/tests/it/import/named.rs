//! `meguri show` finds whatever the commands print as a name, in the spellings that people type.

use crate::golden::root;
use meguri_app::actions::find_kept::Names;
use meguri_app::actions::links_kept::links_kept;
use meguri_app::actions::open_store::{Wanted, open_store};
use meguri_app::context::{Actor, Context};
use meguri_store::Location;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tokio::runtime::Runtime;

const KINDS: [&str; 6] = [
    "plan",
    "document",
    "sheet",
    "indicator",
    "project",
    "section",
];

/// A database of a sample.
struct Base {
    folder: PathBuf,
    /// Everything that was printed as a name.
    printed: BTreeSet<String>,
}

impl Base {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("named-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let printed = BTreeSet::new();
        Self { folder, printed }
    }

    fn call(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_meguri"));
        command.args(words).current_dir(&self.folder);
        if words.first() != Some(&"check") {
            command.args(["--database", "kept.sqlite"]);
        }
        command.output().expect("the program starts")
    }

    /// What a call prints, with its exit code.
    fn says(&self, words: &[&str]) -> (Option<i32>, String) {
        let output = self.call(words);
        let text = [output.stdout, output.stderr].concat();
        (
            output.status.code(),
            String::from_utf8(text).expect("UTF-8"),
        )
    }

    fn imported(name: &str, words: &[&str]) -> (Self, String) {
        let base = Self::new(name);
        let (code, text) = base.says(&[&["import"][..], words].concat());
        assert_eq!(code, Some(0), "{text}");
        (base, text)
    }

    fn add(&mut self, name: &str) {
        let name = name.trim();
        if !name.is_empty() {
            self.printed.insert(name.to_owned());
        }
    }

    /// The names in the report of an import or of `link list`.
    fn add_report(&mut self, text: &str) {
        for line in text.lines() {
            if let Some(head) = line.strip_prefix("■ ") {
                self.add(head);
            } else if let Some(line) = line.strip_prefix("  種類：") {
                let (names, _) = line.split_once("　年度：").unwrap_or((line, ""));
                names.split("　計画：").for_each(|name| self.add(name));
            } else if let Some((number, name)) = line.trim().split_once('　')
                && number.bytes().all(|byte| byte.is_ascii_digit())
            {
                self.add(number);
                self.add(name);
            }
        }
    }

    /// The names in the findings: documents and places.
    fn add_findings(&mut self, text: &str) {
        for line in text.lines() {
            if let Some((document, _)) = line.strip_prefix("■ ").and_then(|l| l.split_once('（'))
            {
                self.add(document);
            }
            let place = line.strip_prefix("  場所：");
            if let Some(place) = place.filter(|place| place.contains('＞')) {
                self.add(place);
            }
        }
    }

    /// The names in all lists, and in the trees of plans and documents.
    fn add_lists(&mut self) {
        for kind in KINDS {
            for row in self.rows(&["show", kind, "--json"]) {
                let key = row[0].as_str().expect("a key").to_owned();
                row.iter().take(3).filter_map(Value::as_str).for_each(|n| {
                    let of_plan = |c| kind == "plan" && c == '、';
                    n.split(of_plan).for_each(|name| self.add(name));
                });
                if kind == "plan" || kind == "document" {
                    for row in self.rows(&["show", kind, &key, "--json"]) {
                        self.add(row[0].as_str().expect("a name"));
                    }
                }
            }
        }
        let (_, listed) = self.says(&["publish", "どこにもない文書"]);
        let listed = listed.split_once("取り込み済みの文書：").expect("a list");
        let one = |name: &str| self.add(&format!("{}）", name.trim_end().trim_end_matches('）')));
        listed.1.split("）、").for_each(one);
    }

    fn rows(&self, words: &[&str]) -> Vec<Vec<Value>> {
        let output = self.call(words);
        let page: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let rows = page["tables"][0]["rows"].as_array().expect("rows").iter();
        rows.map(|row| row.as_array().expect("a row").clone())
            .collect()
    }

    /// Printed names, and spellings of them, that find nothing.
    fn unfound(&self) -> Vec<String> {
        let runtime = Runtime::new().expect("a runtime");
        let path = self.folder.join("kept.sqlite");
        let wanted = Wanted {
            location: Location::parse(&path.display().to_string()),
            said: None,
            name: None,
            create: false,
        };
        runtime.block_on(async {
            let context = Context::new(Actor::operator("試験"), "2026-07-01T12:00:00+09:00");
            let context = context.expect("a moment");
            let kept = open_store(&wanted, &context).await.expect("it opens");
            let links = links_kept(&kept.municipality).await.expect("links");
            let names = Names::of(&links);
            let all = self.printed.iter().flat_map(|name| spellings(name));
            let unfound = all.filter(|name| names.find(None, name).is_empty());
            let unfound: Vec<String> = unfound.collect();
            kept.store.close().await;
            unfound
        })
    }
}

/// A name as printed, and as people type it.
fn spellings(name: &str) -> Vec<String> {
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
        _ => c,
    };
    let bare = |c: char| if "「」（）".contains(c) { ' ' } else { c };
    let mut all = vec![
        name.to_owned(),
        name.to_lowercase(),
        name.chars().filter(|c| !c.is_whitespace()).collect(),
        name.chars().flat_map(|c| [c, ' ']).collect(),
    ];
    // A sign between the parts of a place stays; only names are spelt otherwise.
    if !name.contains('＞') {
        all.push(name.chars().map(wide).collect());
        all.push(name.chars().map(bare).collect());
    }
    if let Some((head, _)) = name
        .split_once('「')
        .filter(|(head, _)| !head.is_empty() && !head.contains('（'))
    {
        all.push(head.to_owned());
    }
    all
}

fn invented(name: &str) -> (Base, String) {
    let names = ["evaluation", "midterm", "programs", "reform", "strategy"];
    let file = |name: &str| {
        let path = root("samples/mizuhono").join(format!("{name}.txt"));
        path.display().to_string()
    };
    let files = names.map(file);
    let mut words: Vec<&str> = files.iter().map(String::as_str).collect();
    let (_, findings) =
        Base::new(&format!("{name}-checked")).says(&[&["check"][..], words.as_slice()].concat());
    words.extend(["--municipality", "139980", "--name", "みずほ野市"]);
    let (mut base, report) = Base::imported(name, &words);
    base.add_report(&report);
    base.add_findings(&findings);
    (base, report)
}

#[test]
fn everything_that_is_printed_as_a_name_is_found() {
    let (mut base, _) = invented("printed");
    base.add_lists();
    for name in [
        "施策評価",
        "施策評価シート",
        "中期実行プラン（施策評価）",
        "evaluation.txt（evaluation、番号7）",
        "テーマ1「子どもの居場所づくりの推進」",
        "1 水と緑を生かした仕事をつくる",
        "暮らしのデジタル化の推進 ＞ 集計表",
    ] {
        assert!(base.printed.contains(name), "{name}: {:#?}", base.printed);
    }
    assert_eq!(base.unfound(), [""; 0]);
}

#[test]
fn everything_that_is_printed_of_the_demo_is_found() {
    let sample = root("samples/kodaira").display().to_string();
    let (mut base, _) = Base::imported("demo", &[&sample]);
    let (_, open) = base.says(&["link", "list"]);
    base.add_report(&open);
    base.add_lists();
    assert!(base.printed.len() > 300, "{}", base.printed.len());
    assert_eq!(base.unfound(), [""; 0]);
    for name in [
        "テーマ13",
        "テーマ　１３",
        "テーマ13「地域包括ケアシステムの推進」",
    ] {
        let (code, page) = base.says(&["show", name]);
        assert!(page.starts_with("■ 地域包括ケアシステムの推進"), "{page}");
        assert_eq!(code, Some(0), "{name}");
    }
}

#[test]
fn a_name_shows_its_page_or_what_to_type_or_what_is_near() {
    let (base, _) = invented("typed");
    for (words, code, want) in [
        (&["テーマ１"][..], 0, &["■ 子どもの居場所づくりの推進"][..]),
        (&["sheet", "テーマ1"], 0, &["■ 子どもの居場所づくりの推進"]),
        (&["施策評価"], 0, &["■ 施策評価", "評価する計画"]),
        (&["plan", "施策評価"], 0, &["■ 施策評価"]),
        (&["施策評価シート"], 0, &["■ evaluation.txt", "種類"]),
        (&["evaluation.txt"], 0, &["■ evaluation.txt", "テーマ2"]),
        (&["evaluation@令和6年度"], 0, &["■ evaluation.txt"]),
        (&["項目6"], 0, &["■ 遊休地の活用"]),
        (&["Ｎｏ．６"], 0, &["■ 遊休地の活用"]),
        (&["プログラム", "2"], 0, &["■ 窓口手続の見直し"]),
        (&["コード100215"], 0, &["■ 学校施設開放事業"]),
        (&["計画"], 0, &["■ 取り込んだ計画", "midterm"]),
        (
            &["遊休地の活用"],
            2,
            &["2件", "meguri show sheet ", "（reform.txt No.6"],
        ),
        (&["①"], 2, &["meguri show sheet ", "基本目標1 ① 施策1"]),
        (
            &["第1期中期実行プラン"],
            2,
            &["meguri show plan evaluation", "meguri show plan midterm"],
        ),
        (
            &["plan", "テーマ1"],
            2,
            &[
                "計画は見当たりません",
                "ほかの種類にあります",
                "meguri show sheet ",
            ],
        ),
        (
            &["テーマ99"],
            2,
            &[
                "見当たりません",
                "もしかして",
                "シート：",
                "meguri show plan",
            ],
        ),
        (&["projct", "100215"], 2, &["meguri show project 100215"]),
        (&["section", "财政"], 2, &["「meguri show section」"]),
    ] {
        let (got, text) = base.says(&[&["show"][..], words].concat());
        assert_eq!(got, Some(code), "{words:?}: {text}");
        for want in want {
            assert!(text.contains(want), "{words:?}: {want}: {text}");
        }
    }
}
