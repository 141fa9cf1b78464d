import type { ProductLifecycle } from './lifecycle.ts';

const RULE = { source: 'days of the releases on rocketmq.apache.org: each ends with the next', checked: '2026-11-26' } as const;
const RECORD = { source: 'CVE record and its CISA supplement, nuclei-templates', checked: '2026-11-26' } as const;

/**
 * The project announces no last days: a release of 4.x ends with the one after it, as its fixes go into the newest only. 4.9 and
 * the releases of 5.x have no row.
 */
export const ROCKETMQ_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-26',
  sources: ['rocketmq.apache.org/download and release notes', 'CVE records CVE-2023-33246, CVE-2023-37582, CVE-2024-23321'],
  releases: [
    { release: '3', end: '2017-12-13', ...RULE },
    { release: '4.0', end: '2017-12-13', ...RULE },
    { release: '4.1', end: '2017-12-13', ...RULE },
    { release: '4.2', end: '2018-07-26', ...RULE },
    { release: '4.3', end: '2019-01-17', ...RULE },
    { release: '4.4', end: '2019-03-29', ...RULE },
    { release: '4.5', end: '2019-11-20', ...RULE },
    { release: '4.6', end: '2020-03-05', ...RULE },
    { release: '4.7', end: '2020-12-08', ...RULE },
    { release: '4.8', end: '2021-06-10', ...RULE },
  ],
  advisories: [
    // Commands by the request that updates the configuration, without signing in.
    { id: 'CVE-2023-33246', fixed: '4.9.6', score: 9.8, ...RECORD },
    { id: 'CVE-2023-33246', from: '5.0', fixed: '5.1.1', score: 9.8, ...RECORD },
    // The same of name servers, left open by the first fix.
    { id: 'CVE-2023-37582', fixed: '4.9.7', score: 9.8, ...RECORD },
    { id: 'CVE-2023-37582', from: '5.0', fixed: '5.1.2', score: 9.8, ...RECORD },
    // Settings that a listing shows in spite of access control.
    { id: 'CVE-2024-23321', from: '4.5.2', fixed: '5.3', score: 7.5, ...RECORD },
  ],
};
