/** Reads an Elasticsearch or OpenSearch by its HTTP API: the first node that answers tells of the whole cluster, the others that they answer. */
import { InstanceFailure } from '../../../middleware/failure.ts';
import { askHttp, type Signing } from '../../../middleware/http.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { countAt } from '../json.ts';
import type { InspectContext, ProductGatherer } from '../product.ts';
import { memberStates, reachOfAll, visitAllAskingOne } from '../visit-members.ts';
import { clusterSettings, healthFacts, indexFacts, isSearchEngine, type Node, namedCount, nodesOf, rootFacts, settingInEffect, shardFacts, snapshotFacts } from './answers.ts';
import { type Asked, type Grant, PATHS, ROOT, snapshotsOf } from './questions.ts';

type Row = Sections['middlewareElasticsearch']['rows'][number];
type MemberRow = Sections['middlewareElasticsearch']['members'][number];
interface Told {
  readonly root: unknown;
  readonly answers: Readonly<Partial<Record<Asked, unknown>>>;
  readonly anonymous: boolean | undefined;
  readonly tls: boolean;
  readonly denied: readonly Grant[];
}

export const elasticsearchGatherer: ProductGatherer<'middlewareElasticsearch'> = {
  async inspect(context) {
    const { instance } = context;
    const { outcomes, told: value } = await visitAllAskingOne(
      context,
      (visit) => askRoot(visit, signingOf(instance.options)),
      (visit, root) => readCluster(visit, root, instance.options),
    );
    const reach = reachOfAll(outcomes);
    const nodes = value ? nodesOf(value.answers.stats, value.answers.nodes) : [];
    const facts = value ? rowFacts(value, nodes, context.now) : {};
    const mode = (facts.nodes === undefined ? undefined : facts.nodes > 1 ? 'cluster' : 'standalone') ?? instance.mode ?? 'unknown';
    return {
      mode,
      version: facts.version,
      reach,
      members: memberStates(outcomes, ({ greeting }) => ({ role: 'node', version: rootFacts(greeting).version })),
      lists: {
        rows: [{ ...facts, instance: instance.id, mode, reach, denied: value?.denied ?? [] }],
        // Where nothing was told of the nodes there is a row all the same: what is not known is not healthy.
        members:
          nodes.length > 0
            ? nodes.map((node) => memberRow(node, context))
            : outcomes.map(({ member, reach: own }) => ({ instance: instance.id, member: member.name, role: 'unknown', reach: own })),
      },
      settings: value ? [...clusterSettings(value.answers.settings), ...nodes.flatMap(({ settings }) => settings)] : [],
    };
  },
};

/** An API key or a bearer token takes the place of user and password where it is declared. */
function signingOf(options: InspectContext['instance']['options']): Signing {
  const { auth } = options;
  return auth === 'api-key' || auth === 'bearer' ? auth : 'basic';
}

async function readCluster(visit: Visit, root: unknown, options: InspectContext['instance']['options']): Promise<Told> {
  const signing = signingOf(options);
  const distribution = rootFacts(root).distribution;
  const denied = new Set<Grant>();
  const answers: Partial<Record<Asked, unknown>> = {};
  const ask = async (asked: Asked, path: string = PATHS[asked].path): Promise<void> => {
    answers[asked] = await askFor(visit, path, signing, () => denied.add(PATHS[asked].grant));
  };
  for (const asked of ['health', 'stats', 'nodes', 'settings', 'indices', 'shards', 'blocks', 'repositories'] as const) await ask(asked);
  const repository = snapshotsOf(String(options['snapshotRepository'] ?? ''));
  if (repository !== undefined) await ask('snapshots', repository);
  else if (distribution === 'elasticsearch' && namedCount(answers.repositories) !== 0) await ask('snapshots');
  if (distribution === 'elasticsearch') await ask('lifecycle');
  return { root, answers, anonymous: await answersAnybody(visit), tls: visit.secrets.tls !== undefined, denied: [...denied] };
}

async function askRoot(visit: Visit, signing: Signing): Promise<unknown> {
  const { status, body } = await askHttp(visit, { path: ROOT, signing });
  const root = status === 200 ? parsed(body) : undefined;
  if (!isSearchEngine(root)) throw new InstanceFailure('protocol');
  return root;
}
/** JSON of one path; `undefined` when it is refused, not known to this release, or too much. */
async function askFor(visit: Visit, path: string, signing: Signing, deny: () => void): Promise<unknown> {
  try {
    const { status, body } = await askHttp(visit, { path, signing, anyStatus: true });
    if (status === 401 || status === 403) {
      deny();
      visit.deny();
    }
    return status >= 200 && status <= 299 ? parsed(body) : undefined;
  } catch (error) {
    // A cluster with very many shards answers more than the cap: what hangs on it is not known, the rest is.
    if (error instanceof InstanceFailure && error.reach === 'too-large') return undefined;
    throw error;
  }
}
function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
/** Without signing in and without a certificate of ours. */
async function answersAnybody(visit: Visit): Promise<boolean | undefined> {
  if (visit.secrets.tls?.cert !== undefined) return undefined;
  if (visit.secrets.password === undefined) return true;
  const { status } = await askHttp(visit, { path: ROOT, signing: 'none', anyStatus: true });
  return status === 200 ? true : status === 401 || status === 403 ? false : undefined;
}

function rowFacts({ root, answers, anonymous, tls }: Told, nodes: readonly Node[], now: number): Partial<Row> {
  const health = healthFacts(answers.health);
  const perNode = countAt(settingInEffect(answers.settings, 'cluster.max_shards_per_node'));
  const eligible = nodes.filter(({ fields }) => fields.masterEligible).length;
  const allocation = settingInEffect(answers.settings, 'cluster.routing.allocation.enable');
  return {
    ...rootFacts(root),
    ...health,
    ...indexFacts(answers.indices),
    ...shardFacts(answers.shards),
    tls,
    anonymous,
    ...(nodes.length > 0 && { masterNodes: eligible }),
    mostShards: perNode === undefined || !health.dataNodes ? undefined : perNode * health.dataNodes,
    allocation: allocation === undefined ? undefined : ((['all', 'primaries', 'new_primaries', 'none'] as const).find((one) => one === allocation) ?? 'other'),
    blockedIndices: answers.blocks === undefined ? undefined : namedCount(answers.blocks, 'blocks', 'indices'),
    repositories: namedCount(answers.repositories),
    ...snapshotFacts(answers.snapshots, now),
    lifecycleErrors: answers.lifecycle === undefined ? undefined : namedCount(answers.lifecycle, 'indices'),
  };
}
function memberRow({ name, fields }: Node, { instance, counters, now }: InspectContext): MemberRow {
  const growth = counters.grown(instance.id, name, now, { rejections: fields.rejections, breakerTrips: fields.breakerTrips });
  return {
    ...fields,
    instance: instance.id,
    member: name,
    role: 'node',
    reach: 'ok',
    recentSeconds: growth?.seconds,
    recentRejections: growth?.values['rejections'],
    recentBreakerTrips: growth?.values['breakerTrips'],
  };
}
