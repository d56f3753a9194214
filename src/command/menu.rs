//! The first ten minutes: a numbered menu, and what happens to a folder dragged on the program. Must not do anything of its own:
//! every entry is a command with its arguments.

use std::path::{Path, PathBuf};

use super::{Streams, check, demo, exit, init};
use crate::base::text::Text;
use crate::cli::{CheckPlan, Common, DemoPlan, Grading, InitPlan};
use crate::say;

/// Where the example is made.
const EXAMPLE: &str = "演示批次";
/// Where its result goes.
const EXAMPLE_RESULT: &str = "演示批次的结果";
/// The office of the example that is checked.
const EXAMPLE_OFFICE: &str = "市本级";

/// Asks until there is nothing more to do.
pub fn run(common: &Common, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let mut last = exit::GOOD;
    loop {
        tell(common, streams, &menu())?;
        let Some(answer) = ask(streams)? else { return Ok(last) };
        match plain(&answer).as_str() {
            "1" => {
                let said = say!(
                    "请把放登记表和案卷的文件夹拖到这里（或输入它的路径），再按回车：",
                    "drag the folder with registers and dossiers here, or type its path, then press Enter: "
                );
                tell(common, streams, &said)?;
                let Some(path) = path(streams)? else { continue };
                last = check_beside(common, path, streams)?;
            }
            "2" => last = example(common, streams)?,
            "3" => last = checklist(common, streams)?,
            "4" => tell(common, streams, &help())?,
            "0" | "q" => return Ok(last),
            _ => tell(common, streams, &say!("请输入 0 到 4 中的一个数字。\n", "please type a number from 0 to 4.\n"))?,
        }
        wait(common, streams, &say!("按回车键回到菜单……", "press Enter for the menu… "))?;
    }
}

/// A folder dragged on the program is checked; the result lies beside it.
pub fn dropped(common: &Common, path: PathBuf, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let code = check_beside(common, path, streams)?;
    if streams.person {
        wait(common, streams, &say!("按回车键关闭……", "press Enter to close… "))?;
    }
    Ok(code)
}

fn check_beside(common: &Common, folder: PathBuf, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    check::run(common, CheckPlan { folder, beside: true, grading: Grading::for_a_person(), ..CheckPlan::default() }, streams)
}

/// Makes the invented batch once and checks one of its offices.
fn example(common: &Common, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let folder = Path::new(EXAMPLE);
    if !folder.join(EXAMPLE_OFFICE).is_dir() {
        let plan = DemoPlan {
            folder: folder.to_owned(),
            offices: 3,
            cases: 30,
            seed: 1,
            files: true,
            round: false,
            indicators: false,
            mended: false,
            firms: None,
            fill: None,
        };
        let code = demo::run(common, &plan, streams)?;
        if code != exit::GOOD {
            return Ok(code);
        }
    }
    // Not beside a county's own result, which it would take the place of.
    let out = Some(Path::new(EXAMPLE_RESULT).to_owned());
    let plan = CheckPlan { folder: folder.join(EXAMPLE_OFFICE), out, grading: Grading::for_a_person(), ..CheckPlan::default() };
    check::run(common, plan, streams)
}

/// The checklist of papers from a register.
fn checklist(common: &Common, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let said = say!(
        "请把登记表，或放登记表的机构文件夹拖到这里（或输入路径），再按回车：",
        "drag the register or the office's folder here, or type its path, then press Enter: "
    );
    tell(common, streams, &said)?;
    let Some(register) = path(streams)? else { return Ok(exit::GOOD) };
    let folder = if register.is_dir() { Some(register.as_path()) } else { register.parent() };
    let folder = folder.map(Path::to_owned).unwrap_or_default();
    init::run(common, &InitPlan { folder, from: Some(register), rubrics: Vec::new() }, streams)
}

fn help() -> Text {
    say!(
        "\n1. 把本机构的登记表和案卷放在一个文件夹里，登记表不用改样子。上级发来的 audit.toml 放在这个文件夹的旁边（上一级）。\n2. 选 3 生成《卷内材料登记表》，打开案卷逐格填 有、无、不适用，保存，留在机构文件夹里。\n3. 选 1 自查，打开 自查结果.xlsx：先看“先办这十件事”，打印“逐案清单”逐项打√。\n4. 改好以后再选 1：会与上一份自查结果对比，写明已解决、新出现、仍在的；上一份改名保留。\n程序只读不改登记表和案卷。当时没有形成的文书，不得倒签、补造、替签，如实说明。\n命令行用法：juanping --help\n",
        "\n1. Keep the office's registers and dossiers in one folder; the audit.toml of the evaluators goes one level up.\n2. Choose 3 for a checklist of papers, fill it in from the dossiers and leave it in the folder.\n3. Choose 1 to check, and open the workbook it names.\n4. Mend and choose 1 again: it is compared with the earlier result, which is kept under another name.\nOn the command line: juanping --help\n"
    )
}

fn menu() -> Text {
    let version = env!("CARGO_PKG_VERSION");
    say!(
        "\n卷评 {version}　法律援助案卷自查\n\n  1  自查一个文件夹\n  2  看示例（虚构的案卷，放在“{EXAMPLE}”文件夹）\n  3  生成登记表（卷内材料登记表，用来逐案勾选有无）\n  4  帮助\n  0  退出\n\n请输入数字，再按回车：",
        "\njuanping {version}, self-check of legal-aid dossiers\n\n  1  check a folder\n  2  see an example (invented dossiers, in {EXAMPLE})\n  3  make a checklist of papers from a register\n  4  help\n  0  leave\n\ntype a number and press Enter: "
    )
}

fn tell(common: &Common, streams: &mut Streams<'_>, said: &Text) -> anyhow::Result<()> {
    write!(streams.out, "{}", said.get(common.lang))?;
    Ok(streams.out.flush()?)
}

/// A line; `None` at the end of input.
fn ask(streams: &mut Streams<'_>) -> anyhow::Result<Option<String>> {
    let mut line = Vec::new();
    // Bytes, for a dragged name need not be text in this computer's encoding.
    let n = streams.input.read_until(b'\n', &mut line)?;
    Ok((n > 0).then(|| String::from_utf8_lossy(&line).trim().to_owned()))
}

fn wait(common: &Common, streams: &mut Streams<'_>, said: &Text) -> anyhow::Result<()> {
    tell(common, streams, said)?;
    ask(streams).map(drop)
}

/// A path as a window gives it when something is dragged into it: perhaps in quotes.
fn path(streams: &mut Streams<'_>) -> anyhow::Result<Option<PathBuf>> {
    let Some(line) = ask(streams)? else { return Ok(None) };
    let bare = line.trim_start_matches("& ").trim_matches(|c| matches!(c, '"' | '\'' | '“' | '”' | ' '));
    Ok((!bare.is_empty()).then(|| PathBuf::from(bare)))
}

/// Full-width digits are digits.
fn plain(answer: &str) -> String {
    answer
        .chars()
        .map(|c| if ('０'..='９').contains(&c) { char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c) } else { c.to_ascii_lowercase() })
        .collect()
}
