"""Walks by an engine of its own: osmium reads the extract, the great circle measures it, NetworkX finds the ways.

Shares no line with the platform: it joins points to segments by trying all of them, and splits the segments there. Reads lon, lat of
origins and outlets, kinds and the walked classes from an .npz file; prints for each origin the metres to the nearest outlet of each kind.
"""

import json
import math
import sys
from itertools import pairwise

import networkx
import numpy as np
import osmium

EARTH_M = 6_371_008.8
FAR_M = 300.0


def great_circle(one, other):
    east = math.radians(other[0] - one[0]) / 2
    north = math.radians(other[1] - one[1]) / 2
    part = math.sin(north) ** 2 + math.cos(math.radians(one[1])) * math.cos(math.radians(other[1])) * math.sin(east) ** 2
    return 2 * EARTH_M * math.asin(math.sqrt(part))


def segments(file, classes):
    place, pairs = {}, []
    for way in osmium.FileProcessor(file).with_locations():
        if not way.is_way() or way.tags.get("highway") not in classes or way.tags.get("foot") == "no":
            continue
        nodes = [node for node in way.nodes if node.location.valid()]
        place.update({node.ref: (node.lon, node.lat) for node in nodes})
        pairs += [(one.ref, other.ref) for one, other in pairwise(nodes) if one.ref != other.ref]
    return place, pairs


def without_islands(place, pairs, shorter_than_m):
    """The segments of those connected parts that have at least so much street."""
    graph = networkx.Graph()
    graph.add_edges_from((one, other, {"metres": great_circle(place[one], place[other])}) for one, other in pairs)
    parts = (graph.subgraph(nodes) for nodes in networkx.connected_components(graph))
    large = {node for part in parts if part.size("metres") >= shorter_than_m for node in part}
    return [pair for pair in pairs if pair[0] in large]


def joined(spot, start, end):
    """The segment nearest to the spot, how far along it (0 to 1), and metres between: None beyond 300 m."""
    scale = np.array([math.cos(math.radians(spot[1])), 1.0]) * math.radians(1) * EARTH_M
    one, other = (start - spot) * scale, (end - spot) * scale
    along = other - one
    share = np.clip(-(one * along).sum(1) / np.maximum((along**2).sum(1), 1e-12), 0, 1)
    off = np.hypot(*(one + share[:, None] * along).T)
    best = int(off.argmin())
    return (best, float(share[best]), float(off[best])) if off[best] <= FAR_M else None


def graph_of(place, pairs, points):
    """The streets with every point as a node `("door", number)`."""
    start, end = (np.array([place[pair[side]] for pair in pairs]) for side in (0, 1))
    graph, on_segment = networkx.Graph(), {}
    for number, spot in enumerate(points):
        found = joined(spot, start, end)
        if found:
            segment, share, off = found
            on_segment.setdefault(segment, []).append((share, ("street", number)))
            graph.add_edge(("door", number), ("street", number), metres=off)
    for segment, (one, other) in enumerate(pairs):
        length = great_circle(place[one], place[other])
        line = [(0.0, one), *sorted(on_segment.get(segment, [])), (1.0, other)]
        for (before, first), (behind, second) in pairwise(line):
            metres = (behind - before) * length
            known = graph.get_edge_data(first, second, {"metres": math.inf})["metres"]
            graph.add_edge(first, second, metres=min(metres, known))
    return graph


def main():
    data = np.load(sys.argv[1])
    place, pairs = segments(sys.argv[2], set(data["classes"].tolist()))
    pairs = without_islands(place, pairs, float(data["island"]))
    origins, outlets, kinds = data["origins"], data["outlets"], data["kind"]
    graph = graph_of(place, pairs, np.concatenate([origins, outlets]))
    found = []
    for number in range(len(origins)):
        nearest = [None] * int(data["kinds"])
        door = ("door", number)
        reached = networkx.single_source_dijkstra_path_length(graph, door, float(data["horizon"]), "metres") if door in graph else {}
        for node, metres in reached.items():
            if node not in place and node[0] == "door" and node[1] >= len(origins):
                kind = int(kinds[node[1] - len(origins)])
                nearest[kind] = metres if nearest[kind] is None else min(nearest[kind], metres)
        found.append(nearest)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
