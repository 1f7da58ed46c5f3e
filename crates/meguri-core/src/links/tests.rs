use super::*;
use crate::fiscal_year::FiscalYear;
use crate::plan::Section;

/// Documents as `plan year`, sheets as `number name`, rows as `sheet code name 課`.
fn facts(documents: &[(&str, u16)], sheets: &[(usize, &str, &str)]) -> Facts {
    let document = |(id, (plan, _)): (i64, &(&str, u16))| DocumentFact {
        id,
        name: format!("文書{id}"),
        plan: (*plan).to_owned(),
        plan_group: if *plan == "evaluation" {
            "midterm"
        } else {
            plan
        }
        .to_owned(),
    };
    let sheet = |(id, (document, number, name)): (i64, &(usize, &str, &str))| SheetFact {
        id,
        document: *document,
        label: (*name).to_owned(),
        year: FiscalYear::new(documents[*document].1),
        path: vec![NodeFact {
            level: "theme".to_owned(),
            number: Some((*number).to_owned()).filter(|number| !number.is_empty()),
            name: Some((*name).to_owned()),
        }],
        ..SheetFact::default()
    };
    Facts {
        documents: (0..).zip(documents).map(document).collect(),
        sheets: (0..).zip(sheets).map(sheet).collect(),
        ..Facts::default()
    }
}

fn row(facts: &mut Facts, sheet: usize, code: &str, name: &str, section: &str) {
    let item = u32::try_from(facts.listings.len()).expect("few rows");
    facts.listings.push(ListingFact {
        sheet,
        item,
        code: Some(code.to_owned()).filter(|code| !code.is_empty()),
        account: Some("一般".to_owned()).filter(|_| !code.is_empty()),
        name: Some(name.to_owned()),
        sections: vec![section.to_owned()],
        relisted: name.contains('再'),
    });
}

fn indicator(facts: &mut Facts, sheet: usize, name: &str, unit: &str) {
    let unit = Some(unit.to_owned());
    let name = Some(name.to_owned());
    facts.indicators.push(IndicatorFact {
        sheet,
        item: 0,
        name,
        sub_name: None,
        unit,
    });
}

fn linked(facts: &Facts) -> Links {
    let links = of(facts, &SectionRegister::default(), &[]);
    let things = of_things(facts, &SectionRegister::default(), &[]);
    for kind in [Kind::Project, Kind::Indicator, Kind::Section] {
        assert_eq!(
            things.groups(kind),
            links.groups(kind),
            "what is sure needs no doubts"
        );
    }
    assert!(things.doubts.is_empty() && things.sheets.is_empty());
    links
}

/// What stands where, groups, doubts.
type Case<'a> = (&'a [(usize, &'a str, &'a str)], usize, &'a [Why]);

/// Groups as sizes, doubts as reasons.
fn shape(groups: &[Group]) -> Vec<usize> {
    groups.iter().map(|group| group.places.len()).collect()
}

fn reasons(links: &Links) -> Vec<Why> {
    links.doubts.iter().map(|doubt| doubt.why).collect()
}

const TWO_YEARS: &[(&str, u16)] = &[("evaluation", 2022), ("evaluation", 2023)];
const THEMES: &[(usize, &str, &str)] = &[(0, "1", "みどり"), (1, "1", "みどり")];

#[test]
fn projects_are_one_by_code_and_by_a_name_that_names_one() {
    // Rows of the first and of the second document, groups, doubts.
    type Rows<'a> = (
        &'a [(&'a str, &'a str)],
        &'a [(&'a str, &'a str)],
        usize,
        &'a [Why],
    );
    let cases: [Rows<'_>; 9] = [
        (&[("010", "花壇事業")], &[("010", "花壇事業")], 1, &[]),
        (
            &[("010", "花壇の整備")],
            &[("010", "花壇整備事業（市民）")],
            1,
            &[],
        ),
        (&[("010", "花壇事業")], &[("", "花 壇事業")], 1, &[]),
        (
            &[("010", "花壇事業")],
            &[("010", "広報の発行")],
            2,
            &[Why::SameCodeOtherName],
        ),
        (
            &[("010", "花壇事業")],
            &[("020", "花壇事業")],
            2,
            &[Why::SameNameOtherCode],
        ),
        (&[("010", "花壇事業"), ("020", "花壇事業")], &[], 2, &[]),
        (
            &[("010", "花壇事業"), ("020", "花壇事業")],
            &[("", "花壇事業")],
            3,
            &[Why::NameOfSeveral, Why::NameOfSeveral],
        ),
        (
            &[("010", "市民花壇事業")],
            &[("", "市民花壇事業の拡充")],
            2,
            &[Why::NameWithin],
        ),
        (&[("-", "花壇"), ("-", "広報")], &[("-", "花壇")], 2, &[]),
    ];
    for (first, second, groups, doubts) in cases {
        let mut facts = facts(TWO_YEARS, THEMES);
        first
            .iter()
            .for_each(|(code, name)| row(&mut facts, 0, code, name, "公園課"));
        second
            .iter()
            .for_each(|(code, name)| row(&mut facts, 1, code, name, "公園課"));
        let links = linked(&facts);
        assert_eq!(links.projects.len(), groups, "{first:?} {second:?}");
        assert_eq!(reasons(&links), doubts, "{first:?} {second:?}");
    }
}

#[test]
fn names_alike_are_proposed_within_one_section_only() {
    let mut facts = facts(TWO_YEARS, THEMES);
    row(&mut facts, 0, "010", "市民花壇づくり事業", "公園課");
    row(&mut facts, 1, "", "市民花壇づくりの推進", "広報課");
    assert_eq!(reasons(&linked(&facts)), []);
    facts.listings[1].sections = vec!["公園課".to_owned()];
    assert_eq!(reasons(&linked(&facts)), [Why::NameAlike]);
}

#[test]
fn decisions_of_persons_rule_over_names_and_codes() {
    let mut facts = facts(TWO_YEARS, THEMES);
    row(&mut facts, 0, "010", "花壇事業", "公園課");
    row(&mut facts, 1, "", "花壇事業", "公園課");
    row(&mut facts, 1, "", "緑の日", "公園課");
    let decided = |decisions: &[(&str, bool)]| {
        let decision = |(other, same): &(&str, bool)| Decision {
            kind: Kind::Project,
            one: "code 一般 010 花壇事業".to_owned(),
            other: (*other).to_owned(),
            same: *same,
        };
        let decisions: Vec<Decision> = decisions.iter().map(decision).collect();
        let links = of(&facts, &SectionRegister::default(), &decisions);
        assert_eq!(reasons(&links), []);
        shape(&links.projects)
    };
    assert_eq!(decided(&[]), [2, 1]);
    assert_eq!(decided(&[("name 花壇事業", false)]), [1, 1, 1]);
    assert_eq!(decided(&[("name 緑の日", true)]), [3]);
    assert_eq!(
        decided(&[("name 緑の日", true), ("name 緑の日", false)]),
        [2, 1]
    );
}

#[test]
fn a_row_shown_again_knows_its_original() {
    let mut facts = facts(
        &[("evaluation", 2022)],
        &[(0, "1", "みどり"), (0, "2", "みず")],
    );
    row(&mut facts, 0, "010", "花壇（再掲）", "公園課");
    row(&mut facts, 1, "010", "花壇", "公園課");
    let [listing, original] = [0, 1].map(|at| Place {
        sheet: at,
        item: Some([0, 1][at]),
    });
    assert_eq!(
        linked(&facts).relistings,
        [Relisting {
            from: listing,
            original
        }]
    );
}

#[test]
fn indicators_are_one_over_years_and_plans_by_theme_name_and_unit() {
    let documents = &[("midterm", 2021), ("evaluation", 2022), ("reform", 2022)];
    let sheets = &[
        (0, "", "みどり"),
        (1, "1", "みどり"),
        (1, "2", "みず"),
        (2, "7", "ほか"),
    ];
    let cases: [Case<'_>; 6] = [
        (&[(0, "緑の件数", "件"), (1, "緑の件数", "件")], 1, &[]),
        (
            &[(0, "緑の件数", "件"), (1, "緑の件数（累計）", "件")],
            1,
            &[],
        ),
        (&[(0, "緑の件数", "件"), (2, "緑の件数", "件")], 1, &[]),
        (
            &[(0, "緑の件数", "件"), (2, "緑の件数（累計）", "件")],
            2,
            &[],
        ),
        (
            &[(0, "緑の件数", "件"), (1, "緑の件数", "人")],
            2,
            &[Why::OtherUnit],
        ),
        (
            &[(0, "緑の件数", "件"), (3, "緑の件数", "件")],
            2,
            &[Why::OtherTheme],
        ),
    ];
    for (all, groups, doubts) in cases {
        let mut facts = facts(documents, sheets);
        all.iter()
            .for_each(|(sheet, name, unit)| indicator(&mut facts, *sheet, name, unit));
        let links = linked(&facts);
        assert_eq!(links.indicators.len(), groups, "{all:?}");
        assert_eq!(reasons(&links), doubts, "{all:?}");
    }
}

#[test]
fn sheets_are_one_over_years_in_the_plan_and_shown_again() {
    let documents = &[
        ("midterm", 2021),
        ("evaluation", 2022),
        ("evaluation", 2023),
        ("reform", 2022),
    ];
    let cases: [Case<'_>; 6] = [
        (
            &[
                (0, "", "みどりの推進"),
                (1, "1", "みどりの推進"),
                (2, "1", "みどりの推進"),
            ],
            1,
            &[],
        ),
        (
            &[(1, "1", "みどりの推進"), (2, "3", "みどりの推進")],
            1,
            &[],
        ),
        (
            &[(1, "1", "みどりの推進"), (1, "3", "みどりの推進")],
            2,
            &[],
        ),
        (
            &[(1, "1", "みどりの推進"), (3, "1", "みどりの推進")],
            2,
            &[Why::SameNameElsewhere],
        ),
        (
            &[(1, "1", "みどりの推進"), (2, "1", "みどりの推進等")],
            2,
            &[Why::SameNumberOtherName],
        ),
        (&[(1, "1", "みどりの推進"), (2, "1", "広報")], 2, &[]),
    ];
    for (sheets, groups, doubts) in cases {
        let links = linked(&facts(documents, sheets));
        assert_eq!(links.sheets.len(), groups, "{sheets:?}");
        assert_eq!(reasons(&links), doubts, "{sheets:?}");
    }
    let mut again = facts(documents, &[(3, "15", "徹底"), (3, "29", "徹底")]);
    again.sheets[1].relisted_from = Some(15);
    let links = linked(&again);
    let [original, from] = [0, 1].map(|sheet| Place { sheet, item: None });
    assert_eq!(links.relistings, [Relisting { from, original }]);
    assert_eq!(shape(&links.sheets), [2]);
}

#[test]
fn a_renamed_section_is_one_and_a_split_one_is_not() {
    let section = |key: &str, successors: &[&str]| Section {
        key: key.to_owned(),
        name: format!("{key}課"),
        from: None,
        until: None,
        successors: successors.iter().map(|key| (*key).to_owned()).collect(),
        department: None,
    };
    let register = SectionRegister {
        sections: vec![
            section("公園", &["緑"]),
            section("緑", &["緑と水"]),
            section("緑と水", &[]),
            section("広報", &["秘書", "発信"]),
            section("秘書", &["広報"]),
            section("発信", &[]),
        ],
    };
    let mut facts = facts(TWO_YEARS, THEMES);
    facts.sheets[0].sections = vec!["公園課".to_owned(), "広報課".to_owned()];
    facts.sheets[1].sections = ["緑と水課", "秘書課", "発信課"].map(str::to_owned).to_vec();
    let links = of(&facts, &register, &[]);
    let names: Vec<String> = links
        .sections
        .iter()
        .map(|group| group.names.join("←"))
        .collect();
    assert_eq!(names, ["緑と水課←公園課", "秘書課←広報課", "発信課"]);
}
