//! Pictures: JPEG, PNG, TIFF, BMP, WebP. Must not hold more than one decoded page.

use super::{Look, Opened};
use crate::model::format::Format;
use crate::model::inside::What;

/// The first bytes of a picture of so many: all but what its pixels show.
pub fn head(_bytes: &[u8], _format: Format, _bytes_in_all: u64) -> Opened {
    Opened { troubles: vec![What::Unknown.into()], ..Opened::default() }
}

/// Opens it.
pub fn open(_bytes: &[u8], _format: Format, _look: &Look<'_>) -> Opened {
    Opened { troubles: vec![What::Unknown.into()], ..Opened::default() }
}
