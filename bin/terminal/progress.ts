/** Progress on standard error: a bar per stage on a terminal, plain lines otherwise, nothing with `--quiet`. */
import type { Stage } from '../../agent/inspection.ts';
import type { GathererReport } from '../../agent/wire/inspection.ts';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { MESSAGES, REASON_TEXTS } from './messages.ts';

export interface Progress {
  readonly onProgress: (stage: Stage, done: number, total: number, report?: GathererReport) => void;
  stop(): void;
}

export async function showProgress(stream: NodeJS.WriteStream, locale: Locale, quiet: boolean): Promise<Progress> {
  if (quiet) return { onProgress: () => undefined, stop: () => undefined };
  return stream.isTTY ? await bars(stream, locale) : lines(stream, locale);
}

async function bars(stream: NodeJS.WriteStream, locale: Locale): Promise<Progress> {
  const { default: cliProgress } = await import('cli-progress');
  const multi = new cliProgress.MultiBar(
    { stream, format: '{stage} {bar} {value}/{total} {section}', barsize: 30, clearOnComplete: false, hideCursor: true, noTTYOutput: false },
    cliProgress.Presets.rect,
  );
  const shown = new Map<Stage, ReturnType<typeof multi.create>>();
  return {
    onProgress(stage, done, total, report) {
      const stageName = MESSAGES.stage[stage][locale];
      const bar = shown.get(stage) ?? multi.create(total, 0, { stage: stageName, section: '' });
      shown.set(stage, bar);
      bar.update(done, { stage: stageName, section: report?.section ?? '' });
    },
    stop: () => multi.stop(),
  };
}

function lines(stream: NodeJS.WriteStream, locale: Locale): Progress {
  return {
    onProgress(stage, done, total, report) {
      const what = report ? ` ${report.section} ${report.status === 'ok' ? 'ok' : REASON_TEXTS[report.reason ?? 'failed'][locale]} (${report.durationMs} ms)` : '';
      stream.write(`[${MESSAGES.stage[stage][locale]} ${done}/${total}]${what}\n`);
    },
    stop: () => undefined,
  };
}
