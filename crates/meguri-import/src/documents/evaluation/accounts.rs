//! The accounts (会計) before 款: marks and words of the form (`介`, `後期`), and what the scheme of the
//! city names besides.

/// Words that stand before 款 with a space.
pub(super) const ACCOUNT_WORDS: [&str; 12] = [
    "介",
    "後",
    "国",
    "一",
    "下",
    "一般",
    "介護",
    "後期",
    "国保",
    "下水道",
    "水道",
    "病院",
];

/// The account of a row that names none.
const GENERAL: &str = "一般";

/// The accounts of a city.
#[derive(Clone, Debug, Default)]
pub(super) struct Accounts {
    /// Those of its scheme.
    own: Vec<String>,
}

impl Accounts {
    pub(super) fn of(own: &[String]) -> Self {
        let named = own.iter().filter(|account| !account.is_empty());
        Self {
            own: named.cloned().collect(),
        }
    }

    /// Is a word an account, or the mark of one?
    pub(super) fn contain(&self, word: &str) -> bool {
        ACCOUNT_WORDS.contains(&word) || self.own_of(word).is_some()
    }

    /// `介3`, `駐車場3`: an account of the scheme, or one or two characters of any, before one or two
    /// digits.
    pub(super) fn begin(&self, word: &str) -> bool {
        let digits = word.trim_start_matches(|c: char| !c.is_ascii_digit());
        let account = word.strip_suffix(digits).unwrap_or_default();
        let kan = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        let short = (1..=2).contains(&account.chars().count())
            && account.chars().all(|c| matches!(c, '一'..='\u{9fff}'))
            && !account.starts_with('第');
        kan && (short || self.own_of(account).is_some())
    }

    /// The account that a mark stands for.
    pub(super) fn named<'a>(&'a self, mark: &'a str) -> &'a str {
        if let Some(own) = self.own_of(mark) {
            return own;
        }
        match mark {
            "介" => "介護",
            "後" => "後期",
            "国" => "国保",
            "一" | "般" => GENERAL,
            "下" => "下水道",
            other => other,
        }
    }

    /// What the city calls the general account.
    pub(super) fn general(&self) -> &str {
        self.own_of(GENERAL).unwrap_or(GENERAL)
    }

    /// The account of the scheme that a text names: itself, or by the letters that only it begins
    /// with.
    fn own_of(&self, text: &str) -> Option<&str> {
        let whole = self.own.iter().find(|account| account.as_str() == text);
        let mut begun = self.own.iter().filter(|account| {
            let short = (1..=2).contains(&text.chars().count());
            short && account.starts_with(text)
        });
        let only = begun.next().filter(|_| begun.next().is_none());
        whole.or(only).map(String::as_str)
    }
}

/// The marks by which an account may be printed: its first one or two letters.
pub(super) fn marks(account: &str) -> impl Iterator<Item = String> {
    (1..=2).map(|letters| account.chars().take(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accounts_of_a_scheme_are_known_by_name_and_by_mark() {
        let own = ["一般会計", "介護保険", "駐車場", "病院", "病後児"].map(str::to_owned);
        let accounts = Accounts::of(&own);
        for (mark, want) in [
            ("介", "介護保険"),
            ("介護", "介護保険"),
            ("介護保険", "介護保険"),
            ("駐", "駐車場"),
            ("一", "一般会計"),
            ("病院", "病院"),
            // Two accounts begin so.
            ("病", "病"),
            ("国", "国保"),
        ] {
            assert_eq!(accounts.named(mark), want, "{mark}");
        }
        for word in ["駐車場3", "介3", "国12", "病院1"] {
            assert!(accounts.begin(word), "{word}");
        }
        for word in ["駐車場", "事業所3", "第3", "3", "駐車場123"] {
            assert!(!accounts.begin(word), "{word}");
        }
        assert_eq!(accounts.general(), "一般会計");
        assert_eq!(Accounts::default().general(), "一般");
        assert!(accounts.contain("駐車場") && !accounts.contain("公園課"));
    }
}
