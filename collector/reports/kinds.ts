/** Kinds of reports by their names. What writes them is loaded when the first report is asked for. */
import type { Text } from '../../agent/wire/vocabulary.ts';
import type { ReportKind } from '../../reports/kinds/kind.ts';
import type { ReportModel } from '../../reports/model.ts';

/** Also by the name of an earlier release. */
export async function kindOf(id: string): Promise<ReportKind | undefined> {
  return (await import('../../reports/kinds/index.ts')).findKind(id);
}
export async function kindIds(): Promise<readonly string[]> {
  return (await import('../../reports/kinds/index.ts')).KINDS.map(({ id }) => id);
}
export async function titleOfKind(id: string): Promise<Text | undefined> {
  return (await kindOf(id))?.title;
}
/** Whether a report has something that both sides can sign: a draft has not, nor one about nothing. */
export async function isSignable(id: string, model: ReportModel): Promise<boolean> {
  const kind = await kindOf(id);
  return kind === undefined || (await import('../../reports/readiness.ts')).readinessOf(kind, model).state === 'ready';
}
