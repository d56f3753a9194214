//! Tables about offices and firms (机构指标、律所台账): 指标.xlsx of a batch, and forms that lie in an office's own folder, become
//! values, ticks, marks and log rows with their places. Must not read case registers, or guess whose a row is.

pub mod form;
pub mod read;
pub mod top;
mod words;

pub use form::Form;
pub use read::OwnRow;
pub use words::OwnWords;

/// Name of the table about all offices at the top of a batch.
pub const FILE: &str = "指标.xlsx";
