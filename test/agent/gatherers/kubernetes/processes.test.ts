import { describe, expect, it } from 'vitest';
import { componentLimits, extremes, parseLimit } from '../../../../agent/gatherers/host/kubernetes/component-limits.ts';
import { kubeProxy } from '../../../../agent/gatherers/host/kubernetes/kube-proxy.ts';
import { parseStat, placeOf } from '../../../../agent/gatherers/host/kubernetes/processes.ts';
import { hostOf } from '../../../support/tree.ts';
import { gatherOn, KUBEADM_HOST, processFiles } from './kubeadm-host.ts';

describe('limits of components', () => {
  it("tells those of the listed programs, and not calico's namesake", async () => {
    const { report, value } = await gatherOn(componentLimits, await hostOf(KUBEADM_HOST), 'componentLimits');
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value?.total).toBe(3);
    expect(value?.processes.map(({ component }) => component)).toEqual(['kubelet', 'containerd', 'kube-controller-manager']);
    expect(value?.processes[0]).toEqual({
      component: 'kubelet',
      nofileSoft: 1_048_576,
      nofileHard: 1_048_576,
      nprocSoft: Number.MAX_SAFE_INTEGER,
      openFiles: 3,
      openFilesPercent: 0,
      oomScoreAdj: -999,
      rssBytes: 122_880_000,
      startedAt: 1_793_491_260,
    });
  });
  it('keeps the extremes of many workers', async () => {
    const workers = Object.assign(
      {},
      ...Array.from({ length: 20 }, (_, index) => processFiles(100 + index, 'nginx', ['nginx'], { nofile: index === 7 ? '8192' : '65536', fds: index === 9 ? 40 : 1 })),
    );
    const { value } = await gatherOn(componentLimits, await hostOf({ '/var/lib/kubelet/pods/x': '', ...workers }), 'componentLimits');
    expect(value).toMatchObject({ total: 20, dropped: 0 });
    expect(value?.processes.length).toBeLessThanOrEqual(4);
    expect(value?.processes.map(({ nofileSoft }) => nofileSoft)).toContain(8_192);
    expect(value?.processes.map(({ openFiles }) => openFiles)).toContain(40);
  });
  it('leaves out what it may not read', async () => {
    const { value } = await gatherOn(componentLimits, await hostOf({ '/var/lib/kubelet/pods/x': '', '/proc/5/stat': '5 (etcd) S 1' }), 'componentLimits');
    expect(value?.processes).toEqual([{ component: 'etcd' }]);
  });
  it('is unreadable without processes, absent when none is listed', async () => {
    expect((await gatherOn(componentLimits, await hostOf({ '/var/lib/kubelet/pods/x': '' }))).report).toMatchObject({ status: 'failed', reason: 'not-visible' });
    expect((await gatherOn(componentLimits, await hostOf({ '/var/lib/kubelet/pods/x': '', ...processFiles(9, 'bash', ['bash']) }))).report).toMatchObject({
      status: 'absent',
      reason: 'not-present',
    });
  });
  it('keeps few rows as they are', () => {
    expect(extremes([{ component: 'etcd' }, { component: 'etcd' }])).toHaveLength(2);
  });
});

describe('files of /proc', () => {
  it('reads names with blanks and brackets', () => {
    expect(parseStat('12 (a) (b)) R 1 2 3')).toMatchObject({ pid: '12', comm: 'a) (b)' });
    expect(parseStat('')).toBeUndefined();
    expect(parseStat('12 )(')).toBeUndefined();
  });
  it('reads limits', () => {
    expect(parseLimit('Max open files            1024                 unlimited            files     \n', 'Max open files')).toEqual({
      soft: 1_024,
      hard: Number.MAX_SAFE_INTEGER,
    });
    expect(parseLimit('Max open files -5 x', 'Max open files')).toEqual({ soft: undefined, hard: undefined });
  });
  it.each([
    ['0::/system.slice/kubelet.service', 'host'],
    ['11:memory:/kubepods/burstable/pod1/abc', 'pod'],
    ['0::/docker/0123456789ab', 'container'],
    ['0::/system.slice/docker-0123.scope', 'container'],
    ['0::/system.slice/docker.service', 'host'],
    ['', 'host'],
  ])('%s', (cgroup, place) => {
    expect(placeOf(cgroup)).toBe(place);
  });
});

describe('kube-proxy', () => {
  it('tells its mode from its flags when nothing can be asked', async () => {
    const files = {
      '/var/lib/kubelet/pods/x': '',
      ...processFiles(4, 'kube-proxy', ['kube-proxy', '--proxy-mode=ipvs', '--hostname-override=acme'], { cgroup: '0::/kubepods.slice/x' }),
    };
    expect((await gatherOn(kubeProxy, await hostOf(files))).value).toEqual({ mode: 'ipvs' });
  });
  it('is absent where no process is, unreadable where none can be seen', async () => {
    expect((await gatherOn(kubeProxy, await hostOf(KUBEADM_HOST))).report).toMatchObject({ status: 'absent', reason: 'not-present' });
    expect((await gatherOn(kubeProxy, await hostOf({ '/var/lib/kubelet/pods/x': '' }))).report).toMatchObject({ status: 'failed', reason: 'not-visible' });
  });
});
