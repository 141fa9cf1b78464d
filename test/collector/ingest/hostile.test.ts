import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Receipt } from '../../../agent/wire/envelope.ts';
import type { ClusterIdentity } from '../../../collector/ingest/apply.ts';
import { Ingest } from '../../../collector/ingest/ingest.ts';
import { type Database, openDatabase } from '../../../collector/store/database.ts';
import { listQuarantine } from '../../../collector/store/quarantine-store.ts';
import { enrol } from '../../support/fleet.ts';
import { heartbeat, inspection, NOW, Numbered, requestOf } from '../../support/payloads.ts';

/** MB that a hostile body may add to the process. */
const MOST_GROWTH_MB = 50;

let database: Database;
let cluster: ClusterIdentity;
let ingest: Ingest;
beforeAll(async () => {
  database = await openDatabase({ url: 'sqlite::memory:' });
  cluster = await enrol(database);
  ingest = new Ingest({ database, now: () => NOW, onSignals: async () => undefined, threads: 1 });
  // A thread and its schemas are there before anybody attacks.
  await ingest.ingest(requestOf(cluster, new Numbered(9_000).line('inspection', inspection())));
});
afterAll(async () => {
  await ingest[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

let number = 9_100;
/** A line with a right digest around any bytes. */
function lineAround(json: string | Buffer): Buffer {
  number += 1;
  const body = Buffer.from(json);
  const line = new Numbered(number).line('inspection', { json: '@', sha256: createHash('sha256').update(body).digest('hex') } as never);
  const [head = '', tail = ''] = line.split('@');
  return Buffer.concat([Buffer.from(head), body, Buffer.from(tail)]);
}
async function receiptOf(line: Buffer): Promise<Receipt | undefined> {
  return (await ingest.ingest(requestOf(cluster, gzipSync(line)))).receipts[0];
}
/** Highest growth of the process while the work runs, MB. */
async function growthOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 2);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return (Math.max(most, process.memoryUsage.rss()) - before) / 1_048_576;
}

describe('a hostile body', () => {
  it('that decompresses without end is cut off', async () => {
    const bomb = gzipSync(Buffer.alloc(512 * 1_048_576, 32), { level: 9 });
    const grown = await growthOf(async () => {
      await expect(ingest.ingest(requestOf(cluster, bomb))).rejects.toMatchObject({ code: 'too-large' });
    });
    expect(grown).toBeLessThan(MOST_GROWTH_MB);
  });

  it('of a million fields is refused before it is parsed', async () => {
    const fields = gzipSync(lineAround(`{"schema":1,${Array.from({ length: 1_000_000 }, (_, index) => `"f${index}":1`).join(',')}}`));
    let receipts: readonly Receipt[] = [];
    const grown = await growthOf(async () => {
      ({ receipts } = await ingest.ingest(requestOf(cluster, fields)));
    });
    expect(receipts).toMatchObject([{ status: 'refused' }]);
    expect(grown).toBeLessThan(MOST_GROWTH_MB);
  });

  it('of many objects of invented fields is refused before it is parsed', async () => {
    const rows = Array.from({ length: 2_000 }, (_, row) => `{${Array.from({ length: 200 }, (_, index) => `"x${row}_${index}":1`).join(',')}}`).join(',');
    const body = gzipSync(lineAround(`{"schema":1,"findings":[${rows}]}`));
    let receipts: readonly Receipt[] = [];
    const grown = await growthOf(async () => {
      ({ receipts } = await ingest.ingest(requestOf(cluster, body)));
    });
    expect(receipts).toMatchObject([{ status: 'refused', reason: 'contract' }]);
    expect(grown).toBeLessThan(MOST_GROWTH_MB);
  });

  it.each([
    ['lists', '['.repeat(100_000), ']'.repeat(100_000)],
    ['objects', '{"scope":'.repeat(100_000), '}'.repeat(100_000)],
  ])('of %s a hundred thousand deep is refused', async (_what, open, close) => {
    expect(await receiptOf(lineAround(`{"schema":1,"findings":${open}1${close}}`))).toMatchObject({ status: 'refused', reason: 'contract' });
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])('with the key %s changes nothing but its receipt', async (key) => {
    const honest = inspection({ node: `node-${key.length}` }).json;
    expect(await receiptOf(lineAround(honest.replace('{', `{"${key}":{"polluted":1,"status":"accepted"},`)))).toMatchObject({ status: 'refused', reason: 'contract' });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(await receiptOf(lineAround(honest.replace('"sections":{', `"sections":{"${key}":{"polluted":1},`)))).toMatchObject({ status: 'refused', reason: 'contract' });
  });

  it.each([
    ['bad UTF-8', Buffer.concat([Buffer.from('{"schema":1,"x":"'), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from('"}')])],
    ['half a JSON', '{"schema":1,"agent":{'],
    ['a list', '[1,2,3]'],
    ['no JSON', '{"schema":1,nothing}'],
  ])('with %s is malformed', async (_what, body) => {
    expect(await receiptOf(lineAround(body))).toMatchObject({ status: 'refused', reason: 'malformed' });
  });

  it('whose gzip ends early, or is none, is refused as a whole', async () => {
    const whole = gzipSync(new Numbered(1).line('inspection', inspection()));
    await expect(ingest.ingest(requestOf(cluster, whole.subarray(0, whole.length / 2)))).rejects.toMatchObject({ code: 'invalid' });
    await expect(ingest.ingest(requestOf(cluster, Buffer.from('no gzip')))).rejects.toMatchObject({ code: 'invalid' });
    await expect(ingest.ingest(requestOf(cluster, gzipSync('\n\n')))).rejects.toMatchObject({ code: 'invalid' });
  });

  it('with a line that is no envelope loses that line only', async () => {
    const one = new Numbered(9_050);
    const body = [one.line('heartbeat', heartbeat()), 'hello', `{"agent":"x"}`, one.line('heartbeat', heartbeat())].join('\n');
    const { receipts } = await ingest.ingest(requestOf(cluster, body));
    expect(receipts.map(({ status, reason }) => reason ?? status)).toEqual(['accepted', 'malformed', 'malformed', 'accepted']);
  });

  it('with a line that is too long loses that line only, and says which', async () => {
    const small = new Ingest({ database, now: () => NOW, onSignals: async () => undefined, threads: 0, limits: { lineBytes: 20_000 } });
    const one = new Numbered(9_060);
    const body = [one.line('inspection', inspection()), one.line('heartbeat', heartbeat())].join('\n');
    const { receipts } = await small.ingest(requestOf(cluster, body));
    expect(receipts).toMatchObject([
      { id: `${one.agent}.${one.boot}.1`, status: 'refused', reason: 'too-large' },
      { id: `${one.agent}.${one.boot}.2`, status: 'accepted' },
    ]);
    const pieces = await small.ingest(
      requestOf(
        cluster,
        gzipSync(`${one.line('inspection', { json: `"${randomBytes(3_000_000).toString('hex')}"`, sha256: '0'.repeat(64) })}\n${one.line('heartbeat', heartbeat())}`),
      ),
    );
    expect(pieces.receipts.map(({ status }) => status)).toEqual(['refused', 'accepted']);
  });

  it('of too many envelopes or bytes is refused as a whole', async () => {
    const one = new Numbered(9_070);
    const many = Array.from({ length: 101 }, () => one.line('heartbeat', heartbeat())).join('\n');
    await expect(ingest.ingest(requestOf(cluster, many))).rejects.toMatchObject({ code: 'too-large' });
    await expect(ingest.ingest(requestOf(cluster, many, { contentLength: 10 ** 9 }))).rejects.toMatchObject({ code: 'too-large' });
    const small = new Ingest({ database, now: () => NOW, onSignals: async () => undefined, threads: 0, limits: { bodyBytes: 100 } });
    await expect(small.ingest(requestOf(cluster, many))).rejects.toMatchObject({ code: 'too-large' });
  });

  it('that kills its thread is refused, and the next one is taken', async () => {
    const slow = new Ingest({ database, now: () => NOW, onSignals: async () => undefined, threads: 1, limits: { decodeMs: 1 } });
    await expect(slow.ingest(requestOf(cluster, gzipSync(lineAround(inspection().json))))).rejects.toMatchObject({ code: 'too-large' });
    await slow[Symbol.asyncDispose]();
    expect(await receiptOf(lineAround(inspection({ node: 'node-after' }).json))).toMatchObject({ status: 'accepted' });
  });

  it('that stalls its thread costs nobody who waits behind it', async () => {
    const limits = { decodeMs: 3_000, ratio: 1_000_000, decompressedBytes: 2 ** 31, envelopes: 10 };
    await using one = new Ingest({ database, now: () => NOW, onSignals: async () => undefined, threads: 1, limits });
    const innocent = (): Promise<{ readonly receipts: readonly Receipt[] }> => one.ingest(requestOf(cluster, gzipSync(lineAround(inspection().json))));
    await innocent();
    const endless = gzipSync(Buffer.alloc(60 * 1_048_576, '\n'), { level: 9 }); // sixty million empty lines
    expect(endless.length).toBeLessThan(64 * 1_024);
    const stalled = expect(one.ingest(requestOf(cluster, endless))).rejects.toMatchObject({ code: 'too-large' });
    const others = await Promise.all([innocent(), innocent(), innocent()]);
    expect(others.map(({ receipts }) => receipts[0]?.status)).toEqual(['accepted', 'accepted', 'accepted']);
    await stalled;
  }, 30_000);

  it('with one unknown field is refused and kept, so that nothing is dropped silently', async () => {
    const line = lineAround(inspection({ node: 'node-newer' }).json.replace('"findingsCut":0', '"findingsCut":0,"findingsNew":1'));
    const before = (await listQuarantine(database.db, 'all', { limit: 500 })).length;
    expect(await receiptOf(line)).toMatchObject({ status: 'refused', reason: 'contract' });
    expect(await receiptOf(line)).toMatchObject({ status: 'refused', reason: 'contract' });
    expect(await listQuarantine(database.db, 'all', { limit: 500 })).toHaveLength(before + 1);
  });

  it.each([0, 30_000])('with a key twice is refused, for its first value would be kept unseen (behind %i more values)', async (more) => {
    const { json } = inspection({ node: 'node-twice' });
    const padded = json.replace('"takenAt":', `"takenAt":${'1,"takenAt":'.repeat(more)}`);
    for (const hidden of ['"takenAt":{"password":"hunter2"},', '"takenAt":1,']) {
      const line = lineAround(padded.replace('"takenAt":', `${hidden}"takenAt":`));
      expect(await receiptOf(line)).toMatchObject({ status: 'refused', reason: 'contract' });
    }
  });
});
