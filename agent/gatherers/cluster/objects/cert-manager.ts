import { type Json, nameOf, namespaceOf, numberAt, timeAt } from '../../../kube/read.ts';
import { CERT_MANAGER_CERTIFICATES, listing } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { conditionOf, createdAtOf } from './api-object.ts';
import { NotableRows } from './notable-rows.ts';

export type CertificateRow = Sections['certManager']['rows'][number];

/** Far enough ahead that any sensible limit of a check lies within. */
const NOTABLE_SECONDS = 90 * 86_400;

export function toCertificateRow(item: Json): CertificateRow {
  const ready = conditionOf(item, 'Ready');
  const times = {
    since: ready?.since,
    notAfter: timeAt(item, 'status', 'notAfter'),
    renewalAt: timeAt(item, 'status', 'renewalTime'),
    failedAttempts: numberAt(item, 'status', 'failedIssuanceAttempts'),
  };
  return { namespace: namespaceOf(item), name: nameOf(item), ready: ready?.status === 'True', ...times, createdAt: createdAtOf(item) };
}

export const certManager = clusterGatherer({
  section: 'certManager',
  needs: [listing(CERT_MANAGER_CERTIFICATES)],
  deadlineMs: 60_000,

  async gather(cluster, signal) {
    const horizon = cluster.now() + NOTABLE_SECONDS;
    const rows = new NotableRows<CertificateRow>(1_000);
    let total = 0;
    for await (const item of cluster.list(CERT_MANAGER_CERTIFICATES, signal)) {
      const row = toCertificateRow(item);
      total += 1;
      if (!row.ready || row.notAfter === undefined || row.notAfter < horizon) rows.add(row, !row.ready || (row.notAfter ?? 0) < cluster.now() + NOTABLE_SECONDS / 3);
    }
    return { total, dropped: rows.dropped, rows: rows.rows };
  },
});
