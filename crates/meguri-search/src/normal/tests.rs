use super::*;
use proptest::prelude::*;

#[test]
fn spellings_of_one_word_have_one_normal_form() {
    let cases: &[&[&str]] = &[
        &["リサイクル", "ﾘｻｲｸﾙ", "りさいくる"],
        &["ガ", "ｶﾞ", "が", "か\u{3099}", "ｶ\u{3099}"],
        &["ＮＰＯ", "npo", "NPO", "Ｎｐｏ"],
        &["１２．５％", "12.5%"],
        &["髙橋", "高橋"],
        &["渡邉", "渡邊", "渡辺"],
        &["齋藤", "斎藤", "斉藤", "齊藤"],
        &["宮﨑", "宮崎", "宮嵜"],
        &["國學", "国学"],
        &["葛\u{e0100}飾", "葛飾", "葛\u{fe00}飾"],
        &["神", "\u{fa19}"],
        &[
            "センター",
            "センタ－",
            "センタ―",
            "センタ‐",
            "センタｰ",
            "せんたー",
            "センタ−",
        ],
        &["3ヶ月", "３ケ月", "3 ヶ 月"],
        &["3ヵ月", "3カ月", "3か月"],
        &["４月～６月", "4月〜6月"],
        &[
            "子育て支援",
            "子育て\n支援",
            "子育て　支 援",
            "子\u{200b}育て支援",
        ],
        &["㈱", "(株)", "（株）"],
        &["㎡", "m2", "ｍ２"],
        &["①", "1"],
        &["“例”", "〝例〟", "\"例\""],
        &["open data", "Open\n Data", "ＯＰＥＮ　ＤＡＴＡ"],
        &["東京 2020", "東京2020"],
        &["\u{202e}市民\u{202c}", "市民"],
        &["é", "e\u{301}", "É"],
        &["びょういん", "びよういん", "ビョウイン"],
        &["ファミリー・サポート", "ファミリーサポート", "ﾌｧﾐﾘｰ･ｻﾎﾟｰﾄ"],
        &["NPO・ボランティア", "ＮＰＯボランティア"],
        &["3・4・19号線", "3･4･19号線", "３・４・１９ 号線"],
        &["㋿5年度", "令和５年度"],
    ];
    for forms in cases {
        let want = normal(forms[0]);
        for form in *forms {
            assert_eq!(normal(form), want, "{form:?} and {:?}", forms[0]);
        }
    }
}

#[test]
fn different_words_stay_different() {
    for (left, right) in [
        ("open data", "opendata"),
        ("がん", "かん"),
        ("3・4", "34"),
        ("はし", "ばし"),
        ("ー", "一"),
        ("", "ー"),
    ] {
        assert_ne!(normal(left), normal(right), "{left} and {right}");
    }
}

#[test]
fn places_lead_back_to_the_spelling_of_the_original() {
    for (text, word, want) in [
        ("髙齢者のﾃﾞｰﾀ", "データ", "ﾃﾞｰﾀ"),
        ("子育て\n支援を", "育て支", "育て\n支"),
        ("約㌔の道", "キロ", "㌔"),
        ("葛\u{e0100}飾区", "葛", "葛\u{e0100}"),
        ("か\u{3099}っこう", "ガ", "か\u{3099}"),
    ] {
        let mapped = Mapped::new(text);
        let word = normal(word);
        let at = mapped.normal.find(&word).expect("the word is there");
        let (from, to) = mapped.original(at, at + word.len()).expect("a place");
        assert_eq!(&text[from..to], want);
    }
}

proptest! {
    #[test]
    fn the_normal_form_is_its_own_normal_form(text in any::<String>()) {
        let once = normal(&text);
        prop_assert_eq!(normal(&once), once);
    }

    #[test]
    fn cells_cover_the_text_without_gap(text in any::<String>()) {
        let mut end = 0;
        for (from, to) in cells(&text) {
            prop_assert_eq!(from, end);
            prop_assert!(text.is_char_boundary(to) && to > from);
            end = to;
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn mapped_and_normal_agree(text in any::<String>()) {
        let mapped = Mapped::new(&text);
        prop_assert_eq!(mapped.places.len(), mapped.normal.len());
        prop_assert_eq!(mapped.normal, normal(&text));
    }
}
