//! The rules, one file each.

mod pairs;
mod rates;
mod table;
pub(crate) mod v001_rate;
pub(crate) mod v002_total;
pub(crate) mod v003_next_step_counts;
pub(crate) mod v004_grade_counts;
pub(crate) mod v005_project_disagrees;
pub(crate) mod v006_relisted;
pub(crate) mod v007_target_differs;
pub(crate) mod v008_baseline_differs;
pub(crate) mod v009_cumulative_falls;
pub(crate) mod v010_actual_missing;
pub(crate) mod v011_numbering;
pub(crate) mod v012_code_account;
pub(crate) mod v013_unit_changed;
pub(crate) mod v014_direction_doubtful;
pub(crate) mod v015_sentence_figures;
pub(crate) mod v016_day_span;
pub(crate) mod v017_broken_glyphs;
pub(crate) mod v018_slips;
pub(crate) mod v019_lost_columns;
pub(crate) mod v020_same_as_last_year;
pub(crate) mod v021_delay_list;

pub use rates::counted_rate;
