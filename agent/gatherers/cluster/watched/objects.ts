/** Sections about nodes, storage and aggregated APIs, and the ways to the cluster DNS, from watches. */
import { type Json, nameOf, namespaceOf, objectAt, quantity, textAt } from '../../../kube/read.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { API_SERVICES_CAP, type ApiServiceFacts, apiServiceFacts } from '../control-plane/api-services.ts';
import { nodeRank } from '../control-plane/nodes.ts';
import { isControlPlane, type Node, parseNode, zoneOf } from '../control-plane/nodes-row.ts';
import { annotationOf, labelOf } from '../objects/api-object.ts';
import { type ClaimRow, isDefaultClass, problemOf, toClaimRow } from '../objects/claims.ts';
import { type DnsReplicas, dnsSection, isOfDns } from '../objects/cluster-dns.ts';
import { NotableRows } from '../objects/notable-rows.ts';
import { EndpointTally } from '../objects/service-endpoints.ts';
import { toVolumeRow, type VolumeRow } from '../objects/volumes.ts';
import { Held } from './held.ts';

const MOST_ROWS = 2_000;
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

interface HeldClaim {
  readonly bound: boolean;
  readonly requestedBytes: number;
  /** Only of a claim with a problem: what its row is made of. */
  readonly claim: Json | undefined;
}
export class WatchedClaims {
  readonly held: Held<HeldClaim>;
  readonly classes = new Held((item) => ({ name: nameOf(item), waits: textAt(item, 'volumeBindingMode') === 'WaitForFirstConsumer', isDefault: isDefaultClass(item) }));
  readonly #totals = { bound: 0, requestedBytes: 0 };
  readonly #problems = new Map<string, Json>();

  constructor() {
    this.held = new Held<HeldClaim>(
      (claim) => ({
        bound: textAt(claim, 'status', 'phase') === 'Bound',
        requestedBytes: quantity(objectAt(claim, 'spec', 'resources', 'requests')['storage']) ?? 0,
        claim: problemOf(claim) && trimmed(claim),
      }),
      (key, before, after) => {
        this.#totals.bound += Number(after?.bound ?? false) - Number(before?.bound ?? false);
        this.#totals.requestedBytes += (after?.requestedBytes ?? 0) - (before?.requestedBytes ?? 0);
        if (after?.claim) this.#problems.set(key, after.claim);
        else this.#problems.delete(key);
      },
    );
  }
  section(): Sections['claims'] {
    const classes = [...this.classes.values()];
    const byName = { waits: new Map(classes.map(({ name, waits }) => [name, waits])), hasDefault: classes.some(({ isDefault }) => isDefault) };
    const rows = new NotableRows<ClaimRow>(MOST_ROWS);
    for (const claim of this.#problems.values()) {
      const problem = problemOf(claim);
      if (problem) rows.add(toClaimRow(claim, problem, byName), problem.problem !== 'resize-pending');
    }
    return { total: this.held.size, ...this.#totals, dropped: rows.dropped, rows: rows.rows };
  }
}
const CLASS_ANNOTATIONS = ['volume.beta.kubernetes.io/storage-class', 'volume.kubernetes.io/selected-node'] as const;
/** What `problemOf` and `toClaimRow` look at; annotations of a claim may be many kilobytes. */
function trimmed(claim: Json): Json {
  const { creationTimestamp, deletionTimestamp } = objectAt(claim, 'metadata');
  const annotations = Object.fromEntries(CLASS_ANNOTATIONS.flatMap((key) => (annotationOf(claim, key) === undefined ? [] : [[key, annotationOf(claim, key)]])));
  const { phase, conditions, allocatedResourceStatuses } = objectAt(claim, 'status');
  return {
    metadata: { name: nameOf(claim), namespace: namespaceOf(claim), creationTimestamp, ...(deletionTimestamp !== undefined && { deletionTimestamp }), annotations },
    spec: { storageClassName: textAt(claim, 'spec', 'storageClassName') },
    status: { phase, conditions, allocatedResourceStatuses },
  };
}

const NO_NODES: ReadonlySet<string> = new Set();
interface HeldVolume {
  readonly phase: VolumeRow['phase'];
  readonly source: VolumeRow['source'];
  readonly capacityBytes: number;
  readonly row: VolumeRow | undefined;
}
export class WatchedVolumes {
  readonly held: Held<HeldVolume>;
  readonly #rows = new Map<string, VolumeRow>();
  readonly #byPhase = new Map<VolumeRow['phase'], number>();
  readonly #bySource = new Map<VolumeRow['source'], number>();
  #capacityBytes = 0;

  constructor() {
    this.held = new Held<HeldVolume>(
      (volume) => {
        const row = { ...toVolumeRow(volume, NO_NODES), nodeMissing: false }; // whether its node still exists is the inspection's question
        const broken = row.phase === 'Failed' || row.phase === 'Pending' || row.deletingSince !== undefined;
        return { phase: row.phase, source: row.source, capacityBytes: row.capacityBytes ?? 0, row: broken ? row : undefined };
      },
      (key, before, after) => {
        if (before) this.#count(before, -1);
        if (after) this.#count(after, 1);
        if (after?.row) this.#rows.set(key, after.row);
        else this.#rows.delete(key);
      },
    );
  }
  /** Broken volumes; drivers and left-over volumes are the inspection's. */
  section(): Sections['volumes'] {
    const rows = [...this.#rows.values()];
    return {
      total: this.held.size,
      byPhase: Object.fromEntries(this.#byPhase),
      bySource: Object.fromEntries(this.#bySource),
      capacityBytes: this.#capacityBytes,
      dropped: Math.max(0, rows.length - MOST_ROWS),
      rows: rows.slice(0, MOST_ROWS),
      drivers: [],
    };
  }
  #count({ phase, source, capacityBytes }: HeldVolume, by: 1 | -1): void {
    this.#byPhase.set(phase, (this.#byPhase.get(phase) ?? 0) + by);
    this.#bySource.set(source, (this.#bySource.get(source) ?? 0) + by);
    this.#capacityBytes += by * capacityBytes;
  }
}

export class WatchedApiServices {
  readonly held = new Held<ApiServiceFacts>(apiServiceFacts);
  section(): Sections['apiServices'] {
    const all = [...this.held.values()];
    const rows = all.flatMap(({ row }) => (row ? [row] : []));
    return {
      total: all.length,
      aggregated: all.filter(({ aggregated }) => aggregated).length,
      insecure: all.filter(({ insecure }) => insecure).length,
      dropped: Math.max(0, rows.length - API_SERVICES_CAP),
      rows: rows.slice(0, API_SERVICES_CAP),
    };
  }
}

interface HeldSlice {
  readonly service: string;
  readonly family: string;
  readonly ready: number;
}
/** Services of the DNS and ready endpoints of the namespace that it runs in: a handful of objects. */
export class WatchedDns {
  readonly services = new Held((service) => ({ name: nameOf(service), address: textAt(service, 'spec', 'clusterIP') ?? '', ofDns: isOfDns(service) }));
  readonly endpoints: Held<HeldSlice>;

  /** @param sliced whether the server has EndpointSlices; else Endpoints are given */
  constructor(sliced: boolean) {
    this.endpoints = new Held<HeldSlice>((object) => {
      const tally = new EndpointTally();
      if (sliced) tally.addSlice(object);
      else tally.addSubsetsOf(object);
      const service = sliced ? (labelOf(object, 'kubernetes.io/service-name') ?? '') : nameOf(object);
      return { service, family: textAt(object, 'addressType') ?? '', ready: tally.ready };
    });
  }
  /** @throws AbsentError when the cluster has no DNS of its own */
  section(replicas: DnsReplicas | undefined, nodes: number): Sections['clusterDns'] {
    let service: { readonly name: string; readonly address: string } | undefined;
    for (const candidate of this.services.values()) if (candidate.ofDns && (service === undefined || candidate.name === 'kube-dns')) service = candidate;
    const ready = new Map<string, number>();
    for (const slice of this.endpoints.values()) if (slice.service === service?.name) ready.set(slice.family, (ready.get(slice.family) ?? 0) + slice.ready);
    return dnsSection({ service, replicas, endpoints: Math.max(0, ...ready.values()), podNodes: 0, nodes });
  }
}
