//! The few fields that the program itself must know by id; all others belong to the rubrics.
//! They are declared in `rubrics/parts/vocabulary.toml`, which every rubric includes.

/// 案号
pub const CASE_NO: &str = "case_no";
/// 案件类型
pub const CASE_TYPE: &str = "case_type";
/// 诉讼阶段
pub const STAGE: &str = "stage";
/// 法律援助机构
pub const OFFICE: &str = "office";
/// 案件状态
pub const STATE: &str = "state";
/// 结案日期
pub const CLOSED_ON: &str = "closed_on";
/// 归档日期
pub const FILED_ON: &str = "filed_on";
/// 受援人类别
pub const RECIPIENT_GROUP: &str = "recipient_group";
/// 承办人
pub const LAWYER: &str = "lawyer";
/// 承办机构
pub const FIRM: &str = "firm";
/// 是否抽中
pub const SELECTED: &str = "selected";
/// 卷宗形式：扫描、纸质、混合
pub const EVIDENCE: &str = "evidence";
/// 密级
pub const SECRET: &str = "secret";
/// 卷内目录 written in one register cell
pub const CONTENTS: &str = "contents";

/// All of the above: a vocabulary without one of them is refused.
pub const ALL: &[&str] =
    &[CASE_NO, CASE_TYPE, STAGE, OFFICE, STATE, CLOSED_ON, FILED_ON, RECIPIENT_GROUP, LAWYER, FIRM, SELECTED, EVIDENCE, SECRET, CONTENTS];

/// 封面, 卷内目录, 备考表: they have no page numbers, and no list needs to name them.
pub const FRONT: &[&str] = &["cover", "contents_page", "notes_page"];

/// 总页数; a vocabulary may do without it.
pub const TOTAL_PAGES: &str = "total_pages";
