"""Makes the archives and tables that tests/it/evidence.rs reads. Run by hand: python3 make.py (needs openpyxl, xlwt).

All cases, persons and offices are invented (虚构). The archives are written by Python's zipfile, which is not the reader's library."""

import io
import struct
import zipfile
import zlib

import openpyxl
import xlwt

DAY = (2024, 5, 6, 8, 0, 0)


class Raw(zipfile.ZipInfo):
    """An entry whose name is written in the bytes and with the flags asked for."""

    def _encodeFilenameFlags(self):
        return self.raw, self.flag_bits | self.raw_flags


def entry(name, encoding="utf-8", flag=0x800, extra=b"", mode=0o100644):
    info = Raw(name, DAY)
    info.raw, info.raw_flags = name.encode(encoding), flag if not name.isascii() else 0
    info.extra, info.external_attr = extra, mode << 16
    info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
    return info


def write(path, entries):
    with zipfile.ZipFile(path, "w") as z:
        for info, content in entries:
            z.writestr(info, content)


PAPERS = ["01法律援助申请表.pdf", "02身份证明_1.jpg", "02身份证明_2.jpg", "审批卷/给予法律援助决定书.pdf", "承办卷/会见笔录/1.jpg"]

write("utf8.zip", [(entry(p), b"x" * (i + 1)) for i, p in enumerate(PAPERS)])
write("gbk.zip", [(entry("东岭援民〔2024〕2号/" + p, "gb18030", 0), b"x" * (i + 1)) for i, p in enumerate(PAPERS)])
write("mac.zip", [(entry(p, "utf-8", 0), b"x") for p in PAPERS] + [(entry("__MACOSX/._a.pdf"), b"junk")])


def unicode_path(raw, name):
    body = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x7075, len(body)) + body


infos = []
for i, p in enumerate(PAPERS):
    raw = f"paper{i}.pdf"
    info = entry(raw, extra=unicode_path(raw.encode(), p))
    infos.append((info, b"x"))
write("infozip.zip", infos)

many = []
for n in (1, 2):
    many += [(entry(f"案卷/东岭援民〔2024〕{n}号/{p}"), b"x") for p in PAPERS]
many.append((entry("案卷/第三案/dossier.json"), '{"案号": "东岭援民〔2024〕3号", "卷宗形式": "paper"}'.encode()))
many.append((entry("案卷/第三案/代理词.docx"), b"x"))
many.append((entry("案卷/东岭援民〔2024〕9号/代理词.docx"), b"x"))
many.append((entry("登记表.csv"), "案号\n".encode()))
write("many.zip", many)

hostile = [
    (entry("法律援助申请表.pdf"), b"x"),
    (entry("../../身份证明.pdf"), b"x"),
    (entry("/etc/授权委托书.pdf"), b"x"),
    (entry("C:/决定书.pdf"), b"x"),
    (entry("..\\..\\代理词.pdf"), b"x"),
    (entry("审批卷\\给予法律援助决定书.pdf"), b"x"),
    (entry("会见笔录.pdf", mode=0o120777), b"/etc/passwd"),
    (entry("里面.zip"), b"PK"),
    (entry("里面.rar"), b"Rar!"),
    (entry("结案报告表.pdf"), b"first"),
    (entry("换行\n.pdf"), b"x"),
    (entry("授权委托书.pdf"), b"locked"),
]
write("hostile.zip", hostile)
data = bytearray(open("hostile.zip", "rb").read())
# The last entry is marked as encrypted, in both of its headers.
for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
    data[data.rindex(mark) + at] |= 1
open("hostile.zip", "wb").write(data)

with zipfile.ZipFile("twice.zip", "w") as z:
    import warnings

    warnings.simplefilter("ignore")
    for text in (b"first", b"second"):
        z.writestr(entry("结案报告表.pdf"), text)

# 200 MB of nothing in a few hundred kB, and a dossier.json that claims 10 bytes.
with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
    z.writestr(entry("法律援助申请表.pdf"), b"x")
    z.writestr(entry("身份证明.pdf"), b"\0" * (1 << 20))
data = bytearray(open("bomb.zip", "rb").read())
at = data.rindex(b"PK\x01\x02") + 24
data[at : at + 4] = struct.pack("<I", 3 << 30)
open("bomb.zip", "wb").write(data)
with zipfile.ZipFile("json-bomb.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
    z.writestr(entry("dossier.json"), b" " * (4 << 20))
data = bytearray(open("json-bomb.zip", "rb").read())
for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
    i = data.index(mark) + at
    data[i : i + 4] = struct.pack("<I", 10)
open("json-bomb.zip", "wb").write(data)

whole = open("utf8.zip", "rb").read()
open("cut.zip", "wb").write(whole[: len(whole) // 2])
# An end record of 64 bits that claims a thousand million entries.
end = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 10**9, 10**9, 46, 0)
end += b"PK\x06\x07" + struct.pack("<IQI", 0, 0, 1)
end += b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
open("claims.zip", "wb").write(end)


# Lists of contents as clerks keep them.
def listing(rows):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "卷内目录"
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


LINES = [["法律援助申请表", "1-2"], ["身份证明", "3"], ["给予法律援助决定书", "4－5"], ["会见笔录", "第6页至第8页"]]
rows = [["卷内文件目录（虚构）"], ["案号：东岭援民〔2024〕1号"], ["序号", "材料名称", "起止页", "备注"]]
rows += [[i + 1, title, pages, None] for i, (title, pages) in enumerate(LINES)] + [[None, "合计", "8页", None]]
open("卷内目录.xlsx", "wb").write(listing(rows))
book = openpyxl.load_workbook(io.BytesIO(open("卷内目录.xlsx", "rb").read()))
import datetime

book.active["C4"] = datetime.date(2024, 1, 2)  # what Excel makes of 1-2
book.save("目录-日期.xlsx")
old = xlwt.Workbook()
sheet = old.add_sheet("目录")
for r, row in enumerate([["序号", "文件名称", "页码", "页数"], [1, "法律援助申请表", 1, 2], [2, "身份证明", 3, 1], [3, "代理词", 4, 6]]):
    for c, value in enumerate(row):
        sheet.write(r, c, value)
old.save("卷内文件目录.xls")
