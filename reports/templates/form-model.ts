/** From the answers of a self-check to the document of the report. What was not answered is not checked, and never good. Pure. */
import type { CheckVerdict } from '../../agent/wire/inspection.ts';
import type { Fact } from '../facts/fact.ts';
import type { MiddlewareInstance, MiddlewareItem } from '../facts/middleware.ts';
import { type HostFacts, REPORT_SCHEMA, type ReportModel } from '../model.ts';
import type { Form, FormItem } from './form.ts';
import type { Answer, FilledForm } from './form-xlsx.ts';

/** @param context what the form does not hold. `now` is Unix seconds and stands in for a missing day */
export function modelOfForm(
  form: Form,
  { answers }: FilledForm,
  context: { readonly now: number; readonly version: string; readonly sha256: string; readonly zoneMinutes: number },
): ReportModel {
  const text = (id: string): string | undefined => wordOf(answers.get(id));
  const day = text('date');
  const asOf = day === undefined ? context.now : Date.parse(`${day}T12:00:00Z`) / 1_000 - context.zoneMinutes * 60;
  const host = text('host') ?? 'host';
  const unknown: CheckVerdict[] = [];
  return {
    schema: REPORT_SCHEMA,
    subject: { customer: text('customer'), host, domains: ['host'] },
    period: { asOf, zoneMinutes: context.zoneMinutes },
    product: { version: context.version, checks: form.items.filter(({ limit }) => limit !== undefined).length, snapshotSha256: context.sha256 },
    selfCheck: { by: text('contact') },
    score: { total: null, uncapped: null, areas: [], levers: [] },
    coverage: { percent: 0, checked: 0, applicable: 0, notApplicable: 0, unknown },
    verdicts: [],
    findings: [],
    accepted: [],
    expired: [],
    gatherers: [],
    checks: [],
    hosts: [hostOf(host, answers)],
    changes: { missing: 'no-history' },
    history: [],
    middleware: { value: { rows: [instanceOf(form, answers, host)], total: 1 } },
    systems: {
      value: { rows: [{ node: host, os: text('os'), kernel: text('kernel'), architecture: text('architecture'), updatedAt: momentOf(answers.get('os-patch-date')) }], total: 1 },
    },
  };
}
function wordOf(answer: Answer | undefined): string | undefined {
  return answer === undefined ? undefined : String(answer);
}
function momentOf(answer: Answer | undefined): number | undefined {
  return typeof answer === 'string' ? Date.parse(`${answer}T00:00:00Z`) / 1_000 : undefined;
}

function instanceOf({ items }: Form, answers: FilledForm['answers'], node: string): MiddlewareInstance {
  const text = (id: string): string | undefined => wordOf(answers.get(id));
  const product = text('product') ?? '';
  const endsAt = momentOf(answers.get('license-until'));
  return {
    name: text('instance') ?? product,
    product,
    vendor: product.startsWith('Tong') ? 'tongtech' : 'other',
    version: text('version'),
    mode: text('mode'),
    deployment: 'host',
    node,
    ports: (text('ports') ?? '')
      .split(/[,，、\s]+/)
      .map(Number)
      .filter((port) => Number.isInteger(port) && port > 0 && port <= 65_535)
      .slice(0, 50),
    ...(endsAt !== undefined && { license: { endsAt } }),
    items: items.flatMap((item) => itemOf(item, answers.get(item.id)) ?? []),
  };
}

function itemOf({ id, group, label, unit = 'value', limit, problem, remedy, advised, source }: FormItem, answer: Answer | undefined): MiddlewareItem | undefined {
  if (group === 'about') return undefined;
  const base = { group, name: id, title: label, unit, severity: limit?.severity ?? ('info' as const), advised, source };
  if (answer === undefined) return { ...base, verdict: 'unknown', reason: 'not-reported' };
  // What has no limit is recorded, and judged by nobody.
  if (!limit) return { ...base, observed: answer, verdict: 'not-applicable' };
  return isBeyond(limit, answer) ? { ...base, title: problem ?? label, remedy, observed: answer, verdict: 'fail' } : { ...base, observed: answer, verdict: 'pass' };
}
function isBeyond({ above, below, not }: NonNullable<FormItem['limit']>, answer: Answer): boolean {
  if (typeof answer === 'number') return (above !== undefined && answer > above) || (below !== undefined && answer < below);
  return not !== undefined && answer !== (not === 'yes');
}

const GIB = 2 ** 30;
function hostOf(name: string, answers: FilledForm['answers']): HostFacts {
  const number = (id: string): number | undefined => {
    const answer = answers.get(id);
    return typeof answer === 'number' ? answer : undefined;
  };
  const fact = <T extends object>(value: T): Fact<T> => (Object.values(value).some((one) => one !== undefined) ? { value } : { missing: 'not-reported' });
  const total = number('memory-total');
  return {
    name,
    system: fact({ os: wordOf(answers.get('os')), kernel: wordOf(answers.get('kernel')), architecture: wordOf(answers.get('architecture')) }),
    cpu: fact({ cores: number('cpu-cores'), busyPercent: number('cpu-used') }),
    memory: fact({ totalBytes: total === undefined ? undefined : total * GIB, usedPercent: number('memory-used') }),
    filesystems: { missing: 'not-reported' },
  };
}
