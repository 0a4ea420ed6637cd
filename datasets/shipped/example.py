"""First steps with this release in Python: python examples/example.py [PANEL.csv]

Needs pandas. PANEL.csv may be any table by COW code and year (columns ccode1, ccode2, year); without one the script
stops after its own tables. Nothing is written.
"""

import sys
from pathlib import Path

import pandas

RELEASE = Path(__file__).resolve().parent.parent
# A text may be the word None or NA: only an empty cell is missing.
HOW = {"keep_default_na": False, "na_values": [""], "low_memory": False}


def table(name: str) -> pandas.DataFrame:
    return pandas.read_csv(RELEASE / f"{name}.csv", **HOW)


incidents = table("analysis/incidents")
panel = table("directed_dyad_year")

# 1. How many incidents of each type, by decade.
dated = incidents.dropna(subset=["year"])
decade = (dated["year"] // 10 * 10).astype(int).rename("decade")
print(dated.groupby(["event_type", decade]).size().unstack(fill_value=0))

# 2. Who provided most, as the panel counts it. One incident with several pairs stands in several rows.
print(panel.groupby("ccode1")["n_incidents"].sum().sort_values(ascending=False).head(10))

# 3. From a cell of the panel back to the words that prove it.
found = panel.dropna(subset=["incident_ids"])
if len(found):
    row = found.iloc[0]
    behind = pandas.DataFrame({"incident_id": row["incident_ids"].split(";")})
    evidence = behind.merge(table("evidence").dropna(subset=["quote"]), on="incident_id")
    print(
        f"\n{row['ccode1']} -> {row['ccode2']}, {row['year']}: {row['n_incidents']:.0f} incidents"
    )
    print(
        evidence[["incident_id", "field", "value", "document_id", "start", "end", "quote"]].head(10)
    )

# 4. Merged with another panel, dyad-years of which nothing is known stay in and are empty.
if len(sys.argv) > 1:
    other = pandas.read_csv(sys.argv[1])
    key = ["ccode1", "ccode2", "year"]
    merged = other.merge(panel, on=key, how="left", validate="one_to_one", indicator=True)
    print(
        f"\n{(merged['_merge'] == 'both').sum()} of {len(merged)} rows of {sys.argv[1]} have a row here"
    )
