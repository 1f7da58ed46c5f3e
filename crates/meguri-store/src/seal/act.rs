//! What is sealed of one write to a cycle. A list never changes, so that a seal can be counted for
//! ever.

use super::parts::Column::{Integer as I, Text as T};
use super::parts::Part;

/// All rows of a cycle and its sheets that one write made.
pub(super) const ACT: &[Part] = &[
    Part {
        columns: &[
            I("id"),
            I("act"),
            I("plan"),
            I("year"),
            I("document"),
            T("label"),
            T("who"),
            T("moment"),
        ],
        from: "cycle t WHERE t.municipality = $1 AND t.act = $2",
        order: "t.id",
    },
    Part {
        columns: &[
            I("cycle"),
            T("stage"),
            I("act"),
            T("shown"),
            T("no_new_from"),
            T("no_change_from"),
            T("who"),
            T("moment"),
        ],
        from: "cycle_stage t WHERE t.municipality = $1 AND t.act = $2",
        order: "t.cycle, t.stage",
    },
    Part {
        columns: &[
            I("number"),
            I("act"),
            I("cycle"),
            I("sheet"),
            T("stage"),
            T("section"),
            T("kind"),
            T("words"),
            T("to_section"),
            T("shown"),
            T("no_new_from"),
            T("no_change_from"),
            I("sheet_version"),
            T("who"),
            T("role"),
            T("deputy_of"),
            T("moment"),
        ],
        from: "sheet_event t WHERE t.municipality = $1 AND t.act = $2",
        order: "t.number",
    },
    Part {
        columns: &[
            I("event"),
            I("place"),
            I("act"),
            T("field"),
            T("words"),
            T("finding"),
        ],
        from: "change_request t WHERE t.municipality = $1 AND t.act = $2",
        order: "t.event, t.place",
    },
    Part {
        columns: &[
            I("number"),
            I("act"),
            I("cycle"),
            I("sheet"),
            T("field"),
            I("answers"),
            T("kind"),
            T("words"),
            T("who"),
            T("moment"),
        ],
        from: "sheet_comment t WHERE t.municipality = $1 AND t.act = $2",
        order: "t.number",
    },
];
