import { describe, expect, it } from 'vitest';
import type { CheckVerdict, GathererReport } from '../../../agent/wire/inspection.ts';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import { hostFactsOf } from '../../../collector/inspections/host-facts.ts';
import { hostParametersList } from '../../../reports/lists/host-parameters.ts';
import { listTable } from '../../../reports/lists/list.ts';
import { known, type ReportModel } from '../../../reports/model.ts';
import { HEALTHY_HOST_SYSTEM } from '../../fixtures/healthy/host-system.ts';

const LOW: SomeSections = {
  ...HEALTHY_HOST_SYSTEM,
  machine: { ...HEALTHY_HOST_SYSTEM.machine, kubernetesNode: false },
  os: { ...HEALTHY_HOST_SYSTEM.os, transparentHugePages: 'always' },
  memory: { ...HEALTHY_HOST_SYSTEM.memory, swapTotalBytes: 4_096 },
  sysctls: { hostNetwork: true, values: { ...HEALTHY_HOST_SYSTEM.sysctls.values, 'kernel.sem.semmni': 32, 'vm.swappiness': 30, 'kernel.shmmni': 4_096 } },
  processes: {
    ...HEALTHY_HOST_SYSTEM.processes,
    tunedProfile: 'virtual-guest',
    roles: [
      { role: 'redis', processes: 1, openFilesLimit: 1_024 },
      { role: 'mongodb', processes: 1, openFilesLimit: 64_000, processesLimit: Number.MAX_SAFE_INTEGER },
      { role: 'tonglinkq', processes: 0 },
    ],
  },
};
const NO_REPORTS: readonly GathererReport[] = [];
const verdict = (check: string, word: CheckVerdict['verdict']): CheckVerdict => ({ check, area: 'os', severity: 'warning', verdict: word });
const rowsOf = (verdicts: readonly CheckVerdict[] = []) => known(hostFactsOf('db-1', LOW, NO_REPORTS, verdicts).parameters)?.rows ?? [];

describe('kernel parameters by role of a machine', () => {
  it('name who asks, the strictest bound, what is and whether it is enough', () => {
    const rows = rowsOf();
    const of = (parameter: string) => rows.filter((row) => row.parameter === parameter);
    expect(of('vm.swappiness')).toEqual([expect.objectContaining({ askedBy: ['redis', 'mongodb', 'any'], maximum: 1, observed: 30, verdict: 'exempt' })]);
    expect(of('transparent_hugepage')).toEqual([expect.objectContaining({ askedBy: ['redis', 'mongodb'], observed: 'always', verdict: 'exempt' })]);
    expect(of('kernel.sem.semmni')).toEqual([expect.objectContaining({ askedBy: ['tonglinkq'], minimum: 128, observed: 32, verdict: 'fail' })]);
    expect(of('kernel.shmmni')).toEqual([expect.objectContaining({ askedBy: ['tonglinkq'], observed: 4_096, verdict: 'pass' })]);
    expect(of('nofile')).toEqual([
      expect.objectContaining({ askedBy: ['redis'], minimum: 10_032, observed: 1_024, verdict: 'fail' }),
      expect.objectContaining({ askedBy: ['mongodb'], minimum: 64_000, observed: 64_000, verdict: 'pass' }),
    ]);
    expect(of('fs.aio-max-nr')).toEqual([]);
  });

  it('are exempt where the site asks for less than is delivered', () => {
    const exempted = rowsOf([verdict('os-nofile-low', 'pass')]);
    expect(exempted.filter(({ parameter }) => parameter === 'nofile').map((row) => row.verdict)).toEqual(['exempt', 'pass']);
    const failed = rowsOf([{ ...verdict('os-nofile-low', 'fail'), severity: 'critical' }]);
    expect(failed.find(({ parameter }) => parameter === 'nofile')).toMatchObject({ verdict: 'fail', severity: 'critical' });
  });

  it.each(['zh', 'en'] as const)('stand in the report in %s, problems first', (locale) => {
    const model = { hosts: [hostFactsOf('db-1', LOW, NO_REPORTS)], period: { asOf: 0, zoneMinutes: 480 } } as unknown as ReportModel;
    const table = listTable(hostParametersList, model, locale);
    expect(table.type).toBe('table');
    const lines = table.type === 'table' ? table.rows.map((cells) => cells.map((cell) => cell.text)) : [];
    expect(lines[0]?.slice(0, 4)).toEqual(['db-1', 'kernel.sem.semmni', '≥ 128', '32']);
    expect(lines.map((cells) => cells.join(' '))).toContainEqual(
      expect.stringContaining(locale === 'zh' ? 'never / madvise always – 豁免 Redis、MongoDB' : 'never / madvise always – Exempt Redis, MongoDB'),
    );
    expect(lines.map((cells) => cells.join(' '))).toContainEqual(expect.stringContaining(locale === 'zh' ? '不限' : 'unlimited'));
    expect(listTable(hostParametersList, { ...model, hosts: [] }, locale).type).toBe('callout');
  });
});
