//! Passwords: which are taken, how they are kept, how one is compared.
//!
//! Length counts, not a mixture of signs: what people are forced to mix they write on paper. A
//! password is kept as an Argon2id hash with its parameters, so that stronger ones can be asked for
//! later; a hash with weaker ones is made anew when its person signs in.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use meguri_core::text::{narrow, nfc};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;
use thiserror::Error;

/// Characters of a password at least.
pub const LEAST_CHARS: usize = 12;

/// Characters of a password at most, so that nobody makes the server hash a book.
pub const MOST_CHARS: usize = 200;

/// Characters of a start password: read from paper, typed once.
const START_CHARS: usize = 16;

/// What a start password is made of: nothing that looks like something else.
const START_SIGNS: &[u8; 31] = b"abcdefghijkmnpqrstuvwxyz2345678";

/// Words on which passwords are built too often.
static COMMON: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/common-passwords.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// A password as somebody typed it. It is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PasswordFault {
    /// It is too short.
    #[error(
        "パスワードは{LEAST_CHARS}文字以上にしてください。文字の種類は問いません。長い言葉をつなげると、覚えやすく安全です。"
    )]
    Short,
    /// It is too long.
    #[error("パスワードは{MOST_CHARS}文字以内にしてください。")]
    Long,
    /// It has a control in it.
    #[error("パスワードに使えない文字（改行など）が含まれています。入力し直してください。")]
    Control,
    /// It is a word that everybody tries, with or without digits.
    #[error(
        "推測されやすい言葉に数字や記号を付けただけのパスワードは使えません。関係のない言葉を三つ以上つなげてください。"
    )]
    Common,
    /// It is one sign, or a few, again and again, or a row of the keyboard.
    #[error(
        "同じ文字の繰り返しや、キーボードの並びのままのパスワードは使えません。関係のない言葉を三つ以上つなげてください。"
    )]
    Pattern,
    /// It holds the name of the account.
    #[error("利用者名を含むパスワードは使えません。別の言葉にしてください。")]
    Name,
    /// It is the one that was there before.
    #[error("今までと同じパスワードは使えません。別のものにしてください。")]
    Same,
}

/// What hashing costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// How often the memory is gone through.
    pub passes: u32,
}

impl Default for Cost {
    /// What OWASP recommends for Argon2id: some 20 ms and 19 MiB on an office server.
    fn default() -> Self {
        Self {
            memory_kib: Params::DEFAULT_M_COST,
            passes: Params::DEFAULT_T_COST,
        }
    }
}

/// A password could not be hashed: the system gives no chance, or no memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("パスワードを処理できませんでした。少し待ってから、もう一度お試しください。")]
pub struct HashFault;

impl Password {
    /// What was typed; full-width and half-width letters are the same, since an input method gives
    /// either.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        Self(nfc(&narrow(text)).into_owned())
    }

    /// A start password by chance, to be handed over once.
    ///
    /// # Errors
    /// Where the system gives no chance.
    pub fn by_chance() -> Result<Self, HashFault> {
        let mut signs = Vec::with_capacity(START_CHARS);
        while signs.len() < START_CHARS {
            let mut bytes = [0_u8; 64];
            getrandom::fill(&mut bytes).map_err(|_| HashFault)?;
            // Of 32 values one is thrown away, so that each sign is as likely as another.
            let places = bytes.iter().map(|byte| usize::from(byte & 31));
            signs.extend(places.filter_map(|place| START_SIGNS.get(place)));
        }
        let groups: Vec<String> = signs
            .get(..START_CHARS)
            .unwrap_or_default()
            .chunks(4)
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect();
        Ok(Self(groups.join("-")))
    }

    /// The text, for the one who is handed it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// May an account of this name have it?
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, account: &str) -> Result<(), PasswordFault> {
        let count = self.0.chars().count();
        if count < LEAST_CHARS {
            return Err(PasswordFault::Short);
        }
        self.is_of_size()?;
        let lower = self.0.to_lowercase();
        let name = account.split('@').next().unwrap_or_default().to_lowercase();
        if name.chars().count() >= 4 && lower.contains(&name) {
            return Err(PasswordFault::Name);
        }
        if is_pattern(&lower) {
            return Err(PasswordFault::Pattern);
        }
        if is_common(&lower) {
            return Err(PasswordFault::Common);
        }
        Ok(())
    }

    /// Is it worth hashing at all?
    ///
    /// # Errors
    /// Why not.
    pub fn is_of_size(&self) -> Result<(), PasswordFault> {
        if self.0.chars().count() > MOST_CHARS {
            return Err(PasswordFault::Long);
        }
        if self.0.chars().any(char::is_control) {
            return Err(PasswordFault::Control);
        }
        Ok(())
    }

    /// Its hash, with the parameters.
    ///
    /// # Errors
    /// [`HashFault`].
    pub fn hash(&self, cost: Cost) -> Result<String, HashFault> {
        let hash: PasswordHash = hasher(cost)?
            .hash_password(self.0.as_bytes())
            .map_err(|_| HashFault)?;
        Ok(hash.to_string())
    }

    /// Is it the one of a hash? What is no hash is nobody's.
    #[must_use]
    pub fn is_of(&self, hash: &str) -> bool {
        let Ok(hash) = PasswordHash::new(hash) else {
            return false;
        };
        let verified = Argon2::default().verify_password(self.0.as_bytes(), &hash);
        verified.is_ok()
    }
}

/// Nothing of it, so that it cannot get into a log.
impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Was a hash made with less than these costs?
#[must_use]
pub fn is_weak(hash: &str, cost: Cost) -> bool {
    let params = PasswordHash::new(hash)
        .ok()
        .and_then(|hash| Params::try_from(&hash).ok());
    params.is_none_or(|params| params.m_cost() < cost.memory_kib || params.t_cost() < cost.passes)
}

fn hasher(cost: Cost) -> Result<Argon2<'static>, HashFault> {
    let params = Params::new(cost.memory_kib, cost.passes, Params::DEFAULT_P_COST, None);
    let params = params.map_err(|_| HashFault)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A word that everybody tries, once or several times, with digits and signs around it or in the
/// place of letters.
fn is_common(lower: &str) -> bool {
    let letters: String = lower.chars().filter(|c| c.is_alphabetic()).collect();
    // What stands around the word is no letter of it.
    let word = lower.trim_matches(|c: char| !c.is_alphabetic());
    let unleet: String = word.chars().map(letter_of).collect();
    let unleet: String = unleet.chars().filter(|c| c.is_alphabetic()).collect();
    letters.chars().count() < 3 || [letters, unleet].iter().any(|word| is_of_common(word))
}

/// Is a text one of the words, or two of them behind each other?
fn is_of_common(text: &str) -> bool {
    let is_word = |word: &str| word.is_empty() || COMMON.contains(word);
    let cuts = text.char_indices().map(|(place, _)| place);
    cuts.chain([text.len()])
        .filter_map(|place| text.split_at_checked(place))
        .any(|(one, other)| is_word(one) && is_word(other))
}

/// The letter for which people write a sign.
const fn letter_of(sign: char) -> char {
    match sign {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Rows that fingers walk along.
const ROWS: [&str; 6] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
];

/// Too few different signs, a short piece again and again, or mostly a row of the keyboard.
fn is_pattern(lower: &str) -> bool {
    let signs: Vec<char> = lower.chars().collect();
    let different: BTreeSet<char> = signs.iter().copied().collect();
    let repeats = (1..=4).any(|length| {
        let mut pairs = signs.iter().zip(signs.iter().skip(length));
        pairs.all(|(one, other)| one == other)
    });
    if different.len() < 5 || repeats {
        return true;
    }
    // A step along a row, forwards or backwards.
    let steps = signs.windows(2).filter(|pair| {
        let (there, back) = (pair.iter().collect::<String>(), pair.iter().rev().collect());
        let back: String = back;
        ROWS.iter()
            .any(|row| row.contains(&there) || row.contains(&back))
    });
    steps.count() * 4 >= signs.len() * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost {
        memory_kib: 64,
        passes: 1,
    };

    #[test]
    fn length_counts_and_what_everybody_tries_does_not() {
        use PasswordFault::{Common, Control, Long, Name, Pattern, Short};
        let long = "あ".repeat(MOST_CHARS + 1);
        for (typed, fault) in [
            ("kaki no tane to cha", None),
            ("雨の日は川沿いを走らない", None),
            ("correcthorsebattery", None),
            ("Zj8-mv2-qq7-ab", None),
            ("", Some(Short)),
            ("11文字のパスワード", Some(Short)),
            ("password1234", Some(Common)),
            ("P@ssw0rd2026!", Some(Common)),
            ("ｐａｓｓｗｏｒｄ１２３４", Some(Common)),
            ("gyouseihyouka2026", Some(Common)),
            ("meguri-meguri-2026", Some(Common)),
            ("shiyakushokikakuka1", Some(Common)),
            ("20260401-0930", Some(Common)),
            ("aaaaaaaaaaaaaa", Some(Pattern)),
            ("abcabcabcabcabc", Some(Pattern)),
            ("qwertyuiopasdf", Some(Pattern)),
            ("1qaz2wsx3edc", Some(Pattern)),
            ("987654321098", Some(Pattern)),
            ("tanaka-hanako no neko", None),
            ("my name is yamada-t!", Some(Name)),
            ("twelve\nletters ok", Some(Control)),
            (long.as_str(), Some(Long)),
        ] {
            let found = Password::typed(typed).check("yamada-t").err();
            assert_eq!(found, fault, "{typed}");
        }
    }

    #[test]
    fn a_hash_is_of_its_password_only_and_says_what_it_cost() {
        let password = Password::typed("kaki no tane to cha");
        let hash = password.hash(CHEAP).expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}");
        assert!(password.is_of(&hash));
        assert!(Password::typed("ｋａｋｉ　ｎｏ　ｔａｎｅ　ｔｏ　ｃｈａ").is_of(&hash));
        assert!(!Password::typed("kaki no tane to chA").is_of(&hash));
        assert_ne!(password.hash(CHEAP).expect("another salt"), hash);
        assert!(is_weak(&hash, Cost::default()) && !is_weak(&hash, CHEAP));
        for none in [
            "",
            "!",
            "$argon2id$v=19$m=64,t=1,p=1$",
            "kaki no tane to cha",
        ] {
            assert!(
                !password.is_of(none) && !Password::typed("").is_of(none),
                "{none}"
            );
        }
    }

    #[test]
    fn start_passwords_are_taken_and_never_the_same() {
        let all: BTreeSet<String> = (0..200)
            .map(|_| {
                let password = Password::by_chance().expect("chance");
                assert_eq!(password.check("yamada"), Ok(()), "{}", password.reveal());
                password.reveal().to_owned()
            })
            .collect();
        assert_eq!(all.len(), 200);
        let signs: BTreeSet<char> = all.iter().flat_map(|text| text.chars()).collect();
        assert_eq!(signs.len(), START_SIGNS.len() + 1, "each sign is met");
    }

    #[test]
    fn nothing_of_a_password_is_shown_in_a_log() {
        let password = Password::typed("kaki no tane to cha");
        assert_eq!(format!("{password:?}"), "Password(…)");
    }
}
