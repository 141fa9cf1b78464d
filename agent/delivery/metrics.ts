/** What delivery says about itself to Prometheus: numbers and closed words. */
import type { Registry } from 'prom-client';
import Gauge from 'prom-client/lib/gauge.js';
import { DROP_REASONS } from '../wire/signal.ts';
import type { OutboxState } from './outbox.ts';
import { SENDER_STATES, type SenderState } from './sender.ts';

/** Registers the series; they are read when Prometheus asks. Counters outlive the process, so they are set, not counted, here. */
export function registerDelivery(registry: Registry, outbox: () => OutboxState, sender: () => SenderState): void {
  const series = (name: string, help: string, value: (state: OutboxState) => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value(outbox()));
      },
    });
  };
  series('xunjian_outbox_items', 'Payloads that wait to be sent', ({ items }) => items);
  series('xunjian_outbox_bytes', 'Bytes that they take on disk', ({ bytes }) => bytes);
  series('xunjian_outbox_oldest_age_seconds', 'Age of the oldest; 0 when none waits', ({ oldestAgeSeconds }) => oldestAgeSeconds);
  series('xunjian_outbox_writable', '1 while payloads go to disk, 0 while the disk takes none and they wait in memory', ({ isWritable }) => Number(isWritable));
  series('xunjian_outbox_foreign_segments', 'Segments of another version, left as they are', ({ foreignSegments }) => foreignSegments);
  series('xunjian_outbox_enqueued_total', 'Payloads kept since the outbox was made', ({ counts }) => counts.enqueued);
  series('xunjian_outbox_corrupt_bytes_total', 'Bytes that the disk did not give back as they were written', ({ counts }) => counts.corruptBytes);
  series('xunjian_delivery_sent_total', 'Payloads that the collector has', ({ counts }) => counts.sent);
  series('xunjian_delivery_duplicates_total', 'Of them, those it already had', ({ counts }) => counts.duplicates);
  series('xunjian_delivery_retries_total', 'Requests without a usable answer', ({ counts }) => counts.retries);
  series('xunjian_delivery_last_success_timestamp_seconds', 'When the collector last confirmed a payload; 0 before the first', ({ lastSuccessAt }) => lastSuccessAt);
  new Gauge({
    name: 'xunjian_outbox_dropped_total',
    help: 'Payloads given up, by reason',
    labelNames: ['reason'],
    registers: [registry],
    collect() {
      const { dropped } = outbox();
      for (const reason of DROP_REASONS) this.set({ reason }, dropped[reason]);
    },
  });
  new Gauge({
    name: 'xunjian_delivery_state',
    help: '1 for what the sender does or is held up by',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const now = sender();
      for (const state of SENDER_STATES) this.set({ state }, Number(state === now));
    },
  });
}
