//! Asking the person at a terminal; never where there is none.

use meguri_app::actions::choose_municipality::{ChoiceFault, Said};
use meguri_app::actions::open_store::OpenFault;
use std::io::{self, BufRead, IsTerminal, Write};

/// Times that one is asked again.
const TRIES: u32 = 5;

/// Asks which municipality is meant, where that is the only thing that is missing and somebody
/// sits at a terminal. `None` where nobody can be asked or nothing is answered.
pub(super) fn municipality(fault: &OpenFault) -> io::Result<Option<Said>> {
    let terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
    if !terminal || !can_be_answered(fault) {
        return Ok(None);
    }
    let mut out = crate::cli::terminal::stderr();
    if !matches!(fault, OpenFault::Choice(ChoiceFault::NotSaid)) {
        writeln!(out, "{fault}")?;
    }
    answer(&mut io::stdin().lock(), &mut out)
}

/// Would another code or name help?
const fn can_be_answered(fault: &OpenFault) -> bool {
    matches!(
        fault,
        OpenFault::Choice(
            ChoiceFault::NotSaid
                | ChoiceFault::Several(..)
                | ChoiceFault::NoName(..)
                | ChoiceFault::NotListed(_)
                | ChoiceFault::Ward { .. }
        )
    )
}

/// Reads lines until one is a code or a name; an empty one or the end gives up.
fn answer(input: &mut impl BufRead, out: &mut impl Write) -> io::Result<Option<Said>> {
    for _ in 0..TRIES {
        write!(
            out,
            "どの団体の文書ですか。団体コードまたは名称を入力してください（例：132110、小平市）："
        )?;
        out.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 || line.trim().is_empty() {
            writeln!(out)?;
            return Ok(None);
        }
        match Said::parse(&line) {
            Ok(said) => return Ok(Some(said)),
            Err(fault) => writeln!(out, "{fault}")?,
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_code_is_asked_for_again_and_an_empty_line_gives_up() {
        let asked = |lines: &str| {
            let mut out = Vec::new();
            let said = answer(&mut lines.as_bytes(), &mut out).expect("it reads");
            (said, String::from_utf8(out).expect("text"))
        };
        let (said, told) = asked("132111\n小平市\n");
        assert_eq!(said, Some(Said::Name("小平市".to_owned())));
        assert!(told.contains("検査数字") && told.matches("どの団体").count() == 2);
        assert_eq!(asked("\n小平市\n").0, None);
        assert_eq!(asked("").0, None);
        assert_eq!(asked(&"1\n".repeat(100)).1.matches("どの団体").count(), 5);
    }
}
