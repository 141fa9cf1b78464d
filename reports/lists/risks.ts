import type { Area, Text } from '../../agent/wire/vocabulary.ts';
import { countCell, dateCell, severityCell, textCell } from '../cells.ts';
import { dueWords, isOverdue, planOf, planTooLate, proposedAt } from '../due-dates.ts';
import type { FindingGroup } from '../findings.ts';
import { checkOf, groupByCheck, scopesInShort, titleOf } from '../findings.ts';
import { countWords, formatDate, formatObserved, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { planState } from '../service-words.ts';
import type { List } from './list.ts';

/** The four kinds of risk that a managed service reports: capacity, performance, security, stability. */
export const RISK_KINDS = ['capacity', 'performance', 'security', 'stability'] as const;
export type RiskKind = (typeof RISK_KINDS)[number];
export const RISK_KIND_WORDS: Readonly<Record<RiskKind, Text>> = {
  capacity: { zh: '容量', en: 'Capacity' },
  performance: { zh: '性能', en: 'Performance' },
  security: { zh: '安全', en: 'Security' },
  stability: { zh: '稳定性', en: 'Stability' },
};
const KIND_OF_AREA: Readonly<Partial<Record<Area, RiskKind>>> = {
  capacity: 'capacity',
  disk: 'capacity',
  storage: 'capacity',
  security: 'security',
  certificate: 'security',
  host: 'performance',
  link: 'performance',
};
/**
 * Doors that are open to whom they should not be, and locks that are off, in areas that are named after what they are about: an etcd that lets
 * everybody in is no matter of stability. By the words of which the ids of such checks are made.
 */
const OF_SECURITY =
  /-(?:auth-off|auth-on|authorization-always-allow|authorization-open|authorizer-off|always-admit-on|anonymous|insecure|insecure-port-open|insecure-registries|read-only-port-open|bind-open|binds-all|url-plain|plain-http|plain-listener|auto-tls-on|tls-off|tls-missing|tls-version-low|old-tls|protocol-old|default-password|password-missing|password-md5|empty-passwords|password-expiry-long|security-off|trust-remote|console-trusted-ip-any|user-agent-trusted|identity-published|secret-key-published|jmx-open|api-open|ajp-open|access-open|metrics-open|status-open|shutdown-port-open|data-dir-open|static-pod-file-open|encryption-off|audit-off|audit-off-at-boot|profiling-on|token-lookup-off|node-restriction-off|static-credentials|shared-credentials|kubelet-client-missing|etcd-client-missing|kubelet-unverified|upstream-unverified|root-ca-unset|runs-as-root|root-login|extra-root-account|account-without-password|account-files-writable|legacy-remote-service|selinux-inconsistent|aslr-off|mitigations-off|cpu-vulnerable|kernel-pointers-exposed|dmesg-unrestricted|unprivileged-bpf-on|links-unprotected|suid-core-dumps-on|kernel-randomisation-off|source-routing-accepted|icmp-redirects-accepted|tcp-syncookies-off|server-tokens-on|tokens-shown|listing-on|local-infile-on|data-store-exposed|dashboard-exposed|node-ports-exposed|snippet-used|external-ips-used|known-vulnerability|known-rce-version|known-smuggling-version|config-protection-off|license-in-configmap)$/;
/** By what the check is about, then its area; everything that fits none of the others threatens stability. */
export function riskKindOf({ area, check }: { readonly area: Area; readonly check: string }): RiskKind {
  return OF_SECURITY.test(check) ? 'security' : (KIND_OF_AREA[area] ?? 'stability');
}
/** When the oldest finding of a risk was first seen. */
export function firstSeenOf({ comparison, firstSeen }: ReportModel, check: string): number | undefined {
  if (firstSeen && Object.hasOwn(firstSeen, check)) return firstSeen[check];
  const seen =
    known(comparison)
      ?.findings.filter(({ finding, standing }) => finding.check === check && standing !== 'gone')
      .map(({ firstSeenAt }) => firstSeenAt) ?? [];
  return seen.length > 0 ? Math.min(...seen) : undefined;
}

/** What both sides plan: all but what waits for routine maintenance. */
function isToPlan(model: ReportModel, group: FindingGroup): boolean {
  return group.severity !== 'info' || proposedAt(model, group) !== undefined;
}
/** Whether the list has plans that both sides still have to write in. */
export function isRegisterOpen(model: ReportModel): boolean {
  return groupByCheck(model).some((group) => isToPlan(model, group) && planOf(model, group.check) === undefined);
}
/** One row a check, in the order of work: 《风险清单》. */
export const risksList: List<FindingGroup> = {
  id: 'risks',
  title: { zh: '风险清单', en: 'Risks' },
  sheet: { zh: '风险清单', en: 'Risks' },
  empty: { zh: '已检查的部分没有发现风险。', en: 'The checks that ran found no risks.' },
  pick(model) {
    if (model.coverage.checked === 0 && !model.recalled) return { missing: 'not-gathered' };
    const rows = groupByCheck(model);
    return { value: { rows, total: rows.length } };
  },
  columns: [
    { title: { zh: '类型', en: 'Kind' }, weight: 2.4, width: 12, cell: (group, _model, locale) => textCell(RISK_KIND_WORDS[riskKindOf(group)][locale]) },
    { title: { zh: '级别', en: 'Severity' }, format: 'status', weight: 2.5, width: 12, cell: ({ severity }, _model, locale) => severityCell(severity, locale) },
    { title: { zh: '风险', en: 'Risk' }, weight: 6, width: 40, cell: ({ check }, model, locale) => textCell(titleOf(model, check, locale)) },
    { title: { zh: '资源', en: 'Resources' }, format: 'name', weight: 7, width: 40, cell: (group, model, locale) => textCell(scopesInShort(model, group, locale)) },
    {
      title: { zh: '对象数', en: 'Objects' },
      align: 'right',
      width: 10,
      cell: ({ findings, atLeast }, _model, locale) => (atLeast ? { text: countWords(findings.length, true, locale), value: findings.length } : countCell(findings.length)),
    },
    {
      title: { zh: '证据（最重者）', en: 'Evidence (worst)' },
      width: 20,
      cell: ({ findings: [worst] }, { period }, locale) => textCell(worst && formatObserved(worst.observed, worst.unit, locale, period.zoneMinutes)),
    },
    { title: { zh: '首次发现', en: 'First seen' }, weight: 2.5, optional: true, width: 14, cell: ({ check }, model) => dateCell(firstSeenOf(model, check), model) },
    {
      title: { zh: '已存在（天）', en: 'Age (days)' },
      align: 'right',
      width: 12,
      cell({ check }, model) {
        const seen = firstSeenOf(model, check);
        return countCell(seen === undefined ? undefined : Math.max(0, Math.floor((model.period.asOf - seen) / 86_400)));
      },
    },
    { title: { zh: '修复方案', en: 'Remedy' }, width: 70, cell: ({ check }, model, locale) => textCell(checkOf(model, check)?.remedy[locale]) },
    {
      title: { zh: '建议完成', en: 'Proposed' },
      weight: 2.5,
      width: 14,
      cell(group, model, locale) {
        const at = proposedAt(model, group);
        const words = dueWords(model, group, locale);
        if (isOverdue(model, at)) return textCell(`▲ ${words}`, 'warning');
        const day = dateCell(at, model, 'neutral');
        return day.text === words ? day : textCell(words, 'neutral');
      },
    },
    {
      title: { zh: '整改计划', en: 'Plan' },
      weight: 3.4,
      optional: true,
      cell(group, model, locale) {
        const plan = planOf(model, group.check);
        // Room to write: both sides agree on it when they sign.
        if (!plan) return isToPlan(model, group) ? { text: '' } : textCell(undefined);
        const date = plan.dueAt === undefined ? [] : [formatDate(plan.dueAt, model.period.zoneMinutes)];
        const state = planState(plan.state, locale);
        const words = [...date, ...(plan.owner === undefined ? [] : [plan.owner]), say(locale, `（${state}）`, `(${state})`)].join(' ').replace(' （', '（');
        return planTooLate(model, group) ? { text: `▲ ${words}`, tone: 'warning' } : textCell(words);
      },
    },
    { title: { zh: '责任人', en: 'Owner' }, width: 14, cell: ({ check }, model) => textCell(planOf(model, check)?.owner) },
    { title: { zh: '计划完成', en: 'Planned' }, width: 14, cell: ({ check }, model) => dateCell(planOf(model, check)?.dueAt, model) },
    {
      title: { zh: '状态', en: 'State' },
      width: 12,
      cell({ check }, model, locale) {
        const plan = planOf(model, check);
        return textCell(plan && planState(plan.state, locale));
      },
    },
    { title: { zh: '检查项', en: 'Check' }, width: 30, cell: ({ check }) => textCell(check) },
  ],
};
