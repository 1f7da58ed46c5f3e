//! Comments on a sheet or one field of it, their answers, and that they are settled.

use crate::by::By;
use crate::error::{Error, Result};
use crate::municipality::Municipality;
use crate::sql::{Row, inserts, statements};
use crate::transaction::WriteTx;

statements! {
    OF_SHEET = "SELECT number, field, answers, kind, words, who, moment FROM sheet_comment \
        WHERE municipality = $1 AND cycle = $2 AND sheet = $3 ORDER BY number";
}

inserts! {
    COMMENT = "sheet_comment" [
        "number", "act", "cycle", "sheet", "field", "answers", "kind", "words", "who", "moment",
    ];
}

/// What a comment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentKind {
    /// Something is said or asked.
    Said,
    /// It answers another one.
    Answer,
    /// Another one is settled.
    Done,
}

impl CommentKind {
    const fn key(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Answer => "answer",
            Self::Done => "done",
        }
    }

    fn of(key: &str) -> Result<Self> {
        let all = [Self::Said, Self::Answer, Self::Done];
        let mut found = all.into_iter().filter(|kind| kind.key() == key);
        found
            .next()
            .ok_or_else(|| Error::damaged(format!("comment: {key}")))
    }
}

/// A comment to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewComment {
    /// What it is.
    pub kind: CommentKind,
    /// The key of the slot that it is about; `None` = the sheet.
    pub field: Option<String>,
    /// The number of the comment that it answers or settles.
    pub answers: Option<i64>,
    /// Its words.
    pub words: String,
}

/// A comment that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptComment {
    /// Its number.
    pub number: i64,
    /// What was said.
    pub comment: NewComment,
    /// Who said it and when.
    pub by: By,
}

impl Municipality {
    /// The comments on a sheet in a cycle, in their order.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn comments(&self, cycle: i64, sheet: i64) -> Result<Vec<KeptComment>> {
        let mut reading = self.read().await?;
        let rows = reading
            .rows(OF_SHEET, &[cycle.into(), sheet.into()])
            .await?;
        rows.iter().map(comment).collect()
    }
}

fn comment(row: &Row) -> Result<KeptComment> {
    Ok(KeptComment {
        number: row.integer(0)?,
        comment: NewComment {
            field: row.maybe_text(1)?,
            answers: row.maybe_integer(2)?,
            kind: CommentKind::of(&row.text(3)?)?,
            words: row.text(4)?,
        },
        by: By::kept(row.text(5)?, row.text(6)?),
    })
}

pub(super) async fn save(
    writing: &mut WriteTx,
    (cycle, sheet, act): (i64, i64, i64),
    comments: &[NewComment],
    by: &By,
) -> Result<()> {
    let mut rows = Vec::new();
    for comment in comments {
        rows.push(vec![
            writing.next_id().into(),
            act.into(),
            cycle.into(),
            sheet.into(),
            comment.field.as_deref().into(),
            comment.answers.into(),
            comment.kind.key().into(),
            comment.words.as_str().into(),
            by.who().into(),
            by.moment().into(),
        ]);
    }
    writing.insert(&COMMENT, rows).await
}
