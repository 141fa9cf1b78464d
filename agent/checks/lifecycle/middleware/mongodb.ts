import type { ProductLifecycle } from './lifecycle.ts';

const EOL = { source: 'endoflife.date/mongodb', checked: '2026-11-26' } as const;
const ALERT = { source: 'MongoDB security update of December 2025, endoflife.date/mongodb; score of NVD', checked: '2026-11-26' } as const;

/** Community server; rapid releases (x.1 to x.3) end with the next one. */
export const MONGODB_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-26',
  sources: ['mongodb.com/legal/support-policy/lifecycles', 'endoflife.date/mongodb', 'mongodb.com/resources/products/alerts'],
  releases: [
    { release: '3.2', end: '2018-09-30', ...EOL },
    { release: '3.4', end: '2020-01-31', ...EOL },
    { release: '3.6', end: '2021-04-30', ...EOL },
    { release: '4.0', end: '2022-04-30', ...EOL },
    { release: '4.2', end: '2023-04-30', ...EOL },
    { release: '4.4', end: '2024-02-29', ...EOL },
    { release: '5.0', end: '2024-10-31', ...EOL },
    { release: '5.1', end: '2022-01-18', ...EOL },
    { release: '5.2', end: '2022-03-23', ...EOL },
    { release: '5.3', end: '2022-07-31', ...EOL },
    { release: '6.0', end: '2025-07-31', ...EOL },
    { release: '6.1', end: '2023-02-09', ...EOL },
    { release: '6.2', end: '2023-04-24', ...EOL },
    { release: '6.3', end: '2023-08-31', ...EOL },
    { release: '7.0', end: '2027-08-31', ...EOL },
    { release: '7.1', end: '2024-01-23', ...EOL },
    { release: '7.2', end: '2024-03-27', ...EOL },
    { release: '7.3', end: '2024-10-31', ...EOL },
    { release: '8.0', end: '2029-10-31', ...EOL },
    { release: '8.1', end: '2025-09-30', ...EOL },
    { release: '8.2', end: '2026-07-31', ...EOL },
  ],
  // Memory of the server to anybody who reaches it, where zlib is among the compressors, as it is by default ("MongoBleed").
  advisories: [
    { id: 'CVE-2025-14847', from: '3.6', fixed: '4.4.30', score: 7.5, ...ALERT },
    { id: 'CVE-2025-14847', from: '5.0', fixed: '5.0.32', score: 7.5, ...ALERT },
    { id: 'CVE-2025-14847', from: '6.0', fixed: '6.0.27', score: 7.5, ...ALERT },
    { id: 'CVE-2025-14847', from: '7.0', fixed: '7.0.28', score: 7.5, ...ALERT },
    { id: 'CVE-2025-14847', from: '8.0', fixed: '8.0.17', score: 7.5, ...ALERT },
    { id: 'CVE-2025-14847', from: '8.2', fixed: '8.2.3', score: 7.5, ...ALERT },
  ],
};
