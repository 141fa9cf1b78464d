/** A real SMTP server on loopback with STARTTLS and login; it can be told to misbehave. */
import { SMTPServer } from 'smtp-server';
import type { Certificates } from './certificates.ts';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly secure: boolean;
  readonly user: unknown;
}
export interface MailServer extends AsyncDisposable {
  readonly port: number;
  readonly mails: Mail[];
  /** SMTP code and text at RCPT, or nothing. */
  refuse: (recipient: string) => readonly [code: number, text: string] | undefined;
  /** Accepts connections and says nothing more after DATA. */
  hangs: boolean;
  attempts: number;
}
export const LOGIN = { username: 'xunjian', password: 'correct horse battery' } as const;

export async function startMailServer(
  { cert, key }: Certificates,
  options: { readonly noStartTls?: boolean; readonly tls?: boolean; readonly authOptional?: boolean } = {},
): Promise<MailServer> {
  const mails: Mail[] = [];
  const state = { refuse: (_recipient: string): readonly [number, string] | undefined => undefined, hangs: false, attempts: 0 };
  let made: MailServer | undefined;
  const live = (): typeof state => made ?? state;
  const server = new SMTPServer({
    secure: options.tls ?? false,
    cert,
    key,
    hideSTARTTLS: options.noStartTls ?? false,
    disabledCommands: options.noStartTls ? ['STARTTLS'] : [],
    authOptional: options.authOptional ?? false,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth(auth, _, done) {
      if (auth.username === LOGIN.username && auth.password === LOGIN.password) done(null, { user: auth.username });
      else done(Object.assign(new Error(`authentication failed for ${auth.username} ${auth.password}`), { responseCode: 535 }));
    },
    onRcptTo({ address }, _, done) {
      live().attempts += 1;
      const refusal = live().refuse(address);
      done(refusal ? Object.assign(new Error(refusal[1]), { responseCode: refusal[0] }) : undefined);
    },
    onData(stream, { envelope, secure, user }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
          secure,
          user,
        });
        if (!live().hangs) done();
      });
    },
  });
  server.on('error', () => undefined); // clients that give up
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(address !== null && typeof address !== 'string' ? address.port : 0);
    });
  });
  made = Object.assign(state, { port, mails, [Symbol.asyncDispose]: async () => await new Promise<void>((resolve) => server.close(() => resolve())) });
  return made;
}

/** Headers unfolded, body parts decoded. */
export function readMail(raw: string): { readonly headers: ReadonlyMap<string, string>; readonly text: string; readonly html: string; readonly names: readonly string[] } {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = new Map(fields.map((field) => [field.slice(0, field.indexOf(':')).toLowerCase(), decodeWords(field.slice(field.indexOf(':') + 1).trim())]));
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1] ?? '';
  const parts = rest.join('\r\n\r\n').split(`--${boundary}`);
  const part = (type: string): string => {
    const found = parts.find((one) => one.includes(`Content-Type: ${type}`)) ?? '';
    const at = found.indexOf('\r\n\r\n');
    const body = found.slice(at + 4);
    if (/base64/i.test(found.slice(0, at))) return Buffer.from(body, 'base64').toString('utf8');
    if (!/quoted-printable/i.test(found.slice(0, at))) return body;
    const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  };
  return { headers, text: part('text/plain'), html: part('text/html'), names: fields.map((field) => field.slice(0, field.indexOf(':'))) };
}
function decodeWords(text: string): string {
  return text.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, how: string, word: string) => {
    if (how.toUpperCase() === 'B') return Buffer.from(word, 'base64').toString('utf8');
    return Buffer.from(
      word.replaceAll('_', ' ').replace(/=([0-9A-F]{2})/gi, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString('utf8');
  });
}
