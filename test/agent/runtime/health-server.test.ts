import { expect, it } from 'vitest';
import { serveHealth } from '../../../agent/runtime/health-server.ts';
import { agentMetrics } from '../../../agent/runtime/metrics.ts';

it('answers its three paths and nothing else', async () => {
  const state = { healthy: true, ready: false };
  const metrics = agentMetrics(() => 1_000);
  await using server = await serveHealth({ host: '127.0.0.1', port: 0 }, { healthy: () => state.healthy, ready: () => state.ready, metrics: () => metrics.text() });
  const get = async (path: string, init?: RequestInit): Promise<[number, string]> => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
    return [answer.status, await answer.text()];
  };
  expect(await get('/healthz')).toEqual([200, 'ok\n']);
  expect(await get('/readyz')).toEqual([503, 'not ready\n']);
  state.ready = true;
  expect((await get('/readyz?x=1'))[0]).toBe(200);
  expect((await get('/metrics'))[1]).toContain('xunjian_runs_total{result="ok"} 0');
  expect((await get('/etc/passwd'))[0]).toBe(404);
  expect((await get('/metrics', { method: 'POST' }))[0]).toBe(405);
  state.healthy = false;
  expect((await get('/healthz'))[0]).toBe(503);
});
