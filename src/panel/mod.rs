//! The panel of reviewers (评查组): which cases are drawn and who marks them. Pure: no files, no clock, no random but the seed.
//! Must not grade, nor know where cases were read from.

pub mod allocate;
pub mod draw;
pub mod plan;
pub mod settings;
