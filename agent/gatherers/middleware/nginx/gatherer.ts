/** Reads an nginx by its configuration on the host and a declared status page, and an ingress controller by its metrics. */
import { InstanceFailure, reachOf } from '../../../middleware/failure.ts';
import { askHttp } from '../../../middleware/http.ts';
import type { Visit } from '../../../middleware/visit.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { Reach } from '../../../wire/sections/middleware/products.ts';
import { toVersion } from '../../../wire/version.ts';
import { parseExposition, sumOf } from '../exposition.ts';
import { wholeOf } from '../once.ts';
import type { InspectContext, ProductGatherer } from '../product.ts';
import { visitUntilAnswered } from '../visit-members.ts';
import { configurationFacts, settingsOf, statusFacts } from './facts.ts';
import { type Configuration, configurationFile, readCertificates, readConfiguration } from './files.ts';

type Facts = Partial<Sections['middlewareNginx']['rows'][number]>;
const METRICS_PORT = 10254;
const METRICS = new Set([
  'nginx_ingress_controller_config_last_reload_successful',
  'nginx_ingress_controller_ssl_expire_time_seconds',
  'nginx_ingress_controller_requests',
  'nginx_ingress_controller_nginx_process_connections',
]);

export const nginxGatherer: ProductGatherer<'middlewareNginx'> = {
  async inspect(context) {
    const { instance } = context;
    const configuration = await readFromHost(context);
    const path = instance.options['statusPath'];
    const isController = instance.members.some(({ address }) => address?.port === METRICS_PORT);
    const asks = isController || typeof path === 'string';
    const outcomes = asks ? await visitUntilAnswered(context, (visit) => (isController ? readMetrics(visit) : readStatus(visit, typeof path === 'string' ? path : '/'))) : [];
    const told = wholeOf(outcomes, ({ version }) => ({ role: 'node', version }));
    const reach = reachFrom(asks ? told.reach : undefined, configuration);
    if (reach !== 'ok' && reach !== 'partial' && reach !== 'files-only') throw new InstanceFailure(reach);
    const facts: Facts = {
      ...(configuration && {
        ...configurationFacts(configuration.directives),
        ...(context.host && (await readCertificates(context.host, configuration))),
        configurationCut: configuration.cut,
      }),
      ...told.value,
    };
    return {
      mode: 'standalone',
      version: facts.version,
      reach,
      members: asks ? told.members : instance.members.map(({ name }) => ({ member: name, role: 'node', reach, statements: 0, denied: 0 })),
      lists: {
        rows: [
          { ...facts, instance: instance.id, mode: 'standalone', reach, kind: isController ? 'ingress-controller' : 'server', configurationRead: configuration !== undefined },
        ],
      },
      settings: configuration ? settingsOf(configuration.directives) : [],
    };
  },
};

/** Files need the machine: on the host, or in a captured tree. */
async function readFromHost({ host, instance, signal }: InspectContext): Promise<Configuration | undefined> {
  if (!host) return undefined;
  const pid = instance.members.find((member) => member.pid !== undefined)?.pid;
  const commandLine = pid === undefined ? '' : await host.read(`/proc/${pid}/cmdline`, { maxBytes: 16_384, cut: true }).catch(() => '');
  return await readConfiguration(host, configurationFile(commandLine).candidates, signal);
}

/** @param asked `undefined` when there was nothing to ask */
function reachFrom(asked: Reach | undefined, configuration: Configuration | undefined): Reach {
  if (asked === undefined) return configuration ? 'files-only' : 'not-addressed';
  if (asked === 'ok' || asked === 'partial') return asked;
  return configuration ? 'partial' : asked;
}

async function readStatus(visit: Visit, path: string): Promise<Facts> {
  if (!/^\/[\w./-]{0,200}$/.test(path)) throw new InstanceFailure('failed');
  const { status, body, server } = await askHttp(visit, { path });
  const facts = status === 200 ? statusFacts(body) : undefined;
  if (!facts) throw new InstanceFailure('protocol');
  return { ...facts, version: toVersion(/^(?:nginx|openresty|tengine)\/([\d.]+)/i.exec(server ?? '')?.[1]) };
}
async function readMetrics(visit: Visit): Promise<Facts> {
  const { status, body } = await askHttp(visit, { path: '/metrics' }).catch((error: unknown) => {
    throw new InstanceFailure(reachOf(error));
  });
  const families = parseExposition(body, METRICS, new Set(['status', 'state']));
  const reloaded = sumOf(families, 'nginx_ingress_controller_config_last_reload_successful');
  if (status !== 200 || reloaded === undefined) throw new InstanceFailure('protocol');
  const requests = families.get('nginx_ingress_controller_requests') ?? [];
  const total = sumOf(families, 'nginx_ingress_controller_requests') ?? 0;
  let failed = 0;
  for (const { labels, value } of requests) if (/^5\d\d$/.test(labels.get('status') ?? '')) failed += value;
  const ends = (families.get('nginx_ingress_controller_ssl_expire_time_seconds') ?? []).map(({ value }) => value).filter((value) => value > 0 && Number.isFinite(value));
  return {
    reloadFailed: reloaded === 0,
    requests: Math.floor(total),
    errorPercent: total === 0 ? 0 : (failed / total) * 100,
    certificates: ends.length,
    ...(ends.length > 0 && { certificateExpiresAt: Math.floor(Math.min(...ends)) }),
    activeConnections: (families.get('nginx_ingress_controller_nginx_process_connections') ?? []).find(({ labels }) => labels.get('state') === 'active')?.value,
  };
}
