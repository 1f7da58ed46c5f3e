//! Names and sentences of the invented city, by the column that they stand in.

use crate::words::{CITY, pick, section};
use fastrand::Rng;

const THINGS: [&str; 24] = [
    "水辺の保全",
    "図書館の電子サービス",
    "窓口手続のオンライン化",
    "空き家の活用",
    "放課後の居場所",
    "ＮＰＯとの協働",
    "公用車の共同利用",
    "防災倉庫の点検",
    "「まちの縁側」の運営",
    "学校給食の地場産品",
    "DX人材の育成",
    "ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞの活用",
    "公園・緑地の管理",
    "庁内の文書管理",
    "AI-OCRによる入力作業",
    "市民農園（仮称）の整備",
    "施設予約システム",
    "広告収入の確保",
    "職員の健康づくり",
    "地域ｺﾐｭﾆﾃｨ施設の開放",
    "税外債権の管理",
    "Web会議の活用",
    "民間提案の受付",
    "印刷物・刊行物の精査",
];
const AIMS: [&str; 8] = [
    "の推進",
    "の見直し",
    "の適正化",
    "の充実",
    "の検討",
    "の仕組みづくり",
    "の拡大",
    "の標準化",
];
const WAYS: [&str; 10] = [
    "関係する課との調整を行ったうえで",
    "利用者の声を踏まえ",
    "前年度の検証結果に基づき",
    "近隣市の事例を参考にしながら",
    "「みずほ野市経営指針」に沿って",
    "費用と効果を見きわめ",
    "国の制度改正（令和７年度施行）に合わせて",
    "RPAなどのICTを用いて",
    "市民・事業者・大学等とともに",
    "限られた人員の中でも",
];

/// The name of a programme.
pub(super) fn name(rng: &mut Rng) -> String {
    match rng.usize(..6) {
        0 => format!("{}{}", pick(rng, &THINGS), pick(rng, &AIMS)),
        1 => format!("{}と{}", pick(rng, &THINGS), pick(rng, &THINGS)),
        2 => format!("DXの推進（{}{}）", pick(rng, &THINGS), pick(rng, &AIMS)),
        3 => format!(
            "{}・{}{}",
            pick(rng, &["研修", "組織", "財産"]),
            pick(rng, &["人材", "定数", "債権"]),
            pick(rng, &AIMS)
        ),
        4 => format!(
            "{}{}",
            pick(rng, &["職制", "使用料", "庁舎", "会議"]),
            pick(rng, &AIMS)
        ),
        _ => format!(
            "{}及び{}{}",
            pick(rng, &THINGS),
            pick(rng, &THINGS),
            pick(rng, &AIMS)
        ),
    }
}

/// The name of a direction.
pub(super) fn direction(rng: &mut Rng) -> String {
    let first = pick(
        rng,
        &[
            "地域の力",
            "将来を見すえた財政",
            "しなやかな組織",
            "職員と職場",
            "公共施設",
            "暮らしのＤＸ",
        ],
    );
    let second = pick(
        rng,
        &[
            "による支え合い",
            "・財産の活用",
            "の運営体制",
            "の活性化",
            "の最適化",
        ],
    );
    format!("{first}{second}")
}

/// An item of 主な取組の方向性: longer than a few words, with no full stop.
pub(super) fn orientation(rng: &mut Rng) -> String {
    let thing = pick(rng, &THINGS);
    match rng.usize(..4) {
        0 => format!(
            "{}年間で{thing}に取り組む団体を{}団体以上とすることを目指す（令和３年４月１日現在：{}団体）",
            figure(rng, 5),
            figure(rng, 30),
            figure(rng, 9),
        ),
        1 => format!("{}、{thing}について段階的に見直し", pick(rng, &WAYS)),
        2 => format!("{thing}{}に向けた庁内の体制整備と周知", pick(rng, &AIMS)),
        _ => format!(
            "{}、{thing}や{}を整理し、利用のルールを検討",
            pick(rng, &WAYS),
            pick(rng, &THINGS)
        ),
    }
}

/// An item of 取組項目: a few words.
pub(super) fn item(rng: &mut Rng) -> String {
    match rng.usize(..3) {
        0 => format!(
            "{}{}",
            pick(rng, &["窓口", "財産", "使用料", "広報紙"]),
            pick(rng, &AIMS)
        ),
        1 => format!(
            "{}・公表",
            pick(rng, &["方針の策定", "対象の抽出", "ﾙｰﾙの整理"])
        ),
        _ => format!("{}{}", pick(rng, &THINGS), pick(rng, &AIMS)),
    }
}

/// What is planned for the year.
pub(super) fn planned(rng: &mut Rng) -> String {
    let end = pick(
        rng,
        &[
            "を進める。",
            "を実施する。",
            "について検討する。",
            "に取り組んでいく。",
            "の準備を行う。",
            "を試行する。",
        ],
    );
    let body = clause(rng);
    match rng.usize(..4) {
        0 => format!(
            "{body}{end}年間で{}回の開催を目指す。（{}回）",
            figure(rng, 20),
            figure(rng, 9)
        ),
        1 => format!("{}については、{body}{end}", pick(rng, &THINGS)),
        _ => format!("{body}{end}"),
    }
}

/// What was done.
pub(super) fn done(rng: &mut Rng) -> String {
    let end = pick(
        rng,
        &[
            "を進めた。",
            "を実施した。",
            "の調整を行った。",
            "を公表した。",
            "の見直しに至った。",
            "を整えた。",
        ],
    );
    let body = clause(rng);
    match rng.usize(..5) {
        0 => format!("{body}{end}参加者は{}人であった。", figure(rng, 900)),
        1 => format!(
            "{body}{end}効果額は約{}円であった（{}が試算）。",
            money(rng),
            section(rng)
        ),
        2 => format!(
            "令和{}年{}月に、{body}{end}",
            figure(rng, 6),
            figure(rng, 12)
        ),
        _ => format!("{body}{end}"),
    }
}

/// A result that is only a figure; it follows other results.
pub(super) fn outcome(rng: &mut Rng) -> String {
    format!(
        "年度末の{}の登録率{}.{}％。",
        pick(rng, &THINGS),
        figure(rng, 99),
        rng.u32(..10)
    )
}

/// What is left to do.
pub(super) fn issue(rng: &mut Rng) -> String {
    let end = pick(
        rng,
        &[
            "を続ける必要がある。",
            "が課題である。",
            "を検討していく。",
            "に努める。",
            "が求められる。",
            "を図る。",
        ],
    );
    let body = clause(rng);
    match rng.usize(..4) {
        0 => format!("{}には時間を要する。{body}{end}", pick(rng, &THINGS)),
        1 => format!("{body}{end}（前年度実績：{}件）", figure(rng, 400)),
        _ => format!("{body}{end}"),
    }
}

/// What is looked into, for the plain cell of 検討.
pub(super) fn question(rng: &mut Rng) -> String {
    format!(
        "{}、{}の{}について検討",
        pick(rng, &WAYS),
        pick(rng, &THINGS),
        pick(rng, &["進め方", "新たな手法", "あり方"])
    )
}

/// Why a programme is late.
pub(super) fn cause(rng: &mut Rng) -> String {
    match rng.usize(..2) {
        0 => done(rng),
        _ => format!(
            "{}に時間がかかり、{}が遅れたため。",
            pick(rng, &THINGS),
            clause(rng)
        ),
    }
}

/// What is done about it.
pub(super) fn response(rng: &mut Rng) -> String {
    let end = pick(
        rng,
        &["を早期に固める。", "を急ぐ。", "を定め、対象を広げる。"],
    );
    format!("{}、{}{end}", pick(rng, &WAYS), pick(rng, &THINGS))
}

/// A label of a schedule's cell.
pub(super) fn label(rng: &mut Rng) -> &'static str {
    pick(
        rng,
        &[
            "実施",
            "検討",
            "準備",
            "実施・検証",
            "試行 実施",
            "方針 決定",
            "対象 抽出",
            "運用",
            "検討・実施",
            "５年を目途に移行",
        ],
    )
}

fn clause(rng: &mut Rng) -> String {
    let mut text = String::new();
    for _ in 0..rng.usize(..3) {
        text.push_str(pick(rng, &WAYS));
        text.push('、');
    }
    if rng.u8(..6) == 0 {
        text.push_str(&format!("{CITY}の"));
    }
    text.push_str(pick(rng, &THINGS));
    for _ in 0..rng.usize(..3) {
        text.push_str(pick(rng, &["や", "のための", "、"]));
        text.push_str(pick(rng, &THINGS));
    }
    text
}

fn money(rng: &mut Rng) -> String {
    crate::words::commas(i64::from(rng.u32(10_000..90_000_000)))
}

/// A figure below a bound: half-width, full-width, or set off by thin spaces.
fn figure(rng: &mut Rng, below: u32) -> String {
    let value = rng.u32(1..below.max(2));
    match rng.usize(..4) {
        0 => full_width(value),
        1 => format!(" {value} "),
        2 => format!(" {value}"),
        _ => value.to_string(),
    }
}

/// The digits of a number in full width.
pub(super) fn full_width(value: u32) -> String {
    value
        .to_string()
        .chars()
        .filter_map(|c| char::from_u32(c as u32 + 0xfee0))
        .collect()
}
