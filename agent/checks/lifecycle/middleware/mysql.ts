import type { ProductLifecycle } from './lifecycle.ts';

const MYSQL = { source: 'endoflife.date/mysql', checked: '2026-11-26' } as const;
const MARIADB = { source: 'endoflife.date/mariadb', checked: '2026-11-26' } as const;
const RECORD = { source: 'CVE record and CISA advisory', checked: '2026-11-26' } as const;
const PERCONA = { source: 'percona.com, "Is Your Database Affected by CVE-2016-6662?"', checked: '2026-11-26' } as const;

/** MySQL and MariaDB in one table: their release numbers do not overlap after 5.5. */
export const MYSQL_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-26',
  sources: ['endoflife.date/mysql', 'endoflife.date/mariadb', 'oracle.com: Critical Patch Updates', 'mariadb.com/kb/en/security'],
  releases: [
    { release: '5.5', end: '2018-12-31', ...MYSQL },
    { release: '5.6', end: '2021-02-28', ...MYSQL },
    { release: '5.7', end: '2023-10-31', ...MYSQL },
    { release: '8.0', end: '2026-04-30', ...MYSQL },
    { release: '8.1', end: '2023-10-25', ...MYSQL },
    { release: '8.2', end: '2023-12-14', ...MYSQL },
    { release: '8.3', end: '2024-04-10', ...MYSQL },
    { release: '8.4', end: '2032-04-30', ...MYSQL },
    { release: '9.0', end: '2024-10-15', ...MYSQL },
    { release: '9.1', end: '2025-01-21', ...MYSQL },
    { release: '9.2', end: '2025-04-15', ...MYSQL },
    { release: '9.3', end: '2025-07-22', ...MYSQL },
    { release: '9.4', end: '2025-10-21', ...MYSQL },
    { release: '9.5', end: '2026-01-20', ...MYSQL },
    { release: '9.6', end: '2026-04-21', ...MYSQL },
    { release: '10.0', end: '2019-03-31', ...MARIADB },
    { release: '10.1', end: '2020-10-17', ...MARIADB },
    { release: '10.2', end: '2022-05-23', ...MARIADB },
    { release: '10.3', end: '2023-05-25', ...MARIADB },
    { release: '10.4', end: '2024-06-18', ...MARIADB },
    { release: '10.5', end: '2025-06-24', ...MARIADB },
    { release: '10.6', end: '2026-07-06', ...MARIADB },
    { release: '10.7', end: '2023-02-14', ...MARIADB },
    { release: '10.8', end: '2023-05-20', ...MARIADB },
    { release: '10.9', end: '2023-08-22', ...MARIADB },
    { release: '10.10', end: '2023-11-17', ...MARIADB },
    { release: '10.11', end: '2028-02-16', ...MARIADB },
  ],
  advisories: [
    // Code execution by logging settings.
    { id: 'CVE-2016-6662', fixed: '5.5.52', score: 9.8, ...PERCONA, unverified: true },
    { id: 'CVE-2016-6662', from: '5.6', fixed: '5.6.33', score: 9.8, ...PERCONA, unverified: true },
    { id: 'CVE-2016-6662', from: '5.7', fixed: '5.7.15', score: 9.8, ...PERCONA, unverified: true },
    // MariaDB: command execution by wsrep_provider.
    { id: 'CVE-2021-27928', from: '10.2', fixed: '10.2.37', score: 7.2, ...RECORD },
    { id: 'CVE-2021-27928', from: '10.3', fixed: '10.3.28', score: 7.2, ...RECORD },
    { id: 'CVE-2021-27928', from: '10.4', fixed: '10.4.18', score: 7.2, ...RECORD },
    { id: 'CVE-2021-27928', from: '10.5', fixed: '10.5.9', score: 7.2, ...RECORD },
  ],
};
