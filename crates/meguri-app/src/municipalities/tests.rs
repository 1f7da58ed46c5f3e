use super::*;

fn codes(found: &Found) -> Vec<String> {
    let all: &[&Listed] = match found {
        Found::One(one) => std::slice::from_ref(one),
        Found::Several(all) => all,
        Found::None(_) => &[],
    };
    all.iter().map(|listed| listed.code.to_string()).collect()
}

#[test]
fn the_list_is_whole() {
    let of = |kind| all().iter().filter(|listed| listed.kind == kind).count();
    assert_eq!(TEXT.lines().count(), all().len());
    assert_eq!(of(Kind::Prefecture), 47);
    // The number of the Ministry since 2018, with the 23 special wards.
    assert_eq!(of(Kind::Municipality), 1741);
    assert_eq!(of(Kind::Ward), 171);
    let mut codes: Vec<_> = all().iter().map(|listed| &listed.code).collect();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), all().len());
    assert!(LICENCE.contains("MIT License") && LICENCE.contains("Copyright"));
}

#[test]
fn every_name_with_its_prefecture_finds_itself_alone() {
    for listed in all() {
        for text in [listed.full(), listed.to_string()[7..].to_owned()] {
            assert_eq!(by_name(&text), Found::One(listed), "{text}");
        }
    }
}

#[test]
fn every_name_and_reading_finds_itself_among_its_namesakes() {
    for listed in all().iter().filter(|listed| listed.kind != Kind::Ward) {
        for text in [listed.name, listed.reading] {
            let found = codes(&by_name(text));
            assert!(
                found.contains(&listed.code.to_string()),
                "{text}: {found:?}"
            );
        }
    }
}

#[test]
fn names_are_found_as_people_type_them() {
    let cases = [
        ("小平市", "132110"),
        ("国分寺", "132144"),
        ("　小 平 市 ", "132110"),
        ("東京都小平市", "132110"),
        ("東京都 小平市", "132110"),
        ("東京小平", "132110"),
        ("こだいらし", "132110"),
        ("コダイラ", "132110"),
        ("ｺﾀﾞｲﾗ", "132110"),
        ("小平市役所", "132110"),
        ("府中市（東京都）", "132063"),
        ("府中市(広島県)", "342084"),
        ("広島府中市", "342084"),
        ("龍ヶ崎市", "082082"),
        ("竜ケ崎市", "082082"),
        ("龍が崎", "082082"),
        ("りゅうがさき", "082082"),
        ("茅ケ崎市", "142077"),
        ("鎌ヶ谷市", "122246"),
        ("袖が浦市", "122297"),
        ("塩釜市", "042030"),
        ("塩竈市", "042030"),
        ("四条畷市", "272299"),
        ("しじょうなわて", "272299"),
        ("鯵ヶ沢町", "023213"),
        ("桧原村", "133078"),
        ("葛\u{e0100}城市", "292117"),
        ("葛飾", "131229"),
        ("北海道中川郡池田町", "016446"),
        ("郡山市", "072036"),
        ("大和郡山市", "292036"),
        ("郡上", "212199"),
        ("千代田区", "131016"),
        ("北区", "131172"),
        ("港区", "131032"),
        ("東京都", "130001"),
        ("北海道", "010006"),
        ("泊村", "014036"),
        ("津", "242012"),
        ("横浜市西区", "141038"),
    ];
    for (text, code) in cases {
        assert_eq!(codes(&by_name(text)), [code], "{text}");
    }
}

#[test]
fn one_name_of_several_municipalities_gives_all_of_them() {
    let cases = [
        ("府中市", "132063 342084"),
        ("伊達市", "012335 072133"),
        ("池田町", "016446 183822 204811 214043"),
        ("小平", "014826 132110"),
        ("だて", "012335 072133"),
        ("西区", "011070 041041"),
    ];
    for (text, begin) in cases {
        let found = codes(&by_name(text)).join(" ");
        assert!(
            found.starts_with(begin.get(..6).unwrap_or_default()),
            "{text}: {found}"
        );
        assert!(
            begin.split(' ').all(|code| found.contains(code)) || text == "西区",
            "{text}"
        );
        assert!(matches!(by_name(text), Found::Several(_)), "{text}");
    }
}

#[test]
fn a_slip_gets_proposals_and_nonsense_none() {
    for (typed, meant) in [
        ("武蔵野村山市", "武蔵村山市"),
        ("小乎市", "小平市"),
        ("横兵市", "横浜市"),
        ("こだいろし", "小平市"),
    ] {
        let Found::None(near) = by_name(typed) else {
            panic!("{typed} is no name");
        };
        assert!(
            near.iter().any(|listed| listed.name == meant),
            "{typed}: {near:?}"
        );
    }
    for nonsense in ["", "　", "ｘｙｚ", "（）", "郡", "市"] {
        assert_eq!(by_name(nonsense), Found::None(Vec::new()), "{nonsense}");
    }
}
