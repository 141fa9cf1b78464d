/** Kinds of reports by their names. What writes them is loaded when the first report is asked for. */
import type { Text } from '../../agent/wire/vocabulary.ts';
import type { ReportKind } from '../../reports/kinds/kind.ts';

async function all(): Promise<readonly ReportKind[]> {
  const loaded = await Promise.all([
    import('../../reports/kinds/s360.ts'),
    import('../../reports/kinds/daily.ts'),
    import('../../reports/kinds/risk.ts'),
    import('../../reports/kinds/events.ts'),
    import('../../reports/kinds/problems.ts'),
    import('../../reports/kinds/fault.ts'),
    import('../../reports/kinds/changes.ts'),
    import('../../reports/kinds/backup.ts'),
    import('../../reports/kinds/demands.ts'),
    import('../../reports/kinds/cost.ts'),
    import('../../reports/kinds/weekly.ts'),
    import('../../reports/kinds/monthly.ts'),
  ]);
  return loaded.flatMap((module): ReportKind[] => Object.values(module));
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
