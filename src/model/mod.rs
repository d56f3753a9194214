//! What a case is: fields, documents, marks, scope. Shapes only, no reading or writing of files, no scoring.

pub mod case;
pub mod condition;
pub mod document;
pub mod format;
pub mod heard;
pub mod inside;
pub mod known;
pub mod mark;
pub mod own;
pub mod reconcile;
pub mod round;
pub mod scope;
pub mod value;
pub mod vocabulary;
pub mod volume;
