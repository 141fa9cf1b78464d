import { describe, expect, it } from 'vitest';
import { type Found, mergeInstances } from '../../../../agent/gatherers/middleware/instance.ts';
import { type Declared, LIMITS, MIDDLEWARE_DEFAULTS, type MiddlewareConfig } from '../../../../agent/middleware/declaration.ts';

function found(change: Partial<Found> = {}): Found {
  return {
    id: 'prod/StatefulSet/cache',
    product: 'redis',
    place: 'cluster',
    evidence: ['image'],
    namespace: 'prod',
    workload: 'cache',
    version: '7.2.4',
    desired: 1,
    members: [{ name: 'cache-0', node: 'node-1', ready: true, address: { host: '10.1.0.5', port: 6379 } }],
    ...change,
  };
}
function declared(change: Partial<Declared>): Declared {
  return { product: 'redis', name: 'orders', addresses: [], limits: LIMITS, blackout: [], options: {}, ...change };
}
function config(instances: readonly Declared[], ignore: MiddlewareConfig['ignore'] = []): MiddlewareConfig {
  return { ...MIDDLEWARE_DEFAULTS, instances, ignore };
}
const ids = ({ instances }: ReturnType<typeof mergeInstances>): string[] => instances.map(({ id }) => id);

describe('declared and found instances', () => {
  it('are listed once: what was found at a declared address is the declared one, and tells where it is', () => {
    const one = declared({ addresses: [{ host: '10.1.0.5', port: 6379 }], mode: 'standalone' });
    expect(mergeInstances([found()], config([one])).instances).toEqual([
      expect.objectContaining({
        id: 'orders',
        place: 'cluster',
        namespace: 'prod',
        desired: 1,
        mode: 'standalone',
        evidence: ['declared', 'image'],
        members: [{ name: '10.1.0.5:6379', node: 'node-1', ready: true, address: { host: '10.1.0.5', port: 6379 } }],
      }),
    ]);
  });

  it('keep a declaration that nothing was found for', () => {
    const one = declared({ addresses: [{ host: 'h', port: 1 }] });
    expect(mergeInstances([], config([one])).instances).toEqual([expect.objectContaining({ id: 'orders', place: 'elsewhere', evidence: ['declared'] })]);
  });

  it('take credentials and name from a match, without being corrected', () => {
    const access = { credentials: { passwordFile: '/secret' } };
    const { instances } = mergeInstances([found()], config([declared({ match: { namespace: 'prod', workload: 'ca*' }, ...access })]));
    expect(instances).toEqual([expect.objectContaining({ id: 'orders', overridden: false, access: expect.objectContaining(access), members: found().members })]);
  });

  it('keep their own names where one match is for several', () => {
    const two = [found(), found({ id: 'prod/StatefulSet/other', workload: 'other', members: [] })];
    expect(ids(mergeInstances(two, config([declared({ match: { namespace: 'prod' } })])))).toEqual(['prod/StatefulSet/cache', 'prod/StatefulSet/other']);
    const ignoring = config([declared({ match: { namespace: 'prod' } })], [{ workload: 'other' }]);
    expect(mergeInstances(two, ignoring)).toMatchObject({ ignored: 1, instances: [{ id: 'orders' }] });
  });

  it('are matched by any workload that they are made of', () => {
    const whole = found({ id: 'prod/Application/shop', workload: 'shop', workloads: ['shop-primary', 'shop-secondary'] });
    expect(ids(mergeInstances([whole], config([declared({ match: { workload: 'shop-secondary' } })])))).toEqual(['orders']);
  });

  it('are corrected in product and address, and say so', () => {
    const one = declared({ product: 'mysql', match: { instance: 'prod/StatefulSet/cache' }, addresses: [{ host: 'db', port: 3306 }] });
    expect(mergeInstances([found()], config([one])).instances[0]).toMatchObject({
      product: 'mysql',
      overridden: true,
      members: [{ name: 'db:3306' }],
      evidence: ['declared', 'image'],
    });
  });

  it('are ignored by product, namespace or identity, and counted', () => {
    for (const rule of [{ product: 'redis' }, { namespace: 'pr*' }, { instance: 'prod/StatefulSet/cache' }] as const) {
      expect(mergeInstances([found()], config([], [rule]))).toEqual({ instances: [], ignored: 1 });
    }
    expect(ids(mergeInstances([found()], config([], [{ product: 'mysql', namespace: 'prod' }])))).toEqual(['prod/StatefulSet/cache']);
  });
});
