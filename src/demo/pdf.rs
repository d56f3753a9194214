//! The smallest PDF that shows Chinese text, with one of the fonts that every reader brings along, and pictures as pages.
//! Must not embed a font or depend on one of this computer.

use std::fmt::Write as _;

use super::office::SAMPLE;
use super::scan::Scan;

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sheet {
    /// A heading and lines below it.
    Text {
        /// Heading.
        title: String,
        /// Lines.
        lines: Vec<String>,
        /// At the bottom: which page it is.
        foot: String,
    },
    /// A picture that fills the page.
    Picture(Scan),
}

/// A document of these pages.
pub fn pdf(title: &str, sheets: &[Sheet]) -> Vec<u8> {
    file(&objects(title, sheets))
}

/// The objects of a document, from number 1; the catalogue is the first, what is said of the document the sixth.
pub fn objects(title: &str, sheets: &[Sheet]) -> Vec<Vec<u8>> {
    let title = utf16(&format!("{title}（{SAMPLE}）"));
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        Vec::new(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>".to_vec(),
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) \
         /Supplement 4 >> /FontDescriptor 5 0 R /DW 1000 /W [1 95 500] >>"
            .to_vec(),
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 \
         /Descent -120 /CapHeight 880 /StemV 93 >>"
            .to_vec(),
        format!("<< /Title <FEFF{title}> /Creator (juanping demo) >>").into_bytes(),
    ];
    let mut kids = String::new();
    for sheet in sheets {
        let number = objects.len() + 1;
        let _ = write!(kids, "{number} 0 R ");
        match sheet {
            Sheet::Text { title, lines, foot } => {
                objects.push(page("0 0 595 842", "", "/Font << /F1 3 0 R >>", number + 1));
                objects.push(stream("", content(title, lines, foot).as_bytes()));
            }
            Sheet::Picture(scan) => {
                let [across, down] = scan.pixels;
                let points = |pixels: u16| (f64::from(pixels) * 72.0 / f64::from(scan.dpi) * 100.0).round() / 100.0;
                let (wide, high) = (points(across), points(down));
                let space = if scan.colour { "DeviceRGB" } else { "DeviceGray" };
                let turned = if scan.turned { " /Rotate 90" } else { "" };
                let xobject = format!("/XObject << /I {} 0 R >>", number + 2);
                objects.push(page(&format!("0 0 {wide} {high}"), turned, &xobject, number + 1));
                objects.push(stream("", format!("q {wide} 0 0 {high} 0 0 cm /I Do Q").as_bytes()));
                let image = format!(
                    "/Type /XObject /Subtype /Image /Width {across} /Height {down} /BitsPerComponent 8 /ColorSpace /{space} /Filter /DCTDecode "
                );
                objects.push(stream(&image, &scan.bare_jpeg()));
            }
        }
    }
    objects[1] = format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.trim_end(), sheets.len()).into_bytes();
    objects
}

fn page(media: &str, more: &str, resources: &str, content: usize) -> Vec<u8> {
    format!("<< /Type /Page /Parent 2 0 R /MediaBox [{media}]{more} /Resources << {resources} >> /Contents {content} 0 R >>").into_bytes()
}

fn stream(keys: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<< {keys}/Length {} >>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
}

/// The file with its table.
pub fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    with_trailer(objects, "")
}

/// The same with more keys in the trailer.
pub fn with_trailer(objects: &[Vec<u8>], more: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n%\xE9\xE9\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        out.extend(format!("{number} 0 obj\n").bytes().chain(object.iter().copied()).chain(*b"\nendobj\n"));
    }
    let (start, size) = (out.len(), objects.len() + 1);
    out.extend(format!("{table}trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R {more}>>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

/// Points between the heading and the foot of a page.
const ROOM: usize = 610;

fn content(title: &str, lines: &[String], foot: &str) -> String {
    let mut out = String::from("BT\n");
    let mut put = |size: u32, x: u32, y: u32, text: &str| {
        let _ = writeln!(out, "/F1 {size} Tf 1 0 0 1 {x} {y} Tm <{}> Tj", utf16(text));
    };
    let wide = u32::try_from(title.chars().count()).unwrap_or(0) * 20;
    put(20, 595_u32.saturating_sub(wide) / 2, 740, title);
    put(10, 90, 60, &format!("{SAMPLE}，人员、机构、案件均为虚构"));
    put(10, 480, 60, foot);
    let leading = (ROOM / lines.len().max(1)).min(24);
    let size = leading.saturating_sub(3).clamp(4, 12);
    let _ = writeln!(out, "/F1 {size} Tf {leading} TL 1 0 0 1 90 700 Tm");
    for line in lines {
        let _ = writeln!(out, "<{}> Tj T*", utf16(line));
    }
    out.push_str("ET");
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
        let text = |n: u32| Sheet::Text { title: "身份证明".to_owned(), lines: vec![format!("第{n}行")], foot: String::new() };
        let bytes = pdf("身份证明", &[text(1), text(2), text(3)]);
        let find = |needle: &[u8]| memchr::memmem::find(&bytes, needle).unwrap_or(0);
        let start = find(b"xref\n");
        let table = String::from_utf8_lossy(&bytes[start..]).into_owned();
        assert!(table.starts_with("xref\n0 13\n") && table.ends_with(&format!("startxref\n{start}\n%%EOF\n")));
        for (number, line) in (1..).zip(table.lines().skip(3).take(12)) {
            let at: usize = line[..10].parse().unwrap_or(0);
            assert!(bytes[at..].starts_with(format!("{number} 0 obj\n").as_bytes()), "{number}");
            assert_eq!(line.len(), 19);
        }
        assert!(find(b"/Count 3") > 0);
        let (from, to) = (find(b"stream\n") + 7, find(b"\nendstream"));
        assert!(find(format!("/Length {} >>", to - from).as_bytes()) > 0);
    }

    #[test]
    fn a_picture_fills_its_page() {
        let scan = Scan { dpi: 72, ..Scan::card("虚构示例".to_owned()) };
        let [across, down] = scan.pixels;
        let bytes = pdf("身份证明", &[Sheet::Picture(scan)]);
        let box_of = format!("/MediaBox [0 0 {across} {down}]");
        assert!(memchr::memmem::find(&bytes, box_of.as_bytes()).is_some(), "{box_of}");
    }
}
