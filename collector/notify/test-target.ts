/** Sends a harmless message at once and says what went wrong, in words that help to repair it. */
import { randomUUID } from 'node:crypto';
import { LOCALES, type Locale, type Text } from '../../agent/wire/vocabulary.ts';
import { AppError } from '../errors.ts';
import { guardAddresses, UNGUARDED } from './address-guard.ts';
import { type Failure, SendError } from './send-error.ts';
import { settingsOf, targetKind } from './targets/registry.ts';

export type TestResult =
  | { readonly ok: true; readonly tookMs: number; readonly externalId?: string | undefined; readonly text: Text }
  | { readonly ok: false; readonly tookMs: number; readonly failure: Failure; readonly text: Text };

export interface TestedTarget {
  readonly customerId: string | null;
  readonly kind: string;
  readonly config: unknown;
  readonly secrets: unknown;
}
const DEADLINE_MS = 30_000;

/**
 * Not through the outbox: the answer is for the person who waits for it.
 * @param recipient of mail, else the target's own first one, else `asker`: a target of mail often has none, because readers follow from
 *   contacts and rota
 */
export async function testTarget(
  { customerId, kind, config, secrets }: TestedTarget,
  {
    now,
    recipient,
    asker,
    allowedNetworks,
    deadlineMs = DEADLINE_MS,
  }: {
    readonly now: number;
    readonly recipient?: string | undefined;
    readonly asker?: string | null | undefined;
    readonly allowedNetworks?: readonly string[] | undefined;
    readonly deadlineMs?: number;
  },
): Promise<TestResult> {
  const started = performance.now();
  const took = (): number => Math.round(performance.now() - started);
  const reader = recipient ?? ((settingsOf(config).to ?? []).length === 0 ? (asker ?? undefined) : undefined);
  const locale: Locale = LOCALES.find((one) => one === settingsOf(config).locale) ?? 'zh';
  try {
    const { externalId } = await targetKind(kind).send(config, secrets, {
      eventId: randomUUID(),
      message: { v: 1, topic: 'test', voice: 'support', locale, at: now, mentions: [], ...(reader !== undefined && { recipient: reader }) },
      now,
      signal: AbortSignal.timeout(deadlineMs),
      guard: customerId === null ? UNGUARDED : guardAddresses(allowedNetworks),
    });
    return { ok: true, tookMs: took(), ...(externalId !== undefined && { externalId }), text: { zh: '测试消息已被对方接收', en: 'the test message was accepted' } };
  } catch (error) {
    if (error instanceof AppError || !(error instanceof SendError)) throw error;
    return { ok: false, tookMs: took(), failure: error.failure, text: error.text };
  }
}
