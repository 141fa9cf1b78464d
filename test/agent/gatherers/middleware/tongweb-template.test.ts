/** TongWeb in containers: what the specification of its pods tells of licence and Java, without reading a ConfigMap or a Secret. */
import { describe, expect, it } from 'vitest';
import { MIDDLEWARE_CHECKS } from '../../../../agent/checks/middleware/index.ts';
import { runChecks } from '../../../../agent/checks/run.ts';
import { ClusterSightings } from '../../../../agent/gatherers/middleware/cluster-sightings.ts';
import { MIDDLEWARE } from '../../../../agent/gatherers/middleware/index.ts';
import { gatherMiddleware } from '../../../../agent/gatherers/middleware/run.ts';
import { tongwebMarks } from '../../../../agent/gatherers/middleware/tongweb/from-template.ts';
import { DEPLOYMENTS, PODS } from '../../../../agent/kube/resources.ts';
import { MIDDLEWARE_DEFAULTS } from '../../../../agent/middleware/declaration.ts';

const GIB = 1024 ** 3;
const template = (container: object, more: object = {}): object => ({ metadata: {}, spec: { containers: [{ name: 'main', ...container }], ...more } });
const path = (text: string): string => `java -Dserver.tongweb.license.path=${text} -jar canary.jar`;
const mount = (mountPath: string, more: object = {}): object => ({ volumeMounts: [{ name: 'v', mountPath, ...more }] });
const volume = (source: object): object => ({ volumes: [{ name: 'v', ...source }] });

describe('the licence of a TongWeb in a container', () => {
  it.each([
    ['a ConfigMap mounted as the file', mount('/opt/TongWeb/license.dat', { subPath: 'license.dat' }), volume({ configMap: { name: 'canary' } }), 'config-map'],
    ['a ConfigMap that lists it', mount('/opt/TongWeb/conf'), volume({ configMap: { name: 'c', items: [{ key: 'l', path: 'license.dat' }] } }), 'config-map'],
    ['a ConfigMap named after it', mount('/licence'), volume({ configMap: { name: 'tongweb-license' } }), 'config-map'],
    ['a ConfigMap of a projected volume', mount('/x/license.dat', { subPath: 'license.dat' }), volume({ projected: { sources: [{ configMap: { name: 'c' } }] } }), 'config-map'],
    ['a Secret', mount('/opt/TongWeb/license.dat', { subPath: 'license.dat' }), volume({ secret: { secretName: 'canary' } }), 'secret'],
    ['a claim', mount('/opt/TongWeb/license.dat', { subPath: 'license.dat' }), volume({ persistentVolumeClaim: { claimName: 'c' } }), 'volume'],
    ['nothing that is mounted', mount('/opt/TongWeb/conf/tongweb.xml', { subPath: 'tongweb.xml' }), volume({ configMap: { name: 'c', items: [{ key: 'tongweb.xml' }] } }), 'other'],
    ['a shape that nobody expects', { volumeMounts: 'canary' }, { volumes: [null, 7] }, 'other'],
  ])('comes from %s', (_what, container, more, from) => {
    expect(tongwebMarks(template(container, more), '')).toMatchObject({ licenseFrom: from });
  });

  it.each([
    ['a listed file', path('/etc/tw/license.dat'), mount('/etc/tw'), volume({ secret: { items: [{ key: 'a', path: 'license.dat' }] } }), 'mounted'],
    ['a file that the volume does not list', path('/etc/tw/license.dat'), mount('/etc/tw'), volume({ secret: { items: [{ key: 'a', path: 'other.dat' }] } }), 'path-unresolved'],
    ['the file itself', path('file:/etc/tw/l.dat'), mount('/etc/tw/l.dat', { subPath: 'l.dat' }), volume({ secret: { secretName: 's' } }), 'mounted'],
    ['a volume that begins empty', path('file:///data/l.dat'), mount('/data'), volume({ emptyDir: {} }), 'path-unresolved'],
    ['one that an init container fills', path('/data/l.dat'), mount('/data'), { ...volume({ emptyDir: {} }), initContainers: [mount('/w')] }, 'mounted'],
    ['the package', path('classpath:license.dat'), {}, {}, 'in-package'],
    ['the image', path('/app/license.dat'), {}, {}, 'in-package'],
    ['a variable that nobody sets', path('$' + '{TW_LICENSE}'), {}, {}, 'path-unresolved'],
    ['a variable with a value', path('$' + '{TW_LICENSE}'), { env: [{ name: 'TW_LICENSE', value: '/etc/tw/l' }], ...mount('/etc/tw') }, volume({ secret: {} }), 'mounted'],
    ['a variable from elsewhere', path('$' + '{TW_LICENSE}'), { env: [{ name: 'TW_LICENSE', valueFrom: {} }] }, {}, undefined],
    ['a variable that may come from a whole object', path('$' + '{TW_LICENSE}'), { envFrom: [{}] }, {}, undefined],
    ['a path below the working folder', path('./l.dat'), { workingDir: '/srv', ...mount('/srv') }, volume({ emptyDir: {} }), 'path-unresolved'],
    ['a licence server', `${path('/x')} -Dserver.tongweb.license.type=remote`, {}, {}, undefined],
  ])('of an embedded one leads to %s', (_what, started, container, more, leads) => {
    expect(tongwebMarks(template(container, more), started)).toMatchObject({ embedded: true, licensePath: leads });
  });

  it('is judged with what the pods are started with, and nothing of their text is kept', async () => {
    const sightings = new ClusterSightings(MIDDLEWARE);
    const embedded = template(
      {
        image: 'registry.example.com/team/portal:3',
        args: ['--server.tongweb.license.path=/canary/license.dat'],
        env: [{ name: 'JAVA_OPTS', value: '-Xms1g -Xmx2g -Dpassword=canary' }],
        resources: { limits: { memory: '2Gi' } },
        ...mount('/canary'),
      },
      volume({ configMap: { name: 'canary-license', items: [{ key: 'canary', path: 'other.dat' }] } }),
    );
    const enterprise = template(
      { image: 'registry.example.com/tongweb:7.0.4.9', ...mount('/opt/TongWeb/license.dat', { subPath: 'license.dat' }) },
      volume({ configMap: { name: 'c' } }),
    );
    for (const [name, one] of Object.entries({ portal: embedded, core: enterprise })) {
      sightings.see(DEPLOYMENTS, { metadata: { name, namespace: 'shop' }, spec: { replicas: 1, template: one } });
    }
    sightings.see(PODS, { metadata: { name: 'other', namespace: 'shop' }, spec: { containers: [{ name: 'c', image: 'x', command: ['sleep'] }] } });
    const { sections, reports } = await gatherMiddleware({
      products: MIDDLEWARE,
      config: MIDDLEWARE_DEFAULTS,
      sightings,
      hostName: 'x',
      baselines: {},
      optOut: new Set(),
      signal: AbortSignal.timeout(20_000),
      now: 1_800_000_000,
      clock: () => performance.now(),
    });
    expect(sections.middleware?.rows.map(({ instance, evidence, mode }) => [instance, evidence, mode])).toEqual([
      ['shop/Deployment/core', ['image'], 'standalone'],
      ['shop/Deployment/portal', ['process'], 'embedded'],
    ]);
    expect(sections.middlewareTongweb?.rows[1]).toMatchObject({
      line: 'embedded',
      licensePath: 'path-unresolved',
      heapStartBytes: GIB,
      heapMostBytes: 2 * GIB,
      memoryLimitBytes: 2 * GIB,
    });
    const { findings } = runChecks(MIDDLEWARE_CHECKS, sections, reports, new Set(['middleware']), { now: 1_800_000_000, host: 'x' });
    const found = findings.map(({ check, scope }) => `${check} ${scope.name}`);
    expect(found).toContain('tongweb-license-in-configmap shop/Deployment/core');
    expect(found).toContain('tongweb-embedded-license-path shop/Deployment/portal');
    expect(found).toContain('tongweb-heap-exceeds-memory shop/Deployment/portal');
    expect(JSON.stringify(sections)).not.toContain('canary');
  });
});
