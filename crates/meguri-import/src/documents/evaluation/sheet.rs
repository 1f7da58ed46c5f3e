//! One sheet, put together from its parts.

use super::accounts::Accounts;
use super::indicators::{self, Columns};
use super::pages::SheetPages;
use super::prose::Prose;
use super::rows::piece::Piece;
use super::rows::{ProjectList, assemble, pieces_of_page};
use super::vocabulary::{Vocabulary, is_kan_prefix};
use super::{EvaluationProject, EvaluationSheet, counts, extra, parentheses, prose, theme};
use crate::documents::evaluation::printed::SheetKind;
use crate::printed::{Amount, Cell, Unresolved};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::{Money, MoneyUnit};
use meguri_core::source::Settled;
use meguri_core::text::narrow;

/// What the sheets of a document share.
pub(super) struct Shared {
    pub(super) vocabulary: Vocabulary,
    /// The evaluated year.
    pub(super) evaluated: Option<FiscalYear>,
    /// The unit of the amounts of the first list that prints it.
    pub(super) unit: Option<MoneyUnit>,
    /// The year columns of the first sheet that prints them.
    pub(super) columns: Option<Columns>,
}

/// A sheet while its rows are put together.
pub(super) struct Draft<'a> {
    pub(super) pages: SheetPages<'a>,
    /// The pieces of its list, until they are assembled.
    pub(super) pieces: Vec<Piece>,
    pub(super) list: ProjectList,
}

impl<'a> Draft<'a> {
    /// Takes the pieces of the list out of the pages.
    pub(super) fn new(pages: SheetPages<'a>, vocabulary: &Vocabulary) -> Self {
        let mut pieces = Vec::new();
        for page in &pages {
            let front = page.marks.plan || page.marks.results || page.marks.management;
            if page.marks.list || !front {
                pieces_of_page(page, vocabulary, &mut pieces);
            }
        }
        Self {
            pages,
            pieces,
            list: ProjectList::default(),
        }
    }

    /// Does none of its pages show anything of the form?
    pub(super) fn is_empty(&self) -> bool {
        let rows = self.pieces.iter().any(|piece| piece.code.is_some());
        !rows
            && self.pages.iter().all(|page| {
                let m = page.marks;
                !(m.plan || m.results || m.list || m.management)
            })
    }

    /// Teaches which section uses which codes, from rows that hold both.
    pub(super) fn teach(&self, vocabulary: &mut Vocabulary) {
        for piece in &self.pieces {
            if let (Some(code), Some(section)) = (&piece.code, &piece.section) {
                vocabulary.learn_code(code.value(), &narrow(section.value()));
            }
        }
    }

    /// Puts the rows together.
    pub(super) fn assemble(&mut self, vocabulary: &Vocabulary) {
        self.list = assemble(std::mem::take(&mut self.pieces), vocabulary);
    }

    /// Reads the rest and makes the sheet.
    pub(super) fn finish(
        self,
        shared: &Shared,
        unresolved: &mut Vec<Unresolved>,
    ) -> EvaluationSheet {
        let (pages, mut list) = (self.pages, self.list);
        let management = pages.iter().any(|page| page.marks.management);
        let head = theme::read(&pages, management);
        let place = place(&head, management);
        let accounts = &shared.vocabulary.accounts;
        let prose = prose::read(&pages);
        let own = indicators::columns(&pages, shared.evaluated);
        let doubts = own.iter().flat_map(|columns| &columns.doubts);
        unresolved.extend(doubts.map(|doubt| doubt.unresolved(&place)));
        let columns = own.or_else(|| shared.columns.clone()).unwrap_or_default();
        let columns = Columns {
            numbered_pages: shared.vocabulary.numbered_pages,
            ..columns
        };
        let (indicators, open) = indicators::read(&pages, &head.texts, &columns, &place);
        unresolved.extend(open);
        let extra_rows = extra::take(&pages, &mut list);
        let trend_counts = counts::trend_counts(&pages, &mut list, &shared.vocabulary);
        let printed_unit = counts::unit(&pages).or(shared.unit);
        if printed_unit.is_none() {
            unresolved.extend(no_unit(&mut list, &place));
        }
        let unit = printed_unit.unwrap_or(MoneyUnit::ThousandYen);
        let total = counts::total(&pages, &mut list, unit);
        let printed = total.as_ref().map(|total| *total.value());
        parentheses::settle(&mut list, printed, &place, unresolved);
        let total = total.and_then(|total| in_yen(total, |amount| Money::of(amount, unit)));
        report_rows(&list, &extra_rows, &place, unresolved);
        unresolved.extend(short_codes(&list, &place));
        report_prose(&prose, &place, unresolved);
        EvaluationSheet {
            kind: if management {
                SheetKind::Management
            } else {
                SheetKind::Theme
            },
            theme_no: head.theme_no,
            name: head.name,
            basic_goal: head.basic_goal,
            policy_no: head.policy_no,
            plan_pages: head.plan_pages,
            approach: prose.approach,
            indicators,
            outcomes: prose.outcomes,
            issues: prose.issues,
            attainment: prose.attainment,
            reason: prose.reason,
            directions: prose.directions,
            purpose: joined(prose.purpose),
            stars: counts::stars(&pages),
            total,
            trend_counts,
            loose_costs: loose_costs(&list, unit),
            projects: list
                .rows
                .into_iter()
                .map(|row| project(row, unit, accounts))
                .collect(),
            extra_projects: extra_rows
                .into_iter()
                .map(|row| project(row, unit, accounts))
                .collect(),
        }
    }
}

/// What is told of a list whose unit is printed nowhere; its amounts are doubtful then.
fn no_unit(list: &mut ProjectList, place: &str) -> Option<Unresolved> {
    let costs = list.rows.iter_mut().filter_map(|row| row.cost.as_mut());
    let mut costs = costs
        .filter(|cost| counts::amount(cost.value()).is_some())
        .peekable();
    let line = costs.peek()?.line();
    let mut amounts = Vec::new();
    for cost in costs {
        cost.0.settled = Settled::Layout;
        amounts.push(cost.value().clone());
    }
    amounts.truncate(20);
    Some(Unresolved {
        place: place.to_owned(),
        field: "cost".to_owned(),
        candidates: amounts,
        why: crate::text::money_units::NO_UNIT.to_owned(),
        line,
    })
}

/// The amounts that belong to some row of the list, but not to which.
fn loose_costs(list: &ProjectList, unit: MoneyUnit) -> Vec<Cell<Amount>> {
    let loose = list.loose.iter().filter(|piece| piece.code.is_none());
    let costs = loose.filter_map(|piece| piece.cost.as_ref());
    costs
        .filter_map(|cost| in_yen(cost.clone(), |text| counts::money(&text, unit)))
        .collect()
}

/// The same cell with its amount in yen; `None` where the amount cannot be held.
fn in_yen<T: Clone>(cell: Cell<T>, money: impl Fn(T) -> Option<Money>) -> Option<Cell<Amount>> {
    let amount = Amount(money(cell.value().clone())?);
    Some(Cell(cell.0.map(|_| amount)))
}

/// Codes shorter than others of their list: a spreadsheet drops the zeros at the head of codes. They
/// stay as printed.
fn short_codes(list: &ProjectList, place: &str) -> Option<Unresolved> {
    let codes: Vec<&Cell<String>> = list
        .rows
        .iter()
        .filter_map(|row| row.code.as_ref())
        .collect();
    let digits = |code: &Cell<String>| {
        let plain = narrow(code.value());
        plain
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then_some(plain.len())
    };
    let longest = codes.iter().filter_map(|code| digits(code)).max()?;
    let short = list.rows.iter().filter_map(|row| {
        let code = row.code.as_ref()?;
        let length = digits(code).filter(|length| *length < longest)?;
        let padded = format!("{}{}", "0".repeat(longest - length), narrow(code.value()));
        let kan = row
            .budget
            .first()
            .is_some_and(|kan| is_kan_prefix(kan.value(), &padded));
        (kan && row.account.is_none()).then_some(code)
    });
    let short: Vec<&Cell<String>> = short.collect();
    let first = short.first()?;
    Some(Unresolved {
        place: place.to_owned(),
        field: "code".to_owned(),
        candidates: short
            .iter()
            .take(20)
            .map(|code| code.value().clone())
            .collect(),
        why: format!(
            "事務事業コードの桁数がほかの行（{longest}桁）より少なく、先頭の0が失われている可能性があります。コードは印字のまま読み取りました。"
        ),
        line: first.line(),
    })
}

/// How a person calls the sheet.
fn place(head: &theme::Head, management: bool) -> String {
    match (&head.theme_no, management) {
        (Some(number), _) => format!("theme {}", number.value()),
        (None, true) => "management".to_owned(),
        (None, false) => "theme ?".to_owned(),
    }
}

/// The paragraphs of 趣旨 as one text.
fn joined(paragraphs: Vec<Cell<String>>) -> Option<Cell<String>> {
    let mut paragraphs = paragraphs.into_iter();
    let mut text = paragraphs.next()?;
    for more in paragraphs {
        text.0.value.push_str(more.value());
    }
    Some(text)
}

fn project(row: Piece, unit: MoneyUnit, accounts: &Accounts) -> EvaluationProject {
    // Where one of the three figures is lost, none of the others tells which of them it is.
    let whole = row.budget.len() == BUDGET_PARTS;
    let mut budget = row.budget.into_iter().filter(|_| whole);
    let account = match row.account {
        Some(account) => {
            let word = accounts.named(account.value()).to_owned();
            Some(Cell(account.0.map(|_| word)))
        }
        // No account before 款 means the general one.
        None => whole.then(|| Cell::layout(accounts.general().to_owned(), row.line)),
    };
    let cost = row
        .cost
        .and_then(|cost| in_yen(cost, |text| counts::money(&text, unit)));
    EvaluationProject {
        no: row.no,
        name: row.name,
        section: row.section,
        account,
        kan: budget.next(),
        kou: budget.next(),
        moku: budget.next(),
        code: row.code,
        cost,
        trend: row.step,
        reposted: row.reposted,
    }
}

/// 款, 項 and 目.
const BUDGET_PARTS: usize = 3;

/// What rows lack, with all pieces that may fill it.
fn report_rows(list: &ProjectList, extra: &[Piece], place: &str, unresolved: &mut Vec<Unresolved>) {
    // A list that long is none; naming all its pieces for every row would help nobody.
    let most = if list.rows.len() > 600 { 0 } else { 20 };
    let texts = |fits: &dyn Fn(&Piece) -> bool| -> Vec<String> {
        list.loose
            .iter()
            .filter(|p| fits(p))
            .take(most)
            .map(Piece::text)
            .collect()
    };
    let costs = texts(&|p| p.cost.is_some() && p.code.is_none());
    let steps = texts(&|p| p.step.is_some() && p.code.is_none());
    let codes = texts(&|p| p.code.is_some());
    let sections = texts(&|p| p.section.is_some());
    for row in list.rows.iter().chain(extra) {
        let number = row
            .no
            .as_ref()
            .map_or("?".to_owned(), |no| no.value().to_string());
        let mut report = |field: &str, candidates: &[String], why: &str| {
            unresolved.push(Unresolved {
                place: format!("{place} row {number}"),
                field: field.to_owned(),
                candidates: candidates.to_vec(),
                why: why.to_owned(),
                line: row.line,
            });
        };
        if row.no.is_none() {
            report("no", &[], "行の番号を特定できません。");
        }
        if row.section.is_none() {
            report("section", &sections, "担当課を特定できません。");
        }
        if row.budget.len() != BUDGET_PARTS {
            let parts: Vec<String> = row.budget.iter().map(|part| part.value().clone()).collect();
            let why = "予算科目（款・項・目）の一部が失われ、残りがどれか決められません。";
            report("moku", &parts, why);
        }
        if row.code.is_none() {
            report("code", &codes, "事務事業コードを特定できません。");
        }
        if !row.has_cost() {
            report(
                "cost",
                &costs,
                "どの行の事業費か、配置からも検算からも決められません。",
            );
        }
        if row.step.is_none() {
            report(
                "trend",
                &steps,
                "どの行の動向か、配置からも検算からも決められません。",
            );
        }
    }
}

fn report_prose(prose: &Prose, place: &str, unresolved: &mut Vec<Unresolved>) {
    for text in &prose.stray {
        unresolved.push(Unresolved {
            place: place.to_owned(),
            field: "text".to_owned(),
            candidates: vec![text.value().clone()],
            why: "どの欄の文章か特定できません。".to_owned(),
            line: text.line(),
        });
    }
}
