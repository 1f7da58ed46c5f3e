//! Words of daily life (くらしの言葉) that lead residents to the nodes of a plan.

/// A word and what it stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// The word, as residents use it: 子育て, 防災, ごみ …
    pub word: String,
    /// Parts of names of nodes, or whole numbers of nodes.
    pub nodes: Vec<String>,
    /// Phrases that mean something else though they hold such a part: 保育環境 is not 環境.
    pub except: Vec<String>,
}
