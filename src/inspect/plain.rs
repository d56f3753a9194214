//! plain text. Must not keep text.

use super::{Look, Opened};
use crate::model::inside::What;

/// The text of a file, in whatever encoding.
pub fn decode(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Opens it.
pub fn open(_bytes: &[u8], _look: &Look<'_>) -> Opened {
    Opened { troubles: vec![What::Unknown.into()], ..Opened::default() }
}
