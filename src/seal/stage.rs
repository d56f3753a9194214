//! A stage is closed: what it takes, and the seal that comes of it. Stages go forward only; a change after the last is a 更正.
//! Must not seal what is damaged, and reads no clock: the day is given.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::changes::changes;
use super::page::page;
use super::{Looked, figures, look};
use crate::base::text::Text;
use crate::record::seal::{Correction, FINAL, PAGE, SEAL, STAGES, Seal, Sealed, StillOpen};
use crate::record::v1::{CaseRecord, Results};
use crate::saved::Saved;
use crate::say;

/// What is to be sealed, and by whom.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The result.
    pub result: PathBuf,
    /// One of [`STAGES`].
    pub stage: String,
    /// Who seals it.
    pub by: String,
    /// When.
    pub on: Date,
    /// Whether cases may still be open at the last stage.
    pub with_open: bool,
    /// The sealed result of an earlier stage that this one follows, where it lies in another folder.
    pub follows: Option<PathBuf>,
    /// The sealed result that this one corrects, and why.
    pub corrects: Option<(PathBuf, String)>,
}

/// Seals a result and writes the seal into its folder.
///
/// # Errors
/// Everything that speaks against it; nothing is written then.
pub fn seal(asked: &Asked) -> Result<Seal, Vec<Text>> {
    let saved = whole(&asked.result)?;
    let one = |said: Text| vec![said];
    let shown = asked.result.display();
    if asked.by.trim().is_empty() {
        return Err(one(say!("--by 要写明封存人", "--by must say who seals it")));
    }
    if saved.is_part() {
        return Err(one(say!(
            "{shown} 只有部分机构，不能封存；请先用 merge 合并成整个批次的结果",
            "{shown} holds some offices only and cannot be sealed; merge the parts into the whole batch first"
        )));
    }
    let (as_of, on) = (&saved.results.batch.as_of, asked.on.to_string());
    if on < *as_of {
        return Err(one(say!(
            "--on {on} 早于这份结果的截止日 {as_of}；封存日期要写实际封存的日子，不得倒签",
            "--on {on} is before the as-of date {as_of} of this result; give the day on which it is really sealed"
        )));
    }
    let mut seal = Seal {
        format: 1,
        stage: asked.stage.clone(),
        by: asked.by.trim().to_owned(),
        on: asked.on.to_string(),
        code: saved.manifest.code.clone(),
        correction: None,
        before: Vec::new(),
        open: None,
        page: saved.manifest.page().map(ToOwned::to_owned),
        digest: String::new(),
    };
    if let Some((old, reason)) = &asked.corrects {
        let old = whole(old)?;
        FINAL.clone_into(&mut seal.stage);
        seal.correction = Some(correct(&old, &saved, reason).map_err(one)?);
        seal.before = history(&old)?;
    } else if let Some(old) = &asked.follows {
        let old = whole(old)?;
        same_batch(&old.results, &saved.results, &old.path, &saved.path).map_err(one)?;
        seal.before = history(&old)?;
        forward(&seal).map_err(one)?;
    }
    if let Some(own) = &saved.seal {
        if asked.corrects.is_some() || asked.follows.is_some() {
            let stage = &own.stage;
            return Err(one(say!(
                "{shown} 已经封存（{stage}），不能再作为另一份结果的更正或后一阶段；请用新评查的结果文件夹",
                "{shown} is sealed already ({stage}) and cannot become a correction or a later stage of another result; give a newly \
                 assessed one"
            )));
        }
        seal.before = history(&saved)?;
        forward(&seal).map_err(one)?;
    }
    if let Some(last) = seal.before.last().filter(|last| last.on > seal.on) {
        let (stage, on, now) = (&last.stage, &last.on, &seal.on);
        return Err(one(say!(
            "--on {now} 早于上一次封存（{stage}，{on}）；请核对日期",
            "--on {now} is before the last seal ({stage}, {on}); check the date"
        )));
    }
    seal.open = open(&saved).map_err(one)?;
    if seal.stage == FINAL
        && let Some(left) = seal.open.as_ref().filter(|_| !asked.with_open)
    {
        let (undecided, unconfirmed) = (left.undecided, left.unconfirmed);
        return Err(one(say!(
            "还有 {undecided} 件等次未定、{unconfirmed} 件等次未经确认，不能定稿；请办完后再定稿，或加 --with-open 连同未定案件一起定稿（会记入 seal.json）",
            "{undecided} cases are undecided and {unconfirmed} grades unconfirmed, so this is not final; settle them, or add --with-open to \
             seal it all the same (seal.json will say so)"
        )));
    }
    seal.digest = seal.digest_of();
    write(&asked.result, &seal)
        .map_err(|error| one(say!("{shown} 里写不了 {SEAL}：{error}", "{SEAL} cannot be written into {shown}: {error}")))?;
    Ok(seal)
}

/// A result that is whole in every file and figure.
fn whole(path: &Path) -> Result<Saved, Vec<Text>> {
    let Looked { saved, mut faults } = look(path).map_err(|said| vec![said])?;
    if let Some(saved) = saved.filter(|_| faults.is_empty()) {
        faults.extend(figures(&saved).map_err(|said| vec![said])?);
        if faults.is_empty() {
            let unpacked = |error| vec![say!("{PAGE} 不能核对：{error}", "{PAGE} cannot be checked: {error}")];
            faults.extend(page(&saved).map_err(unpacked)?);
        }
        if faults.is_empty() {
            return Ok(saved);
        }
    }
    let shown = path.display();
    let mut said = vec![say!("{shown} 不是完好的结果，不能封存：", "{shown} is not whole and cannot be sealed:")];
    said.extend(faults.into_iter().map(|f| f.message));
    Err(said)
}

/// The seals of an earlier result, its own last.
fn history(old: &Saved) -> Result<Vec<Sealed>, Vec<Text>> {
    let shown = old.path.display();
    let seal = old.seal.as_ref().ok_or_else(|| vec![say!("{shown} 没有封存过；请先封存它", "{shown} was never sealed; seal it first")])?;
    Ok(seal.before.iter().cloned().chain([seal.told()]).collect())
}

/// Refuses a stage that is not after the last.
fn forward(seal: &Seal) -> Result<(), Text> {
    let rank = |stage: &str| STAGES.iter().position(|s| *s == stage);
    let Some(last) = seal.before.last() else { return Ok(()) };
    if rank(&seal.stage) > rank(&last.stage) {
        return Ok(());
    }
    let (stage, before, by, on) = (&seal.stage, &last.stage, &last.by, &last.on);
    Err(if before == FINAL {
        say!(
            "{by} 已于 {on} 定稿；定稿以后的改动是更正：重新评查到新的文件夹，再用 finalize 新结果 --corrects 旧结果 --reason 理由",
            "{by} made it final on {on}; a later change is a correction: assess into a new folder, then finalize NEW --corrects OLD --reason TEXT"
        )
    } else {
        say!(
            "{by} 已于 {on} 封存到“{before}”阶段，只能往后，不能再封存为“{stage}”",
            "{by} sealed stage {before} on {on}; stages go forward only, so it cannot be sealed as {stage}"
        )
    })
}

/// Cases that are still open; nothing when none is. A grade that no person confirmed is only proposed (拟定等次), with a panel or without.
fn open(saved: &Saved) -> Result<Option<StillOpen>, Text> {
    let mut left = StillOpen { undecided: 0, unconfirmed: 0 };
    for case in saved.cases()? {
        let case: CaseRecord = case?;
        if case.scope == "selected" {
            left.undecided += u64::from(case.grade.is_none() && case.possible.len() != 1);
        }
        if case.subject == "case" && case.scope == "selected" {
            left.unconfirmed += u64::from(case.panel.is_none_or(|p| p.confirmed.is_none()));
        }
    }
    Ok((left.undecided + left.unconfirmed > 0).then_some(left))
}

/// Refuses results of different batches.
fn same_batch(a: &Results, b: &Results, at: &Path, other: &Path) -> Result<(), Text> {
    let of = |r: &Results| {
        let scope = &r.batch.scope;
        let ids: Vec<String> = r.offices.iter().map(|o| o.id.clone()).collect();
        (r.batch.title.clone(), r.batch.year, scope.event.clone(), scope.from.clone(), scope.to.clone(), ids)
    };
    if of(a) == of(b) {
        return Ok(());
    }
    let (at, other) = (at.display(), other.display());
    Err(say!(
        "{other} 与 {at} 不是同一个批次（标题、年度、评查范围或机构不同）",
        "{other} and {at} are not of one batch: title, year, scope or offices differ"
    ))
}

/// What a correction of a final result changes.
fn correct(old: &Saved, new: &Saved, reason: &str) -> Result<Correction, Text> {
    let (at, other) = (old.path.display(), new.path.display());
    let Some(seal) = old.seal.as_ref().filter(|_| old.is_final()) else {
        return Err(say!(
            "{at} 没有定稿，不用更正；未定稿的结果可以直接重新评查",
            "{at} is not final and needs no correction: assess it again as it is"
        ));
    };
    if reason.trim().is_empty() {
        return Err(say!("更正要用 --reason 写明理由", "a correction needs its reason, by --reason"));
    }
    same_batch(&old.results, &new.results, &old.path, &new.path)?;
    if old.manifest.code == new.manifest.code {
        return Err(say!("{other} 与 {at} 完全一样，没有可更正的", "{other} and {at} are equal: there is nothing to correct"));
    }
    Ok(Correction {
        no: seal.correction.as_ref().map_or(0, |c| c.no) + 1,
        reason: reason.trim().to_owned(),
        replaces: old.manifest.code.clone(),
        changes: changes(old, new)?,
    })
}

/// Writes the seal beside its place and renames it, so that none is ever half written.
fn write(folder: &Path, seal: &Seal) -> std::io::Result<()> {
    let mut bytes = serde_json::to_vec_pretty(seal)?;
    bytes.push(b'\n');
    let part = folder.join(format!("{SEAL}.juanping-part"));
    let written = fs::File::create(&part).and_then(|mut file| {
        file.write_all(&bytes)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&part, folder.join(SEAL))).inspect_err(|_| {
        let _ = fs::remove_file(&part);
    })
}
