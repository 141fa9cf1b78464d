/** What a kind of target is: its configuration, its secrets, and how it sends. One file a kind. */
import { z } from 'zod';
import { LOCALES } from '../../../agent/wire/vocabulary.ts';
import type { AddressGuard } from '../address-guard.ts';
import type { Message } from '../message.ts';
import { SendError } from '../send-error.ts';
import type { Topic } from '../topic.ts';

/** How many messages may leave: a token bucket. */
export interface RateLimit {
  readonly burst: number;
  readonly perMinute: number;
}
export interface Delivery {
  /** The same at every attempt: receivers tell repetitions by it. */
  readonly eventId: string;
  readonly message: Message;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Aborts at the deadline. */
  readonly signal: AbortSignal;
  readonly guard: AddressGuard;
  /** Of a report's letter; targets that cannot attach anything send the link. */
  readonly attachments?: readonly Attachment[] | undefined;
}
export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly body: Uint8Array;
}
export interface Receipt {
  /** What the receiver calls it. */
  readonly externalId?: string | undefined;
  /** It has to be said again then. */
  readonly repeatAt?: number | undefined;
}

interface Spec<C extends z.ZodType, S extends z.ZodType, K extends string> {
  readonly kind: K;
  readonly config: C;
  readonly secrets: S;
  /** `machine` gets every change of state and is never summed up; `people` are spared floods. */
  readonly reader: 'machine' | 'people';
  readonly limit: RateLimit | undefined;
  /** Topics that mean something to it. */
  readonly accepts: (topic: Topic) => boolean;
  /** Whether each recipient gets an own message. */
  readonly perRecipient: boolean;
  readonly send: (config: z.output<C>, secrets: z.output<S>, delivery: Delivery) => Promise<Receipt>;
}
/** A kind with its own types closed over: callers hand in what the store holds. */
export interface TargetKind<K extends string = string> {
  readonly kind: K;
  readonly config: z.ZodType;
  readonly secrets: z.ZodType;
  readonly reader: 'machine' | 'people';
  readonly limit: RateLimit | undefined;
  readonly accepts: (topic: Topic) => boolean;
  readonly perRecipient: boolean;
  /** @throws SendError */
  readonly send: (config: unknown, secrets: unknown, delivery: Delivery) => Promise<Receipt>;
}

export function defineTarget<const K extends string, C extends z.ZodType, S extends z.ZodType>(spec: Spec<C, S, K>): TargetKind<K> {
  return {
    ...spec,
    async send(config, secrets, delivery) {
      const knownConfig = spec.config.safeParse(config);
      const knownSecrets = spec.secrets.safeParse(secrets ?? {});
      if (!knownConfig.success) throw new SendError('misconfigured', faultsOf(knownConfig.error));
      if (!knownSecrets.success) throw new SendError('misconfigured', faultsOf(knownSecrets.error));
      return await spec.send(knownConfig.data, knownSecrets.data, delivery);
    },
  };
}
/** Paths and rules, never values. */
function faultsOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ');
}

export const HttpUrl = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine((url) => !URL.canParse(url) || (new URL(url).username === '' && new URL(url).password === ''), 'credentials belong into the secrets, not into the URL');
/** Of services that live at one place; another one for proxies and private clouds. */
export function serviceUrl(standard: string): z.ZodDefault<typeof HttpUrl> {
  return HttpUrl.default(standard);
}
export const Pem = z
  .string()
  .max(100_000)
  .regex(/-----BEGIN CERTIFICATE-----/, 'a certificate in PEM');
/** What every kind of target may set. */
export const COMMON = {
  locale: z.enum(LOCALES).optional(),
  /** Replaces the kind's own limit. */
  limit: z.strictObject({ burst: z.int().min(1).max(10_000), perMinute: z.number().min(0.1).max(10_000) }).optional(),
};
/** Printable ASCII without spaces: what tokens are made of; nothing that could break a header or an URL. */
export const Token = z.string().regex(/^[\x21-\x7e]{1,2000}$/, 'printable characters without spaces');

export const EVERYTHING = (): boolean => true;
export function joinUrl(base: string, path: string): string {
  return `${base.replace(/\/+$/, '')}${path}`;
}
