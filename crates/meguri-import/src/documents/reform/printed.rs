//! What a reform plan's progress list prints, as printed.

use crate::printed::{Cell, Unread, Unresolved};
use serde::Serialize;

/// A progress list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReformReading {
    /// The evaluated fiscal year.
    pub fiscal_year: Option<Cell<String>>,
    /// The items in order.
    pub items: Vec<ReformItem>,
    /// What could not be settled.
    pub unresolved: Vec<Unresolved>,
    /// What no part of the reading holds.
    pub unread: Vec<Unread>,
}

/// One item, or one of its sub-items. A list is `None` where its column is lost in the text and
/// empty where the paper prints a dash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReformItem {
    /// Its number.
    pub no: Option<Cell<u32>>,
    /// Its name; sub-items have none.
    pub name: Option<Cell<String>>,
    /// The chapter that it stands in.
    pub chapter: Option<Cell<String>>,
    /// 主な推進担当課.
    pub sections: Option<Vec<Cell<String>>>,
    /// 評価.
    pub grade: Option<Cell<String>>,
    /// 実施内容.
    pub content: Option<Vec<Cell<String>>>,
    /// 当初予定.
    pub plan: Option<Vec<Cell<String>>>,
    /// 取組実績.
    pub result: Option<Vec<Cell<String>>>,
    /// The closing parenthesis of the plan, with its parentheses: target figures.
    pub plan_figures: Option<Cell<String>>,
    /// The closing parenthesis of the result: actual figures.
    pub result_figures: Option<Cell<String>>,
    /// The item that this one is listed again from.
    pub reposted_from: Option<Cell<u32>>,
    /// Sub-items; absent on a sub-item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub: Option<Vec<ReformItem>>,
}
