//! Reads a batch (本次评查): settings, offices, registers, dossiers and score sheets become [`Case`](crate::model::case::Case)s.
//! Bad input becomes a [`Problem`](crate::base::problem::Problem) and reading goes on. Must not print, grade or know a rubric.
//!
//! Two steps: [`find::plan`] walks the batch once and says which office has which files; [`office::read`] reads one office, so that
//! offices can be read side by side and dropped one by one.

pub mod archive;
pub mod attach;
pub mod checklist;
pub mod contents;
pub mod corrected;
pub mod delimited;
pub mod dossier;
pub mod encoding;
pub mod evidence;
pub mod find;
pub mod folder;
pub mod formats;
pub mod header;
pub mod held;
pub mod info;
pub mod join;
pub mod json;
pub mod kept;
pub mod layout;
pub mod listing;
pub mod marks;
pub mod naming;
pub mod near;
pub mod office;
pub mod own;
pub mod package;
pub mod preflight;
pub mod printed;
pub mod register;
pub mod returned;
pub mod row;
pub mod rows;
pub mod scope;
pub mod scores;
pub mod settings;
pub mod settings_read;
pub mod shared;
pub mod sheet;
pub mod table;
pub mod tables;
pub mod tell;
pub mod ticked;
pub mod words;
