//! Two versions of one plan's scheme: what the new one no longer knows.

use crate::scheme::{Scheme, SchemeFault};

/// A value that data holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueInUse {
    /// Key of its scale.
    pub scale: String,
    /// The value.
    pub value: String,
    /// How many times it is used.
    pub times: usize,
}

/// What a new version drops though it is in use, or though the old version's sheets need it.
///
/// A value that nobody uses may be dropped. Sheets of old years stay under the old version; these
/// faults are about sheets that the new version would take over.
#[must_use]
pub fn compare(old: &Scheme, new: &Scheme, values_in_use: &[ValueInUse]) -> Vec<SchemeFault> {
    let mut faults = Vec::new();
    if old.written().key != new.written().key {
        faults.push(SchemeFault::new(
            "S101",
            "key",
            format!(
                "別の計画の設定です（{} と {}）。",
                old.written().key,
                new.written().key
            ),
            "同じ計画の新旧の版を指定してください。",
        ));
        return faults;
    }
    faults.extend(validity_fault(old, new));
    for used in values_in_use.iter().filter(|used| used.times > 0) {
        faults.extend(value_fault(old, new, used));
    }
    faults.extend(dropped_levels(old, new));
    faults
}

fn validity_fault(old: &Scheme, new: &Scheme) -> Option<SchemeFault> {
    let (old, new) = (old.written(), new.written());
    let until = old.valid_until?;
    (new.valid_from <= until && old.valid_from <= new.valid_from).then(|| {
        SchemeFault::new(
            "S102",
            "valid_from",
            format!(
                "新しい版の適用開始（{}）が、旧版の適用終了（{until}）と重なっています。",
                new.valid_from
            ),
            "旧版の valid_until を、新しい版の前の年度にしてください。",
        )
    })
}

fn value_fault(old: &Scheme, new: &Scheme, used: &ValueInUse) -> Option<SchemeFault> {
    let label = old.scale(&used.scale).map_or(&used.scale, |s| &s.label);
    let Some(scale) = new.scale(&used.scale) else {
        return Some(SchemeFault::new(
            "S103",
            format!("scales.{}", used.scale),
            format!(
                "「{label}」の区分が新しい版にありません。「{}」は{}件使われています。",
                used.value, used.times
            ),
            "区分を残すか、先に使われている値を別の区分に移してください。",
        ));
    };
    if scale.value(&used.value).is_some() {
        return None;
    }
    Some(SchemeFault::new(
        "S104",
        format!("scales.{}", used.scale),
        format!(
            "「{label}」の「{}」は{}件使われていますが、新しい版にありません。",
            used.value, used.times
        ),
        "この値を残すか、states（順序の外の値）に移すか、先に使われている値を置き換えてください。",
    ))
}

fn dropped_levels(old: &Scheme, new: &Scheme) -> Vec<SchemeFault> {
    let dropped = |level: &&crate::scheme::Level| level.sheets && new.level(&level.key).is_none();
    let fault = |level: &crate::scheme::Level| {
        SchemeFault::new(
            "S105",
            "levels",
            format!(
                "シートのある階層「{}」が新しい版にありません。",
                level.label
            ),
            "階層を残すか、前の版のシートを引き継がないことを確かめてください。",
        )
    };
    old.written()
        .levels
        .iter()
        .filter(dropped)
        .map(fault)
        .collect()
}
