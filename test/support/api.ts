/** A tiny API server on loopback that serves given objects with discovery and paging: what gatherers are tried on. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { KubeClient } from '../../agent/kube/client.ts';
import { Cluster } from '../../agent/kube/cluster.ts';
import { connect } from '../../agent/kube/connection.ts';
import type { Resource } from '../../agent/kube/resources.ts';

export interface Served {
  /** Objects by resource; a resource that is not named is not served. */
  readonly objects?: readonly (readonly [Resource, readonly object[]])[];
  /** Other paths: text, or a status with a text. */
  readonly paths?: Readonly<Record<string, string | { readonly status: number; readonly text: string }>>;
  /** Version index to serve of each resource; 0 = newest. */
  readonly versionIndex?: number;
}

/** Starts the server for one test and gives the cluster as gatherers see it. `now` is Unix seconds. */
export async function clusterOf(served: Served, now = 1_795_305_600): Promise<Cluster> {
  return new Cluster(new KubeClient(connect({ server: await serve(served), headers: {}, clusterName: 'test' }), { pageSize: 3, random: () => 0 }), () => now);
}

/** Address of a server that answers with the given objects until the test ends. */
export async function serve({ objects = [], paths = {}, versionIndex = 0 }: Served): Promise<string> {
  const bases = new Map<string, Map<string, readonly object[]>>();
  for (const [{ group, plural, versions }, items] of objects) {
    const version = versions[Math.min(versionIndex, versions.length - 1)] ?? 'v1';
    const base = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    bases.set(base, (bases.get(base) ?? new Map()).set(plural, items));
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const fixed = paths[url.pathname + url.search] ?? paths[url.pathname];
    const answer = (status: number, body: string): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    if (fixed !== undefined) return typeof fixed === 'string' ? answer(200, fixed) : answer(fixed.status, fixed.text);
    const known = bases.get(url.pathname);
    if (known) return answer(200, JSON.stringify({ kind: 'APIResourceList', resources: [...known.keys()].map((name) => ({ name })) }));
    const cut = url.pathname.lastIndexOf('/');
    const items = bases.get(url.pathname.slice(0, cut))?.get(url.pathname.slice(cut + 1));
    if (!items) return answer(404, '{}');
    const start = Number(url.searchParams.get('continue') ?? 0);
    const end = start + Number(url.searchParams.get('limit') ?? items.length);
    return answer(
      200,
      JSON.stringify({ kind: 'List', apiVersion: 'v1', metadata: { resourceVersion: '1', ...(end < items.length && { continue: String(end) }) }, items: items.slice(start, end) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
