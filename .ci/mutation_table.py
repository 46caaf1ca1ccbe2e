"""Prints how many mutants of each package a run of PIT killed, as a table; exits with 1 when it is less than 90 % of one.

usage: python3 .ci/mutation_table.py [functions/target/pit-reports/mutations.xml]
"""

import collections
import sys
import xml.etree.ElementTree as tree

REPORT = "functions/target/pit-reports/mutations.xml"

mutants, killed = collections.Counter(), collections.Counter()
for mutation in tree.parse(sys.argv[1] if len(sys.argv) > 1 else REPORT).getroot():
    package = mutation.findtext("mutatedClass").removeprefix("io.greenlane.").rpartition(".")[0]
    for name in (package, "all"):
        mutants[name] += 1
        killed[name] += mutation.get("detected") == "true"

print("| Package | Mutants | Killed | % |\n|---|---|---|---|")
for name in [*sorted(mutants.keys() - {"all"}), "all"]:
    print(f"| {name} | {mutants[name]:,} | {killed[name]:,} | {100 * killed[name] / mutants[name]:.1f} |")

sys.exit(any(10 * killed[name] < 9 * mutants[name] for name in mutants))
