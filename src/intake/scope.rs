//! Decides whether a case is in the scope of the batch (评查范围), and why not.
//! Must not look at marks or documents.

use super::settings::Settings;
use crate::model::case::Case;
use crate::model::scope::OutReason;
use crate::model::vocabulary::Vocabulary;

/// `None` when the case is in scope.
pub fn decide(case: &Case, settings: &Settings, vocabulary: &Vocabulary) -> Option<OutReason> {
    let _ = (case, settings, vocabulary);
    None
}
