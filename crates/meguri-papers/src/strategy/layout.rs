//! How a tool writes the table out: cell by cell, every cell wrapped at its column's width, white
//! space behind the last line of a paragraph, and the head again on every page.

use super::{Item, Manner, Measure};
use crate::words::CITY;

/// Widths of the columns in half-width characters.
const NAME: usize = 18;
const CONTENT: usize = 31;
const SECTION: usize = 16;
const PROGRESS: usize = 80;
/// A page holds about so many lines.
const PAGE_LINES: usize = 90;

/// The text being written.
pub(super) struct Sheet {
    pub(super) text: String,
    head: String,
    lines: usize,
    /// The headings and measures of the page so far: a heading never ends a page.
    headed: bool,
}

impl Sheet {
    pub(super) fn new(manner: &Manner) -> Self {
        let (era, year, _) = manner
            .years
            .last()
            .cloned()
            .unwrap_or(("令和", 4, String::new()));
        let head = format!(
            "施策 \n\n番号 \n名称 内容 \n\n所管課 \n\n（関連課） \n\
             進捗状況 {era} {year}年度までの実施等状況 \n\n"
        );
        let title = format!(" {CITY}まち・ひと・しごと創生総合戦略 進捗状況一覧表 \n \n\n");
        Self {
            text: title + &head,
            head,
            lines: 0,
            headed: true,
        }
    }

    pub(super) fn goal(&mut self, manner: &mut Manner, no: usize, name: &str) {
        self.turn_if_full(manner);
        let digits: String = no.to_string().chars().map(wide).collect();
        let (gap, end) = if manner.tears() { (" ", " ") } else { ("", "") };
        self.line(&format!("基本目標{digits}{gap}「{name}」{end} "));
        self.line("");
        self.headed = true;
    }

    pub(super) fn group(&mut self, mark: char, name: &str) {
        self.line(&format!("{mark} {name} "));
        self.line("");
        self.headed = true;
    }

    pub(super) fn measure(&mut self, manner: &mut Manner, measure: &Measure) {
        if !self.headed {
            self.turn_if_full(manner);
        }
        self.headed = false;
        self.name(manner, measure);
        let mut rest = self.content(manner, measure);
        self.sections(manner, measure);
        if manner.one_in(3) {
            self.go_on(&std::mem::take(&mut rest));
        }
        let years = manner.years.clone();
        let last = years.len();
        for (index, ((era, year, _), items)) in years.iter().zip(&measure.progress).enumerate() {
            self.line(&format!("【{era} {year}年度】 "));
            self.items(manner, items, if index == 0 { &rest } else { &[] });
            if index + 1 < last {
                if manner.tears() {
                    self.line("");
                }
                self.line(" ");
            }
        }
        self.line("");
    }

    fn name(&mut self, manner: &mut Manner, measure: &Measure) {
        let lines = wrap(&measure.name, NAME);
        if let [only] = lines.as_slice() {
            self.line(&format!("{} {only} ", measure.no));
            self.line("");
            return;
        }
        self.line(&format!("{} ", measure.no));
        if lines.len() > 2 {
            self.line("");
        }
        // A blank line stands between the lines of a name, letters are spaced to fill a line.
        let apart = manner.tears();
        let last = lines.len() - 1;
        for (index, line) in lines.iter().enumerate() {
            let spaced = index < last && manner.tears() && manner.one_in(4);
            let text = if spaced {
                letter_spaced(line)
            } else {
                line.clone()
            };
            self.line(&if index == last {
                format!("{text} ")
            } else {
                text
            });
            if apart || index == last {
                self.line("");
            }
        }
    }

    /// Writes the content. Where the page ends within it, gives the lines of the next page.
    fn content(&mut self, manner: &mut Manner, measure: &Measure) -> Vec<String> {
        let (last, above) = measure
            .content
            .split_last()
            .map_or(("", &[][..]), |(l, a)| (l, a));
        for paragraph in above {
            self.paragraph(paragraph, CONTENT);
        }
        let mut lines = wrap(last, CONTENT);
        close(&mut lines);
        let turns = lines.len() > 3 && manner.tears() && manner.one_in(25);
        let rest = if turns {
            lines.split_off(2)
        } else {
            Vec::new()
        };
        // Another tool writes the whole cell before the rest of the page.
        let head = manner.tears() && manner.one_in(25);
        for (index, line) in lines.iter().enumerate() {
            if head && index > 0 && index + 1 == lines.len() {
                self.turn();
            }
            self.line(line);
        }
        self.line("");
        rest
    }

    fn sections(&mut self, manner: &mut Manner, measure: &Measure) {
        let single = measure.sections.len() == 1 && measure.related.is_empty();
        let lines = measure
            .sections
            .first()
            .map_or_else(Vec::new, |name| wrap(name, SECTION));
        if let (true, [only]) = (single, lines.as_slice()) {
            self.line(&format!("{only} {} ", measure.status));
            self.line("");
            return;
        }
        for section in &measure.sections {
            self.paragraph(section, SECTION);
        }
        if !measure.related.is_empty() {
            let list = measure.related.join("、");
            let half = manner.tears() && manner.rng.bool();
            let cell = if half {
                format!("({list})")
            } else {
                format!("（{list}）")
            };
            self.paragraph(&cell, SECTION);
        }
        self.line("");
        self.line(&format!("{} ", measure.status));
        self.line("");
    }

    /// Writes the items of a year; after the first, the page ends where lines of the content wait.
    fn items(&mut self, manner: &mut Manner, items: &[Item], waiting: &[String]) {
        for (index, item) in items.iter().enumerate() {
            if index == 1 || (index == 0 && items.len() == 1) {
                self.go_on(waiting);
            }
            if let Some(subhead) = &item.subhead {
                self.line(&format!("{subhead} "));
            }
            let mut lines = wrap(&format!("・{}", item.text), PROGRESS);
            close(&mut lines);
            for (index, line) in lines.iter().enumerate() {
                // A page may end within a cell, and squeezed lines are followed by a blank one.
                if waiting.is_empty() && index > 0 && manner.tears() && manner.one_in(40) {
                    self.turn();
                }
                self.line(line);
                if manner.tears() && manner.one_in(3) {
                    self.line("");
                }
            }
            if !item.rows.is_empty() {
                self.line("");
            }
            item.rows
                .iter()
                .for_each(|row| self.line(&format!("{row} ")));
        }
    }

    /// The next page, where the content goes on first.
    fn go_on(&mut self, content: &[String]) {
        if content.is_empty() {
            return;
        }
        self.turn();
        content.iter().for_each(|line| self.line(line));
        self.line("");
    }

    fn paragraph(&mut self, text: &str, width: usize) {
        let lines = wrap(text, width);
        let last = lines.len() - 1;
        for (index, line) in lines.iter().enumerate() {
            self.line(&if index == last {
                format!("{line} ")
            } else {
                line.clone()
            });
        }
    }

    fn turn_if_full(&mut self, manner: &mut Manner) {
        if self.lines > PAGE_LINES || manner.one_in(9) && self.lines > PAGE_LINES / 2 {
            self.turn();
        }
    }

    /// A new page: the form feed has become a space.
    fn turn(&mut self) {
        while self.text.ends_with("\n\n") {
            self.text.pop();
        }
        self.text.push(' ');
        self.text.push_str(&self.head);
        self.lines = 0;
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
        self.lines += 1;
    }
}

/// White space behind the last line of a paragraph.
fn close(lines: &mut [String]) {
    if let Some(last) = lines.last_mut() {
        last.push(' ');
    }
}

fn wide(digit: char) -> char {
    digit
        .to_digit(10)
        .and_then(|value| char::from_u32('０' as u32 + value))
        .unwrap_or(digit)
}

fn letter_spaced(line: &str) -> String {
    if line.contains(|c: char| c.is_ascii() || c == '“' || c == '”') {
        return line.to_owned();
    }
    let letters: Vec<String> = line.chars().map(String::from).collect();
    letters.join(" ")
}

/// Wraps a text at a width in half-width characters: figures and Latin words stay whole, and what
/// may not begin a line (禁則) takes the character before it along.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in unbreakable(text) {
        let wide = columns(&word);
        if used + wide > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0;
        }
        let word = if line.is_empty() {
            word.trim_start()
        } else {
            &word
        };
        used += columns(word);
        line.push_str(word);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| {
            if c.is_ascii() || ('ｦ'..='ﾟ').contains(&c) {
                1
            } else {
                2
            }
        })
        .sum()
}

/// The pieces that a line break may stand between.
fn unbreakable(text: &str) -> Vec<String> {
    const NOT_FIRST: &str =
        "、。，．・：；？！）)」』】〕≫”’ー々～％%ぁぃぅぇぉっゃゅょァィゥェォッャュョｰﾞﾟ";
    const NOT_LAST: &str = "（(「『【≪“";
    let mut pieces: Vec<String> = Vec::new();
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, ',' | '.');
    for c in text.chars() {
        let glued = pieces
            .last()
            .and_then(|piece| piece.chars().next_back())
            .is_some_and(|last| {
                NOT_FIRST.contains(c) || NOT_LAST.contains(last) || (word(c) && word(last))
            });
        match pieces.last_mut() {
            Some(piece) if glued => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
    }
    pieces
}
