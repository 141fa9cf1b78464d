/** The demo's agents: what each would have read at a moment, judged by the real checks, through the real triggers, sealed by the real encoder. */
import { createHash } from 'node:crypto';
import { runChecks } from '../../agent/checks/run.ts';
import { evaluationOf } from '../../agent/fast/judge.ts';
import { activeSignals, batchesOf } from '../../agent/triggers/signals.ts';
import { EMPTY_STATE, type TriggerState } from '../../agent/triggers/state.ts';
import { step } from '../../agent/triggers/step.ts';
import { seal } from '../../agent/wire/encode.ts';
import { sealHeartbeat, sealSignals } from '../../agent/wire/encode-signals.ts';
import type { Boundary, SealedPayload, Sender } from '../../agent/wire/encode-values.ts';
import { envelopeLine, type PayloadKind } from '../../agent/wire/envelope.ts';
import { KEY_BYTES, Pseudonyms } from '../../agent/wire/pseudonym.ts';
import { NAME_KINDS } from '../../agent/wire/vocabulary.ts';
import { type Reading, readingOf } from './reading.ts';
import { type DemoCluster, type Moment, nodeNames } from './world.ts';

/** Seconds between heartbeats of the demo's agents. */
export const HEARTBEAT_SECONDS = 60;
/** Within one site names travel clear. */
const BOUNDARY: Boundary = { pseudonyms: new Pseudonyms(new Uint8Array(KEY_BYTES)), clearNames: new Set(NAME_KINDS) };

export class DemoAgent {
  readonly cluster: DemoCluster;
  readonly #node: string | undefined;
  readonly #id: string;
  readonly #boot: string;
  readonly #version: string;
  #seq = 0;
  #triggers: TriggerState = EMPTY_STATE;
  #startedAt: number | undefined;
  #inspectedAt: number | undefined;

  /** @param node the machine it looks at; left out: the cluster's own agent */
  constructor(cluster: DemoCluster, node: string | undefined, version: string) {
    this.cluster = cluster;
    this.#node = node;
    this.#version = version;
    const digest = createHash('sha256')
      .update(`demo/${cluster.name}/${node ?? ''}`)
      .digest('hex');
    this.#id = digest.slice(0, 32);
    this.#boot = digest.slice(32, 48);
  }

  /** A full inspection, and the signals that come of it. One envelope a line. */
  inspect(moment: Moment): readonly string[] {
    const { sections, gatherers, checks, domains } = this.#read(moment);
    const { verdicts, findings } = runChecks(checks, sections, gatherers, domains, { now: moment.at, host: this.#node ?? 'cluster-agent' });
    const payload = seal({ agent: this.#sender(), takenAt: moment.at, sections, gatherers, verdicts, findings }, BOUNDARY);
    this.#inspectedAt = moment.at;
    return [this.#envelope('inspection', payload, moment.at), ...this.look(moment)];
  }

  /** A look of the fast path: signals of what changed. */
  look(moment: Moment): readonly string[] {
    const { sections, gatherers, checks, domains } = this.#read(moment);
    const host = this.#node ?? 'cluster-agent';
    const { verdicts, findings } = runChecks(checks, sections, gatherers, domains, { now: moment.at, host });
    const evaluation = evaluationOf({ verdicts, findings, sections, reports: gatherers }, { checks, settings: {}, suppressions: [], triggers: {}, now: moment.at, host });
    const { state, changes } = step(this.#triggers, evaluation, { settings: {}, maintenance: [] }, { at: moment.at, elapsedSeconds: undefined });
    this.#triggers = state;
    return batchesOf(changes, false, moment.at).map((batch) => this.#envelope('signals', sealSignals(this.#sender(), batch, BOUNDARY), moment.at));
  }

  heartbeat({ at }: Moment): string {
    this.#startedAt ??= at;
    const heartbeat = {
      at,
      intervalSeconds: HEARTBEAT_SECONDS,
      uptimeSeconds: at - this.#startedAt,
      lastInspectionAt: this.#inspectedAt,
      outbox: { items: 0, bytes: 0, oldestAgeSeconds: 0, dropped: {} },
      activeSignals: activeSignals(this.#triggers).length,
      leaves: { level: 'full', hold: 'none', optOut: [] } as const,
    };
    return this.#envelope('heartbeat', sealHeartbeat(this.#sender(), heartbeat, BOUNDARY), at);
  }

  #read(moment: Moment): Reading {
    return readingOf(this.cluster, this.#node, moment);
  }
  #sender(): Sender {
    const role = this.#node === undefined ? 'cluster' : this.cluster.kind === 'hosts' ? 'host' : 'node';
    return { role, version: this.#version, epoch: 0, node: this.#node };
  }
  #envelope(kind: PayloadKind, payload: SealedPayload, at: number): string {
    this.#seq += 1;
    return envelopeLine({ agent: this.#id, boot: this.#boot, seq: this.#seq, kind, keptAt: at, sha256: payload.sha256 }, payload);
  }
}

/** The cluster's agent, where there is a cluster, and one for each machine. */
export function agentsOf(cluster: DemoCluster, version: string): readonly DemoAgent[] {
  return [...(cluster.kind === 'hosts' ? [] : [new DemoAgent(cluster, undefined, version)]), ...nodeNames(cluster).map((node) => new DemoAgent(cluster, node, version))];
}
