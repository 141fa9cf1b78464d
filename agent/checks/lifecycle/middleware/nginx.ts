import type { ProductLifecycle } from './lifecycle.ts';

const EOL = { source: 'endoflife.date/nginx', checked: '2026-11-26' } as const;
const ADVISORY = { source: 'nginx.org/en/security_advisories.html', checked: '2026-11-26' } as const;

export const NGINX_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-26',
  sources: ['endoflife.date/nginx', 'nginx.org/en/security_advisories.html'],
  releases: [
    { release: '1.10', end: '2017-04-12', ...EOL },
    { release: '1.12', end: '2018-04-17', ...EOL },
    { release: '1.14', end: '2019-04-23', ...EOL },
    { release: '1.16', end: '2020-04-20', ...EOL },
    { release: '1.18', end: '2021-04-20', ...EOL },
    { release: '1.19', end: '2021-05-25', ...EOL },
    { release: '1.20', end: '2022-05-24', ...EOL },
    { release: '1.21', end: '2022-06-21', ...EOL },
    { release: '1.22', end: '2023-04-11', ...EOL },
    { release: '1.23', end: '2023-05-23', ...EOL },
    { release: '1.24', end: '2024-04-23', ...EOL },
    { release: '1.25', end: '2024-05-29', ...EOL },
    { release: '1.26', end: '2025-04-23', ...EOL },
    { release: '1.27', end: '2025-06-24', ...EOL },
    { release: '1.28', end: '2026-04-14', ...EOL },
    { release: '1.29', end: '2026-05-13', ...EOL },
  ],
  advisories: [
    // One byte overwrite in the resolver.
    { id: 'CVE-2021-23017', from: '0.6.18', fixed: '1.20.1', score: 7.7, ...ADVISORY, unverified: true },
  ],
};
