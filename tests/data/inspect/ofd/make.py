"""Writes OFD files after GB/T 33190-2016 with nothing but the standard library, for no program at hand makes them: python3 make.py
What they hold is 虚构. So they prove that the reader follows the standard as this script understands it, not that it reads every maker's files."""
import zipfile
import struct
import zlib

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def png(width, height):
    rows = b"".join(b"\0" + bytes([255 - (y * 7 + x) % 3 for x in range(width)]) for y in range(height))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def words(number, x, y, size, text):
    """One object for a line, as makers of invoices and judgments write them."""
    steps = f"g {len(text) - 1} {size}" if len(text) > 1 else ""
    delta = f' DeltaX="{steps}"' if steps else ""
    return (f'<ofd:TextObject ID="{number}" Boundary="{x} {y} {size * len(text)} {size}" Font="3" Size="{size}">'
            f'<ofd:TextCode X="0" Y="{round(size * 0.86, 3)}"{delta}>{text}</ofd:TextCode></ofd:TextObject>')


def page(body, template=None, area=None):
    below = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    box = f"<ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area>" if area else ""
    return f'{HEAD}<ofd:Page {NS}>{below}{box}<ofd:Content><ofd:Layer ID="90" Type="Body">{body}</ofd:Layer></ofd:Content></ofd:Page>'


def single(x, y, size, text, first):
    """One object for each character, out of order, as printers to OFD write them."""
    all = [words(first + i, x + i * size, y, size, c) for i, c in enumerate(text)]
    return "".join(reversed(all))


form = page('<ofd:PathObject ID="80" Boundary="20 40 170 100"><ofd:AbbreviatedData>M 0 0 L 170 0</ofd:AbbreviatedData></ofd:PathObject>'
            + words(81, 25, 50, 4, "受援人：") + words(82, 25, 60, 4, "身份证号：") + words(83, 25, 70, 4, "指派日期："))
first = page(single(70, 20, 7, "指派通知书", 10) + words(20, 25, 38, 4, "东岭援民〔2024〕12号") + words(21, 60, 50, 4, "丁一禾")
             + words(22, 60, 60, 4, "110101199003070028") + words(23, 60, 70, 4, "2024年3月8日") + words(24, 25, 90, 4, "请你所收到本通知后，指派律师承办本案，并告知受援人权利义")
             + words(25, 25, 97, 4, "务。") + words(26, 120, 120, 4, "（印章）"), template=9)
scan = page('<ofd:ImageObject ID="30" CTM="210 0 0 297 0 0" Boundary="0 0 210 297" ResourceID="7"/>')
wide = page(words(40, 20, 20, 4, "送达回证"), area="0 0 297 210")

document = f"""{HEAD}<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>
<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes><ofd:TemplatePage ID="9" Name="form" ZOrder="Background" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>
<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/><ofd:Page ID="2" BaseLoc="Pages/Page_1/Content.xml"/><ofd:Page ID="5" BaseLoc="Pages/Page_2/Content.xml"/></ofd:Pages>
<ofd:Outlines><ofd:OutlineElem Title="送达回证"><ofd:Actions><ofd:Action Event="CLICK"><ofd:Goto><ofd:Dest Type="Fit" PageID="5"/></ofd:Goto></ofd:Action></ofd:Actions></ofd:OutlineElem></ofd:Outlines></ofd:Document>"""
listing = f"""{HEAD}<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>00000000000000000000000000000001</ofd:DocID><ofd:Creator>虚构</ofd:Creator></ofd:DocInfo>
<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>"""
res = f'{HEAD}<ofd:Res {NS} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image" Format="PNG"><ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>'
fonts = f'{HEAD}<ofd:Res {NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="宋体" FamilyName="宋体"/></ofd:Fonts></ofd:Res>'
signs = f'{HEAD}<ofd:Signatures {NS}><ofd:MaxSignId>1</ofd:MaxSignId><ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>'
sign = f'{HEAD}<ofd:Signature {NS}><ofd:SignedInfo><ofd:StampAnnot ID="1" PageRef="1" Boundary="120 110 40 40"/></ofd:SignedInfo></ofd:Signature>'

PARTS = [("OFD.xml", listing), ("Doc_0/Document.xml", document), ("Doc_0/PublicRes.xml", fonts), ("Doc_0/DocumentRes.xml", res),
         ("Doc_0/Tpls/Tpl_0/Content.xml", form), ("Doc_0/Pages/Page_0/Content.xml", first), ("Doc_0/Pages/Page_1/Content.xml", scan),
         ("Doc_0/Pages/Page_2/Content.xml", wide), ("Doc_0/Res/scan.png", png(827, 1169)), ("Doc_0/Signs/Signatures.xml", signs),
         ("Doc_0/Signs/Sign_0/Signature.xml", sign)]


def write(name, parts):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as z:
        for part, data in parts:
            info = zipfile.ZipInfo(part, (2024, 3, 8, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, data)


write("notice.ofd", PARTS)
write("no-page.ofd", [p for p in PARTS if "Page_1" not in p[0]])
with open("notice.ofd", "rb") as f:
    data = f.read()
with open("cut.ofd", "wb") as f:
    f.write(data[: len(data) * 2 // 3])
