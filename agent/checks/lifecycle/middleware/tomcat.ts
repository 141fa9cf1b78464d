import type { ProductLifecycle } from './lifecycle.ts';

const EOL = { source: 'tomcat.apache.org/whichversion.html, endoflife.date/tomcat', checked: '2026-11-26' } as const;
const ADVISORY = { source: 'tomcat.apache.org/security.html; score of NVD', checked: '2026-11-26' } as const;

export const TOMCAT_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-26',
  sources: ['tomcat.apache.org/whichversion.html', 'endoflife.date/tomcat', 'tomcat.apache.org/security.html'],
  releases: [
    { release: '7', end: '2021-03-31', ...EOL },
    { release: '8.0', end: '2018-06-30', ...EOL },
    { release: '8.5', end: '2024-03-31', ...EOL },
    { release: '9.0', end: '2027-03-31', ...EOL },
    { release: '10.0', end: '2022-10-31', ...EOL },
  ],
  advisories: [
    { id: 'CVE-2020-1938', from: '7.0', fixed: '7.0.100', score: 9.8, ...ADVISORY },
    { id: 'CVE-2020-1938', from: '8.5', fixed: '8.5.51', score: 9.8, ...ADVISORY },
    { id: 'CVE-2020-1938', from: '9.0', fixed: '9.0.31', score: 9.8, ...ADVISORY },
    { id: 'CVE-2025-24813', from: '9.0', fixed: '9.0.99', score: 9.8, ...ADVISORY },
    { id: 'CVE-2025-24813', from: '10.1', fixed: '10.1.35', score: 9.8, ...ADVISORY },
    { id: 'CVE-2025-24813', from: '11.0', fixed: '11.0.3', score: 9.8, ...ADVISORY },
  ],
};
