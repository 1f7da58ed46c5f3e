//! Items as the city wrote them, before anything is torn.

use super::Setting;
use super::prose::{self, Time};
use crate::words;
use fastrand::Rng;

/// One item or sub-item.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) no: u32,
    /// Empty for a sub-item.
    pub(super) name: String,
    pub(super) sub: bool,
    pub(super) chapter: String,
    pub(super) opens_chapter: bool,
    /// Empty where a dash is printed.
    pub(super) sections: Vec<String>,
    /// `None` where a dash is printed.
    pub(super) grade: Option<String>,
    pub(super) content: Body,
    pub(super) plan: Body,
    pub(super) result: Body,
    pub(super) reposted_from: Option<u32>,
    pub(super) subs: Vec<Item>,
}

/// A cell of text.
#[derive(Clone, Debug)]
pub(super) struct Body {
    /// Without bullets; empty where a dash is printed.
    pub(super) paragraphs: Vec<String>,
    /// Without parentheses.
    pub(super) figures: Option<String>,
    /// The figures are a numbered list, which can do without parentheses.
    pub(super) numbered: bool,
    pub(super) time: Time,
    /// The figures name a year to come, as only a target's do.
    pub(super) dated: bool,
}

impl Body {
    const fn dash() -> Self {
        Self {
            paragraphs: Vec::new(),
            figures: None,
            numbered: false,
            time: Time::Nouns,
            dated: false,
        }
    }

    fn works(rng: &mut Rng) -> Self {
        Self {
            paragraphs: (0..rng.usize(1..5)).map(|_| prose::work(rng)).collect(),
            ..Self::dash()
        }
    }

    fn new(rng: &mut Rng, time: Time, setting: &Setting) -> Self {
        let year = match time {
            Time::Will => &setting.target_year,
            Time::Done | Time::Nouns => &setting.year,
        };
        let time = if rng.u32(..7) == 0 { Time::Nouns } else { time };
        let mut paragraphs: Vec<String> = (0..rng.usize(1..5))
            .map(|_| prose::paragraph(rng, time, setting.polite))
            .collect();
        let numbered = rng.u32(..8) == 0;
        let figures = match rng.u32(..3) {
            0 => None,
            _ if numbered => Some(prose::numbered_figures(rng)),
            _ => Some(prose::figures(rng, year)),
        };
        if let Some(last) = paragraphs.last_mut().filter(|p| p.ends_with('。'))
            && rng.u32(..6) == 0
        {
            last.push_str(&prose::remark(rng));
        }
        Self {
            paragraphs,
            numbered: numbered && figures.is_some(),
            dated: figures
                .as_ref()
                .is_some_and(|f| f.contains(&setting.target_year)),
            figures,
            time,
        }
    }

    fn reposted(from: u32) -> Self {
        Self {
            paragraphs: vec![format!("【No.{from}の再掲】")],
            ..Self::dash()
        }
    }

    pub(super) fn is_reposted(&self) -> bool {
        self.paragraphs
            .first()
            .is_some_and(|p| p.starts_with("【No."))
    }
}

/// All items of a document, in the order of the paper.
pub(super) fn items(rng: &mut Rng, count: usize, setting: &Setting) -> Vec<Item> {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let mut numbers: Vec<u32> = (1..=count).collect();
    if rng.u32(..5) == 0 {
        rng.shuffle(&mut numbers);
    }
    let mut items = Vec::with_capacity(numbers.len());
    let mut chapter = String::new();
    let mut room = 0;
    let mut chapters = 0;
    for no in numbers {
        let opens_chapter = room == 0;
        if opens_chapter {
            chapter = prose::chapter(rng, chapters);
            chapters += 1;
            room = rng.usize(2..15);
        }
        room -= 1;
        items.push(item(rng, no, count, (&chapter, opens_chapter), setting));
    }
    items
}

fn item(
    rng: &mut Rng,
    no: u32,
    count: u32,
    (chapter, opens_chapter): (&str, bool),
    setting: &Setting,
) -> Item {
    let mut item = Item {
        no,
        name: prose::name(rng),
        sub: false,
        chapter: chapter.to_owned(),
        opens_chapter,
        sections: sections(rng),
        grade: Some(words::pick(rng, setting.scale).to_owned()),
        content: Body::works(rng),
        plan: Body::new(rng, Time::Will, setting),
        result: Body::new(rng, Time::Done, setting),
        reposted_from: None,
        subs: Vec::new(),
    };
    match rng.u32(..10) {
        0 if count > 1 => {
            let from = if no == 1 { count } else { rng.u32(1..no) };
            item.reposted_from = Some(from);
            item.content = Body::reposted(from);
            item.plan = Body::reposted(from);
            item.result = Body::reposted(from);
        }
        1 | 2 => {
            item.sections.clear();
            item.content = Body::dash();
            item.plan = Body::dash();
            item.result = Body::dash();
            item.subs = (1..=rng.u32(2..8))
                .map(|sub| sub_item(rng, sub, chapter, setting))
                .collect();
        }
        _ => {}
    }
    item
}

fn sub_item(rng: &mut Rng, no: u32, chapter: &str, setting: &Setting) -> Item {
    Item {
        no,
        name: String::new(),
        sub: true,
        chapter: chapter.to_owned(),
        opens_chapter: false,
        sections: vec![words::section(rng).to_owned()],
        grade: None,
        content: Body::works(rng),
        plan: Body::new(rng, Time::Will, setting),
        result: Body::new(rng, Time::Done, setting),
        reposted_from: None,
        subs: Vec::new(),
    }
}

fn sections(rng: &mut Rng) -> Vec<String> {
    let mut sections: Vec<String> = Vec::new();
    for _ in 0..rng.usize(1..4) {
        let section = words::section(rng).to_owned();
        if !sections.contains(&section) {
            sections.push(section);
        }
    }
    sections
}
