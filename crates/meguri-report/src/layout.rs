//! The layouts: files in the language of typst over the data of [`crate::data`]. A new paper of the
//! same data is a file here, or a file of a city; no code knows what a layout shows.

/// A layout that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Stable ASCII key.
    pub key: &'static str,
    /// What it prints, in Japanese.
    pub label: &'static str,
    path: &'static str,
    /// The families of documents for which it is the usual one.
    families: &'static [&'static str],
}

/// All layouts.
pub const LAYOUTS: &[Layout] = &[
    Layout {
        key: "evaluation",
        label: "評価シート",
        path: "/layouts/evaluation.typ",
        families: &["evaluation"],
    },
    Layout {
        key: "midterm",
        label: "実行計画（見開き）",
        path: "/layouts/midterm.typ",
        families: &["midterm"],
    },
    Layout {
        key: "strategy",
        label: "施策の進捗一覧",
        path: "/layouts/strategy.typ",
        families: &["strategy"],
    },
    Layout {
        key: "programs",
        label: "プログラムの年次計画と進捗（A3）",
        path: "/layouts/programs.typ",
        families: &["programs"],
    },
    Layout {
        key: "reform",
        label: "項目と細項目の進捗一覧（A3）",
        path: "/layouts/reform.typ",
        families: &["reform"],
    },
    Layout {
        key: "results",
        label: "主要な施策の成果",
        path: "/layouts/results.typ",
        families: &[],
    },
    Layout {
        key: "implementation",
        label: "実施計画調書",
        path: "/layouts/implementation.typ",
        families: &[],
    },
    Layout {
        key: "projects",
        label: "事務事業の一覧",
        path: "/layouts/projects.typ",
        families: &[],
    },
];

/// A file with its path.
macro_rules! file {
    ($name:literal) => {
        (
            concat!("/layouts/", $name),
            include_str!(concat!("../layouts/", $name)),
        )
    };
}

/// The files of the layouts and what they share.
pub(crate) const FILES: &[(&str, &str)] = &[
    file!("common.typ"),
    file!("parts.typ"),
    file!("book.typ"),
    file!("evaluation.typ"),
    file!("midterm.typ"),
    file!("strategy.typ"),
    file!("programs.typ"),
    file!("reform.typ"),
    file!("results.typ"),
    file!("implementation.typ"),
    file!("projects.typ"),
];

/// The path of a layout of a city; beside ours, so that it may import what they share.
const OWN: &str = "/layouts/own.typ";

/// Which layout is wanted.
#[derive(Clone, Copy, Debug)]
pub enum Chosen<'a> {
    /// One that comes with the program.
    Ours(&'static Layout),
    /// The text of a layout file.
    Own(&'a str),
}

impl Chosen<'_> {
    pub(crate) const fn path(&self) -> &'static str {
        match self {
            Self::Ours(layout) => layout.path,
            Self::Own(_) => OWN,
        }
    }

    pub(crate) const fn own(&self) -> Option<&str> {
        match self {
            Self::Ours(_) => None,
            Self::Own(text) => Some(text),
        }
    }
}

impl Layout {
    /// A layout by its key.
    #[must_use]
    pub fn find(key: &str) -> Option<&'static Self> {
        LAYOUTS.iter().find(|layout| layout.key == key)
    }

    /// The usual layout of a family of documents; for one without its own the first.
    #[must_use]
    pub fn of_family(family: &str) -> Option<&'static Self> {
        let own = LAYOUTS
            .iter()
            .find(|layout| layout.families.contains(&family));
        own.or_else(|| LAYOUTS.first())
    }
}
