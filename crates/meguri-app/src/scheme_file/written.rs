//! The whole of a scheme file as written.

use crate::scheme_file::fault::FileFault;
use crate::scheme_file::rules::{ClassText, MoneyText, PointText, RateText, RollUpText};
use crate::scheme_file::shape::{AxisText, FieldText, LevelText, ScaleText, TagText};
use crate::scheme_file::stage::StageText;
use crate::scheme_file::value::{Year, Years};
use meguri_core::scheme::{Tag, Written};
use serde::Deserialize;

/// As the file writes it; each list is one kind of table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SchemeText {
    key: String,
    label: String,
    evaluates: Option<String>,
    version: String,
    valid_from: Year,
    valid_until: Option<Year>,
    period: Option<Years>,
    rolling_years: Option<u8>,
    every_years: Option<u8>,
    #[serde(default)]
    levels: Vec<LevelText>,
    #[serde(default)]
    scales: Vec<ScaleText>,
    #[serde(default)]
    next_steps: Vec<AxisText>,
    #[serde(default)]
    stages: Vec<StageText>,
    #[serde(default)]
    fields: Vec<FieldText>,
    #[serde(default)]
    rates: Vec<RateText>,
    #[serde(default)]
    classes: Vec<ClassText>,
    #[serde(default)]
    points: Vec<PointText>,
    #[serde(default)]
    rollups: Vec<RollUpText>,
    money: Option<MoneyText>,
    #[serde(default)]
    tags: Vec<TagText>,
}

impl SchemeText {
    /// What it means, before the scheme as a whole is checked.
    pub(super) fn mean(self) -> Result<Written, Vec<FileFault>> {
        let scales: Vec<_> = self.scales.into_iter().map(ScaleText::mean).collect();
        let mut faults = Vec::new();
        let fields = kept(self.fields.into_iter().map(FieldText::mean), &mut faults);
        let stages = kept(self.stages.into_iter().map(StageText::mean), &mut faults);
        let rates = kept(self.rates.into_iter().map(RateText::mean), &mut faults);
        let classes = kept(self.classes.into_iter().map(ClassText::mean), &mut faults);
        let points = self.points.into_iter().map(|rule| rule.mean(&scales));
        let points = kept(points, &mut faults);
        let rollups = kept(self.rollups.into_iter().map(RollUpText::mean), &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Written {
            key: self.key,
            label: self.label,
            evaluates: self.evaluates,
            version: self.version,
            valid_from: self.valid_from.0,
            valid_until: self.valid_until.map(|year| year.0),
            period: self.period.map(|years| years.0),
            rolling_years: self.rolling_years,
            every_years: self.every_years.unwrap_or(1),
            levels: self.levels.into_iter().map(LevelText::mean).collect(),
            scales,
            next_step_axes: self.next_steps.into_iter().map(AxisText::mean).collect(),
            stages,
            fields,
            rates,
            classes,
            points,
            rollups,
            money: self.money.map(MoneyText::mean).unwrap_or_default(),
            tags: self.tags.into_iter().map(TagText::mean).collect(),
        })
    }
}

/// A list of words of daily life by itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordsText {
    tags: Vec<TagText>,
}

impl WordsText {
    /// What it means.
    pub(super) fn mean(self) -> Vec<Tag> {
        self.tags.into_iter().map(TagText::mean).collect()
    }
}

/// What could be meant; what could not becomes a fault.
fn kept<T>(
    list: impl Iterator<Item = Result<T, FileFault>>,
    faults: &mut Vec<FileFault>,
) -> Vec<T> {
    list.filter_map(|item| item.map_err(|fault| faults.push(fault)).ok())
        .collect()
}
