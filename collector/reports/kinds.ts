/** Kinds of reports by their names. What writes them is loaded when the first report is asked for. */
import type { Text } from '../../agent/wire/vocabulary.ts';
import type { ReportKind } from '../../reports/kinds/inspection.ts';

async function all(): Promise<readonly ReportKind[]> {
  const { inspection } = await import('../../reports/kinds/inspection.ts');
  return [inspection];
}

export async function kindOf(id: string): Promise<ReportKind | undefined> {
  return (await all()).find((kind) => kind.id === id);
}
export async function kindIds(): Promise<readonly string[]> {
  return (await all()).map(({ id }) => id);
}
export async function titleOfKind(id: string): Promise<Text | undefined> {
  return (await kindOf(id))?.title;
}
