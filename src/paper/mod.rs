//! Papers to sign (文书): forms, letters and the circular, made from results or from a plan of a draw and printed through Word templates.
//! Must not grade or count anew what results say, and must not say more to an audience than it may know.
//!
//! A form has names (`案号`, `评估项.得分`), a layout that uses them, and a function that says what they are for each paper. The layout that
//! is built in is a template like any other: a bureau exports it, changes it in Word and gives it back.

pub mod check;
pub mod docx;
pub mod fact;
pub mod form;
pub mod forms;
pub mod layout;
pub mod make;
pub mod setting;
pub mod words;

pub use form::{FORMS, Form};
