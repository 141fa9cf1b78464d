/** Label selectors as the API server evaluates them. */
import { listAt, objectAt, textAt } from '../../../kube/read.ts';

/** A selector reduced to what matching needs. */
export interface Selector {
  readonly labels: readonly (readonly [string, string])[];
  readonly expressions: readonly { readonly key: string; readonly operator: string; readonly values: readonly unknown[] }[];
}

export function parseSelector(selector: unknown): Selector {
  const labels = Object.entries(objectAt(selector, 'matchLabels')).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const expressions = listAt(selector, 'matchExpressions').map((expression) => ({
    key: textAt(expression, 'key') ?? '',
    operator: textAt(expression, 'operator') ?? '',
    values: listAt(expression, 'values'),
  }));
  return { labels, expressions };
}

/** Whether it selects everything. */
export function isEmpty({ labels, expressions }: Selector): boolean {
  return labels.length === 0 && expressions.length === 0;
}

/** @param labels of the object */
export function selects(selector: Selector, labels: Readonly<Record<string, unknown>>): boolean {
  for (const [key, value] of selector.labels) if (labels[key] !== value) return false;
  for (const { key, operator, values } of selector.expressions) {
    const value = labels[key];
    const holds =
      operator === 'In'
        ? values.includes(value)
        : operator === 'NotIn'
          ? !values.includes(value)
          : operator === 'Exists'
            ? value !== undefined
            : operator === 'DoesNotExist' && value === undefined;
    if (!holds) return false;
  }
  return true;
}
