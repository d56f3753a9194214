#!/usr/bin/env python3
"""cluster.py BATCH OUT: a batch graded office by office on a Dask cluster, then merged; equals one run, byte for byte.

Without --scheduler a cluster of this machine is started (two workers by default); with it, the workers of a real one are used, and BATCH
and OUT must be paths that all of them share. A part that is whole already is not graded again; one that fails is tried again.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

from dask.distributed import Client, LocalCluster, as_completed


def grade(program, batch, office, folder, fail_once):
    """Grades one office into its folder; runs on a worker."""
    if fail_once:
        try:
            os.mkdir(os.path.join(fail_once, office))
            raise RuntimeError(f"{office}: first try fails on purpose")
        except FileExistsError:
            pass
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if subprocess.run([program, "verify", folder, "--quiet"], **quiet).returncode == 0:
        return office
    command = [program, "assess", batch, "--office", office, "-o", folder, "--jobs", "1", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True)
    # 3: something of the office could not be read; the result says what, and is whole.
    if done.returncode not in (0, 3):
        raise RuntimeError(f"{office}: exit code {done.returncode}\n{done.stderr}")
    return office


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("batch")
    parser.add_argument("out")
    parser.add_argument("--program", default=os.environ.get("JUANPING", "juanping"))
    parser.add_argument("--scheduler", help="address of a running scheduler, such as tcp://10.0.0.1:8786")
    parser.add_argument("--workers", type=int, default=2, help="workers of the local cluster")
    parser.add_argument("--fail-once", metavar="FOLDER", help="let the first try of every office fail, to show that it is tried again")
    args = parser.parse_args()
    listed = subprocess.run([args.program, "assess", args.batch, "--list-offices"], check=True, capture_output=True, encoding="utf-8")
    offices = [line.split("\t")[0] for line in listed.stdout.splitlines()]
    parts = pathlib.Path(args.out + ".parts")
    resumed = parts.exists()
    parts.mkdir(parents=True, exist_ok=True)
    folders = {office: str(parts / office) for office in offices}
    cluster = None if args.scheduler else LocalCluster(n_workers=args.workers, threads_per_worker=1, dashboard_address=None)
    with Client(args.scheduler or cluster) as client:
        tasks = [
            client.submit(grade, args.program, args.batch, office, folders[office], args.fail_once, retries=3, pure=False)
            for office in offices
        ]
        for done, task in enumerate(as_completed(tasks), 1):
            print(f"{done}/{len(tasks)} {task.result()}", flush=True)
    if cluster:
        cluster.close()
    merged = subprocess.run([args.program, "merge", *folders.values(), "-o", args.out, "--quiet"])
    if merged.returncode:
        sys.exit(merged.returncode)
    # Parts of a run before prove nothing of the batch as it is now.
    if resumed and subprocess.run([args.program, "verify", args.out, args.batch]).returncode:
        sys.exit(1)
    shutil.rmtree(parts)


if __name__ == "__main__":
    main()
