//! Says which offices a batch has and which folders are theirs (contract section 2, "Offices").
//! Must not open documents of a dossier, follow symbolic links or change anything.
//!
//! Offices are those that the settings list; else the folder itself where a register without 机构 column lies right in it; else the
//! values of an 机构 column; else each direct child with a register or dossier; else the folder itself. Folders that only sort (months, 案卷, 评分) are never offices.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::checklist::is_blank;
use super::folder::{self, Folder};
use super::office::Asked;
use super::own::top::Top;
use super::register::Register;
use super::shared;
use super::table::Table;
use super::tables::{self, Look, Sheet};
use super::words::plain;
use crate::base::place::Place;
use crate::base::problem::Problem;
use crate::say;

pub use super::shared::Shared;

/// What a batch consists of.
#[derive(Debug, Default)]
pub struct Plan {
    /// Offices, sorted by id.
    pub offices: Vec<OfficePlan>,
    /// What lies outside the folders of offices.
    pub shared: Shared,
    /// Problems that belong to no office.
    pub problems: Vec<Problem>,
    /// System and temporary files that were skipped outside the folders of offices.
    pub junk: u64,
}

/// One office and its folders.
#[derive(Debug, Clone, Default)]
pub struct OfficePlan {
    /// Stable id: declared, or else the name.
    pub id: String,
    /// Name.
    pub name: String,
    /// City or province above, when declared.
    pub parent: Option<String>,
    /// Folder of the batch, for opening files.
    pub batch: PathBuf,
    /// Folders in the batch that are its own; the empty path is the batch itself.
    pub folders: Vec<String>,
    /// Folders inside these that belong to other offices.
    pub skip: BTreeSet<String>,
    /// Its name and aliases in one spelling; when empty, every name in a register is taken for it.
    pub names: BTreeSet<String>,
    /// Problems met while planning that belong to it.
    pub problems: Vec<Problem>,
    /// What a walk of the whole batch found, when there was one.
    pub walked: Option<Arc<Folder>>,
}

impl OfficePlan {
    /// What lies in one of its folders.
    pub fn walk(&self, folder: &str) -> Folder {
        self.walked.as_ref().map_or_else(|| folder::walk(&self.batch, folder, &self.skip), |all| all.part(folder, &self.skip))
    }
}

/// A walk of more files than this is not kept, so that memory follows the largest office: each office is walked again.
const KEPT: usize = 200_000;

/// Plans a batch.
pub fn plan(batch: &Path, asked: &Asked<'_>) -> Plan {
    let mut plan = Plan::default();
    let children = children(batch);
    let mut walked = None;
    let mut own = Top::open(batch, asked, &mut plan.problems);
    plan.offices = if asked.settings.offices.is_empty() {
        let all = folder::walk(batch, "", &BTreeSet::new());
        let offices = found(batch, &children, &all, &own, asked, &mut plan);
        walked = Some(Arc::new(all)).filter(|all| all.files.len() <= KEPT);
        offices
    } else {
        declared(batch, &children, asked)
    };
    let folders: BTreeSet<String> = plan.offices.iter().flat_map(|o| o.folders.iter().cloned()).collect();
    for office in &mut plan.offices {
        office.skip = folders.iter().filter(|f| !office.folders.contains(f)).cloned().collect();
        office.walked.clone_from(&walked);
    }
    plan.offices.sort_by(|a, b| a.id.cmp(&b.id));
    if !folders.contains("") {
        let rest = walked.map_or_else(|| folder::walk(batch, "", &folders), |all| all.part("", &folders));
        plan.junk += rest.junk.len() as u64;
        plan.problems.extend(rest.problems.iter().cloned());
        plan.shared = shared::read(batch, rest, &plan.offices, asked, &mut plan.problems);
    }
    own.rows.append(&mut plan.shared.own.rows);
    own.files.append(&mut plan.shared.own.files);
    plan.problems.extend(own.unknown(&plan.offices));
    (plan.shared.own, plan.shared.only) = (own, plan.offices.len() == 1);
    plan
}

/// The folders right below the batch, sorted.
fn children(batch: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(batch).into_iter().flatten().flatten();
    let folders = entries.filter(|e| e.file_type().is_ok_and(|t| t.is_dir()));
    let mut names: Vec<String> = folders.filter_map(|e| e.file_name().into_string().ok()).filter(|n| !folder::is_junk(n)).collect();
    names.sort();
    names
}

fn declared(batch: &Path, children: &[String], asked: &Asked<'_>) -> Vec<OfficePlan> {
    let mut offices = Vec::new();
    for office in &asked.settings.offices {
        let names: BTreeSet<String> = [&office.id, &office.name].into_iter().chain(&office.aliases).map(|w| plain(w)).collect();
        let mut problems = Vec::new();
        let folders = match &office.folder {
            Some(folder) if batch.join(folder).is_dir() => vec![folder.clone()],
            Some(folder) => {
                let said = say!("audit.toml 写明的文件夹 {folder} 不存在", "the folder {folder} named in audit.toml is not there");
                problems.push(Problem::new("P020", said, Place::file(folder.as_str())));
                Vec::new()
            }
            None => children.iter().filter(|c| names.contains(&plain(c))).cloned().collect(),
        };
        offices.push(OfficePlan {
            id: office.id.clone(),
            name: office.name.clone(),
            parent: office.parent.clone(),
            batch: batch.to_owned(),
            folders,
            names,
            problems,
            ..OfficePlan::default()
        });
    }
    if let [only] = offices.as_mut_slice()
        && only.folders.is_empty()
        && only.problems.is_empty()
    {
        only.folders.push(String::new());
    }
    offices
}

/// What a look at all registers told.
#[derive(Default)]
struct Survey {
    /// Children (the empty name: the batch itself) with registers, and the offices that an 机构 column names there.
    registers: BTreeMap<String, BTreeMap<String, String>>,
    /// Children with registers that have no 机构 column.
    without: BTreeSet<String>,
    /// Children with dossiers.
    dossiers: BTreeSet<String>,
    /// Whether a register with cases and without an 机构 column lies right in the batch.
    here: bool,
    /// Registers in the folders below that do more than sort.
    below: Vec<Place>,
}

fn survey(batch: &Path, folder: &Folder, asked: &Asked<'_>) -> Survey {
    let mut survey = Survey::default();
    for file in &folder.files {
        let child = file.path.split_once('/').map_or("", |(child, _)| child).to_owned();
        // What an archive holds is looked at when its office is read.
        let json = super::json::is_called(file.name()) || super::archive::is_zip(file.name());
        if json || folder::dossier_of(&file.path, |f| folder.dossiers.contains(f)).is_some() {
            survey.dossiers.insert(child);
            continue;
        }
        let mut tables = match tables::look_in(batch, folder, file, asked) {
            Look::Tables(tables) => tables,
            Look::Stray | Look::Returned(_) => continue,
            Look::Refused(_) => {
                // A register that cannot be read makes an office all the same, or it would be missing from the list.
                if tables::is_promised(file.name()) {
                    survey.without.insert(child);
                }
                continue;
            }
        };
        for known in std::mem::take(&mut tables.sheets) {
            let table = match known.sheet {
                Sheet::Register(table) => table,
                // A form about the office makes one as a register does.
                Sheet::Own(_) if !child.is_empty() => {
                    survey.without.insert(child.clone());
                    continue;
                }
                _ => continue,
            };
            if !child.is_empty() && !is_container(&child) {
                survey.below.push(Place::file(file.path.as_str()));
            }
            let Some(column) = table.office else {
                survey.without.insert(child.clone());
                survey.here |= child.is_empty() && has_cases(&mut tables.register, known.index, known.header, &table, asked);
                continue;
            };
            let rows = super::rows::Rows::new(asked.vocabulary, asked.words, &table, &tables.register.origins[known.index].clone());
            let mut names = BTreeMap::new();
            // What cannot be read here is said when the register is read.
            let _ = tables.register.stream(known.index, &mut |row| {
                let name = row.text_at(column);
                if row.number > known.header && !is_blank(name) && !rows.is_aside(row) {
                    names.entry(plain(name)).or_insert_with(|| name.to_owned());
                }
                ControlFlow::Continue(())
            });
            // A column that nobody filled in tells nothing.
            if names.is_empty() {
                survey.without.insert(child.clone());
                survey.here |= child.is_empty() && has_cases(&mut tables.register, known.index, known.header, &table, asked);
                continue;
            }
            let all = survey.registers.entry(child.clone()).or_default();
            for (key, name) in names {
                all.entry(key).or_insert(name);
            }
        }
    }
    survey
}

/// Whether a row of a register has a case number.
fn has_cases(register: &mut Register, index: usize, header: u32, table: &Table, asked: &Asked<'_>) -> bool {
    let rows = super::rows::Rows::new(asked.vocabulary, asked.words, table, &register.origins[index].clone());
    let mut any = false;
    let _ = register.stream(index, &mut |row| {
        any = row.number > header && !is_blank(row.text_at(table.case_no)) && !rows.is_aside(row);
        if any { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    any
}

/// Offices of a batch whose settings list none.
fn found(batch: &Path, children: &[String], all: &Folder, own_tables: &Top, asked: &Asked<'_>, plan: &mut Plan) -> Vec<OfficePlan> {
    let survey = survey(batch, all, asked);
    let office = |name: &str, folders: Vec<String>, names: BTreeSet<String>| OfficePlan {
        id: name.to_owned(),
        name: name.to_owned(),
        batch: batch.to_owned(),
        folders,
        names,
        ..OfficePlan::default()
    };
    if survey.registers.is_empty() && survey.without.is_empty() && survey.dossiers.is_empty() {
        let named = own_tables.names();
        if !named.is_empty() {
            return named.into_iter().map(|(key, name)| office(&name, Vec::new(), BTreeSet::from([key]))).collect();
        }
        let said = say!("文件夹里没有登记表，也没有案卷", "the folder holds neither registers nor dossiers");
        plan.problems.push(Problem::new("P033", said, Place::file(".")));
        return Vec::new();
    }
    let spelled: BTreeMap<String, String> = survey.registers.values().flatten().map(|(k, v)| (k.clone(), v.clone())).collect();
    let holds = |child: &String| survey.without.contains(child) || survey.dossiers.contains(child);
    // A register right here is that of one office, and the folders beside it are its parts, whatever tables lie in them. Where they
    // hold registers of several offices by name, it is a batch.
    if survey.here && !survey.registers.contains_key("") && spelled.len() < 2 {
        let name = name_of(batch);
        let mut one = office(&name, vec![String::new()], BTreeSet::new());
        one.problems.extend(one_office(&name, survey.below));
        return vec![one];
    }
    let own = |child: &&String| !is_container(child) && !folder::looks_like_number(child) && holds(child);
    if spelled.is_empty() {
        let registers_below = children.iter().any(|c| !is_container(c) && survey.without.contains(c));
        let at_top = survey.without.contains("");
        let owners: Vec<&String> = children.iter().filter(own).collect();
        if owners.is_empty() || (at_top && !registers_below) {
            return vec![office(&name_of(batch), vec![String::new()], BTreeSet::new())];
        }
        return owners.into_iter().map(|c| office(c, vec![c.clone()], BTreeSet::new())).collect();
    }
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut others = Vec::new();
    for child in children {
        match survey.registers.get(child) {
            Some(names) if names.len() == 1 => folders.entry(names.keys().cloned().collect()).or_default().push(child.clone()),
            Some(_) => {}
            None if spelled.contains_key(&plain(child)) => folders.entry(plain(child)).or_default().push(child.clone()),
            None if survey.without.contains(child) && own(&child) => {
                others.push(office(child, vec![child.clone()], BTreeSet::from([plain(child)])))
            }
            None => {}
        }
    }
    let named = spelled.iter().map(|(key, name)| office(name, folders.remove(key).unwrap_or_default(), BTreeSet::from([key.clone()])));
    let mut all: Vec<OfficePlan> = named.collect();
    all.append(&mut others);
    all
}

/// That registers of folders below were counted for the office whose register lies above them.
fn one_office(name: &str, mut below: Vec<Place>) -> Option<Problem> {
    below.dedup();
    let n = below.len();
    let said = say!(
        "{name} 里直接放有登记表，按一个机构评查；下级文件夹里的 {n} 个登记表一并计入",
        "a register lies right in {name}, so it counts as one office with the {n} registers of the folders below"
    );
    Problem::several("P034", said, below)
}

/// The name of the batch folder.
fn name_of(batch: &Path) -> String {
    let full = std::fs::canonicalize(batch).unwrap_or_else(|_| batch.to_owned());
    full.file_name().map_or_else(|| "本机构".to_owned(), |n| n.to_string_lossy().into_owned())
}

/// Whether a folder only sorts files: months, quarters, years, kinds of files or of cases.
fn is_container(name: &str) -> bool {
    let word = plain(name);
    let time = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '年' | '-' | '.' | '_' | '第'));
    let times = ["", "月", "月份", "度", "年度", "季度", "一季度", "二季度", "三季度", "四季度", "上半年", "下半年", "全年"];
    let kinds = [
        "案卷",
        "卷宗",
        "案件",
        "档案",
        "评分",
        "评分表",
        "扫描",
        "扫描件",
        "登记表",
        "台账",
        "附件",
        "资料",
        "材料",
        "民事",
        "刑事",
        "行政",
        "仲裁",
        "劳动仲裁",
        "非诉讼",
        "归档",
        "已归档",
        "未归档",
        "已结",
        "在办",
        "其他",
        "备份",
    ];
    let chinese_month = word
        .strip_suffix('月')
        .or_else(|| word.strip_suffix("月份"))
        .is_some_and(|m| m.chars().all(|c| "一二三四五六七八九十".contains(c)));
    times.contains(&time) || kinds.contains(&word.as_str()) || kinds.contains(&time) || chinese_month
}

#[cfg(test)]
mod tests {
    use super::is_container;

    #[test]
    fn months_and_kinds_are_no_offices() {
        for name in ["1月", "2024年1月", "2024-01", "01", "十二月", "第一季度", "2024年上半年", "案卷", "2024年案卷", "评分", "刑事"]
        {
            assert!(is_container(name), "{name}");
        }
        for name in ["东岭区", "云岭市本级", "月亮湾区", "一区", "2024年东岭区"] {
            assert!(!is_container(name), "{name}");
        }
    }
}
