/** A real OpenID Connect provider on loopback, and a browser that signs in there. */
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

export interface Person {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}
export interface TestProvider extends AsyncDisposable {
  readonly issuer: string;
}

export async function startProvider(redirectUrl: string, people: Readonly<Record<string, Person>>, afterSignOutUrl: string): Promise<TestProvider> {
  const server = createServer((request, response) => void handle(request, response));
  let handle: (request: Parameters<ReturnType<Provider['callback']>>[0], response: Parameters<ReturnType<Provider['callback']>>[1]) => unknown = () => undefined;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const issuer = `http://127.0.0.1:${address.port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'xunjian', client_secret: 'a-secret-of-the-client', redirect_uris: [redirectUrl], post_logout_redirect_uris: [afterSignOutUrl] }],
    cookies: { keys: ['for tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id, ...people[id] }) }),
  });
  provider.on('server_error', () => undefined);
  handle = provider.callback();
  return {
    issuer,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Follows the provider's pages as this person. @returns the address that it sends the browser back to */
export async function signInAtProvider(url: string, person: string, backTo: string): Promise<string> {
  const jar = new Map<string, string>();
  let next = url;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 20; step += 1) {
    if (next.startsWith(backTo)) return next;
    const answer = await fetch(next, {
      redirect: 'manual',
      method: form ? 'POST' : 'GET',
      ...(form && { body: form }),
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    form = undefined;
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = answer.headers.get('location');
    if (location !== null) {
      next = new URL(location, next).href;
      continue;
    }
    const page = await answer.text();
    if (!answer.ok) throw new Error(`the provider answered ${answer.status}`);
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '';
    form = new URLSearchParams({ prompt, ...(prompt === 'login' && { login: person, password: 'any' }) });
    next = new URL(/<form[^>]* action="([^"]+)"/.exec(page)?.[1] ?? '', next).href;
  }
  throw new Error('the provider never sent the browser back');
}
