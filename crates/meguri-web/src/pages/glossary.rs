//! What the words of plans and evaluations mean, and the values by which the plans are judged.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Layout, Page};
use crate::view::crumbs::home;
use crate::view::samples::ODD_NAME;
use crate::view::state::{StateView, means_key};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Library, urls, whole};
use meguri_core::scheme::{FieldKind, Scale};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "glossary.html")]
pub struct GlossaryPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Words of the trade, with what they mean.
    pub terms: Vec<(&'static str, &'static str)>,
    /// The values by which the plans are judged.
    pub scales: Vec<ScaleView>,
}

/// A scale of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ScaleView {
    /// The plan with its years.
    pub plan: String,
    /// What is judged by it.
    pub label: String,
    /// Its values in order, each with what it means.
    pub values: Vec<(StateView, String)>,
}

/// `GET /glossary`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    page::answer(&GlossaryPage::new(&site.library), asked.format)
}

/// Words that stand on the pages of every city.
const TERMS: [(&str, &str); 17] = [
    (
        "施策",
        "計画の目標を達成するための、取組のまとまりです。計画により、テーマ、プログラム、項目などと呼びます。",
    ),
    (
        "事業（事務事業）",
        "施策を実現するために行う、予算や担当課の決まった一つ一つの仕事です。",
    ),
    ("指標", "施策がどこまで進んだかを測るための数値です。"),
    (
        "目標",
        "指標について、その年度までに達したい値です。途中で見直されることがあります。",
    ),
    (
        "実績",
        "指標について、実際に測った値です。「－」は、その年度に測っていないことを表します。",
    ),
    (
        "基準値",
        "計画を始めたときの値です。ここからどれだけ変わったかを見ます。",
    ),
    (
        "累計",
        "計画の初めからの数を足し合わせた値です。年度ごとの数ではありません。",
    ),
    (
        "達成率",
        "目標に対する実績の割合です。少ないほどよい指標では、目標を実績で割ります。計算のしかたは計画ごとに決まっています。",
    ),
    (
        "達成・未達成",
        "達成率が100％以上（差で見る指標では0以上）なら達成、それより低ければ未達成です。実績が増えたか減ったかとは別のことです。",
    ),
    (
        "評価",
        "その年度の取組や成果を、計画で決めた区分で表したものです。区分は計画ごとに異なるため、別の計画の評価とは比べられません。",
    ),
    (
        "動向",
        "次の年度に、事業を広げるか、続けるか、縮小するか、やめるかという方針です。",
    ),
    (
        "再掲",
        "同じ事業や施策を、二つ目の場所にもう一度載せたものです。全体の合計では1回だけ数えます。",
    ),
    (
        "会計",
        "お金の出し入れを分けて管理する単位です。一般会計のほか、介護保険などの特別会計があります。",
    ),
    (
        "款・項・目",
        "予算を分類する段階です。款が最も大きく、項、目の順に細かくなります。",
    ),
    (
        "計画額・予算額・決算額",
        "計画額は計画を作ったときに見込んだ額、予算額はその年度に使うことを決めた額、決算額は実際に使った額です。種類の異なる額は比べません。",
    ),
    (
        "年度",
        "4月から翌年3月までの1年間です。令和4年度は、令和4年4月から令和5年3月までです。",
    ),
    (
        "版・訂正",
        "公表した内容を直したときは、新しい版として公表し、前の版も残します。何を直したかは「公表の経過」にあります。",
    ),
];

/// The most scales of the page.
const SCALES: usize = 40;

impl GlossaryPage {
    /// The words, and the scales of the plans of a picture.
    #[must_use]
    pub fn new(library: &Library) -> Self {
        let scales = library.plans().flat_map(|entry| {
            let Some(scheme) = whole::scheme(entry) else {
                return Vec::new();
            };
            let mut found: Vec<ScaleView> = Vec::new();
            let mut add = |label: &str, scale: &Scale| {
                let view = ScaleView {
                    plan: entry.titled(),
                    label: label.to_owned(),
                    values: values(scale),
                };
                if !found.contains(&view) {
                    found.push(view);
                }
            };
            for field in &scheme.written().fields {
                if let (FieldKind::Grade(_), Some(scale)) =
                    (&field.kind, scheme.scale_of_field(&field.key))
                {
                    add(&field.label, scale);
                }
            }
            for axis in scheme.next_step_axes() {
                if let Some(scale) = scheme.scale(&axis.scale) {
                    add(&axis.label, scale);
                }
            }
            found
        });
        Self {
            layout: Layout::new("用語の説明", vec![home()], urls::GLOSSARY)
                .described("計画と評価で使う言葉の意味と、計画ごとの評価の区分の説明です。"),
            terms: TERMS.to_vec(),
            scales: scales.take(SCALES).collect(),
        }
    }
}

fn values(scale: &Scale) -> Vec<(StateView, String)> {
    let all = scale.values.iter().chain(&scale.states);
    all.map(|value| {
        let state = StateView {
            sign: value.sign.clone().unwrap_or_default(),
            value: value.value.clone(),
            means: means_key(value.means),
        };
        (state, value.label.clone())
    })
    .collect()
}

impl Page for GlossaryPage {
    const NAME: &'static str = "glossary";

    fn samples() -> Vec<(&'static str, Self)> {
        let of = |name: &str, count: usize| {
            let value = crate::view::state::sample("△", "遅れ");
            let scale = ScaleView {
                plan: name.to_owned(),
                label: "評価".to_owned(),
                values: vec![(value, name.to_owned()); 3],
            };
            Self {
                layout: Layout::new("用語の説明", vec![home()], urls::GLOSSARY),
                terms: TERMS.to_vec(),
                scales: vec![scale; count],
            }
        };
        vec![
            ("empty", of("", 0)),
            ("odd-names", of(ODD_NAME, 1)),
            ("longest", of(&"長い名前の計画".repeat(14), SCALES)),
        ]
    }
}
