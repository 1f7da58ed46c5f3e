//! Pictures of what a municipality keeps.
//!
//! Publications never change, so that a picture takes from the one before whatever it can, and
//! both doors and all versions share the sheets that they have in common.

use crate::cycle::open_sheets;
use crate::read::concern::Concern;
use crate::read::picture::{House, Picture, Public};
use crate::read::published::{self, Beside};
use crate::read::rulings::{Key, Ruling, Rulings};
use crate::read::{
    Edition, Entry, Found, Library, Naming, Paper, Said, SheetId, View, Withdrawal, Withdrawn,
};
use crate::read::{entry, linked};
use meguri_core::evaluation::Sheet;
use meguri_core::links::Kind;
use meguri_core::publication::{hides_anything, hides_everything};
use meguri_core::verify::{Finding, RULES};
pub use meguri_store::Error as StoreError;
use meguri_store::{InForce, KeptFinding, Municipality, Pin, Publication, PublishedPin, Result};
use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::Arc;

/// From so many sheets on, two connections read.
const MANY: usize = 500;

/// Makes pictures, and remembers what they have in common.
#[derive(Debug)]
pub struct Pictures {
    city: Municipality,
    sheets: BTreeMap<Pin, Arc<Sheet>>,
    papers: BTreeMap<(i64, i64), Arc<Body>>,
    /// By document and number, without findings.
    published: BTreeMap<(i64, i64), Entry>,
    /// The findings of publications that the public may see.
    findings: BTreeMap<(i64, i64), Chosen>,
    /// The current publications beside which these findings are visible.
    beside: Vec<(i64, i64)>,
    pins: BTreeMap<(i64, i64), Vec<PublishedPin>>,
    /// What withdrawn publications named.
    withdrawn: BTreeMap<(i64, i64), Arc<Named>>,
    rulings: Rulings,
}

/// What a publication names.
#[derive(Debug)]
struct Named {
    /// The key of its plan in addresses.
    plan: String,
    /// By what its projects, indicators and sections are known.
    things: Vec<(Kind, String)>,
}

/// The findings that were chosen for a publication.
#[derive(Clone, Debug, Default)]
struct Chosen {
    /// Those that say nothing that is not public.
    visible: Vec<Found>,
    /// How many others there are.
    withheld: usize,
}

/// A reading of a document without its sheets.
#[derive(Debug, Default)]
struct Body {
    paper: Paper,
    scheme: Option<Key>,
}

impl Pictures {
    /// Pictures of a municipality.
    #[must_use]
    pub fn new(city: Municipality) -> Self {
        Self {
            city,
            sheets: BTreeMap::new(),
            papers: BTreeMap::new(),
            published: BTreeMap::new(),
            findings: BTreeMap::new(),
            beside: Vec::new(),
            pins: BTreeMap::new(),
            withdrawn: BTreeMap::new(),
            rulings: Rulings::new(),
        }
    }

    /// Is the file of the database the one that its name leads to?
    ///
    /// # Errors
    /// Where it is another one, or gone.
    pub fn are_in_place(&self) -> Result<()> {
        self.city.is_in_place()
    }

    /// What moves with every write: the number of the last line of the audit, with its hash.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn head(&self) -> Result<(i64, String)> {
        self.city.audit_head().await
    }

    /// Is what is kept now a later state of the one with this head? Else it is another history: an
    /// older copy that was put in place, or another server.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn continues(&self, (number, hash): &(i64, String)) -> Result<bool> {
        Ok(*number == 0 || self.city.audit_has(*number, hash).await? == Some(true))
    }

    /// Pictures of the same municipality that remember nothing.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self::new(self.city.clone())
    }

    /// Whom the writes after a number concern; `None` where there were none.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn concern_after(&self, number: i64) -> Result<Option<Concern>> {
        Ok(Concern::of_all(&self.city.actions_after(number).await?))
    }

    /// What the public may see after writes; the very picture that is shown where it says the same.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn published_after(
        &mut self,
        concern: Concern,
        shown: Picture<Public>,
    ) -> Result<Picture<Public>> {
        if concern <= Concern::Internal {
            return Ok(shown);
        }
        let new = self.published().await?;
        let is_same = concern == Concern::Names && shown.library().names_alike(new.library());
        Ok(if is_same { shown } else { new })
    }

    /// What the public may see now.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn published(&mut self) -> Result<Picture<Public>> {
        let publications = self.city.publications().await?;
        self.refresh().await?;
        let current = current(&publications);
        let naming = self.naming().await?;
        let mut entries = Vec::new();
        let mut withdrawn = Withdrawn::default();
        for publication in &publications {
            let key = (publication.document, publication.number);
            if let Some(words) = withdrawal(publication) {
                for pin in self.pins_of(key).await? {
                    withdrawn
                        .sheets
                        .insert((pin.pin.sheet, pin.edition), words.clone());
                }
                let named = self.named(publication, &naming).await?;
                let ids = named.things.iter().filter_map(|(kind, key)| {
                    Some((*kind, naming.identities.as_ref()?.id(*kind, key)?))
                });
                withdrawn.note(&named.plan, ids, &words);
                withdrawn.publications.insert(key, words);
            } else {
                let mut entry = self.bare(publication).await?;
                if let Some(edition) = &mut entry.published {
                    edition.current = current.get(&key.0) == Some(&key.1);
                }
                entries.push(entry);
            }
        }
        let entries = self.with_findings(entries, &current).await?;
        self.forget();
        Ok(aside(move || Picture::published(entries, withdrawn, &naming)).await)
    }

    /// All that is kept, as it is in force; sheets of a cycle as they were accepted last.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn in_force(&mut self) -> Result<Picture<House>> {
        self.refresh().await?;
        let open = open_sheets(&self.city).await?;
        let mut findings: BTreeMap<i64, Vec<Found>> = BTreeMap::new();
        for kept in self.city.all_findings().await? {
            if kept
                .sheet
                .is_some_and(|sheet| open.has(kept.key.document, sheet))
            {
                continue;
            }
            let accepted = kept
                .acceptance
                .as_ref()
                .filter(|acceptance| acceptance.accepted);
            let said = accepted.map(|acceptance| Said::Accepted(acceptance.reason.clone()));
            let of_document = findings.entry(kept.key.document).or_default();
            of_document.extend(finding(kept).map(|finding| Found { finding, said }));
        }
        let mut entries = Vec::new();
        for InForce {
            document,
            pins: all,
        } in self.city.in_force().await?
        {
            let accepted = all
                .iter()
                .filter_map(|pin| open.accepted(document.id, *pin));
            let pins: Vec<Pin> = accepted.collect();
            if pins.is_empty() && !all.is_empty() {
                continue;
            }
            let Some(body) = self.body(document.id, document.version).await? else {
                continue;
            };
            let paper = self.paper(&body, &pins).await?;
            let ruling = self.ruling(&body, &paper);
            let ids = pins.iter().map(|pin| SheetId {
                id: pin.sheet,
                edition: None,
                current: true,
            });
            let found = findings.remove(&document.id).unwrap_or_default();
            let scheme = self.rulings.shown_in_house(&ruling, &paper);
            let mut entry = Entry::new(document.id, paper, scheme, ids.collect(), found);
            entry.publishing = ruling.publishing;
            entries.push(entry);
        }
        self.forget();
        let naming = self.naming().await?;
        let library = move || Library::of(View::InForce, entries, Withdrawn::default(), &naming);
        Ok(Picture::in_house(aside(library).await))
    }

    /// What is kept about projects, indicators and sections.
    async fn naming(&self) -> Result<Naming> {
        let decisions = self
            .city
            .decisions()
            .await?
            .into_iter()
            .map(|kept| kept.decision);
        Ok(Naming {
            code: self.city.code().to_string(),
            identities: Some(self.city.identities().await?),
            register: self.city.sections().await?,
            decisions: decisions.collect(),
        })
    }

    /// What the public may see of one publication, beside those that are current; whether it is
    /// the current one is for the whole picture to say.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn publication(&mut self, publication: &Publication) -> Result<Entry> {
        let publications = self.city.publications().await?;
        self.refresh().await?;
        let current = current(&publications);
        let mut entries = vec![self.bare(publication).await?];
        for other in publications.iter().filter(|other| {
            other.document != publication.document
                && current.get(&other.document) == Some(&other.number)
        }) {
            entries.push(self.bare(other).await?);
        }
        let entries = self.with_findings(entries, &current).await?;
        Ok(entries.into_iter().next().unwrap_or_default())
    }

    /// What the public may see of one publication but its findings.
    async fn bare(&mut self, publication: &Publication) -> Result<Entry> {
        let key = (publication.document, publication.number);
        if let Some(entry) = self.published.get(&key) {
            return Ok(entry.clone());
        }
        let pins = self.pins_of(key).await?;
        let body = self.body(publication.document, publication.version).await?;
        let body = body.unwrap_or_default();
        let values: Vec<Pin> = pins.iter().map(|published| published.pin).collect();
        let paper = self.paper(&body, &values).await?;
        let ids = pins.iter().map(|published| SheetId {
            id: published.pin.sheet,
            edition: Some(published.edition),
            current: false,
        });
        let ruling = self.ruling(&body, &paper);
        let mut entry = published::entry(publication.document, paper, &ruling, ids.collect());
        entry.published = Some(Edition {
            number: publication.number,
            moment: publication.by.moment().to_owned(),
            note: publication.note.clone(),
            current: false,
        });
        self.published.insert(key, entry.clone());
        Ok(entry)
    }

    /// Publications with those of their findings that say nothing of what is hidden; the current
    /// ones by document and number.
    async fn with_findings(
        &mut self,
        entries: Vec<Entry>,
        current: &BTreeMap<i64, i64>,
    ) -> Result<Vec<Entry>> {
        let beside: Vec<(i64, i64)> = current.iter().map(|(id, number)| (*id, *number)).collect();
        if beside != self.beside {
            self.findings.clear();
            self.beside = beside;
        }
        let number = |entry: &Entry| entry.published.as_ref().map(|edition| edition.number);
        let shown = entries
            .iter()
            .filter(|entry| current.get(&entry.id).copied() == number(entry));
        let hides = self.hides_anything(&entries);
        let beside = Arc::new(Beside::new(shown.cloned().collect(), hides));
        let mut complete = Vec::with_capacity(entries.len());
        for entry in entries {
            let key = (entry.id, number(&entry).unwrap_or_default());
            if !self.findings.contains_key(&key) {
                let found = self.found(key).await?;
                let all = found.len();
                let visible = if found.is_empty() || beside.lets_pass(&found) {
                    found
                } else {
                    let (entry, beside) = (entry.clone(), Arc::clone(&beside));
                    aside(move || beside.visible(&entry, found)).await
                };
                let withheld = all - visible.len();
                self.findings.insert(key, Chosen { visible, withheld });
            }
            let chosen = self.findings.get(&key).cloned().unwrap_or_default();
            let mut entry = entry.with_findings(chosen.visible);
            entry.withheld.findings = chosen.withheld;
            complete.push(entry);
        }
        Ok(complete)
    }

    /// Is there anything that a finding could give away: in what is published, or by any scheme?
    fn hides_anything(&self, entries: &[Entry]) -> bool {
        entries.iter().any(|entry| entry.withheld.anything)
            || self.rulings.all().any(|scheme| {
                scheme.is_none_or(|scheme| hides_anything(scheme) || hides_everything(scheme))
            })
    }

    /// The findings that were chosen for a publication.
    async fn found(&self, (document, number): (i64, i64)) -> Result<Vec<Found>> {
        let mut found = Vec::new();
        for published in self.city.published_findings(document, number).await? {
            let said = Some(Said::Explained(published.explanation));
            found.extend(finding(published.finding).map(|finding| Found { finding, said }));
        }
        Ok(found)
    }

    /// Takes up schemes that are new; what was made without them is made anew.
    async fn refresh(&mut self) -> Result<()> {
        if self.rulings.refresh(&self.city).await? {
            self.published.clear();
            self.findings.clear();
        }
        Ok(())
    }

    /// The plan and the things that a withdrawn publication named.
    async fn named(&mut self, publication: &Publication, naming: &Naming) -> Result<Arc<Named>> {
        let key = (publication.document, publication.number);
        if let Some(named) = self.withdrawn.get(&key) {
            return Ok(Arc::clone(named));
        }
        let entry = self.bare(publication).await?;
        self.published.remove(&key);
        let plan = entry::address_key(&entry.document.plan.key);
        let named = Arc::new(Named {
            plan,
            things: linked::keys(&entry, naming),
        });
        self.withdrawn.insert(key, Arc::clone(&named));
        Ok(named)
    }

    async fn pins_of(&mut self, key: (i64, i64)) -> Result<Vec<PublishedPin>> {
        if let Some(pins) = self.pins.get(&key) {
            return Ok(pins.clone());
        }
        let pins = self.city.published_pins(key.0, key.1).await?;
        self.pins.insert(key, pins.clone());
        Ok(pins)
    }

    async fn body(&mut self, document: i64, version: i64) -> Result<Option<Arc<Body>>> {
        let key = (document, version);
        if let Some(body) = self.papers.get(&key) {
            return Ok(Some(Arc::clone(body)));
        }
        let kept = self.city.paper(document, version).await?;
        let body = kept.map(|kept| {
            Arc::new(Body {
                paper: kept.document.into(),
                scheme: kept.scheme,
            })
        });
        if let Some(body) = &body {
            self.papers.insert(key, Arc::clone(body));
        }
        Ok(body)
    }

    /// A reading with its sheets; those that are known already are not read again.
    async fn paper(&mut self, body: &Body, pins: &[Pin]) -> Result<Arc<Paper>> {
        let new: Vec<Pin> = pins
            .iter()
            .filter(|pin| !self.sheets.contains_key(pin))
            .copied()
            .collect();
        if !new.is_empty() {
            let read = self.read(&new).await?;
            self.sheets
                .extend(new.into_iter().zip(read.into_iter().map(Arc::new)));
        }
        let sheets = pins
            .iter()
            .filter_map(|pin| self.sheets.get(pin).cloned())
            .collect();
        Ok(Arc::new(Paper {
            sheets,
            ..body.paper.clone()
        }))
    }

    /// Sheets at their versions; many in two halves at the same time. Versions never change, so that
    /// both are of one state.
    async fn read(&self, pins: &[Pin]) -> Result<Vec<Sheet>> {
        if pins.len() < MANY {
            return self.city.sheets_at(pins).await;
        }
        let (first, second) = pins.split_at(pins.len() / 2);
        let (city, second) = (self.city.clone(), second.to_vec());
        let second = tokio::spawn(async move { city.sheets_at(&second).await });
        let mut sheets = self.city.sheets_at(first).await?;
        // It is never aborted, so that it can only have panicked.
        let second = second
            .await
            .unwrap_or_else(|error| resume_unwind(error.into_panic()));
        sheets.extend(second?);
        Ok(sheets)
    }

    /// The scheme that rules a reading.
    fn ruling(&self, body: &Body, paper: &Paper) -> Ruling {
        let year = paper.sheets().find_map(|sheet| sheet.year);
        self.rulings.of(body.scheme.as_ref(), &paper.plan.key, year)
    }

    /// Forgets the sheets that no picture shows any more.
    fn forget(&mut self) {
        self.sheets.retain(|_, sheet| Arc::strong_count(sheet) > 1);
    }
}

/// Does something that takes long on a thread that serves nobody.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    // It is never aborted, so that it can only have panicked.
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| resume_unwind(error.into_panic()))
}

/// The number of the current publication of each document.
fn current(publications: &[Publication]) -> BTreeMap<i64, i64> {
    let open = publications.iter().filter(|p| p.withdrawn.is_none());
    open.map(|publication| (publication.document, publication.number))
        .collect()
}

fn withdrawal(publication: &Publication) -> Option<Withdrawal> {
    let words = publication.withdrawn.as_ref()?;
    Some(Withdrawal {
        moment: words.by.moment().to_owned(),
        reason: words.reason.clone(),
    })
}

/// A finding as the rules gave it; `None` where its rule is not known any more.
fn finding(kept: KeptFinding) -> Option<Finding> {
    let rule = RULES.iter().find(|rule| rule.code == kept.code)?;
    Some(Finding {
        code: rule.code,
        severity: kept.severity,
        place: kept.place,
        printed: kept.printed,
        computed: kept.computed,
        steps: kept.steps,
        message: kept.message,
        hint: kept.hint,
    })
}
