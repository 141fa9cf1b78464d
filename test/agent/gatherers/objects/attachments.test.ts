import { describe, expect, it } from 'vitest';
import { lackingDrivers } from '../../../../agent/gatherers/cluster/objects/csi.ts';
import { CSI_NODES, NODES, VOLUME_ATTACHMENTS, VOLUME_SNAPSHOTS } from '../../../../agent/kube/resources.ts';
import { ago, gather, gathered, HOSTILE, meta, NOW } from './gathered.ts';

const NODE = { ...meta('node-1', '', { labels: { 'kubernetes.io/hostname': 'host-1' } }) };
const CSI_NODE = { ...meta('node-1'), spec: { drivers: [{ name: 'rbd.csi.ceph.com', allocatable: { count: 2 } }] } };

describe('attachments', () => {
  it('have a row when something is wrong with them', async () => {
    const attachment = (name: string, node: string, status: object, more: object = {}): object => ({
      ...meta(`csi-${name}`, '', more),
      spec: { attacher: 'rbd.csi.ceph.com', nodeName: node, source: { persistentVolumeName: name } },
      status,
    });
    const { total, rows } = await gathered('volumeAttachments', [
      [
        VOLUME_ATTACHMENTS,
        [
          attachment('ok', 'node-1', { attached: true }),
          attachment('waits', 'node-1', { attached: false }),
          attachment('fails', 'node-1', { attached: false, attachError: { message: 'secret of the customer' } }),
          attachment('lost', 'node-9', { attached: true }),
          attachment('leaves', 'node-1', { attached: true, detachError: {} }, { deletionTimestamp: ago(700) }),
        ],
      ],
      [CSI_NODES, [CSI_NODE]],
    ]);
    expect(total).toBe(5);
    expect(JSON.stringify(rows)).not.toContain('secret');
    expect(
      rows.map(({ name, attached, attachFailed, detachFailed, nodeMissing, deletingSince }) => [name, attached, attachFailed, detachFailed, nodeMissing, deletingSince]),
    ).toEqual([
      ['waits', false, false, false, false, undefined],
      ['fails', false, true, false, false, undefined],
      ['lost', true, false, false, true, undefined],
      ['leaves', true, false, true, false, NOW - 700],
    ]);
  });
});

describe('csi', () => {
  const node = (drivers: readonly string[], isWorker = true) => ({ drivers: new Set(drivers), isWorker, createdAt: 5 });
  it('compares worker nodes only, with what half of them have', () => {
    const nodes = new Map([
      ['w1', node(['a', 'b'])],
      ['w2', node(['a'])],
      ['w3', node([])],
      ['m1', node([], false)],
    ]);
    expect(lackingDrivers(nodes).map(({ node: name, driver, othersPercent }) => [name, driver, Math.round(othersPercent)])).toEqual([['w3', 'a', 67]]);
    expect(lackingDrivers(new Map())).toEqual([]);
  });
  it('leaves tainted nodes out', async () => {
    const tainted = { ...meta('node-2'), spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] } };
    const untainted = meta('node-3');
    const value = await gathered('csi', [
      [CSI_NODES, [CSI_NODE, meta('node-2'), meta('node-3')]],
      [NODES, [NODE, tainted, untainted]],
    ]);
    expect(value).toMatchObject({ nodes: 3, drivers: 1, dropped: 0, lacking: [{ node: 'node-3', driver: 'rbd.csi.ceph.com', othersPercent: 50 }] });
  });
  it('survives objects out of shape', async () => {
    expect(
      (
        await gather('csi', [
          [CSI_NODES, HOSTILE],
          [NODES, HOSTILE],
        ])
      ).report.status,
    ).toBe('ok');
  });
});

it('snapshots have a row while they are not ready', async () => {
  const { total, rows } = await gathered('snapshots', [
    [
      VOLUME_SNAPSHOTS,
      [
        { ...meta('ok', 'shop'), status: { readyToUse: true, error: { message: 'overcome' } } },
        { ...meta('bad', 'shop'), status: { readyToUse: false, error: { message: 'x' } } },
        meta('new', 'shop'),
      ],
    ],
  ]);
  expect(total).toBe(3);
  expect(rows.map(({ name, failed }) => [name, failed])).toEqual([
    ['bad', true],
    ['new', false],
  ]);
});
