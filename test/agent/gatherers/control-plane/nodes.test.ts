import { describe, expect, it } from 'vitest';
import { lifecycleOf } from '../../../../agent/checks/lifecycle/operating-systems.ts';
import { parseOsImage } from '../../../../agent/gatherers/cluster/control-plane/node-os.ts';
import { closestToLimit, parseNode, volumesByDriver } from '../../../../agent/gatherers/cluster/control-plane/nodes-row.ts';
import { CSI_NODES, LEASES, NODE_METRICS, NODES } from '../../../../agent/kube/resources.ts';
import { gather } from './run-one.ts';

const NOW = 1_795_305_600;
const ZEROS = '00000000-0000-0000-0000-000000000000';
const iso = (seconds: number): string => new Date(seconds * 1_000).toISOString();

/** A node as kubelet 1.35 posts it; `changes` go into its parts. */
function node(name: string, changes: { labels?: object; spec?: object; status?: object } = {}): Record<string, unknown> {
  return {
    metadata: { name, creationTimestamp: iso(NOW - 86_400), labels: { 'kubernetes.io/arch': 'amd64', ...changes.labels } },
    spec: { podCIDR: '10.244.0.0/24', ...changes.spec },
    status: {
      capacity: { cpu: '8', memory: '32779340Ki', pods: '110', 'ephemeral-storage': '102624184Ki' },
      allocatable: { cpu: '7600m', memory: '31Gi', pods: '110', 'ephemeral-storage': '94578447840' },
      conditions: [
        { type: 'MemoryPressure', status: 'False', lastHeartbeatTime: iso(NOW - 60), lastTransitionTime: iso(NOW - 86_400) },
        { type: 'Ready', status: 'True', lastHeartbeatTime: iso(NOW - 60), lastTransitionTime: iso(NOW - 80_000) },
      ],
      nodeInfo: {
        kernelVersion: '5.10.0-216.0.0.115.oe2203sp4.x86_64',
        osImage: 'openEuler 22.03 (LTS-SP4)',
        containerRuntimeVersion: 'containerd://2.1.4',
        kubeletVersion: 'v1.35.8',
        architecture: 'amd64',
        machineID: 'secret',
        systemUUID: 'x',
      },
      addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
      images: [{ names: ['a'] }, { names: ['b'] }],
      ...changes.status,
    },
  };
}

describe('the operating system in osImage', () => {
  it.each([
    ['openEuler 22.03 (LTS-SP4)', 'openeuler', '22.03-lts-sp4'],
    ['openEuler 22.03 LTS', 'openeuler', '22.03-lts'],
    ['Kylin Linux Advanced Server V10 (Lance)', 'kylin', 'v10'],
    ['UnionTech OS Server 20', 'uos', '20'],
    ['Anolis OS 8.8', 'anolis', '8.8'],
    ['Alibaba Cloud Linux 3 (Soaring Falcon)', 'alinux', '3'],
    ['BigCloud Enterprise Linux For Euler 21.10 LTS', 'bclinux', '21.10-lts'],
    ['TencentOS Server 3.1 (Final)', 'tencentos', '3.1'],
    ['EulerOS 2.0 (SP9x86_64)', 'euleros', '2.0'],
    ['Huawei Cloud EulerOS 2.0 (x86_64)', 'hce', '2.0'],
    ['CentOS Linux 7 (Core)', 'centos', '7'],
    ['CentOS Stream 9', 'centos-stream', '9'],
    ['Red Hat Enterprise Linux 8.8 (Ootpa)', 'rhel', '8.8'],
    ['Red Hat Enterprise Linux CoreOS 414.92.202403051622-0 (Plow)', 'other', '414.92.202403'],
    ['Ubuntu 22.04.3 LTS', 'ubuntu', '22.04.3'],
    ['Debian GNU/Linux 12 (bookworm)', 'debian', '12'],
    ['SUSE Linux Enterprise Server 15 SP5', 'sles', '15.5'],
    ['Amazon Linux 2023.4.20240401', 'amazon', undefined],
    ['Container-Optimized OS from Google', 'cos', undefined],
    ['Talos (v1.7.1)', 'talos', '1.7.1'],
    ['Acme Secret Linux', 'other', undefined],
    ['', 'other', undefined],
  ])('%s', (image, os, osVersion) => {
    const parsed = parseOsImage(image);
    expect(parsed.os).toBe(os);
    if (osVersion !== undefined && os !== 'other') expect(parsed.osVersion).toBe(osVersion);
  });
  it('finds the rows of the table of lifecycles', () => {
    for (const image of [
      'openEuler 22.03 (LTS-SP4)',
      'Ubuntu 22.04.3 LTS',
      'SUSE Linux Enterprise Server 15 SP5',
      'CentOS Linux 7 (Core)',
      'Debian GNU/Linux 12 (bookworm)',
      'Rocky Linux 9.3 (Blue Onyx)',
    ]) {
      const { os, osVersion } = parseOsImage(image);
      expect(os !== 'windows' && lifecycleOf({ distribution: os, release: osVersion, versionId: osVersion })).toBeTruthy();
    }
  });
});

describe('a node', () => {
  it('becomes a row without addresses or identities', () => {
    const row = parseNode(node('a', { labels: { 'node-role.kubernetes.io/control-plane': '' } }), NOW, 2);
    expect(row).toMatchObject({
      name: 'a',
      role: 'control-plane',
      ready: 'true',
      readySince: NOW - 80_000,
      heartbeatAt: NOW - 60,
      pressures: [],
      kubelet: 'v1.35.8',
      kubeletMinor: 35,
      os: 'openeuler',
      runtime: 'containerd',
      runtimeVersion: '2.1.4',
      cpuAllocatableMillicores: 7_600,
      memoryAllocatableBytes: 31 * 2 ** 30,
      podsAllocatable: 110,
      zone: 2,
      podCidr: true,
      images: 2,
      dedicated: false,
      taints: 0,
    });
    expect(JSON.stringify(row)).not.toMatch(/10\.0\.0\.1|secret/);
  });
  it('tells pressures, faults and stale reporters apart', () => {
    const conditions = [
      { type: 'Ready', status: 'Unknown', lastTransitionTime: iso(NOW - 300) },
      { type: 'MemoryPressure', status: 'True', lastTransitionTime: iso(NOW - 900) },
      { type: 'NetworkUnavailable', status: 'True' },
      { type: 'KernelDeadlock', status: 'True', lastHeartbeatTime: iso(NOW - 60), lastTransitionTime: iso(NOW - 500) },
      { type: 'AcmeBankProblem', status: 'True', lastHeartbeatTime: iso(NOW - 60), lastTransitionTime: iso(NOW - 700) },
      { type: 'ReadonlyFilesystem', status: 'True', lastHeartbeatTime: iso(NOW - 7_200) },
      { type: 'FrequentKubeletRestart', status: 'False', lastHeartbeatTime: iso(NOW - 60) },
    ];
    expect(parseNode(node('a', { status: { conditions } }), NOW, undefined)).toMatchObject({
      ready: 'unknown',
      pressures: ['memory', 'network-unavailable'],
      memoryPressureSince: NOW - 900,
      problems: ['KernelDeadlock'],
      otherProblems: 1,
      problemSince: NOW - 700,
      staleConditions: 1,
    });
  });
  it('tells taints of the role, of the system and of its owner apart', () => {
    const taints = [
      { key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' },
      { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded: iso(NOW - 60) },
      { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' },
      { key: 'acme/gpu', value: 'secret', effect: 'NoExecute' },
    ];
    expect(parseNode(node('a', { spec: { taints, unschedulable: true } }), NOW, undefined)).toMatchObject({
      dedicated: true,
      unschedulable: true,
      unschedulableSince: NOW - 60,
      unreachable: true,
      taints: 1,
      noExecuteTaints: 1,
    });
    expect(parseNode(node('a', { spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'PreferNoSchedule' }] } }), NOW, undefined).dedicated).toBe(false);
  });
  it.each([
    ['docker://20.10.7', 'docker', '20.10.7'],
    ['cri-o://1.30.2', 'cri-o', '1.30.2'],
    ['iSulad://2.1.3', 'isulad', '2.1.3'],
    ['acme://7', 'other', '7'],
    ['containerd://Unknown', 'containerd', undefined],
    ['', 'other', undefined],
  ])('tells the runtime of %j', (containerRuntimeVersion, runtime, runtimeVersion) => {
    const row = parseNode(node('a', { status: { nodeInfo: { containerRuntimeVersion } } }), NOW, undefined);
    expect([row.runtime, row.runtimeVersion]).toEqual([runtime, runtimeVersion]);
  });
  it('survives objects of any shape', () => {
    for (const hostile of [
      {},
      { metadata: null, spec: [], status: 'x' },
      { status: { conditions: [null, 1, {}], capacity: { cpu: '-4', memory: {} }, images: {} } },
      { spec: { taints: [null, { key: 5 }] } },
    ]) {
      expect(parseNode(hostile, NOW, undefined)).toMatchObject({ ready: 'missing', cpuCapacityMillicores: 0, role: 'worker' });
    }
  });
});

describe('volumes', () => {
  it('are held against the limit of their driver', () => {
    const volumesAttached = Array.from({ length: 14 }, (_, i) => ({ name: `kubernetes.io/csi/disk.csi.example.com^vol-${i}` }));
    const attached = volumesByDriver({ status: { volumesAttached: [...volumesAttached, { name: 'kubernetes.io/aws-ebs/x' }, null] } });
    const csiNode = {
      spec: { drivers: [{ name: 'nfs.csi.k8s.io' }, { name: 'disk.csi.example.com', allocatable: { count: 16 } }, { name: 'other', allocatable: { count: 100 } }] },
    };
    expect(closestToLimit(csiNode, attached)).toEqual({ volumesOfDriver: 14, volumesLimit: 16 });
    expect(closestToLimit({ spec: { drivers: [{ name: 'x', allocatable: { count: 0 } }] } }, attached)).toBeUndefined();
  });
});

describe('the gatherer', () => {
  it('joins leases and limits by name and numbers the zones', async () => {
    const { value, report } = await gather('nodes', {
      objects: [
        [
          NODES,
          [
            node('a', { labels: { 'topology.kubernetes.io/zone': 'cn-1a', 'node-role.kubernetes.io/master': '' } }),
            node('b', { labels: { 'failure-domain.beta.kubernetes.io/zone': 'cn-1b' } }),
            node('c', { labels: { 'topology.kubernetes.io/zone': 'cn-1a' } }),
            node('d'),
          ],
        ],
        [LEASES, []],
        [CSI_NODES, [{ metadata: { name: 'a' }, spec: { drivers: [{ name: 'd', allocatable: { count: 25 } }] } }]],
      ],
      paths: {
        '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases': JSON.stringify({
          kind: 'List',
          metadata: {},
          items: [{ metadata: { name: 'a' }, spec: { renewTime: '2026-11-21T23:59:55.123456Z' } }],
        }),
      },
    });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toMatchObject({ total: 4, controlPlanes: 1, zones: 2, dropped: 0, takenAt: NOW });
    expect(value?.rows.map(({ name, zone, leaseAt, volumesLimit }) => [name, zone, leaseAt, volumesLimit])).toEqual([
      ['a', 1, NOW - 5, 25],
      ['b', 2, undefined, undefined],
      ['c', 1, undefined, undefined],
      ['d', undefined, undefined, undefined],
    ]);
  });
  it('tells which nodes share the id of a machine, and never the id', async () => {
    const cloned = (name: string, machineID: string, systemUUID: string) => node(name, { status: { nodeInfo: { machineID, systemUUID } } });
    const { value } = await gather('nodes', {
      objects: [
        [
          NODES,
          [
            cloned('a', 'a'.repeat(32), 'UUID-OF-ALL'),
            cloned('b', 'a'.repeat(32), 'uuid-of-all'),
            cloned('c', 'c'.repeat(32), 'UUID-OF-C'),
            cloned('d', '', ZEROS),
            cloned('e', '', ZEROS),
          ],
        ],
        [LEASES, []],
        [CSI_NODES, []],
      ],
    });
    expect(value?.rows.map(({ name, sharedIds }) => [name, sharedIds])).toEqual([
      ['a', ['machine-id', 'product-uuid']],
      ['b', ['machine-id', 'product-uuid']],
      ['c', []],
      ['d', []],
      ['e', []],
    ]);
    expect(JSON.stringify(value)).not.toMatch(/aaaa|uuid-of/i);
  });
  it('works without the right to read leases, and without CSINodes', async () => {
    const { value } = await gather('nodes', {
      objects: [
        [NODES, [node('a')]],
        [LEASES, []],
      ],
      paths: { '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases': { status: 403, text: '{}' } },
    });
    expect(value).toMatchObject({ total: 1, zones: 0 });
    expect(value?.rows[0]).not.toHaveProperty('leaseAt');
  });
});

describe('usage of nodes', () => {
  it('is read from metrics-server, oldest time first', async () => {
    const { value, report } = await gather('nodeUsage', {
      objects: [
        [
          NODE_METRICS,
          [
            { metadata: { name: 'a' }, timestamp: iso(NOW - 90), window: '20s', usage: { cpu: '1234567890n', memory: '12Gi' } },
            { metadata: { name: 'b' }, timestamp: iso(NOW - 30), usage: { cpu: '500m', memory: '1048576Ki' } },
            { metadata: { name: 'c' }, usage: {} },
          ],
        ],
      ],
      versionIndex: 1,
    });
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toEqual({
      total: 2,
      dropped: 0,
      oldestAt: NOW - 90,
      rows: [
        { node: 'a', cpuMillicores: 1_235, memoryBytes: 12 * 2 ** 30 },
        { node: 'b', cpuMillicores: 500, memoryBytes: 2 ** 30 },
      ],
    });
  });
  it('is absent where no metrics API is registered', async () => {
    expect((await gather('nodeUsage', {})).report).toMatchObject({ status: 'absent', reason: 'not-in-use' });
  });
});
