//! A head of the audit that was noted before is compared with what stands there now.

use super::{file, filled_database, meguri, new_folder, refused, well};
use meguri_store::Location;

/// What `meguri audit verify` says of the head: number and hash.
fn head(database: &Location) -> (String, String) {
    let told = well(&["audit", "verify"], database);
    let between = |before: &str, behind: &str| {
        let rest = told.split_once(before).expect("it is told").1;
        rest.split_once(behind).expect("it is told").0.to_owned()
    };
    (
        between("監査記録は正常です（", "件）"),
        between("末尾のハッシュ：", "\n"),
    )
}

/// Exit code and words of a comparison.
fn compared(database: &Location, number: &str, hash: &str) -> (Option<i32>, String) {
    let output = meguri(&["audit", "verify", "--head", number, hash], database);
    let told = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8(told).expect("UTF-8"),
    )
}

#[test]
fn a_noted_head_is_found_in_a_log_that_went_on() {
    let folder = new_folder("head");
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let (number, hash) = head(&database);
    well(
        &["municipality", "set", "みずほ野市", "--name", "水穂野市"],
        &database,
    );
    let (now, other) = head(&database);
    assert_ne!((&number, &hash), (&now, &other), "the log went on");

    let wide: String = number
        .chars()
        .filter_map(|digit| char::from_u32(digit as u32 + 0xfee0))
        .collect();
    for (number, hash) in [
        (number.clone(), hash.clone()),
        (now, other),
        (wide, format!(" {} ", hash.to_uppercase())),
    ] {
        let (code, told) = compared(&database, &number, &hash);
        assert_eq!(code, Some(0), "{told}");
        assert!(told.contains("件目の記録と一致します"), "{told}");
    }
    let wrong = "0".repeat(64);
    for (number, hash, why) in [
        (number.as_str(), wrong.as_str(), "件目の記録と一致しません"),
        ("1", &hash, "1件目の記録と一致しません"),
        ("99999", &hash, "控えた99999件目の記録がありません"),
    ] {
        let (code, told) = compared(&database, number, hash);
        assert_eq!(code, Some(1), "{told}");
        assert!(
            told.contains("監査記録に異常があります") && told.contains(why),
            "{told}"
        );
    }
}

#[test]
fn a_slip_in_what_was_noted_is_no_fault_of_the_log() {
    let folder = new_folder("head-slip");
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let (number, hash) = head(&database);
    for (number, hash, why) in [
        ("二十四", hash.as_str(), "1以上の整数ではありません"),
        ("0", &hash, "1以上の整数ではありません"),
        ("99999999999999999999", &hash, "1以上の整数ではありません"),
        (&number, &hash[..63], "64桁"),
        (&number, "ハッシュ", "64桁"),
    ] {
        let told = refused(&["audit", "verify", "--head", number, hash], &database);
        assert!(told.contains(why), "{told}");
        assert!(!told.contains("異常があります"), "{told}");
    }
}
