//! Small things every room may use: bilingual text, places, exact points, dates, problems and spanned TOML.
//! Must not know anything about cases, rubrics or files on disk.

pub mod date;
pub mod digest;
pub mod excerpt;
pub mod form;
pub mod mistake;
pub mod place;
pub mod points;
pub mod problem;
pub mod syntax;
pub mod text;
pub mod tree;
