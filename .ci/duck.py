"""Reads an export back with DuckDB and compares counts and sums with results.json and cases.jsonl: duck.py RESULT PARQUET CSV JSON.

Points are added up in hundredths, so that nothing is rounded on the way."""

import json
import sys
from decimal import Decimal
from pathlib import Path

import duckdb

result, parquet, csv, document = map(Path, sys.argv[1:5])
results = json.loads((result / "results.json").read_text(encoding="utf-8"), parse_float=Decimal)
with open(result / "cases.jsonl", encoding="utf-8") as lines:
    cases = [json.loads(line, parse_float=Decimal) for line in lines]


def total(numbers):
    return sum((Decimal(n) for n in numbers), Decimal(0))


marked = [c for c in cases if c["marks"] is not None]
findings = [f for c in cases for f in c["findings"]]
criteria = [k for c in cases for k in c["criteria"]]
selected = [o["selected"] for o in results["offices"]]
want = {
    "cases": len(cases),
    "selected": sum(selected),
    "decided": sum(o["final"] for o in results["offices"]),
    "grades": {g: sum(o["grades"].get(g, 0) for o in results["offices"]) for o in results["offices"] for g in o["grades"]},
    "marks": [total(c["marks"][end] for c in marked) for end in ("low", "high")],
    "null_marks": len(cases) - len(marked),
    "criteria": len(criteria),
    "points": [total(k[end] for k in criteria) for end in ("of", "low", "high")],
    "findings": len(findings),
    "lost": [total(f["lost"][end] for f in findings) for end in (0, 1)],
    "unmet": {},
}
for finding in findings:
    if finding["outcome"] == "unmet":
        want["unmet"][finding["criterion"]] = want["unmet"].get(finding["criterion"], 0) + 1


def read(name, form):
    at = (parquet if form == "parquet" else csv) / f"{name}.{form}"
    if form == "parquet":
        return f"read_parquet('{at}')"
    return f"read_csv('{at}', header=true, all_varchar=true, nullstr='')"


def decimal(form, column):
    return f"coalesce(sum({column}::decimal(18,2)), 0)" if form == "csv" else f"coalesce(sum({column}), 0)"


def seen(form):
    def one(sql):
        return duckdb.sql(sql).fetchall()

    c, k, f = (read(name, form) for name in ("cases", "criteria", "findings"))
    sums = lambda table, *columns: [Decimal(n) for n in one(f"select {', '.join(decimal(form, x) for x in columns)} from {table}")[0]]
    return {
        "cases": one(f"select count(*) from {c}")[0][0],
        "selected": one(f"select count(*) from {c} where scope = 'selected'")[0][0],
        "decided": one(f"select count(*) from {c} where scope = 'selected' and grade is not null")[0][0],
        "grades": dict(one(f"select grade, count(*) from {c} where grade is not null and scope = 'selected' group by grade")),
        "marks": sums(c, "marks_low", "marks_high"),
        "null_marks": one(f"select count(*) from {c} where marks_low is null")[0][0],
        "criteria": one(f"select count(*) from {k}")[0][0],
        "points": sums(k, '"of"', "low", "high"),
        "findings": one(f"select count(*) from {f}")[0][0],
        "lost": sums(f, "lost_low", "lost_high"),
        "unmet": dict(one(f"select criterion, count(*) from {f} where outcome = 'unmet' group by criterion")),
    }


want["grades"] = {grade: n for grade, n in want["grades"].items() if n}
for form in ("parquet", "csv"):
    found = seen(form)
    for what, value in want.items():
        if found[what] != value:
            sys.exit(f"{form}: {what} is {found[what]}, the result says {value}")

types = dict(duckdb.sql(f"select column_name, column_type from (describe select * from {read('cases', 'parquet')})").fetchall())
for column, kind in {"marks_low": "DECIMAL(18,2)", "findings": "BIGINT", "possible_superset": "BOOLEAN", "case_no": "VARCHAR"}.items():
    if types[column] != kind:
        sys.exit(f"parquet: {column} is {types[column]}, not {kind}")

# The whole text of a message and of a field came through.
texts = dict(duckdb.sql(f"select fingerprint, message_zh from {read('findings', 'parquet')}").fetchall())
if texts != {f["fingerprint"]: f["message"]["zh"] for f in findings}:
    sys.exit("parquet: messages differ")

whole = json.loads((document / "juanping.json").read_text(encoding="utf-8"), parse_float=Decimal)
if whole.pop("cases") != cases or whole != results:
    sys.exit("json: the document differs from results.json and cases.jsonl")
print(f"{want['cases']} cases, {want['criteria']} criteria, {want['findings']} findings read back by DuckDB {duckdb.__version__}")
