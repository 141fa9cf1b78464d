/** Sections `workloads` and `addons` from watches of the three kinds that keep replicas. */
import { type Json, nameOf, namespaceOf } from '../../../kube/read.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { PLATFORM_NAMESPACES } from '../../../wire/sections/cluster/objects-addons.ts';
import { TEMPLATE_SECTIONS } from '../../../wire/sections/cluster/workloads-templates.ts';
import { type ComponentRow, Platform, replicasOf, toComponentRow } from '../objects/addons.ts';
import { type DnsReplicas, dnsReplicasOf } from '../objects/cluster-dns.ts';
import { type CniKind, cniOf, type WorkloadKind } from '../objects/component-names.ts';
import { NotableRows } from '../objects/notable-rows.ts';
import { Notable } from '../workloads/notable.ts';
import { Protection } from '../workloads/protection.ts';
import { References } from '../workloads/references.ts';
import { parseWorkload, rankOf } from '../workloads/workloads.ts';
import { Held } from './held.ts';

type Row = Sections['workloads']['rows'][number];
interface HeldWorkload {
  readonly desired: number;
  readonly ready: number;
  /** Only when it is in trouble. */
  readonly row: Row | undefined;
  /** Only when it is an add-on, or of a platform's own namespace. */
  readonly component: ComponentRow | undefined;
  readonly platform: { readonly namespace: string; readonly desired: number; readonly ready: number } | undefined;
  readonly dns: DnsReplicas | undefined;
}

/** In trouble, by `rankOf` of the full list. */
const TROUBLE = 0;
const MOST_COMPONENTS = 500;
const { cap: CAP } = TEMPLATE_SECTIONS.workloads.fields.rows;
/** Budgets, autoscalers and references are the inspection's: nothing is said about them here. */
const NO_PROTECTION = new Protection(undefined, undefined);
const NO_REFERENCES = new References();

export class WatchedWorkloads {
  readonly held: Readonly<Record<WorkloadKind, Held<HeldWorkload>>>;
  readonly #now: () => number;
  readonly #totals = { desired: 0, ready: 0 };
  readonly #troubled = new Map<string, Row>();
  readonly #components = new Map<string, HeldWorkload>();

  /** @param now Unix seconds */
  constructor(now: () => number) {
    this.#now = now;
    this.held = { Deployment: this.#holding('Deployment'), StatefulSet: this.#holding('StatefulSet'), DaemonSet: this.#holding('DaemonSet') };
  }

  workloads(): Sections['workloads'] {
    const rows = new Notable<Row>(CAP, 2);
    for (const row of this.#troubled.values()) rows.add(row, TROUBLE);
    const { Deployment, StatefulSet, DaemonSet } = this.held;
    return {
      total: Deployment.size + StatefulSet.size + DaemonSet.size,
      replicasDesired: this.#totals.desired,
      replicasReady: this.#totals.ready,
      byKind: { Deployment: Deployment.size, StatefulSet: StatefulSet.size, DaemonSet: DaemonSet.size },
      checkedReferences: [],
      rows: rows.rows(),
      dropped: rows.dropped,
    };
  }

  addons(nodes: number): Sections['addons'] {
    const components = new NotableRows<ComponentRow>(MOST_COMPONENTS);
    const platform = new Platform();
    let cni: CniKind = 'none';
    for (const { component, platform: own } of this.#components.values()) {
      if (own) platform.add(own.namespace, own);
      if (!component) continue;
      components.add(component, component.ready < component.desired);
      if (cni === 'none') cni = cniOf(component.kind, component.name) ?? 'none';
    }
    return { cni, nodes, dropped: components.dropped, components: components.rows, platform: platform.rows };
  }

  /** The cluster DNS' replicas; a Deployment counts before a DaemonSet, as in the inspection. */
  dns(): DnsReplicas | undefined {
    let found: DnsReplicas | undefined;
    for (const { dns } of this.#components.values()) if (dns !== undefined && (found === undefined || dns.kind === 'Deployment')) found = dns;
    return found;
  }

  #holding(kind: WorkloadKind): Held<HeldWorkload> {
    return new Held<HeldWorkload>(
      (object) => this.#project(kind, object),
      (key, before, after) => {
        this.#totals.desired += (after?.desired ?? 0) - (before?.desired ?? 0);
        this.#totals.ready += (after?.ready ?? 0) - (before?.ready ?? 0);
        if (after?.row) this.#troubled.set(key, after.row);
        else this.#troubled.delete(key);
        if (after && (after.component || after.platform || after.dns)) this.#components.set(key, after);
        else this.#components.delete(key);
      },
    );
  }

  #project(kind: WorkloadKind, object: Json): HeldWorkload {
    const row = parseWorkload(kind, object, NO_PROTECTION, NO_REFERENCES, this.#now());
    const namespace = namespaceOf(object);
    const isPlatform = PLATFORM_NAMESPACES.some((one) => one === namespace);
    return {
      desired: row.desired,
      ready: row.ready,
      row: rankOf(row) === TROUBLE ? row : undefined,
      component: nameOf(object) === '' ? undefined : toComponentRow(kind, object),
      platform: isPlatform ? { namespace, ...replicasOf(kind, object) } : undefined,
      dns: kind === 'StatefulSet' ? undefined : dnsReplicasOf(kind, object),
    };
  }
}
