import { describe, expect, it } from 'vitest';
import { tunedProfile, withInstances } from '../../../../agent/gatherers/host/system/host-roles.ts';
import { processes } from '../../../../agent/gatherers/host/system/processes.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import type { SomeSections } from '../../../../agent/wire/section-values.ts';
import { type Files, hostOf } from '../../../support/tree.ts';

const OPTIONS = { signal: AbortSignal.timeout(20_000), concurrency: 4, clock: () => 0 };
const limits = (files: string, tasks: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units     \nMax processes             ${tasks}               ${tasks}               processes \nMax open files            ${files}                 524288               files     \n`;
function running(pid: number, comm: string, commandLine: string, ofIts = limits('1024', '127000')): Files {
  return {
    [`/proc/${pid}/stat`]: `${pid} (${comm}) S 1 ${pid} ${pid} 0 -1 4194560 100 0 0 0 1 1 0 0 20 0 1 0 100 0 0\n`,
    [`/proc/${pid}/cmdline`]: commandLine.replaceAll(' ', '\0'),
    [`/proc/${pid}/limits`]: ofIts,
  };
}
const rolesAt = async (files: Files) => (await runGatherers([processes], { host: await hostOf(files) }, OPTIONS)).sections.processes;

describe('roles of a machine', () => {
  it('are told by processes, with the lowest limits of each; a Java that is no server of ours gives none', async () => {
    const told = await rolesAt({
      ...running(10, 'redis-server', '/usr/bin/redis-server *:6379'),
      ...running(11, 'redis-server', '/usr/bin/redis-server *:6380', limits('65535', 'unlimited')),
      ...running(20, 'java', '/usr/bin/java -Xms1g org.elasticsearch.bootstrap.Elasticsearch', limits('unlimited', '4096')),
      ...running(25, 'java', '/usr/bin/java -Xmx1G kafka.Kafka /opt/kafka/config/server.properties', limits('100000', '127000')),
      ...running(30, 'java', '/usr/bin/java -jar canary.jar'),
      ...running(40, 'nginx', 'nginx: master process'),
      ...running(50, 'dmserver', '/opt/dm/bin/dmserver'),
    });
    expect(told?.roles).toEqual([
      { role: 'redis', processes: 2, openFilesLimit: 1_024, processesLimit: 127_000 },
      { role: 'other-database', processes: 1, openFilesLimit: 1_024, processesLimit: 127_000 },
      { role: 'elasticsearch', processes: 1, openFilesLimit: Number.MAX_SAFE_INTEGER, processesLimit: 4_096 },
      { role: 'kafka', processes: 1, openFilesLimit: 100_000, processesLimit: 127_000 },
      { role: 'nginx', processes: 1, openFilesLimit: 1_024, processesLimit: 127_000 },
    ]);
    expect(JSON.stringify(told)).not.toContain('canary');
  });

  it('are not known where there are more candidates than are looked at', async () => {
    const many: Record<string, Files[string]> = {};
    for (let pid = 100; pid < 450; pid += 1) many[`/proc/${pid}/stat`] = `${pid} (java) S 1 1 1 0 -1 4194560 100 0 0 0 1 1 0 0 20 0 1 0 100 0 0\n`;
    const told = await rolesAt(many);
    expect(told?.roles).toBeUndefined();
    expect(told?.programs).toEqual(['java']);
  });

  it('come from instances that are installed on it, running or not; those of the cluster are of other machines', () => {
    const row = { instance: 'i', mode: 'unknown', reach: 'ok', evidence: [], overridden: false, members: 0, answered: 0, denied: 0, statements: 0, durationMs: 0 } as const;
    const sections: SomeSections = {
      processes: { dropped: 0, roles: [{ role: 'redis', processes: 1 }] },
      middleware: {
        complete: true,
        ignored: 0,
        dropped: 0,
        members: [],
        rows: [
          { ...row, product: 'tlq', place: 'host' },
          { ...row, product: 'redis', place: 'host' },
          { ...row, product: 'mysql', place: 'cluster' },
          { ...row, product: 'mongodb', place: 'elsewhere' },
        ],
      },
    };
    expect(withInstances(sections).processes?.roles).toEqual([
      { role: 'redis', processes: 1 },
      { role: 'tonglinkq', processes: 0 },
    ]);
    expect(withInstances({ processes: { dropped: 0 } })).toEqual({ processes: { dropped: 0 } });
  });
});

describe('the profile of tuned', () => {
  it.each([
    [{ '/etc/tuned/active_profile': 'virtual-guest\n' }, 'virtual-guest'],
    [{ '/etc/tuned/active_profile': 'canary of acme\n' }, 'other'],
    [{ '/etc/tuned/active_profile': 'none\n' }, 'other'],
    [{ '/etc/tuned/active_profile': '\n' }, 'none'],
    [{ '/etc/os-release': 'ID=debian\n' }, 'none'],
    [{ '/proc/stat': '' }, undefined],
  ] as const)('is a word of the list: %j is %s', async (files, expected) => {
    expect(await tunedProfile(await hostOf(files as Files))).toBe(expected);
  });
});
