//! The bundled sample (`samples/kodaira`, an export), within the program: the demo needs no files.

mod half_way;

pub use half_way::{DemoPeople, half_way};

use std::io;
use std::path::Path;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_bytes!(concat!("../../../samples/kodaira/", $name)).as_slice())),*]
    };
}

/// The files with their names within the folder. One that is missing or too many is refused when
/// the folder is imported, which the test of the demo does.
const FILES: &[(&str, &[u8])] = &files![
    "acceptance.csv",
    "account.csv",
    "account_edition.csv",
    "account_grant.csv",
    "audit.csv",
    "change_request.csv",
    "cycle.csv",
    "cycle_stage.csv",
    "decision.csv",
    "document.csv",
    "document_sheet.csv",
    "document_source.csv",
    "edition.csv",
    "finding.csv",
    "finding_run.csv",
    "identity.csv",
    "manifest.json",
    "municipality.csv",
    "node.csv",
    "plan.csv",
    "project.csv",
    "publication.csv",
    "publication_finding.csv",
    "publication_sheet.csv",
    "reading.csv",
    "readings/114-1.txt",
    "readings/191-1.txt",
    "readings/285-1.txt",
    "readings/41-1.txt",
    "readings/9-1.txt",
    "record.csv",
    "redirect.csv",
    "schema.json",
    "scheme.csv",
    "section.csv",
    "section_department.csv",
    "section_register.csv",
    "section_successor.csv",
    "sheet.csv",
    "sheet_comment.csv",
    "sheet_event.csv",
    "source.csv",
    "sources/197dac71e770fc6b94bf99da0273044020ff5930e16bcb1fa3198fde94d9279d.txt",
    "sources/4c1181b4fc4b30ef75af65452781e96dbc22e549da753d864c81ccd8d31380aa.txt",
    "sources/801433c4e693be64571dcc194a4b3935e0c8003eca32e32dba766a318a6de3fe.txt",
    "sources/ec48695f12f35a5a84178dfdb5cdece0f396aff15dd8a44c22c91e8a4dae941d.txt",
    "sources/f8546c1994bdd2784b3e6bdcb26e2ffa9b403286168f054d4bc6922e140e38b3.txt",
    "value.csv",
    "withdrawal.csv",
];

/// Writes the sample into a folder.
///
/// # Errors
/// Those of the system.
pub fn write(folder: &Path) -> io::Result<()> {
    for (name, bytes) in FILES {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, bytes)?;
    }
    Ok(())
}
