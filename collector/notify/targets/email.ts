/**
 * Mail over SMTP: one message a recipient, text and HTML, threaded by incident. The Message-Id is the same at every attempt, so
 * that a mailbox can tell a repetition (RFC 5322); machine-made mail says so (RFC 3834) and names its list (RFC 2919).
 */
import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import { createTransport, type SMTPTransportOptions } from 'nodemailer';
import { z } from 'zod';
import type { AddressGuard } from '../address-guard.ts';
import { compose } from '../compose.ts';
import { line } from '../escape.ts';
import { withoutSecrets } from '../http-post.ts';
import { mailHtml } from '../mail-html.ts';
import type { Message } from '../message.ts';
import { plainText } from '../plain-text.ts';
import { networkFailure, SendError } from '../send-error.ts';
import { COMMON, defineTarget, EVERYTHING, Pem } from './target.ts';

const Host = z.string().regex(/^(?=.{1,253}$)([\w-]+(\.[\w-]+)*|[0-9a-fA-F:.]+)$/, 'a host name or an address');
const Config = z.strictObject({
  kind: z.literal('email'),
  host: Host,
  port: z.int().min(1).max(65_535).default(587),
  /** `starttls` insists on it; `none` sends in the clear and refuses to log in. */
  security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  ca: Pem.optional(),
  from: z.email().max(254),
  fromName: z.string().max(100).optional(),
  replyTo: z.email().max(254).optional(),
  /** Told always, beside the people behind the audiences. */
  to: z.array(z.email().max(254)).max(50).default([]),
  ...COMMON,
});
const Secrets = z.strictObject({ username: z.string().min(1).max(500).optional(), password: z.string().min(1).max(2_000).optional() });
type EmailConfig = z.output<typeof Config>;

/** No step of the dialogue may take longer. */
const STEP_MS = 20_000;

export const email = defineTarget({
  kind: 'email',
  config: Config,
  secrets: Secrets,
  reader: 'people',
  limit: { burst: 60, perMinute: 60 },
  accepts: EVERYTHING,
  perRecipient: true,

  async send(config, { username, password }, { eventId, message, now, signal, guard, attachments = [] }) {
    if (config.security === 'none' && username !== undefined) throw new SendError('misconfigured', 'a password does not go over a connection without TLS');
    const recipient = message.recipient ?? config.to[0];
    if (recipient === undefined) throw new SendError('misconfigured', 'no recipient');
    const locale = message.locale;
    const composed = compose(message, locale, now);
    const domain = config.from.split('@').at(-1) ?? 'xunjian.invalid';
    const { id, root } = threadOf(message, eventId, domain);
    const socket = await openSocket(config, guard, signal);
    const transport = createTransport({
      ...connectionOptions(config, socket),
      ...(username !== undefined && { auth: { user: username, pass: password ?? '' } }),
    });
    const stop = (): void => void socket.destroy(new DOMException('the deadline passed', 'AbortError'));
    signal.addEventListener('abort', stop, { once: true });
    try {
      const sent = await transport.sendMail({
        from: { name: line(config.fromName ?? (locale === 'zh' ? '巡检' : 'xunjian'), 100), address: config.from },
        to: { name: '', address: recipient },
        ...(config.replyTo !== undefined && { replyTo: config.replyTo }),
        subject: line(composed.subject, 240),
        text: plainText(composed),
        html: mailHtml(composed, locale),
        messageId: id,
        ...(root !== undefined && root !== id && { inReplyTo: root, references: [root] }),
        ...(attachments.length > 0 && { attachments: attachments.map(({ name, mediaType, body }) => ({ filename: name, contentType: mediaType, content: Buffer.from(body) })) }),
        date: new Date(now),
        headers: headersOf(message, eventId, domain),
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return { externalId: sent.messageId };
    } catch (error) {
      throw signal.aborted ? new SendError('timeout') : mailFailure(error, [username, password]);
    } finally {
      signal.removeEventListener('abort', stop);
      transport.close();
      socket.destroy();
    }
  },
});

/** All mails of an incident answer its first one, also for those who never got that. */
function threadOf({ incident, topic, recipient }: Message, eventId: string, domain: string): { readonly id: string; readonly root: string | undefined } {
  if (!incident) return { id: `<${eventId}@${domain}>`, root: undefined };
  const box = createHash('sha256')
    .update(recipient ?? '')
    .digest('hex')
    .slice(0, 12);
  const root = `<incident-${incident.id}-${box}@${domain}>`;
  return { id: topic === 'opened' ? root : `<${eventId}@${domain}>`, root };
}
function headersOf({ incident, topic }: Message, eventId: string, domain: string): Record<string, string> {
  return {
    'List-Id': `incidents <incidents.${domain}>`,
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    'X-Xunjian-Event-Id': eventId,
    'X-Xunjian-Topic': topic,
    ...(incident && { 'X-Xunjian-Incident': String(incident.number), 'X-Xunjian-Level': String(incident.level), ...(incident.level === 1 && { Importance: 'high' }) }),
  };
}

/** Our own connection: the guard checks the very address that is used. */
async function openSocket({ host, port }: EmailConfig, guard: AddressGuard, signal: AbortSignal): Promise<Socket> {
  try {
    guard.assertHost(host);
    return await new Promise<Socket>((resolve, reject) => {
      const socket = connect({ host, port, lookup: guard.lookup, signal, timeout: STEP_MS });
      socket.once('connect', () => {
        socket.removeAllListeners();
        socket.setTimeout(0);
        resolve(socket);
      });
      socket.once('timeout', () => socket.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' })));
      socket.once('error', reject);
    });
  } catch (error) {
    throw networkFailure(error);
  }
}
function connectionOptions({ host, port, security, ca }: EmailConfig, connection: Socket): SMTPTransportOptions {
  return {
    host,
    port,
    connection,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
    connectionTimeout: STEP_MS,
    tls: { servername: host, minVersion: 'TLSv1.2', ...(ca !== undefined && { ca: [...rootCertificates, ca] }) },
  };
}

const MailError = z.object({ code: z.string().catch(''), responseCode: z.number().optional().catch(undefined), response: z.string().catch(''), message: z.string().catch('') });
/** RFC 5321: 4yz is for now, 5yz is for good; what the server says about the login is about the target. */
function mailFailure(error: unknown, secrets: readonly (string | undefined)[]): SendError {
  const { code, responseCode: status, response, message } = MailError.safeParse(error).data ?? { code: '', responseCode: undefined, response: '', message: '' };
  const detail = withoutSecrets(
    line(response, 300),
    secrets.filter((one) => one !== undefined),
  );
  if (code === 'EAUTH' || code === 'ENOAUTH' || status === 530 || status === 535)
    return new SendError(status !== undefined && status < 500 ? 'unavailable' : 'unauthorized', detail);
  // The library names every failure of its socket ESOCKET; only the text tells that it was about a certificate.
  const isTls = code === 'ETLS' || (code === 'ESOCKET' && /certificate|altname|handshake|\bSSL\b|\bTLS\b|wrong version number/i.test(message));
  if (isTls) return new SendError('tls', detail === '' ? line(message, 200) : detail);
  if (status === undefined) return networkFailure(error);
  if (status === 421) return new SendError('unavailable', detail); // the service closes: nothing about this message
  return new SendError(status >= 500 ? 'rejected' : 'deferred', detail);
}
