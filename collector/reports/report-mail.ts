/** A finished report on its way to the contract's contacts, through the customer's mail targets, else through the support centre's. */
import type { Text } from '../../agent/wire/vocabulary.ts';
import type { Message, ReportFacts } from '../notify/message.ts';
import type { Db } from '../store/database.ts';
import { type Customer, findCluster, findCustomer } from '../store/fleet-store.ts';
import { type Draft, enqueue } from '../store/notification-store.ts';
import { mailTargets } from '../store/target-store.ts';
import { administratorsOf } from '../store/user-store.ts';
import { titleOfKind } from './kinds.ts';
import { CONFIRM_WITHIN_MS, type Report, type ReportFile } from './report.ts';

/** Runs in the transaction that ends the report: it is announced if and only if it is there. @returns messages in the outbox */
export async function mailReport(
  db: Db,
  { report, files, publicUrl, now }: { readonly report: Report; readonly files: readonly ReportFile[]; readonly publicUrl: string; readonly now: number },
): Promise<number> {
  if (!report.mail) return 0;
  const customer = await findCustomer(db, 'all', report.customerId);
  const [target] = await mailTargets(db, report.customerId);
  if (!customer || !target) return 0;
  const cluster = report.clusterId === null ? undefined : await findCluster(db, 'all', report.clusterId);
  const facts: ReportFacts = {
    id: report.id,
    title: (await titleOfKind(report.kind)) ?? sameText(report.kind),
    customerName: customer.name.slice(0, 200),
    ...(cluster && { clusterName: cluster.name.slice(0, 200) }),
    zone: cluster?.zone ?? customer.zone,
    ...(report.from !== undefined && { from: report.from }),
    to: report.to,
    confirmUntil: now + CONFIRM_WITHIN_MS,
    url: `${publicUrl}/reports/${report.id}`,
    files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  };
  const message: Omit<Message, 'recipient'> = { v: 1, topic: 'report', voice: 'customer', locale: customer.locale, at: now, mentions: [], report: facts };
  const drafts = (await recipientsOf(db, customer)).map((recipient): Draft => {
    const lane = `${target}|report ${report.id}|${recipient}`;
    return { dedup: lane, targetId: target, lane, message: { ...message, recipient }, sendAt: now };
  });
  return await enqueue(db, drafts, now);
}

/** Those who are named for reports; else whom the contract names, else the customer's administrators. The vendor's representative gets it as well. */
async function recipientsOf(db: Db, { id, contacts }: Customer): Promise<readonly string[]> {
  const named = contacts['report'] ?? contacts['customer'] ?? [];
  const customers = named.length > 0 ? named : (await administratorsOf(db, id)).flatMap(({ email }) => email ?? []);
  const seen = new Map([...customers, ...(contacts['customer-representative'] ?? [])].map((email) => [email.toLowerCase(), email]));
  return [...seen.values()].slice(0, 50);
}
function sameText(text: string): Text {
  return { zh: text, en: text };
}
