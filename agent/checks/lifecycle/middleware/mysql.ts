import type { ProductLifecycle } from './lifecycle.ts';

/** MySQL and MariaDB in one table: their release numbers do not overlap after 5.5. */
export const MYSQL_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-22',
  sources: ['endoflife.date/mysql', 'endoflife.date/mariadb', 'oracle.com: Critical Patch Updates', 'mariadb.com/kb/en/security'],
  releases: [
    { release: '5.5', end: '2018-12-31' },
    { release: '5.6', end: '2021-02-28' },
    { release: '5.7', end: '2023-10-31' },
    { release: '8.0', end: '2026-04-30' },
    { release: '8.1', end: '2023-10-25' },
    { release: '8.2', end: '2023-12-14' },
    { release: '8.3', end: '2024-04-10' },
    { release: '8.4', end: '2032-04-30' },
    { release: '9.0', end: '2024-10-15' },
    { release: '9.1', end: '2025-01-21' },
    { release: '9.2', end: '2025-04-15' },
    { release: '9.3', end: '2025-07-22' },
    { release: '9.4', end: '2025-10-21' },
    { release: '9.5', end: '2026-01-20' },
    { release: '9.6', end: '2026-04-21' },
    { release: '10.0', end: '2019-03-31' },
    { release: '10.1', end: '2020-10-17' },
    { release: '10.2', end: '2022-05-23' },
    { release: '10.3', end: '2023-05-25' },
    { release: '10.4', end: '2024-06-18' },
    { release: '10.5', end: '2025-06-24' },
    { release: '10.6', end: '2026-07-06' },
    { release: '10.7', end: '2023-02-14' },
    { release: '10.8', end: '2023-05-20' },
    { release: '10.9', end: '2023-08-22' },
    { release: '10.10', end: '2023-11-17' },
    { release: '10.11', end: '2028-02-16' },
  ],
  advisories: [
    // Code execution by logging settings.
    { id: 'CVE-2016-6662', fixed: '5.5.53', score: 9.8 },
    { id: 'CVE-2016-6662', from: '5.6', fixed: '5.6.34', score: 9.8 },
    { id: 'CVE-2016-6662', from: '5.7', fixed: '5.7.16', score: 9.8 },
    // MariaDB: command execution by wsrep_provider.
    { id: 'CVE-2021-27928', from: '10.2', fixed: '10.2.37', score: 7.2 },
    { id: 'CVE-2021-27928', from: '10.3', fixed: '10.3.28', score: 7.2 },
    { id: 'CVE-2021-27928', from: '10.4', fixed: '10.4.18', score: 7.2 },
    { id: 'CVE-2021-27928', from: '10.5', fixed: '10.5.9', score: 7.2 },
  ],
};
