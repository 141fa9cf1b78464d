/** The style sheet of the HTML report: screen, phone, dark theme and A4. */
import { DARK, FONT_FAMILY, LIGHT } from '../palette.ts';
import { cssString } from './markup.ts';

const NAMES = ['critical', 'warning', 'info', 'ok', 'unknown', 'accent', 'neutral', 'text', 'muted', 'line', 'soft', 'page'] as const;

function variables(palette: Readonly<Record<(typeof NAMES)[number], string>>): string {
  return NAMES.map((name) => `--${name}:${palette[name]}`).join(';');
}
/** Pictures are drawn for paper; on a dark screen their colours are exchanged one for one. */
function darkPictures(): string {
  return NAMES.map((name) => `figure svg [fill="${LIGHT[name]}"]{fill:${DARK[name]}}figure svg [stroke="${LIGHT[name]}"]{stroke:${DARK[name]}}`).join('');
}

/** @param head customer and report, @param foot version and digest: printed on every page but the cover */
export function styleSheet(head: string, foot: string): string {
  return `
:root{${variables(LIGHT)};color-scheme:light dark}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--soft);color:var(--text);font:14px/1.6 ${FONT_FAMILY};font-feature-settings:"tnum";text-autospace:normal;line-break:strict;overflow-wrap:break-word}
main{max-width:860px;margin:0 auto;background:var(--page);padding:0 48px 48px}
h1,h2,h3,h4{line-height:1.35;font-weight:600;margin:0;text-wrap:balance}
h1{font-size:30px}
h2{font-size:22px;padding-top:36px;margin:36px 0 16px;border-top:2px solid var(--text)}
h3,.front h2{font-size:16px;margin:28px 0 8px}
.front h2{border:0;padding:0}
h4,h3.minor{font-size:14px;margin:20px 0 8px}
p{margin:0 0 12px;max-width:46em}
p.lead{font-size:16px;line-height:1.6;max-width:42em;margin-bottom:16px}
p.note{color:var(--muted);font-size:12px;max-width:58em}
a{color:var(--accent);text-decoration:none}
a:hover,a:focus-visible{text-decoration:underline}
code{font-family:ui-monospace,"Cascadia Mono","SF Mono",Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;font-size:.92em;background:var(--soft);border-radius:3px;padding:1px 4px;overflow-wrap:anywhere;-webkit-box-decoration-break:clone;box-decoration-break:clone}
code span{white-space:nowrap}
td code span{white-space:normal}
.id{font-family:ui-monospace,"Cascadia Mono","SF Mono",Menlo,Consolas,monospace;font-size:11.5px;color:var(--muted);overflow-wrap:anywhere}
.critical{color:var(--critical)}.warning{color:var(--warning)}.info{color:var(--info)}.ok{color:var(--ok)}.unknown{color:var(--unknown)}.accent{color:var(--accent)}.neutral{color:var(--muted)}

.cover{padding:72px 0 40px}
.cover .mark{font-size:13px;color:var(--muted);margin:0 0 56px;display:flex;justify-content:space-between;max-width:none}
.cover .about{font-size:20px;margin:8px 0 40px;color:var(--muted);max-width:none}
dl.facts{display:grid;grid-template-columns:minmax(8em,max-content) 1fr;gap:0;margin:0;border-top:1px solid var(--line)}
dl.facts>*{padding:7px 0;margin:0;border-bottom:1px solid var(--line);min-width:0}
dl.facts dt{color:var(--muted);padding-right:16px}
dl.facts dd{overflow-wrap:anywhere}
nav ol{list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}
nav li{border-bottom:1px solid var(--line)}
nav a{display:block;padding:7px 0;color:var(--text)}

.figures{display:grid;grid-template-columns:repeat(var(--n),1fr);border:1px solid var(--line);border-width:1px 0;margin:16px 0 8px}
.figures div{padding:12px 12px 12px 0}
.figures dt{font-size:12px;color:var(--muted)}
.figures dd{margin:0;font-size:24px;line-height:1.35;font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}
.figures .unit{font-size:13px;font-weight:400;color:var(--muted)}
.figures .sub{display:block;font-size:12px;font-weight:400;line-height:1.4;color:var(--muted);white-space:normal}

.scroll{overflow-x:auto;margin:12px 0 20px}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:13px;line-height:1.5}
caption{text-align:left;overflow-wrap:anywhere;font-weight:600;padding:8px 0 6px;font-size:14px}
caption .rows{font-weight:400;color:var(--muted);margin-left:8px}
th{font-weight:600;color:var(--muted);font-size:12px;border-bottom:1px solid var(--text);padding:5px 12px 5px 0;text-align:left;vertical-align:bottom}
td{border-bottom:1px solid var(--line);padding:6px 12px 6px 0;text-align:left;vertical-align:top}
th:last-child,td:last-child{padding-right:0}
.right{text-align:right}
td.right{overflow-wrap:anywhere}
table.dense{font-size:12px}
table.pair thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.pair tr:first-child td{border-top:1px solid var(--text)}
table.pair td:first-child{color:var(--muted)}
table.pair td{overflow-wrap:anywhere}
#appendix td{padding-top:3px;padding-bottom:3px}
.day{white-space:nowrap}
td.brief{white-space:nowrap}
td.name{overflow-wrap:anywhere;word-break:normal;min-width:7.5em}
td.none{color:var(--muted);padding:10px 0}

figure{margin:20px 0 24px}
figcaption{font-weight:600;font-size:14px;margin-bottom:6px}
figure .keys{font-weight:400;font-size:12px;margin:0 0 4px;display:flex;gap:14px;flex-wrap:wrap}
figure .source{font-weight:400;font-size:11.5px;color:var(--muted);margin:2px 0 0;max-width:none}
figure svg{display:block;width:100%;height:auto;max-width:720px}
/* Of two pictures the second is drawn for a phone. */
.both svg+svg{display:none}
figure .nodata{border:1px solid var(--line);border-width:1px 0;color:var(--muted);padding:16px 0;margin:0;max-width:none}

.callout{border-left:3px solid currentColor;padding:2px 0 2px 14px;margin:14px 0 18px}
.callout strong{display:block}
.callout p{color:var(--text);margin:2px 0 0}

.finding{border-left:3px solid var(--line);padding:0 0 0 14px;margin:16px 0 22px}
.finding.critical{border-color:var(--critical)}.finding.warning{border-color:var(--warning)}.finding.info{border-color:var(--info)}
.finding header{display:flex;flex-wrap:wrap;gap:2px 10px;align-items:baseline}
.finding :is(h3,h4){margin:0;font-size:14px;color:var(--text);min-width:0;overflow-wrap:anywhere}
.finding .level{white-space:nowrap;font-weight:600}
.finding .note{color:var(--muted);font-size:12.5px;margin:2px 0 0;max-width:none}
.finding .objects{color:var(--text);margin:4px 0 0;max-width:none}
.finding .why,.finding .remedy{color:var(--text);margin:6px 0 0;max-width:50em}
.finding table{font-size:12.5px;color:var(--text)}
.finding .scroll{margin:6px 0 8px}
details.screen{margin:12px 0 20px}
details summary{cursor:pointer;color:var(--accent)}
details.more{margin:2px 0 6px;font-size:12.5px}
.finding .rank{font-weight:600;color:var(--text)}

.sign{display:grid;grid-template-columns:1fr 1fr;gap:24px;margin:16px 0}
.sign section{border:1px solid var(--text);padding:16px;position:relative}
.sign .party{margin:0 0 12px;font-weight:600}
.sign dl{margin:0;display:grid;grid-template-columns:max-content 1fr;column-gap:12px;row-gap:4px}
.sign dt,.sign dd{margin:0;padding:10px 0 2px}
.sign dt{color:var(--muted)}
.sign dd{border-bottom:1px solid var(--neutral)}
/* A company's seal is round and about 40 mm wide. */
.sign .seal{margin:20px 0 0 auto;width:41mm;height:41mm;border:1px dashed var(--neutral);border-radius:50%;color:var(--muted);display:flex;align-items:center;justify-content:center;font-size:12px}
footer{color:var(--muted);font-size:12px;border-top:1px solid var(--line);padding:16px 0 0;margin-top:40px;overflow-wrap:anywhere}

@media screen and (max-width:859px){
main{padding:0 20px 40px}
}
@media screen and (max-width:640px){
main{padding:0 16px 32px}
h1{font-size:24px}
.cover{padding:28px 0 24px}.cover .mark{margin-bottom:28px}.cover .about{font-size:16px;margin-bottom:24px}
dl.facts{grid-template-columns:7.5em 1fr}
table.wide:not(.slim),table.wide:not(.slim) tbody,table.wide:not(.slim) tr,table.wide:not(.slim) td,table.wide:not(.slim) caption{display:block}
table.wide:not(.slim) thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.wide:not(.slim) tr{border-bottom:1px solid var(--line);padding:8px 0}
table.wide:not(.slim) td{border:0;padding:1px 0;text-align:left;display:grid;grid-template-columns:7.5em 1fr;gap:8px}
table.wide:not(.slim) td::before{content:attr(data-head);color:var(--muted);font-size:12px}
table.wide:not(.slim) td.none{display:block}table.wide:not(.slim) td.none::before{content:none}
/* An empty cell is to be written in; one without a value says nothing. */
table.wide:not(.slim) td:empty::after{content:"";display:block;height:1.5em;border-bottom:1px solid var(--muted)}
table.wide:not(.slim) td.nil{display:none}
.figures{grid-template-columns:repeat(2,1fr)}
.sign{grid-template-columns:1fr}
/* Wider than the screen: the shadow at an edge says that there is more behind it. */
figure>[role=img]:not(.both){overflow-x:auto;background:linear-gradient(to right,var(--page) 30%,transparent) left/32px 100% no-repeat local,linear-gradient(to left,var(--page) 30%,transparent) right/32px 100% no-repeat local,linear-gradient(to right,var(--line),transparent) left/14px 100% no-repeat scroll,linear-gradient(to left,var(--line),transparent) right/14px 100% no-repeat scroll}
figure>[role=img]:not(.both) svg{min-width:460px}
.both svg:first-child{display:none}.both svg+svg{display:block;max-width:460px}
table.pair td:first-child{min-width:9em}
}
@media screen and (min-width:860px){
/* Tables of many columns take the margins. */
.scroll:has(>table.dense){margin-inline:-40px}
table.dense,table.dense th{font-size:11.5px}table.dense td,table.dense th{padding-right:8px}
table.wide{table-layout:fixed}td.name{min-width:0}
}
@media screen and (prefers-color-scheme:dark){
:root{${variables(DARK)}}
body{background:#0F1114}
${darkPictures()}
}
@page{size:A4;margin:20mm 18mm;
@top-left{content:${cssString(head)};font:8pt ${FONT_FAMILY};color:${LIGHT.muted};overflow:hidden}
@bottom-left{content:${cssString(foot)};font:8pt ${FONT_FAMILY};color:${LIGHT.muted}}
@bottom-right{content:counter(page) " / " counter(pages);font:8pt ${FONT_FAMILY};color:${LIGHT.muted}}}
@page:first{@top-left{content:none}@bottom-left{content:none}@bottom-right{content:none}}
@media print{
:root{color-scheme:light}
html{scroll-behavior:auto}
body{background:#fff;font-size:10.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}
main{max-width:none;padding:0;margin:0}
h1{font-size:22pt}h2{font-size:16pt;padding-top:10pt;margin:0 0 10pt}h3,.front h2{font-size:13pt;margin:14pt 0 6pt}.front h2{padding:0}h4,h3.minor{font-size:11pt}
p.lead{font-size:11.5pt}
.cover{padding:12mm 0 8mm}.cover .mark{margin-bottom:26mm;font-size:9pt}.cover .about{font-size:14pt}nav ol{columns:2;column-gap:12mm}nav a{padding:3.5px 0}#assessment td{padding-top:2px;padding-bottom:2px}dl.facts>*{padding:5px 0}
/* A browser cannot see how much of a page is left: chapters follow each other, so that none ends in a few lines on an empty page. */
.front+.chapter:not(.runson){break-before:page}
.scroll.whole{break-inside:avoid}
.front{break-inside:avoid}
.chapter.runson{padding-top:2mm}
.chapter.short{break-inside:avoid;padding-top:2mm}
h2,h3,h4,caption,figcaption,.finding header,p:has(+.scroll),p:has(+ul),p:has(+ol),p:has(+figure),p:has(+.figures),p:has(+.sign),p:has(+p.note+.sign){break-after:avoid}
figure,.callout,.sign,.figures,.finding,tr,ul,ol,p:has(+.sign){break-inside:avoid}
.sign dt,.sign dd{padding:5px 0 2px}.sign .seal{margin-top:8px}.sign section{padding:10px 14px}
details.screen{display:none}
details.more summary{list-style:none;color:var(--muted)}
tbody tr:nth-child(2),tbody tr:first-child,tbody tr:last-child{break-before:avoid}
.finding{margin:7pt 0 9pt;padding-left:9pt;font-size:9.5pt;line-height:1.45}
.finding :is(h3,h4){font-size:10pt;margin:0}.finding .why,.finding .remedy,.finding .objects{margin-top:2pt;max-width:none}.finding .scroll{margin:3pt 0}.finding td{padding-top:1.5pt;padding-bottom:1.5pt}
thead{display:table-header-group}
/* Columns as wide as what stands in them asks for, as in the other formats; a browser would give a state in one line all that others lack. */
table.wide{table-layout:fixed}
.scroll{overflow:visible}
table{font-size:8.5pt}th{font-size:8pt}table.dense,table.dense th{font-size:7pt}caption,figcaption{font-size:11pt}td{padding-top:3px;padding-bottom:3px}#appendix td,#method td{padding-top:1.5px;padding-bottom:1.5px}
.figures{margin:6pt 0 4pt}.figures div{padding:5pt 8pt 5pt 0}.figures dd{font-size:16pt}
#appendix p,#method p{font-size:8.5pt;line-height:1.5;max-width:none;margin-bottom:5pt}
#appendix h3,#method h3{margin:9pt 0 3pt}#method .scroll{margin-bottom:6pt}
.scroll{margin:8pt 0 12pt}figure{margin:10pt 0 12pt}p{margin-bottom:8pt}
.id{font-size:8pt}
a{color:inherit}
footer{display:none}
}
`;
}
