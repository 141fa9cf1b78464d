/** Inspecting declared middleware as the agent does, and the checks over it. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MIDDLEWARE_CHECKS } from '../../agent/checks/middleware/index.ts';
import { runChecks } from '../../agent/checks/run.ts';
import { CounterMemory } from '../../agent/gatherers/middleware/counters.ts';
import type { Baselines } from '../../agent/gatherers/middleware/drift.ts';
import { MIDDLEWARE } from '../../agent/gatherers/middleware/index.ts';
import { gatherMiddleware } from '../../agent/gatherers/middleware/run.ts';
import { Host } from '../../agent/host/host.ts';
import { type Declared, LIMITS, MIDDLEWARE_DEFAULTS, type MiddlewareConfig } from '../../agent/middleware/declaration.ts';
import { seal } from '../../agent/wire/encode.ts';
import { Pseudonyms } from '../../agent/wire/pseudonym.ts';
import { payloadSchema } from '../../agent/wire/schema.ts';
import type { Product, Reach } from '../../agent/wire/sections/middleware/products.ts';

export interface Asked {
  readonly product: Product;
  readonly ports: readonly number[];
  readonly declared?: Partial<Declared>;
  readonly baselines?: Baselines;
  /** Unix seconds. */
  readonly now?: number;
}

/** One instance named `subject`, members on loopback. Its payload is sealed and held against the schema. */
export async function inspectMiddleware({ product, ports, declared, baselines = {}, now = Math.floor(Date.now() / 1_000) }: Asked) {
  const one: Declared = {
    product,
    name: 'subject',
    addresses: ports.map((port) => ({ host: '127.0.0.1', port })),
    limits: { ...LIMITS, connectMs: 10_000, statementMs: 10_000, instanceMs: 30_000 }, // a slow machine is no fault of the server
    blackout: [],
    options: {},
    ...declared,
  };
  const config: MiddlewareConfig = { ...MIDDLEWARE_DEFAULTS, instances: [one] };
  const { sections, reports } = await gatherMiddleware({
    products: MIDDLEWARE,
    config,
    hostName: 'host-1',
    baselines,
    optOut: new Set(),
    signal: AbortSignal.timeout(60_000),
    now,
    clock: () => performance.now(),
  });
  const { verdicts, findings } = runChecks(MIDDLEWARE_CHECKS, sections, reports, new Set(['middleware']), { now, host: 'host-1' });
  const payload = seal(
    { agent: { role: 'inspect', version: '0.1.0', epoch: 0 }, takenAt: now, sections, gatherers: reports, verdicts, findings },
    { pseudonyms: new Pseudonyms(new Uint8Array(32).fill(7)), clearNames: new Set() },
  );
  payloadSchema().parse(JSON.parse(payload.json));
  const reach: Reach | undefined = sections.middleware?.rows[0]?.reach;
  return { sections, reports, verdicts, findings, found: findings.map(({ check }) => check).sort(), payload, reach };
}

/** What is found on a captured host, with the checks over it. */
export async function inspectHostMiddleware({
  root,
  instances = [],
  now,
  counters = new CounterMemory(),
}: {
  readonly root: string;
  readonly instances?: readonly Declared[];
  readonly now: number;
  readonly counters?: CounterMemory;
}) {
  const {
    sections,
    reports,
    instances: inspected,
  } = await gatherMiddleware({
    products: MIDDLEWARE,
    config: { ...MIDDLEWARE_DEFAULTS, instances },
    host: await Host.at(root, { sampleMs: 0, now: () => now * 1_000 }),
    hostName: 'app-1',
    counters,
    baselines: {},
    optOut: new Set(),
    signal: AbortSignal.timeout(60_000),
    now,
    clock: () => performance.now(),
  });
  const { verdicts, findings } = runChecks(MIDDLEWARE_CHECKS, sections, reports, new Set(['middleware']), { now, host: 'app-1' });
  const payload = seal(
    { agent: { role: 'host', version: '0.1.0', epoch: 0, node: 'app-1' }, takenAt: now, sections, gatherers: reports, verdicts, findings },
    { pseudonyms: new Pseudonyms(new Uint8Array(32).fill(7)), clearNames: new Set() },
  );
  payloadSchema().parse(JSON.parse(payload.json));
  return { sections, verdicts, findings, found: findings.map(({ check }) => check).sort(), payload, inspected, counters };
}
/** A declaration of one product on this machine. */
export function declaredAt(product: Product, name: string, options: Declared['options'], more: Partial<Declared> = {}): Declared {
  return { product, name, addresses: [], limits: { ...LIMITS, connectMs: 10_000, statementMs: 10_000, instanceMs: 30_000 }, blackout: [], options, ...more };
}

/** A file with a secret, for `passwordFile`. */
export function secretFile(folder: string, secret: string): string {
  const file = join(mkdtempSync(join(folder, 'secret-')), 'value');
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  return file;
}
