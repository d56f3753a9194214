"""Makes the score sheets of this folder: the same marks, saved by openpyxl, and by LibreOffice in three formats. All names are invented (虚构).

    python3 make.py && soffice --headless --convert-to ods --outdir . pages-openpyxl.xlsx && mv pages-openpyxl.ods pages-libreoffice.ods
    soffice --headless --convert-to xls:"MS Excel 97" --outdir . pages-openpyxl.xlsx && mv pages-openpyxl.xls pages-libreoffice.xls
    soffice --headless --convert-to xlsx --outdir /other/folder pages-openpyxl.xlsx, moved here as pages-libreoffice.xlsx
    the same with ods for grid-openpyxl.xlsx, moved here as grid-libreoffice.ods
"""

from datetime import date

from openpyxl import Workbook

IDENTITY = [
    ["kind", "juanping-score-sheet"],
    ["format", "1"],
    ["batch", "云岭市2024年度评查（虚构）"],
    ["frame", "f" * 64],
    ["reviewer", "Z01"],
    ["layout", "pages"],
    ["rubric", "legal-aid-civil", "1", "a" * 64],
    ["page", "001", "1", "东岭援民〔2024〕1号", "", "legal-aid-civil", "F01 F02 F03 V01", "K01 K02"],
    ["page", "002", "1", "东岭援民〔2024〕2号", "", "legal-aid-civil", "F01 F02 F03 V01", "K01 K02"],
]
CRITERIA = {
    # id: 扣分, 扣分情形, 理由, 页码 of the first case, then of the second
    "F01": ((2, "材料不全", "会见笔录没有问清事实", "3-5"), (0, None, None, None)),
    "F02": ((0, None, None, None), (0.5, None, "意见不具体", "7")),
    "F03": (("不适用", None, "没有开庭", None), (None, None, None, None)),
    "K01": ((None, None, None, None), (1, None, "目录页码不对", "1")),
    "K02": ((None, None, None, None), (None, None, None, None)),
}
LINE = (("不成立", "查无实据", None), (None, None, None))
VERDICT = [
    {"亮点": "调解及时", "不足": None, "建议": "改进笔录", "评定等次": "良好", "评估专家编号": "Z01", "评定日期": date(2025, 3, 5)},
    {"亮点": None, "不足": None, "建议": None, "评定等次": None, "评估专家编号": None, "评定日期": None},
]


def identity(book, layout):
    sheet = book.create_sheet("标识")
    sheet.sheet_state = "hidden"
    for row in IDENTITY:
        sheet.append([layout if row[0] == "layout" and i == 1 else v for i, v in enumerate(row)])


def pages():
    book = Workbook()
    book.active.title = "目录"
    book.active.append(["页", "案号", "机构"])
    book.active.append(["001", "东岭援民〔2024〕1号", "东岭区"])
    for n in range(2):
        sheet = book.create_sheet(f"00{n + 1}")
        sheet.append(["案件质量评估表"])
        sheet.merge_cells("A1:I1")
        sheet.append(["案号", f"东岭援民〔2024〕{n + 1}号", None, "机构", "东岭区"])
        sheet.append(["编号", "评估指标", "分值", "机检情况", "扣分", "得分", "扣分情形", "理由", "页码"])
        for i, (key, both) in enumerate(CRITERIA.items()):
            off, situation, reason, where = both[n]
            row = sheet.max_row + 1
            sheet.append([key, f"指标{i}", 5, None, off, f"=C{row}-E{row}", situation, reason, where])
        sheet.append(["合计", None, 25, None, f"=SUM(E4:E{sheet.max_row})", None])
        sheet.append([])
        sheet.append(["编号", "红线", None, "机检提示", "决定", None, None, "理由", "页码"])
        decision, reason, where = LINE[n]
        sheet.append(["V01", "收取财物", None, "受援人反映", decision, None, None, reason, where])
        for label in ("亮点", "不足", "建议"):
            sheet.append([label, VERDICT[n][label]])
            sheet.merge_cells(start_row=sheet.max_row, start_column=2, end_row=sheet.max_row, end_column=9)
        v = VERDICT[n]
        sheet.append(["评定等次", None, v["评定等次"], "评估专家编号：", v["评估专家编号"], None, "评定日期", v["评定日期"]])
    identity(book, "pages")
    book.save("pages-openpyxl.xlsx")


def grid():
    book = Workbook()
    sheet = book.active
    sheet.title = "评分总表"
    sheet.append(["页", "案号", "机构", "诉讼阶段", "编号", "评估指标", "分值", "机检情况", "扣分", "决定", "扣分情形", "理由", "页码"])
    for n in range(2):
        lead = [f"00{n + 1}", f"东岭援民〔2024〕{n + 1}号", "东岭区", None]
        for key, both in CRITERIA.items():
            off, situation, reason, where = both[n]
            sheet.append(lead + [key, "指标", 5, None, off, None, situation, reason, where])
        decision, reason, where = LINE[n]
        sheet.append(lead + ["V01", "收取财物", None, "受援人反映", None, decision, None, reason, where])
    sheet = book.create_sheet("评定")
    sheet.append(["页", "案号"] + list(VERDICT[0]))
    for n in range(2):
        sheet.append([f"00{n + 1}", f"东岭援民〔2024〕{n + 1}号"] + list(VERDICT[n].values()))
    identity(book, "grid")
    book.save("grid-openpyxl.xlsx")


pages()
grid()
