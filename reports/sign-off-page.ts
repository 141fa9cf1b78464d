/** The sign-off page of a finished report: a document of its own, beside a report that stays as it was signed. Nobody asks for it as a kind of report. */
import { signedPage } from './chapters/signed.ts';
import type { SignOffState } from './facts/sign-off.ts';
import type { ReportKind } from './kinds/kind.ts';
import type { ReportModel } from './model.ts';

export const SIGN_OFF_PAGE = 'sign-off';

export const signOffPageKind: ReportKind = {
  id: SIGN_OFF_PAGE,
  title: { zh: '签字确认页', en: 'Sign-off page' },
  front: [],
  body: [],
  back: [signedPage],
  sheets: [],
};

/** Of the report's document only what names it; its digest says the rest. */
export function signOffModel({ schema, subject, period, product, score, coverage, contract }: ReportModel, signOff: SignOffState): ReportModel {
  return {
    ...{ schema, subject, period, product, score, coverage, contract, signOff },
    ...{ verdicts: [], findings: [], accepted: [], expired: [], gatherers: [], checks: [], hosts: [], history: [], changes: { missing: 'not-gathered' } },
    revisions: [{ version: '1.0', at: signOff.statedAt, by: `xunjian ${product.version}`, note: { zh: '由签字记录生成', en: 'Made from the record of signatures' } }],
  };
}
