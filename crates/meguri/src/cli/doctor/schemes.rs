//! The schemes of files and of the database: do they read, and do they publish anything?

use super::Outcome;
use meguri_app::scheme_file::{self, Unpublished};
use meguri_store::KeptScheme;
use std::collections::BTreeMap;
use std::path::Path;

/// A scheme file of the settings.
pub(super) fn of_file(path: &Path) -> Outcome {
    match scheme_file::read(path) {
        Ok(scheme) => {
            let label = &scheme.written().label;
            let head = format!("計画の設定：{}（{label}）", path.display());
            let unpublished = Unpublished::of(&scheme);
            let text = with_lines(&head, &unpublished.lines());
            if unpublished.everything {
                Outcome::Note(text)
            } else {
                Outcome::Fine(text)
            }
        }
        Err(faults) => {
            let faults: Vec<String> = faults.iter().map(|fault| format!("\n  {fault}")).collect();
            Outcome::Fault(format!("計画の設定：{}{}", path.display(), faults.concat()))
        }
    }
}

/// What is to be known of the schemes that are kept: those that publish nothing, in the last edition
/// of each version.
pub(super) fn of_kept(schemes: &[KeptScheme]) -> Vec<String> {
    let mut last: BTreeMap<(&str, &str), &KeptScheme> = BTreeMap::new();
    for kept in schemes {
        let key = (kept.scheme.plan.as_str(), kept.scheme.version.as_str());
        let known = last.entry(key).or_insert(kept);
        if known.edition < kept.edition {
            *known = kept;
        }
    }
    let note = |((plan, version), kept): ((&str, &str), &KeptScheme)| {
        let head = format!("保存した計画の設定：{plan}「{version}」");
        let Ok(scheme) = scheme_file::parse(&kept.scheme.written) else {
            let lines = [
                "この版のめぐりでは読めません。この設定による文書は、番号と名称だけを公表します。"
                    .to_owned(),
                "対応：直した設定を「meguri import --scheme」で指定して、文書を取り込み直し、公表し直してください。"
                    .to_owned(),
            ];
            return Some(with_lines(&head, &lines));
        };
        let unpublished = Unpublished::of(&scheme);
        unpublished
            .everything
            .then(|| with_lines(&head, &unpublished.lines()))
    };
    last.into_iter().filter_map(note).collect()
}

fn with_lines(head: &str, lines: &[String]) -> String {
    let lines = lines.iter().map(|line| format!("\n  {line}"));
    head.to_owned() + &lines.collect::<String>()
}
