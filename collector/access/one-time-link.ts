/** Links that open once: shown when they are made, kept as a digest. */
import type { Db } from '../store/database.ts';
import { insertLink, type Link } from '../store/link-store.ts';
import { digestOfSecret, newSecret } from './secret.ts';

const HOUR_MS = 3_600_000;
const LINK_LIFE_MS = { 'first-administrator': 24 * HOUR_MS, invitation: 7 * 24 * HOUR_MS, 'password-reset': HOUR_MS } as const;

/** A link as it is shown, once. */
export interface ShownLink {
  readonly secret: string;
  readonly expiresAt: number;
}

export async function newLink(db: Db, purpose: Link['purpose'], userId: string | null, now: number): Promise<ShownLink> {
  const secret = newSecret();
  const expiresAt = now + LINK_LIFE_MS[purpose];
  await insertLink(db, { hash: digestOfSecret(secret), userId, purpose, createdAt: now, expiresAt });
  return { secret, expiresAt };
}
