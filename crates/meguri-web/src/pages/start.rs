//! The start: what the city's plans come to in a few figures that lead on, the search, the words of
//! daily life, and the plans in short.

mod figures;

pub use figures::{FigureCard, PartView};

use crate::Site;
use crate::asked::Asked;
use crate::chart::Chart;
use crate::error::PageError;
use crate::page::{self, Layout, Link, Page};
use crate::view::samples::ODD_NAME;
use crate::view::{summary, word};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Entry, Library, amounts, urls, whole};
use meguri_core::summary::rates::ReachedCount;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "start.html")]
pub struct StartPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// What the plans tell of, in a sentence; empty without plans.
    pub sentence: String,
    /// A few figures that lead on.
    pub figures: Vec<FigureCard>,
    /// Words of daily life that lead somewhere.
    pub words: Vec<Link>,
    /// One card a plan.
    pub plans: Vec<PlanCard>,
    /// What was published last, the newest first.
    pub news: Vec<News>,
}

/// A publication in short.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct News {
    /// The day, in words.
    pub date: String,
    /// What was published, with its page.
    pub what: Link,
    /// 正誤: what it corrects; empty in the first.
    pub note: String,
}

/// A plan in short.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PlanCard {
    /// Its name with its page.
    pub plan: Link,
    /// The evaluated years, else those of the plan.
    pub years: String,
    /// What is in it, in a line.
    pub line: String,
    /// How many sheets have which state, as a bar; without height where none has one.
    #[serde(skip)]
    pub chart: Chart,
}

/// `GET /`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    page::answer(
        &StartPage::new(&site.library, &site.about.name),
        asked.format,
    )
}

/// Publications of the start page at most.
const NEWS: usize = 3;

/// What was published last, the newest first.
fn news(library: &Library) -> Vec<News> {
    let mut news: Vec<(&str, News)> = library
        .versions()
        .filter_map(|entry| {
            let edition = entry.published.as_ref()?;
            let words = format!("{}（第{}版）", entry.titled(), edition.number);
            let what = Link::new(urls::version(entry.id, edition.number), words);
            let news = News {
                date: edition.date(),
                what,
                note: whole::name(&edition.note),
            };
            Some((edition.moment.as_str(), news))
        })
        .collect();
    news.sort_by(|(a, _), (b, _)| b.cmp(a));
    news.into_iter().take(NEWS).map(|(_, news)| news).collect()
}

impl StartPage {
    /// The page of a city's papers, and of what was published of them last.
    #[must_use]
    pub fn new(library: &Library, city: &str) -> Self {
        let words = &library.notable().words;
        let title = match city {
            "" => "計画の進み具合".to_owned(),
            city => format!("{city}の計画の進み具合"),
        };
        let sentence = sentence(library, city);
        let description = if sentence.is_empty() {
            "計画がどこまで進んだかを、計画ごと・施策ごとに示します。".to_owned()
        } else {
            sentence.clone()
        };
        Self {
            layout: Layout::new(title, Vec::new(), "/").described(description),
            sentence,
            figures: figures::of(library),
            words: words.iter().map(word::link).collect(),
            plans: (1..)
                .zip(library.plans())
                .map(|(number, entry)| card(number, entry))
                .collect(),
            news: news(library),
        }
    }
}

/// What the plans tell of; the newest judged year where there is one.
fn sentence(library: &Library, city: &str) -> String {
    let plans = library.plans().count();
    if plans == 0 {
        return String::new();
    }
    let of_city = match city {
        "" => String::new(),
        city => format!("{city}の"),
    };
    let lead = library.lead().filter(|entry| !entry.years().is_empty());
    let newest = lead.map_or_else(String::new, |entry| {
        format!("最も新しい評価は{}です。", entry.titled())
    });
    format!("{of_city}{plans}つの計画の目標と実績、評価、事業費を、公表資料から示します。{newest}")
}

fn card(number: usize, entry: &Entry) -> PlanCard {
    let whole = whole::of(entry);
    let counts = summary::judgements(entry, &whole, &whole.sheets);
    let chart = |c| summary::shares_chart(c, &format!("plan-{number}"), "件");
    let period = entry.document.plan.period;
    let years = match entry.years() {
        [] => period.map_or_else(String::new, |period| period.to_string()),
        [year] => year.to_string(),
        [first, .., last] => format!("{first}から{last}まで"),
    };
    PlanCard {
        plan: Link::new(urls::plan(entry), entry.plan_name()),
        years,
        line: line(entry),
        chart: counts.first().map(chart).unwrap_or_default(),
    }
}

/// What is in a plan: what it has nothing of is not said.
fn line(entry: &Entry) -> String {
    let mut parts = Vec::new();
    let ReachedCount {
        reached,
        rated,
        all,
    } = Library::reached(entry);
    if rated > 0 {
        parts.push(format!("目標を達成した指標{reached}／{rated}"));
    } else if all > 0 {
        parts.push(format!("指標{all}件"));
    }
    let money = amounts::of_document(&entry.document);
    let last = money.years.iter().rev();
    let last = { last }.find_map(|(year, sum)| Some((year, sum.value()?)));
    if let Some((year, sum)) = last {
        parts.push(format!("{year}の{} {}", entry.amount_word(), sum.about()));
    }
    parts.join("、")
}

impl Page for StartPage {
    const NAME: &'static str = "start";

    fn samples() -> Vec<(&'static str, Self)> {
        let chart = summary::shares_chart(&summary::samples::counts("評価"), "plan-1", "件");
        let card = |name: &str, chart: Chart| PlanCard {
            plan: Link::new("/plans/evaluation", name),
            years: "令和6年度".to_owned(),
            line: "目標を達成した指標24／34、令和6年度の事業費 約522億円".to_owned(),
            chart,
        };
        let bare = PlanCard {
            plan: Link::new("/plans/evaluation", "空の計画"),
            ..PlanCard::default()
        };
        let news = News {
            date: "令和8年4月1日".to_owned(),
            what: Link::new("/plans/evaluation", "見本の計画（第2版）"),
            note: "達成率を訂正".to_owned(),
        };
        let word = Link::new("/words?q=%E9%98%B2%E7%81%BD", "防災・安全（3件）");
        let of = |plans: Vec<PlanCard>, figures, words: Vec<Link>, news: Vec<News>| Self {
            layout: Layout::new("見本市の計画の進み具合", Vec::new(), "/"),
            sentence: if plans.is_empty() {
                String::new()
            } else {
                "見本市の計画です。".to_owned()
            },
            figures,
            words,
            plans,
            news,
        };
        let figure = figures::sample("見本の計画（令和6年度）");
        let long = "長い名前の計画".repeat(20);
        let few = vec![card("見本の計画", chart), bare];
        let longest = vec![card(&long, Chart::default()); 20];
        vec![
            ("empty", of(Vec::new(), Vec::new(), Vec::new(), Vec::new())),
            (
                "typical",
                of(
                    few,
                    vec![figure; 4],
                    vec![word.clone(); 8],
                    vec![news.clone()],
                ),
            ),
            (
                "odd-names",
                of(
                    vec![card(ODD_NAME, Chart::default())],
                    vec![figures::sample(ODD_NAME)],
                    Vec::new(),
                    Vec::new(),
                ),
            ),
            (
                "longest",
                of(
                    longest,
                    vec![figures::sample(&long); 4],
                    vec![word; 30],
                    vec![news; NEWS],
                ),
            ),
        ]
    }
}
