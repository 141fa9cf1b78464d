import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { followTls, readTls } from '../../../collector/http/tls-files.ts';
import { Authority } from '../../support/certificates.ts';

it('a replaced certificate counts for the next connection; one that does not fit its key changes nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const authority = new Authority(folder, 'ca');
  const files = { certFile: join(folder, 'tls.crt'), keyFile: join(folder, 'tls.key') };
  const use = (name: string, parts: readonly ('cert' | 'key')[] = ['cert', 'key']): void => {
    const issued = authority.issue(name, `DNS:${name}`);
    for (const part of parts) copyFileSync(issued[`${part}File`], files[`${part}File`]);
  };
  use('first');
  const began = await readTls(files);
  const server = https.createServer({ cert: began.cert, key: began.key });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const messages: string[] = [];
  using _following = followTls(files, began, server, pino({ level: 'info' }, { write: (line: string) => void messages.push(line) }), 20);
  const shown = async (): Promise<string> =>
    await new Promise((resolve, reject) => {
      const socket = connect(
        { host: '127.0.0.1', port: (server.address() as AddressInfo).port, ca: authority.ca, servername: 'first', checkServerIdentity: () => undefined },
        () => {
          const { CN } = socket.getPeerCertificate().subject;
          socket.destroy();
          resolve(String(CN));
        },
      ).once('error', reject);
    });
  const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
    for (const began = performance.now(); !(await condition()); await sleep(20)) if (performance.now() - began > 30_000) throw new Error(messages.join(''));
  };
  expect(await shown()).toBe('first');
  use('half', ['cert']);
  await until(() => messages.some((line) => line.includes('the old one stays')));
  expect(await shown()).toBe('first');
  use('second');
  await until(async () => (await shown()) === 'second');
  await expect(readTls({ ...files, keyFile: join(folder, 'none') })).rejects.toMatchObject({ code: 'ENOENT' });
});
