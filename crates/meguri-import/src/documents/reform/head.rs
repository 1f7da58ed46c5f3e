//! The head of the table: which columns it has, in which order.

use meguri_core::text::narrow;

/// A column behind the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// 主な推進担当課.
    Sections,
    /// 評価.
    Grade,
    /// 実施内容.
    Content,
    /// 当初予定.
    Plan,
    /// 取組実績.
    Result,
    /// A column that only this paper has.
    Other,
}

/// The columns of the form in its usual order.
const USUAL: [Role; 5] = [
    Role::Sections,
    Role::Grade,
    Role::Content,
    Role::Plan,
    Role::Result,
];

/// The columns of a head behind the item, where they are others than the usual ones.
pub(super) fn other_order(line: &str) -> Option<Vec<Role>> {
    let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
    let named = cells.iter().filter(|cell| !cell.is_empty());
    let mut roles: Vec<Role> = Vec::new();
    let mut items = 0;
    for cell in named {
        let label = label_of(cell);
        let is = |words: &[&str]| words.iter().any(|word| label.ends_with(word));
        let role = match () {
            () if roles.is_empty() && is(ITEM) => {
                items += 1;
                continue;
            }
            () if is(SECTIONS) => Role::Sections,
            () if is(GRADE) => Role::Grade,
            () if is(RESULT) => Role::Result,
            () if is(PLAN) => Role::Plan,
            () if is(CONTENT) => Role::Content,
            () => Role::Other,
        };
        roles.push(role);
    }
    let once =
        |role: &Role| *role == Role::Other || roles.iter().filter(|r| *r == role).count() == 1;
    let sound = items > 0 && roles.iter().all(once) && roles.contains(&Role::Sections);
    (sound && roles != USUAL).then_some(roles)
}

pub(super) const ITEM: &[&str] = &[
    "項目",
    "番号",
    "No",
    "No.",
    "№",
    "柱",
    "体系",
    "取組名",
    "名称",
];
pub(super) const SECTIONS: &[&str] = &[
    "担当課",
    "担当部署",
    "所管課",
    "推進課",
    "主管課",
    "所管部署",
    "担当",
];
pub(super) const GRADE: &[&str] = &["評価", "達成度", "進捗度", "判定", "進捗区分"];
pub(super) const CONTENT: &[&str] = &["実施内容", "取組内容", "の内容", "内容"];
pub(super) const PLAN: &[&str] = &["予定", "計画", "目標", "目標値"];
pub(super) const RESULT: &[&str] = &["実績", "実績値", "取組状況", "取組結果", "成果"];

/// A head without its spaces and what stands in parentheses: 令和5(2023)年度当初予定（目標値）.
fn label_of(cell: &str) -> String {
    let mut depth = 0_u32;
    let mut label = String::new();
    for c in narrow(cell).chars() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && !c.is_whitespace() => label.push(c),
            _ => {}
        }
    }
    label
}

/// Is the line the head of the table? It names at least three of the six columns in short cells.
pub(super) fn is_head(line: &str) -> bool {
    const COLUMNS: [&[&str]; 6] = [
        &["項目"],
        &["担当課", "担当部署", "所管課", "推進課"],
        &["評価"],
        &["実施内容", "取組内容"],
        &["当初予定", "取組予定", "実施予定", "年度計画"],
        &["取組実績", "実施実績", "実績値"],
    ];
    if !line.contains('\t') || line.len() > 1200 {
        return false;
    }
    let mut found = [false; 6];
    for cell in line.split('\t').filter(|cell| cell.chars().count() <= 40) {
        let cell: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
        for (names, found) in COLUMNS.iter().zip(found.iter_mut()) {
            *found |= names.iter().any(|name| is_label(&cell, name));
        }
    }
    found.iter().filter(|found| **found).count() >= 3
}

/// Is the cell a label that ends in a word, a closing parenthesis aside? A sentence is none.
fn is_label(cell: &str, word: &str) -> bool {
    label_of(cell).ends_with(word) && !cell.contains(['。', '、', '・'])
}
