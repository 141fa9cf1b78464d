/** The fault list, number by number, and the suites that cause each fault. `npm run faults` runs all of them. */
export const FAULTS: Readonly<Record<number, { readonly fault: string; readonly suites: readonly string[] }>> = {
  1: { fault: 'the collector is away for hours and days', suites: ['faults/outbox-backlog', 'e2e/delivery'] },
  2: { fault: 'the agent is killed at any moment', suites: ['faults/outbox-kill', 'e2e/support'] },
  3: { fault: 'power cuts: torn tails, zeroed blocks, flipped bits', suites: ['faults/outbox-disk', 'agent/delivery/outbox'] },
  4: { fault: 'disks that are full, read-only, out of inodes', suites: ['faults/outbox-disk'] },
  5: { fault: 'a start with a full backlog', suites: ['faults/outbox-backlog'] },
  6: { fault: 'queues of an older and a newer version', suites: ['faults/outbox-disk', 'agent/delivery/outbox'] },
  7: {
    fault: 'a collector that answers 429, 503, 413, 401, 400, drips, resets, truncates',
    suites: ['agent/delivery/outcome', 'agent/delivery/sender', 'agent/delivery/transport'],
  },
  8: { fault: 'duplicates, disorder, replays of a day', suites: ['faults/signal-order', 'collector/ingest/ingest'] },
  12: { fault: 'clocks that jump and drift', suites: ['faults/signal-order', 'agent/delivery/outcome', 'agent/delivery/outbox'] },
  13: { fault: '10,000 signals within a minute, 500 clusters at once', suites: ['faults/storm', 'collector/notify/outbox'] },
  14: { fault: 'flapping for hours', suites: ['faults/storm'] },
  15: { fault: 'out-of-order ends, two collectors', suites: ['faults/signal-order', 'collector/incidents/alertmanager'] },
  16: { fault: 'a target that is down for a day, limits the rate, takes a message and says nothing', suites: ['collector/notify/outbox'] },
  17: { fault: 'nobody there at a deadline; the database fails while it is met', suites: ['faults/timers', 'faults/database-killed'] },
  18: {
    fault: 'calendars: both ways of summer time, 24:00, breaks, pauses, new levels, unknown years',
    suites: ['calendar', 'clocks', 'oracle', 'seeds'].map((name) => `collector/support/${name}`),
  },
  21: { fault: 'bombs: decompression, fields, depth, prototype keys', suites: ['collector/ingest/hostile', 'collector/ingest/shape', 'collector/http/abuse'] },
  22: { fault: 'certificates that expire, rotate, belong to others; proxies that refuse; names that do not resolve', suites: ['agent/delivery/transport'] },
  26: { fault: 'a site and its support centre over a network that refuses, cuts, delays and repeats, both killed', suites: ['faults/federation', 'e2e/federation'] },
  25: {
    fault: 'upgrade and rollback under load, an agent that is newer than its collector',
    suites: ['faults/versions', 'collector/ingest/recorded', 'collector/ingest/reread', 'collector/ingest/contract', 'collector/store/database'],
  },
};
export const SUITES: readonly string[] = [...new Set(Object.values(FAULTS).flatMap(({ suites }) => suites.map((suite) => `test/${suite}.test.ts`)))].sort();
