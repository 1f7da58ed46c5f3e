//! What stands on the sheets before they are printed and torn.

/// The directions of a project, in the order in which the sheets count them.
pub(super) const TRENDS: [&str; 5] = ["拡大", "改善", "維持", "縮小", "廃止"];

/// What all sheets of a paper share.
#[derive(Clone, Debug)]
pub(super) struct Book {
    /// The execution plan with its month: `第2期実施計画（令和4年2月）`.
    pub(super) plan: String,
    /// The years of the indicators.
    pub(super) years: Years,
    /// Year heads print full-width digits.
    pub(super) wide_years: bool,
    /// What begins a page: a form feed or the blank that some tools leave of it.
    pub(super) page_break: &'static str,
    /// Pages carry numbers.
    pub(super) numbered: bool,
    /// In a whole row the star stands before the number, else after it.
    pub(super) star_first: bool,
    /// Numbered lines of a page's list; a longer list goes on over the next page.
    pub(super) capacity: usize,
    /// The scale of attainment, best first.
    pub(super) scale: [&'static str; 4],
    /// First digit of the codes of the special accounts: long-term care, latter-stage elderly.
    pub(super) account_digits: [u8; 2],
}

/// The years of the indicators, in Western count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Years {
    /// The first year with a target; the year before it is the base year.
    pub(super) first: i32,
    /// Number of years with targets.
    pub(super) count: usize,
    /// Number of years with results; the last of them is the evaluated year.
    pub(super) known: usize,
}

impl Years {
    /// The evaluated year.
    pub(super) fn evaluated(self) -> i32 {
        self.nth(self.known.saturating_sub(1))
    }

    /// The year with the index `n`, from 0.
    pub(super) fn nth(self, n: usize) -> i32 {
        self.first
            .saturating_add(i32::try_from(n).unwrap_or_default())
    }
}

/// `令和4年度` without the last letter: `令和4年`, `令和元年`, `平成30年`.
pub(super) fn era_year(year: i32) -> String {
    match year {
        ..=2018 => format!("平成{}年", year - 1988),
        2019 => "令和元年".to_owned(),
        2020.. => format!("令和{}年", year - 2018),
    }
}

/// The short name of a fiscal year: `R4`.
pub(super) fn year_key(year: i32) -> String {
    match year {
        ..=2018 => format!("H{}", year - 1988),
        2019.. => format!("R{}", year - 2018),
    }
}

/// One sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// The management sheet outside the themes.
    pub(super) management: bool,
    /// The part before the list was cut off: only what stands on the list's page is left.
    pub(super) cut: bool,
    pub(super) theme_no: usize,
    pub(super) name: String,
    pub(super) goal: String,
    pub(super) policy: usize,
    pub(super) pages: String,
    pub(super) approach: Vec<String>,
    pub(super) indicators: Vec<Indicator>,
    /// The footnotes under the indicators, with their marks: `※1 …`.
    pub(super) footnotes: Vec<String>,
    pub(super) outcomes: Vec<String>,
    pub(super) issues: Vec<String>,
    pub(super) attainment: String,
    pub(super) reason: String,
    pub(super) directions: Vec<String>,
    /// Paragraphs of 趣旨 on the management sheet.
    pub(super) purpose: Vec<String>,
    pub(super) projects: Vec<Project>,
    pub(super) extra: Vec<Project>,
    /// Characters in a line of prose.
    pub(super) width: usize,
    /// What the printed total is too high by, in 千円.
    pub(super) total_error: i64,
    /// The direction whose printed count is one too high.
    pub(super) count_error: Option<&'static str>,
}

impl Sheet {
    /// The printed total in 千円.
    pub(super) fn total(&self) -> i64 {
        let costs = self.projects.iter().map(|project| project.cost);
        costs.sum::<i64>() + self.total_error
    }

    /// The printed count of projects that go in this direction.
    pub(super) fn count(&self, trend: &str) -> usize {
        let same = |project: &&Project| project.trend == trend;
        let error = usize::from(self.count_error == Some(trend));
        self.projects.iter().filter(same).count() + error
    }
}

/// One indicator with its name; several series where one name stands for several.
#[derive(Clone, Debug, Default)]
pub(super) struct Indicator {
    pub(super) no: usize,
    pub(super) name: String,
    /// A line under the name that begins with ※.
    pub(super) remark: Option<String>,
    pub(super) unit: &'static str,
    pub(super) series: Vec<Series>,
}

/// The three lines of an indicator; every value as printed.
#[derive(Clone, Debug, Default)]
pub(super) struct Series {
    /// The place and what it is, in two lines of a narrow cell.
    pub(super) sub: Option<[&'static str; 2]>,
    pub(super) baseline: String,
    /// One a year.
    pub(super) target: Vec<String>,
    /// One a year that is known.
    pub(super) actual: Vec<String>,
    /// One a year that is known, with `%`.
    pub(super) rate: Vec<String>,
    /// Measuring years under the targets and under the results: `(令和元年度) (令和2年度)`.
    pub(super) measured: Vec<String>,
    /// Dashes printed for years that are not known yet.
    pub(super) ahead: usize,
    /// What applies to it of the footnotes.
    pub(super) notes: Vec<String>,
}

/// One row of the list of projects.
#[derive(Clone, Debug, Default)]
pub(super) struct Project {
    pub(super) no: usize,
    pub(super) name: String,
    pub(super) section: &'static str,
    /// What is printed before 款: nothing, 介, 後.
    pub(super) mark: &'static str,
    /// The account by the word of the reading: 一般, 介護, 後期, 下水道.
    pub(super) account: &'static str,
    pub(super) kan: String,
    pub(super) kou: String,
    pub(super) moku: String,
    pub(super) code: String,
    /// In 千円.
    pub(super) cost: i64,
    pub(super) trend: &'static str,
    pub(super) reposted: bool,
    pub(super) starred: bool,
    /// A later sheet may list it again, whole: then no tear loses anything of it.
    pub(super) repeatable: bool,
    /// A tear took the cost beyond what the text can settle.
    pub(super) cost_lost: bool,
    /// A tear took the direction beyond what the text can settle.
    pub(super) trend_lost: bool,
}
