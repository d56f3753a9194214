//! Pieces of text on a page become lines: what stands at one height is a line, from left to right. Must not drop a piece.

use super::content::Piece;

/// The text of a page.
pub fn text(pieces: &[Piece]) -> String {
    let mut order: Vec<&Piece> = pieces.iter().collect();
    order.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut out = String::new();
    let mut line: Vec<&Piece> = Vec::new();
    for piece in order {
        // Half a character lower is another line.
        if line.first().is_some_and(|first| piece.y - first.y > first.size.min(piece.size) * 0.5) {
            close(&mut line, &mut out);
        }
        line.push(piece);
    }
    close(&mut line, &mut out);
    out
}

fn close(line: &mut Vec<&Piece>, out: &mut String) {
    // Stable: pieces at one place stay in the order of the file.
    line.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut end: Option<f64> = None;
    for piece in line.drain(..) {
        if let Some(end) = end {
            let gap = piece.x - end;
            if gap > piece.size * 1.2 {
                out.push_str("  ");
            } else if gap > piece.size * 0.3 {
                out.push(' ');
            }
        }
        out.push_str(&piece.text);
        end = Some(end.map_or(piece.end, |e: f64| e.max(piece.end)));
    }
    if end.is_some() {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_height_and_from_the_left() {
        let piece = |x: f64, y: f64, text: &str| Piece { x, y, end: x + 4.0 * text.chars().count() as f64, size: 4.0, text: text.into() };
        let pieces = [
            piece(80.0, 20.5, "性别：男"),
            piece(20.0, 20.0, "姓名："),
            piece(32.0, 20.1, "张三"),
            piece(60.0, 10.0, "申请表"),
            piece(20.0, 30.0, "甲"),
            piece(26.0, 30.0, "乙"),
        ];
        assert_eq!(text(&pieces), "申请表\n姓名：张三  性别：男\n甲 乙\n");
        assert_eq!(text(&[]), "");
    }
}
