//! `demo BATCH --fill LEDGER.xlsx`: the invented offices write what they did, and an invented person strikes off what awaits its re-check.
//! Must not be let loose on a ledger that is not of an invented batch.

use std::path::Path;

use super::{Streams, exit, refuse};
use crate::cli::Common;
use crate::ledger::column as c;
use crate::ledger::read;
use crate::ledger::state::State;
use crate::record::ledger::LedgerValue;
use crate::report::{ledger, words};
use crate::say;

/// Strikes off every row that awaits its re-check.
pub fn run(common: &Common, batch: &Path, path: &Path, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let shown = path.display();
    let written = match read::read(path, &shown.to_string()) {
        Ok(version) => version.base,
        Err(said) => return refuse([said], common, streams),
    };
    if !(batch.join("planted.json").is_file() && words::is_fictitious(&written.title)) {
        let said = say!("{shown} 不是演示批次的整改台账，不代填", "{shown} is no ledger of an invented batch; it is for people to fill in");
        return refuse([said], common, streams);
    }
    let (mut filled, mut struck) = (written.clone(), 0);
    for row in filled.rows.iter_mut().filter(|r| r.state == State::Review.word()) {
        let cells = [
            (c::STATE, LedgerValue::words(State::Closed.word())),
            (c::DONE, LedgerValue::words("原件已找到，补入案卷（虚构）")),
            (c::EVIDENCE, LedgerValue::words("补入材料的照片（虚构）")),
            (c::CHECKER, LedgerValue::words("复核人甲（虚构）")),
            (c::CHECKED, LedgerValue::Day { day: written.as_of.clone() }),
        ];
        row.cells.extend(cells.map(|(column, value)| (column.to_owned(), value)));
        struck += 1;
    }
    if let Err(error) = std::fs::write(path, ledger::edited(&filled, &written)?) {
        writeln!(streams.err, "{}", say!("无法写入 {shown}：{error}", "could not write {shown}: {error}").get(common.lang))?;
        return Ok(exit::UNWRITTEN);
    }
    if !common.quiet {
        let said = say!(
            "虚构的复核人把 {struck} 条待复核的改为已销号，写在 {shown}；再运行一次 ledger 核对",
            "an invented person struck off {struck} rows of {shown} that awaited their re-check; run ledger once more to check it"
        );
        writeln!(streams.out, "{}", said.get(common.lang))?;
    }
    Ok(exit::GOOD)
}
