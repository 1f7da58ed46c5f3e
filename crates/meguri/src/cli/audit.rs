//! `meguri audit verify`: is the chain of the audit whole, and is what it tells of there?

use crate::cli::kept::{StoreOptions, note, odd_clock, refuse, with_store};
use crate::cli::terminal::{self, RED, RESET};
use meguri_core::text::narrow;
use meguri_store::{AuditReport, Municipality};
use std::io::{self, Write};
use std::process::ExitCode;

const REMEDY: &str = "対応：データベースを止めて保全し、直近のバックアップと比べてください。";

/// Checks the database and goes along the chain; exit code 1 where something does not hold. `noted`
/// is the number of a line and its hash, as they were noted before.
pub(super) fn verify(noted: &[String], options: &StoreOptions) -> io::Result<ExitCode> {
    let noted = match noted {
        [number, hash] => match Noted::parse(number, hash) {
            // A slip of the pen is no fault of the audit.
            Err(why) => return refuse(&why),
            Ok(noted) => Some(noted),
        },
        _ => None,
    };
    with_store(options, false, async |kept, context| {
        kept.store.check_pages().await?;
        let report = kept.municipality.audit_verify().await?;
        let told = match (&report.broken, &noted) {
            (Some(_), _) | (None, None) => Ok(String::new()),
            (None, Some(noted)) => compare(&kept.municipality, noted).await?,
        };
        let odd = odd_clock(&kept.municipality, context).await?;
        let printed = print(&report, &told);
        Ok::<_, meguri_store::Error>(printed.and_then(|code| note(&odd).map(|()| code)))
    })
}

/// A head of the audit as somebody noted it.
struct Noted {
    number: i64,
    hash: String,
}

impl Noted {
    /// Reads what was noted, in whatever width it was typed; the fault in Japanese.
    fn parse(number: &str, hash: &str) -> Result<Self, String> {
        const HASH_DIGITS: usize = 64;
        let plain = |text: &str| -> String {
            let narrow = narrow(text);
            narrow.chars().filter(|c| !c.is_whitespace()).collect()
        };
        let (number, hash) = (plain(number), plain(hash).to_ascii_lowercase());
        let parsed = number.parse::<i64>().ok().filter(|number| *number > 0);
        let is_hash = hash.len() == HASH_DIGITS && hash.bytes().all(|b| b.is_ascii_hexdigit());
        match parsed {
            None => Err(format!(
                "控えた件数「{number}」は、1以上の整数ではありません（例：「meguri audit verify --head 24 ハッシュ」）。"
            )),
            Some(_) if !is_hash => Err(format!(
                "控えたハッシュ「{hash}」は、{HASH_DIGITS}桁の英数字（0～9、a～f）ではありません。写し間違いがないか、ご確認ください。"
            )),
            Some(number) => Ok(Self { number, hash }),
        }
    }
}

/// What is said of a noted head: it is in the chain, or why not.
async fn compare(
    city: &Municipality,
    noted: &Noted,
) -> meguri_store::Result<Result<String, String>> {
    let Noted { number, hash } = noted;
    Ok(match city.audit_has(*number, hash).await? {
        Some(true) => Ok(format!(
            "控えたハッシュは、{number}件目の記録と一致します。\n"
        )),
        Some(false) => Err(format!(
            "控えたハッシュが、{number}件目の記録と一致しません。"
        )),
        None => Err(format!("控えた{number}件目の記録がありません。")),
    })
}

fn print(report: &AuditReport, noted: &Result<String, String>) -> io::Result<ExitCode> {
    let mut out = terminal::stdout();
    let why = match (&report.broken, noted) {
        (Some(broken), _) => broken.to_string(),
        (None, Err(why)) => why.clone(),
        (None, Ok(noted)) => {
            writeln!(
                out,
                "監査記録は正常です（{}件）。保存した内容とも一致します。",
                report.lines
            )?;
            writeln!(out, "末尾のハッシュ：{}", report.head)?;
            write!(out, "{noted}")?;
            writeln!(
                out,
                "件数とハッシュを別の場所に控えておくと、後日「meguri audit verify --head {} {}」で、\
                 記録の差し替えに気付けます。",
                report.lines, report.head
            )?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    writeln!(out, "{RED}監査記録に異常があります{RESET}　{why}\n{REMEDY}")?;
    Ok(ExitCode::from(1))
}
