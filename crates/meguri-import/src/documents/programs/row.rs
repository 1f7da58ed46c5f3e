//! From blocks to programmes.

use super::block::{Block, Under};
use super::columns::{self, Column};
use super::directions::{self, Doubt};
use super::lines::{Doc, Piece};
use super::paragraphs::{Paragraph, paragraphs};
use super::printed::{Program, ProgramsReading};
use super::scale;
use super::walk::Sheet;
use super::wording::{FULL, close_name, width};
use crate::printed::{Cell, Unresolved};
use crate::text::join::join_wrapped;
use meguri_core::text::is_dash_cell;
use std::collections::{HashMap, HashSet};

/// A block with its name and grade taken out.
struct Row {
    program: Program,
    paragraphs: Vec<Paragraph>,
    line: u32,
    under: Option<Under>,
    grades: Vec<String>,
    /// The line of a dash behind everything else: it says that there is no grade, or no issue.
    dash: Option<u32>,
    /// Text behind the last column, with its line: of no column of this row.
    stray: Option<(String, u32)>,
}

/// Reads all blocks: first their paragraphs, then the widths of the columns, then the columns.
pub(super) fn read_all(sheet: &mut Sheet<'_>, doc: &Doc<'_>, reading: &mut ProgramsReading) {
    let mut blocks = std::mem::take(&mut sheet.blocks);
    let scale = sheet.scale.as_slice();
    hand_back_grades(&mut blocks, scale);
    let mut parts: Vec<Parts<'_>> = blocks
        .into_iter()
        .map(|block| Parts::of(block, doc.spaced, scale))
        .collect();
    find_lost_names(&mut parts);
    let rows: Vec<Row> = parts
        .into_iter()
        .map(|parts| Row::of(parts, doc.spaced))
        .collect();
    let mut tables: HashMap<Option<String>, Vec<usize>> = HashMap::new();
    for (index, row) in rows.iter().enumerate() {
        let kind = row.program.kind.as_ref().map(|kind| kind.value().clone());
        tables.entry(kind).or_default().push(index);
    }
    let mut assigned: Vec<Vec<Column>> = vec![Vec::new(); rows.len()];
    let mut scheduled = vec![false; rows.len()];
    let mut doubtful: Vec<Vec<bool>> = vec![Vec::new(); rows.len()];
    for (kind, members) in &tables {
        let table: Vec<(&[Paragraph], bool)> = members
            .iter()
            .filter_map(|index| rows.get(*index))
            .map(|row| (row.paragraphs.as_slice(), true))
            .collect();
        let with_items = has_items(kind.as_deref(), &table);
        let table: Vec<_> = table
            .into_iter()
            .map(|(row, _)| (row, with_items))
            .collect();
        let widths = columns::learn(&table);
        for (index, (row, _)) in members.iter().zip(&table) {
            assigned[*index] = columns::assign(row, with_items, &widths);
            doubtful[*index] = columns::doubtful(row, &assigned[*index], &widths);
            scheduled[*index] = with_items;
        }
    }
    let mut seen = Seen::default();
    let mut doubts = Vec::new();
    let placed = assigned.into_iter().zip(doubtful);
    for ((row, placed), scheduled) in rows.into_iter().zip(placed).zip(scheduled) {
        row.finish(
            (&placed.0, &placed.1),
            scheduled,
            reading,
            &mut seen,
            &mut doubts,
        );
    }
    directions::settle(&doubts, sheet.disordered, reading);
}

/// Has the table of a kind the columns 取組項目 and 年度スケジュール? Its rows show the empty cells.
fn has_items(kind: Option<&str>, table: &[(&[Paragraph], bool)]) -> bool {
    let gaps = table
        .iter()
        .filter(|(row, _)| row.iter().any(|p| p.gap))
        .count();
    match kind {
        Some(kind) if kind.contains("検討") => gaps * 2 > table.len(),
        Some(_) => true,
        None => gaps > 0,
    }
}

/// A block whose name and grade are found and still among its pieces.
struct Parts<'a> {
    block: Block<'a>,
    pieces: Vec<Piece<'a>>,
    /// How many of the pieces are the name.
    named: usize,
    grade: Option<Cell<String>>,
    grades: Vec<String>,
    stray: Option<(String, u32)>,
}

impl<'a> Parts<'a> {
    fn of(mut block: Block<'a>, spaced: bool, scale: &[String]) -> Self {
        let mut pieces = std::mem::take(&mut block.pieces);
        let stray = take_stray(&mut pieces, scale);
        let (pieces, grade, grades) = take_grade(pieces, spaced, scale);
        let named = name_length(&pieces, spaced);
        Self {
            block,
            pieces,
            named,
            grade,
            grades,
            stray,
        }
    }

    fn kind(&self) -> Option<String> {
        self.block.kind.as_ref().map(|kind| kind.value().clone())
    }

    /// Does a list stand right behind the name?
    fn lists_at_once(&self) -> bool {
        let behind = self.pieces.get(self.named);
        behind.is_none_or(|piece| piece.bulleted().is_some())
    }

    /// How wide the widest line of the name is.
    fn name_width(&self) -> Option<u32> {
        let name = self.pieces.get(..self.named)?;
        let lines = name.iter().map(|piece| width(&close_name(piece.text)));
        lines.max()
    }
}

/// The column of names is narrow, and that behind it has no bullets where most rows have none there.
/// Where the first lines of a row are much wider than the names of the others, and a list follows at
/// once, they are those of the next column: the name is lost. No name is a sentence.
fn find_lost_names(parts: &mut [Parts<'_>]) {
    let mut widths: Vec<u32> = parts.iter().filter_map(Parts::name_width).collect();
    let mut follows: HashMap<Option<String>, (usize, usize)> = HashMap::new();
    for row in parts.iter() {
        let (plain, all) = follows.entry(row.kind()).or_default();
        *plain += usize::from(!row.lists_at_once());
        *all += 1;
    }
    let mostly = follows
        .into_iter()
        .filter(|(_, (plain, all))| *plain > 0 && plain * 2 >= *all);
    let plain: HashSet<Option<String>> = mostly.map(|(kind, _)| kind).collect();
    let middle = widths.len() / 2;
    let usual = match widths.len() {
        0..=2 => None,
        _ => Some(*widths.select_nth_unstable(middle).1),
    };
    for row in parts.iter_mut() {
        let wide = row
            .name_width()
            .zip(usual)
            .is_some_and(|(own, usual)| own > usual + usual / 2 + 2 * FULL);
        let wide = wide && row.lists_at_once() && plain.contains(&row.kind());
        let name = row.pieces.get(..row.named).unwrap_or_default();
        if wide || name.iter().any(|piece| piece.text.contains('。')) {
            row.named = 0;
        }
    }
}

impl Row {
    fn of(parts: Parts<'_>, spaced: bool) -> Self {
        let Parts {
            block,
            pieces,
            named,
            grade,
            grades,
            stray,
        } = parts;
        let last = pieces.last().filter(|piece| is_dash_cell(piece.text));
        let dash = last.map(|piece| piece.line);
        let (name, cells) = pieces.split_at_checked(named).unwrap_or((&pieces, &[]));
        let program = Program {
            no: block.no,
            kind: block.kind,
            name: join_name(name),
            grade,
            ..Program::default()
        };
        Self {
            program,
            paragraphs: paragraphs(cells, spaced),
            line: block.line,
            under: block.under,
            grades,
            dash,
            stray,
        }
    }

    fn finish(
        self,
        (columns, doubtful): (&[Column], &[bool]),
        scheduled: bool,
        reading: &mut ProgramsReading,
        seen: &mut Seen,
        doubts: &mut Vec<Doubt>,
    ) {
        let mut program = self.program;
        let mut loose: Vec<Paragraph> = Vec::new();
        let placed = columns.iter().zip(doubtful);
        for (paragraph, (column, doubtful)) in self.paragraphs.into_iter().zip(placed) {
            // A printed dash says that there is nothing.
            if is_dash_cell(&paragraph.text) {
                continue;
            }
            if *doubtful {
                loose.push(paragraph);
                continue;
            }
            let cells = match column {
                Column::Orientation => &mut program.orientation,
                Column::Items => &mut program.items,
                Column::Plan => &mut program.initial_plan,
                Column::Achievements => &mut program.achievements,
                Column::Issues => &mut program.issues,
            };
            cells.push(paragraph.cell());
        }
        if scheduled && self.grades.is_empty() && !program.issues.is_empty() {
            program.grade = self.dash.map(|line| Cell::layout("-".to_owned(), line));
        }
        let sure = self.under.filter(|under| under.jump.is_none());
        program.direction = sure.map(|under| Cell::layout(under.no, under.line));
        if seen.again(&program, reading) {
            return;
        }
        let place = place(&program, reading.programs.len());
        let lost = Lost {
            place: &place,
            line: self.line,
        };
        if sure.is_none() {
            doubts.push(Doubt {
                program: reading.programs.len(),
                line: self.line,
                under: self.under,
            });
        }
        for paragraph in loose {
            let why = "隣の欄が本文から失われているため、どの欄の文か決められません。";
            let lost = Lost {
                place: &place,
                line: paragraph.line,
            };
            let entry = lost.entry("text", vec![paragraph.text], why);
            reading.unresolved.push(entry);
        }
        if let Some((text, line)) = self.stray {
            let why = "評価の欄より後ろにあり、どの欄の文か分かりません。";
            let lost = Lost {
                place: &place,
                line,
            };
            reading.unresolved.push(lost.entry("text", vec![text], why));
        }
        if program.no.is_none() {
            let before = reading.programs.last().and_then(|p| p.no.as_ref());
            let next = before.and_then(|no| no.value().checked_add(1));
            let candidates = next.map(|no| no.to_string()).into_iter().collect();
            let why = "プログラムの番号が本文から失われています。";
            reading.unresolved.push(lost.entry("no", candidates, why));
        }
        lost.fields(&program, scheduled, &self.grades, &mut reading.unresolved);
        reading.programs.push(program);
    }
}

pub(super) fn place(program: &Program, index: usize) -> String {
    match &program.no {
        Some(no) => format!("program {}", no.value()),
        None => format!("program row {}", index + 1),
    }
}

/// The programmes read so far, to leave out pages that come twice.
#[derive(Default)]
struct Seen(HashMap<(Option<u32>, Option<String>), Vec<usize>>);

impl Seen {
    fn again(&mut self, program: &Program, reading: &ProgramsReading) -> bool {
        let key = (
            program.no.as_ref().map(|no| *no.value()),
            program.name.as_ref().map(|name| name.value().clone()),
        );
        let known = self.0.entry(key).or_default();
        let same = |index: &usize| {
            reading
                .programs
                .get(*index)
                .is_some_and(|other| says_the_same(program, other))
        };
        // A few versions of one row are compared; more are no paper's.
        if known.iter().take(8).any(same) {
            return true;
        }
        known.push(reading.programs.len());
        false
    }
}

fn says_the_same(one: &Program, other: &Program) -> bool {
    let lists = |p: &Program| -> Vec<String> {
        [
            &p.orientation,
            &p.items,
            &p.initial_plan,
            &p.achievements,
            &p.issues,
        ]
        .into_iter()
        .flatten()
        .map(|cell| cell.value().clone())
        .collect()
    };
    let grade = |p: &Program| p.grade.as_ref().map(|g| g.value().clone());
    grade(one) == grade(other) && lists(one) == lists(other)
}

/// The column of the grades is the last: a lone grade before the first list of a row is that of the
/// row before, where that has none.
fn hand_back_grades(blocks: &mut [Block<'_>], scale: &[String]) {
    let is_grade = |piece: &Piece<'_>| {
        scale::lone_grade(piece.text, scale).is_some()
            || scale::closing_grade(piece.text, scale).is_some()
    };
    for at in 1..blocks.len() {
        let (before, from) = blocks.split_at_mut(at);
        let (Some(before), Some(block)) = (before.last_mut(), from.first_mut()) else {
            continue;
        };
        let head = block.pieces.iter().take_while(|p| p.bulleted().is_none());
        let early = head
            .clone()
            .position(|p| scale::lone_grade(p.text, scale).is_some());
        if let Some(early) = early
            && block.kind == before.kind
            && !before.pieces.iter().any(is_grade)
        {
            before.pieces.push(block.pieces.remove(early));
        }
    }
}

/// Takes off what stands behind a row's grade, the last column: plain text belongs to no column.
fn take_stray(pieces: &mut Vec<Piece<'_>>, scale: &[String]) -> Option<(String, u32)> {
    let grade = pieces
        .iter()
        .rposition(|piece| scale::lone_grade(piece.text, scale).is_some())?;
    let whole = grade
        .checked_sub(1)
        .and_then(|before| pieces.get(before))
        .is_some_and(|piece| piece.ends && piece.text.ends_with('。'));
    let behind = pieces.get(grade + 1..)?;
    let first = behind.first()?.line;
    if !whole || behind.iter().any(|piece| piece.bulleted().is_some()) {
        return None;
    }
    let text = join_wrapped(behind.iter().map(|piece| piece.text));
    pieces.truncate(grade + 1);
    Some((text, first))
}

/// Takes the grade out of a block: alone on its line, or at the end of one. Where two different
/// ones stand in one row, none is taken and both are given back.
fn take_grade<'a>(
    mut pieces: Vec<Piece<'a>>,
    spaced: bool,
    scale: &[String],
) -> (Vec<Piece<'a>>, Option<Cell<String>>, Vec<String>) {
    let mut found: Vec<(&str, u32)> = Vec::new();
    pieces.retain(|piece| match scale::lone_grade(piece.text, scale) {
        Some(grade) => {
            found.push((grade, piece.line));
            false
        }
        None => true,
    });
    if found.is_empty() {
        let closing = pieces.iter_mut().rev().find_map(|piece| {
            let (text, grade) =
                scale::closing_grade(piece.text, scale).filter(|_| piece.ends || !spaced)?;
            piece.text = text;
            Some((grade, piece.line))
        });
        found.extend(closing);
    }
    let grades: Vec<String> = found.iter().map(|(grade, _)| (*grade).to_owned()).collect();
    let agreed = found
        .last()
        .filter(|(grade, _)| grades.iter().all(|other| other == grade))
        .map(|(grade, line)| Cell::layout((*grade).to_owned(), *line));
    (pieces, agreed, grades)
}

/// How many of a row's pieces are its name: the first paragraph, and further short ones in
/// parentheses or before a list.
fn name_length(pieces: &[Piece<'_>], spaced: bool) -> usize {
    let plain = pieces
        .iter()
        .take_while(|piece| piece.bulleted().is_none())
        .take_while(|piece| !piece.before.is_gap())
        .count();
    let head = pieces.get(..plain).unwrap_or_default();
    if !spaced {
        let first = head.first().map_or(0, |piece| width(piece.text));
        let wider = |piece: &Piece<'_>| width(piece.text) > first + first / 2 + FULL;
        return head.iter().position(wider).unwrap_or(plain);
    }
    let mut length = paragraph_length(head, 0);
    let widest = |part: &[Piece<'_>]| part.iter().map(|p| width(p.text)).max().unwrap_or(0);
    let bound = widest(head.get(..length).unwrap_or_default()).max(8 * FULL) + FULL;
    while length < plain {
        let next = length + paragraph_length(head, length);
        let part = head.get(length..next).unwrap_or_default();
        let bracket = part
            .first()
            .is_some_and(|p| p.text.starts_with(['（', '(']));
        let apart = part.first().is_some_and(|p| p.before.spacers > 0);
        let before_list = pieces.get(next).is_none_or(|p| p.bulleted().is_none());
        if apart || widest(part) > bound || !(bracket || before_list) {
            break;
        }
        length = next;
    }
    length
}

/// The pieces of the paragraph that begins at one.
fn paragraph_length(pieces: &[Piece<'_>], from: usize) -> usize {
    let rest = pieces.get(from..).unwrap_or_default();
    rest.iter()
        .position(|piece| piece.ends)
        .map_or(rest.len(), |end| end + 1)
}

/// The name over its lines.
pub(super) fn join_name(pieces: &[Piece<'_>]) -> Option<Cell<String>> {
    let first = pieces.first()?;
    let lines: Vec<String> = pieces.iter().map(|piece| close_name(piece.text)).collect();
    Some(Cell::printed(
        join_wrapped(lines.iter().map(String::as_str)),
        first.line,
    ))
}

/// Names what a row lacks.
struct Lost<'a> {
    place: &'a str,
    line: u32,
}

impl Lost<'_> {
    fn entry(&self, field: &str, candidates: Vec<String>, why: &str) -> Unresolved {
        Unresolved {
            place: self.place.to_owned(),
            field: field.to_owned(),
            candidates,
            why: why.to_owned(),
            line: self.line,
        }
    }

    fn fields(
        &self,
        program: &Program,
        scheduled: bool,
        grades: &[String],
        unresolved: &mut Vec<Unresolved>,
    ) {
        let mut lost = |missing: bool, field: &str, why: &str| {
            if missing {
                unresolved.push(self.entry(field, Vec::new(), why));
            }
        };
        let kind = "表の見出しがないため、実施・検討の別が分かりません。";
        lost(program.kind.is_none(), "kind", kind);
        let name = "プログラム名が本文から失われています。";
        lost(program.name.is_none(), "name", name);
        let lists = [
            ("orientation", &program.orientation, "主な方向性"),
            ("initial_plan", &program.initial_plan, "年度当初予定"),
            ("achievements", &program.achievements, "これまでの実績"),
            ("issues", &program.issues, "今後に向けた課題・改善点"),
        ];
        for (field, cells, title) in lists {
            let why = format!("「{title}」に当たる文が本文に見当たりません。");
            lost(cells.is_empty(), field, &why);
        }
        let items = "「取組項目」に当たる項目が本文に見当たりません。";
        lost(scheduled && program.items.is_empty(), "items", items);
        if scheduled && program.grade.is_none() {
            let candidates = grades.to_vec();
            let why = if candidates.is_empty() {
                "評価が本文から失われています。"
            } else {
                "一つの行に異なる評価が並んでいるため、どれか決められません。"
            };
            unresolved.push(self.entry("grade", candidates, why));
        }
    }
}
