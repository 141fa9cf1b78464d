/** `xunjian middleware`: which instances there are, why each is held for one, and how asking it ended. Clear names: it stays here. */
import type { Sections } from '../../agent/wire/section-values.ts';
import type { Evidence } from '../../agent/wire/sections/middleware/products.ts';
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { inspectionOptions } from '../inspection-options.ts';
import { INSPECTION_OPTIONS, parseOptions } from '../terminal/arguments.ts';
import { MESSAGES } from '../terminal/messages.ts';

const OPTIONS = { ...INSPECTION_OPTIONS, json: { type: 'boolean' } } as const;
type Row = Sections['middleware']['rows'][number];

const EVIDENCE_WORDS: Readonly<Record<Evidence, Text>> = {
  declared: { zh: '配置声明', en: 'declared' },
  operator: { zh: 'Operator 资源', en: "an operator's resource" },
  image: { zh: '镜像名', en: 'image' },
  label: { zh: '标签', en: 'label' },
  process: { zh: '进程', en: 'process' },
  unit: { zh: 'systemd 单元', en: 'systemd unit' },
  port: { zh: '端口', en: 'port' },
  layout: { zh: '安装目录', en: 'install layout' },
};

export async function middlewareCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, OPTIONS);
  const options = inspectionOptions(values, context);
  const [{ runInspection }, { observedWord }, { unreadRemedy }] = await Promise.all([
    import('../run-inspection.ts'),
    import('../../reports/observed-words.ts'),
    import('../../reports/unread-remedies.ts'),
  ]);
  const finished = await runInspection({ ...options, onlyMiddleware: true, quiet: values.quiet ?? true }, context.environment, context.complain, context.signal);
  const found = finished?.inspection.sections.middleware;
  if (!found) {
    context.complain(MESSAGES.nothing[context.locale]);
    return ExitCode.nothingInspected;
  }
  if (values.json) context.print(JSON.stringify(found, undefined, 2));
  else {
    for (const row of found.rows) {
      context.print(lineOf(row, context.locale, (word) => observedWord(word, context.locale)));
      for (const { member, role, reach, looksLike } of found.members.filter(({ instance }) => instance === row.instance))
        context.print(`    ${member}  ${role}  ${observedWord(reachWord(reach, looksLike), context.locale)}`);
      const remedy = unreadRemedy(row.product, row.reach);
      if (remedy) context.print(`    → ${remedy[context.locale]}`);
    }
    if (found.ignored > 0) context.print(ignoredText(found.ignored)[context.locale]);
    if (found.rows.some(({ place }) => place !== 'elsewhere')) context.print(CORRECT[context.locale]);
    if (!found.complete) context.print(INCOMPLETE[context.locale]);
    if (found.rows.length === 0) context.print(NONE[context.locale]);
  }
  return ExitCode.healthy;
}

function lineOf({ instance, product, fork, version, mode, reach, looksLike, evidence, overridden }: Row, locale: Locale, word: (word: string) => string): string {
  const why = evidence.map((one) => EVIDENCE_WORDS[one][locale]).join(locale === 'zh' ? '、' : ', ');
  const corrected = overridden ? (locale === 'zh' ? '，已被配置修正' : ', corrected by configuration') : '';
  const name = fork === undefined ? product : `${product} (${fork})`;
  return locale === 'zh'
    ? `${instance}  ${name} ${version ?? ''}  ${mode}  ${word(reachWord(reach, looksLike))}（依据：${why}${corrected}）`
    : `${instance}  ${name} ${version ?? ''}  ${mode}  ${word(reachWord(reach, looksLike))} (because of: ${why}${corrected})`;
}
function reachWord(reach: Row['reach'], looksLike: Row['looksLike']): string {
  return looksLike === undefined ? reach : `answers-${looksLike}`;
}
function ignoredText(count: number): Text {
  return { zh: `按配置忽略 ${count} 个实例。`, en: `${count} ${count === 1 ? 'instance' : 'instances'} left out by configuration.` };
}
const CORRECT: Text = {
  zh: '判定有误时：在配置 middleware.instances 中以 match 指明实例并写出正确的 product、addresses 或 mode，或列入 middleware.ignore。',
  en: 'Where this is wrong: name the instance by match under middleware.instances with its product, addresses or mode, or list it under middleware.ignore.',
};
const NONE: Text = { zh: '没有发现或声明的中间件实例。', en: 'No middleware instance was found or declared.' };
const INCOMPLETE: Text = {
  zh: '发现过程不完整：有进程、端口或 Pod 无法读取，可能还有其他实例；可在配置 middleware.instances 中声明。',
  en: 'Looking was not complete: some processes, ports or pods could not be read. There may be more; declare them under middleware.instances.',
};
