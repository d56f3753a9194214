"""Makes the seeds in corpus/ from the fixtures of the tests: python3 seeds.py."""
import glob
import os
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "../tests/data")


def put(target, name, data):
    folder = os.path.join(HERE, "corpus", target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as f:
        f.write(data)


def read(name):
    with open(os.path.join(DATA, name), "rb") as f:
        return f.read()


def part(book, names, target):
    with zipfile.ZipFile(os.path.join(DATA, "intake/formats", book)) as z:
        for i, name in enumerate(names):
            put(target, os.path.basename(name), bytes([i]) + z.read(name))


f = "intake/formats/"
for name in ["gbk.csv", "utf16-plain.csv", "utf8-mark.csv", "tab.xls"]:
    put("delimited", name, read(f + name)[:600])
put("delimited", "quotes.csv", b'a,b\n"1\n2",3\n"open,4\n5,6\n')
for name in ["web.xls", "libreoffice.html"]:
    put("html", name, read(f + name)[:4000])
put("html", "nested.html", "<table><tr><td rowspan=2 colspan=3>甲<table><tr><td>乙</table><td x:num=3>3<br>&nbsp;<tr hidden><th>丙".encode())
put("xml2003", "register.xml", read(f + "xml2003.xls")[:3000] + b"</Table></Worksheet></Workbook>")
put("ods", "register.fods", read(f + "libreoffice.fods")[-9000:])
put("ods", "repeats.xml", "<t:table t:name='表'><t:table-row t:number-rows-repeated='3'><t:table-cell t:number-columns-repeated='4' t:number-rows-spanned='2' o:value-type='float' o:value='2'><x:p>2<x:s x:c='3'/></x:p></t:table-cell><t:covered-table-cell/></t:table-row></t:table>".encode())
for name in ["xlwt.xls", "libreoffice.xls"]:
    put("xls", name, read(f + name))
part("binary.xlsb", ["xl/worksheets/sheet1.bin", "xl/workbook.bin", "xl/styles.bin", "xl/sharedStrings.bin", "xl/_rels/workbook.bin.rels"], "xlsb")
part("register.xlsx", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"], "xlsx")
for name in ["base-text", "linear", "locked", "marks", "restricted-aes", "restricted-rc4", "text-reportlab", "text-subset", "tiny"]:
    put("pdf", name + ".pdf", read(f"inspect/pdf/{name}.pdf"))
for name in ["binary.xlsb", "register.xlsx", "gbk.csv"]:
    put("register", name, read(f + name))
put("header", "utf8.csv", read(f + "utf8.csv"))
put("header", "web.xls", read(f + "web.xls")[:3000])
put("dossier", "one.json", '{"case_no":"东岭援民〔2024〕1号","case_type":"民事","documents":[{"title":"法律援助申请表","pages":2}],"closed_on":"2024-05-06"}'.encode())
put("dossier", "two.json", '[{"案号":"1","marks":{"F01":3}},{"案号":2,"documents":["身份证明",{"title":null}]}]'.encode())
for path in sorted(glob.glob(os.path.join(DATA, "settings/*.toml"))):
    put("settings", os.path.basename(path), open(path, "rb").read())
put("settings", "all.toml", 'title="评查"\nyear=2024\nas_of="2024-12-31"\n[scope]\nevent="filed"\nfrom=2024-01-01\n[[office]]\nname="东岭区"\naliases=["东岭"]\n[columns]\n"结案"="closed_on"\n[limits]\nmax_cells=5\n'.encode())
for name in ["shared/base.toml", "R016.toml", "many.toml"]:
    put("rubric", os.path.basename(name), read("rubric/" + name))


def parts(book, names, target):
    with zipfile.ZipFile(os.path.join(DATA, "inspect", book)) as z:
        for i, name in enumerate(names):
            put(target, name.replace("/", "-"), bytes([i]) + z.read(name))


for name in ["note", "filled"]:
    put("docx", name + ".docx", read(f"inspect/docx/{name}.docx"))
parts("docx/note.docx", ["word/document.xml", "_rels/.rels", "docProps/app.xml"], "docx")
for name in ["notice", "no-page"]:
    put("ofd", name + ".ofd", read(f"inspect/ofd/{name}.ofd"))
parts("ofd/notice.ofd", ["Doc_0/Pages/Page_0/Content.xml", "Doc_0/Document.xml", "OFD.xml", "Doc_0/DocumentRes.xml", "Doc_0/Tpls/Tpl_0/Content.xml",
                         "Doc_0/Signs/Signatures.xml"], "ofd")
for name in ["gb18030", "utf8", "utf16"]:
    put("reading", name + ".txt", read(f"inspect/text/{name}.txt"))
put("reading", "form.txt", ("法律援助申请表\n姓名\t\t性别\t男\n身份证号：110101199003070028  申请日期：二〇二四年三月五日\n编号：东岭援民〔2024〕第  号\n"
                            "案号：（2024）冀1102民初12号之一\n受援人（签名）：      年 月 日\n律师：丁一禾、李明（代）\n").encode())
