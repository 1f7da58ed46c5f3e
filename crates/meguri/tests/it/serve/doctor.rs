//! `meguri doctor`: what it says before the server starts.

use super::{folder, program, text};
use crate::golden::root;
use std::path::Path;

#[test]
fn the_doctor_looks_at_settings_files_and_names() {
    let folder = folder("doctor");
    let settings = folder.join("sound.toml");
    let paper = root("samples/mizuhono/reform.txt");
    let text_of = |files: &str| {
        format!(
            "address = \"127.0.0.1:0\"\noperations_address = \"off\"\ninternal_address = \"off\"\nfiles = [{files}]\n"
        )
    };
    std::fs::write(
        &settings,
        text_of(&format!("{:?}", paper.to_string_lossy())),
    )
    .expect("written");
    let doctor = |file: &Path| {
        program(&["doctor", "--config", &file.to_string_lossy()], &folder)
            .output()
            .expect("it runs")
    };
    let output = doctor(&settings);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(
        text(&output).contains("問題はありません"),
        "{}",
        text(&output)
    );
    let broken = folder.join("broken.toml");
    std::fs::write(&broken, text_of("\"gone.txt\"")).expect("written");
    let output = doctor(&broken);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert!(
        text(&output).contains("ファイルが見つかりません"),
        "{}",
        text(&output)
    );
    std::fs::write(&broken, "adress = \"x\"\n").expect("written");
    let output = doctor(&broken);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert!(text(&output).contains("1行目"), "{}", text(&output));
}

#[test]
fn the_doctor_looks_at_the_words_for_the_search() {
    let folder = folder("doctor-words");
    let settings = folder.join("meguri.toml");
    let with_words = |words: Option<&str>| {
        std::fs::write(
            &settings,
            "address = \"127.0.0.1:0\"\noperations_address = \"off\"\ninternal_address = \"off\"\nsearch_words = \"words.txt\"\n",
        )
        .expect("written");
        match words {
            Some(words) => std::fs::write(folder.join("words.txt"), words).expect("written"),
            None => drop(std::fs::remove_file(folder.join("words.txt"))),
        }
        program(
            &["doctor", "--config", &settings.to_string_lossy()],
            &folder,
        )
        .output()
        .expect("it runs")
    };
    let sound = with_words(Some("にじバス → コミュニティバス\n"));
    assert_eq!(sound.status.code(), Some(0), "{}", text(&sound));
    assert!(text(&sound).contains("検索の言葉："), "{}", text(&sound));
    let broken = with_words(Some("# 言葉\nにじバス コミュニティバス\n"));
    assert_eq!(broken.status.code(), Some(2), "{}", text(&broken));
    assert!(text(&broken).contains("2行目"), "{}", text(&broken));
    let gone = with_words(None);
    assert_eq!(gone.status.code(), Some(2), "{}", text(&gone));
    assert!(text(&gone).contains("words.txt"), "{}", text(&gone));
}

#[test]
fn the_doctor_looks_at_the_search_index() {
    let folder = folder("doctor-index");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let run = |words: &[&str]| {
        let mut command = program(words, &folder);
        command
            .env("MEGURI_OPERATIONS_ADDRESS", "off")
            .env("MEGURI_INTERNAL_ADDRESS", "off");
        command
            .env("MEGURI_ADDRESS", "127.0.0.1:0")
            .env("MEGURI_ACTOR", "試験");
        let output = command.output().expect("it runs");
        (output.status.code(), text(&output))
    };
    let told = |code: i32, words: &str| {
        let (status, told) = run(&["doctor"]);
        assert_eq!(status, Some(code), "{told}");
        assert!(
            told.contains("検索用の索引：") && told.contains(words),
            "{words}: {told}"
        );
        assert!(
            !told.contains("MEGURI_ACTOR"),
            "who acts is a variable that is known: {told}"
        );
    };
    let well = |words: &[&str]| {
        let (status, told) = run(words);
        assert_eq!(status, Some(0), "{words:?}: {told}");
    };
    told(0, "まだありません");
    let paper = root("samples/mizuhono/reform.txt");
    well(&[
        "import",
        "--municipality",
        "132110",
        &paper.to_string_lossy(),
    ]);
    well(&["index"]);
    told(0, "公表中の内容と一致しています");
    well(&["publish", "--all"]);
    told(0, "公表中の内容と一致していません");
    well(&["index"]);
    told(0, "公表中の内容と一致しています");
    let index = folder.join("meguri.sqlite.index");
    let files = std::fs::read_dir(&index)
        .expect("the index")
        .map(|file| file.expect("a file").path());
    let store = files
        .into_iter()
        .find(|path| path.extension().is_some_and(|e| e == "store"));
    let store = store.expect("a file of the index");
    let whole = std::fs::read(&store).expect("read");
    std::fs::write(&store, vec![0xff; whole.len()]).expect("damaged");
    told(2, "meguri index --rebuild");
    assert_eq!(
        std::fs::read(&store).expect("left alone").len(),
        whole.len()
    );
    well(&["index", "--rebuild"]);
    told(0, "公表中の内容と一致しています");
    std::fs::remove_dir_all(&index).expect("removed");
    told(0, "まだありません");
    std::fs::write(&index, "a file").expect("written");
    told(2, "対応：");
}

#[test]
fn the_doctor_says_which_scheme_publishes_nothing() {
    let folder = folder("doctor-schemes");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let sources = meguri_app::scheme_file::preset_sources();
    let own = sources
        .iter()
        .find(|source| source.scheme.written().key == "reform");
    let silent = own.expect("a preset").text.replace("public = true\n", "");
    std::fs::write(folder.join("silent.toml"), silent).expect("written");
    let settings = "address = \"127.0.0.1:0\"\noperations_address = \"off\"\n\
                    internal_address = \"off\"\nschemes = [\"silent.toml\"]\n";
    std::fs::write(folder.join("meguri.toml"), settings).expect("written");
    let run = |words: &[&str]| {
        let output = program(words, &folder).output().expect("it runs");
        assert_eq!(
            output.status.code(),
            Some(0),
            "{words:?}: {}",
            text(&output)
        );
        text(&output)
    };
    let words = "公表する項目が一つもありません";
    assert_eq!(run(&["doctor"]).matches(words).count(), 1, "the file");
    let paper = root("samples/mizuhono/reform.txt");
    let paper = paper.to_string_lossy();
    let city = "131016";
    let told = run(&[
        "import",
        &paper,
        "--scheme",
        "silent.toml",
        "--municipality",
        city,
    ]);
    assert_eq!(told.matches(words).count(), 1, "{told}");
    let told = run(&["doctor"]);
    assert_eq!(
        told.matches(words).count(),
        2,
        "the file and the database: {told}"
    );
    assert!(
        told.contains("保存した計画の設定：reform「第3次」"),
        "{told}"
    );
}
