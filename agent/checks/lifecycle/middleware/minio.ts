import type { ProductLifecycle } from './lifecycle.ts';

const ARCHIVED = { source: 'github.com/minio/minio, archived on 2026-04-25', checked: '2026-11-26' } as const;
const RECORD = { source: 'CVE record (GitHub advisory of the project)', checked: '2026-11-26' } as const;

/** The community edition, whose releases are called by their date. Its repository was archived on 2026-04-25. */
export const MINIO_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-26',
  sources: ['github.com/minio/minio', 'github.com/minio/minio/security/advisories'],
  releases: ['2018', '2019', '2020', '2021', '2022', '2023', '2024', '2025', '2026.1', '2026.2', '2026.3', '2026.4'].map((release) => ({
    release,
    end: '2026-04-25',
    ...ARCHIVED,
  })),
  advisories: [
    { id: 'CVE-2023-28432', from: '2019-12-17t23-16-33z', fixed: '2023-03-20t20-16-18z', score: 7.5, ...RECORD },
    { id: 'CVE-2023-28434', fixed: '2023-03-20t20-16-18z', score: 8.8, ...RECORD },
    { id: 'CVE-2024-24747', fixed: '2024-01-31t20-20-33z', score: 8.8, ...RECORD },
    { id: 'CVE-2025-62506', fixed: '2025-10-15t17-29-55z', score: 8.1, ...RECORD },
  ],
};
