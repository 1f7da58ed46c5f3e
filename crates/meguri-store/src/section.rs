//! Sections (課) with their history: every edition of the city's list.

use crate::audit::{Action, AuditEntry};
use crate::by::By;
use crate::error::Result;
use crate::municipality::Municipality;
use crate::scheme::fiscal_year;
use crate::seal::Subject;
use crate::sql::{Arg, inserts, statements};
use crate::transaction::ReadTx;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::{Section, SectionRegister};

statements! {
    LAST = "SELECT COALESCE(MAX(edition), 0) FROM section_register WHERE municipality = $1";
    SECTIONS = "SELECT place, key, name, first_year, last_year FROM section \
                WHERE municipality = $1 AND edition = $2 ORDER BY place";
    DEPARTMENTS = "SELECT place, department FROM section_department \
                   WHERE municipality = $1 AND edition = $2 ORDER BY place";
    SUCCESSORS = "SELECT place, successor FROM section_successor \
                  WHERE municipality = $1 AND edition = $2 ORDER BY place, number";
}

inserts! {
    REGISTER = "section_register" ["edition", "who", "moment"];
    SECTION = "section" ["edition", "place", "key", "name", "first_year", "last_year"];
    DEPARTMENT = "section_department" ["edition", "place", "department"];
    SUCCESSOR = "section_successor" ["edition", "place", "number", "successor"];
}

impl Municipality {
    /// Keeps the city's list of sections; its edition. The same list again changes nothing.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn save_sections(&self, register: &SectionRegister, by: &By) -> Result<i64> {
        let mut writing = self.write().await?;
        let last = last_edition(writing.reading()).await?;
        let before = load(writing.reading(), last).await?;
        if last > 0 && before == *register {
            return Ok(last);
        }
        let edition = last + 1;
        let head = vec![edition.into(), by.who().into(), by.moment().into()];
        writing.insert(&REGISTER, vec![head]).await?;
        writing
            .insert(&SECTION, sections(register, edition))
            .await?;
        let rows = successors(register, edition);
        writing.insert(&SUCCESSOR, rows).await?;
        writing
            .insert(&DEPARTMENT, departments(register, edition))
            .await?;
        let entry = AuditEntry::new(Action::SaveSections, format!("sections {edition}"))
            .before(names(&before))
            .after(names(register))
            .seals(Subject::Sections(edition));
        writing.commit(by, vec![entry]).await?;
        Ok(edition)
    }

    /// The city's list of sections, as last kept; empty where there is none.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sections(&self) -> Result<SectionRegister> {
        let mut reading = self.read().await?;
        let last = last_edition(&mut reading).await?;
        load(&mut reading, last).await
    }

    /// The list as it was in an edition; empty where there is no such edition.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sections_of(&self, edition: i64) -> Result<SectionRegister> {
        load(&mut self.read().await?, edition).await
    }
}

async fn last_edition(reading: &mut ReadTx) -> Result<i64> {
    let row = reading.row(LAST, &[]).await?;
    row.map_or(Ok(0), |row| row.integer(0))
}

async fn load(reading: &mut ReadTx, edition: i64) -> Result<SectionRegister> {
    let rows = reading.rows(SECTIONS, &[edition.into()]).await?;
    let successors = reading.rows(SUCCESSORS, &[edition.into()]).await?;
    let departments = reading.rows(DEPARTMENTS, &[edition.into()]).await?;
    let mut sections = Vec::with_capacity(rows.len());
    for row in &rows {
        let place = row.integer(0)?;
        let mut section = Section {
            key: row.text(1)?,
            name: row.text(2)?,
            from: row.maybe_integer(3)?.map(fiscal_year).transpose()?,
            until: row.maybe_integer(4)?.map(fiscal_year).transpose()?,
            successors: Vec::new(),
            department: None,
        };
        for row in &departments {
            if row.integer(0)? == place {
                section.department = Some(row.text(1)?);
            }
        }
        for row in &successors {
            if row.integer(0)? == place {
                section.successors.push(row.text(1)?);
            }
        }
        sections.push(section);
    }
    Ok(SectionRegister { sections })
}

fn sections(register: &SectionRegister, edition: i64) -> Vec<Vec<Arg<'_>>> {
    let year = |year: Option<FiscalYear>| year.map(|year| i64::from(year.calendar_year()));
    (0_i64..)
        .zip(&register.sections)
        .map(|(place, section)| {
            vec![
                edition.into(),
                place.into(),
                (&section.key).into(),
                (&section.name).into(),
                year(section.from).into(),
                year(section.until).into(),
            ]
        })
        .collect()
}

fn successors(register: &SectionRegister, edition: i64) -> Vec<Vec<Arg<'_>>> {
    let mut rows = Vec::new();
    for (place, section) in (0_i64..).zip(&register.sections) {
        for (number, successor) in (0_i64..).zip(&section.successors) {
            rows.push(vec![
                edition.into(),
                place.into(),
                number.into(),
                successor.into(),
            ]);
        }
    }
    rows
}

fn departments(register: &SectionRegister, edition: i64) -> Vec<Vec<Arg<'_>>> {
    let all = (0_i64..).zip(&register.sections);
    let rows = all.filter_map(|(place, section)| {
        let department = section.department.as_ref()?;
        Some(vec![edition.into(), place.into(), department.into()])
    });
    rows.collect()
}

/// The names in order, for the audit.
fn names(register: &SectionRegister) -> String {
    let names = register.sections.iter().map(|s| s.name.as_str());
    names.collect::<Vec<_>>().join("、")
}
