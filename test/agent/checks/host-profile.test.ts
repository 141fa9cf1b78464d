import { describe, expect, it } from 'vitest';
import { asksOf, judgeProfile, profileThreshold, rolesOf, strictest } from '../../../agent/checks/host-profile.ts';
import { HOST_PARAMETERS, HOST_PROFILES, type HostParameter, tunedSets } from '../../../agent/checks/host-profiles.ts';
import { OS_CHECKS } from '../../../agent/checks/os/index.ts';
import { runChecks } from '../../../agent/checks/run.ts';
import { HOST_ROLES, type HostRole, TUNED_PROFILES } from '../../../agent/wire/sections/host/system-roles.ts';
import { HEALTHY_HOST_SYSTEM } from '../../fixtures/healthy/host-system.ts';

const SWITCHES: readonly HostParameter[] = ['vm.overcommit_memory', 'kernel.panic_on_oops'];
const asked = (parameter: HostParameter, unit: string, change: object = {}) => ({ parameter, unit, threshold: { ...profileThreshold(parameter, unit), ...change } });
const machineOf = (roles: readonly HostRole[], kubernetesNode = false) => ({
  machine: { kubernetesNode },
  processes: { roles: roles.map((role) => ({ role, processes: 1 })), tunedProfile: 'none' as const },
});

describe('profiles of roles', () => {
  it('ask each role for something, each parameter once, by bounds and never for one value', () => {
    for (const role of HOST_ROLES) {
      const rows = HOST_PROFILES[role];
      expect(rows.length, role).toBeGreaterThan(0);
      expect(new Set(rows.map(({ parameter }) => parameter)).size, role).toBe(rows.length);
      for (const { parameter, minimum, maximum, source } of rows) {
        expect(source.length).toBeGreaterThan(8);
        expect(minimum ?? maximum).toBeTypeOf('number');
        if (!SWITCHES.includes(parameter)) expect(minimum === undefined || maximum === undefined, `${role} ${parameter}`).toBe(true);
      }
    }
  });

  it('leave no parameter that nobody asks for', () => {
    const asks = new Set(HOST_ROLES.flatMap((role) => HOST_PROFILES[role].map(({ parameter }) => parameter)));
    expect(HOST_PARAMETERS.filter((parameter) => !asks.has(parameter))).toEqual([]);
  });
});

describe('a parameter of a machine with several roles', () => {
  it('is one finding with the strictest bound', () => {
    const where = machineOf(['redis', 'mongodb', 'elasticsearch']);
    expect(judgeProfile(60, asked('vm.swappiness', 'Value'), where)).toEqual([{ observed: 60, threshold: 1, askedBy: ['redis', 'mongodb', 'elasticsearch'] }]);
    expect(judgeProfile(1, asked('vm.swappiness', 'Value'), where)).toEqual([]);
    expect(judgeProfile(10, asked('vm.swappiness', 'Value'), machineOf(['redis']))).toEqual([]);
    expect(judgeProfile(128, asked('net.core.somaxconn', 'Count', { minimumCount: 4_096 }), where)).toEqual([{ observed: 128, threshold: 4_096, askedBy: ['redis'] }]);
    expect(judgeProfile(5, asked('vm.swappiness', 'Value'), where)).toEqual([{ observed: 5, threshold: 1, askedBy: ['mongodb', 'elasticsearch'] }]); // not Redis, which asks for 10
  });

  it('never fails for more than is asked', () => {
    for (const value of [262_144, 10_000_000, Number.MAX_SAFE_INTEGER]) expect(judgeProfile(value, asked('vm.max_map_count', 'Count'), machineOf(['elasticsearch']))).toEqual([]);
  });

  it('is left alone where the site exempts the role, or changed its bound', () => {
    const where = machineOf(['redis', 'mongodb']);
    expect(judgeProfile(10, asked('vm.swappiness', 'Value', { exempt: ['mongodb'] }), where)).toEqual([]);
    expect(judgeProfile(10, asked('vm.swappiness', 'Value', { exempt: ['mongodb', 'redis'] }), where)).toMatchObject({ verdict: 'not-applicable' });
    expect(judgeProfile(10, asked('vm.swappiness', 'Value', { mongodbMaximumValue: 20 }), where)).toEqual([]);
    expect(judgeProfile(60, asked('vm.swappiness', 'Value', { maximumValue: 10, exempt: ['any', 'mongodb', 'redis'] }), where)).toMatchObject({ verdict: 'not-applicable' });
  });

  it('is exempt where tuned sets it on purpose, and only what it sets', () => {
    const tuned = (tunedProfile: (typeof TUNED_PROFILES)[number]) => ({
      ...machineOf(['redis', 'elasticsearch']),
      processes: { ...machineOf(['redis', 'elasticsearch']).processes, tunedProfile },
    });
    expect(judgeProfile(30, asked('vm.swappiness', 'Value'), tuned('virtual-guest'))).toEqual({ verdict: 'not-applicable', reason: 'tuned-profile' });
    expect(judgeProfile(65_530, asked('vm.max_map_count', 'Count'), tuned('virtual-guest'))).toEqual([{ observed: 65_530, threshold: 262_144, askedBy: ['elasticsearch'] }]);
    expect(judgeProfile(30, asked('vm.swappiness', 'Value'), tuned('balanced'))).toEqual([{ observed: 30, threshold: 1, askedBy: ['redis', 'elasticsearch'] }]);
    expect(TUNED_PROFILES.filter((profile) => tunedSets(profile, 'nofile'))).toEqual([]);
  });

  it('goes by kubelet on a node where kubelet sets it, whatever else runs there', () => {
    const other = asked('vm.overcommit_memory', 'Value', { redisMinimumValue: 2, redisMaximumValue: 2 });
    expect(judgeProfile(1, other, machineOf(['redis'], true))).toEqual([]);
    expect(judgeProfile(1, other, machineOf(['redis']))).toEqual([{ observed: 1, threshold: 2, askedBy: ['redis'] }]);
    expect(asksOf(['redis', 'kubernetes-node'], other)).toEqual([{ by: 'kubernetes-node', minimum: 1, maximum: 1 }]);
    expect(strictest([])).toEqual({ minimum: undefined, maximum: undefined });
  });

  it('is not known where processes cannot be seen and one of them might ask for more', () => {
    const unseen = { machine: { kubernetesNode: true }, processes: { tunedProfile: 'none' as const } };
    expect(rolesOf(unseen)).toEqual(['kubernetes-node']);
    expect(judgeProfile(65_530, asked('vm.max_map_count', 'Count'), unseen)).toEqual({ verdict: 'unknown', reason: 'not-visible' });
    expect(judgeProfile(262_144, asked('vm.max_map_count', 'Count'), unseen)).toMatchObject({ verdict: 'not-applicable' });
    expect(judgeProfile(128, asked('net.core.somaxconn', 'Count', { minimumCount: 4_096 }), unseen)).toEqual([{ observed: 128, threshold: 4_096, askedBy: ['kubernetes-node'] }]);
  });

  it('is told once, by one check', () => {
    const sections = {
      ...HEALTHY_HOST_SYSTEM,
      machine: { ...HEALTHY_HOST_SYSTEM.machine, kubernetesNode: false },
      os: { ...HEALTHY_HOST_SYSTEM.os, transparentHugePages: 'always' as const },
      memory: { ...HEALTHY_HOST_SYSTEM.memory, swapTotalBytes: 1 },
      sysctls: {
        hostNetwork: true,
        values: {
          ...HEALTHY_HOST_SYSTEM.sysctls.values,
          'vm.swappiness': 60,
          'vm.overcommit_memory': 0,
          'net.core.somaxconn': 128,
          'vm.max_map_count': 65_530,
          'fs.aio-max-nr': 65_536,
        },
      },
      processes: {
        ...HEALTHY_HOST_SYSTEM.processes,
        roles: (['redis', 'mysql', 'mongodb'] as const).map((role) => ({ role, processes: 1, openFilesLimit: 1_024, processesLimit: 1_024 })),
      },
    };
    const { findings } = runChecks(OS_CHECKS, sections, [], new Set(['host']), { now: 1_795_305_600, host: 'node-1' });
    expect(findings.map(({ check, observed, threshold }) => [check, observed, threshold]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual([
      ['os-aio-low', 65_536, 262_144],
      ['os-max-map-count-low', 65_530, 262_144],
      ['os-nofile-low', 1_024, 64_000],
      ['os-nproc-low', 1_024, 64_000],
      ['os-overcommit-off', 0, 1],
      ['os-somaxconn-low', 128, 4_096],
      ['os-swappiness-high', 60, 1],
      ['os-thp-always', 'always', undefined],
    ]);
  });
});
