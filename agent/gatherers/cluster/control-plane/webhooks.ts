import type { Cluster } from '../../../kube/cluster.ts';
import { at, type Json, listAt, nameOf, numberAt, textAt } from '../../../kube/read.ts';
import { listing, MUTATING_WEBHOOKS, VALIDATING_WEBHOOKS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { Notable } from '../workloads/notable.ts';
import { BACKEND_NEEDS, type BackendState, Backends, isDown, readBundle, worstOf } from './backends.ts';
import { whenReadable } from './readable.ts';
import { coversCore, coversEverything, coversPods, type Labels, labelsOf, refusesOnFailure } from './webhook-scope.ts';

type Row = Sections['webhooks']['rows'][number];
const CAP = 500;
/** Webhooks of one configuration that are looked at; the largest known (Kyverno, Istio) have some tens. */
const MOST_WEBHOOKS = 200;
/** The API's default. */
const DEFAULT_TIMEOUT_SECONDS = 10;
const MOST_NAMESPACES = 200;

/** Labels of the namespaces that webhooks are asked about, each read once. */
class NamespaceLabels {
  readonly #cluster: Cluster;
  readonly #signal: AbortSignal;
  readonly #known = new Map<string, Labels>();
  constructor(cluster: Cluster, signal: AbortSignal) {
    this.#cluster = cluster;
    this.#signal = signal;
  }
  async of(name: string): Promise<Labels> {
    const known = this.#known.get(name);
    if (known) return known;
    const readable = /^[a-z0-9-]{1,63}$/.test(name) && this.#known.size < MOST_NAMESPACES;
    const namespace = readable ? await whenReadable(() => this.#cluster.get(`/api/v1/namespaces/${name}`, this.#signal)) : undefined;
    const labels = labelsOf(namespace, name);
    if (this.#known.size < MOST_NAMESPACES) this.#known.set(name, labels);
    return labels;
  }
}

/** One configuration with what stands behind it. */
export async function describeWebhooks(configuration: Json, kind: Row['kind'], backends: Backends, labels: { of(name: string): Promise<Labels> }): Promise<Row> {
  const webhooks = listAt(configuration, 'webhooks').slice(0, MOST_WEBHOOKS);
  const row = {
    failing: 0,
    timeoutSeconds: 0,
    sideEffects: false,
    failingBackend: false,
    coversEverything: false,
    coversKubeSystem: false,
    coversOwnBackend: false,
    caUnreadable: false,
  };
  let service: Pick<Row, 'namespace' | 'service'> | undefined;
  let caExpiresAt: number | undefined;
  let worst: BackendState = 'none';
  for (const webhook of webhooks) {
    const refuses = refusesOnFailure(webhook);
    const config = at(webhook, 'clientConfig');
    const state = await backends.stateOf(config);
    const before: BackendState = worst;
    worst = worstOf([before, state]);
    if (service === undefined || worst !== before) service = { namespace: textAt(config, 'service', 'namespace'), service: textAt(config, 'service', 'name') };
    if (refuses) row.failing += 1;
    if (refuses && isDown(state)) row.failingBackend = true;
    const bundle = readBundle(at(config, 'caBundle'));
    if (bundle.expiresAt !== undefined) caExpiresAt = Math.min(caExpiresAt ?? bundle.expiresAt, bundle.expiresAt);
    row.caUnreadable ||= bundle.unreadable;
    row.timeoutSeconds = Math.max(row.timeoutSeconds, Math.min(30, Math.max(0, numberAt(webhook, 'timeoutSeconds') ?? DEFAULT_TIMEOUT_SECONDS)));
    row.sideEffects ||= ['Unknown', 'Some'].includes(textAt(webhook, 'sideEffects') ?? '');
    row.coversEverything ||= coversEverything(webhook);
    row.coversKubeSystem ||= coversCore(webhook, await labels.of('kube-system'));
    const own = textAt(config, 'service', 'namespace');
    if (refuses && own !== undefined) row.coversOwnBackend ||= coversPods(webhook, await labels.of(own));
  }
  return { kind, name: nameOf(configuration), webhooks: webhooks.length, ...row, backend: worst, ...service, caExpiresAt };
}

/** 0 = refuses requests and its backend is down, 1 = otherwise conspicuous, 2 = nothing wrong. */
function rankOf(row: Row): number {
  if (row.failingBackend) return 0;
  return isDown(row.backend) || row.coversEverything || row.coversKubeSystem || row.caExpiresAt !== undefined ? 1 : 2;
}

export const webhooks = clusterGatherer({
  section: 'webhooks',
  needs: [listing(VALIDATING_WEBHOOKS), listing(MUTATING_WEBHOOKS), { api: 'namespaces', group: '', verbs: ['get'] }, ...BACKEND_NEEDS],
  deadlineMs: 120_000,

  async gather(cluster, signal) {
    const backends = new Backends(cluster, signal);
    const labels = new NamespaceLabels(cluster, signal);
    const kept = new Notable<Row>(CAP, 3);
    let total = 0;
    for (const [resource, kind] of [
      [VALIDATING_WEBHOOKS, 'ValidatingWebhookConfiguration'],
      [MUTATING_WEBHOOKS, 'MutatingWebhookConfiguration'],
    ] as const) {
      for await (const configuration of cluster.list(resource, signal)) {
        total += 1;
        const row = await describeWebhooks(configuration, kind, backends, labels);
        kept.add(row, rankOf(row));
      }
    }
    return { total, dropped: total - kept.rows().length, rows: kept.rows() };
  },
});
