import type { ProductLifecycle } from './lifecycle.ts';

const EOL = { source: 'endoflife.date/etcd', checked: '2026-11-26' } as const;
const RECORD = { source: 'CVE record, GHSA-2xhq-gv6c-p224', checked: '2026-11-26' } as const;

export const ETCD_SERVER_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-26',
  sources: ['endoflife.date/etcd', 'github.com/etcd-io/etcd/security/advisories'],
  releases: [
    { release: '3.0', end: '2017-01-20', ...EOL },
    { release: '3.1', end: '2018-10-10', ...EOL },
    { release: '3.2', end: '2021-03-28', ...EOL },
    { release: '3.3', end: '2021-10-15', ...EOL },
    { release: '3.4', end: '2026-06-01', ...EOL },
    { release: '3.5', end: '2027-07-08', ...EOL },
  ],
  advisories: [
    // A gateway that is an endpoint of its own uses up its descriptors.
    { id: 'CVE-2020-15114', fixed: '3.3.23', score: 7.7, ...RECORD },
    { id: 'CVE-2020-15114', from: '3.4', fixed: '3.4.10', score: 7.7, ...RECORD },
  ],
};
