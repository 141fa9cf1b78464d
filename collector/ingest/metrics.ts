/** What ingest tells Prometheus. Labels are closed words: never a name, a cluster or a customer. */
import { Counter, Histogram, type Registry } from 'prom-client';
import type { Receipt } from '../../agent/wire/envelope.ts';

export interface IngestMetrics {
  received(compressedBytes: number, decompressedBytes: number): void;
  receipt(kind: string, receipt: Receipt): void;
  group(items: number, seconds: number): void;
}

export function ingestMetrics(registry: Registry): IngestMetrics {
  const registers = [registry];
  const bytes = new Counter({ name: 'xunjian_ingest_bytes_total', help: 'Bytes of bodies as they came and after decompression', labelNames: ['form'], registers });
  const payloads = new Counter({ name: 'xunjian_ingest_payloads_total', help: 'Payloads by kind, receipt and reason', labelNames: ['kind', 'status', 'reason'], registers });
  const items = new Histogram({ name: 'xunjian_ingest_group_payloads', help: 'Payloads of one transaction', buckets: [1, 2, 4, 8, 16, 32, 64], registers });
  const seconds = new Histogram({
    name: 'xunjian_ingest_commit_seconds',
    help: 'How long one transaction took',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  });
  return {
    received(compressedBytes, decompressedBytes) {
      bytes.inc({ form: 'compressed' }, compressedBytes);
      bytes.inc({ form: 'decompressed' }, decompressedBytes);
    },
    receipt: (kind, { status, reason }) => payloads.inc({ kind, status, reason: reason ?? '' }),
    group(count, duration) {
      items.observe(count);
      seconds.observe(duration);
    },
  };
}
