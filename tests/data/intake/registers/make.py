"""Writes the registers of this folder with openpyxl and by hand. What is expected of each stands in NAME.toml, written by people.

All persons, offices and numbers are invented (虚构). Run: python3 make.py
"""
import datetime
import os
import shutil
import subprocess
import tempfile

import openpyxl

HERE = os.path.dirname(os.path.abspath(__file__))
STAMP = datetime.datetime(2024, 12, 31)
TITLE = "云岭市东岭区法律援助案件登记表（虚构）"


def at(name, file):
    folder = os.path.join(HERE, name)
    os.makedirs(folder, exist_ok=True)
    return os.path.join(folder, file)


def text(name, file, content):
    with open(at(name, file), "w", encoding="utf-8", newline="") as out:
        out.write(content)


def book(name, file, sheets, merges=(), formats=()):
    made = openpyxl.Workbook()
    made.properties.created = made.properties.modified = STAMP
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                if value is not None and value != "":
                    sheet.cell(r, c, value)
        for cells in merges:
            sheet.merge_cells(cells)
        for cell, form in formats:
            sheet[cell].number_format = form
    made.save(at(name, file))


def no(n, kind="民"):
    return f"东岭援{kind}〔2024〕{n}号"


# --- headers ---------------------------------------------------------------------------------------------------------------
TWO_ROWS = [
    [TITLE],
    ["填表单位：东岭区法律援助中心（虚构）", "", "", "", "", "", "", "", "2024年12月"],
    ["序号*", "案  号", "受援人", "", "", "承办人", "", "对方当事人", "", "案件信息", "", "备注"],
    ["", "", "姓名", "性别", "证件\n号码", "姓名", "电话", "姓名", "电话", "案由", "结案日期\n（年月日）", ""],
    [1, no(1), "虚构甲", "女", "11010519491231002X", "虚构律师乙", "13800000001", "虚构丙", "13800000002", "劳动报酬", "2024年5月6日", ""],
    [2, no(2), "虚构丁", "男", "", "虚构律师戊", "", "", "", "工伤", "2024.5.7", "补登"],
]


def as_csv(rows):
    def cell(value):
        value = str(value)
        return '"' + value.replace('"', '""') + '"' if any(c in value for c in ',"\n') else value

    return "".join(",".join(cell(v) for v in row) + "\r\n" for row in rows)


text("header-two-rows-csv", "登记表.csv", as_csv(TWO_ROWS))
book("header-two-rows-merged", "登记表.xlsx", [("2024年", TWO_ROWS)],
     ["A1:L1", "A3:A4", "B3:B4", "C3:E3", "F3:G3", "H3:I3", "J3:K3", "L3:L4"])
book("header-three-rows", "登记表.xlsx", [("一月", [
    [TITLE],
    ["案号", "人员情况", "", "", "", "办理情况", "", ""],
    ["", "受援人", "", "承办人员", "", "审查", "结案", ""],
    ["", "姓名", "联系电话", "姓名", "执业证号", "决定日期", "时间", "方式"],
    [no(1), "虚构甲", "13800000001", "虚构律师乙", "11101202400000001", "2024-03-01", "2024-05-06", "调解"],
])], ["A1:H1", "A2:A4", "B2:E2", "B3:C3", "D3:E3", "F2:H2", "G3:H3"])
text("header-odd-spelling", "登记表.csv", as_csv([
    ["＊案　号（必填）：", "案件类别 ", "【受援人】", "受援人\n姓名", "承办\n律师*", "结案时间（年月日（必填））", "挽回损失(万元)", "是否归档？", "caseNum"],
    [no(1), "民事", "虚构甲", "虚构甲", "虚构律师乙", "2024-05-06", "1.5", "是", ""],
    [no(2), "民事", "", "虚构丙", "虚构律师乙", "2024-05-07", "15000元", "否", ""],
]))

# --- rows that are no cases ----------------------------------------------------------------------------------------------------
PAGE = [[TITLE], ["序号", "案号", "当事人", "", "结案日期", "承办律师"], ["", "", "姓名", "证件号码", "", ""]]
PAGES = PAGE + [
    ["1", "2", "3", "4", "5", "6"],
    [1, no(1), "虚构甲", "11010519491231002X", "2024-05-06", "虚构律师乙"],
    [2, no(2), "虚构丙", "", "2024-05-07", "虚构律师乙"],
    ["本页合计", "2件"],
    ["第 1 页 共 2 页"],
    [],
] + PAGE + [
    ["二、通知辩护案件"],
    [3, no(3), "虚构丁", "", "2024-05-08", "虚构律师乙"],
    [4, "", "虚构戊", "", "2024-05-09", "虚构律师乙"],
    ["", "", "虚构己"],
    ["民事小计", "", "", "", "", "3"],
    ["合  计", 3],
    ["注：1. 本表按结案日期排列。（2024年）"],
    ["制表人：虚构庚", "", "", "审核：虚构辛", "填报日期：2024-12-31", "联系电话：0000"],
    ["第2页/共2页"],
]
text("pages-csv", "登记表.csv", as_csv(PAGES))
book("pages-xlsx", "登记表.xlsx", [("2024年", PAGES)])
text("pages-number-first", "登记表.csv", as_csv([
    ["案号", "受援人", "结案日期"],
    [no(1), "虚构甲", "2024-05-06"],
    ["合计：1件"],
    ["案 号", "受 援 人", "结案 日期"],
    [no(2), "虚构乙", "2024-05-07"],
    ["MZ2024003", "", ""],
    ["总计", "3", ""],
    ["备注：以上为虚构数据", "", ""],
    ["- 2 -", "", ""],
]))
# A part of the table typed by somebody else, with its columns in another order, then a page like the first.
text("pages-other-order", "登记表.csv", as_csv([
    ["案号", "受援人", "结案日期"],
    [no(1), "虚构甲", "2024-05-06"],
    ["案号", "结案日期", "受援人"],
    [no(2), "2024-05-07", "虚构乙"],
    [no(3), "2024-05-08", "虚构丙"],
    ["案号", "受援人", "结案日期"],
    [no(4), "虚构丁", "2024-05-09"],
]))

# --- values ----------------------------------------------------------------------------------------------------------------------
DAYS = ["2024年3月5日", "2024.3.5", "2024/3/5", "20240305", "2024-03-05 00:00:00", "２０２４．３．５", "二〇二四年三月五日", "2024年3月5日下午2时30分",
        "2024年3月", "2024.3.5-3.8", "2024-03-05、2024-03-08", "24.3.5", "3/5/2024", "2024-02-30", "0000-00-00", "1900-01-00", "无", "待定", "/", "—"]
text("dates-csv", "登记表.csv", as_csv([["案号", "决定日期"]] + [[no(i), d] for i, d in enumerate(DAYS, 1)]))
book("dates-xlsx", "登记表.xlsx", [("表", [
    ["案号", "决定日期"],
    [no(1), datetime.date(2024, 3, 5)],
    [no(2), datetime.datetime(2024, 3, 5, 14, 30)],
    [no(3), 45356],
    [no(4), 20240305],
    [no(5), 2024.3],
    [no(6), 0],
    [no(7), "#REF!"],
])], formats=[("B7", "yyyy-mm-dd")])
book("id-numbers", "登记表.xlsx", [("表", [
    ["案号", "身份证号码", "联系电话"],
    [no(1), "11010519491231002x", 13800000001],
    [no(2), "1101 0519 4912 3100 2X", "138 0000 0001"],
    [no(3), "１１０１０５１９４９１２３１００２Ｘ", "'13800000001"],
    [no(4), "'11010519491231002X", "’13800000001"],
    [no(5), 110105194912310000, 13800000001.0],
    [no(6), "1.10105194912310E+17", "1.38E+10"],
    [no(7), datetime.date(2024, 1, 1), ""],
    [no(8), "11010519491231002X、110105194912310046", "13800000001、13800000002"],
])])
book("case-numbers-damaged", "登记表.xlsx", [("表", [
    ["案号", "受援人", "承办人", "结案日期"],
    [datetime.date(2024, 1, 1), "虚构甲", "虚构律师乙", "2024-05-06"],
    [2024.1, "虚构丙", "虚构律师乙", "2024-05-07"],
    [20240000000000012, "虚构丁", "虚构律师乙", "2024-05-08"],
    ["#REF!", "虚构戊", "虚构律师乙", "2024-05-09"],
    ["2.024E+11", "虚构己", "虚构律师乙", "2024-05-10"],
    [2024001, "虚构庚", "虚构律师乙", "2024-05-11"],
    ["2024-1-12", "虚构辛", "虚构律师乙", "2024-05-12"],
])])
text("case-numbers-damaged-csv", "登记表.csv", as_csv([
    ["案号", "受援人", "承办人", "结案日期"],
    ["2024/1/1", "虚构甲", "虚构律师乙", "2024-05-06"],
    ["Jan-24", "虚构丙", "虚构律师乙", "2024-05-07"],
    ["1月12日", "虚构丁", "虚构律师乙", "2024-05-08"],
    ['="2024012"', "虚构戊", "虚构律师乙", "2024-05-09"],
]))
text("several-people", "登记表.csv", as_csv([
    ["案号", "受援人", "承办人"],
    [no(1), "虚构甲、虚构乙", "虚构律师丙/虚构律师丁"],
    [no(2), "虚构甲，虚构乙,虚构戊;虚构己；虚构庚", "虚构律师丙\n虚构律师丁"],
    [no(3), "虚构甲等3人", "虚构律师丙"],
    [no(4), "虚构甲、虚构乙等三人", "虚构律师丙"],
    [no(5), "虚构甲、虚构乙、等3人", "虚构律师丙"],
]))
PEOPLE = [
    ["案号", "案由", "受援人", "身份证号", "电话", "性别", "承办人"],
    [no(1), "劳动报酬", "虚构甲", "11010519491231002X", "13800000001", "女", "虚构律师乙"],
    ["", "", "虚构丙", "110105194912310046", "13800000002", "女", ""],
    ["", "", "虚构丁", "", "13800000003", "男", ""],
    [no(2), "工伤", "虚构戊", "", "", "", "虚构律师己"],
]
book("several-rows-merged", "登记表.xlsx", [("表", PEOPLE)], ["A2:A4", "B2:B4", "G2:G4"])
REPEATED = [PEOPLE[0]] + [[no(1), "劳动报酬"] + row[2:6] + ["虚构律师乙"] for row in PEOPLE[1:4]] + [
    [no(2), "工伤", "虚构戊", "", "", "", "虚构律师己"],
    [no(2), "工伤", "虚构戊", "", "", "", "虚构律师庚"],
]
text("several-rows-repeated", "登记表.csv", as_csv(REPEATED))
text("several-rows-unmerged", "登记表.csv", as_csv(PEOPLE))

# --- columns ---------------------------------------------------------------------------------------------------------------------
text("columns-doubled", "登记表.csv", as_csv([
    ["案号", "结案日期", "办结时间", "受援人", "受援人姓名"],
    [no(1), "2024-05-06", "2024.5.6", "虚构甲", "虚构甲"],
    [no(2), "2024-05-06", "2024-05-07", "虚构甲", "虚构乙"],
]))
text("columns-settings", "登记表.csv", as_csv([
    ["案号", "承办人", "", "审批\n时间", "申请审批表\n（有 无）", "内部编号", "备  注", "经办"],
    ["", "姓名", "电话", "", "", "", "", ""],
    [no(1), "虚构律师乙", "13800000001", "2024-03-01", "有", "A-1", "不看", "虚构丙"],
]))
text("columns-settings", "audit.toml", """year = 2024
[columns]
"审批时间" = "accepted_on"            # overrides the alias of decided_on
"申请审批表(有无)" = "review_form"
"承办人 电话" = "officer_phone"       # a two-row header
"备注" = "-"                          # known, but not used here
"内部编号" = "-"
""")
text("columns-closest", "登记表.csv", as_csv([
    ["案号", "结案的时间", "承办律师名字", "受援人类型", "决定援助日期", "律所名", "身份证件号", "快递单号", "对方当事人", "车牌号", "身高"],
    [no(1), "2024-05-06", "虚构律师乙", "农民工", "2024-03-01", "虚构律所", "", "", "虚构丙", "", ""],
]))

# --- several registers -------------------------------------------------------------------------------------------------------------
text("registers-contradict", "一月登记表.csv", as_csv([["案号", "受援人", "结案日期"], [no(1), "虚构甲", "2024-05-06"], [no(2), "虚构乙", "2024-05-07"]]))
text("registers-contradict", "归档登记表.csv", as_csv([["案号", "结案日期", "归档日期"], [no(1), "2024-05-16", "2024-05-20"], [no(2), "2024.5.7", "2024-05-21"]]))

OLD = [["案号", "受援人", "结案日期"], [no(1), "虚构甲", "2024-05-06"], [no(2), "虚构乙", "2024-05-07"], [no(3), "虚构丙", "2024-05-08"]]
text("registers-corrected", "登记表.csv", as_csv(OLD))
text("registers-corrected", "登记表（更正）.csv", as_csv([OLD[0], [no(1), "虚构甲", "2024-05-16"], [no(2), "虚构乙", "2024-05-17"]]))
text("registers-corrected", "登记表（再次更正）.csv", as_csv([OLD[0], [no(2), "虚构乙", "2024-05-27"]]))
text("registers-corrected", "audit.toml", """year = 2024
[[register]]
path = "登记表（更正）.csv"
supersedes = "登记表.csv"
[[register]]
path = "登记表（再次更正）.csv"
supersedes = ["登记表（更正）.csv", "登记表.csv"]
""")

# --- other programs --------------------------------------------------------------------------------------------------------------------
def old_excel(name, file, rows, merges):
    import xlwt

    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("2024年")
    inside = {(r, c) for r1, r2, c1, c2 in merges for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)}
    for r1, r2, c1, c2 in merges:
        sheet.write_merge(r1, r2, c1, c2, rows[r1][c1])
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if (r, c) not in inside and value != "":
                sheet.write(r, c, value)
    made.save(at(name, file))


def convert(name, source, target, form):
    """Converts with LibreOffice, which writes merges, dates and shared strings its own way."""
    folder = os.path.dirname(at(name, target))
    with tempfile.TemporaryDirectory() as made:
        subprocess.run(["soffice", "--headless", "--convert-to", form, "--outdir", made, source], check=True, capture_output=True)
        [only] = os.listdir(made)
        shutil.move(os.path.join(made, only), os.path.join(folder, target))


old_excel("header-two-rows-xls", "登记表.xls", TWO_ROWS, [(0, 0, 0, 11), (2, 3, 0, 0), (2, 3, 1, 1), (2, 2, 2, 4), (2, 2, 5, 6), (2, 2, 7, 8), (2, 2, 9, 10),
                                                      (2, 3, 11, 11)])
if shutil.which("soffice"):
    merged = at("header-two-rows-merged", "登记表.xlsx")
    convert("header-two-rows-ods", merged, "登记表.ods", "ods")
    convert("header-two-rows-libreoffice", merged, "登记表.xlsx", "xlsx:Calc MS Excel 2007 XML")
    convert("header-two-rows-html", merged, "登记表.xls", "html")
    convert("several-rows-ods", at("several-rows-merged", "登记表.xlsx"), "登记表.ods", "ods")

# --- a national export ---------------------------------------------------------------------------------------------------------------
NOTE = "仿全国系统导出，列名未经核实（虚构数据）"
LIST = ["序号", "案号", "案件流水号", "受援人姓名", "受援人电话", "案件类型", "法律援助类型", "案由", "援助方式", "申请时间", "状态", "签收人", "承办机构", "承办人",
        "归档时间", "当前承办阶段"]
FORM = ["姓名", "性别", "证件类型", "证件号码", "出生日期", "民族", "国籍", "户籍地", "住所地", "文化程度", "电话", "工作单位", "人群类别", "经济困难情形", "文书送达方式",
        "是否代理申请", "代理人", "案件来源", "案件年号", "期号", "事项类型", "案由", "法律状态", "法律地位", "案情概述", "是否群体案件", "涉及人数", "是否典型案件", "羁押状态",
        "羁押地", "通知（商请）原因", "通知机关名称", "通知函号", "办案人员", "办案人员电话", "受理日期", "审查时间", "诉讼阶段", "涉嫌罪名", "开庭时间", "开庭地点", "审理机关",
        "承办律所", "承办律师", "办理过程", "第三方评分", "补贴领取", "是否归档", "案号"]
PAID = ["序号", "案号", "受援人", "案由", "承办机构", "承办人", "补贴标准", "异地补贴费", "翻译费", "其他费用（理由）", "减发（理由）", "实际补贴金额", "补贴发放状态"]
FORM_ROW = ["虚构甲", "女", "居民身份证", "11010519491231002X", "1949-12-31", "汉族", "中国", "云岭市东岭区", "云岭市东岭区", "初中", "13800000001", "虚构单位", "农民工；妇女",
            "低保", "直接送达", "否", "", "申请", "2024", "000001", "请求支付劳动报酬", "劳动报酬", "原告", "原告", "虚构案情", "否", "1", "否", "", "", "", "", "", "", "",
            "2024-02-26", "2024-03-01", "", "", "2024-04-10 09:00:00", "第一法庭", "东岭区人民法院（虚构）", "虚构律师事务所", "虚构律师乙", "虚构经过", "95", "是", "是",
            no(1)]
book("national-export", "案件列表.xlsx", [("仿导出", [
    [NOTE], LIST,
    [1, no(1), "2024000001", "虚构甲", "13800000001", "民事诉讼", "申请类", "劳动报酬", "诉讼代理", "2024-02-26 10:12:33", "归档完成", "虚构律师乙", "虚构律师事务所", "虚构律师乙",
     "2024-05-20 00:00:00", "结案"],
    [2, no(1, "刑"), "2024000002", "虚构丙", "", "刑事（通知类）", "通知类", "盗窃", "刑事辩护", "2024-03-01 09:00:00", "承办中", "虚构律师丁", "虚构律师事务所", "虚构律师丁", "", "审判"],
])])
book("national-export", "登记信息.xlsx", [("仿导出", [[NOTE], FORM, FORM_ROW])])
book("national-export", "补贴发放.xlsx", [("仿导出", [
    [NOTE], PAID,
    [1, no(1), "虚构甲", "劳动报酬", "虚构律师事务所", "虚构律师乙", 1500, 0, 0, "", "", 1500, "已发放"],
    ["合计", "", "", "", "", "", "", "", "", "", "", 1500, ""],
])])
