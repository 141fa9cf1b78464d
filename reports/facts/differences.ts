/** Settings that the machines of one cluster do not have alike. */
import type { Text, Unit } from '../../agent/wire/vocabulary.ts';

export const COMPARED_AMONG = ['all', 'control-plane', 'worker'] as const;
export interface NodeDifference {
  /** Told where a report is about several clusters. */
  readonly cluster?: string | undefined;
  readonly among: (typeof COMPARED_AMONG)[number];
  /** As the wire calls it, or the kernel parameter: `kubelet.maxPods`, `net.ipv4.ip_forward`. */
  readonly setting: string;
  readonly title: Text;
  readonly unit: Unit;
  /** Each value with the machines that have it, the most common first. */
  readonly values: readonly SettingValue[];
}
export interface SettingValue {
  /** Several members of a closed list are joined by a comma. */
  readonly value: string | number | boolean;
  readonly machines: number;
  /** Some of them; of the most common value none. */
  readonly names: readonly string[];
}
export interface NodeDifferences {
  /** Machines whose agents told their settings. */
  readonly machines: number;
  /** Settings that two machines or more told. */
  readonly settings: number;
  readonly rows: readonly NodeDifference[];
  /** Differences that there are; rows may be fewer. */
  readonly total: number;
}
