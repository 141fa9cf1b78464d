import { describe, expect, it } from 'vitest';
import { parseArguments, parseFlagText } from '../../../../agent/gatherers/host/kubernetes/flags.ts';
import { kubelet } from '../../../../agent/gatherers/host/kubernetes/kubelet.ts';
import { healthPort, parseKubeletSettings } from '../../../../agent/gatherers/host/kubernetes/kubelet-config.ts';
import { toBytes, toPercent, toSeconds } from '../../../../agent/gatherers/host/kubernetes/quantity.ts';
import { parseYamlMap } from '../../../../agent/gatherers/host/kubernetes/yaml.ts';
import { hostOf } from '../../../support/tree.ts';
import { gatherOn, KUBEADM_HOST, KUBELET_CONFIG, processFiles } from './kubeadm-host.ts';

const MIB = 1024 ** 2;

describe('kubelet of a kubeadm node', () => {
  it('tells the settings in effect and nothing of the command line', async () => {
    const { report, value } = await gatherOn(kubelet, await hostOf(KUBEADM_HOST), 'kubelet');
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toMatchObject({
      running: true,
      startedAt: 1_793_491_260,
      configSource: 'file',
      anonymousAuth: false,
      authorizationMode: 'Webhook',
      readOnlyPort: 0,
      rotateCertificates: true,
      serverTlsBootstrap: false,
      cgroupDriver: 'systemd',
      maxPods: 110,
      evictionHardSet: false,
      evictionMemoryBytes: 100 * MIB,
      imageGcHighPercent: 85,
      containerLogMaxBytes: 10 * MIB,
      streamingIdleTimeoutSeconds: 14_400,
      clusterDnsCount: 1,
      tlsMinVersion: 'default',
      systemReservedSet: false,
    });
    expect(value?.health).toBeUndefined(); // a capture has no loopback
    expect(JSON.stringify(value)).not.toMatch(/acme|10\.20|registry/);
  });
  it('lays drop-ins over the file and flags over both', async () => {
    const { value } = await gatherOn(
      kubelet,
      await hostOf({
        ...KUBEADM_HOST,
        ...processFiles(1200, 'kubelet', [
          '/usr/bin/kubelet',
          '--config=/var/lib/kubelet/config.yaml',
          '--config-dir',
          '/etc/kubernetes/kubelet.d',
          '--max-pods=64',
          '--read-only-port',
          '10255',
        ]),
        '/etc/kubernetes/kubelet.d/10-a.conf': 'maxPods: 200\nsystemReserved: {cpu: 500m, memory: 1Gi}\nkubeReserved: {cpu: "0"}\n',
        '/etc/kubernetes/kubelet.d/20-b.conf': 'authentication:\n  anonymous:\n    enabled: true\nevictionHard:\n  memory.available: 5%\n  nodefs.available: 0%\n',
        '/etc/kubernetes/kubelet.d/README': 'maxPods: [',
      }),
      'kubelet',
    );
    expect(value).toMatchObject({
      maxPods: 64,
      readOnlyPort: 10_255,
      systemReservedSet: true,
      kubeReservedSet: false,
      anonymousAuth: true,
      evictionSignals: ['memory.available'],
      evictionMemoryPercent: 5,
      rotateCertificates: true,
    });
    expect(value?.evictionMemoryBytes).toBeUndefined();
  });
  it('says that a dead kubelet does not run, and still reads its file and unit', async () => {
    const { value } = await gatherOn(
      kubelet,
      await hostOf({
        ...processFiles(1, 'systemd', ['/sbin/init'], { cgroup: '0::/init.scope' }),
        '/var/lib/kubelet/config.yaml': KUBELET_CONFIG,
        '/etc/systemd/system/kubelet.service.d/20-limits.conf': '[Service]\n# --max-pods=999 was too much\nEnvironment="KUBELET_EXTRA_ARGS=--max-pods=50 --node-labels=a=b"\n',
      }),
      'kubelet',
    );
    expect(value).toMatchObject({ running: false, maxPods: 50, anonymousAuth: false });
    expect(value?.startedAt).toBeUndefined();
  });
  it('applies the laxer defaults when it runs on flags alone', async () => {
    const files = { '/var/lib/kubelet/pods/x': '', ...processFiles(7, 'kubelet', ['/usr/bin/kubelet', '--kubeconfig=/etc/kubernetes/kubelet.conf', '--fail-swap-on=false']) };
    const { value } = await gatherOn(kubelet, await hostOf(files), 'kubelet');
    expect(value).toMatchObject({ configSource: 'flags', anonymousAuth: true, authorizationMode: 'AlwaysAllow', readOnlyPort: 10_255, failSwapOn: false });
  });
  it('tells no settings when the file that is named cannot be seen', async () => {
    const files = {
      '/var/lib/kubelet/pods/x': '',
      ...processFiles(7, 'kubelet', ['/usr/bin/kubelet', '--config=/host/elsewhere.yaml']),
      '/var/lib/kubelet/config.yaml': KUBELET_CONFIG,
    };
    const { value } = await gatherOn(kubelet, await hostOf(files), 'kubelet');
    expect(value).toEqual({ running: true, configSource: 'none' });
  });
  it.each([
    ['binary', Buffer.alloc(2_000, 0x00)],
    ['a list', '- a\n- b\n'],
    ['cut off', 'authentication: {anonymous: {enabled: '],
    ['nested too deep', `a: ${'['.repeat(50_000)}`],
    [
      'aliases that explode',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map((name, at) => `${name}: &${name} [${`*${'abcdefgh'[at]},`.repeat(9)}]`)
        .join('\n')}\n`,
    ],
  ])('fails closed on a file that is %s', async (_what, content) => {
    const { report } = await gatherOn(kubelet, await hostOf({ '/var/lib/kubelet/config.yaml': content }));
    expect(report).toMatchObject({ status: 'failed', reason: 'malformed' });
  });
  it('refuses a file without end', async () => {
    const { report } = await gatherOn(kubelet, await hostOf({ '/var/lib/kubelet/config.yaml': `a: 1\n${'# '.repeat(200_000)}` }));
    expect(report).toMatchObject({ status: 'failed', reason: 'too-large' });
  });
  it('is absent on other hosts', async () => {
    expect((await gatherOn(kubelet, await hostOf({ '/etc/hostname': 'db-1\n' }))).report).toMatchObject({ status: 'absent', reason: 'not-a-node' });
  });
});

describe('settings of the kubelet', () => {
  it('takes wrong types for not set', () => {
    expect(parseKubeletSettings({ maxPods: -5, imageGCHighThresholdPercent: 'many', authentication: [], clusterDNS: 'x', evictionHard: null }, new Map())).toMatchObject({
      maxPods: 110,
      imageGcHighPercent: 85,
      anonymousAuth: false,
      clusterDnsCount: 0,
      evictionHardSet: false,
    });
  });
  it('keeps defaults of other signals only when asked to', () => {
    expect(parseKubeletSettings({ evictionHard: { 'memory.available': '1Gi' } }, new Map()).evictionSignals).toEqual(['memory.available']);
    expect(parseKubeletSettings({ evictionHard: { 'memory.available': '1Gi' }, mergeDefaultEvictionSettings: true }, new Map()).evictionSignals).toContain('imagefs.available');
    expect(parseKubeletSettings({}, parseArguments(['--eviction-hard=memory.available<5%,nodefs.available<10%'])).evictionSignals).toEqual([
      'memory.available',
      'nodefs.available',
    ]);
  });
  it('asks health on loopback only', () => {
    expect(healthPort({}, new Map())).toBe(10_248);
    expect(healthPort({ healthzPort: 0 }, new Map())).toBe(0);
    expect(healthPort({ healthzBindAddress: '10.0.0.1' }, new Map())).toBeUndefined();
  });
});

describe('what they are written in', () => {
  it.each([
    ['100Mi', 104_857_600],
    ['1G', 1e9],
    [1024, 1024],
    ['1.5Gi', 1_610_612_736],
    ['-1', undefined],
    ['5%', undefined],
    [null, undefined],
    ['9'.repeat(40), undefined],
  ])('bytes %s', (text, bytes) => {
    expect(toBytes(text)).toBe(bytes);
  });
  it.each([
    ['4h0m0s', 14_400],
    ['1m30s', 90],
    ['500ms', 0.5],
    ['0s', 0],
    [7, 7],
    ['soon', undefined],
    ['', undefined],
    [-1, undefined],
  ])('seconds %s', (text, seconds) => {
    expect(toSeconds(text)).toBe(seconds);
  });
  it('shares', () => {
    expect([toPercent('15%'), toPercent('7.5 %'), toPercent('15'), toPercent(15)]).toEqual([15, 7.5, undefined, undefined]);
  });
  it('flags in shell text', () => {
    const flags = parseFlagText('ARGS="--a=1 --b-c \'x y\' --d"\n# --e=2\nExecStart=/usr/bin/x \\\n  --f=g \\\n  --h i\n');
    expect(Object.fromEntries(flags)).toEqual({ a: '1', 'b-c': 'x y', d: 'true', f: 'g', h: 'i' });
    expect(parseFlagText(`--${'a'.repeat(1_000_000)}`).size).toBe(0);
  });
  it('no prototype through YAML keys', async () => {
    const map = await parseYamlMap('__proto__: {enabled: true}\nconstructor: x\n');
    expect((map as { enabled?: unknown }).enabled).toBeUndefined();
    expect(await parseYamlMap('')).toEqual({});
  });
});
