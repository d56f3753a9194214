//! Small DOCX and OFD files and zips, as a case system or a clerk makes them. Must not write what a reader has no need of.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::pdf::Sheet;

/// A zip of these files, all as old as zips can say, so that equal files give equal bytes.
pub fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, bytes) in parts {
        // Memory takes whatever is written.
        let written = zip.start_file(name.as_str(), options).is_ok() && zip.write_all(bytes).is_ok();
        debug_assert!(written);
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// A Word document of these pages; pictures are left out.
pub fn docx(sheets: &[Sheet]) -> Vec<u8> {
    let mut body = String::new();
    for (n, sheet) in (0..).zip(sheets) {
        let Sheet::Text { title, lines, foot } = sheet else { continue };
        let head = if n == 0 { "" } else { "<w:r><w:br w:type=\"page\"/></w:r>" };
        let _ = write!(body, "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{head}<w:r><w:t>{}</w:t></w:r></w:p>", escaped(title));
        for line in lines.iter().chain([foot]) {
            let _ = write!(body, "<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(line));
        }
    }
    let types = concat!(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
        r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
        r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#,
        r#"<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>"#
    );
    let relations = concat!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
        r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
        r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>"#,
        "</Relationships>"
    );
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr><w:pgSz w:w=\"11906\" \
         w:h=\"16838\"/></w:sectPr></w:body></w:document>"
    );
    let app = format!(
        "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Pages>{}</Pages></Properties>",
        sheets.len()
    );
    let part = |name: &str, text: &str| (name.to_owned(), format!("{XML}{text}").into_bytes());
    zipped(&[
        part("[Content_Types].xml", types),
        part("_rels/.rels", relations),
        part("word/document.xml", &document),
        part("docProps/app.xml", &app),
    ])
}

/// An OFD (GB/T 33190) of these pages; pictures are left out.
pub fn ofd(title: &str, sheets: &[Sheet]) -> Vec<u8> {
    let space = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    let part = |name: String, text: String| (name, format!("{XML}{text}").into_bytes());
    let mut pages = String::new();
    let mut parts = Vec::new();
    for (n, sheet) in (0..).zip(sheets) {
        let Sheet::Text { title, lines, foot } = sheet else { continue };
        let id = 10 + n * 100;
        let _ = write!(pages, "<ofd:Page ID=\"{id}\" BaseLoc=\"Pages/Page_{n}/Content.xml\"/>");
        let step = (230 / lines.len().max(1)).min(8);
        let mut objects = String::new();
        let mut put = |k: usize, y: usize, size: usize, text: &str| {
            let _ = write!(
                objects,
                "<ofd:TextObject ID=\"{}\" Boundary=\"25 {y} 170 {size}\" Font=\"1\" Size=\"{size}\"><ofd:TextCode X=\"0\" Y=\"{size}\" \
                 DeltaX=\"g {} {size}\">{}</ofd:TextCode></ofd:TextObject>",
                id + 2 + k,
                text.chars().count().saturating_sub(1),
                escaped(text)
            );
        };
        put(0, 20, 7, title);
        for (k, line) in lines.iter().enumerate() {
            put(k + 1, 40 + k * step, step.saturating_sub(2).clamp(2, 4), line);
        }
        put(90, 280, 3, foot);
        let content = format!(
            "<ofd:Page {space}><ofd:Content><ofd:Layer ID=\"{}\" Type=\"Body\">{objects}</ofd:Layer></ofd:Content></ofd:Page>",
            id + 1
        );
        parts.push(part(format!("Doc_0/Pages/Page_{n}/Content.xml"), content));
    }
    let document = format!(
        "<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>100000</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 \
         297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>\
         </ofd:Document>"
    );
    let fonts = format!("<ofd:Res {space} BaseLoc=\"Res\"><ofd:Fonts><ofd:Font ID=\"1\" FontName=\"宋体\"/></ofd:Fonts></ofd:Res>");
    let list = format!(
        "<ofd:OFD {space} DocType=\"OFD\" Version=\"1.0\"><ofd:DocBody><ofd:DocInfo><ofd:Title>{}</ofd:Title></ofd:DocInfo>\
         <ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        escaped(title)
    );
    let head =
        [part("OFD.xml".to_owned(), list), part("Doc_0/Document.xml".to_owned(), document), part("Doc_0/PublicRes.xml".to_owned(), fonts)];
    zipped(&head.into_iter().chain(parts).collect::<Vec<_>>())
}
