//! Who publishes, and under which terms.

/// What a descriptor says of the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publisher {
    /// 団体コード of six digits; empty for data of several municipalities.
    pub code: String,
    /// The name of the municipality, or of the whole.
    pub name: String,
    /// The terms of the data as the settings say them; empty where they do not.
    pub licence: String,
    /// Where the public reaches the site, without a slash at the end; empty where not known.
    pub site: String,
    /// The moment of the last publication, ISO 8601; empty where there is none. It is the date of
    /// the data: no clock is asked.
    pub moment: String,
    /// Where to write or call; empty where not known.
    pub contact: String,
}

/// A licence that descriptors know by name and address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Licence {
    /// As Frictionless and SPDX call it.
    pub name: &'static str,
    /// Its address.
    pub path: &'static str,
    /// Its title.
    pub title: &'static str,
}

/// The licences that are known by the words in which cities name them.
const KNOWN: &[(&[&str], Licence)] = &[
    (
        &["cc by 4.0", "cc-by-4.0", "表示 4.0", "表示4.0"],
        Licence {
            name: "CC-BY-4.0",
            path: "https://creativecommons.org/licenses/by/4.0/deed.ja",
            title: "クリエイティブ・コモンズ 表示 4.0 国際",
        },
    ),
    (
        &["cc0"],
        Licence {
            name: "CC0-1.0",
            path: "https://creativecommons.org/publicdomain/zero/1.0/deed.ja",
            title: "CC0 1.0 全世界",
        },
    ),
    (
        &["公共データ利用規約", "pdl1.0", "pdl 1.0"],
        Licence {
            name: "PDL-1.0",
            path: "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
            title: "公共データ利用規約（第1.0版）",
        },
    ),
];

impl Publisher {
    /// The licence that the settings mean; `None` for words that are not known, which are handed on
    /// as they are.
    #[must_use]
    pub fn known_licence(&self) -> Option<Licence> {
        let words = self.licence.to_lowercase();
        let is = |names: &[&str]| names.iter().any(|name| words.contains(name));
        let found = KNOWN.iter().find(|(names, _)| is(names));
        found.map(|(_, licence)| *licence)
    }

    /// The day of the data: `2026-04-01`; empty where there is none.
    #[must_use]
    pub fn day(&self) -> &str {
        self.moment.split('T').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_known_by_the_words_of_cities() {
        for (words, name) in [
            ("CC BY 4.0", Some("CC-BY-4.0")),
            ("クリエイティブ・コモンズ 表示 4.0 国際", Some("CC-BY-4.0")),
            ("CC0 1.0", Some("CC0-1.0")),
            ("公共データ利用規約（第1.0版）", Some("PDL-1.0")),
            ("当市の利用条件", None),
            ("CC BY-NC 4.0", None),
            ("クリエイティブ・コモンズ 表示-非営利 4.0 国際", None),
            ("", None),
        ] {
            let publisher = Publisher {
                licence: words.to_owned(),
                ..Publisher::default()
            };
            let found = publisher.known_licence().map(|licence| licence.name);
            assert_eq!(found, name, "{words}");
        }
    }
}
