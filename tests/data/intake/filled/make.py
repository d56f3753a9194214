"""Fills in the form that `juanping init` makes, with other programs than ours. Run by hand: python3 make.py PROGRAM
(needs openpyxl and soffice). All cases, persons and offices are invented (虚构)."""

import pathlib
import shutil
import subprocess
import sys

import openpyxl

here = pathlib.Path(__file__).parent
work = here / "work"
work.mkdir()
subprocess.run([sys.argv[1], "init", work, "--from", here / "登记表.csv"], check=True)
book = openpyxl.load_workbook(work / "卷内材料登记表.xlsx")
sheet = book["卷内材料登记表"]
head = {str(c.value).split("\n")[0]: c.column for c in sheet[4]}
rows = [r for r in range(5, sheet.max_row + 1) if isinstance(sheet.cell(r, 1).value, int)]
words = {"法律援助申请表": "有", "身份证明": "2份", "会见（谈话）笔录": 3, "代理词": "5-9", "辩护词": "√", "裁判文书": "无", "结案报告表": "×"}
for n, r in enumerate(rows):
    for title, column in head.items():
        cell = sheet.cell(r, column)
        if title in words and cell.value is None:
            cell.value = words[title]
    sheet.cell(r, head["总页数"]).value = 40 + n
    sheet.cell(r, head["卷宗形式"]).value = "纸质"
    sheet.cell(r, head["备注"]).value = "核对过"
# A clerk sorts, and puts a row at the end that no register has.
last = rows[-1] + 1
sheet.cell(last, 2).value = "东岭援民〔2024〕99号"
sheet.cell(last, head["代理词"]).value = "有"
book.save(here / "openpyxl.xlsx")
for ending in ("xlsx", "ods", "xls"):
    out = work / ending
    subprocess.run(["soffice", "--headless", "--convert-to", ending, "--outdir", out, here / "openpyxl.xlsx"], check=True)
    shutil.copy(out / f"openpyxl.{ending}", here / f"libreoffice.{ending}")
shutil.rmtree(work)
