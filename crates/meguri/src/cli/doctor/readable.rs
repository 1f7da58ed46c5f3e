//! Which files can other accounts of this computer read?

use meguri_app::config::{Config, FILE};
use meguri_store::Location;
use std::path::{Path, PathBuf};

/// A file with what it holds, in Japanese, and how to close it to others.
struct Kept {
    path: PathBuf,
    what: &'static str,
    mode: &'static str,
}

/// What an administrator should know: one text for each file that others may read.
pub(super) fn look(settings: Option<&Path>, config: &Config) -> Vec<String> {
    let kept = kept(settings, config).into_iter();
    let open = kept.filter(|kept| others_may_read(&kept.path));
    open.map(|kept| {
        let path = kept.path.display();
        format!(
            "権限：「{path}」（{}）を、このコンピューターのほかの利用者が読める状態です。\n  \
             対応：「chmod {} {path}」で、めぐりを動かす利用者だけが読めるようにしてください。",
            kept.what, kept.mode
        )
    })
    .collect()
}

fn kept(settings: Option<&Path>, config: &Config) -> Vec<Kept> {
    let mut all = Vec::new();
    match &config.database {
        Location::File(file) => {
            for ending in ["", "-wal", "-shm", "-journal"] {
                let mut path = file.clone().into_os_string();
                path.push(ending);
                all.push(Kept {
                    path: path.into(),
                    what: "公表前の内容と職員の名前を含むデータベース",
                    mode: "600",
                });
            }
        }
        Location::Postgres(_) if config.database.has_password() => all.push(Kept {
            path: settings.unwrap_or(Path::new(FILE)).to_owned(),
            what: "データベースのパスワードを含む設定",
            mode: "600",
        }),
        Location::Postgres(_) => {}
    }
    all.push(Kept {
        path: config.index_folder(),
        what: "検索用の索引",
        mode: "700",
    });
    all
}

#[cfg(unix)]
fn others_may_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let found = std::fs::metadata(path);
    found.is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

/// Rights on other systems are no matter of a mode.
#[cfg(not(unix))]
fn others_may_read(_: &Path) -> bool {
    false
}
