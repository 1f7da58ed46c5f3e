//! A row that is inserted above others leaves their history, their differences and their addresses
//! true.

use super::{City, by, status};
use axum::http::StatusCode;

/// Puts a copy of the first indicator, by another name, above all, and publishes that.
fn insert_above(city: &mut City) {
    let id = city.saved[0].sheets[0];
    city.runtime.block_on(async {
        let kept = city.city.sheet(id).await.expect("read");
        let kept = kept.expect("it is there");
        let mut sheet = kept.sheet.clone();
        let mut new = sheet.indicators[0].clone();
        if let Some(name) = &mut new.name {
            name.value = "新しい指標".to_owned();
        }
        sheet.indicators.insert(0, new);
        let by = by();
        let edited = city.city.edit_sheet(id, kept.version, &sheet, &by).await;
        edited.expect("it is changed");
    });
    city.publish("指標を追加");
}

fn location(city: &City, path: &str) -> String {
    let (response, _) = city.public.get(path);
    assert_eq!(response.status(), StatusCode::MOVED_PERMANENTLY, "{path}");
    let location = response.headers()["location"].to_str();
    location.expect("an address").to_owned()
}

#[test]
fn a_row_inserted_above_leaves_all_others_as_they_are() {
    let mut city = City::new("inserted");
    city.publish("");
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    let former = format!("{sheet}/values/indicator-1-actual-2023");
    let address = location(&city, &former);
    let before = city.public.get(&format!("{address}.json")).1;
    insert_above(&mut city);

    // The address is that of the same value, and the former one leads to it still.
    let after = city.public.get(&format!("{address}.json")).1;
    let value = |json: &str| -> serde_json::Value { serde_json::from_str(json).expect("JSON") };
    let (before, after) = (value(&before), value(&after));
    assert_eq!(before["label"], after["label"]);
    assert_eq!(before["text"], after["text"]);
    assert_eq!(location(&city, &former), address);
    assert_eq!(
        location(&city, &format!("{former}.json")),
        format!("{address}.json")
    );
    assert_eq!(
        status(&city.public, &format!("{sheet}/values/indicator-99-name")),
        StatusCode::NOT_FOUND
    );

    // Its history tells of itself: twice the same.
    let history = after["history"].as_array().expect("a history");
    assert_eq!(history.len(), 2, "{after}");
    assert_eq!(history[0]["text"], history[1]["text"], "{after}");

    // What differs is the new row and nothing else.
    let document = city.saved[0].document;
    let changes = city
        .public
        .get(&format!("/documents/{document}/changes.json"))
        .1;
    let changes = value(&changes);
    let rows = changes["changes"].as_array().expect("rows");
    assert!(!rows.is_empty());
    for row in rows {
        let label = row["label"].as_str().expect("a label");
        assert!(label.contains("新しい指標"), "{row}");
    }
}
