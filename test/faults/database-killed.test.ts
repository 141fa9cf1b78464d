/** Faults 17 and 7, with real programs: the database is cut off while agents deliver; nothing that was acknowledged is lost. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { envelopeLine } from '../../agent/wire/envelope.ts';
import { openDatabase } from '../../collector/store/database.ts';
import { CollectorProcess } from '../support/collector-process.ts';
import { NO_POSTGRES, newDatabase, startPostgres } from '../support/postgres.ts';

const AGENT = 'a'.repeat(32);
const SENT = 60;

/** What became of one payload; `undefined` without an acknowledgement. */
async function send(url: string, token: string, body: string): Promise<string | undefined> {
  const answer = await fetch(`${url}/api/v1/ingest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body,
    signal: AbortSignal.timeout(20_000),
  }).catch(() => undefined);
  if (answer?.status !== 200) return undefined;
  return ((await answer.json()) as { receipts: { status: string }[] }).receipts[0]?.status;
}

/** @returns how often it was refused before */
async function sendUntilTaken(url: string, token: string, body: string): Promise<number> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    if ((await send(url, token, body)) !== undefined) return attempt;
    await sleep(250);
  }
  throw new Error('a payload was never taken');
}

describe.skipIf(NO_POSTGRES !== undefined)(`a database that dies${NO_POSTGRES === undefined ? '' : ` (skipped: ${NO_POSTGRES})`}`, () => {
  it('while payloads come in: what was acknowledged is there, what was not is taken at the next attempt, once', async () => {
    const server = await startPostgres();
    try {
      const url = await newDatabase(server.port);
      await using collector = await CollectorProcess.start({ database: url });
      await using other = await CollectorProcess.start({ database: url, config: { keyFile: `${collector.directory}/data/secret.key` } });
      const { token } = await collector.enroll(['--customer', 'C', '--cluster', 'c']);
      const line = (seq: number): string => {
        const json = JSON.stringify({ seq });
        return envelopeLine(
          { agent: AGENT, boot: 'b'.repeat(16), seq, kind: 'heartbeat', keptAt: Math.floor(Date.now() / 1_000), sha256: createHash('sha256').update(json).digest('hex') },
          { json },
        );
      };
      const urls = [collector.url, other.url];
      let refused = 0;
      for (let seq = 1; seq <= SENT; seq += 1) {
        if (seq === 20) {
          server.kill();
          setTimeout(() => void server.start(), 3_000);
        }
        refused += await sendUntilTaken(urls[seq % 2] ?? collector.url, token, `${line(seq)}\n`);
      }
      expect(refused).toBeGreaterThan(0);
      await using store = await openDatabase({ url });
      const rows = await store.db.selectFrom('receipts').select('seq').where('agent', '=', AGENT).execute();
      expect(rows.map(({ seq }) => Number(seq)).sort((one, next) => one - next)).toEqual(Array.from({ length: SENT }, (_, index) => index + 1));
      for (const one of [collector, other]) {
        await expect.poll(async () => (await fetch(`${one.url}/readyz`)).status, { timeout: 30_000 }).toBe(200);
        expect(one.err).not.toContain('unhandled');
        one.signal('SIGTERM');
        expect(await one.end()).toBe(0);
      }
    } finally {
      server.kill();
    }
  });
});
