//! The workbook that a person fills without the server: the sheets of a cycle that they may write.

use super::form::{with_answers, writable};
use crate::actions::cycle::Part;
use crate::context::Context;
use crate::cycle::Cycle;
use meguri_core::form::{Block, Slot};
use meguri_store::{Municipality, Result, Work};
use meguri_workbook::Moment;
use meguri_workbook::entry::{self, Form, FormSheet, SPARE_ROWS, Stamp};

/// What is said first in every workbook. The numbers and words are those of the pages.
const NOTES: [&str; 9] = [
    "色の付いた欄に記入します。ほかの欄は保護してあり、変更できません。欄の左に前年度の内容、書き方の列に選択肢の意味があります。",
    "数値は紙に書くとおりに入力できます：1,234、4以上、75.4%、－、△500。金額は、見出しにある単位で入力します。",
    "選択肢のある欄は、一覧から選びます。",
    "欄を空にして送ると、その欄の記入を取り消します。前年度と同じときも、内容を入力してください。",
    "事業を一覧から外すときは「削除」を選び、加えるときは表の終わりの「追加する事業」の行に記入します。行そのものの削除や追加はしないでください。",
    "達成率、合計、件数は計算されるため、欄がありません。",
    "途中まででも送れます。送った内容は下書きになります。未記入は間違いではなく、画面で「提出する」を押すときに確かめます。",
    "記入したら、照会の画面の「入力用ブック」から送ります。読み取れない欄があるときは、すべてのセルと理由を示し、何も取り込みません。",
    "取り出したあとに、ほかの人が同じ欄を画面で変えていたときは、欄ごとに両方の内容を示します。確かめるまで取り込みません。",
];

/// The sheets of a cycle that somebody may write now: what is there, what they may write, and its
/// blocks, each with a word on whether it is theirs. With a section, only those of its parts.
///
/// # Errors
/// Those of the database.
pub async fn entry_sheets(
    city: &Municipality,
    cycle: &Cycle,
    section: Option<&str>,
    context: &Context,
) -> Result<Vec<(Work, Vec<(Block, bool)>)>> {
    let mut found = Vec::new();
    for (sheet, _) in city.cycle_sheets(cycle.kept.id).await? {
        let Some(work) = city.work_on(cycle.kept.id, sheet).await? else {
            continue;
        };
        let writes = writable(cycle, &work, context);
        let is_wanted = |part: &Part| section.is_none() || part.section.as_deref() == section;
        if writes.iter().any(is_wanted) {
            let blocks = blocks(cycle, &work, &writes);
            found.push((work, blocks));
        }
    }
    Ok(found)
}

fn blocks(cycle: &Cycle, work: &Work, writes: &[Part]) -> Vec<(Block, bool)> {
    let typed = work
        .drafts
        .iter()
        .filter_map(|draft| Slot::parse(&draft.slot));
    let typed = typed.filter_map(|slot| slot.listing()).max();
    let rows = typed
        .map_or(0, |row| row + 1)
        .max(work.sheet.listings.len());
    let blocks = with_answers(cycle, work, rows + SPARE_ROWS).into_iter();
    blocks
        .map(|block| {
            let own = cycle.route.own_stage().map(|stage| stage.key.as_str());
            let stage = block.stage.as_deref().or(own);
            let is_own = writes.iter().any(|part| Some(part.stage.as_str()) == stage);
            (block, is_own)
        })
        .collect()
}

/// The file of the workbook; `None` where there is no sheet for them.
///
/// # Errors
/// Those of the database; [`meguri_store::Error::Invalid`] where the file cannot be made, a fault of
/// the program.
pub async fn entry_book(
    city: &Municipality,
    cycle: &Cycle,
    section: Option<&str>,
    context: &Context,
) -> Result<Option<Vec<u8>>> {
    let sheets = entry_sheets(city, cycle, section, context).await?;
    if sheets.is_empty() {
        return Ok(None);
    }
    let name = city.name().await?;
    let sheets = sheets.into_iter().map(|(work, blocks)| FormSheet {
        id: work.id,
        version: work.version,
        label: work.sheet.label.clone(),
        blocks,
    });
    let form = Form {
        stamp: Stamp {
            made: context.moment().to_owned(),
            account: context.name().to_owned(),
            ..stamp(city, cycle)
        },
        title: format!("{} 入力用ブック", cycle.kept.label),
        city: name.unwrap_or_else(|| city.code().to_string()),
        notes: NOTES.map(str::to_owned).to_vec(),
        moment: moment(context.moment()),
        sheets: sheets.collect(),
    };
    let bytes = meguri_workbook::bytes(&entry::book(&form));
    let bytes = bytes.map_err(|fault| meguri_store::Error::Invalid(fault.to_string()))?;
    Ok(Some(bytes))
}

/// What every workbook of a cycle says it is for, but for who took it and when.
pub(crate) fn stamp(city: &Municipality, cycle: &Cycle) -> Stamp {
    let scheme = cycle.kept.scheme.as_ref();
    Stamp {
        municipality: city.code().to_string(),
        cycle: cycle.kept.id.to_string(),
        plan: cycle.kept.plan.clone(),
        scheme: scheme.map_or_else(String::new, |(_, version, edition)| {
            format!("{version}/{edition}")
        }),
        year: cycle.year().calendar_year().to_string(),
        made: String::new(),
        account: String::new(),
    }
}

/// The parts of an ISO 8601 moment; what it lacks is the first.
fn moment(text: &str) -> Moment {
    let part = |from: usize, until: usize| -> Option<u16> { text.get(from..until)?.parse().ok() };
    let small = |from, until, least: u8| {
        part(from, until)
            .and_then(|number| u8::try_from(number).ok())
            .unwrap_or(least)
    };
    Moment {
        year: part(0, 4).unwrap_or(1970),
        month: small(5, 7, 1),
        day: small(8, 10, 1),
        hour: small(11, 13, 0),
        minute: small(14, 16, 0),
        second: small(17, 19, 0),
    }
}
