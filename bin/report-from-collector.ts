/**
 * A report that a collector makes, fetched over its API. The credential is a token of kind `reporter`: it belongs to one cluster and
 * can ask for and fetch that cluster's reports, nothing else. A person's session is not for programs, and other tokens cannot read.
 */
import { rename, writeFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axios, { type AxiosInstance } from 'axios';
import { z } from 'zod';
import { ingestUrl } from '../agent/delivery/collector-address.ts';
import { makeFolder } from '../agent/site/private-file.ts';
import { REPORT_FAULTS, REPORT_STATES } from '../collector/reports/report.ts';
import { sha256Of } from '../collector/store/report-store.ts';
import type { ReportTask } from './commands/report.ts';
import { readGivenText } from './given-file.ts';
import { periodOf } from './report-period.ts';
import { faultWords, ReportTrouble } from './terminal/report-words.ts';

/** A token, or a bundle of certificates. */
const MOST_SECRET_BYTES = 4 * 1024 * 1024;

/** As much of the answers as is used; names are plain, whatever the other side says. */
const Report = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  state: z.enum(REPORT_STATES),
  progress: z.number(),
  fault: z.enum(REPORT_FAULTS).optional(),
  files: z
    .array(z.object({ name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/), bytes: z.number().int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .max(200)
    .default([]),
});
const Problem = z.object({ message: z.string() });

const PATIENCE_MS = 15 * 60_000;
const POLL_MS = 1_000;
const MOST_BYTES = 512 * 1024 * 1024;

export async function reportFromCollector({ kind, formats, locales, directory, values, context, onProgress }: ReportTask): Promise<readonly string[]> {
  const client = await clientOf(values, context.signal);
  const period = periodOf(values, values.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone, Date.now());
  const body = { kind, formats, locales, ...(values.cluster !== undefined && { clusterId: values.cluster }), ...period, mail: values.mail ?? false };
  const { id } = Report.parse(await asked(client, 'POST', 'reports', body));
  const report = await finished(client, id, context.signal, (percent) => onProgress(percent, 100));
  if (report.state === 'failed') {
    const fault = report.fault ?? 'internal';
    throw new ReportTrouble({ zh: faultWords(fault, 'zh'), en: faultWords(fault, 'en') });
  }
  await makeFolder(directory);
  for (const { name, sha256 } of report.files) {
    const content = Buffer.from(
      z
        .instanceof(ArrayBuffer)
        .or(z.instanceof(Uint8Array))
        .parse(await asked(client, 'GET', `reports/${id}/files/${name}`, undefined, 'arraybuffer')) as Uint8Array,
    );
    if (sha256Of(content) !== sha256) throw new ReportTrouble({ zh: `${name} 在传输中被改动`, en: `${name} was changed on its way` });
    const part = join(directory, `.${name}.part`);
    await writeFile(part, content, { mode: 0o600 });
    await rename(part, join(directory, name));
  }
  return report.files.map(({ name }) => name);
}

async function clientOf({ collector = '', 'token-file': tokenFile, 'ca-file': caFile }: ReportTask['values'], signal: AbortSignal): Promise<AxiosInstance> {
  const url = ingestUrl(collector);
  if (typeof url === 'string')
    throw new ReportTrouble({ zh: `--collector：应为 https 网址（本机可用 http）：${url}`, en: `--collector: an https address, or http to this machine: ${url}` });
  if (tokenFile === undefined)
    throw new ReportTrouble({
      zh: '--collector 需要 --token-file（在收集端创建类型为 reporter 的令牌）',
      en: '--collector needs --token-file (create a token of kind reporter at the collector)',
    });
  const token = (await readGivenText(tokenFile, { mostBytes: MOST_SECRET_BYTES, signal })).trim();
  if (!/^[\x21-\x7e]{8,200}$/.test(token)) throw new ReportTrouble({ zh: `${tokenFile} 中不是令牌`, en: `${tokenFile} holds no token` });
  const ca = caFile === undefined ? undefined : await readGivenText(caFile, { mostBytes: MOST_SECRET_BYTES, signal });
  return axios.create({
    baseURL: url.href.replace(/ingest$/, ''),
    headers: { authorization: `Bearer ${token}` },
    timeout: 60_000,
    maxRedirects: 0, // a token goes to whom it was meant for
    maxContentLength: MOST_BYTES,
    validateStatus: () => true,
    signal,
    ...(ca !== undefined && { httpsAgent: new Agent({ ca }) }),
  });
}

async function asked(client: AxiosInstance, method: 'GET' | 'POST', path: string, body?: unknown, responseType: 'json' | 'arraybuffer' = 'json'): Promise<unknown> {
  const { status, data } = await client.request<unknown>({ method, url: path, data: body, responseType }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new ReportTrouble({ zh: `收集端无法连接（${code}）`, en: `the collector cannot be reached (${code})` });
  });
  if (status < 300) return data;
  const told =
    Problem.safeParse(data)
      .data?.message.replaceAll(/\p{Cc}/gu, ' ')
      .slice(0, 300) ?? '';
  if (status === 401 || status === 403)
    throw new ReportTrouble({
      zh: `收集端拒绝了令牌（${status}）：需要类型为 reporter 的有效令牌`,
      en: `the collector refused the token (${status}): it has to be a valid one of kind reporter`,
    });
  throw new ReportTrouble({ zh: `收集端答复 ${status}：${told}`, en: `the collector answered ${status}: ${told}` });
}

async function finished(client: AxiosInstance, id: string, signal: AbortSignal, onPercent: (percent: number) => void): Promise<z.output<typeof Report>> {
  const begin = performance.now();
  let last = -1;
  while (performance.now() - begin < PATIENCE_MS) {
    const report = Report.parse(await asked(client, 'GET', `reports/${id}`));
    if (report.progress !== last) onPercent(report.progress);
    last = report.progress;
    if (report.state === 'done' || report.state === 'failed') return report;
    await sleep(POLL_MS, undefined, { signal });
  }
  throw new ReportTrouble({ zh: `等待超时；报告 ${id} 仍在收集端生成`, en: `waited too long; the collector is still making report ${id}` });
}
