//! The forms (各种文书), one file each. Must not lay out in XML or open files: a form says facts and a layout in words.

pub mod annex;
pub mod circular;
pub mod evaluation;
