"""Runs the peers on the probabilities that Travaux was timed on and prints the table."""

import json
import random
import statistics
import sys
import time

import fast_poibin
import numpy


def inputs(path):
    dice = random.Random(193)
    with open(path, "w") as out:
        out.writelines(f"{dice.random()!r}\n" for _ in range(193))


def median(work, runs):
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def by_numpy(chances):
    mass = numpy.zeros(len(chances) + 1)
    mass[0] = 1.0
    for count, chance in enumerate(chances):
        mass[1 : count + 2] = mass[1 : count + 2] * (1 - chance) + mass[: count + 1] * chance
        mass[0] *= 1 - chance
    return mass


def shapley(voters):
    """Says whether powerindex gives the Shapley value of a hall of equal votes."""
    try:
        import powerindex

        game = powerindex.Game(quota=2 * voters // 3 + 1, weights=[1] * voters)
        game.calc_shapley_shubik()
        return "given"
    except OverflowError as error:
        return f"fails: {error}"


def table(path, ours):
    chances = [float(line) for line in open(path)]
    rows = [json.loads(line) for line in open(ours)]
    first = rows[0]["seconds"]
    print("| task | program | ms | times ours |\n|---|---|--:|--:|")
    print(f"| count of 193 | Travaux | {first * 1e3:.4f} | 1 |")
    for name, work in [
        ("fast-poibin 0.4.3", lambda: fast_poibin.PoiBin(chances)),
        ("numpy", lambda: by_numpy(chances)),
    ]:
        seconds = median(work, 101)
        print(f"| count of 193 | {name} | {seconds * 1e3:.4f} | {seconds / first:.1f} |")
    for row in rows[1:]:
        what = f"{row['task']}; {row['draws']:,} draws" if row["draws"] > 1 else row["task"]
        print(f"| {what} | Travaux | {row['seconds'] * 1e3:.3f} | 1 |")
    print(f"\npowerindex 0.3.5, 193 equal votes, Shapley value: {shapley(193)}")


if __name__ == "__main__":
    {"inputs": inputs, "table": table}[sys.argv[1]](*sys.argv[2:])
