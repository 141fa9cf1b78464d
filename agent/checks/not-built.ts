/** Rows of the reference list that no check answers here, and why: said openly, so that nobody takes silence for health. */
import type { Text } from '../wire/vocabulary.ts';

export const NOT_BUILT: readonly { readonly rows: string; readonly why: Text }[] = [];
