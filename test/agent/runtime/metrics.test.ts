import { expect, it } from 'vitest';
import { agentMetrics } from '../../../agent/runtime/metrics.ts';
import { NOTHING_SEEN } from '../../../agent/triggers/evaluation.ts';

it('tells nothing of a last run before there was one: 0 would be an answer', async () => {
  const metrics = agentMetrics(() => 1_000);
  const values = async (): Promise<string[]> => (await metrics.text()).split('\n').filter((line) => /^xunjian_(run_age|run_duration|last_run|score|coverage)/.test(line));
  expect(await values()).toEqual([]);
  metrics.recordRun(
    {
      durationMs: 2_000,
      gatherers: [],
      verdicts: [],
      findings: { critical: 0, warning: 0, info: 0 },
      score: 90,
      coveragePercent: 80,
      bytes: 1,
      evaluation: NOTHING_SEEN,
      sha256: '',
    },
    900,
  );
  expect(await values()).toEqual([
    'xunjian_coverage_ratio 0.8',
    'xunjian_score 90',
    'xunjian_last_run_timestamp_seconds 900',
    'xunjian_run_duration_seconds 2',
    'xunjian_run_age_seconds 100',
  ]);
});
