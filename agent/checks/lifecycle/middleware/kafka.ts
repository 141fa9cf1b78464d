import type { ProductLifecycle } from './lifecycle.ts';

const EOL = { source: 'endoflife.date/apache-kafka', checked: '2026-11-26' } as const;
const RULE = { source: 'release date and the twelve months of the "Time Based Release Plan"', checked: '2026-11-26' } as const;
const RECORD = { source: 'CVE record and kafka.apache.org/cve-list', checked: '2026-11-26' } as const;

/**
 * Community maintenance: up to 3.8 until the next release or the last bug fix, of 4.x for twelve months. How long 3.9, the last
 * with ZooKeeper, gets fixes is not announced to the day: it has no row. Confluent Platform is supported for longer.
 */
export const KAFKA_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-26',
  sources: [
    'endoflife.date/apache-kafka',
    'kafka.apache.org/cve-list',
    'cwiki.apache.org "Time Based Release Plan"',
    'release dates of org.apache.kafka:kafka-clients on Maven Central',
  ],
  releases: [
    { release: '0', end: '2018-07-02', ...EOL },
    { release: '1.0', end: '2018-07-08', ...EOL },
    { release: '1.1', end: '2018-07-30', ...EOL },
    { release: '2.0', end: '2018-11-20', ...EOL },
    { release: '2.1', end: '2019-03-22', ...EOL },
    { release: '2.2', end: '2019-12-01', ...EOL },
    { release: '2.3', end: '2019-12-16', ...EOL },
    { release: '2.4', end: '2020-04-15', ...EOL },
    { release: '2.5', end: '2020-08-10', ...EOL },
    { release: '2.6', end: '2021-11-15', ...EOL },
    { release: '2.7', end: '2021-11-15', ...EOL },
    { release: '2.8', end: '2022-09-19', ...EOL },
    { release: '3.0', end: '2022-09-19', ...EOL },
    { release: '3.1', end: '2022-09-19', ...EOL },
    { release: '3.2', end: '2022-09-28', ...EOL },
    { release: '3.3', end: '2023-02-06', ...EOL },
    { release: '3.4', end: '2023-06-13', ...EOL },
    { release: '3.5', end: '2023-12-08', ...EOL },
    { release: '3.6', end: '2024-04-04', ...EOL },
    { release: '3.7', end: '2024-12-04', ...EOL },
    { release: '3.8', end: '2024-11-06', ...EOL },
    { release: '4.0', end: '2026-03-18', ...RULE },
    { release: '4.1', end: '2026-09-02', ...RULE },
  ],
  // Those of Connect workers and clients (CVE-2023-25194, CVE-2025-27817, CVE-2025-27818) are not the broker's.
  advisories: [
    // Memory of the broker, without signing in.
    { id: 'CVE-2022-34917', from: '2.8', fixed: '2.8.2', score: 7.5, ...RECORD },
    { id: 'CVE-2022-34917', from: '3.0', fixed: '3.0.2', score: 7.5, ...RECORD },
    { id: 'CVE-2022-34917', from: '3.1', fixed: '3.1.2', score: 7.5, ...RECORD },
    { id: 'CVE-2022-34917', from: '3.2', fixed: '3.2.3', score: 7.5, ...RECORD },
    // Messages compressed with snappy.
    { id: 'CVE-2023-34455', fixed: '3.5.1', score: 7.5, ...RECORD },
    // ACLs while brokers migrate from ZooKeeper.
    { id: 'CVE-2024-27309', from: '3.5', fixed: '3.6.2', score: 7.4, ...RECORD, unverified: true },
    // Login modules of JNDI in configurations that clients may alter.
    { id: 'CVE-2025-27819', from: '2.0', fixed: '3.4', score: 7.5, ...RECORD },
    // Nonce of SCRAM without TLS.
    { id: 'CVE-2024-56128', fixed: '3.7.2', score: 5.3, ...RECORD },
    { id: 'CVE-2024-56128', from: '3.8', fixed: '3.8.1', score: 5.3, ...RECORD },
  ],
};
