//! Small documents made here; those of other programs stand in `tests/it/`.

use std::io::{Cursor, Write};

use super::*;
use crate::inspect::Depth;
use crate::inspect::words::Words;
use crate::model::inside::{Bounds, Questions};

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

fn opened(bytes: &[u8], bounds: Bounds) -> Opened {
    let (questions, words) = (Questions::default(), Words::default());
    open(bytes, &Look { depth: Depth::Headers, questions: &questions, words: &words, bounds, ocr: None, sm3: false })
}

fn document(body: &str) -> Vec<u8> {
    zipped(&[("word/document.xml", &format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>"))])
}

fn text(body: &str) -> String {
    opened(&document(body), Bounds::default()).text.concat()
}

const P: fn(&str) -> String = |text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");

#[test]
fn lines_cells_and_what_is_no_text() {
    for (body, want) in [
        (P("起诉书") + &P("&lt;甲&gt; &#x4E59;"), "起诉书\n<甲> 乙"),
        ("<w:p><w:pPr><w:tabs><w:tab w:pos='1'/></w:tabs></w:pPr><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>".into(), "甲\t乙\n丙"),
        ("<w:p><w:del><w:r><w:delText>删</w:delText><w:t>去</w:t></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom></w:p>".into(), "增"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>".into(), "3"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r></w:p>".into(), "显"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>单击此处输入</w:t></w:r></w:p></w:sdtContent></w:sdt><w:sdt><w:sdtContent><w:p><w:r><w:t>已填</w:t></w:r></w:p></w:sdtContent></w:sdt>".into(), "已填"),
        (format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}{}</w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", P("姓名"), P("张"), P("三"), P("性别")), "姓名\t张 三\t\n性别"),
        (format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}{}</w:tc></w:tr></w:tbl>", P("案情"), P(&"长".repeat(50)), P("末")), &format!("案情\t{}\n末", "长".repeat(50))),
        (format!("<w:p><w:r><w:t>锚</w:t><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent><w:t>后</w:t></w:r></w:p>", P("框")), "锚后\n框"),
        (format!("<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl><w:p/></w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", P("里"), P("面"), P("外")), "里\t面\t外"),
        ("<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:t>是</w:t><w:sym w:font='Wingdings' w:char='F0A8'/><w:t>否</w:t></w:r></w:p>".into(), "☑是□否"),
    ] {
        assert_eq!(text(&body), want, "{body}");
    }
}

#[test]
fn pages_paper_pictures_and_headers() {
    let body = format!(
        "{}<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p><w:sectPr><w:pgSz w:w='11906' w:h='16838'/></w:sectPr>",
        P("正文")
    );
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let bytes = zipped(&[
        ("word/document.xml", &document),
        ("word/header1.xml", &format!("<w:hdr>{}</w:hdr>", P("页眉"))),
        ("word/footer1.xml", &format!("<w:ftr>{}</w:ftr>", P("页脚"))),
        ("docProps/app.xml", "<Properties><Pages>3</Pages></Properties>"),
    ]);
    let read = opened(&bytes, Bounds::default());
    assert_eq!(read.text, ["正文\n\n页眉\n页脚", "", ""]);
    assert_eq!(
        read.pages.iter().map(|p| (p.paper, p.marks, p.blank)).collect::<Vec<_>>(),
        [(Some([2100, 2970]), true, Some(false)), (Some([2100, 2970]), false, None), (Some([2100, 2970]), false, None)]
    );
    let two = opened(&bytes, Bounds { pages: 2, ..Bounds::default() });
    assert_eq!((two.pages.len(), two.troubles), (2, vec![What::Limit(Limit::Pages, 3, 2).into()]));
    let blank = opened(&zipped(&[("word/document.xml", "<w:document><w:body><w:p/></w:body></w:document>")]), Bounds::default());
    assert_eq!(blank.pages[0].blank, Some(true));
}

#[test]
fn bad_ones_are_told() {
    let good = document(&P("正文"));
    let what = |bytes: &[u8], bounds| opened(bytes, bounds).troubles.into_iter().map(|t| t.what).collect::<Vec<_>>();
    assert_eq!(what(&good, Bounds::default()), []);
    assert_eq!(what(&good[..good.len() - 30], Bounds::default()), [What::CutShort]);
    assert_eq!(what(&zipped(&[("word/other.xml", "")]), Bounds::default()), [What::Broken]);
    assert_eq!(what(&zipped(&[("word/document.xml", "no xml")]), Bounds::default()), [What::Damaged]);
    let half = zipped(&[("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>后")]);
    assert_eq!((what(&half, Bounds::default()), opened(&half, Bounds::default()).text.concat()), (vec![What::Damaged], "前半\n后".into()));
    let deep = document(&"<w:tbl><w:tr><w:tc>".repeat(100));
    assert!(matches!(what(&deep, Bounds::default())[..], [What::Limit(Limit::Depth, 65, 64)]));
    assert!(matches!(what(&good, Bounds { unpacked: 20, ..Bounds::default() })[..], [What::Limit(Limit::Unpacked, _, 20)]));
    let many: Vec<(String, &str)> = (0..40).map(|i| (format!("word/{i}.xml"), "")).collect();
    let many = zipped(&many.iter().map(|(n, t)| (n.as_str(), *t)).collect::<Vec<_>>());
    assert_eq!(what(&many, Bounds { objects: 39, ..Bounds::default() }), [What::Limit(Limit::Objects, 40, 39)]);
    // 30 MB of one letter in 30 kB: more than one part may grow, whatever is allowed for the whole.
    let bomb = document(&P(&"a".repeat(30 << 20)));
    assert!(matches!(what(&bomb, Bounds::default())[..], [What::Limit(Limit::Part, ..)]));
    assert!(matches!(what(&bomb, Bounds { unpacked: 1 << 20, ..Bounds::default() })[..], [What::Limit(Limit::Unpacked, _, 1_048_576)]));
}
