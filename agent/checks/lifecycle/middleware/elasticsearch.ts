import type { ProductLifecycle } from './lifecycle.ts';

const EOL = { source: 'elastic.co/support/eol, endoflife.date/elasticsearch', checked: '2026-11-26' } as const;
const OPENSEARCH = { source: 'endoflife.date/opensearch', checked: '2026-11-26' } as const;
const RECORD = { source: 'CVE record of Elastic and its announcement', checked: '2026-11-26' } as const;
const OSV = { source: 'osv.dev, GHSA-r9fv-qpm9-rj4g', checked: '2026-11-26' } as const;

/**
 * Elasticsearch from 5 on, and OpenSearch below that: Elasticsearch 1 and 2 ended in 2018 and answer to what is said of
 * OpenSearch 1. OpenSearch 2 and 3 are maintained without a published date.
 */
export const ELASTICSEARCH_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-26',
  sources: ['elastic.co/support/eol', 'endoflife.date/elasticsearch', 'endoflife.date/opensearch', 'discuss.elastic.co/c/announcements/security-announcements'],
  releases: [
    { release: '1', end: '2025-05-06', ...OPENSEARCH },
    { release: '5', end: '2019-03-11', ...EOL },
    { release: '6', end: '2022-02-10', ...EOL },
    { release: '7', end: '2026-01-15', ...EOL },
    { release: '8', end: '2027-07-15', ...EOL },
    { release: '9.3', end: '2026-08-04', ...EOL },
  ],
  advisories: [
    { id: 'CVE-2018-3831', from: '5.6', fixed: '5.6.12', score: 8.8, ...OSV },
    { id: 'CVE-2018-3831', from: '6.0', fixed: '6.4.1', score: 8.8, ...OSV },
    { id: 'CVE-2020-7014', from: '6.7', fixed: '6.8.9', score: 8.8, ...RECORD, unverified: true },
    { id: 'CVE-2020-7014', from: '7.0', fixed: '7.7.0', score: 8.8, ...RECORD, unverified: true },
    { id: 'CVE-2023-31418', from: '5.0', fixed: '7.17.13', score: 7.5, ...RECORD },
    { id: 'CVE-2023-31418', from: '8.0', fixed: '8.9.0', score: 7.5, ...RECORD },
    { id: 'CVE-2023-31419', from: '7.0', fixed: '7.17.13', score: 6.5, ...RECORD },
    { id: 'CVE-2023-31419', from: '8.0', fixed: '8.9.1', score: 6.5, ...RECORD },
  ],
};
