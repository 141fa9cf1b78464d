/** A real Alertmanager on loopback. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BINARY = ['/usr/bin/prometheus-alertmanager', '/usr/local/bin/alertmanager', '/usr/bin/alertmanager'].find((path) => existsSync(path));
export const NO_ALERTMANAGER = BINARY === undefined ? 'Alertmanager is not installed (Debian: prometheus-alertmanager)' : undefined;

export interface Alertmanager extends AsyncDisposable {
  readonly url: string;
  alerts(): Promise<readonly Alert[]>;
  /** As Prometheus would. */
  fire(alert: { readonly labels: Record<string, string>; readonly startsAt?: string; readonly endsAt?: string }): Promise<void>;
}
/** Where it sends its alerts. */
export interface Webhook {
  readonly url: string;
  readonly token: string;
}
interface Alert {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly fingerprint: string;
}

export async function startAlertmanager(webhook?: Webhook): Promise<Alertmanager> {
  if (BINARY === undefined) throw new Error(NO_ALERTMANAGER);
  const folder = mkdtempSync('/tmp/xunjian-alertmanager-');
  const config = join(folder, 'config.yml');
  const hooks = webhook && [{ url: webhook.url, http_config: { authorization: { credentials: webhook.token } } }];
  const route = { receiver: 'only', group_by: ['alertname'], group_wait: '1s', group_interval: '1s', repeat_interval: '1m' };
  writeFileSync(config, JSON.stringify({ route, receivers: [{ name: 'only', ...(hooks && { webhook_configs: hooks }) }] }));
  const port = await freePort();
  const child = spawn(BINARY, [`--config.file=${config}`, `--storage.path=${folder}`, `--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (
      await fetch(`${url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    await sleep(100);
  }
  return {
    url,
    alerts: async () => (await (await fetch(`${url}/api/v2/alerts`)).json()) as readonly Alert[], // its published contract
    async fire(alert) {
      const answer = await fetch(`${url}/api/v2/alerts`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify([alert]) });
      if (!answer.ok) throw new Error(`Alertmanager answered ${answer.status}`);
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await new Promise<void>((resolve) => (child.exitCode === null && child.signalCode === null ? child.once('exit', () => resolve()) : resolve()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
