#!/usr/bin/env python3
"""Forced recalculation of the workbooks of a result, compared with their cached values and with results.json.

    python3 .ci/recalc.py OUT

Needs LibreOffice (soffice, or the path in SOFFICE) and openpyxl. LibreOffice does not recalculate on conversion unless its
profile says so, and a comparison with values that were only copied would prove nothing. So a workbook with a stale value goes
first: if that value comes out unchanged, this check fails. Exit code 0: everything equal; 1: a difference, each named; 2: usage.
"""

import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path

try:
    import openpyxl
except ImportError:
    sys.exit("openpyxl is missing: pip install openpyxl")

# Data bars and the like are of no interest here.
warnings.filterwarnings("ignore", module="openpyxl")

# 0 = always recalculate files of Excel 2007 and newer.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value></prop></item>
</oor:items>
"""
ALWAYS, NEVER = 0, 1

# The smallest workbook with a formula whose cached value is wrong on purpose: 1 + 1 = 999.
STALE = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><f>SUM(A1,1)</f><v>999</v></c></row></sheetData></worksheet>',
}


class Check:
    """Differences found so far."""

    def __init__(self):
        self.faults, self.formulas, self.figures = [], 0, 0

    def fault(self, text):
        self.faults.append(text)

    def equal(self, where, got, want):
        self.figures += 1
        if not same(got, want):
            self.fault(f"{where}: {got!r}, but results.json says {want!r}")


def same(a, b):
    """Equal values; numbers up to the noise of binary fractions."""
    if isinstance(a, (int, float)) and isinstance(b, (int, float)) and not isinstance(a, bool) and not isinstance(b, bool):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
    return a == b


def soffice():
    for name in (os.environ.get("SOFFICE"), "soffice", "libreoffice"):
        if name and shutil.which(name):
            return shutil.which(name)
    sys.exit("LibreOffice is missing: install libreoffice-calc, or name it in SOFFICE")


def convert(files, folder, mode):
    """Opens and saves workbooks under a profile made for this one call."""
    folder.mkdir()
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE.format(mode=mode), encoding="utf-8")
    command = [soffice(), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", "xlsx"]
    run = subprocess.run([*command, "--outdir", str(folder), *map(str, files)], capture_output=True, text=True, timeout=1800, check=False)
    missing = [f.name for f in files if not (folder / f.name).is_file()]
    if run.returncode != 0 or missing:
        sys.exit(f"LibreOffice did not convert {missing or files}: {run.stdout}{run.stderr}")
    return [folder / f.name for f in files]


def prove(room):
    """Shows that this LibreOffice keeps a stale value when told never to recalculate, and mends it when told always to."""
    stale = room / "stale.xlsx"
    with zipfile.ZipFile(stale, "w") as book:
        for name, text in STALE.items():
            book.writestr(name, text)
    value = lambda path: openpyxl.load_workbook(path, data_only=True)["s"]["A2"].value
    kept, mended = (value(convert([stale], room / name, mode)[0]) for name, mode in (("never", NEVER), ("always", ALWAYS)))
    if (value(stale), kept, mended) != (999, 999, 2):
        sys.exit(f"the recalculation is not forced: 1 + 1 was 999, stayed {kept} without and became {mended} with recalculation")
    print("proved: a stale 1 + 1 = 999 stays without and becomes 2 with forced recalculation")


def formulas(check, name, original, fresh):
    """Compares the cached value of every formula with the recalculated one."""
    live, cached, new = (openpyxl.load_workbook(p, data_only=d) for p, d in ((original, False), (original, True), (fresh, True)))
    for sheet in live:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                check.formulas += 1
                at = cell.coordinate
                was, now = cached[sheet.title][at].value, new[sheet.title][at].value
                if was is None or not same(was, now):
                    check.fault(f"{name} {sheet.title}!{at} {cell.value}: cached {was!r}, recalculated {now!r}")
    return new


def rows(sheet):
    """Rows by what stands in their first cell; the first one counts."""
    found = {}
    for row in sheet.iter_rows(values_only=True):
        found.setdefault(row[0], row)
    return found


def table(sheet):
    """Rows of a table by their first cell, each by heading; headings stand in the fourth row."""
    heads = [str(h or "").replace("\n", "") for h in next(sheet.iter_rows(min_row=4, max_row=4, values_only=True))]
    return {row[0]: dict(zip(heads, row)) for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]}


def share(k, n):
    """A rate, or the dash that stands where there is nothing to take a share of."""
    return k / n if n else "—"


def filing(check, where, row, figures):
    titles = {"已结": "closed", "应归档": "due", "已归档": "filed", "按期": "in_time", "超期": "late", "未到期": "not_due", "未归档": "unfiled"}
    for title, key in {**titles, "缺材料": "lacking", "目录问题": "contents", "页码问题": "pages"}.items():
        check.equal(f"{where} {title}", row[title], figures[key])
    check.equal(f"{where} 归档率", row["归档率"], share(figures["filed"], figures["due"]))
    check.equal(f"{where} 按期归档率", row["按期归档率"], share(figures["in_time"], figures["due"]))


def office(check, name, book, record):
    """The workbook of an office against its record."""
    overview = rows(book["总览"])
    for rate in record["rates"]:
        low, high = share(rate["k_low"], rate["n"]), share(rate["k_high"], rate["n"])
        for got, want in zip(overview[rate["name"]][1:6], (rate["k_low"], rate["k_high"], rate["n"], low, high)):
            check.equal(f"{name} 总览 {rate['name']}", got, want)
    for grade, n in record["grades"].items():
        check.equal(f"{name} 总览 {grade}", overview[grade][1], n)
        check.equal(f"{name} 总览 {grade} 占比", overview[grade][2], share(n, record["selected"]))
    check.equal(f"{name} 总览 未定", overview["未定"][1], record["undecided"])
    check.equal(f"{name} 总览 合计", overview["合计"][1], record["selected"])
    for title, key in (("平均分", "mean"), ("中位数", "median")):
        if record[key] is not None:
            for got, want in zip(overview[title][1:3], record[key]):
                check.equal(f"{name} 总览 {title}", got, want)
    filing(check, f"{name} 归档情况统计表", table(book["归档情况统计表"])[record["name"]], record["filing"])


def summary(check, book, results):
    """总表.xlsx against every office and group."""
    offices, filed = table(book["各机构"]), table(book["归档情况统计表"])
    records = {o["name"]: o for o in results["offices"]} | {f"{g['name']}（汇总）": g for g in results["groups"]}
    for name, record in records.items():
        where, row = f"总表.xlsx {name}", offices[name]
        titles = {"登记行": "rows", "范围内": "in_scope", "并入同案": "joined", "选取评查": "selected", "等次已定": "final", "等次未定": "undecided"}
        for title, key in titles.items():
            check.equal(f"{where} {title}", row[title], record[key])
        for grade, n in record["grades"].items():
            check.equal(f"{where} {grade}", row[grade], n)
        for rate in record["rates"]:
            check.equal(f"{where} {rate['name']}件数", row[f"{rate['name']}件数"], rate["k_low"])
            check.equal(f"{where} {rate['name']}（确定）", row[f"{rate['name']}（确定）"], share(rate["k_low"], rate["n"]))
            check.equal(f"{where} {rate['name']}（最高）", row[f"{rate['name']}（最高）"], share(rate["k_high"], rate["n"]))
        filing(check, f"{where} 归档情况统计表", filed[name], record["filing"])
    if len(results["offices"]) > 1:
        for title, key in (("登记行", "rows"), ("范围内", "in_scope"), ("选取评查", "selected")):
            check.equal(f"总表.xlsx 合计 {title}", offices["合计"][title], sum(o[key] for o in results["offices"]))


def main():
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "results.json").is_file():
        print(__doc__, file=sys.stderr)
        return 2
    out = Path(sys.argv[1])
    results = json.loads((out / "results.json").read_text(encoding="utf-8"))
    files = sorted(f for f in out.glob("*.xlsx") if not f.name.startswith("~$"))
    check = Check()
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        prove(room)
        left = {o["name"]: o for o in results["offices"]}
        fresh = convert(files, room / "fresh", ALWAYS) if files else []
        for original, new in zip(files, fresh):
            book = formulas(check, original.name, original, new)
            if original.name == "总表.xlsx":
                summary(check, book, results)
                continue
            # The title in the properties ends with the name of the office, whatever the file is called.
            title = openpyxl.load_workbook(original, read_only=True).properties.title or ""
            name = next((n for n in left if title.endswith(results["batch"]["title"] + n)), None)
            if name is None:
                check.fault(f"{original.name}: belongs to no office of results.json")
            else:
                office(check, original.name, book, left.pop(name))
        for name in left:
            check.fault(f"{name}: has no workbook")
    if not any(f.name == "总表.xlsx" for f in files):
        check.fault("总表.xlsx is missing")
    if check.formulas == 0:
        check.fault("no formula at all: nothing was proved")
    for fault in check.faults:
        print(f"DIFFERENT {fault}")
    print(f"{len(files)} workbooks, {check.formulas} formulas recalculated, {check.figures} figures compared, {len(check.faults)} differences")
    return 1 if check.faults else 0


if __name__ == "__main__":
    sys.exit(main())
