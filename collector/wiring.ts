/** Puts the parts of the collector together. The only place that knows all of them; nothing listens and nothing runs yet. */

import { generateKeyPairSync } from 'node:crypto';
import type { Logger } from 'pino';
import type { SignalBatch } from '../agent/wire/signal.ts';
import type { Prices } from '../reports/facts/service.ts';
import { Accounts } from './access/accounts.ts';
import { PasswordHasher, type ScryptCost } from './access/password.ts';
import { Sessions, type SessionTimes } from './access/sessions.ts';
import { Advisories } from './advisories/advisories.ts';
import { enqueueTaken } from './federation/enqueue.ts';
import { enqueueChanged } from './federation/enqueue-incident.ts';
import { Credentials } from './fleet/credentials.ts';
import { Fleet } from './fleet/fleet.ts';
import { InspectNow } from './fleet/inspect-now.ts';
import { Risks } from './fleet/risks.ts';
import type { AppDeps } from './http/deps.ts';
import type { Gatekeeper } from './http/guard.ts';
import { CollectorMetrics } from './http/metrics.ts';
import { OidcClient, type OidcOptions } from './http/oidc.ts';
import { type CheckTexts, tellNews } from './incident-news.ts';
import { createIncidentMachine } from './incidents/machine.ts';
import type { IncidentSettings } from './incidents/rules.ts';
import type { OnSignals, OnTaken } from './ingest/apply.ts';
import { Ingest } from './ingest/ingest.ts';
import { ingestMetrics } from './ingest/metrics.ts';
import { assemblePeriod } from './inspections/assemble-period.ts';
import type { Assemble } from './inspections/cluster-state.ts';
import { type Knowledge, NO_KNOWLEDGE } from './inspections/knowledge.ts';
import { errorFields } from './log.ts';
import { notifyMetrics } from './notify/metrics.ts';
import type { SecretBox } from './notify/secret-box.ts';
import { SharedKey } from './notify/shared-key.ts';
import { NotificationWorker } from './notify/worker.ts';
import { Records } from './records/records.ts';
import type { MakerOptions } from './reports/make-report.ts';
import { mailReport } from './reports/report-mail.ts';
import { Reports } from './reports/reports.ts';
import { SignOffPages } from './reports/sign-off.ts';
import { type SigningKey, signingKey } from './reports/signing-key.ts';
import type { SiteDesk } from './site.ts';
import type { Database } from './store/database.ts';
import { NotificationStore } from './store/notification-store.ts';
import { RotaStore } from './store/rota-store.ts';
import { RouteStore } from './store/route-store.ts';
import { TargetStore } from './store/target-store.ts';
import type { Policies } from './support/policies.ts';
import { ContractRules, checkContractWith } from './support-rules.ts';

export interface Parts {
  readonly database: Database;
  readonly logger: Logger;
  readonly box: SecretBox;
  readonly policies: Policies;
  readonly refreshPack?: (() => Promise<boolean>) | undefined;
  readonly checkTexts: CheckTexts;
  readonly now: () => number;
  readonly publicUrl: string;
  readonly installedAs?: AppDeps['installedAs'];
  readonly defaultPolicy: string;
  readonly version: string;
  readonly isOpen: () => boolean;
  readonly sessionTimes?: SessionTimes | undefined;
  readonly scryptCost?: ScryptCost | undefined;
  readonly oidc?: Omit<OidcOptions, 'redirectUrl' | 'afterSignOutUrl'> | undefined;
  readonly metricsToken?: string | undefined;
  readonly allowedNetworks?: readonly string[] | undefined;
  readonly incidentSettings?: Partial<IncidentSettings> | undefined;
  /** Threads that decode what agents send. */
  readonly threads?: number | undefined;
  /** What reports need beside the store. */
  readonly knowledge?: Knowledge | undefined;
  readonly prices?: Prices | undefined;
  /** Whether anything is forwarded to a collector above this one. */
  readonly isFederated?: boolean | undefined;
  /** The agents' own folders, where they are on this machine. */
  readonly site?: SiteDesk | undefined;
  /** Signs the manifests of reports; without one, a key that lives as long as the process. */
  readonly signingKey?: (() => Promise<SigningKey>) | undefined;
}
export interface Wired {
  readonly deps: AppDeps;
  readonly ingest: Ingest;
  readonly worker: NotificationWorker;
  readonly rules: ContractRules;
  readonly onSignals: OnSignals;
  readonly onTaken?: OnTaken | undefined;
  readonly hasher: PasswordHasher;
  /** Makes reports; the holder is the process's own. */
  readonly maker: Omit<MakerOptions, 'holder'>;
}

export function wireCollector(parts: Parts): Wired {
  const { database, logger, box, policies, now, publicUrl, allowedNetworks, defaultPolicy } = parts;
  const metrics = new CollectorMetrics();
  const outbox = notifyMetrics(metrics.registry);
  const hasher = new PasswordHasher(parts.scryptCost);
  const sessions = new Sessions(database, hasher, parts.sessionTimes);
  const credentials = new Credentials({ database, now });
  const rules = new ContractRules({ policies, defaultPolicy, now, onFallback: (wanted, used) => logger.warn({ wanted, used }, 'a policy is not there: another one counts') });
  const observer = { onRotaGap: outbox.rotaGap, onUnrouted: outbox.unrouted };
  const news = tellNews({ rules, checkTexts: parts.checkTexts, publicUrl, now, observer });
  const incidents = createIncidentMachine(database, {
    rulesFor: rules.rulesFor,
    onChange: async (db, change) => {
      await news(db, change);
      if (parts.isFederated) await enqueueChanged(db, change);
    },
    ...(parts.incidentSettings && { settings: parts.incidentSettings }),
  });
  const onSignals: OnSignals = async (db, { skewMs, receivedAt, ...origin }, batch) => {
    await incidents.applySignals(db, { ...origin, skewMs: skewMs ?? undefined }, batch satisfies SignalBatch, receivedAt);
  };
  const targets = new TargetStore(database, box);
  const sharedKey = new SharedKey(database, box);
  const onTaken = parts.isFederated ? enqueueTaken : undefined;
  const inspectNow = new InspectNow(database);
  const ingest = new Ingest({
    database,
    now,
    onSignals,
    onTaken,
    metrics: ingestMetrics(metrics.registry),
    threads: parts.threads,
    requestsFor: (clusterId, agent, at) => inspectNow.requestsFor(clusterId, agent, at),
    onFailure: (error) => logger.error(errorFields(error), 'a payload could not be written and was set aside'),
  });
  const worker = new NotificationWorker({ database, targets, metrics: outbox, now, random: Math.random, log: logger, allowedNetworks, mayWork: () => sharedKey.isOurs() });
  const key = parts.signingKey ?? ephemeralKey();
  const { knowledge = NO_KNOWLEDGE, prices, version } = parts;
  const assemble: Assemble = async (request) => await assemblePeriod({ db: database.db, rules, knowledge, version, prices }, request);
  const maker: Omit<MakerOptions, 'holder'> = {
    ...{ database, now, version, signer: key },
    assemble,
    onDone: async (db, report, files) => {
      await mailReport(db, { report, files, publicUrl, now: now() });
    },
    onFault: ({ id, kind, attempts }, fault, detail, isFinal) => logger[isFinal ? 'error' : 'warn']({ report: id, kind, attempts, fault, detail }, 'a report could not be made'),
  };
  const deps: AppDeps = {
    refreshPack: parts.refreshPack,
    ...{ database, sessions, credentials, incidents, policies, rules, checkTexts: parts.checkTexts, targets, ingest, metrics, logger, now, publicUrl, allowedNetworks },
    installedAs: parts.installedAs,
    isFederated: parts.isFederated,
    sharedKey,
    accounts: new Accounts(database, hasher),
    fleet: new Fleet({
      database,
      now,
      checkContract: checkContractWith(policies),
      // The change is made; what falls due by it is found at the latest by the incident's next event.
      onTermsChanged: async (customerId) => {
        await incidents.recomputeAll(now(), customerId).catch((error: unknown) => logger.error(errorFields(error), 'the clocks of a customer were not computed anew'));
      },
    }),
    routes: new RouteStore(database),
    rotas: new RotaStore(database),
    notifications: new NotificationStore(database),
    reports: new Reports(database),
    records: new Records(database),
    advisories: new Advisories(database),
    risks: new Risks(database),
    inspectNow,
    site: parts.site,
    assemble,
    signingKey: key,
    signOffPages: new SignOffPages(key),
    gatekeeper: gatekeeper(credentials, sessions),
    isOpen: parts.isOpen,
    version: parts.version,
    metricsToken: parts.metricsToken,
    oidc: parts.oidc && new OidcClient({ ...parts.oidc, redirectUrl: `${publicUrl}/api/v1/oidc/callback`, afterSignOutUrl: `${publicUrl}/sign-in` }),
  };
  return { deps, ingest, worker, rules, onSignals, onTaken, hasher, maker };
}

function ephemeralKey(): () => Promise<SigningKey> {
  const key = signingKey(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'memory');
  return async () => key;
}

function gatekeeper(credentials: Credentials, sessions: Sessions): Gatekeeper {
  return {
    async byToken(token) {
      const known = await credentials.authenticate(token);
      return known && { kind: known.kind, clusterId: known.clusterId, customerId: known.customerId, credential: known.credentialId };
    },
    bySession: (secret, now) => sessions.authenticate(secret, now),
    async byCertificate(fingerprint) {
      const known = await credentials.authenticateCertificate(fingerprint);
      return known && { kind: 'agent', clusterId: known.clusterId, customerId: known.customerId, credential: known.credentialId };
    },
  };
}
