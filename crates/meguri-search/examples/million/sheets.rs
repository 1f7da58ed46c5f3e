//! Sheets of invented text: few very common words, many compounds, and rare words.

use meguri_search::{Entry, Line, Plan};

/// Words in the order in which they are common.
pub(crate) const COMMON: &[&str] = &[
    "事業",
    "市民",
    "支援",
    "実施",
    "活動",
    "地域",
    "推進",
    "計画",
    "整備",
    "施設",
    "利用",
    "相談",
    "子育て",
    "高齢者",
    "教育",
    "学校",
    "福祉",
    "健康",
    "環境",
    "防災",
    "公園",
    "道路",
    "情報",
    "講座",
    "団体",
    "参加者",
    "窓口",
    "連携",
    "助成",
    "補助金",
    "委託",
    "件数",
    "目標",
    "成果",
    "課題",
    "改善",
    "検討",
    "見直し",
    "拡充",
    "継続",
    "保育",
    "児童",
    "生徒",
    "障がい者",
    "介護",
    "予防",
    "医療",
    "検診",
    "緑化",
    "ごみ",
    "リサイクル",
    "温室効果ガス",
    "省エネルギー",
    "自転車",
    "交通安全",
    "防犯カメラ",
    "避難所",
    "消防団",
    "耐震化",
    "下水道",
    "水路",
    "住宅",
    "空き家",
    "商店街",
    "農業",
    "観光",
    "雇用",
    "図書館",
    "公民館",
    "文化財",
    "スポーツ",
    "体育館",
    "国際交流",
    "男女共同参画",
    "人権",
    "平和",
    "協働",
    "自治会",
    "ボランティア",
    "広報",
    "デジタル化",
    "オンライン申請",
    "個人情報",
    "財政",
    "税務",
    "収納率",
    "職員研修",
    "公共施設",
    "包括支援センター",
    "放課後",
    "学童クラブ",
    "給食",
    "食育",
    "いじめ",
    "不登校",
    "特別支援",
    "幼稚園",
    "待機児童",
    "母子保健",
    "予防接種",
    "がん検診",
    "国民健康保険",
    "生活保護",
    "就労",
    "成年後見",
    "見守り",
    "認知症",
    "サロン",
    "シルバー人材",
    "ひとり親",
    "虐待",
    "用水",
    "樹木",
    "生物多様性",
    "騒音",
    "大気",
    "放射線量",
    "墓地",
    "動物愛護",
    "消費生活",
    "統計",
];
const DONE: &[&str] = &[
    "実施した",
    "支援した",
    "図った",
    "開催した",
    "見直した",
    "拡充した",
    "検討している",
    "周知した",
    "委託して行った",
    "前年度より増やした",
    "年度内に終えた",
    "継続する必要がある",
    "関係課と調整した",
];
const JOINTS: &[&str] = &[
    "の",
    "を",
    "と",
    "に関する",
    "に対する",
    "における",
    "や",
    "及び",
];
const LABELS: &[&str] = &[
    "事業の目的",
    "事業の概要",
    "今年度の取組",
    "成果と課題",
    "今後の方向性",
    "一次評価の理由",
];
const STATES: &[&str] = &["拡大", "継続", "改善", "縮小", "終了", "S", "A", "B", "C"];
const SECTIONS: u32 = 60;
const RARE: u32 = 60_000;

/// The sheets, from a seed each.
pub(crate) struct Sheets {
    next: u32,
    count: u32,
}

impl Sheets {
    pub(crate) const fn new(count: u32) -> Self {
        Self { next: 0, count }
    }
}

impl Iterator for Sheets {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let number = self.next;
        self.next += 1;
        (number < self.count).then(|| sheet(number))
    }
}

fn sheet(number: u32) -> Entry {
    let mut rng = fastrand::Rng::with_seed(u64::from(number));
    // A project comes again in twenty years.
    let project = number / 20;
    let mut name = fastrand::Rng::with_seed(u64::from(project) + (1 << 40));
    let title = format!("{}{}事業", compound(&mut name), noun(&mut name));
    let section = format!(
        "{}課{}",
        COMMON[(project % SECTIONS) as usize],
        project % 7 % 3
    );
    let plan = rng.u8(1..6);
    let (kind, discount) = if rng.u8(0..10) == 0 {
        ("事務事業", 20)
    } else {
        ("評価シート", 0)
    };
    Entry {
        address: format!("/sheets/{number}"),
        kind: kind.to_owned(),
        title,
        names: (0..rng.usize(1..4))
            .map(|_| format!("{}の件数", compound(&mut name)))
            .collect(),
        lines: LABELS.iter().map(|label| line(&mut rng, label)).collect(),
        plans: vec![Plan {
            key: format!("plan-{plan}"),
            label: format!("第{plan}次基本計画"),
        }],
        years: vec![2005 + u16::try_from(number % 20).unwrap_or(0)],
        sections: vec![section],
        states: (0..rng.usize(1..3))
            .filter_map(|_| rng.choice(STATES))
            .map(|s| (*s).to_owned())
            .collect(),
        yen: (rng.u8(0..20) > 0).then(|| rng.i64(1..2_000_000) * 1_000),
        tags: Vec::new(),
        discount,
    }
}

fn line(rng: &mut fastrand::Rng, label: &str) -> Line {
    let mut text = String::new();
    for _ in 0..rng.usize(1..5) {
        for _ in 0..rng.usize(1..5) {
            text.push_str(&noun(rng));
            text.push_str(rng.choice(JOINTS).copied().unwrap_or_default());
        }
        text.push_str(&noun(rng));
        if rng.u8(0..5) == 0 {
            text.push_str(&format!(
                "（{}件、{}％）",
                rng.u32(1..3000),
                rng.u32(1..120)
            ));
        }
        text.push('を');
        text.push_str(rng.choice(DONE).copied().unwrap_or_default());
        text.push('。');
    }
    Line::new(label, text)
}

fn noun(rng: &mut fastrand::Rng) -> String {
    match rng.u8(0..100) {
        0..70 => common(rng).to_owned(),
        70..95 => compound(rng),
        _ => rare(rng),
    }
}

/// The first words are much more common than the last.
fn common(rng: &mut fastrand::Rng) -> &'static str {
    let share = rng.f64();
    let at = (share * share * COMMON.len() as f64) as usize;
    COMMON.get(at).copied().unwrap_or_default()
}

/// Two words in one.
pub(crate) fn compound(rng: &mut fastrand::Rng) -> String {
    format!("{}{}", common(rng), common(rng))
}

/// A word of two or three kanji that hardly any other sheet has.
pub(crate) fn rare(rng: &mut fastrand::Rng) -> String {
    let mut of_word = fastrand::Rng::with_seed(u64::from(rng.u32(0..RARE)) + (1 << 50));
    (0..of_word.usize(2..4))
        .map(|_| of_word.char('\u{4e00}'..'\u{5e00}'))
        .collect()
}
