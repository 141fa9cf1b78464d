/** The page of a part for people: what is in it, without names, in both languages; opens offline, holds no script. */
import type { PayloadKind } from '../wire/envelope.ts';
import type { Text } from '../wire/vocabulary.ts';
import type { BundleManifest } from './manifest.ts';

const KINDS: Readonly<Record<PayloadKind, Text>> = {
  inspection: { zh: '巡检', en: 'inspections' },
  signals: { zh: '信号', en: 'signals' },
  heartbeat: { zh: '心跳', en: 'heartbeats' },
};
/** Rows of the table; the manifest has all. */
const MOST_ROWS = 1_000;

const STYLE = `:root{color-scheme:light dark;--ink:#1b2430;--soft:#5b6675;--line:#dfe4ea;--paper:#fff;--head:#f4f6f8}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf3;--soft:#9aa7b6;--line:#2d3743;--paper:#12181f;--head:#1a222b}}
body{font:15px/1.6 system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);background:var(--paper);max-width:72rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}p{margin:.25rem 0}small,.soft{color:var(--soft)}
dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.25rem 1.25rem;margin:1rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);white-space:nowrap}
th{background:var(--head);font-weight:600}td.n{text-align:right}code,pre{font:13px/1.5 ui-monospace,Menlo,Consolas,monospace}pre{background:var(--head);padding:.75rem 1rem;overflow-x:auto;border-radius:6px}`;

/** @param file name of the part, as it is written */
export function indexPage({ bundle, part, payloads }: Omit<BundleManifest, 'index'>, file: string, keyId: string): string {
  const { id, createdAt, period, origin, registry, program, counts, parts } = bundle;
  const rows = payloads.slice(0, MOST_ROWS);
  const kinds = Object.entries(counts.kinds).map(([kind, count]) => `${both(KINDS[kind as PayloadKind])} ${count}`);
  const facts: readonly (readonly [Text, string])[] = [
    [{ zh: '数据包', en: 'Bundle' }, `<code>${id}</code>`],
    [{ zh: '分卷', en: 'Part' }, `${part} / ${parts}`],
    [{ zh: '生成时间', en: 'Made' }, time(createdAt)],
    [{ zh: '时段', en: 'Period' }, `${period.from === undefined ? both({ zh: '全部', en: 'everything kept' }) : time(period.from)} – ${time(period.to)}`],
    [{ zh: '来源', en: 'From' }, `${both(origin.kind === 'host' ? { zh: '单机', en: 'one host' } : { zh: '站点收集端', en: "the site's collector" })} <code>${origin.id}</code>`],
    [{ zh: '全部分卷合计', en: 'In all parts' }, `${counts.payloads} (${kinds.join(', ')}) · agent ${counts.agents} · ${counts.bytes} B`],
    [{ zh: '数据契约', en: 'Contract' }, `schema ${registry.schema} · <code>${registry.digest}</code> · xunjian ${escaped(program)}`],
    [{ zh: '签名密钥', en: 'Signed with the key' }, `<code>${keyId}</code>`],
  ];
  const cut =
    payloads.length > rows.length
      ? `<p class="soft">${both({ zh: `另有 ${payloads.length - rows.length} 项，见 manifest.json`, en: `${payloads.length - rows.length} more in manifest.json` })}</p>`
      : '';
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>巡检数据包 · Inspection bundle</title><style>${STYLE}</style></head><body>
<h1>巡检数据包 <small lang="en">Inspection bundle</small></h1>
<p>离线交付的封装数据：与在线发送的字节相同；名称为假名（站点声明可明文的种类除外），不含自由文本。</p>
<p lang="en" class="soft">Sealed payloads carried by hand: the same bytes that would be sent; names as pseudonyms, but for kinds that the site declared clear; no free text.</p>
<dl>${facts.map(([label, value]) => `<dt>${both(label)}</dt><dd>${value}</dd>`).join('')}</dl>
<h2>核对与导入 <small lang="en">Verify and import</small></h2>
<pre>xunjian bundle verify ${escaped(file)}
xunjian bundle import ${escaped(file)} --cluster NAME</pre>
<h2>内容 <small lang="en">Contents</small></h2>
<div class="wide"><table><thead><tr><th>${both({ zh: '封装时间', en: 'Kept' })}</th><th>${both({ zh: '种类', en: 'Kind' })}</th><th>${both({ zh: '字节', en: 'Bytes' })}</th><th>SHA-256</th><th>ID</th></tr></thead><tbody>
${rows.map(({ keptAt, kind, rawBytes, sha256, id: payload }) => `<tr><td>${time(keptAt)}</td><td>${both(KINDS[kind])}</td><td class="n">${rawBytes}</td><td><code>${sha256.slice(0, 16)}…</code></td><td><code>${payload}</code></td></tr>`).join('\n')}
</tbody></table></div>${cut}
</body></html>
`;
}

function both({ zh, en }: Text): string {
  return `${zh} <small lang="en">${en}</small>`;
}
/** Unix seconds, in UTC: the page does not know the reader's zone. */
function time(seconds: number): string {
  return `${new Date(seconds * 1_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}
