/** Changes of incidents for tests of notifications. */

import type { EventBody, IncidentEvent } from '../../collector/incidents/event.ts';
import type { IncidentChange, IncidentFacts } from '../../collector/notify/change.ts';

export const MONDAY = Date.UTC(2026, 10, 23, 2, 0); // 10:00 in Shanghai

export function factsOf(change: Partial<IncidentFacts> = {}): IncidentFacts {
  return {
    id: 'i-1024',
    number: 1024,
    version: 1,
    customerId: 'c1',
    customerName: '示例银行',
    customerLocale: 'zh',
    zone: 'Asia/Shanghai',
    clusterName: 'prod-1',
    kind: 'incident',
    state: 'open',
    source: 'agent',
    level: 2,
    levelLabel: { zh: '2 级', en: 'Level 2' },
    severity: 'critical',
    rule: 'disk-space-low',
    title: { zh: '磁盘空间即将用尽', en: 'A disk is almost full' },
    remedy: {
      zh: '先执行 df -h /var 确认占用，再清理 /var/log 下的旧日志或扩容。',
      en: 'Run df -h /var to see what is used, then remove old logs under /var/log or extend the volume.',
    },
    scope: { kind: 'Mount', node: 'worker-07', name: '/var' },
    observed: 93.4,
    threshold: 85,
    unit: 'percent',
    reopened: 0,
    openedAt: MONDAY,
    clocks: [
      { clock: 'respond', state: 'running', dueAt: MONDAY + 30 * 60_000 },
      { clock: 'resolve', state: 'running', dueAt: MONDAY + 26 * 3_600_000, provisional: true },
    ],
    url: 'https://support.example.com/incidents/i-1024',
    ...change,
  };
}

export function eventOf(version: number, body: EventBody, at = MONDAY, actor: IncidentEvent['actor'] = { kind: 'system' }): IncidentEvent {
  return { incidentId: 'i-1024', version, at, actor, policy: 'daocloud/advanced@1', body };
}
export const OPENED: EventBody = { kind: 'opened', source: 'agent', incidentKind: 'incident', severity: 'critical', level: 2, rule: 'disk-space-low' };

export function changeOf(facts: Partial<IncidentFacts>, ...bodies: readonly EventBody[]): IncidentChange {
  const incident = factsOf(facts);
  return { incident, newEvents: bodies.map((body, index) => ({ ...eventOf(incident.version + index, body), incidentId: incident.id })) };
}
