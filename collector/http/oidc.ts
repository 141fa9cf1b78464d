/** Signing in at the customer's or the vendor's OpenID Connect provider: code flow with PKCE, state and nonce. */
import * as client from 'openid-client';
import { z } from 'zod';
import { AppError } from '../errors.ts';

export interface OidcOptions {
  /** https, or http on loopback. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  /** What the button says. */
  readonly label: string;
  /** E-mail domains whose people may ask to join, and which customer's they are. */
  readonly domains: Readonly<Record<string, string>>;
  readonly redirectUrl: string;
  readonly afterSignOutUrl: string;
}
/** Who the provider says it is. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Only when the provider says that it is verified. */
  readonly verifiedEmail: string | undefined;
  readonly name: string;
}
const Pending = z.tuple([z.string().min(20), z.string().min(20), z.string().min(43)]);
const TIMEOUT_SECONDS = 10;

export class OidcClient {
  readonly #options: OidcOptions;
  #configuration: Promise<client.Configuration> | undefined;
  constructor(options: OidcOptions) {
    this.#options = options;
  }
  get label(): string {
    return this.#options.label;
  }
  /** Customer of an e-mail address's domain. */
  customerOf(email: string): string | undefined {
    const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
    return Object.hasOwn(this.#options.domains, domain) ? this.#options.domains[domain] : undefined;
  }

  /** @returns where to send the browser, and what it must bring back in a cookie */
  async begin(): Promise<{ readonly url: string; readonly cookie: string }> {
    const configuration = await this.#discover();
    const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#options.redirectUrl,
      scope: 'openid email profile',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { url: url.href, cookie: [state, nonce, verifier].join('.') };
  }

  /** @param query of the provider's redirect, as it came @throws AppError `unauthenticated` when anything of it does not fit */
  async finish(query: string, cookie: string | undefined): Promise<Identity> {
    const pending = Pending.safeParse(cookie?.split('.'));
    if (!pending.success) throw new AppError('unauthenticated', 'the sign-in took too long or was begun elsewhere: begin again');
    const configuration = await this.#discover();
    const [expectedState, expectedNonce, pkceCodeVerifier] = pending.data;
    try {
      const tokens = await client.authorizationCodeGrant(configuration, new URL(`${this.#options.redirectUrl}?${query}`), {
        expectedState,
        expectedNonce,
        pkceCodeVerifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('no ID token');
      // Some providers tell the address only at the userinfo endpoint.
      const told =
        claims['email'] === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
          ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : claims;
      const email = told['email_verified'] === true && typeof told['email'] === 'string' ? told['email'].toLowerCase() : undefined;
      const name = typeof told['name'] === 'string' && told['name'] !== '' ? told['name'].replace(/\p{C}/gu, '').slice(0, 120) : (email ?? claims.sub.slice(0, 120));
      return { issuer: claims.iss, subject: claims.sub, verifiedEmail: email, name };
    } catch (cause) {
      throw new AppError('unauthenticated', 'the identity provider did not confirm the sign-in: begin again', { cause });
    }
  }

  /** Where to sign out of the provider too, if it has such a place. */
  async endSessionUrl(): Promise<string | undefined> {
    const configuration = await this.#discover().catch(() => undefined);
    if (configuration?.serverMetadata().end_session_endpoint === undefined) return undefined;
    return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: this.#options.afterSignOutUrl }).href;
  }

  /** Once; again after a failure. */
  async #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#options;
    const server = new URL(issuer);
    const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(server.hostname);
    this.#configuration ??= client.discovery(server, clientId, clientSecret, undefined, {
      timeout: TIMEOUT_SECONDS,
      execute: isLoopback && server.protocol === 'http:' ? [client.allowInsecureRequests] : [],
    });
    try {
      return await this.#configuration;
    } catch (cause) {
      this.#configuration = undefined;
      throw new AppError('unavailable', 'the identity provider cannot be reached', { retryAfterSeconds: 10, cause });
    }
  }
}
