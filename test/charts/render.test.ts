/** The chart as Helm renders it: every combination of values in ci/, held against what the programs read and need. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseSiteConfig, parseSuppressions, SITE_CONFIG_KEYS } from '../../agent/config.ts';
import { clusterRules } from '../../agent/gatherers/cluster-rules.ts';
import { GATHERERS } from '../../agent/gatherers/index.ts';
import { MIDDLEWARE } from '../../agent/gatherers/middleware/index.ts';
import { operatorNeeds } from '../../agent/gatherers/middleware/operators.ts';
import { gatherersFor } from '../../agent/gatherers/roles.ts';
import { COLLECTOR_FILE_KEYS, loadCollectorConfig } from '../../collector/config.ts';
import { CHART, type KubeObject, NO_HELM, objectsOf, rendered, tool } from '../support/helm.ts';

const ROOT = join(import.meta.dirname, '../..');
const COMBINATIONS = readdirSync(join(CHART, 'ci'));

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly securityContext: Record<string, unknown>;
  readonly resources: { readonly requests?: Record<string, string>; readonly limits?: Record<string, string> };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}
interface PodSpec {
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly securityContext: Record<string, unknown>;
  readonly containers: readonly Container[];
  readonly volumes: readonly { readonly name: string; readonly hostPath?: { readonly path: string; readonly type: string }; readonly configMap?: object }[];
}
function podOf(object: KubeObject): PodSpec | undefined {
  if (object.kind === 'Pod') return object.spec as unknown as PodSpec;
  const template = object.spec?.['template'] as { spec?: PodSpec } | undefined;
  return template?.spec;
}
const podsOf = (objects: readonly KubeObject[]): readonly (readonly [string, PodSpec])[] =>
  objects.flatMap((object) => {
    const pod = podOf(object);
    return pod ? [[`${object.kind}/${object.metadata.name}`, pod] as const] : [];
  });
const hostPathsOf = (pod: PodSpec): readonly string[] => pod.volumes.flatMap(({ hostPath }) => (hostPath ? [hostPath.path] : []));
const named = (objects: readonly KubeObject[], kind: string, name: string): KubeObject | undefined => objects.find((one) => one.kind === kind && one.metadata.name === name);

describe.skipIf(NO_HELM !== '')(`the chart${NO_HELM === '' ? '' : ` (skipped: ${NO_HELM})`}`, () => {
  it('passes the linter, which treats warnings as errors', async () => {
    const { code, out } = await tool('helm', [
      'lint',
      '--strict',
      CHART,
      '--kube-version',
      '1.34.0',
      ...COMBINATIONS.slice(0, 1).flatMap((file) => ['--values', join(CHART, 'ci', file)]),
    ]);
    expect(out).toContain('0 chart(s) failed');
    expect(code, out).toBe(0);
  });

  describe.each(COMBINATIONS)('with %s', (file) => {
    it.each(['1.20.0', '1.34.0'])('renders for Kubernetes %s, hardened, and says nothing twice', async (version) => {
      const objects = await rendered(file, [], ['--kube-version', version]);
      const ids = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
      expect(ids.length).toBeGreaterThan(8);
      expect(objects.filter(({ metadata }) => metadata.name.length > 63)).toEqual([]);
      for (const [id, pod] of podsOf(objects)) {
        expect([pod.hostNetwork, pod.hostPID, pod.hostIPC], id).toEqual([undefined, undefined, undefined]);
        expect(pod.securityContext, id).toMatchObject({
          seccompProfile: { type: 'RuntimeDefault' },
          ...(file.startsWith('full-access') && id.startsWith('DaemonSet') ? {} : { runAsNonRoot: true }),
        });
        expect(pod.automountServiceAccountToken, id).toBe(/Deployment\/.*-cluster$/.test(id));
        for (const container of pod.containers) {
          expect(container.securityContext, id).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
          expect(Object.keys(container.resources.requests ?? {}), id).toEqual(['cpu', 'memory']);
          expect(Object.keys(container.resources.limits ?? {}), id).toEqual(['cpu', 'memory']);
        }
      }
    });

    it('gives the programs settings that they take, and variables that they read', async () => {
      const objects = await rendered(file);
      const agent = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.endsWith('-agent'));
      parseSiteConfig(agent?.data?.['site.yaml'] ?? '');
      parseSuppressions(agent?.data?.['suppressions.yaml'] ?? '');
      const collector = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.endsWith('-collector'));
      const pod = podsOf(objects).find(([id]) => id.endsWith('-collector'))?.[1];
      const variables = Object.fromEntries((pod?.containers[0]?.env ?? []).flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
      if (collector) expect(loadCollectorConfig({ file: collector.data?.['collector.yaml'], environment: variables }).listen.port).toBe(8443);
      const sources = ['bin/agent-options.ts', 'bin/delivery-options.ts', 'bin/site-file-paths.ts', 'bin/collector-options.ts', 'collector/config.ts']
        .map((path) => readFileSync(join(ROOT, path), 'utf8'))
        .join('\n');
      const set = podsOf(objects).flatMap(([, { containers }]) => containers.flatMap(({ env = [] }) => env.map(({ name }) => name)));
      expect(set.filter((name) => !['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS'].includes(name) && !new RegExp(`\\b${name}\\b`).test(sources))).toEqual([]);
    });
  });

  it('refuses what it does not know, at every depth', async () => {
    const open: string[] = [];
    const walk = (schema: Record<string, unknown>, path: string): void => {
      const properties = schema['properties'] as Record<string, Record<string, unknown>> | undefined;
      if (properties && schema['additionalProperties'] !== false) open.push(path);
      for (const [key, inner] of Object.entries(properties ?? {})) walk(inner, `${path}.${key}`);
    };
    const schema = JSON.parse(readFileSync(join(CHART, 'values.schema.json'), 'utf8')) as Record<string, unknown>;
    walk(schema, '');
    expect(open).toEqual([]);
    for (const set of [
      'nodes.enabled=true',
      'node.hostAcces=full',
      'node.hostAccess=some',
      'collector.config.sesions.x=1',
      'agents.collectorUrl=http://plain',
      'agents.config.check.x=1',
      'cluster.replicas=0',
    ]) {
      const { code, err } = await tool('helm', ['template', 'site', CHART, '--set', set]);
      expect(code, set).not.toBe(0);
      expect(err).toMatch(/schema/);
    }
  });

  it('lets the site’s file and the collector’s hold all that the programs take, but what the chart says itself', () => {
    const { properties } = JSON.parse(readFileSync(join(CHART, 'values.schema.json'), 'utf8')) as Schema;
    const config = (of: string): string[] => Object.keys(properties?.[of]?.properties?.['config']?.properties ?? {}).sort();
    expect(config('agents')).toEqual([...SITE_CONFIG_KEYS].sort());
    const byTheChart = ['listen', 'dataDir', 'database', 'publicUrl', 'tls', 'metrics', 'keyFile', 'enrolment', 'site'];
    expect(config('collector')).toEqual(COLLECTOR_FILE_KEYS.filter((key) => !byTheChart.includes(key)).sort());
  });

  it('says what is missing, in both languages, where values do not go together', async () => {
    for (const [set, words] of [
      ['node.state.hostPath=/var/lib/xunjian', 'needs node.runAsUser=0'],
      ['collector.autoscaling.enabled=true', 'needs collector.database=postgresql'],
      ['collector.database=postgresql', 'needs collector.postgresql.urlSecret'],
      ['collector.ingress.enabled=true', 'needs collector.ingress.host'],
      ['tls.source=cert-manager', 'needs tls.issuer.name'],
      ['agents.collectorUrl=https://x.example.com', 'needs enrolment.existingSecret'],
    ] as const) {
      const { code, err } = await tool('helm', ['template', 'site', CHART, '--set', set]);
      expect([code, err], set).toEqual([1, expect.stringContaining(words)]);
      expect(err, set).toContain('需要');
    }
  });

  it('documents every value, and the schema knows all of them and no other', () => {
    const keysOf = (value: unknown, path: string): string[] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).flatMap(([key, inner]) => [`${path}.${key}`, ...keysOf(inner, `${path}.${key}`)])
        : [];
    const inSchema = (schema: { properties?: Record<string, object> }, path: string): string[] =>
      Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => [`${path}.${key}`, ...inSchema(inner, `${path}.${key}`)]);
    const values = new Set(keysOf(parse(readFileSync(join(CHART, 'values.yaml'), 'utf8')), ''));
    const known = inSchema(JSON.parse(readFileSync(join(CHART, 'values.schema.json'), 'utf8')) as object, '');
    const free = /\.(requests|limits|labels|annotations|affinity)\.|\.(config)\.|^\.global/;
    expect([...values].filter((key) => !known.includes(key) && !free.test(key))).toEqual([]);
    expect(known.filter((key) => !values.has(key) && !free.test(key))).toEqual([]);
  });

  describe('middleware', () => {
    const egressOf = async (file: string | undefined): Promise<readonly object[]> =>
      ((named(await rendered(file), 'NetworkPolicy', 'site-xunjian-cluster')?.spec?.['egress'] ?? []) as { ports: readonly { port: number }[]; to?: readonly object[] }[]).filter(
        ({ ports }) => !ports.every(({ port }) => [53, 443, 6443, 8443].includes(port)),
      );

    it('is reached by the cluster role alone: the ports of the products, or declared addresses', async () => {
      const ports = [...new Set(MIDDLEWARE.flatMap(({ signature }) => signature.ports))].sort((a, b) => a - b);
      expect(await egressOf(undefined)).toEqual([{ ports: ports.map((port) => ({ port, protocol: 'TCP' })) }]);
      expect(await egressOf('middleware-values.yaml')).toEqual([
        { ports: [{ port: 6379, protocol: 'TCP' }], to: [{ ipBlock: { cidr: '10.0.0.5/32' } }] },
        { ports: [{ port: 6380, protocol: 'TCP' }], to: [{ ipBlock: { cidr: 'fd00::5/128' } }] },
        { ports: [{ port: 6381, protocol: 'TCP' }] },
      ]);
      const node = named(await rendered('middleware-values.yaml'), 'NetworkPolicy', 'site-xunjian-node')?.spec?.['egress'];
      expect(JSON.stringify(node)).not.toMatch(/6379|6381/);
    });

    it('has its Secrets mounted where the configuration names them, in the cluster role alone', async () => {
      const pods = podsOf(await rendered('middleware-values.yaml'));
      for (const [id, { containers, volumes }] of pods) {
        const paths = containers.flatMap(({ volumeMounts = [] }) => volumeMounts.filter(({ mountPath }) => mountPath.startsWith('/etc/xunjian/secrets/')));
        expect(
          paths.map(({ mountPath, readOnly }) => [mountPath, readOnly]),
          id,
        ).toEqual(
          id.endsWith('-cluster')
            ? [
                ['/etc/xunjian/secrets/middleware-readers', true],
                ['/etc/xunjian/secrets/redis.ca', true],
              ]
            : [],
        );
        expect(paths.every(({ name }) => volumes.some((volume) => volume.name === name))).toBe(true);
      }
    });
  });

  describe('what the agents may do', () => {
    it('is what the cluster gatherers and the discovery of middleware declare, no more, no less, and one Lease', async () => {
      const objects = await rendered(undefined);
      const granted = named(objects, 'ClusterRole', 'inspection-site-xunjian-cluster')?.rules ?? [];
      const words = (rules: readonly Record<string, readonly string[]>[]): string[] =>
        rules
          .flatMap(({ apiGroups = [], resources = [], nonResourceURLs = [], verbs = [] }) => [
            ...apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`))),
            ...nonResourceURLs.flatMap((url) => verbs.map((verb) => `${verb} ${url}`)),
          ])
          .sort();
      const needed = [...GATHERERS.flatMap(({ needs }) => needs), ...operatorNeeds(MIDDLEWARE)].flatMap((need) => {
        if ('api' in need) return need.verbs.map((verb) => `${verb} ${need.group}/${need.api}`);
        return 'url' in need ? [`get ${need.url}`] : [];
      });
      expect(words(granted)).toEqual([...new Set(needed)].sort());
      expect(words(granted).filter((word) => /secrets|configmaps|\*|pods\/|exec|create|update|patch|delete/.test(word))).toEqual([]);
      expect(words(named(objects, 'Role', 'site-xunjian-cluster')?.rules ?? [])).toEqual(['get coordination.k8s.io/leases', 'update coordination.k8s.io/leases']);
      expect(clusterRules(GATHERERS, []).urls).toContain('/readyz');
    });

    it('is nothing at all for the node role and the collector: no binding names them', async () => {
      for (const file of COMBINATIONS) {
        const subjects = (await rendered(file)).flatMap((object) => (object.kind.endsWith('RoleBinding') ? (object['subjects'] as { name: string }[]) : []));
        expect(subjects.map(({ name }) => name).filter((name) => !name.endsWith('-cluster'))).toEqual([]);
      }
    });
  });

  describe('what of the host is mounted', () => {
    const needs = gatherersFor('node', GATHERERS).flatMap((gatherer) => gatherer.needs.flatMap((need) => ('mount' in need ? [need] : [])));
    const covers = (mounts: readonly string[], path: string): boolean => mounts.some((mount) => path === mount || path.startsWith(`${mount}/`));
    const mountsAt = async (sets: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> => {
      const objects = await rendered(undefined, sets);
      return new Map(podsOf(objects).flatMap(([id, pod]) => (id.startsWith('DaemonSet/') ? [[id, hostPathsOf(pod)] as const] : [])));
    };

    it('at `full` is what the node gatherers declare: everything they must have, nothing that none of them has a use for', async () => {
      const mounts = [...(await mountsAt(['node.hostAccess=full'])).values()];
      expect(mounts).toHaveLength(1);
      const paths = mounts[0] ?? [];
      // On systems with one /usr, which all supported ones are, /lib is a link into it.
      const placed = needs.map(({ mount, optional }) => ({ mount: mount.replace(/^\/lib\//, '/usr/lib/'), optional }));
      expect(placed.filter(({ mount, optional }) => !optional && !covers(paths, mount))).toEqual([]);
      const useless = paths.filter((path) => !placed.some(({ mount }) => mount === path || mount.startsWith(`${path}/`)));
      expect(useless).toEqual([]);
    });

    it('at `reduced`, the default, is the list of SECURITY.md; certificates on control-plane nodes only, where the folder exists', async () => {
      const paths = ['/proc', '/sys', '/etc/os-release', '/var/log'];
      expect(await mountsAt([])).toEqual(
        new Map([
          ['DaemonSet/site-xunjian-control-plane-node', [...paths, '/etc/kubernetes/pki']],
          ['DaemonSet/site-xunjian-node', paths],
        ]),
      );
      expect(await mountsAt(['node.controlPlane.certificates='])).toEqual(new Map([['DaemonSet/site-xunjian-node', paths]]));
      expect(readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')).toContain('`/proc`, `/sys`, `/etc/os-release`, `/var/log`');
    });

    it('at `none` is nothing, and the agent is told what it has', async () => {
      expect(await mountsAt(['node.hostAccess=none'])).toEqual(new Map([['DaemonSet/site-xunjian-node', []]]));
      for (const level of ['none', 'reduced', 'full']) {
        for (const [id, pod] of podsOf(await rendered(undefined, [`node.hostAccess=${level}`])).filter(([one]) => one.startsWith('DaemonSet/'))) {
          const [container] = pod.containers;
          expect(container?.env?.find(({ name }) => name === 'XUNJIAN_HOST_PATHS')?.value ?? '', id).toBe(hostPathsOf(pod).join(','));
          const mounted = container?.volumeMounts?.filter(({ mountPath }) => mountPath.startsWith('/host/')) ?? [];
          expect(mounted.map(({ mountPath }) => mountPath)).toEqual(hostPathsOf(pod).map((path) => `/host${path}`));
          expect(mounted.every(({ readOnly }) => readOnly === true)).toBe(true);
          expect(pod.volumes.flatMap(({ hostPath }) => (hostPath ? [hostPath.type] : [])).filter((type) => type !== 'Directory' && type !== 'File')).toEqual([]); // nothing is made on the host
        }
      }
    });
  });

  it('gives both agents the rule pack that the site approved, where they look for it, and the collector none', async () => {
    const pods = podsOf(await rendered('agents-only-values.yaml', ['collector.enabled=true']));
    for (const [id, { containers, volumes }] of pods) {
      const mounts = containers.flatMap(({ volumeMounts = [], env = [] }) =>
        volumeMounts.filter(({ mountPath }) => mountPath === env.find(({ name }) => name === 'XUNJIAN_PACKS_DIR')?.value),
      );
      const given = mounts.map(({ name, readOnly }) => [readOnly, volumes.find((volume) => volume.name === name)?.configMap]);
      const isAgent = /-(?:cluster|node[^/]*)$/.test(id);
      expect(given, id).toEqual(isAgent ? [[true, { name: 'approved-rules', items: [{ key: 'applied.json', path: 'applied.json' }] }]] : []);
    }
    expect(pods.length).toBeGreaterThanOrEqual(3);
  });

  it('puts no node into the hands of both DaemonSets, whatever nodes the site chooses', async () => {
    interface Term {
      readonly matchExpressions: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
      readonly matchFields?: readonly object[];
    }
    const termsOf = async (file: string | undefined, name: string): Promise<readonly Term[]> => {
      const spec = podsOf(await rendered(file)).find(([id]) => id === `DaemonSet/site-xunjian-${name}`)?.[1] as unknown as {
        affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: readonly Term[] } } };
      };
      return spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
    };
    const matches = (terms: readonly Term[], labels: Readonly<Record<string, string>>): boolean =>
      terms.some(({ matchExpressions }) =>
        matchExpressions.every(({ key, operator, values }) => {
          if (operator === 'In') return values?.includes(labels[key] ?? '') === true;
          return operator === 'Exists' ? key in labels : !(key in labels);
        }),
      );
    for (const [file, others] of [
      ['default-values.yaml', true],
      ['federated-values.yaml', false],
    ] as const) {
      const [workers, control] = [await termsOf(file, 'node'), await termsOf(file, 'control-plane-node')];
      for (const role of [undefined, 'node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'])
        for (const pool of ['general', 'data', 'other']) {
          const labels = { pool, ...(role !== undefined && { [role]: '' }) };
          const wanted = others || pool !== 'other';
          expect([matches(workers, labels), matches(control, labels)], `${file} ${JSON.stringify(labels)}`).toEqual([wanted && role === undefined, wanted && role !== undefined]);
        }
      expect([workers, control].flat().filter(({ matchFields }) => matchFields !== undefined)).toHaveLength(others ? 0 : 3);
    }
  });

  describe('towards another collector', () => {
    const portsOf = async (policy: string, file: string | undefined, sets: readonly string[] = []): Promise<readonly number[]> =>
      ((named(await rendered(file, sets), 'NetworkPolicy', `site-xunjian-${policy}`)?.spec?.['egress'] ?? []) as { ports: readonly { port: number }[]; to?: object }[]).flatMap(
        ({ ports }) => ports.map(({ port }) => port),
      );

    it.each([
      ['https://collector.example.com:8443', [53, 53, 443, 8443]],
      ['https://[fd00::1]:9443/xunjian', [53, 53, 443, 9443]],
      ['https://[fd00::1]', [53, 53, 443]],
      ['https://collector.example.com/a:7', [53, 53, 443]],
    ])('the way to %s is open', async (url, ports) => {
      expect(await portsOf('node', undefined, ['collector.enabled=false', `agents.collectorUrl=${url}`, 'enrolment.existingSecret=token'])).toEqual(ports);
    });

    it('a site’s collector has the way, the agents’ key, and the same word of the site about what may leave', async () => {
      expect(await portsOf('collector', 'federated-values.yaml')).toContain(8443);
      expect(await portsOf('collector', 'default-values.yaml')).not.toContain(8443);
      const objects = await rendered('federated-values.yaml');
      const { federation, siteKeyFile } = parse(named(objects, 'ConfigMap', 'site-xunjian-collector')?.data?.['collector.yaml'] ?? '') as {
        federation: { consentFolder: string };
        siteKeyFile: string;
      };
      const [, pod] = podsOf(objects).find(([id]) => id.endsWith('/site-xunjian-collector')) ?? [];
      const mountOf = (path: string): object | undefined =>
        pod?.volumes.find(({ name }) => name === pod.containers[0]?.volumeMounts?.find(({ mountPath, readOnly }) => readOnly && path.startsWith(mountPath))?.name);
      expect(mountOf(federation.consentFolder)).toMatchObject({ configMap: { name: 'site-xunjian-consent' } });
      expect(mountOf(siteKeyFile)).toMatchObject({ secret: { secretName: 'site-key' } });
    });

    it('a program that only renders is given every Secret, and the chart makes none', async () => {
      expect((await rendered('federated-values.yaml')).filter(({ kind }) => kind === 'Secret')).toEqual([]);
    });
  });

  it('names volumes as the kubelet takes them, whatever their Secrets are called', async () => {
    for (const file of COMBINATIONS)
      for (const [id, { volumes }] of podsOf(await rendered(file)))
        expect(
          volumes.map(({ name }) => name).filter((name) => !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)),
          id,
        ).toEqual([]);
  });

  it('lists the images for an air-gapped registry, and takes them from a private one', async () => {
    const imagesOf = async (sets: readonly string[]): Promise<string[]> =>
      [...new Set(podsOf(await rendered(undefined, sets)).flatMap(([, { containers }]) => containers.map(({ image }) => image)))].sort();
    expect(await imagesOf([])).toEqual(readFileSync(join(CHART, 'files/images.txt'), 'utf8').trim().split('\n').sort());
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(await imagesOf(['image.registry=registry.example.com:5000/mirror/', `image.agent.digest=${digest}`, 'image.collector.tag=1.2.3'])).toEqual([
      `registry.example.com:5000/mirror/library/xunjian-agent@${digest}`,
      'registry.example.com:5000/mirror/library/xunjian-collector:1.2.3',
    ]);
  });

  it('keeps a quarter of a memory limit free of the heap, in every unit', async () => {
    for (const [limit, heap] of [
      ['256Mi', 192],
      ['1Gi', 768],
      ['512M', 365],
      ['2G', 1429],
    ] as const) {
      const pod = podsOf(await rendered(undefined, [`node.resources.limits.memory=${limit}`])).find(([id]) => id.endsWith('-node'))?.[1];
      expect(pod?.containers[0]?.env?.find(({ name }) => name === 'NODE_OPTIONS')?.value).toBe(`--max-old-space-size=${heap}`);
    }
  });

  it('tells in both languages how to see what leaves, and what uninstalling removes', async () => {
    const { out } = await tool('helm', ['install', 'site', CHART, '--dry-run=client', '--namespace', 'inspection']);
    const notes = out.slice(out.indexOf('NOTES:'));
    for (const words of ['【外发数据】', '【What leaves】', 'xunjian.js preview', '【停止外发】', 'ledger verify', '卸载', 'Uninstall', 'pod-security.kubernetes.io'])
      expect(notes).toContain(words);
  });

  it('holds a dashboard and rules that name metrics which exist', async () => {
    const sources = ['agent/runtime/metrics.ts', 'agent/delivery/metrics.ts', 'collector/http/metrics.ts', 'collector/ingest/metrics.ts']
      .map((path) => readFileSync(join(ROOT, path), 'utf8'))
      .join('\n');
    const objects = await rendered('postgresql-values.yaml');
    const texts = [JSON.stringify(named(objects, 'PrometheusRule', 'site-xunjian')), named(objects, 'ConfigMap', 'site-xunjian-dashboard')?.data?.['xunjian.json'] ?? ''].join(
      '\n',
    );
    const metrics = new Set([...texts.matchAll(/\b(?:xunjian|process)_[a-z_]+\b/g)].map(([metric]) => metric.replace(/_bucket$/, '')));
    expect(metrics.size).toBeGreaterThan(8);
    expect([...metrics].filter((metric) => !sources.includes(`'${metric}'`))).toEqual([]);
    expect(objectsOf('a: 1')).toHaveLength(1);
  });
});
