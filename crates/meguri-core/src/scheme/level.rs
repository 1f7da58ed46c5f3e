//! Levels (階層) of a plan: their names, numbering and what they carry.

/// One level: 基本目標, 方針, 施策, 事務事業 …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Stable ASCII key.
    pub key: String,
    /// Its name for a person.
    pub label: String,
    /// How its nodes are numbered.
    pub numbering: Numbering,
    /// May a branch of the tree go without it?
    pub optional: bool,
    /// Does it stand outside the tree (management sheets)?
    pub outside_tree: bool,
    /// Do its nodes have sheets?
    pub sheets: bool,
    /// Do its nodes have indicators?
    pub indicators: bool,
    /// Do its nodes have costs?
    pub money: bool,
}

/// How nodes are numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// Not at all.
    None,
    /// `4`.
    Arabic,
    /// `Ⅳ`.
    Roman,
    /// `④`.
    Circled,
    /// `1-2-4`: with the numbers above it.
    Path,
    /// With a prefix: `No.4`.
    Prefixed(String),
}

impl Numbering {
    /// The number of a node as printed; `path` holds the numbers from the top down to its own.
    #[must_use]
    pub fn print(&self, path: &[u32]) -> String {
        let Some(own) = path.last() else {
            return String::new();
        };
        match self {
            Self::None => String::new(),
            Self::Arabic => own.to_string(),
            Self::Roman => offset('Ⅰ', *own, 12),
            Self::Circled => offset('①', *own, 20),
            Self::Path => {
                let numbers: Vec<String> = path.iter().map(u32::to_string).collect();
                numbers.join("-")
            }
            Self::Prefixed(prefix) => format!("{prefix}{own}"),
        }
    }
}

/// A figure that has a character of its own up to `most`; beyond it the plain number.
fn offset(first: char, number: u32, most: u32) -> String {
    let own = number
        .checked_sub(1)
        .filter(|_| number <= most)
        .and_then(|n| char::from_u32(u32::from(first) + n));
    own.map_or_else(|| number.to_string(), |c| c.to_string())
}
