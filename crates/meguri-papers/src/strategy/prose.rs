//! Names and sentences of a progress list of the invented city.

use super::{Item, Manner};
use crate::words::{commas, deed, indicator, pick, plan, project, section, theme};

/// The name of a goal or a group.
pub(super) fn heading(manner: &mut Manner) -> String {
    let rng = &mut manner.rng;
    let topic = project(rng);
    match rng.u32(..8) {
        0 => format!("“水と緑”を生かした{topic}"),
        1 => format!("{topic}・まちの魅力の発信"),
        2 => format!("{topic}（若い世代）の充実"),
        3 => format!("ＩＣＴによる{topic}"),
        4 => format!("2030年に向けた{topic}"),
        5 => "だれもが住みよいまちをつくる".to_owned(),
        _ => theme(rng),
    }
}

/// The name of a measure.
pub(super) fn name(manner: &mut Manner) -> String {
    let rng = &mut manner.rng;
    let topic = project(rng);
    match rng.u32(..14) {
        0 => format!("{topic}・ﾎﾟｲﾝﾄ制度の導入"),
        1 => format!("（仮称）{topic}計画の策定"),
        2 => format!("“歩いて５分”の{topic}"),
        3 => format!("ＮＰＯと進める{topic}"),
        4 => format!("24時間の{topic}"),
        5 => format!("シェアサイクルプラットフォーム{topic}"),
        6 => format!("Web版{topic}"),
        7 => "除雪の支援".to_owned(),
        8 => "バス路線の再編".to_owned(),
        9 => format!("{topic}（再掲）"),
        10 => theme(rng),
        _ => topic,
    }
}

/// One to three sections of an office.
pub(super) fn sections(manner: &mut Manner) -> Vec<String> {
    const MORE: [&str; 12] = [
        "市長公室",
        "農業委員会事務局",
        "地域づくり・多文化共生推進課",
        "中央公民館",
        "消防本部",
        "市立病院事務局",
        "こども園担当",
        "上下水道局",
        "税務課",
        "みどり共創課",
        "デジタル戦略・行政改革担当",
        "水と里山の課",
    ];
    let count = [1, 1, 1, 1, 2, 3][manner.rng.usize(..6)];
    let mut sections: Vec<String> = Vec::new();
    while sections.len() < count {
        let name = if manner.one_in(3) {
            pick(&mut manner.rng, &MORE).to_owned()
        } else {
            section(&mut manner.rng).to_owned()
        };
        if !sections.contains(&name) {
            sections.push(name);
        }
    }
    sections
}

/// The paragraphs of a measure's content.
pub(super) fn content(manner: &mut Manner) -> Vec<String> {
    let count = [1, 1, 1, 2, 3][manner.rng.usize(..5)];
    (0..count)
        .map(|index| {
            let opening = match (index, manner.rng.u32(..6)) {
                (0, 0) => "2027 年の大会を見据え、".to_owned(),
                (0, 1) => "「歩いて楽しい」まちを目指して、“ひろば”などの".to_owned(),
                (0, 2) => format!("平成 {}年秋に開く施設を拠点に、", manner.rng.u32(20..31)),
                (0, _) => String::new(),
                (1, _) => "また、".to_owned(),
                _ => "なお、（仮称）みずほ野ひろばについては、①－１の取組に加え、".to_owned(),
            };
            let mut text = opening + &plan(&mut manner.rng);
            if manner.one_in(2) {
                text.push_str(&plan(&mut manner.rng));
            }
            text
        })
        .collect()
}

/// The items of one year.
pub(super) fn items(manner: &mut Manner) -> Vec<Item> {
    if manner.one_in(12) {
        return vec![plain(
            pick(&mut manner.rng, &["実施済", "実績なし"]).to_owned(),
        )];
    }
    let subheads = manner.tears() && manner.one_in(6);
    let count = manner.rng.usize(1..=4);
    (0..count).map(|_| item(manner, subheads)).collect()
}

fn plain(text: String) -> Item {
    Item {
        subhead: None,
        text,
        rows: Vec::new(),
    }
}

fn item(manner: &mut Manner, subheads: bool) -> Item {
    let count = commas(manner.rng.i64(1..200_000));
    let gap = if manner.rng.bool() { " " } else { "" };
    let rng = &mut manner.rng;
    let mut item = plain(match rng.u32(..10) {
        0 => format!("延べ{} {count}件", indicator(rng)),
        1 => format!(
            "{count} 件（{}.{}％）の訪問を実施しました。",
            rng.u32(1..100),
            rng.u32(..10)
        ),
        2 => format!(
            "{}計 {}{gap}回開催し、延べ {count}{gap}人が参加しました。",
            deed(rng),
            rng.u32(2..40)
        ),
        3 => format!("平成 {}{gap}年度に引き続き、{}", rng.u32(20..31), deed(rng)),
        4 => format!(
            "小・中学生の「{}」（講師：市民）を{}",
            project(rng),
            deed(rng)
        ),
        5 => format!("尐年野球・花小路单公園において、{}", deed(rng)),
        6 => format!("{}{}{}", deed(rng), deed(rng), deed(rng)),
        7 => format!("{}（実施に向けた調整を含みます。）", deed(rng)),
        _ => deed(rng),
    });
    if subheads {
        item.subhead = Some(format!(
            "≪{}≫",
            pick(rng, &["駅東口地区", "本町１丁目", "全市・共通"])
        ));
    } else if rng.u32(..12) == 0 {
        item.text = "利用の状況は、次のとおりでした。".to_owned();
        item.rows = vec![
            format!("利用者数 {}人", commas(rng.i64(1..99_999))),
            format!("相談件数  {}件", commas(rng.i64(1..9_999))),
        ];
    }
    item
}
