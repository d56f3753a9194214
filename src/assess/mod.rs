//! Drives a run: one office at a time is read, graded, counted and handed on; offices go side by side, cases within one too.
//! Must not write files: what an office came to goes to the caller in the order of the plan.

pub mod ask;
pub mod asked;
pub mod batch;
pub mod beside;
pub mod builtin;
pub mod choose;
pub mod cross;
pub mod drawn;
pub mod example;
pub mod facts;
pub mod filing;
pub mod forms;
pub mod frame;
pub mod hash;
pub mod head;
pub mod heard;
pub mod looking;
pub mod mask;
pub mod office;
pub mod own;
pub mod papers;
pub mod part;
pub mod place;
pub mod returned;
pub mod rubrics;
pub mod run;
pub mod scoring;
pub mod signals;
pub mod standard;
pub mod subject;
pub mod template;
pub mod told;
pub mod turns;
pub mod upward;
pub mod waive;
pub mod whole;

pub use crate::inspect::Depth;
pub use mask::Names;
pub use run::{Run, RunError};
