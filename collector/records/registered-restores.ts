/** Restores that people registered, as the answer of the check that could not know of them: a report has one state of one thing. Pure. */
import type { CheckVerdict, Finding } from '../../agent/wire/inspection.ts';
import type { MiddlewareInstance, MiddlewareItem } from '../../reports/facts/middleware.ts';
import type { BackupRecord } from '../../reports/facts/service.ts';
import { known, type ReportModel } from '../../reports/model.ts';
import { judge } from '../inspections/period/inspected.ts';
import { backupName } from '../inspections/period/resources.ts';

const CHECK = 'middleware-restore-untested';
const DAY = 86_400;

/** Instances whose restore no agent could tell of, answered from the backups of the model; verdict, findings, score and coverage follow. */
export function withRestoreTests(model: ReportModel): ReportModel {
  const instances = known(model.middleware);
  const verdict = model.verdicts.find(({ check }) => check === CHECK);
  const limit = model.checks.find(({ id }) => id === CHECK)?.limit;
  if (!instances || !verdict || typeof limit !== 'number') return model;
  const backups = known(model.backups)?.rows ?? [];
  const findings: Finding[] = [];
  let told = 0;
  let silent = 0;
  const rows = instances.rows.map((instance): MiddlewareInstance => {
    const index = instance.items.findIndex(({ check, verdict: state }) => check === CHECK && state === 'unknown');
    const item = instance.items[index];
    if (!item) return instance;
    const testedAt = backups.find((backup) => isOf(backup, instance))?.restoreTestedAt;
    if (testedAt === undefined) {
      silent += 1;
      return instance;
    }
    told += 1;
    const days = Math.max(0, Math.floor((model.period.asOf - testedAt) / DAY));
    const { reason: _reason, ...rest } = item;
    const answered: MiddlewareItem = { ...rest, observed: days, advised: limit, unit: 'days', verdict: days >= limit ? 'fail' : 'pass' };
    if (days >= limit)
      findings.push({
        check: CHECK,
        area: 'middleware',
        severity: item.severity,
        scope: { kind: 'Instance', name: instance.name },
        observed: days,
        threshold: limit,
        unit: 'days',
      });
    return { ...instance, items: instance.items.with(index, answered) };
  });
  if (told === 0) return model;
  const answer = answerOf(verdict, findings.length, silent);
  const verdicts = model.verdicts.map((one) => (one === verdict ? answer : one));
  const all = [...model.findings, ...findings];
  return { ...model, verdicts, findings: all, middleware: { value: { ...instances, rows } }, ...judge(verdicts, all) };
}
/** Of the same product, and the name is the instance's or the one that people use for it. */
function isOf({ kind, name }: BackupRecord, instance: MiddlewareInstance): boolean {
  return kind.toLowerCase() === instance.product.toLowerCase() && (name === instance.name || name === backupName(instance.name));
}
/** One that is still silent keeps the check from passing. */
function answerOf(verdict: CheckVerdict, found: number, silent: number): CheckVerdict {
  if (verdict.verdict !== 'unknown' && found === 0) return verdict;
  if (found === 0 && silent > 0) return verdict;
  const { reason: _reason, ...rest } = verdict;
  return { ...rest, verdict: found > 0 ? 'fail' : 'pass' };
}
