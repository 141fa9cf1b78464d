import { describe, expect, it } from 'vitest';
import { GATEWAY_CLASSES, GATEWAYS, HTTP_ROUTES, METALLB_L2_ADVERTISEMENTS, METALLB_POOLS } from '../../../../agent/kube/resources.ts';
import { gather, gathered, HOSTILE, meta } from './gathered.ts';

const is = (type: string, status = 'True'): object => ({ type, status, lastTransitionTime: '2026-01-01T00:00:00Z' });

describe('gateways', () => {
  it('are absent where the API is not served', async () => {
    expect((await gather('gateways', [])).report).toMatchObject({ status: 'absent', reason: 'not-served' });
  });
  it('give a row to what is not accepted, not programmed or unresolved', async () => {
    const { classes, gateways, routes, rows } = await gathered('gateways', [
      [
        GATEWAY_CLASSES,
        [
          { ...meta('good'), status: { conditions: [is('Accepted')] } },
          { ...meta('waiting'), status: { conditions: [is('Accepted', 'Unknown')] } },
        ],
      ],
      [
        GATEWAYS,
        [
          { ...meta('good', 'edge'), status: { conditions: [is('Accepted'), is('Programmed')] } },
          { ...meta('half', 'edge'), status: { conditions: [is('Accepted'), is('Programmed', 'False')] } },
          { ...meta('cert', 'edge'), status: { conditions: [is('Accepted'), is('Programmed')], listeners: [{ conditions: [is('ResolvedRefs', 'False')] }] } },
          { ...meta('old', 'edge'), status: { conditions: [is('Scheduled'), is('Ready')] } },
        ],
      ],
      [
        HTTP_ROUTES,
        [
          { ...meta('lost', 'shop') },
          { ...meta('fine', 'shop'), status: { parents: [{ conditions: [is('Accepted'), is('ResolvedRefs')] }] } },
          { ...meta('refs', 'shop'), status: { parents: [{ conditions: [is('Accepted'), is('ResolvedRefs', 'False')] }] } },
        ],
      ],
    ]);
    expect({ classes, gateways, routes }).toEqual({ classes: 2, gateways: 4, routes: 3 });
    expect(rows.map(({ kind, name, problem }) => `${kind}/${name} ${problem}`)).toEqual([
      'GatewayClass/waiting not-accepted',
      'Gateway/half not-programmed',
      'Gateway/cert references-unresolved',
      'HTTPRoute/lost not-accepted',
      'HTTPRoute/refs references-unresolved',
    ]);
    expect(rows[0]?.namespace).toBeUndefined();
  });
  it('survive objects out of shape', async () => {
    expect(
      (
        await gather('gateways', [
          [GATEWAY_CLASSES, HOSTILE],
          [GATEWAYS, HOSTILE],
          [HTTP_ROUTES, HOSTILE],
        ])
      ).report.status,
    ).toBe('ok');
  });
});

describe('load balancer pools', () => {
  it('tell the fuller family, and nothing where MetalLB tells nothing', async () => {
    const { total, advertisements, rows } = await gathered('loadBalancerPools', [
      [METALLB_POOLS, [{ ...meta('dual', 'metallb-system'), status: { assignedIPv4: 9, availableIPv4: 1, assignedIPv6: 9, availableIPv6: 1_000 } }, meta('old', 'metallb-system')]],
      [METALLB_L2_ADVERTISEMENTS, [meta('l2', 'metallb-system')]],
    ]);
    expect({ total, advertisements }).toEqual({ total: 2, advertisements: 1 });
    expect(rows).toEqual([
      { namespace: 'metallb-system', name: 'dual', assigned: 9, available: 1 },
      { namespace: 'metallb-system', name: 'old' },
    ]);
  });
});
