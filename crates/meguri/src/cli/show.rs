//! `meguri show`: what is kept of a plan, a sheet, an indicator, a project or a section.

mod columns;

use crate::cli::kept::{StoreOptions, refuse, with_store};
use crate::cli::terminal::{self, BOLD, DIM, RESET};
use clap::Args;
use meguri_app::actions::find_kept::Sort;
use meguri_app::actions::show_kept::{Candidate, Page, Shown, show_kept};
use meguri_core::links::Kind;
use meguri_core::text::name_key;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::process::ExitCode;

/// Candidates that are printed; the list has all of them.
const PRINTED: usize = 30;

/// What the command line says.
#[derive(Debug, Args)]
pub(super) struct ShowArguments {
    /// 表示するもの：plan（計画）、document（文書）、sheet（シート）、indicator（指標）、project（事務事業）、section（課）。種類を書かずに名称などだけを書くと、全ての種類から探します
    #[arg(value_name = "種類または名称", help_heading = "引数")]
    first: String,
    /// 番号、事業コード、名称、名称の一部のほか、画面に表示された見出し、ファイル名、場所（省略すると、その種類の一覧を表示します）
    #[arg(value_name = "名称", help_heading = "引数")]
    rest: Vec<String>,
    /// JSON形式で出力します
    #[arg(long)]
    json: bool,
    /// Which database.
    #[command(flatten)]
    store: StoreOptions,
}

/// What the words of a call ask for.
struct Asked {
    sort: Option<Sort>,
    text: String,
}

impl Asked {
    fn of(arguments: &ShowArguments) -> Self {
        let sort = sort(&arguments.first);
        let first = sort.is_none().then_some(&arguments.first);
        let words: Vec<&str> = first
            .into_iter()
            .chain(&arguments.rest)
            .map(String::as_str)
            .collect();
        let text = words.join(" ");
        Self { sort, text }
    }

    fn word(&self) -> &'static str {
        self.sort.map_or("もの", Sort::label)
    }
}

/// The kind that a word says: its key, also in the plural, or the Japanese word.
fn sort(word: &str) -> Option<Sort> {
    let word = name_key(word);
    Sort::ALL.into_iter().find(|sort| {
        let is_short = *sort == Sort::Thing(Kind::Project) && word == "事業";
        let singular = word.strip_suffix('s').unwrap_or(&word);
        singular == sort.key() || word == sort.label() || is_short
    })
}

/// The kind whose key a word is a slip for: two letters are exchanged, or one or two are wrong.
fn near_sort(word: &str) -> Option<Sort> {
    let word: Vec<char> = name_key(word).chars().collect();
    let of = |sort: Sort| {
        let key: Vec<char> = sort.key().chars().collect();
        (slips(&word, &key), sort)
    };
    let all = Sort::ALL.into_iter().map(of);
    let (slips, sort) = all.min_by_key(|(slips, _)| *slips)?;
    (slips <= 2 && word.len() > 2).then_some(sort)
}

/// How many letters have to be changed, added, left out or exchanged with the next one.
fn slips(one: &[char], other: &[char]) -> usize {
    let (mut before, mut last) = (Vec::new(), (0..=other.len()).collect::<Vec<usize>>());
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let changed = cell(&last, j) + usize::from(a != b);
            let mut least = changed.min(cell(&last, j + 1) + 1).min(cell(&row, j) + 1);
            let crossed =
                i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if crossed {
                least = least.min(cell(&before, j - 1) + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

/// Shows what was asked for; exit code 2 where nothing or too much fits.
pub(super) fn run(arguments: &ShowArguments) -> io::Result<ExitCode> {
    let asked = Asked::of(arguments);
    with_store(&arguments.store, false, async |kept, _| {
        let shown = show_kept(&kept.municipality, asked.sort, &asked.text).await?;
        Ok::<_, meguri_store::Error>(tell(arguments, &asked, &shown))
    })
}

fn tell(arguments: &ShowArguments, asked: &Asked, shown: &Shown) -> io::Result<ExitCode> {
    let page = match shown {
        Shown::Page(page) => page,
        Shown::Several(_) | Shown::Nothing { .. } if arguments.json => {
            terminal::print_json(&candidates_json(shown))?;
            return Ok(ExitCode::from(2));
        }
        Shown::Several(all) => return refuse(&several(asked, all)),
        Shown::Nothing { elsewhere, near } => {
            let slip = asked.sort.is_none().then(|| near_sort(&arguments.first));
            let slip = slip.flatten().map(|sort| (arguments, sort));
            return refuse(&nothing(asked, elsewhere, near, slip));
        }
    };
    if arguments.json {
        terminal::print_json(page)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = terminal::long_stdout();
    print(&mut out, page, columns::terminal_width())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn candidates_json(shown: &Shown) -> Value {
    let none: &[Candidate] = &[];
    let (several, all, elsewhere) = match shown {
        Shown::Page(_) => (false, none, none),
        Shown::Several(all) => (true, all.as_slice(), none),
        Shown::Nothing { elsewhere, near } => (false, near.as_slice(), elsewhere.as_slice()),
    };
    let one = |one: &Candidate| {
        json!({
            "id": one.id,
            "name": one.name,
            "kind": one.sort.key(),
            "place": one.place,
            "command": format!("meguri show {}", one.typed),
        })
    };
    let each = |all: &[Candidate]| all.iter().map(one).collect::<Vec<Value>>();
    json!({
        "found": false,
        "several": several,
        "candidates": each(all),
        "elsewhere": each(elsewhere),
    })
}

fn several(asked: &Asked, all: &[Candidate]) -> String {
    let mut told = format!(
        "「{}」に当てはまる{}が{}件あります。次のように指定してください。",
        asked.text,
        asked.word(),
        all.len()
    );
    add_lines(&mut told, all);
    told
}

fn nothing(
    asked: &Asked,
    elsewhere: &[Candidate],
    near: &[Candidate],
    slip: Option<(&ShowArguments, Sort)>,
) -> String {
    let (text, word) = (&asked.text, asked.word());
    let mut told = match asked.sort {
        Some(_) => format!("「{text}」という{word}は見当たりません。"),
        None => format!("「{text}」に当てはまるものは見当たりません。"),
    };
    if let Some((arguments, sort)) = slip {
        let mut words = vec![sort.key()];
        words.extend(arguments.rest.iter().map(String::as_str));
        told.push_str(&format!(
            "\nもしかして、種類「{}」のことではありませんか：\n  meguri show {}",
            sort.key(),
            words.join(" ")
        ));
    }
    if !elsewhere.is_empty() {
        told.push_str("\nほかの種類にあります：");
        add_lines(&mut told, elsewhere);
    }
    if !near.is_empty() {
        told.push_str("\nもしかして：");
        add_lines(&mut told, near);
    }
    let list = match asked.sort {
        Some(sort) => format!("{word}の一覧は「meguri show {}」", sort.key()),
        None => "一覧は「meguri show plan」（計画）、document（文書）、sheet（シート）、indicator（指標）、project（事務事業）、section（課）".to_owned(),
    };
    told.push_str(&format!("\n  対応：{list}で見られます。"));
    told
}

/// What to type for each, and what it is.
fn add_lines(told: &mut String, all: &[Candidate]) {
    for one in all.iter().take(PRINTED) {
        let place = match one.place.as_str() {
            "" => String::new(),
            place => format!("（{place}）"),
        };
        let (typed, word, name) = (&one.typed, one.sort.label(), &one.name);
        told.push_str(&format!("\n  meguri show {typed}　{word}：{name}{place}"));
    }
    if all.len() > PRINTED {
        told.push_str(&format!("\n  ほか{}件", all.len() - PRINTED));
    }
}

fn print(out: &mut impl Write, page: &Page, width: usize) -> io::Result<()> {
    let id = page
        .id
        .map_or_else(String::new, |id| format!("（番号{id}）"));
    writeln!(out, "{BOLD}■ {}{RESET}{id}", page.title)?;
    let facts: Vec<Vec<String>> = page
        .facts
        .iter()
        .map(|(word, value)| vec![word.clone(), value.clone()])
        .collect();
    columns::print(out, &[], &facts, width)?;
    for table in &page.tables {
        if !table.title.is_empty() {
            writeln!(out, "\n{BOLD}{}{RESET}", table.title)?;
        }
        let heads: Vec<String> = table.heads.iter().map(|head| (*head).to_owned()).collect();
        columns::print(out, &heads, &table.rows, width)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_said_in_english_or_japanese_and_a_slip_is_near_it() {
        let cases = [
            ("plan", Some("plan"), Some("plan")),
            ("Documents", Some("document"), Some("document")),
            ("事業", Some("project"), None),
            ("シート", Some("sheet"), None),
            ("projct", None, Some("project")),
            ("plna", None, Some("plan")),
            ("sheat", None, Some("sheet")),
            ("テーマ13", None, None),
            ("42", None, None),
            ("", None, None),
        ];
        for (word, said, near) in cases {
            assert_eq!(sort(word).map(Sort::key), said, "{word}");
            assert_eq!(near_sort(word).map(Sort::key), near, "{word}");
        }
    }
}
