import { describe, expect, it } from 'vitest';
import { systemd } from '../../../../agent/gatherers/host/services/systemd.ts';
import { parseFailedUnits, parseManager, parseServices, restartingUnits, roleOf, toFailedUnit } from '../../../../agent/gatherers/host/services/units.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import { hostOf } from '../../../support/tree.ts';

describe('failed units', () => {
  it('of systemd 249 (openEuler 22.03), with bullets', () => {
    const text = `● kubelet.service                 loaded     failed failed kubelet: The Kubernetes Node Agent
● acme-backup@nightly.service     loaded     failed failed A customer's words that must not travel
● dev-disk-by\\x2duuid-1.swap      not-found  failed failed /dev/disk/by-uuid/1
`;
    expect(parseFailedUnits(text)).toEqual(['kubelet.service', 'acme-backup@nightly.service', 'dev-disk-by\\x2duuid-1.swap']);
  });
  it('of systemd 219 (CentOS 7) and with an ASCII bullet', () => {
    expect(parseFailedUnits('kdump.service loaded failed failed Crash recovery kernel arming\n* var-lib-data.mount loaded failed failed /var/lib/data\n')).toEqual([
      'kdump.service',
      'var-lib-data.mount',
    ]);
    expect(parseFailedUnits('kdump.service loaded failed failed\n')).toEqual(['kdump.service']);
  });
  it.each([
    '',
    '0 loaded units listed.',
    '\0',
    'x'.repeat(100_000),
    'no-suffix loaded failed failed x',
    '../../etc/passwd loaded failed failed',
    'a.service loaded active running x',
  ])('are none in %j', (text) => {
    expect(parseFailedUnits(text)).toEqual([]);
  });
  it('have a type and a role', () => {
    expect(toFailedUnit('containerd.service')).toEqual({ unit: 'containerd.service', type: 'service', role: 'container-runtime' });
    expect(toFailedUnit('var-lib-data.mount')).toEqual({ unit: 'var-lib-data.mount', type: 'mount', role: 'other' });
    expect(['rke2-agent.service', 'etcd.service', 'chrony.service', 'NetworkManager.service', 'kubelet-helper.service'].map(roleOf)).toEqual([
      'kubelet',
      'etcd',
      'time',
      'network',
      'other',
    ]);
  });
});

describe('services that restart', () => {
  const text = `Id=kubelet.service
NRestarts=7
SubState=running
ActiveEnterTimestampMonotonic=3500000000

Id=acme.service
NRestarts=0
SubState=running
ActiveEnterTimestampMonotonic=0

Id=flaky.service
NRestarts=2
SubState=auto-restart
ActiveEnterTimestampMonotonic=0
`;
  it('stand with their count and the time since the last start, the waiting ones first', () => {
    expect(restartingUnits(parseServices(text), 3_600)).toEqual([
      { unit: 'flaky.service', role: 'other', restarts: 2, waiting: true },
      { unit: 'kubelet.service', role: 'kubelet', restarts: 7, waiting: false, activeSeconds: 100 },
    ]);
  });
  it('are known by their state where systemd is older than 235 and counts nothing', () => {
    expect(restartingUnits(parseServices('Id=a.service\nSubState=auto-restart\n\nId=b.service\nSubState=running\n'), undefined)).toEqual([
      { unit: 'a.service', role: 'other', restarts: undefined, waiting: true },
    ]);
  });
  it.each(['', '\n\n\n', 'Id=\n', 'NRestarts=5\n', 'Id=x y.service\nNRestarts=5', 'Id=a.service\nNRestarts=-5\n', 'Id=a.service\nNRestarts=[not set]\n'])(
    'are none in %j',
    (bad) => {
      expect(restartingUnits(parseServices(bad), 1)).toEqual([]);
    },
  );
});

describe('the state of the manager', () => {
  it('is one of its words', () => {
    expect(parseManager('SystemState=degraded\nNJobs=2\n')).toEqual({ state: 'degraded', queuedJobs: 2 });
    expect(parseManager('SystemState=something-new\n')).toEqual({ state: 'unknown', queuedJobs: undefined });
    expect(parseManager('')).toEqual({ state: 'unknown', queuedJobs: undefined });
  });
});

describe('the systemd section', () => {
  async function gather(files: Record<string, string>): Promise<unknown> {
    const { reports } = await runGatherers([systemd], { host: await hostOf(files) }, { signal: new AbortController().signal, concurrency: 1, clock: () => 0 });
    return reports[0];
  }
  it('is absent without systemd and unreadable where it cannot be asked', async () => {
    expect(await gather({ '/proc/uptime': '100.00 1.00\n' })).toMatchObject({ status: 'absent', reason: 'not-present' });
    expect(await gather({ '/run/systemd/system/x': '' })).toMatchObject({ status: 'failed', reason: 'not-visible' });
  });
});
