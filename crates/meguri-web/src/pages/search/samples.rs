//! The page as it looks: before a search, with hits, with nothing, with the longest texts.

use super::ways::{Suggested, browse};
use super::{
    A_PAGE, FieldShown, HitShown, PieceShown, SearchPage, SnippetShown, Told, Wanted, WidenedShown,
    layout,
};
use crate::page::Link;
use crate::view::choice::Choice;

fn piece(text: &str, marked: bool) -> PieceShown {
    PieceShown {
        text: text.to_owned(),
        marked,
    }
}

fn hit() -> HitShown {
    HitShown {
        href: "/sheets/1".to_owned(),
        kind: "評価シート".to_owned(),
        title: vec![piece("施策1 子どもの", false), piece("居場所", true)],
        plan: "見本の計画".to_owned(),
        year: "令和6年度".to_owned(),
        years: Some((2024, 2024)),
        sections: "見本課".to_owned(),
        states: "評価：A".to_owned(),
        money: "1,234千円".to_owned(),
        yen: Some(1_234_000),
        snippets: vec![SnippetShown {
            label: "取組の内容".to_owned(),
            pieces: vec![
                piece("…放課後の", false),
                piece("居場所", true),
                piece("を…", false),
            ],
        }],
    }
}

fn field(name: &'static str, label: &'static str, choices: &[&str]) -> FieldShown {
    let choice = |text: &&str| Choice {
        value: (*text).to_owned(),
        text: format!("{text}（3件）"),
        chosen: false,
    };
    let mut choices: Vec<Choice> = choices.iter().map(choice).collect();
    let further = choices.split_off(choices.len().min(3));
    FieldShown {
        name,
        label,
        choices,
        further,
        more: 0,
    }
}

fn fields() -> Vec<FieldShown> {
    vec![
        field(
            "kind",
            "種類",
            &["評価シート", "計画・文書", "事業", "指標", "担当課"],
        ),
        field("plan", "計画", &["見本の計画"]),
        field("year", "年度", &["令和6年度"]),
        field("section", "担当課", &["見本課", "例示課"]),
        field("state", "状態", &["評価：A", "評価：B"]),
    ]
}

/// The first value of a field is chosen.
fn ticked(field: FieldShown) -> FieldShown {
    let mut field = field;
    if let Some(first) = field.choices.first_mut().filter(|_| field.name != "kind") {
        first.chosen = true;
    }
    field
}

fn told() -> Told {
    let shown = |typed: &str, also: &[&str], sentence: &str| WidenedShown {
        typed: typed.to_owned(),
        also: also.iter().map(|word| (*word).to_owned()).collect(),
        sentence: sentence.to_owned(),
    };
    Told {
        widened: vec![shown(
            "たまり場",
            &["居場所"],
            "「たまり場」を「居場所」でも探しました。",
        )],
        parted: vec![shown(
            "たまり場づくり",
            &["たまり場", "づくり"],
            "「たまり場づくり」を「たまり場」と「づくり」に分けて探しました。",
        )],
        some: "すべての言葉を含むものはないため、一部の言葉を含むものを表示しています。",
        exactly: Some(Link::new("/search?q=%22x%22", "入力した言葉だけで探す")),
    }
}

fn of(text: &str) -> SearchPage {
    let wanted = Wanted {
        text: text.to_owned(),
        page: 1,
        ..Wanted::default()
    };
    let (asked, fields) = (wanted.is_asked(), fields());
    let browse = if asked { Vec::new() } else { browse(&fields) };
    let query = wanted.text.clone();
    SearchPage {
        layout: layout(&wanted),
        query,
        asked,
        browse,
        fields,
        from: 1,
        ..SearchPage::default()
    }
}

pub(super) fn samples() -> Vec<(&'static str, SearchPage)> {
    let names = |names: &[&str]| {
        names
            .iter()
            .map(|name| Link::new("/search?q=x", *name))
            .collect()
    };
    let found = SearchPage {
        total: 41,
        hits: vec![
            hit(),
            HitShown {
                money: String::new(),
                snippets: Vec::new(),
                ..hit()
            },
        ],
        chosen: names(&["年度：令和6年度", "担当課：見本課"]),
        fields: fields().into_iter().map(ticked).collect(),
        suggested: Suggested {
            instead: false,
            names: names(&["居場所づくり事業"]),
        },
        next: Some(Link::new("/search?q=x&page=2", "次の結果へ")),
        told: told(),
        ..of("居場所")
    };
    let nothing = SearchPage {
        remarks: vec!["年度の「来年」は条件にできないため、外しました。".to_owned()],
        suggested: Suggested {
            instead: true,
            names: names(&["居場所づくり事業"]),
        },
        ways_out: names(&["条件をすべて外して検索する", "「居場所」だけで検索する"]),
        ..of("居場所 つくる<b>&\"")
    };
    let long = HitShown {
        title: vec![piece(&"長い見出し".repeat(30), true)],
        states: "評価：おおむね順調に進んでいる、".repeat(10),
        snippets: vec![
            SnippetShown {
                label: "長い名前の欄".repeat(6),
                pieces: vec![piece(&"long_word_without_a_break".repeat(6), true)],
            };
            2
        ],
        ..hit()
    };
    let longest = SearchPage {
        total: 9_999,
        hits: vec![long; A_PAGE],
        previous: Some(Link::new("/search?q=x", "前の結果へ")),
        ..of(&"とても長い検索語".repeat(37))
    };
    vec![
        ("empty", of("")),
        ("found", found),
        ("nothing", nothing),
        ("longest", longest),
    ]
}
