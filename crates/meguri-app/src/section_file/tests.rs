use super::*;
use meguri_core::fiscal_year::FiscalYear;

fn year(calendar_year: u16) -> Option<FiscalYear> {
    FiscalYear::new(calendar_year)
}

#[test]
fn a_list_is_read_as_pasted_and_as_csv() {
    let pasted = "課\t部\t最後の年度\t引き継いだ課\n環境課\t市民部\t令和5年度\tみどり課、ごみ課\nみどり課\t市民部\n\nごみ課\n";
    let csv = "\u{feff}部,課,引き継いだ課,最後の年度\r\n市民部,環境課,\"みどり課、ごみ課\",2023\r\n市民部,みどり課\r\n,ごみ課\r\n";
    for text in [pasted, csv] {
        let register = read(text).expect("a list");
        let names: Vec<&str> = register.sections.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["環境課", "みどり課", "ごみ課"]);
        let first = &register.sections[0];
        assert_eq!(first.until, year(2023));
        assert_eq!(first.successors, ["みどり課", "ごみ課"]);
        assert_eq!(first.department.as_deref(), Some("市民部"));
        assert_eq!(register.sections[2].department, None);
        assert_eq!(
            register.department_of("環境課", year(2024).expect("a year")),
            Some("市民部")
        );
    }
}

#[test]
fn what_is_written_is_read_again() {
    let text = "課\t部\t識別名\t最初の年度\t最後の年度\t引き継いだ課\n福祉課\t健康部\tfukushi\t\t令和4年度\t\n地域福祉課\t健康部\tfukushi\t令和5年度\t\t\n水道課\t\t\t\t令和5年度\tfukushi";
    let register = read(text).expect("a list");
    assert_eq!(register.sections[1].key, "fukushi");
    assert_eq!(write(&register), text);
    assert_eq!(read(&write(&register)), Ok(register));
}

#[test]
fn every_fault_is_told_at_once_with_its_line() {
    for (text, want) in [
        ("", vec![1]),
        ("環境課\nみどり課\n", vec![1, 1]),
        ("課,課\n環境課,\n", vec![1]),
        ("課,部署\n環境課,市民部\n", vec![1]),
        ("課\n", vec![1]),
        ("課,部\n,市民部\n環境課,市民部\n", vec![2]),
        ("課,最初の年度\n環境課,昨年\nみどり課,令和\n", vec![2, 3]),
        (
            "課,最初の年度,最後の年度\n環境課,令和6年度,令和5年度\n",
            vec![2],
        ),
        (
            "課,引き継いだ課\n環境課,緑課\nみどり課,みどり課\n",
            vec![2, 3],
        ),
        ("課\n環境課\n\n環 境 課\n", vec![4]),
        ("課,識別名\n環境課,a\nみどり課,a\n", vec![3]),
        ("課,最後の年度\n環境課,令和4年度\n環境課,\n", vec![3]),
    ] {
        let faults = read(text).expect_err(text);
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, want, "{text}: {faults:?}");
        assert!(faults.iter().all(|fault| !fault.words.is_empty()));
    }
    let renamed = "課,識別名,最初の年度,最後の年度\n環境課,a,,令和4年度\nみどり課,a,令和5年度,\n";
    assert!(
        read(renamed).is_ok(),
        "one section under two names, one after the other"
    );
}

#[test]
fn a_name_that_is_too_long_or_has_a_control_is_told() {
    let long = format!("課\n{}\n", "課".repeat(101));
    assert_eq!(read(&long).expect_err("too long")[0].line, 2);
    assert_eq!(read("課\n環境\u{7}課\n").expect_err("a control")[0].line, 2);
}
