//! The panel of reviewers (评查组): which cases are drawn, who marks them, and what the marks say of each other. Pure: no files, no clock,
//! no random but the seed. Must not grade, change a mark, nor know where cases were read from: statistics are reported and never applied.
//!
//! Sums run in the order of cases and reviewers, so equal tables give equal bits; another order of either moves a figure by rounding
//! alone (below 1e-12), and whoever writes a figure rounds it first.

pub mod agreement;
pub mod allocate;
pub mod draw;
pub mod estimate;
pub mod gather;
pub mod influence;
pub mod plan;
mod quantile;
pub mod reconcile;
pub mod settings;
pub mod severity;
pub mod status;
pub mod table;
mod words;
