"""Tables of a register read, checked and written as N-Triples: against rdflib writing the same triples, and as they grow.

Limits: at least 5 times faster than rdflib at a size that both hold; rows per second at 10 and 100 times the size at least
0.7 times those at the smallest (linear); less than 2 GB of memory at the largest. Times are those of the processor, since
the work waits for nothing. `python -m benchmarks.importing full` reads 400,000 actors and 2 million relations besides.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from time import process_time

import pyoxigraph as ox

from benchmarks.report import write_table
from kg.formats.streaming import stream_folder

FASTER, LINEAR, MEMORY = 5.0, 0.7, 2_000
"""Times as fast as rdflib; share of the rows per second that must be kept; megabytes."""
SMALLEST = (1_000, 5_000)
"""Actors and relations; the full size is 400 times that."""
_HEADS = {
    "sources": "id,type,title",
    "actors": "id,kind,type,name_en,status,confidence",
    "relations": "id,subject,type,object,start,status,confidence",
}


def register(folder: Path, times: int) -> int:
    """How many rows were written to a folder of tables, `times` as large as the smallest; seeded."""
    actors, relations = (n * times for n in SMALLEST)
    chance = random.Random(times)  # noqa: S311  # for data, not for secrets
    rows = {
        "sources": ["register,data-set,Register"],
        "actors": (f'a{n},organization,company,"Actor {n}, Ltd.",stated,high' for n in range(actors)),
        "relations": (
            f"r{n},a{chance.randrange(actors)},alliance,a{chance.randrange(actors)},2010,stated,high"
            for n in range(relations)
        ),
    }
    folder.mkdir()
    for name, lines in rows.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in (_HEADS[name], *lines))
    return actors + relations + 1


def _ours(folder: Path, target: Path, sender: Connection) -> None:
    start = process_time()
    stream_folder(folder, target)
    sender.send((process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000))


def _rdflib(triples: Path, target: Path, sender: Connection) -> None:
    """Adds the triples that we wrote to a graph of rdflib's and has it write them."""
    import rdflib

    given = [(q.subject, q.predicate, q.object) for q in ox.parse(path=str(triples), format=ox.RdfFormat.N_TRIPLES)]
    start = process_time()
    graph = rdflib.Graph()
    for triple in given:
        terms = [
            rdflib.URIRef(t.value) if isinstance(t, ox.NamedNode) else rdflib.Literal(t.value, lang=t.language or None)  # type: ignore[misc, union-attr]
            for t in triple
        ]
        graph.add(tuple(terms))  # type: ignore[arg-type]
    graph.serialize(str(target), format="nt", encoding="utf-8")
    sender.send((process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000))


def measured(work: Callable[[Path, Path, Connection], None], *paths: Path) -> tuple[float, float]:
    """Seconds of the processor and megabytes of memory that a function takes in a process of its own."""
    receiver, sender = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=work, args=(*paths, sender))
    process.start()
    found: tuple[float, float] = receiver.recv()
    process.join()
    return found


def main(size: str = "") -> int:
    """Prints the figures; 1 where one is over its limit."""
    rows: list[list[str]] = []
    speeds: list[float] = []
    fine = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for times in (1, 10, 100, *((400,) if size == "full" else ())):
            count = register(folder / f"x{times}", times)
            target = folder / f"x{times}.nt"
            seconds, memory = measured(_ours, folder / f"x{times}", target)
            speeds.append(count / seconds)
            kept = speeds[-1] / speeds[0]
            fine &= kept >= LINEAR and memory < MEMORY
            rows.append(
                [
                    f"kg, {count:,} rows",
                    f"{seconds:.1f} s",
                    f"{speeds[-1]:,.0f}",
                    f"{kept:.2f}",
                    f"{LINEAR}",
                    f"{memory:.0f} MB",
                ]
            )
            if times == 10:
                rival, memory = measured(_rdflib, target, folder / "rdflib.nt")
                ratio = rival / seconds
                fine &= ratio >= FASTER
                rows.append(
                    [
                        "rdflib, the same triples",
                        f"{rival:.1f} s",
                        "",
                        f"{ratio:.1f} times",
                        f"{FASTER:.0f} times",
                        f"{memory:.0f} MB",
                    ]
                )
    write_table(["importing tables", "processor", "rows per second", "ratio", "limit", "memory"], rows)
    return int(not fine)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
