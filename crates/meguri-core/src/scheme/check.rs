//! Checks of a written scheme: each function one kind of fault.

mod counting;
mod names;
mod routes;

use crate::scheme::{BestEnd, FieldKind, Required, Scale, SchemeFault, SheetField, Written};

/// All faults, in the order of the file.
pub(super) fn faults(written: &Written) -> Vec<SchemeFault> {
    let mut faults = Vec::new();
    names::check(written, &mut faults);
    check_years(written, &mut faults);
    check_scales(written, &mut faults);
    check_axes(written, &mut faults);
    check_fields(written, &mut faults);
    routes::check(written, &mut faults);
    counting::check(written, &mut faults);
    check_tags(written, &mut faults);
    faults
}

fn check_years(written: &Written, faults: &mut Vec<SchemeFault>) {
    if written
        .valid_until
        .is_some_and(|until| until < written.valid_from)
    {
        faults.push(SchemeFault::new(
            "S010",
            "valid_until",
            "適用終了の年度が、適用開始の年度より前です。",
            "valid_from と valid_until を確かめてください。",
        ));
    }
    if written.rolling_years == Some(0) || written.every_years == 0 {
        faults.push(SchemeFault::new(
            "S011",
            "rolling_years / every_years",
            "年数が0になっています。",
            "1以上の年数にしてください。",
        ));
    }
    if written.evaluates.as_deref() == Some(written.key.as_str()) {
        faults.push(SchemeFault::new(
            "S013",
            "evaluates",
            "評価の対象の計画が、この計画自身になっています。",
            "評価シートの元になる別の計画の key を書くか、evaluates の行を消してください。",
        ));
    }
    if written.levels.is_empty() {
        faults.push(SchemeFault::new(
            "S012",
            "levels",
            "階層が一つもありません。",
            "[[levels]] を上の階層から順に書いてください。",
        ));
    }
}

fn check_tags(written: &Written, faults: &mut Vec<SchemeFault>) {
    for (at, tag) in written.tags.iter().enumerate() {
        let empty = tag.nodes.iter().all(|node| node.trim().is_empty());
        if tag.word.trim().is_empty() || empty {
            faults.push(SchemeFault::new(
                "S046",
                format!("tags[{at}]"),
                format!("くらしの言葉「{}」に、言葉か行き先がありません。", tag.word),
                "word に言葉を、nodes に名称の一部か番号を書いてください。",
            ));
        }
    }
}

fn check_scales(written: &Written, faults: &mut Vec<SchemeFault>) {
    for (at, scale) in written.scales.iter().enumerate() {
        let place = format!("scales[{at}]");
        check_values(scale, &place, faults);
        if scale.values.len() < 2 && scale.best != BestEnd::None {
            faults.push(SchemeFault::new(
                "S020",
                format!("{place}.values"),
                format!("「{}」の値が2つありません。", scale.label),
                "順序のある値を2つ以上書いてください。",
            ));
        }
    }
}

fn check_values(scale: &Scale, place: &str, faults: &mut Vec<SchemeFault>) {
    let all: Vec<_> = scale.values.iter().chain(&scale.states).collect();
    for (at, value) in all.iter().enumerate() {
        if all.iter().take(at).any(|other| other.value == value.value) {
            faults.push(SchemeFault::new(
                "S021",
                format!("{place}.values"),
                format!("「{}」に「{}」が2回あります。", scale.label, value.value),
                "同じ値を一つにまとめてください。",
            ));
        }
        if value.label.trim().is_empty() {
            faults.push(SchemeFault::new(
                "S003",
                format!("{place}.values"),
                format!(
                    "「{}」の値「{}」に説明がありません。",
                    scale.label, value.value
                ),
                "label にその値の意味を書いてください。",
            ));
        }
        if value.colour.as_deref().is_some_and(|c| !is_colour(c)) {
            faults.push(SchemeFault::new(
                "S022",
                format!("{place}.values"),
                format!("「{}」の色が読めません。", value.value),
                "\"#1a5fb4\" のように # と6桁の16進数で書いてください。",
            ));
        }
    }
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn check_axes(written: &Written, faults: &mut Vec<SchemeFault>) {
    for (at, axis) in written.next_step_axes.iter().enumerate() {
        let place = format!("next_steps[{at}].scale");
        names::must_know(&place, "区分", &axis.scale, names::scales(written), faults);
    }
}

fn check_fields(written: &Written, faults: &mut Vec<SchemeFault>) {
    for (at, field) in written.fields.iter().enumerate() {
        let place = format!("fields[{at}]");
        check_references(written, field, &place, faults);
        check_required(written, field, &place, faults);
        check_length(field, &place, faults);
    }
}

fn check_references(
    written: &Written,
    field: &SheetField,
    place: &str,
    faults: &mut Vec<SchemeFault>,
) {
    match &field.kind {
        FieldKind::Grade(scale) => {
            let place = format!("{place}.scale");
            names::must_know(&place, "区分", scale, names::scales(written), faults);
        }
        FieldKind::NextStep(axis) => {
            let axes = written.next_step_axes.iter().map(|a| a.key.as_str());
            names::must_know(&format!("{place}.axis"), "動向の軸", axis, axes, faults);
        }
        _ => {}
    }
    for level in &field.levels {
        let levels = written.levels.iter().map(|l| l.key.as_str());
        names::must_know(&format!("{place}.levels"), "階層", level, levels, faults);
    }
    if let Some(stage) = &field.stage {
        let stages = written.stages.iter().map(|s| s.key.as_str());
        names::must_know(
            &format!("{place}.stage"),
            "評価の段階",
            stage,
            stages,
            faults,
        );
    }
}

fn check_required(
    written: &Written,
    field: &SheetField,
    place: &str,
    faults: &mut Vec<SchemeFault>,
) {
    let Required::When { field: other, is } = &field.required else {
        return;
    };
    let place = format!("{place}.required");
    let known = written.fields.iter().map(|f| f.key.as_str());
    names::must_know(&place, "項目", other, known, faults);
    let other = written.fields.iter().find(|f| f.key == *other);
    let Some(scale) = other.and_then(|other| scale_of(written, other)) else {
        return;
    };
    for value in is.iter().filter(|value| scale.value(value).is_none()) {
        faults.push(SchemeFault::new(
            "S023",
            place.clone(),
            format!("必須の条件の「{value}」は「{}」にない値です。", scale.label),
            "区分にある値を書いてください。",
        ));
    }
}

/// The scale whose values a field holds.
fn scale_of<'a>(written: &'a Written, field: &SheetField) -> Option<&'a Scale> {
    let key = match &field.kind {
        FieldKind::Grade(scale) => scale,
        FieldKind::NextStep(axis) => {
            let axis = written.next_step_axes.iter().find(|a| a.key == *axis)?;
            &axis.scale
        }
        _ => return None,
    };
    written.scales.iter().find(|scale| scale.key == *key)
}

fn check_length(field: &SheetField, place: &str, faults: &mut Vec<SchemeFault>) {
    let Some(most) = field.max_chars else {
        return;
    };
    if most == 0 || !field.kind.is_text() {
        faults.push(SchemeFault::new(
            "S024",
            format!("{place}.max_chars"),
            format!("「{}」の文字数の上限が使えません。", field.label),
            "上限は文章の項目にだけ、1以上で書いてください。",
        ));
    }
}
