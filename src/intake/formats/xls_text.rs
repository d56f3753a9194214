//! Strings of old Excel files (BIFF5 and BIFF8): in a code page, in UTF-16, packed to one byte a character, cut over records.
//! Must not know which record a string stands in.

use encoding_rs::Encoding;

/// A record's data with the records that continue it.
pub struct Pieces<'a> {
    pieces: &'a [&'a [u8]],
    piece: usize,
    at: usize,
}

/// The encoding of a code page number.
pub fn code_page(number: u16) -> &'static Encoding {
    match number {
        936 => encoding_rs::GB18030,
        950 => encoding_rs::BIG5,
        932 => encoding_rs::SHIFT_JIS,
        949 => encoding_rs::EUC_KR,
        1251 => encoding_rs::WINDOWS_1251,
        65001 => encoding_rs::UTF_8,
        54936 => encoding_rs::GB18030,
        _ => encoding_rs::WINDOWS_1252,
    }
}

impl<'a> Pieces<'a> {
    /// From the beginning of the first piece.
    pub const fn new(pieces: &'a [&'a [u8]]) -> Self {
        Self { pieces, piece: 0, at: 0 }
    }

    /// Bytes that do not run over a border unless whole pieces are used up.
    fn take(&mut self, mut count: usize, mut each: impl FnMut(&[u8])) -> Option<()> {
        while count > 0 {
            let left = self.pieces.get(self.piece)?.get(self.at..)?;
            let n = left.len().min(count);
            each(&left[..n]);
            (count, self.at) = (count - n, self.at + n);
            if count > 0 {
                (self.piece, self.at) = (self.piece + 1, 0);
            }
        }
        Some(())
    }

    /// A whole number of some bytes.
    pub fn number(&mut self, bytes: usize) -> Option<u32> {
        let (mut value, mut shift) = (0_u32, 0);
        self.take(bytes, |part| {
            for b in part {
                value |= u32::from(*b).checked_shl(shift).unwrap_or(0);
                shift += 8;
            }
        })?;
        Some(value)
    }

    /// A BIFF8 string whose number of characters has been read.
    pub fn unicode(&mut self, characters: usize) -> Option<String> {
        let flags = self.number(1)?;
        let runs = if flags & 8 != 0 { self.number(2)? as usize } else { 0 };
        let extra = if flags & 4 != 0 { self.number(4)? as usize } else { 0 };
        let (mut wide, mut left) = (flags & 1 != 0, characters);
        let mut units: Vec<u16> = Vec::with_capacity(left.min(1 << 15));
        while left > 0 {
            let mut piece = self.pieces.get(self.piece)?.get(self.at..)?;
            if piece.is_empty() {
                // Where a string goes on in the next record, that begins with the width of its characters.
                (self.piece, self.at) = (self.piece + 1, 0);
                wide = self.number(1)? & 1 != 0;
                piece = self.pieces.get(self.piece)?.get(self.at..)?;
            }
            let size = if wide { 2 } else { 1 };
            let n = (piece.len() / size).min(left);
            if n == 0 {
                return None;
            }
            if wide {
                units.extend(piece[..n * 2].as_chunks::<2>().0.iter().map(|u| u16::from_le_bytes(*u)));
            } else {
                units.extend(piece[..n].iter().map(|b| u16::from(*b)));
            }
            (left, self.at) = (left - n, self.at + n * size);
        }
        self.take(runs.checked_mul(4)?.checked_add(extra)?, |_| {})?;
        Some(String::from_utf16_lossy(&units))
    }

    /// A string of bytes in a code page.
    pub fn bytes(&mut self, length: usize, encoding: &'static Encoding) -> Option<String> {
        let mut all = Vec::new();
        self.take(length, |part| all.extend_from_slice(part))?;
        Some(encoding.decode_without_bom_handling(&all).0.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_go_on_in_the_next_record_with_another_width() {
        let (first, second): (&[u8], &[u8]) = (&[4, 0, 0, b'a', b'b'], &[1, 0x2D, 0x4E, 0x87, 0x65, 2, 0, 0, b'c', b'd']);
        let pieces = [first, second];
        let mut read = Pieces::new(&pieces);
        let mut next = || {
            let n = read.number(2)? as usize;
            read.unicode(n)
        };
        assert_eq!((next().as_deref(), next().as_deref(), next()), (Some("ab中文"), Some("cd"), None));
    }

    #[test]
    fn what_is_cut_is_none() {
        let pieces: [&[u8]; 2] = [&[1, 0x2D], &[]];
        assert_eq!(Pieces::new(&pieces).unicode(3), None);
        assert_eq!(Pieces::new(&[&[0xB0, 0xB8]]).bytes(2, code_page(936)).as_deref(), Some("案"));
    }
}
