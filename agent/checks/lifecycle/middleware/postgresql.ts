import type { ProductLifecycle } from './lifecycle.ts';

export const POSTGRESQL_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-22',
  sources: ['postgresql.org/support/versioning', 'endoflife.date/postgresql', 'postgresql.org/support/security'],
  releases: [
    { release: '9.4', end: '2020-02-13' },
    { release: '9.5', end: '2021-02-11' },
    { release: '9.6', end: '2021-11-11' },
    { release: '10', end: '2022-11-10' },
    { release: '11', end: '2023-11-09' },
    { release: '12', end: '2024-11-14' },
    { release: '13', end: '2025-11-13' },
    { release: '14', end: '2026-11-12' },
    { release: '15', end: '2027-11-11' },
    { release: '16', end: '2028-11-09' },
    { release: '17', end: '2029-11-08' },
    { release: '18', end: '2030-11-14' },
  ],
  advisories: [
    // Code execution while restoring a dump of a hostile server.
    { id: 'CVE-2025-8714', from: '13', fixed: '13.22', score: 8.8 },
    { id: 'CVE-2025-8714', from: '14', fixed: '14.19', score: 8.8 },
    { id: 'CVE-2025-8714', from: '15', fixed: '15.14', score: 8.8 },
    { id: 'CVE-2025-8714', from: '16', fixed: '16.10', score: 8.8 },
    { id: 'CVE-2025-8714', from: '17', fixed: '17.6', score: 8.8 },
    // PL/Perl environment variables.
    { id: 'CVE-2024-10979', from: '12', fixed: '12.21', score: 8.8 },
    { id: 'CVE-2024-10979', from: '13', fixed: '13.17', score: 8.8 },
    { id: 'CVE-2024-10979', from: '14', fixed: '14.14', score: 8.8 },
    { id: 'CVE-2024-10979', from: '15', fixed: '15.9', score: 8.8 },
    { id: 'CVE-2024-10979', from: '16', fixed: '16.5', score: 8.8 },
    { id: 'CVE-2024-10979', from: '17', fixed: '17.1', score: 8.8 },
  ],
};
