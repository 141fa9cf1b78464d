import { describe, expect, it } from 'vitest';
import { problemOf } from '../../../../agent/gatherers/cluster/objects/claims.ts';
import { lackingDrivers } from '../../../../agent/gatherers/cluster/objects/csi.ts';
import { provisionerOf } from '../../../../agent/gatherers/cluster/objects/storage-classes.ts';
import { CSI_NODES, NODES, PERSISTENT_VOLUMES, PERSISTENT_VOLUME_CLAIMS, STORAGE_CLASSES, VOLUME_ATTACHMENTS, VOLUME_SNAPSHOTS } from '../../../../agent/kube/resources.ts';
import { HOSTILE, LONG_AGO_SECONDS, NOW, ago, gather, meta, valueOf } from './gathered.ts';

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
    const value = await valueOf('volumes', [
      [PERSISTENT_VOLUMES, [
        volume('ok', { csi: { driver: 'rbd.csi.ceph.com' } }),
        volume('gone', { csi: { driver: 'old.csi.example.com' } }),
        volume('released', { nfs: {} }, { phase: 'Released', lastPhaseTransitionTime: ago(864_000) }),
        volume('failed', { csi: { driver: 'rbd.csi.ceph.com' } }, { phase: 'Failed' }),
        volume('here', { local: {}, ...onNode('host-1') }),
        volume('nowhere', { local: {}, ...onNode('node-9') }),
        volume('plain', { hostPath: { path: '/data' }, persistentVolumeReclaimPolicy: 'Recycle' }),
      ]],
      [NODES, [NODE]], [CSI_NODES, [CSI_NODE]],
    ]);
    expect(value).toMatchObject({ total: 7, byPhase: { Bound: 5, Released: 1, Failed: 1 }, bySource: { csi: 3, nfs: 1, local: 2, hostPath: 1 }, capacityBytes: 7 * 10 * 2 ** 30, dropped: 0 });
    expect(value.rows.map(({ name, nodeMissing, phase }) => `${name} ${phase} ${nodeMissing}`)).toEqual(['failed Failed false', 'nowhere Bound true', 'released Released false', 'plain Bound false']);
    expect(value.rows.find(({ name }) => name === 'released')?.since).toBe(NOW - 864_000);
    expect(value.drivers).toEqual([{ driver: 'rbd.csi.ceph.com', bound: 1, nodes: 1 }, { driver: 'old.csi.example.com', bound: 1, nodes: 0 }]);
  });
  it('survive objects out of shape', async () => {
    expect((await gather('volumes', [[PERSISTENT_VOLUMES, HOSTILE], [NODES, HOSTILE], [CSI_NODES, HOSTILE]])).report.status).toBe('ok');
  });
});

describe('claims', () => {
  const classes = [{ ...meta('fast', '', { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }), provisioner: 'x', volumeBindingMode: 'WaitForFirstConsumer' }];
  const claim = (name: string, spec: object, status: object = { phase: 'Pending' }, more: object = {}): object => ({ ...meta(name, 'shop', more), spec: { resources: { requests: { storage: '1Gi' } }, ...spec }, status });
  it('tell why they are pending', async () => {
    const { total, bound, requestedBytes, rows } = await valueOf('claims', [
      [PERSISTENT_VOLUME_CLAIMS, [
        claim('bound', { storageClassName: 'fast' }, { phase: 'Bound' }),
        claim('waits', { storageClassName: 'fast' }),
        claim('used', { storageClassName: 'fast' }, { phase: 'Pending' }, { annotations: { 'volume.kubernetes.io/selected-node': 'node-1' } }),
        claim('wrong', { storageClassName: 'slow' }),
        claim('static', { storageClassName: '' }),
        claim('default', {}),
      ]],
      [STORAGE_CLASSES, classes],
    ]);
    expect({ total, bound, requestedBytes }).toEqual({ total: 6, bound: 1, requestedBytes: 6 * 2 ** 30 });
    expect(rows.map(({ name, class: of, waitsForConsumer }) => `${name} ${of} ${waitsForConsumer}`)).toEqual(['waits present true', 'used present false', 'wrong missing false', 'static static false', 'default present false']);
  });
  it('without a class need a default', async () => {
    const { rows } = await valueOf('claims', [[PERSISTENT_VOLUME_CLAIMS, [claim('default', {})]], [STORAGE_CLASSES, []]]);
    expect(rows[0]).toMatchObject({ class: 'no-default', problem: 'pending', since: LONG_AGO_SECONDS });
  });
  it.each([
    [{ phase: 'Lost' }, 'lost'], [{ phase: 'Bound', conditions: [{ type: 'FileSystemResizePending', status: 'True', lastTransitionTime: ago(60) }] }, 'resize-pending'],
    [{ phase: 'Bound', allocatedResourceStatuses: { storage: 'ControllerResizeInfeasible' } }, 'resize-failed'], [{ phase: 'Bound', conditions: [{ type: 'Resizing', status: 'False' }] }, undefined], [{}, 'pending'],
  ])('with status %j', (status, problem) => {
    expect(problemOf({ metadata: {}, status })?.problem).toBe(problem);
  });
  it('survive objects out of shape', async () => {
    expect((await gather('claims', [[PERSISTENT_VOLUME_CLAIMS, HOSTILE], [STORAGE_CLASSES, HOSTILE]])).report.status).toBe('ok');
  });
});

describe('storage classes', () => {
  it('are listed with what matters', async () => {
    const value = await valueOf('storageClasses', [[STORAGE_CLASSES, [{ ...meta('fast', '', { annotations: { 'storageclass.beta.kubernetes.io/is-default-class': 'true' } }), provisioner: 'lvm.hwameistor.io', allowVolumeExpansion: true, volumeBindingMode: 'WaitForFirstConsumer' }, { ...meta('x'), provisioner: 'acme.example/y', reclaimPolicy: 'Retain' }]]]);
    expect(value).toMatchObject({ total: 2, defaults: 1, rows: [{ name: 'fast', provisioner: 'hwameistor', default: true, expandable: true, waitsForConsumer: true, reclaim: 'Delete' }, { provisioner: 'other', reclaim: 'Retain' }] });
  });
  it.each([['kubernetes.io/no-provisioner', 'none'], ['kubernetes.io/aws-ebs', 'in-tree'], ['rook-ceph.rbd.csi.ceph.com', 'ceph-rbd'], ['rancher.io/local-path', 'local-path'], [undefined, 'other']])('know %s', (word, provisioner) => {
    expect(provisionerOf(word)).toBe(provisioner);
  });
});

describe('attachments', () => {
  it('have a row when something is wrong with them', async () => {
    const attachment = (name: string, node: string, status: object, more: object = {}): object => ({ ...meta(`csi-${name}`, '', more), spec: { attacher: 'rbd.csi.ceph.com', nodeName: node, source: { persistentVolumeName: name } }, status });
    const { total, rows } = await valueOf('volumeAttachments', [
      [VOLUME_ATTACHMENTS, [
        attachment('ok', 'node-1', { attached: true }),
        attachment('waits', 'node-1', { attached: false }),
        attachment('fails', 'node-1', { attached: false, attachError: { message: 'secret of the customer' } }),
        attachment('lost', 'node-9', { attached: true }),
        attachment('leaves', 'node-1', { attached: true, detachError: {} }, { deletionTimestamp: ago(700) }),
      ]],
      [CSI_NODES, [CSI_NODE]],
    ]);
    expect(total).toBe(5);
    expect(JSON.stringify(rows)).not.toContain('secret');
    expect(rows.map(({ name, attached, attachFailed, detachFailed, nodeMissing, deletingSince }) => [name, attached, attachFailed, detachFailed, nodeMissing, deletingSince])).toEqual([
      ['waits', false, false, false, false, undefined], ['fails', false, true, false, false, undefined], ['lost', true, false, false, true, undefined], ['leaves', true, false, true, false, NOW - 700],
    ]);
  });
});

describe('csi', () => {
  const node = (drivers: readonly string[], isWorker = true) => ({ limits: new Map(drivers.map((driver) => [driver, undefined])), isWorker, createdAt: 5 });
  it('compares worker nodes only, with what half of them have', () => {
    const nodes = new Map([['w1', node(['a', 'b'])], ['w2', node(['a'])], ['w3', node([])], ['m1', node([], false)]]);
    expect(lackingDrivers(nodes).map(({ node: name, driver, othersPercent }) => [name, driver, Math.round(othersPercent)])).toEqual([['w3', 'a', 67]]);
    expect(lackingDrivers(new Map())).toEqual([]);
  });
  it('tells nodes that come close to their limit', async () => {
    const tainted = { ...meta('node-2'), spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] } };
    const attachment = (i: number): object => ({ ...meta(`a${i}`), spec: { attacher: 'rbd.csi.ceph.com', nodeName: 'node-1' } });
    expect(await valueOf('csi', [[CSI_NODES, [CSI_NODE, meta('node-2')]], [NODES, [NODE, tainted]], [VOLUME_ATTACHMENTS, [attachment(1), attachment(2)]]])).toEqual({
      nodes: 2, drivers: 1, dropped: 0, lacking: [], limits: [{ node: 'node-1', driver: 'rbd.csi.ceph.com', used: 2, limit: 2 }],
    });
  });
  it('survives objects out of shape', async () => {
    expect((await gather('csi', [[CSI_NODES, HOSTILE], [NODES, HOSTILE], [VOLUME_ATTACHMENTS, HOSTILE]])).report.status).toBe('ok');
  });
});

it('snapshots have a row while they are not ready', async () => {
  const { total, rows } = await valueOf('snapshots', [[VOLUME_SNAPSHOTS, [
    { ...meta('ok', 'shop'), status: { readyToUse: true, error: { message: 'overcome' } } }, { ...meta('bad', 'shop'), status: { readyToUse: false, error: { message: 'x' } } }, meta('new', 'shop'),
  ]]]);
  expect(total).toBe(3);
  expect(rows.map(({ name, failed }) => [name, failed])).toEqual([['bad', true], ['new', false]]);
});
