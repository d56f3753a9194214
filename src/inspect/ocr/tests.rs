//! With a script in place of the program, and with the program itself where it is installed.

use super::*;

#[test]
fn spaces_between_characters_go_and_wide_gaps_stay() {
    for (from, to) in [
        ("法 律 援 助", "法律援助"),
        ("案 号 ： 2024", "案号： 2024"),
        ("谈话人: 李明 记录人: 王芳", "谈话人: 李明 记录人: 王芳"),
        ("姓名     张三   性别", "姓名     张三   性别"),
        ("Section 12 of 民 法 典\n张三 李四", "Section 12 of 民法典\n张三 李四"),
        ("签 名 ：  年 月 日", "签名：  年 月 日"),
        ("末\x0C", "末"),
    ] {
        assert_eq!(normal(from), to);
    }
}

#[test]
fn only_pictures_are_handed_on() {
    let ocr = Ocr { program: "no such program".into(), version: String::new() };
    for bytes in [&b"/etc/hostname\n"[..], b"", b"%PDF-1.4", b"GIF89a"] {
        assert_eq!(ocr.read(Picture::File(bytes), 1), Err(What::Unknown));
    }
    assert_eq!(ocr.read(Picture::File(b"\xFF\xD8\xFF\xE0"), 1), Err(What::Unknown));
    assert!(Ocr::at("no such program".into()).is_none());
}

/// A script that stands in for the program.
#[cfg(unix)]
fn script(folder: &Path, langs: &str, work: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("tesseract");
    let text = format!(
        "#!/bin/sh\ncase \"$1\" in\n--version) echo 'tesseract 5.9.1';;\n--list-langs) printf 'List of available languages in \"/nowhere/\" (2):\\n{langs}\\n';;\n*) {work};;\nesac\n"
    );
    fs::write(&path, text).expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("made to run");
    path
}

#[cfg(unix)]
#[test]
fn what_the_program_says_and_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let plane = Plane { width: 2, height: 3, pixels: vec![0, 255, 9, 9, 255, 0], coloured: false, reduced: 1 };
    // A test that starts a program at this very moment may still hold the script open, and then it cannot run.
    let at = |langs: &str, work: &str| {
        let program = script(folder.path(), langs, work);
        (0..100).find_map(|_| Ocr::at(program.clone())).expect("it runs")
    };
    let without = at("eng", "true").expect_err("no Chinese");
    assert!(without.zh.contains("5.9.1") && without.zh.contains("chi_sim") && without.en.contains("chi_sim"));
    let ocr = at("chi_sim\\neng", "cp \"$1\" \"$2.txt\"").expect("Chinese");
    assert_eq!(ocr.version(), "tesseract 5.9.1 chi_sim 0 psm 4");
    let read = ocr.read(Picture::Plane(&plane), 9).expect("text");
    assert!(read.starts_with("P5\n2 3\n255\n"), "{read}");
    let ocr = at("chi_sim", "echo \"$OMP_THREAD_LIMIT $3 $4 $5 $6 $7 $8 谈 话 笔 录\" > \"$2.txt\"").expect("Chinese");
    assert_eq!(ocr.read(Picture::Plane(&plane), 9), Ok("1 -l chi_sim --psm 4 --dpi 70 谈话笔录\n".into()));
    assert_eq!(ocr.read(Picture::File(b"\xFF\xD8\xFF"), 9), Ok("1 -l chi_sim --psm 4   谈话笔录\n".into()));
    let failing = at("chi_sim", "exit 1").expect("Chinese");
    assert_eq!(failing.read(Picture::Plane(&plane), 9), Err(What::Unknown));
    let silent = at("chi_sim", "true").expect("Chinese");
    assert_eq!(silent.read(Picture::Plane(&plane), 9), Err(What::Unknown));
    // The stand-in becomes the sleeper itself, so that no child of it is left when it is stopped.
    let endless = at("chi_sim", "exec sleep 600").expect("Chinese");
    assert_eq!(endless.read(Picture::Plane(&plane), 1), Err(What::Limit(Limit::Seconds, 1, 1)));
}

/// Skipped, and saying so, where Tesseract is not installed.
#[test]
fn the_program_itself() {
    let ocr = match Ocr::find() {
        Ok(ocr) => ocr,
        Err(reason) => {
            // Standard error, for a test that does not run must not look like one that does.
            let _ = writeln!(io::stderr(), "skipped: {}", reason.en);
            return;
        }
    };
    let page = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/inspect/ocr/note.png")).expect("the fixture");
    let text = ocr.read(Picture::File(&page), 60).expect("text").replace(' ', "");
    for words in ["谈话笔录", "如实陈述", "2024年3月5日"] {
        assert!(text.contains(words), "{words} in {text}");
    }
}
