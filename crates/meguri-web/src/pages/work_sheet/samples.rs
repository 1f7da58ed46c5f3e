//! A sheet to look at.

use super::{
    BlockView, CheckView, CommentView, HistoryView, ItemView, PartView, RequestView, StageView,
    StepView, WorkSheetPage, layout,
};
use crate::view::answer::{AnswerView, Given};

impl WorkSheetPage {
    pub(super) fn sample(writes: bool) -> Self {
        let part = PartView {
            stage: "section".to_owned(),
            section: "s1".to_owned(),
        };
        Self {
            layout: layout(1, "令和5年度 施策評価", "施策「地域福祉」"),
            address: "/cycles/1/sheets/2".to_owned(),
            way: vec![StageView {
                label: "自己評価".to_owned(),
                state: "being_written",
                state_label: "記入中".to_owned(),
                waits_for: "所管課・課長".to_owned(),
                since: "令和6年5月1日".to_owned(),
                deadline: "令和6年5月31日".to_owned(),
                now: true,
            }],
            told: "保存しました。".to_owned(),
            requests: vec![RequestView {
                field: "text.outcomes".to_owned(),
                label: "成果".to_owned(),
                words: "件数を確かめてください。".to_owned(),
            }],
            findings: vec![CheckView {
                severity: "注意",
                code: "V020",
                place: "成果".to_owned(),
                block: "outcomes".to_owned(),
                message: "前の年度と同じ文章です。".to_owned(),
                hint: "確認してください。".to_owned(),
                steps: vec!["1 ÷ 2 ＝ 0.5".to_owned()],
            }],
            blocks: blocks(writes),
            writes,
            sends: writes.then(|| part.clone()),
            answers: writes,
            can: steps(part),
            version: 3,
            comments: vec![CommentView {
                number: 9,
                label: "成果".to_owned(),
                who: "政策課".to_owned(),
                when: "令和6年5月2日".to_owned(),
                words: "根拠はありますか。".to_owned(),
                answers: vec![["担当", "令和6年5月3日", "あります。"].map(str::to_owned)],
                done: false,
            }],
            history: vec![HistoryView {
                when: "令和6年5月1日".to_owned(),
                who: "担当（所管課）".to_owned(),
                what: "記入を始める".to_owned(),
                words: String::new(),
            }],
            fields: vec![("text.outcomes".to_owned(), "成果".to_owned())],
            missing: 4,
            changed: (!writes).then_some(1),
            script: crate::assets::script_path(),
            ..Self::default()
        }
    }
}

/// Two parts of a form, with something beside every answer.
fn blocks(writes: bool) -> Vec<BlockView> {
    let answer = |name: &str, label: &str, value: &str| AnswerView {
        name: name.to_owned(),
        label: label.to_owned(),
        given: Given::Lines,
        required: true,
        support: "400字以内。改行すると段落が分かれます。".to_owned(),
        most: 400,
        value: value.to_owned(),
        last: "前年度の文章です。".to_owned(),
        writable: writes,
        changed: !writes,
        before: "前の文章です。".to_owned(),
        other_name: "佐藤".to_owned(),
        other: "別の文章です。".to_owned(),
        ..AnswerView::default()
    };
    let figure = |name: &str, label: &str| AnswerView {
        name: name.to_owned(),
        label: label.to_owned(),
        given: Given::Figure,
        unit: "人".to_owned(),
        value: "1,234".to_owned(),
        writable: writes,
        ..AnswerView::default()
    };
    vec![
        BlockView {
            key: "outcomes".to_owned(),
            label: "成果".to_owned(),
            phase: "DO",
            help: "数で示せるものは数で書きます。".to_owned(),
            answers: vec![answer("text.outcomes", "成果", "取り組みました。")],
            ..BlockView::default()
        },
        BlockView {
            key: "indicators".to_owned(),
            label: "成果指標".to_owned(),
            phase: "DO",
            internal: true,
            items: vec![ItemView {
                label: "参加者数".to_owned(),
                about: vec!["基準値 1,000".to_owned()],
                years: vec![["令和4年度", "1,100", "1,050", "95.5％"].map(str::to_owned)],
                answers: vec![figure(
                    "indicator.0.actual.2023",
                    "参加者数の実績（令和5年度）",
                )],
            }],
            ..BlockView::default()
        },
    ]
}

/// Two steps: one with words, one without.
fn steps(part: PartView) -> Vec<StepView> {
    vec![
        StepView {
            path: "return",
            label: "差し戻す".to_owned(),
            part: part.clone(),
            of: "障がい者支援課".to_owned(),
            words: true,
            points: true,
        },
        StepView {
            path: "approve",
            label: "承認する".to_owned(),
            part,
            ..StepView::default()
        },
    ]
}
