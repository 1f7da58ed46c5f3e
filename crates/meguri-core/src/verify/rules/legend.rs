//! What the grades of a paper mean, as its own legend explains them.

use crate::text::narrow;

/// How far along a grade says that things are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// 予定以上.
    Ahead,
    /// 予定どおり.
    AsPlanned,
    /// 遅れている.
    Late,
}

/// `「Ｂ」：年度当初の予定よりも遅れている` → `B`, late.
pub(super) fn explained(line: &str) -> Option<(String, Progress)> {
    let line = narrow(line);
    let (grade, meaning) = line.trim().strip_prefix('「')?.split_once('」')?;
    let meaning = meaning.trim_start().strip_prefix(':')?;
    let words = [
        (["遅れ", "下回"], Progress::Late),
        (["以上", "上回"], Progress::Ahead),
        (["どおり", "通り"], Progress::AsPlanned),
    ];
    let found = words
        .into_iter()
        .find(|(words, _)| words.iter().any(|word| meaning.contains(word)));
    let (_, progress) = found?;
    (grade.chars().count() <= 3).then(|| (grade.trim().to_owned(), progress))
}
