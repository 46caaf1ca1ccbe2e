"""Gates on the result of replaying recorded executions: every choice row, and most histories at three levels."""

import json
import sys

LEAST = {"L1": 0.98, "L2": 0.95, "L3": 0.90}


def main(path):
    with open(path) as result:
        cases = json.load(result)
    rows = [case for case in cases if case["kind"] == "choice-table"]
    histories = [case for case in cases if case["kind"] != "choice-table"]
    good = bool(rows and histories) and all(row["L1"] for row in rows)
    print(f"choice rows: {sum(row['L1'] for row in rows)} of {len(rows)}, needed all")
    for level, least in LEAST.items():
        passed = sum(case[level] for case in histories)
        print(f"histories {level}: {passed} of {len(histories)}, needed {least:.0%}")
        good = good and passed >= least * len(histories)
    for case in cases:
        if not case["L3"]:
            level = next(each for each in LEAST if not case[each])
            print(f"  {level} {case['id']}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
