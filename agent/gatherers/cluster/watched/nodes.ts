/** Section `nodes` from a watch. */
import type { Sections } from '../../../wire/section-values.ts';
import { nodeRank } from '../control-plane/nodes.ts';
import { isControlPlane, type Node, parseNode, zoneOf } from '../control-plane/nodes-row.ts';
import { Held } from './held.ts';

const HEALTHY_NODE = 2;

interface HeldNode {
  readonly controlPlane: boolean;
  readonly zone: string | undefined;
  /** Only when something is conspicuous about it. */
  readonly row: Node | undefined;
}
export class WatchedNodes {
  readonly held: Held<HeldNode>;
  readonly #now: () => number;
  readonly #rows = new Map<string, Node>();

  constructor(now: () => number) {
    this.#now = now;
    this.held = new Held<HeldNode>(
      (node) => {
        const row = parseNode(node, now(), undefined);
        return { controlPlane: isControlPlane(node), zone: zoneOf(node), row: nodeRank(row) < HEALTHY_NODE ? row : undefined };
      },
      (key, _, after) => {
        if (after?.row) this.#rows.set(key, after.row);
        else this.#rows.delete(key);
      },
    );
  }
  /** Rows of the nodes that something is conspicuous about; leases and volume limits are the inspection's. */
  section(): Sections['nodes'] {
    const rows = [...this.#rows.values()].sort((a, b) => nodeRank(a) - nodeRank(b));
    const zones = new Set<string>();
    let controlPlanes = 0;
    for (const { controlPlane, zone } of this.held.values()) {
      if (controlPlane) controlPlanes += 1;
      if (zone !== undefined) zones.add(zone);
    }
    return { takenAt: Math.floor(this.#now()), total: this.held.size, controlPlanes, zones: zones.size, dropped: 0, rows };
  }
}
