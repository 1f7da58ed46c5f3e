"""Asks the Parquet of a generated country: `country.py FOLDER` (see crates/meguri-opendata/examples/country.rs).

DuckDB on two threads: the sum of the country, one municipality, and the mean place of grades, each kind of
scale apart. It fails where a bar is missed.
"""

import sys
import time

import duckdb

folder = sys.argv[1]
MONEY = f"read_parquet('{folder}/money/*/*.parquet', hive_partitioning=true)"
JUDGEMENTS = f"read_parquet('{folder}/judgements/*/*.parquet', hive_partitioning=true)"


def best(query, times=7):
    took = []
    for _ in range(times):
        begin = time.perf_counter()
        rows = duckdb.sql(query).fetchall()
        took.append(time.perf_counter() - begin)
    return rows, sorted(took)[len(took) // 2]


duckdb.sql("SET threads = 2")
((code,),) = duckdb.sql(f"SELECT municipality_code FROM {MONEY} ORDER BY municipality_code DESC LIMIT 1").fetchall()
country, of_country = best(f"SELECT year, sum(amount_yen) FROM {MONEY} WHERE is_counted GROUP BY year ORDER BY year")
city, of_city = best(f"SELECT year, sum(amount_yen) FROM {MONEY} WHERE municipality_code = '{code}' GROUP BY year")
grades, _ = best(f"SELECT comparability, count(*), avg(place_from_best) FROM {JUDGEMENTS} GROUP BY comparability")
print(f"country {of_country * 1000:.0f} ms, one municipality {of_city * 1000:.0f} ms, {len(grades)} kinds of scales")
assert len(country) == 5 and len(city) == 5 and len(grades) == 2, (country, city, grades)
assert of_country < 0.5, f"the country takes {of_country} s"
assert of_city < 0.05, f"one municipality takes {of_city} s"
