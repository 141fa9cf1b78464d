import { describe, expect, it } from 'vitest';
import { controllerOf, pathsOf, rewritesWithoutCapture } from '../../../../agent/gatherers/cluster/objects/ingresses.ts';
import { INGRESS_CLASSES, INGRESSES, SERVICES } from '../../../../agent/kube/resources.ts';
import { gather, gathered, HOSTILE, meta, type Objects } from './gathered.ts';

const CART = { ...meta('cart', 'shop'), spec: { ports: [{ name: 'http', port: 80 }] } };
const NGINX = { ...meta('nginx', '', { annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } }), spec: { controller: 'k8s.io/ingress-nginx' } };

function backend(name: string, port: object): object {
  return { service: { name, port } };
}
function ingress(name: string, backends: readonly object[], more: { spec?: object; annotations?: object; status?: object } = {}): object {
  const paths = backends.map((one, i) => ({ path: `/p${i}`, pathType: 'Prefix', backend: one }));
  return {
    ...meta(name, 'shop', { annotations: more.annotations ?? {} }),
    spec: { ingressClassName: 'nginx', tls: [{ hosts: ['shop.example.com'], secretName: 'tls' }], rules: [{ host: 'shop.example.com', http: { paths } }], ...more.spec },
    status: more.status ?? { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
  };
}
function cluster(ingresses: readonly object[], classes: readonly object[] = [NGINX]): Objects {
  return [
    [INGRESSES, ingresses],
    [INGRESS_CLASSES, classes],
    [SERVICES, [CART, { ...meta('ext', 'shop'), spec: { type: 'ExternalName' } }]],
  ];
}

describe('ingresses', () => {
  it('that are complete have no row', async () => {
    const good = ingress('front', [backend('cart', { number: 80 }), backend('cart', { name: 'http' }), backend('ext', { number: 9000 })]);
    expect(await gathered('ingresses', cluster([good]))).toEqual({ total: 1, classes: 1, defaultClasses: 1, controllers: ['ingress-nginx'], dropped: 0, namespaces: [], rows: [] });
  });
  it('name missing services, ports and classes', async () => {
    const { rows } = await gathered(
      'ingresses',
      cluster([
        ingress('front', [backend('gone', { number: 80 }), backend('cart', { number: 81 }), backend('x', { name: 'use-annotation' })], { spec: { ingressClassName: 'traefik' } }),
      ]),
    );
    expect(rows[0]).toMatchObject({ missingBackends: 1, missingPorts: 1, class: 'missing' });
  });
  it('may have their class by annotation or by default', async () => {
    const { rows, namespaces } = await gathered(
      'ingresses',
      cluster([
        ingress('a', [], { spec: { ingressClassName: undefined, tls: [] }, annotations: { 'kubernetes.io/ingress.class': 'gce' }, status: {} }),
        ingress('b', [], { spec: { ingressClassName: undefined, tls: [{ hosts: ['x'] }] }, status: {} }),
      ]),
    );
    expect(rows).toMatchObject([
      { class: 'annotated', addressed: false },
      { class: 'default', addressed: false },
    ]);
    expect(namespaces).toEqual([{ namespace: 'shop', withoutTls: 1, unnamedSecret: 1 }]);
    const without = await gathered('ingresses', cluster([ingress('c', [], { spec: { ingressClassName: undefined } })], []));
    expect(without.rows[0]).toMatchObject({ class: 'unset' });
  });
  it('are compared by host and path, canaries apart', async () => {
    const same = (name: string, annotations = {}): object => ingress(name, [backend('cart', { number: 80 })], { annotations });
    const { rows } = await gathered('ingresses', cluster([same('a'), same('canary', { 'nginx.ingress.kubernetes.io/canary': 'true' }), same('b')]));
    expect(rows.map(({ name, duplicates }) => [name, duplicates])).toEqual([['b', 1]]);
  });
  it('of v1beta1 are read too', async () => {
    const old = {
      ...meta('old', 'shop'),
      spec: { backend: { serviceName: 'cart', servicePort: 80 }, rules: [{ http: { paths: [{ path: '/', backend: { serviceName: 'gone', servicePort: 'http' } }] } }] },
    };
    const { rows } = await gathered('ingresses', cluster([old]), 1);
    expect(rows[0]).toMatchObject({ missingBackends: 1, missingPorts: 0, addressed: false });
  });
  it('that use snippets are marked', async () => {
    const { rows } = await gathered('ingresses', cluster([ingress('s', [], { annotations: { 'nginx.ingress.kubernetes.io/server-snippet': 'deny all;' } })]));
    expect(rows[0]).toMatchObject({ snippets: true });
  });
  it('survive objects out of shape', async () => {
    expect(
      (
        await gather('ingresses', [
          [INGRESSES, HOSTILE],
          [INGRESS_CLASSES, HOSTILE],
          [SERVICES, HOSTILE],
        ])
      ).report.status,
    ).toBe('ok');
  });
});

describe('a rewrite', () => {
  const at = (path: string, exact = false) => ({ host: 'h', path, exact, service: 's', port: '80' });
  it.each([
    ['/$2', [at('/app(/|$)(.*)')], false],
    ['/$1', [at('/app')], true],
    ['/', [at('/app')], true],
    ['/', [at('/')], false],
    ['/x', [at('/app', true)], false],
    [undefined, [at('/app')], false],
  ])('to %s', (target, paths, expected) => {
    expect(rewritesWithoutCapture(target, paths)).toBe(expected);
  });
});

it('stops at two thousand paths of one Ingress', () => {
  const paths = Array.from({ length: 5_000 }, () => ({ path: '/', backend: {} }));
  expect(pathsOf({ spec: { rules: [{ http: { paths } }] } })).toHaveLength(2_000);
});
it.each([
  ['k8s.io/ingress-nginx', 'ingress-nginx'],
  ['nginx.org/ingress-controller', 'nginx-inc'],
  ['projectcontour.io/ingress-controller', 'contour'],
  ['acme.example/own', 'other'],
  [undefined, 'other'],
])('knows the controller %s', (word, controller) => {
  expect(controllerOf(word)).toBe(controller);
});
