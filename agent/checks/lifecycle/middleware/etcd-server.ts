import type { ProductLifecycle } from './lifecycle.ts';

export const ETCD_SERVER_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-22',
  sources: ['endoflife.date/etcd', 'github.com/etcd-io/etcd/security/advisories'],
  releases: [
    { release: '3.0', end: '2017-01-20' },
    { release: '3.1', end: '2018-10-10' },
    { release: '3.2', end: '2021-03-28' },
    { release: '3.3', end: '2021-10-15' },
    { release: '3.4', end: '2026-06-01' },
    { release: '3.5', end: '2027-07-08' },
  ],
  advisories: [
    // Gateway and authentication, audit of 2020.
    { id: 'CVE-2020-15114', fixed: '3.3.23', score: 7.7 },
    { id: 'CVE-2020-15114', from: '3.4', fixed: '3.4.10', score: 7.7 },
  ],
};
