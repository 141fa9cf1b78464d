import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../../agent/checks/index.ts';
import { kindOf } from '../../../collector/incidents/problem-kind.ts';
import { SETUP_CHECKS } from '../../../collector/incidents/setup-checks.ts';

describe('advice and faults', () => {
  it.each([
    'host-swap-enabled',
    'etcd-client-auth-off',
    'redis-auth-off',
    'control-plane-node-single',
    'control-plane-version-end-of-life',
    'middleware-version-eol',
    'nginx-runs-as-root',
    'tomcat-access-log-off',
    'workload-single-replica',
    'kafka-topic-single-replica',
  ])('%s is advice, however severe', (id) => {
    const area = CHECKS.find((check) => check.id === id)?.area;
    if (area === undefined) throw new Error(`no check ${id}`);
    expect([kindOf(id, area, 'critical'), kindOf(id, area, 'warning')]).toEqual(['problem', 'problem']);
  });
  it.each([
    'node-not-ready',
    'disk-space-low',
    'certificate-expired',
    'etcd-backup-stale',
    'redis-save-failed',
    'kafka-offline-partitions',
    'tongweb-license-expired',
    'host-oom-kill',
  ])('%s is a fault', (id) => {
    const area = CHECKS.find((check) => check.id === id)?.area;
    if (area === undefined) throw new Error(`no check ${id}`);
    expect(kindOf(id, area, 'critical')).toBe('incident');
  });
  it('goes by what the checks say of themselves', () => {
    const setup = CHECKS.filter((check) => check.setup);
    expect(setup.length).toBeGreaterThan(200);
    expect(setup.filter(({ id, area }) => kindOf(id, area, 'critical') === 'incident').map(({ id }) => id)).toEqual([]);
    expect([...SETUP_CHECKS].sort()).toEqual(setup.map(({ id }) => id).sort());
  });
  // What no rule names is a fault: a new check about settings has to be put where it belongs.
  it('calls nothing a fault that is named for a setting', () => {
    const setting = /-(off|enabled|open|even|as-root|plain|published|anonymous|eol|outdated|weak|autodeploy-enabled|default-password)$/;
    const faults = new Set(['control-plane-api-clock-off', 'storage-backup-outdated', 'minio-key-server-offline', 'elasticsearch-allocation-off', 'mongodb-balancer-off']);
    const wrong = CHECKS.filter(({ id, area, severity }) => setting.test(id) && kindOf(id, area, severity) === 'incident' && !faults.has(id));
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });
});
