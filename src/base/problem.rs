//! Bad input as data (问题输入): what could not be read, where, and what to do about it. The batch goes on.
//! Must not be used for a wrong rubric or wrong settings: those are [`Mistake`](super::mistake::Mistake)s and stop the run.

use super::place::Place;
use super::text::Text;

/// How much a problem or a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Should be looked at.
    Warning,
    /// Must be put right.
    Error,
}

impl Severity {
    /// The word in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `P…`, one of [`PROBLEMS`].
    pub code: &'static str,
    /// What was met, with the facts.
    pub message: Text,
    /// Every place.
    pub places: Vec<Place>,
    /// Office it belongs to, by name, when it has one.
    pub office: Option<String>,
}

impl Problem {
    /// A problem with one place.
    pub fn new(code: &'static str, message: Text, place: Place) -> Self {
        debug_assert!(kind(code).is_some(), "problem code {code} is not in PROBLEMS");
        Self { code, message, places: vec![place], office: None }
    }

    /// A problem with all its places, of which the first hundred are kept: their number stands in the words. None without a place.
    pub fn several(code: &'static str, message: Text, mut places: Vec<Place>) -> Option<Self> {
        places.truncate(100);
        let first = places.first()?.clone();
        Some(Self { places, ..Self::new(code, message, first) })
    }

    /// Whether a file, register, sheet or folder could not be read: exit code 3.
    pub fn is_unread(&self) -> bool {
        is_unread(self.code)
    }
}

/// Whether a code says that something was not read.
pub fn is_unread(code: &str) -> bool {
    kind(code).is_some_and(|k| k.unread)
}

/// What `explain` says of a problem code.
#[derive(Debug)]
pub struct ProblemKind {
    /// `P…`
    pub code: &'static str,
    /// Short name.
    pub title: Text,
    /// One sentence of what to do.
    pub advice: Text,
    /// Whether something was not read because of it (exit code 3), rather than merely noted.
    pub unread: bool,
}

/// The kind of a code.
pub fn kind(code: &str) -> Option<&'static ProblemKind> {
    PROBLEMS.iter().find(|k| k.code == code)
}

macro_rules! problems {
    ($($code:literal $unread:literal $zh:literal $en:literal => $fix_zh:literal $fix_en:literal;)*) => {
        /// Every problem code, in order.
        pub static PROBLEMS: &[ProblemKind] = &[$(ProblemKind {
            code: $code, title: Text::fixed($zh, $en), advice: Text::fixed($fix_zh, $fix_en), unread: $unread,
        }),*];
    };
}

problems! {
    "P001" true "文件打不开" "file cannot be opened" => "请确认文件存在、没有被其他程序占用，并有读取权限。" "Make sure the file exists, is not open in another program and may be read.";
    "P002" true "文件已损坏或不是所标的格式" "file is damaged or not of its stated format" => "不是登记表的，移出文件夹；是扫描件的，重新复制；是表格的，用 Excel 或 WPS 另存为 .xlsx。" "Move it out if it is no register; copy a scan again; save a table as .xlsx in Excel or WPS.";
    "P003" true "文件是空的" "file is empty" => "请换成有内容的文件，或移出本次评查的文件夹。" "Replace it with the real file or move it out of the batch.";
    "P004" true "文件有密码" "file is encrypted" => "请去掉打开密码后另存。" "Remove the password and save it again.";
    "P005" true "文件过大或结构异常，为安全起见没有读取" "file is too large or hostile and was not read" => "请核对来源；确属正常登记表的，另存为新的 .xlsx 或拆成几个文件。" "Check where it came from; if it is a real register, save a fresh .xlsx or split it.";
    "P006" true "暂不能读取的格式" "format that cannot be read" => "表格请用 Excel 或 WPS 另存为 .xlsx 或 UTF-8 的 .csv；压缩包请先解开，再放进来。" "Save a table as .xlsx or as UTF-8 .csv; unpack an archive first.";
    "P007" true "文字编码无法识别" "text encoding not recognised" => "请另存为 UTF-8 编码。" "Save it in UTF-8.";
    "P008" true "JSON 内容有误" "JSON is not valid" => "请按出错的行列修改，或重新导出。" "Mend it at the line shown, or export it again.";
    "P009" true "文件正在其他程序中打开" "file is open in another program" => "请在 Excel 或 WPS 中保存并关闭这个文件，再运行一次；旁边以 ~$ 或 .~lock. 开头的文件会随之消失。确实没有打开的，删掉 ~$ 开头的那个文件。" "Save and close it in Excel or WPS and run again; the file beside it that begins with ~$ or .~lock. then goes away. If nobody has it open, delete that file.";
    "P010" true "登记表没有案号列" "register has no case-number column" => "请在表头写明“案号”；本表的行没有计入评查。" "Name the case-number column 案号; the rows of this sheet were not counted.";
    "P011" false "行没有案号" "row without a case number" => "请补填案号；本行暂以内容作标识。" "Fill in the case number; the row is identified by its content for now.";
    "P012" false "没有认出的列" "column that no field claims" => "如应使用，请把表头改成字段或材料的名称，或在 audit.toml 的 [columns] 中写一行 \"表头\" = \"名称\"；不用的列无须处理。" "If it should be used, rename the header, or write a line \"header\" = \"title\" under [columns] in audit.toml; nothing to do for others.";
    "P013" false "两列对应同一字段" "two columns claim one field" => "请保留一列，或改另一列的表头。" "Keep one of them or rename the other.";
    "P014" false "一行是合计或重复表头，未作案件" "totals or repeated header row, not a case" => "无须处理。" "Nothing to do.";
    "P015" false "工作表没有案号列，未作登记表读取" "sheet without case numbers, not read as a register" => "是登记表的，请写明“案号”表头；是说明或汇总的，无须处理。" "If it is a register, name the case-number column 案号; notes and totals need nothing.";
    "P016" false "材料列的内容看不懂" "checklist cell not understood" => "请填 有、无、不适用、份数或页码；该格暂按没有填处理。" "Write 有, 无, 不适用, a count or pages; the cell counts as blank for now.";
    "P017" true "是否抽中看不懂" "drawn or not cannot be told" => "请填 是 或 否；该案暂按抽中评查。" "Write 是 or 否; the case is graded as drawn for now.";
    "P018" false "没有抽中的案件" "no case is drawn" => "请在“是否抽中”一列把抽中的案件写“是”；要全部评查的，把这一列清空。" "Write 是 for the drawn cases in 是否抽中, or empty the column to review all.";
    "P019" false "表头对应两个字段或材料" "header stands for two fields or documents" => "请改表头，或在 audit.toml 的 [columns] 中写一行 \"表头\" = \"名称\"；写明之前这一列没有使用。" "Rename the header, or write a line \"header\" = \"title\" under [columns] in audit.toml; the column is not used until then.";
    "P020" true "文件夹不能读取" "folder cannot be read" => "请检查权限，或把文件夹复制到本机后再运行。" "Check permissions, or copy the folder to this computer.";
    "P021" false "文件名不是有效文字" "file name is not valid text" => "请改名。" "Rename the file.";
    "P022" false "卷内文件没有认出是哪种材料" "file in a dossier not recognised as a document" => "是卷内材料的，按材料标准名称改名，例如“05法律援助申请表.pdf”；几份材料扫在一起的，在卷内目录写明各自的页码，不用改名；与本案无关的，移出案卷。" "A paper: name it after the document, for example 05法律援助申请表.pdf. Papers scanned as one: let the list of contents give their pages. What does not belong here: take it out.";
    "P023" false "案卷没有对应的登记行" "dossier without a register row" => "请核对文件夹名中的案号，或把这一案补登到登记表。" "Check the case number in the folder's name, or add the case to the register.";
    "P024" false "文件不属于任何案卷" "file that belongs to no dossier" => "是卷内材料的，请放入以案号命名的文件夹；不是的，无须处理。" "Put papers into the folder named after the case number; nothing to do for other files.";
    "P025" false "有隐藏的行或工作表，已照常读取" "hidden rows or a hidden sheet, read like the others" => "不应计入评查的，请在登记表中删去；应计入的，无须处理。" "Delete them from the register if they must not count; otherwise nothing to do.";
    "P026" true "压缩包打不开" "archive cannot be opened" => "请重新压缩或重新复制一份 .zip；打不开的压缩包里的材料暂按没有见到处理，不认定缺少。" "Make or copy the .zip again; papers in it count as not seen, not as missing.";
    "P027" false "压缩包内有没有使用的条目" "entries of an archive that were not used" => "请解压后检查：去掉密码、链接、重名和里面的压缩包，再重新压缩，或直接放入解压后的文件夹。" "Unpack and look: remove passwords, links, equal names and inner archives, then pack again or put in the folder itself.";
    "P028" true "压缩包或其中的文件超过上限" "archive or a file in it beyond the limits" => "请确认文件可靠，解压后放入文件夹；确需放宽的，在 audit.toml 的 [limits] 中修改。" "Make sure the file can be trusted and put it in unpacked; the limits stand under [limits] in audit.toml.";
    "P029" false "卷内目录表格有没有使用的内容" "part or all of a table of contents was not used" => "页码请写成 3-5 这样的文字；没有使用的页码按没有写处理，其余照用。整张表读不了的，请写明“材料名称”表头，否则该案按没有目录处理。" "Write pages as text such as 3-5; pages that were not used count as not written, the rest is used. A table that cannot be read needs the heading 材料名称, or the case counts as having no list.";
    "P030" true "机构名称不在名单内" "office not in the list" => "请在 audit.toml 的 [[office]] 中登记该名称或别名；这些行没有计入任何机构。" "Add the name or alias to [[office]] in audit.toml; these rows were counted for no office.";
    "P031" false "机构没有案件" "office without cases" => "请确认登记表放在该机构的文件夹内。" "Make sure its register lies in its folder.";
    "P032" false "机构既没有扫描件也没有材料清单" "office has neither scans nor checklists" => "请在登记表加材料列并填有、无，或用 juanping init 生成卷内材料登记表填写，或放入扫描件；有关材料的指标暂为待核。" "Add document columns with 有 or 无 to the register, make a checklist with juanping init, or add scans; criteria about documents stay unclear.";
    "P033" true "没有找到登记表和案卷" "neither registers nor dossiers found" => "请确认所给的是本次评查的文件夹，里面有登记表（.xlsx 或 .csv）。" "Make sure this is the batch folder and holds registers (.xlsx or .csv).";
    "P034" false "下级文件夹里的登记表计入本机构" "registers in folders below counted for this office" => "是旧台账、备份等不应计入的，请移出本文件夹；下级文件夹是各机构的，请把直接放着的登记表移入所属机构的文件夹。" "Move out old registers and copies that must not count; where the folders below are offices, put the register into the folder of its office.";
    "P035" true "机构指标表认不出" "table of indicators not recognised" => "请写明“机构”一列，指标的名称与标准一致（juanping explain 列出），每个机构一行；也可以一列写指标、一列写数值，放在机构自己的文件夹里。" "Name the column 机构 and the indicators as the rubric does (juanping explain lists them), a row an office; or put a form of labels and values into the folder of the office.";
    "P036" false "有机构指标，但没有用到" "indicators of offices were not used" => "要按机构指标评分的，在 audit.toml 的 rubrics 里或用 --rubric 加上 expansion-quality；不用的无须处理。" "To grade offices by them, add expansion-quality to rubrics in audit.toml or with --rubric; otherwise nothing to do.";
    "P040" true "评分表不能使用" "score sheet cannot be used" => "评分表须有案号、指标编号、得分三列。" "A score sheet needs the columns 案号, 指标编号 and 得分.";
    "P041" false "评分无效" "mark is not valid" => "请改为 0 到该项分值之间的数字；该项暂按未评处理。" "Write a number from 0 to the points of the criterion; it counts as not marked for now.";
    "P042" false "评分所指的案件或指标不存在" "mark for an unknown case or criterion" => "请核对案号与指标编号；这一分没有使用。" "Check case number and criterion; the mark was not used.";
    "P043" false "同一案件同一指标有不同评分" "different marks for one case and criterion" => "请评估专家确认后只留一个；该项暂按未评处理。" "Let the reviewers settle on one; it counts as not marked until then.";
    "P044" false "材料登记表的一行没有对应的案件" "checklist row without a case" => "请对照登记表核对案号和诉讼阶段；材料登记表只给已登记的案件提供材料有无，不会增加案件。" "Check number and stage against the register; a checklist only says which papers registered cases have and adds no case.";
    "P045" false "以前的结果放在了评查文件夹里" "an earlier result lies in the batch" => "请移到评查文件夹外面；它没有当作登记表读取。" "Move it out of the batch; it was not read as a register.";
    "P046" false "公式没有存下结果" "formula without a stored result" => "请用 Excel 或 WPS 打开这个文件，保存一次再运行；这些格现在按空白处理。" "Open the file in Excel or WPS, save it once and run again; the cells count as blank now.";
    "P047" false "登记为扫描，但没有找到案卷文件夹" "recorded as scanned, but no dossier was found" => "请放入以案号命名的文件夹或压缩包，或核对文件夹名；没有扫描的，请把“卷宗形式”改为纸质。没有材料清单的，材料类指标暂为待核，不扣分。" "Put in the folder or archive named after the case number, or check its name; where nothing was scanned, write 纸质 in 卷宗形式. Criteria about papers stay unclear where no checklist tells of them.";
    "P048" false "卷宗形式或总页数看不懂" "carrier or number of pages not understood" => "“卷宗形式”请填 扫描、纸质 或 混合，“总页数”请填数字；该格暂按没有填处理。" "Write 扫描, 纸质 or 混合 in 卷宗形式 and a number in 总页数; the cell counts as blank for now.";
    "P050" false "案件类型不明，不能选定评估标准" "case type unclear, so no rubric could be chosen" => "请补填案件类型。" "Fill in the case type.";
    "P051" false "没有适用的评估标准" "no rubric applies" => "请用 --rubric 指定适用于这类案件的标准。" "Give a rubric for this kind of case with --rubric.";
    "P052" false "两个评估标准同时适用" "two rubrics apply" => "请修改标准的 applies 或 in_force，使每案只适用一个。" "Change applies or in_force so that one rubric applies to each case.";
    "P060" true "压缩包格式不能读取" "archive format that cannot be read" => "请先解压，把里面的文件放回原处；或改存为 .zip。" "Unpack it and put the files in its place, or save it as .zip.";
    "P061" true "文字文档，不是登记表" "text document, not a register" => "请把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx。" "Copy the table in it into a spreadsheet and save it as .xlsx.";
    "P062" false "合并单元格过大，没有展开" "merged area too large to be filled" => "请取消整列或整片的合并，只合并同一案件的几行。" "Undo the merge of whole columns or areas; merge only the rows of one case.";
    "P064" false "文件正在其他程序中打开，读到的是最后一次保存的内容" "file is open in another program; its last saved content was read" => "有未保存的改动的，请保存、关闭后再运行一次；确实没有打开的，删掉 ~$ 开头的那个文件。" "Save and close it and run again if there are changes that were not saved; if nobody has it open, delete the file beside it that begins with ~$.";
    "P065" false "案号被表格软件改坏" "case number changed by a spreadsheet program" => "请把案号一列设为文本格式，对照案卷重新填写；本行暂以内容作标识。" "Format the column as text and write the number again from the papers; the row is identified by its content for now.";
    "P066" false "行已被更正的登记表替换" "row replaced by a corrected register" => "无须处理；如应采用旧行，请改 audit.toml 的 [[register]]。" "Nothing to do; if the old row should count, change [[register]] in audit.toml.";
    "P067" false "一行的案号像是几个案件的" "case number looks like several" => "是几个案件的，请每案写一行、写全案号；只是一个案号的，无须处理。" "Give each case a row with its whole number; nothing to do if it is one number.";
    "P071" false "没有声明截止日" "no as-of date" => "请在 audit.toml 写明 year 或 as_of，或用 --as-of 指定。" "Give year or as_of in audit.toml, or --as-of.";
    "P072" false "上级文件夹的 audit.toml 没有使用" "audit.toml above was not used" => "要与评查组用同样的设置，请对有 audit.toml 的文件夹运行，用 --office 指定本机构。" "To use the same settings, run on the folder that holds audit.toml, with --office for one office.";
    "P080" true "评分表不能使用：不是这一批、这位专家或这个标准的" "score sheet of another batch, reviewer or rubric, not used" => "请把原来发出的评分表退给专家，按说明填好再交；其中的评分都没有使用。" "Send the sheet back and have the one that was sent out filled in; nothing in it was used.";
    "P081" false "评分表少了页或行，或有多出、重复的" "pages or rows of a score sheet are missing, added or doubled" => "请对照原来发出的评分表补上，或删去多余的行；少了的、分不清的按未评处理。" "Put back what was sent out and delete what was added; what is missing or doubled counts as not marked.";
    "P082" false "评分表的一格不能使用" "cell of a score sheet cannot be used" => "请退给专家，把所说的一格改好；改好之前按没有填处理，不算零分。" "Send it back to have the cell mended; it counts as blank until then, never as zero.";
    "P083" false "同一专家的几份评分表不一样" "several sheets of one reviewer differ" => "请专家本人确认用哪一个，另一份移出文件夹；确认前不以新的为准，按未评处理。" "Let the reviewer settle it and move the other sheet out; the newer one does not win.";
    "P084" false "合议记录或申诉登记的一行不能使用" "row of joint decisions or objections cannot be used" => "请核对所说的一格，改好后再运行。" "Mend the cell that is named and run again.";
    "P085" false "合议或评定等次不能成立" "joint decision or confirmed grade does not hold" => "请按所写的原因补正：合议须有两人以上、日期和纪要；评定等次须与所评各项得出的等次一致，不一致的请改评分或改等次。" "Mend what is said: a joint decision needs two people, a day and minutes; a confirmed grade has to be the one that the marks come to.";
    "P086" true "抽中的案件没有评分" "drawn case was not graded" => "请核对登记表中的案号和结案日期；确实不能评的，在 draw.toml 写 [[substitution]] 用候补替换后重新抽卷。" "Check number and closing date in the register; a case that cannot be marked is replaced by [[substitution]] in draw.toml.";
    "P087" false "没有抽卷方案，评分表无法核对" "no plan of a draw to check score sheets against" => "请把 抽卷方案.json 放进批次文件夹，或用 --plan 指定；不是抽卷评查的，无须处理。" "Put the plan of the draw into the batch folder or give it with --plan; nothing to do where no cases were drawn.";
    "P088" false "试评用的评分表，没有使用" "sheet for calibration, not used" => "请移出批次文件夹；试评只用来统一尺度。" "Move it out of the batch; calibration only makes reviewers agree on a measure.";
    "P089" false "申诉决定没有采用" "decision on an objection was not used" => "结果不变。看清所写的原因：缺的栏目照实补填；应当回避的换人重新决定；逾期的、材料事后形成的维持原结果，登记照实保留，不得改日期。" "The result stays. Fill in what is lacking as it was; let somebody else decide where one must not; what came late or rests on later papers stays as it is, its days unchanged.";
    "P090" true "程序未能检查一项指标" "a check failed inside the program" => "请把本条信息发给维护者；该项暂为待核。" "Send this line to the maintainers; the criterion stays open.";
}

#[cfg(test)]
mod tests {
    use super::PROBLEMS;

    #[test]
    fn codes_are_sorted_and_unique() {
        assert!(PROBLEMS.windows(2).all(|w| w[0].code < w[1].code));
    }
}
