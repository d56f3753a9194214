"""Draws a page of an interview note (虚构) as a scan would show it: needs Pillow and Noto CJK. Run here: python3 make.py"""
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONT = "NotoSerifCJK-Regular.ttc"
LINES = [
    "时间：2024年3月5日9时30分至10时20分",
    "谈话人：李明        记录人：王芳",
    "问：你应当如实陈述，听清楚了吗？",
    "答：听清楚了，我一定如实陈述。",
    "受援人（签名）：            年   月   日",
]

image = Image.new("L", (1240, 760), 252)
draw = ImageDraw.Draw(image)
try:
    text, title = ImageFont.truetype(FONT, 32, index=2), ImageFont.truetype(FONT, 46, index=2)
except OSError:
    FONT = "NotoSansCJK-Regular.ttc"
    text, title = ImageFont.truetype(FONT, 32, index=2), ImageFont.truetype(FONT, 46, index=2)
draw.text((480, 90), "谈 话 笔 录", font=title, fill=20)
for i, line in enumerate(LINES):
    draw.text((130, 230 + i * 90), line, font=text, fill=25)
image = image.filter(ImageFilter.GaussianBlur(0.5)).quantize(16)
image.save("note.png", dpi=(150, 150), optimize=True)
