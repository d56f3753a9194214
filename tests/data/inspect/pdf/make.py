"""Makes the PDFs of this folder with programs that are not ours: python3 make.py FONT
Needs pymupdf, pikepdf, img2pdf, reportlab, pillow, and soffice (LibreOffice). FONT is a TrueType font with Chinese characters.
All names and numbers are invented (虚构)."""
import io
import os
import subprocess
import sys
import tempfile

import img2pdf
import pikepdf
import pymupdf
from PIL import Image, ImageDraw
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

HERE = os.path.dirname(os.path.abspath(__file__))
FONT = sys.argv[1]
TEXT = "云岭市东岭区法律援助中心\n给予法律援助决定书\n东岭援民〔2024〕12号\n受援人：赵某某（虚构）\n签名：\n年  月  日\n"


def to(name):
    return os.path.join(HERE, name)


def paper(dpi, mode="L", lines=18, seal=False):
    """A page of lines of blocks, as writing looks from far."""
    size = (round(210 / 25.4 * dpi), round(297 / 25.4 * dpi))
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for row in range(lines):
        y = size[1] // 12 + row * size[1] // 24
        for column in range(22):
            x = size[0] // 10 + column * size[0] // 28
            if (row * 7 + column * 3) % 11:
                draw.rectangle((x, y, x + size[0] // 40, y + size[1] // 60), fill="black")
    if seal:
        r = size[0] // 10
        draw.ellipse((size[0] * 6 // 10, size[1] * 7 // 10, size[0] * 6 // 10 + 2 * r, size[1] * 7 // 10 + 2 * r), outline="red", width=r // 6)
    return image.convert(mode)


def jpeg(image, dpi, quality=30):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, dpi=(dpi, dpi))
    return out.getvalue()


def png(image, dpi):
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(dpi, dpi), optimize=True)
    return out.getvalue()


def a4(*images):
    layout = img2pdf.get_layout_fun((img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297)))
    return img2pdf.convert(list(images), layout_fun=layout, nodate=True)


def put(name, data):
    with open(to(name), "wb") as f:
        f.write(data)


def scans():
    grey = jpeg(paper(100), 100)
    colour = jpeg(paper(100, "RGB", seal=True), 100)
    empty = jpeg(Image.new("L", (827, 1169), 250), 100)
    # Three pages by img2pdf: grey, colour with a seal, blank.
    put("scans.pdf", a4(grey, colour, empty))
    # Other ways to pack a picture: fax, indexed and RGB behind deflate with predictors, JPEG 2000.
    tiff = io.BytesIO()
    paper(200).convert("1").save(tiff, "TIFF", compression="group4", dpi=(200, 200))
    jpx = io.BytesIO()
    paper(72, "RGB", seal=True).save(jpx, "JPEG2000", quality_mode="rates", quality_layers=[60])
    palette = paper(72, "RGB", seal=True).quantize(8)
    put("packed.pdf", a4(tiff.getvalue(), png(palette, 72), png(paper(72, "RGB", seal=True), 72), jpx.getvalue()))
    # The same, tiny, for fuzzing.
    tiff = io.BytesIO()
    paper(30).convert("1").save(tiff, "TIFF", compression="group4", dpi=(30, 30))
    jpx = io.BytesIO()
    paper(12, "RGB", seal=True).save(jpx, "JPEG2000", quality_mode="rates", quality_layers=[30])
    put("tiny.pdf", a4(tiff.getvalue(), png(paper(15, "RGB", seal=True).quantize(8), 15), png(paper(12, "RGB"), 12), jpx.getvalue(), jpeg(paper(20), 20)))
    # A page turned by a tag, one cut out of a larger one, one in large units, one of strips; by pymupdf.
    d = pymupdf.open()
    p = d.new_page(width=595, height=842)
    p.insert_image(p.rect, stream=grey)
    p.set_rotation(90)
    p = d.new_page(width=800, height=1000)
    p.insert_image(pymupdf.Rect(100, 100, 695, 942), stream=grey)
    p.set_cropbox(pymupdf.Rect(100, 100, 695, 942))
    p = d.new_page(width=297.5, height=421)
    p.insert_image(p.rect, stream=grey)
    d.xref_set_key(p.xref, "UserUnit", "2")
    p = d.new_page(width=595, height=842)
    for i in range(4):
        strip = paper(100).crop((0, i * 292, 827, i * 292 + 292))
        p.insert_image(pymupdf.Rect(0, i * 210.5, 595, i * 210.5 + 210.5), stream=jpeg(strip, 100))
    p = d.new_page(width=595, height=842)
    p.insert_image(pymupdf.Rect(50, 50, 150, 150), stream=grey)
    p.insert_text((60, 300), TEXT, fontname="china-s", fontsize=12)
    d.new_page(width=595, height=842)
    d.save(to("shapes.pdf"), garbage=3, no_new_id=True)


def texts():
    d = pymupdf.open()
    p = d.new_page(width=595, height=842)
    p.insert_text((60, 80), TEXT, fontname="china-s", fontsize=12)
    d.save(to("text-mupdf.pdf"), deflate=True, no_new_id=True)
    d = pymupdf.open()
    p = d.new_page(width=595, height=842)
    p.insert_text((60, 80), TEXT, fontname="F0", fontfile=FONT, fontsize=12)
    d.subset_fonts()
    whole = d.tobytes(garbage=4, deflate=True, no_new_id=True)
    put("text-subset.pdf", whole)
    with pikepdf.open(io.BytesIO(whole)) as p:
        for o in p.objects:
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font" and "/ToUnicode" in o:
                del o["/ToUnicode"]
        p.save(to("text-unknown.pdf"), deterministic_id=True)
    # By reportlab: fonts that are not in the file, columns, a field, a rule and a box.
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    c = canvas.Canvas(to("text-reportlab.pdf"), pagesize=(210 * mm, 297 * mm), invariant=1)
    c.setFont("STSong-Light", 14)
    for i, line in enumerate(["法律援助申请表", "姓名：钱某某（虚构）", "签名："]):
        c.drawString(30 * mm, (270 - 10 * i) * mm, line)
    c.drawString(90 * mm, 260 * mm, "性别：女")
    c.drawString(90 * mm, 250 * mm, "年")
    c.drawString(110 * mm, 250 * mm, "月")
    c.drawString(130 * mm, 250 * mm, "日")
    c.setFont("Helvetica", 10)
    c.drawString(30 * mm, 230 * mm, "Total: 1,234.50")
    c.rect(25 * mm, 220 * mm, 160 * mm, 60 * mm)
    c.line(25 * mm, 245 * mm, 185 * mm, 245 * mm)
    c.acroForm.textfield(name="number", value="NO. 2024-0012", x=30 * mm, y=205 * mm, width=60 * mm, height=8 * mm)
    c.showPage()
    # A drawn signature is a curve.
    c.bezier(30 * mm, 50 * mm, 40 * mm, 70 * mm, 50 * mm, 30 * mm, 60 * mm, 50 * mm)
    c.showPage()
    c.save()
    # A stamp on a page of text, and ink on an empty one.
    d = pymupdf.open()
    p = d.new_page(width=595, height=842)
    p.insert_text((60, 80), "送达回证", fontname="china-s", fontsize=12)
    p.add_stamp_annot(pymupdf.Rect(300, 100, 400, 150), stamp=0)
    p = d.new_page(width=595, height=842)
    p.add_ink_annot([[(100, 100), (120, 130), (140, 90)]])
    p = d.new_page(width=595, height=842)
    p.insert_text((60, 80), "见附件", fontname="china-s", fontsize=12)
    p.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(50, 60, 150, 90), "uri": "https://example.org/"})
    d.set_toc([[1, "法律援助申请表", 1], [2, "身份证明", 2], [1, "送达回证", 3]])
    d.save(to("marks.pdf"), garbage=3, deflate=True, no_new_id=True)


def office():
    """By LibreOffice: PDF/A with headings as its table of contents."""
    html = "<html><head><meta charset='utf-8'></head><body><h1>法律援助申请表</h1><p>受援人：孙某某（虚构）</p><table border=1><tr><td>案号</td><td>东岭援民〔2024〕7号</td></tr><tr><td>签名</td><td></td></tr></table><h1 style='page-break-before:always'>委托代理合同</h1><p>2024年3月5日</p></body></html>"
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "office.html")
        open(source, "w", encoding="utf-8").write(html)
        options = 'writer_web_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},"ExportBookmarks":{"type":"boolean","value":"true"}}'
        subprocess.run(["soffice", "--headless", "--infilter=HTML (StarWriter)", "--convert-to", "odt", "--outdir", folder, source], check=True, timeout=120)
        options = options.replace("writer_web", "writer")
        subprocess.run(["soffice", "--headless", "--convert-to", "pdf:" + options, "--outdir", folder, os.path.join(folder, "office.odt")], check=True, timeout=120)
        put("office-pdfa.pdf", open(os.path.join(folder, "office.pdf"), "rb").read())


def locked():
    d = pymupdf.open()
    for i in range(2):
        d.new_page(width=595, height=842).insert_text((60, 80), f"{i + 1} 民事判决书", fontname="china-s", fontsize=12)
    small = io.BytesIO(d.tobytes(garbage=3, deflate=True, no_new_id=True))
    with pikepdf.open(small) as p:
        p.save(to("locked.pdf"), encryption=pikepdf.Encryption(user="abc", owner="def", R=6))
        p.save(to("restricted-aes.pdf"), encryption=pikepdf.Encryption(user="", owner="def", R=6))
        p.save(to("restricted-rc4.pdf"), encryption=pikepdf.Encryption(user="", owner="def", R=3, aes=False, metadata=False))
        p.save(to("linear.pdf"), linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)


def bases():
    """What the tests damage: scans, text, and objects in streams, of pages that differ."""
    d = pymupdf.open()
    for i in range(5):
        p = d.new_page(width=595, height=842)
        p.insert_image(p.rect, stream=jpeg(paper(30, lines=6 + i), 30))
    d.save(to("base-scan.pdf"), no_new_id=True)
    d.save(to("base-streams.pdf"), garbage=3, use_objstms=1, no_new_id=True)
    d = pymupdf.open()
    for i in range(4):
        d.new_page(width=595, height=842).insert_text((60, 80), f"第{i + 1}页\n" + TEXT, fontname="china-s", fontsize=12)
    d.save(to("base-text.pdf"), deflate=True, no_new_id=True)


for make in (scans, texts, office, locked, bases):
    make()
for name in sorted(os.listdir(HERE)):
    print(os.path.getsize(to(name)), name)
