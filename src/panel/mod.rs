//! Reviewers (评估专家): what their marks say of each other. Grades and points come as numbers, statistics go out as values with their
//! interval, source and plain words. Must not change a mark: everything here is reported and never applied. No random, no names.
//!
//! Sums run in the order of cases and reviewers, so equal tables give equal bits; another order of either moves a figure by rounding
//! alone (below 1e-12), and whoever writes a figure rounds it first.

pub mod agreement;
pub mod estimate;
pub mod influence;
mod quantile;
pub mod severity;
pub mod table;
mod words;
