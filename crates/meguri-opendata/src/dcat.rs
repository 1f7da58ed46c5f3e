//! The catalogue in DCAT 3 (<https://www.w3.org/TR/vocab-dcat-3/>) as JSON-LD: a catalogue, a series
//! for each plan, a data set for each of its years, and one of all tables, each with its files.

use crate::file::Format;
use crate::publisher::Publisher;
use crate::table::Table;
use serde_json::{Map, Value, json};

/// The name of the catalogue's file.
pub const FILE: &str = "dcat.jsonld";

/// The years of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The key of the plan.
    pub plan: String,
    /// Its name.
    pub title: String,
    /// Its years in order.
    pub members: Vec<Member>,
}

/// One ZIP of a plan and year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name: `evaluation-2024`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The calendar year in which its fiscal year begins.
    pub year: Option<u16>,
    /// Where its ZIP is, from the catalogue on.
    pub path: String,
    /// The size of the ZIP.
    pub bytes: u64,
}

/// A file of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFile {
    /// What stands in it.
    pub table: &'static Table,
    /// Its format.
    pub format: Format,
    /// Where it is, from the catalogue on.
    pub path: String,
    /// Its size.
    pub bytes: u64,
}

/// The catalogue.
#[must_use]
pub fn catalogue(publisher: &Publisher, series: &[Series], files: &[TableFile]) -> Value {
    let base = base(publisher);
    let mut graph = vec![
        head(publisher, &base, series),
        whole(publisher, &base, files),
    ];
    for one in series {
        let id = series_id(&base, &one.plan);
        graph.push(json!({
            "@id": id,
            "@type": "dcat:DatasetSeries",
            "dct:title": in_japanese(&one.title),
            "dct:publisher": {"@id": publisher_id(&base)},
        }));
        graph.extend(one.members.iter().map(|member| {
            let mut set = described(publisher, &base, &member.name, &member.title);
            set.insert("dcat:inSeries".to_owned(), json!({"@id": id}));
            if let Some(year) = member.year {
                set.insert("dct:temporal".to_owned(), period(year));
            }
            let file = distribution(
                &base,
                &member.path,
                "application/zip",
                member.bytes,
                &member.title,
            );
            set.insert(
                "dcat:distribution".to_owned(),
                with_licence(publisher, file),
            );
            Value::Object(set)
        }));
    }
    json!({"@context": context(), "@graph": graph})
}

fn context() -> Value {
    json!({
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    })
}

/// Below which address the files stand; relative where the site is not known.
fn base(publisher: &Publisher) -> String {
    if publisher.site.is_empty() {
        String::new()
    } else {
        format!("{}/opendata/", publisher.site)
    }
}

fn series_id(base: &str, plan: &str) -> String {
    format!("{base}{FILE}#series-{plan}")
}

fn publisher_id(base: &str) -> String {
    format!("{base}{FILE}#publisher")
}

fn in_japanese(text: &str) -> Value {
    json!({"@value": text, "@language": "ja"})
}

/// From 1 April to 31 March.
fn period(year: u16) -> Value {
    let day = |text: String| json!({"@value": text, "@type": "xsd:date"});
    json!({
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": day(format!("{year:04}-04-01")),
        "dcat:endDate": day(format!("{:04}-03-31", u32::from(year) + 1)),
    })
}

fn head(publisher: &Publisher, base: &str, series: &[Series]) -> Value {
    let mut sets: Vec<Value> = vec![json!({"@id": set_id(base, "all")})];
    let members = series.iter().flat_map(|one| &one.members);
    sets.extend(members.map(|member| json!({"@id": set_id(base, &member.name)})));
    let mut organization = Map::new();
    organization.insert("@id".to_owned(), json!(publisher_id(base)));
    organization.insert("@type".to_owned(), json!("foaf:Organization"));
    organization.insert("foaf:name".to_owned(), in_japanese(&publisher.name));
    if !publisher.code.is_empty() {
        organization.insert("dct:identifier".to_owned(), json!(publisher.code));
    }
    json!({
        "@id": format!("{base}{FILE}"),
        "@type": "dcat:Catalog",
        "dct:title": in_japanese(&format!("{}の行政評価・計画のオープンデータ", publisher.name)),
        "dct:language": "ja",
        "dct:publisher": organization,
        "dcat:dataset": sets,
    })
}

fn set_id(base: &str, name: &str) -> String {
    format!("{base}{FILE}#{name}")
}

/// What every data set has.
fn described(publisher: &Publisher, base: &str, name: &str, title: &str) -> Map<String, Value> {
    let mut set = Map::new();
    set.insert("@id".to_owned(), json!(set_id(base, name)));
    set.insert("@type".to_owned(), json!("dcat:Dataset"));
    set.insert("dct:identifier".to_owned(), json!(name));
    set.insert("dct:title".to_owned(), in_japanese(title));
    set.insert("dct:language".to_owned(), json!("ja"));
    set.insert(
        "dct:publisher".to_owned(),
        json!({"@id": publisher_id(base)}),
    );
    if !publisher.moment.is_empty() {
        let day = json!({"@value": publisher.day(), "@type": "xsd:date"});
        set.insert("dct:modified".to_owned(), day);
    }
    if !publisher.contact.is_empty() {
        let contact = json!({"@type": "vcard:Organization", "vcard:fn": publisher.contact});
        set.insert("dcat:contactPoint".to_owned(), contact);
    }
    set
}

fn whole(publisher: &Publisher, base: &str, files: &[TableFile]) -> Value {
    let title = "すべての計画と年度の表";
    let mut set = described(publisher, base, "all", title);
    let each = files.iter().map(|file| {
        let title = format!("{}（{}）", file.table.title, file.format.label());
        let media = file.format.media_type();
        let one = distribution(base, &file.path, media, file.bytes, &title);
        with_licence(publisher, one)
    });
    set.insert("dcat:distribution".to_owned(), each.collect());
    Value::Object(set)
}

fn distribution(
    base: &str,
    path: &str,
    media: &str,
    bytes: u64,
    title: &str,
) -> Map<String, Value> {
    let address = json!({"@id": format!("{base}{path}")});
    let media = format!("https://www.iana.org/assignments/media-types/{media}");
    let mut one = Map::new();
    one.insert("@type".to_owned(), json!("dcat:Distribution"));
    one.insert("dct:title".to_owned(), in_japanese(title));
    one.insert("dcat:downloadURL".to_owned(), address.clone());
    one.insert("dcat:accessURL".to_owned(), address);
    one.insert("dcat:mediaType".to_owned(), json!({"@id": media}));
    let size = json!({"@value": bytes.to_string(), "@type": "xsd:nonNegativeInteger"});
    one.insert("dcat:byteSize".to_owned(), size);
    one
}

/// The terms: the address of a known licence, else the words of the settings.
fn with_licence(publisher: &Publisher, mut one: Map<String, Value>) -> Value {
    match publisher.known_licence() {
        Some(licence) => {
            one.insert("dct:license".to_owned(), json!({"@id": licence.path}));
        }
        None if !publisher.licence.is_empty() => {
            let words = json!({"@type": "dct:RightsStatement", "dct:description": in_japanese(&publisher.licence)});
            one.insert("dct:rights".to_owned(), words);
        }
        None => {}
    }
    Value::Object(one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::MONEY;
    use std::collections::BTreeSet;

    fn made(licence: &str, site: &str) -> Value {
        let publisher = Publisher {
            code: "131016".to_owned(),
            name: "みずほ野市".to_owned(),
            licence: licence.to_owned(),
            site: site.to_owned(),
            moment: "2026-06-01T09:00:00+09:00".to_owned(),
            contact: "政策課".to_owned(),
        };
        let member = |year| Member {
            name: format!("evaluation-{year}"),
            title: format!("施策評価（{year}年度）"),
            year: Some(year),
            path: format!("evaluation-{year}.zip"),
            bytes: 5,
        };
        let series = Series {
            plan: "evaluation".to_owned(),
            title: "施策評価".to_owned(),
            members: vec![member(2023), member(2024)],
        };
        let file = TableFile {
            table: &MONEY,
            format: Format::Csv,
            path: "money.csv".to_owned(),
            bytes: 7,
        };
        catalogue(&publisher, &[series], &[file])
    }

    #[test]
    fn every_set_of_the_catalogue_is_described_and_in_its_series() {
        let made = made("CC BY 4.0", "https://example.jp");
        let graph = made["@graph"].as_array().expect("a graph");
        let ids: BTreeSet<&str> = graph.iter().filter_map(|one| one["@id"].as_str()).collect();
        assert_eq!(ids.len(), graph.len(), "each has its own id");
        let sets = graph[0]["dcat:dataset"].as_array().expect("sets");
        assert_eq!(sets.len(), 3);
        for set in sets {
            assert!(ids.contains(set["@id"].as_str().expect("an id")), "{set}");
        }
        let members: Vec<&Value> = graph
            .iter()
            .filter(|one| !one["dcat:inSeries"].is_null())
            .collect();
        assert_eq!(members.len(), 2);
        for member in members {
            assert!(ids.contains(member["dcat:inSeries"]["@id"].as_str().expect("a series")));
            let file = &member["dcat:distribution"];
            assert!(
                file["dcat:downloadURL"]["@id"].as_str().is_some_and(|url| {
                    url.starts_with("https://example.jp/opendata/evaluation-")
                })
            );
            assert!(file["dct:license"]["@id"].is_string());
        }
        assert_eq!(
            graph[4]["dct:temporal"]["dcat:endDate"]["@value"], "2025-03-31",
            "{}",
            graph[4]
        );
    }

    #[test]
    fn terms_in_other_words_are_handed_on_and_none_are_made_up() {
        let file = |made: &Value| made["@graph"][1]["dcat:distribution"][0].clone();
        let own = file(&made("当市の利用条件", ""));
        assert!(own["dct:license"].is_null());
        assert_eq!(
            own["dct:rights"]["dct:description"]["@value"],
            "当市の利用条件"
        );
        assert_eq!(own["dcat:downloadURL"]["@id"], "money.csv");
        let none = file(&made("", ""));
        assert!(none["dct:license"].is_null() && none["dct:rights"].is_null());
    }
}
