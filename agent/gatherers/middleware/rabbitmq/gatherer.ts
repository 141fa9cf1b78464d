/** Reads a RabbitMQ by its management API: one node tells of the whole cluster, the others that they answer. */
import { InstanceFailure } from '../../../middleware/failure.ts';
import { type Answer, askHttp } from '../../../middleware/http.ts';
import type { Visit } from '../../../middleware/visit.ts';
import { RABBITMQ_SETTINGS } from '../../../wire/sections/middleware/rabbitmq.ts';
import { at, countAt, textAt } from '../json.ts';
import { modeOr } from '../once.ts';
import type { ProductGatherer, RawSetting } from '../product.ts';
import { memberStates, reachOfAll, visitAllAskingOne } from '../visit-members.ts';
import { nodeFacts, nodeRows, overviewFacts, PAGE, queueFacts } from './answers.ts';

const NODE_COLUMNS = 'name,running,uptime,mem_used,mem_limit,mem_alarm,disk_free,disk_free_limit,disk_free_alarm,fd_used,fd_total,proc_used,proc_total,partitions';
/** Everything that this program can ever ask a RabbitMQ. */
const PATHS = {
  overview: '/api/overview',
  nodes: `/api/nodes?columns=${NODE_COLUMNS}`,
  queues: `/api/queues?page=1&page_size=${PAGE}&pagination=true&sort=messages&sort_reverse=true&columns=messages_ready,messages_unacknowledged,consumers,state,type,durable,slave_nodes,effective_policy_definition`,
  whoami: '/api/whoami',
} as const;

interface Told {
  readonly overview: unknown;
  readonly nodes?: unknown;
  readonly queues?: unknown;
  readonly hidesQueues: boolean;
  readonly defaultPassword?: boolean | undefined;
  readonly tls: boolean;
}

export const rabbitmqGatherer: ProductGatherer<'middlewareRabbitmq'> = {
  async inspect(context) {
    const { instance } = context;
    const { outcomes, told: value } = await visitAllAskingOne(context, askOverview, (visit, overview) =>
      readCluster(visit, overview, instance.options['tryDefaultPassword'] === true),
    );
    const reach = reachOfAll(outcomes);
    const facts = value ? { ...overviewFacts(value.overview), ...nodeFacts(value.nodes) } : {};
    const mode = modeOr(facts.nodes === undefined ? undefined : facts.nodes > 1 ? 'cluster' : 'standalone', instance.mode);
    return {
      mode,
      version: facts.version,
      reach,
      members: memberStates(outcomes, ({ greeting }) => ({ role: 'node', version: overviewFacts(greeting).version })),
      lists: {
        rows: [
          {
            ...facts,
            ...queueFacts(value?.queues, mode === 'cluster'),
            instance: instance.id,
            mode,
            reach,
            denied: [...(value && value.nodes === undefined ? (['monitoring'] as const) : []), ...(value?.hidesQueues ? (['permissions in every vhost'] as const) : [])],
            defaultPassword: value?.defaultPassword,
            tls: value?.tls,
          },
        ],
        members: nodeRows(instance.id, value?.nodes),
      },
      settings: settingsOf(value?.nodes),
    };
  },
};

async function askOverview(visit: Visit): Promise<unknown> {
  const overview = await ask(visit, PATHS.overview, true);
  if (textAt(overview, 'rabbitmq_version') === undefined) throw new InstanceFailure('protocol');
  return overview;
}
async function readCluster(visit: Visit, overview: unknown, triesDefaultPassword: boolean): Promise<Told> {
  const nodes = await ask(visit, PATHS.nodes);
  if (nodes === undefined) visit.deny();
  const queues = await ask(visit, PATHS.queues);
  // Queues of a vhost that the user has no permission in are left out without a word: fewer than there are says nothing of the rest.
  const seesAll = nodes !== undefined && (countAt(queues, 'total_count') ?? 0) >= (countAt(overview, 'object_totals', 'queues') ?? 0);
  if (!seesAll) visit.deny();
  return {
    overview,
    nodes,
    queues: seesAll ? queues : undefined,
    hidesQueues: !seesAll,
    defaultPassword: triesDefaultPassword ? await takesDefaultPassword(visit) : undefined,
    tls: visit.secrets.tls !== undefined,
  };
}

/** The API says 401 both for a wrong password and for a right that is missing; only a code of its own tells them apart. */
async function ask(visit: Visit, path: string, isFirst = false): Promise<unknown> {
  const answer = await askHttp(visit, { path, anyStatus: true });
  if (answer.status >= 200 && answer.status <= 299) return parsed(answer, isFirst);
  if (answer.status === 401 || answer.status === 403) {
    if (!isFirst) return undefined;
    if (visit.secrets.password === undefined) throw new InstanceFailure('credentials-missing');
    throw new InstanceFailure(/not[ _]management|not_authori[sz]ed","reason":"(Not management|User not)/i.test(answer.body.slice(0, 2_048)) ? 'no-rights' : 'wrong-credentials');
  }
  if (isFirst) throw new InstanceFailure('protocol');
  return undefined;
}
function parsed({ body }: Answer, isFirst: boolean): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    if (isFirst) throw new InstanceFailure('protocol');
    return undefined;
  }
}
/** Only when the site declares it: a login attempt with the vendor's default. */
async function takesDefaultPassword(visit: Visit): Promise<boolean | undefined> {
  const { status } = await askHttp(visit, { path: PATHS.whoami, anyStatus: true, headers: { authorization: `Basic ${Buffer.from('guest:guest').toString('base64')}` } });
  return status === 200 ? true : status === 401 ? false : undefined;
}

function settingsOf(nodes: unknown): RawSetting[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.slice(0, 100).flatMap((node) => {
    const member = textAt(node, 'name');
    return member === undefined
      ? []
      : Object.keys(RABBITMQ_SETTINGS).map((key) => {
          const value = at(node, key);
          return { member, key, value: typeof value === 'number' ? value : undefined };
        });
  });
}
