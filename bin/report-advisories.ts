/** `--advisories FILE|DIR`: published defects held against the machines of a report that no collector made. */
import { keptFixes } from '../collector/advisories/advisories.ts';
import type { Advisory } from '../collector/advisories/advisory.ts';
import { installedKernels, installedPackages, matchAdvisories } from '../collector/advisories/match.ts';
import { known, type ReportModel } from '../reports/model.ts';
import { advisoriesIn } from './advisory-files.ts';
import { ReportTrouble } from './terminal/report-words.ts';

export async function withAdvisories(model: ReportModel, path: string | undefined): Promise<ReportModel> {
  if (path === undefined) return model;
  const { installed: kernels, unmatched } = installedKernels(kernelsOf(model));
  const installed = [...kernels, ...installedPackages(known(model.packages)?.rows ?? [])];
  const products = new Set(installed.map(({ product }) => product));
  const advisories: Advisory[] = [];
  const sources = new Set<string>();
  let newest = 0;
  for await (const advisory of advisoriesIn(path)) {
    sources.add(advisory.source);
    newest = Math.max(newest, advisory.publishedAt);
    const fixes = keptFixes(advisory.fixes).filter(({ product }) => products.has(product));
    if (fixes.length > 0) advisories.push({ ...advisory, fixes });
  }
  if (sources.size === 0) throw new ReportTrouble({ zh: `${path} 中没有公告`, en: `${path} holds no advisory` });
  const facts = matchAdvisories({ advisories, installed, unmatched, feed: [...sources].toSorted().join(', '), feedAt: Math.floor(newest / 1_000) });
  return { ...model, advisories: { value: facts } };
}
function kernelsOf(model: ReportModel): readonly { readonly node: string; readonly kernel?: string | undefined }[] {
  const nodes = new Map((known(model.cluster?.nodes)?.rows ?? []).map(({ name, kernel }) => [name, kernel]));
  for (const { name, system } of model.hosts) nodes.set(name, known(system)?.kernel ?? nodes.get(name));
  return [...nodes].map(([node, kernel]) => ({ node, kernel }));
}
