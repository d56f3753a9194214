//! Reports (报告): bytes out of results, and one writer that puts them on disk.
//! Must not grade, count anew what the results say, read a clock, or name a temporary file inside a report.

pub mod audience;
pub mod book;
pub mod cell;
pub mod cells;
pub mod check;
pub mod checklist;
pub mod csv;
pub mod diff;
pub mod draw;
pub mod export;
pub mod figures;
pub mod file;
pub mod file_name;
#[cfg(test)]
pub(crate) mod fixture;
pub mod gap;
pub mod grid;
pub mod hide;
pub mod hush;
pub mod junit;
pub mod ledger;
pub mod lifted;
pub mod limits;
pub mod nominate;
pub mod ours;
pub mod page;
pub mod pages;
pub mod rank;
pub mod reviewers;
pub mod sarif;
pub mod schema;
pub mod score;
pub mod sheet;
pub mod style;
pub mod summary;
pub mod target;
pub mod terminal;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod waivers;
pub mod width;
pub mod words;
pub mod workbook;
pub mod write;

/// Why a report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The workbook could not be put together; low-memory sheets also fail here when the disk for temporary files is full.
    #[error("could not make the workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// Text that could not be put together.
    #[error("could not make the report: {0}")]
    Text(#[from] std::io::Error),
}

/// What reports return.
pub type Result<T> = std::result::Result<T, ReportError>;
