/** Whether a site takes a pack: a person named its digest, or the site trusts the key; and never an older one by accident. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { comparePackVersions } from '../agent/packs/pack.ts';
import type { SignedPack } from '../agent/packs/pack-file.ts';
import type { Text } from '../agent/wire/vocabulary.ts';
import { UsageError } from './terminal/arguments.ts';

export interface ApprovalRequest {
  /** SHA-256 of the pack's document, or its first twelve digits and more, as `pack verify` shows it. */
  readonly approve?: string | undefined;
  /** Ids of keys, one a line; default `pack-keys` in the folder of the site. */
  readonly trustFile?: string | undefined;
  readonly siteFolder: string;
  readonly force: boolean;
  /** What counts now. */
  readonly current?: { readonly name: string; readonly version: string; readonly sha256: string } | undefined;
}
export type Approval = 'approval' | 'trusted-key' | 'applied-already';

const TEXTS = {
  approve: {
    zh: '尚未批准。核对以上内容后重复此命令并加上',
    en: 'not approved yet. Read what is above, then say the same with',
  },
  older: { zh: '已应用的版本不低于此版本；确需降级时加 --force', en: 'the applied version is not older than this one; --force goes back to it all the same' },
  other: { zh: '已应用的是另一名称的规则包；确需更换时加 --force', en: 'a pack of another name is applied; --force puts this one in its place' },
} as const satisfies Readonly<Record<string, Text>>;

/** @throws UsageError that says what is missing */
export async function approvalOf({ pack, keyId, sha256 }: SignedPack, { approve, trustFile, siteFolder, force, current }: ApprovalRequest): Promise<Approval> {
  if (current?.sha256 === sha256) return 'applied-already';
  if (current !== undefined && !force) {
    if (current.name !== pack.name) throw wrong(TEXTS.other, `${current.name} ${current.version}`);
    if (comparePackVersions(pack.version, current.version) <= 0) throw wrong(TEXTS.older, `${current.name} ${current.version}`);
  }
  if (approve !== undefined && /^[0-9a-f]{12,64}$/i.test(approve) && sha256.startsWith(approve.toLowerCase())) return 'approval';
  if ((await trustedKeys(trustFile, siteFolder)).includes(keyId)) return 'trusted-key';
  throw wrong(TEXTS.approve, `--approve ${sha256.slice(0, 16)}`);
}
function wrong(text: Text, detail: string): UsageError {
  return new UsageError({ zh: `${text.zh}（${detail}）`, en: `${text.en} (${detail})` });
}
async function trustedKeys(file: string | undefined, siteFolder: string): Promise<readonly string[]> {
  const text = await readFile(file ?? join(siteFolder, 'pack-keys'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (file === undefined && error.code === 'ENOENT') return '';
    throw new UsageError(`--trust ${file ?? join(siteFolder, 'pack-keys')}: ${error.code ?? 'EIO'}`);
  });
  return text
    .split('\n')
    .map((line) => line.trim().toLowerCase())
    .filter((line) => /^[0-9a-f]{64}$/.test(line));
}
