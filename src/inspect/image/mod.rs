//! Pictures: JPEG, PNG, TIFF, BMP, WebP. Must not hold more than one decoded page.

use super::{Look, Opened};
use crate::model::format::Format;
use crate::model::inside::What;

/// Opens it.
pub fn open(_bytes: &[u8], _format: Format, _look: &Look<'_>) -> Opened {
    Opened { troubles: vec![What::Unknown.into()], ..Opened::default() }
}
