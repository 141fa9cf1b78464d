import type { Check } from '../check.ts';
import { blockedTasksMany } from './blocked-tasks-many.ts';
import { commitLimitNear } from './commit-limit-near.ts';
import { cpuHigh } from './cpu-high.ts';
import { cpuIowaitHigh } from './cpu-iowait-high.ts';
import { cpuPressureHigh } from './cpu-pressure-high.ts';
import { cpuStealHigh } from './cpu-steal-high.ts';
import { cpuSystemHigh } from './cpu-system-high.ts';
import { dirtyPagesHigh } from './dirty-pages-high.ts';
import { entropyLow } from './entropy-low.ts';
import { fdUsageHigh } from './fd-usage-high.ts';
import { hugePagesIdle } from './huge-pages-idle.ts';
import { ioPressureHigh } from './io-pressure-high.ts';
import { loadHigh } from './load-high.ts';
import { memoryCorrupted } from './memory-corrupted.ts';
import { memoryHigh } from './memory-high.ts';
import { memoryMajorFaults } from './memory-major-faults.ts';
import { memoryNearEviction } from './memory-near-eviction.ts';
import { memoryPressureHigh } from './memory-pressure-high.ts';
import { oomKill } from './oom-kill.ts';
import { pageTablesLarge } from './page-tables-large.ts';
import { pidUsageHigh } from './pid-usage-high.ts';
import { rebootedRecently } from './rebooted-recently.ts';
import { slabUnreclaimableHigh } from './slab-unreclaimable-high.ts';
import { swapEnabled } from './swap-enabled.ts';
import { swapTrafficHigh } from './swap-traffic-high.ts';
import { swapUsageHigh } from './swap-usage-high.ts';
import { threadsUsageHigh } from './threads-usage-high.ts';
import { uninterruptibleMany } from './uninterruptible-many.ts';
import { uptimeLong } from './uptime-long.ts';
import { zombiesMany } from './zombies-many.ts';

export const HOST_CHECKS: readonly Check[] = [
  blockedTasksMany,
  commitLimitNear,
  cpuHigh,
  cpuIowaitHigh,
  cpuPressureHigh,
  cpuStealHigh,
  cpuSystemHigh,
  dirtyPagesHigh,
  entropyLow,
  fdUsageHigh,
  hugePagesIdle,
  ioPressureHigh,
  loadHigh,
  memoryCorrupted,
  memoryHigh,
  memoryMajorFaults,
  memoryNearEviction,
  memoryPressureHigh,
  oomKill,
  pageTablesLarge,
  pidUsageHigh,
  rebootedRecently,
  slabUnreclaimableHigh,
  swapEnabled,
  swapTrafficHigh,
  swapUsageHigh,
  threadsUsageHigh,
  uninterruptibleMany,
  uptimeLong,
  zombiesMany,
];
