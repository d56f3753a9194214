//! Tests of the PDF reader with files written by hand, most of them by a bad one. Must not need fixtures.

use super::lines::{Glyph, lines};
use super::*;
use crate::inspect::words::Words;
use crate::inspect::{Depth, Look};
use crate::model::inside::{Bounds, Colour, Questions};

/// A file of objects from 1, the first the catalogue; `None` leaves the table out.
fn file(objects: &[String]) -> Vec<u8> {
    let (mut out, mut places) = (b"%PDF-1.5\n".to_vec(), Vec::new());
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|p| out.extend(format!("{p:010} 00000 n \n").bytes()));
    out.extend(format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

fn stream(dict: &str, data: &str) -> String {
    format!("<<{dict}/Length {}>>stream\n{data}\nendstream", data.len())
}

/// One page that draws `content`, with `more` objects from 5.
fn page(entries: &str, content: &str, more: &[String]) -> Vec<u8> {
    let head = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R{entries}>>"),
        stream("", content),
    ];
    file(&[&head, more].concat())
}

fn seen(bytes: &[u8], bounds: Bounds) -> Opened {
    let (questions, words) = (Questions::default(), Words::default());
    open(bytes, &Look { depth: Depth::Pixels, questions: &questions, words: &words, bounds, ocr: None, sm3: false })
}

fn told(bytes: &[u8]) -> Vec<What> {
    seen(bytes, Bounds::default()).troubles.into_iter().map(|t| t.what).collect()
}

const LATIN: &str = "/Resources<</Font<</F 5 0 R>>>>";

fn latin() -> String {
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned()
}

#[test]
fn operators_of_text_move_as_they_should() {
    let cases = [
        ("BT /F 10 Tf 10 700 Td (a) Tj 0 -20 Td (b) Tj ET", "a\nb\n"),
        ("BT /F 10 Tf 14 TL 10 700 Td (a) Tj T* (b) Tj (c) ' ET", "a\nb\nc\n"),
        ("BT /F 10 Tf 1 0 0 1 10 700 Tm (a) Tj 1 0 0 1 200 700 Tm (b) Tj ET", &format!("a{}b\n", " ".repeat(37))),
        ("BT /F 10 Tf 10 700 Td [(a) 20 (b) -400 (c)] TJ ET", "ab c\n"),
        ("q 2 0 0 2 0 0 cm BT /F 10 Tf 10 300 Td (big) Tj ET Q BT /F 10 Tf 10 300 Td (low) Tj ET", "big\nlow\n"),
        // Written from below to above, and from right to left.
        ("BT /F 10 Tf 10 100 Td (b) Tj 0 100 Td (a) Tj ET BT /F 10 Tf 60 300 Td (y) Tj -40 0 Td (x) Tj ET", "x       y\na\nb\n"),
        // Twice, to look bold.
        ("BT /F 10 Tf 10 700 Td (A) Tj ET BT /F 10 Tf 10.2 700 Td (A) Tj ET", "A\n"),
        ("BT /F 10 Tf 0 1 -1 0 300 100 Tm (up) Tj ET BT /F 10 Tf 10 50 Td (flat) Tj ET", "flat\nup\n"),
        // Not ended, never begun, without a font, without a place.
        ("Tj ET Q Q Q ET (x) Tj /F Tf BT /F 10 Tf 10 10 Td (y", ""),
        ("BT /None 10 Tf (x) Tj /F 10 Tf 1e300 1e300 Td (z) Tj ET", "z\n"),
    ];
    for (content, text) in cases {
        let opened = seen(&page(LATIN, content, &[latin()]), Bounds::default());
        assert_eq!(opened.text, [text], "{content}");
    }
}

#[test]
fn fonts_say_what_their_tables_say() {
    let named = "<</Type/Font/Subtype/TrueType/Encoding<</BaseEncoding/MacRomanEncoding/Differences[65/bullet/uni4E91/.notdef 70/a73]>>>>";
    let gbk = "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts[<</Subtype/CIDFontType2/DW 1000>>]>>";
    let radical = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</DW 1000>>]/ToUnicode 6 0 R>>";
    let map = stream("", "1 begincodespacerange<0000><ffff>endcodespacerange 1 beginbfchar<0001><2f64>endbfchar");
    let cases = [
        (named, "(ABCF\u{8e}D)", "•云\u{fffd}■", 0),
        (gbk, "<d4c6c1eb31>", "云岭1", 0),
        (gbk, "<d4c6ff>", "云\u{fffd}", 0),
        (radical, "<00010002>", "用\u{fffd}", 1),
    ];
    for (font, codes, text, more) in cases {
        let content = format!("BT /F 10 Tf 10 700 Td {codes} Tj ET");
        let objects = [vec![font.to_owned()], vec![map.clone(); more]].concat();
        let opened = seen(&page(LATIN, &content, &objects), Bounds::default());
        let start: String = opened.text[0].trim_end().chars().take(text.chars().count()).collect();
        assert_eq!(start, text, "{font}");
    }
}

#[test]
fn what_is_painted_tells_blank_from_marked() {
    let cases = [
        ("", true, false),
        ("q Q 1 0 0 RG 5 w", true, false),
        ("10 10 100 100 re n", true, false),
        ("1 1 1 rg 0 0 600 800 re f", true, false),
        ("1 g 0 0 600 800 re f 0 g 10 10 100 0.5 re f", false, false),
        ("10 10 m 100 10 l S", false, false),
        ("10 10 m 20 20 30 30 40 10 c S", false, true),
        ("10 10 m 20 20 30 30 40 10 c W n", true, false),
        ("1 1 1 RG 10 10 m 20 20 30 30 40 10 c S", true, false),
    ];
    for (content, blank, marks) in cases {
        let opened = seen(&page("", content, &[]), Bounds::default());
        assert_eq!((opened.pages[0].blank, opened.pages[0].marks), (Some(blank), marks), "{content}");
    }
}

#[test]
fn a_picture_in_the_content_and_one_in_a_form_are_found() {
    let inline = "q 600 0 0 800 0 0 cm BI /W 8 /H 4 /BPC 1 /CS /G /F /AHx ID 00FF00FF> EI Q";
    let opened = seen(&page("", inline, &[]), Bounds::default());
    let scan = opened.pages[0].scan.clone().expect("a scan");
    assert_eq!((scan.pixels, scan.colour, opened.pages[0].marks), ([8, 4], Colour::Bitonal, true));
    let form = stream("/Subtype/Form/BBox[0 0 1 1]/Matrix[600 0 0 800 0 0]/Resources<</XObject<</I 6 0 R>>>>", "/I Do");
    let image = stream(
        "/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/ASCIIHexDecode",
        "000000FFFFFFFF00000000FF>",
    );
    let opened = seen(&page("/Resources<</XObject<</X 5 0 R>>>>", "/X Do", &[form, image]), Bounds::default());
    let scan = opened.pages[0].scan.clone().expect("a scan");
    assert_eq!((scan.pixels, scan.colour), ([2, 2], Colour::Colour));
    assert_eq!(opened.troubles, []);
}

#[test]
fn a_picture_is_turned_by_its_page_and_by_how_it_is_drawn() {
    let image = stream("/Subtype/Image/Width 4/Height 4/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/ASCIIHexDecode", "00FF00FF>");
    for (entries, place, turned) in [
        ("", "600 0 0 800 0 0", 0),
        ("/Rotate 90", "600 0 0 800 0 0", 1),
        ("", "0 -800 600 0 0 800", 1),
        ("", "-600 0 0 -800 600 800", 2),
        ("", "0 800 -600 0 600 0", 3),
        ("/Rotate 90", "0 800 -600 0 600 0", 0),
        ("/Rotate 270", "0 800 -600 0 600 0", 2),
    ] {
        let entries = format!("{entries}/Resources<</XObject<</X 5 0 R>>>>");
        let opened = seen(&page(&entries, &format!("{place} cm /X Do"), std::slice::from_ref(&image)), Bounds::default());
        assert_eq!(opened.pages[0].turned, turned, "{entries} {place}");
    }
    // Without a picture only the page counts.
    assert_eq!(seen(&page("/Rotate 180", "", &[]), Bounds::default()).pages[0].turned, 2);
}

#[test]
fn a_page_is_in_colour_when_any_picture_of_some_size_is() {
    let image = |space: &str, bits: u8, data: &str| {
        let kind = format!("/Subtype/Image/Width 16/Height 16/BitsPerComponent {bits}/ColorSpace/{space}/Filter/ASCIIHexDecode");
        stream(&kind, &(data.to_owned() + ">"))
    };
    let mask =
        stream("/Subtype/Image/ImageMask true/Width 32/Height 32/BitsPerComponent 1/Filter/ASCIIHexDecode", &("00FF00FF".repeat(32) + ">"));
    let red = image("DeviceRGB", 8, &("D01010".repeat(64) + &"FFFFFF".repeat(192)));
    let (pale, grey) = (image("DeviceRGB", 8, &"FAFAF8".repeat(256)), image("DeviceGray", 8, &"00FF".repeat(128)));
    let (full, seal, dot) = ("600 0 0 800 0 0", "100 0 0 100 300 100", "20 0 0 20 300 100");
    for (below, above, place, colour, coloured) in [
        (&red, &mask, full, Colour::Colour, true),
        (&pale, &mask, full, Colour::Colour, false),
        (&grey, &red, seal, Colour::Colour, true),
        (&grey, &red, dot, Colour::Grey, false),
        (&grey, &mask, full, Colour::Bitonal, false),
    ] {
        let content = format!("q {full} cm /X Do Q q {place} cm /Y Do Q");
        let opened =
            seen(&page("/Resources<</XObject<</X 5 0 R/Y 6 0 R>>>>", &content, &[below.clone(), above.clone()]), Bounds::default());
        let scan = opened.pages[0].scan.clone().expect("a scan");
        assert_eq!((scan.colour, scan.looks.map(|l| l.coloured)), (colour, Some(coloured)), "{place} {below} {above}");
    }
}

#[test]
fn what_stands_before_and_after_a_file_takes_nothing_away() {
    let good = page(LATIN, "BT /F 10 Tf 10 700 Td (a) Tj ET", &[latin()]);
    assert_eq!(told(&good), []);
    for before in ["\r\n", "\u{feff}", "HTTP/1.1 200 OK\r\n\r\n"] {
        assert_eq!(told(&[before.as_bytes(), &good].concat()), [], "{before:?}");
    }
    for after in [b"\0".repeat(1100), b"\0".repeat(4096), b"\n".repeat(1500), b" \r\n".repeat(900)] {
        assert_eq!(told(&[good.as_slice(), &after].concat()), [], "{:?}", after.get(..2));
    }
    // More than readers allow; and a table that leads nowhere: the pages are found nevertheless.
    let far = [b" ".repeat(2000).as_slice(), &good].concat();
    let page_of_web = [good.as_slice(), b"<html>", &b"x".repeat(3000)].concat();
    let astray = String::from_utf8(good.clone()).expect("letters").replace("startxref\n", "startxref\n9").into_bytes();
    for bent in [far, page_of_web, astray] {
        assert_eq!(told(&bent), [What::Mended]);
    }
    assert!(!What::Mended.hides() && !What::Mended.is_defect());
}

#[test]
fn a_bent_file_that_lost_something_is_not_called_whole() {
    // As sent as text: a stream is longer than it says.
    let longer = page(LATIN, "BT /F 10 Tf\n10 700 Td\n(a) Tj ET", &[latin()]);
    let longer = String::from_utf8(longer).expect("letters").replace('\n', "\r\n").into_bytes();
    assert_eq!(told(&longer), [What::Damaged]);
    // The picture that the page draws is gone.
    let drawn = page("/Resources<</XObject<</X 5 0 R>>>>", "600 0 0 800 0 0 cm /X Do", &[stream("/Subtype/Form", "")]);
    assert_eq!(told(&drawn), []);
    let gone = String::from_utf8(drawn).expect("letters").replace("5 0 obj", "0000000").into_bytes();
    let lost = seen(&gone, Bounds::default());
    assert!(lost.troubles.contains(&Trouble { what: What::Damaged, page: Some(1) }), "{:?}", lost.troubles);
    assert_eq!(lost.pages[0].blank, None);
}

#[test]
fn a_picture_that_lacks_rows_is_told_with_its_page() {
    let image = stream("/Subtype/Image/Width 2/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/ASCIIHexDecode", "0000FFFF>");
    let opened = seen(&page("/Resources<</XObject<</X 5 0 R>>>>", "600 0 0 800 0 0 cm /X Do", &[image]), Bounds::default());
    assert_eq!(opened.troubles, [Trouble { what: What::CutShort, page: Some(1) }]);
}

#[test]
fn hostile_files_meet_a_limit() {
    let limited = |bytes: &[u8], bounds: Bounds| seen(bytes, bounds).troubles.iter().any(|t| matches!(t.what, What::Limit(..)));
    // A form that draws itself twice, by the names of its page.
    let mut own = page("/Resources<</XObject<</X 5 0 R>>>>", "/X Do", &[stream("/Subtype/Form", "/X Do /X Do")]);
    assert!(limited(&own, Bounds { objects: 100, ..Bounds::default() }));
    own.truncate(own.len() / 2);
    let _ = told(&own);
    // A picture larger than memory.
    let image = stream("/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode", "x");
    let big = page("/Resources<</XObject<</X 5 0 R>>>>", "600 0 0 800 0 0 cm /X Do", &[image]);
    assert!(told(&big).contains(&What::Limit(Limit::Pixels, 3_600_000_000, 200_000_000)));
    // What says to be small and is not.
    let fax = stream("/Subtype/Image/Width 8/Height 60000/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2000000000>>", "x");
    assert!(limited(&page("/Resources<</XObject<</X 5 0 R>>>>", "600 0 0 800 0 0 cm /X Do", &[fax]), Bounds::default()));
}

/// Zeros, packed as well as can be.
fn packed(zeros: usize) -> Vec<u8> {
    use std::io::Write as _;
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(&vec![0; zeros]).expect("memory");
    out.finish().expect("memory")
}

#[test]
fn a_file_that_unpacks_to_too_much_is_not_opened() {
    let data = packed(8 << 20);
    let bomb = |dict: &str| {
        let mut file = format!("%PDF-1.5\n1 0 obj\n<<{dict}/Filter/FlateDecode/Length {}>>stream\n", data.len()).into_bytes();
        file.extend(&data);
        file.extend(b"\nendstream\nendobj\n%%EOF\n");
        file
    };
    let bounds = Bounds { unpacked: 4 << 20, ..Bounds::default() };
    let had = |bytes: &[u8], bounds: Bounds| weigh::weigh(bytes, &bounds);
    assert!(matches!(had(&bomb("/Type/ObjStm/N 1/First 5"), bounds), Err(What::Limit(Limit::Unpacked, _, _))));
    assert_eq!(had(&bomb("/Type/ObjStm/N 1/First 5"), Bounds::default()), Ok(()));
    // A table of objects grows again when it is read, so a small one is refused as well.
    let table = bomb("/Type/XRef/W[1 2 1]/Size 9");
    assert!(matches!(had(&table, Bounds { objects: 1000, ..Bounds::default() }), Err(What::Limit(Limit::Objects, _, 1000))));
    assert!(matches!(had(&bomb("/Filter/FlateDecode"), bounds), Err(What::Limit(Limit::Unpacked, _, _))));
    // Streams without an end: each search walks to the end of the file.
    let open = b"1 0 obj<</Type/ObjStm>>stream\n".repeat(5000);
    assert!(matches!(had(&open, Bounds::default()), Err(What::Limit(Limit::Objects, _, 64))));
}

#[test]
fn nesting_and_loops_end() {
    let nest = |open: &str, close: &str| {
        let deep = format!("/X {}{}", open.repeat(200_000), close.repeat(200_000));
        page(&deep, "", &[])
    };
    for bytes in [nest("[", "]"), nest("<</A", ">>"), nest("(", ")"), nest("[<</B", ">>]")] {
        assert!(seen(&bytes, Bounds::default()).pages.len() <= 1);
    }
    let looped = file(&["<</Type/Catalog/Pages 2 0 R>>".into(), "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>".into()]);
    assert!(told(&looped).contains(&What::Broken));
    let content = "[".repeat(100_000) + &"q ".repeat(100_000) + "BT (";
    assert_eq!(seen(&page("", &content, &[]), Bounds::default()).pages.len(), 1);
    let parents = ["<</FT/Tx/Parent 6 0 R/Subtype/Widget/Rect[0 0 9 9]>>".to_owned(), "<</Parent 5 0 R>>".to_owned()];
    assert_eq!(seen(&page("/Annots[5 0 R]", "", &parents), Bounds::default()).pages[0].blank, Some(true));
    let outline = [
        "<</Type/Catalog/Pages 2 0 R/Outlines 3 0 R>>",
        "<</Type/Pages/Kids[]/Count 0>>",
        "<</First 4 0 R>>",
        "<</Title(a)/Next 4 0 R/First 4 0 R>>",
    ];
    assert_eq!(seen(&file(&outline.map(str::to_owned)), Bounds::default()).outline, []);
}

#[test]
fn a_field_that_nobody_drew_is_read() {
    let field = "<</Subtype/Widget/Rect[30 600 200 620]/Parent 6 0 R>>".to_owned();
    let parent = "<</FT/Tx/V<FEFF8D758D76>>>".to_owned();
    let opened = seen(&page("/Annots[5 0 R]", "", &[field, parent]), Bounds::default());
    assert_eq!((opened.text[0].as_str(), opened.pages[0].blank, opened.pages[0].marks), ("赵赶\n", Some(false), false));
    let signed = "<</Subtype/Widget/FT/Sig/V<</Type/Sig>>/Rect[30 600 200 620]>>".to_owned();
    assert!(seen(&page("/Annots[5 0 R]", "", &[signed]), Bounds::default()).pages[0].marks);
}

#[test]
fn lines_keep_their_gaps_and_their_order() {
    let put = |x: f64, y: f64, text: &str| -> Vec<Glyph> {
        let glyph = |(i, char): (usize, char)| Glyph { char, way: 0, x: x + 10.0 * i as f64, y, advance: 10.0, size: 10.0 };
        text.chars().enumerate().map(glyph).collect()
    };
    let page =
        [put(60.0, 80.0, "日"), put(0.0, 100.0, "签名："), put(100.0, 101.0, "年"), put(0.0, 80.0, "月"), put(3.0, 60.0, "  ")].concat();
    assert_eq!(lines(page), "签名：              年\n月          日\n");
    assert_eq!(lines(Vec::new()), "");
}

#[test]
fn a_radical_and_an_old_form_say_the_character() {
    let cases = [('\u{2f64}', '用'), ('\u{2f00}', '一'), ('\u{2fd5}', '龠'), ('\u{f98e}', '年'), ('\u{f900}', '豈'), ('\u{fad9}', '龎')];
    let same = ['用', '\u{fa0e}', '\u{2ecd}', 'A', '〔', '\u{fffd}', '\u{e000}'];
    let more = [('\u{2ea0}', '民'), ('\u{2ef3}', '龟'), ('\u{7}', '\u{fffd}'), ('\u{a0}', ' ')];
    for (c, is) in cases.into_iter().chain(more).chain(same.map(|c| (c, c))) {
        assert_eq!(meant::meant(c), is, "{:x}", u32::from(c));
    }
}

#[test]
fn strings_outside_of_pages_are_read_in_four_ways() {
    let cases: [(&[u8], &str); 5] =
        [(b"\xFE\xFF\x4E\x91", "云"), (b"\xFF\xFE\x91\x4E", "云"), ("\u{feff}云".as_bytes(), "云"), (b"\xD4\xC6", "云"), (b"abc", "abc")];
    for (bytes, text) in cases {
        assert_eq!(strings::text_of(bytes), text);
    }
}
