"""Pictures made by Pillow, ImageMagick and LibreOffice, and what Pillow says of them. All content is invented.

Run here: python3 make.py   (needs Pillow, numpy, openpyxl, soffice, pdftoppm, ImageMagick, Noto CJK fonts)
"""
import glob, io, json, os, random, subprocess, tempfile
import numpy as np
from PIL import Image, ImageDraw, ImageFont
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
WORDS = ("法律援助申请表云岭市虚构示例受援人承办律师指派决定通知书的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
         "面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样")
dice = random.Random(7)


def words(n):
    return "".join(dice.choice(WORDS) for _ in range(n))


# A small picture with a gradient, black strokes and a red block.
def small(w=203, h=149):
    a = np.zeros((h, w, 3), "uint8")
    a[..., :] = 250 - (np.arange(w) // 8)[None, :, None]
    im = Image.fromarray(a)
    d = ImageDraw.Draw(im)
    for y in range(20, h - 30, 14):
        d.rectangle((15, y, w - 60 + y % 40, y + 5), fill=(30, 30, 30))
    d.ellipse((w - 60, h - 60, w - 20, h - 20), outline=(210, 30, 40), width=9)
    return im


rgb, grey = small(), small().convert("L")
bits = grey.convert("1", dither=Image.Dither.NONE)
exif = Image.Exif()
exif[0x11A], exif[0x11B], exif[0x128], exif[0x112] = 240.0, 240.0, 2, 6
exif.get_ifd(0x8769)[0x9003] = "2024:03:05 10:20:30"
cm = Image.Exif()
cm[0x11A], cm[0x11B], cm[0x128] = 118.11, 118.11, 3

rgb.save("colour.jpg", quality=80, dpi=(300, 300))
rgb.save("full-chroma.jpg", quality=80, subsampling=0, dpi=(200, 200))
rgb.save("half-chroma.jpg", quality=80, subsampling=1)
rgb.save("progressive.jpg", quality=80, progressive=True, dpi=(300, 300))
rgb.save("restarts.jpg", quality=80, restart_marker_rows=1, dpi=(150, 150))
grey.save("grey.jpg", quality=80, dpi=(300, 300))
rgb.convert("CMYK").save("cmyk.jpg", quality=80, dpi=(300, 300))
rgb.save("exif.jpg", quality=80, exif=exif)
rgb.save("exif-cm.jpg", quality=80, exif=cm)
rgb.resize((17, 9)).save("tiny.jpg", quality=80, dpi=(300, 300))
b = io.BytesIO(); rgb.save(b, "JPEG", quality=80, dpi=(300, 300)); b = bytearray(b.getvalue())
b[13] = 2; b[14:18] = bytes([0, 118, 0, 118]); open("centimetre.jpg", "wb").write(b)

rgb.save("colour.png", dpi=(300, 300))
grey.save("grey.png", dpi=(200, 200))
bits.save("bits.png", dpi=(300, 300))
rgb.quantize(16).save("palette.png")
grey.quantize(4).convert("RGB").quantize(4).save("grey-palette.png")
rgb.convert("RGBA").save("alpha.png", dpi=(96, 96), exif=exif)
Image.fromarray(np.asarray(grey).astype("uint16") * 257).save("deep.png")
subprocess.run(["convert", "colour.png", "-interlace", "PNG", "-density", "300", "-units", "PixelsPerInch", "interlaced.png"], check=True)

bits.save("g4.tif", compression="group4", dpi=(300, 300))
bits.save("g3.tif", compression="group3", dpi=(300, 300))
bits.save("raw-bits.tif", dpi=(300, 300))
grey.save("lzw.tif", compression="tiff_lzw", dpi=(200, 200))
rgb.save("deflate.tif", compression="tiff_adobe_deflate", dpi=(300, 300))
rgb.save("packbits.tif", compression="packbits", dpi=(300, 300))
rgb.save("jpeg.tif", compression="jpeg", quality=80, dpi=(300, 300))
rgb.quantize(16).save("palette.tif", compression="tiff_lzw", dpi=(300, 300))
rgb.convert("CMYK").save("cmyk.tif", compression="tiff_lzw", dpi=(300, 300))
bits.save("pages.tif", save_all=True, append_images=[bits.rotate(180), Image.new("1", bits.size, 1)], compression="group4", dpi=(300, 300))
subprocess.run(["convert", "lzw.tif", "-endian", "MSB", "-compress", "LZW", "-define", "tiff:tile-geometry=64x64", "tiles.tif"], check=True)
subprocess.run(["convert", "lzw.tif", "-compress", "Zip", "TIFF64:big.tif"], check=True)
subprocess.run(["convert", "g4.tif", "-compress", "Group4", "-define", "tiff:fill-order=lsb", "lsb.tif"], check=True)

# Without compression: smaller.
less = rgb.crop((100, 80, 201, 149))
bits.save("bits.bmp", dpi=(300, 300))
less.convert("L").save("grey.bmp", dpi=(200, 200))
less.quantize(16).save("palette.bmp")
less.save("colour.bmp", dpi=(300, 300))
less.convert("RGBA").save("alpha.bmp", dpi=(300, 300))
subprocess.run(["convert", "colour.bmp", "BMP2:old.bmp"], check=True)

rgb.save("lossy.webp", quality=70)
rgb.save("lossless.webp", lossless=True)
rgb.save("exif.webp", quality=70, exif=exif)

# What Pillow sees: pixels, mode, and mean brightness of each frame.
seen = {}
for name in sorted(f for e in ("jpg", "png", "tif", "bmp", "webp") for f in glob.glob("*." + e)):
    im = Image.open(name)
    frames = []
    for n in range(getattr(im, "n_frames", 1)):
        im.seek(n)
        flat = im
        if im.mode == "RGBA":
            flat = Image.new("RGB", im.size, "white"); flat.paste(im, mask=im.split()[3])
        if im.mode.startswith("I"):
            flat = Image.fromarray((np.asarray(im) // 257).astype("uint8"))
        frames.append([im.width, im.height, round(float(np.asarray(flat.convert("RGB").convert("L")).mean()), 1)])
    seen[name] = frames
json.dump(seen, open("seen.json", "w"), indent=0)

# Pages as LibreOffice lays them out, at 75 dpi in 16 greys.
box = Border(*[Side("thin")] * 4)


def sheet(folder, name, rows, widths, size, height, border=True, title=None):
    wb = Workbook(); ws = wb.active
    if title:
        ws.append([title]); ws.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(widths))
        ws["A1"].alignment = Alignment("center"); ws["A1"].font = Font("Noto Serif CJK SC", 18)
    for r in rows:
        ws.append(r)
    for i, w in enumerate(widths):
        ws.column_dimensions[chr(65 + i)].width = w
    for row in ws.iter_rows(min_row=2 if title else 1):
        ws.row_dimensions[row[0].row].height = height
        for c in row:
            c.font = Font("Noto Serif CJK SC", size); c.alignment = Alignment(wrap_text=True, vertical="center")
            if border:
                c.border = box
    ws.page_setup.paperSize = 9; ws.page_setup.fitToWidth = 1; ws.page_setup.fitToHeight = 0
    ws.sheet_properties.pageSetUpPr = __import__("openpyxl").worksheet.properties.PageSetupProperties(fitToPage=True)
    wb.save(f"{folder}/{name}.xlsx")


def keep(im, name):
    im = im.convert("L").resize((620, 877), Image.Resampling.BOX).point(lambda v: v // 17 * 17)
    im.quantize(16, dither=Image.Dither.NONE).save(name, optimize=True)


with tempfile.TemporaryDirectory() as t:
    sheet(t, "text", [[words(dice.randint(60, 150))] for _ in range(9)], [90], 12, 70, False, "谈话笔录（虚构）")
    sheet(t, "form", [[words(4), words(dice.randint(2, 9)), words(4), words(dice.randint(2, 10))] for _ in range(16)], [18, 28, 18, 28], 12, 30, True, "法律援助申请表（虚构）")
    sheet(t, "grid", [[words(1) for _ in range(16)] for _ in range(30)], [5] * 16, 12, 22)
    sheet(t, "upright", [[words(dice.randint(5, 8)) for _ in range(14)] for _ in range(3)], [3.5] * 14, 12, 220)
    sheet(t, "numbers", [[dice.randint(1, 99999) for _ in range(8)] for _ in range(30)], [11] * 8, 11, 18)
    sheet(t, "letter", [[words(12) + "："], ["　　" + words(80)], ["　" * 26 + words(9)]], [90], 14, 50, False, "指派通知书（虚构）")
    files = sorted(glob.glob(t + "/*.xlsx"))
    subprocess.run(["soffice", f"-env:UserInstallation=file://{t}/lo", "--headless", "--convert-to", "pdf", "--outdir", t] + files, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for f in files:
        stem = f[:-5]
        subprocess.run(["pdftoppm", "-r", "150", "-gray", "-f", "1", "-l", "1", "-png", "-singlefile", stem + ".pdf", stem], check=True)
        keep(Image.open(stem + ".png"), "page-" + os.path.basename(stem) + ".png")
