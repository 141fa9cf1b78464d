/** Facts that every API object, condition list and pod template carries. */
import { at, listAt, objectAt, textAt, timeAt } from '../../../kube/read.ts';
import { toVersion } from '../../../wire/version.ts';

/** Unix seconds; 0 when the object does not tell. */
export function createdAtOf(object: unknown): number {
  return timeAt(object, 'metadata', 'creationTimestamp') ?? 0;
}
/** One label, for comparing with closed words only: labels are never shipped. */
export function labelOf(object: unknown, key: string): string | undefined {
  return textAt(object, 'metadata', 'labels', key);
}
/** One annotation, for comparing only. */
export function annotationOf(object: unknown, key: string): string | undefined {
  return textAt(object, 'metadata', 'annotations', key);
}

export interface Condition {
  readonly status: 'True' | 'False' | 'Unknown';
  /** Unix seconds of the last transition. */
  readonly since: number | undefined;
}
/** The condition of a type in a list of conditions, or `undefined`. */
export function conditionIn(conditions: readonly unknown[], type: string): Condition | undefined {
  const found = conditions.find((condition) => textAt(condition, 'type') === type);
  if (found === undefined) return undefined;
  const status = textAt(found, 'status');
  return { status: status === 'True' || status === 'False' ? status : 'Unknown', since: timeAt(found, 'lastTransitionTime') };
}
/** The condition of a type in `status.conditions`. */
export function conditionOf(object: unknown, type: string): Condition | undefined {
  return conditionIn(listAt(object, 'status', 'conditions'), type);
}

/** Version in the tag of the first container's image; a digest or `latest` tells none. */
export function imageVersionOf(workload: unknown): string | undefined {
  const image = textAt(workload, 'spec', 'template', 'spec', 'containers', 0, 'image')?.slice(0, 1_024).replace(/@.*$/, '');
  const tag = image?.slice(image.lastIndexOf('/') + 1).split(':')[1];
  return toVersion(tag);
}

/** Whether all pairs of a selector are among the labels; an empty selector selects nothing here. */
export function selects(selector: Readonly<Record<string, unknown>>, labels: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(selector);
  return keys.length > 0 && keys.every((key) => Object.hasOwn(labels, key) && labels[key] === selector[key]);
}
/** Labels of a workload's pods. */
export function podLabelsOf(workload: unknown): Readonly<Record<string, unknown>> {
  return objectAt(workload, 'spec', 'template', 'metadata', 'labels');
}
/** Whether a value is set at a path. */
export function has(object: unknown, ...path: readonly (string | number)[]): boolean {
  const value = at(object, ...path);
  return value !== undefined && value !== null;
}
/** A member of a closed list, or its `other`. */
export function memberOf<const V extends string>(values: readonly V[], value: string | undefined, other: V): V {
  return values.find((member) => member === value) ?? other;
}
/** How long an object that is being deleted has been so, as Unix seconds of the request. */
export function deletingSinceOf(object: unknown): { readonly deletingSince?: number } {
  const deletingSince = timeAt(object, 'metadata', 'deletionTimestamp');
  return deletingSince === undefined ? {} : { deletingSince };
}
