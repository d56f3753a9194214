"""Makes one fictitious register (虚构) in every format that registers come in.

Run it here: python3 make.py. It needs openpyxl, xlwt and LibreOffice (soffice). The binary workbook (xlsb) is written by hand, byte by
byte, because no free program writes one; LibreOffice reads it back to see that it is one. Nothing in cargo test runs this.
"""
import datetime as dt
import html
import os
import re
import struct
import subprocess
import tempfile
import zipfile

import openpyxl
import xlwt
from openpyxl.styles import Alignment

HERE = os.path.dirname(os.path.abspath(__file__))
NAME = "2024年登记表"
TITLE = "云岭市法律援助案件登记表（虚构）"
HEAD = ["案号", "案件类型", "受援人", "受援人身份证号", "承办律师", "申请日期", "决定日期", "结案日期", "案件状态", "备注"]
D = dt.date


def case(n, kind, person, lawyer, applied, decided, closed, state="已结", note=""):
    number = f"东岭援{'民' if kind == '民事' else '刑'}〔2024〕{n}号"
    return [number, kind, person, f"99010119800101{n:03d}X", lawyer, applied, decided, closed, state, note]


CASES = [
    case(1, "民事", "甲某某", "赵某某", D(2024, 1, 5), D(2024, 1, 9), D(2024, 4, 1)),
    case(2, "民事", "乙某某", "钱某某", D(2024, 1, 8), D(2024, 1, 20), D(2024, 4, 2), note="追索劳动报酬\n第二行"),
    case(3, "刑事", "丙某某", "孙某某", D(2024, 2, 1), D(2024, 2, 2), D(2024, 5, 6)),
    # Three recipients of one case: its number and type are merged over three rows.
    case(4, "民事", "丁某某", "李某某", D(2024, 2, 5), D(2024, 2, 6), D(2024, 5, 7)),
    ["", "", "戊某某", "99010119800101104X", "", "", "", "", "", ""],
    ["", "", "己某某", "99010119800101204X", "", "", "", "", "", ""],
    case(5, "民事", "庚某某", "周某某", D(2024, 3, 1), D(2024, 3, 5), D(2024, 6, 8), note="a < b & \"c\""),
    case(6, "刑事", "辛某某", "吴某某", D(2024, 3, 5), D(2024, 3, 6), D(2024, 6, 9)),
    case(7, "民事", "壬某某", "郑某某", D(2024, 3, 9), D(2024, 3, 12), D(2024, 7, 1)),
    case(8, "民事", "癸某某", "王某某", D(2024, 4, 1), D(2024, 4, 3), "", state="在办"),
    case(9, "刑事", "子某某", "冯某某", D(2024, 4, 2), D(2024, 4, 3), D(2024, 8, 1)),
    case(10, "民事", "丑某某", "陈某某", D(2024, 5, 6), D(2024, 5, 7), D(2024, 9, 1)),
    case(11, "民事", "寅某某", "褚某某", D(2024, 5, 8), D(2024, 5, 9), D(2024, 9, 2), note="#REF!"),
    case(12, "民事", "卯某某", "卫某某", D(2024, 5, 8), D(2024, 5, 9), D(2024, 9, 3)),
]
# Rows of the sheet from 0: the title, the header, then the cases.
FIRST = 2
MERGES = [(0, 0, 0, 9)] + [(FIRST + 3, c, FIRST + 5, c) for c in (0, 1, 4, 5, 6, 7, 8)]
HIDDEN = FIRST + 8
ROWS = [[TITLE] + [""] * 9, HEAD] + CASES
SPANS = {(t, l): (b - t + 1, r - l + 1) for t, l, b, r in MERGES}
COVERED = {(r, c) for t, l, b, r2 in MERGES for r in range(t, b + 1) for c in range(l, r2 + 1)} - set(SPANS)


def path(name):
    return os.path.join(HERE, name)


def text(value):
    return value.strftime("%Y-%m-%d") if isinstance(value, dt.date) else value


def serial(day):
    return (day - D(1899, 12, 30)).days


def xlsx(name, hidden=True):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = NAME
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            if value == "":
                continue
            cell = sheet.cell(r + 1, c + 1, value)
            if isinstance(value, dt.date):
                cell.number_format = "yyyy-mm-dd"
            elif c == 3:
                cell.number_format = "@"
            if value == "#REF!":
                cell.data_type = "e"
            if "\n" in str(value):
                cell.alignment = Alignment(wrap_text=True)
    for t, l, b, r in MERGES:
        sheet.merge_cells(start_row=t + 1, start_column=l + 1, end_row=b + 1, end_column=r + 1)
    sheet.row_dimensions[HIDDEN + 1].hidden = hidden
    note = book.create_sheet("说明")
    note["A1"] = "虚构的登记表，仅供测试"
    note.sheet_state = "hidden"
    book.properties.created = book.properties.modified = dt.datetime(2024, 1, 1)
    book.save(path(name))


def by_xlwt(name):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(NAME)
    day, plain = xlwt.easyxf(num_format_str="yyyy-mm-dd"), xlwt.easyxf()
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            style = day if isinstance(value, dt.date) else plain
            if (r, c) in SPANS:
                down, across = SPANS[(r, c)]
                sheet.write_merge(r, r + down - 1, c, c + across - 1, value, style)
            elif (r, c) in COVERED or value == "":
                continue
            elif value == "#REF!":
                sheet.row(r).set_cell_error(c, "#REF!", style)
            else:
                sheet.write(r, c, value, style)
    sheet.row(HIDDEN).hidden = True
    book.save(path(name))


def soffice(source, ending, name):
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        run = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", folder, source]
        subprocess.run(run, check=True, capture_output=True, timeout=180)
        made = os.path.join(folder, os.path.splitext(os.path.basename(source))[0] + "." + ending.split(":")[0])
        with open(made, "rb") as f, open(path(name), "wb") as to:
            to.write(f.read())


def filled():
    """Rows for formats that have no merges: a clerk types or the program repeats the value."""
    rows = [list(map(text, row)) for row in ROWS]
    for (t, l), (down, across) in SPANS.items():
        for r in range(t, t + down):
            for c in range(l, l + across):
                if r > 0:
                    rows[r][c] = rows[t][l]
    return rows


def quoted(value, by):
    return '"' + value.replace('"', '""') + '"' if any(x in value for x in (by, '"', "\n")) else value


def delimited(name, encoding, by=",", mark=b""):
    lines = [by.join(quoted(v, by) for v in row) for row in filled()]
    with open(path(name), "wb") as f:
        f.write(mark + ("\r\n".join(lines) + "\r\n").encode(encoding))


def html_xls(name, encoding, declared):
    """As web systems and Excel write it: Office namespaces, classes, unquoted attributes, unclosed conditional comments."""
    out = [
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">\r\n<head>\r\n',
        f'<meta http-equiv=Content-Type content="text/html; charset={declared}">\r\n<meta name=ProgId content=Excel.Sheet>\r\n',
        '<style><!-- td {mso-number-format:"\\@"; color: red} .day {mso-number-format:"yyyy\\-mm\\-dd"} --></style>\r\n',
        "<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:Name>Sheet1</x:Name></x:ExcelWorkbook></xml><![endif]-->\r\n</head>\r\n",
        "<body>\r\n<table border=0 cellpadding=0>\r\n <col width=72>\r\n",
    ]
    for r, row in enumerate(ROWS):
        out.append(" <tr height=18 style='mso-height-source:userset;display:none'>\r\n" if r == HIDDEN else " <tr height=18>\r\n")
        for c, value in enumerate(row):
            if (r, c) in COVERED:
                continue
            down, across = SPANS.get((r, c), (1, 1))
            span = (f" colspan={across}" if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")
            if isinstance(value, dt.date):
                out.append(f'  <td{span} class=day x:num="{serial(value)}">{text(value)}</td>\r\n')
            else:
                shown = html.escape(value, quote=False).replace("\n", "<br>") or "&nbsp;"
                out.append(f"  <td{span} style='mso-number-format:\"\\@\"'>\r\n   {shown}\r\n  </td>\r\n")
        out.append(" </tr>\r\n")
    out.append(" <![if supportMisalignedColumns]>\r\n <tr height=0 style='display:none'><td width=72></td></tr>\r\n <![endif]>\r\n</table>\r\n</body>\r\n</html>\r\n")
    with open(path(name), "wb") as f:
        f.write("".join(out).encode(encoding))


def xml2003(name):
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n',
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"',
        ' xmlns:x="urn:schemas-microsoft-com:office:excel">\n',
        f' <Worksheet ss:Name="{NAME}">\n  <Table>\n',
    ]
    for r, row in enumerate(ROWS):
        out.append('   <Row ss:Hidden="1">\n' if r == HIDDEN else "   <Row>\n")
        last = -1
        for c, value in enumerate(row):
            if (r, c) in COVERED or value == "":
                continue
            down, across = SPANS.get((r, c), (1, 1))
            at = f' ss:Index="{c + 1}"' if c != last + 1 else ""
            at += (f' ss:MergeAcross="{across - 1}"' if across > 1 else "") + (f' ss:MergeDown="{down - 1}"' if down > 1 else "")
            last = c + across - 1
            if isinstance(value, dt.date):
                data = f'<Data ss:Type="DateTime">{text(value)}T00:00:00.000</Data>'
            else:
                kind = "Error" if value == "#REF!" else "String"
                data = f'<Data ss:Type="{kind}">{html.escape(value)}</Data>'.replace("\n", "&#10;")
            out.append(f"    <Cell{at}>{data}</Cell>\n")
        out.append("   </Row>\n")
    out.append("  </Table>\n </Worksheet>\n</Workbook>\n")
    with open(path(name), "w", encoding="utf-8", newline="") as f:
        f.write("".join(out))


def record(kind, data=b""):
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, n = b"", len(data)
    while True:
        size += bytes([n & 0x7F | (0x80 if n > 0x7F else 0)])
        n >>= 7
        if n == 0:
            return head + size + data


def wide(value):
    raw = value.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw


def xlsb(name):
    strings, cells = [], []
    for r, row in enumerate(ROWS):
        flags = 0x10 if r == HIDDEN else 0
        cells.append(record(0x00, struct.pack("<IIHBBBI", r, 0, 300, 0, flags, 0, 1) + struct.pack("<II", 0, 9)))
        for c, value in enumerate(row):
            at = struct.pack("<I", c)
            if value == "" or (r, c) in COVERED:
                continue
            if isinstance(value, dt.date):
                packed = (serial(value) << 2 | 2) & 0xFFFFFFFF
                cells.append(record(0x02, at + struct.pack("<I", 1) + struct.pack("<I", packed)))
            elif value == "#REF!":
                cells.append(record(0x03, at + struct.pack("<I", 0) + b"\x17"))
            else:
                if value not in strings:
                    strings.append(value)
                cells.append(record(0x07, at + struct.pack("<II", 0, strings.index(value))))
    merges = b"".join(record(0xB0, struct.pack("<IIII", t, b, l, r)) for t, l, b, r in MERGES)
    sheet = record(0x81) + record(0x94, struct.pack("<IIII", 0, len(ROWS) - 1, 0, 9)) + record(0x91) + b"".join(cells) + record(0x92)
    sheet += record(0xB1, struct.pack("<I", len(MERGES))) + merges + record(0xB2) + record(0x82)
    xf = lambda fmt: record(0x2F, struct.pack("<HHHHHBBHH", 0, fmt, 0, 0, 0, 0, 0, 0x1010, 1 if fmt else 0))
    font = record(0x2B, struct.pack("<HHHHBBBBBBBBB", 220, 0, 400, 0, 0, 2, 134, 0, 7, 1, 0, 0, 0) + b"\xff\x02" + wide("宋体"))
    fill = record(0x2D, struct.pack("<I", 0) + b"\x03\x40\x00\x00\x00\x00\x00\xff\x03\x41\x00\x00\xff\xff\xff\xff" + b"\0" * 48)
    border = record(0x2E, b"\0" * 51)
    styles = record(0x0116) + record(0x0267, struct.pack("<I", 1)) + record(0x2C, struct.pack("<H", 176) + wide("yyyy-mm-dd")) + record(0x0268)
    styles += record(0x0263, struct.pack("<I", 1)) + font + record(0x0264) + record(0x025B, struct.pack("<I", 1)) + fill + record(0x025C)
    styles += record(0x0265, struct.pack("<I", 1)) + border + record(0x0266)
    styles += record(0x0272, struct.pack("<I", 1)) + record(0x2F, struct.pack("<HHHHHBBHH", 0xFFFF, 0, 0, 0, 0, 0, 0, 0x1010, 0)) + record(0x0273)
    styles += record(0x0269, struct.pack("<I", 2)) + xf(0) + xf(176) + record(0x026A) + record(0x0117)
    book = record(0x83) + record(0x99, struct.pack("<III", 0, 0, 0)) + record(0x8F)
    book += record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide(NAME)) + record(0x90) + record(0x84)
    table = record(0x9F, struct.pack("<II", len(strings), len(strings))) + b"".join(record(0x13, b"\0" + wide(s)) for s in strings) + record(0xA0)
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    kind = lambda part, what: f'<Override PartName="/xl/{part}" ContentType="application/vnd.ms-excel.{what}"/>'
    types = kind("workbook.bin", "sheet.binary.macroEnabled.main") + kind("worksheets/sheet1.bin", "worksheet")
    types += kind("styles.bin", "styles") + kind("sharedStrings.bin", "sharedStrings")
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/_rels/workbook.bin.rels": f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{rel}/worksheet" Target="worksheets/sheet1.bin"/><Relationship Id="rId2" Type="{rel}/styles" Target="styles.bin"/><Relationship Id="rId3" Type="{rel}/sharedStrings" Target="sharedStrings.bin"/></Relationships>',
        "xl/workbook.bin": book,
        "xl/worksheets/sheet1.bin": sheet,
        "xl/styles.bin": styles,
        "xl/sharedStrings.bin": table,
    }
    with zipfile.ZipFile(path(name), "w", zipfile.ZIP_DEFLATED) as z:
        for part, data in parts.items():
            info = zipfile.ZipInfo(part, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, data)
    with tempfile.TemporaryDirectory() as folder:
        run = ["soffice", f"-env:UserInstallation=file://{folder}/p", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", folder, path(name)]
        subprocess.run(run, check=True, capture_output=True, timeout=180)
        with open(os.path.join(folder, os.path.splitext(name)[0] + ".csv"), encoding="utf-8") as f:
            seen = f.read()
        assert "东岭援民〔2024〕4号" in seen and "2024-05-07" in seen and "#REF!" in seen, seen


def main():
    xlsx("register.xlsx")
    by_xlwt("xlwt.xls")
    by_xlwt("wps.et")
    soffice(path("register.xlsx"), "xls", "libreoffice.xls")
    soffice(path("register.xlsx"), "ods", "libreoffice.ods")
    soffice(path("register.xlsx"), "fods", "libreoffice.fods")
    # Printer settings of the machine that made it and styles for printing: most of the file, and nothing of the table.
    with open(path("libreoffice.fods"), encoding="utf-8") as f:
        flat = re.sub(r"<office:(settings|styles|master-styles|font-face-decls)>.*?</office:\1>", "", f.read(), flags=re.S)
        flat = re.sub(r">\n\s+<", "><", flat)
    with open(path("libreoffice.fods"), "w", encoding="utf-8") as f:
        f.write(flat)
    # LibreOffice leaves hidden rows out of HTML.
    xlsx("libreoffice.xlsx", hidden=False)
    soffice(path("libreoffice.xlsx"), "html", "libreoffice.html")
    os.remove(path("libreoffice.xlsx"))
    xlsb("binary.xlsb")
    delimited("utf8.csv", "utf-8")
    delimited("utf8-mark.csv", "utf-8", mark=b"\xef\xbb\xbf")
    delimited("gbk.csv", "gb18030")
    delimited("utf16.csv", "utf-16-le", mark=b"\xff\xfe")
    delimited("utf16-plain.csv", "utf-16-be")
    delimited("tab.xls", "gb18030", by="\t")
    html_xls("web.xls", "gb18030", "gb2312")
    html_xls("web-utf8.xls", "utf-8", "utf-8")
    xml2003("xml2003.xls")


main()
