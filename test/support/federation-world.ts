/** A site and its support centre: two real collectors, a way between them that breaks, agents that go on sending, people who act. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { seal } from '../../agent/wire/encode.ts';
import { sealHeartbeat, sealSignals } from '../../agent/wire/encode-signals.ts';
import { type Boundary, encodeScope } from '../../agent/wire/encode-values.ts';
import { ENVELOPE_TYPE, envelopeLine, type PayloadKind } from '../../agent/wire/envelope.ts';
import type { Scope } from '../../agent/wire/inspection.ts';
import { Pseudonyms } from '../../agent/wire/pseudonym.ts';
import type { Signal } from '../../agent/wire/signal.ts';
import { NAME_KINDS } from '../../agent/wire/vocabulary.ts';
import { openDatabase } from '../../collector/store/database.ts';
import { numbersOf } from '../../collector/store/rollup-buckets.ts';
import { CollectorProcess, type Session } from './collector-process.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { HOST_SECTIONS, HOST_VERDICTS } from './payloads.ts';

/** Stands in every name of the site. */
export const SITE_WORD = 'canaria';
const AGENTS = 4;
/** Of each agent one comes and goes all the time, and one so seldom that it does not count as flapping. */
const QUIET_CHANGES = 3;

interface Told {
  readonly line: string;
}

export class FederationWorld implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'xunjian-federation-'));
  readonly key = randomBytes(32);
  readonly token = `xj_${randomBytes(32).toString('base64url')}`;
  readonly #boundary: Boundary = { pseudonyms: new Pseudonyms(this.key), clearNames: new Set(NAME_KINDS) };
  readonly #agents = Array.from({ length: AGENTS }, () => ({ agent: randomBytes(16).toString('hex'), boot: randomBytes(8).toString('hex'), seq: 0 }));
  readonly #firing = new Map<string, number>();
  readonly #quiet = new Map<number, number>();
  readonly #waiting: Told[] = [];
  readonly #ports = { site: 0, support: 0 };
  site!: CollectorProcess;
  support!: CollectorProcess;
  proxy!: FaultyProxy;
  engineer!: Session;
  sent = 0;
  readonly notes: string[] = [];

  async start(databases: { readonly site?: string | undefined; readonly support?: string | undefined } = {}): Promise<this> {
    this.#databases = databases;
    this.support = await CollectorProcess.start({ directory: this.#made('support'), database: databases.support, config: { incidents: { observeSeconds: 1 } } });
    this.#ports.support = this.support.port;
    this.engineer = await this.support.administrator();
    const { token } = await this.support.enroll(['--customer', '客户', '--cluster', 'prod', '--kind', 'hosts', '--for', 'collector']);
    this.proxy = await new FaultyProxy(this.support.port).listen();
    writeFileSync(join(this.folder, 'site.key'), this.key);
    writeFileSync(join(this.folder, 'support.token'), token, { mode: 0o600 });
    writeFileSync(join(this.folder, 'agents.token'), this.token, { mode: 0o600 });
    await this.startSite();
    return this;
  }
  #databases: { readonly site?: string | undefined; readonly support?: string | undefined } = {};
  #made(name: string): string {
    return mkdtempSync(join(this.folder, `${name}-`));
  }
  #siteFolder: string | undefined;

  async startSite(): Promise<void> {
    this.#siteFolder ??= this.#made('site');
    this.site = await CollectorProcess.start({
      directory: this.#siteFolder,
      database: this.#databases.site,
      port: this.#ports.site,
      config: {
        siteKeyFile: join(this.folder, 'site.key'),
        incidents: { observeSeconds: 1 },
        enrolment: { tokenFile: join(this.folder, 'agents.token'), customer: '客户', cluster: 'prod', kind: 'hosts' },
        federation: { url: this.proxy.url, clusters: [{ cluster: 'prod', tokenFile: join(this.folder, 'support.token') }] },
      },
    });
    this.#ports.site = this.site.port;
  }
  /** As a power cut would. */
  async killSite(): Promise<void> {
    this.site.signal('SIGKILL');
    await this.site.end();
    await this.startSite();
  }
  async killSupport(): Promise<void> {
    this.support.signal('SIGKILL');
    await this.support.end();
    this.support = await CollectorProcess.start({
      directory: this.support.directory,
      database: this.#databases.support,
      port: this.#ports.support,
      config: { incidents: { observeSeconds: 1 } },
    });
  }

  /** Something happens at the site. */
  tick(): void {
    const index = Math.floor(Math.random() * AGENTS);
    const chance = Math.random();
    const now = Math.floor(Date.now() / 1_000);
    const node = `${SITE_WORD}-node-${index}`;
    const sender = { role: 'host', version: '0.1.0', epoch: 0, node } as const;
    if (chance < 0.55) {
      const isQuiet = (this.#quiet.get(index) ?? 0) < QUIET_CHANGES && Math.random() < 0.1;
      if (isQuiet) this.#quiet.set(index, (this.#quiet.get(index) ?? 0) + 1);
      const name = `/${SITE_WORD}-${index}-${isQuiet ? 'quiet' : 'restless'}`;
      const state = this.#firing.has(name) ? 'clear' : 'firing';
      if (state === 'clear') this.#firing.delete(name);
      else this.#firing.set(name, index);
      this.#tell(index, 'signals', sealSignals(sender, { at: now, complete: false, signals: [signalOf(name, node, state, now)] }, this.#boundary));
    } else if (chance < 0.85)
      this.#tell(index, 'inspection', seal({ agent: sender, takenAt: now, sections: HOST_SECTIONS, gatherers: [], verdicts: HOST_VERDICTS, findings: [] }, this.#boundary));
    else
      this.#tell(
        index,
        'heartbeat',
        sealHeartbeat(
          sender,
          { at: now, intervalSeconds: 3_600, uptimeSeconds: 60, outbox: { items: 0, bytes: 0, oldestAgeSeconds: 0, dropped: {} }, activeSignals: 0 },
          this.#boundary,
        ),
      );
  }
  /** Everything that fires is over. */
  calm(): void {
    const now = Math.floor(Date.now() / 1_000);
    for (const [name, index] of this.#firing) {
      const node = `${SITE_WORD}-node-${index}`;
      this.#tell(
        index,
        'signals',
        sealSignals({ role: 'host', version: '0.1.0', epoch: 0, node }, { at: now, complete: false, signals: [signalOf(name, node, 'clear', now)] }, this.#boundary),
      );
    }
    this.#firing.clear();
  }
  #tell(index: number, kind: PayloadKind, payload: { readonly json: string; readonly sha256: string }): void {
    const agent = this.#agents[index];
    if (!agent) return;
    agent.seq += 1;
    this.#waiting.push({
      line: envelopeLine({ agent: agent.agent, boot: agent.boot, seq: agent.seq, kind, keptAt: Math.floor(Date.now() / 1_000), sha256: payload.sha256 }, payload),
    });
  }
  /** Gives the site what waits; what it does not acknowledge goes on waiting, as with agents. */
  async deliver(): Promise<void> {
    const batch = this.#waiting.slice(0, 50);
    if (batch.length === 0) return;
    const answer = await fetch(`http://127.0.0.1:${this.#ports.site}/api/v1/ingest`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': ENVELOPE_TYPE, 'content-encoding': 'gzip' },
      body: gzipSync(`${batch.map(({ line }) => line).join('\n')}\n`),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined);
    if (answer?.status !== 200) return;
    const { receipts } = (await answer.json()) as { receipts: { status: string }[] };
    if (receipts.some(({ status }) => status !== 'accepted' && status !== 'duplicate')) throw new Error(`the site refused: ${JSON.stringify(receipts.slice(0, 3))}`);
    this.#waiting.splice(0, batch.length);
    this.sent += batch.length;
  }
  get undelivered(): number {
    return this.#waiting.length;
  }

  /** Somebody at the support centre looks at an incident, acknowledges it and writes to the customer. */
  async act(): Promise<void> {
    const { items } = await this.engineer.call<{ items: { id: string; state: string }[] }>('GET', '/api/v1/incidents?limit=50').catch(() => ({ items: [] }));
    const one = items[Math.floor(Math.random() * items.length)];
    if (!one) return;
    await this.engineer.status('POST', `/api/v1/incidents/${one.id}/commands`, { command: { kind: 'acknowledge' } }).catch(() => undefined);
    const text = `note ${this.notes.length + 1} ${randomBytes(6).toString('hex')}`;
    const noted = await this.engineer.status('POST', `/api/v1/incidents/${one.id}/commands`, { command: { kind: 'note', visibility: 'customer', text } }).catch(() => undefined);
    if (noted !== undefined && noted.status < 300) this.notes.push(text);
  }

  async site_(): Promise<Side> {
    return await sideOf(
      this.#databases.site ?? `sqlite:${join(this.site.directory, 'data/xunjian.db')}`,
      (scope) => encodeScope(scope, { ...this.#boundary, clearNames: new Set() }) as unknown as Scope,
    );
  }
  async support_(): Promise<Side> {
    return await sideOf(this.#databases.support ?? `sqlite:${join(this.support.directory, 'data/xunjian.db')}`, (scope) => scope);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.site?.[Symbol.asyncDispose]();
    await this.support?.[Symbol.asyncDispose]();
    await this.proxy?.[Symbol.asyncDispose]();
    await sleep(50);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function signalOf(name: string, node: string, state: 'firing' | 'clear', at: number): Signal {
  return {
    ...{ check: 'disk-space-low', area: 'disk', severity: 'warning', unit: 'percent', scope: { kind: 'Mount', name, node }, observed: 91, threshold: 85 },
    ...{ state, since: at, at, flapping: false, maintenance: false },
  };
}

/** What one of the two collectors has, in the names that leave the site. */
export interface Side {
  readonly payloads: readonly string[];
  readonly snapshots: number;
  readonly samples: number;
  readonly signals: readonly string[];
  readonly incidents: readonly string[];
  readonly waiting: number;
  readonly refused: number;
  readonly notes: readonly string[];
  /** Everything that stands in the database, for words that must not. */
  readonly text: () => Promise<string>;
}
async function sideOf(url: string, named: (scope: Scope) => Scope): Promise<Side> {
  const database = await openDatabase({ url });
  const { db } = database;
  try {
    const receipts = await db.selectFrom('receipts').select(['agent', 'boot', 'seq']).where('kind', '<>', 'heartbeat').where('status', '=', 'accepted').execute();
    const snapshots = await db
      .selectFrom('snapshots')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    const rollups = await db.selectFrom('rollups').select('numbers').where('resolution', '=', 'd').execute();
    const samples = rollups.reduce((sum, { numbers }) => sum + [...numbersOf(numbers).values()].reduce((own, one) => own + one.samples, 0), 0);
    const signals = await db.selectFrom('signals').select(['rule', 'scope', 'state', 'at']).where('rule', '<>', 'agent-silent').execute();
    const incidents = await db.selectFrom('incidents').select(['rule', 'scope', 'signal_state', 'flapping']).where('rule', '<>', 'agent-silent').execute();
    const relays = await db.selectFrom('relays').select('refused').execute();
    const events = await db.selectFrom('incident_events').select('body').where('kind', '=', 'note').execute();
    const text = async (): Promise<string> => {
      const again = await openDatabase({ url });
      const parts: string[] = [];
      for (const table of ['signals', 'incidents', 'incident_events', 'agents', 'findings', 'rollups', 'audit'] as const)
        parts.push(JSON.stringify(await again.db.selectFrom(table).selectAll().execute()));
      const { payloadOf } = await import('../../collector/store/kept-body.ts');
      for (const { body } of await again.db.selectFrom('snapshots').select('body').execute()) parts.push(payloadOf(body));
      for (const { body } of await again.db.selectFrom('signal_payloads').select('body').execute()) parts.push(payloadOf(body));
      await again[Symbol.asyncDispose]();
      return parts.join('\n');
    };
    const key = (scope: string | null): string =>
      scope === null ? '-' : JSON.stringify(Object.entries(named(JSON.parse(scope) as Scope)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    return {
      payloads: receipts.map(({ agent, boot, seq }) => `${agent}.${boot}.${seq}`).toSorted(),
      snapshots: Number(snapshots.count),
      samples,
      signals: signals.map(({ rule, scope, state, at }) => `${rule} ${key(scope)} ${state} ${at}`).toSorted(),
      // While it flaps, an incident stands as it was when that began, which is a matter of when each side heard of it; its signals are compared.
      incidents: incidents.map(({ rule, scope, signal_state: state, flapping }) => `${rule} ${key(scope)} ${flapping === 1 ? 'flapping' : state}`).toSorted(),
      waiting: relays.filter(({ refused }) => refused === null).length,
      refused: relays.filter(({ refused }) => refused !== null).length,
      notes: events.map(({ body }) => (JSON.parse(body) as { text: string }).text).toSorted(),
      text,
    };
  } finally {
    await database[Symbol.asyncDispose]();
  }
}
