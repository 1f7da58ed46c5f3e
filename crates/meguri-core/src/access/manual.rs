//! The page of the manual that shows the table: `docs/access.md`.

use crate::access::{Area, Permission, Reach, Role, allows};
use std::fmt::Write;

const HEAD: &str = "# 権限の一覧

だれが何をできるかの一覧です。プログラムの中の一つの表（`crates/meguri-core/src/access/table.rs`）から作られ、画面、コマンドのどちらにも同じ表が使われます。

- 一人が複数の役割を持てます。役割には、所属（課・部）、有効な期間（年度又は日）、代理の別があります。
- 「自課」は自分の課が（単独又は共同で）担当するもの、「自部」は自分の部の課が担当するもの、「割当て分」は委員会・委員に割り当てたもの、「全て」は団体の全てです。「－」はできません。
- 記入・提出・確認・承認・受理は、この表に加えて、計画の設定の段階（だれが書き、確認し、承認し、受理するか）に従います（[状態と操作の一覧](workflow.md)）。提出した人は、設定で認めない限り、自分の提出したシートを承認・受理できません。
- 「サーバーの操作者」は、サーバーで `meguri` のコマンドを実行する人です。データの管理はできますが、課に代わって記入・承認することはできません。
- 課の名称の変更や統合があっても、引き継いだ課が「自課」になります。
";

/// The page: a table for each area, a column for each role.
#[must_use]
pub fn manual() -> String {
    let mut page = HEAD.to_owned();
    for area in Area::ALL {
        let _ = write!(page, "\n## {}\n\n| できること |", area.label());
        for role in Role::ALL {
            let _ = write!(page, " {} |", role.label());
        }
        page.push_str("\n|---|");
        page.push_str(&"---|".repeat(Role::ALL.len()));
        page.push('\n');
        for permission in Permission::all().filter(|permission| permission.area() == area) {
            page.push_str(&line(permission));
        }
    }
    page
}

fn line(permission: Permission) -> String {
    let mut line = format!("| {} |", permission.label());
    for role in Role::ALL {
        let _ = write!(line, " {} |", allows(role, permission).label());
    }
    line.push('\n');
    line
}

/// The reaches in words, for a page that explains them.
impl std::fmt::Display for Reach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.label())
    }
}
