//! The search index as the doctor sees it: is it there, whole, and in step with what is published?

use super::Outcome;
use crate::cli::kept;
use meguri_app::actions::open_store::open_store;
use meguri_app::config::Config;
use meguri_app::read::pictures::Pictures;
use meguri_app::search::Keeper;
use meguri_search::{Index, Seen};
use meguri_store::Location;

/// Looks at the index and changes nothing of it.
pub(super) fn look(config: &Config) -> Outcome {
    let folder = config.index_folder();
    let place = folder.display();
    match Index::look(&folder) {
        Err(error) => {
            let words = error.to_string().replace('\n', "\n  対応：");
            Outcome::Fault(format!("検索用の索引：{place}\n  {words}"))
        }
        Ok(Seen::Nothing) => Outcome::Note(format!(
            "検索用の索引：{place} にはまだありません。「meguri serve」が始まるときに作ります\
             （先に作るには「meguri index」）。"
        )),
        Ok(Seen::Useless { .. }) => Outcome::Fault(format!(
            "検索用の索引：{place} の索引は、壊れているか、ほかの版のものです。\n  \
             対応：「meguri index --rebuild」で作り直してください（公表している内容には影響ありません）。"
        )),
        Ok(Seen::Whole {
            entries,
            bytes,
            mark,
        }) => {
            let what = format!("検索用の索引：{place}（{entries}件、{}）", size(bytes));
            match published(config) {
                Some(published) if published == mark => {
                    Outcome::Fine(format!("{what}、公表中の内容と一致しています"))
                }
                Some(_) => Outcome::Note(format!(
                    "{what}は、公表中の内容と一致していません。「meguri serve」が始まるとき、又は\
                     動いていれば数秒で合わせます（すぐに合わせるには「meguri index」）。"
                )),
                None => Outcome::Note(format!(
                    "{what}が公表中の内容と一致しているかは、データベースを読めないため分かりません。"
                )),
            }
        }
    }
}

/// The mark of an index of what is published; `None` where the database cannot be read, of which
/// another line tells.
fn published(config: &Config) -> Option<String> {
    if matches!(&config.database, Location::File(path) if !path.exists()) {
        return None;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .ok()?;
    runtime.block_on(async {
        let opened = open_store(&kept::wanted(config, false), &kept::context_now().ok()?)
            .await
            .ok()?;
        let picture = Pictures::new(opened.municipality.clone()).published().await;
        opened.store.close().await;
        Some(Keeper::mark_of(&picture.ok()?))
    })
}

/// A size in words.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{}KB", bytes.div_ceil(1_000)),
        _ => format!("{}MB", bytes.div_ceil(1_000_000)),
    }
}
