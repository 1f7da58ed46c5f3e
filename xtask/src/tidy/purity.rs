//! What the source of the core and of the readers must not name: the absences that
//! ARCHITECTURE.md promises and that no compiler checks.

use crate::tidy::Problem;
use crate::tree::Tree;

/// Words that must not stand in the code below a folder.
struct Ban {
    folder: &'static str,
    /// The one file below it that may name them; may be empty.
    except: &'static str,
    words: &'static [&'static str],
    /// Not in the unit tests below it either?
    in_tests: bool,
    why: &'static str,
    mend: &'static str,
}

/// From here on a file is its unit tests.
const TESTS: &str = "#[cfg(test)]";

const OUTSIDE_WORLD: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "println!",
    "eprintln!",
];

const PRINTING: &[&str] = &["print!", "println!", "eprint!", "eprintln!", "anstream"];

const READING_FILES: &[&str] = &["File::open", "fs::read_to_string", "fs::read"];

const NAMED_FILES: &str = "a named pipe never begins and a device never ends";

const BANS: &[Ban] = &[
    Ban {
        folder: "crates/meguri-core/src/",
        except: "",
        words: OUTSIDE_WORLD,
        in_tests: true,
        why: "the core takes values and gives values, so that every result can be repeated",
        mend: "let the caller read or write it and hand the value in",
    },
    Ban {
        folder: "crates/meguri-core/src/",
        except: "",
        words: &["f32", "f64"],
        in_tests: true,
        why: "binary floats round printed decimals away (0.1 + 0.2 is not 0.3)",
        mend: "count in Decimal or in whole numbers of a small unit",
    },
    Ban {
        folder: "crates/meguri-import/src/",
        except: "",
        words: OUTSIDE_WORLD,
        in_tests: true,
        why: "a reader gets bytes and gives a reading, so that it can be fuzzed and repeated",
        mend: "let the program read or write the file and hand the bytes in",
    },
    Ban {
        folder: "crates/meguri/src/cli/",
        except: "crates/meguri/src/cli/terminal.rs",
        words: &["anstream", "print!", "println!", "eprint!", "eprintln!"],
        in_tests: true,
        why: "a text of a paper must not control a terminal",
        mend: "write to cli::terminal::stdout() or stderr()",
    },
    Ban {
        folder: "crates/meguri/src/",
        except: "",
        words: READING_FILES,
        in_tests: true,
        why: NAMED_FILES,
        mend: "read it through meguri_app::regular",
    },
    Ban {
        folder: "crates/meguri-app/src/",
        except: "crates/meguri-app/src/regular.rs",
        words: READING_FILES,
        in_tests: true,
        why: NAMED_FILES,
        mend: "read it through crate::regular",
    },
    Ban {
        folder: "crates/meguri-app/src/",
        except: "",
        words: PRINTING,
        in_tests: true,
        why: "what the program does is the same whoever asks for it, in a terminal or on a page",
        mend: "give a value back and let the caller show it",
    },
    Ban {
        folder: "crates/meguri-app/src/",
        except: "crates/meguri-app/src/actions/open_store.rs",
        words: &[".opens()"],
        in_tests: true,
        why: "a write needs the leave of a person, and the store's name of who writes comes from it",
        mend: "ask Context::may for leave",
    },
    Ban {
        folder: "crates/meguri-app/src/",
        except: "crates/meguri-app/src/context.rs",
        words: &["By::new"],
        in_tests: false,
        why: "a write needs the leave of a person, and the store's name of who writes comes from it",
        mend: "ask Context::may for leave",
    },
    Ban {
        folder: "crates/meguri/src/",
        except: "",
        words: &["By::new", "By"],
        in_tests: false,
        why: "the terminal is an actor too: what it writes is an action with its permission",
        mend: "call an action of meguri_app with a Context",
    },
    Ban {
        folder: "crates/meguri-web/src/",
        except: "crates/meguri-web/src/log.rs",
        words: &["std::fs", "println!", "eprintln!"],
        in_tests: true,
        why: "a page shows what it is given and touches no file",
        mend: "let meguri-app read or write it and hand the value in",
    },
];

/// Looks at each line of code, comments aside.
pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for ban in BANS {
        let below = |path: &str| {
            path.starts_with(ban.folder) && path.ends_with(".rs") && path != ban.except
        };
        for (path, text) in tree.texts().filter(|(path, _)| below(path)) {
            let lines = text
                .lines()
                .take_while(|line| ban.in_tests || *line != TESTS);
            let lines = lines.enumerate();
            for (index, line) in lines.filter(|(_, line)| !is_comment(line)) {
                let found = ban.words.iter().find(|word| names(line, word));
                problems.extend(found.map(|word| Problem {
                    place: format!("{path}:{}", index + 1),
                    what: format!("names `{word}`"),
                    why: ban.why,
                    mend: ban.mend.to_owned(),
                }));
            }
        }
    }
    problems
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// Does the line hold the word as a word of its own?
fn names(line: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(part_of_word) && !after.is_some_and(part_of_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outside_world_and_floats_are_found_in_the_core() {
        let tree = Tree::made_of(&[(
            "crates/meguri-core/src/calc.rs",
            "//! Not std::fs.\nuse std::fs::read;\nlet x: f64 = 1.0;\nlet f640 = buff32;\n",
        )]);
        let problems = check(&tree);
        let places: Vec<&str> = problems.iter().map(|p| p.place.as_str()).collect();
        assert_eq!(
            places,
            [
                "crates/meguri-core/src/calc.rs:2",
                "crates/meguri-core/src/calc.rs:3"
            ]
        );
    }

    #[test]
    fn the_program_may_do_what_the_core_may_not_and_an_action_prints_nothing() {
        let text = "use std::fs::write;\nprintln!(\"…\");\nlet share: f64 = 0.5;\n";
        let tree = Tree::made_of(&[
            ("crates/meguri/src/main.rs", text),
            ("crates/meguri-core/tests/it/main.rs", text),
        ]);
        assert!(check(&tree).is_empty());
        let tree = Tree::made_of(&[("crates/meguri-app/src/actions/check.rs", text)]);
        let problems = check(&tree);
        assert_eq!(problems.len(), 1);
        assert_eq!(
            problems[0].place,
            "crates/meguri-app/src/actions/check.rs:2"
        );
    }

    #[test]
    fn one_way_leads_to_a_terminal_and_one_to_a_file() {
        let text = "let mut out = anstream::stdout();\nlet file = File::open(path)?;\n";
        let found = |path| check(&Tree::made_of(&[(path, text)])).len();
        assert_eq!(found("crates/meguri/src/cli/show.rs"), 2);
        assert_eq!(found("crates/meguri/src/cli/terminal.rs"), 1);
        // It may open a file, and print as little as the rest of its package.
        assert_eq!(found("crates/meguri-app/src/regular.rs"), 1);
        assert_eq!(found("crates/meguri-store/src/backup.rs"), 0);
    }
}
