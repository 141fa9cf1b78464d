import { boolAt, nameOf, namespaceOf } from '../../../kube/read.ts';
import { listing, VOLUME_SNAPSHOTS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { createdAtOf, has } from './api-object.ts';
import { NotableRows } from './notable-rows.ts';

export const snapshots = clusterGatherer({
  section: 'snapshots',
  needs: [listing(VOLUME_SNAPSHOTS)],
  deadlineMs: 60_000,

  async gather(cluster, signal) {
    const rows = new NotableRows<Sections['snapshots']['rows'][number]>(1_000);
    let total = 0;
    for await (const item of cluster.list(VOLUME_SNAPSHOTS, signal)) {
      total += 1;
      const failed = has(item, 'status', 'error');
      if (boolAt(item, 'status', 'readyToUse') === true) continue; // an error that a retry overcame stays in the status
      rows.add({ namespace: namespaceOf(item), name: nameOf(item), failed, createdAt: createdAtOf(item) }, failed);
    }
    return { total, dropped: rows.dropped, rows: rows.rows };
  },
});
