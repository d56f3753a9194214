//! 对比数据: the hidden sheet that a later check compares with. Must not hold anything that the other sheets do not show.

use crate::compare::{SNAPSHOT_SHEET, Snapshot};
use crate::report::Result;
use crate::report::book::Book;

/// Characters of a cell, below Excel's 32,767.
const ROOM: usize = 30_000;

/// Writes the sheet: a line of the snapshot a row, long ones over several cells.
///
/// # Errors
/// When the sheet does not take it.
pub fn write(book: &mut Book, snapshot: &Snapshot) -> Result<()> {
    let mut sheet = book.streamed(SNAPSHOT_SHEET)?;
    sheet.set_hidden(true);
    for (row, line) in (0_u32..).zip(snapshot.lines()) {
        for (col, piece) in (0_u16..).zip(pieces(&line)) {
            sheet.write_string(row, col, piece)?;
        }
    }
    book.push(sheet);
    Ok(())
}

/// Pieces that fit a cell; none begins or ends with a space, which readers of cells may take away.
pub fn pieces(line: &str) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), line);
    while let Some((end, _)) = rest.char_indices().nth(ROOM / 2) {
        let solid = |at: &usize| {
            let (a, b) = rest.split_at(*at);
            !a.ends_with(char::is_whitespace) && !b.starts_with(char::is_whitespace)
        };
        let cut = rest[..end].char_indices().map(|(i, _)| i).rev().find(|at| *at > 0 && solid(at)).unwrap_or(end);
        let (piece, after) = rest.split_at(cut);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::{ROOM, pieces};

    #[test]
    fn pieces_fit_and_come_together_again() {
        for line in ["", "短", &"案 号".repeat(30_000), &"x".repeat(ROOM / 2), &"𠮷 ".repeat(20_000)] {
            let all = pieces(line);
            assert_eq!(all.concat(), line);
            assert!(all.iter().all(|p| p.encode_utf16().count() <= ROOM && p.trim() == *p || line.ends_with(' ')), "{}", all.len());
        }
    }
}
