//! V018: suspected slips of transcription.

mod neighbours;
mod terms;

use crate::text::name_key;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use crate::verify::scan::places;
use neighbours::Neighbours;
use terms::{Term, collect};

pub(crate) const RULE: Rule = Rule {
    code: "V018",
    title: "転記の誤りと思われる語がある",
    looks_at: "かぎ括弧の中の語、事業・指標・課などの名称のうち、他の場所に何度も出てくる語と一文字だけ違うものを探します。「％（パーミル）」のような、記号と読みの食い違いも見ます。",
    why: "名称の一文字違いは目では見つけにくく、検索や突合の漏れにつながります。",
    example: "「みずほの人材の森」が5か所にあるとき、1か所だけ「みずほのの人材の森」となっている。",
    remedy: "正式な名称を確認し、誤りであれば直してください。別のものを指す場合は、そのままで構いません。",
    basis: "数字、方角、男女のように、一文字の違いが別のものを示す組合せは除きます。少ない方が2回以下で、多い方がその2倍を超える場合だけを示します。",
    check,
};

/// A term that occurs more often than this is no slip.
const RARE: usize = 2;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let terms = collect(subject);
    let neighbours = Neighbours::of(terms.keys().map(String::as_str));
    for (key, term) in terms.iter().filter(|(_, term)| term.places.len() <= RARE) {
        let usual = neighbours
            .of_term(key)
            .filter_map(|other| Some((other, terms.get(other)?)))
            .filter(|(_, other)| other.places.len() > term.places.len() * 2)
            .filter(|(other, _)| neighbours::is_slip(key, other))
            .max_by_key(|(_, other)| other.places.len());
        if let Some((_, usual)) = usual {
            findings.extend(term_findings(term, usual));
        }
    }
    per_mille(subject, findings);
}

fn term_findings(term: &Term, usual: &Term) -> impl Iterator<Item = Finding> {
    term.places.iter().map(|place| {
        let message = format!(
            "「{}」は、{}か所にある「{}」の誤記ではありませんか。",
            term.printed,
            usual.places.len(),
            usual.printed
        );
        let hint = "正式な名称を確認し、誤りであれば直してください。";
        let finding = Finding::new(RULE.code, Severity::Note, place.clone(), message, hint);
        finding.figures(&term.printed, &usual.printed)
    })
}

/// A percent sign that is read out as per mille.
fn per_mille(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, running) in subject.running() {
        for offset in places(&running.text, "%(パーミル)") {
            let end = offset + "%(パーミル)".len();
            let mark = running.printed(&document.lines, offset, end);
            let place = Place::text(document, running.line_at(offset), mark).field("単位");
            let message = "記号は「％」（百分率）ですが、読みは「パーミル」（千分率）です。";
            let hint = "千分率であれば、記号を「‰」に直してください。";
            findings.push(Finding::new(
                RULE.code,
                Severity::Warning,
                place,
                message,
                hint,
            ));
        }
    }
}

/// The key under which spellings of a term are one: layout and width do not count.
fn term_key(term: &str) -> String {
    name_key(term)
}
