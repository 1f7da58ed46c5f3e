//! The words of a city's form, from the schemes of its plans: how it calls fields and levels, what
//! its next steps, grades and accounts are.

use crate::scheme_file::preset;

use meguri_core::scheme::{FieldKind, Scheme, Written};
use meguri_import::documents::Family;
use meguri_import::form_words::FormWords;

/// The words of a family's form in the schemes of its plan. A scheme that says what the preset says
/// adds nothing: readers know those words.
#[must_use]
pub fn form_words(family: &Family, schemes: &[Scheme]) -> FormWords {
    let of_plan = schemes.iter().map(Scheme::written);
    let own: Vec<&Written> = of_plan
        .filter(|written| written.key == family.key)
        .collect();
    if own.is_empty() {
        return FormWords::default();
    }
    let preset = preset(family.key);
    let usual = preset.as_ref().map(Scheme::written);
    let own: Vec<&Written> = own.into_iter().filter(|own| Some(*own) != usual).collect();
    let known = usual.map(labels).unwrap_or_default();
    let named = own.iter().flat_map(|own| labels(own));
    let named = named.filter(|label| !known.contains(label));
    let named = named.filter_map(|(key, label)| {
        let word = family.labels.iter().find(|(own, _)| *own == key);
        word.map(|(_, word)| (label.to_owned(), *word))
    });
    let steps = own.iter().flat_map(|own| {
        let axes = own.next_step_axes.iter().map(|axis| axis.scale.as_str());
        values(own, axes)
    });
    let grades = own.iter().flat_map(|own| {
        let scales = own.fields.iter().filter_map(|field| match &field.kind {
            FieldKind::Grade(scale) => Some(scale.as_str()),
            _ => None,
        });
        values(own, scales)
    });
    let accounts = own
        .iter()
        .flat_map(|own| own.money.accounts.iter().cloned());
    let accounts = accounts.collect();
    FormWords::new(named, steps.collect(), grades.collect()).with_accounts(accounts)
}

/// What a scheme calls its fields, levels, rates and axes of next steps, by their keys.
fn labels(written: &Written) -> Vec<(&str, &str)> {
    let fields = written.fields.iter().map(|one| (&one.key, &one.label));
    let levels = written.levels.iter().map(|one| (&one.key, &one.label));
    let rates = written.rates.iter().map(|one| (&one.key, &one.label));
    let axes = written
        .next_step_axes
        .iter()
        .map(|one| (&one.key, &one.label));
    let all = fields.chain(levels).chain(rates).chain(axes);
    all.map(|(key, label)| (key.as_str(), label.as_str()))
        .collect()
}

/// The values of some scales, in their order.
fn values<'w>(written: &'w Written, scales: impl Iterator<Item = &'w str>) -> Vec<String> {
    let found = scales.filter_map(|key| written.scales.iter().find(|scale| scale.key == key));
    let values = found.flat_map(|scale| scale.values.iter().chain(&scale.states));
    values.map(|value| value.value.clone()).collect()
}
