#!/usr/bin/env python3
"""Fills in a 卷内材料登记表 as a clerk does: 有 in every blank cell under a paper. Needs openpyxl.

    python3 .ci/fill.py FORM.xlsx
"""

import sys

import openpyxl


def main(path):
    book = openpyxl.load_workbook(path)
    sheet = book["卷内材料登记表"]
    header = next(row for row in sheet.iter_rows() if any(cell.value == "案号" for cell in row))
    titles = {cell.column: str(cell.value) for cell in header if cell.value}
    first = 1 + next(column for column, title in titles.items() if title == "结案日期")
    last = next(column for column, title in titles.items() if title.startswith("总页数"))
    filled = 0
    for row in sheet.iter_rows(min_row=header[0].row + 1):
        if isinstance(row[0].value, (int, float)):
            for cell in row[first - 1 : last - 1]:
                if cell.value is None:
                    cell.value = "有"
                    filled += 1
    book.save(path)
    print(f"{filled} cells filled in")
    return 0 if filled else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
