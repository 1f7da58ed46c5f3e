//! The pages of plans, projects, indicators, sections and the list of documents.

use super::{Material, Page};
use crate::actions::links_kept::LinksKept;
use meguri_core::calc::formula::RateFormula;
use meguri_core::evaluation::Sheet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::history::{self, Said};
use meguri_core::links::{Group, Kind, Place};
use meguri_core::plan::{Indicator, Listing};
use meguri_core::scheme::Scheme;
use meguri_core::scheme::words::plan_word;
use meguri_core::source::Sourced;
use meguri_core::verify::counted_rate;
use std::collections::BTreeSet;

impl Material {
    pub(super) fn page(&self, kind: Kind, group: &Group) -> Page {
        let mut page = Page {
            kind: kind.key(),
            id: self.kept.id(kind, group),
            title: group.name().to_owned(),
            ..Page::default()
        };
        page.fact("別の表記", group.names.get(1..).unwrap_or(&[]).join("、"));
        let doubts = self
            .kept
            .links
            .doubts
            .iter()
            .filter(|doubt| doubt.kind == kind);
        let open = doubts.filter_map(|doubt| {
            let holds = |key: &String| group.keys.contains(key);
            let other = if holds(&doubt.one.key) {
                &doubt.other
            } else if holds(&doubt.other.key) {
                &doubt.one
            } else {
                return None;
            };
            let id = self.kept.identities.id(kind, &other.key);
            let id = id.map_or_else(String::new, |id| id.to_string());
            Some(vec![id, other.name.clone(), doubt.why.to_string()])
        });
        let open = open.collect();
        page.table(
            "同じものかどうか確認が必要なもの",
            &["番号", "名称", "理由"],
            open,
        );
        page
    }

    pub(super) fn document(&self, sheet: usize) -> String {
        self.kept
            .facts
            .document_of(sheet)
            .map_or_else(String::new, |document| document.name.clone())
    }

    pub(super) fn label(&self, sheet: usize) -> String {
        self.kept
            .facts
            .sheets
            .get(sheet)
            .map_or_else(String::new, |sheet| sheet.label.clone())
    }

    pub(super) fn plan_label(&self, sheet: usize) -> String {
        let plan = self
            .kept
            .facts
            .document_of(sheet)
            .map(|document| document.plan.as_str());
        plan.map_or_else(String::new, |plan| plan_label(&self.kept, plan))
    }

    fn listing(&self, place: &Place) -> Option<&Listing> {
        let sheet = self.sheets.get(&place.sheet)?;
        sheet.sheet.listings.get(usize::try_from(place.item?).ok()?)
    }

    fn indicator(&self, place: &Place) -> Option<&Indicator> {
        let sheet = self.sheets.get(&place.sheet)?;
        sheet
            .sheet
            .indicators
            .get(usize::try_from(place.item?).ok()?)
    }
}

pub(super) fn plan_label(kept: &LinksKept, plan: &str) -> String {
    let scheme = kept
        .schemes
        .iter()
        .find(|scheme| scheme.written().key == plan);
    scheme
        .map_or_else(|| plan_word(plan), |scheme| &scheme.written().label)
        .to_owned()
}

pub(super) fn joined(texts: &[Sourced<String>]) -> String {
    texts
        .iter()
        .map(|text| text.value.as_str())
        .collect::<Vec<_>>()
        .join("、")
}

/// A project: every year, its money, directions and rows.
pub(super) fn project(material: &Material, group: &Group) -> Page {
    let mut page = material.page(Kind::Project, group);
    let rows: Vec<(&Place, &Listing)> = group
        .places
        .iter()
        .filter_map(|p| Some((p, material.listing(p)?)))
        .collect();
    let each = |of: &dyn Fn(&Listing) -> Option<String>| {
        let all: BTreeSet<String> = rows.iter().filter_map(|(_, row)| of(row)).collect();
        all.into_iter().collect::<Vec<_>>().join("、")
    };
    page.fact(
        "事業コード",
        each(&|row| row.code.as_ref().map(|code| code.value.clone())),
    );
    page.fact("会計", each(&|row| row.budget_item.account.clone()));
    page.fact(
        "担当課",
        each(&|row| (!row.sections.is_empty()).then(|| joined(&row.sections))),
    );
    let money = rows.iter().flat_map(|(place, row)| {
        let again = if row.relisted { "再掲" } else { "" };
        row.costs.iter().map(move |cost| {
            let money = cost.money.value.to_string();
            (
                cost.year,
                vec![
                    cost.year.to_string(),
                    money,
                    material.document(place.sheet),
                    again.into(),
                ],
            )
        })
    });
    let mut money: Vec<(FiscalYear, Vec<String>)> = money.collect();
    money.sort();
    let money = money.into_iter().map(|(_, row)| row).collect();
    page.table(
        "年度ごとの事業費",
        &["年度", "事業費", "文書", "再掲"],
        money,
    );
    let listed = rows.iter().map(|(place, row)| {
        let steps: Vec<&str> = row
            .next_steps
            .iter()
            .map(|(_, step)| step.value.as_str())
            .collect();
        vec![
            material.plan_label(place.sheet),
            material.label(place.sheet),
            format!("{}行目", row.line),
            steps.join("・"),
            [
                joined(&row.tags),
                if row.relisted {
                    "再掲".into()
                } else {
                    String::new()
                },
            ]
            .concat(),
        ]
    });
    let heads = ["計画", "シート", "原文", "動向", "印"];
    page.table("掲載", &heads, listed.collect());
    page
}

/// An indicator: its whole history over papers, with revisions and counted rates.
pub(super) fn indicator(material: &Material, group: &Group) -> Page {
    let mut page = material.page(Kind::Indicator, group);
    let found: Vec<(&Place, &Indicator)> = group
        .places
        .iter()
        .filter_map(|p| Some((p, material.indicator(p)?)))
        .collect();
    let papers: Vec<&Indicator> = found.iter().map(|(_, indicator)| *indicator).collect();
    let document = |paper: usize| {
        let place = found.get(paper).map(|(place, _)| place.sheet);
        place.map_or_else(String::new, |sheet| material.document(sheet))
    };
    let units = papers.iter().filter_map(|one| one.unit.as_ref());
    let units: BTreeSet<&str> = units.map(|unit| unit.value.as_str()).collect();
    page.fact("単位", units.into_iter().collect::<Vec<_>>().join("、"));
    for (paper, one) in papers.iter().enumerate() {
        if let (Some(baseline), year) = (&one.baseline, one.baseline_year) {
            let year = year.map_or_else(String::new, |year| format!("（{year}）"));
            let words = format!("{}{year} {}", baseline.value, document(paper));
            page.fact("基準値", words);
        }
    }
    let said = |all: &[Said<'_>]| figures_said(all, document);
    let (mut years, mut revisions, mut steps) = (Vec::new(), Vec::new(), Vec::new());
    for year in history::of(&papers) {
        let counted = year.actuals.first().and_then(|actual| {
            let (place, indicator) = found.get(actual.paper)?;
            let scheme = scheme_of(material, place.sheet);
            let own = scheme.map(|scheme| scheme.rate_formula(indicator).clone());
            let formula = own.unwrap_or_else(RateFormula::achievement);
            Some(counted_rate(indicator, year.year, &formula))
        });
        let rate = counted.as_ref().and_then(|rate| rate.value());
        let rate = rate.map(|rate| rate.printed.clone());
        years.push(vec![
            year.year.to_string(),
            said(&year.targets),
            said(&year.actuals),
            said(&year.printed_rates),
            rate.unwrap_or_default(),
        ]);
        let counted = counted.into_iter().flat_map(|counted| counted.steps);
        steps.extend(counted.map(|step| vec![year.year.to_string(), step]));
        if let Some(revision) = year.revision {
            let original = revision.original.map(|s| s.figure.value.to_string());
            revisions.push(vec![
                year.year.to_string(),
                original.unwrap_or_else(|| "（不明）".to_owned()),
                revision.revised.figure.value.to_string(),
                document(revision.revised.paper),
                revision.reason.unwrap_or_default().to_owned(),
            ]);
        }
    }
    let heads = ["年度", "目標", "実績", "達成率（印字）", "達成率（計算）"];
    page.table("推移", &heads, years);
    let heads = ["年度", "当初", "改定後", "改定を載せた文書", "理由"];
    page.table("目標の改定", &heads, revisions);
    page.table("計算の手順", &["年度", "手順"], steps);
    let listed = found.iter().map(|(place, indicator)| {
        let line = indicator.name.as_ref().map_or(0, |name| name.line);
        let (plan, sheet) = (
            material.plan_label(place.sheet),
            material.label(place.sheet),
        );
        vec![plan, sheet, format!("{line}行目")]
    });
    page.table("掲載", &["計画", "シート", "原文"], listed.collect());
    page
}

/// A figure as papers print it: once where they agree, else each with its document.
fn figures_said(all: &[Said<'_>], document: impl Fn(usize) -> String) -> String {
    let distinct: BTreeSet<&str> = all
        .iter()
        .map(|said| said.figure.value.printed.as_str())
        .collect();
    if distinct.len() < 2 {
        return distinct.into_iter().collect();
    }
    all.iter()
        .map(|said| format!("{}［{}］", said.figure.value, document(said.paper)))
        .collect::<Vec<_>>()
        .join("、")
}

/// The scheme that rules a sheet, else the nearest of its plan.
pub(super) fn scheme_of(material: &Material, sheet: usize) -> Option<&Scheme> {
    let plan = &material.kept.facts.document_of(sheet)?.plan;
    let year = material.kept.facts.sheets.get(sheet)?.year;
    Scheme::nearest(&material.kept.schemes, plan, year)
}

/// A section: all that it answers for, under all of its names.
pub(super) fn section(material: &Material, group: &Group) -> Page {
    let mut page = material.page(Kind::Section, group);
    let (mut sheets, mut rows) = (Vec::new(), Vec::new());
    for place in &group.places {
        match (place.item, material.listing(place)) {
            (None, _) => {
                let fact = material.kept.facts.sheets.get(place.sheet);
                let own =
                    fact.is_some_and(|fact| fact.sections.iter().any(|s| group.names.contains(s)));
                let role = if own { "所管" } else { "関連" };
                sheets.push(vec![
                    material.plan_label(place.sheet),
                    material.label(place.sheet),
                    role.to_owned(),
                ]);
            }
            (Some(_), Some(row)) => {
                let costs = row
                    .costs
                    .iter()
                    .map(|cost| format!("{} {}", cost.year.short(), cost.money.value));
                rows.push(vec![
                    row.code
                        .as_ref()
                        .map_or_else(String::new, |code| code.value.clone()),
                    row.label(),
                    costs.collect::<Vec<_>>().join("、"),
                    material.label(place.sheet),
                ]);
            }
            (Some(_), None) => {}
        }
    }
    page.table("シート", &["計画", "シート", "役割"], sheets);
    page.table("事務事業", &["コード", "事業", "事業費", "シート"], rows);
    page
}

/// A plan: its tree with states and money. An evaluation says which plan it evaluates.
pub(super) fn plan(material: &Material, key: &str, places: &[usize]) -> Page {
    let kept = &material.kept;
    let mut page = Page {
        kind: "plan",
        title: plan_label(kept, key),
        ..Page::default()
    };
    page.fact("キー", key);
    let mut groups = kept.facts.documents.iter().filter(|own| own.plan == key);
    let group = groups.next().map(|own| own.plan_group.as_str());
    if let Some(evaluated) = group.filter(|group| *group != key) {
        let label = plan_label(kept, evaluated);
        page.fact("評価する計画", format!("{label}（{evaluated}）"));
    }
    let mut documents: Vec<String> = Vec::new();
    for place in places {
        let name = format!(
            "{}（{}）",
            material.document(*place),
            material.plan_label(*place)
        );
        if !documents.contains(&name) {
            documents.push(name);
        }
    }
    page.fact("文書", documents.join("、"));
    tree(&mut page, material, places);
    page
}

/// Sheets below the headings that they stand under, with states and money.
pub(super) fn tree(page: &mut Page, material: &Material, places: &[usize]) {
    let (mut rows, mut above): (Vec<Vec<String>>, Vec<String>) = (Vec::new(), Vec::new());
    for place in places {
        let Some(fact) = material.kept.facts.sheets.get(*place) else {
            continue;
        };
        let depth = fact.path.len().saturating_sub(1);
        for (level, node) in fact.path.iter().take(depth).enumerate() {
            let name = [node.number.as_deref(), node.name.as_deref()]
                .into_iter()
                .flatten();
            let name = format!(
                "{}{}",
                "　".repeat(level),
                name.collect::<Vec<_>>().join(" ")
            );
            if above.get(level) != Some(&name) {
                above.truncate(level);
                above.push(name.clone());
                rows.push(vec![
                    name,
                    String::new(),
                    String::new(),
                    String::new(),
                    String::new(),
                ]);
            }
        }
        let sheet = material.sheets.get(place).map(|kept| &kept.sheet);
        rows.push(vec![
            format!("{}{}", "　".repeat(depth), fact.label),
            fact.year.map_or_else(String::new, |year| year.short()),
            sheet.map_or_else(String::new, judgements),
            sheet.map_or_else(String::new, money),
            sheet.map_or_else(String::new, |sheet| sheet.indicators.len().to_string()),
        ]);
    }
    page.table(
        "体系",
        &["名称", "年度", "評価", "事業費の計", "指標"],
        rows,
    );
}

pub(super) fn judgements(sheet: &Sheet) -> String {
    sheet
        .judgements
        .iter()
        .map(|j| j.value.value.as_str())
        .collect::<Vec<_>>()
        .join("、")
}

/// The printed totals of the main table.
fn money(sheet: &Sheet) -> String {
    let main = sheet.totals.iter().filter(|total| total.table == 0);
    main.map(|total| total.money.value.to_string())
        .collect::<Vec<_>>()
        .join("、")
}
