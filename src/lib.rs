//! juanping 卷评: grades legal-aid case dossiers against a TOML rubric.

pub mod assess;
pub mod base;
pub mod check;
pub mod cli;
pub mod command;
pub mod demo;
pub mod intake;
pub mod model;
pub mod record;
pub mod reference;
pub mod report;
pub mod rubric;
pub mod score;
pub mod stats;
