/** A finished report on its way to the contract's contacts, through the customer's mail targets, else through the support centre's. */
import type { Text } from '../../agent/wire/vocabulary.ts';
import { AppError } from '../errors.ts';
import type { Message, ReportFacts } from '../notify/message.ts';
import type { Db } from '../store/database.ts';
import { type Customer, findCluster, findCustomer } from '../store/fleet-store.ts';
import { type Draft, enqueue } from '../store/notification-store.ts';
import { mailTargets } from '../store/target-store.ts';
import { administratorsOf } from '../store/user-store.ts';
import { titleOfKind } from './kinds.ts';
import type { Report, ReportFile } from './report.ts';

/** Runs in the transaction that ends the report: it is announced if and only if it is there. @returns messages in the outbox */
export async function mailReport(
  db: Db,
  { report, files, publicUrl, now }: { readonly report: Report; readonly files: readonly ReportFile[]; readonly publicUrl: string; readonly now: number },
): Promise<number> {
  if (!report.mail) return 0;
  const customer = await findCustomer(db, 'all', report.customerId);
  return customer ? await sendTo(db, { report, files, publicUrl, now, customer, recipients: await recipientsOf(db, customer), occasion: `report ${report.id}` }) : 0;
}

/**
 * A report that is done, to some of those who are known for its customer: contacts of the contract and active administrators.
 * @returns messages in the outbox
 * @throws AppError `conflict` before it is done or without a way to send mail, `invalid` for an address that is none of theirs
 */
export async function sendReport(
  db: Db,
  {
    report,
    files,
    publicUrl,
    now,
    to,
  }: { readonly report: Report; readonly files: readonly ReportFile[]; readonly publicUrl: string; readonly now: number; readonly to: readonly string[] },
): Promise<number> {
  if (report.state !== 'done') throw new AppError('conflict', 'the report is not made yet');
  const customer = await findCustomer(db, 'all', report.customerId);
  if (!customer) return 0;
  const known = new Set((await contactsOf(db, customer)).map(({ email }) => email));
  const strange = to.filter((email) => !known.has(email));
  if (to.length === 0 || strange.length > 0)
    throw new AppError('invalid', 'a report goes to contacts of its customer', {
      details: { field: 'to' },
      text: { zh: '请在客户的联系人中选择至少一位收件人', en: 'choose among the contacts of the customer, at least one' },
    });
  const sent = await sendTo(db, { report, files, publicUrl, now, customer, recipients: to, occasion: `report ${report.id} at ${now}` });
  if (sent === 0) throw new AppError('conflict', 'there is no target that sends mail: make one under administration, notifications');
  return sent;
}

export interface ReportContact {
  readonly email: string;
  /** Of the contract (`customer`, `report`, `customer-representative` …), or `administrator`. */
  readonly role: string;
}
/** Whom a report of this customer may go to, each once. */
export async function contactsOf(db: Db, { id, contacts }: Pick<Customer, 'id' | 'contacts'>): Promise<readonly ReportContact[]> {
  const named = Object.entries(contacts).flatMap(([role, emails]) => emails.map((email) => ({ email, role })));
  const administrators = (await administratorsOf(db, id)).flatMap(({ email }) => (email === null ? [] : [{ email, role: 'administrator' }]));
  return [...new Map([...administrators, ...named].map((one) => [one.email.toLowerCase(), one])).values()].slice(0, MOST_RECIPIENTS);
}
const MOST_RECIPIENTS = 50;

interface Sending {
  readonly report: Report;
  readonly files: readonly ReportFile[];
  readonly publicUrl: string;
  readonly now: number;
  readonly customer: Customer;
  readonly recipients: readonly string[];
  /** The same occasion is told of once. */
  readonly occasion: string;
}
async function sendTo(db: Db, { report, files, publicUrl, now, customer, recipients, occasion }: Sending): Promise<number> {
  const [target] = await mailTargets(db, report.customerId);
  if (!target) return 0;
  const cluster = report.clusterId === null ? undefined : await findCluster(db, 'all', report.clusterId);
  const facts: ReportFacts = {
    id: report.id,
    title: (await titleOfKind(report.kind)) ?? sameText(report.kind),
    customerName: customer.name.slice(0, 200),
    ...(cluster && { clusterName: cluster.name.slice(0, 200) }),
    zone: cluster?.zone ?? customer.zone,
    ...(report.from !== undefined && { from: report.from }),
    to: report.to,
    confirmUntil: report.confirmUntil,
    url: `${publicUrl}/reports/${report.id}`,
    files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  };
  const message: Omit<Message, 'recipient'> = { v: 1, topic: 'report', voice: 'customer', locale: customer.locale, at: now, mentions: [], report: facts };
  const drafts = recipients.map((recipient): Draft => {
    const lane = `${target}|${occasion}|${recipient}`;
    return { dedup: lane, targetId: target, lane, message: { ...message, recipient }, sendAt: now };
  });
  return await enqueue(db, drafts, now);
}

/** Those who are named for reports; else whom the contract names, else the customer's administrators. The vendor's representative gets it as well. */
async function recipientsOf(db: Db, { id, contacts }: Customer): Promise<readonly string[]> {
  const named = contacts['report'] ?? contacts['customer'] ?? [];
  const customers = named.length > 0 ? named : (await administratorsOf(db, id)).flatMap(({ email }) => email ?? []);
  const seen = new Map([...customers, ...(contacts['customer-representative'] ?? [])].map((email) => [email.toLowerCase(), email]));
  return [...seen.values()].slice(0, MOST_RECIPIENTS);
}
function sameText(text: string): Text {
  return { zh: text, en: text };
}
