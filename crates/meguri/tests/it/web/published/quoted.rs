//! A finding may quote another document: it is public only as long as what it quotes is.

use super::{City, context};
use meguri_app::actions::import_document::check_kept;
use meguri_app::actions::publish::{ChosenFindings, Wish};
use meguri_app::actions::withdraw::withdraw;
use meguri_app::scheme_file::preset_sources;

/// What only the midterm plan says, and a finding about the evaluation sheets quotes.
const QUOTED: &str = "midterm.txt（18行目）では「1,350」";

impl City {
    /// Checks all papers together, so that findings compare them.
    fn compare(&self) {
        let sources = preset_sources();
        let checked = self
            .runtime
            .block_on(check_kept(&self.city, &sources, &context()));
        checked.expect("checked");
    }

    fn publish_with_findings(&mut self, document: &str, note: &str) {
        let wish = Wish {
            documents: vec![document.to_owned()],
            note: note.to_owned(),
            findings: ChosenFindings::All,
        };
        for outcome in self.wish(&wish) {
            outcome.expect("it is published");
        }
        assert!(self.look());
    }

    fn withdraw(&mut self, document: &str) {
        let context = context();
        let done = withdraw(&self.city, document, None, "個人情報を含むため", &context);
        self.runtime.block_on(done).expect("withdrawn");
        assert!(self.look());
    }

    /// The answers that quote the midterm plan.
    fn quoting(&self) -> Vec<&'static str> {
        let answers = ["/findings", "/findings.json", "/findings.csv"];
        let quotes = |path: &&str| self.public.get(path).1.contains(QUOTED);
        answers.into_iter().filter(quotes).collect()
    }
}

#[test]
fn a_finding_that_quotes_what_is_not_public_is_not_public() {
    let mut city = City::new("quoted");
    city.compare();
    city.publish_with_findings("evaluation.txt", "");
    let own = city.public.get("/findings").1;
    assert!(own.contains("V001"), "findings of its own are public");
    assert_eq!(city.quoting(), [""; 0], "the plan is not published");
    assert!(city.house.get("/findings").1.contains(QUOTED));

    city.publish_with_findings("midterm.txt", "");
    let all = ["/findings", "/findings.json", "/findings.csv"];
    assert_eq!(city.quoting(), all, "all that it quotes is public");

    city.withdraw("midterm.txt");
    assert_eq!(city.quoting(), [""; 0], "the plan was withdrawn");
}
