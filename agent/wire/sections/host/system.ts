/** Sections about the machine, its operating system, processors, memory and processes. */
import { cpuVulnerabilities, kernelCommandLine, modules } from './system-kernel.ts';
import { hardware, machine } from './system-machine.ts';
import { os } from './system-os.ts';
import { packages } from './system-packages.ts';
import { sysctls } from './system-sysctls.ts';
import { cpu, load, memory, pressure, processes } from './system-use.ts';

export const HOST_SYSTEM_SECTIONS = { machine, hardware, os, packages, kernelCommandLine, cpuVulnerabilities, modules, sysctls, cpu, load, pressure, memory, processes } as const;
