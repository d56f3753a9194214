//! Photographs of papers: one small real JPEG, told apart by a comment, so that no two files are equal.
//! Must not draw anything.

/// A grey card with 虚构示例 on it.
const CARD: &[u8] = include_bytes!("card.jpg");

/// The card with a comment (COM segment) after its first marker.
pub fn jpeg(comment: &str) -> Vec<u8> {
    let words = &comment.as_bytes()[..comment.len().min(60_000)];
    let length = u16::try_from(words.len() + 2).unwrap_or(u16::MAX);
    let (start, rest) = CARD.split_at(2 + segment(CARD));
    [start, &[0xFF, 0xFE], &length.to_be_bytes(), words, rest].concat()
}

/// Bytes of the segment after the first two: the JFIF header, which has to stay in front.
fn segment(bytes: &[u8]) -> usize {
    match bytes {
        [0xFF, 0xD8, 0xFF, _, high, low, ..] => 2 + usize::from(u16::from_be_bytes([*high, *low])),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_follow_each_other_up_to_the_scan() {
        let bytes = jpeg("虚构示例 东岭援民〔2024〕1号 身份证明");
        assert_ne!(bytes, jpeg("虚构示例 东岭援民〔2024〕2号 身份证明"));
        let (mut at, mut markers) = (2, Vec::new());
        while bytes[at + 1] != 0xDA {
            assert_eq!(bytes[at], 0xFF);
            markers.push(bytes[at + 1]);
            at += 2 + usize::from(u16::from_be_bytes([bytes[at + 2], bytes[at + 3]]));
        }
        // JFIF, comment, then tables and one baseline frame.
        assert_eq!(markers[..2], [0xE0, 0xFE]);
        assert!(markers.contains(&0xC0) && !markers.contains(&0xC2));
        assert!(bytes.ends_with(&[0xFF, 0xD9]));
    }
}
