/**
 * The part of the configuration file that is about middleware:
 *
 * ```yaml
 * middleware:
 *   instances:
 *     - product: redis
 *       name: orders-cache                      # its identity
 *       addresses: ["10.0.0.5:6379", "10.0.0.6:6379"]
 *       mode: primary-replica                   # optional: what it should be; otherwise it is asked
 *       credentials: { username: xunjian, passwordFile: /etc/xunjian/redis-password }
 *       tls: { caFile: /etc/xunjian/ca.pem, certFile: …, keyFile: …, serverName: redis.internal }
 *       limits: { instanceMs: 10000, statements: 40 }
 *       blackout:
 *         - weekly: { days: [mon, tue, wed, thu, fri], from: "09:00", to: "18:00", timeZone: Asia/Shanghai }
 *     - product: mysql                          # gives credentials to what was found in the cluster, or corrects it
 *       name: billing-db
 *       match: { namespace: billing, workload: mysql }
 *       credentials: { username: xunjian, passwordFile: /etc/xunjian/mysql-password }
 *   ignore:
 *     - { namespace: "test-*" }
 *   baselines:                                # approved settings; keys and values as the product spells them
 *     - product: redis
 *       instance: "prod/*"                      # globs; left out: every instance, every member
 *       member: "cache-*"
 *       settings: { maxmemory-policy: noeviction, appendonly: "yes" }
 *   platform: [{ namespace: mcamel-system }]  # what the platform itself stands on: one severity up
 *   discovery: { cluster: true, host: true }
 * ```
 */
import { z } from 'zod';
import { typedValue } from './gatherers/middleware/setting-values.ts';
import { LIMITS, MIDDLEWARE_DEFAULTS, OPTION_KEYS, PLATFORM_INSTANCES } from './middleware/declaration.ts';
import { timeWindow } from './trigger-config.ts';
import { PRODUCT_SETTINGS } from './wire/sections/middleware/product-settings.ts';
import { MODES, PRODUCTS } from './wire/sections/middleware/products.ts';

const path = z.string().min(1).max(1_024).startsWith('/', 'an absolute path of a file');
const glob = z.string().min(1).max(253);
const address = z
  .string()
  .max(300)
  .transform((text, context) => {
    const match = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([A-Za-z0-9._-]{1,253})):(\d{1,5})$/.exec(text);
    const port = Number(match?.[3]);
    if (!match || port < 1 || port > 65_535) {
      context.addIssue({ code: 'custom', message: 'host:port or [IPv6]:port' });
      return z.NEVER;
    }
    return { host: match[1] ?? match[2] ?? '', port };
  });
const limits = z
  .strictObject({
    connectMs: z.int().min(100).max(60_000).default(LIMITS.connectMs),
    statementMs: z.int().min(100).max(60_000).default(LIMITS.statementMs),
    instanceMs: z.int().min(500).max(300_000).default(LIMITS.instanceMs),
    statements: z.int().min(1).max(1_000).default(LIMITS.statements),
    answerBytes: z
      .int()
      .min(4_096)
      .max(64 * 1024 * 1024)
      .default(LIMITS.answerBytes),
  })
  .default(LIMITS);
const day = z.union([z.iso.datetime({ offset: true }), z.iso.date()], '2026-11-01, or 2026-11-01T02:00:00+08:00').transform((text) => Math.floor(Date.parse(text) / 1_000));
const backup = z
  .strictObject({ last: day.optional(), path: path.optional(), restoreTested: day.optional() })
  .refine((one) => Object.keys(one).length > 0, 'last, path or restoreTested')
  .refine(({ last, path: file }) => last === undefined || file === undefined, 'last or path, not both');
const match = z.strictObject({ namespace: glob.optional(), workload: glob.optional(), instance: glob.optional() });
const instance = z
  .strictObject({
    product: z.enum(PRODUCTS),
    name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._/-]{0,119}$/u, '1–120 letters, digits, blanks and . _ - /'),
    addresses: z.array(address).max(64).default([]),
    match: match.optional(),
    mode: z.enum(MODES).optional(),
    credentials: z.strictObject({ username: z.string().max(200).optional(), usernameFile: path.optional(), passwordFile: path.optional() }).optional(),
    tls: z
      .strictObject({ caFile: path.optional(), certFile: path.optional(), keyFile: path.optional(), serverName: z.string().min(1).max(253).optional() })
      .refine(({ certFile, keyFile }) => (certFile === undefined) === (keyFile === undefined), 'certFile and keyFile together')
      .optional(),
    limits,
    blackout: z.array(timeWindow).max(50).default([]),
    backup: backup.optional(),
    options: z.record(z.string().max(60), z.union([z.string().max(1_024), z.number(), z.boolean()])).default({}),
  })
  .superRefine(({ product, options }, context) => {
    for (const key of Object.keys(options))
      if (!OPTION_KEYS[product].includes(key)) context.addIssue({ code: 'custom', path: ['options', key], message: `${product}: ${OPTION_KEYS[product].join(', ')}` });
  })
  .refine((one) => one.addresses.length > 0 || one.match !== undefined || Object.keys(one.options).length > 0, 'addresses or match');

const approved = z
  .strictObject({
    product: z.enum(PRODUCTS),
    instance: glob.optional(),
    member: glob.optional(),
    settings: z.record(z.string().max(120), z.union([z.string().max(200), z.number(), z.boolean()])),
  })
  .superRefine(({ product, settings }, context) => {
    const types = PRODUCT_SETTINGS[product] ?? {};
    for (const [key, value] of Object.entries(settings)) {
      const type = Object.hasOwn(types, key) ? types[key] : undefined;
      const path = ['settings', key];
      if (!type) context.addIssue({ code: 'custom', path, message: `one of ${Object.keys(types).join(', ')}` });
      else if (typedValue(type, value) === undefined) context.addIssue({ code: 'custom', path, message: `a ${type.type}` });
    }
  });

/** Types: `MiddlewareConfig` of middleware/declaration.ts. */
export const middlewareConfig = z
  .strictObject({
    instances: z
      .array(instance)
      .max(200)
      .default([])
      .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'names must differ'),
    ignore: z
      .array(match.extend({ product: z.enum(PRODUCTS).optional() }).refine((one) => Object.keys(one).length > 0, 'at least one part'))
      .max(200)
      .default([]),
    baselines: z.array(approved).max(500).default([]),
    platform: z
      .array(match.refine((one) => Object.keys(one).length > 0, 'at least one part'))
      .max(200)
      .default([...PLATFORM_INSTANCES]),
    discovery: z.strictObject({ cluster: z.boolean().default(true), host: z.boolean().default(true) }).default(MIDDLEWARE_DEFAULTS.discovery),
  })
  .default(MIDDLEWARE_DEFAULTS as never);
