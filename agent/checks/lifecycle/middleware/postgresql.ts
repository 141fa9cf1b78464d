import type { ProductLifecycle } from './lifecycle.ts';

const EOL = { source: 'postgresql.org/support/versioning, endoflife.date/postgresql', checked: '2026-11-26' } as const;
const RECORD = { source: 'CVE record of the PostgreSQL project', checked: '2026-11-26' } as const;

export const POSTGRESQL_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-26',
  sources: ['postgresql.org/support/versioning', 'endoflife.date/postgresql', 'postgresql.org/support/security'],
  releases: [
    { release: '9.4', end: '2020-02-13', ...EOL },
    { release: '9.5', end: '2021-02-11', ...EOL },
    { release: '9.6', end: '2021-11-11', ...EOL },
    { release: '10', end: '2022-11-10', ...EOL },
    { release: '11', end: '2023-11-09', ...EOL },
    { release: '12', end: '2024-11-14', ...EOL },
    { release: '13', end: '2025-11-13', ...EOL },
    { release: '14', end: '2026-11-12', ...EOL },
    { release: '15', end: '2027-11-11', ...EOL },
    { release: '16', end: '2028-11-09', ...EOL },
    { release: '17', end: '2029-11-08', ...EOL },
    { release: '18', end: '2030-11-14', ...EOL },
  ],
  advisories: [
    // Code execution while restoring a dump of a hostile server.
    { id: 'CVE-2025-8714', from: '13', fixed: '13.22', score: 8.8, ...RECORD },
    { id: 'CVE-2025-8714', from: '14', fixed: '14.19', score: 8.8, ...RECORD },
    { id: 'CVE-2025-8714', from: '15', fixed: '15.14', score: 8.8, ...RECORD },
    { id: 'CVE-2025-8714', from: '16', fixed: '16.10', score: 8.8, ...RECORD },
    { id: 'CVE-2025-8714', from: '17', fixed: '17.6', score: 8.8, ...RECORD },
    // PL/Perl environment variables.
    { id: 'CVE-2024-10979', from: '12', fixed: '12.21', score: 8.8, ...RECORD },
    { id: 'CVE-2024-10979', from: '13', fixed: '13.17', score: 8.8, ...RECORD },
    { id: 'CVE-2024-10979', from: '14', fixed: '14.14', score: 8.8, ...RECORD },
    { id: 'CVE-2024-10979', from: '15', fixed: '15.9', score: 8.8, ...RECORD },
    { id: 'CVE-2024-10979', from: '16', fixed: '16.5', score: 8.8, ...RECORD },
    { id: 'CVE-2024-10979', from: '17', fixed: '17.1', score: 8.8, ...RECORD },
  ],
};
