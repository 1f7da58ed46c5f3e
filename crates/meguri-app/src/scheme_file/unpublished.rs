//! What a scheme does not publish, in words for whoever takes it into use.

use meguri_core::publication::{hidden_fields, hidden_stages, hides_everything};
use meguri_core::scheme::Scheme;

/// What of a scheme is not published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpublished {
    /// Is nothing published but numbers, names and years?
    pub everything: bool,
    /// The labels of the fields.
    pub fields: Vec<String>,
    /// The labels of the stages.
    pub stages: Vec<String>,
}

impl Unpublished {
    /// What a scheme does not publish.
    #[must_use]
    pub fn of(scheme: &Scheme) -> Self {
        let fields = hidden_fields(scheme).map(|field| field.label.clone());
        let stages = hidden_stages(scheme).map(|stage| stage.label.clone());
        Self {
            everything: hides_everything(scheme),
            fields: fields.collect(),
            stages: stages.collect(),
        }
    }

    /// What is to be known and done, one sentence a line; nothing where all is published.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        if self.everything {
            return vec![
                "公表する項目が一つもありません。このまま公表すると、番号・名称・年度だけが表示されます。"
                    .to_owned(),
                "対応：設定ファイルの [[fields]] に、公表する項目を public = true を付けて書いてください。"
                    .to_owned(),
            ];
        }
        let named = |what: &str, labels: &[String]| {
            (!labels.is_empty()).then(|| format!("公表しない{what}：{}", labels.join("、")))
        };
        let mut lines: Vec<String> = named("項目", &self.fields)
            .into_iter()
            .chain(named("評価の段階", &self.stages))
            .collect();
        if !lines.is_empty() {
            lines.push(
                "（public = true のない項目と段階は公表しません。公表しない項目があると、原文の行も公表しません）"
                    .to_owned(),
            );
        }
        lines
    }
}
