import type { ProductLifecycle } from './lifecycle.ts';

const EOL = { source: 'endoflife.date/rabbitmq', checked: '2026-11-26' } as const;
const RECORD = { source: 'CVE record, GHSA-w6cq-9cf4-gqpg', checked: '2026-11-26' } as const;

/** Community support. */
export const RABBITMQ_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-26',
  sources: ['endoflife.date/rabbitmq', 'rabbitmq.com/release-information', 'github.com/rabbitmq/rabbitmq-server/security/advisories'],
  releases: [
    { release: '3.6', end: '2018-05-31', ...EOL },
    { release: '3.7', end: '2020-09-30', ...EOL },
    { release: '3.8', end: '2022-07-31', ...EOL },
    { release: '3.9', end: '2023-01-31', ...EOL },
    { release: '3.10', end: '2022-09-28', ...EOL },
    { release: '3.11', end: '2023-06-01', ...EOL },
    { release: '3.12', end: '2024-02-21', ...EOL },
    { release: '3.13', end: '2024-09-17', ...EOL },
    { release: '4.0', end: '2025-04-15', ...EOL },
    { release: '4.1', end: '2026-01-30', ...EOL },
    { release: '4.2', end: '2026-07-31', ...EOL },
  ],
  // Published ones of recent releases score below 7 (CVE-2023-46118: 4.9, CVE-2025-30219: 6.1).
  advisories: [
    { id: 'CVE-2023-46118', fixed: '3.11.24', score: 4.9, ...RECORD },
    { id: 'CVE-2023-46118', from: '3.12', fixed: '3.12.7', score: 4.9, ...RECORD },
  ],
};
