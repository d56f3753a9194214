"""Makes the Word documents here through LibreOffice, from HTML and from flat ODT (all persons and offices 虚构): python3 make.py"""
import os
import subprocess
import tempfile

FORM = """<html><head><meta charset="utf-8"></head><body><p align="center">云岭市东岭区法律援助中心</p>
<p align="center"><b>法 律 援 助 申 请 表</b></p><p>编号：{no}</p>
<table border="1">
<tr><td>姓名</td><td>{name}</td><td>性别</td><td>{sex}</td><td>出生日期</td><td>{birth}</td></tr>
<tr><td>身份证号</td><td colspan="3">{id}</td><td>联系电话</td><td>{phone}</td></tr>
<tr><td>住址</td><td colspan="5">{home}</td></tr>
<tr><td>申请日期</td><td colspan="2">{applied}</td><td>案由</td><td colspan="2">{cause}</td></tr>
<tr><td>案情简介</td><td colspan="5">{story}</td></tr></table>
<p>申请人（签名）：{sign}</p><p>{day}</p></body></html>"""

BLANK = dict.fromkeys("no name sex birth id phone home applied cause story sign".split(), "") | {"day": "&emsp;&emsp;年&emsp;&emsp;月&emsp;&emsp;日"}
FILLED = {
    "no": "东岭援申〔2024〕12号", "name": "丁一禾", "sex": "女", "birth": "1990年3月7日", "id": "110101199003070028", "phone": "13900001234",
    "home": "云岭市东岭区幸福路12号", "applied": "2024年3月1日", "cause": "追索劳动报酬", "sign": "丁一禾", "day": "2024年3月1日",
    "story": "<p>2023年5月起在云岭市某建筑工地做木工，约定每天工资三百二十元，十二月停工后一直没有结清。</p><p>经多次催要，对方出具欠条一张，但仍未支付。</p>",
}

# A text box, a deletion that is tracked, a header and a page break: what HTML cannot say.
ODT = """<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"/>
<style:header-style/></style:page-layout><style:style style:name="B" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"><style:header><text:p>云岭市法律援助文书</text:p></style:header></style:master-page></office:master-styles>
<office:body><office:text><text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>甲</dc:creator><dc:date>2024-03-05T00:00:00</dc:date></office:change-info><text:p>以前的话</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p>谈话笔录</text:p><text:p>时间：2024年3月5日9时30分</text:p>
<text:p>承办律师：李明<text:tab/>受援人：丁一禾</text:p>
<text:p>问：你应当如实陈<text:change text:change-id="c1"/>述。</text:p>
<text:p>答：<draw:frame text:anchor-type="paragraph" svg:width="6cm"><draw:text-box fo:min-height="1cm"><text:p>框中的话</text:p></draw:text-box></draw:frame>听清楚了。</text:p>
<text:p text:style-name="B">受援人签名：</text:p><text:p>2024年3月5日</text:p></office:text></office:body></office:document>"""


def convert(name, ending, text):
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, f"{name}.{ending}")
        with open(source, "w", encoding="utf-8") as f:
            f.write(text)
        to = "docx:MS Word 2007 XML"
        take = ["--infilter=HTML (StarWriter)"] if ending == "html" else []
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", *take, "--convert-to", to, "--outdir", ".", source], check=True)


convert("blank", "html", FORM.format(**BLANK))
convert("filled", "html", FORM.format(**FILLED))
convert("note", "fodt", ODT)
