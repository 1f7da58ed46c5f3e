//! V003: printed numbers of projects by direction against the rows.

use super::table::{self, GAP, has_step};
use crate::evaluation::{Document, Sheet};
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V003",
    title: "動向別の事業数が一覧と合わない",
    looks_at: "「拡大 2 事業、維持 6 事業…」のように印字された動向別の事業数と、事業一覧の各行の動向を数えた結果を比べます。",
    why: "行の動向を直したときに、事業数の欄が直されないまま残ることがあります。",
    example: "一覧では「拡大」が3行あるのに、「拡大 2 事業」と印字されている。",
    remedy: "一覧の各行の動向と事業数の欄を見比べ、誤っている方を直してください。",
    basis: "事業数の欄は、同じ表の各行を動向別に数えたものです。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, sheet) in subject.sheets() {
        if sheet.next_step_counts.is_empty() {
            continue;
        }
        check_sheet(document, sheet, findings);
    }
}

fn check_sheet(document: &Document, sheet: &Sheet, findings: &mut Vec<Finding>) {
    let rows = table::rows(sheet, 0);
    // Without any row, the page with the list is missing and proves nothing.
    if rows.is_empty() {
        return;
    }
    let whole = table::is_whole(sheet, &rows);
    let (severity, gap) = if whole {
        (Severity::Error, "")
    } else {
        (Severity::Warning, GAP)
    };
    let unknown = rows
        .iter()
        .filter(|row| row.next_step("work").is_none())
        .count();
    let place = || Place::sheet(document, sheet).field("事務事業の動向");
    for (word, printed) in &sheet.next_step_counts {
        let counted = rows.iter().filter(|row| has_step(row, word)).count();
        let stated = printed.value as usize;
        // Rows whose direction is lost in the text may make up what is missing.
        if stated == counted || stated > counted && stated - counted <= unknown {
            continue;
        }
        let message =
            format!("「{word}」は{stated}事業と印字されていますが、一覧では{counted}行です。{gap}");
        let hint = "一覧の動向と事業数の欄を見比べ、誤っている方を直してください。";
        let at = place().at(printed.line, word.clone());
        let finding = Finding::new(RULE.code, severity, at, message, hint);
        let steps = vec![format!(
            "一覧{}行のうち動向が「{word}」の行 ＝ {counted}",
            rows.len()
        )];
        findings.push(
            finding
                .figures(format!("{stated}事業"), format!("{counted}行"))
                .steps(steps),
        );
    }
    let counted = |word: &str| {
        sheet
            .next_step_counts
            .iter()
            .any(|(known, _)| known == word)
    };
    for (row, step) in rows
        .iter()
        .filter_map(|row| Some((row, row.next_step("work")?)))
    {
        if counted(&step.value) {
            continue;
        }
        // The line of counts may itself be cut off.
        let message = format!("動向「{}」は、動向別の事業数の欄にありません。", step.value);
        let hint = "動向の言葉と、事業数の欄が欠けていないかを確認してください。";
        let at = place().row(row.label()).at(step.line, step.value.clone());
        findings.push(Finding::new(
            RULE.code,
            Severity::Warning,
            at,
            message,
            hint,
        ));
    }
}
