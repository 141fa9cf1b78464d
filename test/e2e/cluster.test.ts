import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS } from '../../agent/checks/index.ts';
import { GATHERERS } from '../../agent/gatherers/index.ts';
import { type Inspection, inspect } from '../../agent/inspection.ts';
import { openCluster } from '../../agent/kube/cluster-of.ts';
import { seal } from '../../agent/wire/encode.ts';
import { Pseudonyms } from '../../agent/wire/pseudonym.ts';
import { payloadSchema } from '../../agent/wire/schema.ts';
import { type ApiServer, apply, NO_API_SERVER, startApiServer } from '../support/api-server.ts';
import { disguises, foundIn } from '../support/disguises.ts';
import { xunjian } from '../support/program.ts';
import { brokenCluster, healthyCluster } from './clusters.ts';
import { CANARY } from './objects.ts';

/** The clusters are inspected as if three hours had passed since their objects were made. */
const LATER_SECONDS = 3 * 3_600;
const began = Math.floor(Date.now() / 1_000);
const now = (): number => began + LATER_SECONDS;

async function inspected(kubeconfig: string): Promise<Inspection> {
  const { cluster } = await openCluster({ kind: 'files', paths: [kubeconfig] }, () => '', now, AbortSignal.timeout(60_000));
  return await inspect({ gatherers: GATHERERS, checks: CHECKS, sources: { cluster }, hostName: 'x', signal: AbortSignal.timeout(120_000), now, clock: () => performance.now() });
}
function payloadOf({ takenAt, sections, gatherers, verdicts, findings }: Inspection): string {
  return seal(
    { agent: { role: 'cluster', version: '0.1.0', epoch: 1 }, takenAt, sections, gatherers, verdicts, findings },
    { pseudonyms: new Pseudonyms(new Uint8Array(32).fill(9)), clearNames: new Set() },
  ).json;
}
describe.skipIf(NO_API_SERVER !== '')(`a real API server${NO_API_SERVER && ` (skipped: ${NO_API_SERVER})`}`, () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  it('with a healthy cluster: nothing at or above warning, no gatherer failed', async () => {
    for (const object of healthyCluster(now())) await apply(server.http, object);
    const { findings, gatherers, coverage, score } = await inspected(server.kubeconfig);
    expect(gatherers.filter(({ status }) => status === 'failed')).toEqual([]);
    // What is true of this test's own server: it is old, and no metrics-server runs beside it.
    const AGE = ['control-plane-version-end-of-life', 'control-plane-version-far-behind', 'capacity-metrics-missing'];
    expect(
      findings
        .filter(({ severity, check }) => severity !== 'info' && !AGE.includes(check))
        .map(({ check, scope, observed }) => `${check} ${scope.kind}/${scope.name} ${String(observed)}`),
    ).toEqual([]);
    expect(coverage.percent).toBeGreaterThan(85);
    expect(score.total).toBeGreaterThan(60);
    expect(score.total).toBeLessThan(100);
  });

  it('for somebody without rights: everything unknown, nothing passes, and it says forbidden', async () => {
    const { verdicts, gatherers, score } = await inspected(server.nobodyKubeconfig);
    expect(gatherers.filter(({ reason }) => reason === 'forbidden').length).toBeGreaterThan(10);
    expect(verdicts.filter(({ verdict, area }) => verdict === 'pass' && area !== 'control-plane')).toEqual([]);
    expect(score.total === null || score.total < 30).toBe(true);
  });
});

describe.skipIf(NO_API_SERVER !== '')('a real API server with a broken cluster', () => {
  let server: ApiServer;
  let inspection: Inspection;
  beforeAll(async () => {
    server = await startApiServer();
    for (const object of brokenCluster(now()).objects) await apply(server.http, object);
    inspection = await inspected(server.kubeconfig);
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  it.each(brokenCluster(now()).expected.map((one) => [`${one.check} ${one.name}`, one] as const))('finds %s', (_title, { check, severity, name }) => {
    const found = inspection.findings.filter((finding) => finding.check === check);
    expect(found.map((finding) => `${finding.severity} ${finding.scope.name}`)).toContainEqual(
      expect.stringMatching(new RegExp(`^${severity} .*${name.replaceAll('.', '\\.')}`)) as string,
    );
  });
  it('covers at least 25 kinds of defect', () => {
    expect(new Set(brokenCluster(now()).expected.map(({ check }) => check)).size).toBeGreaterThanOrEqual(25);
  });
  it('knows the checks that the expectations name', () => {
    const ids = new Set(CHECKS.map(({ id }) => id));
    expect(
      brokenCluster(now())
        .expected.filter(({ check }) => !ids.has(check))
        .map(({ check }) => check),
    ).toEqual([]);
  });
  it('scores low and says what would change it', () => {
    expect(inspection.score.total).toBeLessThan(40);
    expect(inspection.score.levers.length).toBeGreaterThan(3);
  });
  it('sends what the collector accepts, without the planted word in any disguise', () => {
    const json = payloadOf(inspection);
    const result = payloadSchema().safeParse(JSON.parse(json));
    expect(result.success, result.success ? '' : JSON.stringify(result.error.issues.slice(0, 3))).toBe(true);
    expect(foundIn(json, disguises(CANARY))).toEqual([]);
    expect(json.length).toBeGreaterThan(10_000);
  });
  it('leaves no trace of the word in what the command line writes to leave or to show', async () => {
    const { err, directory } = await xunjian(['inspect', '--no-host', '--kubeconfig', server.kubeconfig, '--fail-on', 'never', '--out', 'out']);
    const snapshot = readFileSync(join(directory, 'out/snapshot.json'), 'utf8');
    expect(foundIn(snapshot + err, disguises(CANARY))).toEqual([]);
    const { gatherers } = JSON.parse(snapshot) as Pick<Inspection, 'gatherers'>;
    expect(gatherers.filter(({ status }) => status === 'ok').length).toBeGreaterThanOrEqual(25);
    expect(err.split('\n').length).toBeGreaterThan(30);
  });
});
