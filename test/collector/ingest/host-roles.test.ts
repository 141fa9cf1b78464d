/** Which roles of a machine ask for what is missing: from the check over the wire into the store and in front of readers. */
import { expect, it } from 'vitest';
import { CHECKS } from '../../../agent/checks/index.ts';
import { runChecks } from '../../../agent/checks/run.ts';
import type { Finding } from '../../../agent/wire/inspection.ts';
import { payloadSchema } from '../../../agent/wire/schema.ts';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import { Ingest } from '../../../collector/ingest/ingest.ts';
import { listFindings } from '../../../collector/store/finding-store.ts';
import { findingBlock, groupByCheck } from '../../../reports/findings.ts';
import { findingsSheet } from '../../../reports/sheets/findings.ts';
import { FIXTURE_NOW, HEALTHY } from '../../fixtures/healthy/index.ts';
import { withSysctls } from '../../fixtures/sysctl-changes.ts';
import { HOST_ONLY, judged } from '../../reports/fixtures/models.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';
import { inspection, NOW, Numbered, requestOf } from '../../support/payloads.ts';

const ROLES = ['kubernetes-node', 'redis', 'kafka'] as const;
function found(): readonly Finding[] {
  const processes = { dropped: 0, roles: ROLES.map((role) => ({ role, processes: 1, openFilesLimit: 100_000, processesLimit: 100_000 })) };
  const checks = CHECKS.filter(({ id }) => id === 'os-somaxconn-low');
  const sections = { ...HEALTHY, ...withSysctls({ 'net.core.somaxconn': 128 }), processes } as SomeSections; // what the check reads is whole
  return runChecks(checks, sections, [], new Set(['host']), { now: FIXTURE_NOW, host: 'db-1' }).findings;
}

onBothEngines('roles that ask', (database) => {
  it('are stored with the finding, and gone with the next that has none', async () => {
    const findings = found();
    expect(findings).toMatchObject([{ check: 'os-somaxconn-low', askedBy: ROLES }]);
    const cluster = await enrol(database());
    const ingest = new Ingest({ database: database(), now: () => NOW, onSignals: async () => undefined, threads: 0 });
    const sender = new Numbered(950);
    const payload = inspection({ findings });
    payloadSchema().parse(JSON.parse(payload.json));
    const { receipts } = await ingest.ingest(requestOf(cluster, sender.line('inspection', payload)));
    expect(receipts.map(({ status }) => status)).toEqual(['accepted']);
    const stored = async (): Promise<unknown> => (await listFindings(database().db, 'all', { clusterId: cluster.clusterId })).map(({ askedBy }) => askedBy);
    expect(await stored()).toEqual([[...ROLES]]);
    const [general] = findings;
    await ingest.ingest(requestOf(cluster, sender.line('inspection', inspection({ takenAt: FIXTURE_NOW + 60, findings: general ? [{ ...general, askedBy: undefined }] : [] }))));
    expect(await stored()).toEqual([undefined]);
  });
});

it('a role that is none is neither sealed nor accepted', () => {
  const [one] = found();
  const findings = [{ ...one, askedBy: ['canary'] } as unknown as Finding];
  expect(() => inspection({ findings })).toThrow();
  const json = inspection({ findings: found() }).json.replace('"askedBy":["kubernetes-node"', '"askedBy":["canary"');
  expect(json).toContain('canary');
  expect(payloadSchema().safeParse(JSON.parse(json)).success).toBe(false);
});

it.each([
  ['zh', '（要求方：Kubernetes 节点、Redis、Kafka）'],
  ['en', ' (required by Kubernetes node, Redis, Kafka)'],
] as const)('readers see them behind the machine, and in the list of findings (%s)', (locale, words) => {
  const findings = found();
  const model = { ...HOST_ONLY, ...judged(findings, ['os']) };
  const [group] = groupByCheck(model);
  expect(group && findingBlock(model, group, locale).objects[0]?.name).toContain(words);
  const { columns, rows } = findingsSheet.write(model, locale);
  const column = columns.findIndex(({ title }) => /要求方|Asked for by/.test(title));
  expect(rows[0]?.[column]).toBe(locale === 'zh' ? 'Kubernetes 节点、Redis、Kafka' : 'Kubernetes node, Redis, Kafka');
});
