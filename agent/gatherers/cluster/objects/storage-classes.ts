import { boolAt, type Json, nameOf, textAt } from '../../../kube/read.ts';
import { listing, STORAGE_CLASSES } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { PROVISIONERS } from '../../../wire/sections/cluster/objects-storage.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { memberOf } from './api-object.ts';
import { isDefaultClass } from './claims.ts';
import { NotableRows } from './notable-rows.ts';

type Row = Sections['storageClasses']['rows'][number];
type Provisioner = (typeof PROVISIONERS)[number];

const KNOWN: readonly (readonly [RegExp, Provisioner])[] = [
  [/^kubernetes\.io\/no-provisioner$/, 'none'],
  [/^kubernetes\.io\//, 'in-tree'],
  [/hwameistor/, 'hwameistor'],
  [/rbd/, 'ceph-rbd'],
  [/cephfs/, 'cephfs'],
  [/longhorn/, 'longhorn'],
  [/openebs/, 'openebs'],
  [/local-path/, 'local-path'],
  [/nfs/, 'nfs'],
  [/smb/, 'smb'],
  [/topolvm/, 'topolvm'],
  [/juicefs/, 'juicefs'],
  [/vsphere/, 'vsphere'],
  [/aws/, 'aws'],
  [/azure/, 'azure'],
  [/(gke|gcp|google)/, 'gcp'],
  [/(alibaba|aliyun)/, 'aliyun'],
  [/(huawei|everest)/, 'huawei'],
  [/(cinder|openstack)/, 'cinder'],
];
/** Who makes volumes of a class, from its `provisioner`. */
export function provisionerOf(provisioner: string | undefined): Provisioner {
  return KNOWN.find(([pattern]) => pattern.test(provisioner?.slice(0, 253) ?? ''))?.[1] ?? 'other';
}

export function toStorageClassRow(item: Json): Row {
  return {
    name: nameOf(item),
    provisioner: provisionerOf(textAt(item, 'provisioner')),
    default: isDefaultClass(item),
    expandable: boolAt(item, 'allowVolumeExpansion') === true,
    waitsForConsumer: textAt(item, 'volumeBindingMode') === 'WaitForFirstConsumer',
    reclaim: memberOf(['Retain', 'Delete', 'Recycle', 'other'], textAt(item, 'reclaimPolicy') ?? 'Delete', 'other'),
  };
}

export const storageClasses = clusterGatherer({
  section: 'storageClasses',
  needs: [listing(STORAGE_CLASSES)],
  deadlineMs: 30_000,

  async gather(cluster, signal) {
    const rows = new NotableRows<Row>(200);
    let total = 0;
    let defaults = 0;
    for await (const item of cluster.list(STORAGE_CLASSES, signal)) {
      const row = toStorageClassRow(item);
      total += 1;
      if (row.default) defaults += 1;
      rows.add(row, row.default);
    }
    return { total, defaults, dropped: rows.dropped, rows: rows.rows };
  },
});
