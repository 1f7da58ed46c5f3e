//! The ways in which extraction tears a sheet, each by its name.

use fastrand::Rng;

/// One kind of tear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tear {
    /// All ★ of a page come first, away from their rows.
    StarsFirst,
    /// The page number stands anywhere between the parts of its page.
    PageNumberAnywhere,
    /// Numbers of the form's empty lines stand anywhere among the rows.
    EmptyNumbersAnywhere,
    /// Headings (`DO`, the title of the list) stand after what they head.
    HeadingsAfter,
    /// The line with the theme's number stands after the approach, far from the theme's name.
    NumberFarFromName,
    /// The pages of the plan come away from `掲載ページ：`.
    PlanPagesApart,
    /// The parts of the first page come in another order.
    PartsOutOfOrder,
    /// The list comes before ACTION, its totals before its rows.
    ListBeforeAction,
    /// Total and counts of a sheet stand at the top of the next sheet's page.
    EndOnNextSheet,
    /// 課題 stands on the page of the list.
    IssuesOnNextPage,
    /// The head of the indicators is cut and stands among them.
    YearHeadApart,
    /// The later lines of the indicators stand at the end of the page.
    IndicatorsSplit,
    /// The footnote of the indicators comes first on its page.
    FootnoteFirst,
    /// The last rate stands after CHECK.
    LastRateAfterCheck,
    /// On the management sheet 成果 and 課題 come before 趣旨's text, `今後の方向性`, `趣旨` and the
    /// pages after the items of 課題: the three lists of items are known by their order.
    ManagementLabelsApart,
    /// Of the first sheet only the pages of the list are left. Loses number, name and the rest.
    CutFirstSheet,
    /// The rows of a page come from the last to the first; what is torn together stays together.
    RowsDescending,
    /// `[code and tail of n] [n+1 with its code] [n] [tail of n+1]`.
    TornPair,
    /// Two or three torn pairs, one directly after the other.
    TornChain,
    /// A pair torn around a whole row: `[tail of n+1] [n-1] [n+1 with its code] [n] [code and tail
    /// of n]`.
    TornAroundRow,
    /// `030333 11,287 維持8 ひとり…`: code and tail glued before the head of the same row.
    TailBeforeHead,
    /// `維持18,200070511217産業課商店会事業`: all cells of a row from right to left without spaces,
    /// its number alone elsewhere.
    ReversedRow,
    /// The same in two lines: `維持5,7930705122`, `17産業課商店街事業`.
    HalfReversedRow,
    /// `060323 5,224 拡大10`: the row's number at its end.
    NumberAtEnd,
    /// `2 02170136 税務課の…`: 目, then code and number glued, before the name.
    MokuCodeNumber,
    /// `12,193 維持職員課 2 1 3 020912`: the tail glued before the section, the name on its own line.
    DirectionSection,
    /// `産業課 6 1 3 06033515`: code and number glued, name and tail on their own lines.
    SectionCodeNumber,
    /// `3 06032711`: 目, code and number on a line of their own.
    BudgetApart,
    /// `19 文書管理事業 総務課` / `2 1 1 020704 46,039 維持`, in either order.
    CutAfterSection,
    /// A row in four lines: number and name; section, 款 and 項; 目 and code; cost and direction.
    RowInPieces,
    /// Code, cost and direction of one row stand elsewhere.
    CodeTailApart,
    /// A long name over two lines under its number.
    NameOverTwoLines,
    /// A list over two pages has its head again after the first row of the new page.
    ListHeadInMiddle,
    /// The direction of a page's last row stands on the next page.
    DirectionOnNextPage,
    /// The section of a row stands alone elsewhere.
    LoneSection,
    /// The 目 of a row that is cut after 項 stands alone elsewhere.
    LoneMoku,
    /// The number of a row stands alone elsewhere.
    LoneNumber,
    /// A row of a special account in four pieces: number, name, 項 and 目; section and 款; code and
    /// cost; direction.
    ScatteredRow,
    /// Two rows whose costs and directions stand at the end of the page: nothing tells which is
    /// whose. Loses them, except where both are the same.
    TwoLostTails,
    /// Directions of a few rows stand alone elsewhere. Loses them, except where all are the same.
    LooseDirections,
    /// The costs of the second table stand apart from its rows. Loses them.
    ExtraCostsLoose,
    /// `維持 0 事業6 事業 縮小 0 事業 廃止`: the last count stands before the third.
    SwappedCounts,
    /// `改善 0 事業 廃止 0 事業維持 9 事業 縮小 0 事業`: the last pair stands before the third.
    MovedCount,
    /// The line of the counts is cut in two, the second part first.
    CountsCut,
    /// 合計, its figure and 千円 on different lines.
    TotalApart,
    /// Lines with 実績 and 達成率 anywhere among the indicators. Only where every rate fits one
    /// target and one result, so that it settles which belong together.
    LinesAnyOrder,
    /// The first indicator's name stands after the second one's name and targets: of all names it
    /// alone has no targets after it, and of all targets only its own stand before any name. Only
    /// where there are three or more.
    FirstNameLate,
    /// The targets of one indicator are cut, the later years elsewhere.
    TargetCut,
    /// The rates of one indicator are cut, the later years or all values elsewhere.
    RateCut,
    /// The label 実績 on one line, unit and values on another.
    ActualApart,
    /// `以上4 4 以上 4 以上 4 以上` away from its line.
    AtLeastTorn,
    /// The names of several series under one indicator stand after them.
    SubLabelsApart,
    /// Measuring years stand after the lines of their indicator.
    MeasuringYearsLoose,
    /// The unit is printed once for the lines of an indicator.
    UnitOnce,
}

impl Tear {
    /// All kinds.
    pub const ALL: [Self; 54] = [
        Self::StarsFirst,
        Self::PageNumberAnywhere,
        Self::EmptyNumbersAnywhere,
        Self::HeadingsAfter,
        Self::NumberFarFromName,
        Self::PlanPagesApart,
        Self::PartsOutOfOrder,
        Self::ListBeforeAction,
        Self::EndOnNextSheet,
        Self::IssuesOnNextPage,
        Self::YearHeadApart,
        Self::IndicatorsSplit,
        Self::FootnoteFirst,
        Self::LastRateAfterCheck,
        Self::ManagementLabelsApart,
        Self::CutFirstSheet,
        Self::RowsDescending,
        Self::TornPair,
        Self::TornChain,
        Self::TornAroundRow,
        Self::TailBeforeHead,
        Self::ReversedRow,
        Self::HalfReversedRow,
        Self::NumberAtEnd,
        Self::MokuCodeNumber,
        Self::DirectionSection,
        Self::SectionCodeNumber,
        Self::BudgetApart,
        Self::CutAfterSection,
        Self::RowInPieces,
        Self::CodeTailApart,
        Self::NameOverTwoLines,
        Self::ListHeadInMiddle,
        Self::DirectionOnNextPage,
        Self::LoneSection,
        Self::LoneMoku,
        Self::LoneNumber,
        Self::ScatteredRow,
        Self::TwoLostTails,
        Self::LooseDirections,
        Self::ExtraCostsLoose,
        Self::SwappedCounts,
        Self::MovedCount,
        Self::CountsCut,
        Self::TotalApart,
        Self::LinesAnyOrder,
        Self::FirstNameLate,
        Self::TargetCut,
        Self::RateCut,
        Self::ActualApart,
        Self::AtLeastTorn,
        Self::SubLabelsApart,
        Self::MeasuringYearsLoose,
        Self::UnitOnce,
    ];

    /// Whether it may take values beyond what a perfect reader can settle: they are `null` in the
    /// truth.
    #[must_use]
    pub const fn loses(self) -> bool {
        matches!(
            self,
            Self::CutFirstSheet
                | Self::TwoLostTails
                | Self::LooseDirections
                | Self::ExtraCostsLoose
        )
    }
}

/// The tears of one sheet, each with its own chances, so that one does not change another.
pub(super) struct Torn {
    chosen: Vec<Tear>,
    seed: u64,
    /// 0 to 100: how often a tear of rows happens where it can.
    pub(super) share: u32,
}

impl Torn {
    /// Chooses the tears of the sheet `index` from those wanted.
    pub(super) fn new(wanted: &[Tear], seed: u64, index: usize, share: u32) -> Self {
        let sheet = u64::try_from(index).unwrap_or_default();
        let mut torn = Self {
            chosen: Vec::new(),
            seed: mixed(seed, sheet),
            share: share.min(100),
        };
        let chance = |tear: &&Tear| Rng::with_seed(mixed(!torn.seed, **tear as u64)).u32(..100);
        torn.chosen = wanted
            .iter()
            .filter(|tear| chance(tear) < torn.share)
            .copied()
            .collect();
        torn
    }

    /// Whether the sheet is torn so.
    pub(super) fn has(&self, tear: Tear) -> bool {
        self.chosen.contains(&tear)
    }

    /// The chances of one tear.
    pub(super) fn rng(&self, tear: Tear) -> Rng {
        Rng::with_seed(mixed(self.seed, tear as u64))
    }
}

fn mixed(seed: u64, step: u64) -> u64 {
    let step = step.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (seed ^ step).wrapping_mul(0xD134_2543_DE82_EF95)
}
