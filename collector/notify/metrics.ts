/** The outbox in numbers. Labels are kinds and closed words, never names. */
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Failure } from './send-error.ts';
import { TARGET_KINDS } from './targets/registry.ts';

export interface NotifyMetrics {
  sent(kind: string, isRepeat: boolean): void;
  failed(kind: string, failure: Failure): void;
  dead(kind: string): void;
  /** @param oldestMs age of the oldest message that waits */
  depth(pending: number, dead: number, oldestMs: number): void;
  readonly rotaGap: (because: 'fallback' | 'nobody') => void;
  readonly unrouted: () => void;
}

export function notifyMetrics(registry: Registry): NotifyMetrics {
  const counter = (name: string, help: string, labelNames: string[] = []): Counter => new Counter({ name, help, labelNames, registers: [registry] });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [registry] });
  const sent = counter('xunjian_notifications_sent_total', 'Notifications that a target accepted', ['kind']);
  const repeated = counter('xunjian_notifications_repeated_total', 'Notifications that were said again to targets that forget', ['kind']);
  const failed = counter('xunjian_notifications_failed_total', 'Attempts that failed', ['kind', 'reason']);
  const dead = counter('xunjian_notifications_dead_total', 'Notifications that were given up', ['kind']);
  const pending = gauge('xunjian_notifications_pending', 'Notifications that wait to be sent');
  const lost = gauge('xunjian_notifications_dead', 'Notifications that were given up and are kept');
  const oldest = gauge('xunjian_notifications_oldest_age_seconds', 'Age of the oldest notification that waits');
  const gaps = counter('xunjian_rota_gaps_total', 'Notifications for which nobody of the rota was on call', ['because']);
  const unrouted = counter('xunjian_notifications_unrouted_total', 'Things to tell for which no route led anywhere');
  for (const kind of TARGET_KINDS) {
    sent.inc({ kind }, 0);
    dead.inc({ kind }, 0);
  }
  for (const because of ['fallback', 'nobody']) gaps.inc({ because }, 0);
  return {
    sent: (kind, isRepeat) => (isRepeat ? repeated : sent).inc({ kind }),
    failed: (kind, reason) => failed.inc({ kind, reason }),
    dead: (kind) => dead.inc({ kind }),
    depth(waiting, given, oldestMs) {
      pending.set(waiting);
      lost.set(given);
      oldest.set(oldestMs / 1_000);
    },
    rotaGap: (because) => gaps.inc({ because }),
    unrouted: () => unrouted.inc(),
  };
}
