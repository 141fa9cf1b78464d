import { type Json, millicores, nameOf, namespaceOf, objectAt, quantity } from '../../../kube/read.ts';
import { listing, RESOURCE_QUOTAS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { QUOTA_RESOURCES } from '../../../wire/sections/cluster/control-plane-governance.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { Notable } from '../workloads/notable.ts';

type Row = Sections['quotas']['rows'][number];
type QuotaResource = (typeof QUOTA_RESOURCES)[number];
const CAP = 3_000;
/** A quota used less than this is no candidate for any check, so it may be left out over the cap. */
const NOTABLE_PERCENT = 50;
const MOST_PERCENT = 1_000_000;
/** Resources in one quota that are looked at. */
const MOST_RESOURCES = 500;

/** The registered word for a key of `spec.hard`; `cpu` and `memory` are requests by another name. */
export function quotaResource(key: string): QuotaResource {
  const known = QUOTA_RESOURCES.find((word) => word === key);
  if (known) return known;
  if (key === 'cpu' || key === 'memory' || key === 'ephemeral-storage') return `requests.${key}`;
  if (key.includes('.storageclass.storage.k8s.io/')) return 'storage-class';
  if (key.startsWith('requests.hugepages-') || key.startsWith('hugepages-') || key.startsWith('limits.hugepages-')) return 'hugepages';
  if (key.startsWith('count/')) return 'count';
  return key.startsWith('requests.') ? 'extended' : 'other';
}

/** `undefined` when the quota limits nothing. A limit of 0 forbids: it counts as used only when something slipped through. */
export function parseQuota(item: Json): Row | undefined {
  const hard = objectAt(item, 'status', 'hard');
  const used = objectAt(item, 'status', 'used');
  let worst: { resource: QuotaResource; usedPercent: number } | undefined;
  let fullResources = 0;
  let limited = 0;
  for (const key of Object.keys(hard).slice(0, MOST_RESOURCES)) {
    const limit = quantity(hard[key]);
    const use = quantity(used[key]) ?? 0;
    if (limit === undefined) continue;
    limited += 1;
    const usedPercent = limit > 0 ? Math.min(MOST_PERCENT, (use / limit) * 100) : use > 0 ? MOST_PERCENT : 0;
    if (usedPercent >= 100) fullResources += 1;
    if (!worst || usedPercent > worst.usedPercent) worst = { resource: quotaResource(key), usedPercent };
  }
  return worst && { namespace: namespaceOf(item), name: nameOf(item), ...worst, fullResources, limited };
}

export const quotas = clusterGatherer({
  section: 'quotas',
  needs: [listing(RESOURCE_QUOTAS)],
  deadlineMs: 60_000,

  async gather(cluster, signal) {
    const kept = new Notable<Row>(CAP, 3);
    let total = 0;
    let hardCpuMillicores = 0;
    let hardMemoryBytes = 0;
    for await (const item of cluster.list(RESOURCE_QUOTAS, signal)) {
      total += 1;
      const hard = objectAt(item, 'spec', 'hard');
      hardCpuMillicores += millicores(hard['requests.cpu'] ?? hard['cpu']) ?? 0;
      hardMemoryBytes = Math.min(Number.MAX_SAFE_INTEGER, hardMemoryBytes + (quantity(hard['requests.memory'] ?? hard['memory']) ?? 0));
      const row = parseQuota(item);
      if (row) kept.add(row, row.usedPercent >= 100 ? 0 : row.usedPercent >= NOTABLE_PERCENT ? 1 : 2);
    }
    return { total, dropped: kept.dropped, hardCpuMillicores: Math.min(Number.MAX_SAFE_INTEGER, hardCpuMillicores), hardMemoryBytes, rows: kept.rows() };
  },
});
