"""Reads open data from outside: with frictionless, pandas, DuckDB and DataFusion.

    check.py FOLDER MANUAL

The folder is one that `meguri opendata` wrote. The descriptor must keep to the published schema of Data
Package 2.0, the rows to the descriptor; sums must be the same to the yen in every tool, from CSV and
from Parquet; codes must keep their zeros; the ZIPs must be whole; the questions of the manual must be
answered by its own lines. Then defects are planted, each of which must be found, so that a tool that
sees nothing any more is noticed.
"""

import importlib.util
import json
import pathlib
import re
import shutil
import sys
import tempfile
import zipfile

import datafusion
import duckdb
import jsonschema
import pandas
import pyarrow.parquet
from frictionless import Package, system

TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DECIMAL(38,10)", "boolean": "BOOLEAN"}
DTYPES = {"string": "str", "integer": "Int64", "number": "str", "boolean": "boolean"}


def schema_of_packages():
    place = importlib.util.find_spec("check_datapackage").submodule_search_locations[0]
    return json.loads((pathlib.Path(place) / "schemas" / "data-package-2-0.json").read_text("utf-8"))


def descriptor_faults(folder):
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    validator = jsonschema.Draft7Validator(schema_of_packages())
    faults = [error.message[:200] for error in validator.iter_errors(package)]
    for resource in package["resources"]:
        if not re.fullmatch("[a-z_]+", resource["name"]):
            faults.append(f"the name {resource['name']}")
        for field in resource["schema"]["fields"]:
            for part in ("name", "type", "title", "description", "example"):
                if field.get(part) in (None, ""):
                    faults.append(f"{resource['name']}.{field['name']} has no {part}")
    return faults


def row_faults(folder):
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    return [str(fault)[:200] for fault in report.flatten(["title", "rowNumber", "fieldName", "type", "note"])]


def fields(folder, table):
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    resource = next(one for one in package["resources"] if one["name"] == table)
    return {field["name"]: field["type"] for field in resource["schema"]["fields"]}


def frame(folder, table):
    dtypes = {name: DTYPES[kind] for name, kind in fields(folder, table).items()}
    return pandas.read_csv(folder / "data" / f"{table}.csv", dtype=dtypes, keep_default_na=False, na_values=[""])


def csv_of(folder, table):
    columns = ", ".join(f"'{name}': '{TYPES[kind]}'" for name, kind in fields(folder, table).items())
    path = folder / "data" / f"{table}.csv"
    return f"read_csv('{path}', header=true, columns={{{columns}}}, new_line='\\r\\n', quote='\"', nullstr='')"


def parquet_of(folder, table):
    return f"'{folder / 'data' / f'{table}.parquet'}'"


SUMS = """SELECT document, budget_year, CAST(SUM(amount_yen) AS BIGINT) FROM {} WHERE is_counted
          GROUP BY document, budget_year ORDER BY document, budget_year"""


def sums(folder):
    """The yen by document and year, as each tool says."""
    ours = {}
    with open(folder / "data" / "money.jsonl", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["is_counted"]:
                key = (row["document"], row["budget_year"])
                ours[key] = ours.get(key, 0) + row["amount_yen"]
    said = {"JSON Lines": sorted((*key, yen) for key, yen in ours.items())}

    def grouped(rows):
        found = rows[rows["is_counted"]].groupby(["document", "budget_year"])["amount_yen"].sum()
        return sorted((int(d), int(y), int(yen)) for (d, y), yen in found.items())

    said["pandas, CSV"] = grouped(frame(folder, "money"))
    said["pandas, Parquet"] = grouped(pandas.read_parquet(folder / "data" / "money.parquet"))
    for name, source in (("CSV", csv_of), ("Parquet", parquet_of)):
        said[f"DuckDB, {name}"] = duckdb.sql(SUMS.format(source(folder, "money"))).fetchall()
    context = datafusion.SessionContext()
    context.register_parquet("money", str(folder / "data" / "money.parquet"))
    rows = context.sql(SUMS.format("money")).to_pylist()
    said["DataFusion, Parquet"] = [tuple(row.values()) for row in rows]
    return said


def sum_faults(folder):
    said = sums(folder)
    wanted = said["JSON Lines"]
    faults = [f"{tool}: {got} instead of {wanted}"[:300] for tool, got in said.items() if got != wanted]
    return faults if wanted else ["there are no amounts"]


def code_faults(folder):
    """Codes with zeros before them, in every tool."""
    faults = []
    wanted = [code for code in frame(folder, "listings")["code"].dropna() if code.startswith("0")]
    if not wanted:
        faults.append("no code of the sample begins with a zero")
    for name, source in (("CSV", csv_of), ("Parquet", parquet_of)):
        query = f"SELECT code FROM {source(folder, 'listings')} WHERE code LIKE '0%'"
        got = [code for (code,) in duckdb.sql(query).fetchall()]
        if sorted(got) != sorted(wanted):
            faults.append(f"DuckDB, {name}: {len(got)} codes with zeros instead of {len(wanted)}")
    got = [code for code in pandas.read_parquet(folder / "data" / "listings.parquet")["code"].dropna()]
    if sorted(code for code in got if code.startswith("0")) != sorted(wanted):
        faults.append("pandas, Parquet: codes lost their zeros")
    for path in sorted((folder / "data").glob("*.parquet")):
        codes = pyarrow.parquet.read_table(path, columns=["municipality_code"]).column(0).to_pylist()
        faults += [f"{path.name}: the code {code}" for code in set(codes) if len(code) != 6]
    return faults


def table_faults(folder):
    """The same rows in CSV and in Parquet, cell by cell."""
    faults = []
    for path in sorted((folder / "data").glob("*.parquet")):
        table = path.stem
        for one, other in (("CSV", "Parquet"), ("Parquet", "CSV")):
            sources = {"CSV": csv_of(folder, table), "Parquet": parquet_of(folder, table)}
            # Of a text CSV has a mark before what a spreadsheet would run.
            columns = ", ".join(
                f"ltrim(\"{name}\", '''') AS \"{name}\"" if kind == "string" else f'"{name}"'
                for name, kind in fields(folder, table).items()
            )
            query = f"SELECT count(*) FROM (SELECT {columns} FROM {sources[one]} EXCEPT ALL SELECT {columns} FROM {sources[other]})"
            ((more,),) = duckdb.sql(query).fetchall()
            if more:
                faults.append(f"{table}: {more} rows of {one} are not in {other}")
    return faults


def zip_faults(folder):
    faults = []
    zips = sorted((folder / "zip").glob("*.zip"))
    if not zips:
        faults.append("there is no ZIP")
    for path in zips:
        with zipfile.ZipFile(path) as packed:
            broken = packed.testzip()
            if broken:
                faults.append(f"{path.name}: {broken}")
            with tempfile.TemporaryDirectory() as place:
                packed.extractall(place)
                place = pathlib.Path(place)
                faults += [f"{path.name}: {fault}" for fault in descriptor_faults(place) + row_faults(place)]
    return faults


def manual_faults(folder, manual):
    """The lines of the manual answer its questions."""
    blocks = re.findall(r"```python\n(.*?)```", manual.read_text("utf-8"), re.DOTALL)
    faults = [] if len(blocks) >= 3 else ["the manual has fewer than three questions"]
    for block in blocks:
        try:
            names = {}
            exec(compile(block.replace("書き出し先", str(folder)), manual.name, "exec"), names)
            if not len(names["答え"]):
                faults.append(f"no answer: {block[:80]}")
        except Exception as error:
            faults.append(f"{error}: {block[:80]}")
    return faults


def changed(folder, table, change):
    """A copy of the folder in which the text of a table is changed."""
    place = pathlib.Path(tempfile.mkdtemp())
    shutil.copytree(folder, place / "open")
    path = place / "open" / "data" / f"{table}.csv"
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    new = change(text)
    assert new != text, f"nothing is planted into {table}"
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(new)
    # Of sizes and hashes the descriptor would tell at once: that is another defect.
    path = place / "open" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    for resource in package["resources"]:
        del resource["bytes"], resource["hash"]
    path.write_text(json.dumps(package), "utf-8")
    return place / "open"


def last_line(text, change):
    lines = text.rstrip("\r\n").split("\r\n")
    return "\r\n".join([*lines[:-1], *change(lines[-1])]) + "\r\n"


def planted(folder):
    """Defects, each with what must see it."""
    yield "a row twice", row_faults(changed(folder, "plans", lambda t: last_line(t, lambda line: [line, line])))
    yield "a row too many cells", row_faults(changed(folder, "plans", lambda t: last_line(t, lambda line: [line + ",x"])))
    yield "a plan that is gone", row_faults(changed(folder, "plans", lambda t: last_line(t, lambda line: [])))
    yield "an amount with its unit", row_faults(changed(folder, "money", lambda t: re.sub(r",(\d{7,}),", r",\1円,", t, count=1)))
    more = changed(folder, "money", lambda t: re.sub(r",(\d{7,})(,.*,true,)", lambda m: f",{int(m[1]) + 1}{m[2]}", t, count=1))
    yield "one yen more", sum_faults(more) + table_faults(more)
    bare = changed(folder, "listings", lambda t: re.sub(r",0(\d+),", r",\1,", t))
    yield "codes without zeros", code_faults(bare)
    place = changed(folder, "plans", lambda t: t + " ")
    path = place / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace('"path": "data/money.csv"', '"path": "../money.csv"'), "utf-8")
    yield "a path that leads out", descriptor_faults(place)


def main():
    folder, manual = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    faults = {
        "descriptor": descriptor_faults(folder),
        "rows": row_faults(folder),
        "sums": sum_faults(folder),
        "codes": code_faults(folder),
        "formats": table_faults(folder),
        "ZIPs": zip_faults(folder),
        "manual": manual_faults(folder, manual),
    }
    found = [f"{what}: {fault}" for what, all in faults.items() for fault in all]
    found += [f"not seen: {what}" for what, seen in planted(folder) if not seen]
    for fault in found:
        print(fault)
    print(f"open data from outside: {len(sums(folder)['JSON Lines'])} sums alike, {len(found)} faults")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
