import type { Check } from '../check.ts';
import { cpuLimitsHigh } from './cpu-limits-high.ts';
import { cpuOvercommitted } from './cpu-overcommitted.ts';
import { cpuRequestsHigh } from './cpu-requests-high.ts';
import { cpuUsageHigh } from './cpu-usage-high.ts';
import { failoverHeadroomMissing } from './failover-headroom-missing.ts';
import { limitRangeMissing } from './limit-range-missing.ts';
import { memoryLimitsHigh } from './memory-limits-high.ts';
import { memoryOvercommitted } from './memory-overcommitted.ts';
import { memoryRequestsHigh } from './memory-requests-high.ts';
import { memoryUsageHigh } from './memory-usage-high.ts';
import { metricsMissing } from './metrics-missing.ts';
import { nodeCpuUsageHigh } from './node-cpu-usage-high.ts';
import { nodeImbalance } from './node-imbalance.ts';
import { nodeMemoryUsageHigh } from './node-memory-usage-high.ts';
import { podsHigh } from './pods-high.ts';
import { quotaAlmostFull } from './quota-almost-full.ts';
import { quotaExceeded } from './quota-exceeded.ts';
import { quotaFull } from './quota-full.ts';
import { quotaMissing } from './quota-missing.ts';
import { quotaOvercommitted } from './quota-overcommitted.ts';
import { scaleLimitNear } from './scale-limit-near.ts';
import { systemReservedMissing } from './system-reserved-missing.ts';

export const CAPACITY_CHECKS: readonly Check[] = [
  cpuLimitsHigh,
  cpuOvercommitted,
  cpuRequestsHigh,
  cpuUsageHigh,
  failoverHeadroomMissing,
  limitRangeMissing,
  memoryLimitsHigh,
  memoryOvercommitted,
  memoryRequestsHigh,
  memoryUsageHigh,
  metricsMissing,
  nodeCpuUsageHigh,
  nodeImbalance,
  nodeMemoryUsageHigh,
  podsHigh,
  quotaAlmostFull,
  quotaExceeded,
  quotaFull,
  quotaMissing,
  quotaOvercommitted,
  scaleLimitNear,
  systemReservedMissing,
];
