/** Commands that decide at a site what leaves it, as the chart names things there: nothing is left to fill in. Pure. */
import type { Group } from '../../../agent/wire/vocabulary.ts';

/** How the chart was installed. */
export interface Installation {
  readonly namespace: string;
  readonly release: string;
  /** What its objects are called; default as the chart calls them. */
  readonly name?: string | undefined;
}
/** As the install command of a new cluster has it. */
export const USUAL: Installation = { namespace: 'xunjian', release: 'xunjian' };

const CHART = 'xunjian';
const PROGRAM = 'node /opt/xunjian/dist/bin/xunjian.js';
/** The template `xunjian.fullname` of the chart. */
export function nameOf({ release, name }: Installation): string {
  return name ?? (release.includes(CHART) ? release : `${release}-${CHART}`).slice(0, 40).replace(/-$/, '');
}

/** Changes what the ConfigMap says, and makes the kubelets bring it to the agents at once. */
export function consentCommands(place: Installation, words: Readonly<Partial<Record<'level' | 'hold' | 'approved', string>>>): string {
  return [
    `kubectl -n ${place.namespace} patch configmap ${nameOf(place)}-consent --type merge --patch '${JSON.stringify({ data: words })}'`,
    `kubectl -n ${place.namespace} annotate pods --overwrite -l app.kubernetes.io/instance=${place.release} xunjian/consent-changed="$(date +%s)"`,
  ].join('\n');
}
/** The same as a value of the release, so that the next upgrade of the chart does not take it back. */
export function keptLevelCommand(place: Installation, level: string): string {
  return `${upgrade(place)} --set agents.consent.level=${level}`;
}
/** Replaces the groups that are off; none: everything is read again. */
export function optOutCommand(place: Installation, groups: readonly Group[]): string {
  return `${upgrade(place)} --set-json 'agents.config.optOut=${JSON.stringify(groups)}'`;
}
function upgrade({ namespace, release }: Installation): string {
  return `helm upgrade ${release} charts/xunjian -n ${namespace} --reuse-values`;
}
/** Each reads only: what would be sent, what was, and whose name a pseudonym is. */
export function readCommands(place: Installation): string {
  const agent = `kubectl -n ${place.namespace} exec deploy/${nameOf(place)}-cluster -- ${PROGRAM}`;
  return [`${agent} preview --last --explain`, `${agent} ledger verify`, `${agent} resolve PSEUDONYM`].join('\n');
}
/** Lets go what waits on all agents. @param until ISO 8601 */
export function approveCommands(place: Installation, until: string): string {
  return consentCommands(place, { approved: until });
}
