import { describe, expect, it } from 'vitest';
import { problemOf } from '../../../../agent/gatherers/cluster/objects/claims.ts';
import { provisionerOf } from '../../../../agent/gatherers/cluster/objects/storage-classes.ts';
import { CSI_NODES, NODES, PERSISTENT_VOLUME_CLAIMS, PERSISTENT_VOLUMES, STORAGE_CLASSES } from '../../../../agent/kube/resources.ts';
import { ago, gather, gathered, HOSTILE, LONG_AGO_SECONDS, meta, NOW } from './gathered.ts';

function volume(name: string, spec: object, status: object = { phase: 'Bound' }): object {
  return { ...meta(name), spec: { capacity: { storage: '10Gi' }, persistentVolumeReclaimPolicy: 'Delete', ...spec }, status };
}
function onNode(...nodes: string[]): object {
  return { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: nodes }] }] } } };
}
const NODE = { ...meta('node-1', '', { labels: { 'kubernetes.io/hostname': 'host-1' } }) };
const CSI_NODE = { ...meta('node-1'), spec: { drivers: [{ name: 'rbd.csi.ceph.com', allocatable: { count: 2 } }] } };

describe('volumes', () => {
  it('are summed up, with rows for those that need a look', async () => {
    const value = await gathered('volumes', [
      [
        PERSISTENT_VOLUMES,
        [
          volume('ok', { csi: { driver: 'rbd.csi.ceph.com' } }),
          volume('gone', { csi: { driver: 'old.csi.example.com' } }),
          volume('released', { nfs: {} }, { phase: 'Released', lastPhaseTransitionTime: ago(864_000) }),
          volume('failed', { csi: { driver: 'rbd.csi.ceph.com' } }, { phase: 'Failed' }),
          volume('here', { local: {}, ...onNode('host-1') }),
          volume('nowhere', { local: {}, ...onNode('node-9') }),
          volume('plain', { hostPath: { path: '/data' }, persistentVolumeReclaimPolicy: 'Recycle' }),
        ],
      ],
      [NODES, [NODE]],
      [CSI_NODES, [CSI_NODE]],
    ]);
    expect(value).toMatchObject({
      total: 7,
      byPhase: { Bound: 5, Released: 1, Failed: 1 },
      bySource: { csi: 3, nfs: 1, local: 2, hostPath: 1 },
      capacityBytes: 7 * 10 * 2 ** 30,
      dropped: 0,
    });
    expect(value.rows.map(({ name, nodeMissing, phase }) => `${name} ${phase} ${nodeMissing}`)).toEqual([
      'failed Failed false',
      'nowhere Bound true',
      'released Released false',
      'plain Bound false',
    ]);
    expect(value.rows.find(({ name }) => name === 'released')?.since).toBe(NOW - 864_000);
    expect(value.drivers).toEqual([
      { driver: 'rbd.csi.ceph.com', bound: 1, nodes: 1 },
      { driver: 'old.csi.example.com', bound: 1, nodes: 0 },
    ]);
  });
  it('survive objects out of shape', async () => {
    expect(
      (
        await gather('volumes', [
          [PERSISTENT_VOLUMES, HOSTILE],
          [NODES, HOSTILE],
          [CSI_NODES, HOSTILE],
        ])
      ).report.status,
    ).toBe('ok');
  });
});

describe('claims', () => {
  const classes = [
    { ...meta('fast', '', { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }), provisioner: 'x', volumeBindingMode: 'WaitForFirstConsumer' },
  ];
  const claim = (name: string, spec: object, status: object = { phase: 'Pending' }, more: object = {}): object => ({
    ...meta(name, 'shop', more),
    spec: { resources: { requests: { storage: '1Gi' } }, ...spec },
    status,
  });
  it('tell why they are pending', async () => {
    const { total, bound, requestedBytes, rows } = await gathered('claims', [
      [
        PERSISTENT_VOLUME_CLAIMS,
        [
          claim('bound', { storageClassName: 'fast' }, { phase: 'Bound' }),
          claim('waits', { storageClassName: 'fast' }),
          claim('used', { storageClassName: 'fast' }, { phase: 'Pending' }, { annotations: { 'volume.kubernetes.io/selected-node': 'node-1' } }),
          claim('wrong', { storageClassName: 'slow' }),
          claim('static', { storageClassName: '' }),
          claim('default', {}),
        ],
      ],
      [STORAGE_CLASSES, classes],
    ]);
    expect({ total, bound, requestedBytes }).toEqual({ total: 6, bound: 1, requestedBytes: 6 * 2 ** 30 });
    expect(rows.map(({ name, class: of, waitsForConsumer }) => `${name} ${of} ${waitsForConsumer}`)).toEqual([
      'waits present true',
      'used present false',
      'wrong missing false',
      'static static false',
      'default present false',
    ]);
  });
  it('without a class need a default', async () => {
    const { rows } = await gathered('claims', [
      [PERSISTENT_VOLUME_CLAIMS, [claim('default', {})]],
      [STORAGE_CLASSES, []],
    ]);
    expect(rows[0]).toMatchObject({ class: 'no-default', problem: 'pending', since: LONG_AGO_SECONDS });
  });
  it.each([
    [{ phase: 'Lost' }, 'lost'],
    [{ phase: 'Bound', conditions: [{ type: 'FileSystemResizePending', status: 'True', lastTransitionTime: ago(60) }] }, 'resize-pending'],
    [{ phase: 'Bound', allocatedResourceStatuses: { storage: 'ControllerResizeInfeasible' } }, 'resize-failed'],
    [{ phase: 'Bound', conditions: [{ type: 'Resizing', status: 'False' }] }, undefined],
    [{}, 'pending'],
  ])('with status %j', (status, problem) => {
    expect(problemOf({ metadata: {}, status })?.problem).toBe(problem);
  });
  it('survive objects out of shape', async () => {
    expect(
      (
        await gather('claims', [
          [PERSISTENT_VOLUME_CLAIMS, HOSTILE],
          [STORAGE_CLASSES, HOSTILE],
        ])
      ).report.status,
    ).toBe('ok');
  });
});

describe('storage classes', () => {
  it('are listed with what matters', async () => {
    const value = await gathered('storageClasses', [
      [
        STORAGE_CLASSES,
        [
          {
            ...meta('fast', '', { annotations: { 'storageclass.beta.kubernetes.io/is-default-class': 'true' } }),
            provisioner: 'lvm.hwameistor.io',
            allowVolumeExpansion: true,
            volumeBindingMode: 'WaitForFirstConsumer',
          },
          { ...meta('x'), provisioner: 'acme.example/y', reclaimPolicy: 'Retain' },
        ],
      ],
    ]);
    expect(value).toMatchObject({
      total: 2,
      defaults: 1,
      rows: [
        { name: 'fast', provisioner: 'hwameistor', default: true, expandable: true, waitsForConsumer: true, reclaim: 'Delete' },
        { provisioner: 'other', reclaim: 'Retain' },
      ],
    });
  });
  it.each([
    ['kubernetes.io/no-provisioner', 'none'],
    ['kubernetes.io/aws-ebs', 'in-tree'],
    ['rook-ceph.rbd.csi.ceph.com', 'ceph-rbd'],
    ['rancher.io/local-path', 'local-path'],
    [undefined, 'other'],
  ])('know %s', (word, provisioner) => {
    expect(provisionerOf(word)).toBe(provisioner);
  });
});
