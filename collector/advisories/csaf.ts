/** Advisories in CSAF 2.0 (OASIS), as openEuler publishes them: one JSON document an advisory. */
import { z } from 'zod';
import { ADVISORY_ID, type Advisory, AdvisoryError, CVE, distinctFixes, type Fix, kindOf, MOST_CVES, PACKAGE_NAME, productOf, severityOf } from './advisory.ts';
import { formatEvr, parseEvr } from './rpm-version.ts';

/** Foreign data: only what is used is looked at, the rest may be anything. */
const Csaf = z.object({
  document: z.object({
    csaf_version: z.literal('2.0'),
    tracking: z.object({ id: z.string().regex(ADVISORY_ID), initial_release_date: z.string().max(60), current_release_date: z.string().max(60).optional() }),
    aggregate_severity: z.object({ text: z.string().max(60) }).optional(),
  }),
  vulnerabilities: z
    .array(
      z.object({
        cve: z.string().max(40).optional(),
        product_status: z.object({ fixed: z.array(z.string().max(400)).max(20_000).default([]) }).optional(),
        scores: z
          .array(z.object({ cvss_v3: z.object({ baseScore: z.number().min(0).max(10).optional() }).optional() }))
          .max(1_000)
          .default([]),
      }),
    )
    .max(5_000)
    .default([]),
});

/** @throws AdvisoryError */
export function parseCsaf(text: string): Advisory {
  const { data } = Csaf.safeParse(jsonOf(text));
  if (!data) throw new AdvisoryError('is no CSAF 2.0 document');
  const { tracking, aggregate_severity: severity } = data.document;
  const publishedAt = Date.parse(tracking.initial_release_date);
  if (Number.isNaN(publishedAt)) throw new AdvisoryError('has no date of release');
  const scores = data.vulnerabilities.flatMap(({ scores: own }) => own.flatMap(({ cvss_v3: score }) => score?.baseScore ?? []));
  return {
    ...{ id: tracking.id, kind: kindOf(tracking.id, undefined), severity: severityOf(severity?.text), publishedAt, source: 'CSAF 2.0' },
    cves: [...new Set(data.vulnerabilities.flatMap(({ cve }) => (cve !== undefined && CVE.test(cve) ? [cve] : [])))].slice(0, MOST_CVES),
    ...(scores.length > 0 && { score: Math.max(...scores) }),
    fixes: distinctFixes(fixesOf(data.vulnerabilities)),
  };
}
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AdvisoryError('is not valid JSON');
  }
}
function* fixesOf(vulnerabilities: z.output<typeof Csaf>['vulnerabilities']): Generator<Fix> {
  for (const { product_status: status } of vulnerabilities) for (const product of status?.fixed ?? []) yield* fixOf(product);
}
/** `openEuler-22.03-LTS-SP3:kernel-5.10.0-200.0.0.113.oe2203sp3.src` */
function fixOf(product: string): readonly Fix[] {
  const nevra = product.slice(product.indexOf(':') + 1).replace(/\.rpm$/, '');
  const match = /^(.+)-((?:\d+:)?[^-]+)-([^-]+)\.(src|noarch|x86_64|aarch64|loongarch64|riscv64|ppc64le|sw_64|i686)$/.exec(nevra);
  const [, name = '', version = '', release = ''] = match ?? [];
  const evr = parseEvr(`${version}-${release}`);
  const tag = productOf(release) ?? productOfName(product.slice(0, Math.max(0, product.indexOf(':'))));
  return !evr || tag === undefined || !PACKAGE_NAME.test(name) ? [] : [{ product: tag, package: name, version: formatEvr(evr) }];
}
/** `openEuler-22.03-LTS-SP3` → `oe2203sp3`, for releases that carry no tag. */
function productOfName(name: string): string | undefined {
  const match = /^openEuler-(\d\d)\.(\d\d)(?:-LTS)?(?:-SP(\d))?$/i.exec(name);
  return match ? `oe${match[1]}${match[2]}${match[3] === undefined ? '' : `sp${match[3]}`}` : undefined;
}
