"""The walking-reach task by pandana, run in an environment of its own: pandana is AGPL and never a dependency of ours.

Reads a network and points from an .npz file, prints one JSON object with processor seconds. Nearest outlets are computed for all kinds;
of the counts, one kind at every radius, because without `precompute` all of them would take half an hour.
"""

import json
import sys
import time

import numpy as np
import pandana
import pandas as pd

MOST = 5


def timed(work):
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def build(data):
    edges = pd.DataFrame({"metres": data["metres"]})
    x, y = pd.Series(data["x"]), pd.Series(data["y"])
    return pandana.Network(x, y, pd.Series(data["u"]), pd.Series(data["v"]), edges, twoway=True)


def nearest(network, data, horizon):
    for kind in range(int(data["kinds"])):
        of_kind = data["kind"] == kind
        network.set_pois(str(kind), horizon, MOST, pd.Series(data["outlet_x"][of_kind]), pd.Series(data["outlet_y"][of_kind]))
        network.nearest_pois(horizon, str(kind), num_pois=MOST)


def counts(network, data, limits, kinds):
    for kind in range(kinds):
        of_kind = data["kind"] == kind
        nodes = network.get_node_ids(data["outlet_x"][of_kind], data["outlet_y"][of_kind])
        network.set(nodes, variable=pd.Series(1.0, index=nodes.index), name=f"count {kind}")
        for limit in limits:
            network.aggregate(limit, type="sum", decay="flat", name=f"count {kind}")


def main():
    data = np.load(sys.argv[1])
    limits = [float(each) for each in data["limits"]]
    kinds = int(data["kinds"])
    found = {}
    found["build"], network = timed(lambda: build(data))
    found["nearest"], _ = timed(lambda: nearest(network, data, limits[-1]))
    one, _ = timed(lambda: counts(network, data, limits, 1))
    found["counts"] = one * kinds
    found["precompute"], _ = timed(lambda: network.precompute(limits[-1]))
    found["nearest_after"], _ = timed(lambda: nearest(network, data, limits[-1]))
    found["counts_after"], _ = timed(lambda: counts(network, data, limits, kinds))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
