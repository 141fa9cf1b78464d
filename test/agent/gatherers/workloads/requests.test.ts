import { describe, expect, it } from 'vitest';
import { amountsOf } from '../../../../agent/gatherers/cluster/workloads/requests.ts';

const asks = (cpu: string, more: object = {}): object => ({ resources: { requests: { cpu } }, ...more });

describe('what a pod asks of its node', () => {
  it.each([
    ['the sum of its containers', { containers: [asks('100m'), asks('200m')] }, 0.3],
    ['an init container that asks for more', { containers: [asks('100m')], initContainers: [asks('1'), asks('500m')] }, 1],
    ['sidecars beside the containers', { containers: [asks('100m')], initContainers: [asks('300m', { restartPolicy: 'Always' })] }, 0.4],
    ['an init container with the sidecars before it', { containers: [asks('100m')], initContainers: [asks('300m', { restartPolicy: 'Always' }), asks('1')] }, 1.3],
    ['the overhead of its runtime', { containers: [asks('100m')], overhead: { cpu: '250m' } }, 0.35],
    ['a request of the whole pod', { containers: [asks('100m')], resources: { requests: { cpu: '2' } } }, 2],
    ['nothing', { containers: [{}] }, 0],
    ['nothing that can be read', { containers: [asks('lots'), asks('-1'), null, 7] }, 0],
  ])('is %s', (_what, spec, cores) => {
    expect(amountsOf(spec).cpuRequest).toBeCloseTo(cores, 9);
  });
  it('has no limit from overhead alone', () => {
    expect(amountsOf({ containers: [asks('1')], overhead: { memory: '120Mi' } })).toMatchObject({ memoryRequest: 125_829_120, memoryLimit: 0 });
  });
});
