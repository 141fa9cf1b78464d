/** Errors as they are kept beside what failed. */
const LONGEST_ERROR = 500;

export function shortError(text: string): string {
  return text.slice(0, LONGEST_ERROR);
}
