/** Numbers about the collector itself. No label comes from what somebody sent: routes are patterns of ours. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export class CollectorMetrics {
  readonly registry = new Registry();
  readonly #duration: Histogram<'method' | 'route' | 'status'>;
  readonly #jobs: Histogram<'job' | 'outcome'>;
  readonly #jobLast: Gauge<'job'>;
  readonly #counts: Counter<'what'>;
  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry, prefix: 'xunjian_collector_' });
    this.#duration = new Histogram({
      name: 'xunjian_http_request_duration_seconds',
      help: 'requests by route pattern and class of status',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    });
    this.#jobs = new Histogram({
      name: 'xunjian_job_duration_seconds',
      help: 'runs of recurring jobs',
      labelNames: ['job', 'outcome'],
      buckets: [0.01, 0.1, 1, 10, 60],
      registers,
    });
    this.#jobLast = new Gauge({ name: 'xunjian_job_last_success_timestamp_seconds', help: 'end of the last run that went well', labelNames: ['job'], registers });
    this.#counts = new Counter({ name: 'xunjian_events_total', help: 'what happened, by kind', labelNames: ['what'], registers });
  }
  recordRequest(method: string, route: string, status: number, seconds: number): void {
    this.#duration.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds);
  }
  recordJob(job: string, outcome: 'done' | 'failed', seconds: number, now: number): void {
    this.#jobs.observe({ job, outcome }, seconds);
    if (outcome === 'done') this.#jobLast.set({ job }, now / 1_000);
  }
  /** @param what one of our own words */
  count(what: string, by = 1): void {
    this.#counts.inc({ what }, by);
  }
  async text(): Promise<string> {
    return await this.registry.metrics();
  }
}
