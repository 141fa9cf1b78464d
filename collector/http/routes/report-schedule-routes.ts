import { z } from 'zod';
import { LOCALES } from '../../../agent/wire/vocabulary.ts';
import { AppError } from '../../errors.ts';
import { kindIds, kindOf } from '../../reports/kinds.ts';
import { cronFault, PRESETS, type Preset, SPANS } from '../../reports/periods.ts';
import { REPORT_FORMATS } from '../../reports/report.ts';
import type { NewSchedule } from '../../reports/reports.ts';
import { listSchedules, type ReportSchedule } from '../../store/report-schedule-store.ts';
import { Zone } from '../../support/zone.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint } from '../endpoint.ts';
import { decodeCursor, PageQuery, pageOf, toPage } from '../paging.ts';
import { Formats, Kind, Locales } from '../report-views.ts';
import { Id, IdParams, Time } from '../values.ts';

const Input = z
  .strictObject({
    customerId: Id,
    clusterId: Id.nullable().default(null),
    kind: Kind,
    formats: Formats.default(['pdf']),
    locales: Locales.default(['zh']),
    every: z
      .enum(Object.keys(PRESETS) as [Preset, ...Preset[]])
      .optional()
      .describe('ready-made turn and period; or `cron` and `span`'),
    cron: z
      .string()
      .superRefine((cron, context) => {
        const fault = cronFault(cron);
        if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
      })
      .optional(),
    span: z.enum(SPANS).optional().describe('the whole period before the turn that is reported'),
    zone: Zone.default('Asia/Shanghai'),
    mail: z.boolean().default(true),
    enabled: z.boolean().default(true),
  })
  .transform(({ every, cron, span, ...rest }, context) => {
    const preset = every && PRESETS[every];
    const turn = { cron: cron ?? preset?.cron, span: span ?? preset?.span };
    if (turn.cron !== undefined && turn.span !== undefined) return { ...rest, cron: turn.cron, span: turn.span };
    context.addIssue({ code: 'custom', message: '`every`, or `cron` and `span`', path: ['every'] });
    return z.NEVER;
  });
const Schedule = z.object({
  id: Id,
  customerId: Id,
  clusterId: Id.nullable(),
  kind: z.string(),
  formats: z.array(z.enum(REPORT_FORMATS)),
  locales: z.array(z.enum(LOCALES)),
  cron: z.string(),
  zone: z.string(),
  span: z.enum(SPANS),
  mail: z.boolean(),
  enabled: z.boolean(),
  nextAt: Time,
  lastAt: Time.optional(),
  createdAt: Time,
});

export function reportScheduleRoutes(api: Api, { reports, database }: AppDeps): void {
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/report-schedules',
      id: 'listReportSchedules',
      summary: 'When reports are made by themselves',
      permission: 'report-schedule.read',
      query: z.strictObject({ ...PageQuery, customer: Id.optional() }),
      answer: pageOf(Schedule),
    },
    async ({ visibility, query: { customer, cursor, limit } }) => {
      const after = decodeCursor(cursor, z.tuple([z.string()]))?.[0];
      return toPage(await listSchedules(database.db, visibility, { customerId: customer, after, limit: limit + 1 }), limit, view, ({ id }) => [id]);
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/report-schedules',
      id: 'createReportSchedule',
      summary: 'A report every day, week, month, quarter or half year',
      permission: 'report-schedule.write',
      body: Input,
      answer: Schedule,
      status: 201,
    },
    async ({ caller, body, now }) => view(await reports.saveSchedule(caller, await known(body), now)),
  );
  addEndpoint(
    api,
    {
      method: 'PUT',
      path: '/api/v1/report-schedules/:id',
      id: 'replaceReportSchedule',
      summary: 'Change it as a whole',
      permission: 'report-schedule.write',
      params: IdParams,
      body: Input,
      answer: Schedule,
    },
    async ({ caller, params, body, now }) => view(await reports.saveSchedule(caller, await known(body), now, params.id)),
  );
  addEndpoint(
    api,
    {
      method: 'DELETE',
      path: '/api/v1/report-schedules/:id',
      id: 'removeReportSchedule',
      summary: 'End it; its reports stay',
      permission: 'report-schedule.write',
      params: IdParams,
    },
    async ({ caller, params, now }) => await reports.removeSchedule(caller, params.id, now),
  );
}

async function known(body: NewSchedule): Promise<NewSchedule> {
  if (!(await kindOf(body.kind))) throw new AppError('invalid', 'there is no such kind of report', { details: { field: 'kind', known: await kindIds() } });
  return body;
}
function view({ createdBy: _createdBy, formats, locales, ...schedule }: ReportSchedule): z.input<typeof Schedule> {
  return { ...schedule, formats: [...formats], locales: [...locales] };
}
