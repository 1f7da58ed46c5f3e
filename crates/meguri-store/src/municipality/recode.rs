//! Another code for a municipality, and two municipalities made one.
//!
//! Rows carry the code of their municipality, and much of them may only be added. So they are
//! written anew under the other code and removed under the former one, in one transaction in which
//! the guards of the tables rest. No hash of the audit has the code in it: the chain goes on, and
//! its next line says what was done.

use super::{Municipality, MunicipalityCode};
use crate::audit::{self, Action, AuditEntry, chain};
use crate::by::By;
use crate::dialect::{self, Engine};
use crate::error::{Error, Result};
use crate::export::{NOT_EXPORTED, TABLES, Table};
use crate::opening::Store;
use crate::sql::{Sql, statements};
use crate::transaction::WriteTx;

statements! {
    RENAME = "UPDATE municipality SET name = $2 WHERE municipality = $1";
    AMOUNTS = "SELECT (SELECT COUNT(*) FROM plan WHERE municipality = $1), \
               (SELECT COUNT(*) FROM document WHERE municipality = $1)";
    OTHER_IS_THERE = "SELECT name FROM municipality WHERE municipality = $2 AND NOT municipality = $1";
    LAST_DECISION = "SELECT COALESCE(MAX(number), 0) FROM decision WHERE municipality = $1";
    SAME_FILES = "SELECT o.name FROM document o JOIN document t ON t.family = o.family \
                  AND t.source = o.source \
                  WHERE o.municipality = $1 AND t.municipality = $2 ORDER BY o.id";
    SAME_SHEETS = "SELECT o.label FROM sheet o \
                   JOIN plan op ON op.municipality = o.municipality AND op.id = o.plan \
                   JOIN plan tp ON tp.key = op.key \
                   JOIN sheet t ON t.municipality = tp.municipality AND t.plan = tp.id \
                   AND t.year = o.year AND t.key = o.key \
                   WHERE o.municipality = $1 AND t.municipality = $2 ORDER BY o.id";
    SAME_PROJECTS = "SELECT o.name FROM project o JOIN project t ON t.key = o.key \
                     WHERE o.municipality = $1 AND t.municipality = $2 ORDER BY o.id";
    SAME_CYCLES = "SELECT o.label FROM cycle o \
                   JOIN plan op ON op.municipality = o.municipality AND op.id = o.plan \
                   JOIN plan tp ON tp.key = op.key \
                   JOIN cycle t ON t.municipality = tp.municipality AND t.plan = tp.id \
                   AND t.year = o.year \
                   WHERE o.municipality = $1 AND t.municipality = $2 ORDER BY o.id";
    UNLIKE_SCHEMES = "SELECT o.plan FROM scheme o JOIN scheme t ON t.plan = o.plan \
                      AND t.version = o.version AND t.edition = o.edition \
                      AND NOT t.written = o.written \
                      WHERE o.municipality = $1 AND t.municipality = $2 ORDER BY o.plan";
    SAME_SECTIONS = "SELECT o.who FROM section_register o JOIN section_register t \
                     ON t.edition = o.edition \
                     WHERE o.municipality = $1 AND t.municipality = $2";
    SAME_ACCOUNTS = "SELECT o.name FROM account o JOIN account t ON t.name = o.name \
                     WHERE o.municipality = $1 AND t.municipality = $2 ORDER BY o.name";
    JOINED = "INSERT INTO redirect (municipality, former, id) \
              SELECT $2, o.id, MIN(t.id) FROM identity o \
              JOIN identity t ON t.kind = o.kind AND t.key = o.key \
              WHERE o.municipality = $1 AND t.municipality = $2 AND NOT t.id = o.id GROUP BY o.id";
}

/// How many names of what collides a refusal shows.
const SHOWN: usize = 5;

/// How much of a municipality is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Plans.
    pub plans: i64,
    /// Documents.
    pub documents: i64,
}

impl Municipality {
    /// How much of it is kept.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn amounts(&self) -> Result<Amounts> {
        let row = self.read().await?.row(AMOUNTS, &[]).await?;
        row.map_or(Ok(Amounts::default()), |row| {
            Ok(Amounts {
                plans: row.integer(0)?,
                documents: row.integer(1)?,
            })
        })
    }

    /// Gives it another name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn rename(&self, name: &str, by: &By) -> Result<()> {
        let before = self.name().await?.unwrap_or_default();
        let mut writing = self.write().await?;
        writing.execute(RENAME, &[name.into()]).await?;
        let line = AuditEntry::new(Action::RenameMunicipality, self.code.as_str());
        writing
            .commit(by, vec![line.before(before).after(name)])
            .await
    }

    /// Gives it another code and name: all of it is under the other code afterwards.
    ///
    /// # Errors
    /// Where the other code is registered already, or those of the database; nothing is changed
    /// then.
    pub async fn recode(&self, to: &MunicipalityCode, name: &str, by: &By) -> Result<Self> {
        let before = self.name().await?.unwrap_or_default();
        let mut writing = self.write().await?;
        let guards = Guards::rest(&mut writing).await?;
        let there = writing
            .reading()
            .rows(OTHER_IS_THERE, &[to.as_str().into()])
            .await?;
        if let Some(row) = there.first() {
            return Err(Error::invalid(format!(
                "団体コード {to}（{}）は、すでに登録されています。\
                 一つにまとめる場合は「meguri municipality merge {} {to}」を使ってください。",
                row.text(0)?,
                self.code
            )));
        }
        for table in all_tables() {
            writing
                .reading()
                .rows(Sql::new(&copied(table)), &[to.as_str().into()])
                .await?;
        }
        remove(&mut writing).await?;
        guards.stand(&mut writing).await?;
        let other = Self::new(self.store.clone(), to.clone());
        writing.go_on_as(to.as_str()).await?;
        writing.execute(RENAME, &[name.into()]).await?;
        let line = AuditEntry::new(Action::RecodeMunicipality, format!("{} {to}", self.code));
        let line = line
            .before(format!("{} {before}", self.code))
            .after(format!("{to} {name}"));
        writing.commit(by, vec![line]).await?;
        Ok(other)
    }

    /// Moves all of it to another municipality, which keeps its code and name. Numbers of what is
    /// moved begin behind those of the other one; its audit lines follow behind the other's.
    ///
    /// # Errors
    /// Where both have the same paper, sheet, project, list of sections or unlike schemes, or those
    /// of the database; nothing is changed then.
    pub async fn merge_into(&self, other: &Self, by: &By) -> Result<i64> {
        // The lock of the other comes first; `self` is locked below, within the same transaction.
        let name = self.name().await?.unwrap_or_default();
        let mut writing = other.write().await?;
        let (shift, chain) = writing.counters();
        let decisions = last_decision(&mut writing).await?;
        let guards = Guards::rest(&mut writing).await?;
        writing.go_on_as(self.code.as_str()).await?;
        writing.lock().await?;
        refuse_collisions(&mut writing, &other.code).await?;
        if let Some(broken) = audit::verify(writing.reading()).await?.broken {
            return Err(Error::invalid(format!(
                "団体 {} の監査記録に食い違いがあるため、一つにまとめられません（{}件目：{}）。\
                 データベースは変更していません。「meguri audit verify」で確かめ、\
                 正しい控えから復元してください。",
                self.code, broken.number, broken.why
            )));
        }
        let lines = audit::all(writing.reading()).await?;
        let (own_ids, head) = writing.counters();
        let last_id = shift.saturating_add(own_ids);
        let into = [other.code.as_str().into()];
        let stays = |table: &&Table| matches!(table.name, "municipality" | "audit");
        for table in all_tables().filter(|table| !stays(table)) {
            let text = moved(table, shift, decisions);
            writing.reading().rows(Sql::new(&text), &into).await?;
        }
        let joined = JOINED.text().replace("o.id,", &format!("o.id + {shift},"));
        writing.reading().rows(Sql::new(&joined), &into).await?;
        remove(&mut writing).await?;
        guards.stand(&mut writing).await?;
        writing.go_on_as(other.code.as_str()).await?;
        writing.go_on_from(last_id, chain);
        let line = AuditEntry::new(
            Action::MergeMunicipality,
            format!("{} {}", self.code, other.code),
        )
        .before(format!("{} {name}", self.code))
        .after(format!(
            "audit lines {}\nhead {}\nnumbers +{shift}\ndecisions +{decisions}",
            head.number, head.hash
        ));
        let (last_id, mut chain) = writing.counters();
        let mut all = chain::follow(&mut chain, by, vec![line]);
        let shifts = (shift, decisions);
        all.extend(audit::take_over(writing.reading(), &mut chain, lines, shifts).await?);
        let rows = all.iter().map(audit::AuditLine::row).collect();
        writing.insert(&chain::LINE, rows).await?;
        writing.go_on_from(last_id, chain);
        writing.commit(by, Vec::new()).await?;
        Ok(shift)
    }
}

async fn last_decision(writing: &mut WriteTx) -> Result<i64> {
    let row = writing.reading().row(LAST_DECISION, &[]).await?;
    row.map_or(Ok(0), |row| row.integer(0))
}

async fn refuse_collisions(writing: &mut WriteTx, into: &MunicipalityCode) -> Result<()> {
    let kinds = [
        (SAME_FILES, "同じファイルの文書"),
        (SAME_SHEETS, "同じ計画・年度のシート"),
        (SAME_PROJECTS, "同じ事務事業"),
        (SAME_CYCLES, "同じ計画・年度の照会"),
        (UNLIKE_SCHEMES, "内容の異なる計画の設定"),
        (SAME_SECTIONS, "課の一覧"),
        (SAME_ACCOUNTS, "同じ利用者名の利用者"),
    ];
    let mut found = Vec::new();
    for (sql, word) in kinds {
        let rows = writing.reading().rows(sql, &[into.as_str().into()]).await?;
        if rows.is_empty() {
            continue;
        }
        let names: Result<Vec<String>> = rows.iter().take(SHOWN).map(|row| row.text(0)).collect();
        let rest = if rows.len() > SHOWN { "など" } else { "" };
        found.push(format!(
            "\n  {word}（{}件）：{}{rest}",
            rows.len(),
            names?.join("、")
        ));
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "両方の団体に同じものがあるため、一つにまとめられません。データベースは変更していません。{}\n\
         必要な文書だけを、残す団体に「meguri import」で取り込んでください。",
        found.concat()
    )))
}

/// All tables of a municipality; a table stands behind those that it refers to.
fn all_tables() -> impl DoubleEndedIterator<Item = &'static Table> {
    TABLES.iter().chain(NOT_EXPORTED)
}

/// Copies the rows of a table as they are under another code.
fn copied(table: &Table) -> String {
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let columns = columns.join(", ");
    let name = table.name;
    format!(
        "INSERT INTO {name} (municipality, {columns}) \
         SELECT $2, {columns} FROM {name} WHERE municipality = $1"
    )
}

/// Copies the rows of a table to another municipality: with numbers behind those of the other one,
/// plans and nodes as those that the other one has already.
fn moved(table: &Table, shift: i64, decisions: i64) -> String {
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let name = table.name;
    let values: Vec<String> = columns
        .iter()
        .map(|column| value(name, column, shift, decisions))
        .collect();
    let same = match name {
        "plan" => "t.key = o.key",
        "node" => {
            "t.path = o.path AND EXISTS (SELECT 1 FROM plan a JOIN plan b ON a.key = b.key \
                   WHERE a.municipality = t.municipality AND a.id = t.plan \
                   AND b.municipality = o.municipality AND b.id = o.plan)"
        }
        "source" => "t.hash = o.hash",
        "scheme" => "t.plan = o.plan AND t.version = o.version AND t.edition = o.edition",
        "sign_in_tally" => "t.kind = o.kind AND t.key = o.key",
        "identity" => "t.kind = o.kind AND t.key = o.key",
        _ => "1 = 0",
    };
    format!(
        "INSERT INTO {name} (municipality, {}) SELECT $2, {} FROM {name} o \
         WHERE o.municipality = $1 AND NOT EXISTS \
         (SELECT 1 FROM {name} t WHERE t.municipality = $2 AND {same})",
        columns.join(", "),
        values.join(", ")
    )
}

/// What stands in a column of a row that is moved.
fn value(table: &str, column: &str, shift: i64, decisions: i64) -> String {
    let shifted = || format!("o.{column} + {shift}");
    match (table, column) {
        // The id of a session is a text.
        ("scheme" | "session", _) => format!("o.{column}"),
        ("node" | "document" | "sheet" | "cycle", "plan") | ("plan", "id") => format!(
            "COALESCE((SELECT a.id FROM plan a JOIN plan b ON a.key = b.key \
             WHERE a.municipality = $2 AND b.municipality = $1 AND b.id = o.{column}), {})",
            shifted()
        ),
        ("node", "id" | "parent") | ("sheet", "node") => format!(
            "COALESCE((SELECT a.id FROM node a JOIN plan ap \
             ON ap.municipality = a.municipality AND ap.id = a.plan \
             JOIN node b ON b.path = a.path JOIN plan bp \
             ON bp.municipality = b.municipality AND bp.id = b.plan \
             WHERE a.municipality = $2 AND b.municipality = $1 AND b.id = o.{column} \
             AND ap.key = bp.key), {})",
            shifted()
        ),
        ("decision", "number") => format!("o.number + {decisions}"),
        ("finding", "number") | ("publication_finding", "finding") => format!("o.{column}"),
        ("sheet_event" | "sheet_comment", "number") => shifted(),
        (
            _,
            "id" | "record" | "document" | "sheet" | "former" | "cycle" | "act" | "event"
            | "answers" | "stamp",
        ) => shifted(),
        _ => format!("o.{column}"),
    }
}

/// Removes all rows of the municipality; what refers to others goes first.
async fn remove(writing: &mut WriteTx) -> Result<()> {
    for table in all_tables().rev() {
        let text = format!("DELETE FROM {} WHERE municipality = $1", table.name);
        writing.execute(Sql::new(&text), &[]).await?;
    }
    Ok(())
}

/// The guards of the tables while they rest: what lets rows only be added, and the wall between
/// municipalities. Where the transaction ends before they stand again, they never rested.
struct Guards(Vec<String>);

impl Guards {
    async fn rest(writing: &mut WriteTx) -> Result<Self> {
        let tx = writing.reading();
        if tx.engine() == Engine::Postgres {
            for table in all_tables() {
                tx.script(&dialect::guards_rest(table.name)).await?;
            }
            return Ok(Self(
                all_tables()
                    .map(|table| dialect::guards_stand(table.name))
                    .collect(),
            ));
        }
        let mut texts = Vec::new();
        for row in tx.rows_of_database(Sql::new(dialect::TRIGGERS)).await? {
            tx.script(&format!("DROP TRIGGER {}", row.text(0)?)).await?;
            texts.push(row.text(1)?);
        }
        Ok(Self(texts))
    }

    async fn stand(self, writing: &mut WriteTx) -> Result<()> {
        for text in &self.0 {
            writing.reading().script(text).await?;
        }
        Ok(())
    }
}

impl Store {
    /// Is every guard of the tables there? For tests of what lets them rest.
    #[doc(hidden)]
    pub async fn guards(&self) -> Result<usize> {
        let mut tx = self.pool().read().await?;
        let text = match tx.engine() {
            Engine::Sqlite => dialect::TRIGGERS,
            Engine::Postgres => dialect::GUARDS,
        };
        Ok(tx.rows(Sql::new(text), &[]).await?.len())
    }
}
