/** What the bundle commands say, in both languages: one line each. */
import { BundleError, type BundleFault } from '../../agent/bundle/bundle-error.ts';
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';

const FAULTS: Readonly<Record<BundleFault, Text>> = {
  'not-a-bundle': { zh: '不是巡检数据包，或由更新版本的程序生成', en: 'this is no inspection bundle, or a newer program made it' },
  encrypted: { zh: '已加密；请用 --identity 给出 age 私钥文件', en: 'it is encrypted: give the age identity with --identity FILE' },
  'wrong-identity': { zh: '该私钥不能解密：数据包是加密给另一把公钥的', en: 'this identity does not open it: it was encrypted to another recipient' },
  truncated: { zh: '文件不完整或已损坏；请重新复制该分卷', en: 'the file is incomplete or damaged: copy this part again' },
  signature: { zh: '签名不符：内容在签名之后被改动', en: 'the signature does not hold: it was changed after it was signed' },
  key: { zh: '由另一把密钥签名', en: 'it was signed with another key' },
  changed: { zh: '内容与清单不一致', en: 'its content is not what its manifest says' },
  'foreign-entry': { zh: '含有清单之外的条目，已拒绝', en: 'it holds entries that are not in its manifest: refused' },
  'too-large': { zh: '超出上限；请缩短 --period', en: 'more than is taken: choose a shorter --period' },
  'foreign-cluster': { zh: '该站点的数据包属于另一个集群，已拒绝', en: 'bundles of this site belong to another cluster: refused' },
  'unknown-key': {
    zh: '尚未确认该站点的签名密钥；请以其他途径向站点核对后加 --trust',
    en: 'nobody has confirmed the key of this site yet: ask the site for it by another way, then add --trust',
  },
  nothing: { zh: '该时段内没有可带出的数据', en: 'there is nothing to carry in this period' },
  'needs-key': {
    zh: '含有站点内的明文名称；请用 --key-file（或配置 siteKeyFile）给出站点密钥，名称将以假名带出',
    en: "names stand clear in it, for this site only: give the site's key with --key-file (or siteKeyFile), so that they leave as pseudonyms",
  },
  'not-consented': { zh: '站点当前不允许任何数据离开（level 为 off）', en: 'the site lets nothing leave now (level is off)' },
};

/** One line, or `undefined` for what is no fault of a bundle. */
export function bundleFault(error: unknown, locale: Locale, file?: string): string | undefined {
  const colon = locale === 'zh' ? '：' : ': ';
  const place = file === undefined ? '' : `${file}${colon}`;
  if (error instanceof BundleError) return `${place}${FAULTS[error.fault][locale]}${error.detail === undefined ? '' : ` (${error.detail})`}`;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (!/^E[A-Z]+$/.test(code)) return undefined;
  const path = file === undefined && error instanceof Error && 'path' in error && typeof error.path === 'string' ? ` ${error.path}` : '';
  return `${place}${locale === 'zh' ? '无法读写' : 'cannot be read or written'}${path} (${code})`;
}
