/** The folders of the agents beside this collector, for its console: the same functions that the commands use. */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { approveUntil, isStateDirectory } from '../agent/delivery/approve.ts';
import { canWriteConsent, readConsent, writeConsent } from '../agent/delivery/consent.ts';
import { readLedger } from '../agent/delivery/ledger.ts';
import { summaryOf } from '../agent/delivery/ledger-summary.ts';
import { surveyOutbox } from '../agent/delivery/survey.ts';
import { LAST_INSPECTION, readIfThere } from '../agent/site/private-file.ts';
import { resolvePseudonym } from '../agent/site/site.ts';
import type { SiteAgent, SiteConsent, SiteDesk } from '../collector/site.ts';

export interface SiteFolders {
  /** State directories of agents on this machine. */
  readonly stateDirs: readonly string[];
  /** Where all of them read what may leave; left out: nothing holds anything back. */
  readonly consentFolder?: string | undefined;
}

export function siteDesk({ stateDirs, consentFolder }: SiteFolders): SiteDesk {
  const folders = new Map<string, string>();
  for (const folder of stateDirs) {
    const name = basename(folder).replaceAll(/[^\w.-]/g, '_');
    folders.set(folders.has(name) ? `${name}-${folders.size + 1}` : name, folder);
  }
  return {
    canDecide: async () => consentFolder !== undefined && (await canWriteConsent(consentFolder)),
    async agents() {
      const found: SiteAgent[] = [];
      for (const [id, folder] of folders) if (await isStateDirectory(folder)) found.push(await agentOf(id, folder, consentFolder));
      return found;
    },
    async ledger(id, most) {
      const folder = folders.get(id);
      return folder === undefined ? undefined : (await readLedger(join(folder, 'ledger'))).lines.slice(-most).toReversed();
    },
    async preview(id) {
      const folder = folders.get(id);
      const bytes = folder === undefined ? undefined : await readIfThere(join(folder, LAST_INSPECTION));
      return bytes && { json: bytes.toString('utf8'), sha256: createHash('sha256').update(bytes).digest('hex') };
    },
    async approve(id, until) {
      const folder = folders.get(id);
      if (folder === undefined || !(await isStateDirectory(folder))) return false;
      await approveUntil(folder, until, Math.floor(Date.now() / 1_000));
      return true;
    },
    async decide(consent: SiteConsent) {
      if (consentFolder === undefined) throw new Error('no consent folder is configured');
      await writeConsent(consentFolder, consent);
    },
    async resolve(pseudonym) {
      for (const folder of folders.values()) {
        const name = await resolvePseudonym(folder, pseudonym);
        if (name !== undefined) return name;
      }
      return undefined;
    },
  };
}

async function agentOf(id: string, folder: string, consentFolder: string | undefined): Promise<SiteAgent> {
  const [consent, outbox, ledger] = await Promise.all([readConsent(consentFolder, folder), surveyOutbox(join(folder, 'outbox'), false), readLedger(join(folder, 'ledger'))]);
  const { payloads, unanswered, removed, root, faults } = summaryOf(ledger);
  const oldest = outbox.segments.flatMap(({ oldestKeptAt }) => oldestKeptAt ?? []);
  return {
    ...{ id, consent, givenUp: outbox.deadLetters.length },
    waiting: outbox.segments.reduce((sum, one) => sum + one.waiting, 0),
    ...(oldest.length > 0 && { oldestKeptAt: Math.min(...oldest) }),
    ledger: { payloads, unanswered, removed, root, faults: faults.length },
  };
}
