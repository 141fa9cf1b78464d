/** `xunjian report`: a report from a local store, from a collector's API, or from a folder that `xunjian inspect` wrote. */
import { resolve } from 'node:path';
import type { Text } from '../../agent/wire/vocabulary.ts';
import { COLLECTOR_OPTIONS } from '../collector-options.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { formatsOf, localesOf, requireKind } from '../report-options.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';
import { reportFault } from '../terminal/report-words.ts';

const OPTIONS = {
  ...COLLECTOR_OPTIONS,
  kind: { type: 'string' },
  customer: { type: 'string' },
  cluster: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  zone: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
  input: { type: 'string' },
  parts: { type: 'string' },
  advisories: { type: 'string' },
  collector: { type: 'string' },
  'token-file': { type: 'string' },
  'ca-file': { type: 'string' },
  template: { type: 'boolean' },
  'template-input': { type: 'string' },
  'sign-key': { type: 'string' },
  mail: { type: 'boolean' },
  quiet: { type: 'boolean' },
} as const;
type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>;

export async function reportCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, OPTIONS);
  requireOneSource(values);
  const locales = localesOf(values.lang, context.locale);
  const directory = resolve(values.out ?? 'xunjian-report');
  const isForm = values.template || values['template-input'] !== undefined;
  const kind = values.kind ?? (isForm ? 'tongtech' : 's360');
  const onProgress = (done: number, total: number): void => {
    if (!values.quiet) context.complain(`[${context.locale === 'zh' ? '生成' : 'rendering'} ${done}/${total}]`);
  };
  const task = { kind, locales, directory, formats: formatsOf(values.format, ['html', 'pdf', 'docx', 'xlsx', 'json']), values, context, onProgress };
  try {
    const files = await run(task);
    for (const file of files) context.print(`${directory}/${file}`);
    return ExitCode.healthy;
  } catch (error) {
    const [message, code] = reportFault(error, context.locale);
    if (message === undefined) throw error;
    context.complain(message);
    return code;
  }
}

export interface ReportTask {
  readonly kind: string;
  readonly locales: ReturnType<typeof localesOf>;
  readonly formats: ReturnType<typeof formatsOf>;
  readonly directory: string;
  readonly values: Values;
  readonly context: CommandContext;
  readonly onProgress: (done: number, total: number) => void;
}

async function run(task: ReportTask): Promise<readonly string[]> {
  const { values, kind } = task;
  if (values.collector !== undefined) return await (await import('../report-from-collector.ts')).reportFromCollector(task);
  await requireKind(kind);
  if (values.template) return await (await import('../report-form.ts')).writeForms(task);
  if (values['template-input'] !== undefined) return await (await import('../report-form.ts')).reportFromForm(task, values['template-input']);
  if (values.input !== undefined) return await (await import('../report-from-folder.ts')).reportFromFolder(task, values.input);
  return await (await import('../report-from-store.ts')).reportFromStore(task);
}

type Asked = 'from' | 'to' | 'zone' | 'customer' | 'cluster' | 'mail';
/** What a source tells itself: asked for beside it, it would be passed over in silence. */
const NOT_WITH: Readonly<Record<'input' | 'collector' | 'template' | 'template-input', readonly Asked[]>> = {
  input: ['from', 'to', 'zone', 'customer', 'cluster', 'mail'],
  collector: [],
  template: ['from', 'to', 'cluster', 'mail'],
  'template-input': ['from', 'to', 'cluster', 'mail'],
};
const OF_AN_INSPECTION: Text = {
  zh: '报告的周期与对象就是该目录中那次巡检的；按时段出报告需要收集端的库（--database）或 --collector',
  en: 'period and subject are those of what is read there; a report of a period comes from the database of a collector (--database) or --collector',
};
const WHY_NOT: Readonly<Record<Asked, Text>> = {
  ...{ from: OF_AN_INSPECTION, to: OF_AN_INSPECTION, zone: OF_AN_INSPECTION, cluster: OF_AN_INSPECTION },
  customer: { zh: '客户名称写在巡检时：xunjian inspect --customer', en: 'the name of the customer is given with the inspection: xunjian inspect --customer' },
  mail: { zh: '邮件由收集端发送（--database 或 --collector）', en: 'mail is sent by a collector (--database or --collector)' },
};

/** Whoever names two sources means one of them: which, we cannot know. */
function requireOneSource(values: Values): void {
  const sources = (['input', 'collector', 'template', 'template-input'] as const).filter((name) => values[name] !== undefined);
  if (sources.length > 1) throw new UsageError({ zh: `--${sources.join(' 与 --')} 只能给一个`, en: `--${sources.join(' and --')} exclude each other` });
  if (sources.length === 1 && values.database !== undefined)
    throw new UsageError({ zh: `--database 与 --${sources[0]} 只能给一个`, en: `--database and --${sources[0]} exclude each other` });
  const [source] = sources;
  const inVain = source === undefined ? undefined : NOT_WITH[source].find((name) => values[name] !== undefined);
  if (inVain !== undefined)
    throw new UsageError({
      zh: `--${inVain} 与 --${source} 不能同用：${WHY_NOT[inVain].zh}`,
      en: `--${inVain} does not go with --${source}: ${WHY_NOT[inVain].en}`,
    });
  if (values.advisories !== undefined && values.input === undefined)
    throw new UsageError({
      zh: '--advisories 只用于 --input；收集端用 xunjian advisory import',
      en: '--advisories belongs to --input; a collector takes them with xunjian advisory import',
    });
  if (values['sign-key'] !== undefined && values.input === undefined && values['template-input'] === undefined)
    throw new UsageError({
      zh: '--sign-key 只用于 --input 与 --template-input；收集端用自己的密钥签名',
      en: '--sign-key belongs to --input and --template-input; a collector signs with a key of its own',
    });
  if (values.parts !== undefined && (values.collector !== undefined || values.template))
    throw new UsageError({
      zh: '--parts 不能与 --collector 或 --template 同用；在收集端用 xunjian report import，或 PUT /api/v1/report-records',
      en: '--parts does not go with --collector or --template; give the records to the collector: xunjian report import, or PUT /api/v1/report-records',
    });
  if ((values['token-file'] !== undefined || values['ca-file'] !== undefined) && values.collector === undefined)
    throw new UsageError({ zh: '--token-file 与 --ca-file 只用于 --collector', en: '--token-file and --ca-file belong to --collector' });
}
