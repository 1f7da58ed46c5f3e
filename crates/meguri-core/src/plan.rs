//! Plans: the tree of 基本目標, 方針, 施策 …, what hangs on it, and who answers for it.

pub mod indicator;
pub mod node;
pub mod project;
pub mod section;

pub use indicator::{Accumulation, Better, Indicator, TargetRevision, YearFigure};
pub use node::{NodeId, Plan, PlanNode, Programme, ScheduleStep};
pub use project::{BudgetItem, Listing, Project, YearMoney};
pub use section::{Section, SectionRegister};
