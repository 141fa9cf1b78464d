import type { ProductLifecycle } from './lifecycle.ts';

const EOL = { source: 'zookeeper.apache.org/news, endoflife.date/zookeeper', checked: '2026-11-26' } as const;
const RECORD = { source: 'CVE record of the ZooKeeper project', checked: '2026-11-26' } as const;

export const ZOOKEEPER_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-26',
  sources: ['zookeeper.apache.org/releases.html', 'endoflife.date/zookeeper', 'zookeeper.apache.org/security.html'],
  releases: [
    { release: '3.4', end: '2020-06-01', ...EOL },
    { release: '3.5', end: '2022-06-01', ...EOL },
    { release: '3.6', end: '2022-12-30', ...EOL },
    { release: '3.7', end: '2024-02-02', ...EOL },
  ],
  advisories: [
    // Authorization bypass of SASL quorum peers.
    { id: 'CVE-2023-44981', fixed: '3.7.2', score: 9.1, ...RECORD, unverified: true },
    { id: 'CVE-2023-44981', from: '3.8', fixed: '3.8.3', score: 9.1, ...RECORD, unverified: true },
    { id: 'CVE-2023-44981', from: '3.9', fixed: '3.9.1', score: 9.1, ...RECORD, unverified: true },
    // Authentication bypass of the AdminServer by address.
    { id: 'CVE-2024-51504', from: '3.9', fixed: '3.9.3', score: 9.1, ...RECORD },
  ],
};
