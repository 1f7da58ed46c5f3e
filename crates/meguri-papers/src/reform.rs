//! Papers of the family `reform`: the progress list of an administrative reform plan, one row to a
//! line with tabs between the cells.
//!
//! Torn as transcriptions tear it: rows shifted to the left, numbers in a cell of their own or not,
//! sub-items as `- 1` or `-⇥1`, lost sections, merged contents, lost plans and results, lists in
//! bits of HTML, figures without the space or the parentheses around them, letter-spaced chapters.

mod item;
mod prose;
mod row;

use crate::{Paper, Shape};
use fastrand::Rng;
use item::Item;
use row::PageStyle;
use serde_json::{Value, json};
use std::fmt::Write;

/// How a whole document is set.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// Grades, best first.
    scale: &'static [&'static str],
    /// Digits and parentheses are full-width.
    wide: bool,
    /// Sentences end politely (`…ます。`).
    polite: bool,
    /// Pages start with a form feed.
    form_feed: bool,
    /// The year that is reported: `令和2年度`.
    year: String,
    /// Three years on, by which a target may be set.
    target_year: String,
    /// Its last month: `令和3年3月末`.
    year_end: String,
    tearing: u32,
}

impl Setting {
    fn new(rng: &mut Rng, tearing: u32) -> Self {
        const SCALES: [&[&str]; 4] = [
            &["S", "A", "B"],
            &["A", "B", "C", "D"],
            &["◎", "○", "△"],
            &["S", "A", "B", "C"],
        ];
        let (era, year) = match rng.u32(..4) {
            0 => ("平成", rng.u32(20..30)),
            _ => ("令和", rng.u32(2..12)),
        };
        Self {
            scale: SCALES[rng.usize(..SCALES.len())],
            wide: rng.u32(..4) == 0,
            polite: rng.bool(),
            form_feed: rng.bool(),
            year: format!("{era}{year}年度"),
            target_year: format!("{era}{}年度", year + 3),
            year_end: format!("{era}{}年3月末", year + 1),
            tearing,
        }
    }

    /// Does one tear happen here? At full tearing every other place is torn, so that torn and whole
    /// rows stand side by side.
    fn torn(&self, rng: &mut Rng) -> bool {
        rng.u32(..200) < self.tearing.min(100)
    }

    /// A text in the document's face.
    fn face(&self, text: &str) -> String {
        if !self.wide {
            return text.to_owned();
        }
        text.chars()
            .map(|c| match c {
                '0'..='9' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
                '(' => '（',
                ')' => '）',
                c => c,
            })
            .collect()
    }
}

/// One paper.
#[must_use]
pub fn generate(shape: &Shape) -> Paper {
    let mut rng = Rng::with_seed(shape.seed ^ 0x5e_f0_12_77);
    let setting = Setting::new(&mut rng, shape.tearing);
    let items = item::items(&mut rng, shape.units, &setting);
    let mut text = front(&items, &setting);
    let mut truths = Vec::with_capacity(items.len());
    let mut page = Page::default();
    for item in &items {
        page.turn(&mut rng, &setting, &mut text, item.opens_chapter);
        let mut tears = row::Tears::of_item(&mut rng, &setting, item, &page.style);
        let (line, mut truth) = row::write(&mut rng, &setting, &page.style, item, &tears);
        text.push_str(&line);
        page.rows += 1;
        let mut subs: Vec<Value> = Vec::with_capacity(item.subs.len());
        for sub in &item.subs {
            page.turn(&mut rng, &setting, &mut text, false);
            tears = row::Tears::of_sub(&mut rng, &setting, sub, &page.style, &tears);
            let (line, truth) = row::write(&mut rng, &setting, &page.style, sub, &tears);
            text.push_str(&line);
            page.rows += 1;
            subs.push(truth);
        }
        if let Value::Object(fields) = &mut truth {
            fields.insert("sub".to_owned(), Value::Array(subs));
        }
        truths.push(truth);
    }
    Paper {
        text,
        truth: json!({ "items": truths }),
    }
}

/// The page that is being filled.
#[derive(Default)]
struct Page {
    style: PageStyle,
    rows: usize,
    room: usize,
}

impl Page {
    /// Starts a page with its head where the last one is full; most chapters start one too.
    fn turn(&mut self, rng: &mut Rng, setting: &Setting, text: &mut String, chapter: bool) {
        let full = self.rows >= self.room || (chapter && rng.u32(..3) > 0);
        if !full {
            return;
        }
        if self.room > 0 {
            text.push_str(if setting.form_feed { "\n\u{c}" } else { "\n " });
        }
        self.style = PageStyle::new(rng, setting);
        self.rows = 0;
        self.room = rng.usize(4..18);
        let gap = if self.style.split_number { "\t" } else { "" };
        let end = if self.style.tab_at_end { "\t" } else { "" };
        let head = format!(
            "項目\t{gap}主な推進担当課\t評価\t実施内容\t{}当初予定 (目標値)\t取組実績 ({}実績値){end}\n",
            setting.year, setting.year_end
        );
        text.push_str(&setting.face(&head));
    }
}

/// Title, legend and the notes on items that are listed again.
fn front(items: &[Item], setting: &Setting) -> String {
    const MEANINGS: [&str; 4] = [
        "年度当初の予定以上に進捗",
        "年度当初の予定どおりに進捗",
        "年度当初の予定よりも遅れている",
        "年度当初の予定から大きく遅れている",
    ];
    let city = crate::words::CITY;
    let mut text = format!(
        "\n\n{city}第2次行財政改革推進プラン の進捗状況（{}末）\n\n",
        setting.year
    );
    text.push_str("評価欄の評価の見方について\n\n");
    for (grade, meaning) in setting.scale.iter().zip(MEANINGS) {
        let _ = writeln!(text, "「{grade}」：{meaning}\n");
    }
    for item in items {
        if let Some(from) = item.reposted_from {
            let _ = writeln!(
                text,
                "※No. {}「{}」はNo. {from}の再掲\n",
                item.no, item.name
            );
        }
    }
    let legend: Vec<String> = setting
        .scale
        .iter()
        .zip(MEANINGS)
        .map(|(grade, meaning)| format!("{grade}:{meaning}"))
        .collect();
    let _ = writeln!(
        text,
        "第2次行財政改革推進プラン 進捗状況({}末)\n",
        setting.year
    );
    let _ = writeln!(text, "{}\n", legend.join(" "));
    setting.face(&text)
}
