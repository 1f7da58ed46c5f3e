use super::*;

fn told(said: &str, name: Option<&str>) -> String {
    let chosen = Said::parse(said).and_then(|said| to_register(Some(&said), name));
    match chosen {
        Ok(Chosen { code, name }) => format!("{code} {name}"),
        Err(fault) => fault.to_string(),
    }
}

#[test]
fn codes_are_read_as_people_write_them() {
    let cases = [
        ("132110", "132110 小平市"),
        ("13211", "132110 小平市"),
        ("１３２１１０", "132110 小平市"),
        (" 13-211-0 ", "132110 小平市"),
        ("13 2110", "132110 小平市"),
        ("132110 小平市（東京都）", "132110 小平市"),
        ("132110小平市", "132110 小平市"),
        ("132063 府中市", "132063 府中市"),
        ("132110 こだいら", "132110 小平市"),
        ("132110 新しい名称の市", "132110 小平市"),
        // A spreadsheet took the zero away.
        ("11002", "011002 札幌市"),
        ("01100", "011002 札幌市"),
        ("1100", "011002 札幌市"),
        ("131016", "131016 千代田区"),
        ("130001", "130001 東京都"),
        ("13000", "130001 東京都"),
        ("01000", "010006 北海道"),
        ("小平市", "132110 小平市"),
    ];
    for (said, chosen) in cases {
        assert_eq!(told(said, None), chosen, "{said}");
    }
}

#[test]
fn what_is_no_code_is_refused_with_words() {
    let cases = [
        ("132111", "検査数字"),
        ("1", "半角数字6桁"),
        ("1321100", "半角数字6桁"),
        ("480006", "都道府県はありません"),
        ("990000", "都道府県はありません"),
        ("000000", "meguri municipality set 000000"),
        ("00000", "都道府県はありません"),
        ("141038", "横浜市西区"),
        ("14103", "政令指定都市の区"),
        ("横浜市西区", "--municipality 141003"),
        ("府中市", "132063 府中市（東京都）"),
        ("小平し市", "132110 小平市（東京都）"),
        ("みずほ野市", "--name 名称"),
        ("139997", "検査数字"),
        ("139980", "--name 名称"),
        ("", "空です"),
        ("　", "空です"),
        ("132110 府中市", "132110 は東京都小平市です"),
        ("132110 横浜市西区", "合いません"),
    ];
    for (said, words) in cases {
        let told = told(said, None);
        assert!(told.contains(words), "{said}: {told}");
    }
    assert_eq!(to_register(None, None), Err(ChoiceFault::NotSaid));
}

#[test]
fn a_code_newer_than_the_list_is_taken_with_its_name() {
    assert_eq!(told("139980", Some("みずほ野市")), "139980 みずほ野市");
    assert_eq!(told("132110", Some("小平市役所")), "132110 小平市役所");
    assert!(told("139981", Some("みずほ野市")).contains("検査数字"));
    assert!(told("139980", Some("　")).contains("名称が空"));
    assert!(told("みずほ野市", Some("みずほ野市")).contains("コードと名称"));
    let by_name = to_register(None, Some("小平市")).expect("a name alone");
    assert_eq!(by_name.code.as_str(), "132110");
}

#[test]
fn a_registered_one_is_found_by_its_own_name_first() {
    let known = |code: &str, name: &str| {
        (
            MunicipalityCode::parse(code).expect("a code"),
            name.to_owned(),
        )
    };
    let known = [known("139980", "みずほ野市"), known("132063", "府中市")];
    let found = |text: &str| {
        let said = Said::parse(text).expect("it reads");
        registered(&said, &known)
            .expect("one")
            .map(|code| code.to_string())
    };
    assert_eq!(found("みずほ野市").as_deref(), Some("139980"));
    assert_eq!(found("府中市").as_deref(), Some("132063"));
    assert_eq!(found("府中").as_deref(), Some("132063"));
    assert_eq!(found("13206").as_deref(), Some("132063"));
    assert_eq!(found("小平市"), None);
}
