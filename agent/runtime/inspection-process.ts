/**
 * Runs one inspection in a process of its own, which ends with it: the memory of gathering and judging goes back to the
 * node, a crash or a thread that a dead disk holds is contained, and a run that will not end can be killed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AgentOptions } from '../agent-options.ts';
import type { Handover } from '../delivery/handover.ts';
import type { Evaluation } from '../triggers/evaluation.ts';
import type { CheckVerdict, GathererReport } from '../wire/inspection.ts';
import type { Severity } from '../wire/vocabulary.ts';
import { childFlags } from './child-flags.ts';

/** What the agent tells of a run in logs and metrics: closed words and numbers only. */
export interface RunSummary {
  readonly durationMs: number;
  readonly gatherers: readonly Pick<GathererReport, 'section' | 'status' | 'reason' | 'durationMs'>[];
  readonly verdicts: readonly Pick<CheckVerdict, 'check' | 'verdict'>[];
  /** Open findings by severity. */
  readonly findings: Readonly<Record<Severity, number>>;
  readonly score: number | null;
  readonly coveragePercent: number;
  /** Length and digest of the kept payload. */
  readonly bytes: number;
  readonly sha256: string;
  /** What triggers are fed with. */
  readonly evaluation: Evaluation;
}

/** What the child is asked. */
export interface RunRequest {
  readonly options: AgentOptions;
  readonly epoch: number;
  /** Where the payload goes; left out: it is spooled. */
  readonly handover?: Handover | undefined;
}
/** What it answers: the summary, or the kind of an error and its code. */
export type RunAnswer = { readonly summary: RunSummary } | { readonly error: string; readonly code?: string | undefined; readonly path?: string | undefined };

/** The inspection ended without a result. */
export class RunFailedError extends Error {
  override readonly name = 'RunFailedError';
  readonly code: string;
  /** The registered key that the privacy guard found something under. */
  readonly path: string | undefined;
  constructor(kind: string, code = 'FAILED', path?: string) {
    super(`inspection: ${kind}`);
    this.code = code;
    this.path = path;
  }
}

/** Time beyond the inspection's own deadline after which its process is killed. */
const GRACE_MS = 30_000;

/**
 * @param signal asks the run to stop; its process gets SIGTERM, then SIGKILL
 * @throws RunFailedError
 */
export async function runInProcess(request: RunRequest, signal: AbortSignal): Promise<RunSummary> {
  const script = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../inspection-child.ts' : '../inspection-child.js', import.meta.url));
  const child = fork(script, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'json', execArgv: childFlags(process.execArgv) });
  const timer = setTimeout(() => child.kill('SIGKILL'), request.options.deadlineMs + GRACE_MS);
  const stop = (): void => end(child);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const answer = await answerOf(child, request);
    if ('summary' in answer) return answer.summary;
    throw new RunFailedError(answer.error, answer.code, answer.path);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    if (child.connected) child.disconnect(); // it has told what it had to tell: its memory goes back at once
    end(child);
  }
}

async function answerOf(child: ChildProcess, request: RunRequest): Promise<RunAnswer> {
  return await new Promise((resolve) => {
    child.once('message', (message) => resolve(message as RunAnswer)); // our own child, our own shape
    child.on('error', (error) => resolve({ error: error.name, code: 'code' in error ? String(error.code) : undefined }));
    child.once('exit', (code, killed) => resolve({ error: 'ended', code: killed ?? `EXIT_${String(code)}` }));
    child.send(request);
  });
}

function end(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 3_000).unref();
  child.unref();
}
