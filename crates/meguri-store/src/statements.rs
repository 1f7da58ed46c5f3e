//! All statements of the crate, for the test that prepares each on both engines.

use crate::dialect::Engine;
use crate::sql::{Insert, Sql};
use crate::{
    account, audit, cycle, document, export, fact, finding, identity, import, municipality, pin,
    plan, project, publication, record, scheme, seal, section, sheet, transaction,
};
use crate::{source, value};

/// The fixed statements with their names.
fn fixed() -> impl Iterator<Item = (&'static str, Sql<'static>)> {
    [
        municipality::STATEMENTS,
        municipality::recode::STATEMENTS,
        transaction::STATEMENTS,
        audit::STATEMENTS,
        source::STATEMENTS,
        scheme::STATEMENTS,
        plan::STATEMENTS,
        record::STATEMENTS,
        document::STATEMENTS,
        sheet::STATEMENTS,
        value::STATEMENTS,
        finding::STATEMENTS,
        fact::STATEMENTS,
        identity::STATEMENTS,
        section::STATEMENTS,
        project::STATEMENTS,
        import::STATEMENTS,
        pin::STATEMENTS,
        publication::STATEMENTS,
        account::STATEMENTS,
        cycle::STATEMENTS,
    ]
    .into_iter()
    .chain(audit::OF_CONTENTS)
    .chain(account::OF_PARTS)
    .chain(cycle::OF_PARTS)
    .flatten()
    .copied()
}

/// The inserts.
fn inserts() -> impl Iterator<Item = &'static Insert<'static>> {
    [
        municipality::INSERTS,
        audit::chain::INSERTS,
        source::INSERTS,
        scheme::INSERTS,
        plan::INSERTS,
        record::INSERTS,
        document::INSERTS,
        value::INSERTS,
        finding::INSERTS,
        identity::INSERTS,
        section::INSERTS,
        project::INSERTS,
        publication::INSERTS,
        account::INSERTS,
        account::session::INSERTS,
        account::tally::INSERTS,
        cycle::INSERTS,
    ]
    .into_iter()
    .chain(cycle::INSERTS_OF_PARTS)
    .flatten()
}

/// Names and texts of all statements, lists of sheets with every mixture of filters among them.
pub(crate) fn all(engine: Engine) -> Vec<(String, String)> {
    let fixed = fixed().map(|(name, sql)| (name.to_owned(), sql.text().to_owned()));
    let inserts = inserts().map(|insert| (insert.table.to_owned(), insert.text(engine, 2)));
    let lists = sheet::listing::all_texts()
        .into_iter()
        .map(|text| ("sheets".to_owned(), text));
    let exports = export::all_texts()
        .into_iter()
        .map(|text| ("export".to_owned(), text));
    let pins = pin::all_texts()
        .into_iter()
        .map(|text| ("sheets at pins".to_owned(), text));
    let seals = seal::all_texts()
        .into_iter()
        .map(|text| ("seal".to_owned(), text));
    fixed
        .chain(inserts)
        .chain(lists)
        .chain(exports)
        .chain(pins)
        .chain(seals)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_names_its_municipality() {
        let built = sheet::listing::all_texts()
            .into_iter()
            .chain(export::all_texts());
        let fixed = fixed().map(|(_, sql)| sql.text().to_owned());
        let built = built.chain(pin::all_texts()).chain(seal::all_texts());
        for text in fixed.chain(built) {
            assert!(text.contains("municipality = $1"), "{text}");
        }
    }

    #[test]
    fn no_statement_uses_what_one_engine_alone_understands() {
        for (name, sql) in fixed() {
            let text = sql.text();
            for word in [
                "now(", "strftime", "date(", "::", "ILIKE", "IFNULL", "json", "?",
            ] {
                assert!(!text.contains(word), "{name} uses {word}");
            }
        }
    }
}
