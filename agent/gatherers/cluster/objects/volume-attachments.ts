import { boolAt, type Json, nameOf, textAt } from '../../../kube/read.ts';
import { CSI_NODES, listing, VOLUME_ATTACHMENTS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { createdAtOf, deletingSinceOf, has } from './api-object.ts';
import { NotableRows } from './notable-rows.ts';

type Row = Sections['volumeAttachments']['rows'][number];

/** @param nodes names of all nodes */
export function toAttachmentRow(item: Json, nodes: ReadonlySet<string>): Row {
  const node = textAt(item, 'spec', 'nodeName') ?? '';
  return {
    name: textAt(item, 'spec', 'source', 'persistentVolumeName') ?? nameOf(item), // an inline volume has no name of its own
    node,
    attached: boolAt(item, 'status', 'attached') === true,
    attachFailed: has(item, 'status', 'attachError'),
    detachFailed: has(item, 'status', 'detachError'),
    nodeMissing: !nodes.has(node),
    ...deletingSinceOf(item),
    createdAt: createdAtOf(item),
  };
}

export const volumeAttachments = clusterGatherer({
  section: 'volumeAttachments',
  needs: [VOLUME_ATTACHMENTS, CSI_NODES].map(listing),
  deadlineMs: 60_000,

  async gather(cluster, signal) {
    const nodes = new Set<string>();
    for await (const item of cluster.list(CSI_NODES, signal)) nodes.add(nameOf(item)); // carry the node's name and go with it
    const rows = new NotableRows<Row>(2_000);
    let total = 0;
    for await (const item of cluster.list(VOLUME_ATTACHMENTS, signal)) {
      const row = toAttachmentRow(item, nodes);
      total += 1;
      if (!row.attached || row.attachFailed || row.detachFailed || row.nodeMissing || row.deletingSince !== undefined) rows.add(row, true);
    }
    return { total, dropped: rows.dropped, rows: rows.rows };
  },
});
