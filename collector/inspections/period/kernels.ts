/** Kernels of all machines: as an agent on the machine tells them, else as the cluster's list of nodes does. Pure. */
import { compare, type Inspected } from './inspected.ts';

export interface MachineKernel {
  readonly node: string;
  readonly kernel?: string | undefined;
  /** Newest that is installed; only an agent on the machine knows. */
  readonly newestKernel?: string | undefined;
}

export function kernelsOf(inspected: readonly Inspected[]): readonly MachineKernel[] {
  const machines = new Map<string, MachineKernel>();
  for (const { inspection } of inspected) for (const { name, kernel } of inspection.sections.nodes?.rows ?? []) machines.set(name, { node: name, kernel });
  for (const { role, machine, inspection } of inspected) {
    const { os } = inspection.sections;
    if (role !== 'cluster' && os !== undefined) machines.set(machine, { node: machine, kernel: os.kernel, newestKernel: os.newestKernel });
  }
  return [...machines.values()].toSorted((one, other) => compare(one.node, other.node));
}
