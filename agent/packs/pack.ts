/**
 * A rule pack: what changes between two releases of the program, as data. Thresholds of checks that exist, lifecycles, support policies,
 * holidays and published defects; no field of the contract, no check and no code can be in one.
 */
import { z } from 'zod';
import { PRODUCTS } from '../wire/sections/middleware/products.ts';

const Day = z.iso.date();
const Word = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/);
/** Numbers between dots: packs of one name are ordered by it. */
export const PACK_VERSION = /^\d{1,6}(?:\.\d{1,6}){0,3}$/;
export const PACK_NAME = /^[a-z][a-z0-9-]{0,39}$/;

const Lifecycles = z.strictObject({
  kubernetes: z
    .array(z.strictObject({ minor: z.number().int().min(20).max(200), released: Day, activeUntil: Day, end: Day }))
    .max(100)
    .optional(),
  operatingSystems: z.record(Word, z.array(z.strictObject({ release: Word, end: Day, extended: Day.optional() })).max(200)).optional(),
  middleware: z
    .partialRecord(
      z.enum(PRODUCTS),
      z.strictObject({
        releases: z
          .array(z.strictObject({ release: Word, end: Day }))
          .max(500)
          .optional(),
        advisories: z
          .array(z.strictObject({ id: Word, from: Word.optional(), fixed: Word, score: z.number().min(0).max(10) }))
          .max(2_000)
          .optional(),
      }),
    )
    .optional(),
});

/** As the collector's store takes them; see collector/advisories. */
const PackAdvisory = z.strictObject({
  id: z.string().regex(/^[A-Za-z][\w.-]{3,79}$/),
  kind: z.enum(['security', 'bugfix', 'hotpatch']),
  severity: z.enum(['critical', 'important', 'moderate', 'low']),
  /** Milliseconds. */
  publishedAt: z.number().int().min(0),
  cves: z.array(z.string().regex(/^CVE-\d{4}-\d{4,12}$/)).max(500),
  score: z.number().min(0).max(10).optional(),
  source: z.string().max(80),
  fixes: z.array(z.strictObject({ product: z.string().max(40), package: z.string().max(128), version: z.string().max(200) })).max(5_000),
});

export const RulePack = z.strictObject({
  format: z.literal('xunjian-pack'),
  schema: z.literal(1),
  name: z.string().regex(PACK_NAME),
  version: z.string().regex(PACK_VERSION),
  /** Unix seconds. */
  madeAt: z.number().int().min(0),
  /** For the person who approves it. */
  note: z.strictObject({ zh: z.string().max(500), en: z.string().max(500) }).optional(),
  thresholds: z.record(z.string().max(120), z.record(z.string().max(80), z.number())).default({}),
  lifecycles: Lifecycles.default({}),
  /** Texts of policy files, by file name. */
  policies: z.record(z.string().regex(/^[a-z][a-z0-9.-]{0,60}\.ya?ml$/), z.string().max(200_000)).default({}),
  /** Years in the schema of holiday-cn. */
  holidays: z.array(z.unknown()).max(20).default([]),
  advisories: z.array(PackAdvisory).max(20_000).default([]),
});
export type RulePack = z.infer<typeof RulePack>;

/** Negative when `one` is older. */
export function comparePackVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((text) => text.split('.').map(Number));
  for (let index = 0; index < 4; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
