# Edits a ledger as a person with another program would: run with the ledger and the name of the copy.
import sys, datetime, openpyxl
from openpyxl.comments import Comment
book = openpyxl.load_workbook(sys.argv[1])
sheet = book["整改台账"]
sheet.insert_cols(3)
sheet.cell(4, 3).value = "区内编号"
head = {sheet.cell(4, c).value.replace("\n", ""): c for c in range(1, sheet.max_column + 1) if sheet.cell(4, c).value}
sheet.cell(5, 3).value = 7
sheet.cell(5, head["整改措施"]).value = "已补齐（虚构）"
sheet.cell(5, head["复核日期"]).value = datetime.date(2025, 4, 20)
sheet.cell(6, head["复核日期"]).value = "2025年4月21日"
sheet.cell(5, head["问题"]).value = "没有问题"
sheet.cell(6, head["备注"]).comment = Comment("请局里核对（虚构）", "虚构")
book.save(sys.argv[2])
