//! The smallest PDF that shows Chinese text on numbered pages, with one of the fonts that every reader brings along.
//! Must not embed a font or depend on one of this computer.

use std::fmt::Write as _;

use super::office::SAMPLE;

/// A document of so many pages; `lines` stand on the first.
pub fn pdf(title: &str, lines: &[String], pages: u32) -> Vec<u8> {
    let mut objects: Vec<String> = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) \
         /Supplement 4 >> /FontDescriptor 5 0 R /DW 1000 /W [1 95 500] >>"
            .to_owned(),
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 \
         /Descent -120 /CapHeight 880 /StemV 93 >>"
            .to_owned(),
        format!("<< /Title <FEFF{}> /Subject <FEFF{}> /Creator (juanping demo) >>", utf16(&format!("{title}（{SAMPLE}）")), utf16(SAMPLE)),
    ];
    let mut kids = String::new();
    for page in 1..=pages {
        let number = objects.len() + 1;
        let _ = write!(kids, "{number} 0 R ");
        let content = content(title, if page == 1 { lines } else { &[] }, page, pages);
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            number + 1
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{}] /Count {pages} >>", kids.trim_end());
    file(&objects)
}

fn file(objects: &[String]) -> Vec<u8> {
    let mut out = "%PDF-1.4\n%\u{e9}\u{e9}\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        let _ = write!(out, "{number} 0 obj\n{object}\nendobj\n");
    }
    let start = out.len();
    let _ = write!(out, "{table}trailer\n<< /Size {} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.into_bytes()
}

fn content(title: &str, lines: &[String], page: u32, pages: u32) -> String {
    let mut out = String::from("BT\n");
    let mut put = |size: u32, x: u32, y: u32, text: &str| {
        let _ = writeln!(out, "/F1 {size} Tf 1 0 0 1 {x} {y} Tm <{}> Tj", utf16(text));
    };
    let wide = u32::try_from(title.chars().count()).unwrap_or(0) * 20;
    put(20, 595_u32.saturating_sub(wide) / 2, 740, title);
    for (y, line) in (0..).zip(lines) {
        put(12, 90, 690 - y * 26, line);
    }
    put(10, 90, 60, &format!("{SAMPLE}，人员、机构、案件均为虚构"));
    put(10, 480, 60, &format!("第{page}页 共{pages}页"));
    out.push_str("ET\n");
    out
}

/// UTF-16BE in hexadecimal.
fn utf16(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |mut out, unit| {
        let _ = write!(out, "{unit:04X}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_points_at_the_objects() {
        let bytes = pdf("身份证明", &["案号：东岭援民〔2024〕1号".to_owned()], 3);
        let text = String::from_utf8(bytes.clone()).unwrap_or_default();
        let start: usize = text.rsplit("startxref\n").next().and_then(|t| t.lines().next()).and_then(|n| n.parse().ok()).unwrap_or(0);
        assert!(text[start..].starts_with("xref\n0 13\n"));
        for (number, line) in (1..).zip(text[start..].lines().skip(3).take(12)) {
            let at: usize = line[..10].parse().unwrap_or(0);
            assert!(text[at..].starts_with(&format!("{number} 0 obj\n")), "{number}");
            assert_eq!(line.len(), 19);
        }
        assert!(text.contains("/Count 3") && text.ends_with("%%EOF\n"));
        let (from, to) = (text.find("stream\n").unwrap_or(0) + 7, text.find("endstream").unwrap_or(0));
        assert!(text.contains(&format!("/Length {} >>", to - from)));
    }
}
