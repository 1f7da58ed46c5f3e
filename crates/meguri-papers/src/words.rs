//! The vocabulary of the invented city (みずほ野市): names, sections and sentences, put together by
//! chance. All prose is our own.

use fastrand::Rng;

/// The name of the invented city.
pub const CITY: &str = "みずほ野市";

const SECTIONS: [&str; 24] = [
    "企画調整課",
    "まちづくり推進課",
    "子ども未来課",
    "水辺公園課",
    "市民窓口課",
    "防災安全課",
    "高齢福祉課",
    "障がい福祉課",
    "生涯学習課",
    "農政課",
    "環境衛生課",
    "建築住宅課",
    "学校施設課",
    "情報推進室",
    "市民活動・共生推進課",
    "中央図書館",
    "保健センター",
    "契約検査担当",
    "観光交流局",
    "職員課",
    "収納対策課",
    "文化振興課",
    "下水道施設課",
    "地域包括ケア推進担当",
];
const TOPICS: [&str; 30] = [
    "子育て相談",
    "水辺の保全",
    "図書館サービス",
    "防災訓練",
    "健康診査",
    "農地活用",
    "学校給食",
    "地域見守り",
    "障がい者就労",
    "空き家対策",
    "道路補修",
    "文化財公開",
    "若者の起業",
    "外国人住民",
    "ごみ減量",
    "公園の維持",
    "介護予防",
    "放課後の居場所",
    "窓口手続のオンライン化",
    "自転車走行環境",
    "多世代交流",
    "特産品",
    "スポーツ教室",
    "消費生活",
    "男女平等",
    "緑化",
    "上下水道",
    "商店街",
    "公共施設の更新",
    "市民債権の管理",
];
const ACTIONS: [&str; 12] = [
    "推進事業",
    "支援事業",
    "維持管理事業",
    "充実事業",
    "整備事業",
    "補助事業",
    "運営事業",
    "啓発事業",
    "改善事業",
    "調査事業",
    "助成事業",
    "委託事業",
];
const VERBS: [&str; 10] = [
    "を進めました",
    "の充実を図りました",
    "を実施しました",
    "の見直しを行いました",
    "に取り組みました",
    "の周知に努めました",
    "を拡充しました",
    "の体制を整えました",
    "の利用を促しました",
    "を検証しました",
];
const PLANS: [&str; 8] = [
    "を進めていきます",
    "の充実を図ります",
    "に取り組んでいきます",
    "を検討していきます",
    "の連携を強めていきます",
    "を計画的に行います",
    "の定着を目指します",
    "を支援していきます",
];
const LINKS: [&str; 10] = [
    "関係機関と連携しながら",
    "地域の実情を踏まえ",
    "市民や事業者とともに",
    "新たな計画に基づき",
    "年間を通じて",
    "利用者の声を聴き",
    "限られた財源の中で",
    "国や県の制度を活用して",
    "世代を問わず",
    "デジタル技術を生かして",
];
const UNITS: [&str; 10] = [
    "件", "人", "人/月", "か所", "回", "%", "世帯", "団体", "ha", "地区",
];

/// One of a slice.
pub fn pick<'a>(rng: &mut Rng, from: &[&'a str]) -> &'a str {
    from[rng.usize(..from.len())]
}

/// The name of a section.
pub fn section(rng: &mut Rng) -> &'static str {
    pick(rng, &SECTIONS)
}

/// The name of a project (事務事業).
pub fn project(rng: &mut Rng) -> String {
    format!("{}{}", pick(rng, &TOPICS), pick(rng, &ACTIONS))
}

/// The name of a theme (施策).
pub fn theme(rng: &mut Rng) -> String {
    format!("{}と{}の推進", pick(rng, &TOPICS), pick(rng, &TOPICS))
}

/// The name of an indicator.
pub fn indicator(rng: &mut Rng) -> String {
    let what = pick(
        rng,
        &[
            "の利用者数",
            "の実施回数",
            "に満足している市民の割合",
            "の登録団体数",
            "の件数",
        ],
    );
    format!("{}{}", pick(rng, &TOPICS), what)
}

/// A unit of an indicator.
pub fn unit(rng: &mut Rng) -> &'static str {
    pick(rng, &UNITS)
}

/// A sentence about what was done.
pub fn deed(rng: &mut Rng) -> String {
    sentence(rng, &VERBS)
}

/// A sentence about what is planned.
pub fn plan(rng: &mut Rng) -> String {
    sentence(rng, &PLANS)
}

fn sentence(rng: &mut Rng, endings: &[&str]) -> String {
    let mut text = format!("{}については、", pick(rng, &TOPICS));
    for _ in 0..rng.usize(..3) {
        text.push_str(pick(rng, &LINKS));
        text.push('、');
        text.push_str(pick(rng, &TOPICS));
        text.push('や');
    }
    text.push_str(pick(rng, &TOPICS));
    text.push_str(pick(rng, endings));
    text.push('。');
    text
}

/// Wraps a text at `width` characters, as a narrow column does.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars
        .chunks(width.max(1))
        .map(|chunk| chunk.iter().collect())
        .collect()
}

/// A figure with commas between thousands: `1,234`.
#[must_use]
pub fn commas(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value < 0 { format!("-{text}") } else { text }
}
