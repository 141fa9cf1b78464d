import type { ProductLifecycle } from './lifecycle.ts';

const EOL = { source: 'endoflife.date/redis', checked: '2026-11-26' } as const;
const POLICY = { source: 'github.com/redis/redis SECURITY.md as of 7.0: nothing before 6.0 is maintained', checked: '2026-11-26' } as const;
const RECORD = { source: 'CVE record (cvelistV5) and release notes', checked: '2026-11-26' } as const;

export const REDIS_LIFECYCLE: ProductLifecycle = {
  asOf: '2026-11-26',
  sources: ['endoflife.date/redis', 'github.com/redis/redis/security/advisories', 'CVE record CVE-2026-81934', 'redis.io release notes 7.4.9, 8.2.6, 8.4.3, 8.6.3'],
  releases: [
    { release: '3', end: '2022-04-27', ...POLICY },
    { release: '4', end: '2022-04-27', ...POLICY },
    { release: '5', end: '2022-04-27', ...EOL },
    { release: '6.0', end: '2022-05-31', ...EOL },
    { release: '6.2', end: '2027-04-01', ...EOL },
    { release: '7.0', end: '2024-07-29', ...EOL },
    { release: '7.2', end: '2029-12-01', ...EOL },
    { release: '7.4', end: '2029-12-01', ...EOL },
    { release: '8.0', end: '2026-12-01', ...EOL },
  ],
  advisories: [
    // Use after free in pending TLS data, without signing in; servers that offer no TLS are not reached by it.
    { id: 'CVE-2026-81934', fixed: '6.2.24', score: 9.8, ...RECORD },
    { id: 'CVE-2026-81934', from: '7.0', fixed: '7.2.16', score: 9.8, ...RECORD },
    { id: 'CVE-2026-81934', from: '7.4', fixed: '7.4.11', score: 9.8, ...RECORD },
    { id: 'CVE-2026-81934', from: '8.0', fixed: '8.2.9', score: 9.8, ...RECORD },
    { id: 'CVE-2026-81934', from: '8.4', fixed: '8.4.6', score: 9.8, ...RECORD },
    { id: 'CVE-2026-81934', from: '8.6', fixed: '8.6.6', score: 9.8, ...RECORD },
    { id: 'CVE-2026-81934', from: '8.8', fixed: '8.8.2', score: 9.8, ...RECORD },
    { id: 'CVE-2026-81934', from: '8.10', fixed: '8.10.1', score: 9.8, ...RECORD },
    // Use after free when clients are unblocked, for whoever has signed in.
    { id: 'CVE-2026-23479', from: '7.4', fixed: '7.4.9', score: 7.7, ...RECORD },
    { id: 'CVE-2026-23479', from: '8.0', fixed: '8.2.6', score: 7.7, ...RECORD },
    { id: 'CVE-2026-23479', from: '8.4', fixed: '8.4.3', score: 7.7, ...RECORD },
    { id: 'CVE-2026-23479', from: '8.6', fixed: '8.6.3', score: 7.7, ...RECORD },
    // Use after free in Lua (RediShell): all versions with scripting.
    { id: 'CVE-2025-49844', fixed: '6.2.20', score: 9.9, ...RECORD },
    { id: 'CVE-2025-49844', from: '7.0', fixed: '7.2.11', score: 9.9, ...RECORD },
    { id: 'CVE-2025-49844', from: '7.4', fixed: '7.4.6', score: 9.9, ...RECORD },
    { id: 'CVE-2025-49844', from: '8.0', fixed: '8.0.4', score: 9.9, ...RECORD },
    { id: 'CVE-2025-49844', from: '8.2', fixed: '8.2.2', score: 9.9, ...RECORD },
    { id: 'CVE-2024-46981', fixed: '6.2.17', score: 7, ...RECORD },
    { id: 'CVE-2024-46981', from: '7.2', fixed: '7.2.7', score: 7, ...RECORD },
    { id: 'CVE-2024-46981', from: '7.4', fixed: '7.4.2', score: 7, ...RECORD },
  ],
};
