/** /incidents/new: an incident that a person opens. */
import { z } from 'zod';
import { html } from '../../../reports/renderers/markup.ts';
import { AppError } from '../../errors.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api, Call } from '../../http/endpoint.ts';
import { Id, line } from '../../http/values.ts';
import type { Level } from '../../incidents/event.ts';
import { link } from '../html.ts';
import { addForm, addPage, type Outcome } from '../page.ts';
import { field, form, hidden, select, textarea } from '../parts/forms.ts';
import { clusterChoices, customerChoices } from '../parts/places.ts';
import type { View } from '../view.ts';

const chosen = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const NewIncident = z.strictObject({
  customer: Id,
  cluster: Id.or(z.literal('')).optional(),
  kind: z.enum(['incident', 'problem']).default('incident'),
  severity: z.enum(['critical', 'warning', 'info']).default('warning'),
  level: z.enum(['', '1', '2', '3', '4', '5']).default(''),
  title: line(200),
  description: z.string().trim().max(8_000).optional(),
});
export function newIncidentPages(api: Api, deps: AppDeps): void {
  addPage(
    api,
    { path: '/incidents/new', id: 'newIncidentPage', summary: 'Page to open an incident', permission: 'incident.create', query: { customer: chosen(Id) } },
    async (view, { query }) => {
      const { t, visibility } = view;
      const customers = await customerChoices(deps, visibility);
      const customer = query.customer ?? (customers.length === 1 ? customers[0]?.[0] : undefined);
      const clusters = customer === undefined ? [] : await clusterChoices(deps, visibility, customer);
      const page = { title: t('提交事件', 'Open an incident'), area: 'incidents' as const, trail: [[t('事件', 'Incidents'), '/incidents']] as const };
      if (customer === undefined)
        return {
          ...page,
          content: html`<form method="get" action="/incidents/new" class="grid">${select(t('客户', 'Customer'), 'customer', customers, undefined, { required: true })}<button>${t('下一步', 'Next')}</button></form>`,
        };
      const content = [
        hidden('customer', customer),
        select(t('集群', 'Cluster'), 'cluster', [['', t('不针对某个集群', 'no cluster in particular')], ...clusters]),
        select(t('类型', 'Kind'), 'kind', [
          ['incident', t('故障', 'incident')],
          ['problem', t('问题与咨询', 'problem, question')],
        ]),
        select(
          t('严重程度', 'Severity'),
          'severity',
          [
            ['critical', t('严重', 'critical')],
            ['warning', t('风险', 'warning')],
            ['info', t('关注', 'notice')],
          ],
          'warning',
        ),
        select(t('级别', 'Level'), 'level', [['', t('按严重程度确定', 'by the severity')], ...(await levelChoices(deps, view, customer))]),
        html`<div class="field wide">${field(t('标题：什么出了什么问题', 'Title: what is wrong with what'), 'title', { required: true, max: 200 })}</div>`,
        textarea(t('描述：何时开始、影响什么、做过什么', 'Description: since when, what it affects, what was done'), 'description', { max: 8_000, rows: 6 }),
        deps.isFederated === true &&
          html`<p class="note wide">${t('支持中心会得知该事件的编号、级别、类型与状态；标题、描述与备注留在本站点。', 'The support centre is told number, level, kind and state; title, description and comments stay at this site.')}</p>`,
      ];
      return { ...page, content: form(view, '/incidents/new', content, t('提交', 'Open it'), { class: 'grid' }) };
    },
  );
  addForm(
    api,
    { path: '/incidents/new', id: 'newIncidentForm', summary: 'Form to open an incident', permission: 'incident.create', body: NewIncident, perMinute: 30 },
    ({ body }) => link('/incidents/new', { customer: body.customer }),
    async (call, view) => await open(deps, call, view),
  );
}
/** As the customer's contract defines them. */
async function levelChoices({ database, rules }: AppDeps, { locale }: View, customerId: string): Promise<(readonly [string, string])[]> {
  const { terms } = await rules.termsFor(database.db, { customerId, clusterId: null });
  return [...terms.levels.values()].map(({ level, label, type }) => [String(level), type === undefined ? label[locale] : `${label[locale]} · ${type[locale]}`] as const);
}
async function open({ incidents, fleet }: AppDeps, { caller, body, now }: Call<unknown, unknown, z.output<typeof NewIncident>>, view: View): Promise<Outcome> {
  await fleet.customer(view.visibility, body.customer); // somebody else's is not there
  const clusterId = body.cluster === undefined || body.cluster === '' ? null : body.cluster;
  if (clusterId !== null && (await fleet.cluster(view.visibility, clusterId)).customerId !== body.customer) throw new AppError('not-found', 'no such cluster');
  const { title, kind, severity, level, description } = body;
  const { file } = await incidents.open(
    {
      customerId: body.customer,
      clusterId,
      kind,
      severity,
      title,
      ...(level !== '' && { level: Number(level) as Level }),
      ...(description !== undefined && description !== '' && { description }),
    },
    caller.actor,
    now,
  );
  return { to: `/incidents/${file.filing.id}`, say: 'created' };
}
