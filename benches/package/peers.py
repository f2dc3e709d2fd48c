"""Solves the problems that Travaux was timed on with HiGHS, and prints the table.

The model is the usual one: a variable for each option, one for each acceptance, and for each delegation
a row that lets it fall below its threshold only where it does not accept. HiGHS stops after ten seconds.
"""

import json
import sys
import time
from pathlib import Path

import highspy

LIMIT = 10.0


def solve(problem, objective):
    issues = [issue["issue"] for issue in problem["issues"]]
    options = {issue["issue"]: issue["options"] for issue in problem["issues"]}
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("time_limit", LIMIT)
    model.setOptionValue("threads", 1)
    model.setOptionValue("mip_rel_gap", 0.0)
    take = {(i, o): model.addBinary() for i in issues for o in options[i]}
    for i in issues:
        model.addConstr(sum(take[i, o] for o in options[i]) == 1)
    accepts, gains = [], []
    least = model.addVariable(lb=-1e4, ub=1e4)
    for one in problem["delegations"]:
        worth = one["worth"]
        gain = sum(worth[i][o] * take[i, o] for i in issues for o in options[i] if worth[i][o] != 0)
        fall = one["threshold"] - sum(min(worth[i].values()) for i in issues)
        accept = model.addBinary()
        model.addConstr(gain - fall * accept >= one["threshold"] - fall)
        if objective == "worst-off":
            model.addConstr(gain - least >= one["threshold"])
        accepts.append(accept)
        gains.append(gain)
    # Two thirds of those who vote, nobody abstaining.
    model.addConstr(3 * sum(accepts) >= 2 * len(accepts))
    start = time.perf_counter()
    model.maximize(sum(accepts) if objective == "acceptances" else 1.0 * least)
    seconds = time.perf_counter() - start
    info = model.getInfo()
    proved = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    empty = model.getModelStatus() == highspy.HighsModelStatus.kInfeasible
    if empty or info.primal_solution_status != 2:
        return seconds, None, None, empty
    return seconds, info.objective_function_value, info.mip_dual_bound, proved


def shown(best, bound, proved):
    if best is None:
        return "none carries" if proved else "none found"
    return f"{best:.2f}, proved" if proved else f"{best:.2f}, at most {bound:.2f}"


def table(problems, ours):
    print("| problem | objective | Travaux: best | s | HiGHS: best | s |\n|---|---|---|--:|---|--:|")
    for line in open(ours):
        row = json.loads(line)
        problem = json.loads(Path(problems, row["problem"] + ".json").read_text())
        seconds, best, bound, proved = solve(problem, row["objective"])
        own = shown(row["best"], row["bound"], row["proved"])
        cells = [row["problem"], row["objective"], own, f"{row['seconds']:.3f}"]
        print(f"| {' | '.join(cells)} | {shown(best, bound, proved)} | {seconds:.3f} |", flush=True)


if __name__ == "__main__":
    table(*sys.argv[1:])
