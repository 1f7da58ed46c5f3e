//! 現状と課題 and 取組の方針・内容.

use super::Writer;
use crate::words;

impl Writer {
    /// Writes a list and gives its items.
    pub(super) fn list(&mut self) -> Vec<String> {
        let count = self.rng.usize(1..6);
        (0..count).map(|_| self.item()).collect()
    }

    fn item(&mut self) -> String {
        let item = self.paragraph();
        let line = format!("{}{item}", self.style.bullet);
        if self.tears(15) {
            let width = self.rng.usize(24..48);
            let lines = words::wrap(&line, width);
            let broken = self.rng.usize(..lines.len());
            for (index, line) in lines.iter().enumerate() {
                self.line(line);
                if index == broken && index + 1 < lines.len() && self.tears(20) {
                    self.blank();
                }
            }
        } else {
            self.line(&line);
        }
        item
    }

    fn paragraph(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.rng.usize(1..4) {
            let rng = &mut self.rng;
            let sentence = match rng.u32(..8) {
                0 => words::deed(rng),
                1 => format!(
                    "「{}」（第{}次）を定めました。",
                    words::theme(rng),
                    rng.u32(2..6)
                ),
                2 => format!(
                    "利用者は{}人、割合は{}.{}%（令和5年4月1日時点）です。",
                    words::commas(rng.i64(100..90000)),
                    rng.u32(1..99),
                    rng.u32(..10)
                ),
                3 => format!("（※）{}", words::plan(rng)),
                _ => words::plan(rng),
            };
            text.push_str(&sentence);
        }
        text
    }
}
