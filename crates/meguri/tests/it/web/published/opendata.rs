//! Open data holds what is published, and nothing else: no draft, no document beside, nothing that
//! was withdrawn.

use super::{City, by, context, save};
use axum::http::StatusCode;
use meguri_app::actions::publish::{Wish as PublishWish, publish};
use meguri_app::actions::withdraw::withdraw;
use meguri_app::actions::write_country::{CountryFault, WrittenCountry, write_country};
use meguri_app::actions::write_open_data::{OpenDataFault, Wish, Written, write_open_data};
use meguri_app::site_info::SiteInfo;
use meguri_store::{Location, MunicipalityCode};
use std::path::{Path, PathBuf};

fn write(city: &City, name: &str) -> (PathBuf, Result<Written, OpenDataFault>) {
    let folder = city.folder.join(name);
    let wish = Wish::default();
    let about = SiteInfo::default();
    let written = city
        .runtime
        .block_on(write_open_data(&city.city, &folder, wish, &about));
    (folder, written)
}

/// All texts of a folder together.
fn texts(folder: &Path) -> String {
    let mut open = vec![folder.to_owned()];
    let mut all = String::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = std::fs::read(&path).expect("a file");
                all.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
    }
    all
}

fn table(folder: &Path, name: &str) -> String {
    let path = folder.join("data").join(format!("{name}.csv"));
    std::fs::read_to_string(path).expect("a table")
}

#[test]
fn drafts_and_documents_beside_are_in_no_file() {
    let mut city = City::new("opendata-drafts");
    let (folder, nothing) = write(&city, "nothing");
    assert!(matches!(nothing, Err(OpenDataFault::Nothing)));
    assert!(!folder.exists());
    city.publish("");
    city.edit_to("987654321");
    let (folder, written) = write(&city, "first");
    assert_eq!(written.expect("it is written").documents, 1);
    let all = texts(&folder);
    assert!(
        all.contains("evaluation.txt") || all.contains("施策"),
        "what is published is there"
    );
    for hidden in ["987654321", "987,654,321"] {
        assert!(!all.contains(hidden), "{hidden} is told");
    }
    for name in [
        "publications",
        "plans",
        "nodes",
        "sheets",
        "indicators",
        "listings",
    ] {
        let table = table(&folder, name);
        assert!(
            table.lines().count() > 1 && !table.contains("midterm"),
            "{name}"
        );
    }
    city.publish("実績の誤りを改めました。");
    let (folder, _) = write(&city, "second");
    let corrections = table(&folder, "corrections");
    assert!(corrections.contains("987654321"), "{corrections}");
    assert!(corrections.contains("実績の誤りを改めました。"));
    assert_eq!(corrections.lines().count(), 2, "one value: {corrections}");
}

#[test]
fn the_public_fetches_what_the_command_writes_and_the_house_has_no_files() {
    let mut city = City::new("opendata-fetched");
    city.publish("");
    let (folder, written) = write(&city, "first");
    written.expect("it is written");
    let (response, page) = city.public.get("/opendata");
    assert_eq!(response.status(), StatusCode::OK);
    for name in ["money", "values", "sheets"] {
        for ending in ["csv", "jsonl"] {
            let address = format!("/opendata/{name}.{ending}");
            assert!(
                page.contains(&format!("href=\"{address}\"")),
                "{address} is not offered"
            );
            let (response, body) = city.public.get(&address);
            assert_eq!(response.status(), StatusCode::OK, "{address}");
            let file = folder.join("data").join(format!("{name}.{ending}"));
            assert!(
                body == std::fs::read_to_string(file).expect("a file"),
                "{address}"
            );
        }
    }
    for name in [
        "all.zip",
        "evaluation-2024.zip",
        "money.parquet",
        "datapackage.json",
        "dcat.jsonld",
    ] {
        let address = format!("/opendata/{name}");
        assert!(page.contains(&address), "{address} is not offered");
        let (response, body) = city.public.get(&address);
        assert_eq!(response.status(), StatusCode::OK, "{address}");
        assert!(body.len() > 500, "{address}");
        assert_eq!(
            city.house.get(&address).0.status(),
            StatusCode::NOT_FOUND,
            "{address}"
        );
    }
    for name in [
        "midterm.zip",
        "accounts.csv",
        "..%2Fmeguri.sqlite",
        "money",
        "money.csv.json",
    ] {
        let address = format!("/opendata/{name}");
        assert_eq!(
            city.public.get(&address).0.status(),
            StatusCode::NOT_FOUND,
            "{address}"
        );
    }
    assert!(
        city.house
            .get("/opendata")
            .1
            .contains("公表した内容だけから作ります")
    );
}

#[test]
fn what_was_withdrawn_leaves_only_its_number_moment_and_reason() {
    let mut city = City::new("opendata-withdrawn");
    city.publish("");
    city.edit_to("987654321");
    city.publish("訂正");
    let document = city.saved[0].document.to_string();
    let context = context();
    let gone = withdraw(&city.city, &document, Some(2), "番号の誤り", &context);
    city.runtime.block_on(gone).expect("it is withdrawn");
    let (folder, written) = write(&city, "first");
    written.expect("the first edition is still published");
    assert!(!texts(&folder).contains("987654321"));
    let publications = table(&folder, "publications");
    assert!(publications.contains("番号の誤り"), "{publications}");
    assert_eq!(table(&folder, "corrections").lines().count(), 1);
    let gone = withdraw(&city.city, &document, Some(1), "これも誤り", &context);
    city.runtime.block_on(gone).expect("it is withdrawn");
    let (folder, nothing) = write(&city, "second");
    assert!(matches!(nothing, Err(OpenDataFault::Nothing)));
    assert!(!folder.exists());
}

/// All municipalities of the database, written as one.
fn country(city: &City, name: &str) -> (PathBuf, Result<WrittenCountry, CountryFault>) {
    let folder = city.folder.join(name);
    let place = Location::File(city.folder.join("meguri.sqlite"));
    let about = SiteInfo::default();
    let context = context();
    let written = write_country(&place, &folder, false, &about, &context);
    let written = city.runtime.block_on(written);
    (folder, written)
}

#[test]
fn a_country_is_cut_by_year_and_holds_those_who_published() {
    let mut city = City::new("opendata-country");
    let (folder, nothing) = country(&city, "nothing");
    assert!(nothing.is_err() && !folder.exists());
    city.publish("");
    let other = city.runtime.block_on(async {
        let code = MunicipalityCode::parse("011002").expect("a code");
        let other = city.store.register(&code, "札幌市", &by()).await;
        let other = other.expect("registered");
        save(&other, "evaluation").await;
        other
    });
    let (_, written) = country(&city, "one");
    let names = |written: &WrittenCountry| -> Vec<String> {
        written
            .municipalities
            .iter()
            .map(|(code, _)| code.clone())
            .collect()
    };
    let one = written.expect("it is written");
    assert_eq!(names(&one), ["131016"], "the other has published nothing");
    let wish = PublishWish {
        documents: vec!["evaluation.txt".to_owned()],
        ..PublishWish::default()
    };
    let outcomes = city.runtime.block_on(publish(&other, &wish, &context()));
    assert!(
        outcomes
            .expect("it is wished")
            .iter()
            .all(|one| one.published.is_ok())
    );
    let (folder, written) = country(&city, "two");
    let both = written.expect("it is written");
    assert_eq!(names(&both), ["011002", "131016"], "in the order of codes");
    assert!(both.rows > one.rows);
    let descriptor =
        std::fs::read_to_string(folder.join("datapackage.json")).expect("a descriptor");
    assert!(descriptor.contains("\"札幌市\"") && descriptor.contains("\"みずほ野市\""));
    for path in ["money/year=2024/data.parquet", "plans/data.parquet"] {
        let bytes = std::fs::read(folder.join(path)).expect("a file");
        assert!(bytes.starts_with(b"PAR1"), "{path}");
    }
}
