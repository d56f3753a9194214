//! Formats of files: by what they begin with, and by the ending of a name. Must not open files.

use serde::{Deserialize, Serialize};

use crate::base::text::Text;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Format {
    /// PDF.
    Pdf,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// TIFF.
    Tiff,
    /// BMP.
    Bmp,
    /// WebP.
    Webp,
    /// OFD (GB/T 33190).
    Ofd,
    /// Word 2007 and later.
    Docx,
    /// Excel 2007 and later, or another spreadsheet in a zip.
    Sheet,
    /// Word, Excel or WPS of the old kind.
    Ole,
    /// Plain text.
    Text,
    /// JSON.
    Json,
    /// HTML or XML.
    Markup,
    /// Rich text.
    Rtf,
    /// GIF.
    Gif,
    /// HEIC, as phones take pictures.
    Heic,
    /// An archive: zip, rar, 7z, gz, tar …
    Archive,
    /// A program: exe, dll, script …
    Program,
    /// A sound or a film.
    Media,
    /// A shortcut of Windows.
    Shortcut,
    /// None of these.
    Unknown,
}

/// Endings of names by format; the first is the usual one.
const ENDINGS: &[(Format, &[&str])] = &[
    (Format::Pdf, &["pdf"]),
    (Format::Jpeg, &["jpg", "jpeg", "jpe", "jfif"]),
    (Format::Png, &["png"]),
    (Format::Tiff, &["tif", "tiff"]),
    (Format::Bmp, &["bmp"]),
    (Format::Webp, &["webp"]),
    (Format::Ofd, &["ofd"]),
    (Format::Docx, &["docx", "docm"]),
    (Format::Sheet, &["xlsx", "xlsm", "xlsb", "ods", "et"]),
    (Format::Ole, &["doc", "xls", "wps", "et"]),
    (Format::Text, &["txt", "csv", "tsv", "md5", "sha256", "sm3"]),
    (Format::Json, &["json", "jsonl"]),
    (Format::Markup, &["html", "htm", "xml"]),
    (Format::Rtf, &["rtf"]),
    (Format::Gif, &["gif"]),
    (Format::Heic, &["heic", "heif"]),
    (Format::Archive, &["zip", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz", "cab", "iso"]),
    (Format::Program, &["exe", "dll", "com", "scr", "msi", "bat", "cmd", "vbs", "js", "ps1", "jar", "apk", "sh"]),
    (Format::Media, &["mp3", "mp4", "wav", "avi", "mov", "m4a", "amr", "wma", "wmv", "flv", "3gp"]),
    (Format::Shortcut, &["lnk", "url"]),
];

impl Format {
    /// The word in JSON and rubrics: the usual ending of a name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Sheet => "xlsx",
            Self::Ole => "doc",
            Self::Program => "program",
            Self::Media => "media",
            Self::Archive => "archive",
            Self::Unknown => "unknown",
            known => ENDINGS.iter().find(|(f, _)| *f == known).and_then(|(_, e)| e.first()).copied().unwrap_or("unknown"),
        }
    }

    /// All of them by their word.
    pub fn words() -> Vec<(&'static str, Self)> {
        ENDINGS.iter().map(|(f, _)| (f.id(), *f)).chain([("unknown", Self::Unknown)]).collect()
    }

    /// What people call it.
    pub fn title(self) -> Text {
        match self {
            Self::Ole => Text::fixed("旧版 Office（doc、xls、wps）", "an old Office file"),
            Self::Sheet => Text::fixed("电子表格", "a spreadsheet"),
            Self::Text => Text::fixed("文本文件", "plain text"),
            Self::Markup => Text::fixed("网页（HTML、XML）", "HTML or XML"),
            Self::Archive => Text::fixed("压缩包", "an archive"),
            Self::Program => Text::fixed("程序", "a program"),
            Self::Media => Text::fixed("音频或视频", "sound or film"),
            Self::Shortcut => Text::fixed("快捷方式", "a shortcut"),
            Self::Unknown => Text::fixed("无法识别的格式", "an unknown format"),
            Self::Pdf => Text::fixed("PDF", "PDF"),
            Self::Jpeg => Text::fixed("JPEG 图片", "JPEG"),
            Self::Png => Text::fixed("PNG 图片", "PNG"),
            Self::Tiff => Text::fixed("TIFF 图片", "TIFF"),
            Self::Bmp => Text::fixed("BMP 图片", "BMP"),
            Self::Webp => Text::fixed("WebP 图片", "WebP"),
            Self::Gif => Text::fixed("GIF 图片", "GIF"),
            Self::Heic => Text::fixed("HEIC 图片", "HEIC"),
            Self::Ofd => Text::fixed("OFD", "OFD"),
            Self::Docx => Text::fixed("Word 文档（docx）", "DOCX"),
            Self::Json => Text::fixed("JSON", "JSON"),
            Self::Rtf => Text::fixed("RTF", "RTF"),
        }
    }

    /// Whether its pages are its own, rather than made anew by whoever shows it.
    pub const fn has_pages(self) -> bool {
        matches!(self, Self::Pdf | Self::Jpeg | Self::Png | Self::Tiff | Self::Bmp | Self::Webp | Self::Ofd | Self::Gif | Self::Heic)
    }

    /// The ending of a name in small letters, when it is one of a format.
    pub fn ending(name: &str) -> Option<String> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        ENDINGS.iter().any(|(_, e)| e.contains(&ending.as_str())).then_some(ending)
    }

    /// Whether a name ends as files of this format do; `None` when its ending tells nothing.
    pub fn fits(self, name: &str) -> Option<bool> {
        let ending = Self::ending(name)?;
        let mut owners = ENDINGS.iter().filter(|(_, e)| e.contains(&ending.as_str())).map(|(f, _)| *f);
        Some(owners.any(|f| f == self))
    }

    /// Told by the first bytes of a file (at least 4 KiB where it has them). A zip is opened by nobody here: what lies in it is told by
    /// the names that stand in its head.
    pub fn sniff(head: &[u8]) -> Self {
        let begins = |magic: &[u8]| head.starts_with(magic);
        let has = |needle: &[u8]| memchr::memmem::find(head, needle).is_some();
        // A PDF may have rubbish before its first line.
        if head.get(..head.len().min(1024)).is_some_and(|h| memchr::memmem::find(h, b"%PDF-").is_some()) {
            return Self::Pdf;
        }
        if begins(b"\xFF\xD8\xFF") {
            return Self::Jpeg;
        }
        if begins(b"\x89PNG\r\n\x1a\n") {
            return Self::Png;
        }
        if begins(b"II*\0") || begins(b"MM\0*") || begins(b"II+\0") || begins(b"MM\0+") {
            return Self::Tiff;
        }
        if begins(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
            return Self::Webp;
        }
        if begins(b"GIF8") {
            return Self::Gif;
        }
        if head.get(4..8) == Some(b"ftyp") {
            let brand = head.get(8..12).unwrap_or_default();
            return if [b"heic", b"heix", b"mif1", b"hevc"].iter().any(|b| brand == *b) { Self::Heic } else { Self::Media };
        }
        if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
            return match () {
                () if has(b"OFD.xml") => Self::Ofd,
                () if has(b"word/") => Self::Docx,
                () if has(b"xl/") || has(b"spreadsheet") => Self::Sheet,
                () => Self::Archive,
            };
        }
        if begins(b"\xD0\xCF\x11\xE0") {
            return Self::Ole;
        }
        if begins(b"Rar!") || begins(b"7z\xBC\xAF") || begins(b"\x1F\x8B") || begins(b"BZh") || begins(b"\xFD7zXZ") || begins(b"MSCF") {
            return Self::Archive;
        }
        if begins(b"MZ") || begins(b"\x7FELF") || begins(b"#!") {
            return Self::Program;
        }
        if begins(b"L\0\0\0\x01\x14\x02\0") || begins(b"[InternetShortcut]") {
            return Self::Shortcut;
        }
        if begins(b"ID3") || (begins(b"RIFF") && (has(b"WAVE") || has(b"AVI "))) || begins(b"#!AMR") {
            return Self::Media;
        }
        if begins(b"BM") && head.get(14..18).is_some_and(|n| matches!(n, [12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0])) {
            return Self::Bmp;
        }
        if begins(b"{\\rtf") {
            return Self::Rtf;
        }
        Self::of_text(head)
    }

    fn of_text(head: &[u8]) -> Self {
        let bare = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
        let wide = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
        // Text has no control characters but tabs and ends of lines; UTF-16 has, and says what it is.
        if head.is_empty() || (!wide && bare.iter().any(|b| *b < 0x20 && !matches!(b, b'\t' | b'\r' | b'\n' | 0x0C))) {
            return Self::Unknown;
        }
        match bare.trim_ascii_start() {
            [b'{' | b'[', ..] => Self::Json,
            [b'<', b'?' | b'!' | b'h' | b'H', ..] => Self::Markup,
            _ => Self::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn told_by_content_and_by_name() {
        for (head, format, name) in [
            (&b"\xEF\xBB\xBFjunk %PDF-1.4"[..], Format::Pdf, "甲.PDF"),
            (b"\xFF\xD8\xFF\xE0....", Format::Jpeg, "甲.jpeg"),
            (b"II*\0....", Format::Tiff, "甲.tif"),
            (b"PK\x03\x04....OFD.xml", Format::Ofd, "甲.ofd"),
            (b"PK\x03\x04....word/document.xml", Format::Docx, "甲.docx"),
            (b"\xD0\xCF\x11\xE0....", Format::Ole, "甲.wps"),
            (b"MZ\x90\0", Format::Program, "甲.exe"),
            ("谈话笔录".as_bytes(), Format::Text, "甲.txt"),
            (b" {\"a\": 1}", Format::Json, "dossier.json"),
            (b"<html>", Format::Markup, "甲.htm"),
        ] {
            assert_eq!(Format::sniff(head), format, "{name}");
            assert_eq!(format.fits(name), Some(true), "{name}");
        }
        assert_eq!(Format::Jpeg.fits("甲.pdf"), Some(false));
        assert_eq!(Format::Jpeg.fits("〔2024〕1号.判决"), None);
        assert_eq!(Format::sniff(b"\0\0\0"), Format::Unknown);
        assert_eq!(Format::sniff(b"BM is how this text begins"), Format::Text);
    }
}
