import type { Gatherer } from '../../gatherer.ts';
import { cpu } from './cpu.ts';
import { cpuVulnerabilities } from './cpu-vulnerabilities.ts';
import { hardware } from './hardware.ts';
import { kernelCommandLine } from './kernel-command-line.ts';
import { load } from './load.ts';
import { machine } from './machine.ts';
import { memory } from './memory.ts';
import { modules } from './modules.ts';
import { os } from './os.ts';
import { packages } from './packages.ts';
import { pressure } from './pressure.ts';
import { processes } from './processes.ts';
import { sysctls } from './sysctls.ts';

export const HOST_SYSTEM_GATHERERS: readonly Gatherer[] = [
  machine,
  hardware,
  os,
  packages,
  kernelCommandLine,
  cpuVulnerabilities,
  modules,
  sysctls,
  cpu,
  load,
  pressure,
  memory,
  processes,
];
