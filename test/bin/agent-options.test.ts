import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { agentStart } from '../../bin/agent-options.ts';
import { startOf } from '../../bin/agent-options-process.ts';
import type { CommandContext } from '../../bin/context.ts';
import { UsageError } from '../../bin/terminal/arguments.ts';

function contextOf(environment: CommandContext['environment'] = {}, signal = new AbortController().signal): CommandContext {
  return { environment, locale: 'en', colour: false, signal, print: () => undefined, complain: () => undefined };
}
/** A site that changed something of everything. */
function siteFiles(): { readonly config: string; readonly suppressions: string } {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-options-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [config, suppressions] = [join(folder, 'site.yaml'), join(folder, 'accepted.yaml')];
  writeFileSync(
    config,
    `checks:
  disk-space-low: { threshold: { warningPercent: 12 }, scopes: [{ match: { name: "db-*" }, threshold: { warningPercent: 5 } }] }
  os-swappiness-high: { enabled: false }
optOut: [log-counts]
clearNames: [node]
guard: { words: [acme] }
remoteRequests: none
triggers:
  disk-space-low: { forSeconds: 300, clear: { warningPercent: 20 } }
maintenance:
  - match: { kind: Node, name: "db-*" }
    weekly: { days: [sat], from: "22:00", to: "02:00", timeZone: Asia/Shanghai }
  - match: { kind: Node }
    once: { from: "2026-12-01T20:00:00+08:00", to: "2026-12-02T20:00:00+08:00" }
fastPath: { intervalSeconds: 90 }
middleware:
  instances: [{ product: redis, name: cache, addresses: ["10.0.0.5:6379"], credentials: { username: xunjian, passwordFile: /etc/reader } }]
  baselines: [{ product: redis, instance: "prod/*", settings: { maxmemory-policy: noeviction } }]
`,
  );
  writeFileSync(suppressions, 'suppressions: [{ check: security-host-network, scope: { namespace: ingress }, owner: Li, reason: reviewed, expires: 2027-03-31 }]\n');
  return { config, suppressions };
}

it('an agent’s options are plain data: another process reads the same out of the same files', async () => {
  const { config, suppressions } = siteFiles();
  const args = ['--role', 'node', '--config', config, '--suppressions', suppressions, '--schedule', '30 1 * * 1', '--time-zone', 'Asia/Shanghai', '--log-level', 'warn'];
  const context = contextOf({ XUNJIAN_COLLECTOR: 'https://collector.example.com', XUNJIAN_PROXY: 'http://proxy.example.com:3128', NODE_NAME: 'node-1' });
  const here = await agentStart(args, context);
  const there = await startOf(args, context);
  const plain = JSON.parse(JSON.stringify(here));
  expect({ ...here, options: { ...here.options, lease: undefined } }).toEqual({ ...plain, options: { ...plain.options, lease: undefined } });
  expect({ ...there, options: { ...there?.options, lease: undefined } }).toEqual({ ...plain, options: { ...plain.options, lease: undefined } });
  expect(there?.options).toMatchObject({ role: 'node', nodeName: 'node-1', cron: '30 1 * * 1', fastIntervalMs: 90_000, remoteRequests: 'none', optOut: ['log-counts'] });
  expect(there?.options.triggers?.maintenance).toHaveLength(2);
});
it('a fault of the user’s is told in both languages from the other process, too', async () => {
  const fault = await startOf([], contextOf()).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(UsageError);
  expect(fault).toMatchObject({ words: { zh: expect.stringContaining('请给出 --role'), en: expect.stringContaining('--role is missing') } });
});
it('who is asked to stop before it began has no options', async () => {
  expect(await startOf(['--role', 'host'], contextOf({}, AbortSignal.abort()))).toBeUndefined();
  const stop = new AbortController();
  const start = startOf(['--role', 'host'], contextOf({}, stop.signal));
  stop.abort();
  expect(await start).toBeUndefined();
});
