/** Kinds of reports by their names. Names are known without loading what writes them. */
import type { ReportKind } from '../../reports/kinds/inspection.ts';

export async function kindOf(id: string): Promise<ReportKind | undefined> {
  const { inspection } = await import('../../reports/kinds/inspection.ts');
  return id === inspection.id ? inspection : undefined;
}
