/** Payloads of the version before this one, brought to this one. The agent of a site may be a release behind its collector. */
import type { PayloadKind } from '../../agent/wire/envelope.ts';
import { SCHEMA_VERSION } from '../../agent/wire/inspection.ts';

/** Turns a parsed payload of one version into the next; pure, and free to leave the checking to the contract. */
export type Lift = (kind: PayloadKind, payload: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** By the version that they read. Version 1 is the first that was ever released, so nothing lies below it yet. */
export const LIFTS: Readonly<Record<number, Lift>> = {};

/** Whether payloads of a version are read: this one, and the one before where a lift exists. */
export function isReadable(version: number | undefined, lifts: Readonly<Record<number, Lift>> = LIFTS): version is number {
  return version === SCHEMA_VERSION || (version === SCHEMA_VERSION - 1 && lifts[version] !== undefined);
}

/** A parsed payload as one of {@link SCHEMA_VERSION}. */
export function lift(kind: PayloadKind, version: number, payload: unknown, lifts: Readonly<Record<number, Lift>> = LIFTS): unknown {
  const step = lifts[version];
  if (version === SCHEMA_VERSION || step === undefined || typeof payload !== 'object' || payload === null) return payload;
  return { ...step(kind, payload as Readonly<Record<string, unknown>>), schema: SCHEMA_VERSION };
}
