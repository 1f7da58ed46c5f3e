//! The sentences and figures of a reform plan. All are our own.

use crate::words::{commas, pick};
use fastrand::Rng;

const FIELDS: [&str; 24] = [
    "窓口の待ち時間",
    "文書の電子化",
    "補助金の見直し",
    "遊休地の貸付け",
    "公用車の台数",
    "ふるさと納税",
    "職員の研修",
    "市民会議の運営",
    "広報紙の配布",
    "施設の予約",
    "ﾘｻｲｸﾙの啓発",
    "PFIの活用",
    "AIチャットボット",
    "水路の清掃活動",
    "3Rの取組",
    "時間外勤務",
    "債権の回収",
    "使用料の改定",
    "集会所の譲渡",
    "図書の宅配",
    "「水辺の守り手」制度",
    "学校の開放・活用",
    "照明のLED化",
    "防災(減災)訓練",
];
const WAYS: [&str; 12] = [
    "関係する課と調整しながら",
    "他の自治体の例を調べて",
    "市民説明会(全3回)の意見を踏まえ",
    "前年度の検証の結果に基づき",
    "新しい指針(案)に沿って",
    "民間の力を借りて",
    "4月と10月の2回に分けて",
    "「行革だより」で知らせながら",
    "地区ごとの実情に合わせて",
    "費用と効果を比べながら",
    "12月議会の議決を経て",
    "SNS・動画も使って",
];
const PLAIN_WILL: [&str; 9] = [
    "を進めていく",
    "の充実を図る",
    "を検討する",
    "に努める",
    "の見直しを行う",
    "を目指す",
    "につなげる",
    "を実施する予定",
    "の定着が期待できる",
];
const PLAIN_DONE: [&str; 8] = [
    "を進めた",
    "の充実を図った",
    "を検討した",
    "に取り組んだ",
    "の見直しを行った",
    "の準備を進めている",
    "を中止した",
    "を公表した",
];
const POLITE_WILL: [&str; 6] = [
    "を進めていきます",
    "の充実を図ります",
    "を検討します",
    "に努めます",
    "の見直しを行います",
    "を目指します",
];
const POLITE_DONE: [&str; 6] = [
    "を進めました",
    "の充実を図りました",
    "を検討しました",
    "に取り組みました",
    "の準備を進めています",
    "を中止しました",
];
const WORKS: [&str; 12] = [
    "の実施",
    "の推進",
    "の検討・実施",
    "の見直し",
    "に向けた検討",
    "の整備",
    "の導入",
    "の公表",
    "体制の構築",
    "の適正化",
    "の拡大の検討",
    "支援の実施",
];
const REMARKS: [&str; 6] = [
    "(年2回)",
    "(通年)",
    "(6月)",
    "(4月・10月)",
    "[下半期]",
    "(毎月1回)",
];
const LABELS: [&str; 14] = [
    "参加者数",
    "登録団体数",
    "見直し件数",
    "収納率",
    "来場者数",
    "財源確保額",
    "アンケートにおける満足度",
    "会議の開催数",
    "プラン50の実施数",
    "職員1人当たりの研修",
    "削減額",
    "応募(市外を含む)",
    "宅配の利用",
    "公民館:講座の数",
];
const UNITS: [&str; 12] = [
    "件",
    "人",
    "回/年",
    "%",
    "千円",
    "団体",
    "か所",
    "g/人日",
    "億円",
    "%以上",
    "地区以上",
    "",
];
const NAME_ENDS: [&str; 12] = [
    "の推進",
    "の適正化",
    "の検討",
    "の再構築",
    "に係る見直し",
    "の徹底",
    "(使用料・手数料)の改善",
    "のあり方の検討",
    "「みずほ野くらし便」の推進",
    "・連携の充実",
    "(第2期)の策定",
    "の運営",
];
const CHAPTERS: [&str; 10] = [
    "市民との協働",
    "開かれた市政の推進",
    "財政の土台づくり",
    "PDCAの定着",
    "しなやかな組織づくり",
    "公共施設の再編・更新",
    "デジタル化の推進",
    "職員力の向上",
    "歳入の確保",
    "広域の連携",
];

/// What a cell says of its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    Will,
    Done,
    /// Nouns only.
    Nouns,
}

pub(super) fn chapter(rng: &mut Rng, index: usize) -> String {
    let name = CHAPTERS[index % CHAPTERS.len()];
    if rng.bool() || index >= CHAPTERS.len() {
        let field = pick(rng, &["くらし", "まち", "しごと", "みどり"]);
        return format!("{field}と{name}");
    }
    name.to_owned()
}

pub(super) fn name(rng: &mut Rng) -> String {
    format!("{}{}", pick(rng, &FIELDS), pick(rng, &NAME_ENDS))
}

/// One line of 実施内容: the work, without figures.
pub(super) fn work(rng: &mut Rng) -> String {
    // Where a plan's column is lost, counts would make a content look like a plan.
    let fields: Vec<&str> = FIELDS
        .iter()
        .copied()
        .filter(|f| !f.contains("3R"))
        .collect();
    format!("{}{}", pick(rng, &fields), pick(rng, &WORKS))
}

/// One paragraph of a plan or a result.
pub(super) fn paragraph(rng: &mut Rng, time: Time, polite: bool) -> String {
    match time {
        Time::Nouns => nouns(rng),
        Time::Will | Time::Done => {
            let mut text = String::new();
            for _ in 0..rng.usize(1..3) {
                text.push_str(&sentence(rng, time, polite));
            }
            text
        }
    }
}

fn sentence(rng: &mut Rng, time: Time, polite: bool) -> String {
    let ends: &[&str] = match (time, polite) {
        (Time::Done, true) => &POLITE_DONE,
        (Time::Done, false) => &PLAIN_DONE,
        (_, true) => &POLITE_WILL,
        (_, false) => &PLAIN_WILL,
    };
    let mut text = format!("{}については、", pick(rng, &FIELDS));
    for _ in 0..rng.usize(..3) {
        text.push_str(pick(rng, &WAYS));
        text.push('、');
    }
    text.push_str(pick(rng, &FIELDS));
    text.push_str(pick(rng, ends));
    text.push('。');
    text
}

fn nouns(rng: &mut Rng) -> String {
    let work = format!("{}{}", pick(rng, &FIELDS), pick(rng, &WORKS));
    match rng.u32(..4) {
        0 => format!("{work}{}", pick(rng, &REMARKS)),
        1 => format!(
            "{work} 活動日数:{}日 延べ{}人",
            rng.u32(1..40),
            rng.u32(2..90)
        ),
        2 => format!("{}研修{}回実施", pick(rng, &FIELDS), rng.u32(1..30)),
        _ => work,
    }
}

/// A sentence's remark in parentheses, which is no figure.
pub(super) fn remark(rng: &mut Rng) -> String {
    match rng.u32(..3) {
        0 => format!("(※令和{}年{}月1日施行)", rng.u32(1..9), rng.u32(1..13)),
        1 => "(事情により1回のみ)".to_owned(),
        _ => "(一部の施設を除く)".to_owned(),
    }
}

/// Closing figures without their parentheses; some name a year, as `令和4年度`.
pub(super) fn figures(rng: &mut Rng, year: &str) -> String {
    match rng.u32(..6) {
        0 => format!("①{} ②{}", figure(rng), figure(rng)),
        1 => format!("①{} ②{} ③{}", figure(rng), figure(rng), figure(rng)),
        2 => format!("{}({year}末)", figure(rng)),
        3 => format!("{} {} {}", figure(rng), figure(rng), figure(rng)),
        _ => figure(rng),
    }
}

/// Two or three numbered figures, which are figures without parentheses too.
pub(super) fn numbered_figures(rng: &mut Rng) -> String {
    let mut text = format!("①{} ②{}", figure(rng), figure(rng));
    if rng.bool() {
        text.push_str(&format!(" ③{}", figure(rng)));
    }
    text
}

fn figure(rng: &mut Rng) -> String {
    let label = pick(rng, &LABELS);
    let gap = pick(rng, &[" ", "", ":"]);
    let unit = pick(rng, &UNITS);
    let about = if rng.u32(..8) == 0 { "約" } else { "" };
    let value = match rng.u32(..3) {
        0 => format!("{}.{}", rng.u32(1..100), rng.u32(..10)),
        1 => commas(rng.i64(1_000..9_000_000)),
        _ => rng.u32(1..400).to_string(),
    };
    format!("{label}{gap}{about}{value}{unit}")
}
