/**
 * Reads a TongLINK/Q without running its commands: queues and licence from the textfile that its operators write for
 * node_exporter (`tlqstat` in a timer), kernel parameters from /proc.
 */
import { matchesGlob } from '../../../checks/settings.ts';
import type { Host } from '../../../host/host.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { parseExposition, type Sample } from '../jvm/exposition.ts';
import { installSpace, processFacts } from '../process-facts.ts';
import type { InspectContext, ProductGatherer } from '../product.ts';

type Tlq = Sections['middlewareTlq'];
type Row = Tlq['rows'][number];
type Queue = Omit<Tlq['queues'][number], 'instance'>;
/** Queues that are remembered until the next inspection. */
const MOST_REMEMBERED = 500;
/** `dead`, `DLQ`, `dead_letter`: a name, and no letters of another word around it. */
const DEAD_LETTERS = /(^|[^a-z])(dead([-_.]?(letters?|queue|q|msg))?|dlq|dlx)([^a-z]|$)/i;
const DEFAULT_METRICS = '/var/lib/node_exporter/textfile_collector/tlq.prom';

export const tlqGatherer: ProductGatherer<'middlewareTlq'> = {
  async inspect(context) {
    const { instance, host } = context;
    const files = host && (await readFiles(context, host));
    const reach = files ? 'files-only' : 'not-addressed';
    const mode = instance.mode ?? 'standalone';
    return {
      mode,
      version: instance.version,
      reach,
      members: instance.members.map(({ name }) => ({ member: name, role: 'node', reach, statements: 0, denied: 0 })),
      lists: {
        rows: [{ instance: instance.id, version: instance.version, mode, reach, ...files?.row }],
        queues: withStanding(context, files?.queues ?? []),
      },
      settings: [],
    };
  },
};

/** Of queues whose messages wait for an acknowledgement, how long their number has not moved. */
function withStanding({ instance, counters, now }: InspectContext, queues: readonly Queue[]): Tlq['queues'][number][] {
  let remembered = 0;
  return queues.map((queue) => {
    const { waitingAck } = queue;
    if (waitingAck === undefined || waitingAck === 0 || remembered >= MOST_REMEMBERED) return { instance: instance.id, ...queue };
    remembered += 1;
    return { instance: instance.id, ...queue, ackStandingSeconds: counters.standing(instance.id, `ack/${queue.queue}`, now, waitingAck) };
  });
}
/** Ready messages of the queues whose names are those of dead letters: as declared, else by their usual names. */
export function deadLettersIn(queues: readonly Queue[], option: unknown): number | undefined {
  const globs = typeof option === 'string' ? option.split(',').map((text) => text.trim()) : [];
  const dead = queues.filter(({ queue }) => (globs.length > 0 ? globs.some((glob) => matchesGlob(glob, queue)) : DEAD_LETTERS.test(queue)));
  if (dead.length === 0) return undefined;
  let total = 0;
  for (const { ready, waitingAck } of dead) total += (ready ?? 0) + (waitingAck ?? 0);
  return total;
}

async function readFiles({ instance, now }: InspectContext, host: Host): Promise<{ row: Partial<Row>; queues: readonly Queue[] }> {
  const { pid } = instance.members[0] ?? {};
  const option = instance.options['metrics'];
  const path = typeof option === 'string' && option.startsWith('/') ? option : DEFAULT_METRICS;
  const [text, changedAt, process, space, shm, sem, queueBytes, segments, messageQueues] = await Promise.all([
    host.read(path, { maxBytes: 4 * 1024 * 1024 }).catch(() => ''),
    host.modifiedAt(path),
    pid === undefined ? {} : processFacts(host, pid),
    instance.home === undefined ? {} : installSpace(host, instance.home),
    host.sysctl('kernel.shmmax').catch(() => undefined),
    host.sysctl('kernel.sem').catch(() => undefined),
    host.sysctl('kernel.msgmnb').catch(() => undefined),
    host.sysctl('kernel.shmmni').catch(() => undefined),
    host.sysctl('kernel.msgmni').catch(() => undefined),
  ]);
  const { licenseDaysLeft, queues, channels, channelsDown } = queuesOf(parseExposition(text, /^tlq_/));
  return {
    queues,
    row: {
      ...process,
      ...space,
      licenseDaysLeft,
      channels,
      channelsDown,
      deadLetters: deadLettersIn(queues, instance.options['deadLetters']),
      metricsAgeSeconds: changedAt === undefined ? undefined : Math.max(0, now - changedAt),
      shmMaxBytes: numberOf(shm),
      semaphoreSets: numberOf(sem?.trim().split(/\s+/)[3]),
      messageQueueBytes: numberOf(queueBytes),
      shmSegments: numberOf(segments),
      messageQueues: numberOf(messageQueues),
    },
  };
}
/** The kernel's "no limit" is more than JavaScript can hold. */
function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? Math.min(value, Number.MAX_SAFE_INTEGER) : undefined;
}

/** `tlq_channel_connected{…}` 1 or 0, `tlq_<queue>_{ready,waitack}_quantity`, `tlq_<queue>_queue_max_capacity`, `tlq_expire_remain_days`. Pure. */
export function queuesOf(samples: readonly Sample[]): Pick<Row, 'licenseDaysLeft' | 'channels' | 'channelsDown'> & { readonly queues: readonly Queue[] } {
  const queues = new Map<string, { ready?: number; waitingAck?: number; capacity?: number }>();
  let licenseDaysLeft: number | undefined;
  for (const { name, value } of samples) {
    if (name === 'tlq_expire_remain_days') licenseDaysLeft = Math.floor(value);
    const match = /^tlq_(.{1,200})_(ready_quantity|waitack_quantity|queue_max_capacity)$/.exec(name);
    if (!match || value < 0) continue;
    const queue = queues.get(match[1] ?? '') ?? {};
    queues.set(match[1] ?? '', queue);
    if (match[2] === 'ready_quantity') queue.ready = Math.floor(value);
    else if (match[2] === 'waitack_quantity') queue.waitingAck = Math.floor(value);
    else queue.capacity = Math.floor(value);
  }
  const channels = samples.filter(({ name }) => name === 'tlq_channel_connected');
  const told = channels.length > 0 && { channels: channels.length, channelsDown: channels.filter(({ value }) => value !== 1).length };
  return { licenseDaysLeft, ...told, queues: [...queues].map(([queue, counts]) => ({ queue, ...counts })) };
}
