import type { Gatherer } from '../../gatherer.ts';
import { bonds } from './bonds.ts';
import { conntrack } from './conntrack.ts';
import { interfaces } from './interfaces.ts';
import { neighbours } from './neighbours.ts';
import { resolver } from './resolver.ts';
import { softnet } from './softnet.ts';
import { tcp } from './tcp.ts';

export const HOST_NETWORK_GATHERERS: readonly Gatherer[] = [interfaces, bonds, tcp, conntrack, neighbours, softnet, resolver];
