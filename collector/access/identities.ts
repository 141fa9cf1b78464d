/** From an identity at the OIDC provider to an account here: known, invited by its verified address, or of an allowed domain. */
import { AppError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { invitedByEmail, type User, userBySubject } from '../store/user-store.ts';
import type { Accounts } from './accounts.ts';

export interface ProvedIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** Unverified addresses prove nothing and are not given. */
  readonly verifiedEmail: string | undefined;
  readonly name: string;
}

/**
 * An account is never found by an address once it has a password or another identity: who controls an address at some provider
 * must not get what somebody else set up.
 * @param customerOf customer of an address's domain, where people may ask to join
 * @throws AppError `forbidden` for who was not invited
 */
export async function accountOf(database: Database, accounts: Accounts, identity: ProvedIdentity, customerOf: (email: string) => string | undefined, now: number): Promise<User> {
  const known = await userBySubject(database.db, identity.issuer, identity.subject);
  if (known) {
    if (known.status === 'disabled') throw new AppError('forbidden', 'the account is disabled');
    return known;
  }
  const email = identity.verifiedEmail;
  if (email === undefined) throw new AppError('forbidden', 'the identity provider did not say that the e-mail address is verified', { details: { reason: 'email-not-verified' } });
  const [invited, another] = await invitedByEmail(database.db, email);
  if (invited && !another) return await accounts.linkIdentity(invited, identity, now);
  const customerId = another ? undefined : customerOf(email);
  if (customerId === undefined) throw new AppError('forbidden', 'nobody invited this address', { details: { reason: 'not-invited' } });
  return await accounts.register({ customerId, email, name: identity.name, issuer: identity.issuer, subject: identity.subject }, now);
}
