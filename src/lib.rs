//! juanping 卷评: grades legal-aid case dossiers against a TOML rubric. Read this page first; it must not hold code.
//!
//! # The way of the data: one direction, no way back
//! ```text
//! argv ─► cli ─► Plan ─► command
//!                          │
//!   rubrics/*.toml ─► rubric ◄─ check (a table of checks) ◄─ reference (working days, identifiers)
//!                          │    Rubrics: vocabulary, criteria (points + a ready check), grades
//!                          ▼
//!                       assess   drives, offices side by side, each handed on in order
//!                          intake    audit.toml, registers, dossiers, score sheets ─► cases, or out of scope with a reason, or a Problem
//!                          inspect   the files of dossiers ─► facts, or from the cache of an earlier run
//!                          check     a case ─► observations
//!                          score     observations ─► marks as an interval, possible grades
//!                          stats     the office's rates, means, losses, filing
//!                          ▼
//!                       record   the frozen JSON, format 1: the one form that is written and read back
//!                          ▼
//!                       todo, compare, ledger   what can be done about findings, what changed since an earlier check, what was put right
//!                          ▼
//!                       report   xlsx, csv, SARIF, JUnit, JSON Schemas, one HTML page, the terminal; writers put bytes on disk as a whole
//! ```
//!
//! # Three decisions carry everything
//! 1. **The unit of truth**: which rows make a case, which cases are in scope and selected, which one rubric grades each, and what
//!    identity it has. [`intake`] decides the first two, [`assess::choose`] the third. Every denominator and fingerprint follows.
//! 2. **The scoring algebra** in [`score`]: observations with a magnitude become exact intervals, and the `possible` grades are those
//!    of every reading of what is unclear. It is small and pure, and tests compare it with brute force.
//! 3. **The office boundary**: nothing written about an office depends on another. Offices are read, graded, written and dropped one
//!    by one, so memory follows the largest office. What has to be seen across offices travels as short keys and never changes marks.
//!
//! # Rooms
//! Each room says on its first page what it is for and what it must not do. It may import these, and a test keeps the list:
//!
//! | room | holds | may import |
//! |---|---|---|
//! | [`base`] | text in two languages, places, exact points, dates, problems, mistakes, spanned TOML | nothing |
//! | [`mod@reference`] | facts of the country: working days, identifiers | base |
//! | [`model`] | shapes: vocabulary, case, value, document, mark, scope, condition | base |
//! | [`intake`] | a folder becomes cases and problems | base, model, reference |
//! | [`inspect`] | a file becomes facts: its format, its pages, what its text says | base, model, reference |
//! | [`check`] | a case becomes observations | base, model, reference |
//! | [`rubric`] | TOML becomes criteria, all mistakes at once | base, model, check |
//! | [`score`] | observations become marks and possible grades | base, model, check, rubric |
//! | [`record`] | the frozen results | base |
//! | [`saved`] | results of earlier runs, checked against their manifest | base, record |
//! | [`gap`] | self-assessed against audited results | base, record |
//! | [`nominate`] | cases that may be typical, and what a grade is worth, by rules of the organiser | base, record |
//! | [`lift`] | what would lift a grade: the fewest curable fixes, and what they do to an office's rate | base, record, saved |
//! | [`stats`] | cases become rates | base, rubric, record |
//! | [`panel`] | which cases are drawn, who marks them, how far their marks agree (reported, never applied), whose marks stand | base, model, record, reference |
//! | [`assess`] | drives all of the above; the only threads but for those that print papers (`catch_unwind` also where [`inspect`] calls a decoder that may panic) | all above |
//! | [`mod@todo`] | findings become things to do, and where a case stands while reviewers have not marked it | base, record |
//! | [`compare`] | two checks: fixed, new, still there | base, intake, record, saved |
//! | [`rank`] | results of several years become places, tiers, funnels, and what changed | base, record, saved |
//! | [`ledger`] | what is to be put right: findings become rows, edits of people are merged, later results move them on | base, intake, record, saved, compare, reference |
//! | [`report`] | records become bytes | base, record, todo, lift, compare, ledger |
//! | [`mod@merge`] | results of some offices each become what one run writes | base, record, saved, stats, panel, assess, report |
//! | [`seal`] | whether results are whole, and the seal of a stage | base, record, saved, stats, assess, report |
//! | [`paper`] | papers to sign: facts of forms, printed through Word templates | base, record, saved, rank, ledger, report |
//! | [`demo`] | makes an invented batch, without knowing a rubric | base, reference |
//! | [`cli`] | arguments become a [`cli::Plan`] | base, record, assess, panel |
//! | [`command`] | one file a sub-command: does a plan, gives the exit code | all but `main` |
//!
//! # What always holds
//! * Same tool, rubrics and inputs: same bytes, whatever the threads, the language, the order of folders. No clock is read.
//! * Unclear is not unmet: missing evidence widens an interval. Nothing is guessed, nothing hidden, no finding capped.
//! * Bad input is data, a [`Problem`](base::problem::Problem) with a code and a place, and the batch goes on. A wrong rubric or
//!   `audit.toml` is a [`Mistake`](base::mistake::Mistake): all are shown and nothing runs.
//! * A check never decides points, a criterion never decides outcomes, a report decides neither.
//! * Points are rationals ([`base::points`]); they are rounded where they are shown, after the grade is decided.
//! * Every message is made in both languages where the facts are ([`say!`]); no byte written depends on the language asked for.
//! * A batch is never changed. Output is made beside its place and renamed when whole.
//! * Personal values are masked when a record is made ([`assess::mask`]), so no report can leak what it never got.
//!
//! # Where to add
//! * **A criterion**: TOML in `rubrics/` with a passing and a failing example; no Rust. `docs/rubrics.md` is the language.
//! * **A check**: `check/kinds/NAME.rs` with its `KIND`, `NAME.md` beside it, a line in [`check::kinds::ALL`], cases in
//!   `tests/data/checks/NAME.toml`, a line in `docs/rubrics.md`.
//! * **A register format**: a reader in `intake/formats/` that gives [`intake::row::Row`]s, told by content in [`intake::preflight`].
//! * **A page of a workbook**: a file in `report/pages/`. **A view of report.html**: a file in `report/page/web/src/views/`. **A field of the results**: [`record::v1`], added and never renamed.
//! * **A problem code**: a line in [`base::problem`]; **a mistake code**: a line in [`base::mistake`]. A test asks that each is used.
//! * **A command**: the grammar in [`cli`], a `Plan`, a file in [`command`].
//!
//! # Where this house differs from its first plan
//! * `stats` makes frozen [`record`] structs itself: a second set of the same structs would only be copied field by field. So
//!   `record` stands below `stats` and `assess`, and knows neither.
//! * Conditions stand in [`model`], since [`check`]s use them as well as rubrics; mistakes and spanned TOML stand in [`base`], since
//!   `audit.toml` needs them as rubrics do.
//! * Offices go side by side over scoped threads that wait for their turn to be written, and cases within one by rayon where there are fewer offices than threads: that
//!   bounds how many offices are in memory, which a parallel iterator over offices does not.
//! * `todo` and `compare` read records alone, so that what `check` tells of a county is exactly what `assess` would record.
//! * Readers of xls, xlsb and ods are our own: those at hand build whole grids from declared sizes, or loop in a bent file.
//! * Word files are filled in by our own reader of their XML on quick-xml and zip, which are in the tree already: a bureau's own template must
//!   come out as it went in but for its placeholders, which libraries that write docx do not do, and the layouts that are built in are then
//!   templates like any other instead of a second way to make the same paper.
//! * `panel` makes frozen [`record`] structs itself, as `stats` does.

pub mod assess;
pub mod base;
pub mod check;
pub mod cli;
pub mod command;
pub mod compare;
pub mod demo;
pub mod gap;
pub mod inspect;
pub mod intake;
pub mod ledger;
pub mod lift;
pub mod merge;
pub mod model;
pub mod nominate;
pub mod panel;
pub mod paper;
pub mod rank;
pub mod record;
pub mod reference;
pub mod report;
pub mod rubric;
pub mod saved;
pub mod score;
pub mod seal;
pub mod stats;
pub mod todo;
