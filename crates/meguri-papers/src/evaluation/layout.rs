//! A sheet on its pages, as a clean extraction gives it: parts of a page, each a few chunks of text
//! that blank lines separate.

use super::lines;
use super::model::{Book, Project, Sheet, era_year};
use super::prose::wrap;
use super::rows::RowPage;
use super::sums;
use super::tears::{Tear, Torn};
use super::truth::MANAGEMENT;
use crate::words::commas;

/// What a part of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// 施策の概要（PLAN） and the line with goal, policy and theme.
    Goal,
    /// Pages of the execution plan, where they have come away from that line.
    PlanPages,
    Name,
    Approach,
    /// ４年後の到達目標の進捗状況（DO）.
    DoHead,
    YearHead,
    Indicators,
    /// Lines of the indicators that stand apart from the others.
    MoreIndicators,
    Footnote,
    Outcomes,
    Issues,
    Check,
    /// Heads of the management sheet.
    Management,
    Purpose,
    Stars,
    /// 施策の方向性（ACTION）.
    ActionHead,
    Directions,
    /// 【参考】関連事務事業一覧.
    ListTitle,
    /// The head of the list: 事務事業名, 担当課.
    ListHead,
    /// 予算科目, 事務事業, 事業費, the next year; 款, 項, 目.
    ListColumns,
    Rows,
    /// 合計.
    Total,
    /// 事務事業の動向.
    Counts,
    /// The table of a public enterprise.
    Extra,
    PageNumber,
    /// Lone pieces that have come loose.
    Loose,
}

/// A part with its chunks.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) part: Part,
    pub(super) chunks: Vec<String>,
}

impl Block {
    pub(super) fn new(part: Part, chunks: Vec<String>) -> Self {
        Self { part, chunks }
    }

    /// A block of one chunk.
    pub(super) fn one(part: Part, chunk: impl Into<String>) -> Self {
        Self::new(part, vec![chunk.into()])
    }
}

/// One page.
pub(super) type Page = Vec<Block>;

/// The first page: PLAN, DO and CHECK.
pub(super) fn front(book: &Book, sheet: &Sheet, torn: &Torn) -> Page {
    if sheet.management {
        return management_front(book, sheet);
    }
    let mut page = vec![
        Block::new(
            Part::Goal,
            vec![
                "施策の概要（PLAN）".to_owned(),
                goal_line(book, sheet, true),
            ],
        ),
        Block::one(Part::Name, sheet.name.clone()),
        prose(Part::Approach, "取組の方針・内容", &sheet.approach, sheet),
        Block::one(Part::DoHead, do_head(book)),
        Block::new(Part::YearHead, lines::year_head(book)),
        Block::new(Part::Indicators, lines::chunks(sheet, torn)),
    ];
    if !sheet.footnotes.is_empty() {
        page.push(Block::one(Part::Footnote, footnote(sheet)));
    }
    page.push(prose(Part::Outcomes, "成　果", &sheet.outcomes, sheet));
    page.push(prose(Part::Issues, "課　題", &sheet.issues, sheet));
    let reason = wrap(&sheet.reason, 34).join("\n");
    page.push(Block::new(
        Part::Check,
        vec![
            "施策の成果についての総括（CHECK）".to_owned(),
            "目標達成\n度合い".to_owned(),
            format!("{} 理由\n{reason}", sheet.attainment),
        ],
    ));
    page
}

/// The line with goal, policy and theme; `pages` = with the pages of the plan at its end.
pub(super) fn goal_line(book: &Book, sheet: &Sheet, pages: bool) -> String {
    let line = format!(
        "基本目標 {} － 方針 {} － テーマ {} {}掲載ページ：",
        sheet.goal, sheet.policy, sheet.theme_no, book.plan
    );
    if pages {
        format!("{line} {}", sheet.pages)
    } else {
        line
    }
}

fn do_head(book: &Book) -> String {
    format!(
        "{}年後の到達目標の進捗状況（DO）",
        wide(&book.years.count.to_string())
    )
}

/// Full-width digits.
pub(super) fn wide(digits: &str) -> String {
    digits
        .chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) => char::from_u32(u32::from('０') + digit).unwrap_or(c),
            None => c,
        })
        .collect()
}

fn footnote(sheet: &Sheet) -> String {
    format!("（{}）", sheet.footnotes.join("、"))
}

/// A block of prose under a heading whose letters stand one under the other.
fn prose(part: Part, heading: &str, items: &[String], sheet: &Sheet) -> Block {
    let letters: Vec<String> = heading
        .chars()
        .flat_map(|c| {
            if c == '　' {
                vec!["　".to_owned(); 2]
            } else {
                vec![c.to_string()]
            }
        })
        .collect();
    Block::new(part, vec![letters.join("\n"), bullets(items, sheet.width)])
}

fn bullets(items: &[String], width: usize) -> String {
    let lines: Vec<String> = items
        .iter()
        .flat_map(|item| wrap(&format!("・{item}"), width))
        .collect();
    lines.join("\n")
}

fn management_front(book: &Book, sheet: &Sheet) -> Page {
    let purpose: Vec<String> = sheet
        .purpose
        .iter()
        .flat_map(|paragraph| wrap(&format!("　{paragraph}"), sheet.width))
        .collect();
    let part = |part, head: &str, items: &[String]| {
        Block::new(part, vec![head.to_owned(), bullets(items, sheet.width)])
    };
    vec![
        Block::new(
            Part::Management,
            vec![
                format!("{MANAGEMENT}\n{}", book.plan),
                format!("掲載ページ： {}", sheet.pages),
            ],
        ),
        Block::new(Part::Purpose, vec!["趣旨".to_owned(), purpose.join("\n")]),
        part(Part::Outcomes, "成果", &sheet.outcomes),
        part(Part::Issues, "課題", &sheet.issues),
        part(Part::Directions, "今後の方向性", &sheet.directions),
    ]
}

/// The pages of the list; the last one has total, counts and the second table.
pub(super) fn back(book: &Book, sheet: &Sheet, rows: &[RowPage], torn: &Torn) -> Vec<Page> {
    let mut pages: Vec<Page> = rows
        .iter()
        .enumerate()
        .map(|(index, rows)| list_page(book, sheet, rows, index == 0))
        .collect();
    if let Some(last) = pages.last_mut() {
        last.push(Block::new(Part::Total, sums::total(sheet, torn)));
        last.push(Block::new(Part::Counts, sums::counts(sheet, torn)));
        if !sheet.extra.is_empty() {
            last.push(Block::new(Part::Extra, extra(book, sheet, torn)));
        }
    }
    pages
}

fn list_page(book: &Book, sheet: &Sheet, rows: &RowPage, first: bool) -> Page {
    let mut page = Vec::new();
    if rows.stars > 0 {
        page.push(Block::new(Part::Stars, vec!["★".to_owned(); rows.stars]));
    }
    if first && !sheet.management {
        page.push(Block::one(Part::ActionHead, "施策の方向性（ACTION）"));
        page.push(prose(
            Part::Directions,
            "施策の方向性",
            &sheet.directions,
            sheet,
        ));
    }
    if first {
        let year = era_year(book.years.evaluated());
        page.push(Block::one(
            Part::ListTitle,
            format!("【参考】関連事務事業一覧（{year}度）"),
        ));
    }
    if !rows.before_head.is_empty() {
        page.push(Block::new(Part::Rows, rows.before_head.clone()));
    }
    page.push(Block::new(
        Part::ListHead,
        vec![
            format!("事　務　事　業　名\n★：{}掲載主要事業", book.plan),
            "（事業の名称や範囲が異なる場合あり）\n担　当　課".to_owned(),
        ],
    ));
    page.push(Block::new(
        Part::ListColumns,
        vec![
            format!("予算科目 事務事業 事業費 {}", next_year(book)),
            "款 項 目 コード （千円） の動向".to_owned(),
        ],
    ));
    page.push(Block::new(Part::Rows, rows.after_head.clone()));
    page
}

/// The year whose directions the list prints.
pub(super) fn next_year(book: &Book) -> String {
    format!("{}度", era_year(book.years.evaluated() + 1))
}

fn extra(book: &Book, sheet: &Sheet, torn: &Torn) -> Vec<String> {
    let account = sheet.extra.first().map_or("", |row| row.account);
    let note = format!(
        "※　次の表は、{account}事業会計（公営企業会計）の事業です。予算科目がなく、合計に含みません。"
    );
    let mut chunks = vec![
        wrap(&note, sheet.width).join("\n"),
        format!("{}掲載事業名", book.plan),
        "担　当　課\n予算科目 事務事業 事業費".to_owned(),
        next_year(book),
        "款 項 目 コード （千円） の動向".to_owned(),
    ];
    if !sheet.extra.iter().any(|row| row.cost_lost) {
        chunks.extend(sheet.extra.iter().map(whole_row));
        return chunks;
    }
    let rows = sheet.extra.iter();
    chunks.extend(rows.map(|row| format!("{} {} {} -", head(row), budget(row), row.code)));
    let mut costs: Vec<String> = sheet.extra.iter().map(|row| commas(row.cost)).collect();
    torn.rng(Tear::ExtraCostsLoose).shuffle(&mut costs);
    chunks.extend(costs);
    chunks
}

/// A row that is not torn.
pub(super) fn whole_row(row: &Project) -> String {
    format!(
        "{} {} {} {} {}",
        head(row),
        budget(row),
        row.code,
        commas(row.cost),
        row.trend
    )
}

/// Number, name and section.
pub(super) fn head(row: &Project) -> String {
    format!("{} {} {}", row.no, printed_name(row), row.section)
}

/// 款 項 目, with the mark of a special account.
pub(super) fn budget(row: &Project) -> String {
    format!("{}{} {} {}", row.mark, row.kan, row.kou, row.moku)
}

/// The name with the mark of a row that is listed again.
pub(super) fn printed_name(row: &Project) -> String {
    if row.reposted {
        format!("{}【再掲】", row.name)
    } else {
        row.name.clone()
    }
}

/// Writes a page after the ones before it.
pub(super) fn print(text: &mut String, page: &[Block]) {
    let mut first = true;
    for chunk in page.iter().flat_map(|block| &block.chunks) {
        if !first {
            text.push('\n');
        }
        first = false;
        text.push_str(chunk);
        text.push('\n');
    }
}
