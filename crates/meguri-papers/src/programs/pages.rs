//! The printed pages, as a tool extracts them.

use super::layout::{chop, space_out, wrap};
use super::plan::{Delayed, Plan, Program};
use super::prose::{full_width, label};
use crate::words::CITY;
use fastrand::Rng;

/// The widths of the columns in full-width characters.
struct Widths {
    name: usize,
    orientation: usize,
    items: usize,
    plan: usize,
    done: usize,
    issues: usize,
}

/// Prints a paper.
pub(super) fn print(rng: &mut Rng, plan: &Plan, tearing: u32) -> String {
    let mut printer = Printer {
        form_feeds: rng.bool(),
        chops: rng.u8(..5) == 0,
        rng,
        tearing,
        out: String::new(),
        labels: 0,
    };
    printer.cover(plan);
    printer.summary(plan);
    printer.delayed(plan);
    printer.table(plan);
    printer.out
}

struct Printer<'r> {
    rng: &'r mut Rng,
    tearing: u32,
    form_feeds: bool,
    /// Lines break anywhere.
    chops: bool,
    out: String,
    /// Labels of schedules that come loose at the end of the page.
    labels: usize,
}

impl Printer<'_> {
    /// Does a tear happen here?
    fn torn(&mut self, percent: u32) -> bool {
        self.rng.u32(..10_000) < self.tearing * percent
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push_str("\n\n");
    }

    /// Takes back the empty line behind the last one.
    fn close_up(&mut self) {
        if self.out.ends_with("\n\n") {
            self.out.pop();
        }
    }

    /// Sets a text in a column.
    fn set(&mut self, text: &str, columns: usize) -> Vec<String> {
        if self.chops {
            chop(text, columns)
        } else {
            wrap(self.rng, text, columns)
        }
    }

    /// A paragraph: a space at the end of its last line.
    fn paragraph(&mut self, lines: &[String]) {
        for (index, line) in lines.iter().enumerate() {
            let end = if index + 1 == lines.len() { " " } else { "" };
            self.line(&format!("{line}{end}"));
        }
    }

    /// A cell of bulleted paragraphs. Letter-spacing hits narrow columns only.
    fn list(&mut self, items: &[String], width: usize, spaceable: bool) {
        for item in items {
            let mut lines = self.set(&format!("・{}", item.trim()), width);
            for (index, line) in lines.iter_mut().enumerate() {
                let plain = line.chars().all(|c| !c.is_ascii());
                if index > 0 && spaceable && plain && line.chars().count() > 3 && self.torn(6) {
                    *line = space_out(line);
                }
            }
            self.paragraph(&lines);
        }
    }

    fn spacer(&mut self, percent: u32) {
        if self.torn(percent) {
            self.line(" ");
        }
    }

    fn page_break(&mut self) {
        if self.form_feeds {
            self.out.push('\u{c}');
        } else {
            self.out.push_str("\n\n");
        }
    }

    fn cover(&mut self, plan: &Plan) {
        let year = plan.year;
        self.out.push('\n');
        self.out.push_str(&format!(
            "{CITY}第2期経営方針推進プログラム\n（令和{year}年度～令和{}年度）進捗状況\n\n【令和{year}年度末】\n\n",
            year + 3
        ));
        self.out.push_str("評価欄の評価の見方について\n");
        for grade in &plan.scale {
            let grade = wide(*grade);
            self.out
                .push_str(&format!("「{grade}」：年度当初の予定に対する進捗\n"));
        }
        self.out.push('\n');
        self.page_break();
        self.line(" ");
        self.line("進捗状況の概要 ");
        self.line(" ");
        self.line("この一覧は、各プログラムの一年間の取組と、その進み具合をまとめた");
        self.line("ものです。 ");
    }

    fn summary(&mut self, plan: &Plan) {
        self.line(&format!(
            "■ 実施プログラムの進捗状況（令和 {}年度末） ",
            plan.year
        ));
        self.line("方向性 ");
        for grade in &plan.scale {
            self.line("当初の予定に対して ");
            self.line("進捗 ");
            self.line(&format!("（{}） ", wide(*grade)));
        }
        for (index, name) in plan.directions.iter().enumerate() {
            let programs = figure(self.rng, plan.size(index));
            let no = figure(self.rng, index + 1);
            if self.torn(10) {
                self.line(&format!("{no} {name}（{programs}プログラム） "));
            } else {
                self.out.push_str(&format!("{no} {name} \n"));
                self.line(&format!("（{programs}プログラム） "));
            }
            let counts: Vec<usize> = plan.scale.iter().map(|g| plan.count(index, *g)).collect();
            self.counts("", &counts);
        }
        let totals = plan.scale.iter().map(|grade| {
            (0..plan.directions.len())
                .map(|direction| plan.count(direction, *grade))
                .sum()
        });
        let totals: Vec<usize> = totals.collect();
        self.counts("計 ", &totals);
        self.line(" ");
    }

    fn counts(&mut self, head: &str, counts: &[usize]) {
        let mut text = head.to_owned();
        for count in counts {
            text.push_str(&figure(self.rng, *count));
            text.push(' ');
        }
        self.line(&text);
    }

    fn delayed(&mut self, plan: &Plan) {
        const HEAD: &str = "No プログラム名 取組内容・要因 今後の対応 ";
        if plan.delayed.is_empty() {
            self.page_break();
            return;
        }
        let count = full_width(u32::try_from(plan.delayed.len()).unwrap_or(u32::MAX));
        self.line(&format!(
            "【参考】予定よりも遅れているプログラム（{count}プログラム） "
        ));
        self.line(HEAD);
        let (name, causes, responses) = (
            self.rng.usize(7..9),
            self.rng.usize(19..24),
            self.rng.usize(8..11),
        );
        for (index, row) in plan.delayed.iter().enumerate() {
            if index > 0 && self.rng.u8(..3) == 0 {
                self.line(" ");
                self.page_break();
                self.line(" ");
                self.line(HEAD);
            }
            self.delayed_row(row, name, causes, responses);
        }
        self.line(" ");
        self.page_break();
    }

    fn delayed_row(&mut self, row: &Delayed, name: usize, causes: usize, responses: usize) {
        let mut lines = self.set(&row.name, name);
        if let Some(first) = lines.first_mut() {
            let no = if row.no < 10 {
                full_width(row.no)
            } else {
                row.no.to_string()
            };
            let text = if self.torn(20) {
                space_out(first)
            } else {
                first.clone()
            };
            *first = format!("{no} {text}");
        }
        self.paragraph(&lines);
        self.list(&row.causes, causes, false);
        self.list(&row.responses, responses, false);
    }

    fn table(&mut self, plan: &Plan) {
        self.line("進捗状況一覧 ");
        self.line(" ");
        let scheduled = plan.programs.iter().filter(|p| p.scheduled).count();
        let (first, second) = plan.programs.split_at(scheduled);
        self.out.push_str(&format!(
            "◆◇実施プログラム◇◆ 速やかに取組に着手する {scheduled}項目のプログラムです。 \n \n\n"
        ));
        let widths = self.scheduled_widths();
        self.rows(plan, first, &widths);
        if second.is_empty() {
            self.loose_labels();
            return;
        }
        if self.rng.bool() {
            self.loose_labels();
            self.page_break();
        } else {
            self.line("  ");
        }
        self.out.push_str(&format!(
            "◇◆検討プログラム◆◇ 具体的な取組への着手に向けて検討を要する{}項目のプログラムです。 \n \n",
            second.len()
        ));
        let widths = self.studied_widths();
        self.rows(plan, second, &widths);
        self.loose_labels();
        if self.rng.bool() {
            self.out
                .push_str("\n\t1-1進捗状況（表紙）\n\t1-2進捗状況の一覧\n");
        }
    }

    fn scheduled_widths(&mut self) -> Widths {
        let issues = self.rng.usize(23..26);
        let done = issues + self.rng.usize(1..3);
        Widths {
            name: self.rng.usize(4..6),
            orientation: self.rng.usize(14..17),
            items: self.rng.usize(7..9),
            plan: done + self.rng.usize(7..11),
            done,
            issues,
        }
    }

    fn studied_widths(&mut self) -> Widths {
        let done = self.rng.usize(32..36);
        Widths {
            name: 8,
            orientation: self.rng.usize(15..18),
            items: 0,
            plan: done + self.rng.usize(3..6),
            done,
            issues: done,
        }
    }

    fn head(&mut self, plan: &Plan, scheduled: bool) {
        let year = full_width(plan.year);
        if !scheduled {
            self.line(&format!(
                "№ 検討プログラム 主な検討の方向性 令和{year}年度当初予定 これまでの検討実績 今後に向けた課題・改善点 "
            ));
            return;
        }
        self.out
            .push_str("№ \n実施プロ\n\nグラム \n主な取組の方向性 \n\n");
        self.out.push_str(&format!(
            "年度スケジュール（R{}.6時点想定） 令和{year}年度当初予定 \n\n",
            plan.year
        ));
        self.out.push_str(&format!(
            "令和{year}年度設定目標（前年度末の状況） \nこれまでの取組実績 今後に向けた課題・改善点 \n\n"
        ));
        let columns: String = (0..4).map(|n| format!("Ｒ{} ", plan.year + n)).collect();
        self.out
            .push_str(&format!("評\n\n価 取組項目 {columns}\n\n"));
    }

    /// The rows of a table, with a head on every page and a heading for every direction.
    fn rows(&mut self, plan: &Plan, programs: &[Program], widths: &Widths) {
        let mut left = 0;
        let mut under = None;
        for (index, program) in programs.iter().enumerate() {
            if left == 0 {
                if index > 0 {
                    self.loose_labels();
                    self.page_break();
                }
                left = self.rng.usize(3..8);
                self.head(plan, program.scheduled);
                let space = if self.rng.bool() { " " } else { "  " };
                self.line(space);
            }
            left -= 1;
            if under != Some(program.direction) {
                under = Some(program.direction);
                let no = figure(self.rng, program.direction + 1);
                let name = plan
                    .directions
                    .get(program.direction)
                    .map_or("", String::as_str);
                self.line(&format!("方向性{no} {name} "));
                if self.rng.bool() {
                    self.line(" ");
                }
            }
            self.row(program, widths, plan);
        }
    }

    fn row(&mut self, program: &Program, widths: &Widths, plan: &Plan) {
        self.number_and_name(program, widths);
        if program.scheduled {
            self.list(&program.orientation, widths.orientation, false);
            self.spacer(15);
            self.list(&program.items, widths.items, true);
            self.spacer(15);
            self.line("    ");
            for _ in 0..self.rng.usize(6..9) {
                self.line(" ");
            }
            self.labels += self.rng.usize(1..5);
        } else {
            let question = program.orientation.first().map_or("", String::as_str);
            let lines = self.set(question, widths.orientation);
            self.paragraph(&lines);
            self.spacer(40);
        }
        self.texts(program, widths);
        self.grade(program, plan);
    }

    fn number_and_name(&mut self, program: &Program, widths: &Widths) {
        let mut name = self.set(&program.name, widths.name);
        let mut second = Vec::new();
        if let Some(at) = program.name.find('（').filter(|at| *at > 0)
            && self.torn(50)
        {
            name = self.set(&program.name[..at], widths.name);
            second = self.set(&program.name[at..], widths.name);
        }
        for line in &mut name {
            let letters = line.chars().take(2).all(|c| !c.is_ascii() && c != '・');
            if line.chars().count() > 2 && letters && self.torn(8) {
                *line = if self.rng.bool() {
                    space_out(line)
                } else {
                    format!("{} {}", &line[..3], &line[3..])
                };
            }
        }
        if name.len() == 1 && second.is_empty() && self.torn(50) {
            self.line(&format!("{} {} ", number(program.no), name.join("")));
            return;
        }
        self.line(&format!("{}  ", number(program.no)));
        if self.rng.u8(..3) == 0 {
            self.close_up();
        }
        self.paragraph(&name);
        self.paragraph(&second);
    }

    /// Plan, results and issues; where one fits on a line, the next may begin on the same line.
    fn texts(&mut self, program: &Program, widths: &Widths) {
        let cells = [
            (&program.plan, widths.plan),
            (&program.done, widths.done),
            (&program.issues, widths.issues),
        ];
        for (index, (items, width)) in cells.into_iter().enumerate() {
            let start = self.out.len();
            self.list(items, width, false);
            let one_line = self.out[start..].trim_end().lines().count() == 1;
            if index == 2 {
                continue;
            }
            if one_line && self.torn(40) {
                self.close_up();
                self.out.pop();
            } else {
                self.spacer(10);
            }
        }
    }

    fn grade(&mut self, program: &Program, plan: &Plan) {
        let Some(grade) = program.grade.filter(|g| plan.scale.contains(g)) else {
            return;
        };
        if program.grade_lost {
            self.line("  ");
            return;
        }
        if self.torn(20) {
            self.close_up();
            self.out.pop();
            self.line(&format!("{grade} "));
            return;
        }
        if self.torn(30) {
            self.close_up();
        }
        let lead = if self.torn(20) { " " } else { "" };
        self.line(&format!("{lead}{grade} "));
    }

    /// The labels of the page's schedules, whose cells are lost.
    fn loose_labels(&mut self) {
        if self.labels == 0 {
            return;
        }
        self.line("        ");
        for _ in 0..std::mem::take(&mut self.labels) {
            let label = label(self.rng);
            self.line(&format!("{label} "));
        }
    }
}

/// A number in either width.
fn figure(rng: &mut Rng, value: usize) -> String {
    if rng.bool() {
        full_width(u32::try_from(value).unwrap_or(u32::MAX))
    } else {
        value.to_string()
    }
}

/// A grade as the head prints it.
fn wide(grade: char) -> char {
    char::from_u32(grade as u32 + 0xfee0).unwrap_or(grade)
}

/// The number of a row: circled as far as there are circled figures.
fn number(no: u32) -> String {
    let circled = match no {
        1..=20 => char::from_u32('①' as u32 + no - 1),
        21..=35 => char::from_u32('㉑' as u32 + no - 21),
        36..=50 => char::from_u32('㊱' as u32 + no - 36),
        _ => None,
    };
    circled.map_or_else(|| no.to_string(), String::from)
}
