use super::*;

fn faults(text: &str) -> Vec<String> {
    let faults = WordList::parse(text).err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

fn words<'a>(list: &'a WordList, word: &str) -> Vec<&'a str> {
    list.meant(&normal(word))
        .iter()
        .map(|meant| meant.word.as_str())
        .collect()
}

#[test]
fn wider_words_stand_behind_a_semicolon() {
    let list = WordList::parse("街灯 → 街路灯、防犯灯；道路維持；道路").expect("sound");
    let widths: Vec<usize> = list.meant("街灯").iter().map(|meant| meant.width).collect();
    assert_eq!(
        words(&list, "街灯"),
        ["街路灯", "防犯灯", "道路維持", "道路"]
    );
    assert_eq!(widths, [0, 0, 1, 2]);
    assert_eq!(faults("街灯 → ；道路").len(), 1);
}

#[test]
fn the_bundled_list_is_sound_and_large() {
    for text in BUNDLED {
        assert_eq!(faults(text), [""; 0]);
    }
    assert_eq!(faults(&BUNDLED.join("\n")), [""; 0]);
    let list = WordList::bundled();
    assert!(list.meant.len() > 1_500, "{}", list.meant.len());
    assert!(list.same.len() > 120, "{}", list.same.len());
    assert!(words(list, "ゴミ袋").contains(&"廃棄物"));
}

#[test]
fn both_kinds_of_lines_are_read_with_remarks_and_blank_lines() {
    let text = "\u{feff}# 市の言葉\n\nにじバス、ニジバス→コミュニティバス、 公共交通 # 愛称\n子ども＝子供 ＝ こども\n";
    let list = WordList::parse(text).expect("sound");
    assert_eq!(words(&list, "にじばす"), ["コミュニティバス", "公共交通"]);
    let group = ["子ども", "子供", "こども"].map(normal);
    assert_eq!(list.spellings(&normal("子供")), group);
    assert!(list.knows(&normal("こども")) && !list.knows(&normal("公園")));
    assert_eq!(list.beginning_with(&normal("にじ")), [normal("にじばす")]);
    assert!(WordList::parse("").expect("sound").is_empty());
}

#[test]
fn faults_are_told_in_japanese_with_line_and_remedy() {
    let long = "長".repeat(LONGEST_WORD + 1);
    let many = vec!["あ"; 31].join("、");
    for (text, said) in [
        (
            "ゴミ袋 廃棄物",
            "1行目：「ゴミ袋 廃棄物」には「→」も「＝」もありません。対応：",
        ),
        (
            "# 説明\nゴミ袋 → ",
            "2行目：言葉のないところがあります。対応：",
        ),
        (" → 廃棄物", "1行目：言葉のないところがあります。"),
        ("ゴミ、、袋 → 廃棄物", "1行目：言葉のないところがあります。"),
        (
            "ゴミ → 袋 → 廃棄物",
            "1行目：「ゴミ → 袋 → 廃棄物」には「→」又は「＝」が多すぎます。",
        ),
        (
            "ゴミ ＝ ごみ → 廃棄物",
            "「→」と「＝」は別の行に分けてください。",
        ),
        (
            "子ども ＝ 子供\n子供 ＝ 児童",
            "2行目：「子供」は1行目の「＝」にもあります。",
        ),
        (
            &format!("{long} → 廃棄物"),
            "は長すぎます。対応：一つの言葉は40文字までにしてください。",
        ),
        (
            &format!("{many} → 廃棄物"),
            "一方の側に30語を超える言葉があります。",
        ),
    ] {
        let told = faults(text);
        assert!(
            told.len() == 1 && told[0].contains(said),
            "{text}: {told:?}"
        );
    }
    assert_eq!(faults("a\nb\nc → d").len(), 2, "all of them");
}
