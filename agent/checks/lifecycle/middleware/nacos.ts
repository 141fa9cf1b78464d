import type { ProductLifecycle } from './lifecycle.ts';

const RULE = { source: 'day of the first release of 1.x, which ended the work on 0.x', checked: '2026-11-26' } as const;
const RECORD = { source: 'CVE record, nuclei-templates', checked: '2026-11-26' } as const;
const CNVD = { source: 'CNVD-2023-45001 and the notes of 1.4.6 and 2.2.3', checked: '2026-11-26' } as const;

/** The project announces no last days: of 0.x the first release of 1.x ended the work, the others have no row. */
export const NACOS_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-26',
  sources: ['github.com/alibaba/nacos/releases (notes of 1.4.6 and 2.2.3)', 'CVE records CVE-2021-29441 and CVE-2021-29442', 'CNVD-2023-45001'],
  releases: [{ release: '0', end: '2019-04-10', ...RULE }],
  advisories: [
    // Signing in passed by a User-Agent; the SQL of the embedded database for anybody.
    { id: 'CVE-2021-29441', fixed: '1.4.1', score: 8.6, ...RECORD },
    { id: 'CVE-2021-29442', fixed: '1.4.1', score: 7.5, ...RECORD },
    // Code by Hessian over the port of Raft (7848), without signing in; CNVD gives no score, this is the one of such a vector.
    { id: 'CNVD-2023-45001', from: '1.4.0', fixed: '1.4.6', score: 9.8, ...CNVD, unverified: true },
    { id: 'CNVD-2023-45001', from: '2.0.0', fixed: '2.2.3', score: 9.8, ...CNVD, unverified: true },
  ],
};
