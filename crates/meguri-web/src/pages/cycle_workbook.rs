//! The workbook that a section fills without the pages: taken from here, sent back here, and the
//! verdict on what came back.

use crate::error::PageError;
use crate::page::{self, Format, Layout, Link, Page};
use crate::staff::{SignedIn, unkept};
use crate::uploaded::Uploaded;
use crate::view::crumbs::home;
use crate::view::fault::in_words;
use crate::view::form::{Wrong, wrong_all};
use crate::view::work_line::address;
use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use meguri_app::actions::cycle::take_workbook::{
    CellFault, Conflict, Taken, Verdict, WorkbookLimits, take_workbook,
};
use meguri_app::cycle::Cycle;
use meguri_app::read::work::{entry_book, entry_sheets};
use serde::Serialize;

/// What a form with a workbook may have besides the file, in KiB.
const BESIDE: usize = 64;

/// The page.
#[derive(Debug, Default, Serialize, Template)]
#[template(path = "cycle_workbook.html")]
pub struct CycleWorkbookPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Its own address.
    pub address: String,
    /// How many sheets the workbook has for who looks.
    pub sheets: usize,
    /// The most bytes of a file, in MB.
    pub most: usize,
    /// What was done.
    pub told: String,
    /// The sheets of which something was taken.
    pub taken: Vec<Link>,
    /// Cells whose formula was taken by its result.
    pub formulas: Vec<String>,
    /// What cannot be taken.
    pub faults: Vec<FaultView>,
    /// What others changed meanwhile.
    pub conflicts: Vec<ConflictView>,
    /// Were the conflicts left, and the rest taken?
    pub is_taken: bool,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// A cell that cannot be taken.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FaultView {
    /// Its cell.
    pub place: String,
    /// What is asked there.
    pub label: String,
    /// Why, and what to do.
    pub why: String,
    /// Where it can be typed instead.
    pub href: String,
}

/// An answer that others changed meanwhile.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ConflictView {
    /// Its cell.
    pub place: String,
    /// What is asked there.
    pub label: String,
    /// What stands there now.
    pub now: String,
    /// What the workbook says.
    pub typed: String,
    /// Who changed it; empty where it was sent.
    pub who: String,
    /// Where it can be typed.
    pub href: String,
}

/// `GET /cycles/{cycle}/workbook`
pub(crate) async fn show(signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, PageError> {
    let cycle = cycle(&signed_in, id).await?;
    let page = load(&signed_in, &cycle).await?;
    unkept(page::answer(&page, Format::Html))
}

/// `GET /cycles/{cycle}/workbook.xlsx`
pub(crate) async fn take_out(
    signed_in: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, PageError> {
    let cycle = cycle(&signed_in, id).await?;
    let city = signed_in.staff().city();
    let book = entry_book(&city, &cycle, None, &signed_in.context()?).await?;
    let Some(bytes) = book else {
        return Err(PageError::not_found(
            format!("/cycles/{id}/workbook"),
            "入力用ブック",
        ));
    };
    let name = format!("cycle-{id}-{}.xlsx", cycle.year().calendar_year());
    let headers = [
        (CONTENT_TYPE, crate::paper::WORKBOOK.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    unkept(Ok((headers, bytes).into_response()))
}

/// `POST /cycles/{cycle}/workbook`
pub(crate) async fn take_in(
    signed_in: SignedIn,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, PageError> {
    let cycle = cycle(&signed_in, id).await?;
    let (head, body) = request.into_parts();
    let kib = WorkbookLimits::USUAL.file_bytes / 1024 + BESIDE;
    let form = Uploaded::read(&head.headers, body, kib).await?;
    let city = signed_in.staff().city();
    let take_rest = form.field("rest") == "yes";
    let file = form.part("file");
    let verdict = if file.is_empty() {
        Err("入力用ブックのファイルを選んでください。".to_owned())
    } else {
        let context = signed_in.context()?;
        let taken = take_workbook(&city, &cycle, file, take_rest, &context).await;
        match taken {
            Ok(verdict) => Ok(verdict),
            Err(fault) => Err(in_words(fault)?),
        }
    };
    let mut page = load(&signed_in, &cycle).await?;
    let status = match verdict {
        Ok(verdict) => page.told_of(&cycle, verdict),
        Err(words) => {
            page.wrongs = wrong_all(&words);
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    if !page.wrongs.is_empty() {
        page.layout = page.layout.wrong();
    }
    let answer = unkept(page::answer(&page, Format::Html))?;
    Ok((status, answer).into_response())
}

async fn cycle(signed_in: &SignedIn, id: i64) -> Result<Cycle, PageError> {
    let found = Cycle::load(&signed_in.staff().city(), id).await?;
    found.ok_or(PageError::NotFound(None))
}

async fn load(signed_in: &SignedIn, cycle: &Cycle) -> Result<CycleWorkbookPage, PageError> {
    let city = signed_in.staff().city();
    let sheets = entry_sheets(&city, cycle, None, &signed_in.context()?).await?;
    let id = cycle.kept.id;
    Ok(CycleWorkbookPage::of(id, &cycle.kept.label, sheets.len()))
}

impl CycleWorkbookPage {
    fn of(id: i64, label: &str, sheets: usize) -> Self {
        let crumbs = vec![
            home(),
            Link::new("/cycles", "照会の一覧"),
            Link::new(format!("/cycles/{id}"), label),
        ];
        let layout = Layout::new("入力用ブック（Excel）", crumbs, "");
        Self {
            layout: layout.described(
                "画面を使わずに記入するための、Excelの入力用ブックの取り出しと返送です。",
            ),
            address: format!("/cycles/{id}/workbook"),
            sheets,
            most: WorkbookLimits::USUAL.file_bytes / 1_000_000,
            ..Self::default()
        }
    }

    /// Puts a verdict on the page; the status of the answer.
    fn told_of(&mut self, cycle: &Cycle, verdict: Verdict) -> StatusCode {
        let id = cycle.kept.id;
        let words = match verdict {
            Verdict::Taken(taken) => {
                self.taken(id, taken);
                return StatusCode::OK;
            }
            Verdict::Unread(why) => why.to_string(),
            Verdict::NotOurs(why) => why.to_string(),
            Verdict::Other(differences) => format!(
                "この照会の入力用ブックではありません。{}。この画面から取り出したブックを送ってください。",
                differences.join("。")
            ),
            Verdict::Faults(faults) => {
                let count = faults.len();
                self.faults = faults
                    .into_iter()
                    .map(|fault| FaultView::of(id, fault))
                    .collect();
                format!(
                    "取り込めない欄が{count}か所あります。何も取り込んでいません。ファイルを直して送り直すか、画面で入力してください。"
                )
            }
            Verdict::Conflicts(conflicts) => {
                let count = conflicts.len();
                self.conflicts = views(id, conflicts);
                self.wrongs = wrong_all(format!(
                    "ブックを取り出したあとに、ほかの人が変えた欄が{count}か所あります。何も取り込んでいません。下の表で確かめてください。"
                ));
                return StatusCode::CONFLICT;
            }
        };
        self.wrongs = wrong_all(&words);
        StatusCode::UNPROCESSABLE_ENTITY
    }

    fn taken(&mut self, id: i64, taken: Taken) {
        self.told = if taken.answers == 0 {
            "ブックを読みました。変わった欄はありません。".to_owned()
        } else {
            format!(
                "{}枚のシートの{}か所を、下書きとして取り込みました。内容を確かめて、シートごとに提出してください。",
                taken.sheets.len(),
                taken.answers
            )
        };
        let links = taken.sheets.iter();
        self.taken = links
            .map(|(sheet, label)| Link::new(address(id, *sheet), label))
            .collect();
        self.formulas = taken.formulas;
        self.is_taken = true;
        self.conflicts = views(id, taken.left);
    }
}

impl FaultView {
    fn of(cycle: i64, fault: CellFault) -> Self {
        Self {
            place: fault.place,
            label: fault.label,
            why: format!("{}。", fault.why),
            href: address(cycle, fault.sheet),
        }
    }
}

fn views(cycle: i64, conflicts: Vec<Conflict>) -> Vec<ConflictView> {
    let view = |conflict: Conflict| ConflictView {
        href: address(cycle, conflict.sheet),
        place: conflict.place,
        label: conflict.label,
        now: conflict.now,
        typed: conflict.typed,
        who: conflict.who,
    };
    conflicts.into_iter().map(view).collect()
}

impl Page for CycleWorkbookPage {
    const NAME: &'static str = "cycle_workbook";

    fn samples() -> Vec<(&'static str, Self)> {
        let page = |sheets| Self::of(1, "令和5年度 施策評価", sheets);
        let conflict = ConflictView {
            place: "「1 子育て支援の充実」H12".to_owned(),
            label: "成果".to_owned(),
            now: "相談の窓口を増やした。".to_owned(),
            typed: "窓口を二つにした。".to_owned(),
            who: "sato".to_owned(),
            href: address(1, 3),
        };
        let mut faulty = page(3);
        faulty.faults = vec![FaultView {
            place: "「1 子育て支援の充実」E20".to_owned(),
            label: "利用者数の実績（令和5年度）".to_owned(),
            why: "数値として読めません。1,234、4以上、－ のように入力してください。".to_owned(),
            href: address(1, 3),
        }];
        faulty.wrongs = wrong_all("取り込めない欄が1か所あります。何も取り込んでいません。");
        faulty.layout = faulty.layout.wrong();
        let mut collided = page(3);
        collided.conflicts = vec![conflict.clone()];
        collided.wrongs = wrong_all("ほかの人が変えた欄が1か所あります。何も取り込んでいません。");
        collided.layout = collided.layout.wrong();
        let mut done = page(3);
        done.taken(
            1,
            Taken {
                sheets: vec![(3, "子育て支援の充実".to_owned())],
                answers: 12,
                left: Vec::new(),
                formulas: vec!["「1 子育て支援の充実」H14".to_owned()],
            },
        );
        done.conflicts = vec![conflict];
        vec![
            ("none", page(0)),
            ("usual", page(3)),
            ("faults", faulty),
            ("conflicts", collided),
            ("taken", done),
        ]
    }
}
