/** Payloads that older programs really wrote (`test/fixtures/wire/README.md`): today's collector takes each as it stands. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { payloadSchema } from '../../../agent/wire/schema.ts';
import { Ingest } from '../../../collector/ingest/ingest.ts';
import type { WireInspection } from '../../../collector/ingest/wire-inspection.ts';
import { listQuarantine } from '../../../collector/store/quarantine-store.ts';
import { listSnapshots } from '../../../collector/store/snapshot-store.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';
import { NOW, Numbered, requestOf } from '../../support/payloads.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/wire');
const RECORDED = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json.gz'))
  .map((name) => [name, gunzipSync(readFileSync(join(FOLDER, name))).toString('utf8')] as const);

describe.each(RECORDED)('%s', (_name, json) => {
  it('keeps the contract of today, with nothing left out', () => {
    const payload = JSON.parse(json) as WireInspection;
    const read = payloadSchema(payload.clearNames).safeParse(payload);
    expect(read.error?.issues).toBeUndefined();
    expect(read.data).toEqual(payload);
    expect(payload.findings.length).toBeGreaterThan(20);
  });
});

it('every recorded payload has its origin in the README', () => {
  const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
  expect(RECORDED.length).toBeGreaterThanOrEqual(2);
  for (const [name] of RECORDED) expect(readme).toContain(`\`${name}\``);
});

onBothEngines('payloads of older programs', (database) => {
  it('are taken, and taken once', async () => {
    const cluster = await enrol(database());
    const ingest = new Ingest({ database: database(), now: () => NOW, onSignals: async () => undefined, threads: 0 });
    for (const [index, [name, json]] of RECORDED.entries()) {
      const line = new Numbered(6_200 + index).line('inspection', { json, sha256: createHash('sha256').update(json).digest('hex') });
      for (const status of ['accepted', 'duplicate']) {
        const { receipts } = await ingest.ingest(requestOf(cluster, line));
        expect([name, receipts.map((receipt) => receipt.status)]).toEqual([name, [status]]);
      }
    }
    expect(await listSnapshots(database().db, 'all', { clusterId: cluster.clusterId })).toHaveLength(RECORDED.length);
    expect(await listQuarantine(database().db, [cluster.customerId])).toEqual([]);
  });
});
