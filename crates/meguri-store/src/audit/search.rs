//! Lines of the audit by who, when, what and words, the newest first.

use super::AuditLine;
use crate::error::Result;
use crate::municipality::Municipality;
use crate::sql::statements;

statements! {
    FOUND = "SELECT number, moment, who, action, subject, before_text, after_text, previous, hash \
        FROM audit WHERE municipality = $1 AND number < $2 \
        AND ($3 = '' OR who = $3) AND ($4 = '' OR action = $4) \
        AND moment >= $5 AND moment < $6 \
        AND ($7 = '' OR subject LIKE $7 ESCAPE '!' OR before_text LIKE $7 ESCAPE '!' \
        OR after_text LIKE $7 ESCAPE '!') \
        ORDER BY number DESC LIMIT $8";
}

/// Which lines are wanted. What is empty asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only lines with a smaller number; `None` = from the last one.
    pub before: Option<i64>,
    /// The name of who did it.
    pub who: String,
    /// What was done, as it is written in the audit.
    pub action: String,
    /// From this moment on, or the beginning of one: `2026-04-01`.
    pub from: String,
    /// Before this moment, or the beginning of one.
    pub until: String,
    /// Somewhere in what the line tells.
    pub words: String,
}

impl Municipality {
    /// At most so many lines of the audit that a filter lets pass, the newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audit_found(&self, filter: &AuditFilter, most: u16) -> Result<Vec<AuditLine>> {
        let until = if filter.until.is_empty() {
            // Behind every moment: no year has five digits.
            "99999"
        } else {
            filter.until.as_str()
        };
        let words = like(&filter.words);
        let args = [
            filter.before.unwrap_or(i64::MAX).into(),
            filter.who.as_str().into(),
            filter.action.as_str().into(),
            filter.from.as_str().into(),
            until.into(),
            words.as_str().into(),
            i64::from(most).into(),
        ];
        let mut reading = self.read().await?;
        let rows = reading.rows(FOUND, &args).await?;
        rows.iter().map(AuditLine::of).collect()
    }
}

/// What LIKE finds the words by; empty for none.
fn like(words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    let mut pattern = "%".to_owned();
    for c in words.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_like_are_letters_within_words() {
        assert_eq!(like(""), "");
        assert_eq!(like("福祉"), "%福祉%");
        assert_eq!(like("50%_!"), "%50!%!_!!%");
    }
}
