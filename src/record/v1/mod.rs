//! `results.json`, `cases.jsonl`, `out-of-scope.jsonl` and `inputs.jsonl`, format 1. Fields are only ever added.
//! Must not hold anything but plain data; both languages stand in every message, so bytes do not depend on `--lang`.

mod batch;
mod case;
mod check;
mod input;
mod office;
mod panel;
mod rubric;
mod scoring;
mod waiver;

pub use batch::{Adopted, Batch, Results, Scope, Tool};
pub use case::{CaseRecord, CriterionResult, DocumentRecord, Finding, Marks, Review, is_open};
pub use check::{CaseRef, Check, Compared, ComparedFinding, Todo};
pub use input::{InputRecord, OutRecord, PlaceRecord, ProblemRecord, Register, UnclaimedColumn};
pub use office::{By, Cross, Filing, Grades, Lost, Office, Own, Rate, Split};
pub use panel::{
    CasePanel, Confirmed, DrawRef, Figure, Influence, Leniency, ObjectionRecord, Objections, Opinion, Overridden, Panel, Remark,
    ReviewerRecord,
};
pub use rubric::{ArchiveRecord, CriterionRecord, FieldRecord, GradeRecord, GroupRecord, RateRecord, RedLineRecord, RubricRecord};
pub use scoring::{DeductRecord, RequireRecord, Scoring};
pub use waiver::{Waived, WaiverRecord, Without};
