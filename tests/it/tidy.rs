//! The house rules as tests: the import map of `src/lib.rs`, sizes, first lines, codes, and what messages may say.
//! Must not test what the program does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use juanping::base::mistake::MISTAKES;
use juanping::base::problem::PROBLEMS;

/// Which rooms a room may import besides itself; the table in `src/lib.rs` says the same.
const ROOMS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("reference", &["base"]),
    ("model", &["base"]),
    ("intake", &["base", "model", "reference"]),
    ("inspect", &["base", "model", "reference"]),
    ("check", &["base", "model", "reference"]),
    ("rubric", &["base", "model", "check"]),
    ("score", &["base", "model", "check", "rubric"]),
    ("record", &["base"]),
    ("saved", &["base", "record"]),
    ("gap", &["base", "record"]),
    ("nominate", &["base", "record"]),
    ("lift", &["base", "record", "saved"]),
    ("stats", &["base", "rubric", "record"]),
    ("panel", &["base", "model", "record", "reference"]),
    ("assess", &["base", "reference", "model", "intake", "inspect", "check", "rubric", "score", "record", "stats", "panel"]),
    ("todo", &["base", "record"]),
    ("compare", &["base", "intake", "record", "saved"]),
    ("merge", &["base", "record", "saved", "stats", "panel", "assess", "report"]),
    ("seal", &["base", "record", "saved", "stats", "assess", "report"]),
    ("ledger", &["base", "intake", "record", "saved", "compare", "reference"]),
    ("report", &["base", "record", "todo", "lift", "compare", "ledger"]),
    ("rank", &["base", "record", "saved"]),
    ("paper", &["base", "record", "saved", "rank", "ledger", "report"]),
    ("demo", &["base", "reference"]),
    ("cli", &["base", "record", "assess", "panel"]),
    (
        "command",
        &[
            "base",
            "reference",
            "model",
            "check",
            "rubric",
            "record",
            "assess",
            "saved",
            "nominate",
            "gap",
            "lift",
            "todo",
            "compare",
            "ledger",
            "panel",
            "rank",
            "paper",
            "report",
            "merge",
            "seal",
            "demo",
            "cli",
        ],
    ),
];

/// Codes that are listed without being used yet, each with the reason.
const UNUSED: &[(&str, &str)] = &[];

/// A file of the repository: path from its root with `/`, and text.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The room of a file in `src/`, unless it is `lib.rs` or `main.rs`.
    fn room(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let room = inside.split('/').next()?.trim_end_matches(".rs");
        (!matches!(room, "lib" | "main")).then_some(room)
    }

    /// The text without lines that are comments.
    fn code(&self) -> String {
        let kept = self.text.lines().filter(|l| !l.trim_start().starts_with("//"));
        kept.fold(String::new(), |all, line| all + line + "\n")
    }

    /// The code before its unit tests.
    fn shipped(&self) -> String {
        let code = self.code();
        let end = code.find("#[cfg(test)]\nmod tests {").unwrap_or(code.len());
        code[..end].to_owned()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below the given folders (or the files themselves) with one of the extensions, sorted.
fn files(starts: &[&str], extensions: &[&str]) -> Vec<File> {
    // Packages of the front end are not ours.
    let ours = |e: &walkdir::DirEntry| e.file_name() != "node_modules";
    let walk = starts.iter().flat_map(|s| walkdir::WalkDir::new(root().join(s)).sort_by_file_name().into_iter().filter_entry(ours));
    let paths = walk.filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    let wanted = |p: &PathBuf| p.extension().is_some_and(|e| extensions.iter().any(|x| e == *x));
    let read = |p: PathBuf| {
        let path = p.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
        // One broken rubric is in GBK on purpose.
        let bytes = fs::read(&p).expect("read");
        File { path, text: String::from_utf8_lossy(&bytes).into_owned() }
    };
    paths.filter(wanted).map(read).collect()
}

fn rust() -> Vec<File> {
    files(&["src", "tests", "benches"], &["rs"])
}

fn ideographs(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}'))
}

/// Fails with every complaint at once.
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// The names that follow each `crate::` in code, groups included.
fn imports(code: &str) -> BTreeSet<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.insert(word(rest));
            continue;
        };
        let (mut depth, mut first) = (0_u32, true);
        for (i, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => first = true,
                c if first && !c.is_whitespace() => {
                    found.insert(word(&group[i..]));
                    first = false;
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn imports_are_read_in_every_shape() {
    let code = "use crate::base::text::{Lang, Text};\nuse crate::{check::{a, b}, model::case,\n    say};\nlet x = crate::score::f(); $crate::stats";
    let found: Vec<_> = imports(code).into_iter().collect();
    assert_eq!(found, ["base", "check", "model", "say", "score", "stats"]);
}

#[test]
fn rooms_import_only_what_the_map_allows() {
    let map: BTreeMap<_, _> = ROOMS.iter().copied().collect();
    let mut complaints = Vec::new();
    for file in files(&["src"], &["rs"]) {
        let Some(room) = file.room() else { continue };
        // Unit tests may set the stage with whatever they need.
        if file.path.ends_with("/tests.rs") || file.path.ends_with("/testing.rs") {
            continue;
        }
        let Some(allowed) = map.get(room) else {
            complaints.push(format!("{}: room `{room}` is not in ROOMS of tests/it/tidy.rs nor in the table of src/lib.rs", file.path));
            continue;
        };
        let used = imports(&file.code());
        let wrong = used.iter().filter(|r| map.contains_key(r.as_str()) && *r != room && !allowed.contains(&r.as_str()));
        complaints.extend(wrong.map(|r| {
            format!(
                "{}: `{room}` must not import `{r}`. Move what is needed down into a room both may use, or hand it over as an argument; \
                 if the map itself should change, say why in src/lib.rs and change both tables",
                file.path
            )
        }));
    }
    none(&complaints);
}

#[test]
fn the_map_is_the_one_in_lib_rs() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs");
    let mut complaints = Vec::new();
    for (room, allowed) in ROOMS {
        let mut rows =
            lib.lines().filter(|l| l.starts_with(&format!("//! | [`{room}`]")) || l.starts_with(&format!("//! | [`mod@{room}`]")));
        let row = rows.next();
        if rows.next().is_some() {
            complaints.push(format!("src/lib.rs has two rows for `{room}`"));
        }
        let said = row.and_then(|l| l.trim_end_matches(" |").rsplit(" | ").next()).unwrap_or_default();
        let want = match *room {
            "base" => "nothing".to_owned(),
            "assess" => "all above".to_owned(),
            "command" => "all but `main`".to_owned(),
            _ => allowed.join(", "),
        };
        if said != want {
            complaints.push(format!("src/lib.rs says of `{room}`: {said:?}, the map says {want:?}"));
        }
        if !lib.contains(&format!("pub mod {room};")) {
            complaints.push(format!("src/lib.rs has no `pub mod {room};`"));
        }
    }
    none(&complaints);
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut complaints = Vec::new();
    let mut lengths = Vec::new();
    for file in rust() {
        let lines = file.text.lines().count();
        lengths.push(lines);
        if lines > 500 {
            complaints.push(format!("{}: {lines} lines; split it by what a reader looks for (500 at most)", file.path));
        }
        if !file.text.starts_with("//! ") {
            complaints.push(format!("{}: the first line must be `//! ` and say what the file is for and what it must not do", file.path));
        }
        for word in ["TODO", "FIXME", "dbg!", "todo!", "unimplemented!"] {
            if file.path != "tests/it/tidy.rs" && file.text.contains(word) {
                complaints.push(format!("{}: {word} must not be committed", file.path));
            }
        }
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    if median >= 150 {
        complaints.push(format!("the median file has {median} lines; it should stay below 150"));
    }
    none(&complaints);
}

#[test]
fn only_main_may_exit_and_few_rooms_have_threads() {
    let mut complaints = Vec::new();
    for file in files(&["src"], &["rs"]) {
        let mut code = file.shipped();
        if file.path == "src/inspect/ocr/mod.rs" {
            // It waits for another program, and stops it when it takes too long.
            code = code.replace("thread::sleep", "");
        }
        let room = file.room().unwrap_or("main");
        let rules = [
            ("process::exit", &["main"][..]),
            ("rayon::", &["assess", "paper"]),
            ("thread::", &["assess"]),
            ("catch_unwind", &["assess", "inspect"]),
            ("SystemTime", &[]),
            ("Instant::now", &[]),
            ("Zoned::now", &[]),
        ];
        for (word, rooms) in rules {
            if code.contains(word) && !rooms.contains(&room) {
                complaints.push(format!("{}: `{word}` belongs only in {rooms:?}", file.path));
            }
        }
    }
    none(&complaints);
}

/// Every string literal that is exactly a code, such as `"P010"`.
fn codes(letters: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files(&["src"], &["rs"]) {
        if matches!(file.path.as_str(), "src/base/problem.rs" | "src/base/mistake.rs") {
            continue;
        }
        let code = file.shipped();
        for piece in code.split('"') {
            let mut chars = piece.chars();
            if piece.len() == 4 && chars.next().is_some_and(|c| letters.contains(c)) && chars.all(|c| c.is_ascii_digit()) {
                found.entry(piece.to_owned()).or_default().push(file.path.clone());
            }
        }
    }
    found
}

fn table_is_what_is_used(letters: &str, listed: &BTreeSet<&str>, home: &str) {
    let used = codes(letters);
    let excused: BTreeMap<_, _> = UNUSED.iter().copied().collect();
    let mut complaints = Vec::new();
    for (code, at) in used.iter().filter(|(c, _)| !listed.contains(c.as_str())) {
        complaints.push(format!("{code} is used in {} but not listed in {home}", at.join(", ")));
    }
    for code in listed.iter().filter(|c| !used.contains_key(**c) && !excused.contains_key(**c)) {
        complaints.push(format!("{code} is listed in {home} but nothing in src/ makes it: use it or take it out"));
    }
    for code in excused.keys().filter(|c| used.contains_key(**c)) {
        complaints.push(format!("{code} is used by now: take it out of UNUSED"));
    }
    none(&complaints);
}

#[test]
fn every_problem_code_is_listed_and_made_somewhere() {
    table_is_what_is_used("P", &PROBLEMS.iter().map(|p| p.code).collect(), "src/base/problem.rs");
}

#[test]
fn every_mistake_code_is_listed_and_made_somewhere() {
    table_is_what_is_used("RSL", &MISTAKES.iter().map(|(code, _)| *code).collect(), "src/base/mistake.rs");
}

/// A string literal at the start of the text (after blanks): its content, and what follows it.
fn literal(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    if let Some(raw) = text.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let inner = raw[hashes..].strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(hashes));
        return inner.split_once(end.as_str()).map(|(said, rest)| (said.to_owned(), rest));
    }
    let inner = text.strip_prefix('"')?;
    let (mut said, mut escaped) = (String::new(), false);
    for (i, c) in inner.char_indices() {
        match c {
            '"' if !escaped => return Some((said, &inner[i + 1..])),
            '\\' if !escaped => escaped = true,
            c => {
                said.push(c);
                escaped = false;
            }
        }
    }
    None
}

/// The two templates of every call of `name`, when both are literals.
fn pairs(code: &str, name: &str) -> Vec<(String, String)> {
    let calls = code.match_indices(name).map(|(at, _)| &code[at + name.len()..]);
    let pair = |call| {
        let (zh, rest) = literal(call)?;
        let (en, _) = literal(rest.trim_start().strip_prefix(',')?)?;
        Some((zh, en))
    };
    calls.filter_map(pair).collect()
}

/// A template without its placeholders.
fn without_places(template: &str) -> String {
    let mut depth = 0_u32;
    let outside = |c: &char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    template.chars().filter(outside).collect()
}

#[test]
fn the_scanner_reads_pairs() {
    let code = "say!(\"超期 {n} 日\", \"{n} days \\\"late\\\"\")  say!(\n  r#\"“甲”\"#,\n \"b\", n = 1)";
    let want = [("超期 {n} 日", "{n} days \"late\""), ("“甲”", "b")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(pairs(code, "say!("), want);
    assert_eq!(without_places("超期 {n:>2} 日"), "超期  日");
}

/// What an English message must quote in Chinese: words to write in a register, names of files, sheets and settings.
const QUOTED: &[&str] = &[
    "总表.xlsx",
    "自查结果.xlsx",
    "没有认出的列",
    "数据问题",
    "待核实",
    "机构考核",
    "机构",
    "不适用",
    "指标编号",
    "案号",
    "得分",
    "有",
    "无",
    "材料名称",
    "送达日",
    "提出日",
    "评估时已存在",
    "事后形成",
];

#[test]
fn messages_are_chinese_in_zh_and_not_in_en() {
    let (mut complaints, mut seen) = (Vec::new(), 0);
    for file in files(&["src"], &["rs"]) {
        let code = file.shipped();
        for (zh, en) in ["say!(", "Text::fixed("].iter().flat_map(|name| pairs(&code, name)) {
            seen += 1;
            let words = without_places(&zh).chars().any(char::is_alphabetic);
            if words && !ideographs(&zh) {
                complaints.push(format!("{}: no Chinese in {zh:?}", file.path));
            }
            let rest = QUOTED.iter().fold(without_places(&en), |text, word| text.replace(word, ""));
            if ideographs(&rest) {
                complaints.push(format!(
                    "{}: Chinese in the English {en:?} (words to be written or looked up as they are belong in QUOTED)",
                    file.path
                ));
            }
        }
    }
    assert!(seen > 250, "the scanner found only {seen} messages: it is broken");
    none(&complaints);
}

/// Every table of a TOML text, at any depth.
fn tables(value: &toml::Value, each: &mut impl FnMut(&toml::Table)) {
    match value {
        toml::Value::Table(table) => {
            each(table);
            table.values().for_each(|v| tables(v, each));
        }
        toml::Value::Array(items) => items.iter().for_each(|v| tables(v, each)),
        _ => {}
    }
}

#[test]
fn rubric_texts_are_chinese_and_their_translations_are_not() {
    let (mut complaints, mut seen) = (Vec::new(), 0);
    for file in files(&["rubrics"], &["toml"]) {
        let value: toml::Table = file.text.parse().expect("TOML");
        tables(&toml::Value::Table(value), &mut |table| {
            for key in ["title", "fix", "said"] {
                if let Some(text) = table.get(key).and_then(toml::Value::as_str) {
                    seen += 1;
                    if !ideographs(text) {
                        complaints.push(format!("{}: no Chinese in {key} = {text:?}", file.path));
                    }
                }
                if let Some(text) = table.get(&format!("{key}_en")).and_then(toml::Value::as_str)
                    && ideographs(text)
                {
                    complaints.push(format!("{}: Chinese in {key}_en = {text:?}", file.path));
                }
            }
        });
    }
    assert!(seen > 200, "only {seen} texts were looked at");
    none(&complaints);
}

/// Words for making papers of the past.
const FORBIDDEN: &[&str] = &["补签", "倒签", "补造", "替签", "代签", "补填日期", "back-dat", "backdat"];
/// What must stand before them in the same sentence.
const WARNINGS: &[&str] = &["不得", "严禁", "禁止", "不能", "must not", "never", "Never", "Must not"];

/// Sentences that speak of making a paper of the past without forbidding it.
fn advice(text: &str) -> Vec<String> {
    let sentences = text.split(['。', '；', '\n']);
    let bad = |s: &&str| {
        let first = FORBIDDEN.iter().filter_map(|w| s.find(w)).min();
        first.is_some_and(|at| !WARNINGS.iter().any(|w| s[..at].contains(w)))
    };
    sentences.filter(bad).map(|s| s.trim().to_owned()).collect()
}

#[test]
fn nothing_advises_to_make_a_paper_of_the_past() {
    assert_eq!(advice("请补签。不得倒签、补造、替签"), ["请补签"]);
    let mut complaints = Vec::new();
    for file in files(&["src", "rubrics", "docs", "README.md", "README.zh-CN.md"], &["rs", "toml", "md"]) {
        let text = if file.path.ends_with(".rs") { file.code() } else { file.text };
        complaints.extend(advice(&text).into_iter().map(|s| format!("{}: {s}", file.path)));
    }
    none(&complaints);
}

#[test]
fn no_text_names_this_machine() {
    let mut complaints = Vec::new();
    for file in files(&["src", "tests", "benches", "rubrics", "docs", "README.md", "README.zh-CN.md", "Cargo.toml"], &["rs", "toml", "md"])
    {
        let words = ["/root/", "/home/", "C:\\Users", "/work/", "/tmp/"];
        let told = words.iter().filter(|w| file.path != "tests/it/tidy.rs" && file.text.contains(**w));
        complaints.extend(told.map(|w| format!("{}: names a machine path ({w})", file.path)));
    }
    none(&complaints);
}
