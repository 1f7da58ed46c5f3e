//! Spellings of one word: variant kanji, kana of both kinds and sizes, dashes, marks that nobody
//! sees, and the words that administrations write in several ways.
//!
//! [`plain_char`] looks at one character only, so that search can use it on any part of a text.
//! [`spelling_key`] compares whole names and looks at their words too.

use super::{is_dash, is_unseen, normal_form, variants};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// One character of an NFKC text in the plain form that all its spellings share: lower case,
/// katakana, one dash, one quote, today's kanji.
#[must_use]
pub fn plain_char(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => large(char::from_u32(c as u32 + 0x60).unwrap_or(c)),
        'ァ'..='ヺ' => large(c),
        // A dash and the long vowel mark look alike in print, and scanners take one for the other.
        'ー' | '‒' => 'ー',
        c if is_dash(c) => 'ー',
        '〜' | '∼' => '~',
        '“' | '”' | '„' | '‟' | '〝' | '〞' | '〟' => '"',
        '‘' | '’' => '\'',
        '·' | '•' | '‧' | '∙' => '・',
        '㐀'..='\u{9fff}' | '\u{fa0e}'..='\u{fa29}' | '\u{20000}'..='\u{3fffd}' => {
            variants::plain(c)
        }
        _ => c,
    }
}

/// The small ヵ and ヶ of counting (3ヶ月, 3ヵ月) are printed large as well.
const fn large(c: char) -> char {
    match c {
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        _ => c,
    }
}

/// The key under which all spellings of one name are equal: what [`super::name_key`] folds, and
/// besides variant kanji (髙, 高), kana of both kinds, ヶ, か and 箇 of counting, unseen marks, and
/// words in mixed writing (子ども, 子供).
///
/// For finding the partner of a name; for naming what differs, the printed names are compared.
#[must_use]
pub fn spelling_key(name: &str) -> String {
    let name = normal_form(name);
    let folded = name.nfkc().flat_map(char::to_lowercase).nfkc();
    let chars: Vec<char> = folded
        .filter(|c| canonical_combining_class(*c) == 0 && !is_unseen(*c) && !is_separator(*c))
        .map(plain_char)
        .collect();
    let mut key = String::with_capacity(chars.len() * 3);
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        key.push(counting(before, *c, chars.get(at + 1).copied()));
    }
    for (spelling, word) in WORDS {
        if key.contains(spelling) {
            key = key.replace(spelling, word);
        }
    }
    key
}

/// White space and the marks between the parts of a name.
const fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '・' | '、' | '，' | ',' | '「' | '」' | '『' | '』')
}

/// ケ, 箇 and 個 in front of what is counted, and ガ between the kanji of a place, in one form.
const fn counting(before: Option<char>, c: char, next: Option<char>) -> char {
    match (c, next) {
        ('ケ' | '箇', Some('所' | '月' | '年' | '国' | '条' | '村'))
        | ('個', Some('所' | '月')) => 'カ',
        ('ガ', Some(next)) if is_kanji(next) && matches!(before, Some(c) if is_kanji(c)) => 'ケ',
        _ => c,
    }
}

const fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '㐀'..='\u{9fff}' | '\u{20000}'..='\u{3fffd}')
}

/// Spellings of words that administrations write in several ways, in the folded form (katakana),
/// with the one that stands for all. Longer spellings come before those that they hold.
const WORDS: &[(&str, &str)] = &[
    ("子ドモ", "子供"),
    ("コドモ", "子供"),
    ("コ供", "子供"),
    ("障ガイ", "障害"),
    ("障碍", "障害"),
    ("障礙", "障害"),
    ("取リ組ミ", "取組"),
    ("取組ミ", "取組"),
    ("申シ込ミ", "申込"),
    ("申込ミ", "申込"),
    ("受ケ付ケ", "受付"),
    ("受付ケ", "受付"),
    ("受ケ入レ", "受入"),
    ("受入レ", "受入"),
    ("手続キ", "手続"),
    ("問イ合ワセ", "問合セ"),
    ("問イ合セ", "問合セ"),
    ("問合ワセ", "問合セ"),
    ("打チ合ワセ", "打合セ"),
    ("打合ワセ", "打合セ"),
    ("取リ扱イ", "取扱"),
    ("取扱イ", "取扱"),
    ("貸シ出シ", "貸出"),
    ("貸出シ", "貸出"),
    ("引キ継ギ", "引継"),
    ("引継ギ", "引継"),
    ("繰リ越シ", "繰越"),
    ("繰越シ", "繰越"),
    ("積ミ立テ", "積立"),
    ("積立テ", "積立"),
    ("支払イ", "支払"),
    ("売リ上ゲ", "売上"),
    ("売上ゲ", "売上"),
    ("届ケ出", "届出"),
    ("入リ込ミ", "入込"),
    ("入込ミ", "入込"),
    ("空キ家", "空家"),
    ("空キ店舗", "空店舗"),
    ("見守リ", "見守"),
    ("建テ替エ", "建替"),
    ("建替エ", "建替"),
    ("ヒトリ親", "一人親"),
    ("独リ親", "一人親"),
    ("ヒトリ暮", "一人暮"),
    ("独リ暮", "一人暮"),
    ("マチ作リ", "マチヅクリ"),
    ("町ヅクリ", "マチヅクリ"),
    ("町作リ", "マチヅクリ"),
    ("街ヅクリ", "マチヅクリ"),
    ("街作リ", "マチヅクリ"),
    ("居場所作リ", "居場所ヅクリ"),
    ("健康作リ", "健康ヅクリ"),
    ("オヨビ", "及ビ"),
    ("マタハ", "又ハ"),
    ("ナラビニ", "並ビニ"),
    ("ヒト月", "一月"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_spellings_of_a_name_have_one_key() {
        let cases: &[&[&str]] = &[
            &[
                "髙齢者相談の利用者数",
                "高齢者相談の利用者数",
                "⾼齢者相談の利用者数",
            ],
            &["葛\u{e0100}城公園", "葛城公園", "葛 城\u{200b}公園"],
            &[
                "設置か所数",
                "設置ヶ所数",
                "設置ケ所数",
                "設置カ所数",
                "設置箇所数",
                "設置個所数",
            ],
            &["霞が丘の利用者", "霞ヶ丘の利用者", "霞ケ丘の利用者"],
            &["子ども会の数", "子供会の数", "こども会の数", "コドモ会の数"],
            &["障がい者の雇用", "障害者の雇用", "障碍者の雇用"],
            &["取り組みの件数", "取組みの件数", "取組の件数"],
            &["まちづくり協議会", "街づくり協議会", "まち作り協議会"],
            &[
                "ＮＰＯ・ボランティア",
                "NPO、ボランティア",
                "npoボランティア",
            ],
            &["センター利用者", "センタ－利用者", "ｾﾝﾀｰ利用者"],
            &["相談（延べ）", "相談(延べ)"],
        ];
        for forms in cases {
            for form in *forms {
                assert_eq!(spelling_key(form), spelling_key(forms[0]), "{form}");
            }
        }
    }

    #[test]
    fn other_names_keep_other_keys() {
        for (one, other) in [
            ("子育て相談の利用者数", "子育て相談利用者数"),
            ("公園の数", "公園の面積"),
            ("個人の相談", "か人の相談"),
            ("病院", "美容院"),
            ("市が行う事業", "市を行う事業"),
            ("相談（延べ）", "相談（実数）"),
        ] {
            assert_ne!(spelling_key(one), spelling_key(other), "{one}, {other}");
        }
        assert_eq!(spelling_key(""), "");
    }
}
