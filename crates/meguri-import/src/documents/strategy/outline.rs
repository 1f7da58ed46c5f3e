//! Puts measures where they belong: goal, group, measure, year. What a lost page or a torn row
//! leaves without a place goes to the list of what is unresolved.

use super::front::{self, Context, Demand, Front, Heading};
use super::headless;
use super::numbers::Numbers;
use super::open::Open;
use super::printed::{StrategyGoal, StrategyGroup, StrategyMeasure, StrategyReading};
use super::rows::{Row, Rows};
use super::words::goal_heading;
use crate::printed::{Cell, Unresolved};
use crate::text::bullets::is_bullet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::text::name_key;
use std::collections::HashMap;

/// How many rows that may end a front are tried between two headings of years.
const MAX_TRIES: usize = 8;

/// The reading in the making.
pub(super) struct Outline {
    marked: bool,
    bulleted: bool,
    numbers: Numbers,
    reading: StrategyReading,
    goals: HashMap<(u32, String), usize>,
    groups: HashMap<(usize, String), usize>,
    measures: HashMap<(usize, usize, u32), usize>,
    goal: Option<usize>,
    group: Option<usize>,
    /// Number and page of the measure before.
    last_no: u32,
    last_page: u32,
    open: Option<Open>,
}

impl Outline {
    pub(super) fn new(rows: &Rows<'_>, numbers: Numbers) -> Self {
        Self {
            marked: rows.marked,
            bulleted: rows.rows.iter().any(|row| row.text.starts_with(is_bullet)),
            numbers,
            reading: StrategyReading::default(),
            goals: HashMap::new(),
            groups: HashMap::new(),
            measures: HashMap::new(),
            goal: None,
            group: None,
            last_no: 0,
            last_page: 0,
            open: None,
        }
    }

    /// Takes the rows between two headings of years. `next`: the year of the second heading, `None`
    /// at the end of the document.
    pub(super) fn take(&mut self, rows: &[Row<'_>], next: Option<FiscalYear>) {
        let mut rest = rows;
        let mut tries = 0;
        let mut index = 0;
        // A front may be followed by other text than a year's: a measure without years, or the end
        // of a content that a page has broken.
        while index + 1 < rest.len() && tries < MAX_TRIES {
            let closes = rest.get(index).is_some_and(front::may_close);
            let gap = rest.get(index + 1).is_some_and(|row| row.gap);
            index += 1;
            if !closes || !gap {
                continue;
            }
            tries += 1;
            let (above, below) = rest.split_at_checked(index).unwrap_or((rest, &[]));
            if let Some(front) = front::find(above, self.context(Demand::Sure)) {
                self.text(above.get(..front.start).unwrap_or_default());
                self.open_front(front);
                (rest, index, tries) = (below, 0, 0);
            }
        }
        self.take_end(rest, next);
    }

    fn context(&self, demand: Demand) -> Context {
        Context {
            marked: self.marked,
            bulleted: self.bulleted,
            numbers: self.numbers,
            expected: self.last_no.saturating_add(1),
            demand,
        }
    }

    /// Takes the rows right before the heading of a year or the end of the document.
    fn take_end(&mut self, rows: &[Row<'_>], next: Option<FiscalYear>) {
        let demand = match (next, &self.open) {
            (None, _) => Demand::Cut,
            (Some(year), Some(open)) if !open.has(year) => Demand::Likely,
            (Some(_), _) => Demand::Due,
        };
        if let Some(front) = front::find(rows, self.context(demand)) {
            self.text(rows.get(..front.start).unwrap_or_default());
            self.open_front(front);
        } else if let Some(year) = next {
            if self.open.as_ref().is_none_or(|open| open.has(year)) {
                self.open_headless(rows);
            } else {
                self.text(rows);
            }
        } else {
            let (start, headings) = front::trailing_headings(rows, self.context(Demand::Cut));
            self.text(rows.get(..start).unwrap_or_default());
            if !headings.is_empty() {
                self.close();
            }
            headings.into_iter().for_each(|heading| self.head(heading));
        }
    }

    /// Begins a year of the open measure; `rest` is what stands on the row of its heading.
    pub(super) fn begin_year(&mut self, year: FiscalYear, row: &Row<'_>, rest: &str) {
        if let Some(open) = &mut self.open {
            open.close_year();
            open.year = Some(year);
            open.reached = row.page;
            if !rest.is_empty() {
                open.items.push(&Row { text: rest, ..*row });
            }
        }
    }

    pub(super) fn finish(mut self) -> StrategyReading {
        self.close();
        self.reading
    }

    /// Text of the year that is open, the end of a content, or rows that belong to nothing.
    fn text(&mut self, rows: &[Row<'_>]) {
        // The heading of a goal is no text of anything, whatever stands between it and the measure.
        let heading = |row: &Row<'_>| goal_heading(row.text).filter(|_| row.gap);
        let found = rows
            .iter()
            .enumerate()
            .find_map(|(at, row)| Some((at, row.line, heading(row)?)));
        let Some((at, line, (no, name))) = found else {
            self.plain_text(rows);
            return;
        };
        self.plain_text(rows.get(..at).unwrap_or_default());
        self.close();
        let (no, name) = (Cell::printed(no, line), Cell::printed(name, line));
        self.head(Heading::Goal(no, name));
        self.text(rows.get(at + 1..).unwrap_or_default());
    }

    fn plain_text(&mut self, rows: &[Row<'_>]) {
        let rest = match &mut self.open {
            Some(open) if open.year.is_some() => {
                open.text(rows);
                return;
            }
            Some(open) => match open.content_open.take() {
                Some(width) => open.content(rows, width),
                None => rows,
            },
            None => rows,
        };
        self.leftover(rest);
    }

    fn leftover(&mut self, rows: &[Row<'_>]) {
        let Some(first) = rows.first() else {
            return;
        };
        let why = if self.open.is_some() {
            "年度の見出し（【…年度】）がないため、どの年度の記述か決められません。"
        } else {
            "どの施策の記述か、文書から読み取れません（ページの欠落又は途中からの文書）。"
        };
        let place = self.place();
        self.unresolved(place, "progress", candidates(rows), why, first.line);
    }

    /// A measure whose number and name the text does not hold: its page is missing or torn.
    fn open_headless(&mut self, rows: &[Row<'_>]) {
        let found = headless::split(rows, self.open.is_some(), self.context(Demand::Due));
        self.text(found.before);
        self.close();
        found
            .headings
            .into_iter()
            .for_each(|heading| self.head(heading));
        let last = rows.last();
        let line = found.loose.first().or(last).map_or(1, |row| row.line);
        let why = "施策の番号・名称が文書から読み取れません（ページの欠落又は途中からの文書）。";
        let place = self.place();
        self.unresolved(place, "name", candidates(&found.loose), why, line);
        let page = last.map_or(self.last_page, |row| row.page);
        self.open = Some(Open {
            content_open: found.content_open,
            ..Open::new(found.measure, line, page)
        });
        // The number that is lost counts, so that the next one is in turn.
        self.last_no = self.last_no.saturating_add(1);
    }

    fn open_front(&mut self, front: Front) {
        self.close();
        let headed = !front.headings.is_empty();
        front
            .headings
            .into_iter()
            .for_each(|heading| self.head(heading));
        let no = front.measure.no.as_ref().map_or(0, |no| *no.value());
        let expected = if headed {
            1
        } else {
            self.last_no.saturating_add(1)
        };
        if no != expected && self.last_page != front.page {
            let why = format!(
                "施策番号{expected}の次のページが施策番号{no}から始まっています。ページが欠けていないか、\
                 見出しが失われていないかを確認してください。"
            );
            let place = self.place();
            self.unresolved(place, "no", Vec::new(), &why, front.line);
        }
        self.missing_cells(&front.measure, front.line, no);
        self.open = Some(Open {
            content_open: front.content_open,
            ..Open::new(front.measure, front.line, front.page)
        });
        self.last_no = no;
    }

    /// Reports the cells that a front should have and has not.
    fn missing_cells(&mut self, measure: &StrategyMeasure, line: u32, no: u32) {
        let missing = [
            ("name", measure.name.is_none()),
            ("content", measure.content.is_none()),
            (
                "sections",
                measure.sections.is_empty() && measure.related_sections.is_empty(),
            ),
            ("status", measure.status.is_none()),
        ];
        for (field, _) in missing.into_iter().filter(|(_, missing)| *missing) {
            let place = format!("{} measure {no}", self.place());
            let why = "この欄の文字が文書から読み取れません。";
            self.unresolved(place, field, Vec::new(), why, line);
        }
    }

    fn head(&mut self, heading: Heading) {
        match heading {
            Heading::Goal(no, name) => self.open_goal(no, name),
            Heading::Group(no, name) => self.open_group(no, name),
        }
        self.last_no = 0;
    }

    /// A heading that stands in the text twice is one goal.
    fn open_goal(&mut self, no: Cell<u32>, name: Cell<String>) {
        let key = (*no.value(), name_key(name.value()));
        let named = !name.value().is_empty();
        let line = name.line();
        let index = *self.goals.entry(key).or_insert(self.reading.goals.len());
        if index == self.reading.goals.len() {
            self.reading.goals.push(StrategyGoal {
                no: Some(no),
                name: Some(name).filter(|_| named),
                groups: Vec::new(),
            });
        }
        self.goal = Some(index);
        self.group = None;
        if !named {
            let why = "基本目標の名称が文書から読み取れません。";
            let place = self.place();
            self.unresolved(place, "name", Vec::new(), why, line);
        }
    }

    fn open_group(&mut self, no: Cell<String>, name: Cell<String>) {
        let mut goal = self.goal_or_unknown();
        let key = name_key(name.value());
        if let Some(index) = self.groups.get(&(goal, no.value().clone())).copied() {
            let same = |group: &StrategyGroup| {
                group
                    .name
                    .as_ref()
                    .is_some_and(|name| name_key(name.value()) == key)
            };
            if self.group_at(goal, index).is_some_and(same) {
                self.group = Some(index);
                return;
            }
            let place = format!("group {}", no.value());
            let why = "同じ番号の別の見出しが既にあるため、どの基本目標に属するか決められません。";
            self.unresolved(place, "goal", vec![name.value().clone()], why, name.line());
            goal = self.unknown_goal();
        }
        let Some(groups) = self
            .reading
            .goals
            .get_mut(goal)
            .map(|goal| &mut goal.groups)
        else {
            return;
        };
        self.groups.insert((goal, no.value().clone()), groups.len());
        self.group = Some(groups.len());
        groups.push(StrategyGroup {
            no: Some(no),
            name: Some(name),
            measures: Vec::new(),
        });
    }

    fn group_at(&self, goal: usize, group: usize) -> Option<&StrategyGroup> {
        self.reading.goals.get(goal)?.groups.get(group)
    }

    fn goal_or_unknown(&mut self) -> usize {
        match self.goal {
            Some(goal) => goal,
            None => self.unknown_goal(),
        }
    }

    fn unknown_goal(&mut self) -> usize {
        let index = self.reading.goals.len();
        self.reading.goals.push(StrategyGoal::default());
        self.goal = Some(index);
        self.group = None;
        index
    }

    /// A group whose heading the text has lost. `line`: of its first measure.
    fn unknown_group(&mut self, line: u32) -> (usize, usize) {
        let goal = self.goal_or_unknown();
        self.group = None;
        let why = "この施策が属するまとまり（①、②など）の見出しが文書から読み取れません。";
        let place = self.place();
        self.unresolved(place, "group", Vec::new(), why, line);
        let groups = self
            .reading
            .goals
            .get_mut(goal)
            .map(|goal| &mut goal.groups);
        let index = groups.map_or(0, |groups| {
            groups.push(StrategyGroup::default());
            groups.len() - 1
        });
        self.group = Some(index);
        (goal, index)
    }

    /// Puts the open measure into its group. One that stands in the text twice is one measure.
    fn close(&mut self) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        open.close_year();
        let turned = std::mem::replace(&mut self.last_page, open.page) != open.page;
        let (mut goal, mut group) = match (self.goal, self.group) {
            (Some(goal), Some(group)) => (goal, group),
            _ => self.unknown_group(open.line),
        };
        let no = open.measure.no.as_ref().map(|no| *no.value());
        if let Some(no) = no {
            match self.earlier(goal, group, no) {
                Some(earlier) if same_measure(earlier, &open.measure) => return,
                Some(_) => {
                    let why = "同じ番号の別の施策が既にあります。見出しの欠落か番号の誤りを\
                               確認してください。";
                    let place = format!("{} measure {no}", self.place());
                    self.unresolved(place, "group", Vec::new(), why, open.line);
                    // A number that starts again has lost its heading; others may be slips.
                    if turned || no == 1 {
                        (goal, group) = self.unknown_group(open.line);
                    }
                }
                None => {}
            }
        }
        let groups = self
            .reading
            .goals
            .get_mut(goal)
            .map(|goal| &mut goal.groups);
        if let Some(place) = groups.and_then(|groups| groups.get_mut(group)) {
            if let Some(no) = no {
                self.measures
                    .entry((goal, group, no))
                    .or_insert(place.measures.len());
            }
            place.measures.push(open.measure);
        }
    }

    fn earlier(&self, goal: usize, group: usize, no: u32) -> Option<&StrategyMeasure> {
        let index = *self.measures.get(&(goal, group, no))?;
        self.group_at(goal, group)?.measures.get(index)
    }

    /// The place reached, in the words of the reading.
    fn place(&self) -> String {
        let Some(goal) = self.goal.and_then(|goal| self.reading.goals.get(goal)) else {
            return "document".to_owned();
        };
        let number = goal
            .no
            .as_ref()
            .map_or("?".to_owned(), |no| no.value().to_string());
        let group = self.group.and_then(|group| goal.groups.get(group));
        match group {
            Some(group) => {
                let mark = group.no.as_ref().map_or("?", |no| no.value().as_str());
                format!("goal {number} group {mark}")
            }
            None => format!("goal {number}"),
        }
    }

    fn unresolved(
        &mut self,
        place: String,
        field: &str,
        candidates: Vec<String>,
        why: &str,
        line: u32,
    ) {
        self.reading.unresolved.push(Unresolved {
            place,
            field: field.to_owned(),
            candidates,
            why: why.to_owned(),
            line,
        });
    }
}

/// Do two measures say the same, wherever they stand?
fn same_measure(a: &StrategyMeasure, b: &StrategyMeasure) -> bool {
    fn value(cell: Option<&Cell<String>>) -> Option<&String> {
        cell.map(Cell::value)
    }
    let items = |measure: &StrategyMeasure| -> Vec<(FiscalYear, Vec<String>)> {
        let years = measure.progress.0.iter();
        years
            .map(|(year, items)| {
                let items = items.iter().flatten().map(|item| item.value().clone());
                (*year, items.collect())
            })
            .collect()
    };
    value(a.name.as_ref()) == value(b.name.as_ref())
        && value(a.content.as_ref()) == value(b.content.as_ref())
        && value(a.status.as_ref()) == value(b.status.as_ref())
        && items(a) == items(b)
}

/// The rows as pieces of text to look at, no more than a person can look through.
fn candidates(rows: &[Row<'_>]) -> Vec<String> {
    rows.iter()
        .take(40)
        .map(|row| row.text.to_owned())
        .collect()
}
