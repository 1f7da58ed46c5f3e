//! Projects (事務事業) over the years: place in the budget and yearly cost, in every version.

use crate::audit::{Action, AuditEntry};
use crate::by::By;
use crate::error::{Error, Result};
use crate::municipality::Municipality;
use crate::record;
use crate::seal::Subject;
use crate::sql::{inserts, statements};
use crate::transaction::WriteTx;
use crate::value::{self, Lines, Pen, Sheaf, listing_costs};
use meguri_core::plan::Project;
use meguri_core::text::name_key;

statements! {
    KNOWN = "SELECT p.id, r.version FROM project p \
        JOIN record r ON r.municipality = p.municipality AND r.id = p.id \
        WHERE p.municipality = $1 AND p.key = $2";
    ALL = "SELECT p.id, p.code, p.name, r.version FROM project p \
        JOIN record r ON r.municipality = p.municipality AND r.id = p.id \
        WHERE p.municipality = $1 AND p.id > $2 ORDER BY p.id LIMIT $3";
    ONE = "SELECT p.id, p.code, p.name, r.version FROM project p \
        JOIN record r ON r.municipality = p.municipality AND r.id = p.id \
        WHERE p.municipality = $1 AND p.id = $2";
    RENAME = "UPDATE project SET name = $3 WHERE municipality = $1 AND id = $2";
}

inserts! {
    PROJECT = "project" ["id", "key", "code", "name"];
}

impl Municipality {
    /// Keeps projects as a document or a ledger states them; their ids. One that is the same as
    /// before gets no new version. A project is known by its code, without one by its name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn save_projects(&self, projects: &[Project], by: &By) -> Result<Vec<i64>> {
        let mut writing = self.write().await?;
        let mut ids = Vec::with_capacity(projects.len());
        let mut lines = Vec::new();
        for project in projects {
            let (id, line) = save(&mut writing, project, by).await?;
            ids.push(id);
            lines.extend(line);
        }
        if !lines.is_empty() {
            writing.commit(by, lines).await?;
        }
        Ok(ids)
    }

    /// A project as last kept.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn project(&self, id: i64) -> Result<Option<Project>> {
        let mut reading = self.read().await?;
        let Some(row) = reading.row(ONE, &[id.into()]).await? else {
            return Ok(None);
        };
        let version = row.integer(3)?;
        let entries = value::as_of(&mut reading, id, version, version).await?;
        let sheaf = Sheaf::new(&entries);
        let nothing = Lines::default();
        let lines = sheaf.first("project").unwrap_or(&nothing);
        Ok(Some(Project {
            code: row.maybe_text(1)?,
            name: row.text(2)?,
            budget_item: lines.budget_item()?,
            costs: listing_costs(lines)?,
        }))
    }

    /// Ids, codes and names of projects behind an id, in order, at most so many.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn projects(
        &self,
        after: i64,
        most: u16,
    ) -> Result<Vec<(i64, Option<String>, String)>> {
        let mut reading = self.read().await?;
        let args = [after.into(), i64::from(most).into()];
        let rows = reading.rows(ALL, &args).await?;
        let of = |row: &crate::sql::Row| Ok((row.integer(0)?, row.maybe_text(1)?, row.text(2)?));
        rows.iter().map(of).collect()
    }
}

async fn save(
    writing: &mut WriteTx,
    project: &Project,
    by: &By,
) -> Result<(i64, Option<AuditEntry>)> {
    let key = match &project.code {
        Some(code) => format!("code {code}"),
        None => format!("name {}", name_key(&project.name)),
    };
    if project.name.trim().is_empty() {
        return Err(Error::invalid("事業名が空の事務事業は登録できません。"));
    }
    let mut entries = entries(project);
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    let known = writing.reading().row(KNOWN, &[(&key).into()]).await?;
    let (id, version) = match known {
        Some(row) => {
            let (id, version) = (row.integer(0)?, row.integer(1)?);
            let before = value::as_of(writing.reading(), id, version, version).await?;
            if before == entries {
                return Ok((id, None));
            }
            let version = version + 1;
            writing
                .execute(record::MOVE_READING, &[id.into(), version.into()])
                .await?;
            writing
                .execute(RENAME, &[id.into(), (&project.name).into()])
                .await?;
            (id, version)
        }
        None => (create(writing, project, &key).await?, 1),
    };
    let edition = record::edition(id, version, version, None, by);
    writing.insert(&record::EDITION, vec![edition]).await?;
    value::save(writing, &[(id, version, &entries)]).await?;
    let line = AuditEntry::new(
        Action::SaveProject,
        format!("project {id} version {version}"),
    );
    let line = line
        .after(value::in_words(&entries))
        .seals(Subject::Record(id, version));
    Ok((id, Some(line)))
}

async fn create(writing: &mut WriteTx, project: &Project, key: &str) -> Result<i64> {
    let id = writing.next_id();
    writing
        .insert(&record::RECORD, vec![record::row(id, "project")])
        .await?;
    let code = project.code.as_deref().into();
    let row = vec![id.into(), key.into(), code, (&project.name).into()];
    writing.insert(&PROJECT, vec![row]).await?;
    Ok(id)
}

fn entries(project: &Project) -> Vec<value::Entry> {
    let mut entries = Vec::new();
    let mut pen = Pen::new(&mut entries, "project", 0);
    pen.text("name", &project.name);
    pen.budget_item(&project.budget_item, 0);
    pen.costs(&project.costs);
    entries
}
