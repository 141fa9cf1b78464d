/** Whether what a webhook calls is there: its Service, ready endpoints, and a CA bundle that has not ended. */
import { X509Certificate } from 'node:crypto';
import type { Cluster } from '../../../kube/cluster.ts';
import { KubeError } from '../../../kube/errors.ts';
import { type Json, listAt, textAt } from '../../../kube/read.ts';
import { ENDPOINT_SLICES } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { Need } from '../../gatherer.ts';
import { whenReadable } from './readable.ts';

export type BackendState = Sections['webhooks']['rows'][number]['backend'];

/** Names of namespaces and Services; anything else is not put into a path. */
const NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;
/** Services that one gatherer looks at. */
const MOST_LOOKUPS = 300;
const MOST_CERTIFICATES = 50;
const WORST_FIRST: readonly BackendState[] = ['service-missing', 'no-endpoints', 'unread', 'ready', 'url', 'none'];

export const BACKEND_NEEDS: readonly Need[] = [
  { api: 'services', group: '', verbs: ['get'] },
  { api: 'endpointslices', group: 'discovery.k8s.io', verbs: ['list'] },
];

export function worstOf(states: readonly BackendState[]): BackendState {
  return WORST_FIRST.find((state) => states.includes(state)) ?? 'none';
}
/** Whether calls to it fail for sure. */
export function isDown(state: BackendState): boolean {
  return state === 'service-missing' || state === 'no-endpoints';
}

/** Looks at each Service once. */
export class Backends {
  readonly #cluster: Cluster;
  readonly #signal: AbortSignal;
  readonly #known = new Map<string, Promise<BackendState>>();

  constructor(cluster: Cluster, signal: AbortSignal) {
    this.#cluster = cluster;
    this.#signal = signal;
  }

  /** @param clientConfig of a webhook or of a conversion */
  async stateOf(clientConfig: unknown): Promise<BackendState> {
    const namespace = textAt(clientConfig, 'service', 'namespace');
    const service = textAt(clientConfig, 'service', 'name');
    if (namespace === undefined || service === undefined) return textAt(clientConfig, 'url') === undefined ? 'none' : 'url';
    if (!NAME.test(namespace) || !NAME.test(service)) return 'unread';
    const key = `${namespace}/${service}`;
    let state = this.#known.get(key);
    if (!state) {
      if (this.#known.size >= MOST_LOOKUPS) return 'unread';
      state = this.#look(namespace, service);
      this.#known.set(key, state);
    }
    return await state;
  }

  async #look(namespace: string, service: string): Promise<BackendState> {
    try {
      const found = await this.#cluster.get(`/api/v1/namespaces/${namespace}/services/${service}`, this.#signal);
      if (textAt(found, 'spec', 'type') === 'ExternalName') return 'url';
    } catch (error) {
      if (error instanceof KubeError && error.status === 404) return 'service-missing';
      if (error instanceof KubeError && error.reason === 'forbidden') return 'unread';
      throw error;
    }
    const version = await this.#cluster.servedVersion(ENDPOINT_SLICES, this.#signal);
    if (version === undefined) return 'unread';
    const path = `/apis/discovery.k8s.io/${version}/namespaces/${namespace}/endpointslices?labelSelector=${encodeURIComponent(`kubernetes.io/service-name=${service}`)}` as const;
    const slices = await whenReadable(() => this.#cluster.get(path, this.#signal));
    if (!slices) return 'unread';
    return hasReady(slices) ? 'ready' : 'no-endpoints';
  }
}

/** A missing `ready` means ready, as the API says. */
export function hasReady(slices: Json): boolean {
  for (const slice of listAt(slices, 'items')) {
    for (const endpoint of listAt(slice, 'endpoints')) {
      const conditions = (endpoint as Json | null)?.['conditions'] as Json | undefined;
      if (listAt(endpoint, 'addresses').length > 0 && conditions?.['ready'] !== false) return true;
    }
  }
  return false;
}

/**
 * When a CA bundle ends: a bundle serves as long as one of its certificates does. Dates only; nothing else is kept.
 * @param bundle base64 of PEM, as the API gives it
 */
export function readBundle(bundle: unknown): { readonly expiresAt?: number | undefined; readonly unreadable: boolean } {
  if (typeof bundle !== 'string' || bundle === '') return { unreadable: false };
  const pem = Buffer.from(bundle, 'base64').toString('latin1');
  let expiresAt: number | undefined;
  let start = pem.indexOf('-----BEGIN CERTIFICATE-----');
  for (let count = 0; start >= 0 && count < MOST_CERTIFICATES; count += 1) {
    const end = pem.indexOf('-----END CERTIFICATE-----', start);
    if (end < 0) break;
    const seconds = notAfter(pem.slice(start, end + 25));
    if (seconds !== undefined) expiresAt = Math.max(expiresAt ?? 0, seconds);
    start = pem.indexOf('-----BEGIN CERTIFICATE-----', end);
  }
  return { expiresAt, unreadable: expiresAt === undefined };
}

function notAfter(pem: string): number | undefined {
  try {
    const milliseconds = Date.parse(new X509Certificate(pem).validTo);
    return Number.isNaN(milliseconds) ? undefined : Math.max(0, Math.floor(milliseconds / 1_000));
  } catch {
    return undefined; // not a certificate: told as unreadable
  }
}
