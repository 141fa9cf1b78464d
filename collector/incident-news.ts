/** From a change of an incident to the facts that notifications are made from: names, labels, clocks, people. */
import type { Text } from '../agent/wire/vocabulary.ts';
import type { IncidentChange, OnChange } from './incidents/rules.ts';
import { type IncidentChange as NewsChange, type Person, sameText } from './notify/change.ts';
import { type PlanObserver, plan } from './notify/plan.ts';
import type { Db } from './store/database.ts';
import { type Customer, findCluster, findCustomer } from './store/fleet-store.ts';
import { administratorsOf, dutyManagersOf, userById } from './store/user-store.ts';
import type { Audience } from './support/clock.ts';
import { clocksOf } from './support/clocks.ts';
import type { ContractRules } from './support-rules.ts';

/** Titles and remedies of checks, in both languages; `why` says what breaks for whom. */
export type CheckTexts = (id: string) => { readonly title: Text; readonly remedy: Text; readonly why: Text; readonly source?: string | undefined } | undefined;

export interface NewsOptions {
  readonly rules: ContractRules;
  readonly checkTexts: CheckTexts;
  readonly publicUrl: string;
  readonly now: () => number;
  readonly observer: PlanObserver;
}

/** Runs inside the transaction of the change. */
export function tellNews(options: NewsOptions): OnChange {
  return async (db, change) => {
    const facts = await factsOf(options, db, change);
    if (!facts) return;
    const duty = change.duty && { ...change.duty, tell: change.tell ?? change.duty.tell };
    await plan(db, { incident: facts.incident, newEvents: change.events, duty, people: facts.people, notices: facts.notices }, options.now(), options.observer);
  };
}

/** What an incident is called: by who opened it, by its check, or by its rule. */
export function titleOf(checkTexts: CheckTexts, { title, rule }: { readonly title?: string | undefined; readonly rule: string }): Text {
  return title === undefined ? (checkTexts(rule)?.title ?? OWN_TITLES[rule] ?? sameText(rule)) : sameText(title);
}

/** Rules of the collector's own, which are no checks. */
const OWN_TITLES: Readonly<Record<string, Text>> = {
  'agent-silent': { zh: '巡检代理失联', en: 'Agent is silent' },
};

async function factsOf(
  { rules, checkTexts, publicUrl, now }: NewsOptions,
  db: Db,
  { file: { filing, incident, events } }: IncidentChange,
): Promise<Pick<NewsChange, 'incident' | 'people' | 'notices'> | undefined> {
  const customer = await findCustomer(db, 'all', filing.customerId);
  if (!customer) return undefined;
  const cluster = filing.clusterId === null ? undefined : await findCluster(db, 'all', filing.clusterId);
  const { terms } = await rules.termsFor(db, { ...filing, policy: incident.policy });
  const texts = checkTexts(incident.rule);
  const { id, number } = filing;
  const { version, kind, state, source, level, severity, rule, scope, observed, threshold, unit, members, reopened, openedAt, closure } = incident;
  return {
    incident: {
      ...{ id, number, version, kind, state, source, level, severity, rule, scope, unit, members, reopened, openedAt, closure },
      observed: observed ?? undefined,
      threshold: threshold ?? undefined,
      customerId: customer.id,
      customerName: customer.name,
      customerLocale: customer.locale,
      zone: terms.zone,
      clusterName: cluster?.name,
      levelLabel: terms.levels.get(level)?.label ?? sameText(String(level)),
      title: titleOf(checkTexts, incident),
      remedy: texts?.remedy,
      assignee: incident.assignee?.name,
      clocks: clocksOf(terms, events, now())
        .slice(0, 20)
        .map(({ clock, state: clockState, dueAt, breachedAt, provisional }) => ({ clock, state: clockState, dueAt, breachedAt, provisional })),
      url: `${publicUrl}/incidents/${id}`,
      demo: customer.demo,
      flappingSince: incident.flapping?.since,
    },
    people: await peopleOf(db, customer, incident.assignee?.id),
    notices: terms.policy.notices,
  };
}

async function peopleOf(db: Db, customer: Customer, assigneeId: string | undefined): Promise<Partial<Record<Audience, readonly Person[]>>> {
  const contacts = (role: string): Person[] => (customer.contacts[role] ?? []).map((email) => ({ email, locale: customer.locale }));
  const administrators = (await administratorsOf(db, customer.id)).map(personOf);
  const assignee = assigneeId === undefined ? undefined : await userById(db, assigneeId);
  const named = contacts('customer');
  const managers = (await dutyManagersOf(db, customer.id)).map(personOf);
  // The vendor's own representative for this customer (DaoCloud 客户服务代表), who reads what support reads: never somebody of the customer.
  const representatives = contacts('customer-representative');
  return {
    // Without named contacts the two administrators are whom the contract knows.
    customer: named.length > 0 ? named : administrators,
    'customer-representative': representatives.length > 0 ? representatives : managers,
    'duty-manager': managers,
    ...(assignee && { assignee: [personOf(assignee)] }),
  };
}
function personOf({ id, name, email, locale }: { readonly id: string; readonly name: string; readonly email: string | null; readonly locale: 'zh' | 'en' }): Person {
  return { id, name, locale, ...(email !== null && { email }) };
}
