#!/usr/bin/env python3
"""Opens papers (文书) as another program does: LibreOffice makes a PDF of each kind, and pictures of its pages.

usage: papers.py PROGRAM RESULT [PLAN]

Makes all papers of a result, and all again through their own layouts as LibreOffice saves them. Fails when a file does not open, a page
holds nothing but its header, a draft does not say 草稿 on every page, a placeholder is left, or a layout that LibreOffice saved prints other
words than the one that is built in.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def run(*args):
    done = subprocess.run([str(a) for a in args], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, args))}\n{done.stdout}{done.stderr}")
    return done.stdout


def convert(office, to, files, out):
    if files:
        run("soffice", f"-env:UserInstallation=file://{office}", "--headless", "--convert-to", to, "--outdir", out, *files)


def words(path):
    """The words of the text, a line a paragraph that has any."""
    root = ElementTree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    lines = ("".join(t.text or "" for t in p.iter(W + "t")) for p in root.iter(W + "p"))
    return [line.strip() for line in lines if line.strip()]


def look(pdf, draft, pictures):
    pages = run("pdftotext", "-layout", pdf, "-").split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        where = f"{pdf.name} page {number}"
        if draft and not re.search(r"草\s*稿", page):
            sys.exit(f"{where}: a draft that does not say so")
        if "{{" in page or "}}" in page:
            sys.exit(f"{where}: a placeholder is left")
        if len([line for line in page.splitlines() if line.strip()]) < 4:
            sys.exit(f"{where}: nothing on the page\n{page}")
    run("pdftoppm", "-r", "30", "-gray", pdf, pictures / pdf.stem)
    drawn = sorted(pictures.glob(f"{pdf.stem}-*.pgm"))
    if len(drawn) != len(pages):
        sys.exit(f"{pdf.name}: {len(pages)} pages, {len(drawn)} pictures")
    for picture in drawn:
        if sum(b < 128 for b in picture.read_bytes()[16:]) < 50:
            sys.exit(f"{picture.name}: no ink")
    return len(pages)


def main():
    program, result, plan = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    room = pathlib.Path(tempfile.mkdtemp())
    office, plans = room / "office", ["--plan", plan[0]] if plan else []
    run(program, "report", result, "--format", "docx", *plans, "-o", room / "papers")
    made = json.loads((room / "papers/文书/文书清单.json").read_text())
    forms = [f for f in made["forms"] if f["papers"]]
    if len(forms) < 2:
        sys.exit(f"only {len(forms)} forms have papers")
    first, saved, again = {}, room / "saved", room / "again"
    for form in forms:
        book = sorted((room / "papers/文书").glob(f"{form['title']}（合订*.docx"))
        single = sorted((room / "papers/文书" / form["title"]).rglob("*.docx"))
        first[form["form"]] = (book or single)[0]
        run(program, "report", "--form", form["form"], "--export-template", room / "templates" / f"{form['form']}.docx")
    convert(office, "docx", sorted((room / "templates").glob("*.docx")), saved)
    convert(office, "pdf", first.values(), room / "pdf")
    pictures = room / "pictures"
    pictures.mkdir()
    for form in forms:
        paper = first[form["form"]]
        pages = look(room / "pdf" / f"{paper.stem}.pdf", made["draft"] and form["form"] not in made["plan_forms"], pictures)
        template = saved / f"{form['form']}.docx"
        own = ["--plan", plan[0]] if plan and form["form"] in made["plan_forms"] else []
        run(program, "report", result, "--format", "docx", "--form", form["form"], "--template", template, *own, "-o", again / form["form"])
        other = again / form["form"] / paper.relative_to(room / "papers")
        if words(paper) != words(other):
            different = [(a, b) for a, b in zip(words(paper), words(other)) if a != b][:3]
            sys.exit(f"{form['title']}: other words through the layout that LibreOffice saved: {different}")
        print(f"{form['title']}: {form['papers']} papers, {pages} pages looked at, the same words through LibreOffice's layout")


main()
