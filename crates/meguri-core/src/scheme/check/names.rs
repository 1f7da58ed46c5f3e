//! Keys and labels: present, well formed, given once, and known where they are referred to.

use crate::scheme::{SchemeFault, Written};

/// Checks the keys and labels of every list.
pub(super) fn check(written: &Written, faults: &mut Vec<SchemeFault>) {
    check_entry("", &written.key, &written.label, faults);
    let lists: [(&str, Vec<(&str, &str)>); 8] = [
        ("levels", pairs(&written.levels, |l| (&l.key, &l.label))),
        ("scales", pairs(&written.scales, |s| (&s.key, &s.label))),
        (
            "next_steps",
            pairs(&written.next_step_axes, |a| (&a.key, &a.label)),
        ),
        ("stages", pairs(&written.stages, |s| (&s.key, &s.label))),
        ("fields", pairs(&written.fields, |f| (&f.key, &f.label))),
        ("rates", pairs(&written.rates, |r| (&r.key, &r.label))),
        ("classes", pairs(&written.classes, |c| (&c.key, &c.label))),
        ("rollups", pairs(&written.rollups, |r| (&r.key, &r.label))),
    ];
    for (list, entries) in &lists {
        check_list(list, entries, faults);
    }
    let points = pairs(&written.points, |p| (&p.key, &p.label));
    check_list("points", &points, faults);
    for (at, rule) in written.points.iter().enumerate() {
        let parts = pairs(&rule.parts, |p| (&p.key, &p.label));
        check_list(&format!("points[{at}].parts"), &parts, faults);
    }
}

fn pairs<T>(list: &[T], of: impl Fn(&T) -> (&String, &String)) -> Vec<(&str, &str)> {
    list.iter()
        .map(|entry| {
            let (key, label) = of(entry);
            (key.as_str(), label.as_str())
        })
        .collect()
}

fn check_list(list: &str, entries: &[(&str, &str)], faults: &mut Vec<SchemeFault>) {
    for (at, (key, label)) in entries.iter().enumerate() {
        let place = format!("{list}[{at}]");
        check_entry(&place, key, label, faults);
        if entries.iter().take(at).any(|(other, _)| other == key) {
            faults.push(SchemeFault::new(
                "S002",
                format!("{place}.key"),
                format!("キー「{key}」が2回あります。"),
                "キーは一覧の中で重ならないようにしてください。",
            ));
        }
    }
}

fn check_entry(place: &str, key: &str, label: &str, faults: &mut Vec<SchemeFault>) {
    let within = |name: &str| match place {
        "" => name.to_owned(),
        place => format!("{place}.{name}"),
    };
    let well_formed = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-');
    if !well_formed {
        faults.push(SchemeFault::new(
            "S001",
            within("key"),
            format!("キー「{key}」は使えません。"),
            "英小文字で始め、英小文字・数字・「_」「-」だけで書いてください。",
        ));
    }
    if label.trim().is_empty() {
        faults.push(SchemeFault::new(
            "S003",
            within("label"),
            format!("「{key}」の名称がありません。"),
            "label に画面や帳票に出す名称を書いてください。",
        ));
    }
}

/// The keys of all scales.
pub(super) fn scales(written: &Written) -> impl Iterator<Item = &str> {
    written.scales.iter().map(|scale| scale.key.as_str())
}

/// Adds a fault where a key is not among the known ones; names them all.
pub(super) fn must_know<'a>(
    place: &str,
    what: &str,
    key: &str,
    known: impl Iterator<Item = &'a str>,
    faults: &mut Vec<SchemeFault>,
) {
    let known: Vec<&str> = known.collect();
    if known.contains(&key) {
        return;
    }
    let remedy = if known.is_empty() {
        format!("先に{what}を設定してください。")
    } else {
        format!("設定にあるもの（{}）から選んでください。", known.join("、"))
    };
    faults.push(SchemeFault::new(
        "S004",
        place,
        format!("{what}「{key}」は設定にありません。"),
        remedy,
    ));
}
